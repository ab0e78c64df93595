"""[In mã QR] over HTTP: the PDF arrives, and a code on it lets somebody in."""

from collections.abc import Callable

from pypdf import PdfReader

from tests.end_to_end.conftest import Running


def test_the_sheet_arrives(play: Callable[..., None]) -> None:
    async def story(stage: Running) -> None:
        xa = stage.person("Vũ Văn Xã", 203)
        await xa.says("/donvi hoằng quỳ")
        await xa.waits_for("Đoàn xã Hoằng Quỳ")
        await xa.presses("In mã QR")
        await xa.waits_for("12 thẻ, 2 trang A4")
        (made,) = (stage.settings.data_dir / "exports").glob("*.pdf")
        text = PdfReader(made).pages[0].extract_text()
        name = stage.server.state.bot["username"]
        assert f"@{name}" in text
        code = next(line for line in text.splitlines() if line.startswith("Mã: ")).removeprefix("Mã: ")
        stranger = type(xa)(stage.server, 900, "Mới")
        await stranger.says(code)
        await stranger.waits_for("Bí Thư Thôn 1")

    play(story)
