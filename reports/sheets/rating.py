"""The list for the year-end rating: one row a unit, one column a fact, what was contested and decided."""

from collections.abc import Iterator

from bot.texts import rating as texts
from reports.scope import UNIT_COLUMNS, Scope, above_columns
from reports.table import Cell, Column, Kind, Row, Sheet, number
from rules import rating as rules
from rules.plan import Rating
from storage import rating, units
from storage.progress import Scope as Progress
from storage.rating import Rated


def rating_sheet(scope: Scope) -> Sheet | None:
    """None: the plan rates nobody, or there is no one unit whose subtree it would be."""
    plan = scope.plan.rating
    if plan is None or scope.head is None:
        return None
    weighted = all(fact.weight is not None for fact in plan.facts)
    lowest = max(plan.levels, key=scope.place)
    return Sheet(
        name=texts.SHEET,
        title=texts.SHEET_TITLE,
        columns=[
            *above_columns(scope.levels_above(lowest)),
            *UNIT_COLUMNS,
            *(Column(fact.title, 14, Kind.WORD) for fact in plan.facts),
            *([number("Điểm đạt"), number("Điểm chưa đạt"), number("Chưa có số liệu")] if weighted else []),
            *([Column("Xếp loại", 16, Kind.WORD)] if plan.grades else []),
            Column("Khiếu nại", 34),
            Column("Quyết định", 34),
        ],
        rows=_rows(scope, plan, lowest, weighted=weighted),
    )


def _rows(scope: Scope, plan: Rating, lowest: str, *, weighted: bool) -> Iterator[Row]:
    assert scope.head is not None
    top = units.get(scope.conn, scope.head.id)
    found = {
        one.unit_id: one
        for one in rating.rate(scope.conn, Progress(scope.plan, top, scope.today, scope.zone))
    }
    above = scope.levels_above(lowest)
    for unit in scope.existing:
        one = found.get(unit.id)
        if one is None:
            continue
        facts: list[Cell] = [
            texts.cell(fact.kind, one.figures[fact.code], one.contests.get(fact.code))
            if fact.code in one.figures
            else None
            for fact in plan.facts
        ]
        yield [
            *scope.names_above(unit, above),
            unit.name,
            unit.code,
            *facts,
            *_points(scope, plan, one, weighted=weighted),
            *_contests(scope, plan, one),
        ]


def _points(scope: Scope, plan: Rating, one: Rated, *, weighted: bool) -> list[Cell]:
    if not weighted:
        return []
    got = rules.points(rules.facts_of(scope.plan, one.level), one.standings) or rules.Points()
    cells: list[Cell] = [got.won, got.lost, got.open]
    if plan.grades:
        within = rules.grades_within(plan, got)
        told = within is not None and within[0] == within[1]
        cells.append(within[0].name if within is not None and told else texts.NOT_GRADED)
    return cells


def _contests(scope: Scope, plan: Rating, one: Rated) -> list[Cell]:
    titles = {fact.code: fact.title for fact in plan.facts if fact.code in one.figures}
    contested = [(titles[code], contest) for code, contest in one.contests.items() if code in titles]
    return [
        "; ".join(texts.contest_cell(title, contest) for title, contest in contested) or None,
        "; ".join(texts.decision_cell(title, contest, scope.zone) for title, contest in contested) or None,
    ]
