"""Nobody acts here: what the machine said unasked is looked at in the end."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from datetime import time as hour

from tests.season.checks import Check
from tests.season.ledger import Ledger
from tests.season.stage import Arrived, Season

_REPORT = "Báo cáo kết quả học tập"
_QUIET_FROM, _QUIET_UNTIL = hour(20, 30), hour(6, 30)
LAST_DAY = datetime.combine(date(2018, 12, 29), hour(11, 35))
TOLD_TO_CALL = datetime.combine(date(2018, 12, 30), hour(7, 5))


def checks(season: Season) -> Iterator[Check]:
    digests = [one for one in season.arrived if "digest" in one.about]
    yield Check("reminders", "in quiet hours", sum(_at_night(season, one) for one in season.arrived), 0)
    yield Check("reminders", "twice at one stage", _twice(digests), 0)
    asked = sum(_REPORT in one.text and not one.owes_report for one in digests)
    yield Check("reminders", "for a report that was there", asked, 0)
    idle = sum(not one.owes_report and not one.owes_essay and _is_branch(season, one) for one in digests)
    yield Check("reminders", "with nothing owed", idle, 0)
    last = {
        one.human.unit
        for one in digests
        if one.about["stage"] == "last_day" and one.at == _moment(season, LAST_DAY)
    }
    owing = _owing(season, LAST_DAY)
    yield Check("reminders", "branches asked on the last day", len(owing & last), len(owing))
    called = {
        one.human.unit
        for one in season.arrived
        if "escalation" in one.about and one.at == _moment(season, TOLD_TO_CALL)
    }
    hosts = {season.province.units[code].parent for code in _owing(season, TOLD_TO_CALL, reachable=False)}
    reached = {code for code in hosts if code is not None and season.province.leader(code) is not None}
    yield Check("reminders", "communes told whom to ring", len(called & reached), len(reached))
    yield Check("reminders", "communes told with nobody missing", len(called - reached), 0)


def _moment(season: Season, local: datetime) -> datetime:
    return local.replace(tzinfo=season.clock.zone)


def _at_night(season: Season, one: Arrived) -> bool:
    at = one.at.astimezone(season.clock.zone).time()
    return at >= _QUIET_FROM or at < _QUIET_UNTIL


def _twice(digests: list[Arrived]) -> int:
    told = Counter((one.about["deadline"], one.about["stage"], one.human.chat) for one in digests)
    return sum(times - 1 for times in told.values())


def _is_branch(season: Season, one: Arrived) -> bool:
    return season.province.units[one.human.unit].owes == "branch"


def _owing(season: Season, local: datetime, *, reachable: bool = True) -> set[str]:
    """Branches that had not reported then, and (`reachable`) have somebody who can be asked."""
    at, ledger = _moment(season, local), season.ledger
    return {
        one.code
        for one in season.province.at("branch")
        if _unreported(ledger, one.code, at)
        and (not reachable or season.province.leader(one.code) is not None)
    }


def _unreported(ledger: Ledger, code: str, at: datetime) -> bool:
    sent = ledger.participations.get(code)
    return sent is None or sent.arrived >= at
