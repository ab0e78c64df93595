"""Questions about a meeting that is to be held, the same when it is planned and when it is changed."""

from datetime import date

from bot.engine.conversation import Refusal
from bot.engine.events import Event, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import meetings as texts
from bot.texts import participation as report_texts
from bot.texts import say
from handlers import days, session_parts
from handlers.session_parts import SpeakerDraft
from rules.meetings import begins
from rules.plan import DutyKind
from rules.reasons import Reason
from storage import reports
from storage.meetings import Meeting
from storage.models import HalfDay

PLANS_PLACE = "plan"
UNKNOWN = "unknown"


def ask_day() -> Reply:
    return Reply(texts.WHICH_DAY, [Button(report_texts.TODAY, days.TODAY)])


def read_day(turn: Turn, event: Event) -> date | Reason | None:
    return turn.today if event == Press(days.TODAY) else days.read_day_ahead(turn, event)


def ask_half() -> Reply:
    return Reply(texts.WHICH_HALF, [Button(texts.half_label(half), half) for half in HalfDay])


def read_half(event: Event) -> HalfDay | None:
    match event:
        case Press(choice=choice) if choice in set(HalfDay):
            return HalfDay(choice)
    return None


def is_over(turn: Turn, day: date, half: HalfDay) -> bool:
    """Nobody can be invited to it any more."""
    return turn.arrived >= begins(day, half, turn.world.zone)


def ask_place(turn: Turn, host_id: int) -> Reply:
    last = reports.last_place(turn.conn, host_id)
    buttons = [Button(texts.SAME_PLACE, session_parts.SAME_PLACE)] if last else []
    named = _plans_place(turn, host_id)
    if named is not None:
        buttons.append(Button(say.both_ends(named), PLANS_PLACE))
    return Reply(texts.where(last), buttons)


def read_place(turn: Turn, host_id: int, event: Event) -> str | Refusal | None:
    if event == Press(PLANS_PLACE):
        return _plans_place(turn, host_id)
    return session_parts.read_place(turn, host_id, event)


def _plans_place(turn: Turn, host_id: int) -> str | None:
    level = turn.unit(host_id).duty_level
    return turn.duty(DutyKind.SESSION, level).places.get(level)


def ask_speaker(turn: Turn, host_id: int) -> Reply:
    asked = session_parts.ask_speaker(turn, host_id)
    return Reply(texts.WHO_SPEAKS, [*asked.buttons, Button(texts.NOT_KNOWN, UNKNOWN)])


def is_unknown(event: Event) -> bool:
    return event == Press(UNKNOWN)


def speaker_of(one: Meeting) -> SpeakerDraft | None:
    if one.speaker_name is None:
        return None
    return SpeakerDraft(name=one.speaker_name, person_id=one.speaker_id, outside_rule=one.speaker_id is None)


def tell_speaker(turn: Turn, one: Meeting) -> None:
    """Who plans it and speaks need not be told."""
    if one.speaker_id is not None and one.speaker_id != turn.person_id:
        text = texts.speaker_named(turn.unit(one.host_id).name, turn.plan.short_title, one, turn.today)
        turn.tell(one.speaker_id, Reply(text))
