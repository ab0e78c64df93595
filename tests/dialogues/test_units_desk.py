"""/donvi: found as typed, shown with what may be done there, and nothing of anybody else's."""

from datetime import date

import pytest
from sqlalchemy import insert

from storage import audit, essays
from storage.models import position
from tests.conftest import Province
from tests.dialogues.desk import NOT_YOURS, add_commune, card_of, pressed
from tests.dialogues.test_participation import record_session
from tests.people import Person


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


@pytest.fixture
def tinh(province: Province) -> Person:
    return province.linked("Đỗ Thị Tỉnh", 403)


def test_the_card_of_a_branch(province: Province, xa: Person, mai: Person) -> None:
    xa.says("/donvi thôn 3")
    assert xa.sees(
        "Chi đoàn thôn 3</b> (mã THON3)",
        "Đoàn xã Hoằng Quỳ · Huyện đoàn Hoằng Hóa",
        "Đoàn viên: 50, trong đó cán bộ: 3; thanh niên: chưa ghi",
        "▸ Bí thư <b>Lê Thị Mai</b>, 0900 000 013, đã kết nối",
        "▸ Phó Bí thư <b>Trần Văn Hùng</b>, chưa có số, chưa kết nối",
        "Báo cáo: chưa báo cáo",
        "Bài thu hoạch: 0/3",
    )
    assert xa.buttons == [
        "Thêm người", "Đổi bí thư", "Thôi chức vụ", "Lời mời", "Sáp nhập", "Đóng đơn vị", "Từng người", "Lịch sử",
    ]  # fmt: skip


def test_what_was_handed_in_is_on_the_card(province: Province, xa: Person, mai: Person) -> None:
    record_session(xa)
    mai.says("/baocao").presses("Đã tham gia").says("45").presses("Đủ cả 3").presses("Gửi báo cáo")
    with province.stage.database.writing() as conn:
        essays.hand_in(
            conn,
            plan="ke-hoach-66",
            unit_id=province.ids["thon3"],
            person_id=province.ids["Lê Thị Mai"],
            author="Lê Thị Mai",
            route="superior",
            uploads=[],
            by_person_id=province.ids["Lê Thị Mai"],
            by_account_id=1,
            arrived=province.clock.now(),
        )
    xa.says("/donvi thôn 3")
    assert xa.sees("· Báo cáo kết quả học tập 12/11: chờ tiếp nhận, đúng hạn", "Bài thu hoạch: 1/3")
    assert "Chuyển báo cáo" in xa.buttons
    xa.presses("Lịch sử")
    assert xa.sees("nộp bài thu hoạch (Lê Thị Mai)", "gửi báo cáo mã", "(Lê Thị Mai)", "19 giờ 42 ngày 14/11")


def test_without_words_they_are_asked_for(xa: Person) -> None:
    xa.says("/donvi")
    assert xa.sees("Đồng chí tìm đơn vị hay người nào?")
    assert xa.buttons[0] == "Đoàn xã Hoằng Quỳ"
    xa.says("không có đâu")
    assert xa.sees("chưa tìm thấy “không có đâu”", "Đồng chí tìm đơn vị hay người nào?")
    xa.says("thon 2")
    # In this roster the secretary is called after the branch: both may be meant.
    assert xa.buttons == ["Chi đoàn thôn 2, Đoàn xã Hoằng Quỳ", "Bí Thư Thôn 2, Chi đoàn thôn 2"]


def test_several_are_offered(huyen: Person) -> None:
    huyen.says("/donvi thôn")
    assert huyen.sees("Đồng chí chọn giúp:")
    huyen.presses("Chi đoàn thôn 4, Đoàn xã Hoằng Quỳ")
    assert huyen.sees("mã THON4")


def test_a_person_is_found_by_name_or_number(xa: Person, mai: Person) -> None:
    for words in ("le thi mai", "0900 000 013"):
        xa.says(f"/donvi {words}")
        assert xa.sees(
            "<b>Lê Thị Mai</b>", "▸ Bí thư, Chi đoàn thôn 3", "Đã kết nối", "Bài thu hoạch: chưa nộp"
        )
        assert xa.buttons == ["Thôi chức vụ", "Về đơn vị"]
    xa.says("/donvi Trần Văn Hùng")
    assert xa.sees("Chưa kết nối", "Điện thoại: chưa có số")
    assert xa.buttons == ["Lời mời", "Thôi chức vụ", "Về đơn vị"]


@pytest.mark.parametrize("words", ["Ngô Văn Huyện", "0900000002", "Hoằng Hóa", "HUYEN", "%", "xyz"])
def test_nothing_outside_the_subtree_is_found(xa: Person, words: str) -> None:
    xa.says(f"/donvi {words}")
    assert xa.sees("chưa tìm thấy")
    assert "Huyện đoàn" not in xa.last.text
    assert not xa.buttons


def test_several_desks_are_searched_together(province: Province, xa: Person) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            insert(position).values(
                person_id=province.ids["Vũ Văn Xã"], unit_id=province.ids["huyen"], role="officer"
            )
        )
    xa.says("/donvi hoằng hóa")
    assert xa.sees("Huyện đoàn Hoằng Hóa</b>")
    xa.says("/donvi thôn 3")
    assert xa.sees("mã THON3")


def test_a_secretary_of_a_branch_has_no_desk(province: Province, mai: Person) -> None:
    mai.says("/donvi thôn 3")
    assert mai.sees("dành cho cán bộ có đơn vị cấp dưới")
    card_of(mai, province.ids["thon3"])
    assert mai.buttons == ["Từng người", "Lịch sử"]


def test_ones_own_unit_may_be_seen_and_not_changed(province: Province, xa: Person) -> None:
    card_of(xa, province.ids["xa"])
    assert xa.buttons == ["In mã QR", "Đơn vị dưới", "Từng người", "Lịch sử"]
    xa.presses("Đơn vị dưới")
    assert xa.sees("có 4 đơn vị trực thuộc")
    xa.presses("Chi đoàn thôn 1")
    assert xa.sees("mã THON1")


def test_the_top_manages_itself_and_stays(province: Province, tinh: Person) -> None:
    card_of(tinh, province.ids["tinh"])
    assert tinh.buttons[:3] == ["Thêm người", "Đổi bí thư", "Thôi chức vụ"]
    assert "Sáp nhập" not in tinh.buttons
    assert "Đóng đơn vị" not in tinh.buttons


ACTIONS = [
    "unit.{}", "unit.{}.people.0", "unit.{}.history", "unit.{}.below.0", "unit.{}.reports.0", "addperson.{}",
    "handover.{}", "endpost.{}", "invite.{}", "revoke.{}.1", "invitesheet.{}", "movereport.{}", "merge.{}",
    "close.{}", "reopen.{}",
]  # fmt: skip


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("unit", ["huyen", "tinh", "nowhere", "words", "huge", "other digits"])
def test_guessed_ids_tell_nothing(province: Province, xa: Person, action: str, unit: str) -> None:
    made_up = {"nowhere": "9999", "words": "abc", "huge": "9" * 30, "other digits": "١٢"}
    number = made_up.get(unit) or str(province.ids[unit])
    pressed(xa, f"s.{action.format(number)}"[:64])
    assert [message.text for message in xa.new] == [NOT_YOURS]
    assert not xa.buttons


@pytest.mark.parametrize("action", [one for one in ACTIONS if not one.startswith(("unit", "invitesheet"))])
def test_ones_own_unit_is_changed_by_those_above(province: Province, xa: Person, action: str) -> None:
    pressed(xa, f"s.{action.format(province.ids['xa'])}")
    assert [message.text for message in xa.new] == [NOT_YOURS]


@pytest.mark.parametrize("name", ["Ngô Văn Huyện", "Đỗ Thị Tỉnh"])
def test_guessed_people_tell_nothing(province: Province, xa: Person, name: str) -> None:
    unit = province.ids["thon3"]
    person = province.ids[name]
    for data in (f"s.person.{person}", "s.person.99999", f"s.revoke.{unit}.{person}"):
        pressed(xa, data)
        assert [message.text for message in xa.new] == [NOT_YOURS]
    for data in (f"s.invite.{unit}.{person}", f"s.endpost.{unit}.{person}"):
        pressed(xa, data)
        assert name not in xa.last.text
        assert xa.buttons == ["Về đơn vị"]


def test_a_closed_unit_is_explained(province: Province, huyen: Person) -> None:
    add_commune(province)
    card_of(huyen, province.ids["xa"])
    card = huyen.messages[-1]
    huyen.presses("Sáp nhập").says("Hoằng Kim").presses("Hôm nay").presses("Xác nhận")
    huyen.presses("Thêm người", on=card)
    assert huyen.sees("Đơn vị này đã sáp nhập vào <b>Đoàn xã Hoằng Kim</b> từ ngày 14/11.")
    assert huyen.buttons == ["Đoàn xã Hoằng Kim", "Về đơn vị"]
    huyen.presses("Về đơn vị", on=huyen.last)
    assert huyen.sees("đã sáp nhập vào", "Chưa có ai giữ chức vụ")
    assert huyen.buttons == ["Lịch sử"]


def test_pages_of_a_long_history(province: Province, xa: Person) -> None:
    with province.stage.database.writing() as conn:
        for number in range(12):
            audit.record(
                conn,
                at=province.clock.now(),
                action=audit.Action.DAY_PLANNED,
                person_id=province.ids["Đỗ Thị Tỉnh"],
                unit_id=province.ids["thon3"],
                facts={"day": date(2018, 12, number + 1).isoformat()},
            )
    card_of(xa, province.ids["thon3"]).presses("Lịch sử")
    assert xa.sees("trang 1/3", "hẹn học ngày 12/12 (cấp trên)")
    assert "Đỗ Thị Tỉnh" not in xa.last.text
    xa.presses("Trang sau ▸").presses("Trang sau ▸")
    assert xa.sees("trang 3/3", "hẹn học ngày 01/12")
    assert xa.buttons == ["◂ Trang trước", "Về đơn vị"]
    pressed(xa, f"s.unit.{province.ids['thon3']}.history.999")
    assert xa.sees("trang 3/3")
