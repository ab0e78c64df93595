"""/kiemtra: a team plans a visit, records what it counted, and the unit mends what is to be mended."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from storage.database import Database
from storage.models import audit, inspection, inspection_finding, inspection_follow_up, position, upload
from tests import roster
from tests.clock import FrozenClock
from tests.conftest import Province
from tests.dialogues.test_participation import record_session
from tests.people import Person, Stage, at


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


@pytest.fixture
def tinh(province: Province) -> Person:
    return province.linked("Đỗ Thị Tỉnh", 403)


def entries(province: Province) -> list[tuple[Any, ...]]:
    """(action, who, unit, which) of every inspection's step."""
    with province.stage.reading() as conn:
        rows = conn.execute(
            select(audit.c.action, audit.c.person_id, audit.c.unit_id, audit.c.subject_id)
            .where(audit.c.subject == "inspection")
            .order_by(audit.c.id)
        )
        return [tuple(row) for row in rows]


def states(province: Province) -> list[str]:
    with province.stage.reading() as conn:
        return list(conn.scalars(select(inspection.c.state).order_by(inspection.c.id)))


def plans(team: Person, unit: str = "thôn 3", day: str = "Hôm nay") -> None:
    team.says("/kiemtra").presses("Chọn đơn vị").says(unit)
    team.presses(day) if day == "Hôm nay" else team.says(day)
    assert team.sees("Đã hẹn kiểm tra")


def visits(team: Person, members: str = "38/50", cadres: str = "3/3") -> None:
    """To the question about photos."""
    team.presses("Đã kiểm tra").presses("Hôm nay").says(members).says(cadres)
    team.presses("Tốt").presses("Tốt").presses("Tốt").presses("Có điểm cần lưu ý").says("Thiếu <đề cương>")


def visit_noted(team: Person) -> None:
    """From the question about the day."""
    team.presses("Hôm nay").says("38/50").says("3/3")
    team.presses("Tốt").presses("Tốt").presses("Tốt").presses("Tốt")
    team.presses("Không có ảnh").presses("Không có").presses("Gửi")


def records(team: Person, mend: str | None = "Bổ sung đề cương") -> None:
    visits(team)
    team.presses("Không có ảnh")
    if mend is None:
        team.presses("Không có")
    else:
        team.says(mend).says("30/11")
    team.presses("Gửi")


def test_from_a_plan_to_a_closed_inspection(
    province: Province, huyen: Person, xa: Person, mai: Person
) -> None:
    huyen.says("/kiemtra")
    assert huyen.sees("Không có đợt kiểm tra nào đang theo dõi")
    assert huyen.buttons == ["Đề xuất nơi kiểm tra", "Chọn đơn vị"]
    plans(huyen)
    assert huyen.sees("Chi đoàn thôn 3", "ngày 14/11")
    assert (mai.new, xa.new) == ([], [])
    visits(huyen)
    huyen.presses("Không có ảnh").says("Bổ sung đề cương").says("30/11")
    assert huyen.sees(
        "<b>Chi đoàn thôn 3</b>, kiểm tra ngày 14/11",
        "Tổ kiểm tra đếm: đoàn viên 38/50, cán bộ 3/3",
        "▸ Tỷ lệ đoàn viên tham gia quán triệt: tốt",
        "▸ Tài liệu trang bị: lưu ý “Thiếu &lt;đề cương&gt;”",
        "Cần khắc phục: “Bổ sung đề cương”, chậm nhất hết ngày 30/11",
    )
    assert huyen.buttons[:3] == ["Gửi", "Sửa", "Huỷ"]
    huyen.presses("Gửi")
    assert huyen.sees("Đã ghi kết quả kiểm tra <b>Chi đoàn thôn 3</b>, đợt số 1")
    for told in (xa, mai):
        assert "Huyện đoàn Hoằng Hóa</b> đã kiểm tra <b>Chi đoàn thôn 3</b>" in told.messages[-1].text
        assert "Lý do" not in told.messages[-1].text
    assert xa.messages[-1].labels == ["Xem kết quả"]
    assert mai.messages[-1].labels == ["Đã khắc phục", "Xem kết quả"]
    mai.presses("Đã khắc phục").says("Đã in 50 bản")
    assert mai.sees("Đã gửi <b>Huyện đoàn Hoằng Hóa</b> nội dung khắc phục")
    assert "<b>Chi đoàn thôn 3</b> đã khắc phục sau kiểm tra: “Đã in 50 bản”" in huyen.messages[-1].text
    huyen.presses("Chưa đạt").says("Còn thiếu 5 bản")
    assert "Còn một việc: “Còn thiếu 5 bản”" in mai.messages[-1].text
    mai.presses("Đã khắc phục", mai.messages[-1]).says("Đã in thêm")
    huyen.presses("Đóng", huyen.messages[-1])
    assert huyen.sees("Đã đóng đợt kiểm tra <b>Chi đoàn thôn 3</b>")
    assert "đã đóng đợt kiểm tra" in mai.messages[-1].text
    mai.presses("Xem kết quả", mai.messages[-1])
    assert mai.sees("Đơn vị đã khắc phục", "Tổ kiểm tra: chưa đạt", "Tổ kiểm tra đã đóng", "Đã xong")
    team, unit = province.ids["Ngô Văn Huyện"], province.ids["thon3"]
    branch = province.ids["Lê Thị Mai"]
    assert entries(province) == [
        ("inspection_planned", team, province.ids["huyen"], 1),  # whose business it still is
        ("inspection_recorded", team, unit, 1),
        ("inspection_answered", branch, unit, 1),
        ("inspection_answered", team, unit, 1),
        ("inspection_answered", branch, unit, 1),
        ("inspection_closed", team, unit, 1),
    ]
    with province.stage.reading() as conn:
        row = conn.execute(select(inspection)).one()
        found = conn.execute(select(inspection_finding).order_by(inspection_finding.c.place)).all()
    assert (row.state, row.members, row.members_expected, row.cadres, row.cadres_expected) == (
        "closed",
        38,
        50,
        3,
        3,
    )
    assert [(one.place, one.good, one.note) for one in found] == [
        (0, True, None),
        (1, True, None),
        (2, True, None),
        (3, False, "Thiếu <đề cương>"),
    ]


def test_nothing_to_mend_is_over_at_once(province: Province, huyen: Person, mai: Person) -> None:
    plans(huyen)
    records(huyen, None)
    assert huyen.sees("Không có gì phải khắc phục")
    assert states(province) == ["closed"]
    assert mai.messages[-1].labels == ["Xem kết quả"]
    huyen.says("/kiemtra").presses("Đã xong (1)")
    assert huyen.sees("Đã xong: 1 đợt")
    assert huyen.buttons[0] == "Chi đoàn thôn 3 · xong 14/11"


def test_what_was_noted_wrongly_is_corrected(
    province: Province, huyen: Person, xa: Person, mai: Person
) -> None:
    plans(huyen)
    records(huyen)
    huyen.presses("Xem kết quả")
    assert huyen.buttons[:2] == ["Đóng", "Sửa kết quả"]
    huyen.presses("Sửa kết quả")
    assert huyen.sees("đoàn viên 38/50, cán bộ 3/3", "Cần khắc phục: “Bổ sung đề cương”")
    huyen.presses("Sửa").presses("Đoàn viên").says("48/50").presses("Gửi")
    assert huyen.sees("Đã sửa kết quả kiểm tra <b>Chi đoàn thôn 3</b>, đợt số 1")
    for told in (xa, mai):
        assert "sửa kết quả kiểm tra <b>Chi đoàn thôn 3</b> ngày 14/11:" in told.messages[-1].text
        assert "đoàn viên 48/50" in told.messages[-1].text
    assert states(province) == ["visited"]
    mai.presses("Đã khắc phục", mai.messages[-1]).says("Đã in 50 bản")
    huyen.says("/kiemtra").presses("Chi đoàn thôn 3 · đã khắc phục").presses("Sửa kết quả")
    huyen.presses("Sửa").presses("Khắc phục").presses("Không có").presses("Gửi")
    assert states(province) == ["closed"]
    assert mai.messages[-1].labels == ["Xem kết quả"]
    huyen.presses("Xem kết quả").presses("Sửa kết quả")
    huyen.presses("Sửa").presses("Khắc phục").says("Lập danh sách ký tên").says("01/12").presses("Gửi")
    assert states(province) == ["visited"]
    assert mai.messages[-1].labels == ["Đã khắc phục", "Xem kết quả"]
    with province.stage.reading() as conn:
        facts = list(
            conn.scalars(
                select(audit.c.facts).where(audit.c.action == "inspection_corrected").order_by(audit.c.id)
            )
        )
        assert conn.scalar(select(func.count()).select_from(inspection_finding)) == 4
    assert facts[0]["before"]["counts"] == {
        "members": {"attended": 38, "expected": 50},
        "cadres": {"attended": 3, "expected": 3},
    }
    assert [one["before"]["conclusion"] for one in facts] == ["Bổ sung đề cương", "Bổ sung đề cương", None]


def test_only_the_team_corrects(province: Province, huyen: Person, xa: Person, mai: Person) -> None:
    plans(huyen)
    assert "chưa được ghi kết quả" in pressed(huyen, "s.inspectfix.1")
    huyen.presses("Xem kết quả").presses("Đã kiểm tra")
    visit_noted(huyen)
    for other in (xa, mai):
        assert "chưa được phân công" in pressed(other, "s.inspectfix.1")


def test_what_was_not_counted_is_not_recorded(province: Province, huyen: Person, mai: Person) -> None:
    plans(huyen)
    huyen.presses("Đã kiểm tra").presses("Hôm nay").presses("Chưa ghi").presses("Chưa ghi")
    huyen.presses("Tốt").presses("Tốt").presses("Tốt").presses("Tốt").presses("Không có ảnh")
    huyen.presses("Không có").presses("Gửi")
    assert "đoàn viên chưa ghi, cán bộ chưa ghi" in mai.messages[-1].text
    with province.stage.reading() as conn:
        row = conn.execute(select(inspection)).one()
    assert (row.members, row.members_expected, row.cadres) == (None, None, None)


def test_what_cannot_be(province: Province, huyen: Person) -> None:
    huyen.says("/kiemtra").presses("Chọn đơn vị").says("thôn 99")
    assert huyen.sees("chưa tìm thấy “thôn 99”")
    huyen.says("Tỉnh đoàn Thanh Hóa")
    assert huyen.sees("chưa tìm thấy")
    huyen.says("Huyện đoàn Hoằng Hóa")
    assert huyen.sees("chưa tìm thấy")
    huyen.says("thôn 3").says("12/11")
    assert huyen.sees("Ngày 12/11 đã qua")
    huyen.says("20/11/2099")
    assert huyen.sees("chưa đọc được ngày")
    huyen.says("20/11")
    assert huyen.sees("Đã hẹn kiểm tra", "ngày 20/11")
    huyen.presses("Đã kiểm tra").says("20/11")
    assert huyen.sees("Ngày 20/11 chưa đến. Đồng chí đã kiểm tra ngày nào?")
    huyen.says("01/09/2018")
    assert huyen.sees("Kế hoạch bắt đầu từ 25/09/2018")
    huyen.presses("Hôm nay").says("52/50")
    assert huyen.sees("Số đã học (52) nhiều hơn tổng số (50)")
    huyen.says("đông lắm")
    assert huyen.sees("chưa đọc được")
    huyen.says("38").says("40/40")
    assert huyen.sees("Cán bộ nằm trong số đoàn viên")
    huyen.says("3").presses("Có điểm cần lưu ý").says("x" * 201)
    assert huyen.sees("dài hơn 200 chữ")
    huyen.says("12/11 45/50")  # prose, no report
    assert huyen.sees("Nội dung 2/4")
    huyen.presses("Tốt").presses("Tốt").presses("Tốt").presses("Không có ảnh").says("việc").says("12/11")
    assert huyen.sees("Ngày 12/11 đã qua")
    huyen.presses("Ngày 21/11").presses("Gửi")
    with province.stage.reading() as conn:
        assert conn.scalar(select(inspection.c.mend_by)).isoformat() == "2018-11-21"


def test_photos_are_kept_with_it_and_shown(province: Province, huyen: Person, mai: Person) -> None:
    plans(huyen)
    visits(huyen)
    huyen.photographs("a").photographs("a")
    assert huyen.sees("Tệp này đã có")
    huyen.uploads("b", "bang.xlsx")
    assert huyen.sees("nhận ảnh hoặc PDF")
    huyen.presses("Xong").presses("Không có").presses("Gửi")
    with province.stage.reading() as conn:
        assert conn.execute(select(upload.c.subject, upload.c.subject_id)).all() == [("inspection", 1)]
    mai.presses("Xem kết quả").presses("Xem ảnh (1)")
    assert mai.last.media == [["id-a", True]]


def test_cancelling_drops_the_photos(province: Province, huyen: Person) -> None:
    plans(huyen)
    visits(huyen)
    huyen.photographs("a").presses("✖️ Huỷ")
    assert huyen.sees("Đã dừng")
    with province.stage.reading() as conn:
        assert conn.scalar(select(upload.c.state)) == "dropped"
    assert states(province) == ["planned"]


def test_mending_an_answer_before_sending(province: Province, huyen: Person) -> None:
    plans(huyen)
    visits(huyen)
    huyen.photographs("a").presses("Xong").presses("Không có")
    huyen.presses("Sửa").presses("Đoàn viên").says("2/50")
    assert huyen.sees("Trong đó bao nhiêu cán bộ?")  # there were three
    huyen.says("2/3")
    assert huyen.sees("đoàn viên 2/50, cán bộ 2/3")
    huyen.presses("Sửa").presses("Ảnh")
    huyen.presses("Không có ảnh").presses("Sửa").presses("Nội dung")
    huyen.presses("Tốt").presses("Tốt").presses("Tốt").presses("Tốt")
    assert huyen.sees("Tài liệu trang bị: tốt")
    huyen.presses("Sửa").presses("Khắc phục").says("Họp bù").presses("Ngày 21/11")
    assert huyen.sees("“Họp bù”, chậm nhất hết ngày 21/11")
    huyen.presses("Gửi")
    assert states(province) == ["visited"]
    with province.stage.reading() as conn:
        assert conn.execute(select(upload.c.state, upload.c.subject)).all() == [("dropped", None)]
        assert conn.scalar(select(func.count()).select_from(inspection_finding)) == 4


# -- twice, late, and by others


def test_the_same_press_twice_and_old_buttons(province: Province, huyen: Person, mai: Person) -> None:
    plans(huyen)
    planned = huyen.last
    records(huyen)
    huyen.presses("Đã kiểm tra", planned)
    assert huyen.sees("Kết quả đợt kiểm tra này đã được ghi")
    result = mai.messages[-1]
    mai.presses("Đã khắc phục", result).says("xong")
    mai.presses("Đã khắc phục", result)
    assert mai.sees("đang chờ tổ kiểm tra xem")
    asked = huyen.messages[-1]
    close = huyen.press("Đóng", asked)
    again = huyen.press("Chưa đạt", asked)
    province.stage.take(close)
    huyen.new = []
    province.stage.take({**close, "update_id": 9001})
    assert huyen.sees("Đợt kiểm tra này đã đóng")
    huyen.new = []
    province.stage.take(again)
    assert huyen.sees("Đợt kiểm tra này đã đóng")
    mai.presses("Đã khắc phục", result)
    assert mai.sees("Đợt kiểm tra này đã đóng")
    assert states(province) == ["closed"]
    with province.stage.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(inspection_follow_up)) == 2


def test_two_of_a_team_at_once(province: Province, huyen: Person) -> None:
    other = province.linked("Phan Thị Huyền", 304)
    plans(huyen)
    other.says("/kiemtra").presses("Chi đoàn thôn 3 · hẹn 14/11")
    visits(other)
    records(huyen, None)
    other.photographs("z").presses("Xong").presses("Không có").presses("Gửi")
    assert other.sees("Kết quả đợt kiểm tra này đã được ghi")
    assert [one[0] for one in entries(province)] == ["inspection_planned", "inspection_recorded"]
    other.says("/kiemtra").presses("Chọn đơn vị").says("thôn 2").presses("Hôm nay")
    huyen.says("/kiemtra").presses("Chọn đơn vị").says("thôn 2")
    assert huyen.sees("đang có đợt kiểm tra của đơn vị mình chưa xong")


def test_calling_a_visit_off(province: Province, huyen: Person, mai: Person) -> None:
    plans(huyen)
    planned = huyen.last
    huyen.presses("Danh sách kiểm tra").presses("Chi đoàn thôn 3 · hẹn 14/11").presses("Huỷ đợt này")
    assert huyen.sees("Huỷ đợt kiểm tra <b>Chi đoàn thôn 3</b> hẹn ngày 14/11?")
    huyen.presses("Huỷ, tôi chắc chắn")
    assert huyen.sees("Đã huỷ đợt kiểm tra")
    huyen.presses("Đã kiểm tra", planned)
    assert huyen.sees("Đợt kiểm tra này đã huỷ")
    assert pressed(huyen, "s.inspect.1.sure") == "Đợt kiểm tra này đã huỷ."
    assert states(province) == ["cancelled"]
    team, unit = province.ids["Ngô Văn Huyện"], province.ids["huyen"]
    assert entries(province) == [
        ("inspection_planned", team, unit, 1),
        ("inspection_cancelled", team, unit, 1),
    ]
    assert mai.messages == []


def pressed(who: Person, data: str) -> str:
    who.new = []
    who.stage.take(who.pressed(data, "1"))
    return who.last.text


def test_nobody_beside_or_below_sees_or_does_anything(
    province: Province, huyen: Person, xa: Person, mai: Person, tinh: Person
) -> None:
    thon1 = province.linked("Bí Thư Thôn 1", 101)
    plans(huyen)
    for who in (xa, mai, thon1):  # a visit to come is not for them
        for data in ("inspect.1", "inspect.1.sure", "inspectrec.1", "inspectmend.1", "inspectagain.1"):
            assert "chưa được phân công" in pressed(who, f"s.{data}")
    for who in (xa, mai):
        assert "chưa được phân công" in pressed(who, "s.inspectsuggest.")
        assert "chưa được phân công" in pressed(who, f"s.inspectchoose.{province.ids['huyen']}")
    assert "Ngày hẹn: 14/11" in pressed(tinh, "s.inspect.1")
    assert tinh.buttons == ["Danh sách kiểm tra"]
    for data in ("inspect.1.sure", "inspect.1.close", "inspectrec.1", "inspectagain.1"):
        assert "chưa được phân công" in pressed(tinh, f"s.{data}")  # not their team
    records(huyen)
    assert "chưa được phân công" in pressed(thon1, "s.inspect.1")
    assert "chưa được phân công" in pressed(thon1, "s.inspect.1.photos")
    assert "chưa được phân công" in pressed(xa, "s.inspectmend.1")
    assert "chưa được phân công" in pressed(xa, "s.inspect.1.close")
    assert "chưa được phân công" in pressed(mai, "s.inspect.1.close")
    assert "chưa được phân công" in pressed(huyen, "s.inspect.99")
    assert "chưa được phân công" in pressed(huyen, "s.inspect.99999999999999999999")
    assert "Tổ kiểm tra đếm" in pressed(xa, "s.inspect.1")
    assert states(province) == ["visited"]
    thon1.says("/kiemtra")
    assert thon1.sees("Đơn vị của đồng chí chưa có đợt kiểm tra nào")
    mai.says("/kiemtra")
    assert mai.buttons == ["Chi đoàn thôn 3 · chờ đến 30/11"]
    mai.presses("Chi đoàn thôn 3 · chờ đến 30/11")
    assert mai.buttons == ["Đã khắc phục", "Danh sách kiểm tra"]


def test_what_is_overdue_stands_first(province: Province, huyen: Person) -> None:
    plans(huyen, "thôn 1")
    plans(huyen, "thôn 2", "15/11")
    plans(huyen, "thôn 3", "29/11")
    records(huyen)
    province.clock.jump(at(1, 12))
    huyen.says("/kiemtra")
    assert huyen.sees("Đang theo dõi 3 đợt", "Quá hạn khắc phục: 1")
    assert huyen.buttons[:3] == [
        "Chi đoàn thôn 3 · quá hạn 30/11",
        "Chi đoàn thôn 1 · hẹn 14/11",
        "Chi đoàn thôn 2 · hẹn 15/11",
    ]


# -- where to go


def test_suggestions_say_why(province: Province, xa: Person, mai: Person, huyen: Person) -> None:
    record_session(xa)  # 120 in the hall
    one = province.linked("Bí Thư Thôn 1", 101)
    for who, count in ((mai, "150/150"), (one, "45/50")):
        who.says(f"12/11 {count}").presses("Gửi báo cáo")
    huyen.says("/kiemtra").presses("Đề xuất nơi kiểm tra")
    assert huyen.sees(
        "▸ Đoàn xã Hoằng Quỳ, Huyện đoàn Hoằng Hóa: số chi đoàn báo lệch số hội trường",
        "▸ Chi đoàn thôn 3, Đoàn xã Hoằng Quỳ: số dự nhiều hơn danh sách",
        ": chọn ngẫu nhiên",
    )
    told = huyen.last.text
    huyen.presses("✖️ Huỷ").says("/kiemtra").presses("Đề xuất nơi kiểm tra")
    assert huyen.last.text == told  # the same all day
    huyen.presses("Chi đoàn thôn 3, Đoàn xã Hoằng Quỳ").presses("Hôm nay")
    assert huyen.sees("Lý do: số dự nhiều hơn danh sách")
    huyen.says("/kiemtra").presses("Đề xuất nơi kiểm tra")
    assert "Chi đoàn thôn 3" not in huyen.last.text
    huyen.presses("✖️ Huỷ").says("/kiemtra").presses("Chi đoàn thôn 3 · hẹn 14/11")
    assert huyen.sees("Lý do chọn: số dự nhiều hơn danh sách")
    records(huyen, None)
    mai.presses("Xem kết quả")
    assert "Lý do" not in mai.last.text


def test_where_somebody_was_lately_nobody_is_sent_again(province: Province, huyen: Person) -> None:
    for number in (1, 2, 3, 4):
        plans(huyen, f"thôn {number}")
        records(huyen, None)
    huyen.says("/kiemtra").presses("Đề xuất nơi kiểm tra")
    assert "Đoàn xã Hoằng Quỳ" in huyen.last.text
    assert "thôn" not in huyen.last.text
    province.clock.jump(at(14, 12))
    huyen.presses("✖️ Huỷ").says("/kiemtra").presses("Đề xuất nơi kiểm tra")
    assert "thôn" not in huyen.last.text
    province.clock.jump(at(15, 12))
    huyen.presses("✖️ Huỷ").says("/kiemtra").presses("Đề xuất nơi kiểm tra")
    assert huyen.sees("Chi đoàn thôn 1", "Chi đoàn thôn 4")


# -- beside what units report of themselves


def test_what_was_seen_stands_in_its_own_column(
    province: Province, mai: Person, xa: Person, huyen: Person
) -> None:
    mai.says("12/11 45/50").presses("Gửi báo cáo")
    plans(huyen)
    records(huyen)
    for who in (huyen, xa):
        who.says("/tiendo")
        assert who.sees("Đoàn viên: 45/50", "Tự báo 1 · tiếp nhận 0 · kiểm tra 1 đơn vị (38/50)")
    plans(huyen, "Hoằng Quỳ")
    records(huyen, None)
    huyen.says("/tiendo")
    assert huyen.sees("kiểm tra 2 đơn vị (38/50 ở 1 đơn vị)")
    xa.says("/tiendo").presses("Xem từng chi đoàn").presses("Chi đoàn thôn 3 · đã báo cáo")
    assert xa.sees("Chưa tiếp nhận · kiểm tra 38/50 ngày 14/11", "Đoàn viên: 45/50")
    xa.says("/duyet").presses("Xem từng báo cáo")
    assert xa.sees("Đoàn viên: 45/50", "▸ Đã kiểm tra ngày 14/11: đoàn viên 38/50, cán bộ 3/3")


def test_what_was_seen_is_told_though_nothing_was_reported(huyen: Person) -> None:
    plans(huyen)
    visits(huyen, "38/50")
    huyen.presses("Không có ảnh").presses("Không có").presses("Gửi").says("/tiendo")
    assert huyen.sees("Đoàn viên: chưa báo cáo", "Kiểm tra 1 đơn vị (38/50)")


def test_what_is_to_be_mended_stands_in_trangthai(huyen: Person, mai: Person, xa: Person) -> None:
    plans(huyen)
    records(huyen)
    mai.says("/trangthai")
    assert mai.sees("▸ Khắc phục sau kiểm tra, đợt số 1, chậm nhất hết ngày 30/11")
    mai.presses("Đã khắc phục, đợt 1").says("Đã xong")
    mai.says("/trangthai")
    assert "Khắc phục sau kiểm tra" not in mai.last.text
    xa.says("/trangthai")
    assert "Khắc phục sau kiểm tra" not in xa.last.text


def test_only_teams_are_offered_the_command(huyen: Person, xa: Person) -> None:
    huyen.says("/start").says("/trogiup")
    assert "kiemtra" in huyen.menu
    assert huyen.sees("/kiemtra")
    xa.says("/start").says("/trogiup")
    assert "kiemtra" not in xa.menu
    assert "/kiemtra" not in xa.last.text


def test_a_unit_that_nobody_can_be_written_to_is_rung_up(huyen: Person) -> None:
    plans(huyen)
    records(huyen)
    assert huyen.sees("Đơn vị chưa có ai nối tài khoản; đồng chí gọi giúp: <b>Lê Thị Mai</b>")


def test_what_was_seen_since_the_figures_were_frozen(huyen: Person) -> None:
    huyen.says("/tiendo").presses("Chốt số liệu").presses("Đồng ý chốt")
    plans(huyen)
    records(huyen)
    huyen.says("/tiendo")
    assert huyen.sees("Từ đó: kiểm tra chưa ghi → 1 đơn vị")


def test_one_person_in_two_teams_says_for_which(province: Province, tinh: Person) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            insert(position).values(
                person_id=province.ids["Đỗ Thị Tỉnh"], unit_id=province.ids["huyen"], role="secretary"
            )
        )
    tinh.says("/kiemtra").presses("Chọn đơn vị")
    assert tinh.sees("thay mặt đơn vị nào")
    assert tinh.buttons == ["Tỉnh đoàn Thanh Hóa", "Huyện đoàn Hoằng Hóa"]
    tinh.presses("Huyện đoàn Hoằng Hóa").says("Huyện đoàn Hoằng Hóa")
    assert tinh.sees("chưa tìm thấy")
    tinh.says("thôn 1").presses("Hôm nay")
    assert tinh.sees("Đã hẹn kiểm tra <b>Chi đoàn thôn 1</b>")
    tinh.says("/kiemtra").presses("Đề xuất nơi kiểm tra").presses("Tỉnh đoàn Thanh Hóa")
    assert tinh.sees("Hệ thống đề xuất kiểm tra")
    with province.stage.reading() as conn:
        assert conn.scalar(select(inspection.c.by_unit_id)) == province.ids["huyen"]


# -- another plan


def test_a_plan_without_inspections(database: Database, tmp_path: Path) -> None:
    clock = FrozenClock(at(20, 3, year=2026))
    with database.writing() as conn:
        ids = roster.build(conn, clock.now())
        roster.link(conn, 403, ids["Đỗ Thị Tỉnh"], clock.now())
    stage = Stage(database, tmp_path, clock, str(Path(__file__).parent.parent / "rules" / "two-levels.toml"))
    tinh = stage.person(403)
    tinh.says("/kiemtra")
    assert tinh.sees("không có việc kiểm tra")
    assert "chưa được phân công" in pressed(tinh, "s.inspectsuggest.")
