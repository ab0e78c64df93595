"""The command line, in this process: what it prints, and how it ends."""

import asyncio
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot import cli
from playground.server import BotApiServer
from tests.clock import FrozenClock
from tests.people import at

TOKEN = "4242:" + "A" * 35


@dataclass
class Outcome:
    code: int
    out: str
    err: str


Chidoan = Callable[..., Outcome]


@pytest.fixture
def home(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder where the command is typed; its data folder has an empty database."""
    for name in os.environ:
        if name.startswith("CHIDOAN_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("CHIDOAN_CLOCK_START", "2018-11-14T19:42:00")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    shutil.copy(template, tmp_path / "data" / "chidoan.db")
    return tmp_path


@pytest.fixture
def chidoan(home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Chidoan:
    """chidoan("import", "units.csv") as it is typed in `home`."""

    def typed(*words: str) -> Outcome:
        monkeypatch.setattr("sys.argv", ["chidoan", *words])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err
        return Outcome(int(ended.value.code or 0), shown.out, shown.err)

    return typed


@pytest.fixture
def telegram(monkeypatch: pytest.MonkeyPatch) -> Iterator[BotApiServer]:
    """A Bot API server that the settings point at."""
    loop = asyncio.new_event_loop()
    server = BotApiServer(TOKEN, FrozenClock(at(14, 11)).now)
    loop.run_until_complete(server.start())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    monkeypatch.setenv("CHIDOAN_TELEGRAM_API_URL", server.url)
    monkeypatch.setenv("CHIDOAN_TELEGRAM_TOKEN", TOKEN)
    yield server
    asyncio.run_coroutine_threadsafe(server.stop(), loop).result(10)
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()
