"""What is known about waiting reports beside themselves, gathered for hundreds of them in a few queries."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from rules.contradictions import Facts, Hall
from rules.names import clean
from rules.plan import DutyKind, Plan
from rules.revisions import Figure, Figures, figures
from storage import check_ins
from storage.models import (
    ReviewVerdict,
    UploadState,
    participation,
    report,
    report_revision,
    review,
    session,
    session_speaker,
    unit,
    upload,
)
from storage.reviews import Standing
from storage.units import valid_on

_KEPT_FILES = (UploadState.WAITING, UploadState.STORED)


def gather(conn: Connection, plan: Plan, waiting: Sequence[Standing], today: date) -> dict[int, Facts]:
    """By report."""
    if not waiting:
        return {}
    ids = [one.id for one in waiting]
    sent = _sendings(conn, ids)
    sessions = _sessions(conn, ids)
    every = {row.id: row for rows in sessions.values() for row in rows}
    halls = _halls(conn, plan, {key: row for key, row in every.items() if row.hall_count}, today)
    speakers = _speakers(conn, plan, ids, {row.held_on for row in every.values()})
    photos, repeated = _photos(conn, ids)
    asked = _asked(conn, ids)
    there = check_ins.of_participations(conn, ids) | _checked_in(conn, waiting, sessions)
    found = {}
    for one in waiting:
        now = sent.get((one.id, one.revision), {})
        before = sent.get((one.id, one.revision - 1), {})
        elsewhere, outside = speakers.get(one.id, ([], []))
        found[one.id] = Facts(
            report_id=one.id,
            members=now.get(Figure.MEMBERS),
            members_before=before[Figure.MEMBERS][0] if Figure.MEMBERS in before else None,
            roster=one.members,
            cadres=now.get(Figure.CADRES),
            halls=tuple(halls[row.id] for row in sessions[one.id] if row.id in halls),
            hall=now.get(Figure.HALL),
            hall_before=before.get(Figure.HALL),
            speakers_elsewhere=tuple(
                (name, row.name if _within(one, row.path) else None) for name, row in elsewhere
            ),
            speakers_outside=tuple(outside),
            photos=photos.get(one.id, 0),
            photos_before=tuple(
                (row.subject_id, row.name) if _within(one, row.path) else (None, None)
                for row in repeated.get(one.id, ())
            ),
            on_behalf=one.on_behalf,
            asked=asked.get(one.id),
            checked_in=there.get(one.id),
        )
    return found


def _checked_in(
    conn: Connection, waiting: Sequence[Standing], sessions: Mapping[int, Sequence[Any]]
) -> dict[int, int]:
    """By report of a host: how many checked in to the session that it is about."""
    own = {row.id: one.id for one in waiting for row in sessions[one.id] if row.host_id == one.unit_id}
    heads = check_ins.of_sessions(conn, list(own)) if own else {}
    return {own[session_id]: many for session_id, many in heads.items()}


def _within(read: Standing, path: str) -> bool:
    """Whether whoever reads this report sees the unit of that path too."""
    above = read.unit_path.rstrip("/").rpartition("/")[0] + "/"
    return path.startswith(above)


def _sendings(conn: Connection, ids: Sequence[int]) -> dict[tuple[int, int], Figures]:
    """The present one and the one before it, by (report, revision)."""
    rows = conn.execute(
        select(report_revision.c.report_id, report_revision.c.number, report_revision.c.content)
        .select_from(report_revision.join(report, report.c.id == report_revision.c.report_id))
        .where(report.c.id.in_(ids), report_revision.c.number >= report.c.revision - 1)
    )
    return {(row.report_id, row.number): figures(row.content) for row in rows}


def _sessions(conn: Connection, ids: Sequence[int]) -> dict[int, list[Any]]:
    """By report: the session that it is about, or those that its people attended."""
    described = (session.c.id, session.c.host_id, session.c.held_on, session.c.hall_count)
    hosted = conn.execute(
        select(session.c.report_id.label("report"), *described).where(session.c.report_id.in_(ids))
    )
    attended = conn.execute(
        select(participation.c.report_id.label("report"), *described)
        .select_from(participation.join(session, session.c.id == participation.c.session_id))
        .where(participation.c.report_id.in_(ids))
    )
    found: dict[int, list[Any]] = defaultdict(list)
    for rows in (hosted, attended):
        for row in rows:
            found[row.report].append(row)
    return found


def _halls(conn: Connection, plan: Plan, counted: Mapping[int, Any], today: date) -> dict[int, Hall]:
    """By session: the head count beside what the branches say of it."""
    if not counted:
        return {}
    sums = conn.execute(
        select(
            participation.c.session_id,
            func.sum(participation.c.members),
            func.sum(func.coalesce(participation.c.youth, 0)),
        )
        .where(participation.c.session_id.in_(counted))
        .group_by(participation.c.session_id)
    )
    complete = _all_reported(conn, plan, {row.host_id for row in counted.values()}, today)
    return {
        key: Hall(counted[key].hall_count, members + youth, counted[key].host_id in complete)
        for key, members, youth in sums
    }


def _all_reported(conn: Connection, plan: Plan, hosts: set[int], today: date) -> set[int]:
    """Hosts all of whose branches have reported their participation."""
    duties = [duty for duty in plan.duties if duty.kind is DutyKind.PARTICIPATION]
    reported = report.c.duty.in_([duty.code for duty in duties]) & (report.c.plan == plan.code)
    rows = conn.execute(
        select(unit.c.parent_id)
        .select_from(unit.outerjoin(report, (report.c.unit_id == unit.c.id) & reported))
        .where(
            unit.c.parent_id.in_(hosts),
            unit.c.duty_level.in_([level for duty in duties for level in duty.levels]),
            valid_on(unit, today),
        )
        .group_by(unit.c.parent_id)
        .having(func.count() == func.count(report.c.id))
    )
    return set(rows.scalars())


def _speakers(
    conn: Connection, plan: Plan, ids: Sequence[int], days: set[date]
) -> dict[int, tuple[list[tuple[str, Any]], list[str]]]:
    """By report of a session: who spoke elsewhere on that day too, and who is outside the plan's rule.

    The same person is the same; the same name only where both hosts stand under one unit.
    """
    if not days:
        return {}
    wanted = set(ids)
    by_day: dict[date, list[Any]] = defaultdict(list)
    for row in conn.execute(
        select(
            session.c.id,
            session.c.host_id,
            session.c.report_id,
            session.c.held_on,
            session.c.place,
            unit.c.name,
            unit.c.path,
            unit.c.parent_id,
            session_speaker.c.person_id,
            session_speaker.c.name.label("speaker"),
            session_speaker.c.outside_rule,
        )
        .select_from(
            session.join(session_speaker, session_speaker.c.session_id == session.c.id).join(
                unit, unit.c.id == session.c.host_id
            )
        )
        .where(session.c.plan == plan.code, session.c.held_on.in_(days))
        .order_by(session.c.id)
    ):
        by_day[row.held_on].append(row)
    found: dict[int, tuple[list[tuple[str, Any]], list[str]]] = {}
    for rows in by_day.values():
        # A province holds hundreds on one day: only those who may be the same are compared.
        alike: dict[Any, list[Any]] = defaultdict(list)
        for row in rows:
            alike[row.person_id].append(row)
            alike[row.parent_id, clean(row.speaker)].append(row)
        for row in rows:
            if row.report_id not in wanted:
                continue
            elsewhere, outside = found.setdefault(row.report_id, ([], []))
            if row.outside_rule:
                outside.append(row.speaker)
            known = alike[row.person_id] if row.person_id is not None else []
            others = (*known, *alike[row.parent_id, clean(row.speaker)])
            other = min(
                (that for that in others if _same_speaker(row, that)), key=lambda that: that.id, default=None
            )
            if other is not None:
                elsewhere.append((row.speaker, other))
    return found


def _same_speaker(one: Any, other: Any) -> bool:
    same_place = one.host_id == other.host_id and _place(one) == _place(other)
    if one.id == other.id or same_place:
        return False
    if one.person_id is not None and other.person_id is not None:
        return bool(one.person_id == other.person_id)
    return bool(one.parent_id == other.parent_id and clean(one.speaker) == clean(other.speaker))


def _place(row: Any) -> str:
    return clean(row.place or "").lower()


def _photos(conn: Connection, ids: Sequence[int]) -> tuple[dict[int, int], dict[int, list[Any]]]:
    """How many files each report has, and of each the older reports that had one of them already."""
    mine = conn.execute(
        select(upload.c.id, upload.c.subject_id, upload.c.remote_unique_id, upload.c.file_id).where(
            upload.c.subject == "report", upload.c.subject_id.in_(ids), upload.c.state.in_(_KEPT_FILES)
        )
    ).all()
    counts: dict[int, int] = defaultdict(int)
    for row in mine:
        counts[row.subject_id] += 1
    if not mine:
        return counts, {}
    others = conn.execute(
        select(
            upload.c.id,
            upload.c.subject_id,
            upload.c.remote_unique_id,
            upload.c.file_id,
            unit.c.name,
            unit.c.path,
        )
        .select_from(
            upload.join(report, report.c.id == upload.c.subject_id).join(unit, unit.c.id == report.c.unit_id)
        )
        .where(
            upload.c.subject == "report",
            upload.c.state.in_(_KEPT_FILES),
            or_(
                upload.c.remote_unique_id.in_({row.remote_unique_id for row in mine}),
                upload.c.file_id.in_({row.file_id for row in mine if row.file_id is not None}),
            ),
        )
        .order_by(upload.c.id)
    ).all()
    by_unique, by_file = defaultdict(list), defaultdict(list)
    for other in others:
        by_unique[other.remote_unique_id].append(other)
        by_file[other.file_id].append(other)
    repeated: dict[int, dict[int, Any]] = defaultdict(dict)
    for row in mine:
        same = [*by_unique[row.remote_unique_id], *(by_file[row.file_id] if row.file_id is not None else ())]
        for other in same:
            if other.id < row.id and other.subject_id != row.subject_id:
                repeated[row.subject_id].setdefault(other.subject_id, other)
    return counts, {of: list(rows.values()) for of, rows in repeated.items()}


def _asked(conn: Connection, ids: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """Reports whose newest verdict asked for something, or kept it."""
    newest = select(func.max(review.c.id)).where(review.c.report_id.in_(ids)).group_by(review.c.report_id)
    rows = conn.execute(
        select(review.c.report_id, review.c.field, review.c.verdict).where(
            review.c.id.in_(newest), review.c.verdict != ReviewVerdict.ACCEPTED
        )
    )
    return {row.report_id: (row.field or "", row.verdict == ReviewVerdict.KEPT) for row in rows}
