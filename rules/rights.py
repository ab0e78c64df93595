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


def may_report_on_behalf(plan: Plan, held: Iterable[Position], path: str) -> bool:
    """The level directly above."""
    above = path.rstrip("/").rpartition("/")[0] + "/"
    return any(one.path == above for one in acting(plan, held))
