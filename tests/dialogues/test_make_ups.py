"""Cadres who were absent are followed until all of them have attended."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any, cast
from unittest.mock import Mock

import pytest
from sqlalchemy import Connection, func, insert, select, update

from scheduler import make_ups as job
from scheduler import meetings
from storage import make_ups, meeting_guests, units
from storage.database import Database, new_id
from storage.make_ups import Left
from storage.models import absence, meeting, participation, position, reminded, report, unit
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
        people = job.due(conn, province.stage.world, province.clock.now())
        job.write(conn, province.stage.world, people, province.clock.now())
        return len(people)


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
def test_secretaries_are_told_once_though_the_program_was_killed_meanwhile(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    pressed(xa, f"s.meetplan.{province.ids['xa']}.makeup").says("25/11").presses("Sáng").says("xã")
    xa.presses("Chưa rõ").presses("Mời họp")
    world, now = province.stage.world, province.clock.now()
    with province.stage.database.writing() as conn:
        (one,) = meeting_guests.open_notices(conn)
        rows = meetings.besides(conn, world, one.id, now)
        assert len(rows) == 1
        meetings.write_besides(conn, rows, now)
    machine.invites().invites()
    assert sum("tổ chức học bù" in one.text for one in mai.messages) == 1


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


@pytest.mark.usefixtures("absent")
def test_the_whole_province_is_looked_through_once_and_not_in_the_writer(
    province: Province, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    province.clock.jump(at(19, 11, hour=8, minute=0))
    monkeypatch.setattr(job, "PIECE", 1)
    writer = Writer(province.stage.database)
    asked_while_writing = []
    whom = make_ups.to_tell

    def to_tell(*asked: Any) -> Any:
        asked_while_writing.append(writer.writes)
        return whom(*asked)

    monkeypatch.setattr(make_ups, "to_tell", to_tell)
    desk: Any = replace(machine.desk, writer=cast(Any, writer), sender=cast(Any, Mock()))
    assert asyncio.run(job.run(desk)) == {"told": 2}
    assert asked_while_writing == [False]
    assert writer.pieces == 2


class Writer:
    """Does what it is given at once, and knows when it is at it."""

    def __init__(self, database: Database) -> None:
        self.database, self.writes, self.pieces = database, False, 0

    async def run(self, _priority: Any, work: Any) -> Any:
        self.writes, self.pieces = True, self.pieces + 1
        with self.database.writing() as conn:
            done = work(conn)
        self.writes = False
        return done


@pytest.mark.usefixtures("absent")
def test_who_was_told_elsewhere_and_is_only_a_member_here_does_not_silence_the_unit(
    province: Province, mai: Person
) -> None:
    province.clock.jump(at(19, 11, hour=8, minute=0))
    with province.stage.database.writing() as conn:
        xa = province.ids["Vũ Văn Xã"]
        conn.execute(insert(position).values(person_id=xa, unit_id=province.ids["thon3"], role="member"))
        job.write(conn, province.stage.world, [xa], province.clock.now())
        assert job.due(conn, province.stage.world, province.clock.now()) == [province.ids["Lê Thị Mai"]]


def test_more_incomplete_units_than_a_question_may_name(province: Province) -> None:
    """As many as a district has; each with somebody absent."""
    with province.stage.database.writing() as conn:
        add_incomplete(conn, province.ids["xa"], 1100)
        top = units.get(conn, province.ids["xa"])
        found = make_ups.incomplete(conn, province.stage.world.plan, [top.path], date(2018, 11, 14))
    assert len(found) == 1100
    assert {one.absent for one in found} == {(("Nguyễn Thị Lan", "Ốm", None),)}


def add_incomplete(conn: Connection, parent: int, many: int) -> None:
    above = conn.scalar(select(unit.c.path).where(unit.c.id == parent))
    for number in range(many):
        values: dict[str, Any] = {
            "code": f"NH{number}",
            "name": f"Chi đoàn {number}",
            "name_folded": f"chi doan {number}",
        }
        values |= {"level": "branch", "duty_level": "branch", "parent_id": parent, "path": ""}
        one = new_id(conn.execute(insert(unit).values(**values)))
        conn.execute(update(unit).where(unit.c.id == one).values(path=f"{above}{one}/"))
        sent = {"first_arrived_at": at(14, 11), "last_arrived_at": at(14, 11)}
        told = new_id(
            conn.execute(insert(report).values(plan="ke-hoach-66", duty="study", unit_id=one, **sent))
        )
        came = {"members": 9, "members_expected": 9, "cadres": 1, "cadres_expected": 2}
        line = new_id(
            conn.execute(
                insert(participation).values(
                    report_id=told,
                    ordinal=0,
                    plan="ke-hoach-66",
                    unit_id=one,
                    held_on=date(2018, 11, 14),
                    **came,
                )
            )
        )
        conn.execute(insert(absence).values(participation_id=line, name="Nguyễn Thị Lan", reason="Ốm"))
