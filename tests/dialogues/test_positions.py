"""Who holds which position: added, ended, handed over; audited, once, and only by whoever is above."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from storage import people, positions
from storage.audit import Action
from storage.models import OutboxState, audit, outbox, person, position
from tests.conftest import Province
from tests.dialogues.desk import NOT_YOURS, card_of, pressed
from tests.dialogues.test_participation import record_session
from tests.people import Person, at
from tests.scheduler.test_reminders import Morning


@pytest.fixture
def tinh(province: Province) -> Person:
    return province.linked("Đỗ Thị Tỉnh", 403)


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


def entries(province: Province, action: Action) -> list[Any]:
    with province.stage.reading() as conn:
        return list(conn.execute(select(audit).where(audit.c.action == action).order_by(audit.c.id)))


def held(province: Province, name: str, unit: str = "thon3") -> list[tuple[str, date | None, date | None]]:
    with province.stage.reading() as conn:
        rows = conn.execute(
            select(position.c.role, position.c.valid_from, position.c.valid_to)
            .select_from(position.join(person, person.c.id == position.c.person_id))
            .where(person.c.full_name == name, position.c.unit_id == province.ids[unit])
            .order_by(position.c.id)
        )
        return [tuple(row) for row in rows]


def count(province: Province, name: str) -> int:
    with province.stage.reading() as conn:
        return conn.scalar(select(func.count()).where(person.c.full_name == name)) or 0


TODAY = date(2018, 11, 14)
YESTERDAY = date(2018, 11, 13)


# -- adding


def test_somebody_new(province: Province, xa: Person) -> None:
    card_of(xa, province.ids["thon3"]).presses("Thêm người")
    assert xa.sees("Thêm người vào <b>Chi đoàn thôn 3</b>")
    xa.says("  nguyễn  Thị Hoa ")
    assert xa.buttons[:5] == ["Bí thư", "Phó Bí thư", "Ủy viên BCH", "Cán bộ phụ trách", "Đoàn viên"]
    xa.presses("Ủy viên BCH").says("0912 345 678")
    assert xa.sees("▸ <b>nguyễn Thị Hoa</b>, Ủy viên BCH", "0912 345 678")
    xa.presses("Xác nhận")
    assert xa.sees("Đã ghi: đồng chí <b>nguyễn Thị Hoa</b> là Ủy viên BCH Chi đoàn thôn 3.")
    assert xa.buttons == ["Lời mời", "Về đơn vị"]
    assert held(province, "nguyễn Thị Hoa") == [("committee_member", TODAY, None)]
    (entry,) = entries(province, Action.POSITION_GIVEN)
    assert (entry.person_id, entry.unit_id) == (province.ids["Vũ Văn Xã"], province.ids["thon3"])
    assert entry.facts == {"role": "committee_member", "from": "2018-11-14"}


@pytest.mark.parametrize(
    ("step", "said", "told"),
    [
        ("name", "12345", "chưa đọc được họ tên"),
        ("name", "x", "chưa đọc được họ tên"),
        ("role", "ông trùm", "bấm một nút"),
        ("phone", "12", "chưa đọc được số điện thoại"),
        ("phone", "Nguyễn Thị Hoa", "chưa đọc được số điện thoại"),
    ],
)
def test_what_cannot_be_is_asked_again(
    province: Province, xa: Person, step: str, said: str, told: str
) -> None:
    card_of(xa, province.ids["thon3"]).presses("Thêm người")
    if step != "name":
        xa.says("Nguyễn Thị Hoa")
    if step == "phone":
        xa.presses("Phó Bí thư")
    xa.says(said)
    assert xa.sees(told)
    assert not entries(province, Action.POSITION_GIVEN)


def test_pressing_twice_adds_once(province: Province, xa: Person) -> None:
    card_of(xa, province.ids["thon3"]).presses("Thêm người").says("Nguyễn Thị Hoa")
    xa.presses("Đoàn viên").presses("Chưa có")
    twice = [xa.press("Xác nhận"), xa.press("Xác nhận")]
    province.stage.take(*twice)
    assert len(held(province, "Nguyễn Thị Hoa")) == 1


def test_who_is_known_by_name_and_number_is_not_doubled(province: Province, huyen: Person) -> None:
    card_of(huyen, province.ids["xa"]).presses("Thêm người").says("lê thị mai").presses("Phó Bí thư")
    huyen.says("+84 900 000 013")
    assert huyen.sees("▸ <b>Lê Thị Mai</b>, Phó Bí thư", "đã có trong danh sách")
    huyen.presses("Xác nhận")
    assert held(province, "Lê Thị Mai", "xa") == [("deputy", TODAY, None)]
    assert held(province, "Lê Thị Mai") == [("secretary", None, None)]
    assert count(province, "lê thị mai") == 0


def test_somebody_known_elsewhere_is_not_shown(province: Province, xa: Person) -> None:
    """Ngô Văn Huyện is above: nothing says that the roster knows him, and no code for him is given out."""
    card_of(xa, province.ids["thon3"]).presses("Thêm người").says("Ngô Văn Huyện").presses("Đoàn viên")
    xa.says("0900000002")
    assert "đã có trong danh sách" not in xa.last.text
    xa.presses("Xác nhận")
    assert count(province, "Ngô Văn Huyện") == 1
    assert xa.buttons == ["Về đơn vị"]
    person_id = province.ids["Ngô Văn Huyện"]
    pressed(xa, f"s.person.{person_id}")
    assert "Huyện đoàn" not in xa.last.text
    assert xa.buttons == ["Thôi chức vụ", "Về đơn vị"]
    pressed(xa, f"s.invite.{province.ids['thon3']}.{person_id}")
    assert xa.sees("đơn vị khác mới cấp được")


def test_a_number_that_a_family_shares(province: Province, xa: Person) -> None:
    card_of(xa, province.ids["thon4"]).presses("Thêm người").says("Lê Văn Em").presses("Đoàn viên")
    xa.says("0900000013")
    assert xa.sees("Số này trong danh sách cũng là của Lê Thị Mai", "người một nhà")
    xa.presses("Xác nhận")
    assert held(province, "Lê Văn Em", "thon4") == [("member", TODAY, None)]
    # The district's own number is nobody's that the commune may see.
    card_of(xa, province.ids["thon4"]).presses("Thêm người").says("Lê Văn Út").presses("Đoàn viên")
    xa.says("0900000002")
    assert "Số này trong danh sách" not in xa.last.text


def test_a_namesake_of_the_unit_is_asked_about(province: Province, xa: Person) -> None:
    card_of(xa, province.ids["thon3"]).presses("Thêm người").says("Trần Văn Hùng")
    xa.presses("Cán bộ phụ trách").says("0912345678")
    assert xa.sees("đang có đồng chí <b>Trần Văn Hùng</b>, Phó Bí thư", "Có phải đồng chí này không?")
    xa.presses("Đúng").presses("Xác nhận")
    assert count(province, "Trần Văn Hùng") == 1
    with province.stage.reading() as conn:
        assert people.get(conn, province.ids["Trần Văn Hùng"]).phone == "+84912345678"
    assert [one.subject_id for one in entries(province, Action.PERSON_CHANGED)] == [
        province.ids["Trần Văn Hùng"]
    ]
    card_of(xa, province.ids["thon3"]).presses("Thêm người").says("Trần Văn Hùng")
    xa.presses("Đoàn viên").presses("Chưa có").presses("Người khác").presses("Xác nhận")
    assert count(province, "Trần Văn Hùng") == 2


def test_what_is_held_already_is_said(province: Province, xa: Person) -> None:
    card_of(xa, province.ids["thon3"]).presses("Thêm người").says("Lê Thị Mai").presses("Bí thư")
    xa.says("0900000013")
    assert xa.sees("Đồng chí Lê Thị Mai đang là Bí thư Chi đoàn thôn 3")
    assert not entries(province, Action.POSITION_GIVEN)


def test_a_second_secretary_is_warned_of(province: Province, xa: Person) -> None:
    card_of(xa, province.ids["thon3"]).presses("Thêm người").says("Nguyễn Thị Hoa").presses("Bí thư")
    xa.presses("Chưa có")
    assert xa.sees("bí thư hiện là đồng chí Lê Thị Mai")


def test_rights_are_asked_again_at_the_end(province: Province, xa: Person, huyen: Person) -> None:
    card_of(xa, province.ids["thon3"]).presses("Thêm người").says("Nguyễn Thị Hoa")
    xa.presses("Đoàn viên").presses("Chưa có")
    card_of(huyen, province.ids["xa"]).presses("Thôi chức vụ").presses("Vũ Văn Xã, Bí thư")
    huyen.presses("Hôm nay").presses("Xác nhận")
    xa.presses("Xác nhận")
    assert xa.sees(NOT_YOURS)
    assert count(province, "Nguyễn Thị Hoa") == 0


# -- ending


@pytest.mark.parametrize(
    ("said", "last"),
    [("Hôm nay", YESTERDAY), ("01/11", date(2018, 10, 31)), ("20/12", date(2018, 12, 19))],
)
def test_ending_from_a_day_on(province: Province, xa: Person, said: str, last: date) -> None:
    card_of(xa, province.ids["thon3"]).presses("Thôi chức vụ").presses("Trần Văn Hùng, Phó Bí thư").says(said)
    assert xa.sees("Đồng chí <b>Trần Văn Hùng</b> thôi Phó Bí thư <b>Chi đoàn thôn 3</b> từ ngày")
    xa.presses("Xác nhận")
    assert held(province, "Trần Văn Hùng") == [("deputy", None, last)]
    (entry,) = entries(province, Action.POSITION_DATED)
    assert (entry.person_id, entry.unit_id, entry.subject_id) == (
        province.ids["Vũ Văn Xã"],
        province.ids["thon3"],
        province.ids["Trần Văn Hùng"],
    )
    assert entry.facts["last"] == last.isoformat()
    assert ("Trần Văn Hùng" in card_of(xa, province.ids["thon3"]).last.text) == (last >= TODAY)


def test_what_began_today_can_be_taken_back_and_given_again(province: Province, xa: Person) -> None:
    for _ in range(2):
        card_of(xa, province.ids["thon3"]).presses("Thêm người").says("Nguyễn Thị Hoa")
        xa.presses("Đoàn viên").says("0912345678").presses("Xác nhận")
        card_of(xa, province.ids["thon3"]).presses("Thôi chức vụ").presses("Nguyễn Thị Hoa, Đoàn viên")
        xa.says("hôm qua")
        assert xa.sees("giữ chức vụ từ ngày 14/11")
        xa.presses("Hôm nay").presses("Xác nhận")
        assert "Nguyễn Thị Hoa" not in card_of(xa, province.ids["thon3"]).last.text
    assert held(province, "Nguyễn Thị Hoa") == [("member", TODAY, YESTERDAY)]


@pytest.mark.parametrize(
    ("said", "told"),
    [("31/02", "chưa đọc được ngày"), ("khi nào rảnh", "chưa đọc được ngày"), ("14/11/1918", "quá xa")],
)
def test_days_that_cannot_be(province: Province, xa: Person, said: str, told: str) -> None:
    card_of(xa, province.ids["thon3"]).presses("Thôi chức vụ").presses("Lê Thị Mai, Bí thư").says(said)
    assert xa.sees(told)
    assert not entries(province, Action.POSITION_DATED)


def test_from_the_card_of_the_person(province: Province, xa: Person) -> None:
    xa.says("/donvi Trần Văn Hùng").presses("Thôi chức vụ").presses("Phó Bí thư, Chi đoàn thôn 3")
    xa.presses("Hôm nay").presses("Xác nhận")
    assert held(province, "Trần Văn Hùng") == [("deputy", None, YESTERDAY)]


def test_an_unwatched_unit_is_told(province: Province, xa: Person) -> None:
    for name, role in (("Trần Văn Hùng", "Phó Bí thư"), ("Phạm Thu Hà", "Ủy viên BCH")):
        card_of(xa, province.ids["thon3"]).presses("Thôi chức vụ").presses(f"{name}, {role}")
        xa.presses("Hôm nay").presses("Xác nhận")
    card_of(xa, province.ids["thon3"]).presses("Thôi chức vụ").presses("Lê Thị Mai, Bí thư").presses(
        "Hôm nay"
    )
    assert xa.sees("Từ ngày đó đơn vị chưa có ai báo cáo.")


def test_the_last_one_at_the_top_stays(province: Province, tinh: Person) -> None:
    top = province.ids["tinh"]
    card_of(tinh, top).presses("Thôi chức vụ").presses("Đỗ Thị Tỉnh, Cán bộ phụ trách").presses("Hôm nay")
    assert tinh.sees("người cuối cùng phụ trách đơn vị cấp cao nhất")
    tinh.says("/huy")
    card_of(tinh, top).presses("Thêm người").says("Hà Văn Phó").presses("Phó Bí thư").presses("Chưa có")
    tinh.presses("Xác nhận")
    card_of(tinh, top).presses("Thôi chức vụ").presses("Đỗ Thị Tỉnh, Cán bộ phụ trách").says("20/11")
    tinh.presses("Xác nhận")
    assert held(province, "Đỗ Thị Tỉnh", "tinh") == [("officer", None, date(2018, 11, 19))]
    # Hà Văn Phó is the last one now, and Đỗ Thị Tỉnh may still act today.
    card_of(tinh, top).presses("Thôi chức vụ").presses("Hà Văn Phó, Phó Bí thư").presses("Hôm nay")
    assert tinh.sees("người cuối cùng")


def test_only_members_left_at_the_top_is_nobody(province: Province, tinh: Person) -> None:
    top = province.ids["tinh"]
    card_of(tinh, top).presses("Thêm người").says("Hà Văn Viên").presses("Đoàn viên").presses("Chưa có")
    tinh.presses("Xác nhận")
    card_of(tinh, top).presses("Thôi chức vụ").presses("Đỗ Thị Tỉnh, Cán bộ phụ trách").presses("Hôm nay")
    assert tinh.sees("người cuối cùng")


# -- handing over


def hand_over(xa: Person, province: Province, label: str = "Trần Văn Hùng", day: str = "Hôm nay") -> Person:
    return pressed(xa, f"s.handover.{province.ids['thon3']}").presses(label).says(day).presses("Xác nhận")


def test_a_deputy_takes_over(province: Province, xa: Person, mai: Person) -> None:
    hung = province.linked("Trần Văn Hùng", 104)
    card_of(xa, province.ids["thon3"]).presses("Đổi bí thư")
    assert xa.sees("Bí thư mới của <b>Chi đoàn thôn 3</b> là ai? Hiện nay: Lê Thị Mai.")
    assert xa.buttons[:3] == ["Trần Văn Hùng", "Phạm Thu Hà", "Người khác"]
    xa.presses("Trần Văn Hùng").presses("Hôm nay")
    assert xa.sees("▸ Lê Thị Mai thôi Bí thư", "▸ Trần Văn Hùng thôi Phó Bí thư")
    xa.presses("Xác nhận")
    assert xa.sees("Đã ghi: đồng chí <b>Trần Văn Hùng</b> là Bí thư Chi đoàn thôn 3 từ ngày 14/11.")
    assert held(province, "Lê Thị Mai") == [("secretary", None, YESTERDAY)]
    assert held(province, "Trần Văn Hùng") == [("deputy", None, YESTERDAY), ("secretary", TODAY, None)]
    assert hung.new[-1].text == "Đồng chí được ghi là <b>Bí thư Chi đoàn thôn 3</b> từ hôm nay."
    assert [one.subject_id for one in entries(province, Action.POSITION_DATED)] == [
        province.ids["Lê Thị Mai"],
        province.ids["Trần Văn Hùng"],
    ]
    (given,) = entries(province, Action.POSITION_GIVEN)
    assert (given.subject_id, given.facts["role"]) == (province.ids["Trần Văn Hùng"], "secretary")
    mai.says("/baocao")
    assert mai.sees("chưa được phân công đơn vị nào")


def test_the_successor_inherits_the_draft_and_the_reminders(
    province: Province, xa: Person, mai: Person
) -> None:
    record_session(xa)
    mai.says("/baocao").presses("Đã tham gia").says("45")
    pressed(xa, f"s.handover.{province.ids['thon3']}").presses("Người khác").says("Nguyễn Thị Hoa")
    xa.says("0912345678").presses("Hôm nay").presses("Xác nhận").presses("Lời mời").presses("Cấp lời mời")
    token = next(message.text for message in xa.new if "/start" in message.text)
    token = token.split("<code>/start ")[1].split("</code>")[0]
    hoa = province.stage.person(905, "Hoa")
    hoa.says(f"/start {token}").presses("Đúng").presses("Đồng ý")
    assert hoa.sees("Chi đoàn thôn 3", "Báo cáo kết quả học tập")
    hoa.says("/baocao")
    assert hoa.sees("đã viết dở từ trước")
    hoa.presses("Viết tiếp")
    assert hoa.sees("cán bộ chi đoàn có mặt đủ không?")
    hoa.says("/huy")
    province.clock.jump(at(22, 12, 7, 31))
    with province.stage.database.writing() as conn:
        conn.execute(outbox.update().values(state=OutboxState.SENT))  # the stage delivers without a sender
    morning = Morning(province)
    morning.tick()
    morning.send()
    assert hoa.sees("Còn 7 ngày", "Chi đoàn thôn 3")
    assert not mai.new


def test_a_day_ahead_keeps_the_old_one_until_then(province: Province, xa: Person, mai: Person) -> None:
    hung = province.linked("Trần Văn Hùng", 104)
    hand_over(xa, province, day="20/12")
    assert held(province, "Lê Thị Mai") == [("secretary", None, date(2018, 12, 19))]
    card_of(xa, province.ids["thon3"])
    assert xa.sees("Bí thư <b>Lê Thị Mai</b> (đến hết 19/12)", "Bí thư <b>Trần Văn Hùng</b> (từ 20/12)")
    assert "Chi đoàn thôn 3" in mai.says("/trangthai").last.text
    province.clock.jump(at(20, 12))
    assert mai.says("/trangthai").sees("chưa được phân công")
    assert hung.says("/trangthai").sees("Chi đoàn thôn 3")


def test_who_was_to_follow_later_gives_way(province: Province, xa: Person) -> None:
    hand_over(xa, province, day="20/12")
    hand_over(xa, province, "Phạm Thu Hà")
    with province.stage.reading() as conn:
        leads = [
            seat.full_name
            for seat in positions.of_unit(conn, province.ids["thon3"], TODAY, ["secretary"])
            if seat.role == "secretary"
        ]
    assert leads == ["Phạm Thu Hà"]


def test_who_was_to_follow_later_may_do_so_earlier(province: Province, xa: Person) -> None:
    hand_over(xa, province, day="20/12")
    pressed(xa, f"s.handover.{province.ids['thon3']}").presses("Trần Văn Hùng").presses("Hôm nay")
    xa.presses("Xác nhận")
    card_of(xa, province.ids["thon3"])
    assert xa.last.text.count("Trần Văn Hùng") == 1
    assert "từ 20/12" not in xa.last.text


def test_before_the_present_one_began(province: Province, xa: Person) -> None:
    hand_over(xa, province)
    pressed(xa, f"s.handover.{province.ids['thon3']}").presses("Phạm Thu Hà").says("10/11")
    assert xa.sees("Đồng chí Trần Văn Hùng giữ chức vụ từ ngày 14/11")
    xa.says("/huy")
    assert len(entries(province, Action.POSITION_GIVEN)) == 1


def test_handing_over_to_the_same_person(province: Province, xa: Person) -> None:
    pressed(xa, f"s.handover.{province.ids['thon3']}").presses("Người khác").says("Lê Thị Mai")
    xa.says("0900000013")
    assert xa.sees("đang là Bí thư")


def test_the_top_may_hand_over_to_somebody_new(province: Province, tinh: Person) -> None:
    pressed(tinh, f"s.handover.{province.ids['tinh']}").presses("Người khác").says("Hà Văn Mới")
    tinh.says("0912345678").presses("Hôm nay").presses("Xác nhận")
    assert held(province, "Hà Văn Mới", "tinh") == [("secretary", TODAY, None)]
