"""One season from 25/09/2018 to 05/01/2019."""

import asyncio
import time
from collections.abc import Callable
from datetime import date, datetime
from datetime import time as hour
from pathlib import Path
from random import Random

from storage.database import Database
from storage.importing import import_file
from storage.plans import load_plan
from tests.clock import FrozenClock
from tests.season import province
from tests.season.checks import Check
from tests.season.phases import CHECKS, PHASES
from tests.season.province import Size
from tests.season.stage import Season

FIRST = datetime.combine(date(2018, 9, 25), hour(8), FrozenClock.ZONE)
LAST_CALL = datetime.combine(date(2019, 1, 5), hour(16), FrozenClock.ZONE)  # then officers look at figures
LAST = datetime.combine(date(2019, 1, 5), hour(20), FrozenClock.ZONE)


def play(folder: Path, size: Size, seed: int, each_day: Callable[[date], None] = lambda _day: None) -> Season:
    """In an empty folder."""
    made = province.make(size, Random(seed))
    database = Database(f"sqlite:///{folder / 'chidoan.db'}")
    database.migrate()
    began = time.perf_counter()
    for file in province.write_files(made, folder):
        import_file(database, load_plan("ke-hoach-66"), file, FIRST)
    season = Season(database, folder, made, seed, FIRST)
    season.spent["import"] = time.perf_counter() - began
    season.last_call = LAST_CALL
    for phase in PHASES:
        phase.plan(season)
    asyncio.run(season.play(LAST, each_day))
    return season


def checks_of(season: Season) -> list[Check]:
    """While its folder is still there."""
    stuck = Check("people", "who did not get on", season.stuck, [])
    return [stuck, *(check for checks in CHECKS for check in checks(season))]
