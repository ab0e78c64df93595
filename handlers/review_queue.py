"""The queue of an officer: which reports wait, and what in them does not fit."""

from collections.abc import Sequence

from bot.engine.turn import Turn
from rules.contradictions import Finding, findings, needs_a_look
from rules.duties import duty, sums_up
from rules.plan import DutyKind
from storage import review_facts, reviews
from storage.relays import relay_in
from storage.reviews import Standing

KINDS = (DutyKind.PARTICIPATION, DutyKind.SESSION, DutyKind.DOCUMENT, DutyKind.QUICK_REPORT)


def waiting(turn: Turn) -> list[Standing]:
    """Of units directly below the person's desks, oldest first."""
    return reviews.waiting(turn.conn, turn.plan.code, _desks(turn), _duties(turn))


def with_the_units(turn: Turn) -> int:
    """How many were returned and have not come back."""
    return reviews.with_the_units(turn.conn, turn.plan.code, _desks(turn), _duties(turn))


def is_reviewed_here(turn: Turn, standing: Standing) -> bool:
    return standing.duty in _duties(turn) and turn.reviews(standing.unit_id)


def findings_of(turn: Turn, reports: Sequence[Standing]) -> dict[int, tuple[Finding, ...]]:
    plan = turn.plan
    facts = review_facts.gather(turn.conn, plan, reports, turn.today)
    return {
        report_id: findings(
            one, plan.code, cadre_target=plan.cadre_target_percent, sampled_share=plan.sampled_share
        )
        for report_id, one in facts.items()
    }


def without_findings(turn: Turn, reports: Sequence[Standing]) -> list[Standing]:
    """A report that sums up others is read before it is accepted."""
    plain = [one for one in reports if not _summed_up(turn, one)]
    found = findings_of(turn, plain)
    return [one for one in plain if not needs_a_look(found[one.id])]


def _summed_up(turn: Turn, standing: Standing) -> bool:
    if not sums_up(duty(turn.plan, standing.duty)):
        return False
    return relay_in(reviews.content(turn.conn, standing.id, standing.revision)) is not None


def _desks(turn: Turn) -> list[int]:
    return [post.unit_id for post in turn.desks]


def _duties(turn: Turn) -> list[str]:
    return [one.code for one in turn.plan.duties if one.kind in KINDS]
