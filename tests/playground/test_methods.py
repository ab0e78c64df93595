"""What the methods take, answer and refuse."""

import json
from typing import Any

import pytest

from playground.people import Person
from playground.server import RateLimits
from tests.playground.conftest import TOKEN, Play, Stage

KEYS = {"inline_keyboard": [[{"text": "Có", "callback_data": "y"}]]}


def keyboard(**button: Any) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": [[button]]}}


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("sendMessage", {"text": ""}, "message text is empty"),
    ("sendMessage", {"text": " \n "}, "message text is empty"),
    ("sendMessage", {"text": "<b></b>", "parse_mode": "HTML"}, "message text is empty"),
    ("sendMessage", {"text": "x" * 4097}, "message is too long"),
    ("sendMessage", {"text": "x", "chat_id": 99}, "chat not found"),
    ("sendMessage", {"text": "x", "chat_id": "@ai"}, "chat not found"),
    ("sendMessage", {"text": "x", "chat_id": [7]}, "chat not found"),
    ("sendMessage", {"text": "x", "chat_id": None}, "chat_id is empty"),
    ("sendMessage", {"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
    ("sendMessage", {"text": "<b>x", "parse_mode": "HTML"}, "can't parse entities: Can't find end tag"),
    ("sendMessage", {"text": "x", "reply_markup": "{"}, "can't parse reply keyboard markup JSON object"),
    ("sendMessage", {"text": "x", "reply_markup": [1]}, "object expected as reply markup"),
    ("sendMessage", {"text": "x", "reply_markup": {"inline_keyboard": 1}}, 'field "inline_keyboard" must be'),
    ("sendMessage", {"text": "x", "reply_markup": {"keyboard": [1]}}, 'field "keyboard" must be'),
    ("sendMessage", {"text": "x", **keyboard(callback_data="y")}, "can't parse inline keyboard button: Can't find"),
    ("sendMessage", {"text": "x", **keyboard(text="a")}, "can't parse inline keyboard button: Text buttons"),
    ("sendMessage", {"text": "x", **keyboard(text="a", callback_data="x" * 65)}, "BUTTON_DATA_INVALID"),
    ("sendMessage", {"text": "x", **keyboard(text="a", callback_data="đ" * 33)}, "BUTTON_DATA_INVALID"),
    (
        "sendMessage",
        {"text": "x", "reply_markup": {"inline_keyboard": [KEYS["inline_keyboard"][0]] * 101}},
        "reply markup is too long",
    ),
    ("editMessageText", {"text": "x"}, "message identifier is not specified"),
    ("editMessageText", {"text": "x", "message_id": 999}, "message to edit not found"),
    ("editMessageText", {"text": "x", "message_id": 1, "reply_markup": {"keyboard": [["a"]]}}, "inline keyboard expected"),
    ("deleteMessage", {"message_id": 999}, "message to delete not found"),
    ("copyMessage", {"from_chat_id": 7, "message_id": 999}, "message to copy not found"),
    ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old and response timeout expired or query ID is invalid"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "x" * 201}, "MESSAGE_TOO_LONG"),
    ("setMyCommands", {"commands": [{"command": "BaoCao", "description": "x"}]}, "BOT_COMMAND_INVALID"),
    ("setMyCommands", {"commands": [{"command": "bao", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
    ("setMyCommands", {"commands": [], "scope": {"type": "moon"}}, "unsupported type specified"),
    ("setMyShortDescription", {"short_description": "x" * 121}, "short_description is too long"),
    ("setWebhook", {"url": "x"}, "bad webhook"),
    ("setWebhook", {"url": "http://127.0.0.1:1/", "secret_token": "a b"}, "secret token contains"),
]  # fmt: skip


@pytest.mark.parametrize(("method", "params", "why"), REFUSED, ids=lambda one: str(one)[:60])
def test_refusals(play: Play, method: str, params: dict[str, Any], why: str) -> None:
    async def story(stage: Stage) -> None:
        assert str(await stage.call(method, **{"chat_id": 7, **params})).startswith(f"400 Bad Request: {why}")
        assert stage.an.messages == []

    play(story)


def test_the_longest_text_counts_after_its_tags(play: Play) -> None:
    async def story(stage: Stage) -> None:
        sent = await stage.call("sendMessage", chat_id=7, text="<b>" + "ố" * 4096 + "</b>", parse_mode="HTML")
        assert len(sent["text"]) == 4096

    play(story)


def test_entities_move_with_the_white_space_that_is_cut_off(play: Play) -> None:
    async def story(stage: Stage) -> None:
        sent = await stage.call("sendMessage", chat_id=7, text="\n <b>x</b> y ", parse_mode="HTML")
        assert (sent["text"], sent["entities"]) == ("x y", [{"type": "bold", "offset": 0, "length": 1}])

    play(story)


def test_tokens_methods_and_bodies(play: Play) -> None:
    async def story(stage: Stage) -> None:
        url, http = stage.server.url, stage.http
        assert await stage.call("flyToTheMoon") == "404 Not Found"
        async with http.get(f"{url}/bot1:wrong/getMe") as answer:
            assert (answer.status, (await answer.json())["description"]) == (401, "Unauthorized")
        for body in (b"{", b"[1]"):
            headers = {"Content-Type": "application/json"}
            async with http.post(f"{url}/bot{TOKEN}/sendMessage", data=body, headers=headers) as answer:
                assert answer.status == 400
        text = {"chat_id": "7", "text": "x", "reply_markup": json.dumps(KEYS)}
        async with http.get(f"{url}/bot{TOKEN}/sendMessage", params=text) as answer:
            assert (await answer.json())["result"]["reply_markup"] == KEYS
        async with http.post(f"{url}/bot{TOKEN}/sendMessage", data=text) as answer:
            assert (await answer.json())["result"]["date"] == int(stage.server.state.now().timestamp())

    play(story)


def test_an_edit_must_change_something(play: Play) -> None:
    async def story(stage: Stage) -> None:
        sent = await stage.call("sendMessage", chat_id=7, text="a", reply_markup=KEYS)
        where = {"chat_id": 7, "message_id": sent["message_id"]}
        same = await stage.call("editMessageText", **where, text="a", reply_markup=KEYS)
        assert same.startswith("400 Bad Request: message is not modified: specified new message content")
        edited = await stage.call("editMessageText", **where, text="a")
        assert "reply_markup" not in edited
        assert edited["edit_date"]
        assert (await stage.call("editMessageReplyMarkup", **where, reply_markup=KEYS))[
            "reply_markup"
        ] == KEYS
        none = await stage.call("editMessageCaption", **where, caption="x")
        assert none == "400 Bad Request: there is no caption in the message to edit"
        assert await stage.call("deleteMessage", **where) is True
        assert (
            await stage.call("editMessageText", **where, text="b")
            == "400 Bad Request: message to edit not found"
        )

    play(story)


def test_people_must_speak_first_and_may_block(play: Play) -> None:
    async def story(stage: Stage) -> None:
        binh = Person(stage.server, 8, "Bình")
        assert await stage.call("sendMessage", chat_id=8, text="x") == "400 Bad Request: chat not found"
        await binh.says("/start")
        assert (await stage.call("sendMessage", chat_id=8, text="x"))["chat"]["id"] == 8
        await binh.blocks()
        blocked = "403 Forbidden: bot was blocked by the user"
        for method in ("sendMessage", "editMessageText"):
            assert await stage.call(method, chat_id=8, text="x", message_id=2) == blocked
        await binh.unblocks()
        await stage.call("sendMessage", chat_id=8, text="y")
        assert binh.texts == ["x", "y"]

    play(story)


def test_a_press_is_answered_once_and_in_time(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.call("sendMessage", chat_id=7, text="a", reply_markup=KEYS)
        await stage.an.presses("Có")
        await stage.an.presses("Có")
        first, second = [one["callback_query"]["id"] for one in await stage.polled()]
        assert await stage.call("answerCallbackQuery", callback_query_id=first, text="Đã ghi") is True
        assert stage.an.toasts == ["Đã ghi"]
        too_old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
        assert await stage.call("answerCallbackQuery", callback_query_id=first) == too_old
        stage.server.state.callbacks_for_s = 0
        assert await stage.call("answerCallbackQuery", callback_query_id=second) == too_old

    play(story)


def test_menus_by_scope(play: Play) -> None:
    async def story(stage: Stage) -> None:
        everybody = [{"command": "start", "description": "Bắt đầu"}]
        own = [{"command": "duyet", "description": "Duyệt"}]
        chat = {"type": "chat", "chat_id": 7}
        await stage.call("setMyCommands", commands=everybody)
        await stage.call("setMyCommands", commands=own, scope=chat)
        assert await stage.call("getMyCommands") == everybody
        assert await stage.call("getMyCommands", scope=chat) == own
        await stage.call("deleteMyCommands", scope=chat)
        assert await stage.call("getMyCommands", scope=chat) == []
        assert await stage.call("setChatMenuButton", menu_button={"type": "commands"}) is True
        assert await stage.call("setMyDescription", description="Báo cáo") is True

    play(story)


def test_rate_limits(play: Play) -> None:
    async def story(stage: Stage) -> None:
        Person(stage.server, 8, "Bình", known=True)
        stage.server.limits = RateLimits(per_second=3, per_chat=2)
        told = [await stage.call("sendMessage", chat_id=chat, text="x") for chat in (7, 7, 7, 8, 8)]
        limited = "429 Too Many Requests: retry after 1"
        assert [one == limited for one in told] == [False, False, True, False, True]
        assert [call.outcome for call in stage.server.calls_of("sendMessage")] == [200, 200, 429, 200, 429]

    play(story)
