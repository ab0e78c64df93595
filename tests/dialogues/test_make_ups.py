"""Cadres who were absent are followed until all of them have attended."""

from datetime import date

import pytest
from sqlalchemy import func, select

from scheduler import make_ups as job
from storage import make_ups, units
from storage.make_ups import Left
from storage.models import meeting, reminded
from tests.conftest import Province
from tests.desk import Machine
from tests.dialogues.desk import NOT_YOURS, pressed
from tests.dialogues.test_participation import record_session
from tests.people import Person, at


@pytest.fixture
def machine(province: Province) -> Machine:
    return Machine(province.stage)


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


@pytest.fixture
def absent(province: Province, xa: Person, mai: Person) -> None:
    """Hùng was not there, and somebody whom the roster does not know."""
    record_session(xa)
    mai.says("/baocao").presses("Đã tham gia").says("40").presses("Có đồng chí vắng")
    mai.presses("Trần Văn Hùng").presses("Đồng chí khác").says("Nguyễn Thị Lan").presses("Xong")
    mai.presses("Đi công tác").says("Ốm <nặng>").presses("Gửi báo cáo")
    assert mai.sees("Đã nhận báo cáo")


def left(province: Province, key: str = "tinh") -> Left:
    with province.stage.reading() as conn:
        top = units.get(conn, province.ids[key])
        return make_ups.left_below(conn, province.stage.world.plan, top.path, date(2018, 11, 14))


def makes_up(mai: Person, cadres: str) -> None:
    mai.presses("Học bù").presses("Ngày khác").says("14/11").says("2").presses(cadres)


def mondays(province: Province) -> int:
    with province.stage.database.writing() as conn:
        return job.write_some(conn, province.stage.world, province.clock.now())


@pytest.mark.usefixtures("absent")
def test_named_at_the_commune_and_counted_above(province: Province, xa: Person, huyen: Person) -> None:
    assert left(province) == Left(2, 1)
    xa.says("/hoinghi").presses("Cần học bù")
    assert xa.sees("2 cán bộ ở 1 đơn vị", "Trần Văn Hùng (Đi công tác)", "Nguyễn Thị Lan (Ốm &lt;nặng&gt;)")
    huyen.says("/tiendo")
    assert huyen.sees("Cán bộ còn phải học bù: 2")
    huyen.presses("Cần học bù")
    assert "Đoàn xã Hoằng Quỳ · 2" in huyen.buttons
    huyen.presses("Đoàn xã Hoằng Quỳ · 2")
    assert huyen.sees("Chi đoàn thôn 3:")
    assert "Lên lịch học bù" not in huyen.buttons, "that is the host's"


@pytest.mark.usefixtures("absent")
def test_a_make_up_invites_those_and_tells_their_secretary(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    hung = province.linked("Trần Văn Hùng", 104)
    xa.says("/hoinghi").presses("Cần học bù").presses("Lên lịch học bù").says("20/11").presses("Tối")
    xa.says("nhà văn hoá xã").presses("Chưa rõ")
    assert xa.sees("buổi học bù", "Mời 1 người")
    xa.presses("Mời họp")
    machine.invites().invites()
    assert hung.sees("mời đồng chí dự buổi học bù")
    assert sum("tổ chức học bù" in one.text for one in mai.messages) == 1
    assert mai.sees("Chi đoàn thôn 3 còn: Trần Văn Hùng, Nguyễn Thị Lan")
    makes_up(mai, "Đủ cả 2")
    mai.presses("Gửi báo cáo")
    assert left(province) == Left(0, 0)
    with province.stage.reading() as conn:
        assert conn.scalar(select(meeting.c.make_up)) is True


@pytest.mark.usefixtures("absent")
def test_who_is_still_absent_after_a_make_up(province: Province, xa: Person, mai: Person) -> None:
    pressed(mai, f"s.makeup.{province.ids['thon3']}").presses("Ngày khác").says("14/11").says("1")
    mai.presses("Có đồng chí vắng").presses("Trần Văn Hùng").presses("Xong").presses("Đi công tác")
    mai.presses("Gửi báo cáo")
    assert left(province) == Left(1, 1)
    pressed(xa, f"s.makeups.{province.ids['xa']}")
    assert xa.sees("1 cán bộ", "Trần Văn Hùng")
    assert "Lan" not in xa.last.text


@pytest.mark.usefixtures("absent")
def test_told_on_monday_once_a_week(province: Province, xa: Person, mai: Person, machine: Machine) -> None:
    assert mondays(province) == 0, "14/11 is a Wednesday"
    province.clock.jump(at(19, 11, hour=7, minute=29))
    assert mondays(province) == 0
    province.clock.jump(at(19, 11, hour=7, minute=31))
    assert mondays(province) == 2
    assert mondays(province) == 0
    machine.invites()
    assert mai.sees("cần học bù", "Trần Văn Hùng")
    assert mai.buttons == ["Học bù"]
    assert xa.sees("Chi đoàn thôn 3")
    assert xa.buttons == ["Cần học bù"]
    with province.stage.reading() as conn:
        assert conn.scalar(select(func.count()).where(reminded.c.stage == "makeup")) == 2


@pytest.mark.usefixtures("absent")
@pytest.mark.parametrize("whose", ["branch", "host"])
def test_nothing_is_said_while_a_day_lies_ahead(
    province: Province, xa: Person, mai: Person, whose: str
) -> None:
    if whose == "branch":
        mai.says("/baocao").presses("Chưa tham gia").says("25/11")
    else:
        pressed(xa, f"s.meetplan.{province.ids['xa']}.makeup").says("25/11").presses("Sáng").says("xã")
        xa.presses("Chưa rõ").presses("Mời họp")
    province.clock.jump(at(19, 11, hour=8, minute=0))
    assert mondays(province) == 0


@pytest.mark.usefixtures("absent")
def test_made_up_before_the_message_went(province: Province, mai: Person, machine: Machine) -> None:
    province.clock.jump(at(19, 11, hour=8, minute=0))
    assert mondays(province) == 1 + 1
    pressed(mai, f"s.makeup.{province.ids['thon3']}").presses("Ngày khác").says("14/11").says("2")
    mai.presses("Đủ cả 2").presses("Gửi báo cáo")
    machine.invites()
    assert not any("cần học bù" in one.text for one in mai.messages)


def test_forged(province: Province, xa: Person, mai: Person) -> None:
    for data in (f"s.makeup.{province.ids['thon4']}", "s.makeup.999999", "s.makeup.x", "s.makeups.999999"):
        assert pressed(mai, data).sees(NOT_YOURS)
    assert pressed(mai, f"s.makeup.{province.ids['thon3']}").sees("chưa báo cáo học tập")
    assert pressed(xa, f"s.makeups.{province.ids['xa']}").sees("Không còn cán bộ nào")
