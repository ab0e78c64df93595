"""After the plan's lock date nothing is sent any more; until then lateness is only marked."""

from dataclasses import replace
from datetime import date

from tests.conftest import Province
from tests.people import Person, at


def test_late_is_taken_and_marked(province: Province, mai: Person) -> None:
    province.clock.jump(at(20, 1, year=2019))
    mai.says("29/12 45/50").presses("Gửi báo cáo")
    assert mai.sees("Đã nhận báo cáo", "chậm hạn")


def test_locked(province: Province, mai: Person) -> None:
    world = province.stage.world
    locked = replace(world, plan=world.plan.model_copy(update={"lock_on": date(2019, 1, 15)}))
    mai.says("12/11 45/50")
    province.stage.runner._world = locked
    province.clock.jump(at(15, 1, 0, 1, year=2019))
    mai.presses("Gửi báo cáo")
    assert mai.sees("đã khoá sổ")
    mai.says("/huy").says("/baocao")
    assert mai.sees("đã khoá sổ")
