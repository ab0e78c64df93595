"""Essays: one per person, however often convened; a person owes until one is stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, delete, exists, insert, or_, select, update

from storage import audit
from storage.audit import Action
from storage.database import new_id
from storage.models import EssayState, essay, essay_tally, person, position, upload
from storage.reports import Sender

HANDED_IN = (EssayState.RECEIVING, EssayState.STORED)


@dataclass(frozen=True, slots=True)
class Author:
    person_id: int
    full_name: str
    role: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class Essay:
    id: int
    plan: str
    person_id: int | None
    author: str
    unit_id: int
    state: str
    arrived_at: datetime
    by_account_id: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    attended: int
    expected: int
    arrived_at: datetime


_HAS_ONE = exists().where(
    essay.c.plan == bindparam("plan"),
    essay.c.person_id == position.c.person_id,
    essay.c.state.in_(HANDED_IN),
)
_POSTED = (
    select(person.c.id, person.c.full_name, position.c.role, position.c.unit_id)
    .select_from(position.join(person, person.c.id == position.c.person_id))
    .where(
        position.c.unit_id == bindparam("unit"),
        position.c.role.in_(bindparam("roles", expanding=True)),
        or_(position.c.valid_from.is_(None), position.c.valid_from <= bindparam("today")),
        or_(position.c.valid_to.is_(None), position.c.valid_to >= bindparam("today")),
        person.c.erased_at.is_(None),
    )
    .order_by(position.c.id)
)
_MISSING = _POSTED.where(~_HAS_ONE)
_ESSAYS = select(*(essay.c[name] for name in Essay.__dataclass_fields__))
_CURRENT = _ESSAYS.where(essay.c.plan == bindparam("plan"), essay.c.state.in_(HANDED_IN)).order_by(
    essay.c.id.desc()
)


def missing_in(conn: Connection, plan: str, unit_id: int, roles: Sequence[str], today: date) -> list[Author]:
    """People of the unit, in these roles, who still owe theirs; each once."""
    rows = conn.execute(_MISSING, {"plan": plan, "unit": unit_id, "roles": list(roles), "today": today})
    found: dict[int, Author] = {}
    for row in rows:
        found.setdefault(row.id, Author(*tuple(row)))
    return list(found.values())


def of_person(conn: Connection, plan: str, person_id: int) -> Essay | None:
    row = conn.execute(_CURRENT.where(essay.c.person_id == person_id), {"plan": plan}).first()
    return Essay(*tuple(row)) if row else None


def get(conn: Connection, essay_id: int) -> Essay | None:
    row = conn.execute(_ESSAYS.where(essay.c.id == essay_id)).first()
    return Essay(*tuple(row)) if row else None


def of_unit(conn: Connection, plan: str, unit_id: int) -> list[Essay]:
    """Handed in for people of the unit, newest first."""
    rows = conn.execute(_CURRENT.where(essay.c.unit_id == unit_id), {"plan": plan})
    return [Essay(*tuple(row)) for row in rows]


def tally(conn: Connection, plan: str, unit_id: int) -> Tally | None:
    row = conn.execute(
        select(essay_tally.c.attended, essay_tally.c.expected, essay_tally.c.arrived_at).where(
            essay_tally.c.plan == plan, essay_tally.c.unit_id == unit_id
        )
    ).first()
    return Tally(*tuple(row)) if row else None


def hand_in(
    conn: Connection,
    *,
    plan: str,
    unit_id: int,
    person_id: int | None,
    author: str,
    route: str,
    uploads: Sequence[int],
    by_person_id: int,
    by_account_id: int,
    arrived: datetime,
) -> int:
    """Record the essay with its files, which a job stores; an earlier one of the person is replaced."""
    essay_id = new_id(
        conn.execute(
            insert(essay).values(
                plan=plan,
                unit_id=unit_id,
                person_id=person_id,
                author=author,
                state=EssayState.RECEIVING,
                route=route,
                arrived_at=arrived,
                by_person_id=by_person_id,
                by_account_id=by_account_id,
            )
        )
    )
    conn.execute(update(upload).where(upload.c.id.in_(uploads)).values(subject="essay", subject_id=essay_id))
    _replace_others(conn, essay_id)
    audit.record(
        conn,
        at=arrived,
        action=Action.ESSAY_SENT,
        person_id=by_person_id,
        account_id=by_account_id,
        unit_id=unit_id,
        subject="essay",
        subject_id=essay_id,
        facts={"author_id": person_id, "files": len(uploads), "route": route},
    )
    return essay_id


def move(
    conn: Connection,
    essay_id: int,
    *,
    unit_id: int,
    person_id: int | None,
    author: str,
    route: str,
    sender: Sender,
) -> None:
    """It was handed in under the wrong name: what that person had before stands again."""
    before = get(conn, essay_id)
    conn.execute(
        update(essay)
        .where(essay.c.id == essay_id)
        .values(unit_id=unit_id, person_id=person_id, author=author, route=route)
    )
    _replace_others(conn, essay_id)
    if before is not None:
        _bring_back(conn, before)
    audit.record(
        conn,
        at=sender.arrived,
        action=Action.ESSAY_MOVED,
        person_id=sender.person_id,
        account_id=sender.account_id,
        unit_id=unit_id,
        subject="essay",
        subject_id=essay_id,
        facts={"author_id": person_id},
    )


def _replace_others(conn: Connection, essay_id: int) -> None:
    """A person has one: whatever else was handed in for them gives way to this one."""
    this = get(conn, essay_id)
    if this is not None and this.person_id is not None:
        conn.execute(
            update(essay)
            .where(
                essay.c.id != this.id,
                essay.c.plan == this.plan,
                essay.c.person_id == this.person_id,
                essay.c.state.in_(HANDED_IN),
            )
            .values(state=EssayState.REPLACED)
        )


def _bring_back(conn: Connection, gone: Essay) -> None:
    """It does not count for its person any more: what it had replaced does again."""
    if gone.person_id is None or of_person(conn, gone.plan, gone.person_id) is not None:
        return
    last = conn.execute(
        select(essay.c.id, essay.c.stored_at)
        .where(
            essay.c.id < gone.id,
            essay.c.plan == gone.plan,
            essay.c.person_id == gone.person_id,
            essay.c.state == EssayState.REPLACED,
        )
        .order_by(essay.c.id.desc())
        .limit(1)
    ).first()
    if last is not None:
        state = EssayState.STORED if last.stored_at is not None else EssayState.RECEIVING
        conn.execute(update(essay).where(essay.c.id == last.id).values(state=state))


def record_tally(
    conn: Connection,
    *,
    plan: str,
    unit_id: int,
    attended: int,
    expected: int,
    by_person_id: int,
    by_account_id: int,
    arrived: datetime,
) -> None:
    """A number instead of files, where the plan allows it; the last one counts."""
    conn.execute(delete(essay_tally).where(essay_tally.c.plan == plan, essay_tally.c.unit_id == unit_id))
    conn.execute(
        insert(essay_tally).values(
            plan=plan,
            unit_id=unit_id,
            attended=attended,
            expected=expected,
            arrived_at=arrived,
            by_person_id=by_person_id,
        )
    )
    audit.record(
        conn,
        at=arrived,
        action=Action.ESSAYS_COUNTED,
        person_id=by_person_id,
        account_id=by_account_id,
        unit_id=unit_id,
        facts={"attended": attended, "expected": expected},
    )


def settle(conn: Connection, essay_id: int, state: EssayState, now: datetime) -> None:
    """All its files are there, or one of them can never be read: then an earlier one stands again."""
    conn.execute(
        update(essay)
        .where(essay.c.id == essay_id)
        .values(state=state, stored_at=now if state is EssayState.STORED else None)
    )
    this = get(conn, essay_id)
    if state is EssayState.REFUSED and this is not None:
        _bring_back(conn, this)
    audit.record(
        conn,
        at=now,
        action=Action.ESSAY_STORED if state is EssayState.STORED else Action.ESSAY_REFUSED,
        subject="essay",
        subject_id=essay_id,
    )
