"""What the database counts is what the rules say, unit by unit."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, insert, select, update

from rules.duties import duty, main_duty
from rules.plan import Duty, DutyKind
from storage import audit, essays, progress, snapshots, submitting, units
from storage.database import Database
from storage.figures import Essays, Figures, Halls, Overall, total
from storage.models import EssayState, ReportState, essay, person, position, report, snapshot, unit
from storage.models import audit as audit_table
from storage.progress import Scope
from storage.reports import Held, Line, Sender
from tests import hypothesis_profile, naive_progress, roster
from tests.people import at
from tests.rules.plans import plan_66, two_levels

hypothesis_profile.load()
PLAN = plan_66()
ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = date(2018, 12, 20)
PARTICIPATION = duty(PLAN, "participation")
SESSION = duty(PLAN, "session")


@pytest.fixture
def ids(database: Database) -> dict[str, int]:
    with database.writing() as conn:
        return roster.build(conn, at(14, 11))


@pytest.fixture
def conn(database: Database, ids: dict[str, int]) -> Iterator[Connection]:
    with database.writing() as conn:
        yield conn


def scope(conn: Connection, unit_id: int, zone: ZoneInfo = ZONE) -> Scope:
    return Scope(PLAN, units.get(conn, unit_id), TODAY, zone)


def sender(ids: dict[str, int], arrived: datetime, *, on_behalf: bool = False) -> Sender:
    return Sender(ids["Lê Thị Mai"], 1, arrived, on_behalf)


@pytest.fixture
def account(conn: Connection, ids: dict[str, int]) -> None:
    """Who sends."""
    roster.link(conn, 103, ids["Lê Thị Mai"], at(14, 11))


# -- held against the rules

zones = st.sampled_from(["Asia/Ho_Chi_Minh", "UTC", "America/New_York", "Pacific/Apia"]).map(ZoneInfo)
days = st.dates(date(2018, 12, 28), date(2019, 1, 4))


@st.composite
def moments(draw: st.DrawFn, zone: ZoneInfo) -> datetime:
    """At midnight, a second earlier or later: where it decides."""
    day = draw(days) + timedelta(days=draw(st.integers(0, 4)))
    return datetime.combine(day, time(), zone).astimezone(UTC) + timedelta(seconds=draw(st.integers(-1, 1)))


counts = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)
lines = st.builds(
    lambda day, members, cadres: Line(
        held_on=day,
        members=members[0],
        members_expected=members[1],
        cadres=cadres[0] if cadres else None,
        cadres_expected=cadres[1] if cadres else None,
    ),
    days,
    counts,
    st.none() | counts,
)
states = st.sampled_from(ReportState)
deadlines = st.sampled_from(
    [
        {"report_days_after": 3},
        {"report_days_after": 0},
        {"report_before": date(2019, 1, 5)},
        {"report_before": date(2019, 1, 5), "report_days_after": 3},
        {},
    ]
)


def with_deadline(of: Duty, deadline: dict[str, object]) -> Duty:
    return of.model_copy(update={"report_days_after": None, "report_before": None, **deadline})


def check(conn: Connection, where: Scope, of: Duty) -> None:
    counted = progress.of_duty(conn, where, of)
    plain = naive_progress.of_duty(conn, where, of)
    assert {(part.child, part.level): part.figures for part in counted.parts} == plain
    assert counted.total == total(plain.values())


SETTINGS = settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)


@SETTINGS
@given(data=st.data(), deadline=deadlines, zone=zones)
def test_participation_is_counted_as_the_rules_count_it(
    conn: Connection,
    ids: dict[str, int],
    account: None,
    data: st.DataObject,
    deadline: dict[str, object],
    zone: ZoneInfo,
) -> None:
    trial = conn.begin_nested()
    for number in range(1, roster.BRANCHES + 1):
        branch = ids[f"thon{number}"]
        if data.draw(st.booleans(), label="closed"):
            conn.execute(update(unit).where(unit.c.id == branch).values(valid_to=TODAY - timedelta(days=1)))
        if data.draw(st.booleans(), label="reported"):
            said = data.draw(st.lists(lines, min_size=1, max_size=3))
            by = sender(ids, data.draw(moments(zone)), on_behalf=data.draw(st.booleans()))
            receipt = submitting.submit_participation(conn, PLAN.code, "participation", branch, said, by)
            accept(conn, receipt.report_id, data.draw(states))
    for key in ("tinh", "xa", "thon1"):
        check(conn, scope(conn, ids[key], zone), with_deadline(PARTICIPATION, deadline))
    trial.rollback()


@SETTINGS
@given(data=st.data(), deadline=deadlines, zone=zones)
def test_sessions_are_counted_as_the_rules_count_them(
    conn: Connection,
    ids: dict[str, int],
    account: None,
    data: st.DataObject,
    deadline: dict[str, object],
    zone: ZoneInfo,
) -> None:
    """A host may hold several; hosts of several levels owe one."""
    trial = conn.begin_nested()
    for host in data.draw(st.lists(st.sampled_from(["tinh", "huyen", "xa"]), max_size=6)):
        slot = submitting.next_slot(conn, PLAN.code, "session", ids[host])
        held, by = Held("grassroots", data.draw(days)), sender(ids, data.draw(moments(zone)))
        receipt, _ = submitting.submit_session(conn, PLAN.code, "session", ids[host], slot, held, by)
        accept(conn, receipt.report_id, data.draw(states))
    for key in ("tinh", "huyen", "xa"):
        check(conn, scope(conn, ids[key], zone), with_deadline(SESSION, deadline))
    trial.rollback()


def accept(conn: Connection, report_id: int, state: ReportState) -> None:
    conn.execute(update(report).where(report.c.id == report_id).values(state=state))


# -- one by one


def add_unit(conn: Connection, code: str, level: str, duty_level: str, parent_id: int) -> int:
    above = units.get(conn, parent_id)
    made = conn.execute(
        insert(unit).values(
            code=code,
            name=code,
            name_folded=code.lower(),
            level=level,
            duty_level=duty_level,
            parent_id=parent_id,
            path="",
        )
    )
    key = made.inserted_primary_key
    assert key is not None
    conn.execute(update(unit).where(unit.c.id == key[0]).values(path=f"{above.path}{key[0]}/"))
    return int(key[0])


def test_children_of_several_levels(conn: Connection, ids: dict[str, int]) -> None:
    """A chi đoàn cơ sở beside communes owes a session and no participation; a new district has nobody yet."""
    base = add_unit(conn, "CDCS", "branch", "grassroots", ids["huyen"])
    empty = add_unit(conn, "HUYEN2", "district", "district", ids["tinh"])
    where = scope(conn, ids["huyen"])
    parts = progress.of_duty(conn, where, PARTICIPATION)
    found = [(one.id, figures.due) for one, figures in progress.below(conn, where, parts)]
    assert found == [(ids["xa"], roster.BRANCHES), (base, 0)]
    hosts = progress.of_duty(conn, where, SESSION)
    assert hosts.by_child() == {ids["xa"]: Figures(due=1), base: Figures(due=1)}
    assert {level: one.due for level, one in hosts.by_level().items()} == {"district": 1, "grassroots": 2}
    above = scope(conn, ids["tinh"])
    parts = progress.of_duty(conn, above, PARTICIPATION)
    assert [one.id for one, _figures in progress.below(conn, above, parts)] == [ids["huyen"], empty]


def test_a_unit_of_a_like_path_is_not_below(conn: Connection, ids: dict[str, int]) -> None:
    """/1/2/3/ and /1/2/30/."""
    conn.execute(
        insert(unit).values(
            id=10 * ids["xa"],
            code="XA2",
            name="Đoàn xã Hoằng Quý",
            name_folded="doan xa hoang quy",
            level="grassroots",
            duty_level="grassroots",
            parent_id=ids["huyen"],
            path=f"/{ids['tinh']}/{ids['huyen']}/{10 * ids['xa']}/",
        )
    )
    assert progress.of_duty(conn, scope(conn, ids["xa"]), SESSION).total.due == 1
    assert progress.of_duty(conn, scope(conn, ids["huyen"]), SESSION).total.due == 3


def test_a_closed_unit_is_due_only_if_it_reported(
    conn: Connection, ids: dict[str, int], account: None
) -> None:
    line = Line(date(2018, 12, 1), 40, 50)
    submitting.submit_participation(
        conn, PLAN.code, "participation", ids["thon1"], [line], sender(ids, at(1, 12))
    )
    gone = [ids["thon1"], ids["thon2"]]
    conn.execute(update(unit).where(unit.c.id.in_(gone)).values(valid_to=TODAY - timedelta(days=1)))
    where = scope(conn, ids["xa"])
    parts = progress.of_duty(conn, where, PARTICIPATION)
    assert (parts.total.due, parts.total.received) == (3, 1)
    assert [one.id for one, _ in progress.below(conn, where, parts)] == [
        ids["thon1"],
        ids["thon3"],
        ids["thon4"],
    ]


def test_a_report_of_another_duty_or_plan_is_not_this_one(
    conn: Connection, ids: dict[str, int], account: None
) -> None:
    line = Line(date(2018, 12, 1), 40, 50)
    by = sender(ids, at(1, 12))
    submitting.submit_document(conn, PLAN.code, "summary", ids["thon1"], [], by)
    submitting.submit_participation(conn, "ke-hoach-65", "participation", ids["thon2"], [line], by)
    assert progress.of_duty(conn, scope(conn, ids["xa"]), PARTICIPATION).total == Figures(due=4)


def test_a_plan_without_participation_is_measured_by_what_its_branches_report() -> None:
    plan = two_levels()
    main = main_duty(plan)
    assert main is not None
    assert main.code == "meeting"
    assert main_duty(PLAN) == PARTICIPATION
    only_media = plan.model_copy(update={"duties": (main.model_copy(update={"kind": DutyKind.MEDIA}),)})
    assert main_duty(only_media) is None


def record(conn: Connection, ids: dict[str, int], host: str, hall: int | None, *, own: bool = False) -> None:
    slot = submitting.next_slot(conn, PLAN.code, "session", ids[host])
    held = Held("grassroots", date(2018, 12, 1), hall_count=hall, own=own)
    submitting.submit_session(conn, PLAN.code, "session", ids[host], slot, held, sender(ids, at(1, 12)))


def test_halls_are_those_that_the_branches_sat_in(
    conn: Connection, ids: dict[str, int], account: None
) -> None:
    """Not the district's own session, nor what a branch held for itself."""
    record(conn, ids, "huyen", 300)
    record(conn, ids, "xa", 120)
    record(conn, ids, "xa", None)
    record(conn, ids, "thon1", 30, own=True)
    expected = Halls(sessions=2, counted=1, people=120)
    for key in ("tinh", "huyen", "xa"):
        assert progress.halls(conn, scope(conn, ids[key]), PARTICIPATION) == expected
    assert progress.halls(conn, scope(conn, ids["thon1"]), PARTICIPATION) == Halls()
    assert progress.halls(conn, scope(conn, ids["xa"]), None) == Halls()


def test_essays_of_a_person_count_once(conn: Connection, ids: dict[str, int], account: None) -> None:
    """In the branch and in the commune; and none of who left, or is erased, or only a member."""
    mai, hung, ha = (ids[name] for name in ("Lê Thị Mai", "Trần Văn Hùng", "Phạm Thu Hà"))
    conn.execute(insert(position).values(person_id=mai, unit_id=ids["xa"], role="committee_member"))
    conn.execute(insert(position).values(person_id=ids["Bí Thư Thôn 1"], unit_id=ids["thon2"], role="member"))
    conn.execute(
        update(position).where(position.c.person_id == hung).values(valid_to=TODAY - timedelta(days=1))
    )
    conn.execute(update(person).where(person.c.id == ids["Ủy Viên 1"]).values(erased_at=at(1, 12)))
    for who, state in (
        (mai, EssayState.RECEIVING),
        (ha, EssayState.REFUSED),
        (ids["Bí Thư Thôn 1"], EssayState.STORED),
    ):
        conn.execute(
            insert(essay).values(
                plan=PLAN.code,
                unit_id=ids["thon3"],
                person_id=who,
                author="x",
                state=state,
                route="superior",
                arrived_at=at(1, 12),
            )
        )
    essays.record_tally(
        conn,
        plan=PLAN.code,
        unit_id=ids["thon3"],
        attended=20,
        expected=47,
        by_person_id=mai,
        by_account_id=1,
        arrived=at(1, 12),
    )
    where = scope(conn, ids["xa"])
    assert progress.essays(conn, where) == Essays(owed=12, received=2, told=1, counted=20, counted_of=47)
    for key in ("tinh", "huyen", "xa", "thon3"):
        found = progress.essays(conn, scope(conn, ids[key]))
        assert found is not None
        assert (found.owed, found.received) == naive_progress.essays_owed(conn, scope(conn, ids[key]))


def test_a_plan_without_essays(conn: Connection, ids: dict[str, int]) -> None:
    where = Scope(two_levels(), units.get(conn, ids["xa"]), TODAY, ZONE)
    assert progress.essays(conn, where) is None


def test_a_snapshot_is_kept_as_it_was(conn: Connection, ids: dict[str, int], account: None) -> None:
    frozen = Overall(
        Figures(due=4, received=3, members=120, members_expected=150), Halls(1, 1, 125), Essays(9, 4)
    )
    for received in (1, 3):
        figures = Figures(due=4, received=received, members=120, members_expected=150)
        taken = snapshots.take(
            conn,
            PLAN.code,
            ids["xa"],
            Overall(figures, frozen.halls, frozen.essays),
            by_person_id=ids["Vũ Văn Xã"],
            by_account_id=1,
            at=at(1, 12),
        )
    assert snapshots.latest(conn, PLAN.code, ids["xa"]) == taken
    assert taken.overall == frozen
    assert snapshots.latest(conn, PLAN.code, ids["huyen"]) is None
    assert snapshots.latest(conn, "ke-hoach-65", ids["xa"]) is None
    entry = conn.execute(select(audit_table).order_by(audit_table.c.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.unit_id, entry.subject_id) == (
        audit.Action.SNAPSHOT_TAKEN,
        ids["xa"],
        taken.id,
    )


def test_a_snapshot_of_an_older_program_is_read(conn: Connection, ids: dict[str, int]) -> None:
    conn.execute(
        insert(snapshot).values(
            plan=PLAN.code,
            unit_id=ids["xa"],
            figures={"main": {"due": 4, "received": 3, "gone": 1}, "halls": {}, "essays": None},
            at=at(1, 12),
        )
    )
    found = snapshots.latest(conn, PLAN.code, ids["xa"])
    assert found is not None
    assert found.overall == Overall(Figures(due=4, received=3), Halls(), None)
