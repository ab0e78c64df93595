"""Counts of people: so many of so many. What was not asked is None, never 0."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from rules.names import plain
from rules.reasons import Reason, ReasonCode

LIMIT = 99_999
_LONGEST = 80  # characters: what is longer is talk, not a count

# The only words that may stand beside a number. Any other could change what it means: "vắng 5", "thôn 3",
# "4 chục". "Chi đoàn" is left out on purpose: "chi đoàn 3" is a name.
_WORDS = (
    r"(?:(?<![a-z])(?:da|thua|bao cao|co mat|co|tham du|tham gia|tai dia phuong|o nha|du|dat|duoc|hop|hoc|la|tong|so|tat"
    r"|ca|hoi truong|khoang|dang vien|doan vien|dv|can bo|cb|thanh nien|tn|dong chi|d/c|dc|nguoi|luot|ban|em"
    r"|nam|nu|a|ah|nhe|nha|roi)\b[\s:,.!]*)*+"
)
_NUMBER = r"(?<![\d.,\-])([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9})(?![.,]?\d)"
_OF = r"(?:[/\\:|]|tr(?:en|ong)?|cua)"
_PAIR = re.compile(rf"{_WORDS}\s*{_NUMBER}\s*{_WORDS}\s*{_OF}\s*{_WORDS}\s*{_NUMBER}\s*{_WORDS}")
_ONE = re.compile(rf"{_WORDS}\s*{_NUMBER}\s*{_WORDS}")
_YES = re.compile(r"\bvâng\b", re.IGNORECASE)  # before folding, which makes it "vắng"


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
    if pair := _PAIR.fullmatch(_said(text)):
        return count_of(as_number(pair[1]), as_number(pair[2]))
    attended = number_in(text)
    if attended is None:
        return Reason(ReasonCode.UNREADABLE_NUMBER)
    if expected is None and attended <= LIMIT:
        return Reason(ReasonCode.EXPECTED_NEEDED, {"attended": attended})
    return count_of(attended, expected or 0)


def number_in(text: str) -> int | None:
    """The one number of "120", "khoảng 120 người" or "1.200"; None: none, several, or something else said."""
    one = _ONE.fullmatch(_said(text))
    return None if one is None else as_number(one[1])


def as_number(digits: str) -> int:
    """ "1.200" is how Vietnamese writes 1200."""
    return int(digits.replace(".", ""))


def count_of(attended: int, expected: int) -> Count | Reason:
    if max(attended, expected) > LIMIT:
        return Reason(ReasonCode.NUMBER_TOO_LARGE, {"limit": LIMIT})
    if attended > expected:
        return Reason(ReasonCode.MORE_THAN_EXPECTED, {"attended": attended, "expected": expected})
    return Count(attended, expected)


def _said(text: str) -> str:
    """What may be a number; empty where it is too long to be one."""
    return plain(_YES.sub(" ", text)).strip(" .,!?;") if len(text) <= _LONGEST else ""
