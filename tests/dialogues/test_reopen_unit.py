"""[Mở lại]: after the lock date one unit may report again, until a day."""

from typing import Any

from sqlalchemy import select

from storage.audit import Action
from storage.models import audit, reopening
from tests.conftest import Province
from tests.dialogues.desk import card_of, lock, pressed
from tests.people import Person, at


def reopened(province: Province) -> list[Any]:
    with province.stage.reading() as conn:
        return list(conn.execute(select(reopening)))


def test_until_a_day(province: Province, xa: Person, mai: Person) -> None:
    lock(province)
    assert mai.says("/baocao").sees("đã khoá sổ")
    card_of(xa, province.ids["thon3"]).presses("Mở lại").says("20/01")
    assert xa.sees("Mở lại <b>Chi đoàn thôn 3</b> đến hết ngày 20/01.")
    xa.presses("Xác nhận")
    assert xa.sees("Đã mở lại <b>Chi đoàn thôn 3</b> đến hết ngày 20/01.")
    assert mai.new[-1].text.startswith("Đoàn cấp trên đã mở lại <b>Chi đoàn thôn 3</b>")
    with province.stage.reading() as conn:
        entry = conn.execute(select(audit).where(audit.c.action == Action.UNIT_REOPENED)).one()
    assert (entry.person_id, entry.unit_id) == (province.ids["Vũ Văn Xã"], province.ids["thon3"])
    assert entry.facts == {"until": "2019-01-20"}
    assert card_of(xa, province.ids["thon3"]).sees("Đang mở lại đến hết ngày 20/01.")
    mai.presses("Báo cáo")
    assert mai.sees("Chi đoàn thôn 3")
    mai.says("/huy")
    province.clock.jump(at(21, 1, year=2019))
    assert mai.says("/baocao").sees("đã khoá sổ")


def test_only_forward(province: Province, xa: Person) -> None:
    lock(province)
    card_of(xa, province.ids["thon3"]).presses("Mở lại").says("10/01/2019")
    assert xa.sees("Ngày 10/01 đã qua")
    xa.says("20/01").presses("Xác nhận")
    card_of(xa, province.ids["thon3"]).presses("Mở lại")
    assert xa.sees("Đang mở đến hết ngày 20/01")
    xa.says("18/01")
    assert xa.sees("đang mở đến hết ngày 20/01")
    assert len(reopened(province)) == 1


def test_a_day_that_passed_while_it_was_asked(province: Province, xa: Person) -> None:
    lock(province)
    card_of(xa, province.ids["thon3"]).presses("Mở lại").says("16/01")
    province.clock.jump(at(17, 1, year=2019))
    xa.presses("Xác nhận")
    assert xa.sees("Ngày 16/01 đã qua")
    assert not reopened(province)


def test_before_the_lock_there_is_nothing_to_reopen(province: Province, xa: Person) -> None:
    card_of(xa, province.ids["thon3"])
    assert "Mở lại" not in xa.buttons
    pressed(xa, f"s.reopen.{province.ids['thon3']}")
    assert xa.sees("Kế hoạch chưa khoá sổ")
    assert not reopened(province)
