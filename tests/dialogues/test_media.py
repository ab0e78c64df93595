"""/tuyentruyen: units report what they publish; officers see it level by level; the province forwards the best."""

from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.clock import wall
from scheduler import files as fetching
from storage import own_data, uploads
from storage.content import Refused
from storage.models import audit, broadcast, media_item, position, upload
from tests.conftest import Province
from tests.desk import Machine
from tests.dialogues.desk import NOT_YOURS, add_commune, lock, pressed
from tests.people import Person, at

PAGE = "https://baothanhhoa.vn/hoc-tap-nghi-quyet-01.htm"
WEB = "Trang tin điện tử, Facebook"
PROGRAMME = "Chuyên mục Tuổi trẻ Lam Sơn, số chuyên sâu"
TITLE = "Hoằng Quỳ học tập Nghị quyết 01"


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


@pytest.fixture
def tinh(province: Province) -> Person:
    return province.linked("Đỗ Thị Tỉnh", 403)


def report(who: Person, title: str = TITLE, link: str | None = PAGE, kind: str = WEB) -> Person:
    who.says("/tuyentruyen").presses("Báo tin, bài").presses(kind).says(title).presses("Hôm qua")
    return (who.says(link) if link else who.presses("Không có")).presses("Gửi")


def rows(province: Province) -> list[Any]:
    with province.stage.reading() as conn:
        return list(conn.execute(select(media_item).order_by(media_item.c.id)))


def actions(province: Province) -> list[tuple[str, int, int, dict[str, object] | None]]:
    with province.stage.reading() as conn:
        found = conn.execute(
            select(audit.c.action, audit.c.unit_id, audit.c.subject_id, audit.c.facts)
            .where(audit.c.subject == "media_item")
            .order_by(audit.c.id)
        )
        return [tuple(row) for row in found]


# -- reporting


def test_a_commune_reports_an_article(province: Province, xa: Person) -> None:
    xa.says("/tuyentruyen")
    assert xa.sees("<b>Đoàn xã Hoằng Quỳ</b> · tuyên truyền", f"{WEB}: 0/1", "Báo chí, truyền thông: 0")
    assert PROGRAMME not in xa.last.text  # asked of the province
    assert xa.buttons == ["Báo tin, bài"]
    xa.presses("Báo tin, bài")
    assert xa.buttons[:4] == [WEB, PROGRAMME, "Bản tin nội bộ", "Báo chí, truyền thông"]
    xa.presses(WEB).says(TITLE)
    assert xa.buttons[:2] == ["Hôm nay", "Hôm qua"]
    xa.says("12/11").says(f"{PAGE}?fbclid=IwAR0&utm_source=zalo#top")
    assert xa.last.text.endswith(f"Tiêu đề: {TITLE}\nNgày đăng: 12/11\nĐường dẫn: {PAGE}")
    assert xa.buttons == ["Gửi", "Sửa", "Huỷ", "⬅️ Quay lại"]
    xa.presses("Gửi")
    assert xa.sees(f"Đã ghi <b>{TITLE}</b>.", f"{WEB}: 1/1")
    assert xa.buttons == ["Báo tin nữa", "Tin, bài đã báo"]
    row = rows(province)[0]
    assert (row.unit_id, row.kind, row.link, row.state) == (
        province.ids["xa"],
        "website_facebook",
        PAGE,
        "reported",
    )
    assert row.by_person_id == province.ids["Vũ Văn Xã"]
    assert actions(province) == [
        ("media_reported", province.ids["xa"], 1, {"kind": "website_facebook", "files": 0})
    ]


def test_sent_twice_is_one(province: Province, xa: Person) -> None:
    xa.says("/tuyentruyen").presses("Báo tin, bài").presses(WEB).says(TITLE).presses("Hôm nay").says(PAGE)
    press = xa.press("Gửi")
    xa.stage.take(press)
    xa.stage.take(
        xa.pressed(press["callback_query"]["data"], press["callback_query"]["message"]["message_id"])
    )
    assert len(rows(province)) == 1


def test_a_scan_instead_of_a_link(province: Province, xa: Person) -> None:
    xa.says("/tuyentruyen").presses("Báo tin, bài").presses("Bản tin nội bộ").says("Bản tin số 3").presses(
        "Hôm nay"
    )
    xa.photographs("p1")
    assert xa.sees("Đã thêm 1 tệp.")
    xa.uploads("d1", "ban-tin.exe")
    assert xa.sees("Hệ thống nhận ảnh, PDF hoặc Word.")
    xa.uploads("d2", "ban-tin.pdf").presses("Xong")
    assert xa.sees("Đường dẫn: chưa ghi", "Tệp: 2")
    xa.presses("Gửi").presses("Tin, bài đã báo").presses("14/11 Bản tin số 3").presses("Xem tệp")
    assert [one.media for one in xa.new] == [[["id-p1", True]], [["id-d2", False]]]
    with province.stage.reading() as conn:
        assert set(conn.execute(select(upload.c.subject, upload.c.subject_id))) == {("media_item", 1)}


def test_a_scan_that_cannot_be_read_is_told(province: Province, xa: Person) -> None:
    xa.says("/tuyentruyen").presses("Báo tin, bài").presses(WEB).says(TITLE).presses("Hôm nay")
    xa.photographs("p1").presses("Xong").presses("Gửi")
    with province.stage.database.writing() as conn:
        (waiting,) = uploads.waiting(conn, wall(), 10)
        told = fetching._refuse(Machine(province.stage).desk, conn, waiting, Refused.UNREADABLE)
    province.stage.deliver(told)
    assert xa.sees("Một tệp gửi kèm tin, bài chưa lưu được; tin, bài vẫn còn nguyên.")
    xa.presses("Xem tin, bài này")
    assert xa.sees(TITLE)
    assert "Xem tệp" not in xa.buttons


def test_cancelled_files_are_dropped(province: Province, xa: Person) -> None:
    xa.says("/tuyentruyen").presses("Báo tin, bài").presses(WEB).says(TITLE).presses("Hôm nay")
    xa.photographs("p1").presses("✖️ Huỷ")
    with province.stage.reading() as conn:
        assert conn.scalar(select(upload.c.state)) == "dropped"
    assert rows(province) == []


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("báo Thanh Hóa", "Hệ thống chưa đọc được đường dẫn."),
        ("https://facebook.com@ke-xau.vn/x", "Hệ thống chưa đọc được đường dẫn."),
        ("https://a.vn/" + "x" * 288, "Đường dẫn dài quá 300 chữ."),
    ],
)
def test_what_is_no_link(xa: Person, typed: str, told: str) -> None:
    xa.says("/tuyentruyen").presses("Báo tin, bài").presses(WEB).says(TITLE).presses("Hôm nay").says(typed)
    assert xa.sees(told, "Đồng chí dán đường dẫn")


@pytest.mark.parametrize(
    ("typed", "told"),
    [("x" * 151, "Tiêu đề dài quá 150 chữ."), ("123", "Đồng chí gõ tiêu đề bằng chữ giúp.")],
)
def test_what_is_no_title(xa: Person, typed: str, told: str) -> None:
    xa.says("/tuyentruyen").presses("Báo tin, bài").presses(WEB).says(typed)
    assert xa.sees(told)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("20/11", "Ngày 20/11 chưa đến."),
        ("12/11/2017", "Kế hoạch bắt đầu từ 25/09/2018."),
        ("tuần trước", "Hệ thống chưa đọc được ngày."),
    ],
)
def test_what_is_no_day(xa: Person, typed: str, told: str) -> None:
    xa.says("/tuyentruyen").presses("Báo tin, bài").presses(WEB).says(TITLE).says(typed)
    assert xa.sees(told, "Tin, bài đăng ngày nào?")
    assert "Hội nghị" not in xa.last.text


def test_html_in_a_title(province: Province, xa: Person, tinh: Person) -> None:
    report(xa, "<b>Tin & bài</b>")
    assert xa.sees("&lt;b&gt;Tin &amp; bài&lt;/b&gt;")
    xa.presses("Tin, bài đã báo").presses("13/11 <b>Tin & bài</b>")
    assert xa.sees("<b>&lt;b&gt;Tin &amp; bài&lt;/b&gt;</b>")
    xa.presses("Gỡ")
    assert xa.sees("Gỡ <b>&lt;b&gt;")
    tinh.says("/tuyentruyen").presses("Tin, bài mới nhất").presses("13/11 <b>Tin & bài</b>")
    tinh.presses("Gửi tới mọi người")
    assert tinh.new[0].text.startswith("<b>&lt;b&gt;Tin &amp; bài&lt;/b&gt;</b>")


def test_an_answer_is_mended_before_sending(province: Province, xa: Person) -> None:
    xa.says("/tuyentruyen").presses("Báo tin, bài").presses(WEB).says(TITLE).presses("Hôm nay").says(PAGE)
    xa.presses("Sửa").presses("Loại").presses("Bản tin nội bộ")
    assert xa.sees("Loại: Bản tin nội bộ")
    xa.presses("Sửa").presses("Ngày").says("10/11").presses("Sửa").presses("Đường dẫn, ảnh").presses(
        "Không có"
    )
    assert xa.sees("Ngày đăng: 10/11", "Đường dẫn: chưa ghi")
    xa.presses("Gửi")
    assert (rows(province)[0].kind, rows(province)[0].link_key) == ("bulletin", None)


def test_nothing_is_taken_once_the_plan_is_closed(province: Province, xa: Person) -> None:
    report(xa)
    lock(province)
    xa.says(f"{PAGE}?id=2").presses(WEB).says(TITLE).presses("Hôm nay").presses("Gửi")
    assert xa.sees("Kế hoạch đã khoá sổ")
    xa.presses("Huỷ")
    pressed(xa, "s.mediaitem.1.sure")
    assert xa.sees("Kế hoạch đã khoá sổ")
    assert [row.state for row in rows(province)] == ["reported"]


# -- a link alone


def test_a_link_alone_begins_it(province: Province, xa: Person) -> None:
    xa.says(f"{PAGE}?utm_source=zalo")
    assert xa.sees(f"Đường dẫn: {PAGE}", "<b>Đoàn xã Hoằng Quỳ</b> báo tin, bài loại nào?")
    xa.presses(WEB).says(TITLE).presses("Hôm nay")
    assert xa.sees(f"Đường dẫn: {PAGE}")
    xa.presses("Gửi")
    assert rows(province)[0].link == PAGE


def test_figures_in_an_address_are_no_report(xa: Person) -> None:
    xa.says("https://tinhdoan.vn/12/11/45/50")
    assert xa.sees("báo tin, bài loại nào?")


def test_a_link_means_nothing_to_a_branch(province: Province, mai: Person) -> None:
    mai.says(PAGE)
    assert mai.sees("Hệ thống chưa hiểu tin này.")
    mai.says("/tuyentruyen")
    assert mai.sees("Kế hoạch không giao đơn vị của đồng chí báo tin, bài tuyên truyền.")


def test_whoever_acts_for_two_units_says_for_which(province: Province, xa: Person) -> None:
    add_commune(province)
    with province.stage.database.writing() as conn:
        conn.execute(
            insert(position).values(
                person_id=province.ids["Vũ Văn Xã"], unit_id=province.ids["kim"], role="secretary"
            )
        )
    xa.says(PAGE)
    assert xa.buttons[:2] == ["Đoàn xã Hoằng Quỳ", "Đoàn xã Hoằng Kim"]
    xa.presses("Đoàn xã Hoằng Kim").presses(WEB).says(TITLE).presses("Hôm nay").presses("Gửi")
    assert rows(province)[0].unit_id == province.ids["kim"]
    xa.says("/tuyentruyen").presses("Đoàn xã Hoằng Quỳ")
    assert xa.sees(f"{WEB}: 0/1")


# -- one page, one item


def test_the_same_page_is_told_with_whose_and_when(
    province: Province, xa: Person, huyen: Person, tinh: Person
) -> None:
    report(huyen)
    province.clock.jump(at(16, 11))
    xa.says("http://www.baothanhhoa.vn/hoc-tap-nghi-quyet-01.htm/?fbclid=1")
    assert xa.sees("Bài này đã được <b>Huyện đoàn Hoằng Hóa</b> báo ngày 14/11.")
    assert len(xa.new) == 1
    tinh.says("/tuyentruyen").presses("Báo tin, bài").presses(WEB).says("Tin").presses("Hôm nay").says(PAGE)
    assert tinh.sees("Bài này đã được <b>Huyện đoàn Hoằng Hóa</b> báo ngày 14/11.", "Đồng chí dán đường dẫn")
    assert len(rows(province)) == 1


def test_a_unit_beside_is_not_named(province: Province, xa: Person) -> None:
    report(xa)
    add_commune(province)
    whose = position.c.person_id == province.ids["Lê Thị Mai"]
    with province.stage.database.writing() as conn:
        conn.execute(position.update().where(whose).values(unit_id=province.ids["kim"]))
    kim = province.linked("Lê Thị Mai", 500)
    kim.says(PAGE)
    assert kim.last.text == "Bài này đã được một đơn vị khác báo ngày 14/11."


def test_reported_by_somebody_else_meanwhile(province: Province, xa: Person, huyen: Person) -> None:
    xa.says(PAGE).presses(WEB).says(TITLE).presses("Hôm nay")
    report(huyen)
    xa.presses("Gửi")
    assert xa.sees("Bài này đã được <b>Huyện đoàn Hoằng Hóa</b> báo")
    assert len(rows(province)) == 1


def test_a_withdrawn_link_may_be_reported_again(province: Province, xa: Person, huyen: Person) -> None:
    report(xa).presses("Tin, bài đã báo").presses(f"13/11 {TITLE}").presses("Gỡ").presses("Gỡ, tôi chắc chắn")
    assert xa.sees(f"Đã gỡ <b>{TITLE}</b>.")
    report(huyen)
    assert [row.state for row in rows(province)] == ["withdrawn", "reported"]
    assert [one[0] for one in actions(province)] == ["media_reported", "media_withdrawn", "media_reported"]
    pressed(xa, "s.mediaitem.1.sure")
    assert xa.sees("Tin, bài này đã được gỡ.")
    assert len(actions(province)) == 3


# -- one's own items


def test_a_correction_keeps_its_link_and_its_files(province: Province, xa: Person) -> None:
    report(xa).presses("Tin, bài đã báo").presses(f"13/11 {TITLE}").presses("Sửa").presses("Tiêu đề")
    xa.says("Tiêu đề khác")
    assert xa.buttons[0] == "Ghi lại"
    xa.presses("Ghi lại")
    assert xa.sees("Đã sửa <b>Tiêu đề khác</b>.")
    row = rows(province)[0]
    assert (row.title, row.link, row.kind) == ("Tiêu đề khác", PAGE, "website_facebook")
    assert actions(province)[-1][0] == "media_changed"


def test_corrected_after_it_was_withdrawn(province: Province, xa: Person) -> None:
    report(xa).presses("Tin, bài đã báo").presses(f"13/11 {TITLE}").presses("Sửa").presses("Tiêu đề").says(
        "Khác"
    )
    with province.stage.database.writing() as conn:
        conn.execute(media_item.update().values(state="withdrawn"))
    xa.presses("Ghi lại")
    assert xa.sees("Tin, bài này đã được gỡ.")
    assert rows(province)[0].title == TITLE


def test_a_long_list_is_paged(province: Province, xa: Person, huyen: Person) -> None:
    for number in range(8):
        report(xa, f"Tin số {number}", f"https://a.vn/{number}")
    xa.presses("Tin, bài đã báo")
    assert xa.buttons[:2] == ["13/11 Tin số 7", "13/11 Tin số 6"]
    assert xa.sees("Trang 1/2")
    xa.presses("Trang sau ▸")
    assert xa.buttons[:3] == ["13/11 Tin số 1", "13/11 Tin số 0", "◂ Trang trước"]
    huyen.says("/tuyentruyen").presses("Tin, bài mới nhất").presses("Trang sau ▸")
    assert huyen.buttons[0] == "13/11 Tin số 1"


# -- officers


def test_down_the_tree(province: Province, xa: Person, huyen: Person, tinh: Person) -> None:
    add_commune(province)
    report(xa)
    report(xa, "Bản tin", None, "Bản tin nội bộ")
    report(huyen, "Tin huyện", "https://a.vn/h")
    tinh.says("/tuyentruyen")
    assert tinh.sees(f"{WEB}: 0/1", "Các đơn vị dưới: 3 tin, bài; 2/3 đơn vị đã báo")
    tinh.presses("Các đơn vị dưới")
    assert tinh.sees(f"{WEB}: 2 tin, bài; 2/3 đơn vị có từ 1", "Bản tin nội bộ: 1 tin, bài")
    assert tinh.sees("Báo chí, truyền thông: 0 tin, bài")
    assert tinh.buttons == ["Huyện đoàn Hoằng Hóa · 3 (2/3)", "⬅️ Tỉnh đoàn Thanh Hóa"]
    tinh.presses("Huyện đoàn Hoằng Hóa · 3 (2/3)")
    assert tinh.sees(f"{WEB}: 1/1")
    assert "Báo tin, bài" not in tinh.buttons
    tinh.presses("Các đơn vị dưới")
    assert tinh.buttons[:2] == ["Đoàn xã Hoằng Quỳ · 2", "Đoàn xã Hoằng Kim · 0"]
    tinh.presses("Đoàn xã Hoằng Quỳ · 2").presses("Tin, bài đã báo").presses(f"13/11 {TITLE}")
    assert tinh.buttons == ["Chọn tiêu biểu", "Gửi tới mọi người", "⬅️ Đoàn xã Hoằng Quỳ"]
    tinh.presses("⬅️ Đoàn xã Hoằng Quỳ").presses("⬅️ Huyện đoàn Hoằng Hóa")
    assert tinh.sees("Từng đơn vị")


def test_other_work_of_progress_counts_them(xa: Person, huyen: Person, tinh: Person) -> None:
    report(xa)
    report(xa, "Bản tin", None, "Bản tin nội bộ")
    tinh.says("/tiendo").presses("Việc khác")
    assert tinh.sees("▸ Tin, bài tuyên truyền: 2 tin, bài (tỉnh 0/1, huyện 0/1, xã 1/1)")
    tinh.presses("Xem tin, bài")
    assert tinh.sees("Các đơn vị dưới: 2 tin, bài; 1/2 đơn vị đã báo")


def test_a_unit_with_nobody_below_has_its_items_in_progress(province: Province, huyen: Person) -> None:
    add_commune(province)
    huyen.says("/tiendo").presses("Xem từng xã").presses("Đoàn xã Hoằng Kim")
    assert huyen.sees("▸ Tin, bài tuyên truyền: 0 tin, bài (xã 0/1)")


def test_own_data_tells_what_was_reported(province: Province, xa: Person) -> None:
    report(xa)
    with province.stage.reading() as conn:
        kept = own_data.everything(conn, province.ids["Vũ Văn Xã"])
    assert [(one["title"], one["link"]) for one in kept["tin_bai"]] == [(TITLE, PAGE)]


def test_what_is_owed_does_not_nag(xa: Person) -> None:
    xa.says("/trangthai")
    assert "Tin, bài" not in xa.last.text


def test_the_province_marks_the_best(province: Province, xa: Person, huyen: Person, tinh: Person) -> None:
    report(xa)
    tinh.says("/tuyentruyen").presses("Tin, bài mới nhất").presses(f"13/11 {TITLE}").presses("Chọn tiêu biểu")
    assert tinh.sees("Được chọn tiêu biểu")
    pressed(tinh, "s.mediaitem.1.best")
    huyen.says("/tuyentruyen").presses("Tin, bài mới nhất").presses(f"✓ 13/11 {TITLE}")
    assert huyen.buttons == ["⬅️ Đoàn xã Hoằng Quỳ"]
    tinh.presses("Thôi chọn")
    assert tinh.buttons[0] == "Chọn tiêu biểu"
    assert [one[0] for one in actions(province)] == ["media_reported", "media_marked", "media_unmarked"]


def test_the_province_forwards_one_to_everybody(
    province: Province, xa: Person, mai: Person, tinh: Person
) -> None:
    report(xa)
    tinh.says("/tuyentruyen").presses("Tin, bài mới nhất").presses(f"13/11 {TITLE}").presses(
        "Gửi tới mọi người"
    )
    assert tinh.new[0].text == f"<b>{TITLE}</b>\nĐoàn xã Hoằng Quỳ\n{PAGE}"
    assert tinh.sees("Gửi tới:")
    tinh.presses("Gửi ngay")
    with province.stage.reading() as conn:
        sent = conn.execute(select(broadcast)).one()
    assert sent.content["text"] == f"<b>{TITLE}</b>\nĐoàn xã Hoằng Quỳ\n{PAGE}"
    assert sent.unit_id == province.ids["tinh"]
    assert not sent.audience.get("units")
    assert not sent.audience.get("levels")
    assert actions(province)[-1] == ("media_forwarded", province.ids["xa"], 1, {"broadcast": sent.id})
    tinh.says("/tuyentruyen").presses("Tin, bài mới nhất").presses(f"13/11 {TITLE}")
    assert tinh.sees(f"Gửi mọi người: thông báo số {sent.id}")


def test_forwarded_with_its_pictures(province: Province, xa: Person, tinh: Person) -> None:
    xa.says("/tuyentruyen").presses("Báo tin, bài").presses(WEB).says(TITLE).presses("Hôm nay")
    xa.photographs("p1").uploads("d1", "tin.pdf").presses("Xong").presses("Gửi")
    tinh.says("/tuyentruyen").presses("Tin, bài mới nhất").presses(f"14/11 {TITLE}").presses(
        "Gửi tới mọi người"
    )
    assert tinh.new[0].media == [["id-p1", True]]
    tinh.presses("Gửi ngay")
    with province.stage.reading() as conn:
        assert conn.scalar(select(broadcast.c.content))["media"] == [["id-p1", True]]


def test_another_text_is_not_the_item(province: Province, xa: Person, mai: Person, tinh: Person) -> None:
    report(xa)
    tinh.says("/tuyentruyen").presses("Tin, bài mới nhất").presses(f"13/11 {TITLE}").presses(
        "Gửi tới mọi người"
    )
    tinh.presses("Sửa nội dung").says("Mời họp").presses("Gửi ngay")
    assert rows(province)[0].broadcast_id is None


def test_withdrawn_before_it_was_forwarded(province: Province, xa: Person, tinh: Person) -> None:
    report(xa)
    tinh.says("/tuyentruyen").presses("Tin, bài mới nhất").presses(f"13/11 {TITLE}").presses(
        "Gửi tới mọi người"
    )
    xa.presses("Tin, bài đã báo").presses(f"13/11 {TITLE}").presses("Gỡ").presses("Gỡ, tôi chắc chắn")
    tinh.presses("Gửi ngay")
    assert tinh.sees("Tin, bài này đã được gỡ.")
    with province.stage.reading() as conn:
        assert conn.scalar(select(broadcast.c.id)) is None


# -- buttons that were made up


@pytest.mark.parametrize("verb", ["best", "plain", "send", "edit", "off", "sure"])
def test_only_the_top_marks_and_only_the_unit_changes(
    province: Province, xa: Person, huyen: Person, verb: str
) -> None:
    report(xa)
    pressed(huyen, f"s.mediaitem.1.{verb}")
    assert huyen.last.text == NOT_YOURS
    assert len(actions(province)) == 1


@pytest.mark.parametrize(
    "data",
    [
        *(
            f"s.{action}.{{huyen}}"
            for action in ("media", "medianew", "medialist", "mediabelow", "medianewest")
        ),
        *(f"s.{action}.999999" for action in ("media", "medianew", "medialist", "mediabelow", "medianewest")),
        "s.mediaitem.1",
        "s.mediaitem.1.files",
        "s.mediaitem.1.sure",
        "s.mediaitem.999",
        "s.mediaitem.x",
        f"s.mediaitem.{'9' * 40}",
    ],
)
def test_nothing_above_is_shown(province: Province, xa: Person, huyen: Person, data: str) -> None:
    report(huyen)
    pressed(xa, data.format(**province.ids))
    assert xa.last.text == NOT_YOURS


def test_a_branch_presses_what_is_not_for_it(province: Province, mai: Person) -> None:
    pressed(mai, f"s.media.{province.ids['thon3']}")
    assert mai.sees("Đơn vị này không phải báo tin, bài tuyên truyền.")
    pressed(mai, f"s.medianew.{province.ids['thon3']}")
    assert mai.last.text == NOT_YOURS


def test_pages_that_were_made_up(province: Province, xa: Person) -> None:
    report(xa)
    for data in ("medialist.{xa}.99", "medianewest.{xa}.x", "mediabelow.{xa}.99"):
        pressed(xa, f"s.{data.format(**province.ids)}")
        assert xa.sees("<b>Đoàn xã Hoằng Quỳ</b>")
