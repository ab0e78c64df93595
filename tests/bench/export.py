"""What an export costs, beside openpyxl writing the same rows bare: python -m tests.bench.export [branches]…

Each is measured in a process of its own, so that its peak of memory is its own.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from sqlalchemy import Connection

from reports.export import sheets, write_export
from reports.scope import Scope
from rules.plan import Plan
from storage.database import Database
from storage.exporting import EVERYTHING
from storage.plans import load_plan
from tests.big_reports import PLAN, fill_reports
from tests.big_roster import checkpoint, fill
from tests.clock import FrozenClock
from tests.people import at

SIZES = (1_000, 10_000, 100_000)
NOW = at(12, 12, 17, 2)


def main() -> None:
    sizes = [int(word) for word in sys.argv[1:]] or SIZES
    for branches in sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "chidoan.db"
            _province(path, branches)
            print(f"{branches} branches, nine of ten reported, their essays and the log")
            for kind in WRITERS:
                subprocess.run([sys.executable, "-m", "tests.bench.export", kind, str(path)], check=True)


def _province(path: Path, branches: int) -> None:
    database = Database(f"sqlite:///{path}")
    database.migrate()
    fill(database, load_plan(PLAN), branches)
    with database.writing() as conn:
        fill_reports(conn)
    database.dispose()
    checkpoint(path)


def measure(kind: str, path: Path) -> None:
    database, plan = Database(f"sqlite:///{path}"), load_plan(PLAN)
    out = path.with_name(f"{kind}.xlsx")
    before = _peak_mb()
    began, used = time.perf_counter(), time.process_time()
    with database.reading() as conn:
        WRITERS[kind](conn, plan, out)
    took, cpu = time.perf_counter() - began, time.process_time() - used
    print(
        f"  {kind:22} {took:7.2f} s (CPU {cpu:6.2f} s)   peak {_peak_mb():6.1f} MB, {before:.1f} before"
        f"   file {out.stat().st_size / 1e6:5.1f} MB"
    )


def _peak_mb() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def _ours(conn: Connection, plan: Plan, out: Path) -> None:
    write_export(conn, plan, FrozenClock.ZONE, NOW, out)


def _bare(conn: Connection, plan: Plan, out: Path) -> None:
    """The same cells with no format, no totals, nothing for the printer."""
    book = Workbook(write_only=True)
    for sheet in sheets(Scope(conn, plan, FrozenClock.ZONE, NOW, EVERYTHING)):
        page = book.create_sheet(sheet.name)
        page.append([column.title for column in sheet.columns])
        for row in sheet.rows:
            page.append([one.replace(tzinfo=None) if isinstance(one, datetime) else one for one in row])
    book.save(out)


WRITERS: dict[str, Callable[[Connection, Plan, Path], None]] = {
    "chidoan": _ours,
    "openpyxl, write-only": _bare,
}


if __name__ == "__main__":
    if len(sys.argv) == 3 and sys.argv[1] in WRITERS:
        measure(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
