"""/tiendo: what an officer sees of the units below, level by level, and what they may pass upward."""

import pytest
from sqlalchemy import select

from storage.models import audit, errand, position, snapshot, unit
from tests.conftest import Province
from tests.dialogues.test_participation import record_session
from tests.people import Person, at


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


@pytest.fixture
def tinh(province: Province) -> Person:
    return province.linked("Đỗ Thị Tỉnh", 403)


def report(who: Person, count: str = "45/50", day: str = "12/11") -> None:
    who.says(f"{day} {count}").presses("Gửi báo cáo")


def test_a_district_sees_what_is_due_and_what_came(
    province: Province, xa: Person, mai: Person, huyen: Person
) -> None:
    record_session(xa)
    mai.says("/baocao").presses("Đã tham gia").says("45").presses("Đủ cả 3").presses("Gửi báo cáo")
    huyen.says("/tiendo")
    assert huyen.sees(
        "<b>Huyện đoàn Hoằng Hóa</b> · tính đến 19 giờ 42 ngày 14/11",
        "Báo cáo: <b>1/4 chi đoàn</b> (25%), chưa báo cáo 3",
        "Đúng hạn 1 · chậm hạn 0",
        "Học đúng thời hạn 1 · sau thời hạn 0",
        "Đoàn viên: 45/50 (90%), trong đó cán bộ 3/3",
        "Hội trường: 120 người, 1/1 hội nghị có ghi",
        "Bài thu hoạch: 0/16",
        "Tự báo 1 · tiếp nhận 0 · kiểm tra: chưa ghi",
    )
    assert huyen.buttons == [
        "Đơn vị chưa báo cáo",
        "Đôn đốc ngay",
        "Xem từng xã",
        "Việc khác",
        "Xuất Excel",
        "Chốt số liệu",
    ]


def test_what_nobody_reported_is_not_0(huyen: Person) -> None:
    huyen.says("/tiendo")
    assert huyen.sees("0/4 chi đoàn", "(0%)", "Đoàn viên: chưa báo cáo")
    assert "0/0" not in huyen.last.text
    assert "hạn 0" not in huyen.last.text


def test_cadres_that_were_not_asked_are_not_counted_as_absent(
    province: Province, mai: Person, xa: Person
) -> None:
    one = province.linked("Bí Thư Thôn 1", 101)
    report(mai)
    one.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("30").presses("Đủ cả 3")
    one.presses("Gửi báo cáo")
    xa.says("/tiendo")
    assert xa.sees("Đoàn viên: 75/100 (75%), trong đó cán bộ 3/3 (1 nơi chưa ghi)")


def test_late_is_late_and_a_make_up_adds(province: Province, mai: Person, xa: Person) -> None:
    province.clock.jump(at(14, 12))
    report(mai, "30/50", "10/12")
    mai.says("/baocao").presses("Học bù").presses("Hôm nay").says("10").presses("Đủ cả 3")
    mai.presses("Gửi báo cáo")
    xa.says("/tiendo")
    assert xa.sees(
        "Đúng hạn 0 · chậm hạn 1", "Học đúng thời hạn 1 · sau thời hạn 0", "Đoàn viên: 40/50 (80%)"
    )


def test_down_to_one_branch_and_up_again(province: Province, mai: Person, tinh: Person) -> None:
    report(mai)
    tinh.says("/tiendo").presses("Xem từng huyện")
    assert tinh.sees("Từng huyện: đã báo cáo/phải báo cáo.")
    assert tinh.buttons == ["Huyện đoàn Hoằng Hóa · 1/4", "⬅️ Tỉnh đoàn Thanh Hóa"]
    tinh.presses("Huyện đoàn Hoằng Hóa · 1/4").presses("Xem từng xã").presses("Đoàn xã Hoằng Quỳ · 1/4")
    assert tinh.sees("<b>Đoàn xã Hoằng Quỳ</b>", "1/4 chi đoàn")
    assert "Chốt số liệu" not in tinh.buttons
    tinh.presses("Xem từng chi đoàn")
    assert tinh.buttons[:4] == [
        "Chi đoàn thôn 1 · chưa báo cáo",
        "Chi đoàn thôn 2 · chưa báo cáo",
        "Chi đoàn thôn 3 · đã báo cáo",
        "Chi đoàn thôn 4 · chưa báo cáo",
    ]
    tinh.presses("Chi đoàn thôn 3 · đã báo cáo")
    assert tinh.sees(
        "<b>Chi đoàn thôn 3</b>",
        "✓ Báo cáo kết quả học tập: mã 0001, nhận 19 giờ 42 ngày 14/11, đúng hạn",
        "Chưa tiếp nhận · kiểm tra: chưa ghi",
        "Ngày 12/11, đúng thời hạn",
        "Đoàn viên: 45/50, cán bộ chưa ghi",
    )
    tinh.presses("⬅️ Đoàn xã Hoằng Quỳ")
    assert tinh.sees("Từng chi đoàn")
    tinh.presses("Chi đoàn thôn 1 · chưa báo cáo")
    assert tinh.sees("▸ Báo cáo kết quả học tập: chưa báo cáo")
    assert tinh.buttons == ["Báo hộ", "⬅️ Đoàn xã Hoằng Quỳ"]
    tinh.presses("⬅️ Đoàn xã Hoằng Quỳ").presses("⬅️ Đoàn xã Hoằng Quỳ").presses("⬅️ Huyện đoàn Hoằng Hóa")
    tinh.presses("⬅️ Huyện đoàn Hoằng Hóa").presses("⬅️ Tỉnh đoàn Thanh Hóa").presses("⬅️ Tỉnh đoàn Thanh Hóa")
    assert tinh.sees("<b>Tỉnh đoàn Thanh Hóa</b> · tính đến")
    assert not [label for label in tinh.buttons if label.startswith("⬅️")]


def add_branches(province: Province, number: int) -> None:
    with province.stage.database.writing() as conn:
        above = conn.execute(select(unit).where(unit.c.id == province.ids["xa"])).one()
        for place in range(number):
            made = conn.execute(
                unit.insert().values(
                    code=f"THEM{place}",
                    name=f"Chi đoàn khu {place}",
                    name_folded=f"chi doan khu {place}",
                    level="branch",
                    duty_level="branch",
                    parent_id=above.id,
                    path="",
                )
            )
            key = made.inserted_primary_key
            assert key is not None
            conn.execute(unit.update().where(unit.c.id == key[0]).values(path=f"{above.path}{key[0]}/"))


def test_pages(province: Province, xa: Person) -> None:
    add_branches(province, 8)
    xa.says("/tiendo").presses("Xem từng chi đoàn")
    assert xa.sees("Trang 1/2")
    assert len(xa.buttons) == 12
    xa.presses("Trang sau ▸")
    assert xa.sees("Trang 2/2")
    assert xa.buttons[-2:] == ["◂ Trang trước", "⬅️ Đoàn xã Hoằng Quỳ"]
    xa.presses("Chi đoàn khu 7 · chưa báo cáo").presses("⬅️ Đoàn xã Hoằng Quỳ")
    assert xa.sees("Trang 2/2")
    xa.presses("◂ Trang trước")
    assert xa.sees("Trang 1/2")


def test_other_work(province: Province, xa: Person, huyen: Person) -> None:
    record_session(xa)
    xa.says("/trangthai").presses("Nộp kế hoạch").uploads("u1", "ke-hoach.pdf").presses("Xong")
    xa.presses("Không có số").presses("Gửi báo cáo")
    huyen.says("/tiendo").presses("Việc khác")
    assert huyen.sees(
        "▸ Hội nghị học tập, quán triệt: cấp huyện 0/1, cấp cơ sở 1/1 (đúng hạn 1 · sau hạn 0)",
        "▸ Kế hoạch triển khai của đơn vị: cấp huyện 0/1, cấp cơ sở 1/1",
        "▸ Báo cáo tổng hợp của cơ sở: 0/1",
        "▸ Báo cáo kết quả về Tỉnh đoàn: 0/1",
    )
    assert "Tập huấn" not in huyen.last.text
    huyen.presses("⬅️ Huyện đoàn Hoằng Hóa")
    assert huyen.sees("0/4 chi đoàn")


def test_a_chi_doan_co_so_beside_communes(province: Province, xa: Person, huyen: Person) -> None:
    """It has a commune's work and nobody below; a district of such alone is shown by that work."""
    with province.stage.database.writing() as conn:
        for place, (number, above) in enumerate(((60, "huyen"), (61, "tinh"), (62, None))):
            path = (
                conn.scalar(select(unit.c.path).where(unit.c.id == province.ids[above]))
                if above
                else "/1/61/"
            )
            conn.execute(
                unit.insert().values(
                    id=number,
                    code=f"U{number}",
                    name=("Chi đoàn Kho bạc", "Đoàn trường Hồng Đức", "Chi đoàn Khoa Luật")[place],
                    name_folded="x",
                    level="district" if number == 61 else "branch",
                    duty_level="district" if number == 61 else "grassroots",
                    parent_id=province.ids[above] if above else 61,
                    path=f"{path}{number}/",
                )
            )
    huyen.says("/tiendo").presses("Xem từng xã")
    assert huyen.buttons[:2] == ["Đoàn xã Hoằng Quỳ · 0/4", "Chi đoàn Kho bạc"]
    huyen.presses("Chi đoàn Kho bạc")
    assert huyen.sees(
        "▸ Hội nghị học tập, quán triệt: chưa báo cáo", "▸ Báo cáo tổng hợp của cơ sở: chưa báo cáo"
    )
    tinh = province.linked("Đỗ Thị Tỉnh", 403)
    tinh.says("/tiendo").presses("Xem từng huyện").presses("Đoàn trường Hồng Đức")
    assert tinh.sees(
        "chưa có chi đoàn nào phải báo cáo", "▸ Hội nghị học tập, quán triệt: cấp huyện 0/1, cấp cơ sở 0/1"
    )
    assert tinh.buttons == ["Xem từng xã", "Xuất Excel", "⬅️ Tỉnh đoàn Thanh Hóa"]


def test_a_person_with_two_desks_chooses(province: Province, xa: Person) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            position.insert().values(
                person_id=province.ids["Vũ Văn Xã"], unit_id=province.ids["huyen"], role="officer"
            )
        )
    xa.says("/tiendo")
    assert xa.sees("Đồng chí xem tiến độ của đơn vị nào?")
    assert xa.buttons == ["Huyện đoàn Hoằng Hóa", "Đoàn xã Hoằng Quỳ"]
    xa.presses("Đoàn xã Hoằng Quỳ")
    assert xa.sees("<b>Đoàn xã Hoằng Quỳ</b>", "0/4 chi đoàn")


def test_a_branch_has_no_desk(mai: Person) -> None:
    mai.says("/tiendo")
    assert mai.sees("/trangthai")
    assert mai.buttons == ["Xem việc còn lại"]


def test_in_the_middle_of_a_report_it_goes_on_afterwards(xa: Person) -> None:
    xa.says("/baocao").presses("Đã tổ chức").says("/tiendo")
    assert xa.sees("0/4 chi đoàn")
    xa.presses("Viết tiếp")
    assert xa.sees("Hội nghị họp ngày nào?")


def data(province: Province, key: str, rest: str = "") -> str:
    return f"{province.ids[key]}{rest}"


@pytest.mark.parametrize(
    "argument",
    [
        "{tinh}",
        "{huyen}",
        "{huyen}.0",
        "{huyen}.other",
        "{huyen}.chart",
        "{huyen}.desk",
        "999",
        "9" * 40,
        "-1",
        "x",
        "x.0",
    ],
)
def test_a_forged_button_shows_nothing_of_other_units(province: Province, xa: Person, argument: str) -> None:
    xa.says("/tiendo")
    forged = f"s.progress.{argument.format(**province.ids)}"
    xa.new = []
    province.stage.take(xa.pressed(forged, xa.messages[-1].id))
    assert xa.last.text == "Đồng chí chưa được phân công đơn vị này."
    assert not xa.buttons


@pytest.mark.parametrize("rest", [".999999999", ".99999999999999999999999", ".-1", ".abc", ".", "..", ".0.0"])
def test_whatever_stands_behind_the_unit_is_answered(province: Province, xa: Person, rest: str) -> None:
    xa.says("/tiendo")
    province.stage.take(xa.pressed(f"s.progress.{data(province, 'xa', rest)}", xa.messages[-1].id))
    assert xa.sees("<b>Đoàn xã Hoằng Quỳ</b>")


# -- the chart


def test_the_chart_is_asked_for_once(province: Province, xa: Person) -> None:
    xa.says("/tiendo").says("/tiendo")
    with province.stage.reading() as conn:
        asked = conn.execute(select(errand.c.kind, errand.c.args)).all()
        (entry,) = conn.execute(select(audit).where(audit.c.action == "file_asked")).all()
    assert asked == [("chart", {"unit": province.ids["xa"]})]
    assert (entry.unit_id, entry.person_id) == (province.ids["xa"], province.ids["Vũ Văn Xã"])
    xa.presses("Biểu đồ")
    assert xa.sees("đang được vẽ")


def test_one_bar_is_no_chart(province: Province, huyen: Person) -> None:
    """The district has one commune."""
    huyen.says("/tiendo")
    assert "Biểu đồ" not in huyen.buttons
    province.stage.take(
        huyen.pressed(f"s.progress.{data(province, 'huyen', '.chart')}", huyen.messages[-1].id)
    )
    assert huyen.sees("Chưa có gì để vẽ")
    with province.stage.reading() as conn:
        assert not conn.execute(select(errand)).all()


# -- frozen figures


def test_figures_are_frozen_and_the_level_above_is_told(
    province: Province, mai: Person, xa: Person, huyen: Person
) -> None:
    report(mai)
    xa.says("/tiendo").presses("Chốt số liệu")
    assert xa.sees("1/4 chi đoàn", "báo Huyện đoàn Hoằng Hóa", "Chốt số liệu như lúc đồng chí bấm")
    province.clock.jump(at(14, 11, 20, 0))
    huyen.new = []
    xa.presses("Đồng ý chốt")
    told = "1/4 chi đoàn; đúng hạn 1 · chậm hạn 0; đoàn viên 45/50; bài thu hoạch 0/14"
    assert xa.sees("<b>Đã chốt số liệu</b>, tính đến 20 giờ ngày 14/11", told, "đã báo Huyện đoàn Hoằng Hóa")
    assert huyen.sees("<b>Đoàn xã Hoằng Quỳ</b> đã chốt số liệu", told, "tính đến 20 giờ ngày 14/11")
    huyen.presses("Xem tiến độ")
    assert huyen.sees("<b>Đã chốt</b> 20 giờ ngày 14/11: 1/4", "Từ đó chưa có gì thay đổi.")
    with province.stage.reading() as conn:
        (row,) = conn.execute(select(snapshot)).all()
        (entry,) = conn.execute(select(audit).where(audit.c.action == "snapshot_taken")).all()
    assert (row.unit_id, row.by_person_id) == (province.ids["xa"], province.ids["Vũ Văn Xã"])
    assert (entry.unit_id, entry.subject_id, entry.person_id) == (row.unit_id, row.id, row.by_person_id)
    assert entry.facts == {"received": 1, "due": 4}


def test_what_came_after_stands_beside_the_frozen(
    province: Province, mai: Person, xa: Person, huyen: Person
) -> None:
    xa.says("/tiendo").presses("Chốt số liệu").presses("Đồng ý chốt")
    report(mai)
    huyen.says("/tiendo").presses("Xem từng xã").presses("Đoàn xã Hoằng Quỳ · 1/4")
    assert huyen.sees(
        "Báo cáo: <b>1/4 chi đoàn</b>",
        "<b>Đã chốt</b> 19 giờ 42 ngày 14/11: 0/4",
        "Từ đó: báo cáo 0/4 → 1/4, đúng hạn 0 → 1, đoàn viên chưa báo cáo → 45/50",
    )
    assert "chậm hạn 0 → 0" not in huyen.last.text


def test_who_stands_above_does_not_freeze_for_the_unit(province: Province, xa: Person, huyen: Person) -> None:
    huyen.says("/tiendo")
    for key in ("xa", "tinh"):
        huyen.new = []
        province.stage.take(huyen.pressed(f"s.freeze.{province.ids[key]}", huyen.messages[-1].id))
        assert huyen.last.text == "Đồng chí chưa được phân công đơn vị này."
    province.stage.take(huyen.pressed("s.freeze." + "9" * 40, huyen.messages[-1].id))
    assert huyen.last.text == "Đồng chí chưa được phân công đơn vị này."
    with province.stage.reading() as conn:
        assert not conn.execute(select(snapshot)).all()


def test_the_desk_may_end_before_the_answer(province: Province, xa: Person) -> None:
    xa.says("/tiendo").presses("Chốt số liệu")
    with province.stage.database.writing() as conn:
        conn.execute(
            position.update().where(position.c.person_id == province.ids["Vũ Văn Xã"]).values(role="member")
        )
    xa.presses("Đồng ý chốt")
    assert xa.last.text == "Đồng chí chưa được phân công đơn vị này."
    with province.stage.reading() as conn:
        assert not conn.execute(select(snapshot)).all()


def test_nothing_is_frozen_by_anything_but_the_button(province: Province, xa: Person) -> None:
    xa.says("/tiendo").presses("Chốt số liệu").says("vâng")
    assert xa.sees("Đồng chí bấm một nút", "Chốt số liệu như lúc đồng chí bấm")
    xa.presses("✖️ Huỷ")
    with province.stage.reading() as conn:
        assert not conn.execute(select(snapshot)).all()


def test_the_top_has_nobody_to_tell(province: Province, tinh: Person) -> None:
    tinh.says("/tiendo").presses("Chốt số liệu").presses("Đồng ý chốt")
    assert tinh.sees("<b>Đã chốt số liệu</b>")
    assert "đã báo" not in tinh.last.text
