"""Reminders: who owes what is asked of the duties, who was told already of the ledger.

One digest row a person; it is only a reference, and what it says is decided when it is sent: what was handed
in meanwhile is not asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import Connection

from bot.engine.owed_buttons import owed_buttons
from bot.engine.replies import Reply, payload
from bot.engine.turn import World, go, standing_rows
from bot.texts import reminders as texts
from bot.texts import status as status_texts
from rules.deadlines import last_day, remind_deadline
from rules.duties import file_roles, main_duty
from rules.plan import DutyKind
from rules.reminders import evening, quiet_until, stage_now
from rules.rights import acting_roles
from scheduler.job import Desk, Job
from storage import accounts, duties, nudges, outbox, reminders
from storage.models import OutboxKind
from storage.outbox import Row
from storage.reminders import Asking, Candidate
from storage.writer import Priority

SESSION_STAGE = "session"
PLANNED_STAGE = "planned"
NUDGE_STAGE = "nudge"
PIECE = 200  # people a transaction
NUDGE_SLACK = timedelta(minutes=10)
LOOK_BACK_DAYS = 2  # a session recorded, or a day planned, before that is old news


@dataclass(frozen=True, slots=True)
class _Due:
    """`each`: everybody for themselves (an essay), instead of one voice a unit."""

    deadline: date
    stage: str
    people: list[Candidate]
    each: bool = False


def tick(conn: Connection, world: World, now: datetime, most: int = PIECE) -> int:
    """Write the next few digests that are due; how many. Nothing at night: the morning finds the same.

    In pieces, since turns wait meanwhile: whom this one leaves out, the next one finds.
    """
    local = now.astimezone(world.zone)
    if quiet_until(world.plan.reminders, local) is not None:
        return 0
    reasons: dict[int, tuple[date, str]] = {}
    told: dict[tuple[date, str], set[int]] = defaultdict(set)
    for due in (
        *_deadlines(conn, world, local, now),
        *_events(conn, world, local, now),
        *_nudges(conn, world, local, now),
    ):
        for person in _chosen(world, due):
            if person in reasons or len(reasons) < most:
                reasons.setdefault(person, (due.deadline, due.stage))
                told[due.deadline, due.stage].add(person)
    for (deadline, stage), people in told.items():
        reminders.note(conn, world.plan.code, deadline, stage, sorted(people), now)
    rows = [
        (channel, address, *_reference(world, person, *reasons[person], channel, address))
        for person, channel, address in accounts.addresses_of(conn, list(reasons))
    ]
    outbox.add_references(conn, OutboxKind.REMINDER, rows, now)
    return len(rows)


def _reference(
    world: World, person: int, deadline: date, stage: str, channel: str, address: str
) -> tuple[dict[str, Any], str]:
    """What the row carries, and what makes it the only one of its kind."""
    form = {"digest": person, "deadline": deadline.isoformat(), "stage": stage}
    return form, f"digest:{world.plan.code}:{deadline}:{stage}:{person}:{channel}:{address}"


def _deadlines(conn: Connection, world: World, local: datetime, now: datetime) -> Iterable[_Due]:
    plan = world.plan
    ask = Asking(plan.code, acting_roles(plan), local.date(), now)
    for duty in plan.duties:
        if not duty.remind or duty.kind not in duties.REPORTED:
            continue
        for level in duty.levels:
            before = remind_deadline(duty, level)
            stage = stage_now(plan.reminders, before, local) if before else None
            if before is None or stage is None:
                continue
            people = reminders.owing_report(conn, ask, duty.code, level, before, stage.code)
            yield _Due(before, stage.code, people)
    for level, before in plan.essays.before.items() if plan.essays else ():
        stage = stage_now(plan.reminders, before, local)
        roles = file_roles(plan, level)
        if stage is None or not roles:
            continue
        people = reminders.owing_essay(conn, replace(ask, roles=roles), level, before, stage.code)
        yield _Due(before, stage.code, people, each=True)


def _events(conn: Connection, world: World, local: datetime, now: datetime) -> Iterable[_Due]:
    plan = world.plan
    ask = Asking(plan.code, acting_roles(plan), local.date(), now)
    for back in range(LOOK_BACK_DAYS):
        day = local.date() - timedelta(days=back)
        if evening(plan.reminders, day, local) > local:
            continue
        start = datetime.combine(day, time(), local.tzinfo)
        recorded = (start, start + timedelta(days=1))
        for duty in plan.duties:
            if duty.kind is DutyKind.PARTICIPATION:
                people = reminders.after_session(conn, ask, duty.code, recorded, day, SESSION_STAGE)
                yield _Due(day, SESSION_STAGE, people)
            if duty.kind in duties.REPORTED:
                people = reminders.on_planned_day(conn, ask, duty.code, day, PLANNED_STAGE)
                yield _Due(day, PLANNED_STAGE, people)


def _nudges(conn: Connection, world: World, local: datetime, now: datetime) -> Iterable[_Due]:
    """What an officer pressed today, or last evening, when it was or soon became too late to ask; however many
    press, nobody is asked twice about one day.
    """
    plan, today = world.plan, local.date()
    duty = main_duty(plan)
    if duty is None:
        return
    ask = Asking(plan.code, acting_roles(plan), today, now)
    night = datetime.combine(today - timedelta(days=1), plan.reminders.quiet_from, local.tzinfo)
    for day, top in nudges.to_work_on(conn, plan.code, today, night - NUDGE_SLACK):
        for level in duty.levels:
            people = reminders.owing_report(conn, ask, duty.code, level, day, NUDGE_STAGE, top)
            yield _Due(day, NUDGE_STAGE, people)


def _chosen(world: World, due: _Due) -> list[int]:
    """In each unit the highest role that can be reached: three people need not be told the same."""
    if due.each:
        return [one.person_id for one in due.people]
    order = [role.code for role in world.plan.roles]
    best: dict[int, Candidate] = {}
    for one in due.people:
        known = best.get(one.unit_id)
        if known is None or order.index(one.role) < order.index(known.role):
            best[one.unit_id] = one
    return [one.person_id for one in best.values()]


def render(conn: Connection, world: World, row: Row, now: datetime) -> dict[str, Any] | None:
    """The digest as it is true now; None: nothing is owed any more, or the person is gone."""
    person: int = row.payload["digest"]
    if (row.channel, row.address) not in accounts.addresses(conn, person):
        return None
    local = now.astimezone(world.zone)
    today = local.date()
    acts = acting_roles(world.plan)
    parts: list[str] = []
    left: list[duties.Owed] = []
    essays = False
    posts = list({post.unit_id: post for post in accounts.posts(conn, person, today)}.values())
    for post in posts:
        owed = duties.of_unit(conn, world.plan, post) if post.role in acts else []
        owed = [one for one in owed if one.report_id is None and one.duty.remind]
        missing = duties.missing_essays(conn, world.plan, post.unit_id, post.duty_level, today)
        if post.role not in acts:
            missing = [one for one in missing if one.person_id == person]
        said = _counted_down_to(row) if not parts else None
        shown = [status_texts.owed_line(one, today, said=said) for one in owed]
        if missing:
            shown.append(status_texts.essays_line(missing, person))
        if shown:
            parts.append(_part(row, post.unit_name, today, shown, first=not parts))
        left += owed
        essays = essays or bool(missing)
    if not parts:
        return None
    buttons = owed_buttons(posts, left, essays=essays)
    if left:
        buttons.append(go(texts.HAVE_DAY, "planned", left[0].unit_id))
    buttons.append(go(texts.LATER, "later"))
    reply = Reply("\n".join(parts), buttons)
    return payload(reply, standing_rows(buttons), None)


_TOPICS = {
    SESSION_STAGE: texts.SESSION_RECORDED,
    PLANNED_STAGE: texts.PLANNED_DAY,
    NUDGE_STAGE: texts.ASKED_FROM_ABOVE,
}


def _part(row: Row, unit: str, today: date, shown: Sequence[str], *, first: bool) -> str:
    topic = _TOPICS.get(row.payload["stage"])
    day = _counted_down_to(row) if first else None
    return texts.digest(unit, day, today, list(shown), topic=topic if first else None)


def _counted_down_to(row: Row) -> date | None:
    """The last day of the deadline that the digest is about; None: it is about a session."""
    if row.payload["stage"] in _TOPICS:
        return None
    return last_day(date.fromisoformat(row.payload["deadline"]))


async def run(desk: Desk) -> dict[str, int]:
    total = 0
    while True:
        written = await desk.writer.run(Priority.JOB, lambda conn: tick(conn, desk.world, desk.clock.now()))
        if not written:
            return {"digests": total}
        total += written
        desk.sender.look()


job = Job("reminders", timedelta(seconds=20), run)
