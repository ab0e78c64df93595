"""A broadcast at the permitted rate, and without any: python -m tests.bench.broadcast [recipients]"""

import asyncio
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from playground.server import BotApiServer
from storage.database import Database
from storage.plans import load_plan
from tests.bench.plain_loop import TEXT
from tests.big_roster import FIRST_CHAT, add_officer, checkpoint, fill
from tests.clock import FrozenClock
from tests.crowd import REPORT, Act, Crowd
from tests.process import ROOT, BotProcess

TOKEN = "6262:" + "B" * 35
AFTERNOON = datetime(2018, 11, 14, 8, 0, tzinfo=UTC)
CLOCK = "2018-11-14T15:00:00"
LIMIT = 30
AT_THE_LIMIT = 900  # recipients: half a minute
REPORTING = 20
ROUNDS = 3
ORDER = (
    Act("tới ai?", says="/thongbao"),
    Act("gõ nội dung", presses="Chi đoàn"),
    Act("Gửi tới", says=TEXT),
    Act("Đang gửi thông báo", presses="Gửi ngay"),
)


@dataclass
class Sent:
    per_second: float
    all_per_second: float  # with replies and edits
    refused: int  # 429
    p95_s: float  # of people's replies meanwhile
    resident_mb: float


def main() -> None:
    recipients = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large = (_roster(folder, count) for count in (AT_THE_LIMIT, recipients))
        for reporting in (0, REPORTING):
            limited = asyncio.run(broadcast(folder, small, AT_THE_LIMIT, LIMIT, reporting=reporting))
            print(
                f"limit {LIMIT}/s, {AT_THE_LIMIT} recipients, {reporting} people reporting meanwhile:"
                f" {limited.per_second:.2f}/s, with replies {limited.all_per_second:.2f}/s"
                f" = {100 * limited.all_per_second / LIMIT:.1f} % of the limit, {limited.refused} × 429,"
                f" p95 of a reply {1000 * limited.p95_s:.0f} ms"
            )
        rates: dict[str, list[float]] = {"chidoan": [], "ptb": [], "aiohttp": []}
        for _ in range(ROUNDS):
            free = asyncio.run(broadcast(folder, large, recipients, 0, reporting=0))
            rates["chidoan"].append(free.per_second)
            for kind in ("ptb", "aiohttp"):
                rates[kind].append(asyncio.run(_plain(kind, recipients)))
        print(f"no limit, {recipients} recipients, medians of {ROUNDS} rounds:")
        best = {kind: statistics.median(found) for kind, found in rates.items()}
        for kind, rate in best.items():
            print(f"  {kind:8} {rate:7.0f}/s   chidoan/{kind} {best['chidoan'] / rate:.2f}")
        print(f"  resident {free.resident_mb:.0f} MB")


def _roster(folder: Path, branches: int) -> Path:
    path = folder / f"{branches}.db"
    database = Database(f"sqlite:///{path}")
    database.migrate()
    fill(database, load_plan("ke-hoach-66"), branches, linked=branches)
    add_officer(database)
    database.dispose()
    checkpoint(path)
    return path


async def broadcast(folder: Path, roster: Path, count: int, rate: float, *, reporting: int) -> Sent:
    place = Path(tempfile.mkdtemp(dir=folder))
    shutil.copy(roster, place / "chidoan.db")
    server = _server(count)
    await server.start()
    server.limits.per_second = rate or None
    bot = BotProcess(place, server.url, TOKEN, clock=CLOCK, rate=rate)
    bot.start()
    crowd = Crowd(server)
    await crowd.person(FIRST_CHAT - 1, ORDER, patience_s=30)
    crowd.latencies.clear()
    busy = [
        asyncio.create_task(_later(crowd, FIRST_CHAT + place, place * count / (rate or 1000) / reporting))
        for place in range(reporting)
    ]
    arrived = await _arrived(server, count)
    resident = bot.resident_mb()
    await asyncio.gather(*busy)
    await asyncio.to_thread(bot.stop)
    await server.stop()
    latencies = sorted(crowd.latencies) or [0.0]
    # The first and the last few are a start and an end.
    begin, end = arrived[10], arrived[-10]
    span = end - begin
    calls = [call for call in server.calls if call.method.startswith(("send", "edit"))]
    return Sent(
        all_per_second=sum(begin <= call.at < end for call in calls) / span,
        per_second=(len(arrived) - 20) / span,
        refused=sum(call.outcome == 429 for call in server.calls),
        p95_s=latencies[int(len(latencies) * 0.95)],
        resident_mb=resident,
    )


def _server(count: int) -> BotApiServer:
    server = BotApiServer(TOKEN, FrozenClock(AFTERNOON).now, calls_kept=20 * count + 1000)
    for chat in range(FIRST_CHAT - 1, FIRST_CHAT + count):
        server.state.chat(chat, "An").started = True
    return server


async def _later(crowd: Crowd, chat: int, after_s: float) -> None:
    await asyncio.sleep(after_s)
    await crowd.person(chat, REPORT, patience_s=60)


async def _arrived(server: BotApiServer, count: int) -> list[float]:
    """When each call that carried the message came."""
    while True:
        times = [
            call.at
            for call in server.calls_of("sendMessage")
            if call.outcome == 200 and call.params.get("text") == TEXT
        ]
        if len(times) >= count + 1:  # the preview is one of them
            return times[1:]
        await asyncio.sleep(0.5)


async def _plain(kind: str, count: int) -> float:
    server = _server(count)
    await server.start()
    script = str(ROOT / "tests" / "bench" / "plain_loop.py")
    process = await asyncio.create_subprocess_exec(
        sys.executable, script, kind, server.url, TOKEN, str(FIRST_CHAT), str(count), stdout=subprocess.PIPE
    )
    out, _ = await process.communicate()
    await server.stop()
    return float(out)


if __name__ == "__main__":
    began = time.monotonic()
    main()
    print(f"({time.monotonic() - began:.0f} s)")
