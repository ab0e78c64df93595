"""/diemdanh: the host opens the check-in of a hall, shows its code, and closes it.

▸ /diemdanh
  Đoàn xã Hoằng Quỳ · điểm danh hôm nay
  ▸ sáng 12/11 tại nhà văn hoá xã: chưa mở   [Mở điểm danh] [Hội nghị khác]
▸ Mở điểm danh
  Đã mở điểm danh hội nghị sáng 12/11 tại nhà văn hoá xã, đến 10 giờ 45. …
  (a picture: the QR code, 482 913 below it, another every minute)   [Mã mới] [Đóng điểm danh]
▸ Đóng điểm danh
  Đã đóng điểm danh: 96 người. ▸ Chi đoàn thôn 1: 31 …   [Ai đã điểm danh] [Mở lại]
"""

from datetime import time
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.check_in_buttons import CLOSE, OPEN, WHO
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import check_ins as texts
from bot.texts import engine as engine_texts
from bot.texts import meetings as meeting_texts
from bot.texts.markup import lines
from handlers import check_in, owed, session_parts
from handlers.meeting_rights import CARD
from rules import check_in as rules
from rules.duties import duty_of
from rules.plan import DutyKind
from storage import check_ins, meetings
from storage.accounts import Post
from storage.check_ins import Hall
from storage.meetings import Planned
from storage.models import HalfDay, MeetingState

HOST = "checkinat"  # a unit
TODAY = "checkinnew"  # a unit
NAMES_A_PAGE = 10
NOT_YOURS = Reply(engine_texts.NOT_YOURS, replaces=False)


class Step(StrEnum):
    PLACE = "place"


class Draft(BaseModel):
    unit: int


flow = Conversation("check_in_hall", Draft, first=Step.PLACE)


def check_in_command(turn: Turn, args: str) -> Answer:
    """Who hosts nothing is told how to check in; the code may stand behind the command."""
    code = rules.read_code(args)
    if code is not None:
        return check_in.checked(turn, code)
    hosts = _hosts(turn)
    if not hosts:
        return Reply(lines(check_in.open_for(turn), texts.HOW))
    if len(hosts) == 1:
        return _of_today(turn, hosts[0].unit_id)
    return owed.choose_unit(turn, HOST, hosts, "", texts.WHICH_UNIT)


def host_pressed(turn: Turn, argument: str) -> Answer:
    unit_id = callbacks.read_id(argument)
    if unit_id is not None and _is_host(turn, unit_id):
        return _of_today(turn, unit_id)
    return owed.choose_unit(turn, HOST, _hosts(turn) if argument else [], argument, texts.WHICH_UNIT)


def _hosts(turn: Turn) -> list[Post]:
    """Units of the person that hold sessions for others."""
    return [
        post
        for post in turn.acting_posts
        if duty_of(turn.plan, DutyKind.SESSION, post.duty_level) is not None
    ]


def _is_host(turn: Turn, unit_id: int) -> bool:
    return any(post.unit_id == unit_id for post in _hosts(turn))


def _of_today(turn: Turn, unit_id: int) -> Reply:
    unit = turn.unit(unit_id)
    halls = check_ins.halls_of(turn.conn, turn.plan.code, unit_id, turn.today)
    if not halls:
        text = lines(texts.nothing_planned(unit.name), check_in.open_for(turn))
        return Reply(text, [go(texts.OPEN, TODAY, unit_id)])
    told = [(one, check_ins.count(turn.conn, one.id).total) for one in halls]
    buttons: list[Button] = []
    for one in halls:
        buttons += _buttons(one, alone=len(halls) == 1, is_open=one.is_open(turn.arrived))
    text = texts.of_today(unit.name, told, turn.arrived, turn.world.zone)
    return Reply(lines(text, texts.ATTENDING_TOO), [*buttons, go(texts.ANOTHER, TODAY, unit_id)])


def _buttons(hall: Hall, *, alone: bool, is_open: bool) -> list[Button]:
    def button(label: str, action: str) -> Button:
        return go(label if alone else texts.of_place(label, hall), action, hall.id)

    if is_open:
        return [button(texts.SHOW, OPEN), button(texts.CLOSE, CLOSE)]
    if hall.until is None:
        return [button(texts.OPEN, OPEN)]
    return [button(texts.WHO, WHO), button(texts.REOPEN, OPEN)]


# -- open, show, close


def open_pressed(turn: Turn, argument: str) -> Answer:
    """Open it, or show the code of what is open again. A picture comes by the job that also changes it.

    Under somebody's invitation the same button says how to check in.
    """
    head, _, again = argument.partition(".")
    hall = _hall(turn, head)
    if hall is None or turn.post_for(hall.host_id) is None:
        guest = hall is not None and any(post.path.startswith(hall.host_path) for post in turn.posts)
        return Reply(texts.HOW, replaces=False) if guest else NOT_YOURS
    if why_not := _why_closed(turn, hall):
        return Reply(why_not, replaces=False)
    opened = _open(turn, hall)
    return None if again and opened is None else Reply(opened or _told(turn, hall), replaces=not again)


def _why_closed(turn: Turn, hall: Hall) -> str | None:
    if hall.state is MeetingState.CANCELLED:
        return texts.CALLED_OFF
    if hall.day != turn.today:
        return texts.other_day(hall)
    return engine_texts.LOCKED if turn.locked(hall.host_id) else None


def _told(turn: Turn, hall: Hall) -> str:
    assert hall.until is not None
    return texts.opened(hall, hall.until, turn.world.zone)


def _open(turn: Turn, hall: Hall) -> str | None:
    """What is said of it; None: it was open, and only its code is shown again."""
    said = None
    if not hall.is_open(turn.arrived):
        until = rules.open_until(turn.arrived, turn.world.zone)
        check_ins.open_hall(turn.conn, hall, until, turn.sender)
        said = texts.opened(hall, until, turn.world.zone)
    check_ins.show(turn.conn, hall.id, turn.account.id)
    return said


def close_pressed(turn: Turn, argument: str) -> Answer:
    hall = _hall(turn, argument)
    if hall is None or turn.post_for(hall.host_id) is None:
        return NOT_YOURS
    if hall.until is None:
        return Reply(texts.NOT_OPENED, replaces=False)
    was_open = hall.is_open(turn.arrived)
    if was_open:
        check_ins.close_hall(turn.conn, hall, turn.sender)
    buttons = [go(texts.WHO, WHO, hall.id)]
    if hall.day == turn.today:
        buttons.append(go(texts.REOPEN, OPEN, hall.id))
    text = texts.closed(hall, check_ins.count(turn.conn, hall.id), already=not was_open)
    return Reply(text, buttons, replaces=False)


def _hall(turn: Turn, argument: str) -> Hall | None:
    meeting_id = callbacks.read_id(argument)
    return check_ins.hall(turn.conn, meeting_id, turn.plan.code) if meeting_id is not None else None


def who_pressed(turn: Turn, argument: str) -> Answer:
    """The host and those above it see who was there; the units beside each other do not."""
    head, _, wanted = argument.partition(".")
    hall = _hall(turn, head)
    if hall is None or not turn.sees(hall.host_id):
        return NOT_YOURS
    there = check_ins.people(turn.conn, hall.id)
    page: Page[check_ins.There] = Page(len(there), NAMES_A_PAGE, wanted)
    text = texts.who(hall, page.of(there), len(there), page.number, page.pages, turn.world.zone)
    return Reply(text, [*page.buttons(WHO, f"{hall.id}."), go(meeting_texts.TO_CARD, CARD, hall.id)])


# -- a meeting of today that nobody planned


def today_pressed(turn: Turn, argument: str) -> Answer:
    unit_id = callbacks.read_id(argument)
    if unit_id is None or not _is_host(turn, unit_id):
        return NOT_YOURS
    if turn.locked(unit_id):
        return Reply(engine_texts.LOCKED)
    return Start(flow.name, Draft(unit=unit_id), unit_id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"{texts.TITLE} {turn.unit(draft.unit).name}"


@flow.asks(Step.PLACE)
def ask_place(turn: Turn, draft: Draft) -> Reply:
    return session_parts.ask_place(turn, draft.unit)


@flow.receives(Step.PLACE, prose=True)
def receive_place(turn: Turn, draft: Draft, event: Event) -> Outcome:
    place = session_parts.read_place(turn, draft.unit, event)
    if not isinstance(place, str):
        return place
    if turn.locked(draft.unit):
        return Refusal(engine_texts.LOCKED)
    if not _is_host(turn, draft.unit):
        return Done(NOT_YOURS)
    local = turn.arrived.astimezone(turn.world.zone)
    hall = _planned_there(turn, draft.unit, place) or _plan(turn, draft.unit, place, _half_of(local.time()))
    return Done(Reply(_open(turn, hall) or _told(turn, hall)))


def _planned_there(turn: Turn, unit_id: int, place: str) -> Hall | None:
    halls = check_ins.halls_of(turn.conn, turn.plan.code, unit_id, turn.today)
    return next((one for one in halls if one.place == place), None)


def _plan(turn: Turn, unit_id: int, place: str, half: HalfDay) -> Hall:
    what = Planned(day=turn.today, half=half, place=place)
    level = turn.unit(unit_id).duty_level
    meeting_id = meetings.create(turn.conn, turn.plan.code, unit_id, level, what, turn.sender)
    hall = check_ins.hall(turn.conn, meeting_id, turn.plan.code)
    assert hall is not None
    return hall


def _half_of(now: time) -> HalfDay:
    if now < time(12):
        return HalfDay.MORNING
    return HalfDay.AFTERNOON if now < time(18) else HalfDay.EVENING
