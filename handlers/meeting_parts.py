"""Questions about a meeting that is to be held, the same when it is planned and when it is changed."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import TypeVar

from pydantic import BaseModel

from bot.engine.conversation import Conversation, Outcome, Refusal
from bot.engine.events import Event, Press
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import meetings as texts
from bot.texts import participation as report_texts
from bot.texts import say
from bot.texts.markup import lines
from handlers import days, session_parts
from handlers.session_parts import SpeakerDraft
from rules.meetings import begins
from rules.plan import DutyKind
from storage import reports
from storage.meetings import Meeting, Planned
from storage.models import HalfDay

PLANS_PLACE = "plan"
UNKNOWN = "unknown"


class Part(StrEnum):
    """Steps that both conversations have, under the same names."""

    DAY = "day"
    HALF = "half"
    PLACE = "place"
    SPEAKER = "speaker"


class MeetingDraft(BaseModel):
    host: int
    day: date | None = None
    half: HalfDay | None = None
    place: str | None = None
    speaker: SpeakerDraft | None = None
    make_up: bool = False  # those still absent are invited


D = TypeVar("D", bound=MeetingDraft)


def add_parts(flow: Conversation[D], after: Callable[[Turn, D, Part], Outcome]) -> None:
    """`after`: what comes when this part is answered."""

    @flow.asks(Part.DAY)
    def ask_day(turn: Turn, draft: D) -> Reply:
        today = [] if _all_over(turn, turn.today) else [Button(report_texts.TODAY, days.TODAY)]
        return Reply(texts.WHICH_DAY, today)

    @flow.receives(Part.DAY)
    def receive_day(turn: Turn, draft: D, event: Event) -> Outcome:
        day = turn.today if event == Press(days.TODAY) else days.read_day_ahead(turn, event)
        if not isinstance(day, date):
            return day
        if _all_over(turn, day):
            return Refusal(texts.DAY_OVER)
        draft.day = day
        return after(turn, draft, Part.DAY)

    @flow.asks(Part.HALF)
    def ask_half(turn: Turn, draft: D) -> Reply:
        ahead = [half for half in HalfDay if draft.day is None or not is_over(turn, draft.day, half)]
        buttons = [Button(texts.half_label(half), half) for half in ahead or HalfDay]
        return Reply(lines(_late(turn, draft), texts.WHICH_HALF), buttons)

    @flow.receives(Part.HALF)
    def receive_half(turn: Turn, draft: D, event: Event) -> Outcome:
        half = read_half(event)
        if half is None:
            return None
        if draft.day is not None and is_over(turn, draft.day, half):
            return Refusal(texts.HALF_OVER)
        draft.half = half
        return after(turn, draft, Part.HALF)

    @flow.asks(Part.PLACE)
    def ask_place_(turn: Turn, draft: D) -> Reply:
        return ask_place(turn, draft.host)

    @flow.receives(Part.PLACE, prose=True)
    def receive_place(turn: Turn, draft: D, event: Event) -> Outcome:
        place = read_place(turn, draft.host, event)
        if not isinstance(place, str):
            return place
        draft.place = place
        return after(turn, draft, Part.PLACE)

    @flow.asks(Part.SPEAKER)
    def ask_speaker_(turn: Turn, draft: D) -> Reply:
        return ask_speaker(turn, draft.host)

    @flow.receives(Part.SPEAKER, prose=True)
    def receive_speaker(turn: Turn, draft: D, event: Event) -> Outcome:
        speaker = None if event == Press(UNKNOWN) else session_parts.read_speaker(turn, draft.host, event)
        if event != Press(UNKNOWN) and not isinstance(speaker, SpeakerDraft):
            return speaker
        draft.speaker = speaker if isinstance(speaker, SpeakerDraft) else None
        return after(turn, draft, Part.SPEAKER)


def planned(draft: MeetingDraft) -> Planned:
    assert draft.day is not None
    assert draft.half is not None
    assert draft.place is not None
    return Planned(
        day=draft.day,
        half=draft.half,
        place=draft.place,
        speaker_id=draft.speaker.person_id if draft.speaker else None,
        speaker_name=draft.speaker.name if draft.speaker else None,
        make_up=draft.make_up,
    )


def part_buttons() -> list[Button]:
    return [
        Button(texts.CHANGE_DAY, Part.DAY),
        Button(texts.CHANGE_HALF, Part.HALF),
        Button(texts.CHANGE_PLACE, Part.PLACE),
        Button(texts.CHANGE_SPEAKER, Part.SPEAKER),
    ]


def _late(turn: Turn, draft: MeetingDraft) -> str | None:
    level = turn.unit(draft.host).duty_level
    before = turn.duty(DutyKind.SESSION, level).held_before.get(level)
    late = before is not None and draft.day is not None and draft.day >= before and not draft.make_up
    return texts.late_day(draft.day, before) if late and before and draft.day else None


def _all_over(turn: Turn, day: date) -> bool:
    return all(is_over(turn, day, half) for half in HalfDay)


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


def speaker_of(one: Meeting) -> SpeakerDraft | None:
    if one.speaker_name is None:
        return None
    return SpeakerDraft(name=one.speaker_name, person_id=one.speaker_id, outside_rule=one.speaker_id is None)


def tell_speaker(turn: Turn, one: Meeting) -> None:
    """Who plans it and speaks need not be told."""
    if one.speaker_id is not None and one.speaker_id != turn.person_id:
        text = texts.speaker_named(turn.unit(one.host_id).name, turn.plan.short_title, one, turn.today)
        turn.tell(one.speaker_id, Reply(text))
