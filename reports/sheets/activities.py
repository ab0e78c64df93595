"""Activities of the subtree's units, the last recorded first: no unit is ranked by how many it has."""

from collections.abc import Iterator

from bot.texts import activities as activity_texts
from reports.scope import UNIT_COLUMNS, Scope, asked
from reports.table import Column, Kind, Row, Sheet, Total, number, told
from rules.duties import duty_of
from rules.plan import DutyKind
from storage import activities, uploads


def activity_sheet(scope: Scope) -> Sheet | None:
    """None: the plan asks for none."""
    if duty_of(scope.plan, DutyKind.ACTIVITY) is None:
        return None
    return Sheet(
        name="Hoạt động",
        title=activity_texts.SHEET_TITLE,
        columns=[
            *UNIT_COLUMNS,
            Column("Tên hoạt động", 40),
            Column("Ngày", 11, Kind.DAY, total=Total.COUNT),
            told("Số người", 10),
            Column("Địa điểm", 28),
            number("Số ảnh", 7),
            Column("Người ghi", 22),
            Column("Ghi lúc", 16, Kind.MOMENT),
        ],
        rows=_rows(scope),
    )


def _rows(scope: Scope) -> Iterator[Row]:
    recorders = activities.recorders(scope.conn, scope.plan.code, scope.top)
    photos = uploads.counted(scope.conn, activities.SUBJECT)
    for one in activities.newest(scope.conn, scope.plan.code, scope.top, below=True):
        yield [
            one.unit_name,
            scope.by_id[one.unit_id].code,
            one.title,
            one.held_on,
            asked(one.people),
            asked(one.place),
            photos.get(one.id, 0),
            scope.shown_name(*recorders[one.id]),
            scope.local(one.at),
        ]
