"""The figures of progress: what is counted, and how it adds up."""

from collections.abc import Hashable, Iterable
from dataclasses import asdict, dataclass, fields
from operator import attrgetter
from typing import Any, TypeVar

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one duty, in units; counts of people only from those that reported. Figures add."""

    due: int = 0
    received: int = 0
    on_behalf: int = 0  # of the received: sent by the superior
    accepted: int = 0  # of the received: by the superior
    on_time: int = 0  # the report; neither on time nor late: the plan sets no deadline
    late: int = 0
    held_on_time: int = 0  # the session
    held_late: int = 0
    members: int = 0
    members_expected: int = 0
    members_accepted: int = 0  # in accepted reports
    members_accepted_expected: int = 0
    cadres_told: int = 0  # units that said how many cadres came; the others are "chưa ghi"
    cadres: int = 0
    cadres_expected: int = 0

    @property
    def missing(self) -> int:
        return self.due - self.received


_values = attrgetter(*(one.name for one in fields(Figures)))


def total(figures: Iterable[Figures]) -> Figures:
    return Figures(*map(sum, zip(*map(_values, figures), strict=True)))


@dataclass(frozen=True, slots=True)
class Part:
    """`child`: the unit directly below the scope's top that these lie in; None: the top itself."""

    child: int | None
    level: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Progress:
    parts: tuple[Part, ...] = ()

    @property
    def total(self) -> Figures:
        return total(one.figures for one in self.parts)

    def by_level(self) -> dict[str, Figures]:
        return _totals((one.level, one.figures) for one in self.parts)

    def by_child(self) -> dict[int, Figures]:
        return _totals((one.child, one.figures) for one in self.parts if one.child is not None)


def _totals(parts: Iterable[tuple[K, Figures]]) -> dict[K, Figures]:
    gathered: dict[K, list[Figures]] = {}
    for key, figures in parts:
        gathered.setdefault(key, []).append(figures)
    return {key: total(figures) for key, figures in gathered.items()}


@dataclass(frozen=True, slots=True)
class Halls:
    """Heads counted in the halls of the sessions that the units attended: a control, never added to them."""

    sessions: int = 0
    counted: int = 0  # sessions whose hall was counted
    people: int = 0
    checked: int = 0  # sessions whose check-in was opened
    checked_in: int = 0  # people


@dataclass(frozen=True, slots=True)
class Essays:
    """As files: one of each person who owes one. `told`: units that gave a number for the others."""

    owed: int = 0
    received: int = 0
    told: int = 0
    counted: int = 0
    counted_of: int = 0


@dataclass(frozen=True, slots=True)
class Inspected:
    """Units that were visited; in so many of them heads were counted, of units whose own counts add up."""

    units: int = 0
    counted: int = 0
    members: int = 0
    members_expected: int = 0


@dataclass(frozen=True, slots=True)
class Overall:
    """What a superior sees first. `essays` is None where the plan asks for none."""

    main: Figures
    halls: Halls
    essays: Essays | None
    inspected: Inspected = Inspected()

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def overall_from(form: dict[str, Any]) -> Overall:
    """What `Overall.as_json` gave, perhaps in an older program."""
    return Overall(
        main=_read(Figures, form["main"]),
        halls=_read(Halls, form["halls"]),
        essays=_read(Essays, form["essays"]) if form["essays"] is not None else None,
        inspected=_read(Inspected, form.get("inspected", {})),
    )


def _read(kind: type[Any], form: dict[str, int]) -> Any:
    return kind(**{one.name: form.get(one.name, 0) for one in fields(kind)})
