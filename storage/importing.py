"""Importing a roster: all or nothing, every bad row named, the same file twice changes nothing.

The file is checked without a lock; what it would change is worked out again inside the one writing
transaction, so that a report that arrives meanwhile waits for the writes alone.
"""

from datetime import datetime
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection

from rules.plan import Plan
from storage.database import Database
from storage.import_checks import Result
from storage.import_people import check_people, import_people
from storage.import_units import check_units, import_units
from storage.rosters import Roster, read_roster


class Work(Protocol):
    def __call__(self, conn: Connection, write: bool) -> Result: ...


def import_file(
    database: Database, plan: Plan, path: Path, now: datetime, *, dry_run: bool = False
) -> Result:
    """`now` is in the plan's zone: its day is today. Raises UnreadableRoster or BadRoster."""
    roster = read_roster(path)
    work = _people(plan, roster, now) if roster.people else _units(plan, roster, now)
    with database.reading() as conn:
        result = work(conn, write=False)
    if not dry_run and result.changes:
        with database.writing() as conn:
            result = work(conn, write=True)
    result.ignored = roster.ignored
    return result


def _units(plan: Plan, roster: Roster, now: datetime) -> Work:
    wanted = check_units(plan, roster)
    return lambda conn, write: import_units(conn, plan, wanted, now, write=write)


def _people(plan: Plan, roster: Roster, now: datetime) -> Work:
    wanted = check_people(plan, roster)
    return lambda conn, write: import_people(conn, plan, wanted, now, write=write)
