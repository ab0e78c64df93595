"""A few whole paths over HTTP, and what the network and the server do to them."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import aiohttp
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from bot.clock import wall
from playground.faults import Fault
from storage.models import account, essay, file, outbox, pause, report
from tests import samples
from tests.end_to_end.conftest import Running

Play = Callable[..., None]


def scalar(stage: Running, query: Any) -> Any:
    with stage.app.database.reading() as conn:
        return conn.scalar(query)


async def until(check: Callable[[], bool], timeout_s: float = 10) -> None:
    for _ in range(int(timeout_s / 0.02)):
        if check():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to that")


def test_a_report(play: Play) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        await mai.says("/baocao")
        await mai.waits_for("Chi đoàn đã tham gia hội nghị học tập chưa?")
        await mai.presses("Đã tham gia")
        await mai.waits_for("Học ngày nào?")
        await mai.presses("Hôm nay")
        await mai.waits_for("Bao nhiêu đoàn viên")
        await mai.says("45")
        await mai.waits_for("có mặt đủ không?")
        await mai.presses("Đủ cả 3")
        await mai.waits_for("45/50")
        await mai.presses("Gửi báo cáo")
        await mai.waits_for("Đã nhận báo cáo, mã 0001", "đúng hạn")
        answered = [call for call in stage.server.state.calls if call.method == "answerCallbackQuery"]
        assert len(answered) == 4

    play(story)


def test_an_essay_is_received_only_when_it_is_stored(play: Play) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        stage.server.faults.order("getFile", Fault.BAD_GATEWAY, times=1)
        await mai.sends_photo(samples.jpeg())
        await mai.waits_for("Đây là bài thu hoạch của ai?")
        await mai.presses("Bài của tôi")
        await mai.waits_for("Đã thêm trang 1")
        await mai.sends_photo(samples.jpeg(b"2"))
        await mai.waits_for("Đã thêm trang 2")
        await mai.presses("Xong")
        await mai.waits_for("đang lưu bài")
        await mai.waits_for("Đã nhận bài thu hoạch của đồng chí Lê Thị Mai", "2 trang", timeout_s=25)
        assert scalar(stage, select(essay.c.state)) == "stored"
        assert scalar(stage, select(func.count()).select_from(file)) == 2
        stored = list((stage.settings.data_dir / "files").glob("??/*.jpg"))
        assert sorted(path.read_bytes() for path in stored) == sorted([samples.jpeg(), samples.jpeg(b"2")])

    play(story)


def test_a_damaged_file_leaves_the_essay_owed(play: Play) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        for content, told in ((b"%PDF-1.4 cut off", "không mở được"), (samples.docx(macro=True), "mã lệnh")):
            await mai.sends_document(content, "bai.docx" if content[:2] == b"PK" else "bai.pdf")
            await mai.waits_for("Đây là bài thu hoạch của ai?")
            await mai.presses("Bài của tôi")
            await mai.waits_for("Đã thêm tệp")
            await mai.presses("Xong")
            await mai.waits_for("chưa lưu được", told)
        await mai.says("/trangthai")
        await mai.waits_for("Bài thu hoạch của đồng chí")

    play(story)


def test_a_lost_answer_is_said_again_and_counts_once(play: Play) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        stage.server.faults.order("sendMessage", Fault.LOST_ANSWER)
        stage.server.faults.order("sendMessage", Fault.BAD_GATEWAY)
        await mai.says("12/11 45/50, đủ tài liệu")
        await mai.waits_for("45/50")
        await mai.presses("Gửi báo cáo")
        await mai.waits_for("Đã nhận báo cáo, mã 0001")
        assert scalar(stage, select(func.count()).select_from(report)) == 1

    play(story)


def test_a_429_pauses_the_chat_and_nothing_is_lost(play: Play) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        stage.server.faults.order("sendMessage", Fault.TOO_MANY, seconds=1)
        await mai.says("/trogiup")
        await mai.waits_for("/baocao")
        calls = [call for call in stage.server.state.calls if call.method == "sendMessage"]
        assert calls[1].at - calls[0].at >= 0.95
        assert scalar(stage, select(pause.c.reason)) == "429"

    play(story)


def test_whoever_blocked_is_unreachable_until_they_speak_again(play: Play) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        mai.chat.blocked = True
        await mai.says("/trogiup")
        await until(lambda: scalar(stage, select(account.c.reachable)) is False)
        mai.chat.blocked = False
        await mai.says("/trogiup")
        await mai.waits_for("/baocao")
        assert scalar(stage, select(account.c.reachable)) is True

    play(story)


def test_an_edit_of_a_message_that_is_gone_is_sent_anew(play: Play) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        await mai.says("/baocao")
        await mai.waits_for("đã tham gia")
        question = mai.messages[-1]
        del mai.chat.messages[question["message_id"]]
        await mai.presses("Đã tham gia", on=question)
        await mai.waits_for("Học ngày nào?")

    play(story)


def test_by_webhook_with_a_secret(play: Play, unused_port: int) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        await until(lambda: stage.server.state.webhook is not None)
        await mai.says("/baocao")
        await mai.waits_for("đã tham gia")
        await mai.presses("Đã tham gia")
        await mai.waits_for("Học ngày nào?")

    play(
        story,
        webhook_url=f"http://127.0.0.1:{unused_port}/telegram",
        webhook_secret="a-secret",
        listen=f"127.0.0.1:{unused_port}",
    )


def test_sent_rows_are_marked(play: Play) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        await mai.says("/trogiup")
        await mai.waits_for("/baocao")
        await until(lambda: scalar(stage, select(outbox.c.state)) == "sent")

    play(story)


def test_healthz_says_how_it_is(play: Play, unused_port: int) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        await mai.says("/trogiup")
        await mai.waits_for("/baocao")
        async with aiohttp.ClientSession() as session:
            await until_polled(session, unused_port)

    async def until_polled(session: aiohttp.ClientSession, port: int) -> None:
        for _ in range(100):
            async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
                facts = await answer.json()
                if facts["ok"] and facts["updates"] == 1:
                    return
            await asyncio.sleep(0.05)
        raise AssertionError(facts)

    play(story, listen=f"127.0.0.1:{unused_port}")


def test_a_full_disk_acknowledges_nothing_and_loses_nothing(play: Play) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        full = 3
        run = stage.app.intake._runner.run

        def refuse(*args: Any) -> Any:
            nonlocal full
            full -= 1
            if full >= 0:
                raise OperationalError("insert", {}, Exception("database or disk is full"))
            return run(*args)

        setattr(stage.app.intake._runner, "run", refuse)  # noqa: B010 - it is a method
        await mai.says("12/11 45/50")
        await mai.waits_for("45/50")
        assert full < 0

    play(story)


def test_after_a_gap_a_lost_press_is_asked_for_again(play: Play) -> None:
    async def story(stage: Running) -> None:
        mai = stage.person("Lê Thị Mai", 103)
        await mai.says("/baocao")
        await mai.waits_for("đã tham gia")
        mai.chat.messages.clear()
        before = stage.clock.now(), wall() - timedelta(minutes=5)
        stage.app.intake._last_poll = before
        await mai.says("/trogiup")
        await mai.waits_for("Hệ thống vừa gián đoạn")

    play(story)


def test_a_material_is_stored_and_sent_on_and_one_with_macros_is_not(play: Play) -> None:
    async def story(stage: Running) -> None:
        xa, mai = stage.person("Vũ Văn Xã", 203), stage.person("Lê Thị Mai", 103)
        await xa.says("/tailieu")
        await xa.waits_for("Chưa có tài liệu nào")
        await xa.presses("Thêm tài liệu")
        await xa.waits_for("Tài liệu tên gì?")
        await xa.says("Lịch học")
        await xa.waits_for("dành cho cấp nào?")
        await xa.presses("Mọi cấp")
        await xa.waits_for("gửi tệp PDF")
        await xa.sends_document(samples.office("ppt/presentation.xml"), "lich.pptx")
        await xa.waits_for("Đã thêm 1 tệp")
        await xa.sends_document(samples.docx(macro=True), "lich.docx")
        await xa.waits_for("Đã thêm 2 tệp")
        await xa.presses("Xong")
        await xa.waits_for("Tệp: 2")
        await xa.presses("Đăng")
        await xa.waits_for("Đã đăng")
        await xa.waits_for("chưa lưu được nên không gửi cho ai", "mã lệnh")
        await xa.presses("Xem tài liệu này")
        await xa.waits_for("Tệp: 1")
        await until(lambda: (scalar(stage, select(file.c.path)) or "").endswith(".pptx"))
        await mai.says("/tailieu")
        await mai.waits_for("Tài liệu học tập")
        await mai.presses("Lịch học")
        await until(lambda: any("document" in message for message in mai.messages))
        assert mai.messages[-1]["document"]["file_name"] == "lich.pptx"

    play(story)
