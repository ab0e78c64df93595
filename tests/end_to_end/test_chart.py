"""/tiendo over HTTP: the figures at once, the picture behind them."""

from collections.abc import Callable

from tests.end_to_end.conftest import Running


def test_the_picture_follows_the_text(play: Callable[..., None]) -> None:
    async def story(stage: Running) -> None:
        xa = stage.person("Vũ Văn Xã", 203)
        await xa.says("/tiendo")
        await xa.waits_for("0/4 chi đoàn", "chưa báo cáo 4")
        await xa.waits_for("Đã báo cáo 0, chưa báo cáo 4.")
        (picture,) = [one for one in stage.server.state.chats[203].messages.values() if "photo" in one]
        assert picture["photo"][-1]["width"] == 1080

    play(story)
