"""The number and day of documents that units handed in, as their current sendings say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from rules.numbered import Numbered, numbered_in
from storage.models import report, report_revision, unit


@dataclass(frozen=True, slots=True)
class Sent:
    """A document as it stands."""

    report_id: int
    revision: int
    content: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    unit_id: int
    duty: str
    numbered: Numbered


_CURRENT = report.join(
    report_revision,
    (report_revision.c.report_id == report.c.id) & (report_revision.c.number == report.c.revision),
)


def current(conn: Connection, plan: str, duty: str, unit_id: int) -> Sent | None:
    row = conn.execute(
        select(report.c.id, report.c.revision, report_revision.c.content)
        .select_from(_CURRENT)
        .where(report.c.plan == plan, report.c.duty == duty, report.c.unit_id == unit_id)
    ).first()
    return None if row is None else Sent(*tuple(row))


def numbers_of(conn: Connection, plan: str, unit_id: int, duties: Sequence[str]) -> dict[str, Numbered]:
    """Of one unit, by duty; what was not asked for is not in it."""
    rows = _listed(conn, _LIST.where(report.c.unit_id == unit_id, *_of(plan, duties)))
    return {one.duty: one.numbered for one in rows}


def numbers_within(conn: Connection, plan: str, top: str, duties: Sequence[str]) -> list[Listed]:
    """Of the subtree with the path `top`, by unit."""
    return _listed(conn, _LIST.where(unit.c.path.like(f"{top}%"), *_of(plan, duties)))


def sent_within(conn: Connection, plan: str, top: str, duties: Sequence[str]) -> list[Listed]:
    """Of the subtree with the path `top`, by unit: those too whose number was not asked for."""
    rows = conn.execute(_LIST.where(unit.c.path.like(f"{top}%"), *_of(plan, duties)))
    return [Listed(row.unit_id, row.duty, numbered_in(row.content) or Numbered()) for row in rows]


_LIST = (
    select(report.c.unit_id, report.c.duty, report_revision.c.content)
    .select_from(_CURRENT.join(unit, unit.c.id == report.c.unit_id))
    .order_by(report.c.unit_id, report.c.id)
)


def _of(plan: str, duties: Sequence[str]) -> tuple[Any, ...]:
    return report.c.plan == plan, report.c.duty.in_(duties)


def _listed(conn: Connection, query: Select[Any]) -> list[Listed]:
    found = ((row, numbered_in(row.content)) for row in conn.execute(query))
    return [Listed(row.unit_id, row.duty, numbered) for row, numbered in found if numbered is not None]
