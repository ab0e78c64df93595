"""Merging and closing: what is below goes along, people's positions end, old buttons explain."""

import asyncio
from datetime import date
from types import SimpleNamespace
from typing import Any, cast

import pytest
from sqlalchemy import select

from scheduler import mergers
from scheduler.job import Desk
from storage.audit import Action
from storage.models import audit, position, unit
from storage.writer import Writer
from tests.conftest import Province
from tests.dialogues.desk import add_commune, card_of, pressed
from tests.people import Person, at


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


def row(province: Province, key: str) -> Any:
    with province.stage.reading() as conn:
        return conn.execute(select(unit).where(unit.c.id == province.ids[key])).one()


def audited(province: Province, action: Action) -> list[Any]:
    with province.stage.reading() as conn:
        return list(conn.execute(select(audit).where(audit.c.action == action).order_by(audit.c.id)))


def moved_by_the_job(province: Province) -> int:
    stage = province.stage
    writer = Writer(stage.database)
    writer.start()
    desk = SimpleNamespace(world=stage.world, writer=writer, clock=stage.clock)
    try:
        return asyncio.run(mergers.run(cast(Desk, desk)))["moved"]
    finally:
        writer.stop()


def test_a_commune_is_merged(province: Province, huyen: Person, xa: Person, mai: Person) -> None:
    add_commune(province)
    card_of(huyen, province.ids["xa"]).presses("Sáp nhập")
    assert huyen.sees("<b>Đoàn xã Hoằng Quỳ</b> sáp nhập vào đơn vị nào")
    huyen.says("Hoằng Kim").presses("Hôm nay")
    assert huyen.sees(
        "từ ngày 14/11", "▸ 4 đơn vị trực thuộc chuyển sang Đoàn xã Hoằng Kim", "▸ 2 chức vụ ở đây thôi"
    )
    huyen.presses("Xác nhận")
    assert huyen.sees("Đã ghi: <b>Đoàn xã Hoằng Quỳ</b> sáp nhập vào <b>Đoàn xã Hoằng Kim</b> từ ngày 14/11.")
    merged, kim, branch = row(province, "xa"), row(province, "kim"), row(province, "thon3")
    assert (merged.valid_to, merged.successor_id) == (date(2018, 11, 13), kim.id)
    assert (branch.parent_id, branch.path) == (kim.id, f"{kim.path}{branch.id}/")
    with province.stage.reading() as conn:
        ends = list(conn.scalars(select(position.c.valid_to).where(position.c.unit_id == merged.id)))
    assert ends == [date(2018, 11, 13)] * 2
    (entry,) = audited(province, Action.UNIT_MERGED)
    assert (entry.person_id, entry.unit_id) == (province.ids["Ngô Văn Huyện"], merged.id)
    assert entry.facts == {"last": "2018-11-13", "successor": kim.id}
    assert [one.unit_id for one in audited(province, Action.UNIT_CHANGED)] == [
        province.ids[f"thon{number}"] for number in range(1, 5)
    ]
    assert xa.new[-1].text.startswith("Đoàn cấp trên đã ghi: <b>Đoàn xã Hoằng Quỳ</b> sáp nhập")
    assert xa.says("/donvi thôn 3").sees("dành cho cán bộ có đơn vị cấp dưới")
    assert mai.says("/baocao").sees("Chi đoàn thôn 3")
    assert huyen.says("/donvi thôn 3 hoằng kim").sees("mã THON3", "Đoàn xã Hoằng Kim")


def test_a_day_ahead_moves_what_is_below_when_it_comes(province: Province, huyen: Person, xa: Person) -> None:
    add_commune(province)
    card_of(huyen, province.ids["xa"]).presses("Sáp nhập").says("hoang kim").says("01/12").presses("Xác nhận")
    assert row(province, "thon3").parent_id == province.ids["xa"]
    assert xa.says("/donvi thôn 3").sees("mã THON3")
    assert card_of(huyen, province.ids["xa"]).sees("Đơn vị này sẽ sáp nhập vào", "từ ngày 01/12")

    province.clock.jump(at(30, 11, 23, 59))
    assert moved_by_the_job(province) == 0
    province.clock.jump(at(1, 12, 0, 1))
    assert xa.says("/donvi thôn 3").sees("dành cho cán bộ")
    assert moved_by_the_job(province) == 4
    assert row(province, "thon3").parent_id == province.ids["kim"]
    assert moved_by_the_job(province) == 0


def test_a_branch_is_closed(province: Province, xa: Person, mai: Person) -> None:
    card_of(xa, province.ids["thon3"]).presses("Đóng đơn vị").presses("Hôm nay")
    assert xa.sees("Đóng <b>Chi đoàn thôn 3</b> từ ngày 14/11", "▸ 3 chức vụ ở đây thôi")
    xa.presses("Xác nhận")
    assert xa.sees("thôi hoạt động từ ngày 14/11")
    assert row(province, "thon3").valid_to == date(2018, 11, 13)
    (entry,) = audited(province, Action.UNIT_CLOSED)
    assert (entry.unit_id, entry.facts) == (province.ids["thon3"], {"last": "2018-11-13"})
    assert mai.new[-1].text.startswith("Đoàn cấp trên đã ghi: <b>Chi đoàn thôn 3</b> thôi hoạt động")
    card_of(xa, province.ids["xa"]).presses("Đơn vị dưới")
    assert xa.sees("có 3 đơn vị trực thuộc")


def test_units_below_keep_a_unit_open(province: Province, huyen: Person) -> None:
    pressed(huyen, f"s.close.{province.ids['xa']}")
    assert huyen.sees("còn 4 đơn vị trực thuộc")
    assert row(province, "xa").valid_to is None


@pytest.mark.parametrize("action", ["merge", "close"])
def test_the_top_stays(province: Province, action: str) -> None:
    tinh = province.linked("Đỗ Thị Tỉnh", 403)
    pressed(tinh, f"s.{action}.{province.ids['tinh']}")
    assert tinh.sees("Đơn vị cấp cao nhất không đóng")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Hoằng Quỳ", "Đó chính là đơn vị này"),
        ("thôn 3", "chưa tìm thấy “thôn 3” cùng cấp"),
        ("huyện Hoằng Hóa", "chưa tìm thấy"),
        ("12", "chưa tìm thấy"),
    ],
)
def test_into_what_it_cannot_go(province: Province, huyen: Person, said: str, told: str) -> None:
    card_of(huyen, province.ids["xa"]).presses("Sáp nhập").says(said)
    assert huyen.sees(told)


def test_a_commune_cannot_take_in_from_beside_it(province: Province, xa: Person) -> None:
    """What it does not manage it can neither merge nor name."""
    add_commune(province)
    card_of(xa, province.ids["thon3"]).presses("Sáp nhập").says("Hoằng Kim")
    assert xa.sees("chưa tìm thấy")
    assert not xa.buttons or "Kim" not in " ".join(xa.buttons)


def test_not_into_one_that_closes_too(province: Province, xa: Person) -> None:
    card_of(xa, province.ids["thon4"]).presses("Đóng đơn vị").says("01/12").presses("Xác nhận")
    card_of(xa, province.ids["thon3"]).presses("Sáp nhập").says("chi đoàn thôn 4")
    assert xa.sees("cũng đã ghi ngày thôi hoạt động")


def test_before_the_unit_existed(province: Province, xa: Person) -> None:
    with province.stage.database.writing() as conn:
        began = unit.update().where(unit.c.id == province.ids["thon3"])
        conn.execute(began.values(valid_from=date(2018, 11, 10)))
    card_of(xa, province.ids["thon3"]).presses("Đóng đơn vị").says("10/11")
    assert xa.sees("hoạt động từ ngày 10/11")


def test_pressing_twice_closes_once(province: Province, xa: Person) -> None:
    card_of(xa, province.ids["thon3"]).presses("Đóng đơn vị").presses("Hôm nay")
    province.stage.take(xa.press("Xác nhận"), xa.press("Xác nhận"))
    assert len(audited(province, Action.UNIT_CLOSED)) == 1
