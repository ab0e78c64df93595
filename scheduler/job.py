"""A job: a name, how often, and what it does. State is in the rows, so a missed run is only a late one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.channels.telegram import TelegramClient
from bot.clock import Clock
from bot.engine.sender import Sender
from bot.engine.turn import World
from storage.database import Database
from storage.writer import Writer


@dataclass(frozen=True, slots=True)
class Desk:
    """What jobs work with."""

    world: World
    database: Database
    writer: Writer
    clock: Clock
    sender: Sender
    client: TelegramClient


@dataclass(frozen=True, slots=True)
class Job:
    """`run` returns counts, which are logged where any is not zero."""

    name: str
    every: timedelta
    run: Callable[[Desk], Awaitable[dict[str, int]]]
