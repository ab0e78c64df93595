"""Why something cannot be taken as it was said: a fact with its data, no prose.

`bot.texts.reasons` turns them into sentences.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class ReasonCode(StrEnum):
    UNREADABLE_NUMBER = "unreadable_number"
    EXPECTED_NEEDED = "expected_needed"  # a number alone, and no roster to compare it with
    MORE_THAN_EXPECTED = "more_than_expected"  # attended, expected
    NUMBER_TOO_LARGE = "number_too_large"  # limit
    UNREADABLE_DATE = "unreadable_date"
    DATE_IN_FUTURE = "date_in_future"  # day
    DATE_IN_PAST = "date_in_past"  # day
    DATE_BEFORE_PLAN = "date_before_plan"  # day, start
    DATE_TOO_FAR = "date_too_far"  # day
    UNREADABLE_NAME = "unreadable_name"


@dataclass(frozen=True, slots=True)
class Reason:
    code: ReasonCode
    facts: dict[str, Any] = field(default_factory=dict)
