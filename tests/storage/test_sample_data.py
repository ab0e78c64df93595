"""The sample: Thanh Hóa's real units, invented people, fresh invites."""

from datetime import date, datetime

from sqlalchemy import func, select

from playground.sample_data import COMMUNES, load
from storage import invites, people, units
from storage.database import Database
from storage.models import person, unit
from storage.plans import load_plan
from tests.clock import FrozenClock

NOW = datetime(2018, 11, 12, 19, 30, tzinfo=FrozenClock.ZONE)


def test_the_sample_is_a_province_with_people_to_try(database: Database) -> None:
    demos = load(database, load_plan("ke-hoach-66"), NOW)
    with database.reading() as conn:
        rows = conn.execute(select(unit.c.level, func.count()).group_by(unit.c.level))
        levels: dict[str, int] = {row[0]: row[1] for row in rows}
        mai = invites.find(conn, demos[0].token or "", NOW)
        held = people.positions(conn, mai.person_id, date(2018, 11, 12)) if mai else []
        branch = units.get(conn, held[0].unit_id)
        committee = [one.full_name for one in people.holders(conn, branch.id, date(2018, 11, 12))]
        phones = list(conn.scalars(select(person.c.phone)))
    assert (levels["district"], levels["grassroots"]) == (27, 635)
    assert levels["branch"] == 5 * len(COMMUNES)
    assert (demos[0].full_name, branch.name) == ("Lê Thị Mai", "Chi đoàn thôn 3")
    assert committee == ["Lê Thị Mai", "Trần Văn Hùng", "Phạm Thu Hà"]
    assert len(set(phones)) == len(phones)
    assert all(phone and phone.startswith("+84900000") for phone in phones)
