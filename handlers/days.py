"""Asking on which day something was held."""

from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from bot.engine.conversation import Done, Outcome, Refusal
from bot.engine.events import Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import participation as texts
from rules.reading import read_date, read_day, read_planned_date
from rules.reasons import Reason
from storage import submitting

TODAY = "today"
YESTERDAY = "yesterday"
NO_DAY = "noday"


def held_day_buttons(turn: Turn) -> list[Button]:
    """Hôm nay, Hôm qua, as far as the plan had begun then."""
    days = ((texts.TODAY, TODAY, turn.today), (texts.YESTERDAY, YESTERDAY, turn.today - timedelta(days=1)))
    return [Button(label, choice) for label, choice, day in days if day >= turn.plan.starts_on]


def read_held_day(turn: Turn, event: Event) -> date | Reason | None:
    """None: neither a day nor one of the buttons."""
    match event:
        case Press(choice="today"):
            return turn.today
        case Press(choice="yesterday"):
            return turn.today - timedelta(days=1)
        case Text(text=text):
            return read_date(text, turn.today, turn.plan.starts_on)
    return None


def read_day_ahead(turn: Turn, event: Event) -> date | Reason | None:
    match event:
        case Text(text=text):
            return read_planned_date(text, turn.today, None)
    return None


def record_planned_day(turn: Turn, event: Event, duty: str, unit_id: int) -> Outcome:
    """The day on which a unit means to do it, or that there is none yet."""
    read = None if event == Press(NO_DAY) else read_day_ahead(turn, event)
    if event != Press(NO_DAY) and not isinstance(read, date):
        return read
    day = read if isinstance(read, date) else None
    sender = turn.sender
    submitting.record_planned(turn.conn, turn.plan.code, duty, unit_id, day, sender)
    return Done(Reply(texts.planned_recorded(day)))


class HasDay(Protocol):
    day: date | None


def ask_any_day(question: str) -> Reply:
    return Reply(question, [Button(texts.TODAY, TODAY)])


def receive_any_day(
    turn: Turn, draft: HasDay, event: Event, why_not: Callable[[], str | None], then: StrEnum
) -> Outcome:
    """From which day something holds, past or to come; `why_not` looks at the draft's day."""
    match event:
        case Press(choice="today"):
            day: date | Reason = turn.today
        case Text(text=text):
            day = read_day(text, turn.today)
        case _:
            return None
    if not isinstance(day, date):
        return day
    draft.day = day
    refusal = why_not()
    return Refusal(refusal) if refusal else then
