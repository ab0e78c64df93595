"""What everybody said in the end, in plain Python: nothing of it is read from the bot's database."""

from collections import Counter, defaultdict
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
    """`unit`: of whoever proposes it. `owner`: whose it is to answer; None: the unit directly above."""

    unit: str
    text: str
    answered: bool = False
    owner: str | None = None


@dataclass
class Broadcast:
    """What its sender was told it came to, and what the channel saw and the roster says."""

    whom: str
    told: dict[str, int]
    counted: dict[str, int]


@dataclass
class Meeting:
    """A session as its host planned it. `answers`: by chat, of its present day; True: comes."""

    host: str
    day: date
    half: str
    place: str
    speaker: int | None = None  # chat
    invited: set[int] = field(default_factory=set)  # chats
    answers: dict[int, bool] = field(default_factory=dict)
    called_off: bool = False


@dataclass
class Relay:
    """What a unit summed up and sent. `figures`: told in it. `state` only where the province reads it."""

    unit: str
    name: str
    figures: dict[str, int]
    accepted: bool = False
    returned: bool = False


@dataclass
class Training:
    """Of speakers. `people`: how many, from each unit."""

    day: date
    holder: str
    people: dict[str, int] = field(default_factory=dict)
    names: set[tuple[str, str]] = field(default_factory=set)  # (unit, name) of those in registers


@dataclass
class Hall:
    """Of a session whose check-in was opened. `there`: chats."""

    host: str
    day: date
    there: set[int] = field(default_factory=set)


@dataclass
class Activity:
    """`people` None: nobody counted."""

    unit: str
    title: str
    day: date
    people: int | None


@dataclass
class Contest:
    """`accepted` None: nobody has decided yet."""

    accepted: bool | None = None


@dataclass
class Ledger:
    """By the unit's code, or the person's chat."""

    participations: dict[str, Participation] = field(default_factory=dict)
    sessions: dict[str, list[Session]] = field(default_factory=lambda: defaultdict(list))
    documents: dict[tuple[str, str], datetime] = field(default_factory=dict)  # (duty, unit): first arrival
    numbers: dict[tuple[str, str], str | None] = field(default_factory=dict)  # the same; None: it has none
    essays: set[int] = field(default_factory=set)  # whose essay is there and was not sent back
    tallies: dict[str, tuple[int, int]] = field(default_factory=dict)
    media: list[Item] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    broadcasts: list[Broadcast] = field(default_factory=list)

    halls: list[Hall] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    contests: dict[tuple[str, str], Contest] = field(default_factory=dict)  # (unit, the fact's title)
    relays: list[Relay] = field(default_factory=list)
    registers: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # of speakers
    judged: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))  # by the host
    trainings: list[Training] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)

    def report(self, unit: str, lines: list[Line], at: datetime, *, on_behalf: bool = False) -> None:
        """Sending again is a correction: the first arrival stays, the acceptance does not."""
        before = self.participations.get(unit)
        arrived = before.arrived if before is not None else at
        self.participations[unit] = Participation(lines, arrived, on_behalf)
