"""How units stand is what /tiendo counts, whatever was reported, and what becomes of a decision."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, update

from rules.counting import Count
from rules.duties import duty
from rules.plan import FactKind, Plan
from rules.rating import Standing, Verdict, facts_of
from storage import essays, inspections, progress, rating, submitting, units
from storage.database import Database
from storage.inspections import Visit
from storage.models import EssayState, person, position, unit
from storage.progress import Scope
from storage.rating import Alike, Rated
from storage.reports import Held, Line, Sender
from tests import hypothesis_profile, roster
from tests.big_reports import fill_reports
from tests.big_roster import fill
from tests.people import at
from tests.rules.plans import plan_66
from tests.storage.test_progress import ZONE

hypothesis_profile.load()
TODAY = date(2019, 1, 10)


def everything() -> Plan:
    """Plan 66 with a fact of every kind."""
    form = plan_66().model_dump()
    form["rating"]["facts"] += (
        {"code": "took_part", "kind": "reported", "duty": "participation", "title": "Đã học"},
        {"code": "in_time", "kind": "reported_on_time", "duty": "participation", "title": "Báo đúng hạn"},
        {"code": "summary", "kind": "reported", "duty": "summary", "title": "Tổng hợp"},
        {"code": "final", "kind": "reported_on_time", "duty": "final_report", "title": "Báo cáo cuối"},
        {"code": "inspected", "kind": "inspection_closed", "title": "Kiểm tra"},
    )
    return Plan.model_validate(form)


PLAN = everything()
CODES = {fact.code: fact for fact in PLAN.rating.facts} if PLAN.rating else {}


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    with database.writing() as conn:
        made = roster.build(conn, at(14, 11))
        roster.link(conn, 103, made["Lê Thị Mai"], at(14, 11))
        return made


@pytest.fixture
def conn(database: Database, ids: dict[str, int]) -> Iterator[Connection]:
    with database.writing() as conn:
        yield conn


def scope(conn: Connection, unit_id: int, today: date = TODAY) -> Scope:
    return Scope(PLAN, units.get(conn, unit_id), today, ZONE)


def sender(ids: dict[str, int], arrived: datetime, *, on_behalf: bool = False) -> Sender:
    return Sender(ids["Lê Thị Mai"], 1, arrived, on_behalf)


def by_unit(conn: Connection, where: Scope) -> dict[int, Rated]:
    return {one.unit_id: one for one in rating.rate(conn, where)}


def check(conn: Connection, where: Scope) -> None:
    """Fact by fact: the units that stand so are as many as progress counts."""
    found = rating.rate(conn, where)
    counts = {code: Counter(one.figures[code] for one in found if code in one.figures) for code in CODES}
    for code, fact in CODES.items():
        if fact.duty is None:
            continue
        figures = progress.of_duty(conn, where, duty(PLAN, fact.duty)).by_level()
        rated = [one for level, one in figures.items() if fact in facts_of(PLAN, level)]
        got = counts[code]
        match fact.kind:
            case FactKind.HELD_ON_TIME:
                told = (sum(one.held_on_time for one in rated), sum(one.held_late for one in rated))
                assert (got[Standing.MET], got[Standing.NOT_MET]) == told, code
                assert got[Standing.UNKNOWN] == sum(one.due for one in rated) - sum(told)
            case FactKind.REPORTED_ON_TIME:
                told = (sum(one.on_time for one in rated), sum(one.late for one in rated))
                assert (got[Standing.MET], got[Standing.NOT_MET]) == told, code
            case FactKind.REPORTED:
                assert got[Standing.MET] == sum(one.received for one in rated), code
                assert got[Standing.UNKNOWN] == sum(one.missing for one in rated), code
    below = [one for one in found if one.unit_id != where.top.id]
    alike, contested = rating.tally(conn, where)
    assert as_counted([*alike, *(Alike(one.level, one.standings) for one in contested)]) == as_counted(
        Alike(one.level, one.standings) for one in below
    )
    visited = len(found) - counts["inspected"][Standing.EXEMPT]
    top = 0 if where.top.duty_level == "province" else int(found[0].figures["inspected"] != Standing.EXEMPT)
    assert visited - top == progress.inspected(conn, where, None).units


def as_counted(units: Iterable[Alike]) -> Counter[tuple[Any, ...]]:
    counts: Counter[tuple[Any, ...]] = Counter()
    for one in units:
        counts[one.level, *sorted(one.standings.items())] += one.units
    return counts


def check_unit(conn: Connection, one: Rated) -> None:
    """Of a branch, which has nobody below: essays and cadres as progress says of it alone."""
    where = scope(conn, one.unit_id)
    told = progress.essays(conn, where)
    assert told is not None
    expected = Standing.MET if told.received == told.owed else Standing.NOT_MET
    assert one.figures["essays"] is (expected if told.owed else Standing.EXEMPT)
    figures = progress.of_duty(conn, where, duty(PLAN, "participation")).total
    if not figures.cadres_told:
        assert one.figures["cadres"] is Standing.UNKNOWN
    elif figures.cadres_expected:
        full = figures.cadres >= figures.cadres_expected
        assert one.figures["cadres"] is (Standing.MET if full else Standing.NOT_MET)
    else:
        assert one.figures["cadres"] is Standing.EXEMPT


days = st.dates(date(2018, 12, 27), date(2019, 1, 2))
counts = st.tuples(st.integers(0, 3), st.integers(0, 3)).map(sorted)


@settings(
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)
@given(data=st.data())
def test_a_random_province_stands_as_progress_counts_it(
    conn: Connection, ids: dict[str, int], data: st.DataObject
) -> None:
    trial = conn.begin_nested()

    def arrival(day: date) -> datetime:
        return at(1, 1) + timedelta(days=(day - date(2018, 1, 1)).days + data.draw(st.integers(0, 6)))

    for number in range(1, roster.BRANCHES + 1):
        branch = ids[f"thon{number}"]
        if data.draw(st.booleans(), label="reported"):
            lines = [
                Line(data.draw(days), 26, 50, cadres=told[0], cadres_expected=told[1])
                if told
                else Line(data.draw(days), 26, 50)
                for told in data.draw(st.lists(st.none() | counts, min_size=1, max_size=2))
            ]
            by = sender(ids, arrival(lines[0].held_on), on_behalf=data.draw(st.booleans()))
            submitting.submit_participation(conn, PLAN.code, "participation", branch, lines, by)
    for key in ("xa", "huyen"):
        if data.draw(st.booleans(), label=f"{key} held"):
            held = Held(key, data.draw(days))
            by = sender(ids, arrival(held.held_on))
            submitting.submit_session(conn, PLAN.code, "session", ids[key], 0, held, by)
        code = "summary" if key == "xa" else "final_report"
        if data.draw(st.booleans(), label=code):
            by = sender(ids, arrival(data.draw(days)))
            submitting.submit_document(conn, PLAN.code, code, ids[key], [], by)
    for name in ("Lê Thị Mai", "Trần Văn Hùng", "Phạm Thu Hà", "Vũ Văn Xã"):
        if data.draw(st.booleans(), label=f"essay of {name}"):
            hand_in(conn, ids, name)
    for key in ("thon1", "thon2", "xa"):
        if data.draw(st.booleans(), label=f"inspected {key}"):
            inspect(conn, ids, key, mend=data.draw(st.booleans()))
    for top in ("tinh", "huyen", "xa", "thon1"):
        check(conn, scope(conn, ids[top]))
    whole = by_unit(conn, scope(conn, ids["tinh"]))
    for number in range(1, roster.BRANCHES + 1):
        check_unit(conn, whole[ids[f"thon{number}"]])
    some = [ids["xa"], ids["thon3"]]
    assert rating.rate(conn, scope(conn, ids["tinh"]), some) == [whole[one] for one in some]
    trial.rollback()


def hand_in(conn: Connection, ids: dict[str, int], name: str) -> int:
    essay_id = essays.hand_in(
        conn,
        plan=PLAN.code,
        unit_id=ids["thon3"],
        person_id=ids[name],
        author=name,
        route="superior",
        uploads=[],
        by_person_id=ids["Lê Thị Mai"],
        by_account_id=1,
        arrived=at(15, 11),
    )
    essays.settle(conn, essay_id, EssayState.STORED, at(15, 11))
    return essay_id


def inspect(conn: Connection, ids: dict[str, int], key: str, *, mend: bool) -> None:
    by = sender(ids, at(20, 11))
    number = inspections.plan_visit(conn, PLAN.code, ids["tinh"], ids[key], date(2018, 11, 20), [], by)
    one = inspections.get(conn, number)
    assert one is not None
    what, when = ("Bổ sung", date(2018, 12, 1)) if mend else (None, None)
    seen = Visit(date(2018, 11, 20), Count(26, 50), None, (), what, when, ())
    inspections.record_visit(conn, one, seen, by)


def test_a_big_province_stands_as_progress_counts_it(database: Database) -> None:
    fill(database, PLAN, 150)
    with database.writing() as conn:
        fill_reports(conn)
        top = units.by_code(conn, "TINH")
        assert top is not None
        check(conn, scope(conn, top.id))
        for one in random.Random(5).sample(rating.rate(conn, scope(conn, top.id)), 25):
            if one.level == "branch":
                check_unit(conn, one)


def test_an_honest_low_number_and_a_report_on_behalf_cost_nothing(
    conn: Connection, ids: dict[str, int]
) -> None:
    for key, members, behalf in (("thon1", 26, False), ("thon2", 50, False), ("thon3", 26, True)):
        line = Line(date(2018, 11, 12), members, 50, cadres=3, cadres_expected=3)
        by = sender(ids, at(13, 11), on_behalf=behalf)
        submitting.submit_participation(conn, PLAN.code, "participation", ids[key], [line], by)
    found = by_unit(conn, scope(conn, ids["xa"]))
    assert found[ids["thon1"]].figures == found[ids["thon2"]].figures == found[ids["thon3"]].figures


def test_make_ups_add(conn: Connection, ids: dict[str, int]) -> None:
    lines = [
        Line(date(2018, 11, 12), 40, 50, cadres=2, cadres_expected=3),
        Line(date(2019, 1, 3), 5, 10, cadres=1, cadres_expected=1),
    ]
    by = sender(ids, at(4, 1, year=2019))
    submitting.submit_participation(conn, PLAN.code, "participation", ids["thon3"], lines, by)
    figures = by_unit(conn, scope(conn, ids["thon3"]))[ids["thon3"]].figures
    assert figures["cadres"] is Standing.MET
    assert figures["studied"] is Standing.MET  # by the first day


def test_without_cadres_none_are_asked(conn: Connection, ids: dict[str, int]) -> None:
    conn.execute(update(unit).where(unit.c.id == ids["thon3"]).values(cadres=0))
    by = sender(ids, at(13, 11))
    line = Line(date(2018, 11, 12), 40, 50)
    submitting.submit_participation(conn, PLAN.code, "participation", ids["thon3"], [line], by)
    assert by_unit(conn, scope(conn, ids["thon3"]))[ids["thon3"]].figures["cadres"] is Standing.EXEMPT


def test_a_closed_unit_is_not_rated(conn: Connection, ids: dict[str, int]) -> None:
    conn.execute(update(unit).where(unit.c.id == ids["thon3"]).values(valid_to=TODAY - timedelta(days=1)))
    assert ids["thon3"] not in by_unit(conn, scope(conn, ids["tinh"]))
    assert ids["thon3"] in by_unit(conn, scope(conn, ids["tinh"], TODAY - timedelta(days=1)))


def test_an_essay_of_one_who_sits_in_two_units_counts_in_both(conn: Connection, ids: dict[str, int]) -> None:
    alone = conn.execute(
        insert(person).values(full_name="Hai Nơi", name_folded="hai noi", created_at=at(1, 11))
    )
    assert alone.inserted_primary_key is not None
    ids["Hai Nơi"] = alone.inserted_primary_key[0]
    conn.execute(position.delete())
    for key in ("thon1", "thon2"):
        conn.execute(insert(position).values(person_id=ids["Hai Nơi"], unit_id=ids[key], role="secretary"))
    for standing in (Standing.NOT_MET, Standing.MET):
        found = by_unit(conn, scope(conn, ids["tinh"]))
        assert found[ids["thon1"]].figures["essays"] is standing
        assert found[ids["thon2"]].figures["essays"] is standing
        assert found[ids["thon4"]].figures["essays"] is Standing.EXEMPT
        hand_in(conn, ids, "Hai Nơi")


def test_a_decision_stands_over_the_figures_of_that_unit_alone(conn: Connection, ids: dict[str, int]) -> None:
    one = by_unit(conn, scope(conn, ids["thon3"]))[ids["thon3"]]
    number = rating.contest(conn, PLAN.code, one, "essays", "Đã nộp bản giấy", sender(ids, at(10, 1)))
    assert rating.contest(conn, PLAN.code, one, "essays", "Lần nữa", sender(ids, at(10, 1))) is None
    contest = rating.get(conn, PLAN, number or 0)
    assert contest is not None
    assert [each.id for each in rating.waiting(conn, scope(conn, ids["tinh"]))] == [contest.id]
    assert rating.waiting(conn, scope(conn, ids["thon3"])) == []
    above = sender(ids, at(12, 1))
    assert rating.decide(conn, contest, Verdict.ACCEPTED, "Đã nhận", ids["xa"], above)
    assert not rating.decide(conn, contest, Verdict.KEPT, "Không", ids["xa"], above)
    found = by_unit(conn, scope(conn, ids["xa"]))
    mine = found[ids["thon3"]]
    assert (mine.figures["essays"], mine.standings["essays"]) == (Standing.NOT_MET, Standing.MET)
    assert mine.contests["essays"].decided_by == "Đoàn xã Hoằng Quỳ"
    assert found[ids["thon4"]].standings["essays"] is Standing.NOT_MET
    other = PLAN.model_copy(update={"code": "ke-hoach-67"})
    assert rating.get(conn, other, contest.id) is None
