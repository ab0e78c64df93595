"""Documents whose number and date are asked for."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from reports.export import write_export
from storage.models import audit, report, report_revision
from tests.conftest import Province
from tests.dialogues.desk import NOT_YOURS, add_commune, lock, pressed
from tests.people import Person

NUMBER = "12-KH/ĐX ngày 05/10/2018"
PLAN = "Kế hoạch triển khai của đơn vị"


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


def handed_in(who: Person, number: str | None = NUMBER) -> Person:
    who.says("/trangthai").presses("Nộp kế hoạch").uploads("k1", "ke-hoach.pdf").presses("Xong")
    return (who.says(number) if number else who.presses("Không có số")).presses("Gửi báo cáo")


def contents(province: Province) -> list[dict[str, Any]]:
    with province.stage.reading() as conn:
        return list(conn.scalars(select(report_revision.c.content).order_by(report_revision.c.id)))


def actions(province: Province) -> list[tuple[str, dict[str, Any]]]:
    with province.stage.reading() as conn:
        rows = conn.execute(
            select(audit.c.action, audit.c.facts).where(audit.c.subject == "report").order_by(audit.c.id)
        )
        return [tuple(row) for row in rows]


def test_a_plan_is_handed_in_with_its_number(province: Province, xa: Person, huyen: Person) -> None:
    xa.says("/trangthai").presses("Nộp kế hoạch").uploads("k1", "ke-hoach.pdf")
    assert xa.buttons == ["Xong", "Huỷ"]
    xa.presses("Xong")
    assert xa.sees("số và ngày của văn bản?", "12-KH/ĐTN ngày 05/10/2018")
    assert xa.buttons[0] == "Không có số"
    xa.says("Số: 12 - KH/ĐX, ngày 5 tháng 10 năm 2018")
    assert xa.sees(f"<b>{PLAN} của Đoàn xã Hoằng Quỳ</b>", f"Số, ngày: {NUMBER}", "Tệp: 1")
    assert xa.buttons[:3] == ["Gửi báo cáo", "Sửa số, ngày", "Huỷ"]
    xa.presses("Gửi báo cáo")
    assert xa.sees("Đã nhận báo cáo, mã 0001")
    assert contents(province) == [{"files": [1], "number": "12-KH/ĐX", "issued_on": "2018-10-05"}]
    assert [one[0] for one in actions(province)] == ["report_sent"]
    xa.says("/trangthai")
    assert xa.sees(f"✓ {PLAN}, {NUMBER}, mã 0001")
    assert "Sửa số, ngày: kế hoạch" in xa.buttons
    huyen.says("/duyet").presses("Xem từng báo cáo")
    assert huyen.sees(f"Số, ngày văn bản: {NUMBER}")
    pressed(huyen, f"s.unit.{province.ids['xa']}")
    assert huyen.sees(f"{PLAN}, {NUMBER}: chờ tiếp nhận")


def test_without_a_number_it_is_not_told_and_can_be_added(province: Province, xa: Person) -> None:
    handed_in(xa, None)
    assert contents(province) == [{"files": [1], "number": None, "issued_on": None}]
    xa.says("/trangthai")
    assert xa.sees(f"✓ {PLAN}, chưa ghi số, mã 0001")
    xa.presses("Ghi số, ngày: kế hoạch").says(NUMBER)
    assert xa.sees("Số, ngày văn bản: chưa ghi số → <b>12-KH/ĐX ngày 05/10/2018</b>", "Gửi lại?")
    xa.presses("Gửi báo cáo")
    assert xa.sees("mã 0001, lần 2")
    assert contents(province)[1] == {"files": [1], "number": "12-KH/ĐX", "issued_on": "2018-10-05"}
    assert actions(province)[1] == (
        "report_corrected",
        {"duty": "implementation_plan", "revision": 2, "on_behalf": False},
    )


def test_a_new_file_keeps_the_number(province: Province, xa: Person) -> None:
    handed_in(xa)
    pressed(xa, f"s.doc.{province.ids['xa']}.implementation_plan")
    xa.uploads("k2", "ke-hoach-2.pdf").presses("Xong").presses("Giữ số 12-KH/ĐX").presses("Gửi báo cáo")
    assert contents(province)[1] == {"files": [2], "number": "12-KH/ĐX", "issued_on": "2018-10-05"}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("đã có rồi", "Hệ thống chưa đọc được số, ngày."),
        ("12-KH/ĐX", "Còn thiếu ngày của văn bản."),
        ("ngày 5/10/2018", "Hệ thống chưa đọc được số."),
        ("12-KH/ĐX ngày 31/2/2018", "Ngày này không có trong lịch."),
        ("12-KH/ĐX ngày 20/12/2018", "Ngày này chưa đến."),
        ("12/11 45/50", "Hệ thống chưa đọc được số."),
    ],
)
def test_what_is_no_number(province: Province, xa: Person, typed: str, told: str) -> None:
    xa.says("/trangthai").presses("Nộp kế hoạch").uploads("k1", "ke-hoach.pdf").presses("Xong").says(typed)
    assert xa.sees(told, "số và ngày của văn bản?")
    xa.says(NUMBER).presses("Gửi báo cáo")
    assert len(contents(province)) == 1


def test_a_day_before_the_plan_is_confirmed(province: Province, xa: Person) -> None:
    xa.says("/trangthai").presses("Nộp kế hoạch").uploads("k1", "ke-hoach.pdf").says("12-KH/ĐX ngày 1/9/2018")
    assert xa.sees("Ngày 01/09/2018 trước ngày Kế hoạch 66 ban hành (25/09/2018).")
    xa.presses("Giữ ngày này").presses("Gửi báo cáo")
    assert contents(province)[0]["issued_on"] == "2018-09-01"


def test_the_superior_asks_for_the_number(province: Province, xa: Person, huyen: Person) -> None:
    handed_in(xa, None)
    huyen.says("/duyet").presses("Xem từng báo cáo").presses("Đề nghị bổ sung")
    assert huyen.buttons[:2] == ["Tệp", "Số, ngày"]
    huyen.presses("Số, ngày").presses("Không ghi chú")
    xa.presses("Sửa số, ngày").says(NUMBER).presses("Gửi báo cáo")
    assert xa.sees("lần 2")
    assert "đã gửi lại báo cáo" in huyen.messages[-1].text


def test_a_document_that_is_not_numbered_is_not_asked_for_it(xa: Person, huyen: Person) -> None:
    xa.says("/trangthai").presses("Nộp tổng hợp").uploads("t1", "tong-hop.pdf").presses("Gửi báo cáo")
    assert xa.sees("Đã nhận báo cáo")
    huyen.says("/duyet").presses("Xem từng báo cáo").presses("Đề nghị bổ sung")
    assert huyen.buttons[0] == "Tệp"
    assert "Số, ngày" not in huyen.buttons


@pytest.mark.parametrize(
    "argument",
    ["{xa}.summary", "{xa}.participation", "{xa}.khong_co", "{huyen}.implementation_plan", "999.x", "x", ""],
)
def test_forged_buttons(province: Province, xa: Person, argument: str) -> None:
    handed_in(xa)
    pressed(xa, f"s.docnumber.{argument.format(**province.ids)}")
    assert xa.sees(NOT_YOURS)


def test_nothing_to_number_and_a_closed_plan(province: Province, xa: Person) -> None:
    button = f"s.docnumber.{province.ids['xa']}.implementation_plan"
    pressed(xa, button)
    assert xa.sees("Đơn vị chưa nộp văn bản này.")
    handed_in(xa)
    pressed(xa, button)
    xa.says("13-KH/ĐX ngày 6/10/2018")
    lock(province)
    xa.presses("Gửi báo cáo")
    assert xa.sees("Kế hoạch đã khoá sổ")
    xa.presses("Huỷ")
    pressed(xa, button)
    assert xa.sees("Kế hoạch đã khoá sổ")
    assert len(contents(province)) == 1
    with province.stage.reading() as conn:
        assert conn.scalar(select(report.c.revision)) == 1


def test_who_has_not_handed_in_a_plan(province: Province, xa: Person, huyen: Person) -> None:
    add_commune(province)
    huyen.says("/tiendo").presses("Việc khác")
    assert {"Thiếu kế hoạch", "Thiếu tổng hợp"} <= set(huyen.buttons)
    assert "Thiếu báo cáo" not in huyen.buttons  # its own: nobody below owes it
    huyen.presses("Thiếu kế hoạch")
    assert huyen.sees(f"2 đơn vị chưa nộp: {PLAN}", "1. <b>Đoàn xã Hoằng Quỳ</b>", "Bí thư Vũ Văn Xã")
    assert huyen.buttons == ["Đoàn xã Hoằng Quỳ", "Đoàn xã Hoằng Kim"]
    huyen.presses("Đoàn xã Hoằng Quỳ")
    assert huyen.sees("Đoàn xã Hoằng Quỳ")
    handed_in(xa)
    pressed(huyen, f"s.lacking.{province.ids['huyen']}.implementation_plan.9")
    assert huyen.sees(f"1 đơn vị chưa nộp: {PLAN}", "Đoàn xã Hoằng Kim")


@pytest.mark.parametrize(
    "argument",
    ["{tinh}.implementation_plan", "{xa}.session", "{xa}.khong_co", "{xa}", "999.implementation_plan.0", "x"],
)
def test_forged_lists_of_the_missing(province: Province, xa: Person, mai: Person, argument: str) -> None:
    for who in (xa, mai):
        pressed(who, f"s.lacking.{argument.format(**province.ids)}")
        assert who.sees(NOT_YOURS)


def test_the_excel_has_numbers_and_activities(province: Province, xa: Person, tmp_path: Path) -> None:
    handed_in(xa)
    xa.says("/hoatdong").presses("Ghi hoạt động").says("Trồng cây").presses("Hôm nay").presses("Chưa đếm")
    xa.presses("Không có ảnh").presses("Gửi")
    stage, out = province.stage, tmp_path / "book.xlsx"
    with stage.reading() as conn:
        write_export(conn, stage.world.plan, stage.world.zone, province.clock.now(), out)
    book = load_workbook(out)
    shown = {name: [cell for row in book[name].values for cell in row] for name in book.sheetnames}
    assert {"12-KH/ĐX", "Số văn bản", "Ngày văn bản"} <= set(shown["Cấp cơ sở"])
    done = next(row for row in book["Hoạt động"].values if "Trồng cây" in row)
    assert done.count("chưa ghi") == 2
