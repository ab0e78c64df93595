"""What an officer reads who reports on behalf of several branches at once."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.texts import participation, say
from bot.texts.markup import bold, esc, lines
from storage.reports import Line, Receipt

EXAMPLE = "thôn 3 45/50"
TITLE = "Báo hộ các chi đoàn"
REPLACE = "Thay số mới"
KEEP = "Giữ số cũ"
DROP = "Bỏ dòng này"
CLOSED_UNIT = "đơn vị đã thôi hoạt động"
LOCKED_UNIT = "kế hoạch đã khoá sổ"
CHANGED = "vừa có báo cáo mới, đồng chí xem lại giúp"
TOO_MANY = "cộng cả học bù thì nhiều hơn số đoàn viên"
CADRES_OVER = "Số cán bộ nhiều hơn số đoàn viên dự."
ONE_A_LINE = f"Mỗi dòng một đơn vị, ví dụ: {EXAMPLE}."
NO_SUCH_UNIT = (
    "Hệ thống chưa tìm thấy chi đoàn này. Đồng chí bấm tên, hoặc gõ cả tên xã, ví dụ: thôn 3 Hoằng Quỳ."
)
NOTHING_READ = f"Hệ thống chưa đọc được dòng nào. {ONE_A_LINE}"
WHAT_TO_EDIT = f"Đồng chí gõ lại những dòng cần sửa, ví dụ: {EXAMPLE}. Bỏ một dòng thì gõ: bỏ thôn 3. Đổi ngày thì gõ: 12/11."
NOT_FOR_THIS_LEVEL = "Báo hộ là cho chi đoàn. Đơn vị này tự ghi hội nghị của mình."


def more_cadres_than_listed(roster: int) -> str:
    return f"Danh sách ghi {roster} cán bộ."


def too_many_lines(limit: int) -> str:
    return f"Mỗi lần báo hộ tối đa {limit} đơn vị. Đồng chí gửi làm nhiều lần giúp."


def unread_from(line: int, limit: int) -> str:
    return f"Từ dòng {line} hệ thống chưa đọc: mỗi lần báo hộ tối đa {limit} đơn vị."


def send_label(count: int) -> str:
    return f"Gửi {count} báo cáo"


def which_unit(said: str) -> str:
    return f"“{esc(say.beginning(said, 60))}” là của đơn vị nào? Đồng chí bấm tên, hoặc gõ cả tên xã."


def reported_already(units: Sequence[tuple[str, Line]]) -> str:
    """Who has reported, with the numbers that stand."""
    shown = [
        f"▸ {esc(name)}: {participation.count(line.members, line.members_expected)}" for name, line in units
    ]
    return lines("<b>Đã có báo cáo:</b>", *shown, "Thay bằng số của đồng chí?")


WHICH_DAY = f"Các chi đoàn học ngày nào? {participation.PRESS_OR_TYPE_DAY}"


def summary(day: date | None, told: Sequence[str], beside: Sequence[str]) -> str:
    """`day`: of all of them, where it is the same; `beside`: what will not be sent, and why."""
    head = f"Báo hộ, hội nghị ngày {say.day(day)}:" if day else "Báo hộ:"
    return lines(head if told else "Chưa có dòng nào để gửi.", *told, *beside)


def reported(unit: str, line: Line, *, day_said: bool) -> str:
    """`day_said`: it stands above the list already."""
    flagged = line.members_roster is not None and line.members_roster != line.members_expected
    parts = [
        f"▸ {esc(unit)}: {participation.count(line.members, line.members_expected)}",
        f"cán bộ {participation.count(line.cadres, line.cadres_expected)}"
        if line.cadres is not None and line.cadres_expected is not None
        else None,
        participation.materials(line.materials).lower() if line.materials is not None else None,
        None if day_said else f"ngày {say.day(line.held_on)}",
    ]
    roster = f" (danh sách ghi {line.members_roster})" if flagged else ""
    return ", ".join(part for part in parts if part) + roster


def not_yet(unit: str) -> str:
    return f"▸ {esc(unit)}: chưa tham gia"


def unread(line: int, said: str) -> str:
    return f"Dòng {line} “{esc(say.beginning(said, 40))}” hệ thống chưa đọc được."


def cannot_be(line: int, said: str, why: str) -> str:
    return f"Dòng {line} “{esc(say.beginning(said, 40))}”: {why}"


def stays(unit: str, line: Line) -> str:
    return f"Giữ số cũ: {esc(unit)} {participation.count(line.members, line.members_expected)}."


def received(
    sent: Sequence[str], beside: Sequence[str], count: int, arrived: datetime, zone: ZoneInfo
) -> str:
    head = f"<b>Đã nhận {count} báo cáo hộ</b>, {say.moment(arrived, zone)}:" if count else None
    return lines(head, *sent, *beside) or NOTHING_READ


def sent_line(unit: str, line: Line, receipt: Receipt, on_time: bool | None) -> str:
    told = {True: ", đúng hạn", False: ", chậm hạn", None: ""}[on_time]
    count = participation.count(line.members, line.members_expected)
    return f"▸ {esc(unit)}: {count}, mã {say.code(receipt.report_id)}{told}"


def not_sent(unit: str, why: str) -> str:
    return f"{bold(unit)} chưa gửi: {why}."


def noted_for_you(above: str) -> str:
    """To the branch: somebody above has said that it has not taken part yet."""
    return f"{esc(above)} ghi hộ: chi đoàn chưa học, chưa có lịch. Nếu chưa đúng, đồng chí báo cáo tại đây."
