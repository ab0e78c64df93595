"""The figures at the end of the official report: one line a unit, then the plan's other work by level."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.texts import export as export_texts
from bot.texts import official_form as texts
from bot.texts import say
from reports.official.content import Content
from rules.duties import HELD
from rules.plan import Duty, DutyKind
from storage import progress
from storage.figures import Essays, Figures
from storage.progress import Scope
from storage.units import Unit


@dataclass(frozen=True, slots=True)
class Column:
    """`group`: the heading over several columns, empty where it stands alone."""

    title: str
    width: int  # mm; where more room is left, the second column takes it
    group: str = ""
    centred: bool = False  # a wide one too


@dataclass(frozen=True, slots=True)
class Table:
    """Ready to print; the last of `rows` is the total where `with_total`."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    notes: Sequence[str]
    with_total: bool


@dataclass(frozen=True, slots=True)
class _Part:
    columns: Sequence[Column]
    cells: Callable[[Figures, Essays | None], list[str]]


def tables(conn: Connection, content: Content) -> list[Table]:
    found = [main_table(conn, content)] if content.main is not None and content.overall.main.due else []
    found += [others_table(content)] if content.others else []
    return [*found, numbers_table(content)] if content.documents else found


def main_table(conn: Connection, content: Content) -> Table:
    main, scope = content.main, content.scope
    assert main is not None
    parts = _parts(content)

    def row(number: str, name: str, figures: Figures, essays: Essays | None) -> list[str]:
        return [number, name, *(cell for part in parts for cell in part.cells(figures, essays))]

    def essays_of(unit: Unit) -> Essays | None:
        return progress.essays(conn, Scope(scope.plan, unit, scope.today, scope.zone))

    own = [
        (export_texts.own_row(scope.top.name), part.figures, None)
        for part in content.parts.parts
        if part.child is None
    ]
    below = [(unit.name, figures, essays_of(unit)) for unit, figures in content.below]
    lines = [line for line in [*own, *below] if line[1].due or (line[2] is not None and line[2].owed)]
    total = content.overall.essays
    notes = [texts.TABLE_NOTE]
    if total is not None and total.owed != sum(one.owed for _, _, one in lines if one is not None):
        notes.append(texts.more_in_total(scope.top.name))
    return Table(
        texts.main_table(main.title, content.now, scope.zone),
        [Column(texts.ORDINAL, 9), Column(texts.UNIT, 38), *(one for part in parts for one in part.columns)],
        [
            *(row(str(number), *line) for number, line in enumerate(lines, 1)),
            row("", texts.TOTAL, content.overall.main, total),
        ],
        notes,
        with_total=True,
    )


def _parts(content: Content) -> list[_Part]:
    main = content.main
    assert main is not None
    parts = [_Part(_RECEIVED, _received)]
    if main.has_report_deadline:
        parts.append(_Part(_ON_TIME, _on_time))
    if main.kind is DutyKind.PARTICIPATION:
        parts += [_Part(_MEMBERS, _members), _Part(_CADRES, _cadres)]
    if content.overall.essays is not None:
        parts.append(_Part(_ESSAYS, _essays))
    return parts


_RECEIVED = [
    Column("Phải báo cáo", 14, "Báo cáo"),
    Column("Đã báo cáo", 14, "Báo cáo"),
    Column("Tỷ lệ", 14, "Báo cáo"),
]
_ON_TIME = [Column("Đúng hạn", 14, "Thời hạn"), Column("Chậm hạn", 14, "Thời hạn")]
_MEMBERS = [
    Column("Tham dự", 17, "Đoàn viên"),
    Column("Tổng số", 16, "Đoàn viên"),
    Column("Tỷ lệ", 14, "Đoàn viên"),
]
_CADRES = [Column("Tham dự", 17, "Trong đó cán bộ"), Column("Tổng số", 17, "Trong đó cán bộ")]
_ESSAYS = [
    Column("Phải nộp", 14, "Bài thu hoạch"),
    Column("Đã nộp", 14, "Bài thu hoạch"),
    Column("Báo bằng số", 17, "Bài thu hoạch"),
]


def _received(figures: Figures, _essays: Essays | None) -> list[str]:
    if not figures.due:
        return [texts.NOBODY_OWES] * 3
    share = say.percent(figures.received, figures.due)
    return [say.number(figures.due), say.number(figures.received), share]


def _on_time(figures: Figures, _essays: Essays | None) -> list[str]:
    if not figures.received:
        return [texts.NOBODY_OWES] * 2
    return [say.number(figures.on_time), say.number(figures.late)]


def _members(figures: Figures, _essays: Essays | None) -> list[str]:
    if not figures.received:
        return [texts.NOT_REPORTED if figures.due else texts.NOBODY_OWES, *[texts.NOBODY_OWES] * 2]
    share = say.percent(figures.members, figures.members_expected)
    return [say.number(figures.members), say.number(figures.members_expected), share]


def _cadres(figures: Figures, _essays: Essays | None) -> list[str]:
    if not figures.cadres_told:
        return [texts.UNKNOWN if figures.received else texts.NOBODY_OWES, texts.NOBODY_OWES]
    return [say.number(figures.cadres), say.number(figures.cadres_expected)]


def _essays(_figures: Figures, essays: Essays | None) -> list[str]:
    if essays is None:
        return [texts.NOBODY_OWES] * 3
    told = f"{say.number(essays.counted)}/{say.number(essays.counted_of)}" if essays.told else texts.UNKNOWN
    if not essays.owed:
        return [texts.NOBODY_OWES, texts.NOBODY_OWES, told]
    return [say.number(essays.owed), say.number(essays.received), told]


def others_table(content: Content) -> Table:
    columns = [
        Column(texts.ORDINAL, 9),
        Column("Việc", 70),
        Column("Cấp", 35),
        Column("Phải làm", 25),
        Column("Đã báo cáo", 25),
        Column("Đúng hạn", 25),
        Column("Chậm hạn", 25),
    ]
    rows = []
    for number, (duty, level, figures) in enumerate(content.others, 1):
        held = duty.kind in HELD
        kept, broken = (figures.held_on_time, figures.held_late) if held else (figures.on_time, figures.late)
        times = [say.number(kept), say.number(broken)] if kept + broken else [texts.NOBODY_OWES] * 2
        counts = [say.number(figures.due), say.number(figures.received)]
        rows.append([str(number), duty.title, content.level_name(level), *counts, *times])
    return Table(texts.others_table(content.now, content.scope.zone), columns, rows, (), with_total=False)


def numbers_table(content: Content) -> Table:
    """The plans of the unit and of those directly below it, by number and day."""
    units = [content.unit, *(one for one, _figures in content.below)]
    duties = [
        duty
        for duty in content.plan.duties
        if duty.numbered and any(one.duty_level in duty.levels for one in units)
    ]
    sent = {(one.unit_id, one.duty): one.numbered for one in content.documents}

    def cell(unit: Unit, duty: Duty) -> str:
        if (unit.id, duty.code) in sent:
            return texts.number_and_day(sent[unit.id, duty.code])
        return texts.NOT_HANDED_IN if unit.duty_level in duty.levels else texts.NOBODY_OWES

    lines = [
        (unit.name, *(cell(unit, duty) for duty in duties))
        for unit in units
        if any(unit.duty_level in duty.levels or (unit.id, duty.code) in sent for duty in duties)
    ]
    return Table(
        texts.NUMBERS_TABLE,
        [
            Column(texts.ORDINAL, 9),
            Column(texts.UNIT, 70),
            *(Column(duty.title, 70, centred=True) for duty in duties),
        ],
        [[str(number), *line] for number, line in enumerate(lines, 1)],
        (),
        with_total=False,
    )
