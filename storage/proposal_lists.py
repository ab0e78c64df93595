"""Long lists of proposals: of each as much as a list needs, its whole only for those that are shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from rules.plan import Plan
from rules.proposals import likeness
from storage import units
from storage.models import ProposalStep, unit
from storage.proposal_sources import Name, Source, all_written
from storage.proposals import MOVES, Proposal, above_of, place, these, with_steps, within
from storage.units import Unit, tree_order

_SOURCES = {one.value: one for one in Source}  # looked up thousands of times


@dataclass(slots=True)  # frozen ones take three times as long to make
class Entry:
    """As much of a proposal as a long list needs of each."""

    name: Name
    unit_path: str
    text: str
    owner_id: int
    owner_level: str
    answered: bool
    age: int  # the oldest of the list has 0


def listed(conn: Connection, plan: Plan, paths: Sequence[str], *, answered: bool = True) -> list[Entry]:
    """Those of `below`, in the same order; `answered` False: only those that wait."""
    if not paths:
        return []
    written = all_written(plan)
    steps, source = with_steps(written, {"answer": (ProposalStep.ANSWERED,), "move": MOVES})
    query = (
        select(
            written.c.source,
            written.c.id,
            written.c.ordinal,
            written.c.text,
            func.coalesce(steps["move"].c.level, written.c.level).label("level"),
            steps["answer"].c.id.label("answer"),
            unit.c.path,
        )
        .select_from(source)
        .where(written.c.plan == plan.code, within(paths))
        .order_by(written.c.at)
    )
    rows = conn.execute(query if answered else query.where(steps["answer"].c.id.is_(None))).all()
    lines = {path: tree_order(path) for path in {row.path for row in rows}}
    levels = units.duty_levels(conn, {one for line in lines.values() for one in above_of(line)})
    owners: dict[tuple[str, str | None], int] = {}
    found = []
    for age, (source, number, ordinal, text, level, answer, path) in enumerate(rows):
        owner = owners.get((path, level))
        if owner is None:
            above = above_of(lines[path])
            owner = above[place(plan, [levels[one] for one in above], level)]
            owners[path, level] = owner
        name = (_SOURCES[source], number, ordinal)
        found.append(Entry(name, path, text, owner, levels[owner], answer is not None, age))
    return sorted(found, key=lambda one: lines[one.unit_path])


def waiting_count(conn: Connection, plan: Plan, owner: Unit) -> int:
    """How many wait for this unit's answer."""
    return sum(one.owner_id == owner.id for one in listed(conn, plan, [owner.path], answered=False))


def alike_count(conn: Connection, plan: Plan, one: Proposal) -> int:
    return len(_alike(conn, plan, one))


def alike(conn: Connection, plan: Plan, one: Proposal, most: int) -> list[Proposal]:
    """Those that wait for the same unit and say the same, itself among them: the oldest, no more than `most`."""
    entries = _alike(conn, plan, one)[:most]
    return sorted(these(conn, plan, [each.name for each in entries]), key=lambda each: each.at)


def _alike(conn: Connection, plan: Plan, one: Proposal) -> list[Entry]:
    """The oldest first."""
    wanted = likeness(one.text)
    waiting = listed(conn, plan, [one.owner.path], answered=False)
    same = [each for each in waiting if each.owner_id == one.owner.id and likeness(each.text) == wanted]
    return sorted(same, key=lambda each: each.age)
