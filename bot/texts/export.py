"""/xuat, and the words in the Excel file that an officer takes away."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, lines
from rules.counting import Count
from storage.audit import Action
from storage.models import BroadcastState, CallResult, EssayState, EssayVerdict, ReportState
from storage.proposal_sources import Source

ONLY_DESKS = (
    "Tệp Excel dành cho cán bộ phụ trách các đơn vị cấp dưới. Việc của đơn vị mình, đồng chí xem bằng"
    " /trangthai."
)
WHICH_UNIT = "Đồng chí xuất số liệu của đơn vị nào?"


def caption(unit: str, as_of: str) -> str:
    """Under the file."""
    return lines(
        f"{bold(unit)}: tệp Excel, {say.lower_first(as_of)}.",
        "Tệp có số điện thoại và tên người: đồng chí chỉ gửi cho người có trách nhiệm.",
    )


# -- words in the cells

NOT_REPORTED = "chưa báo cáo"
NOT_ASKED = "chưa ghi"
NOT_HANDED_IN = "chưa nộp"
NO_ROWS = "Không có."
NUMBER = "TT"
TOTAL = "Cộng"
YES = "có"

HELD = {True: "đúng hạn", False: "chậm hạn", None: "không đặt hạn"}
REPORTED = HELD
ENOUGH = {True: "đủ", False: "thiếu", None: NOT_ASKED}
SELF_REPORTED = {False: "đã báo cáo", True: "báo hộ"}
ACCEPTED = {
    ReportState.SENT: "chờ tiếp nhận",
    ReportState.ACCEPTED: "đã tiếp nhận",
    ReportState.RETURNED: "đề nghị bổ sung",
}
ESSAY_VERDICTS = {EssayVerdict.PASSED: "đạt", EssayVerdict.RETURNED: "cần bổ sung"}
NOT_READ = "chờ đọc"
ESSAY_STATES = {EssayState.RECEIVING: "đang lưu", EssayState.STORED: "đã lưu"}
ROUTES = {"province": "tỉnh", "superior": "cấp trên"}
BROADCAST_STATES = {
    BroadcastState.WAITING: "chờ duyệt",
    BroadcastState.SCHEDULED: "đã hẹn giờ",
    BroadcastState.PREPARING: "đang chuẩn bị",
    BroadcastState.SENDING: "đang gửi",
    BroadcastState.STOPPING: "đang dừng",
    BroadcastState.DONE: "đã gửi xong",
    BroadcastState.CANCELLED: "đã huỷ",
}
CALLS = {
    CallResult.REACHED: "đã gọi được",
    CallResult.PROMISED: "đã hẹn ngày",
    CallResult.NO_ANSWER: "không nghe máy",
    CallResult.NEW_SECRETARY: "đã đổi bí thư",
}
ACTIONS = {
    Action.REPORT_SENT: "gửi báo cáo",
    Action.REPORT_CORRECTED: "gửi lại báo cáo",
    Action.DAY_PLANNED: "ghi ngày dự kiến",
    Action.ESSAY_SENT: "nộp bài thu hoạch",
    Action.ESSAY_MOVED: "chuyển bài thu hoạch sang đúng người",
    Action.ESSAY_STORED: "đã lưu bài thu hoạch",
    Action.ESSAY_REFUSED: "bài thu hoạch không mở được",
    Action.ESSAYS_COUNTED: "báo số bài thu hoạch",
    Action.ESSAY_PASSED: "đánh giá bài thu hoạch đạt",
    Action.ESSAY_RETURNED: "đề nghị bổ sung bài thu hoạch",
    Action.PROPOSAL_ANSWERED: "trả lời kiến nghị",
    Action.ACCOUNT_LINKED: "nối tài khoản",
    Action.CONSENT_GIVEN: "đồng ý lưu dữ liệu",
    Action.CONSENT_REFUSED: "không đồng ý lưu dữ liệu",
    Action.INVITE_REVOKED: "khoá lời mời",
    Action.INVITES_ISSUED: "cấp lời mời",
    Action.UNIT_CHANGED: "sửa đơn vị",
    Action.UNITS_IMPORTED: "nhập danh sách đơn vị",
    Action.PEOPLE_IMPORTED: "nhập danh sách người",
    Action.PERSON_CHANGED: "sửa thông tin người",
    Action.POSITION_GIVEN: "ghi chức vụ",
    Action.POSITION_DATED: "ghi ngày giữ, thôi chức vụ",
    Action.REPORT_ACCEPTED: "tiếp nhận báo cáo",
    Action.REPORT_RETURNED: "đề nghị bổ sung báo cáo",
    Action.REPORT_KEPT: "giữ nguyên báo cáo",
    Action.REPORT_MOVED: "chuyển báo cáo sang đơn vị khác",
    Action.UNIT_CALLED: "gọi điện đôn đốc",
    Action.UNITS_NUDGED: "đôn đốc",
    Action.SNAPSHOT_TAKEN: "chốt số liệu tổng hợp",
    Action.UNIT_CLOSED: "đơn vị thôi hoạt động",
    Action.UNIT_MERGED: "sáp nhập đơn vị",
    Action.UNIT_REOPENED: "mở lại cho đơn vị báo cáo",
    Action.BROADCAST_ORDERED: "soạn thông báo",
    Action.BROADCAST_APPROVED: "duyệt thông báo",
    Action.BROADCAST_CANCELLED: "huỷ thông báo",
    Action.BROADCAST_STOPPED: "dừng gửi thông báo",
    Action.BROADCAST_REPEATED: "gửi lại thông báo",
    Action.BROADCAST_AT_NIGHT: "gửi thông báo cả trong giờ nghỉ",
    Action.MATERIAL_ADDED: "đăng tài liệu",
    Action.MATERIAL_REPLACED: "thay tài liệu",
    Action.MATERIAL_WITHDRAWN: "thu hồi tài liệu",
    Action.MEDIA_REPORTED: "báo tin, bài",
    Action.MEDIA_CHANGED: "sửa tin, bài",
    Action.MEDIA_WITHDRAWN: "gỡ tin, bài",
    Action.MEDIA_MARKED: "chọn tin, bài tiêu biểu",
    Action.MEDIA_UNMARKED: "thôi chọn tin, bài tiêu biểu",
    Action.MEDIA_FORWARDED: "gửi tin, bài tới mọi người",
    Action.INSPECTION_PLANNED: "hẹn kiểm tra",
    Action.INSPECTION_CORRECTED: "sửa kết quả kiểm tra",
    Action.INSPECTION_RECORDED: "ghi kết quả kiểm tra",
    Action.INSPECTION_ANSWERED: "trao đổi việc khắc phục sau kiểm tra",
    Action.INSPECTION_CLOSED: "đóng đợt kiểm tra",
    Action.INSPECTION_CANCELLED: "huỷ đợt kiểm tra",
    Action.FILE_ASKED: "yêu cầu tạo tệp",
    Action.DATA_EXPORTED: "tải dữ liệu của mình",
    Action.ACCOUNT_ERASED: "xoá dữ liệu của mình",
    Action.MEETING_PLANNED: "lên lịch hội nghị",
    Action.SPEAKER_REGISTERED: "ghi báo cáo viên vào danh sách",
    Action.SPEAKER_WITHDRAWN: "đưa báo cáo viên ra khỏi danh sách",
    Action.SPEAKER_JUDGED: "đánh giá báo cáo viên",
    Action.ACTIVITY_RECORDED: "ghi hoạt động",
    Action.ACTIVITY_CHANGED: "sửa hoạt động",
    Action.ACTIVITY_WITHDRAWN: "gỡ hoạt động",
    Action.MEETING_INVITED: "mời họp",
    Action.MEETING_CHANGED: "đổi lịch hội nghị",
    Action.MEETING_CANCELLED: "huỷ hội nghị",
    Action.MEETING_HELD: "ghi hội nghị theo lịch",
    Action.MEETING_ANSWERED: "trả lời giấy mời",
    Action.MEETING_ASKED: "nhắc người chưa trả lời giấy mời",
    Action.CHECK_IN_OPENED: "mở điểm danh",
    Action.CHECK_IN_CLOSED: "đóng điểm danh",
    Action.CHECKED_IN: "điểm danh",
    Action.RATING_CONTESTED: "khiếu nại bình xét thi đua",
    Action.RATING_DECIDED: "quyết định khiếu nại bình xét thi đua",
    Action.PROPOSAL_PASSED_UP: "chuyển kiến nghị lên cấp trên",
    Action.PROPOSAL_PASSED_DOWN: "trả kiến nghị về cấp dưới",
    Action.RATING_CONTEST_CORRECTED: "sửa khiếu nại bình xét thi đua",
    Action.RATING_CONTEST_WITHDRAWN: "rút khiếu nại bình xét thi đua",
}
BY_THE_SYSTEM = "hệ thống"
FROM_ABOVE = "cấp trên"  # somebody whose name is not this subtree's to show


def action(code: str) -> str:
    """In words; a code that this program does not know stands for itself."""
    return ACTIONS.get(Action(code), code) if code in set(Action) else code


def subject(kind: str | None, number: int | None) -> str | None:
    """What an entry of the log is about, where people know it by a number."""
    if number is None:
        return None
    return {
        "report": f"mã {say.code(number)}",
        "broadcast": f"thông báo số {number}",
        "inspection": f"đợt kiểm tra số {number}",
    }.get(kind or "")


def inspected(members: Count | None, day: date) -> str:
    """ "38/50, 14/11": as the team counted."""
    counted = NOT_ASKED if members is None else f"{members.attended}/{members.expected}"
    return f"{counted}, {say.day(day)}"


# -- lines above and below a table


def plan_line(number: str, issued_on: date) -> str:
    return f"Kế hoạch số {number} ngày {issued_on.day}/{issued_on.month}/{issued_on.year}"


def as_of(now: datetime, zone: ZoneInfo) -> str:
    """ "Tính đến 17 giờ 02 ngày 12/12/2018"."""
    local = now.astimezone(zone)
    return f"Tính đến {say.clock(now, zone)} ngày {local:%d/%m/%Y}"


def newest_only(most: int) -> str:
    return f"Chỉ gồm {say.number(most)} việc mới nhất."


CLOSED = "Đơn vị đã thôi hoạt động nhưng có báo cáo (cộng ở trang Tổng hợp, không cộng vào số trên)"


def own_row(unit: str) -> str:
    """The line of the unit whose table it is, beside those directly below it."""
    return f"{unit} (riêng đơn vị)"


def page(page: str, pages: str) -> str:
    return f"Trang {page}/{pages}"


PROPOSALS_TITLE = "Đề xuất, kiến nghị và việc trả lời"
PROPOSAL_SOURCES = {Source.REPORT: "báo cáo", Source.ESSAY: "bài thu hoạch", Source.RELAY: "báo cáo tổng hợp"}
NOT_ANSWERED = "chưa trả lời"
