"""A broadcast to a thousand branches while the process is killed, the server refuses and people report."""

import asyncio
import re
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from playground.faults import Fault
from playground.server import BotApiServer
from storage.database import Database
from storage.models import broadcast_recipient
from storage.plans import load_plan
from tests.big_roster import FIRST_CHAT, add_officer, fill
from tests.clock import FrozenClock
from tests.crowd import REPORT, Act, Crowd
from tests.process import BotProcess

BRANCHES, LINKED, BLOCKED, REPORTING = 1000, 700, 20, 10
RATE = 100
KILLS = 3
LOST = 6
TOKEN = "5252:" + "M" * 35
AFTERNOON = datetime(2018, 11, 14, 8, 0, tzinfo=UTC)
TEXT = "Đề nghị các chi đoàn báo cáo đúng hạn."
ORDER = (
    Act("tới ai?", says="/thongbao"),
    Act("gõ nội dung", presses="Chưa báo cáo"),
    Act("Gửi tới", says=TEXT),
    Act("Đang gửi thông báo", presses="Gửi ngay"),
)


def test_nobody_gets_it_twice_and_the_account_adds_up(template: Path, tmp_path: Path) -> None:
    shutil.copy(template, tmp_path / "chidoan.db")
    database = Database(f"sqlite:///{tmp_path / 'chidoan.db'}")
    fill(database, load_plan("ke-hoach-66"), BRANCHES, linked=LINKED)
    officer = add_officer(database)
    chats = range(FIRST_CHAT, FIRST_CHAT + LINKED)

    async def story() -> tuple[Counter[int], str, list[int]]:
        server = BotApiServer(TOKEN, FrozenClock(AFTERNOON).now, calls_kept=100_000)
        await server.start()
        server.limits.per_second = RATE
        for chat in chats:
            server.state.chat(chat, "An").started = True
        for chat in chats[:BLOCKED]:
            server.faults.order("sendMessage", Fault.BLOCKED, chat=chat, times=100)
        for chat in chats[100 : 100 + LOST // 2]:
            server.faults.order("sendMessage", Fault.LOST_ANSWER, chat=chat)
            server.faults.order("sendMessage", Fault.BAD_GATEWAY_AFTER, chat=chat + LOST)
            server.faults.order("sendMessage", Fault.TOO_MANY, chat=chat + 2 * LOST, times=2)
        bot = BotProcess(tmp_path, server.url, TOKEN, clock="2018-11-14T15:00:00", rate=RATE)
        bot.start()
        crowd = Crowd(server)
        await crowd.person(officer, ORDER, patience_s=30)
        busy = [asyncio.create_task(crowd.person(chat, REPORT, patience_s=60)) for chat in chats[-REPORTING:]]
        for _ in range(KILLS):
            await asyncio.sleep(1.5)
            bot.kill()
            bot.start()
        await asyncio.gather(*busy)
        account = await _account(server, officer)
        await asyncio.sleep(1)
        assert await asyncio.to_thread(bot.stop) == 0
        await server.stop()
        got = Counter(
            {
                chat: sum(
                    message.get("text") == TEXT for message in server.state.chats[chat].messages.values()
                )
                for chat in chats
            }
        )
        return got, account, [call.outcome for call in server.calls]

    got, account, outcomes = asyncio.run(asyncio.wait_for(story(), 240))
    assert max(got.values()) == 1, "nobody gets it twice"
    assert outcomes.count(429) <= LOST, "only those that were ordered: the rate itself provokes none"
    parts = {name: int(number) for name, number in re.findall(r"(?:= |\+ )([^\d+=]+) ([\d]+)", account)}
    chosen = re.search(r"Đã chọn (\d+) =", account)
    assert chosen is not None
    people = int(chosen[1])
    assert people == sum(parts.values())
    assert 3 * (BRANCHES - REPORTING) <= people <= 3 * BRANCHES
    # What was refused in flight at a kill is not known either.
    assert parts["chặn"] <= BLOCKED <= parts["chặn"] + parts.get("không rõ", 0)
    assert people - parts["chưa kết nối"] <= LINKED
    assert parts.get("không rõ", 0) <= 32 * KILLS + LOST
    arrived = sum(got.values())
    assert parts["đã gửi"] <= arrived <= parts["đã gửi"] + parts.get("không rõ", 0)
    with database.reading() as conn:
        queued = select(func.count()).where(broadcast_recipient.c.state == "queued")
        assert conn.scalar(queued) == 0
    database.dispose()


async def _account(server: BotApiServer, officer: int) -> str:
    for _ in range(600):
        for message in server.state.chats[officer].messages.values():
            if "Đã gửi xong thông báo" in message.get("text", ""):
                return str(message["text"]).replace(".", "")
        await asyncio.sleep(0.1)
    raise AssertionError(
        [message.get("text") for message in server.state.chats[officer].messages.values()][-4:]
    )
