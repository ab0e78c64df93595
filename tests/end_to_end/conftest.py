"""The whole bot over HTTP, against the playground's server, in this process."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import app as wiring
from bot.settings import Settings
from playground.people import Person
from playground.server import BotApiServer
from storage.database import Database
from tests import roster
from tests.clock import FrozenClock
from tests.people import at

TOKEN = "4242:" + "A" * 35


@dataclass
class Running:
    server: BotApiServer
    app: wiring.App
    ids: dict[str, int]
    clock: FrozenClock
    settings: Settings

    def person(self, name: str, chat_id: int) -> Person:
        """Linked before."""
        with self.app.database.writing() as conn:
            roster.link(conn, chat_id, self.ids[name], self.clock.now())
        return Person(self.server, chat_id, name.split()[-1])


Story = Callable[[Running], Awaitable[None]]


@asynccontextmanager
async def running(tmp_path: Path, template: Path, **extra: Any) -> AsyncIterator[Running]:
    clock = FrozenClock(at(14, 11))
    server = BotApiServer(TOKEN, clock.now)
    await server.start()
    settings = Settings(
        telegram_token=SecretStr(TOKEN),
        telegram_api_url=server.url,
        data_dir=tmp_path,
        **{"send_rate": 0, "listen": "127.0.0.1:0", "_env_file": None, **extra},
    )
    shutil.copy(template, tmp_path / "chidoan.db")
    database = Database(settings.database)
    with database.writing() as conn:
        ids = roster.build(conn, clock.now())
    database.dispose()
    app = wiring.build(settings, TOKEN, clock)
    stop = asyncio.Event()
    task = asyncio.create_task(wiring.serve(app, stop))
    try:
        yield Running(server, app, ids, clock, settings)
    finally:
        stop.set()
        await asyncio.wait_for(task, 20)
        await server.stop()


@pytest.fixture
def play(tmp_path: Path, template: Path) -> Callable[..., None]:
    """Run a story with the bot running: play(story)."""

    def run(story: Story, **extra: Any) -> None:
        async def whole() -> None:
            async with running(tmp_path, template, **extra) as stage:
                await story(stage)

        asyncio.run(whole())

    return run
