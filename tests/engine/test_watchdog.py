"""A turn that hangs ends the process: Telegram still has the update, and the next process answers the others."""

import subprocess
import sys

HANGS = """
import time
from bot.engine.intake import Watchdog
dog = Watchdog(limit_s=0.3)
dog.begin()
{then}
time.sleep(3)
"""


def run(then: str) -> int:
    return subprocess.run(
        [sys.executable, "-c", HANGS.format(then=then)], capture_output=True, timeout=30
    ).returncode


def test_a_hanging_turn_ends_the_process() -> None:
    assert run("") == 70


def test_a_turn_that_ended_does_not() -> None:
    assert run("dog.end()") == 0
