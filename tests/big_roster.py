"""A province of any size: one secretary a branch, deputies and members beside; all invented."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, insert, select

from rules.plan import Plan
from storage.database import Database, new_id
from storage.import_people import check_people, import_people
from storage.import_units import check_units, import_units
from storage.models import account, person, position, unit
from storage.rosters import Roster

BRANCHES_A_COMMUNE = 16
COMMUNES_A_DISTRICT = 24
FIRST_CHAT = 100_000
NOW = datetime(2018, 11, 14, tzinfo=UTC)


def unit_rows(branches: int) -> Iterator[dict[str, str]]:
    yield {"code": "TINH", "name": "Tỉnh đoàn", "level": "province", "parent_code": ""}
    communes = -(-branches // BRANCHES_A_COMMUNE)
    for number in range(-(-communes // COMMUNES_A_DISTRICT)):
        yield {
            "code": f"H{number}",
            "name": f"Huyện đoàn {number}",
            "level": "district",
            "parent_code": "TINH",
        }
    for number in range(communes):
        parent = f"H{number // COMMUNES_A_DISTRICT}"
        yield {
            "code": f"X{number}",
            "name": f"Đoàn xã {number}",
            "level": "grassroots",
            "parent_code": parent,
        }
    for number in range(branches):
        yield {
            "code": f"C{number}",
            "name": f"Chi đoàn thôn {number}",
            "level": "branch",
            "parent_code": f"X{number // BRANCHES_A_COMMUNE}",
            "cadres": "3",
            "members": "50",
        }


def people_rows(branches: int) -> Iterator[dict[str, str]]:
    for number in range(branches):
        for name, role in (
            ("Bí Thư", "secretary"),
            ("Phó Bí Thư", "deputy"),
            ("Ủy Viên", "committee_member"),
        ):
            yield {"unit_code": f"C{number}", "full_name": f"{name} {number}", "role": role, "phone": ""}


def fill(database: Database, plan: Plan, branches: int, *, linked: int = 0) -> None:
    """`linked`: the secretaries of the first so many branches have an account, chat FIRST_CHAT + n."""

    def roster(rows: Iterator[dict[str, str]], *, people: bool) -> Roster:
        return Roster(people, list(enumerate(rows, 2)), [])

    with database.writing() as conn:
        import_units(
            conn, plan, check_units(plan, roster(unit_rows(branches), people=False)), NOW, write=True
        )
        people = check_people(plan, roster(people_rows(branches), people=True))
        import_people(conn, plan, people, NOW, write=True)
        secretaries = conn.scalars(
            select(position.c.person_id)
            .where(position.c.role == "secretary")
            .order_by(position.c.unit_id)
            .limit(linked)
        ).all()
        if secretaries:
            _link(conn, secretaries, FIRST_CHAT)


OFFICER_CHAT = FIRST_CHAT - 1


def add_officer(database: Database) -> int:
    """An officer of the province, linked; the chat."""
    with database.writing() as conn:
        top = conn.scalar(select(unit.c.id).where(unit.c.code == "TINH"))
        person_id = new_id(
            conn.execute(
                insert(person).values(full_name="Cán Bộ Tỉnh", name_folded="can bo tinh", created_at=NOW)
            )
        )
        conn.execute(insert(position).values(person_id=person_id, unit_id=top, role="officer"))
        _link(conn, [person_id], OFFICER_CHAT)
    return OFFICER_CHAT


def _link(conn: Connection, people: Sequence[int], first_chat: int) -> None:
    conn.execute(
        insert(account),
        [
            {
                "channel": "telegram",
                "address": str(first_chat + place),
                "person_id": person_id,
                "linked_at": NOW,
                "consented_at": NOW,
                "reachable": True,
                "wrong_tries": 0,
                "menu": "acting3",
                "created_at": NOW,
            }
            for place, person_id in enumerate(people)
        ],
    )


def checkpoint(path: Path) -> None:
    """Everything in the one file, so that it can be copied."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
