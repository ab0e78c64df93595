"""/baocaonhanh: a unit sums up those below, sends it upward, and the level above accepts it or asks for more."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from reports.export import write_export
from reports.official.report import content_of
from reports.official.sections import drafted
from storage import units
from storage.models import audit, position, report, report_revision, snapshot
from tests import roster
from tests.conftest import Province
from tests.people import Person, at


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


@pytest.fixture
def tinh(province: Province) -> Person:
    return province.linked("Đỗ Thị Tỉnh", 403)


def reports(person: Person, members: str = "45", absent: str | None = None) -> None:
    person.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says(members)
    if absent is None:
        person.presses("Đủ cả 3")
    else:
        person.presses("Có đồng chí vắng").presses(absent).presses("Xong").presses("Ốm, thai sản")
    person.presses("Gửi báo cáo")
    assert person.sees("Đã nhận báo cáo")


def content(province: Province, duty: str = "quick_report") -> list[dict[str, Any]]:
    """Of every sending of the duty, the oldest first."""
    with province.stage.reading() as conn:
        rows = conn.scalars(
            select(report_revision.c.content)
            .join(report, report.c.id == report_revision.c.report_id)
            .where(report.c.duty == duty)
            .order_by(report_revision.c.id)
        )
        return [one["relay"] for one in rows]


def figure_lines(text: str) -> list[str]:
    return [
        line for line in text.splitlines() if line.startswith(("Báo cáo:", "Đúng hạn", "Đoàn viên", "Tự"))
    ]


def quick(officer: Person) -> Person:
    return officer.says("/baocaonhanh").presses("Báo cáo nhanh")


def test_a_quick_report_goes_up_and_is_accepted(
    province: Province, mai: Person, huyen: Person, tinh: Person
) -> None:
    reports(mai)
    huyen.says("/tiendo")
    progress = figure_lines(huyen.new[0].text)
    quick(huyen)
    assert huyen.sees("<b>Báo cáo nhanh lần 1</b>", "tính đến 19 giờ 42 ngày 14/11", "Còn thiếu 4 báo cáo")
    assert figure_lines(huyen.last.text) == progress
    assert len(progress) == 4
    huyen.presses("Gửi báo cáo")
    assert huyen.sees("Đã nhận báo cáo, mã 0002", "Hệ thống đã báo Tỉnh đoàn Thanh Hóa")
    assert "<b>Huyện đoàn Hoằng Hóa</b> gửi báo cáo nhanh lần 1, mã 0002" in tinh.messages[-1].text
    tinh.presses("Xem báo cáo")
    assert tinh.sees("Báo cáo nhanh lần 1", "Báo cáo: <b>1/4 chi đoàn</b>")
    tinh.presses("Tiếp nhận")
    assert tinh.sees("Đã tiếp nhận báo cáo 0002")
    huyen.says("/baocaonhanh")
    assert "Báo cáo nhanh lần 1 · 14/11 · đã tiếp nhận" in huyen.buttons
    with province.stage.reading() as conn:
        (frozen,) = conn.execute(select(snapshot)).all()
        entries = [
            (row.action, row.unit_id, row.person_id)
            for row in conn.execute(
                select(audit).where(audit.c.subject_id == 2, audit.c.subject == "report").order_by(audit.c.id)
            )
        ]
    assert frozen.figures == content(province)[0]["overall"]
    district, by, above = (province.ids[key] for key in ("huyen", "Ngô Văn Huyện", "Đỗ Thị Tỉnh"))
    assert entries == [("report_sent", district, by), ("report_accepted", district, above)]


def test_a_typed_number_takes_no_figures_place(province: Province, mai: Person, huyen: Person) -> None:
    reports(mai)
    quick(huyen).says("4/4 chi đoàn")
    assert huyen.sees("không gõ thay được", "Báo cáo: <b>1/4 chi đoàn</b>")
    huyen.presses("Giải trình").says("50/50 mới đúng")
    assert huyen.sees("Đoàn viên: 45/50", "Giải trình: 50/50 mới đúng")
    huyen.presses("Sửa").presses("Tài liệu").says("Đủ cả")
    assert huyen.sees("Tài liệu: Đủ cả")
    huyen.presses("Gửi báo cáo")
    (sent,) = content(province)
    assert (sent["overall"]["main"]["members"], sent["overall"]["main"]["received"]) == (45, 1)
    assert sent["explained"] == {"rate": "50/50 mới đúng"}
    assert sent["words"] == {"materials": "Đủ cả"}


def test_it_stays_frozen_when_a_branch_corrects(
    province: Province, mai: Person, huyen: Person, tinh: Person
) -> None:
    reports(mai)
    quick(huyen).presses("Gửi báo cáo")
    province.linked("Bí Thư Thôn 1", 101)
    reports(province.stage.person(101))
    reports(mai, "40")
    tinh.says("/baocaonhanh").presses("Huyện đoàn Hoằng Hóa · báo cáo nhanh lần 1, chờ tiếp nhận")
    changed = "Nay: báo cáo 1/4 → 2/4, đúng hạn 1 → 2, đoàn viên 45/50 → 85/100"
    assert tinh.sees("Báo cáo: <b>1/4 chi đoàn</b>", "Đoàn viên: 45/50", changed)
    huyen.says("/baocaonhanh").presses("Báo cáo nhanh lần 1 · 14/11 · chờ tiếp nhận")
    assert huyen.sees("Đoàn viên: 45/50", changed)
    quick(huyen)
    assert huyen.sees("Báo cáo nhanh lần 2", "Báo cáo: <b>2/4 chi đoàn</b>", "Đoàn viên: 85/100")


def test_only_the_returned_part_is_opened(
    province: Province, mai: Person, huyen: Person, tinh: Person
) -> None:
    reports(mai)
    quick(huyen).presses("Sửa").presses("Báo cáo viên").says("Truyền đạt rõ").presses("Gửi báo cáo")
    tinh.says("/duyet").presses("Xem từng báo cáo").presses("Đề nghị bổ sung")
    parts = ["Tỷ lệ tham gia", "Kết quả sau buổi", "Báo cáo viên", "Tài liệu", "Đề xuất, kiến nghị"]
    assert tinh.buttons[:5] == parts
    tinh.presses("Báo cáo viên").says("Nêu rõ từng đồng chí")
    assert "báo cáo viên. “Nêu rõ từng đồng chí”" in huyen.messages[-1].text
    huyen.says("/baocaonhanh").presses("Báo cáo nhanh lần 1 · 14/11 · đề nghị bổ sung")
    assert huyen.sees("Cấp trên đề nghị bổ sung: báo cáo viên. “Nêu rõ từng đồng chí”")
    reports(mai, "40")
    huyen.presses("Sửa báo cáo viên")
    assert huyen.sees("Truyền đạt rõ")
    huyen.says("Hai đồng chí đều truyền đạt rõ")
    assert huyen.sees("Gửi lại?")
    assert huyen.buttons[:2] == ["Gửi báo cáo", "Huỷ"]
    assert "Sửa" not in huyen.buttons
    huyen.presses("Gửi báo cáo")
    assert huyen.sees("lần 2")
    assert "đã gửi lại báo cáo 0002 (đề nghị bổ sung: báo cáo viên)" in tinh.messages[-1].text
    first, second = content(province)
    assert first["words"] == {"speaker": "Truyền đạt rõ"}
    assert second == {**first, "words": {"speaker": "Hai đồng chí đều truyền đạt rõ"}}
    with province.stage.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(snapshot)) == 1


def test_a_return_of_the_rate_may_take_new_figures(
    province: Province, mai: Person, huyen: Person, tinh: Person
) -> None:
    quick(huyen).presses("Gửi báo cáo")
    tinh.says("/duyet").presses("Xem từng báo cáo").presses("Đề nghị bổ sung").presses("Tỷ lệ tham gia")
    tinh.presses("Không ghi chú")
    reports(mai)
    huyen.presses("Giải trình tỷ lệ").presses("Lấy số mới")
    assert huyen.sees("Báo cáo: <b>1/4 chi đoàn</b>")
    huyen.presses("Gửi báo cáo")
    assert [one["overall"]["main"]["received"] for one in content(province)] == [0, 1]


def test_what_does_not_fit_is_to_be_explained(province: Province, mai: Person, huyen: Person) -> None:
    reports(mai, "44", absent="Trần Văn Hùng")
    quick(huyen).presses("Thiếu, chưa khớp")
    assert huyen.sees("3 chi đoàn chưa gửi: Chi đoàn thôn 1 (Đoàn xã Hoằng Quỳ)", "1 xã chưa gửi: Đoàn xã")
    assert huyen.sees("có cán bộ tham dự dưới mức Kế hoạch yêu cầu: Chi đoàn thôn 3")
    huyen.presses("Gọi, đôn đốc").presses("Viết tiếp").presses("⬅️ Quay lại").presses("Gửi báo cáo")
    assert huyen.sees("Cán bộ tham dự 2/3, Kế hoạch yêu cầu 100%")
    assert "Không giải trình" in huyen.buttons
    huyen.says("Đồng chí Hùng ốm")
    assert huyen.sees("Giải trình: Đồng chí Hùng ốm")
    assert not content(province)
    huyen.presses("Gửi báo cáo")
    (sent,) = content(province)
    assert sent["explained"] == {"cadres_below": "Đồng chí Hùng ốm"}
    assert sent["missing"]["participation"]["count"] == 3


def test_nothing_to_say_is_an_answer_too(province: Province, mai: Person, huyen: Person) -> None:
    reports(mai, "44", absent="Trần Văn Hùng")
    quick(huyen).presses("Gửi báo cáo").presses("Không giải trình").presses("Gửi báo cáo")
    assert content(province)[0]["explained"] == {}


def test_a_commune_comes_straight_to_its_summary(
    province: Province, mai: Person, xa: Person, huyen: Person
) -> None:
    reports(mai)
    xa.says("/baocaonhanh")
    assert xa.sees("<b>Báo cáo tổng hợp</b>", "Đoàn xã Hoằng Quỳ", "Báo cáo: <b>1/4 chi đoàn</b>")
    xa.presses("Sửa").presses("Kiến nghị").says("Cấp thêm tài liệu").presses("Gửi báo cáo")
    assert xa.sees("Đã nhận báo cáo")
    xa.says("/trangthai")
    assert xa.sees("✓ Báo cáo tổng hợp của cơ sở, mã 0002")
    quick(huyen)
    assert huyen.sees("▸ Kiến nghị: Đoàn xã Hoằng", "Còn thiếu 3 báo cáo")
    huyen.presses("Sửa").presses("Kiến nghị")
    assert huyen.sees("Đoàn xã Hoằng Quỳ: Cấp thêm tài liệu")
    huyen.says("/duyet").presses("Việc mới").presses("Xem từng báo cáo").presses("Xem toàn văn")
    assert huyen.sees("<b>Kiến nghị.</b> Cấp thêm tài liệu")
    huyen.presses("Tiếp nhận")
    xa.says("/baocaonhanh").presses("Báo cáo tổng hợp")
    assert xa.sees("Kiến nghị: Cấp thêm tài liệu")
    xa.presses("Gửi báo cáo")
    assert xa.sees("lần 2")


def test_a_file_is_handed_in_as_before(province: Province, xa: Person, huyen: Person) -> None:
    xa.says("/trangthai").presses("Nộp tổng hợp")
    assert "Soạn từ số liệu" in xa.buttons
    xa.uploads("d1", "tong-hop.pdf")
    assert "Soạn từ số liệu" not in xa.buttons
    xa.presses("Gửi báo cáo")
    assert xa.sees("Đã nhận báo cáo, mã 0001")
    xa.says("/baocaonhanh").presses("Báo cáo tổng hợp · 14/11 · chờ tiếp nhận")
    assert xa.sees("nộp bằng tệp")
    huyen.says("/trangthai").presses("Nộp báo cáo").presses("Soạn từ số liệu")
    assert huyen.sees("<b>Báo cáo kết quả</b>")
    huyen.presses("Gửi báo cáo")
    assert huyen.sees("đúng hạn")
    huyen.says("/trangthai")
    assert huyen.sees("✓ Báo cáo kết quả về Tỉnh đoàn")


def test_two_officers_at_once(province: Province, huyen: Person) -> None:
    deputy = province.linked("Phan Thị Huyền", 304)
    quick(huyen)
    quick(deputy)
    again = huyen.press("Gửi báo cáo")
    province.stage.take(again)
    province.stage.take(huyen.press("Gửi báo cáo") if "Gửi báo cáo" in huyen.buttons else again)
    assert len(content(province)) == 1
    deputy.presses("Gửi báo cáo")
    assert deputy.sees("Đồng chí khác của đơn vị vừa gửi", "Báo cáo nhanh lần 2")
    deputy.presses("Gửi báo cáo")
    assert deputy.sees("Đã nhận báo cáo, mã 0002")
    with province.stage.reading() as conn:
        assert list(conn.scalars(select(report.c.slot).order_by(report.c.id))) == [0, 1]


def test_old_figures_are_read_again_before_they_go(province: Province, mai: Person, huyen: Person) -> None:
    quick(huyen)
    reports(mai)
    province.clock.jump(province.clock.now() + timedelta(minutes=3))
    huyen.presses("Gửi báo cáo")
    assert huyen.sees("Số liệu vừa thay đổi", "Báo cáo: <b>1/4 chi đoàn</b>", "19 giờ 45")
    huyen.presses("Gửi báo cáo")
    assert content(province)[0]["overall"]["main"]["received"] == 1


def test_the_words_of_one_that_waits_are_mended(province: Province, huyen: Person) -> None:
    quick(huyen).presses("Gửi báo cáo")
    huyen.says("/baocaonhanh").presses("Báo cáo nhanh lần 1 · 14/11 · chờ tiếp nhận").presses("Sửa báo cáo")
    huyen.presses("Sửa").presses("Kiến nghị").says("Thêm tài liệu").presses("Gửi báo cáo")
    first, second = content(province)
    assert second == {**first, "words": {"proposals": "Thêm tài liệu"}}
    huyen.says("/baocaonhanh").presses("Báo cáo nhanh lần 1 · 14/11 · chờ tiếp nhận").presses("Nội dung")
    assert huyen.sees("<b>Kiến nghị.</b> Thêm tài liệu")


def test_what_is_too_long_is_not_taken(province: Province, huyen: Person) -> None:
    quick(huyen).presses("Sửa").presses("Tài liệu").says("a" * 701)
    assert huyen.sees("Dài quá 700 ký tự")
    huyen.says("<b>đủ</b>")
    assert huyen.sees("&lt;b&gt;đủ&lt;/b&gt;")
    huyen.presses("Giải trình").says("a" * 401)
    assert huyen.sees("Dài quá 400 ký tự")
    huyen.presses("⬅️ Quay lại").presses("Sửa").presses("Tài liệu").presses("Bản của hệ thống")
    assert huyen.sees("tài liệu, kiến nghị: chưa ghi")


def test_a_locked_plan_and_a_desk_that_was_left(province: Province, huyen: Person) -> None:
    quick(huyen)
    with province.stage.database.writing() as conn:
        conn.execute(
            position.update()
            .where(position.c.person_id == province.ids["Ngô Văn Huyện"])
            .values(role="member")
        )
    huyen.presses("Gửi báo cáo")
    assert not content(province)
    locked = province.stage.world.plan.model_copy(update={"lock_on": at(1, 11).date()})
    object.__setattr__(province.stage.world, "plan", locked)
    with province.stage.database.writing() as conn:
        conn.execute(
            position.update()
            .where(position.c.person_id == province.ids["Ngô Văn Huyện"])
            .values(role="secretary")
        )
    quick(huyen)
    assert huyen.sees("khoá sổ")
    assert not content(province)


def test_who_has_nothing_to_sum_up_is_told(province: Province, mai: Person, tinh: Person) -> None:
    mai.says("/baocaonhanh")
    assert mai.sees("dành cho cán bộ phụ trách đơn vị có cấp dưới")
    tinh.says("/baocaonhanh")
    assert tinh.sees("Chưa có báo cáo nào từ cấp dưới gửi lên.")
    with province.stage.database.writing() as conn:
        roster.add_unit(conn, province.ids, "huyen2", "Huyện đoàn Nga Sơn", "district", "tinh")
        roster.add_unit(conn, province.ids, "xa2", "Đoàn xã Nga An", "grassroots", "huyen2")
        conn.execute(
            position.insert().values(
                person_id=province.ids["Phan Thị Huyền"], unit_id=province.ids["huyen2"], role="secretary"
            )
        )
    deputy = province.linked("Phan Thị Huyền", 304)
    deputy.says("/baocaonhanh").presses("Huyện đoàn Nga Sơn").presses("Báo cáo kết quả")
    assert deputy.sees("chưa có đơn vị nào phải báo cáo, nên chưa có số để cộng")
    assert deputy.buttons == ["Nộp báo cáo"]


@pytest.mark.parametrize("action", ["relay", "relaynew", "relayread", "relaysbelow"])
@pytest.mark.parametrize("rest", ["", ".quick_report", ".quick_report.0", ".summary", ".words", ".0", ".x"])
def test_a_forged_button_shows_nothing_of_others(
    province: Province, huyen: Person, action: str, rest: str
) -> None:
    """Districts do not see each other."""
    quick(huyen).presses("Gửi báo cáo")
    with province.stage.database.writing() as conn:
        roster.add_unit(conn, province.ids, "huyen2", "Huyện đoàn Nga Sơn", "district", "tinh")
        person_id = conn.execute(
            position.update()
            .where(position.c.person_id == province.ids["Phan Thị Huyền"])
            .values(unit_id=province.ids["huyen2"])
        )
        assert person_id.rowcount == 1
    other = province.linked("Phan Thị Huyền", 304)
    other.says("/baocaonhanh")
    assert not [label for label in other.buttons if "·" in label]
    sent = len(content(province))
    for number in (province.ids["huyen"], 1, 999_999, "9" * 40):
        other.new = []
        province.stage.take(other.pressed(f"s.{action}.{number}{rest}", other.messages[-1].id))
        assert other.last.text == "Đồng chí chưa được phân công đơn vị này."
    assert len(content(province)) == sent


def test_the_official_report_and_the_book_count_them(
    province: Province, mai: Person, huyen: Person, tinh: Person, tmp_path: Path
) -> None:
    reports(mai)
    quick(huyen).presses("Sửa").presses("Kiến nghị").says("=Thêm tài liệu").presses("Gửi báo cáo")
    quick(huyen).presses("Gửi báo cáo")
    tinh.says("/duyet").presses("Xem từng báo cáo").presses("Tiếp nhận")
    plan, zone, now = province.stage.world.plan, province.clock.zone, province.clock.now()
    with province.stage.reading() as conn:
        content = content_of(conn, plan, zone, now, units.get(conn, province.ids["tinh"]))
        (direction,) = [one for one in drafted(content, {}) if one.part == "direction"]
        write_export(conn, plan, zone, now, tmp_path / "a.xlsx")
    assert "Báo cáo nhanh: 1 đơn vị đã gửi 2 báo cáo, cấp trên đã tiếp nhận 1/2." in direction.text
    sheet = load_workbook(tmp_path / "a.xlsx")["Báo cáo nhanh"]
    rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], int)]
    assert [row[3] for row in rows] == ["Báo cáo nhanh lần 1", "Báo cáo nhanh lần 2"]
    assert [row[6] for row in rows] == ["đã tiếp nhận", "chờ tiếp nhận"]
    assert rows[0][8:14] == (1, 4, 0.25, 45, 50, 0.9)
    assert rows[0][-1] == "=Thêm tài liệu"


def test_a_sum_is_not_accepted_unread(province: Province, mai: Person, xa: Person, huyen: Person) -> None:
    xa.says("/baocaonhanh").presses("Gửi báo cáo")
    huyen.says("/duyet")
    assert huyen.sees("1 báo cáo chờ tiếp nhận", "1 báo cáo nên xem từng bản")
    assert not [label for label in huyen.buttons if label.startswith("Tiếp nhận")]


def test_a_return_that_was_answered_is_not_answered_twice(
    province: Province, huyen: Person, tinh: Person
) -> None:
    deputy = province.linked("Phan Thị Huyền", 304)
    quick(huyen).presses("Gửi báo cáo")
    tinh.says("/duyet").presses("Xem từng báo cáo").presses("Đề nghị bổ sung").presses("Tài liệu")
    tinh.presses("Không ghi chú")
    huyen.presses("Sửa tài liệu").says("Đủ")
    deputy.presses("Sửa tài liệu").says("Thiếu").presses("Gửi báo cáo")
    assert deputy.sees("lần 2")
    huyen.presses("Gửi báo cáo")
    assert huyen.sees("đã được gửi lại")
    assert [one["words"] for one in content(province)] == [{}, {"materials": "Thiếu"}]
