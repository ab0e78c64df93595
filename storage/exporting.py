"""The rows of the export: what was reported, by whom, and where nothing was."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from storage.essays import HANDED_IN
from storage.models import (
    essay,
    essay_tally,
    participation,
    person,
    report,
    session,
    session_speaker,
    unit,
    upload,
)
from storage.units import tree_order


def units_in_order(conn: Connection) -> list[Any]:
    """The whole tree, closed units too: each behind its parent, siblings by their ids."""
    rows = conn.execute(
        select(
            unit.c.id,
            unit.c.code,
            unit.c.name,
            unit.c.duty_level,
            unit.c.path,
            unit.c.members,
            unit.c.cadres,
            unit.c.valid_to,
        )
    ).all()
    return sorted(rows, key=lambda row: tree_order(row.path))


def participations(conn: Connection, plan: str, duty: str) -> dict[int, Any]:
    """By unit: the current report, its lines added up (make-ups add)."""
    described = (
        report.c.unit_id,
        report.c.id,
        report.c.revision,
        report.c.state,
        report.c.on_behalf,
        report.c.first_arrived_at,
    )
    rows = conn.execute(
        select(
            *described,
            func.min(participation.c.held_on).label("held_on"),
            func.sum(participation.c.members).label("members"),
            func.max(participation.c.members_expected).label("members_expected"),
            func.sum(participation.c.cadres).label("cadres"),
            func.max(participation.c.cadres_expected).label("cadres_expected"),
            func.sum(participation.c.youth).label("youth"),
        )
        .select_from(report.join(participation, participation.c.report_id == report.c.id))
        .where(report.c.plan == plan, report.c.duty == duty)
        .group_by(*described)
    )
    return {row.unit_id: row for row in rows}


def sessions(conn: Connection, plan: str) -> Iterator[tuple[Any, list[str]]]:
    """Each session with its speakers, by day."""
    speakers: dict[int, list[str]] = defaultdict(list)
    for session_id, name in conn.execute(
        select(session_speaker.c.session_id, session_speaker.c.name).order_by(session_speaker.c.id)
    ):
        speakers[session_id].append(name)
    rows = conn.execute(
        select(
            session.c.id,
            session.c.report_id,
            session.c.level,
            session.c.held_on,
            session.c.place,
            session.c.hall_count,
            session.c.materials,
            session.c.make_up,
            session.c.own,
            unit.c.name.label("host"),
            unit.c.code.label("host_code"),
        )
        .select_from(session.join(unit, unit.c.id == session.c.host_id))
        .where(session.c.plan == plan)
        .order_by(session.c.held_on, session.c.id)
    )
    for row in rows:
        yield row, speakers[row.id]


def essays(conn: Connection, plan: str) -> Iterator[Any]:
    """Those handed in, with the number of their files."""
    files = (
        select(upload.c.subject_id, func.count().label("files"))
        .where(upload.c.subject == "essay")
        .group_by(upload.c.subject_id)
        .subquery()
    )
    rows = conn.execute(
        select(
            unit.c.path,
            unit.c.name.label("unit"),
            unit.c.code,
            essay.c.author,
            essay.c.state,
            essay.c.route,
            essay.c.arrived_at,
            person.c.full_name.label("sender"),
            files.c.files,
        )
        .select_from(
            essay.join(unit, unit.c.id == essay.c.unit_id)
            .outerjoin(person, person.c.id == essay.c.by_person_id)
            .outerjoin(files, files.c.subject_id == essay.c.id)
        )
        .where(essay.c.plan == plan, essay.c.state.in_(HANDED_IN))
        .order_by(essay.c.id)
    )
    yield from sorted(rows, key=lambda row: tree_order(row.path))


def tallies(conn: Connection, plan: str) -> Iterator[Any]:
    """Essays that were only counted."""
    rows = conn.execute(
        select(
            unit.c.path,
            unit.c.name.label("unit"),
            unit.c.code,
            essay_tally.c.attended,
            essay_tally.c.expected,
            essay_tally.c.arrived_at,
            person.c.full_name.label("sender"),
        )
        .select_from(
            essay_tally.join(unit, unit.c.id == essay_tally.c.unit_id).outerjoin(
                person, person.c.id == essay_tally.c.by_person_id
            )
        )
        .where(essay_tally.c.plan == plan)
    )
    yield from sorted(rows, key=lambda row: tree_order(row.path))


def is_closed(row: Any, today: date) -> bool:
    return row.valid_to is not None and row.valid_to < today
