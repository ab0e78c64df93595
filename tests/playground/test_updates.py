"""Updates: queued until acknowledged, by poll or by webhook."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
from aiohttp import web

from playground.faults import Fault
from playground.people import Person
from tests.playground.conftest import TOKEN, Play, Stage


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [one["message"]["text"] for one in updates]


async def say_some(stage: Stage, *some: str) -> None:
    for text in some:
        await stage.an.says(text)


def test_an_offset_acknowledges_everything_below(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await say_some(stage, "1", "2", "3", "4")
        found = await stage.polled(limit=3)
        assert texts(found) == ["1", "2", "3"]
        assert texts(await stage.polled()) == ["1", "2", "3", "4"]
        ids = [one["update_id"] for one in found]
        assert ids == sorted(ids)
        assert texts(await stage.polled(offset=ids[1] + 1)) == ["3", "4"]
        assert texts(await stage.polled(offset=-1)) == ["4"]
        assert texts(await stage.polled()) == ["4"]
        assert await stage.polled(offset=ids[-1] + 5) == []

    play(story)


def test_a_long_poll_ends_with_the_first_update(play: Play) -> None:
    async def story(stage: Stage) -> None:
        poll = asyncio.create_task(stage.polled(timeout=20))
        await asyncio.sleep(0.1)
        assert not poll.done()
        await stage.an.says("x")
        assert texts(await asyncio.wait_for(poll, 2)) == ["x"]

    play(story)


def test_the_older_of_two_pollers_gives_way(play: Play) -> None:
    async def story(stage: Stage) -> None:
        older = asyncio.create_task(stage.call("getUpdates", timeout=20))
        await asyncio.sleep(0.1)
        newer = asyncio.create_task(stage.call("getUpdates", timeout=20))
        assert await asyncio.wait_for(older, 2) == (
            "409 Conflict: terminated by other getUpdates request;"
            " make sure that only one bot instance is running"
        )
        await stage.an.says("x")
        assert texts(await asyncio.wait_for(newer, 2)) == ["x"]

    play(story)


def test_only_the_wanted_kinds_come(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.polled(allowed_updates=["message"])
        await stage.an.blocks()
        await stage.an.unblocks()
        await stage.an.says("x")
        assert texts(await stage.polled()) == ["x"]
        await stage.polled(allowed_updates=[], offset=-1)
        await stage.an.blocks()
        change = (await stage.polled())[-1]["my_chat_member"]
        assert (change["old_chat_member"]["status"], change["new_chat_member"]["status"]) == (
            "member",
            "kicked",
        )

    play(story)


def test_presses_expire_long_before_messages(play: Play) -> None:
    async def story(stage: Stage) -> None:
        markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
        await stage.call("sendMessage", chat_id=7, text="?", reply_markup=markup)
        await stage.an.presses("Có")
        await stage.an.says("x")
        stage.server.state.callbacks_for_s = 0
        assert texts(await stage.polled()) == ["x"]
        stage.server.state.messages_for_s = 0
        assert await stage.polled() == []

    play(story)


def test_the_same_update_comes_again_by_order(play: Play) -> None:
    async def story(stage: Stage) -> None:
        stage.server.faults.order("getUpdates", Fault.DUPLICATE_UPDATE)
        await say_some(stage, "1", "2")
        first = await stage.polled()
        await say_some(stage, "3")
        after = first[-1]["update_id"] + 1
        assert texts(await stage.polled(offset=after)) == ["1", "2", "3"]
        assert texts(await stage.polled(offset=after)) == ["3"]

    play(story)


Answer = Callable[[dict[str, Any]], Awaitable[int]]


@asynccontextmanager
async def listening(answer: Answer) -> Any:
    """A bot's webhook; yields its address and the headers of the requests."""
    seen: list[Any] = []

    async def take(request: web.Request) -> web.Response:
        seen.append(request.headers)
        return web.Response(status=await answer(await request.json()))

    app = web.Application()
    app.router.add_post("/hook", take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", seen
    finally:
        await runner.cleanup()


async def until(check: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not check():
            await asyncio.sleep(0.01)


def test_a_webhook_is_tried_again_in_order_with_its_secret(play: Play) -> None:
    async def story(stage: Stage) -> None:
        stage.server.webhook.retry_first_s = 0.02
        tried: list[str] = []

        async def refuse_twice(update: dict[str, Any]) -> int:
            tried.append(update["message"]["text"])
            return 500 if len(tried) <= 2 else 200

        async with listening(refuse_twice) as (url, seen):
            await stage.call("setWebhook", url=url, secret_token="s-1")
            await say_some(stage, "1", "2")
            await until(lambda: len(tried) == 4)
            assert tried == ["1", "1", "1", "2"]
            assert {headers["X-Telegram-Bot-Api-Secret-Token"] for headers in seen} == {"s-1"}
            info = await stage.call("getWebhookInfo")
            assert (info["url"], info["last_error_message"][:20]) == (url, "Wrong response from ")
            assert await stage.call("getUpdates") == (
                "409 Conflict: can't use getUpdates method while webhook is active;"
                " use deleteWebhook to delete the webhook first"
            )
            await until(lambda: not stage.server.state.updates)

    play(story)


def test_presses_overtake_messages_and_chats_do_not_wait_for_each_other(play: Play) -> None:
    async def story(stage: Stage) -> None:
        binh = Person(stage.server, 8, "Bình", known=True)
        markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}
        await stage.call("sendMessage", chat_id=7, text="?", reply_markup=markup)
        free, taken = asyncio.Event(), list[str]()

        async def slow_for_one(update: dict[str, Any]) -> int:
            if "callback_query" in update:
                taken.append("press")
                return 200
            text = update["message"]["text"]
            if text == "1":
                await free.wait()
            taken.append(text)
            return 200

        async with listening(slow_for_one) as (url, _seen):
            await stage.call("setWebhook", url=url)
            await say_some(stage, "1", "2")
            await stage.an.presses("Có")
            await binh.says("b")
            await until(lambda: len(taken) == 2)
            assert sorted(taken) == ["b", "press"]
            free.set()
            await until(lambda: len(taken) == 4)
            assert taken[2:] == ["1", "2"]

    play(story)


def test_what_no_webhook_took_is_there_for_a_poll(play: Play) -> None:
    async def story(stage: Stage) -> None:
        async def refuse(_update: dict[str, Any]) -> int:
            return 503

        async with listening(refuse) as (url, _seen):
            await stage.call("setWebhook", url=url)
            await say_some(stage, "1", "2")
            await until(lambda: len(stage.server.state.updates) == 2)
            assert (await stage.call("getWebhookInfo"))["pending_update_count"] == 2
            await stage.call("deleteWebhook")
        assert texts(await stage.polled()) == ["1", "2"]
        await stage.call("deleteWebhook", drop_pending_updates=True)
        assert await stage.polled() == []

    play(story)


def test_faults_of_a_send(play: Play) -> None:
    async def story(stage: Stage) -> None:
        faults, url = stage.server.faults, f"{stage.server.url}/bot{TOKEN}/sendMessage"

        async def send(text: str, chat: int = 7) -> tuple[int, str]:
            try:
                async with stage.http.post(url, json={"chat_id": chat, "text": text}) as answer:
                    return answer.status, await answer.text()
            except aiohttp.ClientError:
                return 0, ""

        Person(stage.server, 8, "Bình", known=True)
        faults.order("sendMessage", Fault.LOST_ANSWER, chat=7)
        assert (await send("bình thường", 8))[0] == 200
        assert (await send("mất trả lời"))[0] == 0
        for fault, status in (
            (Fault.BAD_GATEWAY, 502),
            (Fault.BAD_GATEWAY_AFTER, 502),
            (Fault.SERVER_ERROR, 500),
            (Fault.BLOCKED, 403),
            (Fault.REFUSE, 0),
            (Fault.TOO_MANY, 429),
        ):
            faults.order("sendMessage", fault, seconds=3)
            got = await send(fault)
            assert got[0] == status, fault
        assert '"retry_after": 3' in got[1]
        faults.order("sendMessage", Fault.HANG, seconds=1)
        assert (await send("treo"))[0] == 0
        assert (await send("xong"))[0] == 200
        assert stage.an.texts == ["mất trả lời", "bad_gateway_after", "xong"]
        assert faults.orders == []

    play(story)
