"""Essays as their readers see them: what waits, what was said of it, and the account per unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, insert, or_, select, update

from storage import audit
from storage.accounts import Post
from storage.audit import Action
from storage.essays import HANDED_IN
from storage.models import EssayState, EssayVerdict, essay, essay_review, unit
from storage.reports import Sender


@dataclass(frozen=True, slots=True)
class ToRead:
    id: int
    person_id: int | None
    author: str
    unit_id: int
    unit_name: str
    unit_path: str
    route: str
    state: str
    arrived: datetime
    by_person_id: int | None


@dataclass(frozen=True, slots=True)
class Review:
    verdict: str
    note: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """Of a unit's own essays, those handed in: which of them wait, and where they go."""

    waiting: int = 0
    passed: int = 0
    returned: int = 0  # asked for again, not here yet
    to_province: int = 0


_TO_READ = select(
    essay.c.id,
    essay.c.person_id,
    essay.c.author,
    essay.c.unit_id,
    unit.c.name,
    unit.c.path,
    essay.c.route,
    essay.c.state,
    essay.c.arrived_at,
    essay.c.by_person_id,
).select_from(essay.join(unit, unit.c.id == essay.c.unit_id))
_UNREAD = ~select(essay_review.c.essay_id).where(essay_review.c.essay_id == essay.c.id).exists()


def get(conn: Connection, essay_id: int) -> ToRead | None:
    row = conn.execute(_TO_READ.where(essay.c.id == essay_id)).first()
    return ToRead(*tuple(row)) if row else None


def waiting(conn: Connection, plan: str, desks: Sequence[Post], reader_id: int) -> list[ToRead]:
    """Stored, unread, and to be read at one of these desks; oldest first. Nobody reads their own."""
    if not desks:
        return []
    rows = conn.execute(
        _TO_READ.where(
            essay.c.plan == plan,
            essay.c.state == EssayState.STORED,
            or_(essay.c.person_id.is_(None), essay.c.person_id != reader_id),
            or_(*(_goes_to(desk) for desk in desks)),
            _UNREAD,
        ).order_by(essay.c.arrived_at, essay.c.id)
    )
    return [ToRead(*tuple(row)) for row in rows]


def _goes_to(desk: Post) -> ColumnElement[bool]:
    """As rules.rights.may_read_essay decides."""
    from_below = and_(essay.c.route != "province", unit.c.parent_id == desk.unit_id)
    if desk.path.count("/") > 2:
        return from_below
    at_the_top = or_(essay.c.route == "province", unit.c.id == desk.unit_id)
    return or_(from_below, and_(unit.c.path.like(f"{desk.path}%"), at_the_top))


def review_of(conn: Connection, essay_id: int) -> Review | None:
    row = conn.execute(
        select(essay_review.c.verdict, essay_review.c.note, essay_review.c.at).where(
            essay_review.c.essay_id == essay_id
        )
    ).first()
    return Review(*tuple(row)) if row else None


def returned_before(conn: Connection, plan: str, person_id: int, before_id: int) -> Review | None:
    """The last time that an earlier essay of the person was asked for again."""
    row = conn.execute(
        select(essay_review.c.verdict, essay_review.c.note, essay_review.c.at)
        .select_from(essay_review.join(essay, essay.c.id == essay_review.c.essay_id))
        .where(
            essay.c.plan == plan,
            essay.c.person_id == person_id,
            essay.c.id < before_id,
            essay_review.c.verdict == EssayVerdict.RETURNED,
        )
        .order_by(essay.c.id.desc())
        .limit(1)
    ).first()
    return Review(*tuple(row)) if row else None


def returned_among(conn: Connection, plan: str, people: Sequence[int]) -> set[int]:
    """Whose essay was asked for again; the caller names those who owe one."""
    if not people:
        return set()
    rows = conn.scalars(
        select(essay.c.person_id).where(
            essay.c.plan == plan, essay.c.person_id.in_(people), essay.c.state == EssayState.RETURNED
        )
    )
    return set(rows)


def judge(
    conn: Connection,
    essay_id: int,
    unit_id: int,
    verdict: EssayVerdict,
    note: str | None,
    by: Sender,
    proposal: str | None = None,
    proposal_level: str | None = None,
) -> bool:
    """False: meanwhile somebody else has, or another essay has taken its place. One that is returned is owed
    again.
    """
    state = EssayState.RETURNED if verdict is EssayVerdict.RETURNED else EssayState.STORED
    taken = conn.execute(
        update(essay)
        .where(essay.c.id == essay_id, essay.c.state == EssayState.STORED, _UNREAD)
        .values(state=state)
    )
    if not taken.rowcount:
        return False
    conn.execute(
        insert(essay_review).values(
            essay_id=essay_id,
            verdict=verdict,
            note=note,
            proposal=proposal,
            proposal_level=proposal_level,
            by_person_id=by.person_id,
            at=by.arrived,
        )
    )
    audit.record(
        conn,
        at=by.arrived,
        action=Action.ESSAY_RETURNED if verdict is EssayVerdict.RETURNED else Action.ESSAY_PASSED,
        person_id=by.person_id,
        account_id=by.account_id,
        unit_id=unit_id,
        subject="essay",
        subject_id=essay_id,
    )
    return True


def accounts_of(conn: Connection, plan: str, units: Sequence[int]) -> dict[int, Account]:
    """By unit, of those for which any was handed in."""
    rows = conn.execute(
        select(essay.c.unit_id, essay.c.state, essay.c.route, essay_review.c.verdict, func.count())
        .select_from(essay.outerjoin(essay_review, essay_review.c.essay_id == essay.c.id))
        .where(
            essay.c.plan == plan,
            essay.c.unit_id.in_(units),
            or_(essay.c.state.in_(HANDED_IN), and_(essay.c.state == EssayState.RETURNED, ~_newer())),
        )
        .group_by(essay.c.unit_id, essay.c.state, essay.c.route, essay_review.c.verdict)
    )
    found: dict[int, Account] = {}
    for unit_id, state, route, verdict, count in rows:
        before = found.get(unit_id, Account())
        returned = state == EssayState.RETURNED
        passed = not returned and verdict == EssayVerdict.PASSED
        found[unit_id] = Account(
            waiting=before.waiting + (0 if returned or passed else count),
            passed=before.passed + (count if passed else 0),
            returned=before.returned + (count if returned else 0),
            to_province=before.to_province + (count if route == "province" and not returned else 0),
        )
    return found


def _newer() -> ColumnElement[bool]:
    """Another of the same person has been handed in since."""
    later = essay.alias("later")
    return (
        select(later.c.id)
        .where(
            later.c.plan == essay.c.plan,
            later.c.person_id == essay.c.person_id,
            later.c.id > essay.c.id,
            later.c.state.in_([*HANDED_IN, EssayState.RETURNED]),
        )
        .exists()
    )
