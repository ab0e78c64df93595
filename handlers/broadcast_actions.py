"""What is done with a broadcast once it is ordered: stopped, cancelled, approved, looked at, sent again.

[Dừng gửi] [Vẫn gửi đêm nay] [Duyệt gửi] [Không gửi] [80 đơn vị cần gọi] [Xem theo huyện]
[Gửi lại cho người chưa nhận] [Huỷ số 8], and [Đã nắm thông tin] of whoever received it.
"""

from collections import defaultdict
from collections.abc import Callable

from bot import callbacks
from bot.engine.broadcast_views import ACKNOWLEDGE, ACTION, level_below, result_of, unreached
from bot.engine.conversation import Answer
from bot.engine.paging import Page
from bot.engine.phone_page import A_PAGE, entries_of
from bot.engine.replies import Reply
from bot.engine.turn import Turn, go
from bot.texts import broadcasts as texts
from bot.texts import engine as engine_texts
from bot.texts import phone_list as phone_texts
from bot.texts.markup import lines
from handlers import broadcast
from storage import broadcasts
from storage.audit import Action
from storage.broadcasts import Broadcast, UnitReach
from storage.missing import MissingUnit
from storage.models import BroadcastState

LISTED = 8
PREVIEWED = "0"  # the number of what is not ordered yet
GROUPS_A_PAGE = 10
_ENDED = (*broadcasts.RUNNING, BroadcastState.DONE)


def pressed(turn: Turn, argument: str) -> Answer:
    """`verb.number[.page]`; of a desk: `verb.unit`."""
    verb, _, rest = argument.partition(".")
    number, _, page = rest.partition(".")
    row = callbacks.read_id(number)
    if row is None:
        return Reply(engine_texts.NOT_YOURS)
    if verb in _OF_A_DESK:
        desk = turn.desk(row)
        return _OF_A_DESK[verb](turn, desk.unit_id) if desk else Reply(engine_texts.NOT_YOURS)
    known = broadcasts.get(turn.conn, row)
    if known is None or verb not in _OF_A_BROADCAST or not _may(turn, known):
        return Reply(texts.NOT_YOURS)
    return _OF_A_BROADCAST[verb](turn, known, page)


def _may(turn: Turn, known: Broadcast) -> bool:
    """Whoever acts for its desk, or for a unit above it."""
    return bool(turn.desks) and turn.sees(known.unit_id) and known.plan == turn.plan.code


def acknowledged(turn: Turn, argument: str) -> Answer:
    """[Đã nắm thông tin]"""
    if argument == PREVIEWED:
        return Reply(texts.ONLY_A_PREVIEW, replaces=False)
    number = callbacks.read_id(argument)
    ok = number is not None and broadcasts.acknowledge(turn.conn, number, turn.person_id, turn.arrived)
    return Reply(texts.ACKNOWLEDGED if ok else texts.NOT_FOR_YOU, replaces=False)


# -- of a desk


def _desk(_turn: Turn, desk: int) -> Answer:
    return broadcast.start(desk)


def _scheduled(turn: Turn, desk: int) -> Answer:
    found = broadcasts.of_desk(
        turn.conn, turn.plan.code, desk, (BroadcastState.SCHEDULED, BroadcastState.WAITING), LISTED
    )
    if not found:
        return Reply(texts.NOTHING_SCHEDULED)
    rows = [texts.list_line(one, turn.world.zone) for one in found]
    buttons = [go(texts.cancel_label(one.id), ACTION, f"cancel.{one.id}") for one in found]
    return Reply(texts.listed(texts.SCHEDULED, rows), buttons)


def _sent(turn: Turn, desk: int) -> Answer:
    found = broadcasts.of_desk(turn.conn, turn.plan.code, desk, _ENDED, LISTED)
    if not found:
        return Reply(texts.NOTHING_SENT)
    rows = [texts.list_line(one, turn.world.zone) for one in found]
    buttons = [go(texts.open_label(one.id), ACTION, f"result.{one.id}") for one in found]
    return Reply(texts.listed(texts.SENT_BEFORE, rows), buttons)


# -- of one broadcast


def _stop(turn: Turn, known: Broadcast, _page: str) -> Answer:
    if known.state is BroadcastState.SCHEDULED:
        return _cancel(turn, known, "")
    if known.state not in (BroadcastState.PREPARING, BroadcastState.SENDING):
        return Reply(texts.OVER_ALREADY, replaces=False)
    stopped = broadcasts.decide(
        turn.conn,
        known,
        Action.BROADCAST_STOPPED,
        turn.person_id,
        turn.now,
        state=BroadcastState.STOPPING,
    )
    if not stopped:
        return Reply(texts.OVER_ALREADY, replaces=False)
    account = broadcasts.account(turn.conn, known.id)
    return Reply(texts.progress(known.id, BroadcastState.STOPPING, account, None))


def _cancel(turn: Turn, known: Broadcast, _page: str) -> Answer:
    if known.state not in (BroadcastState.SCHEDULED, BroadcastState.WAITING):
        return Reply(texts.OVER_ALREADY, replaces=False)
    cancelled = broadcasts.decide(
        turn.conn,
        known,
        Action.BROADCAST_CANCELLED,
        turn.person_id,
        turn.now,
        state=BroadcastState.CANCELLED,
    )
    return Reply(texts.cancelled(known.id)) if cancelled else Reply(texts.OVER_ALREADY, replaces=False)


def _approve(turn: Turn, known: Broadcast, _page: str) -> Answer:
    return _decide_second(turn, known, Action.BROADCAST_APPROVED, BroadcastState.SCHEDULED, texts.approved)


def _reject(turn: Turn, known: Broadcast, _page: str) -> Answer:
    return _decide_second(turn, known, Action.BROADCAST_CANCELLED, BroadcastState.CANCELLED, texts.rejected)


def _decide_second(
    turn: Turn,
    known: Broadcast,
    action: Action,
    state: BroadcastState,
    told: Callable[[int, str], str],
) -> Answer:
    if known.state is not BroadcastState.WAITING:
        return Reply(texts.DECIDED_ALREADY)
    if known.by_person_id == turn.person_id:
        return Reply(texts.NOT_ONES_OWN, replaces=False)
    values = {"state": state, "approved_by": turn.person_id}
    if not broadcasts.decide(turn.conn, known, action, turn.person_id, turn.now, **values):
        return Reply(texts.DECIDED_ALREADY)
    text = told(known.id, turn.account.full_name or "")
    if state is BroadcastState.SCHEDULED and known.send_at > turn.now:
        text = lines(text, texts.goes_at(known.send_at, turn.world.zone))
    reply = Reply(text)
    turn.tell(known.by_person_id, reply)
    return reply


def _at_night(turn: Turn, known: Broadcast, _page: str) -> Answer:
    if known.state not in broadcasts.RUNNING:
        return Reply(texts.OVER_ALREADY, replaces=False)
    broadcasts.decide(turn.conn, known, Action.BROADCAST_AT_NIGHT, turn.person_id, turn.now, at_night=True)
    return Reply(texts.SENDING_AT_NIGHT, replaces=False)


def _result(turn: Turn, known: Broadcast, _page: str) -> Answer:
    return result_of(turn.conn, turn.world, known)


def _again(turn: Turn, known: Broadcast, _page: str) -> Answer:
    if known.state is not BroadcastState.DONE:
        return Reply(texts.ON_ITS_WAY, replaces=False)
    if not broadcasts.repeatable(turn.conn, known.id):
        return Reply(texts.NONE_TO_REPEAT, replaces=False)
    repeated = broadcasts.decide(
        turn.conn,
        known,
        Action.BROADCAST_REPEATED,
        turn.person_id,
        turn.now,
        state=BroadcastState.PREPARING,
        round=known.round + 1,
        written_to=0,
        message_id=None,
        by_account_id=turn.account.id,
    )
    return Reply(texts.being_repeated(known.id) if repeated else texts.ON_ITS_WAY, replaces=False)


def _ring(turn: Turn, known: Broadcast, wanted: str) -> Answer:
    """Units none of whose people has it, with telephone numbers."""
    missed = unreached(turn.conn, known)
    if not missed:
        return Reply(texts.everybody_has_it(known.id))
    page: Page[UnitReach] = Page(len(missed), A_PAGE, wanted)
    shown = [_as_missing(turn, one) for one in page.of(missed)]
    head = phone_texts.units_to_call(known.id, len(missed), page.number, page.pages)
    entries = entries_of(turn.conn, turn.world, shown, page.first, turn.today)
    return Reply(lines(head, *entries), page.buttons(ACTION, f"ring.{known.id}."), replaces=bool(wanted))


def _as_missing(turn: Turn, one: UnitReach) -> MissingUnit:
    above = turn.unit(one.parent_id).name if one.parent_id is not None else None
    return MissingUnit(one.unit_id, one.name, one.path, above, None, None, None)


def _by_unit(turn: Turn, known: Broadcast, wanted: str) -> Answer:
    """What each unit directly below the desk came to."""
    top = turn.unit(known.unit_id)
    groups: dict[int, list[UnitReach]] = defaultdict(list)
    for one in broadcasts.by_unit(turn.conn, known.id):
        below = one.path.removeprefix(top.path).split("/")[0]
        groups[int(below) if below else top.id].append(one)
    ids = sorted(groups, key=lambda one: (one != top.id, one))
    page: Page[int] = Page(len(ids), GROUPS_A_PAGE, wanted)
    rows = [(turn.unit(one).name, groups[one]) for one in page.of(ids)]
    text = texts.by_unit(known.id, level_below(turn.world, top.level), rows)
    return Reply(text, page.buttons(ACTION, f"units.{known.id}."), replaces=bool(wanted))


_OF_A_DESK: dict[str, Callable[[Turn, int], Answer]] = {
    "desk": _desk,
    "scheduled": _scheduled,
    "sent": _sent,
}
_OF_A_BROADCAST: dict[str, Callable[[Turn, Broadcast, str], Answer]] = {
    "stop": _stop,
    "cancel": _cancel,
    "approve": _approve,
    "reject": _reject,
    "night": _at_night,
    "result": _result,
    "again": _again,
    "ring": _ring,
    "units": _by_unit,
}
BUTTONS = {ACTION: pressed, ACKNOWLEDGE: acknowledged}
