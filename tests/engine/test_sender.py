"""The sender: order within a chat, at least once for replies, at most once for the rest, never over the rate."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.channels.outcome import Fate, Outcome
from bot.clock import wall
from bot.engine.sender import Sender
from storage import outbox
from storage.database import Database
from storage.models import OutboxKind, pause
from storage.models import outbox as table
from storage.outbox import Row
from storage.writer import Priority, Writer
from tests.clock import FrozenClock
from tests.people import at

SENT = Outcome(Fate.SENT)


class Post:
    """The messenger: takes what is sent, answers what was ordered, in order."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str]] = []
        self.answers: list[Outcome] = []
        self.times: list[float] = []

    async def deliver(self, address: str, form: dict[str, Any]) -> Outcome:
        self.times.append(asyncio.get_running_loop().time())
        self.sent.append((address, form["text"]))
        await asyncio.sleep(0)
        return self.answers.pop(0) if self.answers else SENT


Story = Callable[["Office"], Awaitable[None]]


class Office:
    def __init__(self, database: Database, rate: float) -> None:
        self.database = database
        self.writer = Writer(database)
        self.post = Post()
        self.night = False
        self.wanted = True
        self.sender = Sender(
            "telegram:1",
            self.post.deliver,
            self._render,
            lambda: self.night,
            self.writer,
            FrozenClock(at(14, 11)),
            rate,
        )

    def _render(self, _conn: Connection, row: Row) -> dict[str, Any] | None:
        if row.payload["text"] == "unspeakable":
            raise LookupError("unit 7")
        return {"text": row.payload["text"]} if self.wanted else None

    def write(self, address: str, text: str, kind: OutboxKind = OutboxKind.REPLY, **extra: Any) -> Row:
        def work(conn: Connection) -> Row | None:
            return outbox.add(
                conn,
                kind=kind,
                channel="telegram",
                address=address,
                payload={"text": text, **extra},
                now=wall(),
            )

        row = self.writer.submit(Priority.TURN, work).result()
        assert row is not None
        return row

    def states(self) -> list[str]:
        with self.database.reading() as conn:
            return list(conn.scalars(select(table.c.state).order_by(table.c.id)))

    async def until(self, check: Callable[[], bool]) -> None:
        for _ in range(500):
            if check():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"{self.post.sent} {self.states()}")


@pytest.fixture
def office(database: Database) -> Callable[..., None]:
    def run(story: Story, rate: float = 0) -> None:
        async def whole() -> None:
            made = Office(database, rate)
            made.writer.start()
            await made.sender.start()
            try:
                await story(made)
            finally:
                await made.sender.stop()
                made.writer.stop()

        asyncio.run(whole())

    return run


def test_a_chat_is_served_in_order_and_marked(office: Callable[..., None]) -> None:
    async def story(made: Office) -> None:
        made.sender.offer([made.write("1", str(number)) for number in range(20)])
        await made.until(lambda: set(made.states()) == {"sent"})
        assert [text for _, text in made.post.sent] == [str(number) for number in range(20)]

    office(story)


def test_what_a_crash_left_unsaid_is_said_at_the_start(database: Database) -> None:
    async def whole() -> None:
        first = Office(database, 0)
        first.writer.start()
        first.write("1", "left")
        first.writer.stop()
        second = Office(database, 0)
        second.writer.start()
        await second.sender.start()
        await second.until(lambda: second.states() == ["sent"])
        await second.sender.stop()
        second.writer.stop()

    asyncio.run(whole())


@pytest.mark.parametrize("trouble", [Fate.RETRY, Fate.UNKNOWN])
def test_a_reply_is_repeated_until_it_went_and_nothing_overtakes_it(
    office: Callable[..., None], trouble: Fate
) -> None:
    async def story(made: Office) -> None:
        made.post.answers = [Outcome(trouble, "lost")]
        made.sender.offer([made.write("1", "a"), made.write("1", "b"), made.write("2", "other")])
        await made.until(lambda: set(made.states()) == {"sent"})
        assert [text for address, text in made.post.sent if address == "1"] == ["a", "a", "b"]

    office(story)


def test_two_chats_429_pause_the_whole_bot_and_it_is_kept(office: Callable[..., None]) -> None:
    async def story(made: Office) -> None:
        slow = Outcome(Fate.RETRY, "429", 0.5)
        made.post.answers = [slow, slow]
        made.sender.offer([made.write("1", "a"), made.write("2", "b")])
        await made.until(lambda: set(made.states()) == {"sent"})
        with made.database.reading() as conn:
            assert set(conn.scalars(select(pause.c.address))) == {"1", ""}

    office(story)


def test_an_unreachable_chat_keeps_nobody_waiting(office: Callable[..., None]) -> None:
    async def story(made: Office) -> None:
        made.post.answers = [Outcome(Fate.UNREACHABLE, "blocked")]
        made.sender.offer([made.write("1", "a"), made.write("1", "b")])
        await made.until(lambda: made.states() == ["unreachable", "unreachable"])
        assert len(made.post.sent) == 1

    office(story)


def test_a_refused_bot_fails_no_row(office: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.engine.sender.BOT_PAUSE_S", 0.2)

    async def story(made: Office) -> None:
        made.post.answers = [Outcome(Fate.BOT_PAUSED, "InvalidToken")]
        made.sender.offer([made.write("1", "a")])
        await made.until(lambda: made.states() == ["sent"])
        assert len(made.post.sent) == 2

    office(story)


def test_several_edits_of_one_message_become_one(office: Callable[..., None]) -> None:
    async def story(made: Office) -> None:
        made.sender.offer([made.write("1", str(number), replace="77") for number in range(5)])
        await made.until(lambda: set(made.states()) == {"sent"})
        assert made.post.sent == [("1", "4")]

    office(story)


@pytest.mark.parametrize("trouble", [Fate.UNKNOWN, Fate.FAILED])
def test_a_reminder_is_never_sent_twice(office: Callable[..., None], trouble: Fate) -> None:
    async def story(made: Office) -> None:
        made.post.answers = [Outcome(trouble, "lost")]
        made.write("1", "remember", OutboxKind.REMINDER)
        made.sender.look()
        await made.until(lambda: made.states() == [trouble.value])
        made.sender.look()
        await asyncio.sleep(0.2)
        assert len(made.post.sent) == 1

    office(story)


def test_a_reminder_that_certainly_did_not_go_is_tried_again(office: Callable[..., None]) -> None:
    async def story(made: Office) -> None:
        made.post.answers = [Outcome(Fate.RETRY, "429", 0.2)]
        made.write("1", "remember", OutboxKind.REMINDER)
        made.sender.look()
        await made.until(lambda: made.states() == ["sent"])
        assert len(made.post.sent) == 2

    office(story)


def test_a_reminder_no_longer_wanted_is_not_sent(office: Callable[..., None]) -> None:
    async def story(made: Office) -> None:
        made.wanted = False
        made.write("1", "remember", OutboxKind.REMINDER)
        made.sender.look()
        await made.until(lambda: made.states() == ["expired"])
        assert made.post.sent == []

    office(story)


def test_at_night_only_replies_go(office: Callable[..., None]) -> None:
    async def story(made: Office) -> None:
        made.night = True
        made.write("1", "remember", OutboxKind.REMINDER)
        made.sender.look()
        made.sender.offer([made.write("2", "an answer")])
        await made.until(lambda: made.states() == ["pending", "sent"])

    office(story)


def test_the_rate_is_kept_and_a_reply_does_not_wait_for_reminders(office: Callable[..., None]) -> None:
    async def story(made: Office) -> None:
        for number in range(40):
            made.write(str(number), "remember", OutboxKind.REMINDER)
        made.sender.look()
        await asyncio.sleep(0.3)
        made.sender.offer([made.write("999", "an answer")])
        await made.until(lambda: ("999", "an answer") in made.post.sent)
        assert made.post.sent.index(("999", "an answer")) < 35
        await made.until(lambda: len(made.post.sent) == 41)
        times = made.post.times
        most = max(sum(1 for other in times if 0 <= other - one < 1) for one in times)
        assert most <= 50 + 4

    office(story, rate=50)


def test_one_that_cannot_be_rendered_does_not_stop_the_others(office: Callable[..., None]) -> None:
    async def story(made: Office) -> None:
        for address, text in (("1", "unspeakable"), ("2", "a"), ("1", "b")):
            made.write(address, text, OutboxKind.BROADCAST)
        made.sender.look()
        await made.until(lambda: made.states() == ["failed", "sent", "sent"])

    office(story)
