"""Check-in: a hall is opened, its code changes every minute, and whoever is there says so."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from storage.audit import Action
from storage.models import account, audit, check_in, check_in_screen, meeting, position
from tests.check_in import code_now, halls, tick
from tests.conftest import Province
from tests.dialogues.test_participation import record_session
from tests.people import Person, at, scalar


@pytest.fixture(autouse=True)
def morning(province: Province) -> None:
    province.clock.jump(at(12, 11, 7, 45))


@pytest.fixture
def opened(province: Province, xa: Person) -> Person:
    """The commune, whose hall is open."""
    return open_hall(xa)


def open_hall(host: Person, place: str = "nhà văn hoá xã") -> Person:
    return host.says("/diemdanh").presses("Mở điểm danh").says(place)


def logged(province: Province, action: Action) -> int:
    with province.stage.reading() as conn:
        return scalar(conn, select(func.count()).select_from(audit).where(audit.c.action == action)) or 0


def there(province: Province) -> list[Any]:
    with province.stage.reading() as conn:
        return list(conn.execute(select(check_in.c.person_id, check_in.c.unit_id, check_in.c.convened)))


def wrong(*codes: str) -> str:
    """No code of these."""
    return next(one for one in ("111111", "222222", "333333", "444444") if one not in codes)


# -- the host


def test_a_commune_without_a_plan_opens_at_once(province: Province, xa: Person) -> None:
    xa.says("/diemdanh")
    assert xa.sees("chưa có hội nghị nào", "không chấm điểm")
    xa.presses("Mở điểm danh").says("nhà văn hoá xã")
    assert xa.sees("Đã mở điểm danh hội nghị sáng 12/11 tại nhà văn hoá xã, đến 10 giờ 45")
    (hall,) = halls(province)
    assert hall.until == at(12, 11, 10, 45)
    assert logged(province, Action.MEETING_PLANNED) == logged(province, Action.CHECK_IN_OPENED) == 1
    (row,) = tick(province)
    assert row.payload["picture"].endswith(".png")
    assert xa.sees("Đã điểm danh: 0 người (lúc 07 giờ 45)")
    assert xa.buttons == ["Mã mới", "Đóng điểm danh"]


def test_one_message_is_changed_every_minute_until_it_is_over(province: Province, opened: Person) -> None:
    tick(province)
    before = len(opened.messages)
    assert tick(province) == []
    first = code_now(province)
    province.clock.advance(minutes=1)
    (row,) = tick(province)
    assert row.payload["replace"] == opened.last.id
    assert row.payload["edit_only"]
    assert code_now(province) != first
    assert opened.sees("lúc 07 giờ 46")
    province.clock.jump(at(12, 11, 10, 45))
    tick(province)
    assert opened.sees("Đã đóng điểm danh", "0 người điểm danh, đến 10 giờ 45")
    assert opened.buttons == ["Ai đã điểm danh"]
    assert len(opened.messages) == before
    province.clock.advance(minutes=1)
    assert tick(province) == []
    with province.stage.reading() as conn:
        assert scalar(conn, select(func.count()).select_from(check_in_screen)) == 0


def test_a_new_code_comes_below_and_only_it_is_changed(province: Province, opened: Person) -> None:
    tick(province)
    old = opened.last.id
    opened.presses("Mã mới")
    assert opened.new == []
    tick(province)
    assert opened.last.id != old
    province.clock.advance(minutes=1)
    (row,) = tick(province)
    assert row.payload["replace"] == opened.last.id != old
    assert logged(province, Action.CHECK_IN_OPENED) == 1


def test_closed_and_opened_again(province: Province, opened: Person, mai: Person) -> None:
    tick(province)
    mai.says(code_now(province))
    opened.presses("Đóng điểm danh")
    assert opened.sees("Đã đóng điểm danh: 1 người", "Chi đoàn thôn 3: 1")
    assert logged(province, Action.CHECK_IN_CLOSED) == 1
    opened.presses("Ai đã điểm danh")
    assert opened.sees("Lê Thị Mai, Chi đoàn thôn 3, 07 giờ 45")
    opened.says("/diemdanh")
    assert opened.sees("1 người, đã đóng")
    opened.presses("Mở lại")
    assert opened.sees("đến 10 giờ 45")
    opened.says("/diemdanh")
    assert opened.buttons == ["Xem mã", "Đóng điểm danh", "Hội nghị khác"]


def test_both_leaders_show_it(province: Province, opened: Person) -> None:
    deputy = province.linked("Bùi Thị Xuân", 204)
    deputy.says("/diemdanh").presses("Xem mã")
    assert {row.address for row in tick(province)} == {"203", "204"}
    deputy.presses("Đóng điểm danh")
    assert {row.address for row in tick(province)} == {"203", "204"}
    assert opened.sees("Đã đóng điểm danh")


def test_the_screen_of_whose_office_ended_stands_still(province: Province, opened: Person) -> None:
    tick(province)
    with province.stage.database.writing() as conn:
        conn.execute(
            update(position).where(position.c.person_id == province.ids["Vũ Văn Xã"]).values(role="member")
        )
    province.clock.advance(minutes=1)
    assert tick(province) == []


def test_opened_late_it_ends_with_the_day(province: Province, xa: Person, mai: Person) -> None:
    province.clock.jump(at(12, 11, 22, 30))
    open_hall(xa)
    assert xa.sees("tối 12/11", "đến 00 giờ 00")
    province.clock.jump(at(12, 11, 23, 59))
    last = code_now(province)
    province.clock.jump(at(13, 11, 0, 1))
    mai.says(last)
    assert mai.sees("đã đóng lúc 00 giờ 00 ngày 13/11")
    assert there(province) == []


def test_a_meeting_of_another_day_or_called_off_is_not_opened(province: Province, opened: Person) -> None:
    (hall,) = halls(province)
    province.clock.jump(at(13, 11, 8))
    forged(opened, f"s.checkin.{hall.id}")
    assert opened.sees("họp ngày 12/11")
    province.clock.jump(at(12, 11, 12))
    with province.stage.database.writing() as conn:
        conn.execute(update(meeting).values(state="cancelled"))
    forged(opened, f"s.checkin.{hall.id}")
    assert opened.sees("đã huỷ lịch")


def forged(person: Person, data: str) -> None:
    person.new = []
    person.stage.take(person.pressed(data, "1"))


@pytest.mark.parametrize("action", ["checkin", "checkinend", "checkinwho", "checkinnew", "checkinat"])
def test_forged_buttons(province: Province, opened: Person, action: str) -> None:
    mai = province.linked("Lê Thị Mai", 103)
    (hall,) = halls(province)
    number = province.ids["xa"] if action in ("checkinnew", "checkinat") else hall.id
    for argument in (number, 999999, "x", "", f"{number}.9"):
        forged(mai, f"s.{action}.{argument}")
        theirs = action == "checkin" and str(argument).startswith(
            f"{number}"
        )  # their own host's: how it is done
        assert mai.sees("gõ sáu số" if theirs else "chưa được phân công")
    assert halls(province) == [hall]


def test_who_was_there_is_seen_above_and_not_beside(province: Province, opened: Person, mai: Person) -> None:
    mai.says(code_now(province))
    (hall,) = halls(province)
    district = province.linked("Ngô Văn Huyện", 303)
    forged(district, f"s.checkinwho.{hall.id}")
    assert district.sees("Lê Thị Mai")
    forged(district, f"s.checkinend.{hall.id}")
    assert district.sees("chưa được phân công")


def test_the_card_says_who_was_there_to_the_host_and_above_also_after_it_was_recorded(
    province: Province, ended: Person
) -> None:
    ended.says("/hoinghi").presses("✓ Sáng 12/11 · nhà văn hoá xã")
    assert ended.sees("Đã ghi kết quả", "Điểm danh: 1 người", "▸ Chi đoàn thôn 3: 1")
    ended.presses("Ai đã điểm danh")
    assert ended.sees("Lê Thị Mai")
    ended.presses("⬅️ Hội nghị")
    assert ended.sees("Điểm danh: 1 người")
    district = province.linked("Ngô Văn Huyện", 303)
    district.says("/hoinghi").presses("Lịch cấp dưới").presses("✓ 12/11 Đoàn xã Hoằng Quỳ")
    district.presses("Ai đã điểm danh")
    assert district.sees("Lê Thị Mai")


# -- whoever is there


def test_typed_once_and_again_from_two_devices(province: Province, opened: Person, mai: Person) -> None:
    mai.says(code_now(province))
    assert mai.sees(
        "Đã điểm danh:", "Đoàn xã Hoằng Quỳ, sáng 12/11 tại nhà văn hoá xã", "Đơn vị: Chi đoàn thôn 3"
    )
    assert there(province) == [(province.ids["Lê Thị Mai"], province.ids["thon3"], True)]
    assert logged(province, Action.CHECKED_IN) == 1
    province.clock.advance(minutes=7)
    second = province.linked("Lê Thị Mai", 104)
    code = code_now(province)
    second.says(f"{code[:3]} {code[3:]}")
    assert second.sees("đã điểm danh", "ghi từ 07 giờ 45")
    assert len(there(province)) == 1


def test_by_the_link(province: Province, opened: Person, mai: Person) -> None:
    (hall,) = halls(province)
    mai.says(f"/start dd{hall.id}-{code_now(province)}")
    assert mai.sees("Đã điểm danh")


def test_a_slow_typist_and_a_late_message(province: Province, opened: Person, mai: Person) -> None:
    code = code_now(province)
    province.clock.advance(minutes=2)
    late = mai.update({"text": code})
    province.clock.advance(minutes=50)  # the program was down
    mai.new = []
    mai.stage.take(late)
    assert mai.sees("Đã điểm danh")


def test_after_three_minutes_it_has_changed(province: Province, opened: Person, mai: Person) -> None:
    code = code_now(province)
    province.clock.advance(minutes=3)
    for _ in range(12):
        mai.says(code)
        assert mai.sees("Mã này hiện lúc 07 giờ 45, nay đã đổi")
    mai.says(code_now(province))
    assert mai.sees("Đã điểm danh")


def test_a_code_from_yesterday(province: Province, opened: Person, mai: Person) -> None:
    code = code_now(province)
    province.clock.jump(at(13, 11, 7, 0))
    open_hall(opened)
    mai.says(code)
    assert mai.sees("đã đóng lúc 10 giờ 45 ngày 12/11")
    assert there(province) == []


def test_a_code_after_it_was_closed(province: Province, opened: Person, mai: Person) -> None:
    tick(province)
    code = code_now(province)
    opened.presses("Đóng điểm danh")
    mai.says(code)
    assert mai.sees("đã đóng lúc 07 giờ 45")


def test_a_code_from_another_hall(province: Province, opened: Person, mai: Person) -> None:
    """The district's own branch people are convened nowhere in the commune."""
    outsider = province.linked("Đỗ Thị Tỉnh", 403)
    outsider.says(code_now(province))
    assert outsider.sees("hội nghị mà đơn vị của đồng chí không dự")
    (hall,) = halls(province)
    outsider.says(f"/start dd{hall.id}-{code_now(province)}")
    assert outsider.sees("hội nghị mà đơn vị của đồng chí không dự")
    assert there(province) == []


def test_two_halls_at_once(province: Province, opened: Person, mai: Person) -> None:
    district = province.linked("Ngô Văn Huyện", 303)
    open_hall(district, "hội trường huyện")
    mai.says(code_now(province, 1))
    assert mai.sees("Huyện đoàn Hoằng Hóa, sáng 12/11 tại hội trường huyện")
    mai.says(code_now(province, 0))
    assert mai.sees("Đoàn xã Hoằng Quỳ")
    assert len(there(province)) == 2


def test_typed_fifty_times(province: Province, opened: Person, mai: Person) -> None:
    bad = wrong(code_now(province))
    answers = [mai.says(bad).last.text for _ in range(50)]
    assert len(mai.messages) == 50
    assert all("chưa đúng" in one for one in answers[:5])
    assert all("Sau 1 phút" in one and "Việc khác" in one for one in answers[5:])
    mai.says("/baocao")
    assert mai.sees("Chi đoàn đã tham gia hội nghị học tập chưa?")
    mai.says("/huy")
    province.clock.advance(minutes=1)
    mai.says(code_now(province))
    assert mai.sees("Đã điểm danh")
    with province.stage.reading() as conn:
        tries = scalar(conn, select(account.c.wrong_tries).where(account.c.address == "103"))
    assert tries == 0


def test_nothing_is_open(province: Province, mai: Person) -> None:
    mai.says("482913")
    assert mai.sees("không có hội nghị nào của đơn vị đồng chí mở điểm danh")


def test_whom_the_plan_does_not_convene_is_counted_and_marked(province: Province, mai: Person) -> None:
    district = province.linked("Ngô Văn Huyện", 303)
    open_hall(district, "hội trường huyện")
    ha = province.linked("Phạm Thu Hà", 105)  # a committee member of a branch
    ha.says(code_now(province))
    assert ha.sees("Kế hoạch không triệu tập", "có đánh dấu")
    tick(province)
    district.presses("Đóng điểm danh")
    assert district.sees("1 người ngoài thành phần")


def add_post(province: Province, name: str, unit: str, role: str = "secretary") -> None:
    with province.stage.database.writing() as conn:
        values = {"person_id": province.ids[name], "unit_id": province.ids[unit], "role": role}
        conn.execute(position.insert().values(**values))


def test_who_holds_several_posts_is_asked_once(province: Province, opened: Person, mai: Person) -> None:
    add_post(province, "Lê Thị Mai", "thon4")
    mai.says(code_now(province))
    assert mai.sees("theo đơn vị nào")
    assert mai.buttons[:2] == ["Chi đoàn thôn 3", "Chi đoàn thôn 4"]
    province.clock.advance(minutes=20)  # it was right when it was typed
    mai.presses("Chi đoàn thôn 4")
    assert there(province) == [(province.ids["Lê Thị Mai"], province.ids["thon4"], True)]


def test_of_several_posts_the_convened_one_counts(province: Province, mai: Person) -> None:
    add_post(province, "Lê Thị Mai", "thon4", "member")
    open_hall(province.linked("Ngô Văn Huyện", 303), "hội trường huyện")
    mai.says(code_now(province))
    assert mai.sees("Đơn vị: Chi đoàn thôn 3")


def test_in_the_middle_of_a_conversation_a_number_is_its_answer(
    province: Province, opened: Person, mai: Person
) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says(code_now(province))
    assert there(province) == []
    mai.says(f"/diemdanh {code_now(province)}")
    assert mai.sees("Đã điểm danh")
    assert mai.buttons == ["Viết tiếp"]


def test_how_to_check_in(province: Province, opened: Person, mai: Person) -> None:
    mai.says("/diemdanh")
    assert mai.sees("Đoàn xã Hoằng Quỳ đang mở điểm danh", "gõ sáu số")


def test_a_stranger_is_led_through_first_contact(province: Province, opened: Person) -> None:
    (hall,) = halls(province)
    stranger = province.stage.person(900)
    stranger.says(f"/start dd{hall.id}-{code_now(province)}")
    assert stranger.sees("chưa biết đồng chí là ai")
    assert stranger.last.contact == "Chia sẻ số điện thoại"
    stranger.says(code_now(province))
    assert stranger.sees("chưa biết đồng chí là ai")
    stranger.says(f"/start {province.invite('Lê Thị Mai')}").presses("Đúng").presses("Đồng ý")
    assert stranger.sees("đang mở điểm danh: đồng chí gõ sáu số")
    stranger.says(code_now(province))
    assert stranger.sees("Đã điểm danh")


def test_own_data(province: Province, opened: Person, mai: Person) -> None:
    mai.says(code_now(province)).says("/dulieu")
    assert mai.sees("1 lần điểm danh")
    mai.presses("Tải dữ liệu")
    assert mai.last.document is not None
    written = (province.stage.world.data_dir / mai.last.document[0]).read_text()
    assert '"diem_danh"' in written
    assert "nhà văn hoá xã" in written
    mai.presses("Xoá dữ liệu").presses("Xoá, tôi chắc chắn")
    assert there(province) == []


def test_a_plan_that_is_closed_opens_nothing(province: Province, xa: Person) -> None:
    world = province.stage.world
    locked = world.plan.model_copy(update={"lock_on": date(2018, 11, 12)})
    province.stage.runner._world = replace(world, plan=locked)
    xa.says("/diemdanh").presses("Mở điểm danh")
    assert xa.sees("đã khoá sổ")
    assert halls(province) == []


# -- the number beside the reported one


@pytest.fixture
def ended(province: Province, opened: Person, mai: Person) -> Person:
    """One person of thôn 3 has checked in, and the commune has recorded its session of 120."""
    mai.says(code_now(province))
    province.clock.jump(at(12, 11, 19, 42))
    record_session(opened)
    return opened


def test_the_host_sees_both_numbers(province: Province, ended: Person) -> None:
    assert ended.sees("Điểm danh 1, hội trường 120")
    ended.says("/baocao").presses("Sửa 12/11")
    assert ended.sees("Điểm danh 1, hội trường 120")
    ended.says("/huy").says("/tiendo")
    assert ended.sees("Hội trường: 120 người, 1/1 hội nghị có ghi; điểm danh 1 ở 1 hội nghị")
    above = province.linked("Ngô Văn Huyện", 303)
    above.says("/duyet").presses("Xem từng báo cáo")
    assert above.sees("Điểm danh 1, hội trường 120")


def test_without_check_in_nothing_is_said_of_it(xa: Person) -> None:
    record_session(xa)
    assert "iểm danh" not in "".join(one.text for one in xa.messages)
    xa.says("/tiendo")
    assert "iểm danh" not in xa.last.text


def test_the_unit_is_told_and_counts_itself(province: Province, ended: Person, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia")
    assert mai.sees("Điểm danh ghi 1 người của đơn vị", "Đồng chí gõ số đơn vị đếm")
    mai.says("45").presses("Đủ cả 3").presses("Gửi báo cáo")
    ended.says("/duyet")
    assert "Tiếp nhận 1 báo cáo" in ended.buttons  # a difference from the check-in stops nothing
    ended.presses("Xem từng báo cáo")
    assert ended.sees("Điểm danh 1, báo cáo 45 (điểm danh tự nguyện, nhiều người không có điện thoại)")


def test_a_unit_that_reports_before_its_host(province: Province, opened: Person, mai: Person) -> None:
    mai.says(code_now(province)).says("12/11 45/50").presses("Gửi báo cáo")
    opened.says("/duyet").presses("Xem từng báo cáo")
    assert opened.sees("Điểm danh 1, báo cáo 45")
    other = province.linked("Bí Thư Thôn 1", 110)
    other.says("/baocao").presses("Đã tham gia").says("12/11")
    assert "iểm danh" not in other.last.text


def test_two_halls_of_one_day_are_told_apart_by_their_place(province: Province, ended: Person) -> None:
    tick(province)
    ended.says("/diemdanh").presses("Hội nghị khác").says("nhà văn hoá thôn 1")
    other = province.linked("Bí Thư Thôn 1", 110)
    other.says(code_now(province, 1))
    hung = province.linked("Trần Văn Hùng", 106)
    hung.says(code_now(province, 1))
    ended.says("/baocao").presses("Đã tổ chức").says("12/11").says("nhà văn hoá thôn 1").says("Vũ Văn Xã")
    ended.says("80").presses("Đủ tài liệu").presses("Không có ảnh")
    assert ended.sees("Điểm danh 2, hội trường 80")
    ended.presses("Gửi báo cáo")
    assert ended.sees("Điểm danh 2, hội trường 80")
    ended.says("/tiendo")
    assert ended.sees("điểm danh 3 ở 2 hội nghị")
