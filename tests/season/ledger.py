"""What everybody said in the end, in plain Python: nothing of it is read from the bot's database."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass
class Line:
    """One session that a branch took part in. `cadres` None: they did not say."""

    day: date
    members: int
    expected: int
    cadres: int | None = None
    cadres_expected: int | None = None


@dataclass
class Participation:
    """The session, then make-ups. `arrived`: the first time."""

    lines: list[Line]
    arrived: datetime
    on_behalf: bool = False
    accepted: bool = False
    returned: bool = False

    @property
    def members(self) -> int:
        return sum(one.members for one in self.lines)

    @property
    def expected(self) -> int:
        return max(one.expected for one in self.lines)

    @property
    def cadres(self) -> int | None:
        told = [one.cadres for one in self.lines if one.cadres is not None]
        return sum(told) if told else None

    @property
    def cadres_expected(self) -> int:
        return max((one.cadres_expected or 0 for one in self.lines if one.cadres is not None), default=0)


@dataclass
class Session:
    """`groups`: (attended, convened) of each that the host counts."""

    day: date
    place: str
    hall: int | None = None
    groups: list[tuple[int, int]] = field(default_factory=list)
    own: bool = False
    make_up: bool = False
    enough: bool = True
    outside: bool = False  # the speaker was not whom the plan names


@dataclass
class Visit:
    """`members` None: the team did not count."""

    unit: str
    team: str
    day: date
    members: tuple[int, int] | None
    mended: bool = False


@dataclass
class Item:
    """What somebody published."""

    unit: str
    kind: str
    title: str


@dataclass
class Proposal:
    """`unit`: of whoever proposes it."""

    unit: str
    text: str
    answered: bool = False


@dataclass
class Broadcast:
    """What its sender was told it came to, and what the channel saw and the roster says."""

    whom: str
    told: dict[str, int]
    counted: dict[str, int]


@dataclass
class Ledger:
    """By the unit's code, or the person's chat."""

    participations: dict[str, Participation] = field(default_factory=dict)
    sessions: dict[str, list[Session]] = field(default_factory=lambda: defaultdict(list))
    documents: dict[tuple[str, str], datetime] = field(default_factory=dict)  # (duty, unit): first arrival
    essays: set[int] = field(default_factory=set)  # whose essay is there and was not sent back
    tallies: dict[str, tuple[int, int]] = field(default_factory=dict)
    media: list[Item] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    broadcasts: list[Broadcast] = field(default_factory=list)

    def report(self, unit: str, lines: list[Line], at: datetime, *, on_behalf: bool = False) -> None:
        """Sending again is a correction: the first arrival stays, the acceptance does not."""
        before = self.participations.get(unit)
        arrived = before.arrived if before is not None else at
        self.participations[unit] = Participation(lines, arrived, on_behalf)
