"""The audit log: who did what, on whose behalf, to which unit. Written beside each write it records."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, insert

from storage.models import audit
from storage.reports import Sender


class Action(StrEnum):
    REPORT_SENT = "report_sent"
    REPORT_CORRECTED = "report_corrected"
    DAY_PLANNED = "day_planned"
    ESSAY_SENT = "essay_sent"
    ESSAY_MOVED = "essay_moved"
    ESSAY_STORED = "essay_stored"
    ESSAY_REFUSED = "essay_refused"
    ESSAYS_COUNTED = "essays_counted"
    ESSAY_PASSED = "essay_passed"
    ESSAY_RETURNED = "essay_returned"
    PROPOSAL_ANSWERED = "proposal_answered"
    ACCOUNT_LINKED = "account_linked"
    CONSENT_GIVEN = "consent_given"
    CONSENT_REFUSED = "consent_refused"
    INVITE_REVOKED = "invite_revoked"
    INVITES_ISSUED = "invites_issued"
    UNIT_CHANGED = "unit_changed"
    UNITS_IMPORTED = "units_imported"
    PEOPLE_IMPORTED = "people_imported"
    PERSON_CHANGED = "person_changed"
    POSITION_GIVEN = "position_given"
    POSITION_DATED = "position_dated"
    REPORT_ACCEPTED = "report_accepted"
    REPORT_RETURNED = "report_returned"
    REPORT_KEPT = "report_kept"
    REPORT_MOVED = "report_moved"
    UNIT_CALLED = "unit_called"
    UNITS_NUDGED = "units_nudged"
    SNAPSHOT_TAKEN = "snapshot_taken"
    UNIT_CLOSED = "unit_closed"
    UNIT_MERGED = "unit_merged"
    UNIT_REOPENED = "unit_reopened"
    BROADCAST_ORDERED = "broadcast_ordered"
    BROADCAST_APPROVED = "broadcast_approved"
    BROADCAST_CANCELLED = "broadcast_cancelled"
    BROADCAST_STOPPED = "broadcast_stopped"
    BROADCAST_REPEATED = "broadcast_repeated"
    BROADCAST_AT_NIGHT = "broadcast_at_night"
    MATERIAL_ADDED = "material_added"
    MATERIAL_REPLACED = "material_replaced"
    MATERIAL_WITHDRAWN = "material_withdrawn"
    MEDIA_REPORTED = "media_reported"
    MEDIA_CHANGED = "media_changed"
    MEDIA_WITHDRAWN = "media_withdrawn"
    MEDIA_MARKED = "media_marked"
    MEDIA_UNMARKED = "media_unmarked"
    MEDIA_FORWARDED = "media_forwarded"
    INSPECTION_PLANNED = "inspection_planned"
    INSPECTION_RECORDED = "inspection_recorded"
    INSPECTION_CORRECTED = "inspection_corrected"
    INSPECTION_ANSWERED = "inspection_answered"
    INSPECTION_CLOSED = "inspection_closed"
    INSPECTION_CANCELLED = "inspection_cancelled"
    FILE_ASKED = "file_asked"
    DATA_EXPORTED = "data_exported"
    ACCOUNT_ERASED = "account_erased"
    MEETING_PLANNED = "meeting_planned"
    SPEAKER_REGISTERED = "speaker_registered"
    SPEAKER_WITHDRAWN = "speaker_withdrawn"
    SPEAKER_JUDGED = "speaker_judged"
    ACTIVITY_RECORDED = "activity_recorded"
    ACTIVITY_CHANGED = "activity_changed"
    ACTIVITY_WITHDRAWN = "activity_withdrawn"
    MEETING_INVITED = "meeting_invited"
    MEETING_CHANGED = "meeting_changed"
    MEETING_CANCELLED = "meeting_cancelled"
    MEETING_HELD = "meeting_held"
    MEETING_ANSWERED = "meeting_answered"
    MEETING_ASKED = "meeting_asked"
    CHECK_IN_OPENED = "check_in_opened"
    CHECK_IN_CLOSED = "check_in_closed"
    CHECKED_IN = "checked_in"
    RATING_CONTESTED = "rating_contested"
    RATING_DECIDED = "rating_decided"
    PROPOSAL_PASSED_UP = "proposal_passed_up"
    PROPOSAL_PASSED_DOWN = "proposal_passed_down"
    RATING_CONTEST_CORRECTED = "rating_contest_corrected"
    RATING_CONTEST_WITHDRAWN = "rating_contest_withdrawn"


_INSERT = insert(audit)
_ABOUT = ("unit_id", "subject", "subject_id", "facts")


def record(
    conn: Connection,
    *,
    at: datetime,
    action: Action,
    person_id: int | None = None,
    account_id: int | None = None,
    unit_id: int | None = None,
    subject: str | None = None,
    subject_id: int | None = None,
    facts: dict[str, Any] | None = None,
) -> None:
    """`facts` hold ids, days and counts, never what somebody wrote."""
    conn.execute(
        _INSERT,
        {
            "at": at,
            "action": action,
            "person_id": person_id,
            "account_id": account_id,
            "unit_id": unit_id,
            "subject": subject,
            "subject_id": subject_id,
            "facts": facts,
        },
    )


def record_sent(
    conn: Connection,
    sender: Sender,
    action: Action,
    unit_id: int,
    subject: str,
    subject_id: int,
    facts: dict[str, Any] | None = None,
) -> None:
    """What somebody did by a message of theirs, at the moment when it arrived."""
    record(
        conn,
        at=sender.arrived,
        action=action,
        person_id=sender.person_id,
        account_id=sender.account_id,
        unit_id=unit_id,
        subject=subject,
        subject_id=subject_id,
        facts=facts,
    )


def record_each(conn: Connection, *, at: datetime, action: Action, entries: Sequence[dict[str, Any]]) -> None:
    """One action on many; an entry names its `unit_id`, `subject`, `subject_id` and `facts`, as it has them."""
    if entries:
        blank = {"at": at, "action": action, **dict.fromkeys(_ABOUT)}
        conn.execute(_INSERT, [blank | entry for entry in entries])
