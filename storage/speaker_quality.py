"""Who spoke where, how the level above judged it, who is registered and who was trained.

The commune's sessions are judged by the district, the district's by the province; a unit's meetings for itself
alone are nobody's to judge. Who spoke is found in the registers by person, or by name in those of the host and
of the units above it.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from rules.names import name_key
from storage import audit, speakers
from storage.audit import Action
from storage.models import (
    Grade,
    session,
    session_speaker,
    speaker_judgement,
    training,
    training_speaker,
    unit,
)
from storage.reports import Sender
from storage.speakers import Speaker
from storage.units import tree_order


@dataclass(frozen=True, slots=True)
class Spoke:
    """One speaker at one session. `id` changes whenever the session is corrected, (`session_id`, `key`) not."""

    id: int
    session_id: int
    plan: str
    host_id: int
    host_name: str
    host_path: str
    above_id: int | None  # the unit that judges; None: nobody does
    level: str
    held_on: date
    own: bool
    name: str
    person_id: int | None
    grade: Grade | None
    note: str | None
    by_person_id: int | None  # who judged
    key: str  # of the name


@dataclass(frozen=True, slots=True)
class Trained:
    """The last training."""

    held_on: date
    held_by: str | None


@dataclass(frozen=True, slots=True)
class Quality:
    """Of a subtree. People who speak twice count twice, but in the registers."""

    spoken: int = 0
    to_judge: int = 0  # that somebody above may judge, judged ones too
    judged: int = 0
    good: int = 0
    fair: int = 0
    average: int = 0
    weak: int = 0
    trained: int = 0  # of those that spoke
    unregistered: int = 0  # of those that spoke
    registered: int = 0  # people in the registers
    registered_trained: int = 0


@dataclass(frozen=True)
class Look:
    """Everything about the speakers of a subtree, read once. `of`: by `Spoke.id`, the registered one."""

    spoke: Sequence[Spoke]
    register: Sequence[Speaker]
    of: Mapping[int, Speaker]
    trained: Mapping[int, Trained]

    @property
    def by_speaker(self) -> dict[int, list[Spoke]]:
        found: dict[int, list[Spoke]] = defaultdict(list)
        for one in self.spoke:
            if one.id in self.of:
                found[self.of[one.id].id].append(one)
        return found

    @property
    def unregistered(self) -> list[Spoke]:
        return [one for one in self.spoke if one.id not in self.of]


def look(conn: Connection, plan: str, path: str) -> Look:
    spoke = _spoke(conn, session.c.plan == plan, session.c.own.is_(False), unit.c.path.like(f"{path}%"))
    around = speakers.around(conn, path)
    return Look(
        spoke,
        [one for one in around if one.unit_path.startswith(path)],
        _registered(spoke, around),
        trained(conn, plan),
    )


def tally(conn: Connection, plan: str, path: str) -> Quality:
    """`plan`: its code; `path`: of the subtree's top."""
    return summed(look(conn, plan, path))


def by_level(conn: Connection, plan: str, path: str) -> dict[str, Quality]:
    """By the level of the session and, of the registers, of the unit."""
    seen = look(conn, plan, path)
    levels = {one.level for one in seen.spoke} | {one.level for one in seen.register}
    return {level: summed(seen, level) for level in levels}


def summed(seen: Look, level: str | None = None) -> Quality:
    """`level`: of it alone."""
    spoke = [one for one in seen.spoke if level in (None, one.level)]
    register = [one for one in seen.register if level in (None, one.level)]
    grades = Counter(one.grade for one in spoke if one.grade is not None)
    return Quality(
        spoken=len(spoke),
        to_judge=sum(one.above_id is not None for one in spoke),
        judged=grades.total(),
        good=grades[Grade.GOOD],
        fair=grades[Grade.FAIR],
        average=grades[Grade.AVERAGE],
        weak=grades[Grade.WEAK],
        trained=sum(one.id in seen.of and seen.of[one.id].id in seen.trained for one in spoke),
        unregistered=sum(one.id not in seen.of for one in spoke),
        registered=len(register),
        registered_trained=sum(one.id in seen.trained for one in register),
    )


def trained(conn: Connection, plan: str) -> dict[int, Trained]:
    """By speaker."""
    rows = conn.execute(
        select(training_speaker.c.speaker_id, training.c.held_on, training.c.held_by)
        .select_from(training_speaker.join(training, training.c.id == training_speaker.c.training_id))
        .where(training.c.plan == plan)
        .order_by(training.c.held_on, training.c.id)
    )
    return {speaker_id: Trained(held_on, held_by) for speaker_id, held_on, held_by in rows}


def to_judge(conn: Connection, plan: str, desk_id: int, *, judged: bool) -> list[Spoke]:
    """At the sessions of the units directly below the desk, the oldest first."""
    found = _spoke(conn, session.c.plan == plan, session.c.own.is_(False), unit.c.parent_id == desk_id)
    return [one for one in found if (one.grade is not None) is judged]


def one(conn: Connection, spoke_id: int) -> Spoke | None:
    return next(iter(_spoke(conn, session_speaker.c.id == spoke_id)), None)


def _spoke(conn: Connection, *where: ColumnElement[bool]) -> list[Spoke]:
    """In the order in which they spoke."""
    spoken = conn.execute(
        select(
            session_speaker.c.id,
            session.c.id.label("session_id"),
            session.c.plan,
            session.c.host_id,
            unit.c.name.label("host_name"),
            unit.c.path.label("host_path"),
            unit.c.parent_id.label("above_id"),
            session.c.level,
            session.c.held_on,
            session.c.own,
            session_speaker.c.name,
            session_speaker.c.person_id,
        )
        .select_from(_SPOKEN)
        .where(*where)
        .order_by(session.c.held_on, session_speaker.c.id)
    ).all()
    judged: dict[tuple[int, str], Any] = {
        (row.session_id, row.name_key): row
        for row in conn.execute(
            select(speaker_judgement).where(
                speaker_judgement.c.session_id.in_(select(session.c.id).select_from(_SPOKEN).where(*where))
            )
        )
    }
    found = []
    for row in spoken:
        key = name_key(row.name)
        said = judged.get((row.session_id, key))
        found.append(
            Spoke(
                **row._mapping,
                key=key,
                grade=Grade(said.grade) if said else None,
                note=said.note if said else None,
                by_person_id=said.by_person_id if said else None,
            )
        )
    return found


_SPOKEN = session_speaker.join(session, session.c.id == session_speaker.c.session_id).join(
    unit, unit.c.id == session.c.host_id
)


def _registered(spoke: Iterable[Spoke], register: Iterable[Speaker]) -> dict[int, Speaker]:
    by_person: dict[int, Speaker] = {}
    by_name: dict[tuple[int, str | None], Speaker] = {}
    for each in register:
        by_name[each.unit_id, each.key] = each
        if each.person_id is not None:
            by_person.setdefault(each.person_id, each)
    found = {}
    for one in spoke:
        known = by_person.get(one.person_id) if one.person_id is not None else None
        # The nearest first: the host's own, then those of the units above it.
        line = reversed(tree_order(one.host_path))
        named = (by_name.get((unit_id, one.key)) for unit_id in line)
        # Another person of the same name is not meant.
        same = (each for each in named if each and None in (each.person_id, one.person_id))
        known = known or next(same, None)
        if known is not None:
            found[one.id] = known
    return found


# -- writing


def judge(conn: Connection, spoke: Spoke, grade: Grade, note: str | None, sender: Sender) -> None:
    """What was said before stands in the audit log."""
    this = and_(speaker_judgement.c.session_id == spoke.session_id, speaker_judgement.c.name_key == spoke.key)
    values = {"grade": grade, "note": note, "by_person_id": sender.person_id, "at": sender.arrived}
    before = conn.scalar(select(speaker_judgement.c.grade).where(this).with_for_update())
    if before is None:
        conn.execute(
            insert(speaker_judgement).values(session_id=spoke.session_id, name_key=spoke.key, **values)
        )
    else:
        conn.execute(update(speaker_judgement).where(this).values(**values))
    facts = {"grade": str(grade), **({"before": before} if before is not None else {})}
    audit.record_sent(conn, sender, Action.SPEAKER_JUDGED, spoke.host_id, "session", spoke.session_id, facts)
