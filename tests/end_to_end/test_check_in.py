"""A hall's code over HTTP: one picture, changed in place while the hall is open."""

import asyncio
from collections.abc import Callable
from typing import Any

from tests.end_to_end.conftest import Running


def test_the_picture_is_changed_in_place(play: Callable[..., None]) -> None:
    async def story(stage: Running) -> None:
        xa = stage.person("Vũ Văn Xã", 203)
        await xa.says("/diemdanh")
        await xa.waits_for("chưa có hội nghị nào")
        await xa.presses("Mở điểm danh")
        await xa.waits_for("Họp ở đâu?")
        await xa.says("nhà văn hoá xã")
        await xa.waits_for("Đã điểm danh: 0 người")
        (picture,) = _pictures(stage)
        first = picture["photo"][-1]["file_id"]
        await xa.presses("Đóng điểm danh")
        await xa.waits_for("Đã đóng điểm danh: 0 người")
        for _ in range(100):
            (picture,) = _pictures(stage)
            if picture["photo"][-1]["file_id"] != first:
                break
            await asyncio.sleep(0.1)
        assert picture["caption"].startswith("Đã đóng điểm danh")
        assert picture["reply_markup"]["inline_keyboard"][0][0]["text"] == "Ai đã điểm danh"

    play(story)


def _pictures(stage: Running) -> list[dict[str, Any]]:
    return [one for one in stage.server.state.chats[203].messages.values() if "photo" in one]
