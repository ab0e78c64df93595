"""One update's turn: what a step may see and do.

A turn is synchronous and knows no network. What it says is collected and becomes outbox rows in the same
transaction.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot import callbacks
from bot.engine.events import Event, Incoming
from bot.engine.replies import Button, Outgoing, Reply, payload, rows
from bot.settings import Office
from bot.texts import say
from rules.deadlines import locked
from rules.duties import duty_of
from rules.plan import Duty, DutyKind, Plan
from rules.rights import acting, acting_roles, is_above, may_manage, may_review, may_see
from storage import accounts, people, reopenings, units
from storage.accounts import Account, Post
from storage.essays import Author
from storage.positions import Seat
from storage.reports import Sender
from storage.speakers import Candidate
from storage.units import Unit


@dataclass(frozen=True, slots=True)
class World:
    """What stays the same from turn to turn."""

    plan: Plan
    zone: ZoneInfo
    data_dir: Path
    office: Office = field(default_factory=Office)


@dataclass(slots=True)
class Turn:
    conn: Connection
    world: World
    now: datetime  # when it is processed, domain time
    incoming: Incoming
    account: Account
    posts: tuple[Post, ...]  # held today, in the order of the tree
    outgoing: list[Outgoing] = field(default_factory=list)
    conversation_id: int | None = None  # of the conversation whose step is running
    _units: dict[int, Unit] = field(default_factory=dict)
    replaceable: str | None = None  # the message whose button was pressed, until a reply takes its place

    @property
    def event(self) -> Event:
        return self.incoming.event

    @property
    def arrived(self) -> datetime:
        return self.incoming.arrived

    @property
    def plan(self) -> Plan:
        return self.world.plan

    @property
    def today(self) -> date:
        """The day on which what is being answered was said, where the plan is carried out."""
        return self.incoming.arrived.astimezone(self.world.zone).date()

    @property
    def sender(self) -> Sender:
        """Who sends a report in this turn."""
        return Sender(self.person_id, self.account.id, self.arrived)

    def sender_for(self, unit_id: int) -> Sender:
        """Who sends it for this unit: one of its own, or a superior on its behalf."""
        return replace(self.sender, on_behalf=self.post_for(unit_id) is None)

    def unit(self, unit_id: int) -> Unit:
        """Asked of the database once a turn. Raises LookupError."""
        if unit_id not in self._units:
            self._units[unit_id] = units.get(self.conn, unit_id)
        return self._units[unit_id]

    def duty(self, kind: DutyKind, level: str | None = None) -> Duty:
        """The plan's duty of this kind; only asked for where there is one. Raises LookupError."""
        found = duty_of(self.plan, kind, level)
        if found is None:
            raise LookupError(f"no duty of kind {kind} at {level}")
        return found

    def locked(self, unit_id: int) -> bool:
        """The plan is closed: nothing of the unit is sent or corrected any more, unless it was reopened."""
        if not locked(self.plan, self.arrived, self.world.zone):
            return False
        until = reopenings.open_until(self.conn, self.plan.code, unit_id)
        return until is None or until < self.today

    @property
    def person_id(self) -> int:
        """Of a turn behind consent."""
        assert self.account.person_id is not None
        return self.account.person_id

    @property
    def acting_posts(self) -> tuple[Post, ...]:
        """One per unit that the person may report for, in the order of the tree."""
        per_unit: dict[int, Post] = {}
        for post in acting(self.plan, self.posts):
            per_unit.setdefault(post.unit_id, post)
        return tuple(per_unit.values())

    def post_for(self, unit_id: int | None) -> Post | None:
        """The position by which the person may act for this unit; None: not theirs, or no such unit."""
        return next((post for post in self.acting_posts if post.unit_id == unit_id), None)

    @property
    def desks(self) -> tuple[Post, ...]:
        """Posts from which other units are led: of every level but the lowest, in the order of the tree."""
        lowest = self.plan.levels[-1].code
        return tuple(post for post in self.acting_posts if post.level != lowest)

    def desk(self, unit_id: int | None) -> Post | None:
        """The desk at this unit; None: the person has none there."""
        return next((post for post in self.desks if post.unit_id == unit_id), None)

    def sees(self, unit_id: int) -> bool:
        """Whether the unit exists and lies in a subtree that the person acts for."""
        return self._may(may_see, unit_id)

    def is_above(self, unit_id: int) -> bool:
        return self._may(is_above, unit_id)

    def may_report(self, unit_id: int) -> bool:
        """For the unit as one of its own, or on its behalf."""
        return self.post_for(unit_id) is not None or self.is_above(unit_id)

    def reviews(self, unit_id: int) -> bool:
        """Whether the unit reports to a unit that the person acts for."""
        return self._may(may_review, unit_id)

    def manages(self, unit_id: int) -> bool:
        """Whether the person may change who holds which position there."""
        return self._may(may_manage, unit_id)

    def _may(self, right: Callable[[Plan, Iterable[Post], str], bool], unit_id: int) -> bool:
        try:
            path = self.unit(unit_id).path
        except LookupError:
            return False
        return right(self.plan, self.posts, path)

    def say(
        self, reply: Reply, data: Sequence[Sequence[tuple[str, str]]] | None = None, key: str | None = None
    ) -> None:
        """Queue a message to this chat. Without `data` the reply's buttons are standing ones; by `key` its
        fate can be asked for later (`outbox.state_of`).
        """
        laid = data if data is not None else standing_rows(reply.buttons)
        form = payload(reply, laid, self.replaceable)
        if "replace" in form:
            self.replaceable = None
        self.outgoing.append(Outgoing(self.account.channel, self.account.address, form, key))

    def tell(self, person_id: int, reply: Reply) -> bool:
        """Queue a message to another person; False: no account of theirs can be written to."""
        reachable = accounts.addresses(self.conn, person_id)
        for channel, address in reachable:
            form = payload(reply, standing_rows(reply.buttons), None)
            self.outgoing.append(Outgoing(channel, address, form))
        return bool(reachable)

    def can_tell(self, person_id: int) -> bool:
        return bool(accounts.addresses(self.conn, person_id))

    def acting_for(self, unit_id: int) -> list[people.Holder]:
        """Who acts for the unit, the highest role first."""
        return people.holders(self.conn, unit_id, self.today, acting_roles(self.plan))

    def labels_of(self, holders: Sequence[people.Holder | Author | Seat | Candidate]) -> list[str]:
        """For a button about each: namesakes are told apart."""
        roles = {role.code: role.name for role in self.plan.roles}
        return say.told_apart([(one.full_name, roles.get(one.role, "")) for one in holders])

    def tell_acting(self, unit_id: int, reply: Reply) -> bool:
        """Queue a message to everybody who acts for the unit; False: nobody of them can be written to."""
        told = [self.tell(holder.id, reply) for holder in self.acting_for(unit_id)]
        return any(told)

    def set_menu(self, commands: Sequence[tuple[str, str]]) -> None:
        """The command menu of this chat: [(name, what it does)]."""
        form: dict[str, Any] = {"menu": [list(entry) for entry in commands]}
        self.outgoing.append(Outgoing(self.account.channel, self.account.address, form))


def standing_rows(buttons: Sequence[Button]) -> list[list[tuple[str, str]]]:
    return [[(button.label, button.go) for button in row] for row in rows(buttons)]


def go(label: str, action: str, argument: object = "") -> Button:
    """A button that stands by itself and starts `action`."""
    return Button(label, go=callbacks.standing_data(action, argument))
