"""Proposals of the subtree: whose each is to answer, how often it was passed on, and the answer."""

from collections.abc import Iterator

from bot.texts import export as texts
from reports.scope import UNIT_COLUMNS, Scope
from reports.table import Column, Kind, Row, Sheet, Total
from storage import proposals


def proposal_sheet(scope: Scope) -> Sheet:
    return Sheet(
        name="Kiến nghị",
        title=texts.PROPOSALS_TITLE,
        columns=[
            *UNIT_COLUMNS,
            Column("Ghi trong", 14),
            Column("Nội dung", 50),
            Column("Gửi lúc", 16, Kind.MOMENT, total=Total.COUNT),
            Column("Cấp trả lời", 12),
            Column("Chờ ở cấp ấy từ", 16, Kind.MOMENT),
            Column("Trả lời lúc", 16, Kind.MOMENT),
            Column("Trả lời", 50),
        ],
        rows=_rows(scope),
    )


def _rows(scope: Scope) -> Iterator[Row]:
    levels = {level.code: level.name for level in scope.plan.levels}
    for one in proposals.below(scope.conn, scope.plan, [scope.top]):
        yield [
            one.unit_name,
            scope.by_id[one.unit_id].code,
            texts.PROPOSAL_SOURCES[one.source],
            one.text,
            scope.local(one.at),
            levels.get(one.owner.duty_level, one.owner.duty_level),
            scope.local(one.since),
            scope.local(one.answered_at) if one.answered_at is not None else texts.NOT_ANSWERED,
            one.answer,
        ]
