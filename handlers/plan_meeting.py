"""[Lên lịch hội nghị]: a host says when and where it will hold a session, and invites those convened.

▸ Lên lịch hội nghị
  Hội nghị dự kiến họp ngày nào?   [Hôm nay]
▸ 20/11
  Họp buổi nào?   [Sáng] [Chiều] / [Tối]
▸ Sáng
  Họp ở đâu?   [Như lần trước]
▸ nhà văn hoá xã
  Báo cáo viên là ai?   [Vũ Văn Xã] [Chưa rõ]
▸ Vũ Văn Xã
  Mời những ai?   [Tất cả] [Một số đơn vị]
▸ Tất cả
  (the invitation as it will be received) Mời 120 người, trong đó 9 người chưa kết nối …
  [Mời họp] [Chỉ lưu lịch] / [Sửa] [Huỷ]
"""

from datetime import date
from enum import StrEnum

from pydantic import Field

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press, Text
from bot.engine.meeting_views import invitation
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn
from bot.texts import engine as engine_texts
from bot.texts import meetings as texts
from bot.texts import participation as report_texts
from handlers import meeting_parts, mending
from handlers.meeting_parts import Part
from handlers.meeting_rights import PLAN, host, hosts, led, note_planned_day, to_card
from handlers.owed import choose_unit
from rules.meetings import groups_at
from storage import meeting_guests, meetings, search, units
from storage.meeting_guests import Whom
from storage.meetings import Meeting
from storage.models import MeetingState, NoticeKind
from storage.units import Unit

MAKE_UP = "makeup"  # behind the host's id: those who were absent are invited
UNITS_A_PAGE = 8


class Step(StrEnum):
    DAY = Part.DAY
    HALF = Part.HALF
    PLACE = Part.PLACE
    SPEAKER = Part.SPEAKER
    WHOM = "whom"
    UNITS = "units"
    SUMMARY = "summary"
    EDIT = "edit"


class Draft(meeting_parts.MeetingDraft):
    meeting: int | None = None  # planned already: somebody is to be invited
    units: list[int] = Field(default_factory=list)  # of those that are to be invited; empty: all
    page: int = 0
    editing: bool = False


flow = Conversation("plan_meeting", Draft, first=Step.DAY, cancelled_text=texts.CANCELLED)


def plan_pressed(turn: Turn, argument: str) -> Answer:
    """`<host>`, `<host>.makeup` or `<host>.<day>`."""
    head, _, more = argument.partition(".")
    posts = hosts(turn)
    post = posts[0] if len(posts) == 1 and not argument else host(turn, callbacks.read_id(head))
    if post is None:
        return choose_unit(turn, PLAN, posts, argument, texts.WHICH_HOST)
    if turn.locked(post.unit_id):
        return Reply(engine_texts.LOCKED)
    draft = Draft(host=post.unit_id, make_up=more == MAKE_UP)
    try:
        day = date.fromisoformat(more)
    except ValueError:
        return Start(flow.name, draft, post.unit_id)
    if day < turn.today:
        return Start(flow.name, draft, post.unit_id)
    draft.day = day
    return Start(flow.name, draft, post.unit_id, Step.HALF)


def invite_pressed(turn: Turn, argument: str) -> Answer:
    """People for a meeting that is planned already."""
    one = led(turn, argument)
    if one is None:
        return Reply(engine_texts.NOT_YOURS)
    if one.state is not MeetingState.PLANNED or one.day < turn.today:
        return Reply(texts.NOT_PLANNED_ANY_MORE)
    draft = Draft(
        host=one.host_id,
        meeting=one.id,
        day=one.day,
        half=one.half,
        place=one.place,
        speaker=meeting_parts.speaker_of(one),
        make_up=one.make_up,
    )
    return Start(flow.name, draft, one.host_id, _ask_whom(turn, draft))


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return f"Lịch hội nghị {turn.unit(draft.host).name}"


def _after(turn: Turn, draft: Draft, part: Part) -> Outcome:
    match part:
        case Part.DAY:
            return _next(draft, Step.HALF)
        case Part.HALF:
            return _next(draft, Step.PLACE)
        case Part.PLACE:
            return _next(draft, Step.SPEAKER)
        case Part.SPEAKER:
            return _next(draft, _ask_whom(turn, draft))


meeting_parts.add_parts(flow, _after)


# -- whom to invite


def _ask_whom(turn: Turn, draft: Draft) -> Step:
    """Where there is nothing to choose: the preview."""
    if draft.make_up or not _size(turn, Whom(_level(turn, draft), turn.unit(draft.host).path)):
        return Step.SUMMARY
    return Step.WHOM


@flow.asks(Step.WHOM)
def ask_whom(turn: Turn, draft: Draft) -> Reply:
    everybody = Whom(_level(turn, draft), turn.unit(draft.host).path)
    groups = [
        (
            group.name,
            meeting_guests.count_in(turn.conn, turn.plan, everybody, turn.today, group.people),
        )
        for group in groups_at(turn.plan, everybody.level)
    ]
    absent = _size(turn, Whom(everybody.level, everybody.top, make_up=True))
    buttons = [Button(texts.EVERYBODY, "all"), Button(texts.SOME_UNITS, "units")]
    if absent and draft.meeting is None:
        buttons.append(Button(texts.THOSE_ABSENT, "absent"))
    return Reply(texts.whom(groups, _size(turn, everybody), absent), buttons)


@flow.receives(Step.WHOM)
def receive_whom(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="all"):
            draft.units = []
            return Step.SUMMARY
        case Press(choice="units"):
            draft.units, draft.page = [], 0
            return Step.UNITS
        case Press(choice="absent"):
            draft.make_up, draft.units = draft.meeting is None, []
            return Step.SUMMARY
    return None


@flow.asks(Step.UNITS)
def ask_units(turn: Turn, draft: Draft) -> Reply:
    below = units.children(turn.conn, draft.host, turn.today)
    page: Page[Unit] = Page(len(below), UNITS_A_PAGE, str(draft.page))
    buttons = [
        Button(texts.ticked(one.name, chosen=one.id in draft.units), f"u{one.id}") for one in page.of(below)
    ]
    if page.number > 0:
        buttons.append(Button(engine_texts.PAGE_BEFORE, f"p{page.number - 1}"))
    if page.number + 1 < page.pages:
        buttons.append(Button(engine_texts.PAGE_AFTER, f"p{page.number + 1}"))
    names = units.names(turn.conn, draft.units)
    return Reply(
        texts.which_units([names[one] for one in draft.units]), [*buttons, Button(texts.FINISHED, "done")]
    )


@flow.receives(Step.UNITS, prose=True)
def receive_units(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done"):
            return Step.SUMMARY if draft.units else Refusal(texts.NO_UNIT_CHOSEN)
        case Press(choice=choice):
            number = callbacks.read_id(choice[1:])
            if number is None:
                return None
            if choice[0] == "p":
                draft.page = number
                return Step.UNITS
            return _toggle(turn, draft, [number])
        case Text(text=text):
            top = turn.unit(draft.host).path
            found = [search.find_units(turn.conn, top, part, turn.today).exact for part in text.split(",")]
            named = [one.id for one in found if one is not None]
            return _toggle(turn, draft, named) if named else Refusal(texts.NO_UNIT_CHOSEN)
    return None


def _toggle(turn: Turn, draft: Draft, wanted: list[int]) -> Outcome:
    top = turn.unit(draft.host).path
    for one in wanted:
        try:
            below = turn.unit(one).path.startswith(top) and one != draft.host
        except LookupError:
            below = False
        if not below:
            return Refusal(engine_texts.NOT_YOURS)
        draft.units = (
            [kept for kept in draft.units if kept != one] if one in draft.units else [*draft.units, one]
        )
    return Step.UNITS


# -- the preview


@flow.asks(Step.SUMMARY)
def ask_summary(turn: Turn, draft: Draft) -> Reply:
    size = meeting_guests.size(turn.conn, turn.plan, _whom(turn, draft), turn.today)
    shown = invitation(turn.plan, turn.unit(draft.host).name, _meeting(turn, draft), turn.today)
    outside = draft.speaker is not None and draft.speaker.outside_rule
    text = texts.preview(
        shown.text, size if size.people else None, texts.SPEAKER_OUTSIDE if outside else None
    )
    buttons = [Button(texts.INVITE, "invite")] if size.people else []
    if draft.meeting is None:
        buttons += [Button(texts.ONLY_SAVE, "save"), Button(texts.EDIT, "edit")]
    return Reply(text, [*buttons, Button(texts.CANCEL, callbacks.CANCEL)])


@flow.receives(Step.SUMMARY)
def receive_summary(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="invite"):
            return _save(turn, draft, invite=True)
        case Press(choice="save") if draft.meeting is None:
            return _save(turn, draft, invite=False)
        case Press(choice="edit") if draft.meeting is None:
            draft.editing = True
            return Step.EDIT
    return None


@flow.asks(Step.EDIT)
def ask_edit(turn: Turn, draft: Draft) -> Reply:
    buttons = [*meeting_parts.part_buttons(), Button("Người mời", Step.WHOM)]
    return Reply(report_texts.WHAT_TO_EDIT, buttons)


@flow.receives(Step.EDIT)
def receive_edit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="whom"):
            draft.editing, draft.make_up = False, False
            return Step.WHOM
        case Press(choice=choice) if choice in set(Part):
            return Step(choice)
    return None


def _save(turn: Turn, draft: Draft, *, invite: bool) -> Outcome:
    if host(turn, draft.host) is None:
        return Done(Reply(engine_texts.NOT_YOURS))
    if turn.locked(draft.host):
        return Refusal(engine_texts.LOCKED)
    assert draft.day is not None
    assert draft.half is not None
    if meeting_parts.is_over(turn, draft.day, draft.half) and draft.meeting is None:
        return Refusal(texts.HALF_OVER)
    one = _saved(turn, draft)
    if one is None or one.state is not MeetingState.PLANNED:
        return Done(Reply(texts.NOT_PLANNED_ANY_MORE))
    if not invite:
        return Done(Reply(texts.saved(one, turn.today), [to_card(one)]))
    size = meeting_guests.invite(turn.conn, turn.plan, one, _whom(turn, draft), turn.today, turn.sender)
    occasion = f"invite:{one.edition}:{turn.arrived.timestamp():.0f}"
    meeting_guests.begin(turn.conn, one, NoticeKind.INVITE, occasion, turn.now)
    return Done(Reply(texts.inviting(one, size, turn.today), [to_card(one)]))


def _saved(turn: Turn, draft: Draft) -> Meeting | None:
    if draft.meeting is not None:
        return meetings.get(turn.conn, draft.meeting)
    what = meeting_parts.planned(draft)
    number = meetings.create(turn.conn, turn.plan.code, draft.host, _level(turn, draft), what, turn.sender)
    one = meetings.get(turn.conn, number)
    assert one is not None
    note_planned_day(turn, draft.host)
    meeting_parts.tell_speaker(turn, one)
    return one


def _meeting(turn: Turn, draft: Draft) -> Meeting:
    """As it will be, for the preview."""
    what = meeting_parts.planned(draft)
    return Meeting(
        id=0,
        host_id=draft.host,
        level=_level(turn, draft),
        day=what.day,
        half=what.half,
        place=what.place,
        speaker_id=what.speaker_id,
        speaker_name=what.speaker_name,
        make_up=what.make_up,
        state=MeetingState.PLANNED,
        edition=1,
        session_id=None,
    )


def _level(turn: Turn, draft: Draft) -> str:
    return turn.unit(draft.host).duty_level


def _whom(turn: Turn, draft: Draft) -> Whom:
    return Whom(_level(turn, draft), turn.unit(draft.host).path, tuple(draft.units), draft.make_up)


def _size(turn: Turn, whom: Whom) -> int:
    return meeting_guests.size(turn.conn, turn.plan, whom, turn.today).people


def _next(draft: Draft, step: Step) -> Step:
    return mending.next_step(draft, step, Step.SUMMARY)
