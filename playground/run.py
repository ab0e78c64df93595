"""`make run` without a token: the bot, a local Bot API server and a page of phones, in one process.

Everything is laid anew at each start; nothing leaves the machine.
"""

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime

import structlog
from pydantic import SecretStr

from bot.clock import Clock
from bot.settings import Settings
from playground.page import Page, Phone
from playground.people import Person
from playground.sample_data import Demo, load
from playground.server import BotApiServer
from storage.database import Database
from storage.plans import load_plan

TOKEN = "660066:" + "playground" * 3 + "token"
START = datetime(2018, 11, 12, 19, 30)  # noqa: DTZ001 - in the plan's zone, as the clock reads it
FIRST_CHAT = 7001

log = structlog.get_logger()


async def run_playground(
    settings: Settings,
    start_bot: Callable[[Settings, str, Clock, asyncio.Event], Awaitable[None]],
    stop: asyncio.Event,
) -> None:
    """`start_bot` wires the bot and runs it until `stop` is set."""
    clock = Clock(settings.zone, settings.clock_start or START)
    server = BotApiServer(TOKEN, clock.now, settings.listen_address[1])
    folder = settings.data_dir / "playground"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    own = settings.model_copy(
        update={
            "telegram_token": SecretStr(TOKEN),
            "data_dir": folder,
            "database_url": None,
            "webhook_url": None,
            "listen": "127.0.0.1:0",
        }
    )
    database = Database(own.database)
    database.migrate()
    people = load(database, load_plan(own.plan), clock.now())
    database.dispose()
    phones = [_phone(server, place, demo) for place, demo in enumerate(people)]
    Page(server, phones, clock).add_to(server.app)
    await server.start()
    own = own.model_copy(update={"telegram_api_url": server.url})
    log.info("playground", open=server.url)
    print(f"\n  Mở trong trình duyệt: {server.url}\n  Dừng: Ctrl+C\n")  # noqa: T201
    try:
        await start_bot(own, TOKEN, clock, stop)
    finally:
        await server.stop()


def _phone(server: BotApiServer, place: int, demo: Demo) -> Phone:
    person = Person(server, FIRST_CHAT + place, demo.full_name, demo.phone)
    return Phone(person, demo.title, demo.token)
