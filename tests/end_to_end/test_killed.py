"""200 people fill in reports while the process is killed with -9 twenty times."""

import asyncio
import random
import shutil
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import func, select

from playground.server import BotApiServer
from storage.database import Database
from storage.models import failed_update, participation, report, report_revision
from storage.plans import load_plan
from tests.big_roster import FIRST_CHAT, fill
from tests.clock import FrozenClock
from tests.crowd import REPORT, Crowd
from tests.process import BotProcess

PEOPLE = 200
KILLS = 20
TOKEN = "5151:" + "K" * 35
EVENING = datetime(2018, 11, 14, 12, 42, tzinfo=UTC)


def test_nothing_is_lost_and_nothing_is_twice(template: Path, tmp_path: Path) -> None:
    shutil.copy(template, tmp_path / "chidoan.db")
    database = Database(f"sqlite:///{tmp_path / 'chidoan.db'}")
    fill(database, load_plan("ke-hoach-66"), PEOPLE, linked=PEOPLE)

    async def story() -> None:
        server = BotApiServer(TOKEN, FrozenClock(EVENING).now)
        await server.start()
        bot = BotProcess(tmp_path, server.url, TOKEN)
        bot.start()
        crowd = Crowd(server)
        chats = range(FIRST_CHAT, FIRST_CHAT + PEOPLE)
        people = [asyncio.create_task(_report(crowd, chat)) for chat in chats]
        chance = random.Random(66)
        for _ in range(KILLS):
            await asyncio.sleep(chance.uniform(1.4, 2.4))
            bot.kill()
            bot.start()
        await asyncio.gather(*people)
        await asyncio.sleep(2)  # the last start has to be complete before it can be asked to stop
        assert await asyncio.to_thread(bot.stop) == 0
        await server.stop()

    asyncio.run(asyncio.wait_for(story(), 240))
    with database.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(report)) == PEOPLE
        assert conn.scalar(select(func.max(report_revision.c.number))) == 1
        assert conn.scalar(select(func.count()).select_from(participation)) == PEOPLE
        assert set(conn.execute(select(participation.c.members, participation.c.cadres))) == {(45, 3)}
        assert conn.scalar(select(func.count()).select_from(failed_update)) == 0
    database.dispose()


async def _report(crowd: Crowd, chat: int) -> None:
    """Each thing is done once: nobody repeats an answer, the bot has to remember it."""
    await asyncio.sleep(random.Random(chat).uniform(0, 35))
    await crowd.person(chat, REPORT, patience_s=60)
