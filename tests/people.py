"""People who use the bot, straight on the turn: no network, no event loop.

an.says("/baocao").presses("Đã tham gia").says("45")
assert an.sees("trong đó")
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from bot.channels import telegram_updates
from bot.clock import Clock
from bot.engine.dialogue import Dialogue
from bot.engine.runner import Batch, Runner
from bot.engine.turn import World
from handlers import registry
from storage.database import Database
from storage.models import outbox as outbox_table
from storage.outbox import Row
from storage.plans import load_plan
from tests.clock import FrozenClock

BOT = "telegram:1"


@dataclass
class Message:
    text: str
    rows: list[list[list[str]]]
    id: str
    contact: str | None = None
    document: list[str] | None = None
    media: list[list[Any]] | None = None

    @property
    def labels(self) -> list[str]:
        return [label for row in self.rows for label, _data in row]


class Stage:
    """The bot on a database, and the chats of everybody."""

    def __init__(self, database: Database, data_dir: Path, clock: Clock, plan: str = "ke-hoach-66") -> None:
        self.database = database
        self.clock = clock
        self.world = World(load_plan(plan), clock.zone, data_dir)
        self.runner = Runner(
            BOT,
            Dialogue(registry.build()),
            self.world,
            clock,
            telegram_updates.read,
            telegram_updates.who_sent,
            sqlite=database.is_sqlite,
        )
        self.updates = count(1000)
        self.messages = count(1)
        self.people: dict[str, Person] = {}
        self.acknowledged: list[str] = []

    def take(self, *raws: dict[str, Any], pressed_at: datetime | None = None) -> Batch:
        with self.database.writing() as conn:
            batch = self.runner.run(conn, list(raws), pressed_at or self.clock.now())
        self.deliver(batch.rows)
        self.acknowledged += batch.query_ids
        return batch

    def deliver(self, rows: list[Row]) -> None:
        for row in rows:
            if row.address in self.people:
                self.people[row.address].receive(row)

    def person(self, chat_id: int, first_name: str = "An") -> "Person":
        return self.people.setdefault(str(chat_id), Person(self, chat_id, first_name))

    def reading(self) -> Any:
        return self.database.reading()

    def outbox(self) -> list[Any]:
        with self.database.reading() as conn:
            return list(conn.execute(select(outbox_table).order_by(outbox_table.c.id)))


@dataclass
class Person:
    stage: Stage
    id: int
    first_name: str
    messages: list[Message] = field(default_factory=list)
    new: list[Message] = field(default_factory=list)  # since the last thing this person did
    menu: list[str] = field(default_factory=list)

    # -- what they do

    def says(self, text: str) -> "Person":
        return self.sends({"text": text})

    def sends(self, content: dict[str, Any], kind: str = "message") -> "Person":
        self.new = []
        self.stage.take(self.update(content, kind))
        return self

    def update(self, content: dict[str, Any], kind: str = "message") -> dict[str, Any]:
        message = {
            "message_id": next(self.stage.messages),
            "date": int(self.stage.clock.now().timestamp()),
            "chat": {"id": self.id, "type": "private"},
            "from": {"id": self.id, "is_bot": False, "first_name": self.first_name},
            **content,
        }
        return {"update_id": next(self.stage.updates), kind: message}

    def presses(self, label: str, on: Message | None = None) -> "Person":
        raw = self.press(label, on)
        self.new = []
        self.stage.take(raw)
        return self

    def press(self, label: str, on: Message | None = None) -> dict[str, Any]:
        """The update, not yet delivered."""
        for message in [on] if on else reversed(self.messages):
            for row in message.rows:
                for shown, data in row:
                    if shown == label:
                        return self.pressed(data, message.id)
        raise AssertionError(f"no button {label!r}; last: {self.messages[-1:]}")

    def pressed(self, data: str, message_id: str) -> dict[str, Any]:
        number = next(self.stage.updates)
        return {
            "update_id": number,
            "callback_query": {
                "id": f"q{number}",
                "from": {"id": self.id, "is_bot": False, "first_name": self.first_name},
                "message": {"message_id": int(message_id), "chat": {"id": self.id, "type": "private"}},
                "data": data,
            },
        }

    def photographs(self, unique: str, album: str | None = None, size: int = 50_000) -> "Person":
        photo = {
            "file_id": f"id-{unique}",
            "file_unique_id": unique,
            "width": 90,
            "height": 90,
            "file_size": size,
        }
        return self.sends({"photo": [photo], **({"media_group_id": album} if album else {})})

    def uploads(self, unique: str, name: str, size: int = 50_000) -> "Person":
        document = {"file_id": f"id-{unique}", "file_unique_id": unique, "file_name": name, "file_size": size}
        return self.sends({"document": document})

    def shares(self, phone: str, owner: int | None = None) -> "Person":
        return self.sends(
            {"contact": {"phone_number": phone, "first_name": "x", "user_id": owner or self.id}}
        )

    # -- what they see

    def receive(self, row: Row) -> None:
        form = row.payload
        if "menu" in form:
            self.menu = [name for name, _what in form["menu"]]
            return
        message = Message(
            form["text"],
            form.get("rows", []),
            str(next(self.stage.messages)),
            form.get("contact"),
            form.get("document"),
            form.get("media"),
        )
        replaced = next((one for one in self.messages if one.id == form.get("replace")), None)
        if replaced is not None:
            message.id = replaced.id
            self.messages[self.messages.index(replaced)] = message
        else:
            self.messages.append(message)
        self.new.append(message)

    @property
    def last(self) -> Message:
        assert self.new, "nothing was said"
        return self.new[-1]

    def sees(self, *parts: str) -> bool:
        shown = "\n".join(message.text for message in self.new)
        missing = [part for part in parts if part not in shown]
        assert not missing, f"{missing} not in:\n{shown}"
        return True

    @property
    def buttons(self) -> list[str]:
        return self.last.labels


def at(day: int, month: int, hour: int = 19, minute: int = 42, year: int = 2018) -> datetime:
    """In Vietnam."""
    return datetime(year, month, day, hour, minute, tzinfo=FrozenClock.ZONE).astimezone(UTC)


def scalar(conn: Connection, query: Any) -> Any:
    return conn.scalar(query)
