"""Some hosts open the check-in of their hall; some of those who are there type the six digits."""

from collections.abc import Callable
from datetime import date
from datetime import time as hour

from sqlalchemy import select

from rules.check_in import code
from storage.models import meeting, unit
from tests.season.ledger import Hall, Meeting
from tests.season.people import Actor
from tests.season.province import Human, Unit
from tests.season.stage import Script, Season

NAME = "checking in"


def plan(season: Season) -> None:
    for host, day in season.kept["held"]:
        if season.province.below[host.code] and season.chances(0.4):
            leader = next(one for one in season.province.of_unit[host.code] if one.leads)
            season.at(NAME, season.local(day, hour(7, 30)), leader, _opens(season, host, day))


def _opens(season: Season, host: Unit, day: date) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        planned = [one for one in season.ledger.meetings if one.host == host.code and one.day == day]
        one = next((one for one in planned if not one.called_off), None)
        if not who.human.linked or one is None:
            return
        yield who.says("/diemdanh")
        who.expects("điểm danh hôm nay", "chưa mở")
        yield who.presses("Mở điểm danh")
        who.expects("Đã mở điểm danh hội nghị")
        hall = Hall(host.code, day)
        season.ledger.halls.append(hall)
        for chat in sorted(one.invited):
            human = season.province.by_chat[chat]
            if human.linked and not human.blocks and season.chances(0.5 if one.answers.get(chat) else 0.05):
                when = season.local(day, hour(8, season.chance.randrange(60)))
                season.at(NAME, when, human, _checks_in(season, one, hall))
        stranger = _elsewhere(season, host)
        if stranger is not None:
            season.at(NAME, season.local(day, hour(8, 30)), stranger, _from_elsewhere(season, one))

    return script


def _elsewhere(season: Season, host: Unit) -> Human | None:
    """Somebody of another district, who must not be counted."""
    beside = [
        one for one in season.province.at("district") if one.code not in season.province.chain(host.code)
    ]
    found = [season.province.of_unit[one.code][-1] for one in beside if host.owes != "province"]
    return next((one for one in found if one.linked), None)


def _digits(season: Season, one: Meeting) -> str:
    """As they stand on the screen of the hall at this moment."""
    of_host = (meeting.c.host_id == unit.c.id, unit.c.code == one.host, meeting.c.day == one.day)
    with season.database.reading() as conn:
        secret = conn.scalar(select(meeting.c.secret).where(*of_host).limit(1))
    return code(str(secret), season.now)


def _checks_in(season: Season, one: Meeting, hall: Hall) -> Callable[[Actor], Script]:
    clumsy, twice = season.chances(0.1), season.chances(0.1)

    def script(who: Actor) -> Script:
        digits = _digits(season, one)
        if clumsy:
            wrong = f"{(int(digits) + 1) % 1_000_000:06d}"
            yield who.says(wrong)
            if "Mã này chưa đúng" not in who.text:
                return  # in the middle of something else
        yield who.says(f"{digits[:3]} {digits[3:]}" if twice else digits)
        if "Đã điểm danh:" in who.text:
            hall.there.add(who.human.chat)
            if twice:
                yield who.says(digits)
                who.expects("Đồng chí đã điểm danh")

    return script


def _from_elsewhere(season: Season, one: Meeting) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        yield who.says(_digits(season, one))
        if "Đã điểm danh:" in who.text:
            raise AssertionError(f"{who.human} checked in with {one.host}")

    return script
