"""An officer reports for branches that cannot: several lines in one message, or [Báo hộ]."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from rules.names import fold
from storage.models import audit, participation, planned_day, position, report, unit
from tests.conftest import Province
from tests.dialogues.test_participation import record_session
from tests.people import Person, at

EXAMPLE = "thôn 3 45/50\nthôn 2 38/50\nthôn 1 chưa học"


def sent(province: Province) -> list[tuple[Any, ...]]:
    """(unit, members, expected, day, session) of every participation."""
    with province.stage.reading() as conn:
        rows = conn.execute(
            select(
                unit.c.code,
                participation.c.members,
                participation.c.members_expected,
                participation.c.held_on,
                participation.c.session_id,
            )
            .select_from(participation.join(unit, unit.c.id == participation.c.unit_id))
            .order_by(participation.c.id)
        )
        return [tuple(row) for row in rows]


def press_standing(province: Province, person: Person, data: str) -> Person:
    person.new = []
    province.stage.take(person.pressed(data, "1"))
    return person


def test_three_lines_as_in_the_reference(province: Province, xa: Person, mai: Person) -> None:
    thon1 = province.linked("Bí Thư Thôn 1", 101)
    record_session(xa)
    xa.says(EXAMPLE)
    assert xa.last.text == (
        "Báo hộ, hội nghị ngày 12/11:\n"
        "▸ Chi đoàn thôn 3: 45/50\n▸ Chi đoàn thôn 2: 38/50\n▸ Chi đoàn thôn 1: chưa tham gia"
    )
    assert xa.buttons[:3] == ["Gửi 3 báo cáo", "Sửa", "Huỷ"]
    assert not sent(province)
    xa.presses("Gửi 3 báo cáo")
    assert xa.sees(
        "Đã nhận 2 báo cáo hộ", "Chi đoàn thôn 3: 45/50, mã 0002, đúng hạn", "thôn 1: chưa tham gia"
    )
    assert sent(province) == [
        ("THON3", 45, 50, date(2018, 11, 12), 1),
        ("THON2", 38, 50, date(2018, 11, 12), 1),
    ]
    with province.stage.reading() as conn:
        planned = conn.execute(select(planned_day)).one()
        entries = conn.execute(
            select(audit.c.action, audit.c.unit_id, audit.c.person_id, audit.c.facts).where(audit.c.id > 1)
        ).all()
        behalf = list(conn.scalars(select(report.c.on_behalf).where(report.c.duty == "participation")))
    assert (planned.unit_id, planned.day) == (province.ids["thon1"], None)
    assert behalf == [True, True]
    who = province.ids["Vũ Văn Xã"]
    ids = province.ids
    assert [tuple(entry) for entry in entries] == [
        ("report_sent", ids["thon3"], who, {"duty": "participation", "revision": 1, "on_behalf": True}),
        ("report_sent", ids["thon2"], who, {"duty": "participation", "revision": 1, "on_behalf": True}),
        ("day_planned", ids["thon1"], who, {"duty": "participation", "day": None}),
    ]
    assert mai.messages[-1].text == (
        "Đoàn xã Hoằng Quỳ đã báo hộ <b>45/50</b>. Nếu chưa đúng, đồng chí sửa tại đây."
    )
    assert mai.messages[-1].labels == ["Sửa"]
    assert "chi đoàn chưa học, chưa có lịch" in thon1.messages[-1].text
    mai.presses("Sửa")
    assert mai.sees("Chi đoàn thôn 3", "45/50", "hội nghị ngày 12/11")
    mai.presses("Sửa").presses("Đoàn viên").says("44").presses("Gửi báo cáo")
    assert mai.sees("lần 2")
    with province.stage.reading() as conn:
        assert not conn.scalar(select(report.c.on_behalf).where(report.c.id == 2))


def test_several_messages_come_together(province: Province, xa: Person) -> None:
    record_session(xa)
    xa.says("thôn 3 45/50").says("thôn 2: 38/50, cán bộ 3/3, đủ tài liệu").says("thôn 1 chưa học")
    assert xa.sees("thôn 3: 45/50", "thôn 2: 38/50, cán bộ 3/3, đủ tài liệu", "thôn 1: chưa tham gia")
    xa.says("thôn 3 44/50")
    assert xa.sees("thôn 3: 44/50\n▸ Chi đoàn thôn 2")
    xa.presses("Gửi 3 báo cáo")
    assert [row[:2] for row in sent(province)] == [("THON3", 44), ("THON2", 38)]


def test_without_one_session_the_day_is_asked(province: Province, xa: Person) -> None:
    xa.says("thôn 3 45/50\nthôn 2 38")
    assert xa.sees("Các chi đoàn học ngày nào?")
    xa.says("31/12")
    assert xa.sees("chưa đến", "Các chi đoàn học ngày nào?")
    xa.presses("Hôm qua")
    assert xa.sees("hội nghị ngày 13/11", "thôn 2: 38/50")
    xa.presses("Sửa").says("10/11").presses("Gửi 2 báo cáo")
    assert [row[3:] for row in sent(province)] == [(date(2018, 11, 10), None)] * 2


@pytest.mark.parametrize(
    "text",
    ["12/11\nthôn 3 45/50", "Báo hộ, hội nghị ngày 12/11:\n- thôn 3: 45/50", "thôn 3 12/11 45/50", "12/11 thôn 3: 45/50", "thôn 3 45/50\n12/11"],
)  # fmt: skip
def test_the_day_may_be_said(province: Province, xa: Person, text: str) -> None:
    xa.says(text)
    assert xa.sees("Báo hộ, hội nghị ngày 12/11:", "▸ Chi đoàn thôn 3: 45/50")


def test_of_several_sessions_the_day_is_chosen(province: Province, xa: Person) -> None:
    record_session(xa)
    xa.says("/baocao").presses("Đã tổ chức").says("13/11").says("đình làng").presses("Vũ Văn Xã").says("80")
    xa.presses("Đủ tài liệu").presses("Không có ảnh").presses("Gửi báo cáo")
    xa.says("thôn 3 45/50").presses("12/11, nhà văn hoá xã").presses("Gửi 1 báo cáo")
    assert sent(province) == [("THON3", 45, 50, date(2018, 11, 12), 1)]


def test_a_line_that_cannot_be_read_is_named_and_the_others_stay(province: Province, xa: Person) -> None:
    record_session(xa)
    xa.says("thôn 3 45/50\nthôn 99 <b>12/12</b>\nthôn 2 52/50\nthôn 1 45/50 thôn 4 38/50\nem cảm ơn")
    assert xa.sees(
        "▸ Chi đoàn thôn 3: 45/50",
        "Dòng 2 “thôn 99 &lt;b&gt;12/12&lt;/b&gt;” hệ thống chưa đọc được.",
        "Dòng 3 “thôn 2 52/50”: Số tham dự (52) nhiều hơn số đoàn viên (50).",
        "Dòng 4 “thôn 1 45/50 thôn 4 38/50” hệ thống chưa đọc được.",
        "Dòng 5 “em cảm ơn” hệ thống chưa đọc được.",
    )
    xa.presses("Sửa")
    assert xa.sees("gõ lại những dòng cần sửa")
    xa.says("xin chào")
    assert xa.sees("chưa đọc được dòng nào")
    xa.says("thôn 2 52/52")
    assert xa.sees("thôn 3: 45/50", "thôn 2: 52/52 (danh sách ghi 50)")
    assert "Dòng" not in xa.last.text
    xa.says("bỏ thôn 3")
    assert "thôn 3" not in xa.last.text
    xa.presses("Gửi 1 báo cáo")
    assert [row[:2] for row in sent(province)] == [("THON2", 52)]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("thôn 3 45/50 cán bộ 4/4", "Danh sách ghi 3 cán bộ."),
        ("thôn 3 2/50 cán bộ 3/3", "Số cán bộ nhiều hơn số đoàn viên dự."),
        ("thôn 3 45/50 cán bộ 4/3", "Số tham dự (4) nhiều hơn"),
        ("thôn 3 31/12 45/50", "Ngày 31/12 chưa đến."),
    ],
)
def test_numbers_that_cannot_be_are_told(province: Province, xa: Person, line: str, told: str) -> None:
    record_session(xa)
    xa.says(f"{line}\nthôn 2 45/50 cán bộ 2/3")
    assert xa.sees(told, "thôn 2: 45/50, cán bộ 2/3")
    xa.presses("Gửi 1 báo cáo")
    assert [row[0] for row in sent(province)] == ["THON2"]
    with province.stage.reading() as conn:
        assert conn.execute(select(participation.c.cadres, participation.c.cadres_expected)).one() == (2, 3)


def test_a_unit_that_has_reported_is_named_and_only_replaced_when_said(
    province: Province, xa: Person, mai: Person
) -> None:
    record_session(xa)
    mai.says("/baocao").presses("Đã tham gia").says("44").presses("Đủ cả 3").presses("Gửi báo cáo")
    xa.says(EXAMPLE)
    assert xa.sees("Đã có báo cáo", "Chi đoàn thôn 3: 44/50")
    xa.presses("Giữ số cũ")
    assert xa.sees("thôn 2: 38/50", "Giữ số cũ: Chi đoàn thôn 3 44/50.")
    xa.presses("Gửi 2 báo cáo")
    xa.says("thôn 3 40/50").presses("Thay số mới")
    assert xa.sees("▸ Chi đoàn thôn 3: 40/50, cán bộ 3/3")
    xa.presses("Gửi 1 báo cáo")
    assert [row[:2] for row in sent(province)] == [("THON2", 38), ("THON3", 40)]


def test_what_arrived_meanwhile_is_not_replaced(province: Province, xa: Person, mai: Person) -> None:
    record_session(xa)
    xa.says(EXAMPLE)
    mai.says("/baocao").presses("Đã tham gia").says("44").presses("Đủ cả 3").presses("Gửi báo cáo")
    xa.presses("Gửi 3 báo cáo")
    assert xa.sees("Đã nhận 1 báo cáo hộ", "Chi đoàn thôn 3</b> chưa gửi: vừa có báo cáo mới")
    assert [row[:2] for row in sent(province)] == [("THON3", 44), ("THON2", 38)]


def add_second_commune(province: Province) -> None:
    """Beside Đoàn xã Hoằng Quỳ, with a Chi đoàn thôn 3 of its own."""
    with province.stage.database.writing() as conn:
        above: dict[str, Any] = {"huyen": province.ids["huyen"]}
        path = conn.scalar(select(unit.c.path).where(unit.c.id == above["huyen"]))
        for key, name, level in (
            ("xa2", "Đoàn xã Hoằng Phú", "grassroots"),
            ("xa2-3", "Chi đoàn thôn 3", "branch"),
        ):
            made = conn.execute(
                insert(unit)
                .values(
                    code=key.upper(),
                    name=name,
                    name_folded=fold(name),
                    level=level,
                    duty_level=level,
                    parent_id=above["huyen"] if key == "xa2" else province.ids["xa2"],
                    path="",
                    cadres=3,
                    members=40,
                )
                .returning(unit.c.id)
            ).scalar_one()
            province.ids[key] = made
            path = f"{path}{made}/"
            conn.execute(update(unit).where(unit.c.id == made).values(path=path))


def test_an_ambiguous_name_is_asked(province: Province) -> None:
    add_second_commune(province)
    huyen = province.linked("Ngô Văn Huyện", 303)
    huyen.says("12/11\nthôn 3 35/40\nthôn 1 45/50")
    assert huyen.sees("“thôn 3 35/40” là của đơn vị nào?")
    assert huyen.buttons[:3] == [
        "Chi đoàn thôn 3, Đoàn xã Hoằng Quỳ",
        "Chi đoàn thôn 3, Đoàn xã Hoằng Phú",
        "Bỏ dòng này",
    ]
    huyen.says("thôn 33")
    assert huyen.sees("chưa tìm thấy chi đoàn này")
    huyen.presses("Chi đoàn thôn 3, Đoàn xã Hoằng Phú")
    assert huyen.sees("▸ Chi đoàn thôn 3: 35/40", "▸ Chi đoàn thôn 1: 45/50")
    huyen.presses("Gửi 2 báo cáo")
    assert [row[0] for row in sent(province)] == ["XA2-3", "THON1"]


def test_a_district_says_the_commune_too(province: Province, mai: Person) -> None:
    add_second_commune(province)
    huyen = province.linked("Ngô Văn Huyện", 303)
    huyen.says("12/11\nthôn 3 hoằng quỳ 45/50\nthôn 3 xã Hoằng Phú 35/40").presses("Gửi 2 báo cáo")
    assert [row[0] for row in sent(province)] == ["THON3", "XA2-3"]
    assert "Huyện đoàn Hoằng Hóa đã báo hộ" in mai.messages[-1].text


@pytest.mark.parametrize(
    "text",
    [
        "Chào đồng chí, mai họp nhé",
        "thôn 3 chưa học",
        "thôn 3",
        "Đồng chí thôn 3 gọi lại giúp 45/50",
        "nhà văn hoá 45/50",
        "45/50",
        "12/11",
        "gọi 0912345678",
    ],
)
def test_ordinary_talk_is_no_report(xa: Person, text: str) -> None:
    xa.says(text)
    assert xa.sees("Hệ thống chưa hiểu tin này")


def test_nobody_without_a_desk_reports_for_others(province: Province, mai: Person) -> None:
    mai.says("thôn 1 45/50\nthôn 2 45/50")
    assert not sent(province)
    assert "Báo hộ" not in mai.last.text


def test_nobody_reports_outside_their_units(province: Province, xa: Person) -> None:
    add_second_commune(province)
    xa.says("12/11\nthôn 3 Hoằng Phú 35/40\nthôn 1 45/50")
    assert xa.sees("Dòng 2 “thôn 3 Hoằng Phú 35/40” hệ thống chưa đọc được.")
    xa.presses("Gửi 1 báo cáo")
    assert [row[0] for row in sent(province)] == ["THON1"]


def test_who_is_a_branch_secretary_too_keeps_the_old_line(province: Province, xa: Person) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            insert(position).values(
                person_id=province.ids["Vũ Văn Xã"], unit_id=province.ids["thon4"], role="secretary"
            )
        )
    xa.says("12/11 45/50")
    assert xa.sees("<b>Chi đoàn thôn 4</b> · hội nghị ngày 12/11")
    xa.says("/huy").says("12/11 thôn 3 45/50")
    assert xa.sees("Báo hộ, hội nghị ngày 12/11:", "▸ Chi đoàn thôn 3: 45/50")
    xa.says("thôn 4 40/50")
    assert xa.sees("Các chi đoàn học ngày nào?")
    xa.says("12/11").presses("Gửi 2 báo cáo")
    with province.stage.reading() as conn:
        behalf = conn.execute(select(report.c.unit_id, report.c.on_behalf).order_by(report.c.id)).all()
    assert [tuple(row) for row in behalf] == [(province.ids["thon3"], True), (province.ids["thon4"], False)]


def test_the_lines_may_come_while_the_queue_is_open(province: Province, xa: Person, mai: Person) -> None:
    mai.says("12/11 45/50").presses("Gửi báo cáo")
    xa.says("/duyet").says("12/11\nthôn 1 45/50")
    assert xa.sees("Báo hộ, hội nghị ngày 12/11:")
    xa.says("/huy").says("/duyet").presses("Xem từng báo cáo").says("12/11\nthôn 1 45/50")
    assert xa.sees("Báo hộ, hội nghị ngày 12/11:")


def test_locked_units_are_left_out(province: Province, xa: Person) -> None:
    xa.says("12/11\nthôn 1 45/50")
    world = province.stage.world
    province.stage.runner._world = replace(
        world, plan=world.plan.model_copy(update={"lock_on": date(2019, 1, 15)})
    )
    province.clock.jump(at(15, 1, 0, 1, year=2019))
    xa.presses("Gửi 1 báo cáo")
    assert xa.sees("chưa gửi: kế hoạch đã khoá sổ")
    assert not sent(province)
    press_standing(province, xa, f"s.behalf.{province.ids['thon1']}")
    assert xa.sees("đã khoá sổ")


def test_a_desk_that_was_left_sends_nothing(province: Province, xa: Person) -> None:
    xa.says("12/11\nthôn 1 45/50")
    with province.stage.database.writing() as conn:
        conn.execute(
            update(position)
            .where(position.c.person_id == province.ids["Vũ Văn Xã"])
            .values(valid_to=at(13, 11).date())
        )
    xa.presses("Gửi 1 báo cáo")
    assert xa.sees("chưa được phân công")
    assert not sent(province)


# -- [Báo hộ]: the branch's own conversation


def test_the_ordinary_conversation_on_behalf(province: Province, xa: Person, mai: Person) -> None:
    record_session(xa)
    press_standing(province, xa, f"s.behalf.{province.ids['thon3']}")
    assert xa.sees("Chi đoàn thôn 3", "Chi đoàn đã tham gia chưa?")
    xa.presses("Đã tham gia").says("45").presses("Có đồng chí vắng").presses("Trần Văn Hùng").presses("Xong")
    xa.presses("Ốm, thai sản")
    assert xa.sees("<b>Chi đoàn thôn 3</b> · báo hộ · hội nghị ngày 12/11", "2/3")
    xa.presses("Gửi báo cáo")
    assert xa.sees("mã 0002</b> (báo hộ Chi đoàn thôn 3)", "đúng hạn")
    assert xa.last.rows == []
    assert "đã báo hộ <b>45/50</b>" in mai.messages[-1].text
    with province.stage.reading() as conn:
        assert conn.scalar(select(report.c.on_behalf).where(report.c.id == 2))
    xa.says("/duyet").presses("Xem từng báo cáo")
    assert xa.sees("Do cấp trên báo hộ")


def test_not_yet_and_an_own_session_on_behalf(province: Province, xa: Person) -> None:
    press_standing(province, xa, f"s.behalf.{province.ids['thon1']}")
    xa.presses("Chưa tham gia").says("20/12")
    assert xa.sees("dự kiến 20/12")
    press_standing(province, xa, f"s.behalf.{province.ids['thon1']}")
    xa.presses("Tự tổ chức").presses("Hôm nay").says("nhà văn hoá").says("Nguyễn Văn Giảng").says("45")
    xa.presses("Đủ cả 3").presses("Đủ tài liệu").presses("Không có ảnh").presses("Gửi báo cáo")
    assert xa.sees("báo hộ Chi đoàn thôn 1")
    with province.stage.reading() as conn:
        assert set(conn.scalars(select(report.c.on_behalf))) == {True}


def test_forged_buttons_report_for_nobody(province: Province, xa: Person, mai: Person) -> None:
    add_second_commune(province)
    ids = province.ids
    for person, target in (
        (mai, ids["thon1"]),
        (mai, ids["thon3"]),
        (xa, ids["xa2-3"]),
        (xa, ids["xa"]),
        (xa, 999_999),
        (xa, "9" * 40),
        (xa, "x"),
    ):
        press_standing(province, person, f"s.behalf.{target}")
        assert person.sees("Đồng chí chưa được phân công đơn vị này.")
    press_standing(province, xa, f"s.correct.{ids['thon3']}")
    assert xa.sees("Đồng chí chưa được phân công đơn vị này.")
    huyen = province.linked("Ngô Văn Huyện", 303)
    press_standing(province, huyen, f"s.behalf.{ids['xa']}")
    assert huyen.sees("Báo hộ là cho chi đoàn")


def test_the_drafts_of_a_superior_and_of_the_branch_stay_apart(
    province: Province, xa: Person, mai: Person
) -> None:
    press_standing(province, xa, f"s.behalf.{province.ids['thon3']}")
    xa.presses("Đã tham gia").presses("Hôm nay").says("40")
    mai.says("/baocao")
    assert mai.sees("Chi đoàn đã tham gia")  # the superior's is not left behind
    mai.presses("Đã tham gia").presses("Hôm nay").says("45")
    xa.presses("Đủ cả 3")
    assert xa.sees("40/50")
    mai.says("/thuhoach").presses("Việc mới").says("/huy")
    xa.says("/duyet").presses("Việc mới")
    press_standing(province, xa, f"s.behalf.{province.ids['thon3']}")
    assert xa.sees("Báo hộ Chi đoàn thôn 3 đã viết dở từ trước")
    xa.presses("Viết tiếp")
    assert xa.sees("40/50")
    xuan = province.linked("Bùi Thị Xuân", 204)
    press_standing(province, xuan, f"s.behalf.{province.ids['thon3']}")
    assert xuan.sees("Chi đoàn đã tham gia")
    mai.says("/baocao")
    assert mai.sees("Báo cáo Chi đoàn thôn 3 đã viết dở từ trước")


def test_what_is_too_much_for_once_is_said(xa: Person) -> None:
    many = "\n".join(["12/11", *(f"thôn {number} 40/50" for number in range(1, 45))])
    xa.says(many)
    assert xa.sees("Từ dòng 42 hệ thống chưa đọc", "tối đa 40 đơn vị")
    assert "Gửi 4 báo cáo" in xa.buttons
