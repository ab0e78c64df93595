"""What became of one attempt to send."""

from dataclasses import dataclass
from enum import StrEnum


class Fate(StrEnum):
    SENT = "sent"
    RETRY = "retry"  # certainly not sent
    UNKNOWN = "unknown"  # may have been sent
    UNREACHABLE = "unreachable"
    FAILED = "failed"  # will never be accepted
    BOT_PAUSED = "bot_paused"  # the bot itself is refused: nothing is the row's fault


@dataclass(frozen=True, slots=True)
class Outcome:
    fate: Fate
    why: str | None = None
    retry_after: float | None = None  # seconds, where the messenger said so
    message_id: str | None = None  # of what was sent
