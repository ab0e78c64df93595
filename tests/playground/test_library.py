"""python-telegram-bot's own client understands every answer."""

import struct

import pytest
from telegram import Bot, BotCommand, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument
from telegram.error import BadRequest, Forbidden, RetryAfter

from playground.faults import Fault
from tests.playground.conftest import TOKEN, Play, Stage

PNG = b"\x89PNG\r\n\x1a\n" + b"\0\0\0\rIHDR" + struct.pack(">II", 640, 480)


def bot_of(stage: Stage) -> Bot:
    return Bot(TOKEN, base_url=f"{stage.server.url}/bot", base_file_url=f"{stage.server.url}/file/bot")


def test_send_edit_press_answer(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # otherwise RetryAfter warns about its own future

    async def story(stage: Stage) -> None:
        an = stage.an
        async with bot_of(stage) as bot:
            assert bot.username == "chidoan_bot"
            keys = InlineKeyboardMarkup([[InlineKeyboardButton("Đã tham gia", callback_data="1")]])
            sent = await bot.send_message(7, "<b>Chào</b> đồng chí", parse_mode="HTML", reply_markup=keys)
            assert (sent.text_html, sent.reply_markup) == ("<b>Chào</b> đồng chí", keys)
            await an.presses("Đã tham gia")
            await an.sends_voice()
            await an.sends_sticker()
            await an.blocks()
            await an.unblocks()
            updates = await bot.get_updates(timeout=1)
            query = updates[0].callback_query
            assert query is not None
            assert (query.data, query.from_user.id) == ("1", 7)
            assert await query.answer("Đã ghi")
            assert an.toasts == ["Đã ghi"]
            await query.edit_message_text("Học ngày nào?")
            assert an.texts == ["Học ngày nào?"]
            with pytest.raises(BadRequest, match="not modified"):
                await query.edit_message_text("Học ngày nào?")
            member = updates[3].my_chat_member
            assert member is not None
            assert member.new_chat_member.status == "kicked"
            assert await bot.get_updates(offset=updates[-1].update_id + 1) == ()
            await bot.set_my_commands([BotCommand("baocao", "Báo cáo")])
            assert [one.command for one in await bot.get_my_commands()] == ["baocao"]
            stage.server.faults.order("sendMessage", Fault.TOO_MANY, seconds=2)
            with pytest.raises(RetryAfter):
                await bot.send_message(7, "x")
            await an.blocks()
            with pytest.raises(Forbidden):
                await bot.send_message(7, "x")

    play(story)


def test_files_both_ways(play: Play) -> None:
    async def story(stage: Stage) -> None:
        async with bot_of(stage) as bot:
            await stage.an.sends_document(b"%PDF-1.4", "bài.pdf")
            message = (await bot.get_updates())[0].message
            assert message is not None
            assert message.document is not None
            file = await message.document.get_file()
            assert bytes(await file.download_as_bytearray()) == b"%PDF-1.4"
            back = await bot.send_document(
                7, b"xlsx", filename="tiến độ.xlsx", caption="<i>17 giờ</i>", parse_mode="HTML"
            )
            assert back.document is not None
            assert (back.document.file_name, back.caption_html) == ("tiến độ.xlsx", "<i>17 giờ</i>")
            photo = await bot.send_photo(7, PNG)
            assert photo.photo[-1].width == 640
            again = await bot.send_photo(7, photo.photo[-1].file_id)
            assert again.photo[-1].file_unique_id == photo.photo[-1].file_unique_id
            with pytest.raises(BadRequest, match=r"(?i)image_process_failed"):
                await bot.send_photo(7, b"not a picture")
            album = await bot.send_media_group(
                7, [InputMediaDocument(b"1", filename="1.txt"), InputMediaDocument(b"2")]
            )
            assert len({one.media_group_id for one in album}) == 1
            with pytest.raises(BadRequest, match="must be 2-10"):
                await bot.send_media_group(7, [InputMediaDocument(b"1")])
            copied = await bot.copy_message(7, 7, back.message_id, caption="khác")
            assert stage.an.last["message_id"] == copied.message_id
            assert stage.an.last["document"] == stage.an.chat.messages[back.message_id]["document"]

    play(story)
