"""Who has had proposals for more than seven days is told once, in the morning."""

import pytest
from sqlalchemy import select, update

from scheduler import proposals as work
from storage.models import outbox, proposal_step
from tests.conftest import Province
from tests.dialogues.test_proposals import proposes
from tests.people import Person, at
from tests.scheduler.test_mending import send


def tick(province: Province, day: int, hour: int, minute: int = 0, month: int = 11) -> int:
    province.clock.jump(at(day, month, hour, minute))
    stage = province.stage
    with stage.database.writing() as conn:
        return work.write(conn, stage.world, stage.clock.now())


def all_arrived(province: Province) -> None:
    """What was said so far; a reminder waits behind it."""
    with province.stage.database.writing() as conn:
        conn.execute(update(outbox).where(outbox.c.state != "sent").values(state="sent"))


@pytest.fixture
def proposed(mai: Person, xa: Person) -> Person:
    """On 14/11, which the secretary of the commune is to answer."""
    proposes(mai, "Cần thêm tài liệu")
    return xa


@pytest.mark.parametrize(
    ("day", "hour", "minute", "told"),
    [
        (21, 23, 0, 0),  # it has been seven days, not more
        (22, 7, 29, 0),
        (22, 7, 30, 1),
        (22, 21, 30, 0),  # at night
        (25, 9, 0, 1),  # the program was down
    ],
)
def test_when(province: Province, proposed: Person, day: int, hour: int, minute: int, told: int) -> None:
    assert tick(province, day, hour, minute) == told


def test_once_for_each_level(province: Province, proposed: Person) -> None:
    huyen = province.linked("Ngô Văn Huyện", 303)
    assert tick(province, 22, 8) == 1
    proposed.new = []
    assert send(province) == 1
    assert proposed.sees("1 kiến nghị chờ <b>Đoàn xã Hoằng Quỳ</b> trả lời đã quá 7 ngày")
    assert tick(province, 22, 8, 10) == tick(province, 23, 8) == 0
    proposed.presses("Các kiến nghị").presses("1. Chi đoàn thôn 3").presses("Chuyển cấp trên")
    proposed.presses("Không ghi thêm")
    assert tick(province, 30, 8) == 0
    all_arrived(province)
    huyen.new = []
    assert tick(province, 1, 8, month=12) == 1
    assert send(province) == 1
    assert huyen.sees("1 kiến nghị chờ <b>Huyện đoàn Hoằng Hóa</b>")
    with province.stage.reading() as conn:
        rows = conn.execute(select(proposal_step.c.kind, proposal_step.c.level).order_by(proposal_step.c.id))
        assert [tuple(row) for row in rows] == [
            ("reminded", "grassroots"),
            ("up", "district"),
            ("reminded", "district"),
        ]


def test_answered_before_it_goes(province: Province, proposed: Person) -> None:
    proposed.says("/kiennghi").presses("1. Chi đoàn thôn 3").presses("Trả lời")
    assert tick(province, 22, 8) == 1
    proposed.says("Có rồi.")
    with province.stage.database.writing() as conn:
        conn.execute(update(outbox).where(outbox.c.kind == "reply").values(state="sent"))
    assert send(province) == 0


def test_nobody_connected_hears_it_later(province: Province, mai: Person) -> None:
    proposes(mai, "Cần thêm tài liệu")
    assert tick(province, 22, 8) == 0
    province.linked("Vũ Văn Xã", 203)
    assert tick(province, 24, 8) == 1
    with province.stage.reading() as conn:
        assert conn.execute(select(outbox).where(outbox.c.kind == "reminder")).all()
