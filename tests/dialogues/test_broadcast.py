"""/thongbao: whom, what, the preview, and an account that adds up."""

import re
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select, update

from bot.clock import wall
from storage import broadcasts, outbox
from storage.audit import Action
from storage.models import (
    BroadcastState,
    OutboxState,
    account,
    audit,
    broadcast,
    broadcast_recipient,
    position,
    unit,
)
from storage.models import outbox as outbox_table
from tests.conftest import Province
from tests.desk import Machine
from tests.people import Person, at

TEXT = "Đề nghị các chi đoàn báo cáo trước ngày 30/12."


@pytest.fixture
def machine(province: Province) -> Machine:
    province.clock.jump(at(14, 11, 15, 0))
    return Machine(province.stage)


@pytest.fixture
def branches(province: Province) -> list[Person]:
    """The secretaries of thôn 1 to 4."""
    names = ["Bí Thư Thôn 1", "Bí Thư Thôn 2", "Lê Thị Mai", "Bí Thư Thôn 4"]
    return [province.linked(name, 101 + place) for place, name in enumerate(names)]


def states(province: Province) -> dict[str, int]:
    with province.stage.reading() as conn:
        found: dict[str, int] = {}
        for state in conn.scalars(select(broadcast_recipient.c.state)):
            found[state] = found.get(state, 0) + 1
        return found


def adds_up(text: str) -> bool:
    found = re.search(r"Đã chọn ([\d.]+) = (.+)", text)
    assert found is not None, text
    parts = re.findall(r"([\d.]+)(?: \+|$)", found[2])
    return int(found[1]) == sum(int(part) for part in parts)


def test_from_the_question_to_the_account(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao")
    assert xa.sees("Đoàn xã Hoằng Quỳ", "tới ai")
    assert xa.buttons[:2] == ["Tất cả", "Chi đoàn"]
    xa.presses("Chi đoàn").says(TEXT)
    preview, control = xa.new
    assert preview.text == TEXT
    assert "12 người" in control.text
    assert "8 chưa kết nối" in control.text
    xa.presses("Gửi ngay")
    assert xa.sees("Đang gửi thông báo số 1")
    assert xa.buttons == ["Dừng gửi"]
    machine.works()
    for one in branches:
        assert one.messages[-1].text == TEXT
    assert "Đã gửi xong thông báo số 1" in xa.messages[-1].text
    assert "Đã chọn 12 = đã gửi 4 + chưa kết nối 8" in xa.messages[-1].text
    assert adds_up(xa.messages[-1].text)
    machine.works()
    assert sum(message.text == TEXT for message in branches[0].messages) == 1
    with province.stage.reading() as conn:
        assert (
            conn.scalar(select(audit.c.action).where(audit.c.subject == "broadcast")) == "broadcast_ordered"
        )


def test_only_those_who_still_have_not_reported(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    mai = branches[2]
    branches[0].says("12/11 45/50").presses("Gửi báo cáo")
    xa.says("/thongbao").presses("Chưa báo cáo").says(TEXT).presses("Gửi ngay")
    machine.writes()
    mai.says("12/11 45/50").presses("Gửi báo cáo")  # while it is on its way
    before = len(mai.messages)
    machine.claims().delivers().writes().shows()
    assert len(mai.messages) == before
    assert "vừa báo cáo 1" in xa.messages[-1].text
    assert TEXT not in [message.text for message in branches[0].messages]
    assert branches[1].messages[-1].text == TEXT
    assert adds_up(xa.messages[-1].text)


def test_blocked_failed_and_unknown_are_told_apart(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    fates = {"101": OutboxState.UNREACHABLE, "102": OutboxState.FAILED, "103": OutboxState.UNKNOWN}
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Gửi ngay")
    machine.works(lambda row: fates.get(row.address, OutboxState.SENT))
    shown = xa.messages[-1]
    assert "đã gửi 1 + chưa kết nối 8 + chặn 1 + lỗi 1 + không rõ 1" in shown.text
    assert adds_up(shown.text)
    assert shown.labels == ["3 đơn vị cần gọi", "Xem theo chi đoàn", "Gửi lại cho người chưa nhận"]
    xa.presses("3 đơn vị cần gọi")
    assert xa.sees("Chi đoàn thôn 1", "0900 000 011", "Chi đoàn thôn 3")
    xa.presses("Gửi lại cho người chưa nhận", on=shown)
    machine.works()
    assert branches[0].messages[-1].text == TEXT, "certain not to have arrived"
    assert not branches[2].messages, "perhaps it did arrive: never twice"
    assert adds_up(xa.messages[-1].text)
    assert "không rõ 1" in xa.messages[-1].text


def test_stopped_in_the_middle(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Gửi ngay")
    machine.writes().claims(most=2)
    xa.presses("Dừng gửi")
    assert xa.sees("Đang dừng")
    machine.writes().delivers().claims().delivers().writes().shows()
    assert states(province) == {"sent": 2, "stopped": 2, "unlinked": 8}
    assert "Đã dừng thông báo số 1" in xa.messages[-1].text
    assert adds_up(xa.messages[-1].text)
    xa.presses("Gửi lại cho người chưa nhận")
    machine.works()
    assert states(province) == {"sent": 4, "unlinked": 8}


def test_stopped_before_all_are_written_down_still_adds_up(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Gửi ngay").presses("Dừng gửi")
    machine.works()
    assert states(province).get("sent", 0) == 0
    assert not any(one.messages for one in branches)


def test_what_was_in_flight_at_a_kill_is_unknown_and_never_sent_again(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Gửi ngay")
    machine.writes().claims(most=1)
    machine.claimed.clear()  # the process dies
    with province.stage.database.writing() as conn:
        assert outbox.recover(conn, wall(), alone=True) == 1
    machine.works()
    assert states(province) == {"sent": 3, "unknown": 1, "unlinked": 8}
    assert "không rõ 1" in xa.messages[-1].text
    assert adds_up(xa.messages[-1].text)


def test_formatting_photos_documents_and_albums_go_as_previewed(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    bold = {"text": "Hạn 29/12 <nhé>", "entities": [{"type": "bold", "offset": 4, "length": 5}]}
    xa.says("/thongbao").presses("Chi đoàn").sends(bold)
    assert xa.new[0].text == "Hạn <b>29/12</b> &lt;nhé&gt;"
    xa.presses("Sửa nội dung").photographs("p1")
    assert xa.new[0].media == [["id-p1", True]]
    xa.presses("Sửa nội dung").uploads("d1", "giấy mời.pdf")
    assert xa.new[0].media == [["id-d1", False]]
    xa.presses("Sửa nội dung").photographs("a1", album="A").photographs("a2", album="A")
    xa.presses("Xem trước")
    assert xa.new[0].media == [["id-a1", True], ["id-a2", True]]
    xa.presses("Gửi ngay")
    machine.works()
    assert branches[1].messages[-1].media == [["id-a1", True], ["id-a2", True]]


def test_acknowledged(province: Province, machine: Machine, xa: Person, branches: list[Person]) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Xin xác nhận")
    assert xa.new[0].labels == ["Đã nắm thông tin"]
    control = xa.last
    xa.presses("Đã nắm thông tin")
    assert xa.sees("bản xem trước")
    xa.presses("Gửi ngay", on=control)
    machine.works()
    branches[2].presses("Đã nắm thông tin").presses("Đã nắm thông tin")
    assert branches[2].sees("Hệ thống đã ghi")
    assert branches[2].messages[0].text == TEXT, "the message itself stays"
    xa.says("/thongbao").presses("Đã gửi").presses("Số 1")
    assert xa.sees("Đã nắm thông tin: 1")


def test_nobody_too_long_and_empty_are_stopped_at_the_preview(
    province: Province, machine: Machine, xa: Person
) -> None:
    xa.says("/thongbao").presses("Quá hạn").says(TEXT).presses("Gửi ngay")
    assert xa.sees("Không có ai để gửi")
    xa.presses("Huỷ").says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Gửi ngay")
    assert xa.sees("Chưa ai trong số này kết nối")
    xa.presses("Sửa nội dung").says("á" * 4097)
    assert xa.sees("4.096")
    with province.stage.reading() as conn:
        assert conn.scalar(select(broadcast.c.id)) is None


def test_what_the_messenger_refuses_is_not_sent(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT)
    with province.stage.database.writing() as conn:
        preview = outbox_table.c.dedupe_key.like("preview:%")
        conn.execute(update(outbox_table).where(preview).values(state=OutboxState.FAILED))
    xa.presses("Gửi ngay")
    assert xa.sees("không nhận nội dung này")


def test_pressed_twice_is_ordered_once(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT)
    control = xa.last
    press = xa.press("Gửi ngay", on=control)
    province.stage.take(press, {**press, "update_id": press["update_id"] + 10_000})
    with province.stage.reading() as conn:
        assert list(conn.scalars(select(broadcast.c.id))) == [1]


def test_scheduled_listed_cancelled(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Hẹn giờ").says("7h30 14/11")
    assert xa.sees("đã qua")
    xa.says("21h 15/11")
    assert xa.sees("giờ nghỉ")
    xa.says("bao giờ cũng được")
    assert xa.sees("chưa đọc được giờ")
    xa.says("7h30 15/11")
    assert xa.sees("Đã hẹn", "07 giờ 30 ngày 15/11")
    machine.works()
    assert not branches[0].messages
    xa.says("/thongbao").presses("Đã hẹn")
    assert xa.sees("Số 1, 07 giờ 30 ngày 15/11: Đề nghị các chi đoàn báo cáo")
    xa.presses("Huỷ số 1")
    province.clock.jump(at(15, 11, 8, 0))
    machine.works()
    assert not branches[0].messages


def test_the_audience_is_worked_out_when_it_is_sent(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Hẹn giờ").presses("7 giờ 30 mai")
    with province.stage.database.writing() as conn:
        conn.execute(
            update(unit).where(unit.c.id == province.ids["thon1"]).values(valid_to=date(2018, 11, 14))
        )
    province.clock.jump(at(15, 11, 7, 31))
    machine.works()
    assert not branches[0].messages
    assert branches[1].messages[-1].text == TEXT


def test_units_by_name_and_filters(province: Province, machine: Machine, branches: list[Person]) -> None:
    tinh = province.linked("Đỗ Thị Tỉnh", 401)
    tinh.says("/thongbao")
    assert tinh.buttons[:4] == ["Tất cả", "Cấp huyện", "Cấp cơ sở", "Chi đoàn"]
    tinh.presses("Theo đơn vị").says("hoang quý")
    assert tinh.buttons[0].startswith("Đoàn xã Hoằng Quỳ")
    tinh.presses(tinh.buttons[0]).says("khong co dau")
    assert tinh.sees("Chưa tìm thấy đơn vị")
    tinh.says("thôn 1").presses("Xong").says(TEXT)
    assert tinh.sees("Đoàn xã Hoằng Quỳ (Huyện đoàn Hoằng Hóa), Chi đoàn thôn 1 (Đoàn xã Hoằng Quỳ)")
    tinh.presses("Lọc người nhận").presses("Chi đoàn").presses("Bí thư")
    assert tinh.sees("4 người")
    tinh.presses("Xong").presses("Gửi ngay")
    machine.works()
    assert all(one.messages[-1].text == TEXT for one in branches)


def test_second_pair_of_eyes(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    world = province.stage.world
    plan = world.plan.model_copy(update={"second_pair_of_eyes": True})
    province.stage.runner._world = replace(world, plan=plan)
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Gửi ngay")
    assert xa.sees("chưa ai khác của đơn vị kết nối")
    xuan = province.linked("Bùi Thị Xuân", 204)
    xa.presses("Gửi ngay")
    assert xa.sees("chờ người thứ hai")
    assert xuan.messages[-2].text == TEXT
    machine.works()
    assert not branches[0].messages
    xuan.presses("Duyệt gửi")
    assert "đã duyệt" in xa.messages[-1].text
    machine.works()
    assert branches[0].messages[-1].text == TEXT


def test_at_night_it_waits_for_the_morning_unless_told_otherwise(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    province.clock.jump(at(14, 11, 21, 0))
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT)
    assert xa.sees("Đang giờ nghỉ", "06 giờ 30")
    xa.presses("Gửi ngay")
    machine.writes().shows()
    assert "Vẫn gửi đêm nay" in xa.messages[-1].labels
    xa.presses("Vẫn gửi đêm nay")
    with province.stage.reading() as conn:
        assert conn.scalar(select(broadcast.c.at_night)) is True
        assert "broadcast_at_night" in set(conn.scalars(select(audit.c.action)))
    machine.works()
    assert branches[0].messages[-1].text == TEXT


FORGED = ["stop", "cancel", "approve", "reject", "night", "result", "again", "ring", "units"]


@pytest.mark.parametrize("verb", FORGED)
def test_a_forged_button_is_told_nothing(
    province: Province, machine: Machine, xa: Person, mai: Person, verb: str
) -> None:
    tinh = province.linked("Đỗ Thị Tỉnh", 401)
    tinh.says("/thongbao").presses("Tất cả").says(TEXT).presses("Gửi ngay")
    for stranger in (mai, xa):  # of a branch; of a desk below the sender's
        stranger.new = []
        province.stage.take(stranger.pressed(f"s.bcast.{verb}.1", "1"))
        assert stranger.sees("không quản lý thông báo này")
        province.stage.take(stranger.pressed(f"s.bcast.{verb}.999", "1"))
        assert stranger.last.text == stranger.new[0].text
    with province.stage.reading() as conn:
        assert conn.scalar(select(broadcast.c.state)) == BroadcastState.SCHEDULED


def test_no_desk_no_broadcast(province: Province, mai: Person) -> None:
    mai.says("/thongbao")
    assert mai.sees("cán bộ phụ trách các đơn vị cấp dưới")
    province.stage.take(mai.pressed(f"s.bcast.desk.{province.ids['xa']}", "1"))
    assert mai.sees("chưa được phân công")


def test_an_account_that_moved_on_gets_nothing(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Gửi ngay")
    machine.writes()
    with province.stage.database.writing() as conn:
        conn.execute(update(account).where(account.c.address == "101").values(person_id=None))
    machine.claims().delivers().writes().shows()
    assert not branches[0].messages
    assert "thôi chức vụ 1" in xa.messages[-1].text


def test_its_buttons_wait_for_no_other_work(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    """[Dừng gửi] stops at once, and [Đã nắm thông tin] is no reason to put a report aside."""
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Xin xác nhận").presses("Gửi ngay")
    progress = xa.last
    machine.writes().claims().delivers()
    mai = branches[2]
    received = mai.messages[-1]
    mai.says("/baocao").presses("Đã tham gia")
    xa.says("/thongbao").presses("Chi đoàn").presses("Dừng gửi", on=progress)
    with province.stage.reading() as conn:
        assert conn.scalar(select(broadcast.c.state)) == BroadcastState.STOPPING
    mai.presses("Đã nắm thông tin", on=received)
    assert mai.sees("Hệ thống đã ghi")
    assert mai.buttons == ["Viết tiếp"]
    mai.presses("Viết tiếp")
    assert mai.sees("Học ngày nào")


def test_who_left_did_not_just_hand_in(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao").presses("Chưa nộp bài").says(TEXT).presses("Gửi ngay")
    machine.writes()
    with province.stage.database.writing() as conn:
        held = position.c.person_id == province.ids["Bí Thư Thôn 1"]
        conn.execute(update(position).where(held).values(valid_to=date(2018, 11, 13)))
    branches[1].uploads("e", "bai.pdf").presses("Bài của tôi").presses("Xong")
    machine.claims().delivers()
    assert {state: states(province)[state] for state in ("gone", "reported")} == {"gone": 1, "reported": 1}


def test_a_commune_that_moves_to_another_district_is_still_the_one_that_was_chosen(
    province: Province, machine: Machine, branches: list[Person]
) -> None:
    tinh = province.linked("Đỗ Thị Tỉnh", 401)
    tinh.says("/thongbao").presses("Theo đơn vị").says("hoằng quỳ").presses("Xong").says(TEXT)
    tinh.presses("Gửi ngay")
    machine.writes().claims(most=1).delivers()
    with province.stage.database.writing() as conn:
        for one in conn.execute(select(unit.c.id, unit.c.path)).all():
            moved = one.path.replace(f"/{province.ids['huyen']}/", "/77/")
            conn.execute(update(unit).where(unit.c.id == one.id).values(path=moved))
    machine.claims().delivers()
    assert states(province)["sent"] == 4


def test_repeated_once_however_often_it_is_pressed(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Gửi ngay")
    machine.works(lambda row: OutboxState.FAILED if row.address == "101" else OutboxState.SENT)
    account_of_it = xa.messages[-1]
    xa.presses("Gửi lại cho người chưa nhận", on=account_of_it)
    xa.presses("Gửi lại cho người chưa nhận", on=account_of_it)
    assert xa.sees("đang được gửi")
    machine.works()
    assert [message.text for message in branches[0].messages] == [TEXT]
    with province.stage.reading() as conn:
        assert conn.scalar(select(broadcast.c.round)) == 2


def test_the_desk_itself_and_what_was_moved_away_are_not_to_be_rung(
    province: Province, machine: Machine, xa: Person
) -> None:
    province.linked("Lê Thị Mai", 103)
    xa.says("/thongbao").presses("Tất cả").says(TEXT).presses("Gửi ngay")
    machine.works()
    assert "3 đơn vị cần gọi" in xa.messages[-1].labels
    with province.stage.database.writing() as conn:
        conn.execute(update(unit).where(unit.c.id == province.ids["thon1"]).values(path="/1/77/4/"))
    xa.presses("3 đơn vị cần gọi")
    assert xa.sees("2 đơn vị chưa ai nhận được")


def test_of_a_scheduled_one_no_button_stays_behind(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    """It is over before the messenger has told which message shows its progress."""
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Hẹn giờ").presses("7 giờ 30 mai")
    province.clock.jump(at(15, 11, 7, 31))
    machine.writes().shows()
    progress = xa.messages[-1]
    assert progress.labels == ["Dừng gửi"]
    machine.claims().delivers().writes().shows()
    assert "Đã gửi xong" not in xa.messages[-1].text
    with province.stage.database.writing() as conn:
        sent = outbox_table.c.dedupe_key.like("progress:%")
        conn.execute(update(outbox_table).where(sent).values(state=OutboxState.SENT, message_id=progress.id))
    machine.shows()
    assert "Đã gửi xong" in xa.messages[-1].text
    assert [one.labels for one in xa.messages if one.id == progress.id] == [[]]


def test_whoever_acknowledged_has_it(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    """The connection was lost behind the message: nobody knew, until it was answered."""
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Xin xác nhận").presses("Gửi ngay")
    machine.works(lambda row: OutboxState.UNKNOWN if row.address == "101" else OutboxState.SENT)
    assert "1 đơn vị cần gọi" in xa.messages[-1].labels
    province.stage.take(branches[0].pressed("s.ack.1", "1"))
    xa.says("/thongbao").presses("Đã gửi").presses("Số 1")
    assert "1 đơn vị cần gọi" not in xa.buttons


def test_who_cannot_be_reached_now_may_be_by_the_hour_that_was_set(
    province: Province, machine: Machine, xa: Person
) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Hẹn giờ").presses("7 giờ 30 mai")
    assert xa.sees("Đã hẹn")
    mai = province.linked("Lê Thị Mai", 103)
    province.clock.jump(at(15, 11, 7, 31))
    machine.works()
    assert mai.messages[-1].text == TEXT


def test_progress_is_of_those_who_can_be_reached(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Gửi ngay")
    machine.writes().claims(most=2).delivers().shows()
    progress = next(message for message in xa.messages if "Đang gửi thông báo" in message.text)
    assert "50%" in progress.text
    assert "Đã gửi 2 / 4" in progress.text


def test_another_officer_of_the_desk_repeats_it_and_gets_the_account(
    province: Province, machine: Machine, xa: Person, branches: list[Person]
) -> None:
    xuan = province.linked("Bùi Thị Xuân", 204)
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Gửi ngay")
    machine.writes()
    xa.presses("Dừng gửi")
    machine.works()
    xuan.says("/thongbao").presses("Đã gửi").presses("Số 1").presses("Gửi lại cho người chưa nhận")
    machine.works()
    assert "Đã gửi xong thông báo số 1" in xuan.messages[-1].text
    assert branches[0].messages[-1].text == TEXT


def test_whoever_was_slower_changes_nothing(province: Province, xa: Person, branches: list[Person]) -> None:
    xa.says("/thongbao").presses("Chi đoàn").says(TEXT).presses("Hẹn giờ").presses("7 giờ 30 mai")
    with province.stage.database.writing() as conn:
        seen = broadcasts.get(conn, 1)
        assert seen is not None
        who = province.ids["Vũ Văn Xã"]

        def cancel() -> bool:
            return broadcasts.decide(
                conn, seen, Action.BROADCAST_CANCELLED, who, at(14, 11), state=BroadcastState.CANCELLED
            )

        assert [cancel(), cancel()] == [True, False]
        cancelled = select(audit.c.id).where(audit.c.action == "broadcast_cancelled")
        assert len(list(conn.scalars(cancelled))) == 1
