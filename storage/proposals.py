"""Proposals from below, wherever they were written, whose each of them is, and what was said of it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, and_, func, insert, or_, select, union_all

from rules.plan import Plan
from rules.proposals import place_of
from storage import audit, units
from storage.audit import Action
from storage.models import ProposalStep, person, proposal_step, unit
from storage.proposal_sources import Name, Source, all_written, written_in
from storage.reports import Sender
from storage.units import Unit, tree_order

MOVES = (ProposalStep.UP, ProposalStep.DOWN)
_ACTIONS = {ProposalStep.UP: Action.PROPOSAL_PASSED_UP, ProposalStep.DOWN: Action.PROPOSAL_PASSED_DOWN}
_SUBJECTS = {Source.REPORT: "report", Source.ESSAY: "essay", Source.RELAY: "report"}  # as the audit log says


@dataclass(frozen=True, slots=True)
class Proposal:
    """`above`: the units above the one that proposes, the nearest first; of the top's own, the top itself."""

    source: Source
    id: int  # of the report or essay
    ordinal: int  # participation.ordinal; 0 elsewhere
    unit_id: int
    unit_name: str
    unit_path: str
    text: str
    at: datetime  # when it came
    person_id: int | None  # who proposes, where it is one person
    above: tuple[Unit, ...]
    place: int  # in `above`: whose it is now
    since: datetime  # it has been theirs
    answer: str | None
    answered_at: datetime | None
    answered_place: int | None  # in `above`: who answered; None: nobody has, or it is not recorded

    @property
    def name(self) -> Name:
        return (self.source, self.id, self.ordinal)

    @property
    def owner(self) -> Unit:
        """The unit that it concerns."""
        return self.above[self.place]

    @property
    def higher(self) -> Unit | None:
        """Where it may be passed up to."""
        return self.above[self.place + 1] if self.place + 1 < len(self.above) else None

    @property
    def lower(self) -> Unit | None:
        """Where it may be passed back to."""
        return self.above[self.place - 1] if self.place else None


@dataclass(frozen=True, slots=True)
class Passed:
    """A step of its way. `origin` and `to`: places in `Proposal.above`."""

    kind: ProposalStep
    origin: int
    to: int
    opinion: str | None
    by: str  # full name
    at: datetime


def below(conn: Connection, plan: Plan, paths: Sequence[str]) -> list[Proposal]:
    """Of units below these, and of the top its own; in the order of the tree."""
    if not paths:
        return []
    written = all_written(plan)
    return _found(conn, plan, written, lambda _last: (written.c.plan == plan.code, within(paths)))


def within(paths: Sequence[str]) -> ColumnElement[bool]:
    return or_(*(and_(unit.c.path.like(f"{path}%"), _not_its_own(path)) for path in paths))


def _not_its_own(path: str) -> ColumnElement[bool]:
    return or_(unit.c.path != path, unit.c.parent_id.is_(None))


def get(conn: Connection, plan: Plan, source: Source, number: int, ordinal: int) -> Proposal | None:
    return next(iter(these(conn, plan, [(source, number, ordinal)])), None)


def these(conn: Connection, plan: Plan, names: Sequence[Name]) -> list[Proposal]:
    """In the order of the tree."""
    ids: dict[Source, list[int]] = defaultdict(list)
    for source, number, _ordinal in names:
        ids[source].append(number)
    if not ids:
        return []
    wanted = []
    for source, query in written_in(plan).items():
        if source in ids:
            wanted.append(query.where(query.selected_columns.id.in_(ids[source])))
    written = union_all(*wanted).subquery("written")
    found = _found(conn, plan, written, lambda _last: (written.c.plan == plan.code,))
    return [one for one in found if one.name in names]


def waiting_since_before(conn: Connection, plan: Plan, moment: datetime) -> list[Proposal]:
    """Unanswered, with the same unit since before that moment, of which nobody was reminded there yet."""
    written = all_written(plan)
    return _found(
        conn,
        plan,
        written,
        lambda steps: (
            written.c.plan == plan.code,
            steps["answer"].c.id.is_(None),
            func.coalesce(steps["move"].c.at, written.c.at) < moment,
            or_(
                steps["reminder"].c.id.is_(None),
                steps["reminder"].c.id < func.coalesce(steps["move"].c.id, 0),
            ),
        ),
    )


def _found(conn: Connection, plan: Plan, written: FromClause, which: Any) -> list[Proposal]:
    """`which`: the conditions, given the last step of each kind as aliases."""
    steps, source = with_steps(
        written,
        {
            "answer": (ProposalStep.ANSWERED,),
            "move": MOVES,
            "reminder": (ProposalStep.REMINDED,),
        },
    )
    rows = conn.execute(
        select(
            written,
            unit.c.name,
            unit.c.path,
            steps["move"].c.level.label("moved_to"),
            steps["move"].c.at.label("moved_at"),
            steps["answer"].c.text.label("answer"),
            steps["answer"].c.at.label("answered_at"),
            steps["answer"].c.level.label("answered_level"),
        )
        .select_from(source)
        .where(*which(steps))
    ).all()
    ids = {one for row in rows for one in above_of(tree_order(row.path))}
    known = units.by_ids(conn, ids)
    found = [_proposal(plan, row, known) for row in rows]
    return sorted(found, key=lambda one: (tree_order(one.unit_path), one.at))


def with_steps(
    written: FromClause, wanted: Mapping[str, Sequence[ProposalStep]]
) -> tuple[dict[str, FromClause], FromClause]:
    """The last step of each of these kinds, beside each proposal and its unit."""
    steps: dict[str, FromClause] = {name: proposal_step.alias(name) for name in wanted}
    source: FromClause = written.join(unit, unit.c.id == written.c.unit_id)
    for name, kinds in wanted.items():
        source = source.outerjoin(steps[name], steps[name].c.id == _last(written, kinds))
    return steps, source


def _last(written: FromClause, kinds: Sequence[ProposalStep]) -> Any:
    """The id of a proposal's newest step of these kinds."""
    step = proposal_step.alias()
    return (
        select(func.max(step.c.id))
        .where(
            step.c.source == written.c.source,
            step.c.source_id == written.c.id,
            step.c.ordinal == written.c.ordinal,
            step.c.proposal == written.c.text,
            step.c.kind.in_(kinds),
        )
        .correlate(written)
        .scalar_subquery()
    )


def above_of(line: list[int]) -> list[int]:
    """`line`: of `tree_order`. The ids of the units above, the nearest first; of the top, itself."""
    return line[-2::-1] or line


def _proposal(plan: Plan, row: Any, known: dict[int, Unit]) -> Proposal:
    above = tuple(known[one] for one in above_of(tree_order(row.path)))
    levels = [one.duty_level for one in above]
    return Proposal(
        source=Source(row.source),
        id=row.id,
        ordinal=row.ordinal,
        unit_id=row.unit_id,
        unit_name=row.name,
        unit_path=row.path,
        text=row.text,
        at=row.at,
        person_id=row.person_id,
        above=above,
        place=place(plan, levels, row.moved_to or row.level),
        since=row.moved_at or row.at,
        answer=row.answer,
        answered_at=row.answered_at,
        answered_place=place(plan, levels, row.answered_level) if row.answered_level else None,
    )


def place(plan: Plan, above: Sequence[str], level: str | None) -> int:
    return place_of(level, [one.code for one in plan.levels], above)


def way(conn: Connection, plan: Plan, one: Proposal) -> list[Passed]:
    """How it came to where it is, oldest first."""
    rows = conn.execute(
        select(
            proposal_step.c.kind,
            proposal_step.c.level,
            proposal_step.c.text,
            person.c.full_name,
            proposal_step.c.at,
        )
        .select_from(proposal_step.outerjoin(person, person.c.id == proposal_step.c.by_person_id))
        .where(
            proposal_step.c.source == one.source,
            proposal_step.c.source_id == one.id,
            proposal_step.c.ordinal == one.ordinal,
            proposal_step.c.proposal == one.text,
            proposal_step.c.kind.in_(MOVES),
        )
        .order_by(proposal_step.c.id)
    )
    told = []
    for row in rows:
        to = place(plan, [each.duty_level for each in one.above], row.level)
        origin = to - 1 if row.kind == ProposalStep.UP else to + 1
        told.append(Passed(ProposalStep(row.kind), origin, to, row.text, row.full_name or "", row.at))
    return told


# -- what is said of them: the caller has read them in this transaction


def answer(conn: Connection, these: Sequence[Proposal], by_level: str, text: str, by: Sender) -> None:
    """One answer to each of these, which nobody has answered."""
    _add_steps(conn, these, ProposalStep.ANSWERED, by_level, text, by.arrived, by.person_id)
    _record(conn, these, Action.PROPOSAL_ANSWERED, by_level, by)


def pass_on(
    conn: Connection, one: Proposal, kind: ProposalStep, to: Unit, opinion: str | None, by: Sender
) -> None:
    """Up, or back down: it waits there from now on."""
    _add_steps(conn, [one], kind, to.duty_level, opinion, by.arrived, by.person_id)
    _record(conn, [one], _ACTIONS[kind], to.duty_level, by)


def note_reminded(conn: Connection, these: Sequence[Proposal], now: datetime) -> None:
    for one in these:
        _add_steps(conn, [one], ProposalStep.REMINDED, one.owner.duty_level, None, now, None)


def _add_steps(
    conn: Connection,
    these: Sequence[Proposal],
    kind: ProposalStep,
    level: str,
    text: str | None,
    at: datetime,
    by_person_id: int | None,
) -> None:
    conn.execute(
        insert(proposal_step),
        [
            {
                "source": one.source,
                "source_id": one.id,
                "ordinal": one.ordinal,
                "proposal": one.text,
                "kind": kind,
                "level": level,
                "text": text,
                "by_person_id": by_person_id,
                "at": at,
            }
            for one in these
        ],
    )


def _record(conn: Connection, these: Sequence[Proposal], action: Action, level: str, by: Sender) -> None:
    about = [
        {
            "person_id": by.person_id,
            "account_id": by.account_id,
            "unit_id": one.unit_id,
            "subject": _SUBJECTS[one.source],
            "subject_id": one.id,
            "facts": {"level": level},
        }
        for one in these
    ]
    audit.record_each(conn, at=by.arrived, action=action, entries=about)
