"""/duyet: an officer accepts, or asks for more; the unit mends it or stands by it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.models import audit, report, review
from tests.conftest import Province
from tests.dialogues.test_participation import record_session
from tests.people import Person, at


@pytest.fixture
def hung(province: Province) -> Person:
    """The deputy of Chi đoàn thôn 3."""
    return province.linked("Trần Văn Hùng", 104)


@pytest.fixture
def thon1(province: Province) -> Person:
    return province.linked("Bí Thư Thôn 1", 101)


def reports(person: Person, line: str = "45/50") -> None:
    """The whole of an ordinary report, every cadre there."""
    person.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says(line).presses("Đủ cả 3")
    person.presses("Gửi báo cáo")
    assert person.sees("Đã nhận báo cáo")


def verdicts(province: Province) -> list[tuple[Any, ...]]:
    with province.stage.reading() as conn:
        rows = conn.execute(
            select(review.c.revision, review.c.verdict, review.c.field, review.c.note).order_by(review.c.id)
        )
        return [tuple(row) for row in rows]


def state(province: Province) -> list[str]:
    with province.stage.reading() as conn:
        return list(conn.scalars(select(report.c.state).order_by(report.c.id)))


def actions(province: Province) -> list[str]:
    with province.stage.reading() as conn:
        query = select(audit.c.action).where(
            audit.c.action.in_(("report_accepted", "report_returned", "report_kept"))
        )
        return list(conn.scalars(query.order_by(audit.c.id)))


def send_back(officer: Person, field: str, note: str | None = None) -> None:
    officer.says("/duyet").presses("Xem từng báo cáo").presses("Đề nghị bổ sung").presses(field)
    if note is None:
        officer.presses("Không ghi chú")
    else:
        officer.says(note)


def test_nothing_waits(xa: Person, mai: Person) -> None:
    xa.says("/duyet")
    assert xa.sees("Không có báo cáo nào chờ")
    mai.says("/duyet")
    assert mai.sees("không có đơn vị cấp dưới")


def test_all_that_fit_are_accepted_at_one_press(
    province: Province, mai: Person, thon1: Person, xa: Person
) -> None:
    reports(mai)
    reports(thon1, "52/52")
    xa.says("/duyet")
    assert xa.sees("2 báo cáo chờ tiếp nhận", "1 báo cáo không có điểm cần xem lại", "1 báo cáo nên xem")
    xa.presses("Tiếp nhận 1 báo cáo")
    assert xa.sees("Đã tiếp nhận 1 báo cáo", "Còn 1 báo cáo chờ")
    assert state(province) == ["accepted", "sent"]
    assert verdicts(province) == [(1, "accepted", None, None)]
    assert actions(province) == ["report_accepted"]
    with province.stage.reading() as conn:
        entry = conn.execute(select(audit).where(audit.c.action == "report_accepted")).one()
    assert (entry.person_id, entry.unit_id, entry.subject_id) == (
        province.ids["Vũ Văn Xã"],
        province.ids["thon3"],
        1,
    )
    assert entry.facts == {"revision": 1}
    xa.presses("Xem từng báo cáo").presses("Xem từng báo cáo")
    assert xa.sees("Chi đoàn thôn 1", "Dự 52, danh sách chỉ ghi 50 đoàn viên")


def test_what_was_corrected_meanwhile_is_not_accepted_unseen(
    province: Province, mai: Person, thon1: Person, xa: Person
) -> None:
    reports(mai)
    reports(thon1)
    xa.says("/duyet")
    mai.says("44/50").presses("Gửi báo cáo")
    xa.presses("Tiếp nhận 2 báo cáo")
    assert xa.sees("Đã tiếp nhận 1 báo cáo", "1 báo cáo vừa thay đổi", "Còn 1 báo cáo chờ")
    assert state(province) == ["sent", "accepted"]


def test_one_at_a_time(province: Province, mai: Person, thon1: Person, xa: Person) -> None:
    reports(mai)
    reports(thon1)
    xa.says("/duyet").presses("Xem từng báo cáo")
    assert xa.sees(
        "Chi đoàn thôn 3", "mã 0001", "Đoàn viên: 45/50", "Cán bộ: 3/3", "Ngày: 14/11", "còn 1 báo cáo"
    )
    assert xa.buttons[:3] == ["Tiếp nhận", "Đề nghị bổ sung", "Để sau"]
    xa.presses("Để sau")
    assert xa.sees("Chi đoàn thôn 1")
    xa.presses("Tiếp nhận")
    assert xa.sees("Đã tiếp nhận báo cáo 0002", "Còn 1 báo cáo để sau")
    assert state(province) == ["sent", "accepted"]
    xa.presses("Xem từng báo cáo").presses("Xem từng báo cáo").presses("Tiếp nhận")
    assert xa.sees("Đã tiếp nhận báo cáo 0001", "không còn báo cáo nào chờ")


def test_after_a_verdict_the_way_back_does_not_lead_to_it(mai: Person, thon1: Person, xa: Person) -> None:
    reports(mai)
    reports(thon1)
    xa.says("/duyet").presses("Xem từng báo cáo")
    card = xa.last
    xa.presses("Tiếp nhận")
    assert xa.sees("Chi đoàn thôn 1")
    assert "⬅️ Quay lại" not in xa.buttons
    assert xa.presses("Để sau", on=card).sees("Nút này của lần trước")


def test_returned_and_corrected_as_in_the_reference(
    province: Province, mai: Person, hung: Person, xa: Person
) -> None:
    record_session(xa)
    mai.says("/baocao").presses("Đã tham gia").says("45").presses("Đủ cả 3").presses("Gửi báo cáo")
    send_back(xa, "Cán bộ", "Đồng chí Hùng hôm đó đi họp huyện, <kiểm tra> giúp.")
    assert xa.sees("Đã đề nghị", "Chi đoàn thôn 3", "bổ sung báo cáo 0002")
    asked = "Đoàn xã Hoằng Quỳ đề nghị bổ sung báo cáo 0002:</b> số cán bộ."
    for one in (mai, hung):
        assert one.messages[-1].text.startswith(f"<b>{asked}")
        assert one.messages[-1].labels == ["Sửa số cán bộ", "Giữ nguyên"]
    assert "“Đồng chí Hùng hôm đó đi họp huyện, &lt;kiểm tra&gt; giúp.”" in mai.messages[-1].text
    assert state(province)[1] == "returned"
    mai.says("/trangthai")
    assert mai.sees("Báo cáo kết quả học tập, mã 0002: cấp trên đề nghị bổ sung số cán bộ")
    assert "✓" not in mai.last.text
    mai.presses("Sửa số cán bộ")
    assert mai.sees("Đồng chí nào vắng?")
    mai.presses("Trần Văn Hùng").presses("Xong")
    assert mai.sees("Cán bộ: 3/3 → <b>2/3</b> (vắng: Trần Văn Hùng). Gửi lại?")
    assert mai.buttons[:2] == ["Gửi báo cáo", "Huỷ"]
    mai.presses("Gửi báo cáo")
    assert mai.sees("Đã nhận báo cáo, mã 0002, lần 2", "Lần gửi đầu vẫn tính đúng hạn")
    assert "đã gửi lại báo cáo 0002 (đề nghị bổ sung: số cán bộ)" in xa.messages[-1].text
    xa.presses("Xem báo cáo")
    assert xa.sees("lần 2", "Cán bộ: 3/3 → <b>2/3</b> (vắng: Trần Văn Hùng)", "Đoàn viên: 45/50")
    assert xa.sees("Đã đề nghị bổ sung số cán bộ; đơn vị đã gửi lại")
    xa.presses("Tiếp nhận")
    assert verdicts(province) == [
        (1, "returned", "cadres", "Đồng chí Hùng hôm đó đi họp huyện, <kiểm tra> giúp."),
        (2, "accepted", None, None),
    ]
    assert actions(province) == ["report_returned", "report_accepted"]
    with province.stage.reading() as conn:
        facts = conn.scalar(select(audit.c.facts).where(audit.c.action == "report_returned"))
    assert facts == {"revision": 1, "field": "cadres"}
    for one, label in ((mai, "Giữ nguyên"), (hung, "Sửa số cán bộ")):
        assert one.presses(label).sees("Báo cáo 0002 đã được tiếp nhận")
    assert verdicts(province)[-1] == (2, "accepted", None, None)


def test_kept(province: Province, mai: Person, hung: Person, xa: Person) -> None:
    reports(mai)
    send_back(xa, "Đoàn viên")
    mai.presses("Giữ nguyên")
    assert mai.sees("Đã giữ nguyên báo cáo 0001")
    assert "giữ nguyên báo cáo 0001 (đề nghị bổ sung: số đoàn viên)" in xa.messages[-1].text
    assert state(province) == ["sent"]
    assert verdicts(province) == [(1, "returned", "members", None), (1, "kept", "members", None)]
    assert actions(province) == ["report_returned", "report_kept"]
    assert hung.presses("Sửa số đoàn viên").sees("đã được gửi lại, đang chờ cấp trên xem")
    assert hung.presses("Giữ nguyên").sees("đã được gửi lại, đang chờ cấp trên xem")
    xa.says("/duyet")
    assert "Tiếp nhận 1 báo cáo" not in xa.buttons  # not unseen, after it was asked about
    xa.presses("Xem từng báo cáo")
    assert xa.sees("Đã đề nghị bổ sung số đoàn viên; đơn vị giữ nguyên")


@pytest.mark.parametrize(
    ("field", "fix", "answers", "told"),
    [
        ("Ngày học", "Sửa ngày học", ["13/11"], "Ngày: 14/11 → <b>13/11</b>. Gửi lại?"),
        ("Đoàn viên", "Sửa số đoàn viên", ["47"], "Đoàn viên: 45/50 → <b>47/50</b>. Gửi lại?"),
        ("Thanh niên", "Sửa số thanh niên", ["12"], "Thanh niên: chưa ghi → <b>12</b>. Gửi lại?"),
        ("Tài liệu", "Sửa tài liệu", ["Thiếu tài liệu"], "Tài liệu: chưa ghi → <b>thiếu</b>. Gửi lại?"),
        ("Danh sách ký tên", "Gửi danh sách", [], "Chưa có mục nào thay đổi so với lần gửi trước. Gửi lại?"),
    ],
)
def test_each_field_opens_at_its_question(
    mai: Person, xa: Person, field: str, fix: str, answers: list[str], told: str
) -> None:
    reports(mai)
    send_back(xa, field)
    mai.presses(fix)
    for answer in answers:
        mai.says(answer)
    if not answers:
        mai.presses("Không có ảnh")
    assert mai.sees(told)
    mai.presses("Gửi báo cáo")
    assert mai.sees("lần 2")


def test_the_signed_list_is_a_photo_that_the_officer_sees(
    province: Province, mai: Person, xa: Person
) -> None:
    reports(mai)
    send_back(xa, "Danh sách ký tên")
    mai.presses("Gửi danh sách").photographs("list1").photographs("list2").presses("Xong")
    assert mai.sees("Ảnh: thêm <b>2</b>. Gửi lại?")
    mai.presses("Gửi báo cáo")
    xa.says("/duyet").presses("Xem từng báo cáo").presses("Xem ảnh (2)")
    album, card = xa.new
    assert album.media == [["id-list1", True], ["id-list2", True]]
    assert "báo cáo 0001" in album.text
    assert "Tiếp nhận" in card.labels
    xa.presses("Tiếp nhận")
    assert state(province) == ["accepted"]


def test_more_photos_than_an_album_holds(mai: Person, xa: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("45").presses("Đủ cả 3")
    mai.presses("Bổ sung").presses("Ảnh")
    for number in range(9):
        mai.photographs(f"p{number}")
    mai.uploads("d1", "anh.jpg").presses("Xong").presses("Gửi báo cáo")
    send_back(xa, "Ảnh")
    mai.presses("Gửi ảnh").photographs("q1").photographs("q2").presses("Xong").presses("Gửi báo cáo")
    xa.says("/duyet").presses("Xem từng báo cáo").presses("Xem ảnh (12)")
    assert [[len(one.media), {photo for _, photo in one.media}] for one in xa.new[:-1]] == [
        [10, {True}],
        [1, {True}],
        [1, {False}],
    ]


def test_a_session_is_returned_by_its_own_fields(province: Province, xa: Person) -> None:
    huyen = province.linked("Ngô Văn Huyện", 303)
    record_session(xa)
    huyen.says("/duyet").presses("Xem từng báo cáo")
    assert huyen.sees("Đoàn xã Hoằng Quỳ", "Địa điểm: nhà văn hoá xã", "Hội trường: 120 người")
    huyen.presses("Đề nghị bổ sung")
    assert huyen.buttons[:6] == ["Ngày họp", "Địa điểm", "Báo cáo viên", "Số người", "Tài liệu", "Ảnh"]
    huyen.presses("Số người").presses("Không ghi chú")
    xa.presses("Sửa số người").says("130")
    assert xa.sees("Hội trường: 120 người → <b>130 người</b>. Gửi lại?")
    xa.presses("Gửi báo cáo")
    assert xa.sees("lần 2")
    huyen.presses("Xem báo cáo")
    assert huyen.sees("Hội trường: 120 người → <b>130 người</b>")


def test_a_branchs_own_session_is_mended_and_stays_its_own(
    province: Province, mai: Person, xa: Person
) -> None:
    mai.says("/baocao").presses("Tự tổ chức").presses("Hôm nay").says("nhà văn hoá thôn 3")
    mai.says("Nguyễn Văn Giảng").says("45").presses("Đủ cả 3").presses("Đủ tài liệu").presses("Không có ảnh")
    mai.presses("Gửi báo cáo")
    xa.says("/duyet")
    assert xa.sees("2 báo cáo chờ")
    xa.presses("Xem từng báo cáo")
    while "Báo cáo viên: " not in xa.last.text:
        xa.presses("Để sau")
    assert xa.sees("Báo cáo viên Nguyễn Văn Giảng ngoài danh sách kế hoạch nêu")
    xa.presses("Đề nghị bổ sung").presses("Địa điểm").presses("Không ghi chú")
    mai.presses("Sửa địa điểm").says("đình làng").presses("Gửi báo cáo")
    assert mai.sees("lần 2")
    with province.stage.reading() as conn:
        from storage import reports as stored

        (held,) = stored.all_of(conn, "ke-hoach-66", "session", province.ids["thon3"])
    assert held.held is not None
    assert (held.held.own, held.held.place) == (True, "đình làng")


def test_a_document_is_sent_again(province: Province, xa: Person) -> None:
    huyen = province.linked("Ngô Văn Huyện", 303)
    xa.says("/trangthai").presses("Nộp tổng hợp").uploads("d1", "tong-hop.pdf").presses("Gửi báo cáo")
    huyen.says("/duyet").presses("Xem từng báo cáo").presses("Xem tệp (1)")
    assert huyen.new[0].media == [["id-d1", False]]
    huyen.presses("Đề nghị bổ sung").presses("Tệp").says("Thiếu phụ lục")
    xa.presses("Gửi lại tệp").uploads("d2", "tong-hop-2.pdf").presses("Gửi báo cáo")
    assert xa.sees("lần 2")
    assert "đã gửi lại báo cáo" in huyen.messages[-1].text


def test_what_happens_meanwhile_is_said_on_the_card(province: Province, mai: Person, xa: Person) -> None:
    xuan = province.linked("Bùi Thị Xuân", 204)
    reports(mai)
    for one in (xa, xuan):
        one.says("/duyet").presses("Xem từng báo cáo")
    mai.says("44/50").presses("Gửi báo cáo")
    xa.presses("Tiếp nhận")
    assert xa.sees("vừa gửi lại báo cáo 0001 (lần 2)")
    assert state(province) == ["sent"]
    xa.presses("Xem bản mới")
    assert xa.sees("Đoàn viên: 45/50 → <b>44/50</b>")
    xa.presses("Tiếp nhận")
    xuan.presses("Đề nghị bổ sung")
    assert xuan.sees("Báo cáo 0001 không còn chờ")
    xuan.presses("Báo cáo tiếp")
    assert xuan.sees("không còn báo cáo nào chờ")
    assert verdicts(province) == [(2, "accepted", None, None)]


def test_a_return_of_a_report_sent_again_is_not_written(province: Province, mai: Person, xa: Person) -> None:
    reports(mai)
    xa.says("/duyet").presses("Xem từng báo cáo").presses("Đề nghị bổ sung").presses("Đoàn viên")
    mai.says("44/50").presses("Gửi báo cáo")
    xa.presses("Không ghi chú")
    assert xa.sees("vừa gửi lại")
    assert verdicts(province) == []


def test_what_was_not_said_is_told_as_such(mai: Person, xa: Person) -> None:
    mai.says("12/11 45/50").presses("Gửi báo cáo")
    xa.says("/duyet").presses("Xem từng báo cáo")
    assert xa.sees("Cán bộ: chưa ghi")


def test_a_note_has_a_length(mai: Person, xa: Person) -> None:
    reports(mai)
    xa.says("/duyet").presses("Xem từng báo cáo").presses("Đề nghị bổ sung").presses("Đoàn viên")
    xa.says("a" * 301)
    assert xa.sees("dài hơn 300 chữ")
    xa.says("a" * 300)
    assert xa.sees("Đã đề nghị")


def test_where_nobody_can_be_told_the_officer_is_given_the_number(province: Province, xa: Person) -> None:
    thon1 = province.linked("Bí Thư Thôn 1", 101)
    reports(thon1)
    thon1.sends({}, "message")  # still there
    with province.stage.database.writing() as conn:
        from storage import accounts

        accounts.mark_unreachable(conn, "telegram", "101", "blocked")
    send_back(xa, "Đoàn viên")
    assert xa.sees("chưa có ai nối tài khoản", "Bí Thư Thôn 1", "0900 000 011")


def test_after_the_lock_nothing_is_asked_for(province: Province, mai: Person, xa: Person) -> None:
    reports(mai)
    send_back(xa, "Đoàn viên")
    thon1 = province.linked("Bí Thư Thôn 1", 101)
    reports(thon1)
    world = province.stage.world
    locked = replace(world, plan=world.plan.model_copy(update={"lock_on": date(2019, 1, 15)}))
    province.stage.runner._world = locked
    province.clock.jump(at(15, 1, 0, 1, year=2019))
    mai.presses("Sửa số đoàn viên")
    assert mai.sees("đã khoá sổ")
    xa.says("/duyet").presses("Xem từng báo cáo").presses("Đề nghị bổ sung")
    assert xa.sees("đã khoá sổ, đơn vị chưa sửa được")
    xa.presses("Tiếp nhận")
    assert xa.sees("Đã tiếp nhận")


def test_forged_buttons_do_nothing(province: Province, mai: Person, thon1: Person, xa: Person) -> None:
    huyen = province.linked("Ngô Văn Huyện", 303)
    reports(mai)
    send_back(xa, "Đoàn viên")
    before = verdicts(province)
    forged = ["s.fix.1.1", "s.keep.1.1", "s.keep.99.1", f"s.keep.{'9' * 40}.1", "s.keep.x", "s.review.1"]
    for person in (thon1, xa, huyen):
        for data in forged:
            person.new = []
            province.stage.take(person.pressed(data, "1"))
            if data == "s.review.1" and person is xa:
                assert person.sees("không còn chờ")  # it is with the unit
            else:
                assert person.sees("Đồng chí chưa được phân công đơn vị này.")
    assert verdicts(province) == before
    with province.stage.reading() as conn:
        from storage.models import failed_update

        assert conn.scalar(select(func.count()).select_from(failed_update)) == 0


def test_a_district_does_not_review_branches(province: Province, mai: Person) -> None:
    huyen = province.linked("Ngô Văn Huyện", 303)
    reports(mai)
    assert huyen.says("/duyet").sees("Không có báo cáo nào chờ")


def test_a_desk_that_was_left_reviews_nothing_more(province: Province, mai: Person, xa: Person) -> None:
    from sqlalchemy import update

    from storage.models import position

    reports(mai)
    xa.says("/duyet").presses("Xem từng báo cáo")
    with province.stage.database.writing() as conn:
        conn.execute(
            update(position)
            .where(position.c.person_id == province.ids["Vũ Văn Xã"])
            .values(valid_to=at(13, 11).date())
        )
    xa.presses("Tiếp nhận")
    assert state(province) == ["sent"]
    assert xa.sees("không còn chờ")


def test_two_returns_of_one_unit_have_a_button_each(province: Province, xa: Person) -> None:
    huyen = province.linked("Ngô Văn Huyện", 303)
    record_session(xa)
    xa.says("/trangthai").presses("Nộp tổng hợp").uploads("d1", "tong-hop.pdf").presses("Gửi báo cáo")
    send_back(huyen, "Số người")
    send_back(huyen, "Tệp")
    xa.says("/trangthai")
    assert xa.buttons[:2] == ["Sửa số người, mã 0001", "Gửi lại tệp, mã 0002"]
    xa.presses("Sửa số người, mã 0001")
    assert xa.sees("Cả hội trường có bao nhiêu người?")


def test_stopping_says_that_the_rest_waits(mai: Person, xa: Person) -> None:
    reports(mai)
    xa.says("/duyet").presses("Xem từng báo cáo").presses("✖️ Huỷ")
    assert xa.sees("Báo cáo chưa xem vẫn chờ")
