"""What is kept about one person: to be shown, taken out, and erased as far as the organisation may."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from storage import audit
from storage.audit import Action
from storage.models import (
    account,
    activity,
    check_in,
    consent,
    conversation,
    essay,
    essay_review,
    material,
    material_opened,
    media_item,
    meeting,
    meeting_guest,
    person,
    position,
    rating_contest,
    report,
    report_revision,
    snooze,
    unit,
)


def overview(conn: Connection, person_id: int) -> dict[str, int]:
    """How many reports, essays and check-ins are kept in the person's name."""
    reports = conn.scalar(
        select(func.count(func.distinct(report_revision.c.report_id))).where(
            report_revision.c.by_person_id == person_id
        )
    )
    essays = conn.scalar(select(func.count()).select_from(essay).where(essay.c.person_id == person_id))
    there = conn.scalar(select(func.count()).select_from(check_in).where(check_in.c.person_id == person_id))
    return {"reports": reports or 0, "essays": essays or 0, "check_ins": there or 0}


def everything(conn: Connection, person_id: int) -> dict[str, Any]:
    """As JSON; files are named, not included."""

    def rows(query: Any) -> list[dict[str, Any]]:
        return [
            {key: _plain(value) for key, value in row._mapping.items()} for row in conn.execute(query).all()
        ]

    return {
        "nguoi": rows(select(person.c.full_name, person.c.phone).where(person.c.id == person_id)),
        "chuc_vu": rows(
            select(unit.c.name, position.c.role, position.c.valid_from, position.c.valid_to)
            .select_from(position.join(unit, unit.c.id == position.c.unit_id))
            .where(position.c.person_id == person_id)
        ),
        "tai_khoan": rows(
            select(account.c.channel, account.c.address, account.c.linked_at).where(
                account.c.person_id == person_id
            )
        ),
        "dong_y": rows(
            select(consent.c.notice, consent.c.agreed, consent.c.at).where(consent.c.person_id == person_id)
        ),
        "bao_cao": rows(
            select(
                report.c.id,
                report.c.duty,
                report_revision.c.number,
                report_revision.c.arrived_at,
                report_revision.c.content,
            )
            .select_from(report_revision.join(report, report.c.id == report_revision.c.report_id))
            .where(report_revision.c.by_person_id == person_id)
            .order_by(report_revision.c.id)
        ),
        "bai_thu_hoach": rows(
            select(
                essay.c.author, essay.c.state, essay.c.arrived_at, essay_review.c.verdict, essay_review.c.note
            )
            .select_from(essay.outerjoin(essay_review, essay_review.c.essay_id == essay.c.id))
            .where(essay.c.person_id == person_id)
            .order_by(essay.c.id)
        ),
        "khieu_nai": rows(
            select(
                rating_contest.c.fact,
                rating_contest.c.note,
                rating_contest.c.at,
                rating_contest.c.verdict,
                rating_contest.c.reason,
            )
            .where(rating_contest.c.by_person_id == person_id)
            .order_by(rating_contest.c.id)
        ),
        "tin_bai": rows(
            select(
                media_item.c.title,
                media_item.c.published_on,
                media_item.c.link,
                media_item.c.state,
                media_item.c.at,
            )
            .where(media_item.c.by_person_id == person_id)
            .order_by(media_item.c.id)
        ),
        "hoat_dong": rows(
            select(
                activity.c.title,
                activity.c.held_on,
                activity.c.people,
                activity.c.place,
                activity.c.state,
                activity.c.at,
            )
            .where(activity.c.by_person_id == person_id)
            .order_by(activity.c.id)
        ),
        "giay_moi": rows(
            select(meeting.c.day, meeting.c.place, meeting_guest.c.answer, meeting_guest.c.reason)
            .select_from(meeting_guest.join(meeting, meeting.c.id == meeting_guest.c.meeting_id))
            .where(meeting_guest.c.person_id == person_id)
            .order_by(meeting.c.id)
        ),
        "tai_lieu": rows(
            select(material.c.title, material_opened.c.first_at, material_opened.c.times)
            .select_from(material_opened.join(material, material.c.id == material_opened.c.material_id))
            .where(material_opened.c.person_id == person_id)
            .order_by(material.c.id)
        ),
        "diem_danh": rows(
            select(meeting.c.day, meeting.c.place, unit.c.name, check_in.c.at, check_in.c.convened)
            .select_from(
                check_in.join(meeting, meeting.c.id == check_in.c.meeting_id).join(
                    unit, unit.c.id == check_in.c.unit_id
                )
            )
            .where(check_in.c.person_id == person_id)
            .order_by(check_in.c.at)
        ),
    }


def erase(conn: Connection, person_id: int, account_id: int, now: datetime) -> None:
    """Unlink every account, forget the number, what was being written, where the person checked in, and why the
    person asked to be excused.

    Reports of the unit and essays stay: the organisation has to account for them.
    """
    ids = list(conn.scalars(select(account.c.id).where(account.c.person_id == person_id)))
    conn.execute(
        update(conversation)
        .where(conversation.c.account_id.in_(ids))
        .values(draft={}, trail=[], pending=None, finished_at=now)
    )
    conn.execute(delete(snooze).where(snooze.c.person_id == person_id))
    conn.execute(delete(check_in).where(check_in.c.person_id == person_id))
    # That the person was invited and answered stays with the host; why somebody was ill or away does not.
    conn.execute(update(meeting_guest).where(meeting_guest.c.person_id == person_id).values(reason=None))
    conn.execute(
        update(account)
        .where(account.c.id.in_(ids))
        .values(person_id=None, linked_at=None, consented_at=None, menu=None)
    )
    conn.execute(update(person).where(person.c.id == person_id).values(phone=None, phone_erased=True))
    audit.record(conn, at=now, action=Action.ACCOUNT_ERASED, person_id=person_id, account_id=account_id)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime | date) else value
