"""The page of phones: what it shows, and what its buttons do."""

from typing import Any

import aiohttp

from playground.page import JUMPS
from tests.playground.conftest import Browser, Stage


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
