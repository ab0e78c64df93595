"""What both kinds of roster share: problems by line, chunks, ids that are given out here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, text

CHUNK = 5000


class BadRoster(Exception):
    """`problems`: one line each, with the line of the file."""

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
    def __init__(self, line: int, problems: list[str]) -> None:
        self._line = line
        self._problems = problems

    def __call__(self, what: str) -> None:
        self._problems.append(f"dòng {self._line}: {what}")

    def number(self, column: str, text: str) -> int | None:
        if not text:
            return None
        if not text.isdecimal() or int(text) > 1_000_000:
            self(f'cột {column} ghi "{text}"; phải là một số từ 0 trở lên, hoặc để trống')
            return None
        return int(text)

    def day(self, column: str, text: str) -> date | None:
        if not text:
            return None
        try:
            day, month, year = (int(part) for part in text.split("/"))
            return date(year, month, day)
        except ValueError:
            self(f'cột {column} ghi "{text}"; phải là ngày/tháng/năm, ví dụ 30/12/2018')
            return None


def chunks(rows: list[dict[str, Any]]) -> Iterable[list[dict[str, Any]]]:
    return (rows[place : place + CHUNK] for place in range(0, len(rows), CHUNK))


def raise_any(problems: list[str]) -> None:
    if problems:
        raise BadRoster(problems)


def rows_were_numbered(conn: Connection, table: Table) -> None:
    """Ids were given out by the import: PostgreSQL's own counter has to follow."""
    if conn.dialect.name == "postgresql":
        name = table.name
        conn.execute(
            text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))")  # noqa: S608
        )
