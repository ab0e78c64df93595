"""The part of the tree that an export is of, and the figures that several of its sheets share."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.texts import export as texts
from reports.table import Cell, Column
from rules.deadlines import held_on_time, reported_on_time
from rules.duties import duties_of, file_roles
from rules.numbered import Numbered
from rules.plan import Duty, Level, Plan
from storage import check_ins, documents, exporting, exporting_people, inspections, trainings
from storage.duties import REPORTED
from storage.exporting import Attendance
from storage.exporting_people import Author
from storage.inspections import Inspection


@dataclass(frozen=True)
class Scope:
    """`top` is the path of the highest unit, "/" where there is none or more than one."""

    conn: Connection
    plan: Plan
    zone: ZoneInfo
    now: datetime
    top: str

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    # -- units

    @cached_property
    def units(self) -> list[Any]:
        """In the order of the tree, closed ones too."""
        return exporting.units_in_order(self.conn, self.top)

    @cached_property
    def existing(self) -> list[Any]:
        """Those that are there today: who owes anything is one of them."""
        return [unit for unit in self.units if exporting.exists_on(unit, self.today)]

    @cached_property
    def by_id(self) -> dict[int, Any]:
        return {unit.id: unit for unit in self.units}

    @cached_property
    def head(self) -> Any | None:
        """The unit whose subtree it is."""
        return next((unit for unit in self.units if unit.path == self.top), None)

    @property
    def whole(self) -> bool:
        """Nothing lies above or beside it."""
        return self.head is None or self.head.parent_id is None

    def place(self, level: str) -> int:
        """How far down the level stands in the plan; what it does not know counts as the top."""
        return next((place for place, one in enumerate(self.plan.levels) if one.code == level), 0)

    def levels_above(self, level: str) -> list[Level]:
        """Those between the highest unit's and this one: columns of their names."""
        highest = self.place(self.head.duty_level) if self.head is not None else 0
        return list(self.plan.levels[highest + 1 : self.place(level)])

    def names_above(self, unit: Any, levels: Sequence[Level]) -> list[Cell]:
        """The units of these levels that it lies below, none from outside the subtree."""
        line = (self.by_id.get(int(part)) for part in unit.path.strip("/").split("/")[:-1])
        names = {one.duty_level: one.name for one in line if one is not None}
        return [names.get(level.code, "") for level in levels]

    def reported_duties(self, level: str) -> list[Duty]:
        """What units of this level owe and hand in here."""
        return [duty for duty in duties_of(self.plan, level) if duty.kind in REPORTED]

    # -- what they reported

    @cached_property
    def reports(self) -> dict[tuple[str, int], list[Any]]:
        return exporting.reports(self.conn, self.plan.code, self.top)

    def reports_of(self, duty: Duty, unit: Any) -> list[Any]:
        return self.reports.get((duty.code, unit.id), [])

    def counted_duties(self, unit: Any) -> list[Duty]:
        """Those that progress counts the unit in: all that it owes; once it is closed, what it had reported."""
        duties = self.reported_duties(unit.duty_level)
        if exporting.exists_on(unit, self.today):
            return duties
        return [duty for duty in duties if self.reports_of(duty, unit)]

    @cached_property
    def attendances(self) -> dict[int, Attendance]:
        return exporting.attendances(self.conn, self.plan.code, self.top)

    @cached_property
    def sessions(self) -> dict[int, Any]:
        return exporting.sessions(self.conn, self.plan.code, self.top)

    @cached_property
    def checked_in(self) -> dict[int, int]:
        """By session whose check-in was opened."""
        return check_ins.of_sessions(self.conn, [one.id for one in self.sessions.values() if not one.own])

    @cached_property
    def trainings(self) -> dict[int, date]:
        """When they were held, by report."""
        found = trainings.within(self.conn, self.plan.code, self.top)
        return {one.report_id: one.content.held_on for one in found}

    @cached_property
    def speakers(self) -> dict[int, list[str]]:
        return exporting.speakers(self.conn, self.plan.code, self.top)

    @cached_property
    def attended(self) -> dict[int, tuple[int, int]]:
        return exporting.attended(self.conn, self.plan.code, self.top)

    @cached_property
    def convened(self) -> dict[int, tuple[int, int]]:
        return exporting.convened(self.conn, self.plan.code, self.top)

    @cached_property
    def report_files(self) -> dict[int, int]:
        return exporting.report_files(self.conn)

    @cached_property
    def document_numbers(self) -> dict[tuple[str, int], Numbered]:
        """By (duty, unit), of documents whose number was asked for."""
        asked_for = [duty.code for duty in self.plan.duties if duty.numbered]
        found = documents.numbers_within(self.conn, self.plan.code, self.top, asked_for) if asked_for else []
        return {(one.duty, one.unit_id): one.numbered for one in found}

    @cached_property
    def inspected(self) -> dict[int, Inspection]:
        """The newest visit, by unit."""
        return inspections.last_visits(self.conn, self.plan.code, self.top)

    def held_on(self, report: Any) -> date | None:
        """The day that decides whether it was held on time: of a session or training, or of a participation's
        first.
        """
        found = self.attendances.get(report.id) or self.sessions.get(report.id)
        return self.trainings.get(report.id) if found is None else found.held_on

    def on_time(self, duty: Duty, level: str, report: Any) -> tuple[bool | None, bool | None]:
        """(held, reported) on time; None where the plan sets no day, or none is known."""
        held_on = self.held_on(report)
        held = None if held_on is None else held_on_time(duty, level, held_on)
        return held, reported_on_time(duty, held_on, report.first_arrived_at, self.zone)

    # -- people and their essays

    @cached_property
    def authors(self) -> dict[int, list[Author]]:
        """Whoever owes an essay as a file, by unit: each person once, where their highest position is."""
        owing = [
            (level.code, role) for level in self.plan.levels for role in file_roles(self.plan, level.code)
        ]
        found: dict[int, list[Author]] = {}
        for author in exporting_people.authors(self.conn, self.plan.code, self.top, owing, self.today):
            found.setdefault(author.unit_id, []).append(author)
        seen: set[int] = set()
        once: dict[int, list[Author]] = {}
        for unit in sorted(self.existing, key=lambda unit: unit.path.count("/")):
            for author in found.get(unit.id, []):
                if author.person_id not in seen:
                    seen.add(author.person_id)
                    once.setdefault(unit.id, []).append(author)
        return once

    @cached_property
    def tallies(self) -> dict[int, Any]:
        return exporting_people.tallies(self.conn, self.plan.code, self.top)

    @cached_property
    def people(self) -> set[int]:
        return exporting_people.people_within(self.conn, self.top)

    def shown_name(self, person_id: int | None, name: str | None) -> str:
        """Whoever did something: their name where they belong to the subtree."""
        if person_id is None:
            return texts.BY_THE_SYSTEM
        return name or "" if self.whole or person_id in self.people else texts.FROM_ABOVE


UNIT_COLUMNS = (Column("Đơn vị", 24), Column("Mã đơn vị", 10))


def above_columns(levels: Iterable[Level]) -> list[Column]:
    return [Column(level.name.capitalize(), 20) for level in levels]


def lowest(scope: Scope, wanted: Callable[[str], object]) -> str:
    """The lowest level of the plan of which this is so, else the top."""
    codes = [level.code for level in scope.plan.levels]
    return next((code for code in reversed(codes) if wanted(code)), codes[0])


def asked(value: int | str | date | None) -> Cell:
    return texts.NOT_ASKED if value is None else value


def share(part: int | None, whole: int | None) -> Cell:
    """Of sums; None where nothing is known."""
    return part / whole if part is not None and whole else None
