"""Where proposals are written, in the same columns whatever the place."""

from enum import StrEnum
from typing import Any

from sqlalchemy import Select, Subquery, and_, literal, null, select, union_all

from rules.duties import sums_up
from rules.plan import Plan
from rules.reviewing import Field
from storage.models import essay, essay_review, participation, report, report_revision


class Source(StrEnum):
    """Where proposals are written; also how a button and a step name it. A new one needs its query in
    `written_in`, and its word in bot.texts.export.PROPOSAL_SOURCES.
    """

    REPORT = "r"
    ESSAY = "e"
    RELAY = "s"  # a report that sums up the units below: what its officer wrote there


Name = tuple[Source, int, int]  # where it is written, which one there, and of a report participation.ordinal


def _row(
    source: Source, ordinal: Any, text: Any, level: Any, at: Any, person_id: Any, plan: Any, of: Any
) -> Any:
    """The columns that every source tells."""
    return select(
        literal(source.value).label("source"),
        of.c.id.label("id"),
        ordinal.label("ordinal"),
        text.label("text"),
        level.label("level"),
        at.label("at"),
        person_id.label("person_id"),
        plan.label("plan"),
        of.c.unit_id.label("unit_id"),
    )


_IN_REPORTS = (
    _row(
        Source.REPORT,
        participation.c.ordinal,
        participation.c.proposal,
        participation.c.proposal_level,
        report.c.last_arrived_at,
        null(),
        report.c.plan,
        report,
    )
    .select_from(participation.join(report, report.c.id == participation.c.report_id))
    .where(participation.c.proposal.is_not(None))
)
_IN_ESSAYS = (
    _row(
        Source.ESSAY,
        literal(0),
        essay_review.c.proposal,
        essay_review.c.proposal_level,
        essay_review.c.at,
        essay.c.person_id,
        essay.c.plan,
        essay,
    )
    .select_from(essay_review.join(essay, essay.c.id == essay_review.c.essay_id))
    .where(essay_review.c.proposal.is_not(None))
)
# As storage.relays.Relay is written down. What its officer left as collected stands with those who wrote it.
_RELAYED = report_revision.c.content["relay", "words", Field.PROPOSALS.value].as_string()
_IN_RELAYS = (
    _row(Source.RELAY, literal(0), _RELAYED, null(), report.c.last_arrived_at, null(), report.c.plan, report)
    .select_from(
        report.join(
            report_revision,
            and_(report_revision.c.report_id == report.c.id, report_revision.c.number == report.c.revision),
        )
    )
    .where(_RELAYED.is_not(None))
)


def written_in(plan: Plan) -> dict[Source, Select[Any]]:
    relays = [duty.code for duty in plan.duties if sums_up(duty)]
    return {
        Source.REPORT: _IN_REPORTS,
        Source.ESSAY: _IN_ESSAYS,
        Source.RELAY: _IN_RELAYS.where(report.c.duty.in_(relays)),
    }


def all_written(plan: Plan) -> Subquery:
    return union_all(*written_in(plan).values()).subquery("written")
