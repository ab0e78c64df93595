"""The export: what a subtree reported and still owes, as an Excel book.

What was not reported is "chưa báo cáo", what was not asked "chưa ghi": neither is ever 0.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.texts import export as texts
from reports.scope import Scope
from reports.sheets.activities import activity_sheet
from reports.sheets.audit_log import audit_sheet
from reports.sheets.broadcasts import broadcast_sheet
from reports.sheets.essays import essay_sheet
from reports.sheets.levels import level_sheets
from reports.sheets.media import media_sheet
from reports.sheets.meetings import meeting_sheet
from reports.sheets.missing import missing_sheet
from reports.sheets.proposals import proposal_sheet
from reports.sheets.rating import rating_sheet
from reports.sheets.relays import relay_sheet
from reports.sheets.speakers import speaker_sheet
from reports.sheets.summary import summary_sheet
from reports.table import Heading, Sheet
from reports.workbook import write_book
from rules.names import file_stem
from rules.plan import Plan
from storage import units
from storage.database import Database
from storage.exporting import EVERYTHING
from storage.whole_files import written_whole


def write_file(url: str, plan: Plan, zone: ZoneInfo, now: datetime, out: Path, top: str) -> None:
    """The book of the unit whose path is `top`, with a connection of its own: for a process beside the bot's."""
    database = Database(url)
    try:
        with written_whole(out) as temporary, database.reading() as conn:
            write_export(conn, plan, zone, now, temporary, top)
    finally:
        database.dispose()


def write_export(
    conn: Connection, plan: Plan, zone: ZoneInfo, now: datetime, out: Path, scope: str | None = None
) -> int:
    """Write the book to `out`; how many units owe something. The caller holds one reading transaction.

    `scope`: the path of a unit; the book is of it and what is below, nothing beside or above it but the
    superior's name. None: everything. Raises OSError.
    """
    part = Scope(conn, plan, zone, now, scope or units.only_top(conn) or EVERYTHING)
    write_book(out, _heading(part), sheets(part))
    return sum(bool(part.reported_duties(unit.duty_level)) for unit in part.existing)


# None: the plan does not ask for it, or there is nothing to tell.
_WHERE_ASKED: Sequence[Callable[[Scope], Sheet | None]] = (
    essay_sheet,
    media_sheet,
    relay_sheet,
    activity_sheet,
    meeting_sheet,
    speaker_sheet,
    rating_sheet,
)


def sheets(scope: Scope) -> Iterator[Sheet]:
    """One after the other, so that only what they share is kept."""
    yield summary_sheet(scope)
    yield from level_sheets(scope)
    for made in _WHERE_ASKED:
        sheet = made(scope)
        if sheet is not None:
            yield sheet
    yield proposal_sheet(scope)
    yield missing_sheet(scope)
    yield broadcast_sheet(scope)
    yield audit_sheet(scope)


def file_name(unit: str, now: datetime, zone: ZoneInfo) -> str:
    """ "Hoang-Hoa_2018-12-12_17h02.xlsx"."""
    return f"{file_stem(unit, 'chidoan')}_{now.astimezone(zone):%Y-%m-%d_%Hh%M}.xlsx"


def _heading(scope: Scope) -> Heading:
    head, plan = scope.head, scope.plan
    above = ""
    if head is not None and head.parent_id is not None:
        above = units.get(scope.conn, head.parent_id).name
    return Heading(
        above=above,
        unit=head.name if head is not None else "",
        plan=texts.plan_line(plan.number, plan.issued_on),
        as_of=texts.as_of(scope.now, scope.zone),
    )
