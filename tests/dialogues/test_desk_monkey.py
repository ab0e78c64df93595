"""Officers do to their units whatever comes to hand: nothing fails, and the tree stays a tree."""

import random

import pytest
from sqlalchemy import select

from storage import people
from storage.models import audit, failed_update, unit
from tests.conftest import Province
from tests.dialogues.desk import add_commune, lock
from tests.dialogues.test_monkey import _fits_a_phone
from tests.people import Person

ACTIONS = 900
SAID = [
    "/donvi", "/donvi thôn 3", "/donvi Hoằng Quỳ", "/donvi hoang hoa", "/donvi Mai", "/donvi 0900000013", "thôn 1",
    "Hoằng Kim", "chi đoàn thôn 4", "Nguyễn Thị Hoa", "Lê Thị Mai", "0912345678", "0900000013", "Hôm nay", "20/11",
    "01/11", "20/12", "31/02", "12345", "<b>&", "x" * 500, "/huy", "/trangthai", "Xác nhận", "20/01/2019",
]  # fmt: skip


def _do_something(chance: random.Random, province: Province, person: Person) -> None:
    buttons = [
        (data, message.id)
        for message in person.messages[-(1 if chance.random() < 0.8 else 5) :]
        for row in message.rows
        for _label, data in row
        if "~" not in data or chance.random() < 0.1  # whoever always turns back gets nowhere
    ]
    if buttons and chance.random() < 0.75:
        data, message = chance.choice(buttons)
        raws = [person.pressed(data, message) for _ in range(chance.choice((1, 1, 2)))]
        person.new = []
        province.stage.take(*raws)
    else:
        person.says(chance.choice(SAID))


@pytest.mark.parametrize("seed", [1, 2])
def test_officers_at_random(province: Province, seed: int) -> None:
    chance = random.Random(seed)
    add_commune(province)
    everybody = [
        province.linked("Đỗ Thị Tỉnh", 403),
        province.linked("Ngô Văn Huyện", 303),
        province.linked("Vũ Văn Xã", 203),
        province.linked("Lê Thị Mai", 103),
    ]
    for number in range(ACTIONS):
        if number == ACTIONS * 2 // 3:
            lock(province)
        person = chance.choice(everybody)
        _do_something(chance, province, person)
        province.clock.advance(seconds=chance.choice((1, 1, 60)))
        for message in person.new:
            _fits_a_phone(message.text, message.labels)
    with province.stage.reading() as conn:
        failures = list(conn.scalars(select(failed_update.c.error)))
        assert failures == [], failures[0]
        units = {row.id: row for row in conn.execute(select(unit))}
        for one in units.values():
            above = units[one.parent_id].path if one.parent_id else "/"
            assert one.path == f"{above}{one.id}/"
        assert units[province.ids["tinh"]].valid_to is None
        done = set(conn.scalars(select(audit.c.action)))
        assert done >= {"position_given", "position_dated", "invites_issued"}
        acting = ["secretary", "deputy", "committee_member", "officer"]
        today = province.clock.now().astimezone(province.clock.zone).date()
        assert people.holders(conn, province.ids["tinh"], today, acting)
