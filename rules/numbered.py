"""A document's number and day as people type or scan them: "12-KH/ĐTN ngày 05/10/2018".

Read from one line that has both: "Số: 12 - KH/ĐTN, ngày 5 tháng 10 năm 2018", in whatever order, with or
without diacritics, with a scan's "O5-KH/DTN" and "2O18".
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from rules.names import clean, fold, nfc
from rules.reading import day_within
from rules.reasons import Reason

_LONGEST = 150  # characters: a letterhead's line at most
_NUMBER_LIMIT = 40  # characters

# What keyboards and scans write for đ, and for the dashes.
_ALIKE = str.maketrans("Ððꟈ‐‑‒–—―−", "ĐđĐ-------")
_MISREAD = str.maketrans("oOiIlL|", "0011111")
# Digits among which a scan sees letters: "2O18", "l2". At least one is a digit.
_DIGITS = re.compile(r"(?<![a-z0-9])(?=[oil|]*[0-9])[0-9oil|]{1,5}(?![a-z0-9|])")
_ORDINAL = r"(?P<ordinal>(?=[OIL|]*[0-9])[0-9OIL|]{1,5}(?:[A-D](?=\s*[-/]))?)"
_WORD = r"[A-ZĐÂĂÊÔƠƯ]{1,8}[0-9]{0,2}"
_SYMBOL = rf"(?P<symbol>{_WORD}(?:\s?[-/.&]\s?{_WORD})*)"
_NUMBER = re.compile(rf"(?<![0-9A-ZĐ/.\-]){_ORDINAL}\s*(?P<mark>[-/])?\s*{_SYMBOL}(?![A-ZĐ0-9])")
_SPACED = re.compile(r"\s*([-/.&])\s*")


class Why(StrEnum):
    """Why it cannot be taken."""

    NOTHING = "nothing"
    NO_NUMBER = "no_number"
    NO_DAY = "no_day"
    NO_SUCH_DAY = "no_such_day"
    IN_FUTURE = "in_future"


@dataclass(frozen=True, slots=True)
class Numbered:
    """Of a document; None is "chưa ghi"."""

    number: str | None = None
    day: date | None = None


def read_numbered(text: str, today: date, issued_on: date) -> Numbered | Why:
    """A year left out is the latest such day that has been. A day before `issued_on` is read too: whoever
    asks has it confirmed.
    """
    line = clean(unicodedata.normalize("NFKC", nfc(text).translate(_ALIKE)))
    folded = fold(line)
    if len(line) > _LONGEST or len(folded) != len(line):  # a letter that folds into two: no office writes it
        return Why.NOTHING
    said = _DIGITS.sub(lambda found: found[0].translate(_MISREAD), folded)
    place = day_within(said, today, issued_on)
    rest = line if place is None else f"{line[: place[0]]} , {line[place[1] :]}"
    number = _number(rest)
    if place is None:
        return Why.NOTHING if number is None else Why.NO_DAY
    if number is None:
        return Why.NO_NUMBER
    day: date | None = place[2].facts.get("day") if isinstance(place[2], Reason) else place[2]
    if day is None:
        return Why.NO_SUCH_DAY
    return Why.IN_FUTURE if day > today else Numbered(number, day)


def numbered_in(content: Mapping[str, Any]) -> Numbered | None:
    """Of what a sending keeps; None: it was not asked for."""
    if "number" not in content:
        return None
    day = content.get("issued_on")
    return Numbered(content["number"], date.fromisoformat(day) if day else None)


def content_of(numbered: Numbered) -> dict[str, Any]:
    """As a sending keeps it."""
    return {"number": numbered.number, "issued_on": numbered.day.isoformat() if numbered.day else None}


def _number(text: str) -> str | None:
    found = _NUMBER.search(text.upper())
    if found is None:
        return None
    ordinal = found["ordinal"].translate(_MISREAD)
    symbol = _SPACED.sub(r"\1", found["symbol"])
    number = f"{ordinal}{found['mark'] or '-'}{symbol}"
    return number if len(number) <= _NUMBER_LIMIT else None
