"""/hoinghi: a host plans, those convened are invited and answer, and the host sees who comes."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from reports.scope import Scope
from reports.sheets.meetings import meeting_sheet
from scheduler import meetings as job
from storage import meeting_guests, meetings, reports
from storage.models import MeetingState, audit, meeting, meeting_guest, planned_day, position, unit
from tests.conftest import Province
from tests.desk import Machine
from tests.dialogues.desk import NOT_YOURS, pressed
from tests.dialogues.test_participation import record_session
from tests.people import Person, at


@pytest.fixture
def machine(province: Province) -> Machine:
    return Machine(province.stage)


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


def plans(host: Person, day: str = "20/11", half: str = "Sáng", speaker: str = "Vũ Văn Xã") -> None:
    """To the question whom to invite."""
    host.says("/hoinghi").presses("Lên lịch hội nghị").says(day).presses(half).says("nhà <văn hoá> xã")
    host.presses(speaker)


def invites(host: Person) -> None:
    plans(host)
    host.presses("Tất cả").presses("Mời họp")
    assert host.sees("Hệ thống đang mời 12 người.")


def told(person: Person) -> int:
    return sum("mời đồng chí dự" in message.text for message in person.messages)


def entries(province: Province) -> list[tuple[Any, ...]]:
    with province.stage.reading() as conn:
        rows = conn.execute(
            select(audit.c.action, audit.c.person_id, audit.c.unit_id)
            .where(audit.c.subject.in_(("meeting", "invitation")))
            .order_by(audit.c.id)
        )
        return [tuple(row) for row in rows]


def only(province: Province) -> meetings.Meeting:
    with province.stage.reading() as conn:
        (one,) = meetings.of_host(conn, "ke-hoach-66", province.ids["xa"])
    return one


def test_planned_invited_and_answered(province: Province, xa: Person, mai: Person, machine: Machine) -> None:
    plans(xa)
    assert xa.sees("Bí thư, Phó Bí thư, ủy viên BCH chi đoàn: 12")
    xa.presses("Tất cả")
    assert xa.sees("Sáng 20/11, thứ Ba", "nhà &lt;văn hoá&gt; xã", "Mời 12 người", "11 người chưa kết nối")
    xa.presses("Mời họp")
    machine.invites()
    assert mai.sees("Đoàn xã Hoằng Quỳ", "mời đồng chí dự hội nghị", "Sáng 20/11, thứ Ba", "Vũ Văn Xã")
    assert mai.buttons == ["Sẽ dự", "Xin vắng"]
    mai.presses("Sẽ dự")
    assert mai.sees("đã ghi: sẽ dự")
    assert mai.buttons == ["Xin vắng"]
    mai.presses("Xin vắng").presses("Đi học")
    assert mai.sees("xin vắng (Đi học)")
    xa.says("/hoinghi").presses("Sáng 20/11 · nhà <văn hoá> xã")
    assert xa.sees("Sẽ dự 0, xin vắng 1, chưa kết nối 11")
    xa.presses("Xin vắng (1)")
    assert xa.sees("Chi đoàn thôn 3:", "Lê Thị Mai (Đi học)")
    xa.presses("⬅️ Hội nghị").presses("Chưa kết nối (11)")
    assert xa.sees("Bí Thư Thôn 1, 0900 000 011", "chưa có số")
    ids = province.ids
    assert entries(province) == [
        ("meeting_planned", ids["Vũ Văn Xã"], ids["xa"]),
        ("meeting_invited", ids["Vũ Văn Xã"], ids["xa"]),
        ("meeting_answered", ids["Lê Thị Mai"], ids["thon3"]),
        ("meeting_answered", ids["Lê Thị Mai"], ids["thon3"]),
    ]
    with province.stage.reading() as conn:
        assert list(conn.scalars(select(planned_day.c.day))) == [date(2018, 11, 20)]


def test_invited_once_over_ticks_and_crashes(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    hung = province.linked("Trần Văn Hùng", 104)
    invites(xa)
    machine.invites(most=1)
    machine.invites(most=1)
    assert (told(mai), told(hung)) == (1, 1)


def test_a_crash_between_claim_and_mark_sends_nothing_twice(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    invites(xa)

    def dies_after_a_piece() -> None:
        with province.stage.database.writing() as conn:
            (one,) = meeting_guests.open_notices(conn)
            assert job.write_some(conn, province.stage.world, one.id, province.clock.now(), 5)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        dies_after_a_piece()
    machine.invites(most=5)
    assert told(mai) == 1


def test_two_groups_and_several_posts_are_one_guest(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    with province.stage.database.writing() as conn:
        for key, role in (("thon3", "member"), ("thon4", "deputy")):
            conn.execute(
                position.insert().values(
                    person_id=province.ids["Lê Thị Mai"], unit_id=province.ids[key], role=role
                )
            )
    invites(xa)
    machine.invites()
    assert told(mai) == 1


def test_a_unit_closed_meanwhile_is_not_written_to(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    invites(xa)
    with province.stage.database.writing() as conn:
        conn.execute(
            update(unit).where(unit.c.id == province.ids["thon3"]).values(valid_to=date(2018, 11, 1))
        )
    machine.invites()
    assert told(mai) == 0


def test_a_new_day_is_asked_again_and_old_buttons_do_not_answer(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    invites(xa)
    machine.invites()
    old = mai.last
    mai.presses("Sẽ dự")
    xa.presses("Xem hội nghị").presses("Đổi lịch").presses("Ngày").says("22/11").presses("Xong")
    assert xa.sees("Đã đổi: ngày.")
    machine.invites()
    assert mai.sees("Đổi lịch", "(ngày)", "Sáng 22/11, thứ Năm")
    xa.presses("Xem hội nghị")
    assert xa.sees("Sẽ dự 0, chưa trả lời 1, chưa kết nối 11")
    mai.presses("Sẽ dự", on=old)
    assert mai.sees("Lịch đã đổi", "Sáng 22/11")
    assert only(province).edition == 2
    with province.stage.reading() as conn:
        assert conn.scalar(select(meeting_guest.c.answer).where(meeting_guest.c.answer.is_not(None))) is None
    mai.presses("Sẽ dự")
    assert mai.sees("đã ghi: sẽ dự")
    assert ("meeting_changed", province.ids["Vũ Văn Xã"], province.ids["xa"]) in entries(province)


def test_another_speaker_keeps_the_answers(
    province: Province, xa: Person, mai: Person, huyen: Person, machine: Machine
) -> None:
    invites(xa)
    machine.invites()
    mai.presses("Sẽ dự")
    xa.presses("Xem hội nghị").presses("Đổi lịch").presses("Báo cáo viên").presses("Ngô Văn Huyện")
    xa.presses("Xong")
    assert huyen.sees("mời đồng chí làm báo cáo viên")
    machine.invites()
    assert mai.sees("Đổi lịch", "báo cáo viên", "Ngô Văn Huyện")
    xa.presses("Xem hội nghị")
    assert xa.sees("Sẽ dự 1")


def test_called_off(province: Province, xa: Person, mai: Person, machine: Machine) -> None:
    invites(xa)
    machine.invites()
    xa.presses("Xem hội nghị").presses("Huỷ hội nghị")
    assert xa.sees("Huỷ hội nghị này?")
    xa.presses("Huỷ, báo mọi người")
    mai.new = []
    machine.invites()
    assert mai.sees("đã huỷ hội nghị", "sáng 20/11")
    mai.presses("Sẽ dự")
    assert mai.sees("đã huỷ")
    assert only(province).state is MeetingState.CANCELLED
    with province.stage.reading() as conn:
        assert list(conn.scalars(select(planned_day.c.day))) == [None]
    assert entries(province)[-1] == ("meeting_cancelled", province.ids["Vũ Văn Xã"], province.ids["xa"])


def test_called_off_before_it_was_sent(province: Province, xa: Person, mai: Person, machine: Machine) -> None:
    invites(xa)
    xa.presses("Xem hội nghị").presses("Huỷ hội nghị").presses("Huỷ, báo mọi người")
    machine.invites()
    assert told(mai) == 0


def test_reminded_the_evening_before_once_unless_excused(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    hung = province.linked("Trần Văn Hùng", 104)
    invites(xa)
    machine.invites()
    mai.presses("Sẽ dự")
    hung.presses("Xin vắng").says("Trực đêm")
    province.clock.jump(at(19, 11, hour=18, minute=59))
    machine.invites()
    assert not any("Ngày mai họp" in one.text for one in mai.messages)
    province.clock.jump(at(19, 11, hour=19, minute=1))
    machine.invites().invites()
    assert sum("Ngày mai họp" in one.text for one in mai.messages) == 1
    assert mai.sees("Đồng chí đã ghi: sẽ dự.")
    assert mai.buttons == ["Xin vắng"]
    assert sum("Ngày mai họp" in one.text for one in xa.messages) == 1, "the speaker too"
    assert not any("Ngày mai họp" in one.text for one in hung.messages)


def test_reminded_in_the_morning_by_a_program_that_was_down(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    invites(xa)
    machine.invites()
    province.clock.jump(at(20, 11, hour=6, minute=40))
    machine.invites()
    assert mai.sees("Hôm nay họp")
    province.clock.jump(at(20, 11, hour=8, minute=0))
    mai.presses("Xin vắng")
    assert mai.sees("đã đến giờ họp")


def test_those_who_have_not_answered_are_asked_once_a_day(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    invites(xa)
    machine.invites()
    xa.presses("Xem hội nghị").presses("Nhắc trả lời")
    machine.invites()
    assert mai.sees("có dự được không?")
    xa.presses("⬅️ Hội nghị").presses("Nhắc trả lời")
    assert xa.sees("Hôm nay hệ thống đã nhắc rồi")
    assert [one[0] for one in entries(province)].count("meeting_asked") == 1


def test_a_day_after_the_plans_is_taken_with_a_word(xa: Person) -> None:
    xa.says("/hoinghi").presses("Lên lịch hội nghị").says("30/12")
    assert xa.sees("Ngày 30/12 sau thời hạn của kế hoạch (chậm nhất hết ngày 29/12)", "buổi nào")


@pytest.mark.parametrize(("said", "answered"), [("12/11", "đã qua"), ("hôm nào đó", "ngày")])
def test_a_day_that_is_over_or_unreadable(xa: Person, said: str, answered: str) -> None:
    xa.says("/hoinghi").presses("Lên lịch hội nghị").says(said)
    assert xa.sees(answered)
    assert "Sáng" not in xa.buttons


def test_what_is_over_is_not_offered(province: Province, xa: Person) -> None:
    xa.says("/hoinghi").presses("Lên lịch hội nghị")
    assert "Hôm nay" not in xa.buttons, "it is 19 giờ 42"
    xa.says("hôm nay")
    assert xa.sees("Hôm nay đã qua giờ họp")
    province.clock.jump(at(15, 11, hour=9))
    xa.says("15/11")
    assert xa.buttons[:2] == ["Chiều", "Tối"]


def test_a_half_day_that_is_over(province: Province, xa: Person) -> None:
    province.clock.jump(at(15, 11, hour=13, minute=29))
    xa.says("/hoinghi").presses("Lên lịch hội nghị").presses("Hôm nay")
    province.clock.jump(at(15, 11, hour=13, minute=30))
    xa.presses("Chiều")
    assert xa.sees("Buổi này đã đến giờ")
    assert xa.buttons[0] == "Tối"


def test_some_units_only(province: Province, xa: Person, mai: Person, machine: Machine) -> None:
    plans(xa)
    xa.presses("Một số đơn vị").presses("Xong")
    assert xa.sees("Chưa chọn đơn vị nào")
    xa.says("thôn 1, thôn 2").presses("Xong")
    assert xa.sees("Mời 6 người")
    xa.presses("Mời họp")
    machine.invites()
    assert told(mai) == 0


def test_from_the_report_that_says_not_yet(province: Province, xa: Person) -> None:
    xa.says("/baocao").presses("Chưa tổ chức").says("20/11")
    assert xa.sees("dự kiến 20/11")
    xa.presses("Lên lịch, mời họp").presses("Chiều").says("hội trường").presses("Chưa rõ").presses("Tất cả")
    xa.presses("Chỉ lưu lịch")
    assert xa.sees("Đã lưu lịch", "Chiều 20/11, thứ Ba")
    assert (only(province).speaker_name, only(province).day) == (None, date(2018, 11, 20))


def test_the_result_begins_with_what_was_planned(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    invites(xa)
    machine.invites()
    mai.presses("Xin vắng").says("Đi chấm thi")
    province.clock.jump(at(20, 11))
    xa.says("/hoinghi").presses("Sáng 20/11 · nhà <văn hoá> xã").presses("Ghi kết quả")
    assert xa.sees("Cả hội trường")
    xa.says("100").presses("Đủ tài liệu").presses("Không có ảnh")
    assert xa.sees("nhà &lt;văn hoá&gt; xã", "Vũ Văn Xã")
    xa.presses("Gửi báo cáo")
    one = only(province)
    with province.stage.reading() as conn:
        (found,) = reports.all_of(conn, "ke-hoach-66", "session", province.ids["xa"])
    assert (one.state, one.session_id) == (MeetingState.HELD, found.session_id)
    assert entries(province)[-1][0] == "meeting_held"
    mai.says("/baocao").presses("Đã tham gia").says("45").presses("Có đồng chí vắng").presses("Lê Thị Mai")
    mai.presses("Xong")
    assert "Đi chấm thi" in mai.buttons
    mai.presses("Đi chấm thi")
    assert mai.sees("cán bộ 2/3")


def test_a_report_finds_the_meeting_by_its_day(province: Province, xa: Person) -> None:
    plans(xa)
    xa.presses("Tất cả").presses("Chỉ lưu lịch")
    province.clock.jump(at(22, 11))
    xa.says("/baocao").presses("Đã tổ chức").presses("Sáng 20/11").presses("Theo lịch").presses("Vũ Văn Xã")
    xa.says("9").presses("Đủ tài liệu").presses("Không có ảnh").presses("Gửi báo cáo")
    assert only(province).state is MeetingState.HELD


def test_a_session_of_another_day_leaves_the_plan(province: Province, xa: Person) -> None:
    plans(xa)
    xa.presses("Tất cả").presses("Chỉ lưu lịch")
    record_session(xa)
    assert only(province).state is MeetingState.PLANNED


def test_those_above_see_and_change_nothing(
    province: Province, xa: Person, huyen: Person, machine: Machine
) -> None:
    invites(xa)
    huyen.says("/hoinghi").presses("Lịch cấp dưới")
    assert huyen.sees("14 ngày tới: 1", "Sáng 20/11", "Đoàn xã Hoằng Quỳ")
    huyen.presses("20/11 Đoàn xã Hoằng Quỳ")
    assert huyen.sees("chưa kết nối 12")
    assert huyen.buttons == ["Chưa kết nối (12)"]
    number = only(province).id
    for data in (f"s.meeting.{number}.sure", f"s.meeting.{number}.ask", f"s.meetchange.{number}"):
        assert pressed(huyen, data).sees(NOT_YOURS)
    for data in (f"s.meetinvite.{number}", f"s.meetrecord.{number}", f"s.meetplan.{province.ids['xa']}"):
        pressed(huyen, data)
        assert only(province).state is MeetingState.PLANNED


def test_not_a_guest_and_forged_buttons(province: Province, xa: Person, mai: Person, huyen: Person) -> None:
    plans(xa)
    xa.presses("Tất cả").presses("Chỉ lưu lịch")
    number = only(province).id
    for data in (
        f"s.meetyes.{number}.1",
        f"s.meetno.{number}.1",
        f"s.meeting.{number}",
        f"s.meeting.{number}.sure",
        "s.meetyes.999999.1",
        "s.meetyes.x",
        "s.meeting.999999",
        f"s.meetings.{province.ids['huyen']}",
        f"s.calendar.{province.ids['huyen']}.0",
        f"s.makeups.{province.ids['huyen']}",
    ):
        assert pressed(mai, data).sees(NOT_YOURS), data
    assert [one[0] for one in entries(province)] == ["meeting_planned"]
    mai.says("/hoinghi")
    assert mai.sees("chưa có giấy mời")


def test_a_guest_finds_the_invitation_again(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    invites(xa)
    mai.says("/hoinghi")
    assert mai.sees("mời đồng chí dự", "Sáng 20/11")
    mai.presses("Sẽ dự").presses("Sẽ dự", on=mai.messages[-2])
    assert [one[0] for one in entries(province)].count("meeting_answered") == 1


def test_who_links_after_the_invitations_went_out_is_told_then(
    province: Province, xa: Person, machine: Machine
) -> None:
    invites(xa)
    machine.invites()
    hung = province.linked("Trần Văn Hùng", 104)
    machine.invites()
    assert told(hung) == 0, "the round is over"
    hung.says("/start")
    assert hung.sees("được mời họp", "Sáng 20/11, thứ Ba", "Đoàn xã Hoằng Quỳ", "có dự được không?")
    assert hung.buttons[:2] == ["Sẽ dự", "Xin vắng"]
    hung.presses("Sẽ dự").says("/trangthai")
    assert hung.sees("Sáng 20/11, thứ Ba", ": sẽ dự")
    assert "có dự được không?" not in hung.last.text
    assert "Sẽ dự" not in hung.buttons


def test_who_read_of_it_in_the_status_hears_that_it_was_called_off(
    province: Province, xa: Person, machine: Machine
) -> None:
    invites(xa)
    machine.invites()
    hung = province.linked("Trần Văn Hùng", 104)
    hung.says("/trangthai")
    xa.says("/hoinghi").presses("Sáng 20/11 · nhà <văn hoá> xã").presses("Huỷ hội nghị")
    xa.presses("Huỷ, báo mọi người")
    machine.invites()
    assert hung.sees("đã huỷ hội nghị")
    assert "được mời họp" not in hung.says("/trangthai").last.text


def test_of_several_open_invitations_each_has_its_button(province: Province, xa: Person, mai: Person) -> None:
    invites(xa)
    plans(xa, "21/11", "Chiều")
    xa.presses("Tất cả").presses("Mời họp")
    mai.says("/trangthai")
    assert "Sẽ dự" not in mai.buttons
    mai.presses("Được mời: Chiều 21/11 · nhà <văn hoá> xã").presses("Sẽ dự")
    assert mai.says("/trangthai").sees(
        "Chiều 21/11, thứ Tư</b>, nhà &lt;văn hoá&gt; xã (Đoàn xã Hoằng Quỳ): sẽ dự"
    )
    mai.presses("Sẽ dự")
    assert "có dự được không?" not in mai.says("/trangthai").last.text


def test_who_lost_the_position_is_no_guest_any_more(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    invites(xa)
    machine.invites()
    with province.stage.database.writing() as conn:
        conn.execute(
            update(position)
            .where(position.c.person_id == province.ids["Lê Thị Mai"])
            .values(valid_to=date(2018, 11, 13))
        )
    assert mai.presses("Sẽ dự").sees(NOT_YOURS)


def test_who_erases_takes_the_reason_along(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    invites(xa)
    machine.invites()
    mai.presses("Xin vắng").says("mổ ruột thừa").says("/dulieu").presses("Xoá dữ liệu")
    assert mai.sees("lý do xin vắng")
    mai.presses("Xoá, tôi chắc chắn")
    with province.stage.reading() as conn:
        assert set(conn.scalars(select(meeting_guest.c.reason))) == {None}
    xa.says("/hoinghi").presses("Sáng 20/11 · nhà <văn hoá> xã")
    assert xa.sees("xin vắng 1")


def test_changed_by_two_at_once(province: Province, xa: Person, machine: Machine) -> None:
    xuan = province.linked("Bùi Thị Xuân", 204)
    plans(xa)
    xa.presses("Tất cả").presses("Chỉ lưu lịch").presses("Xem hội nghị").presses("Đổi lịch").presses("Ngày")
    xa.says("21/11")
    xuan.says("/hoinghi").presses("Sáng 20/11 · nhà <văn hoá> xã").presses("Đổi lịch").presses("Buổi")
    xuan.presses("Tối").presses("Xong")
    xa.presses("Xong")
    assert xa.sees("người khác sửa")
    with province.stage.reading() as conn:
        assert conn.scalar(select(meeting.c.day)) == date(2018, 11, 20)


def test_the_export_says_what_is_planned(
    province: Province, xa: Person, mai: Person, machine: Machine
) -> None:
    world = province.stage.world
    with province.stage.reading() as conn:
        assert meeting_sheet(Scope(conn, world.plan, world.zone, province.clock.now(), "/")) is None
    invites(xa)
    machine.invites()
    mai.presses("Sẽ dự")
    with province.stage.reading() as conn:
        sheet = meeting_sheet(Scope(conn, world.plan, world.zone, province.clock.now(), "/"))
    assert sheet is not None
    (row,) = sheet.rows
    assert list(row) == [
        "Đoàn xã Hoằng Quỳ", "XA", date(2018, 11, 20), "Sáng", "nhà <văn hoá> xã", "Vũ Văn Xã",
        12, 1, 0, 11, "trong lịch",
    ]  # fmt: skip
