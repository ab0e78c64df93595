"""A report that sums up the units below, as it was frozen when it was sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection, Select, and_, func, select

from rules.contradictions import Kind
from rules.reviewing import Field
from storage.figures import Overall
from storage.models import ReportState, report, report_revision, unit

NAMES_KEPT = 200  # of one list of units


class Units(BaseModel):
    """So many units; the first of them by name."""

    model_config = ConfigDict(frozen=True)

    count: int
    names: tuple[str, ...]


def units_named(names: Iterable[str]) -> Units:
    told = tuple(names)
    return Units(count=len(told), names=told[:NAMES_KEPT])


class Relay(BaseModel):
    """`overall` as it stood `at`. Sentences in `recorded` are the system's, by part; `words` the officer's;
    `explained` by what was asked, `Field.RATE` being whatever they wanted to say. `missing` by duty.
    """

    model_config = ConfigDict(frozen=True)

    overall: Overall
    at: datetime
    recorded: dict[Field, tuple[str, ...]] = {}
    missing: dict[str, Units] = {}
    doubts: dict[Kind, Units] = {}
    words: dict[Field, str] = {}
    explained: dict[str, str] = {}

    def as_json(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


@dataclass(frozen=True, slots=True)
class Below:
    """The relay of a unit directly below."""

    unit_name: str
    unit_path: str
    relay: Relay


@dataclass(frozen=True, slots=True)
class Counts:
    """`units` sent `reports`, of which so many were accepted."""

    units: int = 0
    reports: int = 0
    accepted: int = 0


def relay_in(content: Mapping[str, Any]) -> Relay | None:
    """None: what was sent is a file."""
    return Relay.model_validate(content["relay"]) if "relay" in content else None


def below(conn: Connection, plan: str, unit_id: int, duties: Iterable[str]) -> list[Below]:
    """The current ones, in the order in which they first came."""
    rows = conn.execute(_sent(plan, duties).where(unit.c.parent_id == unit_id))
    found = ((row, relay_in(row.content)) for row in rows)
    return [Below(row.name, row.path, one) for row, one in found if one is not None]


def contents(conn: Connection, plan: str, top: str, duties: Iterable[str]) -> dict[int, Relay]:
    """The current ones of the subtree with this path, by report."""
    rows = conn.execute(_sent(plan, duties).where(unit.c.path.like(f"{top}%")))
    found = ((row.id, relay_in(row.content)) for row in rows)
    return {report_id: one for report_id, one in found if one is not None}


def _sent(plan: str, duties: Iterable[str]) -> Select[Any]:
    this = and_(report_revision.c.report_id == report.c.id, report_revision.c.number == report.c.revision)
    return (
        select(report.c.id, unit.c.name, unit.c.path, report_revision.c.content)
        .select_from(report.join(unit, unit.c.id == report.c.unit_id).join(report_revision, this))
        .where(report.c.plan == plan, report.c.duty.in_(list(duties)))
        .order_by(report.c.id)
    )


def counts(conn: Connection, plan: str, top: str) -> dict[str, Counts]:
    """Of every duty, by its code, in the subtree with this path."""
    rows = conn.execute(
        select(
            report.c.duty,
            func.count(report.c.unit_id.distinct()),
            func.count(),
            func.count().filter(report.c.state == ReportState.ACCEPTED),
        )
        .select_from(report.join(unit, unit.c.id == report.c.unit_id))
        .where(report.c.plan == plan, unit.c.path.like(f"{top}%"))
        .group_by(report.c.duty)
    )
    return {duty: Counts(*numbers) for duty, *numbers in rows}
