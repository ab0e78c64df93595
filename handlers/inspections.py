"""/kiemtra: inspections that are under way and over; for a team, where it might go next.

▸ /kiemtra
  Kiểm tra, giám sát. Đang theo dõi 3 đợt. …
  [Đoàn xã Hoằng Quỳ · quá hạn 12/11] / [Chi đoàn thôn 3 · hẹn 20/11] / …
  [Đề xuất nơi kiểm tra] / [Chọn đơn vị] [Đã xong (4)]
▸ Chi đoàn thôn 3 · hẹn 20/11
  Chi đoàn thôn 3 · đợt kiểm tra số 12 …   [Đã kiểm tra] [Huỷ đợt này] / [Danh sách kiểm tra]
▸ (đơn vị đã khắc phục)
  …   [Đóng] [Chưa đạt] / [Danh sách kiểm tra]
"""

from bot.engine.conversation import Answer
from bot.engine.owed_buttons import MENDED
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import inspections as texts
from handlers import files
from handlers.inspection_rights import (
    AGAIN,
    CHOOSE,
    CORRECT,
    LIST,
    RECORD,
    STANDS,
    SUGGEST,
    answers,
    find,
    in_plan,
    leads,
    seen,
    teams,
    to_list,
)
from storage import inspections, uploads
from storage.inspections import SUBJECT, Inspection
from storage.models import InspectionState

A_PAGE = 6
_OPEN, _OVER = "o", "x"  # in front of a page's number


def inspections_command(turn: Turn, _args: str) -> Reply:
    return _list(turn, "", is_open=True)


def list_pressed(turn: Turn, argument: str) -> Answer:
    """`o<page>` open ones, `x<page>` the others; `<id>` one; `<id>.photos`, `.off`, `.sure`, `.close`."""
    if not argument or argument[0] in (_OPEN, _OVER):
        return _list(turn, argument[1:], is_open=argument[:1] != _OVER)
    number, _, verb = argument.partition(".")
    one = find(turn, number)
    if one is None:
        return Reply(engine_texts.NOT_YOURS)
    match verb:
        case "photos":
            files.send_all(turn, SUBJECT, one.id, texts.evidence(one.unit_name, one.id))
            return None
        case "off" | "sure" | "close" if not leads(turn, one):
            return Reply(engine_texts.NOT_YOURS)
        case "off" if one.state is InspectionState.PLANNED:
            keep = go(texts.KEEP, LIST, one.id)
            sure = go(texts.CALL_OFF_REALLY, LIST, f"{one.id}.sure")
            return Reply(texts.call_off_really(one.unit_name, one.planned_on), [keep, sure])
        case "off" | "sure":
            return _call_off(turn, one)
        case "close":
            return _close(turn, one)
    return _card(turn, one)


def _list(turn: Turn, page_wanted: str, *, is_open: bool) -> Reply:
    if not in_plan(turn):
        return Reply(texts.NOT_IN_PLAN)
    if not turn.acting_posts:
        return Reply(engine_texts.NOT_YOURS)
    plan, whose = turn.plan.code, seen(turn)
    counts = {which: inspections.count(turn.conn, plan, whose, is_open=which) for which in (True, False)}
    page: Page[Inspection] = Page(counts[is_open], A_PAGE, page_wanted)
    shown = inspections.listed(
        turn.conn, plan, whose, turn.today, is_open=is_open, first=page.first, most=page.size
    )
    buttons = [go(texts.label(one, turn.today), LIST, one.id) for one in shown]
    buttons += page.buttons(LIST, _OPEN if is_open else _OVER)
    if teams(turn):
        buttons += [go(texts.SUGGEST, SUGGEST), go(texts.CHOOSE, CHOOSE)]
    elif not any(counts.values()):
        return Reply(texts.NONE_OF_YOURS)
    if not is_open:
        return Reply(texts.over(counts[False]), [*buttons, go(texts.STILL_OPEN, LIST)])
    if counts[False]:
        buttons.append(go(texts.over_label(counts[False]), LIST, f"{_OVER}0"))
    overdue = inspections.overdue(turn.conn, plan, whose, turn.today)
    return Reply(texts.heading(counts[True], overdue), buttons)


def _card(turn: Turn, one: Inspection) -> Reply:
    photos = len(uploads.files_of(turn.conn, SUBJECT, one.id))
    text = texts.card(
        one,
        turn.plan.inspection_checklist,
        inspections.findings(turn.conn, one.id),
        inspections.followed(turn.conn, one.id),
        today=turn.today,
        zone=turn.world.zone,
        with_reasons=turn.sees(one.by_unit_id),
    )
    shown = [go(texts.photos_label(photos), LIST, f"{one.id}.photos")] if photos else []
    return Reply(text, [*steps(turn, one), *shown, to_list()])


def steps(turn: Turn, one: Inspection) -> list[Button]:
    """What this person may do next."""
    theirs = answers(turn, one) and one.state is InspectionState.VISITED
    mended = [go(texts.MENDED, MENDED, one.id)] if theirs else []
    if not leads(turn, one):
        return mended
    close = go(texts.CLOSE, LIST, f"{one.id}.close")
    correct = go(texts.CORRECT, CORRECT, one.id)
    match one.state:
        case InspectionState.PLANNED:
            return [go(texts.VISITED, RECORD, one.id), go(texts.CALL_OFF, LIST, f"{one.id}.off")]
        case InspectionState.VISITED:
            return [*mended, close, correct]
        case InspectionState.MENDED:
            return [close, go(texts.NOT_ENOUGH, AGAIN, one.id), correct]
        case InspectionState.CLOSED:
            return [correct]
    return []


def _call_off(turn: Turn, one: Inspection) -> Reply:
    if inspections.cancel(turn.conn, one, turn.sender):
        return Reply(texts.called_off(one.unit_name), [to_list()])
    called_off = one.state is InspectionState.CANCELLED
    return Reply(texts.CALLED_OFF if called_off else texts.RECORDED_ALREADY, [to_list()])


def _close(turn: Turn, one: Inspection) -> Reply:
    if not inspections.close(turn.conn, one, turn.sender):
        return Reply(STANDS[one.state], [to_list()])
    turn.tell_acting(one.unit_id, Reply(texts.told_closed(one), [go(texts.SEE, LIST, one.id)]))
    return Reply(texts.closed(one.unit_name), [to_list()])
