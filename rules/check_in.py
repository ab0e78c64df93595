"""Who is in the hall: a code of six digits that changes every minute, and by which unit somebody came.

The code is an HMAC over the meeting's secret and the minute, so that nothing has to be kept to know it again.
"""

import hmac
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from rules.plan import Plan
from rules.rights import Position

MINUTE = timedelta(minutes=1)
OPEN_FOR = timedelta(hours=3)
REMEMBERED = timedelta(days=1)  # an older code is one like any other wrong one
SCREENS_A_MINUTE = 400  # redrawn: a third of what the messenger takes, the rest is for answers
_BEFORE = 2  # minutes: the one before, and one more for who types slowly
_AHEAD = 1  # the messenger's clock and ours are not the same
_TYPED = re.compile(r"([0-9]{3})[ \-]?([0-9]{3})")
_SCANNED = re.compile(r"dd([0-9]{1,15})-([0-9]{6})")


class Post(Position, Protocol):
    @property
    def unit_id(self) -> int: ...

    @property
    def duty_level(self) -> str: ...


def code(secret: str, at: datetime) -> str:
    """`secret` in hex; every moment of one minute has the same code."""
    digest = hmac.digest(bytes.fromhex(secret), str(_minute(at)).encode(), "sha256")
    return f"{int.from_bytes(digest[:8]) % 1_000_000:06d}"


def minute_of(at: datetime) -> datetime:
    """Its beginning."""
    return datetime.fromtimestamp(_minute(at) * 60, UTC)


def minutes_shown(screens: int) -> int:
    """How long one code stays on the screens: a minute, longer only where too many halls are open at once."""
    return max(1, -(-screens // SCREENS_A_MINUTE))


def is_valid(secret: str, typed: str, arrived: datetime, shown_for: int = 1) -> bool:
    """`shown_for`: see `minutes_shown`."""
    first = -(_BEFORE + shown_for - 1)
    return _among(secret, typed, (arrived + step * MINUTE for step in range(first, _AHEAD + 1))) is not None


def shown_at(secret: str, typed: str, arrived: datetime) -> datetime | None:
    """The latest minute of the last day in which this was the code."""
    steps = range(int(REMEMBERED / MINUTE) + 1)
    return _among(secret, typed, (minute_of(arrived - step * MINUTE) for step in steps))


def _among(secret: str, typed: str, moments: Iterator[datetime]) -> datetime | None:
    return next((at for at in moments if hmac.compare_digest(code(secret, at), typed)), None)


def _minute(at: datetime) -> int:
    return int(at.timestamp()) // 60


def open_until(now: datetime, zone: ZoneInfo) -> datetime:
    """A few hours, and no longer than the day."""
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return min(now + OPEN_FOR, datetime.combine(tomorrow, time(), zone))


def read_code(text: str) -> str | None:
    """Six digits and nothing else, as they stand on the screen or in one piece."""
    found = _TYPED.fullmatch(text.strip())
    return found[1] + found[2] if found else None


def start_payload(meeting_id: int, digits: str) -> str:
    """What the QR code's link carries: far shorter than an invite, and with digits that none has."""
    return f"dd{meeting_id}-{digits}"


def read_payload(payload: str) -> tuple[int, str] | None:
    """(meeting, digits)."""
    found = _SCANNED.fullmatch(payload)
    return (int(found[1]), found[2]) if found else None


def came_from(plan: Plan, level: str, host_path: str, posts: Iterable[Post]) -> tuple[tuple[int, ...], bool]:
    """(the units at or below the host by which the person may have come, whether the plan convenes them).

    A plan that does not say who of the roster is convened convenes everybody there.
    """
    below = [post for post in posts if post.path.startswith(host_path)]
    called = {
        (some.level, role)
        for group in plan.convened
        if group.session_level == level
        for some in group.people
        for role in some.roles
    }
    convened = [post for post in below if (post.duty_level, post.role) in called]
    chosen = convened or below
    return tuple(dict.fromkeys(post.unit_id for post in chosen)), bool(convened) or not called
