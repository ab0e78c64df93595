"""Nobody sees or changes anything beside or above them, whatever they type, press or forge.

A random small province in which every name is a secret (tests/secret_province.py), and a random person in
it, or a stranger. They try every command and every standing action that the registry has, with ids in every
shape of argument; every button that anybody in the province was ever shown, as it is and
with other ids put in; buttons of other people's conversations; and walks through the conversations that this
opens, with forged choices and other people's names typed. Each attempt is a transaction that is rolled back.

Every name is HTML besides, so that one which is not escaped is found on the way.

Allowed to be shown to a person:
- everything about the units that they act for and those below (their subtree), and the people in it;
- to whoever handed in an essay for somebody else: the author's name, which they typed, be it that their unit
  was closed since;
- of their own unit, where they are a plain member, and of every unit above theirs: its name, the materials
  and broadcasts that it offers downward;
- to those who act for a unit: the sessions of the unit directly above (day, place, speakers), which is where
  they attended, and the names of its people, who may be speakers; never a telephone number of theirs.
What a message may hold depends on its reader, not on who caused it: an officer who is told that a branch
has more members than the roster reads about a unit of their own subtree. A stranger is shown nothing.

Allowed to be changed: rows of units in the subtree and, for a plain member, of the unit that they belong to
(their own essay); rows of people who hold or held something there, and of the person. Nothing else, and no
audit entry on anything else. What a file holds that a job makes is not looked into here; that it was asked
for is an audit entry with its unit.
"""

import json
import random
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Delete, Insert, Table, Update, event, func, select

from bot.callbacks import LIMIT_BYTES
from bot.engine.conversation import Answer
from bot.engine.registry import Registry
from bot.engine.replies import Reply
from bot.engine.turn import Turn
from bot.texts.markup import esc
from rules.names import fold
from storage import submitting
from storage.database import Database
from storage.models import audit, conversation, failed_update, metadata, outbox, person, unit
from tests.clock import FrozenClock
from tests.people import Stage, at
from tests.secret_province import Position, SecretProvince, Shape, build, shapes

TOO_LARGE = (999_999, 10**19, int("9" * 40))
WORDS = (
    "0",
    "1",
    "yes",
    "no",
    "done",
    "send",
    "sure",
    "export",
    "accept",
    "summary",
    "branch",
    "member",
    "p1",
    "best",
    "edit",
)
WALKS, STEPS = 25, 6
# Written by every turn, or checked in another way.
UNCHECKED = {"seen_update", "outbox", "audit", "failed_update", "file", "upload", "poll_mark", "pause"}


@dataclass
class World:
    stage: Stage
    province: SecretProvince
    last_id: int  # about the highest of any row
    buttons: list[str] = field(default_factory=list)  # what anybody was shown

    @property
    def registry(self) -> Registry:
        return self.stage.runner._dialogue._registry


@dataclass
class Intruder:
    """Tries things, each in a transaction that is rolled back, and looks at what came of it."""

    world: World
    chat: int
    person: int | None
    conn: Connection | None = None
    shown: list[str] = field(default_factory=list)  # buttons, by the last thing tried

    @contextmanager
    def trying(self) -> Iterator[None]:
        with self.world.stage.database._write.connect() as self.conn, self.conn.begin() as transaction:
            yield
            transaction.rollback()

    def presses(self, data: str) -> None:
        actor = self.world.stage.person(self.chat)
        self._takes(actor.pressed(data, "1"), f"presses {data}")

    def sends(self, content: dict[str, Any]) -> None:
        self._takes(self.world.stage.person(self.chat).update(content), f"sends {content}")

    def _takes(self, raw: dict[str, Any], what: str) -> None:
        assert self.conn is not None
        said, logged = (self.conn.scalar(select(func.max(one.c.id))) or 0 for one in (outbox, audit))
        written: set[str] = set()

        def note(_conn: Any, clause: Any, *_rest: Any) -> None:
            if isinstance(clause, Insert | Update | Delete) and isinstance(clause.table, Table):
                written.add(clause.table.name)

        event.listen(self.conn, "before_execute", note)
        try:
            self.world.stage.runner.run(self.conn, [raw], self.world.stage.clock.now())
        finally:
            event.remove(self.conn, "before_execute", note)
        where = f"person {self.person} (chat {self.chat}) {what}; {self.world.province.shape}"
        failure = self.conn.scalar(select(failed_update.c.error))
        assert failure is None, f"{where}\n{failure}"
        self._look_at_messages(said, where)
        self._look_at_audit(logged, where)
        self._look_at_rows(written - UNCHECKED, where)

    def _look_at_messages(self, since: int, where: str) -> None:
        assert self.conn is not None
        self.shown = []
        for row in self.conn.execute(select(outbox).where(outbox.c.id > since)):
            known = {1000 + one: one for one in self.world.province.people}
            readable = self.world.province.may_read(known.get(int(row.address)))
            told = json.dumps(row.payload, ensure_ascii=False)
            betrayed = list(readable.betrayed_in(told))
            assert not betrayed, f"{where}\n{row.address} is shown {betrayed}: {told}"
            unescaped = "<BÍ" in row.payload.get("text", "")
            assert not unescaped, f"{where}\nnot escaped: {told}"
            if row.address == str(self.chat):
                self.shown += [data for line in row.payload.get("rows", []) for _label, data in line]

    def _look_at_audit(self, since: int, where: str) -> None:
        assert self.conn is not None
        province = self.world.province
        units = province.may_write(self.person) if self.person is not None else set()
        for row in self.conn.execute(select(audit).where(audit.c.id > since)):
            assert row.unit_id is None or row.unit_id in units, f"{where}\n{row}"
            table = metadata.tables.get(row.subject or "")
            if table is None or row.subject_id is None:
                continue
            owner = owner_column(table)
            if owner is None:
                continue
            about = self.conn.scalar(select(owner).where(table.c.id == row.subject_id))
            theirs = units if is_unit(owner) else province.people_of(units, self.person)
            assert about in theirs, f"{where}\n{row}"

    def _look_at_rows(self, tables: Iterable[str], where: str) -> None:
        """What belongs to others is as it was before the transaction."""
        assert self.conn is not None
        for name in sorted(tables):
            with self.world.stage.database.reading() as before:
                assert self._of_others(self.conn, name) == self._of_others(before, name), f"{where}\n{name}"

    def _of_others(self, conn: Connection, name: str) -> list[Any]:
        table = metadata.tables[name]
        owner = owner_column(table)
        if owner is None:
            return []
        units = self.world.province.may_write(self.person) if self.person is not None else set()
        rows = conn.execute(select(table).order_by(*table.primary_key.columns))
        if table is conversation:  # theirs, or work of their unit that was left behind
            return [row for row in rows if row.person_id != self.person and row.unit_id not in units]
        own = units if is_unit(owner) else self.world.province.people_of(units, self.person)
        return [row for row in rows if row._mapping[owner] is not None and row._mapping[owner] not in own]


def owner_column(table: Table) -> Column[Any] | None:
    """By which a row belongs to a unit or, where it has none, to a person."""
    if table is unit or table is person:
        return table.c.id
    for target in (unit, person):
        for column in table.columns:
            if any(key.column.table is target for key in column.foreign_keys):
                return column
    return None


def is_unit(owner: Column[Any]) -> bool:
    return owner.table is unit or any(key.column.table is unit for key in owner.foreign_keys)


def arguments(world: World, chance: random.Random) -> list[str]:
    """Half of the ids there are, another half each time, and too large ones, in every shape of an argument."""
    small = range(world.last_id + 2)
    ids = [*chance.sample(small, len(small) // 2), *TOO_LARGE]
    pairs = [f"{chance.choice(ids)}.{chance.choice(ids)}" for _ in range(10)]
    worded = [f"{chance.choice(ids)}.{word}" for word in chance.sample(WORDS, 6)]
    named = [f"{word}.{chance.choice(ids)}" for word in chance.sample(WORDS, 6)]
    return ["", *map(str, ids), *pairs, *worded, *named, *WORDS]


def names(world: World) -> list[str]:
    """Everybody's and every unit's, as one types them: whoever repeats them gives nothing away."""
    with world.stage.reading() as conn:
        return [
            fold(name) for table in (unit.c.name, person.c.full_name) for name in conn.scalars(select(table))
        ]


def links(world: World) -> list[str]:
    """One that nobody has reported, and whatever units have."""
    return ["https://a.vn/moi", *(f"https://a.vn/{one}" for one in world.province.units)]


def with_ids(data: str, ids: Iterable[int]) -> Iterator[str]:
    """The same button about something else: each number in its argument replaced."""
    head, _, argument = data.partition(".")
    action, _, argument = argument.partition(".")
    for found in re.finditer(r"\d+", argument):
        for one in ids:
            yield f"{head}.{action}.{argument[: found.start()]}{one}{argument[found.end() :]}"


def walk(who: Intruder, chance: random.Random, first: str) -> list[str]:
    """From one beginning on: real buttons, forged choices, typed names, files. Returns the buttons seen."""
    typed = [
        *names(who.world),
        "45",
        "12/11 10/20",
        "hôm nay",
        "nhà văn hoá",
        "Viết tiếp",
        "ghi chú",
        *links(who.world),
    ]
    seen: list[str] = []
    with who.trying():
        if first.startswith("/"):
            who.sends({"text": first})
        else:
            who.presses(first)
        for step in range(STEPS):
            shown = list(who.shown)
            seen += shown
            kind = chance.random()
            talk = next((data for data in shown if data.startswith("c")), None)
            if kind < 0.5 and shown:
                who.presses(chance.choice(shown))
            elif kind < 0.7 and talk is not None:
                stem = talk.rsplit(".", 1)[0] if talk.count(".") == 2 else ".".join(talk.split(".")[:2])
                what = chance.choice(("", "p", "s", "u")) + str(chance.randrange(who.world.last_id + 2))
                who.presses(f"{stem}.{chance.choice((what, chance.choice(WORDS)))}")
            elif kind < 0.95:
                who.sends({"text": chance.choice(typed)})
            else:
                document = {"file_id": f"f{step}", "file_unique_id": f"f{step}", "file_name": "bai.pdf"}
                who.sends({"document": document})
    return seen


def explore(world: World, chance: random.Random) -> None:
    """Everybody leaves something unfinished, and shows what buttons there are."""
    for one in world.province.people:
        actor = world.stage.person(1000 + one)
        actor.says(chance.choice(("/baocao", "/thuhoach")))
        for _ in range(chance.randrange(3)):
            buttons = [data for message in actor.new for row in message.rows for _label, data in row]
            if buttons:
                actor.new = []
                world.stage.take(actor.pressed(chance.choice(buttons), "1"))
        world.buttons += [data for message in actor.messages for row in message.rows for _label, data in row]
    for one in world.province.people:
        for command in sorted(world.registry.commands):
            world.buttons += walk(Intruder(world, 1000 + one, one), chance, f"/{command}")
    world.buttons = sorted(set(world.buttons))


def attack(who: Intruder, chance: random.Random) -> None:
    world = who.world
    guesses = [
        f"s.{action}.{argument}"
        for action in world.registry.standing
        for argument in arguments(world, chance)
    ]
    for found in world.buttons:
        ids = chance.sample(range(world.last_id + 2), 4)
        guesses += [found, *(with_ids(found, ids) if found.startswith("s.") else ())]
    for number in (*range(world.last_id + 2), *TOO_LARGE):
        for version in (1, 2, 3):
            choice = chance.choice((*WORDS, "~cancel", "~back", "~keep", "~new"))
            guesses.append(f"c{number}.{version}.{choice}")
    for data in dict.fromkeys(guesses):
        if len(data.encode()) <= LIMIT_BYTES:
            with who.trying():
                who.presses(data)
    for command in world.registry.commands:
        for argument in ("", *chance.sample(names(world), 3), str(chance.randrange(world.last_id))):
            with who.trying():
                who.sends({"text": f"/{command} {argument}"})
    for name in (*names(world), *links(world)):
        with who.trying():
            who.sends({"text": name})
    beginnings = [*(f"/{command}" for command in world.registry.commands), *guesses]
    for _ in range(WALKS):
        walk(who, chance, chance.choice(beginnings))


@settings(
    max_examples=5,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],  # what fails says what it did; making it smaller would take minutes
    suppress_health_check=list(HealthCheck),
)
@given(shape=shapes(), seed=st.integers(0, 2**32), stranger=st.booleans())
def test_nobody_reaches_beside_or_above(
    tmp_path_factory: pytest.TempPathFactory, template: Path, shape: Shape, seed: int, stranger: bool
) -> None:
    folder = tmp_path_factory.mktemp("walk")
    shutil.copy(template, folder / "chidoan.db")
    database = Database(f"sqlite:///{folder / 'chidoan.db'}")
    chance = random.Random(seed)
    clock = FrozenClock(at(14, 11))
    with database.writing() as conn:
        province = build(conn, shape, clock.now())
    world = World(Stage(database, folder, clock), province, last_id=2 * len(province.people) + 4)
    try:
        explore(world, chance)
        whom = chance.choice(province.people)
        attack(Intruder(world, 1000 + whom, whom), chance)
        if stranger:
            attack(Intruder(world, 999, None), chance)
    finally:
        database.dispose()


def tells_any_name(turn: Turn, argument: str) -> Answer:
    return Reply(esc(turn.unit(int(argument)).name))


def changes_anything(turn: Turn, argument: str) -> Answer:
    submitting.record_planned(turn.conn, turn.plan.code, "summary", int(argument), None, turn.sender)
    return None


@pytest.mark.parametrize("broken", [tells_any_name, changes_anything])
def test_a_hole_is_found(template: Path, tmp_path: Path, broken: Callable[[Turn, str], Answer]) -> None:
    """The walk can fail: an action that forgets to ask about rights is found out."""
    shape = Shape(
        (None, 0, 1, 2, 2),
        ("province", "district", "grassroots", "branch", "branch"),
        frozenset(),
        tuple(Position(place, place, "secretary", "always") for place in range(5)),
    )
    clock = FrozenClock(at(14, 11))
    shutil.copy(template, tmp_path / "chidoan.db")
    database = Database(f"sqlite:///{tmp_path / 'chidoan.db'}")
    with database.writing() as conn:
        province = build(conn, shape, clock.now())
    stage = Stage(database, tmp_path, clock)
    branch = province.people[3]
    who = Intruder(World(stage, province, last_id=10), 1000 + branch, branch)
    who.world.registry.standing["hole"] = broken
    for unit_id in province.units:
        theirs = unit_id == province.units[3] or (broken is tells_any_name and unit_id != province.units[4])
        with who.trying(), nullcontext() if theirs else pytest.raises(AssertionError, match=r"s\.hole"):
            who.presses(f"s.hole.{unit_id}")
    database.dispose()
