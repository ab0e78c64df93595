"""Who is in the hall says so: by the link of the QR code, or by its six digits, typed at any time.

▸ 482913
  Đã điểm danh: hội nghị Đoàn xã Hoằng Quỳ, sáng 12/11 tại nhà văn hoá xã. Đơn vị: Chi đoàn thôn 3.
▸ 482913
  Đồng chí đã điểm danh: hội nghị Đoàn xã Hoằng Quỳ, …, ghi từ 07 giờ 52.
(somebody who may have come for several units)
▸ 482913
  Đồng chí điểm danh theo đơn vị nào?   [Chi đoàn thôn 3] [Chi đoàn thôn 4]
"""

from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Answer, Conversation, Done, Outcome, Start
from bot.engine.events import Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import check_ins as texts
from bot.texts import identity as identity_texts
from rules import check_in
from storage import check_ins, identity
from storage.check_ins import Hall

SLOW_FIRST, SLOW_MOST = timedelta(minutes=1), timedelta(minutes=15)


class Step(StrEnum):
    CHOICE = "choice"


class Option(BaseModel):
    """One way in which the code that was right may be meant."""

    hall: int
    unit: int
    convened: bool


class Draft(BaseModel):
    options: list[Option]


flow = Conversation("check_in", Draft, first=Step.CHOICE)


def code_typed(turn: Turn, event: Event) -> Answer:
    """Six digits alone, outside any conversation."""
    code = check_in.read_code(event.text) if isinstance(event, Text) else None
    return None if code is None else checked(turn, code)


def scanned(turn: Turn, meeting_id: int, code: str) -> Answer:
    """The link of a QR code."""
    if turn.account.person_id is None:
        return Reply(texts.STRANGER, contact_label=identity_texts.SHARE_PHONE)
    return checked(turn, code, meeting_id)


def open_for(turn: Turn) -> str | None:
    """The hall that the person may check in to now, in a sentence."""
    open_now = [one for one in _halls(turn) if one.is_open(turn.arrived)]
    return texts.open_for_you(open_now[0]) if open_now else None


def checked(turn: Turn, code: str, meeting_id: int | None = None) -> Answer:
    """`meeting_id`: whose code it is; None: it was typed, and may be anyone's."""
    if wait := _wait(turn):
        return Reply(texts.slowed(wait))
    near = [one for one in _halls(turn) if meeting_id in (None, one.id)]
    shown_for = check_in.minutes_shown(check_ins.count_screens(turn.conn))
    right = [
        one
        for one in near
        if one.is_open(turn.arrived) and check_in.is_valid(one.secret, code, turn.arrived, shown_for)
    ]
    if not right:
        return Reply(_why_not(turn, near, code))
    if done := _already(turn, right):
        return Reply(done)
    options = [option for one in right for option in _options(turn, one)]
    if len(options) == 1:
        return Reply(_record(turn, options[0]))
    return Start(flow.name, Draft(options=options))


def _halls(turn: Turn) -> list[Hall]:
    """At or above the person's units: open, or lately so."""
    paths = [post.path for post in turn.posts]
    return check_ins.halls_for(turn.conn, turn.plan.code, paths, turn.arrived - check_in.REMEMBERED)


def _options(turn: Turn, hall: Hall) -> list[Option]:
    invited = check_ins.invited_by(turn.conn, hall.id, turn.person_id)
    if invited is not None:
        return [Option(hall=hall.id, unit=invited, convened=True)]
    units, convened = check_in.came_from(turn.plan, hall.level, hall.host_path, turn.posts)
    return [Option(hall=hall.id, unit=unit, convened=convened) for unit in units]


def _already(turn: Turn, halls: Sequence[Hall]) -> str | None:
    for one in halls:
        at = check_ins.at_of(turn.conn, one.id, turn.person_id)
        if at is not None:
            return texts.already(one, at, turn.world.zone)
    return None


def _record(turn: Turn, option: Option) -> str:
    hall = check_ins.hall(turn.conn, option.hall, turn.plan.code)
    assert hall is not None  # meetings are called off, not deleted
    if done := _already(turn, [hall]):
        return done
    check_ins.add(turn.conn, hall, option.unit, turn.sender, convened=option.convened)
    identity.forget_tries(turn.conn, turn.account.id)
    return texts.done(hall, turn.unit(option.unit).name, convened=option.convened)


# -- a code that is not right


def _why_not(turn: Turn, near: Sequence[Hall], code: str) -> str:
    zone = turn.world.zone
    for one in near:
        shown_at = check_in.shown_at(one.secret, code, turn.arrived)
        if shown_at is None:
            continue
        if done := _already(turn, [one]):
            return done
        if not one.is_open(turn.arrived) and one.until is not None and shown_at <= one.until:
            return texts.over(one, zone)
        return texts.old_code(shown_at, turn.today, zone)
    identity.wrong_try(turn.conn, turn.account.id, turn.now, SLOW_FIRST, SLOW_MOST)
    secrets = check_ins.open_secrets(turn.conn, turn.plan.code, turn.arrived)
    if any(check_in.is_valid(secret, code, turn.arrived) for secret in secrets):
        return texts.ELSEWHERE
    return texts.NOT_FOUND if any(one.is_open(turn.arrived) for one in near) else texts.NOTHING_OPEN


def _wait(turn: Turn) -> int:
    """Minutes until the next code is looked at; 0: now."""
    slowed = turn.account.slowed_until
    left = (slowed - turn.now).total_seconds() if slowed is not None else 0
    return max(0, -(-int(left) // 60))


# -- which unit, where there are several


@flow.titled
def title(_turn: Turn, _draft: Draft) -> str:
    return texts.TITLE


@flow.asks(Step.CHOICE)
def ask_choice(turn: Turn, draft: Draft) -> Reply:
    several = len({one.hall for one in draft.options}) > 1
    buttons = []
    for place, one in enumerate(draft.options):
        hall = check_ins.hall(turn.conn, one.hall, turn.plan.code)
        assert hall is not None
        label = texts.choice_label(hall, turn.unit(one.unit).name, several_halls=several)
        buttons.append(Button(label, str(place)))
    return Reply(texts.WHICH, buttons)


@flow.receives(Step.CHOICE)
def receive_choice(turn: Turn, draft: Draft, event: Event) -> Outcome:
    """The code was right when it was sent; who takes long to choose is there all the same."""
    match event:
        case Press(choice=choice):
            for place, one in enumerate(draft.options):
                if choice == str(place):
                    return Done(Reply(_record(turn, one)))
    return None
