"""Who may be given a code by whom: people who are not connected yet."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, exists, or_, select

from rules.plan import Plan
from rules.rights import Position, acting_roles, may_invite
from storage import accounts, positions
from storage.models import account, position, unit
from storage.positions import Seat
from storage.units import tree_order


def of_unit(conn: Connection, plan: Plan, held: Sequence[Position], unit_id: int, today: date) -> list[Seat]:
    """People of the unit whom no message reaches and whom the holder of these positions may invite; each
    once, in the order of their roles.
    """
    here = {
        seat.person_id: seat
        for seat in reversed(positions.of_unit(conn, unit_id, today, [role.code for role in plan.roles]))
    }
    reached = accounts.reach(conn, list(here))
    theirs = positions.of_people(conn, list(here), today)
    return [
        seat
        for person_id, seat in reversed(here.items())
        if not reached.get(person_id) and may_invite(plan, held, theirs.get(person_id, []))
    ]


def below(conn: Connection, plan: Plan, held: Sequence[Position], top: str, today: date) -> list[Seat]:
    """Everybody who acts for a unit below the path `top`, itself included, was never linked, and may be
    invited by the holder of these positions; each once, in the order of the tree and of the roles.
    """
    roles = acting_roles(plan)
    linked = exists().where(account.c.person_id == position.c.person_id)
    people = (
        select(position.c.person_id)
        .select_from(position.join(unit, unit.c.id == position.c.unit_id))
        .where(
            unit.c.path.like(f"{top}%"),
            position.c.role.in_(roles),
            or_(position.c.valid_to.is_(None), position.c.valid_to >= today),
            or_(unit.c.valid_to.is_(None), unit.c.valid_to >= today),
            ~linked,
        )
    )
    found: list[Seat] = []
    for seats in positions.of_people(conn, people, today).values():
        here = [seat for seat in seats if seat.path.startswith(top) and seat.role in roles]
        if here and may_invite(plan, held, seats):
            found.append(here[0])
    return sorted(found, key=lambda seat: (tree_order(seat.path), roles.index(seat.role), seat.id))
