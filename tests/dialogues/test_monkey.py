"""Four people do whatever comes to hand, thousands of times: nothing fails, nothing is too long for a phone."""

import random
from typing import Any

import pytest
from sqlalchemy import func, select

from storage.models import essay, failed_update, participation, report
from tests.conftest import Province
from tests.people import Person

ACTIONS = 1500
TEXT_LIMIT = 4096
LINES_LIMIT = 24  # of 32 characters; an ordinary screen has 12
LABEL_LIMIT = 18
LONG_LABELS = ("Chia sẻ số điện thoại",)
SENSIBLE = ["45", "45/50", "12/11", "120", "nhà văn hoá", "Trần Văn Hùng", "12/11 45/50"]
ERASE = "s.mydata.sure"
SAID = [
    "45", "45/50", "52/50", "52/52", "0", "3", "12/11", "hôm qua", "31/12", "20/12", "mai", "không", "", "  ",
    "bốn lăm", "12/11 45/50, đủ tài liệu", "<b>nhà</b> & vườn", "Trần Văn Hùng", "Tr\u00e2\u0300n Va\u0306n Hu\u0300ng",
    "🙂🙂🙂", "x" * 4096, "đã tham gia", "/baocao", "/thuhoach", "/trangthai", "/huy", "/dulieu", "/trogiup", "/start",
    "/start abc", "/khongco", "nhà văn hoá xã", "ốm", "/duyet", "thôn 3 45/50\nthôn 5 chưa học\nthôn 1 9", "thôn 2 44",
    "/tuyentruyen", "https://a.vn/1", "https://a.vn/2?fbclid=1", "https://a.vn/" + "y" * 287,
]  # fmt: skip


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_monkeys(province: Province, seed: int) -> None:
    chance = random.Random(seed)
    people = [
        province.linked("Lê Thị Mai", 103),
        province.linked("Trần Văn Hùng", 104),
        province.linked("Vũ Văn Xã", 203),
        province.linked("Ngô Văn Huyện", 303),
        province.stage.person(900),
    ]
    for _ in range(ACTIONS):
        person = chance.choice(people)
        _do_something(chance, province, person)
        province.clock.advance(seconds=chance.choice((1, 1, 60)))
        for message in person.new:
            _fits_a_phone(message.text, message.labels)
    with province.stage.reading() as conn:
        failures = list(conn.scalars(select(failed_update.c.error)))
        assert failures == [], failures[0]
        over = conn.scalar(
            select(func.count())
            .select_from(participation)
            .where(participation.c.members > participation.c.members_expected)
        )
        assert over == 0
        # They really got somewhere.
        assert (conn.scalar(select(func.count()).select_from(report)) or 0) >= 1
        assert (conn.scalar(select(func.count()).select_from(essay)) or 0) >= 1


def _do_something(chance: random.Random, province: Province, person: Person) -> None:
    kind = chance.random()
    buttons = [
        (data, message.id)
        for message in person.messages[-(1 if chance.random() < 0.8 else 4) :]
        for row in message.rows
        for _label, data in row
        if data != ERASE  # whoever erases themselves is a stranger from then on
    ]
    if kind < 0.55 and buttons:
        data, message = chance.choice(buttons)
        raws = [person.pressed(data, message) for _ in range(chance.choice((1, 1, 2)))]
        person.new = []
        province.stage.take(*raws)
    elif kind < 0.85:
        person.says(chance.choice(chance.choice((SAID, SENSIBLE))))
    elif kind < 0.93:
        album = chance.choice((None, None, "album"))
        person.photographs(f"p{chance.randrange(40)}", album=album)
    elif kind < 0.96:
        person.uploads(f"d{chance.randrange(40)}", chance.choice(("bai.pdf", "bai.docx", "bai.exe")))
    elif kind < 0.98:
        content: dict[str, Any] = chance.choice(({"voice": {}}, {"sticker": {}}, {"poll": {}}))
        person.sends(content, chance.choice(("message", "edited_message")))
    else:
        person.shares(chance.choice(("0900000013", "12", "0911222333")), chance.choice((None, 1)))


def _fits_a_phone(text: str, labels: list[str]) -> None:
    assert 0 < len(text) <= TEXT_LIMIT
    lines = sum(max(1, -(-len(line) // 32)) for line in text.split("\n"))
    assert lines <= LINES_LIMIT, text
    names = [label.removeprefix("✓ ") for label in labels]
    long = [name for name in names if len(name) > LABEL_LIMIT and name not in LONG_LABELS]
    # Units, sessions and duties have a row to themselves.
    assert all(len(name) <= 48 for name in long), long
