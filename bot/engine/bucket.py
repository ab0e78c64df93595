"""The token bucket of one bot: the messenger counts what a bot sends over all its chats."""

import asyncio
import time

BURST = 4  # tokens; a burst larger than this is what provokes a 429
RESERVE = 2  # tokens that reminders and broadcasts leave for replies


class Bucket:
    """`rate` in messages a second; 0: unlimited. Empty at start, so that a restart is no burst."""

    def __init__(self, rate: float) -> None:
        self._rate = rate
        self._tokens = 0.0
        self._at = time.monotonic()

    async def take(self) -> None:
        """Wait for one token, for a reply."""
        while not self._try(1, 0):
            await asyncio.sleep(self._wait(1))

    async def take_for_later(self, most: int) -> int:
        """Wait until at least one token is free beside the reserve; take up to `most`, return how many."""
        if not self._rate:
            return most
        while not self._try(1, RESERVE):
            await asyncio.sleep(self._wait(1 + RESERVE))
        taken = 1
        while taken < most and self._try(1, RESERVE):
            taken += 1
        return taken

    def give_back(self, count: int) -> None:
        self._tokens = min(BURST, self._tokens + count)

    def _try(self, wanted: int, leaving: int) -> bool:
        if not self._rate:
            return True
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._at) * self._rate)
        self._at = now
        if self._tokens < wanted + leaving:
            return False
        self._tokens -= wanted
        return True

    def _wait(self, wanted: int) -> float:
        return max(0.002, (wanted - self._tokens) / self._rate)
