"""How fast one bot may send: the messenger counts what it sends over all its chats.

Two things hold the rate. Tokens, taken before a message is claimed, spread the stream and keep a reserve for
replies. Slots, taken at the very moment of the call, hold that no second ever has more calls than `rate`,
which a full bucket followed by an even stream would exceed.
"""

import asyncio
import time
from collections import deque

BURST = 4  # tokens
RESERVE = 2  # tokens that reminders and broadcasts leave for replies
WINDOW_S = 1.02  # a second, and what the network may push together


class Bucket:
    """`rate` in messages a second; 0: unlimited. Empty at start, so that a restart is no burst."""

    def __init__(self, rate: float) -> None:
        self._rate = rate / WINDOW_S
        self._tokens = 0.0
        self._at = time.monotonic()
        self._calls: deque[float] = deque(maxlen=max(1, int(rate)))
        self._replies_waiting = 0

    async def take(self) -> None:
        """Wait for one token, for a reply."""
        while (wait := self._try(0)) > 0:
            await asyncio.sleep(wait)

    async def take_for_later(self, most: int) -> int:
        """Wait until at least one token is free beside the reserve; take up to `most`, return how many."""
        if not self._rate:
            return most
        while (wait := self._try(RESERVE)) > 0:
            await asyncio.sleep(wait)
        taken = 1
        while taken < most and self._try(RESERVE) == 0:
            taken += 1
        return taken

    def give_back(self, count: int) -> None:
        self._tokens = min(BURST, self._tokens + count)

    def _try(self, leaving: int) -> float:
        """0: one token was taken. Otherwise the seconds after which to try again."""
        if not self._rate:
            return 0
        now = time.monotonic()
        self._tokens = min(BURST, self._tokens + (now - self._at) * self._rate)
        self._at = now
        missing = 1 + leaving - self._tokens
        if missing > 0:
            return max(0.002, missing / self._rate)
        self._tokens -= 1
        return 0

    async def slot(self, count: int = 1, *, later: bool = False) -> None:
        """Wait until this second has room for `count` calls; replies go before what is sent `later`."""
        if not self._rate:
            return
        self._replies_waiting += not later
        try:
            for _ in range(count):
                while (wait := self._until_room(later=later)) > 0:
                    await asyncio.sleep(wait)
                self._calls.append(time.monotonic())
        finally:
            self._replies_waiting -= not later

    def _until_room(self, *, later: bool) -> float:
        full = len(self._calls) == self._calls.maxlen
        wait = self._calls[0] + WINDOW_S - time.monotonic() if full else 0
        return max(wait, 0.005) if wait > 0 or (later and self._replies_waiting) else 0
