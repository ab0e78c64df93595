"""What the messenger knows: chats, messages, files, waiting updates. One event loop, no database."""

import asyncio
import itertools
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

CALLBACKS_FOR_S = 150.0
MESSAGES_FOR_S = 24 * 3600.0
CALLS_KEPT = 200_000


@dataclass(slots=True)
class Call:
    """One request of the bot."""

    method: str
    params: dict[str, Any]
    at: float  # monotonic seconds
    outcome: int = 200


@dataclass(slots=True)
class Chat:
    id: int
    first_name: str
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    blocked: bool = False
    started: bool = False  # a bot may not write first
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)  # below the text field
    commands: list[dict[str, str]] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Waiting:
    update: dict[str, Any]
    since: float


@dataclass(slots=True)
class File:
    id: str
    unique_id: str
    content: bytes
    name: str


class State:
    def __init__(self, token: str, now: Callable[[], datetime]) -> None:
        self.token = token
        self.now = now
        self.bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Chi đoàn",
            "username": "chidoan_bot",
        }
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, File] = {}
        self.updates: deque[Waiting] = deque()
        self.commands: list[dict[str, str]] = []
        self.queries: dict[str, float] = {}
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.webhook: dict[str, Any] | None = None
        self.callbacks_for_s = CALLBACKS_FOR_S
        self.changed = asyncio.Condition()
        self.watch: Callable[[Call], None] | None = None  # told of every call that was carried out
        self._ids = itertools.count(1)
        self._update_ids = itertools.count(secrets.randbelow(10**8))

    def next_id(self) -> int:
        return next(self._ids)

    def chat(self, chat_id: int, first_name: str = "") -> Chat:
        return self.chats.setdefault(chat_id, Chat(chat_id, first_name))

    async def push(self, kind: str, content: dict[str, Any]) -> dict[str, Any]:
        """Queue an update for the bot."""
        update = {"update_id": next(self._update_ids), kind: content}
        self.updates.append(Waiting(update, time.monotonic()))
        if kind == "callback_query":
            self.queries[content["id"]] = time.monotonic()
        await self.notify()
        return update

    async def notify(self) -> None:
        async with self.changed:
            self.changed.notify_all()

    def drop_expired(self) -> None:
        """A press lives 150 s at the real server, a message 24 h."""
        now = time.monotonic()

        def alive(one: Waiting) -> bool:
            limit = self.callbacks_for_s if "callback_query" in one.update else MESSAGES_FOR_S
            return now - one.since < limit

        if any(not alive(one) for one in self.updates):
            self.updates = deque(one for one in self.updates if alive(one))

    def add_file(self, content: bytes, name: str) -> File:
        unique = secrets.token_hex(8)
        file = File(f"file-{unique}-{secrets.token_hex(4)}", unique, content, name)
        self.files[file.id] = file
        return file
