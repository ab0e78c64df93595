"""Nothing that opens anything is ever logged, whoever wrote the line."""

import logging

import pytest
import structlog

from bot import logs

TOKEN = "123456789:AAE-abcdefghijklmnopqrstuvwxyz12345"


def test_the_token_is_redacted() -> None:
    assert TOKEN not in logs.redact(f"POST https://api.telegram.org/bot{TOKEN}/getMe")
    assert "start=" in logs.redact("https://t.me/bot?start=abcdefgh")
    assert "abcdefgh" not in logs.redact("https://t.me/bot?start=abcdefgh")


def test_lines_of_other_libraries_too(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.handlers[:]
    try:
        logs.configure(readable=False)
        logging.getLogger("httpx").warning("failed: %s", f"/bot{TOKEN}/sendMessage")
        assert TOKEN not in capsys.readouterr().err
    finally:
        root.handlers[:] = before
        structlog.reset_defaults()
