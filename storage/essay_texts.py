"""The texts taken out of essays, and what each resembles."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, func, insert, or_, select, update

from rules import essay_hints
from storage.essay_files import Found
from storage.models import TextKind, UploadState, essay, essay_mark, essay_text, file, upload

TRIES = 2
SHARED_MARKS = 8  # of essay_hints.MARKS: fewer, and the essay is not looked at
COMPARED = 5  # essays at most


@dataclass(frozen=True, slots=True)
class EssayText:
    essay_id: int
    text: str | None
    pages: int | None
    kind: str
    why: str | None
    like_id: int | None
    like_percent: int | None
    plan_percent: int | None


_COLUMNS = [essay_text.c[name] for name in EssayText.__dataclass_fields__]


def of_essay(conn: Connection, essay_id: int) -> EssayText | None:
    row = conn.execute(select(*_COLUMNS).where(essay_text.c.essay_id == essay_id)).first()
    return EssayText(*tuple(row)) if row else None


def waiting(conn: Connection, most: int) -> list[int]:
    """Stored essays that nobody has looked into; one that killed its reader is tried once more."""
    rows = conn.scalars(
        select(essay.c.id)
        .select_from(essay.outerjoin(essay_text, essay_text.c.essay_id == essay.c.id))
        .where(
            essay.c.stored_at.is_not(None),  # whatever became of it since: others may have copied it
            or_(
                essay_text.c.essay_id.is_(None),
                and_(essay_text.c.kind == TextKind.READING, essay_text.c.attempts < TRIES),
            ),
        )
        .order_by(essay.c.id)
        .limit(most)
    )
    return list(rows)


def begin(conn: Connection, essay_id: int, now: datetime) -> None:
    """Written down before a file is opened: so that what kills the process does not do it for ever."""
    again = conn.execute(
        update(essay_text)
        .where(essay_text.c.essay_id == essay_id)
        .values(attempts=essay_text.c.attempts + 1, checked_at=now)
    )
    if not again.rowcount:
        conn.execute(
            insert(essay_text).values(essay_id=essay_id, kind=TextKind.READING, attempts=1, checked_at=now)
        )


def files_of(conn: Connection, essay_id: int) -> list[tuple[str, str]]:
    """(path below the data folder, media type) of each, as they came."""
    rows = conn.execute(
        select(file.c.path, file.c.media_type)
        .select_from(upload.join(file, file.c.id == upload.c.file_id))
        .where(
            upload.c.subject == "essay",
            upload.c.subject_id == essay_id,
            upload.c.state == UploadState.STORED,
        )
        .order_by(upload.c.id)
    )
    return [(row.path, row.media_type) for row in rows]


def keep(
    conn: Connection, essay_id: int, found: Found, plan_sequences: Collection[int], now: datetime
) -> EssayText:
    """What was found, compared with the plan's text and with the essays before this one."""
    said = essay_hints.sequences(found.text or "")
    own = said - frozenset(plan_sequences)  # everybody quotes the plan
    like_id, like_percent = _most_alike(conn, essay_id, own, plan_sequences)
    kind = TextKind.TEXT if found.text else TextKind.SCAN if found.scanned else TextKind.UNREADABLE
    kept = EssayText(
        essay_id=essay_id,
        text=found.text,
        pages=found.pages,
        kind=kind,
        why=found.why,
        like_id=like_id,
        like_percent=like_percent,
        plan_percent=essay_hints.contained_percent(said, frozenset(plan_sequences)) if said else None,
    )
    values = {name: getattr(kept, name) for name in EssayText.__dataclass_fields__}
    conn.execute(update(essay_text).where(essay_text.c.essay_id == essay_id).values(**values, checked_at=now))
    conn.execute(delete(essay_mark).where(essay_mark.c.essay_id == essay_id))
    marks = essay_hints.marks(own)
    if marks:
        conn.execute(insert(essay_mark), [{"essay_id": essay_id, "mark": mark} for mark in marks])
    return kept


def _most_alike(
    conn: Connection, essay_id: int, own: frozenset[int], plan_sequences: Collection[int]
) -> tuple[int | None, int | None]:
    """Among the earlier ones; one by somebody else before the same person's."""
    marks = essay_hints.marks(own)
    if not marks:
        return None, None
    shared = func.count()
    near = conn.execute(
        select(essay_mark.c.essay_id, shared)
        .where(essay_mark.c.mark.in_(marks), essay_mark.c.essay_id < essay_id)
        .group_by(essay_mark.c.essay_id)
        .having(shared >= min(SHARED_MARKS, len(marks)))
        .order_by(shared.desc(), essay_mark.c.essay_id)
        .limit(COMPARED)
    ).all()
    writer = conn.scalar(select(essay.c.person_id).where(essay.c.id == essay_id))
    best: tuple[bool, int, int] | None = None
    for row in near:
        other = conn.execute(
            select(essay_text.c.text, essay.c.person_id)
            .select_from(essay_text.join(essay, essay.c.id == essay_text.c.essay_id))
            .where(essay_text.c.essay_id == row.essay_id)
        ).one()
        theirs = essay_hints.sequences(other.text or "") - frozenset(plan_sequences)
        percent = essay_hints.shared_percent(own, theirs)
        if percent >= essay_hints.COPY_PERCENT:
            somebody_else = writer is None or other.person_id != writer
            best = max(best or (False, 0, 0), (somebody_else, percent, row.essay_id))
    return (best[2], best[1]) if best else (None, None)
