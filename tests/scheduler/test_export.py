"""The job that makes the Excel file: it is sent to whoever asked, with a name that tells what it is."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from scheduler import errands
from scheduler.job import Desk
from storage.models import errand
from storage.outbox import Row
from storage.writer import Writer
from tests.conftest import Province
from tests.people import Person


def run(province: Province, times: int = 1) -> list[dict[str, int]]:
    """Let the job work; whoever is on the stage gets what it says."""
    stage = province.stage
    writer = Writer(stage.database)
    writer.start()

    def offer(rows: list[Row]) -> None:
        for person in stage.people.values():
            person.new = []
        stage.deliver(rows)

    sender: Any = SimpleNamespace(offer=offer)
    desk = Desk(stage.world, stage.database, writer, stage.clock, sender, cast(Any, None))

    async def work() -> list[dict[str, int]]:
        return [await errands.run(desk) for _ in range(times)]

    try:
        return asyncio.run(work())
    finally:
        writer.stop()


def test_the_file_is_sent(province: Province, xa: Person) -> None:
    xa.says("/xuat")
    assert run(province, times=2) == [{"made": 1, "failed": 0}, {"made": 0, "failed": 0}]
    assert xa.sees("<b>Đoàn xã Hoằng Quỳ</b>: tệp Excel, tính đến 19 giờ 42 ngày 14/11/2018.")
    assert xa.last.document is not None
    path, name = xa.last.document
    assert name == "Hoang-Quy_2018-11-14_19h42.xlsx"
    book = load_workbook(province.stage.world.data_dir / path)
    assert book.sheetnames[:3] == ["Tổng hợp", "Chi đoàn", "Cấp cơ sở"]


def test_only_whoever_asked_gets_it(province: Province, xa: Person, mai: Person) -> None:
    xa.says("/xuat")
    run(province)
    assert mai.new == []


def test_what_cannot_be_written_is_told_and_leaves_nothing(
    province: Province, xa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("scheduler.export.run_apart", full)
    xa.says("/xuat")
    assert run(province, times=3) == [{"made": 0, "failed": 1}] * 3
    assert xa.sees("Hệ thống chưa tạo được tệp này.")
    with province.stage.reading() as conn:
        assert conn.scalar(select(errand.c.state)) == "failed"
    assert list((Path(province.stage.world.data_dir) / "exports").glob("*")) == []
