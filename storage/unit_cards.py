"""What the card of a unit tells: its reports, and what was done there."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from storage.models import audit, participation, person, report, session


@dataclass(frozen=True, slots=True)
class CardReport:
    id: int
    duty: str
    state: str
    revision: int
    first_arrived: datetime
    on_behalf: bool
    by_person_id: int | None
    held_on: date | None
    own: bool  # the session that a branch held for itself


@dataclass(frozen=True, slots=True)
class Entry:
    """Of the audit log, with the names of who did it and to whom."""

    at: datetime
    action: str
    by_person_id: int | None
    by_name: str | None
    subject: str | None
    subject_id: int | None
    subject_name: str | None  # of a person
    facts: dict[str, Any]


_SUBJECT = person.alias("subject_person")


def reports_of(conn: Connection, plan: str, unit_id: int) -> list[CardReport]:
    """Oldest first."""
    first_day = (
        select(func.min(participation.c.held_on))
        .where(participation.c.report_id == report.c.id)
        .scalar_subquery()
    )
    rows = conn.execute(
        select(
            report.c.id,
            report.c.duty,
            report.c.state,
            report.c.revision,
            report.c.first_arrived_at,
            report.c.on_behalf,
            report.c.by_person_id,
            func.coalesce(session.c.held_on, first_day),
            func.coalesce(session.c.own, False),
        )
        .select_from(report.outerjoin(session, session.c.report_id == report.c.id))
        .where(report.c.plan == plan, report.c.unit_id == unit_id)
        .order_by(report.c.id)
    )
    return [CardReport(*tuple(row)) for row in rows]


def history(conn: Connection, unit_id: int, skip: int, most: int) -> list[Entry]:
    """Newest first."""
    rows = conn.execute(
        select(
            audit.c.at,
            audit.c.action,
            audit.c.person_id,
            person.c.full_name,
            audit.c.subject,
            audit.c.subject_id,
            _SUBJECT.c.full_name,
            audit.c.facts,
        )
        .select_from(
            audit.outerjoin(person, person.c.id == audit.c.person_id).outerjoin(
                _SUBJECT, (_SUBJECT.c.id == audit.c.subject_id) & (audit.c.subject == "person")
            )
        )
        .where(audit.c.unit_id == unit_id)
        .order_by(audit.c.id.desc())
        .offset(skip)
        .limit(most)
    )
    return [Entry(*row[:-1], facts=row.facts or {}) for row in rows]


def history_length(conn: Connection, unit_id: int) -> int:
    return conn.scalar(select(func.count()).select_from(audit).where(audit.c.unit_id == unit_id)) or 0
