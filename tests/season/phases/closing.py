"""The end: figures are frozen, every officer looks at /tiendo, and files are taken away; all of it is compared."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from datetime import time as hour
from pathlib import Path
from typing import Any

from tests.people import Message
from tests.season import counting, screens, takeaways
from tests.season.checks import Check, each
from tests.season.counting import Figures, Part
from tests.season.people import Actor
from tests.season.province import Human, Unit
from tests.season.stage import Script, Season

NAME = "closing"
_FREEZE = date(2019, 1, 4)
_LOOK = hour(17, 30)
# Who spoke stands there level by level; what was checked in is told on screens alone.
_NOT_IN_THE_REPORT = ("spoke", "halls checked", "checked in")
TAKEN_AWAY = 3  # districts whose files are made too


@dataclass
class Taken:
    """What the desk of one unit saw and was sent."""

    screens: dict[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)


def plan(season: Season) -> None:
    frozen: list[Check] = []
    season.kept["frozen"] = frozen
    for unit in _desks(season):
        leader = season.province.of_unit[unit.code][0]
        if season.province.below[unit.code] and season.chances(0.8):
            freezes = _freezes(season, unit, frozen)
            season.at(NAME, season.local(_FREEZE, season.some_hour()), leader, freezes)
    taken = {unit.code: Taken() for unit in _desks(season)}
    season.kept["taken"] = taken
    for number, unit in enumerate(_desks(season)):
        leader = season.province.of_unit[unit.code][0]
        look = _looks(taken[unit.code], takes_away=number <= TAKEN_AWAY)
        season.at(NAME, season.local(date(2019, 1, 5), _LOOK), leader, look)

    def sent(human: Human, message: Message, _about: dict[str, Any]) -> None:
        if message.document is not None and human.unit in taken:
            path = season.world.data_dir / message.document[0]
            taken[human.unit].files[path.suffix] = path

    season.watchers.append(sent)


def _desks(season: Season) -> list[Unit]:
    return [season.province.top, *season.province.at("district")]


def _freezes(season: Season, unit: Unit, frozen: list[Check]) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        yield who.says("/tiendo")
        yield who.presses("Chốt số liệu")
        yield who.presses("Đồng ý chốt")
        done = who.last_with("<b>Đã chốt số liệu</b>")
        assert done is not None, who.text
        # Counted at this very moment: reports go on coming, and so does what districts freeze.
        part = Part(season.province, season.ledger, unit.code)
        counted = counting.some(part, screens.IN_WHAT_IS_FROZEN)
        frozen.extend(each(f"Chốt số liệu, {unit.name}", screens.frozen(done.text), counted))

    return script


def _looks(taken: Taken, *, takes_away: bool) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        yield who.says("/tiendo")
        taken.screens["/tiendo"] = who.text
        if "Việc khác" in who.labels:
            yield who.presses("Việc khác")
            taken.screens["Việc khác"] = who.text
        yield who.says("/kiennghi")
        taken.screens["/kiennghi"] = who.text
        yield who.says("/baocaovien")
        taken.screens["/baocaovien"] = who.text
        yield who.says("/binhxet")
        taken.screens["/binhxet"] = who.text
        if not takes_away or "Việc khác" not in taken.screens:
            return
        yield who.says("/xuat")
        who.expects("đang tạo tệp")
        yield who.presses("Báo cáo")
        yield who.says("12")
        yield who.presses("Để trống")
        yield who.presses("Tạo tệp")
        who.expects("đang tạo tệp")

    return script


# -- compared


def checks(season: Season) -> Iterator[Check]:
    taken: dict[str, Taken] = season.kept["taken"]
    yield from season.kept["frozen"]
    for unit in _desks(season):
        part, seen = Part(season.province, season.ledger, unit.code), taken[unit.code]
        if "Việc khác" not in seen.screens:
            continue  # nobody below it reports
        yield from each(
            f"/tiendo, {unit.name}", screens.progress(seen.screens["/tiendo"]), counting.main(part)
        )
        yield from each(
            f"Việc khác, {unit.name}", screens.others(seen.screens["Việc khác"]), counting.others(part)
        )
        yield from each(
            f"/kiennghi, {unit.name}", screens.proposals(seen.screens["/kiennghi"]), counting.proposals(part)
        )
        spoken = screens.speaking(seen.screens["/baocaovien"])
        yield from each(f"/baocaovien, {unit.name}", spoken, counting.speaking(part))
        rated = screens.rated(seen.screens["/binhxet"])
        yield from each(f"/binhxet, {unit.name}", rated, counting.rated(part))
        if ".xlsx" in seen.files:
            yield from _book(part, unit, seen.files[".xlsx"])
        if ".docx" in seen.files:
            yield from _report(part, unit, seen.files[".docx"])
    books = sum(".xlsx" in one.files and ".docx" in one.files for one in taken.values())
    yield Check("files", "desks that were sent theirs", books, _wanted(season))


def _wanted(season: Season) -> int:
    return sum(bool(season.province.below[one.code]) for one in _desks(season)[: TAKEN_AWAY + 1])


def _book(part: Part, unit: Unit, path: Path) -> Iterator[Check]:
    pages = takeaways.book_pages(path)
    where = f".xlsx, {unit.name}"
    for code, told in takeaways.book_rows(pages).items():
        row = Part(part.province, part.ledger, code or unit.code)
        if code == unit.code:
            continue  # its own line: the rest of its subtree stands on the others
        yield from each(
            f"{where}, {row.province.units[row.top].name}",
            told,
            counting.some(row, takeaways.IN_THE_BOOK),
        )
    codes = {one.code for one in part.units}
    published = sorted((one.unit, one.kind, one.title) for one in part.ledger.media if one.unit in codes)
    yield Check(where, "what was published", takeaways.items(pages), published)
    yield Check(where, "meetings planned", takeaways.meetings(pages), counting.meetings(part))
    yield Check(where, "reports that sum up", takeaways.relays(pages), counting.relays(part))
    yield Check(where, "numbers of plans", takeaways.numbered(pages), counting.numbered(part))
    yield Check(where, "activities", takeaways.activities(pages), counting.activities_listed(part))
    yield Check(where, "units rated otherwise", takeaways.wrongly_rated(pages, part), [])
    yield Check(where, "branches told otherwise than they said", takeaways.wrong_branches(pages, part), [])


def _report(part: Part, unit: Unit, path: Path) -> Iterator[Check]:
    where = f".docx, {unit.name}"
    counted = counting.main(part) | counting.by_level(part) | counting.media(part) | _hosts(part)
    counted |= counting.speaking(part) | counting.training(part) | counting.quick_reports(part)
    counted |= counting.activities_told(part)
    for name in _NOT_IN_THE_REPORT:
        del counted[name]
    yield from each(where, takeaways.report_text(path), counted)
    codes = {one.name: one.code for one in part.province.below[unit.code]} | {"Cộng": unit.code}
    for name, told in takeaways.report_rows(path).items():
        if name in codes:
            row = Part(part.province, part.ledger, codes[name])
            yield from each(f"{where}, appendix, {name}", told, counting.some(row, takeaways.IN_THE_REPORT))


def _hosts(part: Part) -> Figures:
    found: Figures = {}
    for level, name in counting.LEVELS.items():
        held, due, _kept, _broken = counting.hosts(part, level)
        if held:
            found |= {f"hosts, {name}": held, f"hosts due, {name}": due}
    return found
