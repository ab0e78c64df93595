"""The domain's time.

`CHIDOAN_CLOCK_START` and the playground's clock move it; leases, pauses, buckets and timeouts do not use it.
"""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


class Clock:
    """Runs at the pace of real time from wherever it was set."""

    def __init__(self, zone: ZoneInfo, start: datetime | None = None) -> None:
        self.zone = zone
        self._ahead = timedelta(0)
        if start is not None:
            self.jump(start)

    def now(self) -> datetime:
        """The present instant, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    def local(self) -> datetime:
        return self.now().astimezone(self.zone)

    def today(self) -> date:
        return self.local().date()

    def jump(self, to: datetime) -> None:
        """Set the clock; a time without a zone is in the plan's zone."""
        aware = to.replace(tzinfo=self.zone) if to.tzinfo is None else to
        self._ahead = aware - datetime.now(UTC)


def wall() -> datetime:
    """The machine's own time, which no setting moves: leases, pauses, gaps between polls."""
    return datetime.fromtimestamp(time.time(), UTC)
