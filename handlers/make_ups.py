"""[Cần học bù]: where cadres have not attended yet, who they are, and what is done about it.

▸ Cần học bù
  Đoàn xã Hoằng Quỳ · cần học bù: 2 cán bộ ở 2 đơn vị
  ▸ Chi đoàn thôn 3: Trần Văn Hùng (Đi công tác) …   [Lên lịch học bù]
"""

from bot import callbacks
from bot.engine.conversation import Answer, Start
from bot.engine.meeting_views import MAKE_UPS as LIST
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import make_ups as texts
from bot.texts.progress import back_to
from handlers import participation_draft
from handlers.meeting_rights import PLAN, host
from handlers.plan_meeting import MAKE_UP
from rules.duties import duty_of
from rules.plan import DutyKind
from storage import make_ups, units
from storage.make_ups import Incomplete, Left
from storage.units import Unit

A_PAGE = 6


def list_pressed(turn: Turn, argument: str) -> Answer:
    """`<unit>.<page>`: its units with names; where they lie deeper, counts by the unit directly below."""
    head, _, wanted = argument.partition(".")
    unit_id = callbacks.read_id(head)
    if unit_id is None or not turn.sees(unit_id):
        return Reply(engine_texts.NOT_YOURS)
    unit = turn.unit(unit_id)
    children = make_ups.by_child(turn.conn, turn.plan, unit, turn.today)
    whole = make_ups.left_below(turn.conn, turn.plan, unit.path, turn.today)
    back = _way_up(turn, unit)
    if not whole.units:
        return Reply(texts.NOBODY, back)
    plan = [go(texts.PLAN, PLAN, f"{unit.id}.{MAKE_UP}")] if host(turn, unit.id) is not None else []
    if _lies_deeper(turn, unit):
        page: Page[int] = Page(len(children), A_PAGE, wanted)
        order = sorted(children)
        names = units.names(turn.conn, order)
        shown = [go(texts.below_label(names[one], children[one]), LIST, one) for one in page.of(order)]
        return Reply(
            texts.below(unit.name, whole), [*shown, *page.buttons(LIST, f"{unit.id}."), *plan, *back]
        )
    return _named(turn, unit, whole, wanted, [*plan, *back])


def _named(turn: Turn, unit: Unit, whole: Left, wanted: str, buttons: list[Button]) -> Reply:
    page: Page[Incomplete] = Page(whole.units, A_PAGE, wanted)
    shown = make_ups.incomplete(
        turn.conn, turn.plan, [unit.path], turn.today, skip=page.first, most=page.size
    )
    return Reply(texts.units(unit.name, whole, shown), [*page.buttons(LIST, f"{unit.id}."), *buttons])


def _lies_deeper(turn: Turn, unit: Unit) -> bool:
    """Whether those that take part stand below the units directly below."""
    codes = [level.code for level in turn.plan.levels]
    owing = duty_of(turn.plan, DutyKind.PARTICIPATION)
    if owing is None:
        return False
    here = codes.index(unit.duty_level)
    return min(codes.index(level) for level in owing.levels) > here + 1


def _way_up(turn: Turn, unit: Unit) -> list[Button]:
    if unit.parent_id is None or not turn.sees(unit.parent_id):
        return []
    return [go(back_to(turn.unit(unit.parent_id).name), LIST, unit.parent_id)]


def record_pressed(turn: Turn, argument: str) -> Answer:
    """A unit's own [Học bù]: its report with a further line."""
    unit_id = callbacks.read_id(argument)
    post = turn.post_for(unit_id)
    if post is None or duty_of(turn.plan, DutyKind.PARTICIPATION, post.duty_level) is None:
        return Reply(engine_texts.NOT_YOURS)
    if turn.locked(post.unit_id):
        return Reply(engine_texts.LOCKED)
    sent = participation_draft.sent_before(turn, post.unit_id)
    if sent is None:
        return Reply(texts.NOT_REPORTED)
    draft = participation_draft.Draft(unit=post.unit_id, make_up=True, seen_revision=sent.revision)
    hosted = participation_draft.host_sessions(turn, draft)
    step = participation_draft.Step.SESSION if hosted else participation_draft.Step.DAY
    return Start(participation_draft.flow.name, draft, post.unit_id, step)
