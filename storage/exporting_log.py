"""What an export tells of messages and of the log: broadcasts, media items, planned meetings, the newest
entries.

`top` is the path of the subtree's highest unit. The caller holds one reading transaction.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, or_, select

from storage import media
from storage.exporting import within
from storage.models import (
    GuestAnswer,
    MediaState,
    RecipientState,
    UploadState,
    audit,
    broadcast,
    broadcast_recipient,
    media_item,
    meeting,
    meeting_guest,
    person,
    unit,
    upload,
)


def broadcasts(conn: Connection, plan: str, top: str) -> list[tuple[Any, dict[str, int], int]]:
    """Newest first: each with how many recipients are in each state, and how many acknowledged."""
    states: dict[int, dict[str, int]] = defaultdict(dict)
    acknowledged: dict[int, int] = defaultdict(int)
    recipients = broadcast_recipient.c
    for row in conn.execute(
        select(
            recipients.broadcast_id,
            recipients.state,
            func.count().label("people"),
            func.count(recipients.acknowledged_at).label("acknowledged"),
        )
        .select_from(
            broadcast_recipient.join(broadcast, broadcast.c.id == recipients.broadcast_id).join(
                unit, unit.c.id == broadcast.c.unit_id
            )
        )
        .where(broadcast.c.plan == plan, within(top))
        .group_by(recipients.broadcast_id, recipients.state)
    ):
        states[row.broadcast_id][RecipientState(row.state)] = row.people
        acknowledged[row.broadcast_id] += row.acknowledged
    rows = conn.execute(
        select(
            broadcast.c.id,
            broadcast.c.content,
            broadcast.c.state,
            broadcast.c.acknowledge,
            broadcast.c.send_at,
            broadcast.c.started_at,
            broadcast.c.finished_at,
            unit.c.name.label("unit"),
            person.c.full_name.label("by"),
        )
        .select_from(
            broadcast.join(unit, unit.c.id == broadcast.c.unit_id).join(
                person, person.c.id == broadcast.c.by_person_id
            )
        )
        .where(broadcast.c.plan == plan, within(top))
        .order_by(broadcast.c.id.desc())
    )
    return [(row, states[row.id], acknowledged[row.id]) for row in rows]


def media_items(conn: Connection, plan: str, top: str) -> list[Any]:
    """Those that stand, newest first, each with how many files were sent with it."""
    files = (
        select(func.count())
        .select_from(upload)
        .where(
            upload.c.subject == media.SUBJECT,
            upload.c.subject_id == media_item.c.id,
            upload.c.state == UploadState.STORED,
        )
        .scalar_subquery()
    )
    rows = conn.execute(
        select(
            unit.c.name.label("unit"),
            unit.c.code,
            media_item.c.kind,
            media_item.c.title,
            media_item.c.published_on,
            media_item.c.link,
            media_item.c.best_at,
            media_item.c.broadcast_id,
            media_item.c.by_person_id,
            person.c.full_name,
            media_item.c.at,
            files.label("files"),
        )
        .select_from(
            media_item.join(unit, unit.c.id == media_item.c.unit_id).outerjoin(
                person, person.c.id == media_item.c.by_person_id
            )
        )
        .where(media_item.c.plan == plan, media_item.c.state == MediaState.REPORTED, within(top))
        .order_by(media_item.c.id.desc())
    )
    return list(rows)


def audit_entries(conn: Connection, top: str, *, whole: bool, most: int) -> Iterator[Any]:
    """The newest, newest first. `whole`: those about no unit in particular, too."""
    about = within(top)
    yield from conn.execute(
        select(
            audit.c.at,
            audit.c.person_id,
            person.c.full_name,
            audit.c.action,
            unit.c.name.label("unit"),
            unit.c.code,
            audit.c.subject,
            audit.c.subject_id,
            audit.c.facts,
        )
        .select_from(
            audit.outerjoin(unit, unit.c.id == audit.c.unit_id).outerjoin(
                person, person.c.id == audit.c.person_id
            )
        )
        .where(or_(about, audit.c.unit_id.is_(None)) if whole else about)
        .order_by(audit.c.id.desc())
        .limit(most)
    )


def planned_meetings(conn: Connection, plan: str, top: str) -> list[Any]:
    """Sessions as they were planned, by day, each with how its guests answered; what was called off too."""

    def answered(which: ColumnElement[bool]) -> Any:
        return func.sum(case((which, 1), else_=0))

    return list(
        conn.execute(
            select(
                unit.c.name.label("unit"),
                unit.c.code,
                meeting.c.day,
                meeting.c.half,
                meeting.c.place,
                meeting.c.speaker_name,
                meeting.c.make_up,
                meeting.c.state,
                func.count(meeting_guest.c.person_id).label("invited"),
                answered(meeting_guest.c.answer == GuestAnswer.COMING).label("coming"),
                answered(meeting_guest.c.answer == GuestAnswer.EXCUSED).label("excused"),
            )
            .select_from(
                meeting.join(unit, unit.c.id == meeting.c.host_id).outerjoin(
                    meeting_guest, meeting_guest.c.meeting_id == meeting.c.id
                )
            )
            .where(meeting.c.plan == plan, unit.c.path.like(f"{top}%"))
            .group_by(meeting.c.id, unit.c.id)
            .order_by(meeting.c.day, meeting.c.id)
        )
    )
