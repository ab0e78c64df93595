"""The page of phones: what it shows, and what its buttons do."""

import asyncio
import json
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.clock import Clock
from playground.page import JUMPS, Page, Phone
from playground.people import Person
from playground.server import BotApiServer
from tests.playground.conftest import TOKEN, Stage

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


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

    return lambda story: asyncio.run(asyncio.wait_for(whole(story), 20))


def test_the_page_is_whole_and_loads_nothing_from_elsewhere(page: Any) -> None:
    async def story(browser: Browser) -> None:
        for path in ("/", "/static/phones.css", "/static/phones.js"):
            async with browser.http.get(browser.server.url + path) as answer:
                assert answer.status == 200
                text = await answer.text()
                assert 'src="http' not in text
                assert 'href="http' not in text
            if path == "/":
                assert "An &lt;b&gt;" in text
                assert all(label in text for label, _what, _moment in JUMPS)
        async with browser.http.get(browser.server.url + "/static/..%2Fpage.py") as answer:
            assert answer.status == 404

    page(story)


def test_what_the_owner_of_a_phone_does(page: Any) -> None:
    async def story(browser: Browser) -> None:
        assert await browser.does(chat="7", do="invite") == 204
        await browser.does(chat="7", do="say", text="https://t.me/chidoan_bot?start=x-1")
        await browser.does(chat="7", do="say", text=" /baocao ")
        await browser.does(chat="7", do="contact")
        assert await browser.got() == ["/start abc", "/start x-1", "/baocao", None]
        assert await browser.does(chat="9", do="say", text="x") == 404
        assert await browser.does(chat="7", do="dance") == 400
        await browser.does(chat="7", do="block")
        look = await browser.shown()
        assert look["blocked"]
        assert [one.get("text") for one in look["messages"]] == ["/start abc", "/start x-1", "/baocao", None]

    page(story)


def test_buttons_files_and_menus(page: Any) -> None:
    async def story(browser: Browser) -> None:
        stage = Stage(browser.server, browser.http, browser.an)
        await browser.does(chat="7", do="invite")
        await stage.call("setMyCommands", commands=[{"command": "baocao", "description": "Báo cáo"}])
        markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
        sent = await stage.call("sendMessage", chat_id=7, text="?", reply_markup=markup)
        await browser.does(chat="7", do="press", message=str(sent["message_id"]), data="y")
        form = aiohttp.FormData({"chat": "7", "do": "file", "album": ""})
        form.add_field("file", b"<script>", filename="a.html", content_type="text/html")
        async with browser.http.post(browser.server.url + "/act", data=form) as answer:
            assert answer.status == 204
        found = await stage.polled()
        assert found[1]["callback_query"]["data"] == "y"
        document = found[2]["message"]["document"]
        async with browser.http.get(f"{browser.server.url}/content/{document['file_id']}") as answer:
            assert answer.content_type == "application/octet-stream"
            assert answer.headers["Content-Disposition"].startswith("attachment")
        look = await browser.shown()
        assert look["commands"] == [{"command": "baocao", "description": "Báo cáo"}]

    page(story)


def test_the_clock_is_moved(page: Any) -> None:
    async def story(browser: Browser) -> None:
        assert await browser.does("/clock", to="29/12/2018 11:30") == 204
        assert browser.clock.local().strftime("%d/%m/%Y %H:%M") == "29/12/2018 11:30"
        await browser.does("/clock", to="day")
        assert browser.clock.local().strftime("%d/%m/%Y %H:%M") == "30/12/2018 11:30"
        assert await browser.does("/clock", to="tomorrow") == 400

    page(story)


def test_another_site_cannot_act(page: Any) -> None:
    async def story(browser: Browser) -> None:
        for origin, status in (("http://evil.example", 403), (browser.server.url, 204)):
            fields, headers = {"chat": "7", "do": "invite"}, {"Origin": origin}
            async with browser.http.post(browser.server.url + "/act", data=fields, headers=headers) as answer:
                assert answer.status == status

    page(story)
