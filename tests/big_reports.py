"""Reports of a big province, written in bulk: most branches reported, every commune held its session."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Table, insert, select

from storage.audit import Action
from storage.models import (
    EssayState,
    ReportState,
    audit,
    essay,
    participation,
    position,
    report,
    session,
    session_speaker,
    unit,
)
from tests.big_roster import NOW

PLAN = "ke-hoach-66"
CHUNK = 5000
FIRST_DAY = date(2018, 11, 12)


def fill_reports(conn: Connection) -> None:
    """Of ten branches nine report and of three essays two are handed in; a session for each other host."""
    units = conn.execute(
        select(unit.c.id, unit.c.duty_level, unit.c.parent_id, unit.c.name).order_by(unit.c.id)
    ).all()
    hosts = [one for one in units if one.duty_level != "branch"]
    branches = [one for place, one in enumerate(units) if one.duty_level == "branch" and place % 10]
    numbers = {one.id: number for number, one in enumerate(hosts, 1)}

    def reports(these: list[Any], duty: str, first: int) -> Iterator[dict[str, Any]]:
        for number, one in enumerate(these, first):
            arrived = NOW + timedelta(minutes=number % 9000)
            state = ReportState.ACCEPTED if number % 3 else ReportState.SENT
            yield {
                "id": number,
                "plan": PLAN,
                "duty": duty,
                "unit_id": one.id,
                "slot": 0,
                "revision": 1 + (number % 7 == 0),
                "state": state,
                "first_arrived_at": arrived,
                "last_arrived_at": arrived,
                "on_behalf": number % 20 == 0,
            }

    _all(conn, report, reports(hosts, "session", 1))
    _all(
        conn,
        session,
        (
            {
                "id": numbers[one.id],
                "report_id": numbers[one.id],
                "plan": PLAN,
                "host_id": one.id,
                "level": one.duty_level,
                "held_on": FIRST_DAY,
                "place": f"Nhà văn hoá {one.name}",
                "hall_count": 600,
                "materials": True,
                "make_up": False,
                "own": False,
                "recorded_at": NOW,
            }
            for one in hosts
        ),
    )
    _all(
        conn, session_speaker, ({"session_id": number, "name": "Vũ Văn Khang"} for number in numbers.values())
    )
    first = len(hosts) + 1
    _all(conn, report, reports(branches, "participation", first))
    _all(
        conn,
        participation,
        (
            {
                "report_id": number,
                "ordinal": 0,
                "plan": PLAN,
                "unit_id": one.id,
                "session_id": numbers[one.parent_id],
                "held_on": FIRST_DAY,
                "members": 38 + number % 13,
                "members_expected": 50,
                "members_roster": 50,
                "cadres": 3 if number % 5 else None,
                "cadres_expected": 3 if number % 5 else None,
                "youth": number % 9,
            }
            for number, one in enumerate(branches, first)
        ),
    )
    people = conn.execute(select(position.c.person_id, position.c.unit_id).order_by(position.c.id)).all()
    _all(
        conn,
        essay,
        (
            {
                "plan": PLAN,
                "unit_id": one.unit_id,
                "person_id": one.person_id,
                "author": "Lê Thị Mai",
                "state": EssayState.STORED,
                "route": "superior",
                "arrived_at": NOW,
                "by_person_id": one.person_id,
            }
            for place, one in enumerate(people)
            if place % 3
        ),
    )
    _all(
        conn,
        audit,
        (
            {
                "at": NOW,
                "person_id": people[place % len(people)].person_id if people else None,
                "action": Action.REPORT_SENT,
                "unit_id": one.id,
                "subject": "report",
                "subject_id": number,
                "facts": {"duty": "participation", "revision": 1, "on_behalf": False},
            }
            for place, (number, one) in enumerate(enumerate(branches * 3, first))
        ),
    )


def _all(conn: Connection, table: Table, rows: Iterator[dict[str, Any]]) -> None:
    chunk: list[dict[str, Any]] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            conn.execute(insert(table), chunk)
            chunk = []
    if chunk:
        conn.execute(insert(table), chunk)
