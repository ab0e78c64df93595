"""The whole season of a province: python -m tests.bench.season [--branches 5000] [--seed 66]

From 25/09/2018 to 05/01/2019 hour by hour; at the end every figure that officers see or take away stands
beside one counted from what people said (`tests.season`). Exit 1 where any of them differs.
"""

import argparse
import logging
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date
from pathlib import Path

import structlog

from tests.season.checks import Check
from tests.season.province import Size
from tests.season.run import checks_of, play
from tests.season.stage import Season

SHOWN = 400  # characters of something told that is a list


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.season")
    parser.add_argument("--branches", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=66)
    wanted = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    size = Size.of(wanted.branches)
    print(
        f"{size.districts} districts, {size.communes} communes, {size.branches} branches, seed {wanted.seed}"
    )
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        season = play(Path(folder), size, wanted.seed, weekly)
        played = time.perf_counter() - began
        tell(season, played)
        checks = checks_of(season)
        season.database.dispose()
    return tell_checks(checks)


def weekly(day: date) -> None:
    """A sign of life."""
    if day.weekday() == 0:
        print(f"  {day:%d/%m/%Y} ({time.process_time():.0f} s of the processor)", file=sys.stderr)


def tell(season: Season, played_s: float) -> None:
    print(f"\nplayed in {played_s:.0f} s, at most {peak_mb():.0f} MB")
    print(f"  {'phase':16} {'updates':>8} {'s':>8} {'ms each':>8}")
    for phase, seconds in season.spent.items():
        updates = season.done[phase]
        each = f"{1000 * seconds / updates:8.2f}" if updates else ""
        print(f"  {phase:16} {updates:8} {seconds:8.1f} {each}")
    print(f"  {'job':16} {'':8} {'s':>8}")
    for job, seconds in season.jobs_s.items():
        print(f"  {job:16} {'':8} {seconds:8.1f}")
    turns = season.timed
    print(
        f"  {turns.turns} turns in {turns.total_s:.0f} s of the processor: {turns.turns / turns.total_s:.0f} turns/s"
    )
    print("  slowest turns: " + ", ".join(f"{what} {1000 * s:.0f} ms" for what, s in turns.worst(8)))
    print("  messages: " + ", ".join(f"{kind} {count}" for kind, count in season.sent.most_common()))


def tell_checks(checks: list[Check]) -> int:
    """Of a place where all agrees one line; figure by figure of the province and of what differs."""
    by_place: dict[str, list[Check]] = defaultdict(list)
    for check in checks:
        by_place[check.where].append(check)
    print("\ntold and counted from what people said")
    for where, found in by_place.items():
        good = sum(check.agrees for check in found)
        print(f"  {'agree' if good == len(found) else 'differ':6}  {where}: {good}/{len(found)} figures")
        for check in found:
            if not check.agrees or where in ("/tiendo, Tỉnh đoàn", "reminders"):
                word = "agree" if check.agrees else "DIFFER"
                told, counted = (str(one)[:SHOWN] for one in (check.told, check.counted))
                print(f"            {word:6}  {check.name}: {told}, counted {counted}")
    differing = sum(not check.agrees for check in checks)
    print(f"\n{len(checks)} figures, {differing} differ")
    return 1 if differing else 0


def peak_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


if __name__ == "__main__":
    sys.exit(main())
