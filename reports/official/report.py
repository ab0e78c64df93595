"""The official report of a unit: drafted, and written as a Word document."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.settings import Office
from bot.texts import official_form as texts
from reports.official.appendix import tables
from reports.official.content import Content, gather
from reports.official.letterhead import Signatory, letterhead
from reports.official.sections import drafted
from rules.duties import writes_report
from rules.names import file_stem
from rules.plan import Plan
from storage import units
from storage.progress import Scope
from storage.units import Unit


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody said about it; `signatory` None: as in the settings. `changed`: by part, its text."""

    number: str = ""
    signatory: Signatory | None = None
    changed: Mapping[str, str] = field(default_factory=dict)


class NoReport(Exception):
    """The text is one sentence that says what to do."""


def reporting_unit(conn: Connection, plan: Plan, code: str) -> Unit:
    """The unit with this code, or (empty) the only one at the top. Raises NoReport."""
    if code:
        unit = units.by_code(conn, code)
        if unit is None:
            raise NoReport(texts.no_such_unit(code))
    else:
        top = units.only_top(conn)
        if top is None:
            raise NoReport(texts.NO_ONE_TOP)
        unit = units.get(conn, units.tree_order(top)[-1])
    if not writes_report(plan, unit.duty_level):
        writing = [level.name for level in plan.levels if writes_report(plan, level.code)]
        raise NoReport(texts.no_report(unit.name, writing))
    return unit


def content_of(
    conn: Connection, plan: Plan, zone: ZoneInfo, now: datetime, unit: Unit, *, with_doubts: bool = True
) -> Content:
    """As of `gather`."""
    return gather(conn, Scope(plan, unit, now.astimezone(zone).date(), zone), now, with_doubts=with_doubts)


def write_report(conn: Connection, content: Content, office: Office, wishes: Wishes, out: Path) -> None:
    """The caller holds the reading transaction in which `content` was read. Raises OSError."""
    # Heavy to import, and rarely needed.
    from reports.official.document import Official, write_document

    head = letterhead(content.unit, content.parent, content.plan, office)
    zone = content.scope.zone
    number_line = texts.number_line(wishes.number, head.number_suffix)
    official = Official(
        head=head,
        number_line=number_line,
        date_line=texts.date_line(head.place, content.scope.today),
        subject=texts.subject(content.plan),
        opening=texts.opening(content.plan, head.committee, content.now, zone),
        sections=drafted(content, wishes.changed),
        tables=tables(conn, content),
        enclosed_line=texts.enclosed(number_line, content.scope.today, head.committee),
        signatory=wishes.signatory if wishes.signatory is not None else head.signatory,
    )
    write_document(official, out)


def file_name(unit: str, now: datetime, zone: ZoneInfo) -> str:
    """ "Bao-cao_Hoang-Hoa_2018-12-12.docx"."""
    return f"Bao-cao_{file_stem(unit, 'don-vi')}_{now.astimezone(zone):%Y-%m-%d}.docx"
