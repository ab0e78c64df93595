"""Media items: what units publish about the plan, and how far each unit and all below it have come."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from rules.duties import duty_of
from rules.links import Link
from rules.plan import DutyKind, Level, MediaTarget, Plan
from storage import audit, uploads
from storage.audit import Action
from storage.database import new_id
from storage.models import MediaState, media_item, unit
from storage.reports import Sender
from storage.units import tree_order, valid_on

SUBJECT = "media_item"  # of its uploads and audit entries


@dataclass(frozen=True, slots=True)
class Content:
    """What is told of an item."""

    kind: str
    title: str
    published_on: date
    link: Link | None


@dataclass(frozen=True, slots=True)
class Item:
    id: int
    plan: str
    unit_id: int
    unit_name: str
    unit_path: str
    kind: str
    title: str
    published_on: date
    link: str | None
    link_key: str | None
    state: str
    best_at: datetime | None
    broadcast_id: int | None
    at: datetime

    @property
    def stands(self) -> bool:
        return self.state == MediaState.REPORTED


_FIND = (
    select(
        media_item.c.id,
        media_item.c.plan,
        media_item.c.unit_id,
        unit.c.name.label("unit_name"),
        unit.c.path.label("unit_path"),
        *(media_item.c[name] for name in list(Item.__dataclass_fields__)[5:]),
    )
    .select_from(media_item.join(unit, unit.c.id == media_item.c.unit_id))
    .order_by(media_item.c.id.desc())
)


def owed_by(plan: Plan, level: str) -> bool:
    """Whether a unit with the duties of this level reports what it publishes."""
    return bool(plan.media) and duty_of(plan, DutyKind.MEDIA, level) is not None


def get(conn: Connection, item_id: int) -> Item | None:
    row = conn.execute(_FIND.where(media_item.c.id == item_id)).first()
    return Item(*tuple(row)) if row else None


def same_page(conn: Connection, plan: str, link: Link) -> Item | None:
    """The item that stands and has this link, whoever reported it."""
    row = conn.execute(_FIND.where(media_item.c.plan == plan, media_item.c.link_key == link.key)).first()
    return Item(*tuple(row)) if row else None


def how_many(conn: Connection, plan: str, top: str, *, below: bool) -> int:
    """Items that stand; `below`: of all units below the path `top` too."""
    source = media_item.join(unit, unit.c.id == media_item.c.unit_id)
    counted = select(func.count()).select_from(source).where(*_standing(plan, _of(top, below)))
    return conn.scalar(counted) or 0


def newest(conn: Connection, plan: str, top: str, *, below: bool, first: int, most: int) -> list[Item]:
    """Newest first, from place `first` on."""
    rows = conn.execute(_FIND.where(*_standing(plan, _of(top, below))).limit(most).offset(first))
    return [Item(*tuple(row)) for row in rows]


def _of(top: str, below: bool) -> ColumnElement[bool]:
    return unit.c.path.like(f"{top}%") if below else unit.c.path == top


def _standing(plan: str, where: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    return [media_item.c.plan == plan, media_item.c.state == MediaState.REPORTED, where]


# -- how far a subtree has come


@dataclass(frozen=True, slots=True)
class UnitItems:
    id: int
    path: str
    level: str
    owes: bool  # it exists, and the plan asks for it
    items: dict[str, int]  # by kind

    @property
    def total(self) -> int:
        return sum(self.items.values())


@dataclass(frozen=True, slots=True)
class Tally:
    """Of several units together."""

    items: int
    units: int  # that owe any
    told: int  # of which reported some


def tally(units: Sequence[UnitItems]) -> Tally:
    owing = [one for one in units if one.owes]
    return Tally(sum(one.total for one in units), len(owing), sum(bool(one.items) for one in owing))


def of_kind(units: Sequence[UnitItems], target: MediaTarget) -> Tally:
    """`units`: which the plan asks for some of the kind; `told`: how many of them have as many."""
    asked = [one for one in units if one.owes and target.least_of(one.level)]
    enough = sum(one.items.get(target.kind, 0) >= target.least for one in asked)
    return Tally(sum(one.items.get(target.kind, 0) for one in units), len(asked), enough)


def by_unit(conn: Connection, plan: Plan, top: str, today: date) -> list[UnitItems]:
    """Units of the subtree that owe items today, and any others that reported some, in the order of the tree."""
    within = unit.c.path.like(f"{top}%")
    items: dict[int, dict[str, int]] = defaultdict(dict)
    for unit_id, kind, many in conn.execute(
        select(unit.c.id, media_item.c.kind, func.count())
        .select_from(media_item.join(unit, unit.c.id == media_item.c.unit_id))
        .where(*_standing(plan.code, within))
        .group_by(unit.c.id, media_item.c.kind)
    ):
        items[unit_id][kind] = many
    levels = [level.code for level in plan.levels if owed_by(plan, level.code)]
    owing = valid_on(unit, today) & unit.c.duty_level.in_(levels)
    rows = conn.execute(
        select(unit.c.id, unit.c.path, unit.c.duty_level, owing.label("owes")).where(
            within, owing | unit.c.id.in_(list(items))
        )
    )
    found = [
        UnitItems(row.id, row.path, row.duty_level, bool(row.owes), items.get(row.id, {})) for row in rows
    ]
    return sorted(found, key=lambda one: tree_order(one.path))


def by_level(units: Sequence[UnitItems], plan: Plan) -> list[tuple[Level, Tally]]:
    """Of the levels that owe any and have units among these."""
    found = [(level, tally([one for one in units if one.level == level.code])) for level in plan.levels]
    return [(level, counted) for level, counted in found if counted.units]


# -- writing


def report(
    conn: Connection, plan: str, unit_id: int, content: Content, files: Sequence[int], sender: Sender
) -> int:
    made = conn.execute(
        insert(media_item).values(
            plan=plan,
            unit_id=unit_id,
            **_columns(content),
            state=MediaState.REPORTED,
            at=sender.arrived,
            by_person_id=sender.person_id,
            by_account_id=sender.account_id,
        )
    )
    item_id = new_id(made)
    uploads.attach(conn, files, SUBJECT, item_id)
    facts = {"kind": content.kind, "files": len(files)}
    audit.record_sent(conn, sender, Action.MEDIA_REPORTED, unit_id, SUBJECT, item_id, facts)
    return item_id


def change(conn: Connection, old: Item, content: Content, files: Sequence[int], sender: Sender) -> bool:
    """`files` are added to those that it has. False: it does not stand any more."""
    if not _update(conn, old, **_columns(content)):
        return False
    uploads.attach(conn, files, SUBJECT, old.id)
    facts = {"kind": content.kind, "files": len(files)}
    audit.record_sent(conn, sender, Action.MEDIA_CHANGED, old.unit_id, SUBJECT, old.id, facts)
    return True


def withdraw(conn: Connection, old: Item, sender: Sender) -> bool:
    """Its link may be reported again. False: it was withdrawn already."""
    if not _update(conn, old, state=MediaState.WITHDRAWN, link_key=None):
        return False
    audit.record_sent(conn, sender, Action.MEDIA_WITHDRAWN, old.unit_id, SUBJECT, old.id)
    return True


def mark(conn: Connection, item: Item, sender: Sender, *, best: bool) -> None:
    """As one of the best, or not any more; nothing where it is so already."""
    if (item.best_at is not None) != best and _update(conn, item, best_at=sender.arrived if best else None):
        action = Action.MEDIA_MARKED if best else Action.MEDIA_UNMARKED
        audit.record_sent(conn, sender, action, item.unit_id, SUBJECT, item.id)


def note_forwarded(conn: Connection, item: Item, broadcast_id: int, sender: Sender) -> None:
    conn.execute(update(media_item).where(media_item.c.id == item.id).values(broadcast_id=broadcast_id))
    audit.record_sent(
        conn, sender, Action.MEDIA_FORWARDED, item.unit_id, SUBJECT, item.id, {"broadcast": broadcast_id}
    )


def _columns(content: Content) -> dict[str, Any]:
    link = content.link
    return {
        "kind": content.kind,
        "title": content.title,
        "published_on": content.published_on,
        "link": link.url if link else None,
        "link_key": link.key if link else None,
    }


def _update(conn: Connection, item: Item, **values: Any) -> bool:
    standing = (media_item.c.id == item.id, media_item.c.state == MediaState.REPORTED)
    return conn.execute(update(media_item).where(*standing).values(**values)).rowcount == 1
