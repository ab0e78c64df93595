"""Who is late climbs to the officers, who ring; what came of each call is kept."""

from datetime import date

import pytest
from sqlalchemy import select, update

from storage.models import account, audit, call, person, planned_day, report, unit
from tests.conftest import Province
from tests.desk import Machine
from tests.people import Person, at

MORNING_AFTER = at(30, 12, 7, 1)


@pytest.fixture
def machine(province: Province) -> Machine:
    return Machine(province.stage)


def missing(province: Province, person: Person, unit: str) -> None:
    person.new = []
    province.stage.take(person.pressed(f"s.missing.{province.ids[unit]}", "1"))


def reported(person: Person) -> None:
    person.says("12/11 45/50").presses("Gửi báo cáo")


def test_a_call_and_what_came_of_it(province: Province, xa: Person, mai: Person) -> None:
    missing(province, xa, "xa")
    assert xa.sees("4 chi đoàn chưa báo cáo", "(0/4 đã báo cáo, 0 đúng hạn)")
    assert xa.sees("Chi đoàn thôn 3", "Bí thư Lê Thị Mai, 0900 000 013")
    xa.presses("Đã gọi thôn 3")
    assert xa.sees("kết quả cuộc gọi")
    assert xa.buttons == ["Hẹn ngày…", "Không nghe máy", "Đã đổi bí thư", "Báo hộ", "Về danh sách"]
    xa.presses("Hẹn ngày…").says("11/11")
    assert xa.sees("11/11")
    xa.says("20/12")
    assert xa.sees("Chi đoàn thôn 3", "hẹn 20/12")
    xa.presses("Về danh sách")
    assert xa.sees("hẹn 20/12, đã gọi, có hẹn")
    with province.stage.reading() as conn:
        assert [tuple(row) for row in conn.execute(select(call.c.result, call.c.day))] == [
            ("reached", None),
            ("promised", date(2018, 12, 20)),
        ]
        assert conn.scalar(select(planned_day.c.day)) == date(2018, 12, 20)
        actions = list(conn.scalars(select(audit.c.action).order_by(audit.c.id)))
        assert actions == ["unit_called", "day_planned", "unit_called"]


def test_nobody_answered(province: Province, xa: Person) -> None:
    missing(province, xa, "xa")
    xa.presses("Đã gọi thôn 1").presses("Không nghe máy").presses("Về danh sách")
    assert xa.sees("không nghe máy 19 giờ 42 ngày 14/11")


def test_reported_meanwhile(province: Province, xa: Person, mai: Person) -> None:
    missing(province, xa, "xa")
    reported(mai)
    xa.presses("Đã gọi thôn 3")
    assert xa.sees("vừa báo cáo")


def test_without_a_number_the_next_one_who_can_be_rung(province: Province, xa: Person) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(update(person).where(person.c.full_name == "Lê Thị Mai").values(phone=None))
    missing(province, xa, "xa")
    assert xa.sees("Bí thư Vũ Văn Xã (cấp trên), 0900 000 003")


def test_a_text_for_the_group_names_nobody(province: Province, xa: Person, mai: Person) -> None:
    reported(mai)
    missing(province, xa, "xa")
    xa.presses("Soạn tin nhóm Zalo")
    assert xa.sees("1/4 đơn vị báo cáo", "chậm nhất hết ngày 29/12")
    assert "thôn 1" not in xa.last.text


def test_the_list_climbs_to_the_commune_and_then_to_the_district(
    province: Province, machine: Machine, xa: Person, mai: Person
) -> None:
    huyen = province.linked("Ngô Văn Huyện", 301)
    reported(mai)
    province.clock.jump(at(30, 12, 6, 59))
    machine.reminds()
    assert not any("chưa báo cáo</b>" in message.text for message in xa.messages)
    province.clock.jump(MORNING_AFTER)
    machine.reminds()
    assert xa.sees("3 chi đoàn chưa báo cáo", "1/4 đã báo cáo, 1 đúng hạn")
    assert not any("chưa báo cáo</b>" in message.text for message in huyen.messages)
    count = len(xa.messages)
    for day, hour in ((30, 9), (31, 7)):
        province.clock.jump(at(day, 12, hour, 1))
        machine.reminds()
    assert (
        len([message for message in xa.messages[count:] if "chi đoàn chưa báo cáo" in message.text]) == 0
    ), "nothing changed"
    reported(province.linked("Bí Thư Thôn 1", 101))
    for hour, day, month, year in ((9, 31, 12, 2018), (6, 1, 1, 2019)):
        province.clock.jump(at(day, month, hour, 45, year=year))
        machine.reminds()
        assert not [one for one in xa.messages[count:] if "chi đoàn chưa báo cáo" in one.text], (
            "at 07:00 only"
        )
    province.clock.jump(at(1, 1, 7, 1, year=2019))
    machine.reminds()
    assert "2 chi đoàn chưa báo cáo" in xa.messages[-1].text
    assert "chưa báo cáo" in huyen.messages[-1].text


def test_a_nudge_once_a_day_to_those_without_a_day(
    province: Province, machine: Machine, xa: Person, mai: Person
) -> None:
    province.clock.jump(at(20, 11, 9, 0))
    one = province.linked("Bí Thư Thôn 1", 101)
    one.says("/baocao").presses("Chưa tham gia").says("1/12")
    count = len(mai.messages), len(one.messages)
    missing(province, xa, "xa")
    xa.presses("Đôn đốc ngay")
    assert xa.sees("đang nhắn 3 đơn vị")
    machine.reminds()
    assert "Đoàn cấp trên đề nghị báo cáo" in mai.messages[-1].text
    assert "Báo cáo" in mai.messages[-1].labels
    assert len(one.messages) == count[1]
    xa.presses("Đôn đốc ngay")
    assert xa.sees("Hôm nay đã đôn đốc lúc 09 giờ 00")
    machine.reminds()
    assert len(mai.messages) == count[0] + 1
    with province.stage.reading() as conn:
        nudged = select(audit.c.unit_id).where(audit.c.action == "units_nudged")
        assert list(conn.scalars(nudged)) == [province.ids["xa"]]


@pytest.mark.parametrize(
    ("hour", "minute", "said"), [(20, 29, "đang nhắn 4"), (21, 0, "sẽ nhắn từ 06 giờ 30 4")]
)
def test_a_nudge_in_the_evening_goes_in_the_morning(
    province: Province, machine: Machine, xa: Person, mai: Person, hour: int, minute: int, said: str
) -> None:
    province.clock.jump(at(20, 11, hour, minute))
    missing(province, xa, "xa")
    xa.presses("Đôn đốc ngay")
    assert xa.sees(said)
    province.clock.jump(at(20, 11, 21, 1))
    machine.reminds()
    assert not mai.messages
    for time in (at(21, 11, 6, 31), at(21, 11, 9, 0), at(22, 11, 6, 31)):
        province.clock.jump(time)
        machine.reminds()
    assert ["Đoàn cấp trên đề nghị báo cáo" in one.text for one in mai.messages] == [True]


def test_a_nudge_asks_one_voice_of_a_unit(
    province: Province, machine: Machine, xa: Person, mai: Person
) -> None:
    province.clock.jump(at(20, 11, 9, 0))
    hung = province.linked("Trần Văn Hùng", 104)
    missing(province, xa, "xa")
    xa.presses("Đôn đốc ngay")
    machine.reminds()
    assert len(mai.messages) == 1
    assert not hung.messages
    with province.stage.database.writing() as conn:
        conn.execute(update(account).where(account.c.address == "103").values(reachable=False))
    machine.reminds()
    assert len(hung.messages) == 1, "the secretary cannot be reached"


def close(province: Province, name: str) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            update(unit)
            .where(unit.c.id == province.ids[name])
            .values(valid_to=date(2018, 11, 13), successor_id=province.ids["thon2"])
        )


@pytest.mark.parametrize("action", ["missing", "called", "callres", "zalo", "nudge", "behalf"])
def test_an_old_button_of_a_merged_unit_is_explained(province: Province, xa: Person, action: str) -> None:
    close(province, "thon1")
    rest = ".day" if action == "callres" else ""
    province.stage.take(xa.pressed(f"s.{action}.{province.ids['thon1']}{rest}", "1"))
    assert xa.sees("đã sáp nhập vào <b>Chi đoàn thôn 2</b>")


def test_what_is_merged_meanwhile_is_not_reported_for(province: Province, xa: Person) -> None:
    missing(province, xa, "xa")
    xa.presses("Đã gọi thôn 1").presses("Báo hộ").presses("Đã tham gia").says("12/11").says("45")
    xa.presses("Có đồng chí vắng").presses("Phó Bí Thư 1").presses("Xong").presses("Ốm, thai sản")
    several = province.linked("Bùi Thị Xuân", 204)
    several.says("12/11\nthôn 1 45/50\nthôn 3 40/50")
    close(province, "thon1")
    xa.presses("Gửi báo cáo")
    assert xa.sees("đã sáp nhập")
    several.presses("Gửi 2 báo cáo")
    assert several.sees("đơn vị đã thôi hoạt động", "Chi đoàn thôn 3: 40/50")
    with province.stage.reading() as conn:
        assert list(conn.scalars(select(report.c.unit_id))) == [province.ids["thon3"]]


@pytest.mark.parametrize("action", ["missing", "called", "callres", "zalo", "nudge"])
@pytest.mark.parametrize("unit", ["huyen", "tinh", "999"])
def test_forged_buttons_are_told_nothing(
    province: Province, xa: Person, mai: Person, action: str, unit: str
) -> None:
    number = province.ids.get(unit, 999)
    for forger in (xa, mai):
        forger.new = []
        for rest in ("", ".day", ".none", ".0"):
            province.stage.take(forger.pressed(f"s.{action}.{number}{rest}", "1"))
        assert {message.text for message in forger.new} == {"Đồng chí chưa được phân công đơn vị này."}


def test_a_secretary_of_a_branch_has_no_telephone_list(province: Province, mai: Person) -> None:
    missing(province, mai, "thon3")
    assert mai.sees("chưa được phân công")
