"""Asking who somebody is, for whoever adds a person or hands over: name, number, and whether they are known."""

from collections.abc import Callable
from enum import StrEnum

from pydantic import BaseModel

from bot.engine.conversation import Outcome, Refusal
from bot.engine.events import Contact, Event, Press, Text
from bot.engine.replies import Button, Reply
from bot.engine.turn import Turn, go
from bot.texts import positions as texts
from bot.texts import units_desk as desk_texts
from handlers.unit_card import INVITE
from handlers.unit_rights import seen_seats, to_card
from rules.names import fold, read_person_name
from rules.phones import normalise
from rules.reasons import Reason
from rules.rights import may_invite
from storage import inviting, people, positions
from storage.positions import Seat
from storage.units import Unit

NO_PHONE = "none"


class Newcomer(BaseModel):
    """`person`: somebody whom the roster knows."""

    name: str = ""
    phone: str | None = None
    person: int | None = None


def read_name(event: Event) -> str | Reason | None:
    return read_person_name(event.text) if isinstance(event, Text) else None


def ask_phone(newcomer: Newcomer) -> Reply:
    return Reply(texts.what_phone(newcomer.name), [Button(texts.NO_PHONE, NO_PHONE)])


def read_phone(event: Event) -> str | Refusal | None:
    """A number in E.164; the contact may be sent instead of typed."""
    match event:
        case Text(text=said) | Contact(phone=said):
            return normalise(said) or Refusal(texts.UNREADABLE_PHONE)
    return None


def receive_phone(
    turn: Turn,
    unit_id: int,
    newcomer: Newcomer,
    event: Event,
    same: StrEnum,
    then: Callable[[], Outcome],
) -> Outcome:
    """`same`: the step that asks whether a namesake of the unit is meant; `then`: where it goes otherwise."""
    newcomer.phone = None
    if event != Press(NO_PHONE):
        phone = read_phone(event)
        if not isinstance(phone, str):
            return phone
        newcomer.phone = phone
    newcomer.person = positions.known_as(turn.conn, newcomer.name, newcomer.phone)
    return then() if _namesake(turn, unit_id, newcomer) is None else same


def holds(turn: Turn, unit_id: int, person_id: int | None, role: str) -> Seat | None:
    """The person's position in this role, held or given ahead, without an end."""
    here = positions.of_unit(turn.conn, unit_id, turn.today, [role])
    return next(
        (
            seat
            for seat in here
            if seat.person_id == person_id and seat.role == role and seat.valid_to is None
        ),
        None,
    )


def _namesake(turn: Turn, unit_id: int, newcomer: Newcomer) -> Seat | None:
    """Somebody of the unit with that name and perhaps another number: the same person, or not."""
    if newcomer.person is not None:
        return None
    here = positions.of_unit(turn.conn, unit_id, turn.today, all_roles(turn))
    return next((seat for seat in here if fold(seat.full_name) == fold(newcomer.name)), None)


def ask_same(turn: Turn, unit: Unit, newcomer: Newcomer) -> Reply:
    seat = _namesake(turn, unit.id, newcomer)
    name, role = (seat.full_name, role_name(turn, seat.role)) if seat is not None else (newcomer.name, "")
    return Reply(
        texts.is_it_the_same(name, role, unit.name),
        [Button(texts.SAME_PERSON, "same"), Button(texts.OTHER_PERSON, "other")],
    )


def receive_same(
    turn: Turn, unit_id: int, newcomer: Newcomer, event: Event, then: Callable[[], Outcome]
) -> Outcome:
    seat = _namesake(turn, unit_id, newcomer)
    match event:
        case Press(choice="same") if seat is not None:
            newcomer.person = seat.person_id
            return then()
        case Press(choice="other"):
            return then()
    return None


def notes(turn: Turn, newcomer: Newcomer) -> list[str | None]:
    """For a summary. Of people outside the reader's units nothing is said."""
    known = newcomer.person is not None and bool(seen_seats(turn, newcomer.person))
    others: list[str] = []
    if newcomer.phone is not None:
        others = [
            one.full_name
            for one in people.by_phone(turn.conn, newcomer.phone)
            if one.id != newcomer.person and seen_seats(turn, one.id)
        ]
    return [
        texts.KNOWN_ALREADY if known else None,
        texts.phone_shared(others) if others else None,
    ]


def shown_phone(turn: Turn, newcomer: Newcomer) -> str | None:
    """The number that will stand in the roster."""
    if newcomer.person is None:
        return newcomer.phone
    known = people.get(turn.conn, newcomer.person).phone
    return known or (newcomer.phone if _may_add_phone(turn, newcomer) else None)


def settle(turn: Turn, unit_id: int, newcomer: Newcomer) -> int:
    """The person's id: found, or entered now."""
    if newcomer.person is None:
        # Somebody else may have entered the same person while this was being asked.
        newcomer.person = positions.known_as(turn.conn, newcomer.name, newcomer.phone)
    if newcomer.person is None:
        return positions.enter(turn.conn, newcomer.name, newcomer.phone, turn.sender)
    if newcomer.phone is not None and _may_add_phone(turn, newcomer):
        positions.add_phone(turn.conn, newcomer.person, newcomer.phone, unit_id, turn.sender)
    return newcomer.person


def _may_add_phone(turn: Turn, newcomer: Newcomer) -> bool:
    """A number opens an account as an invite does."""
    assert newcomer.person is not None
    theirs = positions.of_person(turn.conn, newcomer.person, turn.today)
    return may_invite(turn.plan, turn.posts, theirs)


def what_next(turn: Turn, unit: Unit, person_id: int) -> list[Button]:
    """Under the receipt: an invite where the newcomer has none to come in by."""
    invitable = inviting.of_unit(turn.conn, turn.plan, turn.posts, unit.id, turn.today)
    buttons = [to_card(unit)]
    if any(seat.person_id == person_id for seat in invitable):
        buttons.insert(0, go(desk_texts.INVITE, INVITE, f"{unit.id}.{person_id}"))
    return buttons


def all_roles(turn: Turn) -> list[str]:
    return [role.code for role in turn.plan.roles]


def role_name(turn: Turn, code: str) -> str:
    return next((role.name for role in turn.plan.roles if role.code == code), code)
