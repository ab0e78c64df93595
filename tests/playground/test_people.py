"""People as scripts, and the files they send."""

import asyncio
import struct
from typing import Any

import aiohttp
import pytest

from playground.faults import DOWNLOAD, Fault
from playground.media import picture_size
from tests.playground.conftest import TOKEN, Play, Stage

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 2000, 1000)


async def content_of(stage: Stage, file_id: str) -> bytes:
    found = await stage.call("getFile", file_id=file_id)
    async with stage.http.get(f"{stage.server.url}/file/bot{TOKEN}/{found['file_path']}") as answer:
        assert answer.status == 200
        return await answer.read()


def test_an_waits_for_what_is_new_or_changed(play: Play) -> None:
    async def story(stage: Stage) -> None:
        sent = await stage.call("sendMessage", chat_id=7, text="Học ngày nào?")
        await stage.an.says("hôm qua")
        with pytest.raises(AssertionError, match="did not come"):
            await stage.an.waits_for("Học ngày nào?", timeout_s=0.05)
        waiting = asyncio.create_task(stage.an.waits_for("Bao nhiêu", "?"))
        await asyncio.sleep(0.05)
        where = {"chat_id": 7, "message_id": sent["message_id"]}
        await stage.call("editMessageText", **where, text="Bao nhiêu đoàn viên?")
        assert await waiting == "Bao nhiêu đoàn viên?"
        assert stage.an.last["edit_date"]
        await stage.call("sendMessage", chat_id=7, text="Còn lại")
        assert await stage.an.sees("Bao nhiêu", "Còn lại")

    play(story)


def test_buttons_by_their_label(play: Play) -> None:
    async def story(stage: Stage) -> None:
        an = stage.an
        link = {"text": "Mời", "url": "https://t.me/chidoan_bot?start=abc"}
        rows = [[{"text": "Có", "callback_data": "old"}, link]]
        await stage.call("sendMessage", chat_id=7, text="1", reply_markup={"inline_keyboard": rows})
        old = dict(an.last)
        rows = [[{"text": "Có", "callback_data": "new"}, {"text": "Không", "callback_data": "no"}]]
        await stage.call("sendMessage", chat_id=7, text="2", reply_markup={"inline_keyboard": rows})
        assert an.buttons == ["Có", "Không"]
        await an.presses("Có")
        await an.presses("Có", on=old)
        await an.presses("Mời")
        with pytest.raises(
            AssertionError, match=r"no button 'Lạ'; now: \['Có', 'Không'\]; last: \['1', '2'\]"
        ):
            await an.presses("Lạ")
        found = await stage.polled()
        assert [one["callback_query"]["data"] for one in found[:2]] == ["new", "old"]
        assert found[2]["message"]["text"] == "/start abc"
        assert found[2]["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 6}]

    play(story)


def test_keys_below_the_text_field(play: Play) -> None:
    async def story(stage: Stage) -> None:
        an = stage.an
        ask = [[{"text": "Chia sẻ số", "request_contact": True}, "Gõ mã"]]
        markup = {"keyboard": ask, "one_time_keyboard": True}
        await stage.call("sendMessage", chat_id=7, text="?", reply_markup=markup)
        assert an.buttons == ["Chia sẻ số", "Gõ mã"]
        await an.presses("Chia sẻ số")
        assert an.buttons == []
        await an.shares_contact("0900000002", user_id=99)
        contacts = [one["message"]["contact"] for one in await stage.polled()]
        assert [(one["phone_number"], one["user_id"]) for one in contacts] == [
            ("0900000001", 7),
            ("0900000002", 99),
        ]
        await stage.call("sendMessage", chat_id=7, text="?", reply_markup={"keyboard": [["Có"]]})
        await an.presses("Có")
        assert an.buttons == ["Có"]
        await stage.call("sendMessage", chat_id=7, text="!", reply_markup={"remove_keyboard": True})
        assert an.buttons == []

    play(story)


def test_a_photo_comes_in_sizes_that_can_all_be_fetched(play: Play) -> None:
    async def story(stage: Stage) -> None:
        await stage.an.sends_photo(PNG, caption="Trang 1", album="a")
        message = (await stage.polled())[0]["message"]
        assert (message["caption"], message["media_group_id"]) == ("Trang 1", "a")
        sizes = message["photo"]
        assert [(one["width"], one["height"]) for one in sizes] == [
            (90, 45),
            (320, 160),
            (800, 400),
            (1280, 640),
        ]
        assert len({one["file_unique_id"] for one in sizes}) == 4
        for one in sizes:
            assert await content_of(stage, one["file_id"]) == PNG

    play(story)


def test_documents_and_what_is_too_big(play: Play) -> None:
    async def story(stage: Stage) -> None:
        an = stage.an
        sent = await an.sends_document(b"%PDF", "bài thu hoạch.pdf", caption="của tôi")
        document = sent["document"]
        assert (document["mime_type"], document["file_size"]) == ("application/pdf", 4)
        assert await content_of(stage, document["file_id"]) == b"%PDF"
        await an.sends_again(sent)
        found = await stage.polled()
        assert [one["message"]["document"]["file_unique_id"] for one in found] == [
            document["file_unique_id"]
        ] * 2
        big = await an.sends_document(b"x" * (20 * 1024 * 1024 + 1), "to.pdf")
        refused = await stage.call("getFile", file_id=big["document"]["file_id"])
        assert refused == "400 Bad Request: file is too big"
        assert (await stage.call("getFile", file_id="?")).startswith("400 Bad Request: wrong file_id")

    play(story)


def test_a_download_that_breaks_off(play: Play) -> None:
    async def story(stage: Stage) -> None:
        sent = await stage.an.sends_document(b"x" * 1000, "a.pdf")
        found = await stage.call("getFile", file_id=sent["document"]["file_id"])
        stage.server.faults.order(DOWNLOAD, Fault.CUT_SHORT)
        with pytest.raises(aiohttp.ClientPayloadError):
            await _whole(stage, found)
        assert len(await _whole(stage, found)) == 1000

    play(story)


async def _whole(stage: Stage, found: dict[str, Any]) -> bytes:
    async with stage.http.get(f"{stage.server.url}/file/bot{TOKEN}/{found['file_path']}") as answer:
        return await answer.read()


def test_the_other_kinds_of_message(play: Play) -> None:
    async def story(stage: Stage) -> None:
        an = stage.an
        await an.sends_voice()
        await an.sends_sticker()
        await an.says("x")
        await an.edits(an.messages[-1], "y")
        kinds = [set(one) - {"update_id"} for one in await stage.polled()]
        assert kinds == [{"message"}, {"message"}, {"message"}, {"edited_message"}]

    play(story)


def test_the_size_of_a_picture() -> None:
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x11\x08" + struct.pack(">HH", 600, 800) + b"\x03" * 9
    assert picture_size(PNG) == (2000, 1000)
    assert picture_size(jpeg) == (800, 600)
    assert picture_size(b"\xff\xd8\xff\xe0\x00") is None
    assert picture_size(b"GIF89a") is None
