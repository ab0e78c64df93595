"""Media items: what each unit of the subtree published, where one can look at it."""

from collections.abc import Iterator

from bot.texts import export as texts
from bot.texts import media as media_texts
from reports.scope import UNIT_COLUMNS, Scope
from reports.table import Column, Kind, Row, Sheet, Total, number
from rules.duties import duty_of
from rules.plan import DutyKind
from storage import exporting_log


def media_sheet(scope: Scope) -> Sheet | None:
    """None: the plan asks for none."""
    if not scope.plan.media or duty_of(scope.plan, DutyKind.MEDIA) is None:
        return None
    return Sheet(
        name="Tuyên truyền",
        title=media_texts.SHEET_TITLE,
        columns=[
            *UNIT_COLUMNS,
            Column("Loại", 24),
            Column("Tiêu đề", 40),
            Column("Ngày đăng", 11, Kind.DAY, total=Total.COUNT),
            Column("Đường dẫn", 40),
            number("Số tệp", 6),
            Column("Tiêu biểu", 9, Kind.WORD),
            Column("Gửi mọi người (thông báo số)", 10, Kind.ORDINAL),
            Column("Người báo", 22),
            Column("Báo lúc", 16, Kind.MOMENT),
        ],
        rows=_rows(scope),
    )


def _rows(scope: Scope) -> Iterator[Row]:
    kinds = {target.kind: target.name for target in scope.plan.media}
    for row in exporting_log.media_items(scope.conn, scope.plan.code, scope.top):
        yield [
            row.unit,
            row.code,
            kinds.get(row.kind, row.kind),
            row.title,
            row.published_on,
            row.link or texts.NOT_ASKED,
            row.files,
            media_texts.marked(row.best_at),
            row.broadcast_id,
            scope.shown_name(row.by_person_id, row.full_name),
            scope.local(row.at),
        ]
