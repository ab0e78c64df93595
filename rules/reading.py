"""Dates, numbers and one-line reports as people really type them."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from rules.counting import Count, read_count
from rules.names import fold
from rules.reasons import Reason, ReasonCode

_NUMERIC = r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?"
_IN_WORDS = r"(?:ngay\s+)?(\d{1,2})\s*(?:thang|thg|th)\.?\s*(\d{1,2})(?:\s*(?:,|nam)?\s*(\d{4}|\d{2}))?"
_DATE = re.compile(rf"^\D{{0,20}}?(?:{_IN_WORDS}|{_NUMERIC})\W*$")
_DATE_WITHIN = re.compile(rf"(?<![\d/])(?:{_IN_WORDS}|{_NUMERIC})(?![\d/])")
_NUMBER = re.compile(r"^[^\d\-.,]{0,25}?(\d{1,3}(?:\.\d{3})+|\d{1,7})[^\d.,]{0,25}$")
_BACK = {"hom nay": 0, "hnay": 0, "nay": 0, "hom qua": 1, "hqua": 1, "qua": 1, "hom kia": 2}
_AHEAD = {"hom nay": 0, "mai": 1, "ngay mai": 1, "ngay kia": 2, "mot": 2, "kia": 2}
_PARTS_OF_DAY = re.compile(r"\b(sang|chieu|toi|trua)\b")

_PAIR_WITHIN = re.compile(r"(?<![\d/])(\d{1,5})\s*/\s*(\d{1,5})(?![\d/])")
_CADRES = re.compile(r"\b(?:can bo|cb)\s*:?\s*(\d{1,4})\s*/\s*(\d{1,4})")
_YOUTH = re.compile(r"\b(?:thanh nien|tn)\s*:?\s*(\d{1,5})\b")
_AT_HOME = re.compile(r"\b(?:co mat(?: tai dia phuong)?|o nha)\s*:?\s*(\d{1,5})\b")
_ENOUGH = re.compile(r"\bdu\s+tai\s+lieu\b|\btai\s+lieu\s+du\b")
_TOO_FEW = re.compile(r"\bthieu\s+tai\s+lieu\b|\btai\s+lieu\s+thieu\b")
ONE_LINE_LIMIT = 200  # characters


def read_number(text: str, most: int) -> int | Reason:
    plain = fold(unicodedata.normalize("NFKC", text)).strip()
    found = _NUMBER.match(plain)
    if found is None:
        return Reason(ReasonCode.UNREADABLE_NUMBER)
    number = int(found[1].replace(".", ""))
    return number if number <= most else Reason(ReasonCode.NUMBER_TOO_LARGE, {"limit": most})


def read_date(text: str, today: date, not_before: date) -> date | Reason:
    """The day on which something was held: "12/11", "ngày 12 tháng 11", "hôm qua"…

    A year left out is the latest such day that has been.
    """
    plain = _plain(text)
    if plain in _BACK:
        return _held(today - timedelta(days=_BACK[plain]), today, not_before)
    parts = _match_date(plain)
    if parts is None:
        return Reason(ReasonCode.UNREADABLE_DATE)
    return _resolve_held(parts, today, not_before)


def read_planned_date(text: str, today: date, latest: date | None) -> date | Reason:
    """A day still to come; a year left out is the next such day."""
    plain = _plain(text)
    if plain in _AHEAD:
        return today + timedelta(days=_AHEAD[plain])
    parts = _match_date(plain)
    if parts is None:
        return Reason(ReasonCode.UNREADABLE_DATE)
    day, month, year = parts
    candidates = [year] if year is not None else [today.year, today.year + 1]
    found = [made for made in (_date(day, month, one) for one in candidates) if made is not None]
    if not found:
        return Reason(ReasonCode.UNREADABLE_DATE)
    ahead = [one for one in found if one >= today]
    # A day a month ago without a year is a slip, not next year's.
    if not ahead or (year is None and (ahead[0] - today).days > 300):
        return Reason(ReasonCode.DATE_IN_PAST, {"day": found[0]})
    if latest is not None and ahead[0] > latest:
        return Reason(ReasonCode.UNREADABLE_DATE)
    return ahead[0]


def _plain(text: str) -> str:
    plain = fold(unicodedata.normalize("NFKC", text))
    return re.sub(r"\s+", " ", _PARTS_OF_DAY.sub("", plain)).strip(" .,!?")


def _match_date(plain: str) -> tuple[int, int, int | None] | None:
    found = _DATE.match(plain)
    return _numbers(found) if found else None


def _numbers(found: re.Match[str]) -> tuple[int, int, int | None]:
    day, month, year = found.group(1, 2, 3) if found[1] else found.group(4, 5, 6)
    full = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    return int(day), int(month), full


def _date(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _resolve_held(parts: tuple[int, int, int | None], today: date, not_before: date) -> date | Reason:
    day, month, year = parts
    if year is not None:
        made = _date(day, month, year)
        return _held(made, today, not_before) if made else Reason(ReasonCode.UNREADABLE_DATE)
    found = [made for made in (_date(day, month, today.year - back) for back in (0, 1)) if made]
    if not found:
        return Reason(ReasonCode.UNREADABLE_DATE)
    fitting = [made for made in found if not_before <= made <= today]
    return fitting[0] if fitting else _held(found[0], today, not_before)


def _held(day: date, today: date, not_before: date) -> date | Reason:
    if day > today:
        return Reason(ReasonCode.DATE_IN_FUTURE, {"day": day})
    if day < not_before:
        return Reason(ReasonCode.DATE_BEFORE_PLAN, {"day": day, "start": not_before})
    return day


@dataclass(frozen=True, slots=True)
class LineReport:
    """A report typed in one line; what was not said is None."""

    members: Count | Reason
    held_on: date | Reason | None = None
    cadres: Count | None = None
    youth: int | None = None
    at_home: int | None = None
    materials: bool | None = None


def read_line(text: str, today: date, not_before: date, expected: int | None) -> LineReport | None:
    """`12/11 45/50, đủ tài liệu`, its parts in any order; None: plainly no report.

    The first pair that can be a date, with another pair behind it, is the date.
    """
    if len(text) > ONE_LINE_LIMIT:
        return None
    rest = fold(unicodedata.normalize("NFKC", text))
    cadres = youth = at_home = None
    if found := _CADRES.search(rest):
        cadres = Count(int(found[1]), int(found[2]))
        rest = rest.replace(found[0], " ", 1)
    if found := _YOUTH.search(rest):
        youth = int(found[1])
        rest = rest.replace(found[0], " ", 1)
    if found := _AT_HOME.search(rest):
        at_home = int(found[1])
        rest = rest.replace(found[0], " ", 1)
    materials = True if _ENOUGH.search(rest) else False if _TOO_FEW.search(rest) else None
    held_on, rest = _take_date(rest, today, not_before)
    pair = _PAIR_WITHIN.search(rest)
    if pair is None:
        return None
    return LineReport(read_count(pair[0], expected), held_on, cadres, youth, at_home, materials)


def _take_date(text: str, today: date, not_before: date) -> tuple[date | Reason | None, str]:
    """The day, and the text without it; (None, text) where none is said."""
    for word, back in _BACK.items():
        if " " in word and re.search(rf"\b{word}\b", text):
            return _held(today - timedelta(days=back), today, not_before), text.replace(word, " ", 1)
    for found in _DATE_WITHIN.finditer(text):
        without = text[: found.start()] + " " + text[found.end() :]
        parts = _numbers(found)
        if _PAIR_WITHIN.search(without) and _date(parts[0], parts[1], 2000) is not None:
            return _resolve_held(parts, today, not_before), without
    return None, text
