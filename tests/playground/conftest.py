"""A local server and a bare client of it."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.clock import Clock
from playground.page import Page, Phone
from playground.people import Person
from playground.server import BotApiServer
from tests.clock import FrozenClock
from tests.people import at

TOKEN = "4242:" + "A" * 35
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


@dataclass
class Stage:
    server: BotApiServer
    http: aiohttp.ClientSession
    an: Person

    async def call(self, method: str, **params: Any) -> Any:
        """The result, or the description of the refusal with its code in front."""
        async with self.http.post(f"{self.server.url}/bot{TOKEN}/{method}", json=params) as answer:
            form = await answer.json()
        if form["ok"]:
            return form["result"]
        assert form["error_code"] == answer.status
        return f"{form['error_code']} {form['description']}"

    async def polled(self, **params: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.call("getUpdates", **params)
        assert isinstance(found, list), found
        return found


Story = Callable[[Stage], Awaitable[None]]
Play = Callable[[Story], None]


@pytest.fixture
def play() -> Play:
    """Run a story with a server and one person who is known to the bot."""

    async def whole(story: Story) -> None:
        server = BotApiServer(TOKEN, FrozenClock(at(14, 11)).now)
        await server.start()
        try:
            async with aiohttp.ClientSession() as http:
                await story(Stage(server, http, Person(server, 7, "An", "0900000001", known=True)))
        finally:
            await server.stop()

    return lambda story: asyncio.run(asyncio.wait_for(whole(story), 30))


class Browser:
    def __init__(self, server: BotApiServer, clock: Clock, http: aiohttp.ClientSession, an: Person) -> None:
        self.server, self.clock, self.http, self.an = server, clock, http, an

    async def does(self, path: str = "/act", **fields: str) -> int:
        async with self.http.post(self.server.url + path, data=fields) as answer:
            return answer.status

    async def shown(self) -> dict[str, Any]:
        """The first look at the phone that the page is told."""
        async with self.http.get(f"{self.server.url}/events") as answer:
            async for line in answer.content:
                if line.startswith(b'data: {"chat"'):
                    look: dict[str, Any] = json.loads(line[6:])
                    return look
        raise AssertionError("nothing was told")

    async def got(self) -> list[str]:
        async with self.http.get(f"{self.server.url}/bot{TOKEN}/getUpdates") as answer:
            return [one["message"].get("text") for one in (await answer.json())["result"] if "message" in one]


@pytest.fixture
def page() -> Any:
    async def whole(story: Any) -> None:
        clock = Clock(ZONE, datetime(2018, 11, 12, 19, 30))
        server = BotApiServer(TOKEN, clock.now)
        an = Person(server, 7, "An <b>", "0900000001")
        Page(server, [Phone(an, "Bí thư chi đoàn", "abc", note="Bấm lời mời")], clock).add_to(server.app)
        await server.start()
        try:
            async with aiohttp.ClientSession() as http:
                await story(Browser(server, clock, http, an))
        finally:
            await server.stop()

    return lambda story: asyncio.run(asyncio.wait_for(whole(story), 60))
