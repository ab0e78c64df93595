"""What both kinds of roster share: problems by line, chunks, ids that are given out before the rows."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, text

CHUNK = 5000
MOST = 1_000_000  # of members, youth, cadres
_WHOLE = re.compile(r"([0-9]{1,9})(?:[.,]0+)?")  # "50", and the "50.0" that a spreadsheet makes of it
_IMPORT_LOCK = 6601  # any number that nothing else of this database locks


class BadRoster(Exception):
    """`problems`: one line each, with the line of the file, in the order of the file."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = list(problems)


@dataclass(slots=True)
class Result:
    """`changes`: what was (or would be) different, one line each."""

    kind: str  # "units" or "people"
    rows: int
    changes: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)


class Problems:
    """Collects what is wrong, by line."""

    def __init__(self) -> None:
        self._found: list[tuple[int, str]] = []

    def add(self, line: int, what: str) -> None:
        self._found.append((line, f"dòng {line}: {what}"))

    def raise_any(self) -> None:
        """Raises BadRoster."""
        if self._found:
            raise BadRoster([told for _line, told in sorted(self._found, key=lambda one: one[0])])

    def number(self, line: int, column: str, typed: str) -> int | None:
        """None: left empty, or not a number."""
        whole = _WHOLE.fullmatch(typed)
        if typed and (whole is None or int(whole[1]) > MOST):
            self.add(line, f'cột {column} ghi "{typed}"; phải là một số từ 0 trở lên, hoặc để trống')
            return None
        return int(whole[1]) if whole else None

    def day(self, line: int, column: str, typed: str) -> date | None:
        """None: left empty, or not a day."""
        if not typed:
            return None
        try:
            day, month, year = (int(part) for part in typed.split("/"))
            return date(year, month, day)
        except ValueError:
            self.add(line, f'cột {column} ghi "{typed}"; phải là ngày/tháng/năm, ví dụ 30/12/2018')
            return None


def chunks(rows: Sequence[dict[str, Any]]) -> Iterable[Sequence[dict[str, Any]]]:
    return (rows[place : place + CHUNK] for place in range(0, len(rows), CHUNK))


def hold_other_imports(conn: Connection) -> None:
    """Two imports at once would both add the same row; on SQLite the writer is alone anyway."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _IMPORT_LOCK})


def reserve_ids(conn: Connection, table: Table, count: int) -> Iterator[int]:
    """Ids for rows that name each other before they are written; taken from the database's own counter, so
    that none is ever given twice.
    """
    if conn.dialect.name == "postgresql":
        taken = conn.scalars(
            text("SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :count)"),
            {"name": table.name, "count": count},
        )
        return iter(sorted(taken))
    last = conn.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name}) or 0
    return iter(range(last + 1, last + 1 + count))
