"""The page of phones in a real browser: its script draws what the phones hold."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.playground.conftest import Browser, Stage

CHROMIUM = shutil.which("chromium") or ""
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.mark.chromium
@pytest.mark.skipif(not CHROMIUM, reason="no Chromium here")
def test_the_script_draws_the_messages(page: Any, tmp_path: Path) -> None:
    async def story(browser: Browser) -> None:
        stage = Stage(browser.server, browser.http, browser.an)
        await browser.an.says("<script>alert(1)</script>")
        text = 'Chào <b>đồng chí <i>Mai</i></b> <a href="https://example.org/a">đây</a>'
        markup = {"inline_keyboard": [[{"text": "Đã tham gia", "callback_data": "y"}]]}
        await stage.call("sendMessage", chat_id=7, text=text, parse_mode="HTML", reply_markup=markup)
        await stage.call("setMyCommands", commands=[{"command": "baocao", "description": "Báo cáo"}])
        dom = await _drawn(browser.server.url, tmp_path)
        assert "<b>đồng chí <i>Mai</i></b>" in dom
        assert "&lt;script&gt;alert(1)" in dom
        assert '<div class="row"><button>Đã tham gia</button></div>' in dom
        assert "<b>/baocao</b>" in dom
        assert 'href="https://example.org/a"' in dom
        assert "12/11/2018 · 19:30" in dom

    page(story)


async def _drawn(url: str, profile: Path) -> str:
    """The page as it stands after two seconds."""
    arguments = (*QUIET, f"--user-data-dir={profile}", "--timeout=2000", "--dump-dom", f"{url}/")
    process = await asyncio.create_subprocess_exec(
        CHROMIUM, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        out, _ = await asyncio.wait_for(process.communicate(), 40)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return out.decode()
