"""Who plans meetings, who sees them, and who answers an invitation: asked afresh at every press.

A host is a unit that the plan has hold sessions; those who act for it, and for a unit above, see its meetings
and who comes. A guest sees the invitation, and answers it for nobody else.
"""

from bot import callbacks
from bot.engine.replies import Button
from bot.engine.turn import Turn, go
from bot.texts import meetings as texts
from rules.duties import duty_of
from rules.meetings import begins, is_convened
from rules.plan import DutyKind
from storage import meeting_guests, meetings, submitting
from storage.accounts import Post
from storage.meeting_guests import Guest
from storage.meetings import Meeting
from storage.models import MeetingState

LIST = "meetings"
CARD = "meeting"
PLAN = "meetplan"
INVITE = "meetinvite"
CHANGE = "meetchange"
RECORD = "meetrecord"
CALENDAR = "calendar"


def in_plan(turn: Turn) -> bool:
    return duty_of(turn.plan, DutyKind.SESSION) is not None


def hosts(turn: Turn) -> list[Post]:
    return [post for post in turn.desks if duty_of(turn.plan, DutyKind.SESSION, post.duty_level) is not None]


def host(turn: Turn, unit_id: int | None) -> Post | None:
    return next((post for post in hosts(turn) if post.unit_id == unit_id), None)


def find(turn: Turn, argument: str) -> Meeting | None:
    """None: no such meeting under this plan; the caller asks whether it is for this person."""
    number = callbacks.read_id(argument)
    one = meetings.get(turn.conn, number) if number is not None else None
    here = one is not None and meetings.is_of(turn.conn, one.id, turn.plan.code)
    return one if here else None


def seen(turn: Turn, argument: str) -> Meeting | None:
    one = find(turn, argument)
    return one if one is not None and turn.sees(one.host_id) else None


def led(turn: Turn, argument: str) -> Meeting | None:
    one = find(turn, argument)
    return one if one is not None and host(turn, one.host_id) is not None else None


def my_guest(turn: Turn, one: Meeting) -> Guest | None:
    """As whom this person is invited; None: not, or not any more."""
    guest = meeting_guests.get(turn.conn, one.id, turn.person_id)
    if guest is None:
        return None
    held = [(post.role, post.duty_level) for post in turn.posts if post.unit_id == guest.unit_id]
    still = bool(held) and (one.make_up or is_convened(turn.plan, one.level, held))
    return guest if still else None


def has_begun(turn: Turn, one: Meeting) -> bool:
    return turn.arrived >= begins(one.day, one.half, turn.world.zone)


def is_open(turn: Turn, one: Meeting) -> bool:
    return one.state is MeetingState.PLANNED and not has_begun(turn, one)


def note_planned_day(turn: Turn, host_id: int) -> None:
    """Reminders are silent until the evening of the next meeting."""
    duty = duty_of(turn.plan, DutyKind.SESSION, turn.unit(host_id).duty_level)
    if duty is None:
        return
    ahead = [one.day for one in meetings.planned_of(turn.conn, turn.plan.code, host_id)]
    day = next((one for one in ahead if one >= turn.today), None)
    submitting.record_planned(turn.conn, turn.plan.code, duty.code, host_id, day, turn.sender)


def to_card(one: Meeting) -> Button:
    return go(texts.SEE, CARD, one.id)
