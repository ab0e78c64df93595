"""Figures as they were passed upward: frozen, with their hour."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from storage import audit
from storage.audit import Action
from storage.database import new_id
from storage.figures import Overall, overall_from
from storage.models import snapshot


@dataclass(frozen=True, slots=True)
class Snapshot:
    id: int
    overall: Overall
    at: datetime


def take(
    conn: Connection,
    plan: str,
    unit_id: int,
    overall: Overall,
    *,
    by_person_id: int,
    by_account_id: int,
    at: datetime,
) -> Snapshot:
    snapshot_id = new_id(
        conn.execute(
            insert(snapshot).values(
                plan=plan, unit_id=unit_id, figures=overall.as_json(), at=at, by_person_id=by_person_id
            )
        )
    )
    audit.record(
        conn,
        at=at,
        action=Action.SNAPSHOT_TAKEN,
        person_id=by_person_id,
        account_id=by_account_id,
        unit_id=unit_id,
        subject="snapshot",
        subject_id=snapshot_id,
        facts={"received": overall.main.received, "due": overall.main.due},
    )
    return Snapshot(snapshot_id, overall, at)


def latest(conn: Connection, plan: str, unit_id: int) -> Snapshot | None:
    row = conn.execute(
        select(snapshot.c.id, snapshot.c.figures, snapshot.c.at)
        .where(snapshot.c.plan == plan, snapshot.c.unit_id == unit_id)
        .order_by(snapshot.c.id.desc())
        .limit(1)
    ).first()
    return None if row is None else Snapshot(row.id, overall_from(row.figures), row.at)
