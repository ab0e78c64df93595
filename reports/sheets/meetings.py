"""Sessions as their hosts planned them, and how those who were invited answered."""

from collections.abc import Iterator

from bot.texts import export as texts
from bot.texts import meetings as meeting_texts
from reports.scope import UNIT_COLUMNS, Scope
from reports.table import Column, Kind, Row, Sheet, number
from storage import exporting_log
from storage.models import HalfDay, MeetingState


def meeting_sheet(scope: Scope) -> Sheet | None:
    """None: nothing was planned."""
    rows = list(_rows(scope))
    if not rows:
        return None
    return Sheet(
        name="Hội nghị dự kiến",
        title=meeting_texts.SHEET_TITLE,
        columns=[
            *UNIT_COLUMNS,
            Column("Ngày", 11, Kind.DAY),
            Column("Buổi", 8, Kind.WORD),
            Column("Địa điểm", 36),
            Column("Báo cáo viên", 24),
            number("Đã mời"),
            number("Sẽ dự"),
            number("Xin vắng"),
            number("Chưa trả lời"),
            Column("Tình trạng", 16, Kind.WORD),
        ],
        rows=rows,
    )


def _rows(scope: Scope) -> Iterator[Row]:
    for row in exporting_log.planned_meetings(scope.conn, scope.plan.code, scope.top):
        yield [
            row.unit,
            row.code,
            row.day,
            meeting_texts.half_label(HalfDay(row.half)),
            row.place,
            row.speaker_name or texts.NOT_ASKED,
            row.invited,
            row.coming,
            row.excused,
            row.invited - row.coming - row.excused,
            meeting_texts.state_label(MeetingState(row.state), make_up=row.make_up),
        ]
