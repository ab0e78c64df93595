"""[Sẽ dự] [Xin vắng] under an invitation: the guest answers, and may change the answer until it begins.

▸ Sẽ dự
  Cảm ơn đồng chí, đã ghi: sẽ dự.   [Xin vắng]
▸ Xin vắng
  Đồng chí vắng vì sao?   [Đi làm ăn xa] [Đi học] / [Ốm] [Bận việc gia đình]
▸ Ốm
  Đã ghi: đồng chí xin vắng (Ốm).   [Sẽ dự]
"""

from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Start
from bot.engine.events import Event, Press, Text
from bot.engine.meeting_views import answers, invitation
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import meetings as texts
from handlers.meeting_rights import CARD, find, has_begun, my_guest
from rules.names import clean
from storage import meeting_guests, meetings
from storage.meeting_guests import Guest
from storage.meetings import Meeting
from storage.models import GuestAnswer, MeetingState

REASON_LIMIT = 300  # characters


class Step(StrEnum):
    REASON = "reason"


class Draft(BaseModel):
    meeting: int
    edition: int


flow = Conversation("excuse", Draft, first=Step.REASON)


def coming_pressed(turn: Turn, argument: str) -> Answer:
    """`<meeting>.<edition>`, as in [Xin vắng]."""
    asked = _asked(turn, argument)
    if isinstance(asked, Reply):
        return asked
    one, guest = asked
    if guest.answer is not GuestAnswer.COMING:
        meeting_guests.answer(turn.conn, one, guest, GuestAnswer.COMING, None, turn.sender)
    return Reply(texts.ANSWER_COMING, _after(turn, one), replaces=False)


def excused_pressed(turn: Turn, argument: str) -> Answer:
    asked = _asked(turn, argument)
    if isinstance(asked, Reply):
        return asked
    one, _guest = asked
    return Start(flow.name, Draft(meeting=one.id, edition=one.edition))


def my_invitation(turn: Turn, one: Meeting, guest: Guest) -> Reply:
    if one.state is MeetingState.CANCELLED:
        return Reply(texts.CANCELLED_ALREADY)
    _note_read(turn, one, guest)
    shown = invitation(turn.plan, turn.unit(one.host_id).name, one, turn.today)
    buttons = [] if has_begun(turn, one) else answers(one, guest)
    return Reply(texts.my_answer(shown.text, guest), buttons)


def invitations_of(turn: Turn) -> list[tuple[Meeting, Guest]]:
    """To what this person is invited, the next first, and as whom."""
    found = []
    for number in meeting_guests.invited_to(turn.conn, turn.plan.code, turn.person_id, turn.today):
        one = meetings.get(turn.conn, number)
        guest = my_guest(turn, one) if one is not None else None
        if one is not None and guest is not None:
            found.append((one, guest))
    return found


def in_status(turn: Turn) -> tuple[str | None, list[Button]]:
    """Below what is owed: who links late learns here of what went out before. [Sẽ dự] stands there where it is
    plain what it answers.
    """
    ahead = [(one, guest) for one, guest in invitations_of(turn) if not has_begun(turn, one)]
    for one, guest in ahead:
        _note_read(turn, one, guest)
    open_ones = [(one, guest) for one, guest in ahead if guest.answer is None]
    shown = [(turn.unit(one.host_id).name, one, guest.answer) for one, guest in ahead]
    if len(open_ones) == 1:
        buttons = answers(*open_ones[0])
    else:
        buttons = [to_invitation(one) for one, _guest in open_ones]
    return texts.invited_to(shown, turn.today, open_ones=len(open_ones)), buttons


def to_invitation(one: Meeting) -> Button:
    return go(texts.invited_label(one), CARD, f"{one.id}.own")


def _note_read(turn: Turn, one: Meeting, guest: Guest) -> None:
    """Who read it here hears of it when it is called off, as if the message had come."""
    if guest.told_edition < one.edition:
        meeting_guests.read(turn.conn, one, guest.person_id)


def _asked(turn: Turn, argument: str) -> tuple[Meeting, Guest] | Reply:
    """What is answered; or why it cannot be."""
    number, _, edition = argument.partition(".")
    one = find(turn, number)
    guest = my_guest(turn, one) if one is not None else None
    if one is None or guest is None:
        return Reply(engine_texts.NOT_YOURS)
    if one.state is MeetingState.CANCELLED:
        return Reply(texts.CANCELLED_ALREADY, replaces=False)
    if one.state is MeetingState.HELD or has_begun(turn, one):
        return Reply(texts.OVER, replaces=False)
    if edition != str(one.edition):
        shown = my_invitation(turn, one, guest)
        return Reply(texts.moved(shown.text), shown.buttons, replaces=False)
    return one, guest


def _after(turn: Turn, one: Meeting) -> list[Button]:
    return answers(one, meeting_guests.get(turn.conn, one.id, turn.person_id))


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return texts.EXCUSED


@flow.asks(Step.REASON)
def ask_reason(turn: Turn, draft: Draft) -> Reply:
    buttons = [Button(label, str(place)) for place, label in enumerate(texts.REASONS)]
    return Reply(texts.WHY, buttons, replaces=False)


@flow.receives(Step.REASON, prose=True)
def receive_reason(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice=choice) if choice.isdecimal() and int(choice) < len(texts.REASONS):
            reason = texts.REASONS[int(choice)]
        case Text(text=text) if clean(text):
            reason = clean(text)[:REASON_LIMIT]
        case _:
            return None
    asked = _asked(turn, f"{draft.meeting}.{draft.edition}")
    if isinstance(asked, Reply):
        return Done(asked)
    one, guest = asked
    meeting_guests.answer(turn.conn, one, guest, GuestAnswer.EXCUSED, reason, turn.sender)
    return Done(Reply(texts.excused(reason), _after(turn, one)))
