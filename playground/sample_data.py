"""Sample data: Thanh Hóa's real districts and communes, with invented branches and people below a few.

The telephone numbers (0900 000 xxx) are nobody's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import resources
from pathlib import Path

from sqlalchemy import Connection, select

from rules.plan import Plan
from storage import invites
from storage.database import Database
from storage.import_people import check_people, import_people
from storage.import_units import check_units, import_units
from storage.models import person
from storage.rosters import Roster, read_roster

COMMUNES = {"15886": "Hoằng Quỳ", "15916": "Hoằng Quý"}  # two names that must never be confused
BRANCHES = 5
_FAMILY = ("Lê", "Nguyễn", "Trần", "Phạm", "Hoàng", "Vũ", "Đỗ", "Bùi")
_MIDDLE = ("Thị", "Văn", "Minh", "Thu", "Quốc", "Ngọc")
_GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hạnh",
    "Khánh",
    "Lan",
    "Nam",
    "Oanh",
    "Phúc",
    "Sơn",
    "Tâm",
    "Vân",
)


@dataclass(frozen=True, slots=True)
class Demo:
    """Somebody to try the bot as."""

    title: str
    full_name: str
    phone: str
    token: str | None


def load(database: Database, plan: Plan, now: datetime) -> list[Demo]:
    """Fill an empty database; the people of the phones, each with a fresh invite but the stranger."""
    path = resources.files("playground") / "sample" / "units.csv"
    with resources.as_file(path) as file:
        units = read_roster(Path(file))
    with database.writing() as conn:
        import_units(conn, plan, check_units(plan, units), now, write=True)
        import_units(conn, plan, check_units(plan, _roster(_branches(), people=False)), now, write=True)
        import_people(conn, plan, check_people(plan, _roster(_people(), people=True)), now, write=True)
        return [
            _demo(conn, now, "Bí thư chi đoàn", "Lê Thị Mai", "0900000301"),
            _demo(conn, now, "Bí thư đoàn xã", "Vũ Văn Khang", "0900000201"),
            _demo(conn, now, "Bí thư huyện đoàn", "Ngô Thị Thảo", "0900000101"),
            _demo(conn, now, "Cán bộ tỉnh đoàn", "Đinh Quốc Việt", "0900000001"),
            Demo("Người lạ", "Khách", "0999999999", None),
        ]


def _demo(conn: Connection, now: datetime, title: str, full_name: str, phone: str) -> Demo:
    person_id = conn.scalar(select(person.c.id).where(person.c.full_name == full_name))
    assert person_id is not None
    return Demo(title, full_name, phone, invites.issue(conn, [person_id], now)[0])


def _roster(rows: Iterator[dict[str, str]], *, people: bool) -> Roster:
    return Roster(people, list(enumerate(rows, 2)), [])


def _branches() -> Iterator[dict[str, str]]:
    for commune in COMMUNES:
        for number in range(1, BRANCHES + 1):
            yield {
                "code": f"{commune}-{number:02d}",
                "name": f"Chi đoàn thôn {number}",
                "level": "branch",
                "parent_code": commune,
                "cadres": "3",
                "members": str(20 + 10 * number),
                "youth": str(5 * number),
            }


def _people() -> Iterator[dict[str, str]]:
    def one(unit: str, name: str, role: str, phone: str) -> dict[str, str]:
        return {"unit_code": unit, "full_name": name, "role": role, "phone": phone}

    yield one("TH", "Đinh Quốc Việt", "officer", "0900000001")
    yield one("399", "Ngô Thị Thảo", "secretary", "0900000101")
    yield one("399", "Mai Xuân Trường", "deputy", "0900000102")
    yield one("15886", "Vũ Văn Khang", "secretary", "0900000201")
    yield one("15886", "Bùi Thị Xuân", "deputy", "0900000202")
    yield one("15916", "Hoàng Thị Hoa", "secretary", "0900000203")
    place = 0
    for commune in COMMUNES:
        for number in range(1, BRANCHES + 1):
            named = (
                ("Lê Thị Mai", "Trần Văn Hùng", "Phạm Thu Hà") if (commune, number) == ("15886", 3) else ()
            )
            for rank, role in enumerate(("secretary", "deputy", "committee_member")):
                place += 1
                invented = f"{_FAMILY[place % 8]} {_MIDDLE[place % 6]} {_GIVEN[place % 14]}"
                name = named[rank] if named else invented
                phone = "0900000301" if name == "Lê Thị Mai" else f"0900000{400 + place}"
                yield one(f"{commune}-{number:02d}", name, role, phone)
