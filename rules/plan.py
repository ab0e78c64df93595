"""A plan as data: who has to do what by when. Read from TOML, checked whole before it is used."""

import tomllib
from datetime import date, time
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, ValidationError, model_validator

from rules.plan_checks import contradictions
from rules.plan_problems import problems_of, syntax_problem

Code = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")]
PlanCode = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,59}$")]

# A day, or a table of days by level.
Days = Annotated[
    Annotated[date, Tag("[day]")] | Annotated[dict[Code, date], Tag("[by level]")],
    Discriminator(lambda said: "[by level]" if isinstance(said, dict) else "[day]"),
]


class PlanError(Exception):
    """`problems`: one line each, naming the key and what it should be."""

    def __init__(self, source: str, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.source = source
        self.problems = problems


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CountsAs(_Part):
    """A unit of `level` directly under one of level `under` has the duties of this level."""

    level: Code
    under: Code


class Level(_Part):
    code: Code
    name: str  # "cấp huyện"
    noun: str | None = None  # "xã": what people call one of its units, where the name does not say it
    aliases: tuple[str, ...] = ()  # what rosters call it
    also: tuple[CountsAs, ...] = ()

    @property
    def one(self) -> str:
        """One of its units, in a sentence or on a button: "huyện", "xã", "chi đoàn"."""
        return self.noun or self.name.removeprefix("cấp ")


class Role(_Part):
    code: Code
    name: str  # "Bí thư"
    aliases: tuple[str, ...] = ()
    acts: bool = False  # reports for its unit
    cadre: bool = False  # counted among the unit's cadres


class DutyKind(StrEnum):
    PARTICIPATION = "participation"
    SESSION = "session"
    DOCUMENT = "document"  # a file handed in
    QUICK_REPORT = "quick_report"
    MEDIA = "media"
    INSPECTION = "inspection"
    TRAINING = "training"
    ACTIVITY = "activity"  # what a unit does to carry the resolution out


class Duty(_Part):
    """`held_before` by level, `report_before` and `report_days_after` are the two kinds of deadline.

    Dates are exclusive, as a plan writes them: "trước ngày 30/12" is `2018-12-30`.
    """

    code: Code
    kind: DutyKind
    title: str  # "Báo cáo kết quả học tập"
    button_label: Annotated[str, Field(max_length=18)] = "Báo cáo"
    levels: Annotated[tuple[Code, ...], Field(min_length=1)]
    held_before: dict[Code, date] = {}
    report_before: date | None = None
    report_days_after: Annotated[int, Field(ge=0, le=60)] | None = None
    places: dict[Code, str] = {}  # where the plan itself says so
    held_by: Annotated[str, Field(max_length=200)] | None = None  # whom the plan has hold a training
    # Of a document that sums up the units below: what it is called when it is drafted from their figures. None:
    # it comes as a file only.
    relay: Annotated[str, Field(min_length=1, max_length=18)] | None = None
    # An internal date, where the plan gives none of its own; by level, where they differ.
    remind_before: Days | None = None
    remind: bool = True
    numbered: bool = False  # of a document: its number and date are asked for
    optional_levels: tuple[Code, ...] = ()  # that may record activities and do not owe any

    def remind_before_at(self, level: str) -> date | None:
        before = self.remind_before
        return before.get(level) if isinstance(before, dict) else before

    @property
    def has_report_deadline(self) -> bool:
        return self.report_before is not None or self.report_days_after is not None


class Convened(_Part):
    """Who of the roster belongs to a group: these roles in the units of this level at or below the host."""

    level: Code
    roles: Annotated[tuple[Code, ...], Field(min_length=1)]


class Group(_Part):
    """People convened to the sessions of one level. `people` empty: the roster does not name them."""

    code: Code
    session_level: Code
    name: str
    counted_by_host: bool = False
    people: tuple[Convened, ...] = ()


class SpeakerRule(_Part):
    """Who may speak at the sessions of one level. `registered`: also whoever stands in the register of speakers
    of the unit of `from_level`.
    """

    session_level: Code
    from_level: Code
    roles: Annotated[tuple[Code, ...], Field(min_length=1)]
    registered: bool = False


class EssayRule(_Part):
    """The first rule that fits a role at a level says how its people hand in."""

    levels: tuple[Code, ...]
    roles: tuple[Code, ...]
    mode: Literal["file", "number"]
    route: Literal["superior", "province"] = "superior"


class Essays(_Part):
    title: str = "Bài thu hoạch"
    before: dict[Code, date]
    files_allowed_for_numbers: bool = True
    parts: tuple[str, ...] = ()
    rules: tuple[EssayRule, ...]


class Stage(_Part):
    """`days`: before the last day (0 is that day itself, -1 the day after)."""

    code: Code
    days: Annotated[int, Field(ge=-30, le=60)]
    at: time


class Escalation(_Part):
    """From `days` after the last day, the people of `level` are told whom to call: then people act."""

    level: Code
    days: Annotated[int, Field(ge=1, le=60)]
    at: time


class Reminders(_Part):
    stages: tuple[Stage, ...]
    escalations: tuple[Escalation, ...] = ()
    session_evening: time | None = None
    quiet_from: time
    quiet_until: time


class MediaTarget(_Part):
    """`least`: how many each unit of these levels is to publish; no levels: each that owes media items."""

    kind: Code
    name: str
    least: Annotated[int, Field(ge=0)] = 0
    levels: tuple[Code, ...] = ()

    def least_of(self, level: str) -> int:
        """0: the plan asks units of this level for none, though they may report some."""
        return self.least if not self.levels or level in self.levels else 0


class FactKind(StrEnum):
    """What of a unit can be told for the year-end rating."""

    HELD_ON_TIME = "held_on_time"  # the session of a duty, against `held_before`
    REPORTED = "reported"
    REPORTED_ON_TIME = "reported_on_time"
    CADRES_COMPLETE = "cadres_complete"  # against `cadre_target_percent`, make-ups added
    ESSAYS_COMPLETE = "essays_complete"  # of those who hand theirs in as a file
    INSPECTION_CLOSED = "inspection_closed"  # nothing is left to mend; who was not visited is not asked


class RatingFact(_Part):
    """`duty`: of the kinds that are about one. It counts for the units that owe the duty."""

    code: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{1,19}$")]  # buttons carry it
    kind: FactKind
    title: Annotated[str, Field(max_length=40)]
    duty: Code | None = None
    weight: Annotated[int, Field(ge=1)] | None = None


class Grade(_Part):
    name: Annotated[str, Field(max_length=40)]
    least_percent: Annotated[int, Field(ge=0, le=100)]  # of the points


class Rating(_Part):
    """The list for the year-end rating. Without weights it tells facts and no points."""

    levels: Annotated[tuple[Code, ...], Field(min_length=1)]
    facts: Annotated[tuple[RatingFact, ...], Field(min_length=1)]
    grades: tuple[Grade, ...] = ()
    contest_before: date | None = None  # None: there is no last day


class Plan(_Part):
    code: PlanCode
    number: str
    title: str
    call_name: str  # "Kế hoạch 66"
    short_title: str  # "học tập Nghị quyết 01"
    issued_on: date
    starts_on: date
    lock_on: date | None = None
    second_pair_of_eyes: bool = False
    sampled_share: Annotated[float, Field(ge=0, le=1)] = 0.05  # asked for the signed list
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]  # the top first
    roles: Annotated[tuple[Role, ...], Field(min_length=1)]
    duties: Annotated[tuple[Duty, ...], Field(min_length=1)]
    convened: tuple[Group, ...] = ()
    speakers: tuple[SpeakerRule, ...] = ()
    essays: Essays | None = None
    reminders: Reminders
    media: tuple[MediaTarget, ...] = ()
    inspection_checklist: tuple[str, ...] = ()
    cadre_target_percent: Annotated[int, Field(ge=0, le=100)] = 100  # of the cadres, who must attend
    rating: Rating | None = None

    @model_validator(mode="after")
    def _coherent(self) -> "Plan":
        if problems := contradictions(self):
            raise ValueError("\n".join(problems))
        return self


def parse_plan(toml_text: str, source: str) -> Plan:
    """Raises PlanError; `source` names the file."""
    try:
        data = tomllib.loads(toml_text.removeprefix("\ufeff"))  # some editors write a byte order mark
    except tomllib.TOMLDecodeError as error:
        raise PlanError(source, [syntax_problem(error)]) from None
    try:
        return Plan.model_validate(data)
    except ValidationError as error:
        raise PlanError(source, problems_of(error)) from None
