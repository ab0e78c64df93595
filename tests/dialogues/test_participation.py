"""A branch reports its participation: the ordinary way, and what people really type."""

import pytest
from sqlalchemy import select

from storage import reports
from storage.models import audit, participation, report, report_revision
from tests.conftest import Province
from tests.people import Person, at


def test_a_branch_reports_in_five_acts(province: Province, mai: Person, xa: Person) -> None:
    record_session(xa)
    mai.says("/baocao")
    assert mai.sees("Chi đoàn thôn 3", "học tập Nghị quyết 01", "ngày 12/11, nhà văn hoá xã")
    assert mai.buttons[:3] == ["Đã tham gia", "Tự tổ chức", "Chưa tham gia"]
    mai.presses("Đã tham gia")
    assert mai.sees("Danh sách có 50")
    mai.says("45").presses("Đủ cả 3")
    assert mai.sees("45/50", "3/3", "hội nghị ngày 12/11")
    mai.presses("Gửi báo cáo")
    assert mai.sees("Đã nhận báo cáo, mã", "19 giờ 42 ngày 14/11, đúng hạn", "bài thu hoạch của 3 đồng chí")


def test_without_a_recorded_session_the_day_is_asked(mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia")
    assert mai.buttons[:2] == ["Hôm nay", "Hôm qua"]
    mai.presses("Hôm qua").says("45/50").presses("Đủ cả 3").presses("Gửi báo cáo")
    assert mai.sees("Đã nhận báo cáo, mã")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("52/50", "gõ 52/52"),
        ("52", "nhiều hơn số đoàn viên (50)"),
        ("bốn lăm", "Đồng chí gõ số, ví dụ"),
        ("", "Đồng chí"),
        ("<b>45</b>", "Đồng chí gõ số, ví dụ"),
    ],
)
def test_a_count_that_cannot_be_is_asked_again(mai: Person, typed: str, told: str) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay")
    mai.says(typed or "?")
    assert mai.sees(told, "Bao nhiêu đoàn viên tham dự?")
    mai.says("45").presses("Đủ cả 3")
    assert mai.sees("45/50")


def test_more_members_than_the_roster_are_taken_and_the_officer_told(
    province: Province, mai: Person, xa: Person
) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("52/52").presses("Đủ cả 3")
    assert mai.sees("danh sách ghi 50")
    mai.presses("Gửi báo cáo")
    assert xa.sees("Chi đoàn thôn 3", "52", "danh sách ghi 50")
    with province.stage.reading() as conn:
        row = conn.execute(select(participation)).one()
    assert (row.members, row.members_expected, row.members_roster) == (52, 52, 50)


@pytest.mark.parametrize(
    ("typed", "told"),
    [("31/12", "chưa đến"), ("20/9", "Kế hoạch bắt đầu từ 25/09/2018"), ("31/11", "chưa đọc được ngày")],
)
def test_a_day_that_cannot_be_is_asked_again(mai: Person, typed: str, told: str) -> None:
    mai.says("/baocao").presses("Đã tham gia").says(typed)
    assert mai.sees(told, "Học ngày nào?")
    assert "Hôm nay" in mai.buttons


def test_absent_cadres_are_named_with_a_reason(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("45").presses("Có đồng chí vắng")
    mai.presses("Xong")
    assert mai.sees("Chưa có tên đồng chí nào")
    mai.presses("Trần Văn Hùng")
    assert "✓ Trần Văn Hùng" in mai.buttons
    mai.presses("Xong")
    assert mai.sees("Trần Văn Hùng", "vắng vì sao")
    mai.presses("Đi công tác")
    assert mai.sees("2/3", "Vắng: Trần Văn Hùng (đi công tác)")
    mai.presses("Gửi báo cáo")
    with province.stage.reading() as conn:
        found = reports.current(conn, "ke-hoach-66", "participation", province.ids["thon3"])
    assert found is not None
    assert [(one.name, one.reason) for one in found.lines[0].absent] == [("Trần Văn Hùng", "Đi công tác")]


def test_a_correction_is_a_revision_and_the_first_arrival_counts(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("45").presses("Đủ cả 3").presses(
        "Gửi báo cáo"
    )
    province.clock.jump(at(3, 12, 8, 5))
    mai.says("/baocao")
    assert mai.sees("Đã báo cáo", "45/50")
    mai.presses("Sửa báo cáo").presses("Sửa").presses("Đoàn viên").says("46")
    assert mai.sees("46/50", "3/3")
    mai.presses("Gửi báo cáo")
    assert mai.sees("lần 2", "08 giờ 05 ngày 03/12", "Lần gửi đầu vẫn tính đúng hạn")
    with province.stage.reading() as conn:
        assert len(conn.execute(select(report)).all()) == 1
        assert [row.number for row in conn.execute(select(report_revision))] == [1, 2]
        actions = list(conn.scalars(select(audit.c.action).where(audit.c.subject == "report")))
    assert actions == ["report_sent", "report_corrected"]


def test_a_make_up_adds(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm qua").says("40").presses("Có đồng chí vắng")
    mai.presses("Trần Văn Hùng").presses("Xong").says("ốm").presses("Gửi báo cáo")
    mai.says("/baocao").presses("Học bù").presses("Hôm nay").says("11")
    assert mai.sees("nhiều hơn số đoàn viên")
    mai.says("7").presses("Đủ cả 1").presses("Gửi báo cáo")
    assert mai.sees("lần 2")
    with province.stage.reading() as conn:
        found = reports.current(conn, "ke-hoach-66", "participation", province.ids["thon3"])
    assert found is not None
    assert [line.members for line in found.lines] == [40, 7]
    mai.says("44/50")
    mai.presses("Gửi báo cáo")
    assert mai.sees("Cộng buổi chính và buổi học bù thì nhiều hơn số đoàn viên")
    mai.presses("Sửa").presses("Đoàn viên").says("43").presses("Gửi báo cáo")
    assert mai.sees("lần 3")


def test_not_yet_asks_for_the_day(mai: Person) -> None:
    mai.says("/baocao").presses("Chưa tham gia").says("13/11")
    assert mai.sees("Ngày 13/11 đã qua")
    mai.says("20/12")
    assert mai.sees("Đã ghi: dự kiến 20/12. Tối 20/12 hệ thống sẽ hỏi lại.")
    mai.says("/baocao").presses("Chưa tham gia").presses("Chưa có lịch")
    assert mai.sees("chưa có lịch")


def test_its_own_session_is_recorded_with_it(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Tự tổ chức").presses("Hôm nay").says("nhà văn hoá thôn 3")
    mai.says("Nguyễn Văn Giảng").says("45").presses("Đủ cả 3").presses("Đủ tài liệu").presses("Không có ảnh")
    assert mai.sees("tự tổ chức ngày 14/11, nhà văn hoá thôn 3", "Đủ tài liệu")
    mai.presses("Gửi báo cáo")
    assert mai.sees("Đã nhận báo cáo")
    with province.stage.reading() as conn:
        held = reports.all_of(conn, "ke-hoach-66", "session", province.ids["thon3"])
    assert held[0].held is not None
    assert held[0].held.own
    assert held[0].held.speakers[0].outside_rule


def test_what_need_not_be_asked_can_be_added(mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("26/50").presses("Đủ cả 3")
    mai.presses("Bổ sung").presses("Đi làm ăn xa").says("20")
    assert mai.sees("ít hơn số đã dự học")
    mai.says("28").presses("Thanh niên").says("12").presses("Tài liệu").presses("Thiếu tài liệu")
    mai.presses("Kiến nghị").says("Cần thêm <tài liệu> & sách").presses("Xong")
    assert mai.sees(
        "Có mặt tại địa phương: 28", "Thanh niên: 12", "&lt;tài liệu&gt; &amp; sách", "Thiếu tài liệu"
    )


def test_a_long_proposal_is_kept_whole_and_shown_in_short(province: Province, mai: Person) -> None:
    whole = "Cần thêm sách & tài liệu. " * 150
    mai.says("12/11 45/50").presses("Bổ sung").presses("Kiến nghị").says(whole).presses("Xong")
    assert len(mai.last.text) < 600
    mai.presses("Gửi báo cáo")
    with province.stage.reading() as conn:
        assert conn.scalar(select(participation.c.proposal)) == whole.strip()


def test_in_one_line(province: Province, mai: Person) -> None:
    mai.says("12/11 45/50, đủ tài liệu")
    assert mai.sees("hội nghị ngày 12/11", "45/50", "Đủ tài liệu")
    mai.presses("Gửi báo cáo")
    assert mai.sees("Đã nhận báo cáo, mã")


def test_a_line_that_corrects_leaves_what_it_does_not_say(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm qua").says("45").presses("Có đồng chí vắng")
    mai.presses("Trần Văn Hùng").presses("Xong").says("ốm").presses("Gửi báo cáo")
    mai.says("46/50, thiếu tài liệu")
    assert mai.sees("ngày 13/11", "46/50, trong đó cán bộ 2/3", "Vắng: Trần Văn Hùng (ốm)", "Thiếu tài liệu")
    mai.presses("Gửi báo cáo")
    assert mai.sees("lần 2")


def test_a_line_without_cadres_says_so(mai: Person) -> None:
    mai.says("12/11 45/50")
    assert mai.sees("Cán bộ, thanh niên, tài liệu, kiến nghị: chưa ghi")


def test_nobody_reports_by_a_forged_button(province: Province, mai: Person) -> None:
    mai.says("/baocao")
    mai.new = []
    province.stage.take(mai.pressed(f"s.report.{province.ids['thon1']}", "1"))
    assert mai.sees("Đồng chí chưa được phân công đơn vị này.")
    mai.new = []
    province.stage.take(mai.pressed("s.report.999999", "1"))
    assert mai.sees("Đồng chí chưa được phân công đơn vị này.")


def record_session(officer: Person) -> None:
    officer.says("/baocao").presses("Đã tổ chức").says("12/11").says("nhà văn hoá xã").says("Vũ Văn Xã")
    officer.says("120").presses("Đủ tài liệu").presses("Không có ảnh").presses("Gửi báo cáo")
    assert officer.sees("Đã nhận báo cáo, mã")
