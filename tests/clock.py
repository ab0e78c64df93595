"""A clock that stands still until it is told to move."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.clock import Clock


class FrozenClock(Clock):
    ZONE = ZoneInfo("Asia/Ho_Chi_Minh")

    def __init__(self, start: datetime) -> None:
        super().__init__(self.ZONE)
        self._now = start

    def now(self) -> datetime:
        return self._now

    def jump(self, to: datetime) -> None:
        self._now = to if to.tzinfo is not None else to.replace(tzinfo=self.zone)

    def advance(self, **parts: float) -> None:
        self._now += timedelta(**parts)
