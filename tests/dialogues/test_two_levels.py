"""Another plan, with other levels, roles and names of duties: no line of code for it."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from rules.names import fold
from scheduler import reminders
from storage import reports
from storage.database import Database
from storage.models import outbox, person, position, unit
from tests import roster
from tests.clock import FrozenClock
from tests.people import Person, Stage, at

PLAN = str(Path(__file__).parent.parent / "rules" / "two-levels.toml")


@pytest.fixture
def stage(database: Database, tmp_path: Path) -> Stage:
    return Stage(database, tmp_path, FrozenClock(at(20, 3, year=2026)), PLAN)


@pytest.fixture
def leader(stage: Stage) -> Person:
    now = stage.clock.now()
    with stage.database.writing() as conn:
        for number, (name, level, parent, path) in enumerate(
            (("Tỉnh đoàn", "province", None, "/1/"), ("Chi đoàn Ba Đình", "branch", 1, "/1/2/")), 1
        ):
            conn.execute(
                insert(unit).values(
                    code=str(number),
                    name=name,
                    name_folded=fold(name),
                    level=level,
                    duty_level=level,
                    parent_id=parent,
                    path=path,
                    members=20,
                )
            )
        conn.execute(insert(person).values(full_name="Lò Văn Tám", name_folded="lo van tam", created_at=now))
        conn.execute(insert(position).values(person_id=1, unit_id=2, role="leader"))
        roster.link(conn, 501, 1, now)
    return stage.person(501)


def test_a_branch_that_holds_its_own_meetings(stage: Stage, leader: Person) -> None:
    leader.says("/trangthai")
    assert leader.sees("Theo Kế hoạch 12", "Sinh hoạt chi đoàn, chậm nhất hết ngày 31/03")
    leader.presses("Báo cáo").presses("Đã tổ chức").presses("Hôm nay").says("nhà văn hoá").says("Lò Văn Tám")
    leader.says("18").presses("Đủ tài liệu").presses("Không có ảnh")
    assert leader.sees("Chi đoàn Ba Đình", "Hội trường: 18 người")
    leader.presses("Gửi báo cáo")
    assert leader.sees("Đã nhận báo cáo, mã 0001", "đúng thời hạn")
    with stage.reading() as conn:
        assert len(reports.all_of(conn, "hai-cap", "meeting", 2)) == 1
    leader.says("/thuhoach")
    assert "/huy" not in leader.last.text


def test_its_one_reminder(stage: Stage, leader: Person) -> None:
    stage.clock.jump(at(31, 3, 9, 1, year=2026))
    with stage.database.writing() as conn:
        assert reminders.tick(conn, stage.world, stage.clock.now()) == 1
        row = conn.execute(select(outbox)).one()
        assert "meeting" not in row.payload
    stage.clock.jump(stage.clock.now() + timedelta(hours=1))
    with stage.database.writing() as conn:
        assert reminders.tick(conn, stage.world, stage.clock.now()) == 0
