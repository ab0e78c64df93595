"""Dates, numbers and one-line reports as people really type them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from rules.counting import Count, as_number, count_of, number_in, read_count
from rules.names import plain
from rules.reasons import Reason, ReasonCode

_YEAR = r"(?:19|20)[0-9]{2}"
# Two digits are a year only behind the separator that stands between day and month: "12/11-13" is no date.
_NUMERIC = (
    r"(?P<day>[0-9]{1,2})\s*(?P<sep>[/.\-])\s*(?P<month>[0-9]{1,2})"
    rf"(?:(?:\s*[/.\-]\s*|\s+(?:nam\s+)?)(?P<year>{_YEAR})|\s*(?P=sep)\s*(?P<short>[0-9]{{2}}))?"
)
_IN_WORDS = (
    r"(?P<day_>[0-9]{1,2})\s*(?:thang|thg|th|t)\.?\s*(?P<month_>[0-9]{1,2})"
    rf"(?:\s*[,/\-]?\s*(?:nam\s*)?(?P<year_>{_YEAR}))?"
)
_ISO = r"(?P<iso>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_DATE = re.compile(
    rf"(?P<named>\bngay\s+)?(?<![\d/.,\-])(?:{_ISO}|{_IN_WORDS}|{_NUMERIC})(?!\d|[/.\-]\s?\d|,\d)"
)
_HOUR = r"\b(?:luc\s*)?[0-9]{1,2}\s*(?:h|gio)(?:\s?[0-9]{2}(?!\s*[/.\-\d]))?(?![a-z0-9])"
_WEEKDAY = r"\b(?:(?:thu\s*|t)(?:[2-7]|hai|ba|tu|nam|sau|bay)|chu nhat|cn)\b(?!\s*[/.\-]\s*\d)"
_ASIDES = re.compile(
    rf"{_HOUR}|{_WEEKDAY}|\b(?:(?:buoi )?(?:sang|chieu|toi|trua)|da|vang|thua|vao|hoc|hop|to chuc|hoi nghi"
    r"|du kien|la|roi|xong|a|ah|nhe|nha|hom(?= \d))\b"
)
_RELATIVE = {
    "hom nay": 0, "hnay": 0, "nay": 0, "ngay hom nay": 0,
    "hom qua": -1, "hqua": -1, "qua": -1, "ngay hom qua": -1, "hom kia": -2,
    "mai": 1, "ngay mai": 1, "ngay kia": 2, "ngay mot": 2,
}  # fmt: skip
_LONGEST = 80  # characters: what is longer is talk, not a day
_SLIP = 300  # days: "12/11" of a day to come, said on 14/11, is a slip and not next year's
_FARTHEST = 3 * 366  # days: a year that was typed wrongly

_RELATIVE_WITHIN = re.compile(r"\b(hom nay|hnay|hom qua|hqua|hom kia|ngay mai)\b")
_PAIR_WITHIN = re.compile(
    r"(?<![\d/.,\-])([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,5})\s*(?:/|\btren\b|\btrong\b)\s*(?:tong\s*)?(?:so\s*)?"
    r"([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,5})(?![/.\-]?\d)"
)
_CADRES = re.compile(r"\b(?:can bo|cb)\s*:?\s*([0-9]{1,4})\s*/\s*([0-9]{1,4})(?!\s*/|\d)")
_YOUTH = re.compile(
    r"\b(?:thanh nien|tn)\s*:?\s*([0-9]{1,5})(?![\d/])|(?<![\d/.\-])([0-9]{1,5})\s*(?:thanh nien|tn)\b"
)
_AT_HOME = re.compile(r"\b(?:co mat(?: tai dia phuong)?|o nha)\s*:?\s*([0-9]{1,5})(?!\d|\s*(?:/|tren|trong))")
_MATERIALS = re.compile(
    r"\b(?:(khong|chua|thieu)\s+)?(?:(?:day\s+)?du\s+)?tai\s+lieu(?:\s+(thieu|(?:day\s+)?du))?\b"
)
ONE_LINE_LIMIT = 200  # characters


def read_number(text: str, most: int) -> int | Reason:
    number = number_in(text)
    if number is None:
        return Reason(ReasonCode.UNREADABLE_NUMBER)
    return number if number <= most else Reason(ReasonCode.NUMBER_TOO_LARGE, {"limit": most})


def read_date(text: str, today: date, not_before: date) -> date | Reason:
    """The day on which something was held: "12/11", "ngày 12 tháng 11", "hôm qua"…

    A year left out is the latest such day that has been.
    """
    said = _said(text)
    if said in _RELATIVE:
        return _held(today + timedelta(days=_RELATIVE[said]), today, not_before)
    found = _DATE.fullmatch(said)
    return Reason(ReasonCode.UNREADABLE_DATE) if found is None else _resolve_held(found, today, not_before)


def read_planned_date(text: str, today: date, latest: date | None) -> date | Reason:
    """A day still to come, today included; a year left out is the next such day."""
    said = _said(text)
    if said in _RELATIVE:
        return _planned(today + timedelta(days=_RELATIVE[said]), today, latest)
    found = _DATE.fullmatch(said)
    if found is None:
        return Reason(ReasonCode.UNREADABLE_DATE)
    typed = _typed(found)
    days = [made for year in (today.year, today.year + 1) if (made := _day(typed, year)) is not None]
    if not days:
        return Reason(ReasonCode.UNREADABLE_DATE)
    ahead = [day for day in days if today <= day and (typed[2] or (day - today).days <= _SLIP)]
    return _planned(ahead[0] if ahead else days[0], today, latest)


def read_day(text: str, today: date) -> date | Reason:
    """Any day, past or to come; a year left out is the one that brings it nearest to today."""
    said = _said(text)
    if said in _RELATIVE:
        return today + timedelta(days=_RELATIVE[said])
    found = _DATE.fullmatch(said)
    typed = _typed(found) if found is not None else None
    years = (today.year - 1, today.year, today.year + 1)
    days = [made for year in years if typed is not None and (made := _day(typed, year)) is not None]
    if not days:
        return Reason(ReasonCode.UNREADABLE_DATE)
    day = min(days, key=lambda one: abs(one - today))
    far = abs((day - today).days) > _FARTHEST
    return Reason(ReasonCode.DATE_TOO_FAR, {"day": day}) if far else day


def _said(text: str) -> str:
    """What may be a day, without hour, weekday and courtesies; empty where it is too long to be one."""
    if len(text) > _LONGEST:
        return ""
    return " ".join(_ASIDES.sub(" ", plain(text)).strip(" ,.;:!?()-").split())


def _typed(found: re.Match[str]) -> tuple[int, int, int | None]:
    """Day, month and year, not yet known to be a day of any year."""
    part = found.groupdict()
    if part["iso"]:
        year, month, day = part["iso"].split("-")
        return int(day), int(month), int(year)
    said = part["year"] or part["short"] or part["year_"]
    full = None if said is None else int(said) + (2000 if len(said) == 2 else 0)
    return int(part["day"] or part["day_"]), int(part["month"] or part["month_"]), full


def _day(typed: tuple[int, int, int | None], year: int) -> date | None:
    try:
        return date(typed[2] or year, typed[1], typed[0])
    except ValueError:
        return None


def _resolve_held(found: re.Match[str], today: date, not_before: date) -> date | Reason:
    typed = _typed(found)
    days = [made for back in (0, 1) if (made := _day(typed, today.year - back)) is not None]
    if not days:
        return Reason(ReasonCode.UNREADABLE_DATE)
    return _held(next((day for day in days if not_before <= day <= today), days[0]), today, not_before)


def _held(day: date, today: date, not_before: date) -> date | Reason:
    if day > today:
        return Reason(ReasonCode.DATE_IN_FUTURE, {"day": day})
    if day < not_before:
        return Reason(ReasonCode.DATE_BEFORE_PLAN, {"day": day, "start": not_before})
    return day


def _planned(day: date, today: date, latest: date | None) -> date | Reason:
    if day < today:
        return Reason(ReasonCode.DATE_IN_PAST, {"day": day})
    return Reason(ReasonCode.UNREADABLE_DATE) if latest is not None and day > latest else day


@dataclass(frozen=True, slots=True)
class LineReport:
    """A report typed in one line; what was not said is None.

    `members` is the reason where the line's counts cannot be, whichever of them it is.
    """

    members: Count | Reason
    held_on: date | Reason | None = None
    cadres: Count | None = None
    youth: int | None = None
    at_home: int | None = None
    materials: bool | None = None


def read_line(text: str, today: date, not_before: date, expected: int | None) -> LineReport | None:
    """`12/11 45/50, đủ tài liệu`, its parts in any order; None: plainly no report."""
    if len(text) > ONE_LINE_LIMIT:
        return None
    rest = plain(text)
    materials, rest = _take_materials(rest)
    cadres, rest = _take(_CADRES, rest)
    youth, rest = _take(_YOUTH, rest)
    at_home, without = _take(_AT_HOME, rest)
    found = _counted_on(without, today, not_before, expected)
    if found is None:  # "có mặt 45" is then the count itself
        at_home, found = None, _counted_on(rest, today, not_before, expected)
    if found is None:
        return None
    held_on, members = found
    of_whom = count_of(*cadres) if cadres else None
    if isinstance(of_whom, Reason):
        members, of_whom = (members if isinstance(members, Reason) else of_whom), None
    return LineReport(
        members, held_on, of_whom, youth[0] if youth else None, at_home[0] if at_home else None, materials
    )


def _take(pattern: re.Pattern[str], text: str) -> tuple[tuple[int, ...] | None, str]:
    """The numbers found, and the text without them."""
    found = pattern.search(text)
    if found is None:
        return None, text
    numbers = tuple(int(digits) for digits in found.groups() if digits)
    return numbers, f"{text[: found.start()]} , {text[found.end() :]}"


def _take_materials(text: str) -> tuple[bool | None, str]:
    found = _MATERIALS.search(text)
    if found is None or (found[0].startswith("tai") and found[2] is None):
        return None, text
    enough = found[1] is None and found[2] != "thieu"
    return enough, f"{text[: found.start()]} , {text[found.end() :]}"


_Counted = tuple[date | Reason | None, Count | Reason]


def _counted_on(text: str, today: date, not_before: date, expected: int | None) -> _Counted | None:
    """The day and the count; None: no count.

    Of two pairs that may both be a date, the first is it, unless only the other way round makes sense.
    """
    readings: list[tuple[bool, date | Reason, Count | Reason]] = []
    for start, end, named, day in _days(text, today, not_before):
        members = _count(f"{text[:start]} , {text[end:]}", expected)
        if members is not None:
            readings.append((named, day, members))
    readings.sort(key=lambda reading: not reading[0])
    for place, (_, day, members) in enumerate(readings):
        fits = isinstance(members, Count) and (place == 0 or members.expected == expected)
        if isinstance(day, date) and fits:
            return day, members
    if readings:
        return readings[0][1:]
    pair = _PAIR_WITHIN.search(text)
    if pair is None or (as_number(pair[2]) != expected and _DATE.search(pair[0]) and _may_be_day(pair)):
        return None
    return None, count_of(as_number(pair[1]), as_number(pair[2]))


def _days(text: str, today: date, not_before: date) -> list[tuple[int, int, bool, date | Reason]]:
    """Start, end, whether it can be nothing but a day, and the day."""
    days = [
        (said.start(), said.end(), True, _held(today + timedelta(days=_RELATIVE[said[0]]), today, not_before))
        for said in _RELATIVE_WITHIN.finditer(text)
    ]
    for found in _DATE.finditer(text):
        day, month, year = _typed(found)
        named = found["named"] is not None or found["day_"] is not None or year is not None
        if named or (day <= 31 and month <= 12):
            days.append((found.start(), found.end(), named, _resolve_held(found, today, not_before)))
    return days


def day_within(said: str, today: date, not_before: date) -> tuple[int, int, date | Reason] | None:
    """Where a day stands in a folded text (`rules.names.fold`), and which: the one that can be nothing else, or
    the last. None: there is none.
    """
    found = max(_days(said, today, not_before), key=lambda one: (one[2], one[0]), default=None)
    return None if found is None else (found[0], found[1], found[3])


def _may_be_day(pair: re.Match[str]) -> bool:
    return as_number(pair[1]) <= 31 and as_number(pair[2]) <= 12


def _count(text: str, expected: int | None) -> Count | Reason | None:
    """A pair anywhere, or the only number beside a day; None: neither."""
    if pair := _PAIR_WITHIN.search(text):
        return count_of(as_number(pair[1]), as_number(pair[2]))
    alone = " ".join(text.replace(",", " ").split())
    return None if number_in(alone) is None else read_count(alone, expected)
