"""What the messenger knows: chats, messages, files, waiting updates. One event loop, no database."""

import asyncio
import itertools
import secrets
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

CALLBACKS_FOR_S = 150.0
MESSAGES_FOR_S = 24 * 3600.0
CALLS_KEPT = 200_000
ANSWERABLE_KEPT = 100_000


class Signal:
    """Wakes whoever waits. Unlike a Condition it takes no lock, so a change that nobody waits for is free."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def set(self) -> None:
        while self._waiting:
            future = self._waiting.pop()
            if not future.done():
                future.set_result(None)

    async def wait(self, timeout_s: float | None = None) -> bool:
        """False: the time ran out."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            done, _ = await asyncio.wait([future], timeout=timeout_s)
        finally:
            self._waiting.discard(future)
        return bool(done)


@dataclass(slots=True)
class Call:
    """One request of the bot. An uploaded file stands in `params` as (name, bytes in it)."""

    method: str
    params: dict[str, Any]
    at: float  # monotonic seconds
    outcome: int = 200  # the HTTP status; 0: the connection was closed without one


@dataclass(slots=True)
class Chat:
    id: int
    first_name: str
    messages: dict[int, dict[str, Any]] = field(default_factory=dict)
    touched: dict[int, int] = field(default_factory=dict)  # message id -> the change that made it as it is
    changes: int = 0
    blocked: bool = False
    started: bool = False  # a bot may not write first
    keyboard: list[list[dict[str, Any]]] = field(default_factory=list)  # below the text field
    keyboard_once: bool = False
    toasts: list[str] = field(default_factory=list)
    changed: Signal = field(default_factory=Signal)

    def touch(self, message_id: int) -> None:
        self.changes += 1
        self.touched[message_id] = self.changes


@dataclass(slots=True)
class Waiting:
    update: dict[str, Any]
    kind: str
    since: float


@dataclass(slots=True)
class File:
    id: str
    unique_id: str
    content: bytes
    name: str
    mime: str


class State:
    def __init__(self, token: str, now: Callable[[], datetime], calls_kept: int = CALLS_KEPT) -> None:
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
        self.updates: OrderedDict[int, Waiting] = OrderedDict()
        self.allowed: frozenset[str] | None = None  # kinds of update that the bot wants; None: all
        self.menus: dict[tuple[str, str], list[dict[str, str]]] = {}  # (scope, language) -> commands
        self.about: dict[str, Any] = {}  # descriptions and menu buttons, by what they are
        self.queries: OrderedDict[str, tuple[float, int]] = OrderedDict()  # unanswered: since, chat
        self.calls: deque[Call] = deque(maxlen=calls_kept)
        self.webhook: dict[str, Any] | None = None
        self.callbacks_for_s = CALLBACKS_FOR_S
        self.messages_for_s = MESSAGES_FOR_S
        self.arrived = Signal()  # an update waits, or a poller must give way
        self.changed = Signal()  # anything that a phone shows
        self.watch: Callable[[Call], None] | None = None  # told of every call that was carried out
        self._ids = itertools.count(1)
        self._update_ids = itertools.count(secrets.randbelow(10**8) + 1)

    def next_id(self) -> int:
        return next(self._ids)

    def chat(self, chat_id: int, first_name: str = "") -> Chat:
        chat = self.chats.get(chat_id)
        if chat is None:
            chat = self.chats[chat_id] = Chat(chat_id, first_name)
        return chat

    async def push(self, kind: str, content: dict[str, Any]) -> None:
        """Queue an update for the bot, if it wants this kind."""
        if self.allowed is None or kind in self.allowed:
            update_id = next(self._update_ids)
            update = {"update_id": update_id, kind: content}
            self.updates[update_id] = Waiting(update, kind, time.monotonic())
            self.arrived.set()
        if kind == "callback_query":
            self.queries[content["id"]] = (time.monotonic(), content["from"]["id"])
            if len(self.queries) > ANSWERABLE_KEPT:
                self.queries.popitem(last=False)

    def show(self, chat: Chat, message_id: int) -> None:
        """Tell whoever looks at this chat that a message is new or changed."""
        chat.touch(message_id)
        self.notify(chat)

    def notify(self, chat: Chat) -> None:
        chat.changed.set()
        self.changed.set()

    def alive(self, waiting: Waiting) -> bool:
        """A press lives 150 s at the real server, a message 24 h."""
        limit = self.callbacks_for_s if waiting.kind == "callback_query" else self.messages_for_s
        return time.monotonic() - waiting.since < limit

    def next_updates(self, limit: int) -> list[dict[str, Any]]:
        """The oldest that are still alive; they stay until they are acknowledged."""
        while self.updates and not self.alive(next(iter(self.updates.values()))):
            self.updates.popitem(last=False)
        found: list[dict[str, Any]] = []
        for waiting in self.updates.values():
            if len(found) == limit:
                break
            if self.alive(waiting):
                found.append(waiting.update)
        return found

    def acknowledge_below(self, update_id: int) -> list[dict[str, Any]]:
        """Drop what is older; returns it."""
        dropped = []
        while self.updates:
            oldest = next(iter(self.updates))
            if oldest >= update_id:
                break
            dropped.append(self.updates.popitem(last=False)[1].update)
        return dropped

    def add_file(self, content: bytes, name: str, mime: str) -> File:
        unique = secrets.token_hex(8)
        file = File(f"file-{unique}-{secrets.token_hex(4)}", unique, content, name, mime)
        self.files[file.id] = file
        return file
