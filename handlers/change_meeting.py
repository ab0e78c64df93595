"""[Đổi lịch]: day, half-day, place or speaker of a meeting; everybody who was invited is told again.

▸ Đổi lịch
  Sáng 20/11, thứ Ba … Đồng chí đổi mục nào?   [Ngày] [Buổi] [Địa điểm] [Báo cáo viên] [Xong]
▸ Buổi ▸ Chiều ▸ Xong
  Đã đổi: buổi. Hệ thống đang báo lại mọi người đã mời.
"""

from dataclasses import replace
from enum import StrEnum

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press
from bot.engine.meeting_views import invitation
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import engine as engine_texts
from bot.texts import meetings as texts
from bot.texts.markup import lines
from handlers import meeting_parts
from handlers.meeting_parts import Part
from handlers.meeting_rights import host, is_open, led, note_planned_day, to_card
from storage import meeting_guests, meetings
from storage.meetings import Meeting
from storage.models import NoticeKind


class Step(StrEnum):
    WHAT = "what"
    DAY = Part.DAY
    HALF = Part.HALF
    PLACE = Part.PLACE
    SPEAKER = Part.SPEAKER


class Draft(meeting_parts.MeetingDraft):
    meeting: int
    edition: int  # as it was when the change began


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
        make_up=one.make_up,
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
    buttons = [*meeting_parts.part_buttons(), Button(texts.FINISHED, "done")]
    return Reply(lines(shown.text, texts.WHAT_TO_CHANGE), buttons)


@flow.receives(Step.WHAT)
def receive_what(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done"):
            return _save(turn, draft)
        case Press(choice=choice) if choice in set(Part):
            return Step(choice)
    return None


meeting_parts.add_parts(flow, lambda _turn, _draft, _part: Step.WHAT)


def _save(turn: Turn, draft: Draft) -> Outcome:
    if host(turn, draft.host) is None:
        return Done(Reply(engine_texts.NOT_YOURS))
    before = meetings.get(turn.conn, draft.meeting)
    if before is None or not is_open(turn, before):
        return Done(Reply(texts.NOT_PLANNED_ANY_MORE))
    if before.edition != draft.edition:
        return Done(Reply(texts.CHANGED_MEANWHILE, [to_card(before)]))
    what = meeting_parts.planned(draft)
    if meeting_parts.is_over(turn, what.day, what.half):
        return Refusal(texts.HALF_OVER)
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
    what = meeting_parts.planned(draft)
    return replace(
        one,
        day=what.day,
        half=what.half,
        place=what.place,
        speaker_id=what.speaker_id,
        speaker_name=what.speaker_name,
    )
