"""Sending and correcting reports: the current one is replaced, every sending is kept, the first arrival stands."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from rules import numbered as numbers
from rules.numbered import Numbered
from storage import audit, documents, uploads
from storage.audit import Action
from storage.database import new_id
from storage.models import (
    ReportState,
    absence,
    participation,
    planned_day,
    report,
    report_revision,
    session,
    session_group,
    session_speaker,
    unit,
)
from storage.reports import Current, Held, Line, Receipt, Sender, find


def submit_participation(
    conn: Connection, plan: str, duty: str, unit_id: int, lines: Sequence[Line], sender: Sender
) -> Receipt:
    """The unit's whole participation: `lines[0]` the session, the others make-ups."""
    content = content_of(lines)
    receipt = send(conn, plan, duty, unit_id, 0, content, sender)
    old = select(participation.c.id).where(participation.c.report_id == receipt.report_id)
    conn.execute(delete(absence).where(absence.c.participation_id.in_(old)))
    conn.execute(delete(participation).where(participation.c.report_id == receipt.report_id))
    for ordinal, line in enumerate(lines):
        values = asdict(line)
        absent = values.pop("absent")
        participation_id = new_id(
            conn.execute(
                insert(participation).values(
                    report_id=receipt.report_id, ordinal=ordinal, plan=plan, unit_id=unit_id, **values
                )
            )
        )
        if absent:
            conn.execute(insert(absence), [{"participation_id": participation_id, **one} for one in absent])
    return receipt


def submit_session(
    conn: Connection, plan: str, duty: str, host_id: int, slot: int, held: Held, sender: Sender
) -> tuple[Receipt, int]:
    """Record a session, or correct the one in this slot. Returns its receipt and the session's id."""
    receipt = send(conn, plan, duty, host_id, slot, content_of(held), sender)
    values = {
        "level": held.level,
        "held_on": held.held_on,
        "place": held.place,
        "hall_count": held.hall_count,
        "materials": held.materials,
        "make_up": held.make_up,
        "own": held.own,
    }
    session_id = conn.scalar(select(session.c.id).where(session.c.report_id == receipt.report_id))
    if session_id is None:
        session_id = new_id(
            conn.execute(
                insert(session).values(
                    report_id=receipt.report_id,
                    plan=plan,
                    host_id=host_id,
                    recorded_at=sender.arrived,
                    **values,
                )
            )
        )
    else:
        conn.execute(update(session).where(session.c.id == session_id).values(**values))
    conn.execute(delete(session_speaker).where(session_speaker.c.session_id == session_id))
    conn.execute(delete(session_group).where(session_group.c.session_id == session_id))
    if held.speakers:
        conn.execute(
            insert(session_speaker), [{"session_id": session_id, **asdict(one)} for one in held.speakers]
        )
    if held.groups:
        conn.execute(
            insert(session_group), [{"session_id": session_id, **asdict(one)} for one in held.groups]
        )
    if not held.own:
        _bring_branches_along(conn, plan, session_id, host_id, held.held_on)
    return receipt, session_id


def _bring_branches_along(conn: Connection, plan: str, session_id: int, host_id: int, day: date) -> None:
    """The day is the host's to say: branches that named this session follow a correction of it, and branches
    that reported that day before the host did have attended this one, where it is the only one of the day.
    """
    conn.execute(update(participation).where(participation.c.session_id == session_id).values(held_on=day))
    same_day = select(func.count()).where(
        session.c.plan == plan,
        session.c.host_id == host_id,
        session.c.held_on == day,
        session.c.own.is_(False),
    )
    if conn.scalar(same_day) == 1:
        below = select(unit.c.id).where(unit.c.parent_id == host_id)
        conn.execute(
            update(participation)
            .where(
                participation.c.plan == plan,
                participation.c.session_id.is_(None),
                participation.c.held_on == day,
                participation.c.unit_id.in_(below),
            )
            .values(session_id=session_id)
        )


def submit_document(
    conn: Connection,
    plan: str,
    duty: str,
    unit_id: int,
    files: Sequence[int],
    sender: Sender,
    numbered: Numbered | None = None,
) -> Receipt:
    """A duty that is fulfilled by handing in files: a revision names its own, earlier ones are kept.
    `numbered`: None where its number is not asked for.
    """
    content = {"files": list(files), **(numbers.content_of(numbered) if numbered is not None else {})}
    receipt = send(conn, plan, duty, unit_id, 0, content, sender)
    uploads.attach(conn, files, "report", receipt.report_id)
    return receipt


def submit_relay(
    conn: Connection, plan: str, duty: str, unit_id: int, slot: int, relay: dict[str, Any], sender: Sender
) -> Receipt:
    """A report that sums up the units below (`storage.relays.Relay`, as JSON)."""
    return send(conn, plan, duty, unit_id, slot, {"relay": relay}, sender)


def renumber_document(
    conn: Connection, plan: str, duty: str, unit_id: int, numbered: Numbered, sender: Sender
) -> Receipt | None:
    """Its number and day are corrected, its files stay. None: it was moved away meanwhile."""
    sent = documents.current(conn, plan, duty, unit_id)
    if sent is None:
        return None
    return send(conn, plan, duty, unit_id, 0, sent.content | numbers.content_of(numbered), sender)


def add_photos(
    conn: Connection, sent: Current, duty: str, unit_id: int, files: Sequence[int], sender: Sender
) -> None:
    """To a report as it stands: its figures, its revision and who sent it stay."""
    uploads.attach(conn, files, "report", sent.id)
    audit.record(
        conn,
        at=sender.arrived,
        action=Action.REPORT_CORRECTED,
        person_id=sender.person_id,
        account_id=sender.account_id,
        unit_id=unit_id,
        subject="report",
        subject_id=sent.id,
        facts={"duty": duty, "revision": sent.revision, "photos": len(files)},
    )


def next_slot(conn: Connection, plan: str, duty: str, unit_id: int) -> int:
    last = conn.scalar(
        select(func.max(report.c.slot)).where(
            report.c.plan == plan, report.c.duty == duty, report.c.unit_id == unit_id
        )
    )
    return 0 if last is None else last + 1


def record_planned(
    conn: Connection, plan: str, duty: str, unit_id: int, day: date | None, sender: Sender
) -> None:
    where = (planned_day.c.plan == plan, planned_day.c.duty == duty, planned_day.c.unit_id == unit_id)
    conn.execute(delete(planned_day).where(*where))
    conn.execute(
        insert(planned_day).values(
            plan=plan,
            duty=duty,
            unit_id=unit_id,
            day=day,
            recorded_at=sender.arrived,
            by_person_id=sender.person_id,
        )
    )
    audit.record(
        conn,
        at=sender.arrived,
        action=Action.DAY_PLANNED,
        person_id=sender.person_id,
        account_id=sender.account_id,
        unit_id=unit_id,
        facts={"duty": duty, "day": day.isoformat() if day else None},
    )


def send(
    conn: Connection,
    plan: str,
    duty: str,
    unit_id: int,
    slot: int,
    content: dict[str, Any],
    sender: Sender,
) -> Receipt:
    """A sending of any report, with its audit entry; `content` is kept as it is said."""
    before = next(
        (row for row in find(conn, plan, duty, unit_id) if row.slot == slot),
        None,
    )
    values = {
        "state": ReportState.SENT,
        "last_arrived_at": sender.arrived,
        "by_person_id": sender.person_id,
        "on_behalf": sender.on_behalf,
    }
    if before is None:
        revision, first = 1, sender.arrived
        report_id = new_id(
            conn.execute(
                insert(report).values(
                    plan=plan,
                    duty=duty,
                    unit_id=unit_id,
                    slot=slot,
                    revision=1,
                    first_arrived_at=sender.arrived,
                    **values,
                )
            )
        )
    else:
        report_id, revision, first = before.id, before.revision + 1, before.first_arrived_at
        conn.execute(update(report).where(report.c.id == report_id).values(revision=revision, **values))
    conn.execute(
        insert(report_revision).values(
            report_id=report_id,
            number=revision,
            content=content,
            arrived_at=sender.arrived,
            by_person_id=sender.person_id,
            by_account_id=sender.account_id,
            on_behalf=sender.on_behalf,
        )
    )
    audit.record(
        conn,
        at=sender.arrived,
        action=Action.REPORT_SENT if before is None else Action.REPORT_CORRECTED,
        person_id=sender.person_id,
        account_id=sender.account_id,
        unit_id=unit_id,
        subject="report",
        subject_id=report_id,
        facts={"duty": duty, "revision": revision, "on_behalf": sender.on_behalf},
    )
    return Receipt(report_id, revision, first)


def content_of(said: Sequence[Line] | Held) -> dict[str, Any]:
    """As a sending keeps it (`rules.revisions`)."""
    return (
        _plain(asdict(said)) if isinstance(said, Held) else {"lines": [_plain(asdict(one)) for one in said]}
    )


def _plain(item: Any) -> Any:
    """As JSON."""
    if isinstance(item, date):
        return item.isoformat()
    if isinstance(item, dict):
        return {key: _plain(inner) for key, inner in item.items()}
    return [_plain(inner) for inner in item] if isinstance(item, list | tuple) else item
