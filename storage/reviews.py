"""Reports that wait for the unit above, and what was said of them: accepted, returned, kept.

A verdict is about one revision. Whoever gives it says which revision they read; where the report was sent
again meanwhile, nothing is written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, case, exists, func, insert, select, update

from storage import audit
from storage.audit import Action
from storage.models import ReportState, ReviewVerdict, report, report_revision, review, unit


@dataclass(frozen=True, slots=True)
class Standing:
    """A report as it stands, with what a reader needs of its unit."""

    id: int
    revision: int
    state: str
    duty: str
    slot: int
    arrived: datetime  # of this revision
    on_behalf: bool
    unit_id: int
    unit_name: str
    unit_path: str
    parent_id: int | None
    members: int | None  # of the roster


@dataclass(frozen=True, slots=True)
class Review:
    revision: int
    verdict: str
    field: str | None
    note: str | None
    by_person_id: int | None


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Who gives a verdict, and when."""

    person_id: int
    account_id: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Returned:
    report_id: int
    revision: int
    duty: str
    field: str


_STANDING = select(
    report.c.id,
    report.c.revision,
    report.c.state,
    report.c.duty,
    report.c.slot,
    report.c.last_arrived_at,
    report.c.on_behalf,
    report.c.unit_id,
    unit.c.name,
    unit.c.path,
    unit.c.parent_id,
    unit.c.members,
).select_from(report.join(unit, unit.c.id == report.c.unit_id))
_BY_ID = _STANDING.where(report.c.id == bindparam("report"))
_LAST = (
    select(review.c.revision, review.c.verdict, review.c.field, review.c.note, review.c.by_person_id)
    .where(review.c.report_id == bindparam("report"))
    .order_by(review.c.id.desc())
    .limit(1)
)
_CONTENT = select(report_revision.c.content).where(
    report_revision.c.report_id == bindparam("report"), report_revision.c.number == bindparam("revision")
)
_NEWER = review.alias("newer")
_RETURNED = (
    select(report.c.id, report.c.revision, report.c.duty, review.c.field)
    .select_from(report.join(review, review.c.report_id == report.c.id))
    .where(
        report.c.plan == bindparam("plan"),
        report.c.unit_id == bindparam("unit"),
        report.c.state == ReportState.RETURNED,
        review.c.verdict == ReviewVerdict.RETURNED,
        ~exists().where(_NEWER.c.report_id == review.c.report_id, _NEWER.c.id > review.c.id),
    )
    .order_by(report.c.id)
)
_ACTIONS = {
    ReviewVerdict.ACCEPTED: Action.REPORT_ACCEPTED,
    ReviewVerdict.RETURNED: Action.REPORT_RETURNED,
    ReviewVerdict.KEPT: Action.REPORT_KEPT,
}


def _below(plan: str, desks: Sequence[int], duties: Sequence[str], state: str) -> list[ColumnElement[bool]]:
    return [
        report.c.plan == plan,
        report.c.duty.in_(duties),
        report.c.state == state,
        report.c.unit_id.in_(select(unit.c.id).where(unit.c.parent_id.in_(desks))),
    ]


def waiting(conn: Connection, plan: str, desks: Sequence[int], duties: Sequence[str]) -> list[Standing]:
    """Sent by units directly below these desks, oldest first."""
    rows = conn.execute(
        _STANDING.where(*_below(plan, desks, duties, ReportState.SENT)).order_by(
            report.c.last_arrived_at, report.c.id
        )
    )
    return [Standing(*tuple(row)) for row in rows]


def newest_below(conn: Connection, plan: str, top: str, duty: str, most: int) -> list[Standing]:
    """Current reports of units below the path `top`, whatever was said of them, the newest first."""
    rows = conn.execute(
        _STANDING.where(report.c.plan == plan, report.c.duty == duty, unit.c.path.like(f"{top}_%"))
        .order_by(report.c.id.desc())
        .limit(most)
    )
    return [Standing(*tuple(row)) for row in rows]


def of_unit(conn: Connection, plan: str, unit_id: int, duties: Sequence[str]) -> list[Standing]:
    """What one unit sent, the newest first."""
    rows = conn.execute(
        _STANDING.where(
            report.c.plan == plan, report.c.duty.in_(duties), report.c.unit_id == unit_id
        ).order_by(report.c.id.desc())
    )
    return [Standing(*tuple(row)) for row in rows]


def directly_below(conn: Connection, plan: str, unit_id: int, duties: Sequence[str]) -> list[Standing]:
    """What the units directly below sent: what waits comes first, then the newest."""
    waits = case((report.c.state == ReportState.SENT, 0), else_=1)
    rows = conn.execute(
        _STANDING.where(
            report.c.plan == plan, report.c.duty.in_(duties), unit.c.parent_id == unit_id
        ).order_by(waits, report.c.last_arrived_at.desc(), report.c.id.desc())
    )
    return [Standing(*tuple(row)) for row in rows]


def within(conn: Connection, plan: str, top: str, duties: Sequence[str]) -> list[Standing]:
    """Every report of the subtree with this path, whatever was said of it, oldest first."""
    rows = conn.execute(
        _STANDING.where(
            report.c.plan == plan, report.c.duty.in_(duties), unit.c.path.like(f"{top}%")
        ).order_by(report.c.id)
    )
    return [Standing(*tuple(row)) for row in rows]


def with_the_units(conn: Connection, plan: str, desks: Sequence[int], duties: Sequence[str]) -> int:
    """How many were returned and have not come back."""
    returned = _below(plan, desks, duties, ReportState.RETURNED)
    joined = report.join(unit, unit.c.id == report.c.unit_id)
    return conn.scalar(select(func.count()).select_from(joined).where(*returned)) or 0


def one(conn: Connection, report_id: int) -> Standing | None:
    row = conn.execute(_BY_ID, {"report": report_id}).first()
    return Standing(*tuple(row)) if row else None


def last(conn: Connection, report_id: int) -> Review | None:
    """The newest verdict."""
    row = conn.execute(_LAST, {"report": report_id}).first()
    return Review(*tuple(row)) if row else None


def content(conn: Connection, report_id: int, revision: int) -> dict[str, Any]:
    """As it was sent (`rules.revisions`); empty where there is no such revision."""
    return conn.scalar(_CONTENT, {"report": report_id, "revision": revision}) or {}


def seen_before(conn: Connection, report_id: int, revision: int) -> int:
    """The revision to compare this one with: the last that a superior gave a verdict on, or the one before."""
    read = conn.scalar(
        select(func.max(review.c.revision)).where(
            review.c.report_id == report_id, review.c.revision < revision
        )
    )
    return read or revision - 1


def returned_of(conn: Connection, plan: str, unit_id: int) -> list[Returned]:
    """What the unit was asked to look at again and has not answered yet."""
    return [Returned(*tuple(row)) for row in conn.execute(_RETURNED, {"plan": plan, "unit": unit_id})]


def accept(conn: Connection, read: Sequence[tuple[int, int]], by: Reviewer) -> list[int]:
    """`read`: (report, revision) as the reviewer saw them. Returns those that still were so."""
    return _decide(conn, read, by, ReportState.SENT, ReviewVerdict.ACCEPTED, ReportState.ACCEPTED)


def send_back(
    conn: Connection, report_id: int, revision: int, field: str, note: str | None, by: Reviewer
) -> bool:
    """False: it was sent again, or somebody else decided, meanwhile."""
    read = [(report_id, revision)]
    return bool(
        _decide(conn, read, by, ReportState.SENT, ReviewVerdict.RETURNED, ReportState.RETURNED, field, note)
    )


def keep(conn: Connection, report_id: int, revision: int, field: str | None, by: Reviewer) -> bool:
    """The unit stands by what was returned to it. False: it is not with the unit any more."""
    read = [(report_id, revision)]
    return bool(_decide(conn, read, by, ReportState.RETURNED, ReviewVerdict.KEPT, ReportState.SENT, field))


def _decide(
    conn: Connection,
    read: Sequence[tuple[int, int]],
    by: Reviewer,
    was: ReportState,
    verdict: ReviewVerdict,
    becomes: ReportState,
    field: str | None = None,
    note: str | None = None,
) -> list[int]:
    known = dict(read)
    locked = conn.execute(
        select(report.c.id, report.c.revision, report.c.unit_id)
        .where(report.c.id.in_(list(known)), report.c.state == was)
        .order_by(report.c.id)
        .with_for_update()
    )
    rows = [row for row in locked if row.revision == known[row.id]]
    if not rows:
        return []
    conn.execute(update(report).where(report.c.id.in_([row.id for row in rows])).values(state=becomes))
    verdict_row = {
        "verdict": verdict,
        "field": field,
        "note": note,
        "by_person_id": by.person_id,
        "at": by.at,
    }
    conn.execute(
        insert(review), [{"report_id": row.id, "revision": row.revision, **verdict_row} for row in rows]
    )
    audit.record_each(
        conn,
        at=by.at,
        action=_ACTIONS[verdict],
        entries=[
            {
                "person_id": by.person_id,
                "account_id": by.account_id,
                "unit_id": row.unit_id,
                "subject": "report",
                "subject_id": row.id,
                "facts": {"revision": row.revision, **({"field": field} if field else {})},
            }
            for row in rows
        ],
    )
    return [row.id for row in rows]
