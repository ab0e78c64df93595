"""Broadcasts sent from desks of the subtree: each recipient is in exactly one column, so a line adds up."""

from collections.abc import Iterator

from bot.texts import export as texts
from bot.texts import say
from bot.texts.markup import unmarked
from reports.scope import Scope
from reports.table import Column, Kind, Row, Sheet, number
from storage import exporting_log
from storage.models import BroadcastState, RecipientState

_BEGINNING = 300  # letters of the message
_OUTCOMES = {
    RecipientState.SENT: "Đã gửi",
    RecipientState.UNLINKED: "Chưa kết nối",
    RecipientState.BLOCKED: "Chặn",
    RecipientState.REPORTED: "Vừa báo cáo",
    RecipientState.GONE: "Thôi chức vụ",
    RecipientState.FAILED: "Lỗi",
    RecipientState.UNKNOWN: "Không rõ",
    RecipientState.STOPPED: "Đã dừng",
    RecipientState.QUEUED: "Đang chờ",
}


def broadcast_sheet(scope: Scope) -> Sheet:
    return Sheet(
        name="Thông báo",
        title="THÔNG BÁO ĐÃ GỬI",
        columns=[
            Column("Số", 6, Kind.ORDINAL),
            Column("Đơn vị gửi", 22),
            Column("Người gửi", 20),
            Column("Nội dung", 44),
            Column("Trạng thái", 12, Kind.WORD),
            Column("Bắt đầu", 16, Kind.MOMENT),
            Column("Kết thúc", 16, Kind.MOMENT),
            number("Đã chọn", 7),
            *(number(title, 7, "Trong đó") for title in _OUTCOMES.values()),
            number("Đã xác nhận đọc", 8),
        ],
        rows=_rows(scope),
    )


def _rows(scope: Scope) -> Iterator[Row]:
    for row, states, acknowledged in exporting_log.broadcasts(scope.conn, scope.plan.code, scope.top):
        began = row.started_at or row.send_at
        yield [
            row.id,
            row.unit,
            row.by,
            say.beginning(unmarked(row.content.get("text") or ""), _BEGINNING),
            texts.BROADCAST_STATES[BroadcastState(row.state)],
            scope.local(began),
            scope.local(row.finished_at) if row.finished_at is not None else None,
            sum(states.values()),
            *(states.get(state, 0) for state in _OUTCOMES),
            acknowledged if row.acknowledge else "không yêu cầu",
        ]
