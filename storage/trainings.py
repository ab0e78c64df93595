"""Trainings of speakers: reports of the duty of that kind, one a training, told apart by their slot."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from storage import submitting, uploads
from storage.database import new_id
from storage.models import report, speaker, training, training_count, training_speaker, unit
from storage.reports import Receipt, Sender


@dataclass(frozen=True, slots=True)
class Content:
    """What is told of a training. `speakers`: who attended, of the registers; `counts`: by unit, how many came
    from it and those below it, those named among them. None is "chưa ghi".
    """

    held_on: date
    place: str | None
    held_by: str | None
    topic: str | None
    speakers: tuple[int, ...] = ()
    counts: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Training:
    """`people` None: nobody said who attended."""

    id: int
    report_id: int
    slot: int
    plan: str
    unit_id: int
    unit_name: str
    content: Content
    people: int | None = None


_SELECT = (
    select(
        training.c.id,
        training.c.report_id,
        report.c.slot,
        training.c.plan,
        training.c.unit_id,
        unit.c.name,
        training.c.held_on,
        training.c.place,
        training.c.held_by,
        training.c.topic,
    )
    .select_from(
        training.join(report, report.c.id == training.c.report_id).join(unit, unit.c.id == training.c.unit_id)
    )
    .order_by(training.c.held_on, training.c.id)
)


def of_unit(conn: Connection, plan: str, unit_id: int) -> list[Training]:
    """Oldest first."""
    return _found(conn, training.c.plan == plan, training.c.unit_id == unit_id)


def within(conn: Connection, plan: str, path: str) -> list[Training]:
    """Of the units of the subtree with this path, oldest first."""
    return _found(conn, training.c.plan == plan, unit.c.path.like(f"{path}%"))


def get(conn: Connection, training_id: int) -> Training | None:
    return next(iter(_found(conn, training.c.id == training_id)), None)


def _found(conn: Connection, *where: ColumnElement[bool]) -> list[Training]:
    rows = conn.execute(_SELECT.where(*where)).all()
    ids = [row.id for row in rows]
    named: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for training_id, speaker_id, path in conn.execute(
        select(training_speaker.c.training_id, training_speaker.c.speaker_id, unit.c.path)
        .select_from(
            training_speaker.join(speaker, speaker.c.id == training_speaker.c.speaker_id).join(
                unit, unit.c.id == speaker.c.unit_id
            )
        )
        .where(training_speaker.c.training_id.in_(ids))
        .order_by(training_speaker.c.speaker_id)
    ):
        named[training_id].append((speaker_id, path))
    counted: dict[int, list[tuple[int, int, str]]] = defaultdict(list)
    for training_id, unit_id, people, path in conn.execute(
        select(training_count.c.training_id, training_count.c.unit_id, training_count.c.people, unit.c.path)
        .select_from(training_count.join(unit, unit.c.id == training_count.c.unit_id))
        .where(training_count.c.training_id.in_(ids))
        .order_by(training_count.c.unit_id)
    ):
        counted[training_id].append((unit_id, people, path))
    found = []
    for row in rows:
        names, counts = named[row.id], counted[row.id]
        told = Content(
            row.held_on,
            row.place,
            row.held_by,
            row.topic,
            tuple(speaker_id for speaker_id, _path in names),
            tuple((unit_id, people) for unit_id, people, _path in counts),
        )
        people = attended([path for _id, path in names], [(path, many) for _id, many, path in counts])
        found.append(Training(row.id, row.report_id, row.slot, row.plan, row.unit_id, row.name, told, people))
    return found


def attended(named: Sequence[str], counted: Sequence[tuple[str, int]]) -> int | None:
    """How many came: `named` are the paths of the units of those known by name, `counted` what is known of a
    unit with all below it. None: nothing is known.
    """
    if not named and not counted:
        return None
    alone = [path for path in named if not any(path.startswith(top) for top, _people in counted)]
    return len(alone) + sum(
        max(people, sum(path.startswith(top) for path in named)) for top, people in counted
    )


def days_and_people(trainings: Iterable[Training]) -> tuple[list[date], int | None]:
    """When they were held, and how many came to those of which it is known."""
    told = list(trainings)
    known = [one.people for one in told if one.people is not None]
    return [one.content.held_on for one in told], sum(known) if known else None


def submit(
    conn: Connection,
    plan: str,
    duty: str,
    unit_id: int,
    slot: int | None,
    content: Content,
    files: Sequence[int],
    sender: Sender,
) -> Receipt:
    """Record one, or correct the one in this slot; `files` are added to those that it has."""
    if slot is None:
        slot = submitting.next_slot(conn, plan, duty, unit_id)
    told = {
        "held_on": content.held_on.isoformat(),
        "place": content.place,
        "held_by": content.held_by,
        "topic": content.topic,
        "attended": list(content.speakers),
        "counts": [list(one) for one in content.counts],
        "files": list(files),
    }
    receipt = submitting.send(conn, plan, duty, unit_id, slot, told, sender)
    uploads.attach(conn, files, "report", receipt.report_id)
    values = {name: getattr(content, name) for name in ("held_on", "place", "held_by", "topic")}
    training_id = conn.scalar(select(training.c.id).where(training.c.report_id == receipt.report_id))
    if training_id is None:
        made = insert(training).values(report_id=receipt.report_id, plan=plan, unit_id=unit_id, **values)
        training_id = new_id(conn.execute(made))
    else:
        conn.execute(update(training).where(training.c.id == training_id).values(**values))
    conn.execute(delete(training_speaker).where(training_speaker.c.training_id == training_id))
    conn.execute(delete(training_count).where(training_count.c.training_id == training_id))
    if content.speakers:
        conn.execute(
            insert(training_speaker),
            [{"training_id": training_id, "speaker_id": one} for one in content.speakers],
        )
    if content.counts:
        conn.execute(
            insert(training_count),
            [
                {"training_id": training_id, "unit_id": one, "people": people}
                for one, people in content.counts
            ],
        )
    return receipt


def last_said(conn: Connection, unit_id: int) -> Content | None:
    """Of the training recorded last, under any plan."""
    newest = select(func.max(training.c.id)).where(training.c.unit_id == unit_id)
    found = _found(conn, training.c.id == newest.scalar_subquery())
    return replace(found[0].content, speakers=(), counts=()) if found else None
