"""Whoever holds the export beside /tiendo reads the same figures, whatever was reported."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, update

from reports.scope import Scope as Book
from reports.sheets.summary import summary_sheet
from rules.duties import HELD
from rules.plan import Duty, DutyKind
from storage import essays, progress, submitting, trainings, units
from storage.duties import REPORTED
from storage.figures import Figures
from storage.figures import total as add_up
from storage.models import EssayState, unit
from storage.progress import Scope
from storage.reports import Held, Line, Sender
from tests import hypothesis_profile, roster
from tests.clock import FrozenClock
from tests.conftest import Province
from tests.people import Person, at
from tests.rules.plans import plan_66

hypothesis_profile.load()
PLAN = plan_66()
NOW = at(10, 1, year=2019)
TODAY = date(2019, 1, 10)

days = st.dates(date(2018, 12, 27), date(2019, 1, 2))
moments = st.datetimes(datetime(2018, 12, 28), datetime(2019, 1, 9), timezones=st.just(FrozenClock.ZONE))
counts = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(sorted)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    members, cadres = draw(counts), draw(st.none() | counts)
    came, of = cadres or (None, 3)
    return Line(draw(days), members[0], members[1], cadres=came, cadres_expected=of)


def fill(conn: Connection, ids: dict[str, int], data: st.DataObject) -> None:
    branches = [f"thon{number}" for number in range(1, roster.BRANCHES + 1)]

    def sender() -> Sender:
        return Sender(ids["Lê Thị Mai"], 1, data.draw(moments), data.draw(st.booleans()))

    for key in branches:
        if said := data.draw(st.lists(lines(), max_size=3)):
            submitting.submit_participation(conn, PLAN.code, "participation", ids[key], said, sender())
        if data.draw(st.booleans()):
            attended, of = data.draw(counts)
            essays.record_tally(
                conn,
                plan=PLAN.code,
                unit_id=ids[key],
                attended=attended,
                expected=of,
                by_person_id=ids["Lê Thị Mai"],
                by_account_id=1,
                arrived=NOW,
            )
    for host in data.draw(st.lists(st.sampled_from(["tinh", "huyen", "xa"]), max_size=4)):
        slot = submitting.next_slot(conn, PLAN.code, "session", ids[host])
        held = Held("grassroots", data.draw(days))
        submitting.submit_session(conn, PLAN.code, "session", ids[host], slot, held, sender())
    for day in data.draw(st.lists(days, max_size=2)):
        told = trainings.Content(day, None, None, None)
        trainings.submit(conn, PLAN.code, "speaker_training", ids["tinh"], None, told, [], sender())
    for key in data.draw(st.sets(st.sampled_from(["huyen", "xa"]))):
        submitting.submit_document(conn, PLAN.code, "implementation_plan", ids[key], [], sender())
    for name, key in (("Lê Thị Mai", "thon3"), ("Vũ Văn Xã", "xa"), ("Bí Thư Thôn 1", "thon1")):
        if data.draw(st.booleans()):
            handed = essays.hand_in(
                conn,
                plan=PLAN.code,
                unit_id=ids[key],
                person_id=ids[name],
                author=name,
                route="superior",
                uploads=[],
                by_person_id=ids[name],
                by_account_id=1,
                arrived=NOW,
            )
            essays.settle(conn, handed, EssayState.STORED, NOW)
    for key in data.draw(st.sets(st.sampled_from(branches))):
        conn.execute(update(unit).where(unit.c.id == ids[key]).values(valid_to=TODAY - timedelta(days=1)))


def summed(sheet: Any) -> dict[str, int]:
    """Every column of figures, added up, by "group: title"; the figures of one duty follow its first."""
    found: dict[str, int] = defaultdict(int)
    duty = ""
    names = []
    for column in sheet.columns:
        if column.title in ("Phải báo cáo", "Phải tổ chức"):
            duty = column.group
        group = duty if column.group == "Thời hạn" else column.group
        names.append(f"{group}: {column.title}")
    for row in sheet.rows:
        for name, cell in zip(names, row, strict=True):
            if isinstance(cell, int):
                found[name] += cell
    return found


def expected(conn: Connection, where: Scope) -> dict[str, int]:
    found: dict[str, int] = {}
    documents = Figures()
    for duty in PLAN.duties:
        if duty.kind not in REPORTED:
            continue
        total = progress.of_duty(conn, where, duty).total
        if duty.kind is DutyKind.DOCUMENT:
            documents = add_up([documents, total])
        else:
            found |= _of(duty, total)
    found |= {
        "Văn bản: Phải nộp": documents.due,
        "Văn bản: Đã nộp": documents.received,
        "Văn bản: Chưa nộp": documents.missing,
    }
    owed = progress.essays(conn, where)
    assert owed is not None
    found |= {
        "Bài thu hoạch (nộp bài): Phải nộp": owed.owed,
        "Bài thu hoạch (nộp bài): Đã nộp": owed.received,
        "Đoàn viên (báo số bài): Đã viết": owed.counted,
        "Đoàn viên (báo số bài): Tổng số": owed.counted_of,
    }
    return found


def _of(duty: Duty, total: Figures) -> dict[str, int]:
    if duty.kind in HELD:
        return {
            f"{duty.title}: Phải tổ chức": total.due,
            f"{duty.title}: Đã tổ chức": total.received,
            f"{duty.title}: Chưa báo cáo": total.missing,
            f"{duty.title}: Đúng hạn": total.held_on_time,
            f"{duty.title}: Chậm hạn": total.held_late,
        }
    return {
        f"{duty.title}: Phải báo cáo": total.due,
        f"{duty.title}: Đã báo cáo": total.received,
        f"{duty.title}: Chưa báo cáo": total.missing,
        f"{duty.title}: Báo cáo đúng hạn": total.on_time,
        f"{duty.title}: Báo cáo chậm hạn": total.late,
        f"{duty.title}: Học đúng hạn": total.held_on_time,
        f"{duty.title}: Học chậm hạn": total.held_late,
        "Đoàn viên: Có mặt": total.members,
        "Đoàn viên: Tổng số": total.members_expected,
        "Trong đó cán bộ: Có mặt": total.cadres,
        "Trong đó cán bộ: Tổng số": total.cadres_expected,
    }


@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.generate],
)
@given(data=st.data())
def test_every_figure_of_the_summary_is_that_of_progress(
    province: Province, mai: Person, data: st.DataObject
) -> None:
    ids, zone = province.ids, FrozenClock.ZONE
    with province.stage.database.writing() as conn:
        trial = conn.begin_nested()
        fill(conn, ids, data)
        for key in ("tinh", "huyen", "xa"):
            top = units.get(conn, ids[key])
            in_the_book = summed(summary_sheet(Book(conn, PLAN, zone, NOW, top.path)))
            told = expected(conn, Scope(PLAN, top, TODAY, zone))
            assert {name: in_the_book.get(name, 0) for name in told} == told
        trial.rollback()
