"""Files that people sent: recorded in the turn, fetched and stored by a job."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from storage.database import new_id
from storage.models import UploadState, upload

_INSERT = insert(upload)
_BY_UNIQUE = select(upload.c.id).where(
    upload.c.account_id == bindparam("account"),
    upload.c.conversation_id == bindparam("conversation"),
    upload.c.remote_unique_id == bindparam("unique"),
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
) -> int | None:
    """The upload's id; None: this conversation has the same file already."""
    key = {"account": account_id, "conversation": conversation_id, "unique": unique_id}
    if conn.scalar(_BY_UNIQUE, key) is not None:
        return None
    made = conn.execute(
        _INSERT,
        {
            "account_id": account_id,
            "conversation_id": conversation_id,
            "remote_id": remote_id,
            "remote_unique_id": unique_id,
            "photo": photo,
            "file_name": name,
            "size": size,
            "state": UploadState.WAITING,
            "attempts": 0,
            "next_at": arrived,
            "arrived_at": arrived,
        },
    )
    return new_id(made)


def attach(conn: Connection, ids: Sequence[int], subject: str, subject_id: int) -> None:
    """They belong to what was sent: an "essay", or a "report"."""
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
    """When this very file was handed in as an essay before; None: it was not."""
    return conn.scalar(
        select(upload.c.arrived_at)
        .where(
            upload.c.remote_unique_id == unique_id,
            upload.c.subject == "essay",
            upload.c.state.in_((UploadState.WAITING, UploadState.STORED)),
        )
        .order_by(upload.c.id)
        .limit(1)
    )


def count_of(conn: Connection, subject: str, subject_id: int) -> int:
    found = conn.scalar(
        select(func.count())
        .select_from(upload)
        .where(
            upload.c.subject == subject,
            upload.c.subject_id == subject_id,
            upload.c.state.in_((UploadState.WAITING, UploadState.STORED)),
        )
    )
    return found or 0
