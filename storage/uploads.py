"""Files that people sent: recorded in the turn, fetched and stored by a job."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from storage.content import Stored
from storage.database import new_id
from storage.models import EssayState, UploadState, essay, file, upload

NAME_LIMIT = 255  # characters
_READABLE = (UploadState.WAITING, UploadState.STORED)

_INSERT = insert(upload)
_AMONG = select(upload.c.id).where(
    upload.c.id.in_(bindparam("ids", expanding=True)), upload.c.remote_unique_id == bindparam("unique")
)


def record(
    conn: Connection,
    *,
    account_id: int,
    conversation_id: int | None,
    remote_id: str,
    unique_id: str,
    photo: bool,
    name: str | None,
    size: int | None,
    arrived: datetime,
    wall: datetime,
) -> int:
    """The upload's id, to be fetched from `wall` (the machine's time) on."""
    made = conn.execute(
        _INSERT,
        {
            "account_id": account_id,
            "conversation_id": conversation_id,
            "remote_id": remote_id,
            "remote_unique_id": unique_id,
            "photo": photo,
            "file_name": name[-NAME_LIMIT:] if name else None,  # its end says what it is
            "size": size,
            "state": UploadState.WAITING,
            "attempts": 0,
            "next_at": wall,
            "arrived_at": arrived,
        },
    )
    return new_id(made)


def has_one(conn: Connection, ids: Sequence[int], unique_id: str) -> bool:
    """Whether one of these uploads is this very file."""
    return bool(ids) and conn.scalar(_AMONG, {"ids": list(ids), "unique": unique_id}) is not None


def attach(conn: Connection, ids: Sequence[int], subject: str, subject_id: int) -> None:
    """They belong to what was sent: an "essay", a "report", a "material"."""
    if ids:
        conn.execute(
            update(upload).where(upload.c.id.in_(ids)).values(subject=subject, subject_id=subject_id)
        )


def drop(conn: Connection, ids: Sequence[int]) -> None:
    """Its conversation was cancelled before anything was sent."""
    if ids:
        conn.execute(
            update(upload)
            .where(upload.c.id.in_(ids), upload.c.subject.is_(None))
            .values(state=UploadState.DROPPED)
        )


def essay_with(conn: Connection, unique_id: str) -> datetime | None:
    """When this very file was handed in as part of an essay that stands; None: it was not."""
    return conn.scalar(
        select(upload.c.arrived_at)
        .select_from(upload.join(essay, essay.c.id == upload.c.subject_id))
        .where(
            upload.c.remote_unique_id == unique_id,
            upload.c.subject == "essay",
            essay.c.state.in_((EssayState.RECEIVING, EssayState.STORED)),
        )
        .order_by(upload.c.id)
        .limit(1)
    )


def photos_of(conn: Connection, subject: str, subject_id: int) -> int:
    """How many of its files are photographed pages."""
    found = conn.scalar(
        select(func.count())
        .select_from(upload)
        .where(upload.c.subject == subject, upload.c.subject_id == subject_id, upload.c.photo.is_(True))
    )
    return found or 0


def counted(conn: Connection, subject: str) -> dict[int, int]:
    """How many files each has that could be read, as `files_of`; what has none is not in it."""
    rows = conn.execute(
        select(upload.c.subject_id, func.count().label("files"))
        .where(upload.c.subject == subject, upload.c.state.in_(_READABLE))
        .group_by(upload.c.subject_id)
    )
    return {row.subject_id: row.files for row in rows}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A file that the messenger can send on."""

    remote_id: str
    photo: bool


def files_of(conn: Connection, subject: str, subject_id: int) -> list[Evidence]:
    """In the order in which they were sent; what could not be read is left out."""
    rows = conn.execute(
        select(upload.c.remote_id, upload.c.photo)
        .where(
            upload.c.subject == subject,
            upload.c.subject_id == subject_id,
            upload.c.state.in_(_READABLE),
        )
        .order_by(upload.c.id)
    )
    return [Evidence(*tuple(row)) for row in rows]


@dataclass(frozen=True, slots=True)
class Waiting:
    id: int
    account_id: int
    remote_id: str
    attempts: int
    subject: str  # what it belongs to: "essay", "report", "material"
    subject_id: int


def waiting(conn: Connection, now: datetime, most: int) -> list[Waiting]:
    """To be fetched now; what was not sent yet may still be cancelled."""
    rows = conn.execute(
        select(*(upload.c[name] for name in Waiting.__dataclass_fields__))
        .where(upload.c.state == UploadState.WAITING, upload.c.subject.is_not(None), upload.c.next_at <= now)
        .order_by(upload.c.id)
        .limit(most)
    )
    return [Waiting(*tuple(row)) for row in rows]


def try_later(conn: Connection, upload_id: int, at: datetime) -> None:
    conn.execute(
        update(upload).where(upload.c.id == upload_id).values(attempts=upload.c.attempts + 1, next_at=at)
    )


def mark_stored(conn: Connection, upload_id: int, stored: Stored, now: datetime) -> None:
    file_id = conn.scalar(select(file.c.id).where(file.c.sha256 == stored.sha256))
    if file_id is None:
        file_id = new_id(
            conn.execute(
                insert(file).values(
                    sha256=stored.sha256,
                    size=stored.size,
                    media_type=stored.media_type,
                    path=stored.path,
                    stored_at=now,
                )
            )
        )
    conn.execute(
        update(upload)
        .where(upload.c.id == upload_id, upload.c.state == UploadState.WAITING)
        .values(state=UploadState.STORED, file_id=file_id, size=stored.size)
    )


def mark_refused(conn: Connection, upload_id: int, why: str) -> None:
    conn.execute(update(upload).where(upload.c.id == upload_id).values(state=UploadState.REFUSED, error=why))


def states_of(conn: Connection, subject: str, subject_id: int) -> list[tuple[str, str | None]]:
    """(state, error) of every file of it."""
    rows = conn.execute(
        select(upload.c.state, upload.c.error)
        .where(upload.c.subject == subject, upload.c.subject_id == subject_id)
        .order_by(upload.c.id)
    )
    return [(row.state, row.error) for row in rows]


def unsettled_essays(conn: Connection) -> list[int]:
    """Essays all of whose files are stored or refused, and that nobody was told about yet."""
    still = select(upload.c.subject_id).where(
        upload.c.subject == "essay", upload.c.state == UploadState.WAITING
    )
    return list(
        conn.scalars(
            select(essay.c.id).where(essay.c.state == EssayState.RECEIVING, essay.c.id.not_in(still))
        )
    )
