"""The day before something is to be mended the unit is reminded: once, by day, and only if it still waits."""

from datetime import timedelta

import pytest

from rules.counting import Count
from scheduler import mending, rendering
from storage import inspections, outbox
from storage.inspections import Visit
from storage.outbox import Row
from storage.reports import Sender
from tests.conftest import Province
from tests.people import Person, at


@pytest.fixture
def inspected(province: Province, mai: Person) -> int:
    """Chi đoàn thôn 3, which has something to mend by 30/11."""
    province.linked("Ngô Văn Huyện", 303)
    by = Sender(province.ids["Ngô Văn Huyện"], 1, at(14, 11))
    day = at(14, 11).date()
    with province.stage.database.writing() as conn:
        team, unit = province.ids["huyen"], province.ids["thon3"]
        number = inspections.plan_visit(conn, "ke-hoach-66", team, unit, day, [], by)
        one = inspections.get(conn, number)
        assert one is not None
        visit = Visit(day, Count(38, 50), None, [], "<b>Họp bù", at(30, 11).date(), [])
        assert inspections.record_visit(conn, one, visit, by)
    return number


def tick(province: Province, day: int, month: int, hour: int, minute: int) -> int:
    province.clock.jump(at(day, month, hour, minute))
    stage = province.stage
    with stage.database.writing() as conn:
        return mending.write(conn, stage.world, stage.clock.now())


def send(province: Province) -> int:
    """As the sender would; how many really went."""
    stage, now = province.stage, province.clock.now()
    render = rendering.renderer(stage.world, stage.clock)
    with stage.database.writing() as conn:
        rows = outbox.claim(conn, most=100, owner="test", lease=now + timedelta(minutes=3), wall=now, now=now)
        forms = [(row, render(conn, row)) for row in rows]
    sent = [Row(row.id, row.kind, row.channel, row.address, form) for row, form in forms if form is not None]
    stage.deliver(sent)
    return len(sent)


@pytest.mark.parametrize(
    ("day", "month", "hour", "minute", "told"),
    [
        (28, 11, 9, 0, 0),  # two days before
        (29, 11, 7, 29, 0),
        (29, 11, 7, 30, 1),
        (29, 11, 21, 0, 0),  # at night
        (30, 11, 9, 0, 1),  # the program was down the day before
        (1, 12, 9, 0, 0),
    ],
)
def test_when(
    province: Province, inspected: int, day: int, month: int, hour: int, minute: int, told: int
) -> None:
    assert tick(province, day, month, hour, minute) == told


def test_once_and_with_the_button(province: Province, inspected: int, mai: Person) -> None:
    assert tick(province, 29, 11, 7, 30) == 1
    assert tick(province, 29, 11, 7, 40) == tick(province, 30, 11, 7, 40) == 0
    assert send(province) == 1
    told = mai.messages[-1]
    assert "Nhắc việc sau kiểm tra của <b>Huyện đoàn Hoằng Hóa</b>" in told.text
    assert "“&lt;b&gt;Họp bù”, chậm nhất hết ngày 30/11" in told.text
    mai.presses("Đã khắc phục", told).says("Đã họp")
    assert mai.sees("Đã gửi <b>Huyện đoàn Hoằng Hóa</b>")


def test_what_was_answered_meanwhile_is_not_asked_for(province: Province, inspected: int) -> None:
    assert tick(province, 29, 11, 7, 30) == 1
    with province.stage.database.writing() as conn:
        one = inspections.get(conn, inspected)
        assert one is not None
        inspections.answer(conn, one, "xong", Sender(province.ids["Lê Thị Mai"], 1, at(29, 11)))
    assert send(province) == 0
