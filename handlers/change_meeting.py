"""[Đổi lịch]: day, half-day, place or speaker of a meeting; everybody who was invited is told again.

▸ Đổi lịch
  Sáng 20/11, thứ Ba … Đồng chí đổi mục nào?   [Ngày] [Buổi] [Địa điểm] [Báo cáo viên] [Xong]
▸ Buổi ▸ Chiều ▸ Xong
  Đã đổi: buổi. Hệ thống đang báo lại mọi người đã mời.
"""

from datetime import date
from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press
from bot.engine.meeting_views import invitation
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import engine as engine_texts
from bot.texts import meetings as texts
from bot.texts.markup import lines
from handlers import meeting_parts, session_parts
from handlers.meeting_rights import host, is_open, led, note_planned_day, to_card
from storage import meeting_guests, meetings
from storage.meetings import Meeting, Planned
from storage.models import HalfDay, NoticeKind


class Step(StrEnum):
    WHAT = "what"
    DAY = "day"
    HALF = "half"
    PLACE = "place"
    SPEAKER = "speaker"


class Draft(BaseModel):
    meeting: int
    edition: int  # as it was when the change began
    host: int
    day: date
    half: HalfDay
    place: str
    speaker: session_parts.SpeakerDraft | None = None


flow = Conversation("change_meeting", Draft, first=Step.WHAT, cancelled_text=texts.CANCELLED)


def change_pressed(turn: Turn, argument: str) -> Answer:
    one = led(turn, argument)
    if one is None:
        return Reply(engine_texts.NOT_YOURS)
    if not is_open(turn, one):
        return Reply(texts.NOT_PLANNED_ANY_MORE)
    draft = Draft(
        meeting=one.id,
        edition=one.edition,
        host=one.host_id,
        day=one.day,
        half=one.half,
        place=one.place,
        speaker=meeting_parts.speaker_of(one),
    )
    return Start(flow.name, draft, one.host_id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Đổi lịch hội nghị {turn.unit(draft.host).name}"


@flow.asks(Step.WHAT)
def ask_what(turn: Turn, draft: Draft) -> Reply:
    one = meetings.get(turn.conn, draft.meeting)
    assert one is not None
    shown = invitation(turn.plan, turn.unit(draft.host).name, _changed(one, draft), turn.today)
    buttons = [
        Button(texts.CHANGE_DAY, Step.DAY),
        Button(texts.CHANGE_HALF, Step.HALF),
        Button(texts.CHANGE_PLACE, Step.PLACE),
        Button(texts.CHANGE_SPEAKER, Step.SPEAKER),
        Button(texts.FINISHED, "done"),
    ]
    return Reply(lines(shown.text, texts.WHAT_TO_CHANGE), buttons)


@flow.receives(Step.WHAT)
def receive_what(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done"):
            return _save(turn, draft)
        case Press(choice=choice) if choice in (Step.DAY, Step.HALF, Step.PLACE, Step.SPEAKER):
            return Step(choice)
    return None


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    return meeting_parts.ask_day()


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    day = meeting_parts.read_day(turn, event)
    if not isinstance(day, date):
        return day
    draft.day = day
    return Step.WHAT


@flow.asks(Step.HALF)
def ask_half(turn: Turn, draft: Draft) -> Reply:
    return meeting_parts.ask_half()


@flow.receives(Step.HALF)
def receive_half(turn: Turn, draft: Draft, event: Event) -> Outcome:
    half = meeting_parts.read_half(event)
    draft.half = half or draft.half
    return Step.WHAT if half is not None else None


@flow.asks(Step.PLACE)
def ask_place(turn: Turn, draft: Draft) -> Reply:
    return meeting_parts.ask_place(turn, draft.host)


@flow.receives(Step.PLACE, prose=True)
def receive_place(turn: Turn, draft: Draft, event: Event) -> Outcome:
    place = meeting_parts.read_place(turn, draft.host, event)
    if not isinstance(place, str):
        return place
    draft.place = place
    return Step.WHAT


@flow.asks(Step.SPEAKER)
def ask_speaker(turn: Turn, draft: Draft) -> Reply:
    return meeting_parts.ask_speaker(turn, draft.host)


@flow.receives(Step.SPEAKER, prose=True)
def receive_speaker(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if meeting_parts.is_unknown(event):
        draft.speaker = None
        return Step.WHAT
    speaker = session_parts.read_speaker(turn, draft.host, event)
    if not isinstance(speaker, session_parts.SpeakerDraft):
        return speaker
    draft.speaker = speaker
    return Step.WHAT


def _save(turn: Turn, draft: Draft) -> Outcome:
    if host(turn, draft.host) is None:
        return Done(Reply(engine_texts.NOT_YOURS))
    before = meetings.get(turn.conn, draft.meeting)
    if before is None or not is_open(turn, before):
        return Done(Reply(texts.NOT_PLANNED_ANY_MORE))
    if before.edition != draft.edition:
        return Done(Reply(texts.CHANGED_MEANWHILE, [to_card(before)]))
    if meeting_parts.is_over(turn, draft.day, draft.half):
        return Refusal(texts.HALF_OVER)
    what = Planned(
        draft.day,
        draft.half,
        draft.place,
        draft.speaker.person_id if draft.speaker else None,
        draft.speaker.name if draft.speaker else None,
    )
    changed = meetings.change(turn.conn, before, what, turn.sender)
    after = meetings.get(turn.conn, draft.meeting)
    assert after is not None
    if not changed:
        return Done(Reply(texts.NOTHING_CHANGED, [to_card(after)]))
    occasion = f"change:{after.edition}:{turn.arrived.timestamp():.0f}"
    meeting_guests.begin(turn.conn, after, NoticeKind.CHANGE, occasion, turn.now, ",".join(changed))
    note_planned_day(turn, draft.host)
    _tell_speakers(turn, before, after, changed)
    return Done(Reply(texts.changed(changed), [to_card(after)]))


def _tell_speakers(turn: Turn, before: Meeting, after: Meeting, changed: list[str]) -> None:
    host_name = turn.unit(after.host_id).name
    if before.speaker_id != after.speaker_id:
        if before.speaker_id is not None and before.speaker_id != turn.person_id:
            turn.tell(before.speaker_id, Reply(texts.speaker_replaced(host_name, before, turn.today)))
        meeting_parts.tell_speaker(turn, after)
    elif after.speaker_id is not None and after.speaker_id != turn.person_id:
        text = texts.speaker_moved(host_name, turn.plan.short_title, after, turn.today, changed)
        turn.tell(after.speaker_id, Reply(text))


def _changed(one: Meeting, draft: Draft) -> Meeting:
    """As it would be."""
    return Meeting(
        id=one.id,
        host_id=one.host_id,
        level=one.level,
        day=draft.day,
        half=draft.half,
        place=draft.place,
        speaker_id=draft.speaker.person_id if draft.speaker else None,
        speaker_name=draft.speaker.name if draft.speaker else None,
        make_up=one.make_up,
        state=one.state,
        edition=one.edition,
        session_id=one.session_id,
    )
