"""What a sheet of an export says, apart from how it is written: columns, rows of plain values, totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

# A moment is in the plan's time zone. Text among numbers is what is not known ("chưa ghi").
Cell = str | int | float | date | datetime | None
Row = Sequence[Cell]


class Kind(StrEnum):
    TEXT = "text"
    WORD = "word"  # short text in the middle of its column
    NUMBER = "number"
    RATE = "rate"  # 0.9 is shown as 90,0%
    DAY = "day"
    MOMENT = "moment"
    CODE = "code"  # 412 is shown as 0412
    ORDINAL = "ordinal"  # a number that is no count


class Total(StrEnum):
    """What stands below a column."""

    NOTHING = "nothing"
    SUM = "sum"
    TOLD = "told"  # a sum of what was told; where nobody told anything it is no 0
    COUNT = "count"  # how many numbers or moments
    SHARE = "share"  # of a rate: that of the totals, `Column.of`


@dataclass(frozen=True, slots=True)
class Column:
    """`group`: a heading over neighbours of the same group. `of`: a rate is the first column's sum of the
    second's, both told by how far away they are.
    """

    title: str
    width: int  # letters
    kind: Kind = Kind.TEXT
    group: str = ""
    total: Total = Total.NOTHING
    of: tuple[int, int] = (-2, -1)


def number(title: str, width: int = 8, group: str = "") -> Column:
    """A count that adds up."""
    return Column(title, width, Kind.NUMBER, group, Total.SUM)


def told(title: str, width: int = 8, group: str = "") -> Column:
    """A count that units tell, or do not."""
    return Column(title, width, Kind.NUMBER, group, Total.TOLD)


def rate(group: str = "", of: tuple[int, int] = (-2, -1)) -> Column:
    return Column("Tỷ lệ", 8, Kind.RATE, group, Total.SHARE, of)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Numbered rows under a title; `apart` are listed below the totals and not added."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Row]
    note: str = ""
    apart: Sequence[Row] = ()
    apart_title: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above every table: whose book it is, of which plan, of when."""

    above: str  # the unit's superior; empty at the top
    unit: str
    plan: str
    as_of: str
