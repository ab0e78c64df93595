"""Counts of people: so many of so many. What was not asked is None, never 0."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rules.names import fold
from rules.reasons import Reason, ReasonCode

LIMIT = 99_999
_PAIR = re.compile(
    r"^\D{0,25}?(\d{1,5})\s*(?:/|\\|\btren\b|\btr\b|:)\s*(?:tong\s*(?:so)?\s*)?(\d{1,5})\D{0,25}$"
)
_ONE = re.compile(r"^[^\d\-.,]{0,25}?(\d{1,5})[^\d.,]{0,25}$")


@dataclass(frozen=True, slots=True)
class Count:
    attended: int
    expected: int

    @property
    def percent(self) -> Decimal | None:
        """To one decimal; None where nobody was expected."""
        if not self.expected:
            return None
        share = Decimal(self.attended * 100) / Decimal(self.expected)
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def add(counts: Iterable[Count]) -> Count:
    """Rates are of sums; percentages are never averaged."""
    attended = expected = 0
    for count in counts:
        attended += count.attended
        expected += count.expected
    return Count(attended, expected)


def read_count(text: str, expected: int | None) -> Count | Reason:
    """ "45/50", "45 trên 50", or "45" of the expected, as people type it.

    A larger total than the roster's is taken when it is said ("52/52"): the caller flags it.
    """
    plain = fold(unicodedata.normalize("NFKC", text)).strip()
    pair = _PAIR.match(plain)
    if pair:
        attended, total = int(pair[1]), int(pair[2])
    else:
        one = _ONE.match(plain)
        if one is None:
            return Reason(ReasonCode.UNREADABLE_NUMBER)
        if expected is None:
            return Reason(ReasonCode.EXPECTED_NEEDED, {"attended": int(one[1])})
        attended, total = int(one[1]), expected
    if attended > total:
        return Reason(ReasonCode.MORE_THAN_EXPECTED, {"attended": attended, "expected": total})
    return Count(attended, total)
