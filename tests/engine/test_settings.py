"""A bad setting names itself and what it should be."""

import pytest

from bot.settings import SettingsError, load_settings


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("TELEGRAM_TOKEN", "abc", "CHIDOAN_TELEGRAM_TOKEN"),
        ("TELEGRAM_API_URL", "api.telegram.org", "CHIDOAN_TELEGRAM_API_URL"),
        ("DATABASE_URL", "mysql://x", "CHIDOAN_DATABASE_URL"),
        ("TIMEZONE", "Hanoi", "CHIDOAN_TIMEZONE"),
        ("SEND_RATE", "-1", "CHIDOAN_SEND_RATE"),
        ("CLOCK_START", "yesterday", "CHIDOAN_CLOCK_START"),
        ("LISTEN", "8080", "CHIDOAN_LISTEN"),
    ],
)
def test_each(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(f"CHIDOAN_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert len(caught.value.problems) == 1
    assert caught.value.problems[0].startswith(told)
    assert value not in caught.value.problems[0] or name != "TELEGRAM_TOKEN"
