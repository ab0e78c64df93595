"""What the engine promises, whatever the conversation: nothing twice, nothing lost, old buttons harmless."""

from typing import Any

import pytest
from sqlalchemy import func, select, update

from handlers import participation_draft as participation
from storage.models import (
    conversation,
    failed_update,
    outbox,
    position,
    report,
    seen_update,
)
from storage.models import participation as participation_table
from tests.conftest import Province
from tests.people import Person, at


def test_an_update_delivered_twice_counts_once(province: Province, mai: Person) -> None:
    raw = mai.update({"text": "/baocao"})
    province.stage.take(raw)
    shown = len(mai.messages)
    province.stage.take(raw)
    province.stage.take(raw, raw)
    assert len(mai.messages) == shown


def test_a_button_pressed_twice_is_only_acknowledged(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("45").presses("Đủ cả 3")
    first, second = mai.press("Gửi báo cáo"), mai.press("Gửi báo cáo")
    mai.new = []
    province.stage.take(first, second)
    assert len(mai.new) == 1
    assert mai.sees("Đã nhận báo cáo, mã")
    assert len(province.stage.acknowledged[-2:]) == 2
    with province.stage.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(report)) == 1


def test_an_old_keyboard_is_answered_kindly_and_changes_nothing(province: Province, mai: Person) -> None:
    mai.says("/baocao")
    old = mai.press("Chưa tham gia")
    mai.presses("Đã tham gia").presses("Hôm nay").says("45")
    mai.new = []
    province.stage.take(old)
    assert mai.sees("Nút này của lần trước", "có mặt đủ không?")
    mai.presses("Đủ cả 3").presses("Gửi báo cáo")
    assert mai.sees("Đã nhận báo cáo")


def test_the_button_of_a_finished_conversation(province: Province, mai: Person) -> None:
    mai.says("/baocao")
    old = mai.press("Đã tham gia")
    mai.says("/huy")
    assert mai.sees("Đã huỷ")
    mai.new = []
    province.stage.take(old)
    assert mai.sees("Nút này của lần trước")


def test_another_persons_button_does_nothing(province: Province, mai: Person, xa: Person) -> None:
    mai.says("/baocao")
    data = mai.last.rows[0][0][1]
    xa.new = []
    province.stage.take(xa.pressed(data, "1"))
    assert xa.sees("Nút này của lần trước")
    mai.presses("Đã tham gia")
    assert mai.sees("Học ngày nào?")


def test_a_command_in_the_middle_offers_to_keep_the_draft(mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("/thuhoach")
    assert mai.sees("Báo cáo Chi đoàn thôn 3 đang viết dở, hệ thống giữ lại.")
    assert mai.buttons == ["Viết tiếp", "Việc mới"]
    mai.presses("Viết tiếp")
    assert mai.sees("Bao nhiêu đoàn viên tham dự?")
    mai.says("/thuhoach").presses("Việc mới")
    assert mai.sees("Bài thu hoạch của ai?")
    mai.says("/huy").says("/baocao")
    assert mai.sees("đã viết dở từ trước")
    mai.presses("Viết tiếp").says("45")
    assert mai.sees("có mặt đủ không?")


def test_help_and_status_do_not_interrupt(mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("/trangthai")
    assert "Viết tiếp" in mai.buttons
    mai.presses("Viết tiếp")
    assert mai.sees("Bao nhiêu đoàn viên tham dự?")


def test_back_restores_the_question_before(mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("45").presses("⬅️ Quay lại")
    assert mai.sees("Bao nhiêu đoàn viên tham dự?")
    mai.presses("⬅️ Quay lại").presses("Hôm qua").says("44").presses("Đủ cả 3")
    assert mai.sees("ngày 13/11", "44/50")


def test_a_label_may_be_typed(mai: Person) -> None:
    mai.says("/baocao").says("da tham gia").says("hôm nay").says("45").says("đủ cả 3").says("gửi báo cáo")
    assert mai.sees("Đã nhận báo cáo")


def test_a_draft_survives_a_week_and_a_new_process(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay")
    province.clock.advance(days=7)
    mai.says("45")
    assert mai.sees("có mặt đủ không?")


def test_a_successor_finds_the_draft(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("45").says("/thuhoach").presses(
        "Việc mới"
    )
    hung = province.linked("Trần Văn Hùng", 104)
    hung.says("/baocao")
    assert hung.sees("đã viết dở từ trước")
    hung.presses("Viết tiếp").presses("Đủ cả 3").presses("Gửi báo cáo")
    assert hung.sees("Đã nhận báo cáo")


def test_a_successor_takes_over_what_was_under_way_when_the_office_ended(
    province: Province, mai: Person
) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("45")
    with province.stage.database.writing() as conn:
        conn.execute(
            update(position)
            .where(position.c.person_id == province.ids["Lê Thị Mai"])
            .values(valid_to=at(13, 11).date())
        )
    hung = province.linked("Trần Văn Hùng", 104)
    hung.says("/baocao")
    assert hung.sees("đã viết dở từ trước")
    hung.presses("Viết tiếp").presses("Đủ cả 3").presses("Gửi báo cáo")
    assert hung.sees("Đã nhận báo cáo")


def test_two_people_at_once_see_each_other(province: Province, mai: Person) -> None:
    hung = province.linked("Trần Văn Hùng", 104)
    for one, members in ((mai, "45"), (hung, "44")):
        one.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says(members).presses("Đủ cả 3")
    mai.presses("Gửi báo cáo")
    hung.presses("Gửi báo cáo")
    assert hung.sees("vừa được người khác gửi", "45/50")
    hung.presses("Gửi báo cáo")
    assert hung.sees("lần 2")


def test_a_draft_that_cannot_be_read_any_more_is_said(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay")
    with province.stage.database.writing() as conn:
        conn.execute(update(conversation).values(draft={"unit": "x"}))
    mai.says("45")
    assert mai.sees("cần làm lại từ đầu")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ({"voice": {"file_id": "v", "duration": 2}}, "tin thoại"),
        ({"sticker": {"file_id": "s"}}, "hình dán"),
        ({"location": {"latitude": 1, "longitude": 2}}, "vị trí"),
        ({"poll": {}}, "chưa đọc được tin này"),
    ],
)
def test_what_cannot_be_read_is_answered_and_asked_again(
    mai: Person, content: dict[str, Any], told: str
) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").sends(content)
    assert mai.sees(told, "Bao nhiêu đoàn viên tham dự?")
    mai.says("/huy").sends(content)
    assert mai.sees(told)


def test_an_edited_message_is_not_an_answer(mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").sends({"text": "45"}, "edited_message")
    assert mai.sees("sửa không tính", "Bao nhiêu đoàn viên tham dự?")


def test_an_exception_costs_its_own_update_only(
    province: Province, mai: Person, xa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay")

    def broken(*_args: Any) -> None:
        raise KeyError("a mistake")

    monkeypatch.setitem(participation.flow.receive, participation.Step.MEMBERS, broken)
    mai.new = []
    batch = province.stage.take(mai.update({"text": "45"}), xa.update({"text": "/trogiup"}))
    assert (batch.taken, batch.failed) == (2, 1)
    assert mai.sees("chưa lưu được câu trả lời này")
    assert xa.sees("/baocao")
    with province.stage.reading() as conn:
        failed = conn.execute(select(failed_update)).one()
        assert failed.raw["message"]["text"] == "45"
        assert "a mistake" in failed.error
    monkeypatch.undo()
    mai.says("45")
    assert mai.sees("có mặt đủ không?")


def test_an_update_that_cannot_even_be_read_is_kept(province: Province, mai: Person) -> None:
    raw = mai.update({"text": "x"})
    del raw["message"]["date"]
    mai.new = []
    province.stage.take(raw)
    assert mai.sees("chưa lưu được")
    with province.stage.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(failed_update)) == 1


def test_a_database_error_takes_the_whole_batch_with_it(
    province: Province, mai: Person, xa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk rolls the whole transaction back: nothing of the batch may be acknowledged."""
    from sqlalchemy.exc import OperationalError

    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay")

    def full(*_args: Any) -> None:
        raise OperationalError("insert", {}, Exception("database or disk is full"))

    monkeypatch.setitem(participation.flow.receive, participation.Step.MEMBERS, full)
    first, second = xa.update({"text": "/baocao"}), mai.update({"text": "45"})
    with pytest.raises(OperationalError):
        province.stage.take(first, second)
    with province.stage.reading() as conn:
        seen = set(conn.scalars(select(seen_update.c.update_id)))
    assert first["update_id"] not in seen
    monkeypatch.undo()
    province.stage.take(first, second)
    assert mai.sees("có mặt đủ không?")
    assert xa.sees("Đơn vị đã tổ chức")


def test_a_position_that_ended_ends_the_conversation(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("45").presses("Đủ cả 3")
    with province.stage.database.writing() as conn:
        conn.execute(
            update(position)
            .where(position.c.person_id == province.ids["Lê Thị Mai"])
            .values(valid_to=at(13, 11).date())
        )
    mai.presses("Gửi báo cáo")
    assert mai.sees("chưa được phân công")
    with province.stage.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(participation_table)) == 0


def test_after_a_gap_whoever_waited_for_a_press_is_asked_again(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia")
    began = province.clock.now()
    province.clock.advance(minutes=10)
    mai.new = []
    with province.stage.database.writing() as conn:
        rows = province.stage.runner.ask_again_after_gap(conn, began)
    province.stage.deliver(rows)
    assert mai.sees("Hệ thống vừa gián đoạn", "Học ngày nào?")


def test_every_reply_is_an_outbox_row(province: Province, mai: Person) -> None:
    mai.says("/trogiup")
    with province.stage.reading() as conn:
        rows = conn.execute(select(outbox.c.state, outbox.c.kind)).all()
    assert [tuple(row) for row in rows] == [("pending", "reply")]
