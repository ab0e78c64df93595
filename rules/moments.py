"""A day and an hour still to come, as people type them: "7h30 15/11", "19 giờ hôm nay", "mai 7h"."""

import re
from datetime import date, datetime, time, timedelta

from rules.names import plain
from rules.reading import read_planned_date
from rules.reasons import Reason, ReasonCode

_HOUR = re.compile(
    r"\b(?:luc\s*)?(?P<hour>[0-9]{1,2})\s*(?:(?:h|gio|:)\s*(?P<minute>[0-9]{2}(?!\s*[/.\-]|\d))?)(?:\s*phut)?"
    r"(?:\s*(?P<half>ruoi))?\s*(?P<part>sang|trua|chieu|toi)?\b"
)
_BY_PART = {"chieu": 12, "toi": 12}  # "2h chiều" is 14:00


def read_moment(text: str, now: datetime) -> datetime | Reason:
    """`now` local. Without a day it is the next time that this hour comes. Past moments are a Reason."""
    said = plain(text)
    found = _HOUR.search(said)
    if found is None:
        return Reason(ReasonCode.UNREADABLE_DATE)
    hour, minute = int(found["hour"]), int(found["minute"] or (30 if found["half"] else 0))
    if hour < 12:
        hour += _BY_PART.get(found["part"] or "", 0)
    if hour > 23 or minute > 59:
        return Reason(ReasonCode.UNREADABLE_DATE)
    rest = " ".join(f"{said[: found.start()]} {said[found.end() :]}".split()).strip(" ,.")
    if not rest:
        moment = datetime.combine(now.date(), time(hour, minute), now.tzinfo)
        return moment if moment > now else moment + timedelta(days=1)
    day = read_planned_date(rest, now.date(), None)
    if not isinstance(day, date):
        return day
    moment = datetime.combine(day, time(hour, minute), now.tzinfo)
    return moment if moment > now else Reason(ReasonCode.DATE_IN_PAST, {"day": day})
