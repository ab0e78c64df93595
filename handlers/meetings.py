"""/hoinghi: the sessions that a host has planned, and who comes to each.

▸ /hoinghi
  Đoàn xã Hoằng Quỳ · hội nghị học tập. ▸ Sáng 20/11, thứ Ba, nhà văn hoá xã
  [Sáng 20/11 · nhà văn hoá xã] / [Lên lịch hội nghị] [Cần học bù]
▸ Sáng 20/11 · nhà văn hoá xã
  … Sẽ dự 41, xin vắng 3, chưa trả lời 12, chưa kết nối 9
  [Sẽ dự (41)] [Xin vắng (3)] … [Nhắc trả lời] [Đổi lịch] / [Mời thêm] [Huỷ hội nghị] / [Ghi kết quả]
"""

from collections.abc import Sequence
from datetime import timedelta

from bot import callbacks
from bot.engine.check_in_buttons import OPEN, WHO
from bot.engine.conversation import Answer, Start
from bot.engine.meeting_views import MAKE_UPS
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import check_ins as check_in_texts
from bot.texts import engine as engine_texts
from bot.texts import make_ups as make_up_texts
from bot.texts import meetings as texts
from handlers import meeting_parts, session
from handlers.answer_meeting import invitations_of, my_invitation, to_invitation
from handlers.meeting_rights import (
    CALENDAR,
    CARD,
    CHANGE,
    INVITE,
    LIST,
    PLAN,
    RECORD,
    find,
    has_begun,
    host,
    hosts,
    in_plan,
    led,
    my_guest,
    note_planned_day,
)
from handlers.owed import choose_unit
from rules.duties import duty_of
from rules.plan import DutyKind
from storage import check_ins, make_ups, meeting_guests, meetings
from storage.accounts import Post
from storage.meeting_guests import Counts, Guest
from storage.meetings import Ahead, Days, Meeting
from storage.models import MeetingState, NoticeKind

DAYS_AHEAD, DAYS_BACK = timedelta(days=14), timedelta(days=7)
A_PAGE = 6
GUESTS_A_PAGE = 8
SHOWN = 6  # meetings of one host


def meetings_command(turn: Turn, _args: str) -> Answer:
    if not in_plan(turn):
        return Reply(texts.NOT_IN_PLAN)
    posts = hosts(turn)
    if not posts:
        return _my_invitations(turn)
    return list_pressed(turn, str(posts[0].unit_id) if len(posts) == 1 else "")


def _my_invitations(turn: Turn) -> Reply:
    """The next one, with the others below it."""
    invited = invitations_of(turn)
    if not invited:
        return Reply(texts.NOT_A_HOST)
    (one, guest), *others = invited
    shown = my_invitation(turn, one, guest)
    return Reply(shown.text, [*shown.buttons, *_to_invitations(others)])


def _to_invitations(invited: Sequence[tuple[Meeting, Guest]]) -> list[Button]:
    return [to_invitation(one) for one, _guest in invited]


def list_pressed(turn: Turn, argument: str) -> Answer:
    """`<host>`; nothing, or a page, where there are several."""
    post = host(turn, callbacks.read_id(argument))
    if post is None:
        return choose_unit(turn, LIST, hosts(turn), argument, texts.WHICH_HOST)
    planned = meetings.planned_of(turn.conn, turn.plan.code, post.unit_id)
    left = make_ups.left_below(turn.conn, turn.plan, post.path, turn.today)
    # What is over and not recorded yet comes first: it waits for its result.
    buttons = [go(texts.label(one), CARD, one.id) for one in planned[:SHOWN]]
    held = meetings.last_held(turn.conn, turn.plan.code, post.unit_id)
    if held is not None:
        buttons.append(go(texts.label(held), CARD, held.id))
    buttons.append(go(texts.PLAN, PLAN, post.unit_id))
    if left.cadres:
        buttons.append(go(make_up_texts.NEEDED, MAKE_UPS, post.unit_id))
    if _has_hosts_below(turn, post):
        buttons.append(go(texts.CALENDAR, CALENDAR, f"{post.unit_id}.0"))
    return Reply(
        texts.planned(post.unit_name, planned, turn.today, left.cadres),
        [*buttons, *_to_invitations(invitations_of(turn))],
    )


def _has_hosts_below(turn: Turn, post: Post) -> bool:
    codes = [level.code for level in turn.plan.levels]
    below = codes[codes.index(post.duty_level) + 1 :]
    return any(duty_of(turn.plan, DutyKind.SESSION, level) is not None for level in below)


def calendar_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: what is planned in its subtree for the next two weeks, and what was held of late."""
    head, _, wanted = argument.partition(".")
    unit_id = callbacks.read_id(head)
    if unit_id is None or turn.desk(unit_id) is None:
        return Reply(engine_texts.NOT_YOURS)
    unit = turn.unit(unit_id)
    days = Days(turn.today - DAYS_BACK, turn.today, turn.today + DAYS_AHEAD)
    many = meetings.count_around(turn.conn, turn.plan.code, unit.path, days)
    page: Page[Ahead] = Page(many, A_PAGE, wanted)
    shown = meetings.around_below(turn.conn, turn.plan.code, unit.path, days, skip=page.first, most=page.size)
    buttons = [go(texts.calendar_label(one), CARD, one.meeting.id) for one in shown]
    back = [go(texts.TO_LIST, LIST, unit_id)] if host(turn, unit_id) is not None else []
    return Reply(
        texts.calendar(unit.name, many, shown, turn.today),
        [*buttons, *page.buttons(CALENDAR, f"{unit_id}."), *back],
    )


# -- one meeting


def card_pressed(turn: Turn, argument: str) -> Answer:
    """`<id>`; `<id>.own` the invitation to it; `.off`, `.sure`, `.ask`; `.y0`, `.n0`, `.u0`, `.x0` its guests."""
    number, _, verb = argument.partition(".")
    one = find(turn, number)
    guest = my_guest(turn, one) if one is not None else None
    if one is not None and guest is not None and (verb == "own" or not turn.sees(one.host_id)):
        return my_invitation(turn, one, guest)
    if one is None or not turn.sees(one.host_id):
        return Reply(engine_texts.NOT_YOURS)
    if verb[:1] in texts.WHICH:
        return _guests(turn, one, verb[0], verb[1:])
    if verb in ("off", "sure", "ask"):
        return _act(turn, one, verb)
    return _card(turn, one)


def _card(turn: Turn, one: Meeting) -> Reply:
    counts = meeting_guests.counts(turn.conn, one.id)
    hall = check_ins.hall(turn.conn, one.id, turn.plan.code)
    opened = hall is not None and hall.until is not None
    told = check_in_texts.on_card(check_ins.count(turn.conn, one.id)) if opened else None
    text = texts.card(turn.unit(one.host_id).name, one, counts, told, turn.today)
    numbers = dict(
        zip("ynux", (counts.coming, counts.excused, counts.unanswered, counts.unlinked), strict=True)
    )
    shown = [
        go(texts.which_label(which, many), CARD, f"{one.id}.{which}0")
        for which, many in numbers.items()
        if many
    ]
    who = [go(check_in_texts.WHO, WHO, one.id)] if opened else []
    return Reply(text, [*shown, *who, *_steps(turn, one, counts)])


def _steps(turn: Turn, one: Meeting, counts: Counts) -> list[Button]:
    """What the host may do next."""
    if host(turn, one.host_id) is None:
        return []
    back = go(texts.TO_LIST, LIST, one.host_id)
    if one.state is not MeetingState.PLANNED:
        return [back]
    buttons = [go(texts.RECORD, RECORD, one.id)] if one.day <= turn.today else []
    if one.day == turn.today:
        buttons.append(go(check_in_texts.OPEN, OPEN, one.id))
    if not has_begun(turn, one):
        if counts.unanswered:
            buttons.append(go(texts.ASK, CARD, f"{one.id}.ask"))
        buttons.append(go(texts.INVITE_MORE if counts.people else texts.INVITE, INVITE, one.id))
        buttons.append(go(texts.CHANGE, CHANGE, one.id))
    return [*buttons, go(texts.CALL_OFF, CARD, f"{one.id}.off"), back]


def _guests(turn: Turn, one: Meeting, which: str, wanted: str) -> Reply:
    counts = meeting_guests.counts(turn.conn, one.id)
    total = {
        "y": counts.coming,
        "n": counts.excused,
        "u": counts.unanswered,
        "x": counts.unlinked,
    }[which]
    page: Page[object] = Page(total, GUESTS_A_PAGE, wanted)
    shown = meeting_guests.listed(turn.conn, one.id, which, skip=page.first, most=page.size)
    text = texts.guests(which, total, shown, phones=which in "ux")
    return Reply(text, [*page.buttons(CARD, f"{one.id}.{which}"), go(texts.TO_CARD, CARD, one.id)])


def _act(turn: Turn, one: Meeting, verb: str) -> Reply:
    if host(turn, one.host_id) is None:
        return Reply(engine_texts.NOT_YOURS)
    back = go(texts.TO_CARD, CARD, one.id)
    if one.state is not MeetingState.PLANNED:
        return Reply(texts.NOT_PLANNED_ANY_MORE, [back])
    match verb:
        case "ask":
            return _ask(turn, one, back)
        case "off":
            sure = go(texts.CALL_OFF_REALLY, CARD, f"{one.id}.sure")
            return Reply(texts.CALL_OFF_SURE, [sure, go(texts.KEEP, CARD, one.id)])
    return _call_off(turn, one, back)


def _ask(turn: Turn, one: Meeting, back: Button) -> Reply:
    if has_begun(turn, one) or not meeting_guests.counts(turn.conn, one.id).unanswered:
        return Reply(texts.NOBODY_LEFT, [back])
    occasion = f"ask:{turn.today}"
    if not meeting_guests.ask(turn.conn, one, occasion, turn.now, turn.sender):
        return Reply(texts.ASKED_TODAY, [back])
    return Reply(texts.ASKED, [back])


def _call_off(turn: Turn, one: Meeting, back: Button) -> Reply:
    if not meetings.cancel(turn.conn, one, turn.sender):
        return Reply(texts.CHANGED_MEANWHILE, [back])
    meeting_guests.begin(turn.conn, one, NoticeKind.OFF, "off", turn.now)
    note_planned_day(turn, one.host_id)
    if one.speaker_id is not None and one.speaker_id != turn.person_id:
        text = texts.called_off(turn.unit(one.host_id).name, turn.plan.short_title, one, turn.today)
        turn.tell(one.speaker_id, Reply(text))
    return Reply(texts.CALLED_OFF, [go(texts.TO_LIST, LIST, one.host_id)])


def record_pressed(turn: Turn, argument: str) -> Answer:
    """[Ghi kết quả]: the session report, with what was planned."""
    one = led(turn, argument)
    if one is None:
        return Reply(engine_texts.NOT_YOURS)
    if turn.locked(one.host_id):
        return Reply(engine_texts.LOCKED)
    if one.state is not MeetingState.PLANNED:
        return Reply(texts.NOT_PLANNED_ANY_MORE)
    if one.day > turn.today:
        return Reply(texts.NOT_YET)
    draft = session.Draft(
        unit=one.host_id,
        meeting=one.id,
        make_up=one.make_up,
        day=one.day,
        place=one.place,
        speaker=meeting_parts.speaker_of(one),
    )
    step = session.Step.HALL if draft.speaker is not None else session.Step.SPEAKER
    return Start(session.flow.name, draft, one.host_id, step)
