"""A report that was made for the wrong unit goes to the right one, with everything that hangs on it."""

from sqlalchemy import Connection, select, update

from storage import audit, units
from storage.audit import Action
from storage.models import ReportState, participation, report, session
from storage.reports import Sender, find
from storage.submitting import next_slot
from storage.units import Unit, tree_order


def move_report(conn: Connection, report_id: int, to: Unit, *, several: bool, by: Sender) -> bool:
    """Its revisions, lines and files keep pointing at it; a session that the unit held for itself goes along.

    Whoever receives it reads it anew. False: the unit has a report for this duty already; with `several`,
    as a host may have sessions, it becomes one more.
    """
    units.hold(conn, to.id)
    found = conn.execute(
        select(report.c.plan, report.c.duty, report.c.unit_id).where(report.c.id == report_id)
    ).one()
    taken = find(conn, found.plan, found.duty, to.id)
    if taken and not several:
        return False
    own = _own_sessions(conn, report_id, found.unit_id)
    for moved, duty in [(report_id, found.duty), *own]:
        slot = next_slot(conn, found.plan, duty, to.id)
        conn.execute(
            update(report)
            .where(report.c.id == moved)
            .values(unit_id=to.id, slot=slot, state=ReportState.SENT)
        )
        conn.execute(update(session).where(session.c.report_id == moved).values(host_id=to.id))
        for unit_id in (found.unit_id, to.id):
            audit.record(
                conn,
                at=by.arrived,
                action=Action.REPORT_MOVED,
                person_id=by.person_id,
                account_id=by.account_id,
                unit_id=unit_id,
                subject="report",
                subject_id=moved,
                facts={"duty": duty, "from": found.unit_id, "to": to.id},
            )
    _move_lines(conn, report_id, to)
    return True


def _own_sessions(conn: Connection, report_id: int, host_id: int) -> list[tuple[int, str]]:
    """(report, duty) of the sessions that the unit held for itself and reports here."""
    rows = conn.execute(
        select(report.c.id, report.c.duty)
        .select_from(
            participation.join(session, session.c.id == participation.c.session_id).join(
                report, report.c.id == session.c.report_id
            )
        )
        .where(participation.c.report_id == report_id, session.c.host_id == host_id, session.c.own.is_(True))
        .distinct()
        .order_by(report.c.id)
    )
    return [(row.id, row.duty) for row in rows]


def _move_lines(conn: Connection, report_id: int, to: Unit) -> None:
    """What the roster says is now the other unit's, and a session of a host that is not above it is not its."""
    lines = participation.c.report_id == report_id
    conn.execute(update(participation).where(lines).values(unit_id=to.id, members_roster=to.members))
    theirs = select(session.c.id).where(session.c.host_id.in_(tree_order(to.path)))
    conn.execute(
        update(participation).where(lines, participation.c.session_id.not_in(theirs)).values(session_id=None)
    )
