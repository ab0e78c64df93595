"""/binhxet: the list for the year-end rating, fact by fact; for a desk, how its units stand.

▸ /binhxet
  Đoàn xã Hoằng Quỳ · bình xét thi đua …
  Đạt mọi mục: 12/16 chi đoàn
  ▸ Học đúng thời hạn: đạt 14, chưa đạt 1, chưa báo cáo 1 …
  [Khiếu nại (1)] [Từng đơn vị] / [Đơn vị mình]
▸ Từng đơn vị
  [Chi đoàn thôn 3 · 2/3 · khiếu nại] / [Chi đoàn thôn 1 · 3/3] …
▸ Chi đoàn thôn 3 · 2/3 · khiếu nại
  ✓ Học đúng thời hạn: đạt, 12/11, kế hoạch chậm nhất hết ngày 29/12
  ▸ Cán bộ học đủ: chưa đạt, 2/3, đang khiếu nại …
  [Học đúng thời hạn] [Cán bộ học đủ] / [Bài thu hoạch] [⬅️ Đoàn xã Hoằng Quỳ]
"""

from collections import Counter
from collections.abc import Sequence

from bot import callbacks
from bot.engine.paging import Page
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import engine as engine_texts
from bot.texts import progress as progress_texts
from bot.texts import rating as texts
from handlers.owed import choose_unit
from handlers.rating_evidence import evidence
from handlers.rating_rights import FACT, LIST, leads, rated, rated_levels, scope_of, seen_unit
from rules import rating as rules
from rules.plan import Rating, RatingFact
from rules.rating import Standing
from storage import rating, units
from storage.accounts import Post
from storage.rating import Alike, Contest, Rated
from storage.units import Unit

A_PAGE = 8
_CARD, _WAITING = "one", "w"


def rating_command(turn: Turn, _args: str) -> Reply:
    return rating_pressed(turn, "")


def rating_pressed(turn: Turn, argument: str) -> Reply:
    """`<unit>`; behind it a page of the units below, "one" for itself, "w<page>" for what is contested below.

    Nothing, or "p2": to choose one of one's own.
    """
    if turn.plan.rating is None:
        return Reply(texts.NOT_IN_PLAN)
    posts = _posts(turn)
    if not posts and not argument:
        return Reply(texts.NOT_FOR_YOU)
    if not argument and len(posts) == 1:
        return _home(turn, turn.plan.rating, turn.unit(posts[0].unit_id))
    number, _, view = argument.partition(".")
    if callbacks.read_id(number) is None:
        return choose_unit(turn, LIST, posts, argument, texts.WHICH_UNIT)
    unit = seen_unit(turn, number)
    if unit is None:
        return Reply(engine_texts.NOT_YOURS)
    if view == _CARD:
        return card(turn, turn.plan.rating, unit)
    if view.startswith(_WAITING):
        return _waiting(turn, unit, view.removeprefix(_WAITING))
    return _each(turn, unit, view) if view else _home(turn, turn.plan.rating, unit)


def _posts(turn: Turn) -> list[Post]:
    return [
        post
        for post in turn.acting_posts
        if post.duty_level in rated_levels(turn) or leads(turn, post.duty_level)
    ]


# -- the units below


def _home(turn: Turn, plan: Rating, unit: Unit) -> Reply:
    if not leads(turn, unit.duty_level) or not units.children(turn.conn, unit.id, turn.today):
        return card(turn, plan, unit)
    alike, contested = rating.tally(turn.conn, scope_of(turn, unit))
    found = [*alike, *(Alike(one.level, one.standings) for one in contested)]
    counts = rules.tally((one.standings, one.units) for one in found)
    waiting = sum(
        contest.verdict is None and code in one.figures
        for one in contested
        for code, contest in one.contests.items()
    )
    text = texts.below(
        unit.name,
        turn.now,
        turn.world.zone,
        _levels(turn, found),
        [(fact, counts[fact.code]) for fact in plan.facts if fact.code in counts],
        _grades(turn, plan, found),
        waiting,
    )
    buttons = [go(texts.contests_label(waiting), LIST, f"{unit.id}.{_WAITING}0")] if waiting else []
    buttons.append(go(texts.EACH, LIST, f"{unit.id}.0"))
    if unit.duty_level in plan.levels:
        own = turn.post_for(unit.id) is not None
        buttons.append(go(texts.OWN if own else texts.THIS, LIST, f"{unit.id}.{_CARD}"))
    return Reply(text, [*buttons, *_way_up(turn, unit)])


def _levels(turn: Turn, found: Sequence[Alike]) -> list[tuple[str, int, int]]:
    units_of: Counter[str] = Counter()
    met: Counter[str] = Counter()
    for one in found:
        units_of[one.level] += one.units
        met[one.level] += one.units if rules.meets_everything(one.standings.values()) else 0
    return [
        (level.one, met[level.code], units_of[level.code])
        for level in turn.plan.levels
        if units_of[level.code]
    ]


def _grades(turn: Turn, plan: Rating, found: Sequence[Alike]) -> list[tuple[str, int]]:
    """How many units have each grade; those of which something is still open stand apart."""
    counts: Counter[str] = Counter()
    for one in found:
        got = rules.points(rules.facts_of(turn.plan, one.level), one.standings)
        within = rules.grades_within(plan, got) if got is not None else None
        if within is not None:
            counts[within[0].name if within[0] == within[1] else texts.NOT_GRADED] += one.units
    return [(name, counts[name]) for name in (*(grade.name for grade in plan.grades), texts.NOT_GRADED)]


def _way_up(turn: Turn, unit: Unit) -> list[Button]:
    if unit.parent_id is None or not turn.sees(unit.parent_id):
        return []
    return [go(progress_texts.back_to(turn.unit(unit.parent_id).name), LIST, f"{unit.parent_id}.0")]


def _each(turn: Turn, unit: Unit, wanted: str) -> Reply:
    """The units directly below, those that contest something first."""
    children = units.children(turn.conn, unit.id, turn.today)
    found = {
        one.unit_id: one
        for one in rating.rate(turn.conn, scope_of(turn, unit), [child.id for child in children])
    }
    ordered = sorted(children, key=lambda child: child.id not in found or not found[child.id].waiting)
    page: Page[Unit] = Page(len(ordered), A_PAGE, wanted)
    buttons = [
        go(_label(child, found.get(child.id)), LIST, _target(child, found)) for child in page.of(ordered)
    ]
    buttons += page.buttons(LIST, f"{unit.id}.")
    back = go(progress_texts.back_to(unit.name), LIST, unit.id)
    return Reply(texts.each(unit.name, page.number, page.pages), [*buttons, back])


def _target(child: Unit, found: dict[int, Rated]) -> str:
    return f"{child.id}.{_CARD}" if child.id in found else str(child.id)


def _label(child: Unit, one: Rated | None) -> str:
    if one is None:
        return texts.plain_label(child.name)
    standings = list(one.standings.values())
    asked = sum(standing is not Standing.EXEMPT for standing in standings)
    return texts.unit_label(child.name, standings.count(Standing.MET), asked, waiting=one.waiting)


def _waiting(turn: Turn, unit: Unit, wanted: str) -> Reply:
    titles = {fact.code: fact.title for fact in turn.plan.rating.facts} if turn.plan.rating else {}
    found = [one for one in rating.waiting(turn.conn, scope_of(turn, unit)) if one.fact in titles]
    back = go(progress_texts.back_to(unit.name), LIST, unit.id)
    if not found:
        return Reply(texts.NO_CONTESTS, [back])
    page: Page[Contest] = Page(len(found), A_PAGE, wanted)
    buttons = [
        go(texts.contest_label(one.unit_name, titles[one.fact]), FACT, f"{one.unit_id}.{one.fact}")
        for one in page.of(found)
    ]
    buttons += page.buttons(LIST, f"{unit.id}.{_WAITING}")
    return Reply(texts.contests(unit.name, len(found), page.number, page.pages), [*buttons, back])


# -- one unit


def card(turn: Turn, plan: Rating, unit: Unit) -> Reply:
    one = rated(turn, unit)
    if one is None or not one.figures:
        return Reply(texts.nothing_rated(unit.name), _way_up(turn, unit))
    facts = rules.facts_of(turn.plan, unit.duty_level)
    got = rules.points(facts, one.standings)
    within = rules.grades_within(plan, got) if got is not None else None
    text = texts.card(
        unit.name,
        [_line(turn, unit, one, fact) for fact in facts],
        texts.points(got) if got is not None else None,
        texts.grade(*within) if within is not None else None,
        texts.ends(plan.contest_before, over=rules.is_over(plan, turn.today), today=turn.today),
    )
    buttons = [go(fact.title, FACT, f"{unit.id}.{fact.code}") for fact in facts]
    if leads(turn, unit.duty_level) and units.children(turn.conn, unit.id, turn.today):
        buttons.append(go(texts.BELOW, LIST, unit.id))
    return Reply(text, [*buttons, *_way_up(turn, unit)])


def _line(turn: Turn, unit: Unit, one: Rated, fact: RatingFact) -> str:
    figures = one.figures[fact.code]
    why = evidence(turn, unit, fact, figures)
    contest = one.contests.get(fact.code)
    return texts.fact_line(fact, figures, contest, why.told, why.brief, turn.world.zone, turn.today)
