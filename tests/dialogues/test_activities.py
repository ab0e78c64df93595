"""/hoatdong: units record activities; officers see them level by level."""

from typing import Any

import pytest
from sqlalchemy import select

from bot.clock import wall
from scheduler import files as fetching
from storage import own_data, uploads
from storage.content import Refused
from storage.models import activity, audit, upload
from tests.conftest import Province
from tests.desk import Machine
from tests.dialogues.desk import NOT_YOURS, add_commune, lock, pressed
from tests.people import Person

TITLE = "Ngày thứ bảy tình nguyện"


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


@pytest.fixture
def tinh(province: Province) -> Person:
    return province.linked("Đỗ Thị Tỉnh", 403)


def record(who: Person, title: str = TITLE, people: str | None = "45") -> Person:
    who.says("/hoatdong").presses("Ghi hoạt động").says(title).presses("Hôm qua")
    return (who.says(people) if people else who.presses("Chưa đếm")).presses("Không có ảnh").presses("Gửi")


def rows(province: Province) -> list[Any]:
    with province.stage.reading() as conn:
        return list(conn.execute(select(activity).order_by(activity.c.id)))


def actions(province: Province) -> list[tuple[str, int, int]]:
    with province.stage.reading() as conn:
        found = conn.execute(
            select(audit.c.action, audit.c.unit_id, audit.c.subject_id)
            .where(audit.c.subject == "activity")
            .order_by(audit.c.id)
        )
        return [tuple(row) for row in found]


def test_a_commune_records_an_activity(province: Province, xa: Person) -> None:
    xa.says("/hoatdong")
    assert xa.sees("<b>Đoàn xã Hoằng Quỳ</b> · hoạt động", "Chưa ghi hoạt động nào.")
    assert xa.buttons[0] == "Ghi hoạt động"
    xa.presses("Ghi hoạt động").says(TITLE)
    assert xa.buttons[:2] == ["Hôm nay", "Hôm qua"]
    xa.says("12/11").says("khoảng 45 người").photographs("p1").photographs("p2").presses("Xong")
    assert xa.last.text.endswith(f"<b>{TITLE}</b>\nNgày: 12/11\nSố người: 45\nĐịa điểm: chưa ghi\nẢnh: 2")
    xa.presses("Sửa").presses("Địa điểm").says("Nhà văn hoá xã").presses("Gửi")
    assert xa.sees(f"Đã ghi <b>{TITLE}</b>.", "Đơn vị có 1 hoạt động.")
    row = rows(province)[0]
    assert (row.unit_id, row.people, row.place, row.state) == (
        province.ids["xa"],
        45,
        "Nhà văn hoá xã",
        "recorded",
    )
    assert actions(province) == [("activity_recorded", province.ids["xa"], 1)]
    xa.presses("Hoạt động đã ghi").presses(f"12/11 {TITLE}").presses("Xem ảnh")
    assert [one.media for one in xa.new] == [[["id-p1", True], ["id-p2", True]]]
    with province.stage.reading() as conn:
        kept = own_data.everything(conn, province.ids["Vũ Văn Xã"])
        assert set(conn.execute(select(upload.c.subject, upload.c.subject_id))) == {("activity", 1)}
    assert kept["hoat_dong"][0]["title"] == TITLE


def test_what_was_not_counted_is_not_nought(province: Province, xa: Person, huyen: Person) -> None:
    record(xa, people=None)
    record(xa, "Trồng cây", "30")
    assert [row.people for row in rows(province)] == [None, 30]
    xa.says("/hoatdong")
    assert xa.sees("Đã ghi 2 hoạt động, 30 lượt người ở 1 hoạt động có đếm")
    xa.presses("Hoạt động đã ghi").presses(f"13/11 {TITLE}")
    assert xa.sees("Số người: chưa ghi")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("x" * 151, "Dài quá 150 chữ."),
        ("123", "Đồng chí gõ bằng chữ giúp."),
    ],
)
def test_what_is_no_title(xa: Person, typed: str, told: str) -> None:
    xa.says("/hoatdong").presses("Ghi hoạt động").says(typed)
    assert xa.sees(told, "Tên hoạt động là gì?")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("20/11", "Ngày 20/11 chưa đến."),
        ("12/9/2018", "Kế hoạch bắt đầu từ 25/09/2018."),
        ("tuần trước", "ví dụ: 12/11"),
    ],
)
def test_what_is_no_day(xa: Person, typed: str, told: str) -> None:
    xa.says("/hoatdong").presses("Ghi hoạt động").says(TITLE).says(typed)
    assert xa.sees(told, "Hoạt động tổ chức ngày nào?")


@pytest.mark.parametrize(
    ("typed", "told"), [("0", "bấm Chưa đếm"), ("đông lắm", "chưa đọc được"), ("1000000", "99.999")]
)
def test_what_is_no_number(xa: Person, typed: str, told: str) -> None:
    xa.says("/hoatdong").presses("Ghi hoạt động").says(TITLE).presses("Hôm nay").says(typed)
    assert xa.sees(told, "Bao nhiêu người tham gia?")


def test_what_is_no_photo(xa: Person) -> None:
    xa.says("/hoatdong").presses("Ghi hoạt động").says(TITLE).presses("Hôm nay").presses("Chưa đếm")
    xa.uploads("d1", "bai.pdf")
    assert xa.sees("Hệ thống nhận ảnh.")


def test_the_same_again_is_asked_about(province: Province, xa: Person) -> None:
    record(xa)
    record(xa, TITLE.upper())
    assert xa.sees("Ngày 13/11 đơn vị đã ghi", "Đây là hoạt động khác?")
    xa.presses("Huỷ")
    assert len(rows(province)) == 1
    record(xa, "Ngay thu bay tinh nguyen").presses("Hoạt động khác")
    assert len(rows(province)) == 2


def test_corrected_and_withdrawn(province: Province, xa: Person, huyen: Person) -> None:
    record(xa).presses("Hoạt động đã ghi").presses(f"13/11 {TITLE}").presses("Sửa").presses("Số người")
    xa.says("50").presses("Ghi lại")
    assert xa.sees(f"Đã sửa <b>{TITLE}</b>.")
    xa.presses("Xem hoạt động này").presses("Gỡ").presses("Gỡ, tôi chắc chắn")
    assert xa.sees(f"Đã gỡ <b>{TITLE}</b>.")
    assert [(row.people, row.state) for row in rows(province)] == [(50, "withdrawn")]
    assert [one[0] for one in actions(province)] == [
        "activity_recorded",
        "activity_changed",
        "activity_withdrawn",
    ]
    pressed(xa, "s.activityone.1.sure")
    assert xa.sees("Hoạt động này đã được gỡ.")
    huyen.says("/hoatdong")
    assert huyen.sees("Các đơn vị dưới: 0 hoạt động; 0/1 đơn vị đã ghi")
    assert len(actions(province)) == 3


def test_down_the_tree(province: Province, xa: Person, huyen: Person, tinh: Person, mai: Person) -> None:
    add_commune(province)
    record(xa)
    record(mai, "<b>Dọn vệ sinh</b>", None)
    record(huyen, "Hội thi")
    tinh.says("/hoatdong")
    assert tinh.sees("Các đơn vị dưới: 3 hoạt động, 90 lượt người ở 2 hoạt động có đếm; 1/2 đơn vị đã ghi")
    assert "Ghi hoạt động" not in tinh.buttons
    tinh.presses("Các đơn vị dưới").presses("Huyện đoàn Hoằng Hóa · 3 (1/2)").presses("Các đơn vị dưới")
    assert tinh.buttons[:2] == ["Đoàn xã Hoằng Quỳ · 2", "Đoàn xã Hoằng Kim · 0"]
    tinh.presses("Đoàn xã Hoằng Quỳ · 2").presses("Mới nhất")
    assert tinh.buttons[:2] == ["13/11 <b>Dọn vệ sinh</b>", f"13/11 {TITLE}"]
    tinh.presses("13/11 <b>Dọn vệ sinh</b>")
    assert tinh.sees("&lt;b&gt;Dọn vệ sinh&lt;/b&gt;", "Chi đoàn thôn 3")
    assert tinh.buttons == ["⬅️ Chi đoàn thôn 3"]
    tinh.says("/tiendo").presses("Việc khác")
    assert tinh.sees("▸ Hoạt động thiết thực: 3 hoạt động (1/2 đơn vị đã ghi)")
    tinh.presses("Xem hoạt động")
    assert tinh.sees("Các đơn vị dưới: 3 hoạt động")


def test_a_long_list_is_paged(province: Province, xa: Person) -> None:
    for number in range(9):
        record(xa, f"Hoạt động số {number}")
    xa.presses("Hoạt động đã ghi")
    assert xa.sees("Trang 1/2")
    xa.presses("Trang sau ▸")
    assert xa.buttons[:2] == ["13/11 Hoạt động số 0", "◂ Trang trước"]


def test_a_closed_plan(province: Province, xa: Person) -> None:
    record(xa)
    lock(province)
    record(xa, "Khác")
    assert xa.sees("Kế hoạch đã khoá sổ")
    xa.presses("Huỷ")
    pressed(xa, "s.activityone.1.off")
    assert xa.sees("Kế hoạch đã khoá sổ")
    assert [row.state for row in rows(province)] == ["recorded"]


@pytest.mark.parametrize(
    "button",
    ["activity.{huyen}", "activitybelow.{huyen}.0", "activitylist.999.0", "activitynewest.{huyen}.0",
     "activityone.1", "activityone.1.files", "activityone.1.sure", "activityone.99", "activityone.x",
     "activitynew.{huyen}", "activitynew.{xa}"],
)  # fmt: skip
def test_forged_buttons(province: Province, xa: Person, huyen: Person, mai: Person, button: str) -> None:
    record(huyen, "Hội thi")
    pressed(mai, f"s.{button.format(**province.ids)}")
    assert mai.sees(NOT_YOURS)
    assert "Hội thi" not in mai.last.text


def test_the_level_above_does_not_withdraw_it(province: Province, xa: Person, huyen: Person) -> None:
    record(xa)
    for verb in ("edit", "off", "sure"):
        pressed(huyen, f"s.activityone.1.{verb}")
        assert huyen.sees(NOT_YOURS)
    assert [row.state for row in rows(province)] == ["recorded"]


def test_a_photo_that_cannot_be_read_is_told(province: Province, xa: Person) -> None:
    xa.says("/hoatdong").presses("Ghi hoạt động").says(TITLE).presses("Hôm qua").presses("Chưa đếm")
    xa.photographs("p1").presses("Xong").presses("Gửi")
    with province.stage.database.writing() as conn:
        (waiting,) = uploads.waiting(conn, wall(), 10)
        told = fetching._refuse(Machine(province.stage).desk, conn, waiting, Refused.UNREADABLE)
    province.stage.deliver(told)
    assert xa.sees("Một ảnh của hoạt động chưa lưu được; hoạt động vẫn còn nguyên.", "gửi ảnh khác")
    xa.presses("Xem hoạt động này")
    assert xa.sees(TITLE)
    assert "Xem ảnh" not in xa.buttons
