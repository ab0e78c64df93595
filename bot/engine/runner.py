"""The turn: a batch of raw updates in, one transaction, outbox rows out.

An ordinary exception costs its own update a savepoint. A database error never does: SQLite may have rolled
back the whole transaction (a full disk does), and whoever then went on would acknowledge answers that are
gone. Such an error leaves here and the batch is tried again.
"""

import traceback
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import (
    IntegrityError,
    InterfaceError,
    InternalError,
    InvalidRequestError,
    OperationalError,
)

from bot.clock import Clock
from bot.engine.dialogue import Dialogue
from bot.engine.events import Incoming, Press
from bot.engine.replies import Outgoing, Reply, payload
from bot.engine.turn import Turn, World
from bot.texts import engine as texts
from storage import accounts, conversations, outbox, updates
from storage.models import OutboxKind

Read = Callable[[dict[str, Any], datetime], Incoming | None]
WhoSent = Callable[[dict[str, Any]], tuple[str, str] | None]
MAX_ERROR_CHARS = 20_000
RERUNS = 3


@dataclass(slots=True)
class Batch:
    """What came of a batch: rows to send now, presses to acknowledge, how many updates failed."""

    rows: list[outbox.Row] = field(default_factory=list)
    query_ids: list[str] = field(default_factory=list)
    taken: int = 0
    failed: int = 0


class Runner:
    """`read` turns a raw update into an Incoming (None: nothing to answer); `who_sent` finds the chat,
    (channel, address), even of an update that cannot be read.
    """

    def __init__(
        self,
        bot: str,
        dialogue: Dialogue,
        world: World,
        clock: Clock,
        read: Read,
        who_sent: WhoSent,
        *,
        sqlite: bool,
    ) -> None:
        self._bot = bot
        self._dialogue = dialogue
        self._world = world
        self._clock = clock
        self._read = read
        self._who_sent = who_sent
        self._sqlite = sqlite

    def run(self, conn: Connection, raws: Sequence[dict[str, Any]], pressed_at: datetime) -> Batch:
        """`pressed_at`: when presses count as arrived; they carry no date of their own."""
        batch = Batch()
        now = self._clock.now()
        fresh = updates.unseen(conn, self._bot, [raw["update_id"] for raw in raws], now)
        for raw in raws:
            if raw["update_id"] in fresh:
                fresh.discard(raw["update_id"])
                self._one(conn, raw, pressed_at, batch)
            elif "callback_query" in raw:
                batch.query_ids.append(raw["callback_query"]["id"])
        return batch

    def _one(self, conn: Connection, raw: dict[str, Any], pressed_at: datetime, batch: Batch) -> None:
        conn.exec_driver_sql("SAVEPOINT one_update")
        incoming: Incoming | None = None
        try:
            incoming = self._read(raw, pressed_at)
            rows = self._rerun_on_collision(conn, incoming) if incoming is not None else []
        except Exception as error:
            if _is_the_databases(error):
                raise
            conn.exec_driver_sql("ROLLBACK TO SAVEPOINT one_update")
            rows = self.apologise(conn, raw, error)
            batch.failed += 1
        conn.exec_driver_sql("RELEASE SAVEPOINT one_update")
        batch.taken += 1
        batch.rows += rows
        if incoming is not None and incoming.query_id is not None:
            batch.query_ids.append(incoming.query_id)

    def _rerun_on_collision(self, conn: Connection, incoming: Incoming) -> list[outbox.Row]:
        """Another worker may have written the same row first: then what it wrote is there to be read."""
        for _ in range(0 if self._sqlite else RERUNS):
            try:
                return self._store(conn, self._turn(conn, incoming))
            except IntegrityError:
                conn.exec_driver_sql("ROLLBACK TO SAVEPOINT one_update")
        return self._store(conn, self._turn(conn, incoming))

    def _turn(self, conn: Connection, incoming: Incoming) -> list[Outgoing]:
        if not self._sqlite:
            # Two workers must not answer one chat at once.
            conn.execute(
                text("SELECT pg_advisory_xact_lock(hashtextextended(:chat, 0))"),
                {"chat": f"{incoming.channel}:{incoming.address}"},
            )
        now = self._clock.now()
        account = accounts.find(conn, incoming.channel, incoming.address) or accounts.create(
            conn, incoming.channel, incoming.address, now
        )
        if not account.reachable:
            accounts.change(conn, account.id, reachable=True, unreachable_why=None)
        today = now.astimezone(self._world.zone).date()
        posts = accounts.posts(conn, account.person_id, today) if account.person_id is not None else ()
        turn = Turn(conn, self._world, now, incoming, account, posts, replaceable=incoming.message_id)
        self._dialogue.handle(turn)
        return turn.outgoing

    def ask_again_after_gap(self, conn: Connection, since: datetime) -> list[outbox.Row]:
        """Presses made in a gap may be lost: conversations that waited when it began are asked again."""
        rows: list[outbox.Row] = []
        now = self._clock.now()
        for live in conversations.live_waiting_since(conn, since):
            account = accounts.by_id(conn, live.account_id)
            if account is None or not account.reachable:
                continue
            incoming = Incoming(0, account.channel, account.address, Press(""), now)
            today = now.astimezone(self._world.zone).date()
            posts = accounts.posts(conn, account.person_id, today) if account.person_id is not None else ()
            turn = Turn(conn, self._world, now, incoming, account, posts)
            self._dialogue.ask_again(turn, live, texts.GAP)
            rows += self._store(conn, turn.outgoing)
        return rows

    def _store(self, conn: Connection, said: Sequence[Outgoing]) -> list[outbox.Row]:
        now = self._clock.now()
        stored = [
            outbox.add(
                conn,
                kind=OutboxKind.REPLY,
                channel=message.channel,
                address=message.address,
                payload=message.payload,
                now=now,
                dedupe_key=message.key,
            )
            for message in said
        ]
        return [row for row in stored if row is not None]

    def apologise(self, conn: Connection, raw: dict[str, Any], error: Exception) -> list[outbox.Row]:
        """Keep an update that could not be taken, and tell who sent it."""
        trace = "".join(traceback.format_exception(error))[-MAX_ERROR_CHARS:]
        updates.record_failure(conn, self._bot, raw["update_id"], raw, trace, self._clock.now())
        sender = self._who_sent(raw)
        if sender is None:
            return []
        return self._store(conn, [Outgoing(*sender, payload(Reply(texts.NOT_SAVED), [], None))])


def _is_the_databases(error: Exception) -> bool:
    """Whether the transaction itself may be gone, so that nothing of the batch may be acknowledged."""
    return isinstance(error, OperationalError | InterfaceError | InternalError | InvalidRequestError)
