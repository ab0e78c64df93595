"""/xuat, [Báo cáo]: the official report is drafted, read, changed and sent as a Word file."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.settings import Office
from storage.models import audit, errand, position
from tests.conftest import Province
from tests.dialogues.desk import NOT_YOURS, pressed
from tests.people import Person
from tests.reports.words import words_of
from tests.scheduler.test_export import run


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


def asked_for(province: Province) -> list[dict[str, Any]]:
    with province.stage.reading() as conn:
        rows = conn.execute(select(errand).where(errand.c.kind == "report").order_by(errand.c.id))
        return [row.args for row in rows]


def text_of(province: Province, who: Person) -> str:
    assert who.last.document is not None
    return words_of(province.stage.world.data_dir / who.last.document[0])


def test_a_district_writes_its_report(province: Province, huyen: Person) -> None:
    huyen.says("/xuat")
    assert huyen.sees("Hệ thống đang tạo tệp"), "the Excel, at once"
    assert huyen.buttons == ["Báo cáo"]
    huyen.presses("Báo cáo")
    assert huyen.sees("Số văn bản là bao nhiêu?", "-BC/HĐTN")
    huyen.says("Số 12")
    assert huyen.sees("Ai ký báo cáo?")
    assert huyen.buttons[:3] == ["Bí thư Ngô Văn Huyện", "Phó Bí thư Phan Thị Huyền", "Để trống"]
    huyen.presses("Bí thư Ngô Văn Huyện")
    assert huyen.sees("Số: 12-BC/HĐTN", "Người ký: Bí thư Ngô Văn Huyện")
    assert huyen.buttons[:11] == [
        "I. Chỉ đạo",
        "II. Tuyên truyền",
        "II. Hội nghị",
        "II. Báo cáo viên",
        "II. Thu hoạch",
        "II. Hoạt động",
        "II. Kiểm tra",
        "III. Ưu điểm",
        "III. Hạn chế",
        "IV. Kiến nghị",
        "Tạo tệp",
    ]
    huyen.presses("II. Hội nghị")
    assert huyen.sees("2. Hội nghị học tập, quán triệt từng cấp", "chưa ghi nhận báo cáo nào của 4 chi đoàn")
    huyen.presses("Các mục").presses("IV. Kiến nghị").presses("Sửa")
    assert huyen.sees("gửi nội dung thay cho cả mục")
    huyen.says("Đề nghị cấp thêm tài liệu <b>in</b> & tập huấn.\n\n12/11 45/50, đủ tài liệu")
    assert huyen.sees("Đề nghị cấp thêm tài liệu &lt;b&gt;in&lt;/b&gt; &amp; tập huấn.", "12/11 45/50")
    huyen.presses("Các mục")
    assert huyen.sees("Đã sửa 1 mục.")
    huyen.presses("Tạo tệp")
    assert huyen.sees("Hệ thống đang tạo tệp, xong sẽ gửi ngay tại đây.")
    with province.stage.reading() as conn:
        entry = conn.execute(select(audit).order_by(audit.c.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.unit_id, entry.person_id, entry.facts) == (
        "file_asked",
        province.ids["huyen"],
        province.ids["Ngô Văn Huyện"],
        {"kind": "report"},
    )
    assert run(province) == [{"made": 2, "failed": 0}], "the Excel, and the report"
    assert huyen.sees("báo cáo kết quả, số liệu tính đến 19 giờ 42 ngày 14/11/2018")
    assert huyen.last.document is not None
    assert huyen.last.document[1] == "Bao-cao_Hoang-Hoa_2018-11-14.docx"
    text = text_of(province, huyen)
    for part in (
        "BCH ĐOÀN TỈNH THANH HÓA",
        "HUYỆN ĐOÀN HOẰNG HÓA",
        "Số: 12-BC/HĐTN",
        "Hoằng Hóa, ngày 14 tháng 11 năm 2018",
        "Đề nghị cấp thêm tài liệu <b>in</b> & tập huấn.",
        "TM. BAN THƯỜNG VỤ HUYỆN ĐOÀN",
        "BÍ THƯ",
        "Ngô Văn Huyện",
        "Ban Tuyên giáo Tỉnh đoàn",
    ):
        assert part in text


def test_the_excel_comes_at_once(province: Province, huyen: Person) -> None:
    huyen.says("/xuat")
    assert huyen.sees("Hệ thống đang tạo tệp")
    assert asked_for(province) == []
    with province.stage.reading() as conn:
        assert conn.execute(select(errand.c.kind)).scalars().all() == ["export"]


def test_the_province_signs_as_its_settings_say(province: Province) -> None:
    stage = province.stage
    office = Office(signatory_title="Phó Bí thư", signatory_name="Nguyễn Văn Ký", number_suffix="BC/X")
    stage.runner._world = stage.world = replace(stage.world, office=office)
    tinh = province.linked("Đỗ Thị Tỉnh", 403)
    tinh.says("/xuat").presses("Báo cáo")
    assert tinh.sees("-BC/X")
    tinh.presses("Để trống")
    assert tinh.buttons[0] == "Phó Bí thư Nguyễn Văn Ký"
    tinh.presses("Phó Bí thư Nguyễn Văn Ký").presses("Tạo tệp")
    run(province)
    text = text_of(province, tinh)
    assert "-BC/X" in text
    assert "PHÓ BÍ THƯ" in text
    assert "Nguyễn Văn Ký" in text
    assert "BCH ĐOÀN TỈNH THANH HÓA" in text


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Phó Bí thư Nguyễn Văn A", "Người ký: Phó Bí thư Nguyễn Văn A"),
        ("trưởng ban, Lê <B>", "Người ký: trưởng ban Lê &lt;B&gt;"),
    ],
)
def test_another_signs(huyen: Person, typed: str, shown: str) -> None:
    huyen.says("/xuat").presses("Báo cáo").presses("Để trống").says(typed)
    assert huyen.sees(shown)


@pytest.mark.parametrize("typed", ["Nguyễn Văn A", ",", "Bí thư", "x" * 100])
def test_a_signature_that_cannot_be_read(huyen: Person, typed: str) -> None:
    huyen.says("/xuat").presses("Báo cáo").presses("Để trống").says(typed)
    assert huyen.sees("Hệ thống chưa đọc được", "Ai ký báo cáo?")


def test_what_is_too_long_is_asked_again(huyen: Person) -> None:
    huyen.says("/xuat").presses("Báo cáo").says("9" * 81)
    assert huyen.sees("Dài quá 80 ký tự", "Số văn bản")
    huyen.presses("Để trống").says("Bí thư " + "x" * 81)
    assert huyen.sees("Dài quá 80 ký tự", "Ai ký báo cáo?")
    huyen.presses("Để trống").presses("I. Chỉ đạo").presses("Sửa").says("a" * 3001)
    assert huyen.sees("Dài quá 3.000 ký tự")


def test_the_draft_comes_back(huyen: Person) -> None:
    huyen.says("/xuat").presses("Báo cáo").presses("Để trống").presses("Để trống").presses("III. Ưu điểm")
    assert huyen.buttons[:2] == ["Sửa", "Các mục"]
    huyen.presses("Sửa").says("Các đơn vị chủ động.")
    assert huyen.sees("Các đơn vị chủ động.")
    huyen.presses("Bản của hệ thống")
    assert huyen.sees("Chưa ghi nhận báo cáo nào")
    huyen.presses("Các mục")
    assert "Đã sửa" not in huyen.last.text


def test_asked_twice_it_is_made_once(province: Province, huyen: Person) -> None:
    for _ in range(2):
        huyen.says("/xuat").presses("Báo cáo").presses("Để trống").presses("Để trống").presses("Tạo tệp")
    assert huyen.sees("Tệp này đang được tạo")
    assert len(asked_for(province)) == 1


@pytest.mark.parametrize("key", ["tinh", "xa", "thon3"])
def test_only_whoever_leads_the_unit(province: Province, huyen: Person, key: str) -> None:
    pressed(huyen, f"s.official.{province.ids[key]}")
    assert huyen.sees(NOT_YOURS)
    pressed(huyen, f"s.takeaway.{province.ids[key]}")
    assert huyen.sees(NOT_YOURS)


@pytest.mark.parametrize("argument", ["", "999999", "-1", "x", "9" * 30])
def test_buttons_that_were_made_up(huyen: Person, argument: str) -> None:
    for action in ("official", "takeaway"):
        pressed(huyen, f"s.{action}.{argument}")
        assert huyen.last.text


def test_a_commune_writes_none(province: Province, xa: Person) -> None:
    pressed(xa, f"s.official.{province.ids['xa']}")
    assert xa.sees("Đơn vị này không lập báo cáo kết quả theo Kế hoạch.")
    pressed(xa, f"s.takeaway.{province.ids['xa']}")
    assert xa.sees("Hệ thống đang tạo tệp")


def test_the_office_ended_meanwhile(province: Province, huyen: Person) -> None:
    huyen.says("/xuat").presses("Báo cáo").presses("Để trống").presses("Để trống")
    with province.stage.database.writing() as conn:
        conn.execute(position.delete().where(position.c.person_id == province.ids["Ngô Văn Huyện"]))
        conn.execute(
            insert(position).values(
                person_id=province.ids["Ngô Văn Huyện"], unit_id=province.ids["thon1"], role="member"
            )
        )
    huyen.presses("Tạo tệp")
    assert huyen.sees(NOT_YOURS)
    assert asked_for(province) == []
