"""Reminders: to whom, when, once; what was handed in meanwhile is not asked for."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduler import reminders
from storage import outbox
from storage.models import outbox as outbox_table
from storage.models import reminded
from storage.outbox import Row
from tests.conftest import Province
from tests.dialogues.test_participation import record_session
from tests.people import Person, at


class Morning:
    """Ticks, and what then would be said."""

    def __init__(self, province: Province) -> None:
        self.province = province

    def tick(self) -> int:
        stage = self.province.stage
        with stage.database.writing() as conn:
            return reminders.tick(conn, stage.world, self.province.clock.now())

    def send(self) -> int:
        """Deliver what is due, as the sender would; how many really went."""
        stage, now = self.province.stage, self.province.clock.now()
        with stage.database.writing() as conn:
            rows = outbox.claim(
                conn, most=100, owner="test", lease=now + timedelta(minutes=3), wall=now, now=now
            )
            forms = [(row, reminders.render(conn, stage.world, row, now)) for row in rows]
        sent = [
            Row(row.id, row.kind, row.channel, row.address, form) for row, form in forms if form is not None
        ]
        for person in stage.people.values():
            person.new = []
        stage.deliver(sent)
        return len(sent)


@pytest.fixture
def morning(province: Province) -> Morning:
    return Morning(province)


@pytest.mark.parametrize(
    ("day", "month", "hour", "minute", "opening"),
    [
        (22, 12, 7, 31, "Còn 7 ngày"),
        (27, 12, 7, 31, "Còn 2 ngày"),
        (29, 12, 11, 31, "Hôm nay là ngày cuối"),
        (30, 12, 7, 31, "Đã quá hạn"),
    ],
)
def test_each_stage(
    province: Province,
    morning: Morning,
    mai: Person,
    day: int,
    month: int,
    hour: int,
    minute: int,
    opening: str,
) -> None:
    province.clock.jump(at(day, month, hour, minute))
    assert morning.tick() == 1
    assert morning.send() == 1
    assert mai.sees(opening, "Chi đoàn thôn 3", "Báo cáo kết quả học tập", "Bài thu hoạch của đồng chí")
    assert mai.buttons == ["Báo cáo", "Nộp bài", "Đã có lịch", "Để sau"]
    assert morning.tick() == 0


def test_before_its_hour_nothing_is_said(province: Province, morning: Morning, mai: Person) -> None:
    province.clock.jump(at(22, 12, 7, 29))
    assert morning.tick() == 0


def test_a_week_of_downtime_gives_one_message(province: Province, morning: Morning, mai: Person) -> None:
    province.clock.jump(at(22, 12, 7, 31))
    assert morning.tick() == 1
    province.clock.jump(at(29, 12, 12, 0))
    assert morning.tick() == 1  # the last day's, and not the one of 2 days before as well
    province.clock.jump(at(30, 12, 8, 0))
    assert morning.tick() == 1
    for day in (31,):
        province.clock.jump(at(day, 12, 8, 0))
        assert morning.tick() == 0


def test_whoever_reported_is_not_asked(province: Province, morning: Morning, mai: Person) -> None:
    mai.says("12/11 45/50").presses("Gửi báo cáo")
    for name, unique in (("Bài của tôi", "a"), ("Trần Văn Hùng", "b"), ("Phạm Thu Hà", "c")):
        mai.uploads(unique, "bai.pdf").presses(name).presses("Xong")
    province.clock.jump(at(27, 12, 7, 31))
    assert morning.tick() == 0


def test_what_was_handed_in_after_the_tick_is_not_asked_for(
    province: Province, morning: Morning, mai: Person
) -> None:
    province.clock.jump(at(27, 12, 7, 31))
    assert morning.tick() == 1
    mai.says("12/11 45/50").presses("Gửi báo cáo")
    for row in province.stage.outbox():
        if row.kind == "reply":  # they were sent long ago
            with province.stage.database.writing() as conn:
                conn.execute(outbox_table.update().where(outbox_table.c.id == row.id).values(state="sent"))
    assert morning.send() == 1
    assert "Báo cáo kết quả" not in mai.last.text
    assert mai.sees("Bài thu hoạch")


def test_nobody_is_woken_at_night(province: Province, morning: Morning, mai: Person) -> None:
    province.clock.jump(at(27, 12, 6, 0))
    assert morning.tick() == 0
    province.clock.jump(at(26, 12, 23, 0))
    assert morning.tick() == 0


def test_later_is_tomorrow(province: Province, morning: Morning, mai: Person) -> None:
    province.clock.jump(at(22, 12, 7, 31))
    morning.tick()
    morning.send()
    mai.presses("Để sau")
    assert mai.sees("sáng mai")
    province.clock.jump(at(27, 12, 7, 31))
    assert morning.tick() == 1


def test_a_named_day_silences_until_its_evening(province: Province, morning: Morning, mai: Person) -> None:
    province.clock.jump(at(22, 12, 7, 31))
    morning.tick()
    morning.send()
    mai.presses("Đã có lịch").says("27/12")
    assert mai.sees("Tối 27/12 hệ thống sẽ hỏi lại")
    with province.stage.database.writing() as conn:
        conn.execute(outbox_table.update().values(state="sent"))
    province.clock.jump(at(27, 12, 7, 31))
    morning.tick()  # the essay's reminder
    with province.stage.database.writing() as conn:
        assert "planned" not in set(conn.scalars(select(reminded.c.stage)))
        conn.execute(outbox_table.update().values(state="sent"))
    province.clock.jump(at(27, 12, 19, 5))
    assert morning.tick() == 1
    assert morning.send() == 1
    assert mai.sees("Hôm nay là ngày đã hẹn học")


def test_the_evening_of_a_recorded_session(
    province: Province, morning: Morning, mai: Person, xa: Person
) -> None:
    province.clock.jump(at(14, 11, 15, 0))
    record_session(xa)
    with province.stage.database.writing() as conn:
        conn.execute(outbox_table.update().values(state="sent"))
    province.clock.jump(at(14, 11, 18, 59))
    morning.tick()
    with province.stage.reading() as conn:
        assert "session" not in set(conn.scalars(select(reminded.c.stage)))
    province.clock.jump(at(14, 11, 19, 1))
    assert morning.tick() >= 1
    morning.send()
    assert mai.sees("đã ghi hội nghị", "Chi đoàn thôn 3")


def test_one_voice_a_unit_and_each_their_own_essay(province: Province, morning: Morning, mai: Person) -> None:
    hung = province.linked("Trần Văn Hùng", 104)
    province.clock.jump(at(27, 12, 7, 31))
    assert morning.tick() == 2
    morning.send()
    assert mai.sees("Báo cáo kết quả học tập")
    assert hung.sees("Bài thu hoạch")


def test_the_districts_final_report(province: Province, morning: Morning) -> None:
    huyen = province.linked("Ngô Văn Huyện", 303)
    province.clock.jump(at(4, 1, 11, 31, year=2019))
    assert morning.tick() == 1
    morning.send()
    assert huyen.sees("Hôm nay là ngày cuối", "Báo cáo kết quả về Tỉnh đoàn")
    assert "Nộp báo cáo" in huyen.buttons
    huyen.presses("Nộp báo cáo").uploads("final", "bao-cao.docx").presses("Gửi báo cáo")
    assert huyen.sees("Đã nhận báo cáo, mã", "đúng hạn")


def test_a_crash_while_sending_leaves_it_unknown_and_unsent(
    province: Province, morning: Morning, mai: Person
) -> None:
    province.clock.jump(at(27, 12, 7, 31))
    morning.tick()
    now = province.clock.now()
    with province.stage.database.writing() as conn:
        assert outbox.claim(conn, most=10, owner="dead", lease=now + timedelta(minutes=3), wall=now, now=now)
    later = now + timedelta(minutes=4)
    with province.stage.database.writing() as conn:
        assert outbox.recover(conn, later) == 1
        assert outbox.claim(conn, most=10, owner="new", lease=later, wall=later, now=later) == []
        assert conn.scalar(select(outbox_table.c.state)) == "unknown"


def test_a_unit_without_its_plan_is_reminded_before_its_own_day(
    province: Province, morning: Morning, mai: Person
) -> None:
    xa = province.linked("Vũ Văn Xã", 203)
    province.clock.jump(at(23, 11, 7, 31))
    assert morning.tick() == 1
    assert morning.send() == 1
    assert xa.sees(
        "<b>Còn 7 ngày</b>, chậm nhất hết ngày 30/11, <b>Đoàn xã Hoằng Quỳ</b> cần:",
        "▸ Kế hoạch triển khai của đơn vị",
        "▸ Hội nghị học tập, quán triệt, chậm nhất hết ngày 29/12",
    )
    assert morning.tick() == 0
    assert mai.new == []
