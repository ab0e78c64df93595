"""What /donvi says: finding a unit or a person, and their cards. Read by officers and staff."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.texts import say
from bot.texts.documents import number_and_day
from bot.texts.markup import bold, esc, lines
from rules.numbered import Numbered
from rules.plan import Role
from storage.models import ReportState
from storage.positions import DAY, Seat
from storage.unit_cards import CardReport
from storage.units import Unit

ADD = "Thêm người"
END = "Thôi chức vụ"
INVITE = "Lời mời"
REVOKE = "Khoá lời mời"
SHEET = "In mã QR"
MOVE = "Chuyển báo cáo"
MERGE = "Sáp nhập"
CLOSE = "Đóng đơn vị"
REOPEN = "Mở lại"
PEOPLE = "Từng người"
REPORTS = "Các báo cáo"
BELOW = "Đơn vị dưới"
HISTORY = "Lịch sử"
TO_UNIT = "Về đơn vị"
CONFIRM = "Xác nhận"

NO_DESK = "Việc này dành cho cán bộ có đơn vị cấp dưới. Đồng chí gõ /trangthai để xem việc của mình."
WHAT_TO_FIND = "Đồng chí tìm đơn vị hay người nào? Gõ tên, mã đơn vị hoặc số điện thoại, ví dụ: <i>thôn 3</i>"
WHICH_ONE = "Đồng chí chọn giúp:"
CONNECTED = "đã kết nối"
UNREACHED = "không nhận được tin"
NOT_CONNECTED = "chưa kết nối"
NO_PHONE = "chưa có số"


def handover_label(lead: Role) -> str:
    """ "Đổi bí thư"."""
    return say.beginning(f"Đổi {say.lower_first(lead.name)}", 18)


def nothing_found(typed: str) -> str:
    return (
        f"Hệ thống chưa tìm thấy “{esc(say.beginning(typed, 40))}” trong các đơn vị của đồng chí."
        " Đồng chí gõ tên kèm xã, huyện, ví dụ: thôn 3 Hoằng Quỳ."
    )


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody on a card."""

    seat: Seat
    role: str  # as the plan calls it
    reached: bool | None  # None: not connected


def member_line(member: Member, today: date) -> str:
    """ "▸ Bí thư Lê Thị Mai, 0900 000 013, đã kết nối"."""
    seat = member.seat
    told = {True: CONNECTED, False: UNREACHED, None: NOT_CONNECTED}[member.reached]
    phone = say.phone(seat.phone) if seat.phone else NO_PHONE
    return f"▸ {esc(member.role)} {bold(seat.full_name)}{span(seat, today)}, {phone}, {told}"


def span(seat: Seat, today: date) -> str:
    """Only what is not simply "now": " (từ 20/12)", " (đến hết 31/12)"."""
    parts = []
    if not seat.begun(today) and seat.valid_from is not None:
        parts.append(f"từ {say.day(seat.valid_from, today)}")
    if seat.valid_to is not None:
        parts.append(f"đến hết {say.day(seat.valid_to, today)}")
    return f" ({', '.join(parts)})" if parts else ""


_STATES: dict[str, str] = {
    ReportState.SENT: "chờ tiếp nhận",
    ReportState.ACCEPTED: "đã tiếp nhận",
    ReportState.RETURNED: "đề nghị bổ sung",
}


def report_line(
    report: CardReport, title: str, on_time: bool | None, sender: str | None, numbered: Numbered | None
) -> str:
    """`sender`: who sent it on behalf, as far as the reader may know; `numbered`: of a document."""
    timely = {True: "đúng hạn", False: "chậm hạn", None: None}[on_time]
    behalf = None
    if report.on_behalf:
        behalf = f"{esc(sender)} báo hộ" if sender else "cấp trên báo hộ"
    day = f" {say.day(report.held_on)}" if report.held_on else ""
    if numbered is not None:
        day = f", {esc(number_and_day(numbered))}"
    told = (_STATES.get(report.state, report.state), timely, behalf)
    return f"▸ Mã {say.code(report.id)} · {esc(title)}{day}: {', '.join(one for one in told if one)}"


def counts(unit: Unit) -> str:
    def told(number: int | None) -> str:
        return "chưa ghi" if number is None else say.number(number)

    return f"Đoàn viên: {told(unit.members)}, trong đó cán bộ: {told(unit.cadres)}; thanh niên: {told(unit.youth)}"


def unit_head(unit: Unit, above: Sequence[str]) -> str:
    place = " · ".join(esc(name) for name in above)
    return lines(f"{bold(unit.name)} (mã {esc(unit.code)})", place or None)


def more(count: int, what: str) -> str | None:
    return f"(và {count} {what} nữa)" if count > 0 else None


NO_PEOPLE = "Chưa có ai giữ chức vụ ở đơn vị này."


def essays(handed_in: int, owed: int, tally: tuple[int, int] | None) -> str | None:
    """`tally`: told as a number instead of files."""
    by_file = f"Bài thu hoạch: {handed_in}/{owed}" if owed else None
    by_number = f"báo số {say.number(tally[0])}/{say.number(tally[1])}" if tally else None
    if by_file is None:
        return f"Bài thu hoạch: {by_number}" if by_number else None
    return f"{by_file}, {by_number}" if by_number else by_file


NOT_REPORTED = "Báo cáo: chưa báo cáo"


def closing(unit: Unit, successor: str | None, merged: bool, today: date) -> str | None:
    """ "Đơn vị này đã sáp nhập vào … từ ngày …"; `successor` is None where the reader may not know it."""
    if unit.valid_to is None:
        return None
    done = "đã" if unit.closed(today) else "sẽ"
    what = f"sáp nhập vào {bold(successor) if successor else 'đơn vị khác'}" if merged else "thôi hoạt động"
    return f"Đơn vị này {done} {what} từ ngày {say.day(unit.valid_to + DAY, today)}."


def reopened(until: date, today: date) -> str:
    return f"Đang mở lại đến hết ngày {say.day(until, today)}."


def people_title(unit: str, page: int, pages: int) -> str:
    return f"{bold(unit)} · từng người{_page(page, pages)}"


def reports_title(unit: str, page: int, pages: int) -> str:
    return f"{bold(unit)} · các báo cáo{_page(page, pages)}"


def below_title(unit: str, count: int, page: int, pages: int) -> str:
    return f"{bold(unit)} có {say.number(count)} đơn vị trực thuộc{_page(page, pages)}. Đồng chí chọn:"


def history_title(unit: str, page: int, pages: int) -> str:
    return f"{bold(unit)} · lịch sử, mới nhất trước{_page(page, pages)}"


NO_HISTORY = "Chưa có việc nào được ghi."


def _page(page: int, pages: int) -> str:
    return f", trang {page + 1}/{pages}" if pages > 1 else ""


def person_card(
    name: str,
    phone: str | None,
    posts: Sequence[str],
    reached: bool | None,
    essay: str | None,
    invites_out: int,
) -> str:
    told = {True: "Đã kết nối", False: "Đã kết nối nhưng không nhận được tin", None: "Chưa kết nối"}[reached]
    return lines(
        bold(name),
        *(f"▸ {esc(post)}" for post in posts),
        f"Điện thoại: {say.phone(phone) if phone else NO_PHONE}",
        told,
        essay,
        f"Lời mời đang dùng được: {invites_out}" if invites_out else None,
    )


def essay_handed_in(day: date, today: date) -> str:
    return f"Bài thu hoạch: đã nộp ngày {say.day(day, today)}"


ESSAY_OWED = "Bài thu hoạch: chưa nộp"
