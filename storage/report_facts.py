"""What the official report tells beside the figures of progress: sessions by level, materials, proposals."""

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from rules.plan import Plan
from storage.models import (
    MaterialState,
    material,
    participation,
    session,
    session_group,
    session_speaker,
    unit,
)
from storage.proposals import below
from storage.units import Unit


@dataclass(frozen=True, slots=True)
class Sessions:
    """Of one level's hosts. What few of them told is counted with how many told it."""

    held: int = 0
    make_ups: int = 0
    halls_counted: int = 0
    hall_people: int = 0
    materials_told: int = 0
    materials_enough: int = 0
    speakers: int = 0  # who speaks twice counts twice
    speakers_outside: int = 0  # not whom the plan names
    groups_told: int = 0  # sessions whose host counted those convened
    attended: int = 0
    convened: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    unit: str
    above: str | None  # the unit above it, where that is not the reader's own
    text: str
    level: str  # which one it concerns
    answered: bool
    path: str  # of the unit


def sessions_by_level(conn: Connection, plan: str, top: str) -> dict[str, Sessions]:
    """Of the subtree with this path, a unit's own meetings for itself alone left out."""
    hosted = session.join(unit, unit.c.id == session.c.host_id)
    mine: list[ColumnElement[bool]] = [
        session.c.plan == plan,
        session.c.own.is_(False),
        unit.c.path.like(f"{top}%"),
    ]

    def by_level(source: Any, *columns: ColumnElement[Any]) -> dict[str, tuple[int, ...]]:
        rows = conn.execute(
            select(session.c.level, *columns).select_from(source).where(*mine).group_by(session.c.level)
        )
        return {level: tuple(int(value or 0) for value in counts) for level, *counts in rows}

    found = {
        level: Sessions(*counts)
        for level, counts in by_level(
            hosted,
            func.count(),
            _sum_of(session.c.make_up.is_(True)),
            func.count(session.c.hall_count),
            func.sum(session.c.hall_count),
            func.count(session.c.materials),
            _sum_of(session.c.materials.is_(True)),
        ).items()
    }
    spoken = hosted.join(session_speaker, session_speaker.c.session_id == session.c.id)
    for level, (speakers, outside) in by_level(
        spoken, func.count(), _sum_of(session_speaker.c.outside_rule.is_(True))
    ).items():
        found[level] = replace(found[level], speakers=speakers, speakers_outside=outside)
    counted = hosted.join(session_group, session_group.c.session_id == session.c.id)
    for level, (told, attended, convened) in by_level(
        counted,
        func.count(session.c.id.distinct()),
        func.sum(session_group.c.attended),
        func.sum(session_group.c.expected),
    ).items():
        found[level] = replace(found[level], groups_told=told, attended=attended, convened=convened)
    return found


def _sum_of(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


def own_sessions(conn: Connection, plan: str, top: str) -> int:
    """Held by a unit for itself alone, though the level above was to hold one."""
    hosted = session.join(unit, unit.c.id == session.c.host_id)
    mine = (session.c.plan == plan, session.c.own.is_(True), unit.c.path.like(f"{top}%"))
    return conn.scalar(select(func.count()).select_from(hosted).where(*mine)) or 0


def materials_offered(conn: Connection, plan: str, top: str) -> int:
    """By the unit and those below it, what was withdrawn or replaced left out."""
    offered = material.join(unit, unit.c.id == material.c.unit_id)
    mine = (
        material.c.plan == plan,
        material.c.state == MaterialState.OFFERED,
        unit.c.path.like(f"{top}%"),
    )
    return conn.scalar(select(func.count()).select_from(offered).where(*mine)) or 0


def proposals(conn: Connection, plan: Plan, top: Unit) -> list[Proposal]:
    """As the units below wrote them, in the order of the tree."""
    return [
        Proposal(
            unit=one.unit_name,
            above=one.above[0].name if one.above[0].id != top.id else None,
            text=one.text,
            level=one.owner.duty_level,
            answered=one.answer is not None,
            path=one.unit_path,
        )
        for one in below(conn, plan, [top.path])
        if one.text.strip()
    ]


def made_up(conn: Connection, plan: str, top: str) -> tuple[int, int]:
    """(units that held or attended a make-up, members who came to one)"""
    lines = participation.join(unit, unit.c.id == participation.c.unit_id)
    row = conn.execute(
        select(func.count(participation.c.unit_id.distinct()), func.sum(participation.c.members))
        .select_from(lines)
        .where(participation.c.plan == plan, participation.c.ordinal > 0, unit.c.path.like(f"{top}%"))
    ).one()
    return int(row[0] or 0), int(row[1] or 0)
