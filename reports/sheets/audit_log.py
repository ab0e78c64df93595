"""Who did what to units of the subtree, in words, newest first."""

from collections.abc import Iterator
from typing import Any

from bot.texts import export as texts
from bot.texts import say
from reports.scope import UNIT_COLUMNS, Scope
from reports.table import Column, Kind, Row, Sheet
from storage import exporting_log

MOST = 20_000


def audit_sheet(scope: Scope) -> Sheet:
    return Sheet(
        name="Nhật ký",
        title="NHẬT KÝ CÔNG VIỆC",
        note=texts.newest_only(MOST),
        columns=[
            Column("Thời gian", 16, Kind.MOMENT),
            Column("Người làm", 26),
            Column("Việc", 32),
            *UNIT_COLUMNS,
            Column("Cụ thể", 40),
        ],
        rows=_rows(scope),
    )


def _rows(scope: Scope) -> Iterator[Row]:
    titles = {duty.code: duty.title for duty in scope.plan.duties}
    for row in exporting_log.audit_entries(scope.conn, scope.top, whole=scope.whole, most=MOST):
        yield [
            scope.local(row.at),
            scope.shown_name(row.person_id, row.full_name),
            texts.action(row.action),
            row.unit,
            row.code,
            _details(row, titles),
        ]


def _details(row: Any, titles: dict[str, str]) -> str | None:
    """Only what is known by its name: facts of newer entries may hold anything."""
    facts = row.facts or {}
    duty = titles.get(facts.get("duty", ""))
    parts = [
        texts.subject(row.subject, row.subject_id),
        say.lower_first(duty) if duty else None,
        f"lần {facts['revision']}" if facts.get("revision", 1) != 1 else None,
        "báo hộ" if facts.get("on_behalf") else None,
    ]
    return ", ".join(part for part in parts if part) or None
