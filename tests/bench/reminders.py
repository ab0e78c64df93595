"""What the reminders of a whole province cost the writer thread, piece by piece: python -m tests.bench.reminders"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.engine.turn import World
from scheduler import reminders
from storage import outbox
from storage.database import Database
from storage.plans import load_plan
from tests.big_roster import fill
from tests.clock import FrozenClock
from tests.people import at

ROUNDS = 5


def main() -> None:
    branches = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/chidoan.db")
        database.migrate()
        plan = load_plan("ke-hoach-66")
        fill(database, plan, branches, linked=branches)
        world = World(plan, FrozenClock.ZONE, Path(folder))

        def median_ms(title: str, work: Callable[[Any], Any]) -> None:
            times = []
            for _ in range(ROUNDS):
                began = time.perf_counter()
                with database.writing() as conn:
                    result = work(conn)
                times.append(1000 * (time.perf_counter() - began))
            shown = result if isinstance(result, int) else len(result)
            print(f"  {title:34} {statistics.median(times):8.1f} ms   ({shown})")

        def wave(conn: Any) -> list[Any]:
            now = at(27, 12, 7, 40)
            rows = outbox.claim(conn, most=32, owner="x", lease=now + timedelta(minutes=3), wall=now, now=now)
            return [reminders.render(conn, world, row, now) for row in rows]

        print(f"{branches} branches, every secretary linked and nothing reported; medians of {ROUNDS}")
        median_ms("a tick with nothing due", lambda conn: reminders.tick(conn, world, at(20, 11, 10)))
        median_ms("a piece of digests written", lambda conn: reminders.tick(conn, world, at(27, 12, 7, 31)))
        median_ms("a wave claimed and rendered", wave)


if __name__ == "__main__":
    main()
