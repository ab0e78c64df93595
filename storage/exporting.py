"""What an export is made of: everything that a subtree reported, each question asked once for all its units.

`top` is the path of the subtree's highest unit, "/" for everything. The caller holds one reading transaction.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from storage.models import (
    UploadState,
    participation,
    report,
    session,
    session_group,
    session_speaker,
    unit,
    upload,
)
from storage.units import tree_order

EVERYTHING = "/"


@dataclass(frozen=True, slots=True)
class Attendance:
    """A unit's participation, its make-ups added. None is "chưa ghi"."""

    held_on: date  # the first line's
    session_id: int | None
    place: str | None
    own: bool
    make_ups: int
    members: int
    members_expected: int
    cadres: int | None
    cadres_expected: int | None
    youth: int | None
    materials: bool | None


def within(top: str) -> ColumnElement[bool]:
    """Of rows joined with their unit: that it lies in the subtree."""
    # A path is digits and slashes, so nothing in it is a wildcard.
    return unit.c.path.like(f"{top}%")


def units_in_order(conn: Connection, top: str) -> list[Any]:
    """Each behind its parent, siblings by their ids; closed units too."""
    rows = conn.execute(
        select(
            unit.c.id,
            unit.c.code,
            unit.c.name,
            unit.c.duty_level,
            unit.c.parent_id,
            unit.c.path,
            unit.c.members,
            unit.c.valid_from,
            unit.c.valid_to,
        ).where(within(top))
    ).all()
    return sorted(rows, key=lambda row: tree_order(row.path))


def exists_on(row: Any, day: date) -> bool:
    """Whether a unit of `units_in_order` was there on that day."""
    return (row.valid_from is None or row.valid_from <= day) and (row.valid_to is None or row.valid_to >= day)


# -- reports


def reports(conn: Connection, plan: str, top: str) -> dict[tuple[str, int], list[Any]]:
    """The current ones by (duty, unit), a host's sessions by their slots."""
    rows = conn.execute(
        select(
            report.c.id,
            report.c.duty,
            report.c.unit_id,
            report.c.revision,
            report.c.state,
            report.c.on_behalf,
            report.c.first_arrived_at,
        )
        .select_from(report.join(unit, unit.c.id == report.c.unit_id))
        .where(report.c.plan == plan, within(top))
        .order_by(report.c.slot)
    )
    found: dict[tuple[str, int], list[Any]] = {}
    for row in rows:
        found.setdefault((row.duty, row.unit_id), []).append(row)
    return found


def attendances(conn: Connection, plan: str, top: str) -> dict[int, Attendance]:
    """By report."""
    rows = conn.execute(
        select(
            participation.c.report_id,
            participation.c.held_on,
            participation.c.session_id,
            session.c.place,
            session.c.own,
            participation.c.members,
            participation.c.members_expected,
            participation.c.cadres,
            participation.c.cadres_expected,
            participation.c.youth,
            participation.c.materials,
        )
        .select_from(
            participation.join(unit, unit.c.id == participation.c.unit_id).outerjoin(
                session, session.c.id == participation.c.session_id
            )
        )
        .where(participation.c.plan == plan, within(top))
        .order_by(participation.c.report_id, participation.c.ordinal)
    )
    return {
        report_id: _added_up(list(lines)) for report_id, lines in groupby(rows, lambda row: row.report_id)
    }


def _added_up(lines: Sequence[Any]) -> Attendance:
    """Make-ups add to the first line; what no line says is not known."""
    first = lines[0]
    youth = [line.youth for line in lines if line.youth is not None]
    # How many there should have been, where nobody told how many there were, is no part of a rate.
    cadres = [line for line in lines if line.cadres is not None]
    cadres_of = [line.cadres_expected for line in cadres if line.cadres_expected is not None]
    return Attendance(
        held_on=first.held_on,
        session_id=first.session_id,
        place=first.place,
        own=bool(first.own),
        make_ups=len(lines) - 1,
        members=sum(line.members for line in lines),
        members_expected=max(line.members_expected for line in lines),
        cadres=sum(line.cadres for line in cadres) if cadres else None,
        cadres_expected=max(cadres_of, default=None),
        youth=sum(youth) if youth else None,
        materials=first.materials,
    )


def sessions(conn: Connection, plan: str, top: str) -> dict[int, Any]:
    """What hosts of the subtree recorded, by report."""
    rows = conn.execute(
        select(
            session.c.id,
            session.c.report_id,
            session.c.host_id,
            session.c.held_on,
            session.c.place,
            session.c.hall_count,
            session.c.materials,
            session.c.make_up,
            session.c.own,
        )
        .select_from(session.join(unit, unit.c.id == session.c.host_id))
        .where(session.c.plan == plan, within(top))
        .order_by(session.c.id)
    )
    return {row.report_id: row for row in rows}


def speakers(conn: Connection, plan: str, top: str) -> dict[int, list[str]]:
    """Names by session."""
    found: dict[int, list[str]] = defaultdict(list)
    for session_id, name in conn.execute(
        select(session_speaker.c.session_id, session_speaker.c.name)
        .select_from(
            session_speaker.join(session, session.c.id == session_speaker.c.session_id).join(
                unit, unit.c.id == session.c.host_id
            )
        )
        .where(session.c.plan == plan, within(top))
        .order_by(session_speaker.c.id)
    ):
        found[session_id].append(name)
    return found


def convened(conn: Connection, plan: str, top: str) -> dict[int, tuple[int, int]]:
    """(attended, convened) by session, of the groups that its host counted."""
    rows = conn.execute(
        select(
            session_group.c.session_id,
            func.sum(session_group.c.attended),
            func.sum(session_group.c.expected),
        )
        .select_from(
            session_group.join(session, session.c.id == session_group.c.session_id).join(
                unit, unit.c.id == session.c.host_id
            )
        )
        .where(session.c.plan == plan, within(top))
        .group_by(session_group.c.session_id)
    )
    return {session_id: (int(attended), int(expected)) for session_id, attended, expected in rows}


def attended(conn: Connection, plan: str, top: str) -> dict[int, tuple[int, int]]:
    """(units, their members) by session of a host in the subtree, as the units themselves report.

    A unit that reported before its host recorded the session names only the day: it is counted where its
    superior held exactly one session on that day.
    """
    hosted: dict[tuple[int, date], list[int]] = {}
    for row in sessions(conn, plan, top).values():
        if not row.own:
            hosted.setdefault((row.host_id, row.held_on), []).append(row.id)
    rows = conn.execute(
        select(
            participation.c.session_id,
            participation.c.held_on,
            participation.c.unit_id,
            unit.c.parent_id,
            participation.c.members,
        )
        .select_from(participation.join(unit, unit.c.id == participation.c.unit_id))
        .where(participation.c.plan == plan, within(top))
    )
    units: dict[int, set[int]] = defaultdict(set)
    members: dict[int, int] = defaultdict(int)
    for row in rows:
        same_day = hosted.get((row.parent_id, row.held_on), [])
        session_id = row.session_id or (same_day[0] if len(same_day) == 1 else None)
        if session_id is not None:
            units[session_id].add(row.unit_id)
            members[session_id] += row.members
    return {session_id: (len(units[session_id]), members[session_id]) for session_id in units}


def report_files(conn: Connection) -> dict[int, int]:
    """How many are stored for each report that has any."""
    rows = conn.execute(
        select(upload.c.subject_id, func.count().label("stored"))
        .where(upload.c.subject == "report", upload.c.state == UploadState.STORED)
        .group_by(upload.c.subject_id)
    )
    return {row.subject_id: row.stored for row in rows}
