"""Which officer was told of which list of late units: looked at once a day, told again only when it changed."""

import hashlib
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from storage.models import escalated, unit


def fingerprint(unit_ids: Sequence[int]) -> str:
    return hashlib.sha256(",".join(map(str, sorted(unit_ids))).encode()).hexdigest()


def told(conn: Connection, plan: str) -> dict[int, tuple[str, date]]:
    """(fingerprint of the list, day on which it was last looked at) by the officer's unit."""
    rows = conn.execute(
        select(escalated.c.unit_id, escalated.c.fingerprint, escalated.c.told_on).where(
            escalated.c.plan == plan
        )
    )
    return {row.unit_id: (row.fingerprint, row.told_on) for row in rows}


def note(conn: Connection, plan: str, unit_id: int, mark: str, day: date) -> None:
    conn.execute(delete(escalated).where(escalated.c.plan == plan, escalated.c.unit_id == unit_id))
    conn.execute(insert(escalated).values(plan=plan, unit_id=unit_id, fingerprint=mark, told_on=day))


def at_level(conn: Connection, level: str) -> set[int]:
    """The ids of the units whose duties are of this level."""
    return set(conn.scalars(select(unit.c.id).where(unit.c.duty_level == level)))
