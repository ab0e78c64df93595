"""The bot as a process of its own, and what it costs."""

import os
import signal
import subprocess
import sys
from pathlib import Path

CLOCK = "2018-11-14T19:42:00"
ROOT = Path(__file__).parent.parent
TICKS = os.sysconf("SC_CLK_TCK")


class BotProcess:
    def __init__(
        self,
        folder: Path,
        api_url: str,
        token: str,
        command: list[str] | None = None,
        *,
        clock: str = CLOCK,
        rate: float = 0,
    ) -> None:
        self.folder = folder
        self._command = command or [sys.executable, "-m", "bot", "run"]
        self._environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("CHIDOAN_")},
            "PYTHONPATH": str(ROOT),
            "CHIDOAN_TELEGRAM_TOKEN": token,
            "CHIDOAN_TELEGRAM_API_URL": api_url,
            "CHIDOAN_DATA_DIR": str(folder),
            "CHIDOAN_SEND_RATE": str(rate),
            "CHIDOAN_CLOCK_START": clock,
            "CHIDOAN_LISTEN": "127.0.0.1:0",
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        log = (self.folder / "bot.log").open("ab")
        self._process = subprocess.Popen(
            self._command, cwd=self.folder, env=self._environment, stdout=log, stderr=log
        )
        log.close()

    def kill(self) -> None:
        """-9, in the middle of whatever it does."""
        assert self._process is not None
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self) -> int:
        assert self._process is not None
        self._process.terminate()
        return self._process.wait(30)

    def cpu_s(self) -> float:
        """Of all its threads, user and system."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def resident_mb(self) -> float:
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS"):
                return int(line.split()[1]) / 1024
        return 0.0
