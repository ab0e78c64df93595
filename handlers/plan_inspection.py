"""[Đề xuất nơi kiểm tra], [Chọn đơn vị]: a team says whom it will visit, and when.

▸ Đề xuất nơi kiểm tra
  Hệ thống đề xuất kiểm tra:
  ▸ Đoàn xã Hoằng Quỳ: số chi đoàn báo lệch số hội trường
  ▸ Chi đoàn thôn 3: chọn ngẫu nhiên
  Bấm một đơn vị, hoặc gõ tên đơn vị khác.   [Đoàn xã Hoằng Quỳ] [Chi đoàn thôn 3]
▸ Chi đoàn thôn 3
  Kiểm tra Chi đoàn thôn 3 ngày nào?   [Hôm nay]
▸ 20/11
  Đã hẹn kiểm tra Chi đoàn thôn 3 ngày 20/11.   [Đã kiểm tra] [Danh sách kiểm tra]
"""

from datetime import date, timedelta
from enum import StrEnum

from pydantic import BaseModel

from bot import callbacks
from bot.engine.conversation import Answer, Conversation, Done, Outcome, Refusal, Start
from bot.engine.events import Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import inspections as texts
from bot.texts import participation as report_texts
from bot.texts import say
from handlers.inspection_rights import (
    CHOOSE,
    LIST,
    RECORD,
    SUGGEST,
    is_below,
    may_inspect,
    team,
    teams,
    to_list,
)
from handlers.owed import choose_unit
from handlers.progress import scope_of
from rules.inspections import Why
from rules.reading import read_planned_date
from storage import inspecting, inspections, search

SUGGESTED = 5
FARTHEST = timedelta(days=366)


class Step(StrEnum):
    PLACE = "place"
    DAY = "day"


class Draft(BaseModel):
    team: int
    suggested: list[tuple[int, list[Why]]] | None = None  # None: the team names a unit itself
    offered: list[int] = []  # several may have been meant by what was typed
    unit: int | None = None
    reasons: list[Why] = []


flow = Conversation("plan_inspection", Draft, first=Step.PLACE, cancelled_text=texts.CANCELLED)


def suggest_pressed(turn: Turn, argument: str) -> Answer:
    return _begin(turn, SUGGEST, argument)


def choose_pressed(turn: Turn, argument: str) -> Answer:
    return _begin(turn, CHOOSE, argument)


def _begin(turn: Turn, action: str, argument: str) -> Answer:
    """`argument`: whose team, or a page of them."""
    posts = teams(turn)
    post = posts[0] if len(posts) == 1 and not argument else team(turn, callbacks.read_id(argument))
    if post is None:
        return choose_unit(turn, action, posts, argument, texts.WHICH_TEAM)
    draft = Draft(team=post.unit_id)
    if action == SUGGEST:
        found = inspecting.suggestions(turn.conn, scope_of(turn, turn.unit(post.unit_id)), SUGGESTED)
        draft.suggested = [(one.unit, list(one.reasons)) for one in found]
    return Start(flow.name, draft, post.unit_id)


@flow.titled
def title(turn: Turn, draft: Draft) -> str:
    return texts.planning_title(turn.unit(draft.team).name)


@flow.asks(Step.PLACE)
def ask_place(turn: Turn, draft: Draft) -> Reply:
    if draft.offered:
        return Reply(texts.WHICH_OF_THESE, [_button(turn, one) for one in draft.offered])
    if draft.suggested is None:
        return Reply(texts.WHICH_UNIT)
    named = [(_named(turn, one), why) for one, why in draft.suggested]
    return Reply(texts.suggestions(named), [_button(turn, one) for one, _why in draft.suggested])


def _named(turn: Turn, unit_id: int) -> str:
    """With the unit above it, where that is not the team's own."""
    unit = turn.unit(unit_id)
    assert unit.parent_id is not None  # it lies below the team
    return f"{unit.name}, {turn.unit(unit.parent_id).name}"


def _button(turn: Turn, unit_id: int) -> Button:
    return Button(say.both_ends(_named(turn, unit_id)), str(unit_id))


@flow.receives(Step.PLACE, prose=True)
def receive_place(turn: Turn, draft: Draft, event: Event) -> Outcome:
    post = team(turn, draft.team)
    if post is None:
        return Done(Reply(engine_texts.NOT_YOURS))
    suggested = dict(draft.suggested or [])
    match event:
        case Press(choice=choice):
            unit_id = callbacks.read_id(choice)
            if unit_id is None or (unit_id not in suggested and unit_id not in draft.offered):
                return None
        case Text(text=words):
            match = search.find_units(turn.conn, post.path, words, turn.today)
            found = [one.id for one in ([match.exact] if match.exact else match.offers)]
            below = [one for one in found if one != draft.team]
            if not below:
                return Refusal(texts.no_such_unit(words))
            if match.exact is None:
                draft.offered = below
                return Step.PLACE
            unit_id = below[0]
        case _:
            return None
    unit = turn.unit(unit_id)
    if not may_inspect(turn, unit, post):
        return Refusal(engine_texts.NOT_YOURS)
    already = inspections.open_of_team(turn.conn, turn.plan.code, draft.team, unit_id)
    if already is not None:
        return _open_already(unit.name, already)
    draft.unit, draft.reasons = unit_id, suggested.get(unit_id, [])
    return Step.DAY


def _open_already(name: str, inspection_id: int) -> Done:
    see = go(texts.SEE_ANSWER, LIST, inspection_id)
    return Done(Reply(texts.open_already(name), [see, to_list()]))


@flow.asks(Step.DAY)
def ask_day(turn: Turn, draft: Draft) -> Reply:
    assert draft.unit is not None
    return Reply(texts.which_day(turn.unit(draft.unit).name), [Button(report_texts.TODAY, "today")])


@flow.receives(Step.DAY)
def receive_day(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="today"):
            return _plan(turn, draft, turn.today)
        case Text(text=text):
            day = read_planned_date(text, turn.today, turn.today + FARTHEST)
            return _plan(turn, draft, day) if isinstance(day, date) else day
    return None


def _plan(turn: Turn, draft: Draft, day: date) -> Outcome:
    assert draft.unit is not None
    unit, post = turn.unit(draft.unit), team(turn, draft.team)
    if post is None or not is_below(unit.path, post):
        return Done(Reply(engine_texts.NOT_YOURS))
    already = inspections.open_of_team(turn.conn, turn.plan.code, draft.team, unit.id)
    if already is not None:
        return _open_already(unit.name, already)
    number = inspections.plan_visit(
        turn.conn, turn.plan.code, draft.team, unit.id, day, draft.reasons, turn.sender
    )
    buttons = [go(texts.VISITED, RECORD, number), to_list()]
    return Done(Reply(texts.planned(unit.name, day, draft.reasons), buttons))
