"""Figures, each beside something to compare it with, in one run: python -m tests.bench [people] [branches]"""

import asyncio
import shutil
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playground.server import BotApiServer
from storage.database import Database
from storage.plans import load_plan
from tests.big_roster import FIRST_CHAT, checkpoint, fill
from tests.clock import FrozenClock
from tests.crowd import REPORT, Crowd
from tests.process import BotProcess

TOKEN = "6161:" + "B" * 35
EVENING = datetime(2018, 11, 14, 12, 42, tzinfo=UTC)
ROUNDS = 3


@dataclass
class Figures:
    cpu_ms_per_update: float
    p50_s: float
    p95_s: float
    first_reply_s: float
    resident_mb: float


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    branches = int(sys.argv[2]) if len(sys.argv) > 2 else 10_000
    with tempfile.TemporaryDirectory() as folder:
        roster = Path(folder) / "roster.db"
        database = Database(f"sqlite:///{roster}")
        database.migrate()
        began = time.monotonic()
        fill(database, load_plan("ke-hoach-66"), branches, linked=people + 1)
        print(
            f"roster of {branches} branches and {3 * branches} people imported in {time.monotonic() - began:.1f} s"
        )
        database.dispose()
        checkpoint(roster)
        ours: list[Figures] = []
        stock: list[Figures] = []
        for turn in range(ROUNDS):
            for kind, figures in (("chidoan", ours), ("stock", stock)):
                place = Path(folder) / f"{kind}{turn}"
                place.mkdir()
                if kind == "chidoan":
                    shutil.copy(roster, place / "chidoan.db")
                figures.append(asyncio.run(measure(kind, place, people)))
                show(f"{kind}, round {turn + 1}", figures[-1])
    print(f"\n{people} people at once, {len(REPORT)} updates each; medians of {ROUNDS} rounds")
    for name in Figures.__dataclass_fields__:
        a, b = (statistics.median(getattr(one, name) for one in kind) for kind in (ours, stock))
        print(f"  {name:18} chidoan {a:8.3f}   stock {b:8.3f}   ratio {a / b:.2f}")


def show(title: str, figures: Figures) -> None:
    told = ", ".join(f"{name} {getattr(figures, name):.3f}" for name in Figures.__dataclass_fields__)
    print(f"{title}: {told}")


async def measure(kind: str, folder: Path, people: int) -> Figures:
    server = BotApiServer(TOKEN, FrozenClock(EVENING).now)
    await server.start()
    crowd = Crowd(server)
    bot = BotProcess(folder, server.url, TOKEN)
    if kind == "stock":
        script = str(Path(__file__).parent / "stock_bot.py")
        bot = BotProcess(folder, server.url, TOKEN, [sys.executable, script, server.url, TOKEN, str(folder)])
    began = time.monotonic()
    bot.start()
    await crowd.person(FIRST_CHAT + people, REPORT[:1], patience_s=30)
    first = time.monotonic() - began
    await asyncio.sleep(2)
    crowd.latencies.clear()
    before = bot.cpu_s()
    chats = range(FIRST_CHAT, FIRST_CHAT + people)
    await asyncio.gather(*(crowd.person(chat, REPORT, patience_s=120) for chat in chats))
    await asyncio.sleep(0.5)
    cpu, resident = bot.cpu_s() - before, bot.resident_mb()
    await asyncio.to_thread(bot.stop)
    await server.stop()
    latencies = sorted(crowd.latencies)
    return Figures(
        cpu_ms_per_update=1000 * cpu / (people * len(REPORT)),
        p50_s=latencies[len(latencies) // 2],
        p95_s=latencies[int(len(latencies) * 0.95)],
        first_reply_s=first,
        resident_mb=resident,
    )


if __name__ == "__main__":
    main()
