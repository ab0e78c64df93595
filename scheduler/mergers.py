"""Units below one that was merged on a day that lay ahead go to its successor once that day has come."""

from datetime import timedelta

from sqlalchemy import Connection

from rules.deadlines import local_date
from scheduler.job import Desk, Job
from storage import unit_changes
from storage.writer import Priority


async def run(desk: Desk) -> dict[str, int]:
    now = desk.clock.now()
    today = local_date(now, desk.world.zone)

    def move(conn: Connection) -> int:
        merged = unit_changes.merged_with_units_below(conn, today)
        return sum(unit_changes.move_below(conn, one, now) for one in merged)

    return {"moved": await desk.writer.run(Priority.JOB, move)}


job = Job("mergers", timedelta(minutes=10), run)
