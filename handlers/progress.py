"""/tiendo: how far the units below have come.

▸ /tiendo
  Huyện đoàn Hoằng Hóa · tính đến 17 giờ ngày 12/12
  Báo cáo: 402/437 chi đoàn (92%), chưa báo cáo 35
  Đúng hạn 371 · chậm hạn 31 …
  [Đơn vị chưa báo cáo] / [Đôn đốc ngay] [Xem từng xã] / [Việc khác] [Biểu đồ] / [Xuất Excel] [Chốt số liệu]
  (a picture: one bar per commune)
▸ Xem từng xã
  Từng xã: đã báo cáo/phải báo cáo.
  [Đoàn xã Hoằng Quỳ · 12/15] / [Đoàn xã Hoằng Quý · 9/9] / …
▸ Đoàn xã Hoằng Quỳ · 12/15
  Đoàn xã Hoằng Quỳ · tính đến 17 giờ ngày 12/12 …   [⬅️ Huyện đoàn Hoằng Hóa]
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from bot import callbacks
from bot.engine.conversation import Answer
from bot.engine.meeting_views import MAKE_UPS
from bot.engine.paging import Page
from bot.engine.phone_page import LACKING
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import activities as activity_texts
from bot.texts import engine as engine_texts
from bot.texts import freezing as freezing_texts
from bot.texts import help as help_texts
from bot.texts import inspections as inspection_texts
from bot.texts import make_ups as make_up_texts
from bot.texts import media as media_texts
from bot.texts import phone_list as phone_texts
from bot.texts import progress as texts
from bot.texts import say
from bot.texts.markup import lines
from handlers.recording_activity import UNIT as ACTIVITIES
from handlers.reporting_media import UNIT
from rules.duties import REPORTED, duties_of, duty_of, main_duty, noun
from rules.plan import Duty, DutyKind
from storage import activities, errands, inspections, make_ups, media, progress, reports, snapshots, units
from storage.figures import Figures, Overall, Progress
from storage.progress import Scope
from storage.units import Unit

ACTION = "progress"
FREEZE = "freeze"
PAGE = 10  # units


def progress_command(turn: Turn, _args: str) -> Reply:
    desks = turn.desks
    if not desks:
        return Reply(texts.NO_DESK, [go(help_texts.STATUS, "status")])
    if len(desks) == 1:
        return _opened(turn, turn.unit(desks[0].unit_id))
    buttons = [go(say.both_ends(post.unit_name), ACTION, f"{post.unit_id}.desk") for post in desks]
    return Reply(texts.WHICH_UNIT, buttons)


def progress_pressed(turn: Turn, argument: str) -> Answer:
    """`argument`: a unit's id, with nothing behind it, or a page of the units below, "desk", "other", "chart"."""
    if not argument:
        return progress_command(turn, "")
    head, _, what = argument.partition(".")
    unit_id = callbacks.read_id(head)
    if unit_id is None or not turn.sees(unit_id):
        return Reply(engine_texts.NOT_YOURS)
    unit = turn.unit(unit_id)
    match what:
        case "desk":
            return _opened(turn, unit)
        case "other":
            return _others(turn, unit)
        case "chart":
            return _chart(turn, unit)
        case _ if what.isdecimal():
            return _children(turn, unit, what)
    return _shown(turn, _look(turn, unit))


@dataclass(frozen=True, slots=True)
class View:
    scope: Scope
    now: Overall
    parts: Progress
    below: Sequence[tuple[Unit, Figures]]

    @property
    def unit(self) -> Unit:
        return self.scope.top

    @property
    def has_chart(self) -> bool:
        return sum(1 for _one, figures in self.below if figures.due) > 1


def scope_of(turn: Turn, unit: Unit) -> Scope:
    return Scope(turn.plan, unit, turn.today, turn.world.zone)


def called(turn: Turn) -> str:
    """What a unit that reports is called."""
    main = main_duty(turn.plan)
    return (noun(turn.plan, main.levels) if main is not None else None) or texts.ANY_UNIT


def _look(turn: Turn, unit: Unit) -> View:
    scope = scope_of(turn, unit)
    now, parts = progress.overall(turn.conn, scope)
    return View(scope, now, parts, progress.below(turn.conn, scope, parts))


def _opened(turn: Turn, unit: Unit) -> Reply:
    """The screen, and behind it the picture."""
    view = _look(turn, unit)
    if view.has_chart:
        _ask_for_chart(turn, unit)
    return _shown(turn, view)


def _head(turn: Turn, unit: Unit) -> str:
    return texts.heading(unit.name, turn.now, turn.world.zone)


def _shown(turn: Turn, view: View) -> Reply:
    unit, main = view.unit, main_duty(turn.plan)
    head = _head(turn, unit)
    if not view.below:
        return Reply(_alone(turn, unit), _buttons(turn, view))
    if main is None or not view.now.main.due:
        return Reply(
            texts.nobody_reports(head, called(turn), [*_rest(turn, unit), *_media(turn, unit)]),
            _buttons(turn, view),
        )
    frozen = snapshots.latest(turn.conn, turn.plan.code, unit.id)
    since = freezing_texts.since_frozen(frozen, view.now, turn.world.zone) if frozen is not None else None
    left = make_ups.left_below(turn.conn, turn.plan, unit.path, turn.today)
    text = lines(texts.overall(head, main, called(turn), view.now, since), make_up_texts.left(left))
    to_make_up = [go(make_up_texts.NEEDED, MAKE_UPS, unit.id)] if left.cadres else []
    return Reply(text, [*_buttons(turn, view), *to_make_up])


def _buttons(turn: Turn, view: View) -> list[Button]:
    unit, figures = view.unit, view.now.main
    buttons: list[Button] = []
    if view.below:
        if figures.missing:
            buttons += [go(texts.MISSING, "missing", unit.id), go(texts.NUDGE, "nudge", unit.id)]
        buttons.append(go(texts.see_each(_kind_below(turn, view.below)), ACTION, f"{unit.id}.0"))
        if figures.due:
            buttons.append(go(texts.OTHERS, ACTION, f"{unit.id}.other"))
        if view.has_chart:
            buttons.append(go(texts.CHART, ACTION, f"{unit.id}.chart"))
        buttons.append(go(texts.EXPORT, "export", unit.id))
        if figures.due and turn.desk(unit.id) is not None:
            buttons.append(go(texts.FREEZE, FREEZE, unit.id))
    elif figures.missing and turn.is_above(unit.id):
        buttons.append(go(texts.ON_BEHALF, "behalf", unit.id))
    return [*buttons, *_way_up(turn, unit)]


def _way_up(turn: Turn, unit: Unit) -> list[Button]:
    """To the page of the list on which this unit stands."""
    if unit.parent_id is None or not turn.sees(unit.parent_id):
        return []
    siblings = [one.id for one in units.children(turn.conn, unit.parent_id, turn.today)]
    page = siblings.index(unit.id) // PAGE if unit.id in siblings else 0
    above = turn.unit(unit.parent_id)
    return [go(texts.back_to(above.name), ACTION, f"{above.id}.{page}")]


def _kind_below(turn: Turn, below: Sequence[tuple[Unit, Figures]]) -> str:
    return noun(turn.plan, {one.duty_level for one, _figures in below}) or texts.ANY_UNIT


def _children(turn: Turn, unit: Unit, wanted: str) -> Reply:
    main = main_duty(turn.plan)
    scope = scope_of(turn, unit)
    parts = progress.of_duty(turn.conn, scope, main) if main is not None else Progress()
    below = progress.below(turn.conn, scope, parts)
    page: Page[tuple[Unit, Figures]] = Page(len(below), PAGE, wanted)
    buttons = [
        go(
            texts.child_label(
                one.name,
                figures,
                alone=main is not None and progress.reports_alone(main, one, figures),
            ),
            ACTION,
            one.id,
        )
        for one, figures in page.of(below)
    ]
    buttons += page.buttons(ACTION, f"{unit.id}.")
    buttons.append(go(texts.back_to(unit.name), ACTION, unit.id))
    return Reply(
        texts.children(_head(turn, unit), _kind_below(turn, below), page.number, page.pages), buttons
    )


def _others(turn: Turn, unit: Unit) -> Reply:
    published = _media(turn, unit)
    see = [go(media_texts.SEE, UNIT, unit.id)] if published else []
    back = go(texts.back_to(unit.name), ACTION, unit.id)
    done = _activities(turn, unit)
    found = list(progress.others(turn.conn, scope_of(turn, unit)))
    lacking = {
        duty.code: go(phone_texts.lacking_label(duty), LACKING, f"{unit.id}.{duty.code}")
        for duty, level, figures in found
        if duty.kind is DutyKind.DOCUMENT and figures.missing and level != unit.duty_level
    }
    see += [go(activity_texts.SEE, ACTIVITIES, unit.id)] if done else []
    return Reply(
        texts.others(_head(turn, unit), [*_lines(turn, found), *published, *done]),
        [*lacking.values(), *see, back],
    )


def _rest(turn: Turn, unit: Unit) -> list[str]:
    """A line for each duty that is reported but the main one."""
    return _lines(turn, progress.others(turn.conn, scope_of(turn, unit)))


def _lines(turn: Turn, found: Iterable[tuple[Duty, str, Figures]]) -> list[str]:
    names = {level.code: level.name for level in turn.plan.levels}
    each = groupby(found, key=lambda one: one[0])
    return [
        texts.other_line(duty, [(names[level], figures) for _duty, level, figures in those])
        for duty, those in each
    ]


def _media(turn: Turn, unit: Unit) -> list[str]:
    """A line on what the units have published, where the plan asks for it."""
    below = media.by_unit(turn.conn, turn.plan, unit.path, turn.today)
    levels = media.by_level(below, turn.plan)
    return [texts.media_line(turn.duty(DutyKind.MEDIA), levels)] if levels else []


def _activities(turn: Turn, unit: Unit) -> list[str]:
    """A line on how many units below have recorded any activity, where the plan asks for some."""
    duty = duty_of(turn.plan, DutyKind.ACTIVITY)
    below = activities.by_child(turn.conn, turn.plan, unit, turn.today) if duty is not None else {}
    if duty is None or not below:
        return []
    return [activity_texts.progress_line(duty, activities.total(below.values()))]


def _alone(turn: Turn, unit: Unit) -> str:
    """Of a unit with nobody below: what it reported itself."""
    level, zone = unit.duty_level, turn.world.zone
    seen = inspections.last_visit(turn.conn, turn.plan.code, unit.id)
    inspected = inspection_texts.beside(seen, turn.today)
    told = []
    for duty in duties_of(turn.plan, level):
        if duty.kind in REPORTED:
            sent = reports.all_of(turn.conn, turn.plan.code, duty.code, unit.id)
            told += [texts.own_line(duty, level, one, zone, inspected) for one in sent] or [
                texts.not_sent(duty)
            ]
    return texts.others(_head(turn, unit), [*told, *_media(turn, unit)])


def _chart(turn: Turn, unit: Unit) -> Reply:
    if not _look(turn, unit).has_chart:
        return Reply(texts.NO_CHART, replaces=False)
    asked = _ask_for_chart(turn, unit)
    return Reply(texts.CHART_COMES if asked else texts.CHART_COMES_ALREADY, replaces=False)


def _ask_for_chart(turn: Turn, unit: Unit) -> bool:
    """False: it is being drawn already."""
    return errands.ask(
        turn.conn,
        "chart",
        {"unit": unit.id},
        account_id=turn.account.id,
        person_id=turn.person_id,
        unit_id=unit.id,
        now=turn.now,
    )
