"""What those who are invited to a meeting are shown: in the preview, at sending, and when they answer."""

from collections.abc import Sequence
from datetime import date

from bot.engine.replies import Button, Reply
from bot.engine.turn import go
from bot.texts import meetings as texts
from rules.plan import Plan
from storage.meeting_guests import Guest
from storage.meetings import Meeting
from storage.models import GuestAnswer

COMING = "meetyes"
EXCUSED = "meetno"
MAKE_UPS = "makeups"  # where somebody is still to make up
MAKE_UP = "makeup"  # a unit records who made up


def answers(one: Meeting, guest: Guest | None = None) -> list[Button]:
    """What is not said yet. The edition goes with it: an old message must not answer for a new day."""
    argument = f"{one.id}.{one.edition}"
    said = guest.answer if guest is not None else None
    coming = [go(texts.COMING, COMING, argument)] if said is not GuestAnswer.COMING else []
    excused = [go(texts.EXCUSED, EXCUSED, argument)] if said is not GuestAnswer.EXCUSED else []
    return [*coming, *excused]


def invitation(plan: Plan, host: str, one: Meeting, today: date, changed: Sequence[str] = ()) -> Reply:
    text = texts.invitation(host, plan.short_title, one, today, changed_parts=changed)
    return Reply(text, answers(one))
