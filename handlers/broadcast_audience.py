"""To whom a broadcast goes: one press for the usual, or units by name; filters at the preview.

▸ Theo đơn vị
  Đồng chí gõ tên đơn vị, ví dụ: xã Hoằng Quỳ.
▸ hoang quy
  Đồng chí chọn đơn vị nào?   [Đoàn xã Hoằng Quỳ] [Đoàn xã Hoằng Quý]
▸ Đoàn xã Hoằng Quỳ
  Đã chọn: Đoàn xã Hoằng Quỳ. Gõ thêm đơn vị khác, hoặc bấm Xong.   [Xong]
"""

from bot.engine.broadcast_views import ACTION
from bot.engine.conversation import Outcome, Refusal
from bot.engine.events import Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import broadcasts as texts
from bot.texts import say
from handlers.broadcast_draft import Draft, Step, flow, in_its_place, size_of, whom
from rules.audience import Owing
from storage import search

_OWING = {
    "report": (texts.NOT_REPORTED, Owing.REPORT),
    "essay": (texts.NO_ESSAY, Owing.ESSAY),
    "late": (texts.LATE, Owing.LATE),
}


@flow.asks(Step.AUDIENCE)
def ask_audience(turn: Turn, draft: Draft) -> Reply:
    buttons = [
        Button(texts.EVERYBODY, "all"),
        *(Button(name, f"l.{code}") for code, name in _levels_below(turn, draft)),
        *(Button(label, choice) for choice, (label, _) in _OWING.items()),
        Button(texts.BY_UNIT, "unit"),
        go(texts.SCHEDULED, ACTION, f"scheduled.{draft.desk}"),
        go(texts.SENT_BEFORE, ACTION, f"sent.{draft.desk}"),
    ]
    return Reply(texts.whom(turn.unit(draft.desk).name), buttons)


@flow.receives(Step.AUDIENCE)
def receive_audience(turn: Turn, draft: Draft, event: Event) -> Outcome:
    draft.units, draft.levels, draft.roles, draft.owing = [], [], [], None
    match event:
        case Press(choice="all"):
            return Step.CONTENT
        case Press(choice="unit"):
            return Step.UNIT
        case Press(choice=choice) if choice in _OWING:
            draft.owing = _OWING[choice][1]
            return Step.CONTENT
        case Press(choice=choice):
            for code, _name in _levels_below(turn, draft):
                if choice == f"l.{code}":
                    draft.levels = [code]
                    return Step.CONTENT
    return None


def _levels_below(turn: Turn, draft: Draft) -> list[tuple[str, str]]:
    """(code, "Cấp cơ sở") of every level below the desk's."""
    codes = [level.code for level in turn.plan.levels]
    place = codes.index(turn.unit(draft.desk).level)
    return [(level.code, level.name.capitalize()) for level in turn.plan.levels[place + 1 :]]


# -- units by name


@flow.asks(Step.UNIT)
def ask_unit(turn: Turn, draft: Draft) -> Reply:
    done = [Button(texts.DONE, "done")] if draft.units else []
    if draft.offered:
        offered = [Button(say.both_ends(in_its_place(turn, draft, one)), f"u{one}") for one in draft.offered]
        return Reply(texts.WHICH_UNIT, [*offered, *done])
    if draft.units:
        return Reply(texts.units_chosen([in_its_place(turn, draft, one) for one in draft.units]), done)
    return Reply(texts.NAME_UNITS)


@flow.receives(Step.UNIT)
def receive_unit(turn: Turn, draft: Draft, event: Event) -> Outcome:
    match event:
        case Press(choice="done") if draft.units:
            draft.offered = []
            return Step.CONTENT
        case Press(choice=choice):
            for one in draft.offered:
                if choice == f"u{one}":
                    return _choose(draft, one)
        case Text(text=text):
            found = search.find_units(turn.conn, turn.unit(draft.desk).path, text, turn.today)
            if found.exact is not None:
                return _choose(draft, found.exact.id)
            draft.offered = [one.id for one in found.offers]
            return Step.UNIT if draft.offered else Refusal(texts.NO_SUCH_UNIT)
    return None


def _choose(draft: Draft, unit_id: int) -> Step:
    draft.offered = []
    if unit_id not in draft.units:
        draft.units = [*draft.units, unit_id]
    return Step.UNIT


# -- filters: level, role and what is owed, together


@flow.asks(Step.FILTER)
def ask_filter(turn: Turn, draft: Draft) -> Reply:
    chosen = {f"l.{one}" for one in draft.levels} | {f"r.{one}" for one in draft.roles}
    options = [
        *((f"l.{code}", name) for code, name in _levels_below(turn, draft)),
        *((choice, label) for choice, (label, _) in _OWING.items()),
        *((f"r.{role.code}", role.name) for role in turn.plan.roles),
    ]
    chosen |= {choice for choice, (_, owing) in _OWING.items() if owing is draft.owing}
    buttons = [Button(("✓ " if choice in chosen else "") + label, choice) for choice, label in options]
    text = texts.what_to_filter(whom(turn, draft), size_of(turn, draft).people)
    return Reply(text, [*buttons, Button(texts.DONE, "done")])


@flow.receives(Step.FILTER)
def receive_filter(turn: Turn, draft: Draft, event: Event) -> Outcome:
    if not isinstance(event, Press):
        return None
    kind, _, code = event.choice.partition(".")
    if event.choice == "done":
        return Step.PREVIEW
    if event.choice in _OWING:
        wanted = _OWING[event.choice][1]
        draft.owing = None if draft.owing is wanted else wanted
    elif kind == "l" and code in dict(_levels_below(turn, draft)):
        draft.levels = _toggled(draft.levels, code)
    elif kind == "r" and code in {role.code for role in turn.plan.roles}:
        draft.roles = _toggled(draft.roles, code)
    else:
        return None
    return Step.FILTER


def _toggled(chosen: list[str], code: str) -> list[str]:
    return [one for one in chosen if one != code] if code in chosen else [*chosen, code]
