"""The page of phones in a real browser: its script draws what the phones hold."""

import asyncio
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.playground.conftest import Browser, Stage

MISSING = "Chromium not found: apt-get install chromium"
PATIENCE_MS = (2000, 6000, 15000)  # a machine that is busy draws later
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.mark.chromium
def test_the_script_draws_the_messages(page: Any, tmp_path: Path) -> None:
    chromium = _program()

    async def story(browser: Browser) -> None:
        stage = Stage(browser.server, browser.http, browser.an)
        await browser.an.says("<script>alert(1)</script>")
        text = 'Chào <b>đồng chí <i>Mai</i></b> <a href="https://example.org/a">đây</a>'
        markup = {"inline_keyboard": [[{"text": "Đã tham gia", "callback_data": "y"}]]}
        await stage.call("sendMessage", chat_id=7, text=text, parse_mode="HTML", reply_markup=markup)
        await stage.call("setMyCommands", commands=[{"command": "baocao", "description": "Báo cáo"}])
        dom = await _drawn(chromium, browser.server.url, tmp_path, until="<i>Mai</i>")
        assert "<b>đồng chí <i>Mai</i></b>" in dom
        assert "&lt;script&gt;alert(1)" in dom
        assert '<div class="row"><button>Đã tham gia</button></div>' in dom
        assert "<b>/baocao</b>" in dom
        assert 'href="https://example.org/a"' in dom
        assert "12/11/2018 · 19:30" in dom

    page(story)


def _program() -> str:
    """Skips the test where there is no browser; on CI that is a failure."""
    found = shutil.which("chromium")
    if found is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(MISSING)
    return found


async def _drawn(chromium: str, url: str, profile: Path, until: str) -> str:
    """The page as it stands once `until` is on it."""
    dom = ""
    for patience in PATIENCE_MS:
        dom = await _dumped(chromium, url, profile, patience)
        if until in dom:
            break
    return dom


async def _dumped(chromium: str, url: str, profile: Path, patience_ms: int) -> str:
    arguments = (*QUIET, f"--user-data-dir={profile}", f"--timeout={patience_ms}", "--dump-dom", f"{url}/")
    process = await asyncio.create_subprocess_exec(
        chromium, *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        out, _ = await asyncio.wait_for(process.communicate(), 40)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return out.decode()
