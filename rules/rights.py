"""Rights follow the tree: a person acts for the units they hold a position in, sees those below, and nobody
sees sideways or upward.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from rules.plan import Plan


class Position(Protocol):
    """Whatever has a unit's path and a role."""

    @property
    def path(self) -> str: ...

    @property
    def role(self) -> str: ...


P = TypeVar("P", bound=Position)


@dataclass(frozen=True, slots=True)
class Held:
    """A position: `path` is its unit's, "/1/5/77/"."""

    path: str
    role: str


def acting_roles(plan: Plan) -> list[str]:
    """In the plan's order, the highest first."""
    return [role.code for role in plan.roles if role.acts]


def acting(plan: Plan, held: Iterable[P]) -> list[P]:
    """Those by which a person does something for the unit."""
    roles = acting_roles(plan)
    return [one for one in held if one.role in roles]


def may_act_for(plan: Plan, held: Iterable[Position], path: str) -> bool:
    return any(one.path == path for one in acting(plan, held))


def may_see(plan: Plan, held: Iterable[Position], path: str) -> bool:
    """Itself and what is below it."""
    return any(path.startswith(one.path) for one in acting(plan, held))


def is_above(plan: Plan, held: Iterable[Position], path: str) -> bool:
    """Some level above: may report on behalf of it, say who holds which position there, close it."""
    return any(path.startswith(one.path) and path != one.path for one in acting(plan, held))


def may_review(plan: Plan, held: Iterable[Position], path: str) -> bool:
    """The level directly above: it accepts what the unit reports, or returns it."""
    above = path.rstrip("/").rpartition("/")[0] + "/"
    return any(one.path == above for one in acting(plan, held))


def essay_reader(route: str, path: str) -> str:
    """The path of the unit that reads an essay of this unit: the top, where the plan sends it there or nobody
    is above; otherwise the one directly above.
    """
    top = f"/{path.split('/')[1]}/"
    return top if route == "province" or path == top else path.rstrip("/").rpartition("/")[0] + "/"


def may_read_essay(plan: Plan, held: Iterable[Position], route: str, path: str) -> bool:
    """Only who acts for the unit that receives it: not those above, who have the figures."""
    return may_act_for(plan, held, essay_reader(route, path))


def may_manage(plan: Plan, held: Iterable[Position], path: str) -> bool:
    """Change its people: some level above, or the top itself, which has nobody above."""
    is_top = path.count("/") == 2
    return is_above(plan, held, path) or (is_top and may_act_for(plan, held, path))


def may_invite(plan: Plan, held: Iterable[Position], theirs: Iterable[Position]) -> bool:
    """Give somebody with these positions a code that opens all of them: manage one, and every one by which
    they act. Whoever invited a superior could act in their name.
    """
    held, theirs = list(held), list(theirs)
    return any(may_manage(plan, held, one.path) for one in theirs) and all(
        may_manage(plan, held, one.path) for one in acting(plan, theirs)
    )
