"""The rows of the export: what was reported, by whom, and where nothing was."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, and_, func, select

from rules.plan import DutyKind, Plan
from storage.models import (
    essay,
    participation,
    person,
    report,
    session,
    session_speaker,
    unit,
)


def units_in_order(conn: Connection) -> list[Any]:
    """The whole tree, each unit behind its parent, siblings by their ids."""
    rows = conn.execute(
        select(
            unit.c.id, unit.c.code, unit.c.name, unit.c.duty_level, unit.c.path, unit.c.members, unit.c.cadres
        )
    ).all()
    return sorted(rows, key=lambda row: [int(part) for part in row.path.strip("/").split("/")])


def participations(conn: Connection, plan: Plan) -> dict[int, Any]:
    """By unit: the current report, its lines added up (make-ups add)."""
    code = next((one.code for one in plan.duties if one.kind is DutyKind.PARTICIPATION), "")
    rows = conn.execute(
        select(
            report.c.unit_id,
            report.c.id,
            report.c.revision,
            report.c.state,
            report.c.first_arrived_at,
            func.min(participation.c.held_on).label("held_on"),
            func.sum(participation.c.members).label("members"),
            func.max(participation.c.members_expected).label("members_expected"),
            func.sum(participation.c.cadres).label("cadres"),
            func.max(participation.c.cadres_expected).label("cadres_expected"),
            func.sum(participation.c.youth).label("youth"),
        )
        .select_from(report.join(participation, participation.c.report_id == report.c.id))
        .where(report.c.plan == plan.code, report.c.duty == code)
        .group_by(report.c.unit_id, report.c.id, report.c.revision, report.c.state, report.c.first_arrived_at)
    )
    return {row.unit_id: row for row in rows}


def sessions(conn: Connection, plan: Plan) -> Iterator[Any]:
    speakers = (
        select(session_speaker.c.session_id, func.min(session_speaker.c.name).label("speaker"))
        .group_by(session_speaker.c.session_id)
        .subquery()
    )
    yield from conn.execute(
        select(
            unit.c.name.label("unit"),
            report.c.id,
            session.c.held_on,
            session.c.place,
            session.c.hall_count,
            session.c.materials,
            session.c.make_up,
            speakers.c.speaker,
        )
        .select_from(
            session.join(unit, unit.c.id == session.c.host_id)
            .join(report, report.c.id == session.c.report_id)
            .outerjoin(speakers, speakers.c.session_id == session.c.id)
        )
        .where(session.c.plan == plan.code)
        .order_by(session.c.held_on, session.c.id)
    )


def essays(conn: Connection, plan: Plan) -> Iterator[Any]:
    yield from conn.execute(
        select(
            unit.c.name.label("unit"),
            essay.c.author,
            essay.c.state,
            essay.c.route,
            essay.c.arrived_at,
            person.c.full_name.label("sender"),
        )
        .select_from(
            essay.join(unit, unit.c.id == essay.c.unit_id).outerjoin(
                person, and_(person.c.id == essay.c.by_person_id)
            )
        )
        .where(essay.c.plan == plan.code, essay.c.state.in_(("receiving", "stored")))
        .order_by(unit.c.path, essay.c.id)
    )
