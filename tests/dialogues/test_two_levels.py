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


def test_its_progress(stage: Stage, leader: Person) -> None:
    """Measured by the meetings; branches directly below the province; no essays."""
    with stage.database.writing() as conn:
        for number, name in ((3, "Chi đoàn Cầu Giấy"), (4, "Chi đoàn Đống Đa")):
            conn.execute(
                insert(unit).values(
                    code=str(number),
                    name=name,
                    name_folded=fold(name),
                    level="branch",
                    duty_level="branch",
                    parent_id=1,
                    path=f"/1/{number}/",
                )
            )
        conn.execute(
            insert(person).values(
                full_name="Lê Thị Chín", name_folded="le thi chin", created_at=stage.clock.now()
            )
        )
        conn.execute(insert(position).values(person_id=2, unit_id=1, role="leader"))
        roster.link(conn, 502, 2, stage.clock.now())
    leader.says("/baocao").presses("Đã tổ chức").says("10/3").says("nhà văn hoá").says("Lò Văn Tám")
    leader.says("18").presses("Đủ tài liệu").presses("Không có ảnh").presses("Gửi báo cáo")
    top = stage.person(502)
    top.says("/tiendo")
    assert top.sees(
        "Sinh hoạt chi đoàn: <b>1/3 chi đoàn</b> (33,3%), chưa báo cáo 2",
        "Đúng hạn 0 · chậm hạn 1",
        "Học đúng thời hạn 1 · sau thời hạn 0",
        "Hội trường: 18 người, 1/1 hội nghị có ghi",
    )
    assert "Bài thu hoạch" not in top.last.text
    assert "Đoàn viên" not in top.last.text
    top.presses("Việc khác")
    assert top.sees("▸ Báo cáo tổng hợp: 0/1")
    top.presses("⬅️ Tỉnh đoàn").presses("Xem từng chi đoàn")
    assert top.buttons[:2] == ["Chi đoàn Ba Đình · chậm hạn", "Chi đoàn Cầu Giấy · chưa báo cáo"]
    top.presses("Chi đoàn Ba Đình · chậm hạn")
    assert top.sees("✓ Sinh hoạt chi đoàn: mã 0001", "chậm hạn", "Ngày 10/03, đúng thời hạn")
    top.presses("⬅️ Tỉnh đoàn").presses("⬅️ Tỉnh đoàn").presses("Chốt số liệu").presses("Đồng ý chốt")
    assert top.sees("<b>Đã chốt số liệu</b>", "1/3 chi đoàn")


def test_what_the_plan_does_not_name_is_not_offered(leader: Person) -> None:
    leader.says("/tuyentruyen")
    assert leader.sees("Kế hoạch không giao đơn vị của đồng chí báo tin, bài tuyên truyền.")
    leader.says("https://tinhdoan.vn/tin")
    assert leader.sees("Hệ thống chưa hiểu tin này.")
