"""What an export tells of messages and of the log: broadcasts with their recipients, the newest entries.

`top` is the path of the subtree's highest unit. The caller holds one reading transaction.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, or_, select

from storage.exporting import within
from storage.models import RecipientState, audit, broadcast, broadcast_recipient, person, unit


def broadcasts(conn: Connection, plan: str, top: str) -> list[tuple[Any, dict[str, int], int]]:
    """Newest first: each with how many recipients are in each state, and how many acknowledged."""
    states: dict[int, dict[str, int]] = defaultdict(dict)
    acknowledged: dict[int, int] = defaultdict(int)
    recipients = broadcast_recipient.c
    for row in conn.execute(
        select(
            recipients.broadcast_id,
            recipients.state,
            func.count().label("people"),
            func.count(recipients.acknowledged_at).label("acknowledged"),
        )
        .select_from(
            broadcast_recipient.join(broadcast, broadcast.c.id == recipients.broadcast_id).join(
                unit, unit.c.id == broadcast.c.unit_id
            )
        )
        .where(broadcast.c.plan == plan, within(top))
        .group_by(recipients.broadcast_id, recipients.state)
    ):
        states[row.broadcast_id][RecipientState(row.state)] = row.people
        acknowledged[row.broadcast_id] += row.acknowledged
    rows = conn.execute(
        select(
            broadcast.c.id,
            broadcast.c.content,
            broadcast.c.state,
            broadcast.c.acknowledge,
            broadcast.c.send_at,
            broadcast.c.started_at,
            broadcast.c.finished_at,
            unit.c.name.label("unit"),
            person.c.full_name.label("by"),
        )
        .select_from(
            broadcast.join(unit, unit.c.id == broadcast.c.unit_id).join(
                person, person.c.id == broadcast.c.by_person_id
            )
        )
        .where(broadcast.c.plan == plan, within(top))
        .order_by(broadcast.c.id.desc())
    )
    return [(row, states[row.id], acknowledged[row.id]) for row in rows]


def audit_entries(conn: Connection, top: str, *, whole: bool, most: int) -> Iterator[Any]:
    """The newest, newest first. `whole`: those about no unit in particular, too."""
    about = within(top)
    yield from conn.execute(
        select(
            audit.c.at,
            audit.c.person_id,
            person.c.full_name,
            audit.c.action,
            unit.c.name.label("unit"),
            unit.c.code,
            audit.c.subject,
            audit.c.subject_id,
            audit.c.facts,
        )
        .select_from(
            audit.outerjoin(unit, unit.c.id == audit.c.unit_id).outerjoin(
                person, person.c.id == audit.c.person_id
            )
        )
        .where(or_(about, audit.c.unit_id.is_(None)) if whole else about)
        .order_by(audit.c.id.desc())
        .limit(most)
    )
