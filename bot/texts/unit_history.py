"""The audit log of a unit in words, on its card."""

from collections.abc import Callable, Mapping
from datetime import date
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.export import ACTIONS
from bot.texts.markup import esc
from storage.audit import Action
from storage.unit_cards import Entry

SUPERIORS = "cấp trên"
SYSTEM = "hệ thống"


def line(entry: Entry, who: str, roles: Mapping[str, str], zone: ZoneInfo) -> str:
    """ "▸ 19 giờ 42 ngày 14/11: gửi báo cáo mã 0412 (Lê Thị Mai)"; `who`: as far as the reader may know."""
    told = _TEXTS.get(entry.action)
    what = told(entry, roles) if told is not None else _ACTIONS.get(entry.action, "thay đổi khác")
    return f"▸ {say.moment(entry.at, zone)}: {what} ({esc(who)})"


# What needs no more words here than in the log of the Excel book.
_ACTIONS: dict[str, str] = {action.value: what for action, what in ACTIONS.items()}
_Told = Callable[[Entry, Mapping[str, str]], str]


def _report(what: str) -> _Told:
    return lambda entry, _: f"{what} mã {say.code(entry.subject_id or 0)}"


def _plainly(what: str) -> _Told:
    return lambda _entry, _roles: what


def _sent(entry: Entry, _roles: Mapping[str, str]) -> str:
    what = "báo hộ" if entry.facts.get("on_behalf") else "gửi báo cáo"
    return f"{what} mã {say.code(entry.subject_id or 0)}"


def _corrected(entry: Entry, _roles: Mapping[str, str]) -> str:
    return f"sửa báo cáo mã {say.code(entry.subject_id or 0)}, lần {entry.facts.get('revision', '?')}"


def _planned(entry: Entry, _roles: Mapping[str, str]) -> str:
    day = _day(entry, "day")
    return f"hẹn học ngày {day}" if day else "báo chưa có lịch học"


def _given(entry: Entry, roles: Mapping[str, str]) -> str:
    begins = _day(entry, "from")
    return f"ghi {_name(entry)}: {_role(entry, roles)}" + (f" từ {begins}" if begins else "")


def _dated(entry: Entry, roles: Mapping[str, str]) -> str:
    last = _day(entry, "last")
    if last is None:
        return f"{_name(entry)} giữ tiếp {_role(entry, roles)}"
    return f"{_name(entry)} thôi {_role(entry, roles)}, đến hết {last}"


def _moved(entry: Entry, _roles: Mapping[str, str]) -> str:
    return f"chuyển báo cáo mã {say.code(entry.subject_id or 0)} sang đúng đơn vị"


def _closed(entry: Entry, _roles: Mapping[str, str]) -> str:
    return f"đóng đơn vị, đến hết {_day(entry, 'last')}"


def _merged(entry: Entry, _roles: Mapping[str, str]) -> str:
    return f"sáp nhập vào đơn vị khác, đến hết {_day(entry, 'last')}"


def _reopened(entry: Entry, _roles: Mapping[str, str]) -> str:
    return f"mở lại đến hết {_day(entry, 'until')}"


def _counted(entry: Entry, _roles: Mapping[str, str]) -> str:
    return f"báo số bài thu hoạch {entry.facts.get('attended')}/{entry.facts.get('expected')}"


def _issued(entry: Entry, _roles: Mapping[str, str]) -> str:
    if entry.subject_name is not None:
        return f"cấp lời mời cho {_name(entry)}"
    return f"cấp {entry.facts.get('count', '')} lời mời"


def _revoked(entry: Entry, _roles: Mapping[str, str]) -> str:
    return f"khoá lời mời của {_name(entry)}"


_TEXTS: dict[str, _Told] = {
    Action.REPORT_SENT: _sent,
    Action.REPORT_CORRECTED: _corrected,
    Action.REPORT_ACCEPTED: _report("tiếp nhận báo cáo"),
    Action.REPORT_RETURNED: _report("đề nghị bổ sung báo cáo"),
    Action.REPORT_KEPT: _report("giữ nguyên báo cáo"),
    Action.REPORT_MOVED: _moved,
    Action.DAY_PLANNED: _planned,
    Action.ESSAY_SENT: _plainly("nộp bài thu hoạch"),
    Action.ESSAYS_COUNTED: _counted,
    Action.ESSAY_PASSED: _plainly("đánh giá đạt một bài thu hoạch"),
    Action.ESSAY_RETURNED: _plainly("đề nghị bổ sung một bài thu hoạch"),
    Action.PROPOSAL_ANSWERED: _plainly("trả lời một kiến nghị"),
    Action.PROPOSAL_PASSED_UP: _plainly("chuyển một kiến nghị lên cấp trên"),
    Action.PROPOSAL_PASSED_DOWN: _plainly("trả một kiến nghị về cấp dưới"),
    Action.UNIT_CHANGED: _plainly("cập nhật thông tin đơn vị"),
    Action.PERSON_CHANGED: lambda entry, _: f"cập nhật thông tin của {_name(entry)}",
    Action.POSITION_GIVEN: _given,
    Action.POSITION_DATED: _dated,
    Action.INVITES_ISSUED: _issued,
    Action.INVITE_REVOKED: _revoked,
    Action.UNIT_CALLED: _plainly("gọi điện đôn đốc"),
    Action.UNITS_NUDGED: _plainly("đôn đốc các đơn vị bên dưới"),
    Action.SNAPSHOT_TAKEN: _plainly("chốt số liệu báo cáo lên trên"),
    Action.UNIT_CLOSED: _closed,
    Action.UNIT_MERGED: _merged,
    Action.UNIT_REOPENED: _reopened,
    Action.BROADCAST_ORDERED: _plainly("soạn thông báo"),
    Action.BROADCAST_APPROVED: _plainly("duyệt thông báo"),
    Action.BROADCAST_CANCELLED: _plainly("huỷ thông báo"),
    Action.BROADCAST_STOPPED: _plainly("dừng gửi thông báo"),
    Action.BROADCAST_REPEATED: _plainly("gửi lại thông báo"),
    Action.BROADCAST_AT_NIGHT: _plainly("gửi thông báo cả trong giờ nghỉ"),
    Action.MATERIAL_ADDED: _plainly("thêm tài liệu"),
    Action.MATERIAL_REPLACED: _plainly("thay tài liệu"),
    Action.MATERIAL_WITHDRAWN: _plainly("rút tài liệu"),
    Action.MEDIA_REPORTED: _plainly("báo tin, bài"),
    Action.MEDIA_CHANGED: _plainly("sửa tin, bài"),
    Action.MEDIA_WITHDRAWN: _plainly("gỡ tin, bài"),
    Action.MEDIA_MARKED: _plainly("chọn tin, bài tiêu biểu"),
    Action.MEDIA_UNMARKED: _plainly("thôi chọn tin, bài tiêu biểu"),
    Action.MEDIA_FORWARDED: _plainly("gửi tin, bài tới mọi người"),
    Action.FILE_ASKED: _plainly("lấy tệp tổng hợp, mã QR"),
    Action.SPEAKER_REGISTERED: _plainly("ghi một báo cáo viên vào danh sách"),
    Action.SPEAKER_WITHDRAWN: _plainly("đưa một báo cáo viên ra khỏi danh sách"),
    Action.SPEAKER_JUDGED: _plainly("đánh giá một báo cáo viên"),
}


def _name(entry: Entry) -> str:
    return esc(entry.subject_name or "một đồng chí")


def _role(entry: Entry, roles: Mapping[str, str]) -> str:
    """Imports do not say which."""
    role = entry.facts.get("role")
    return esc(roles.get(role, role)) if isinstance(role, str) else "chức vụ"


def _day(entry: Entry, fact: str) -> str | None:
    value = entry.facts.get(fact)
    return say.day(date.fromisoformat(value)) if isinstance(value, str) else None
