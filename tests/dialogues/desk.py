"""What the tests of the desk share: buttons that were made up, more units, and a plan that is closed."""

from dataclasses import replace
from datetime import date

from tests import roster
from tests.conftest import Province
from tests.people import Person, at

NOT_YOURS = "Đồng chí chưa được phân công đơn vị này."


def pressed(person: Person, data: str) -> Person:
    """A button that was made up, or kept from long ago."""
    person.new = []
    person.stage.take(person.pressed(data, "1"))
    return person


def card_of(person: Person, unit_id: int) -> Person:
    return pressed(person, f"s.unit.{unit_id}")


def add_unit(province: Province, key: str, name: str, level: str, parent: str) -> None:
    with province.stage.database.writing() as conn:
        roster.add_unit(conn, province.ids, key, name, level, parent)


def add_commune(province: Province) -> None:
    """Beside Hoằng Quỳ."""
    add_unit(province, "kim", "Đoàn xã Hoằng Kim", "grassroots", "huyen")


def lock(province: Province) -> None:
    """It is 15/01/2019, and nothing is taken any more."""
    world = province.stage.world
    plan = world.plan.model_copy(update={"lock_on": date(2019, 1, 15)})
    province.stage.runner._world = replace(world, plan=plan)
    province.clock.jump(at(15, 1, year=2019))
