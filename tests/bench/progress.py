"""What /tiendo of a whole province costs: python -m tests.bench.progress [branches ...]

Beside each figure, in the same run, the plain way: unit by unit, in Python (`tests.naive_progress`), whose
answer has to be the same.
"""

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, insert, select

from reports import bars, chart
from reports.bars import Bar, Kind, Words
from rules.duties import duty
from storage import progress, units
from storage.database import Database
from storage.figures import total
from storage.models import EssayState, ReportState, essay, participation, position, report, session, unit
from storage.plans import load_plan
from storage.progress import Scope
from tests import naive_progress
from tests.big_roster import fill
from tests.clock import FrozenClock

ROUNDS = 7
TODAY = date(2018, 12, 28)
PLAN = load_plan("ke-hoach-66")
T = TypeVar("T")


def main() -> None:
    sizes = [int(one) for one in sys.argv[1:]] or [1_000, 10_000]
    for branches in sizes:
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{folder}/chidoan.db")
            database.migrate()
            fill(database, PLAN, branches)
            with database.writing() as conn:
                fill_reports(conn)
            with database.reading() as conn:
                measure(conn, branches)
            database.dispose()
    draw_a_province()


def measure(conn: Connection, branches: int) -> None:
    where = Scope(PLAN, units.get(conn, 1), TODAY, FrozenClock.ZONE)
    main_duty = duty(PLAN, "participation")
    district = Scope(PLAN, units.children(conn, 1, TODAY)[0], TODAY, FrozenClock.ZONE)
    print(f"{branches} branches, 92 % reported on 60 days; medians of {ROUNDS}, CPU")
    screen, (overall, parts) = median_ms(lambda: progress.overall(conn, where))
    _show("the whole screen of the province", screen)
    ours, counted = median_ms(lambda: progress.of_duty(conn, where, main_duty))
    _show("  its reports", ours)
    _show("  its essays", median_ms(lambda: progress.essays(conn, where))[0])
    _show("[Xem từng huyện]", median_ms(lambda: progress.below(conn, where, parts))[0] + ours)
    _show("[Việc khác]", median_ms(lambda: list(progress.others(conn, where)))[0])
    _show("the whole screen of a district", median_ms(lambda: progress.overall(conn, district))[0])
    plain, figures = once_ms(lambda: naive_progress.of_duty(conn, where, main_duty))
    essays, owed = once_ms(lambda: naive_progress.essays_owed(conn, where))
    assert total(figures.values()) == counted.total
    assert overall.essays is not None
    assert owed == (overall.essays.owed, overall.essays.received)
    _show("unit by unit: its reports", plain)
    _show("unit by unit: its essays", essays)
    print(f"  {'ratio':36} {(plain + essays) / screen:8.0f}")


def median_ms(work: Callable[[], T]) -> tuple[float, T]:
    taken = [once_ms(work) for _ in range(ROUNDS)]
    return statistics.median(ms for ms, _result in taken), taken[-1][1]


def once_ms(work: Callable[[], T]) -> tuple[float, T]:
    """Of the processor: SQLite works in this very process, and what else the machine does is not measured."""
    began = time.process_time()
    result = work()
    return 1000 * (time.process_time() - began), result


def _show(title: str, ms: float) -> None:
    print(f"  {title:36} {ms:8.1f} ms")


def draw_a_province() -> None:
    chance = random.Random(66)
    drawn = []
    for number in range(27):
        due = chance.randint(150, 600)
        missing = chance.randint(0, due // 4)
        counts = {Kind.DONE: due - missing - 9, Kind.LATE: 9, Kind.MISSING: missing}
        drawn.append(Bar(f"Huyện đoàn {number}", counts, bars.note(counts)))
    words = Words("Tỉnh đoàn", "9.200/10.000", "tính đến", dict.fromkeys(Kind, "Đúng hạn"), "Cuối hàng")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "chart.png"
        ms, _ = median_ms(lambda: chart.draw(words, drawn, out))
        size = out.stat().st_size // 1024
    print(f"the chart of a province with {len(drawn)} districts: {ms:.0f} ms, {size} KiB")


def fill_reports(conn: Connection) -> None:
    """Of most branches and hosts, as they would come in over two months; some with a make-up."""
    chance = random.Random(66)
    rows: dict[Table, list[dict[str, Any]]] = {report: [], participation: [], session: [], essay: []}
    found = [tuple(row) for row in conn.execute(select(unit.c.id, unit.c.duty_level))]
    chance.shuffle(found)  # they come in no order
    for unit_id, level in found:
        if chance.random() < 0.08:
            continue
        held_on = date(2018, 10, 20) + timedelta(days=chance.randrange(60))
        arrived = datetime.combine(held_on, datetime.min.time(), UTC) + timedelta(hours=chance.randrange(130))
        report_id = len(rows[report]) + 1
        base = {"plan": PLAN.code, "report_id": report_id}
        rows[report].append(
            {
                "id": report_id,
                "plan": PLAN.code,
                "duty": "participation" if level == "branch" else "session",
                "unit_id": unit_id,
                "slot": 0,
                "revision": 1,
                "state": chance.choice([ReportState.SENT, ReportState.ACCEPTED]),
                "first_arrived_at": arrived,
                "last_arrived_at": arrived,
                "on_behalf": chance.random() < 0.05,
            }
        )
        if level != "branch":
            rows[session].append(
                {
                    **base,
                    "host_id": unit_id,
                    "level": level,
                    "held_on": held_on,
                    "hall_count": chance.choice([None, 200]),
                    "recorded_at": arrived,
                }
            )
            continue
        for ordinal in range(2 if chance.random() < 0.05 else 1):
            rows[participation].append(
                {
                    **base,
                    "unit_id": unit_id,
                    "ordinal": ordinal,
                    "held_on": held_on + timedelta(days=4 * ordinal),
                    "members": chance.randint(10, 25),
                    "members_expected": 50,
                    "cadres": 3,
                    "cadres_expected": 3,
                }
            )
    for person_id, unit_id in conn.execute(select(position.c.person_id, position.c.unit_id)):
        if chance.random() < 0.66:
            rows[essay].append(
                {
                    "plan": PLAN.code,
                    "unit_id": unit_id,
                    "person_id": person_id,
                    "author": "x",
                    "state": EssayState.STORED,
                    "route": "superior",
                    "arrived_at": datetime(2018, 12, 1, tzinfo=UTC),
                }
            )
    for table, values in rows.items():
        conn.execute(insert(table), values)


if __name__ == "__main__":
    main()
