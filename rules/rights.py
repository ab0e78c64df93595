"""Rights follow the tree: a person acts for the units they hold a position in, sees those below, and nobody
sees sideways or upward.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from rules.plan import Plan


@dataclass(frozen=True, slots=True)
class Held:
    """A position: `path` is its unit's, "/1/5/77/"."""

    path: str
    role: str


def acting(plan: Plan, held: Iterable[Held]) -> list[Held]:
    """Those by which a person does something for the unit."""
    roles = {role.code for role in plan.roles if role.acts}
    return [one for one in held if one.role in roles]


def may_act_for(plan: Plan, held: Iterable[Held], path: str) -> bool:
    return any(one.path == path for one in acting(plan, held))


def may_see(plan: Plan, held: Iterable[Held], path: str) -> bool:
    """Itself and what is below it."""
    return any(path.startswith(one.path) for one in acting(plan, held))


def may_report_on_behalf(plan: Plan, held: Iterable[Held], path: str) -> bool:
    """The level directly above."""
    above = path.rstrip("/").rpartition("/")[0] + "/"
    return any(one.path == above for one in acting(plan, held))
