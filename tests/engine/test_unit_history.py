"""What the history on a unit's card says of each thing that the audit log knows."""

import pytest

from bot.texts import unit_history
from storage.audit import Action
from storage.unit_cards import Entry
from tests.clock import FrozenClock
from tests.people import at


def told(action: str) -> str:
    entry = Entry(at(14, 11, 19, 42), action, 1, "Lê Thị Mai", None, None, None, {})
    return unit_history.line(entry, "Lê Thị Mai", {}, FrozenClock.ZONE)


@pytest.mark.parametrize("action", list(Action))
def test_everything_has_words(action: Action) -> None:
    line = told(action)
    assert "thay đổi khác" not in line
    assert action not in line


def test_what_a_newer_program_wrote_is_no_code() -> None:
    assert told("something_new") == "▸ 19 giờ 42 ngày 14/11: thay đổi khác (Lê Thị Mai)"
