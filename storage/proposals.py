"""Proposals from below, in reports and in essays, and what was answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Connection, and_, insert, or_, select

from storage import audit
from storage.audit import Action
from storage.models import essay, essay_review, participation, proposal_answer, report, unit
from storage.reports import Sender
from storage.units import tree_order


class Source(StrEnum):
    """Also how a button names it."""

    REPORT = "r"
    ESSAY = "e"


@dataclass(frozen=True, slots=True)
class Proposal:
    source: Source
    id: int  # of the report or essay
    ordinal: int  # participation.ordinal; 0 of an essay
    unit_id: int
    unit_name: str
    unit_path: str
    text: str
    at: datetime  # when it came
    person_id: int | None  # who proposes, where it is one person
    answer: str | None


def below(conn: Connection, plan: str, paths: Sequence[str]) -> list[Proposal]:
    """Of units below these; those that wait first, then by unit."""
    if not paths:
        return []
    within = or_(*(and_(unit.c.path.like(f"{path}%"), unit.c.path != path) for path in paths))
    found = [
        *_in_reports(conn, report.c.plan == plan, within),
        *_in_essays(conn, essay.c.plan == plan, within),
    ]
    return sorted(found, key=lambda one: (one.answer is not None, tree_order(one.unit_path), one.at))


def get(conn: Connection, source: Source, number: int, ordinal: int) -> Proposal | None:
    if source is Source.REPORT:
        found = _in_reports(conn, report.c.id == number, participation.c.ordinal == ordinal)
    else:
        found = _in_essays(conn, essay.c.id == number) if ordinal == 0 else []
    return found[0] if found else None


def _in_reports(conn: Connection, *which: ColumnElement[bool]) -> list[Proposal]:
    rows = conn.execute(
        select(
            report.c.id,
            participation.c.ordinal,
            unit.c.id,
            unit.c.name,
            unit.c.path,
            participation.c.proposal,
            report.c.last_arrived_at,
            proposal_answer.c.answer,
        )
        .select_from(
            participation.join(report, report.c.id == participation.c.report_id)
            .join(unit, unit.c.id == report.c.unit_id)
            .outerjoin(
                proposal_answer,
                and_(
                    proposal_answer.c.report_id == report.c.id,
                    proposal_answer.c.ordinal == participation.c.ordinal,
                    proposal_answer.c.proposal == participation.c.proposal,
                ),
            )
        )
        .where(participation.c.proposal.is_not(None), *which)
    )
    return [Proposal(Source.REPORT, *row[:7], person_id=None, answer=row[7]) for row in rows]


def _in_essays(conn: Connection, *which: ColumnElement[bool]) -> list[Proposal]:
    rows = conn.execute(
        select(
            essay.c.id,
            unit.c.id,
            unit.c.name,
            unit.c.path,
            essay_review.c.proposal,
            essay_review.c.at,
            essay.c.person_id,
            proposal_answer.c.answer,
        )
        .select_from(
            essay_review.join(essay, essay.c.id == essay_review.c.essay_id)
            .join(unit, unit.c.id == essay.c.unit_id)
            .outerjoin(proposal_answer, proposal_answer.c.essay_id == essay.c.id)
        )
        .where(essay_review.c.proposal.is_not(None), *which)
    )
    return [Proposal(Source.ESSAY, row[0], 0, *row[1:]) for row in rows]


def answer(conn: Connection, to: Proposal, text: str, by: Sender) -> bool:
    """False: it has been answered meanwhile."""
    now = get(conn, to.source, to.id, to.ordinal)
    if now is None or now.answer is not None:
        return False
    of_report = to.source is Source.REPORT
    conn.execute(
        insert(proposal_answer).values(
            report_id=to.id if of_report else None,
            essay_id=None if of_report else to.id,
            ordinal=to.ordinal,
            proposal=to.text,
            answer=text,
            by_person_id=by.person_id,
            at=by.arrived,
        )
    )
    audit.record(
        conn,
        at=by.arrived,
        action=Action.PROPOSAL_ANSWERED,
        person_id=by.person_id,
        account_id=by.account_id,
        unit_id=to.unit_id,
        subject="report" if of_report else "essay",
        subject_id=to.id,
    )
    return True
