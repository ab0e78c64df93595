"""Inspections as they are stored: each step once, the newest visit of a unit counts, who sees which."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, select

from rules.counting import Count
from rules.duties import duty, main_duty
from rules.inspections import Suggestion, Why
from storage import inspecting, inspections, progress, submitting, units
from storage.database import Database
from storage.figures import Inspected
from storage.inspections import Finding, Inspection, Seen, Visit
from storage.models import audit
from storage.progress import Scope
from storage.reports import Held, Line, Sender
from tests import roster
from tests.people import at
from tests.rules.plans import plan_66

PLAN = plan_66()
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DAY = date(2018, 11, 14)


@pytest.fixture
def conn(database: Database) -> Iterator[Connection]:
    with database.writing() as conn:
        yield conn


@pytest.fixture
def ids(conn: Connection) -> dict[str, int]:
    ids = roster.build(conn, at(14, 11))
    roster.link(conn, 303, ids["Ngô Văn Huyện"], at(14, 11))
    return ids


def sender(ids: dict[str, int]) -> Sender:
    return Sender(ids["Ngô Văn Huyện"], 1, at(14, 11))


def planned(
    conn: Connection, ids: dict[str, int], key: str, day: date = DAY, by: str = "huyen"
) -> Inspection:
    number = inspections.plan_visit(conn, PLAN.code, ids[by], ids[key], day, [Why.LATE], sender(ids))
    found = inspections.get(conn, number)
    assert found is not None
    return found


def visited(
    conn: Connection,
    ids: dict[str, int],
    key: str,
    members: Count | None,
    *,
    day: date = DAY,
    mend: str | None = None,
    mend_by: date | None = None,
) -> Inspection:
    one = planned(conn, ids, key, day)
    visit = Visit(day, members, None, [Finding(0, good=False, note="lưu ý")], mend, mend_by, [])
    assert inspections.record_visit(conn, one, visit, sender(ids))
    return one


def scope(conn: Connection, unit_id: int, today: date = DAY) -> Scope:
    return Scope(PLAN, units.get(conn, unit_id), today, ZONE)


def inspected(conn: Connection, unit_id: int) -> Inspected:
    return progress.inspected(conn, scope(conn, unit_id), main_duty(PLAN))


def test_each_step_is_taken_once(conn: Connection, ids: dict[str, int]) -> None:
    one = visited(conn, ids, "thon3", Count(38, 50), mend="việc")
    by = sender(ids)
    again = Visit(DAY, None, None, [], None, None, [])
    assert not inspections.record_visit(conn, one, again, by)
    assert not inspections.cancel(conn, one, by)
    assert not inspections.ask_again(conn, one, "chưa", by)
    assert inspections.answer(conn, one, "xong", by)
    assert not inspections.answer(conn, one, "xong", by)
    assert inspections.ask_again(conn, one, "chưa", by)
    assert inspections.close(conn, one, by)
    assert not inspections.close(conn, one, by)
    assert not inspections.answer(conn, one, "xong", by)
    actions = conn.scalars(select(audit.c.action).where(audit.c.subject == "inspection").order_by(audit.c.id))
    assert [action.removeprefix("inspection_") for action in actions] == [
        "planned",
        "recorded",
        "answered",
        "answered",
        "closed",
    ]
    off = planned(conn, ids, "thon1")
    assert inspections.cancel(conn, off, by)
    assert not inspections.close(conn, off, by)


def test_what_was_seen_adds_up_by_the_newest_visit_of_each_unit(
    conn: Connection, ids: dict[str, int]
) -> None:
    assert inspected(conn, ids["huyen"]) == Inspected()
    visited(conn, ids, "thon1", Count(20, 50), day=date(2018, 10, 1))
    visited(conn, ids, "thon1", Count(30, 50))
    visited(conn, ids, "thon2", Count(40, 48))
    visited(conn, ids, "thon4", None)
    planned(conn, ids, "thon3")
    assert inspected(conn, ids["xa"]) == Inspected(3, 2, 70, 98)
    visited(conn, ids, "xa", Count(150, 200))  # its branches again: visited, not added
    assert inspected(conn, ids["huyen"]) == Inspected(4, 2, 70, 98)
    assert inspected(conn, ids["xa"]) == Inspected(3, 2, 70, 98)  # those below it
    assert inspected(conn, ids["thon1"]) == Inspected()
    last = inspections.last_visit(conn, PLAN.code, ids["thon1"])
    assert last is not None
    assert last.members == Count(30, 50)
    assert inspections.last_visit(conn, "khac", ids["thon1"]) is None
    within = inspections.last_visits(conn, PLAN.code, units.get(conn, ids["xa"]).path)
    assert {unit_id: one.members for unit_id, one in within.items()} == {
        ids["thon1"]: Count(30, 50),
        ids["thon2"]: Count(40, 48),
        ids["thon4"]: None,
        ids["xa"]: Count(150, 200),
    }


def test_two_visits_on_one_day_count_once(conn: Connection, ids: dict[str, int]) -> None:
    visited(conn, ids, "thon1", Count(20, 50))
    visited(conn, ids, "thon1", Count(30, 50))
    assert inspected(conn, ids["xa"]) == Inspected(1, 1, 30, 50)


def test_who_sees_which(conn: Connection, ids: dict[str, int]) -> None:
    planned(conn, ids, "thon1")
    recorded = visited(conn, ids, "thon3", Count(38, 50), mend="việc", mend_by=date(2018, 11, 20))
    by_province = planned(conn, ids, "thon2", by="tinh")

    def listed(key: str, *, is_open: bool = True) -> list[int]:
        seen = Seen([units.get(conn, ids[key]).path])
        found = inspections.listed(conn, PLAN.code, seen, DAY, is_open=is_open, first=0, most=10)
        numbers = [one.id for one in found]
        assert inspections.count(conn, PLAN.code, seen, is_open=is_open) == len(numbers)
        assert all(inspections.is_seen(one, seen) for one in found)
        return numbers

    assert listed("tinh") == [1, by_province.id, recorded.id]
    assert listed("huyen") == [1, recorded.id]  # what the province plans is its own business
    assert listed("xa") == [recorded.id]
    assert listed("thon3") == [recorded.id]
    assert listed("thon1") == []
    assert listed("tinh", is_open=False) == []
    assert inspections.overdue(conn, PLAN.code, Seen(["/"]), date(2018, 11, 20)) == 0
    assert inspections.overdue(conn, PLAN.code, Seen(["/"]), date(2018, 11, 21)) == 1
    assert inspections.count(conn, PLAN.code, Seen([]), is_open=True) == 0
    inspections.close(conn, recorded, sender(ids))
    assert listed("thon3", is_open=False) == [recorded.id]


# -- where to go


def suggested(conn: Connection, ids: dict[str, int], key: str, today: date = DAY) -> list[Suggestion]:
    return inspecting.suggestions(conn, scope(conn, ids[key], today), 5)


def test_those_below_are_suggested_once_each(conn: Connection, ids: dict[str, int]) -> None:
    below = {ids[key] for key in ("huyen", "xa", "thon1", "thon2", "thon3", "thon4")}
    found = suggested(conn, ids, "tinh")
    assert len(found) == len({one.unit for one in found} & below) == 5
    assert {one.unit for one in suggested(conn, ids, "huyen")} == below - {ids["huyen"]}


def test_late_is_late_by_the_report_and_by_the_last_day(conn: Connection, ids: dict[str, int]) -> None:
    late = Sender(ids["Ngô Văn Huyện"], 1, at(20, 11))
    for key, by in (("thon1", late), ("thon2", sender(ids))):
        line = Line(date(2018, 11, 12), 40, 50)
        submitting.submit_participation(conn, PLAN.code, "participation", ids[key], [line], by)
    participation = duty(PLAN, "participation")
    at_first = progress.late_units(conn, scope(conn, ids["huyen"]), participation)
    assert at_first == [ids["thon1"]]
    assert Why.LATE in {one.unit: one.reasons for one in suggested(conn, ids, "huyen")}[ids["thon1"]]
    over = progress.late_units(conn, scope(conn, ids["huyen"], date(2019, 2, 1)), participation)
    assert over == [ids["thon1"], ids["thon3"], ids["thon4"]]


def test_what_does_not_fit_is_looked_for_in_accepted_reports_too(
    conn: Connection, ids: dict[str, int]
) -> None:
    held = Held("grassroots", DAY, place="nhà văn hoá", hall_count=20)
    _done, session = submitting.submit_session(conn, PLAN.code, "session", ids["xa"], 0, held, sender(ids))
    line = Line(DAY, 45, 50, session_id=session)
    submitting.submit_participation(conn, PLAN.code, "participation", ids["thon1"], [line], sender(ids))
    found = {one.unit: one.reasons for one in suggested(conn, ids, "huyen")}
    assert found[ids["xa"]] == (Why.HALL_DIFFERS,)
    assert Why.HALL_DIFFERS not in found[ids["thon1"]]


def test_nobody_is_sent_where_somebody_goes_or_was(conn: Connection, ids: dict[str, int]) -> None:
    planned(conn, ids, "thon1", by="tinh")  # whosever team
    visited(conn, ids, "thon2", None)
    inspections.cancel(conn, planned(conn, ids, "thon4"), sender(ids))
    assert {one.unit for one in suggested(conn, ids, "xa")} == {ids["thon3"], ids["thon4"]}
    later = {one.unit for one in suggested(conn, ids, "xa", date(2018, 12, 15))}
    assert later == {ids["thon2"], ids["thon3"], ids["thon4"]}
