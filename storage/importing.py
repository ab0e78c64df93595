"""Importing a roster: all or nothing, every bad row named, the same file twice changes nothing.

The file is checked without a lock; what it would change is worked out again inside the one writing
transaction, so that a report that arrives meanwhile waits for the writes alone.
"""

from datetime import datetime
from pathlib import Path

from rules.plan import Plan
from storage.database import Database
from storage.import_checks import Result
from storage.import_people import check_people, import_people
from storage.import_units import check_units, import_units
from storage.rosters import read_roster


def import_file(
    database: Database, plan: Plan, path: Path, now: datetime, *, dry_run: bool = False
) -> Result:
    """Raises UnreadableRoster or BadRoster."""
    roster = read_roster(path)
    if roster.people:
        people = check_people(plan, roster)
        with database.reading() as conn:
            result = import_people(conn, people, now, write=False)
        if not dry_run and result.changes:
            with database.writing() as conn:
                result = import_people(conn, people, now, write=True)
    else:
        units = check_units(plan, roster)
        with database.reading() as conn:
            result = import_units(conn, plan, units, now, write=False)
        if not dry_run and result.changes:
            with database.writing() as conn:
                result = import_units(conn, plan, units, now, write=True)
    result.ignored = roster.ignored
    return result
