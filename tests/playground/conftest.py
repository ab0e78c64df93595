"""A local server and a bare client of it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp
import pytest

from playground.people import Person
from playground.server import BotApiServer
from tests.clock import FrozenClock
from tests.people import at

TOKEN = "4242:" + "A" * 35


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
