"""The form of the official report: heading, title, signature, table heads. Read by the office, on paper."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from rules.numbered import Numbered
from rules.plan import Plan

UNION = "ĐOÀN TNCS HỒ CHÍ MINH"
STARS = "***"
TITLE = "BÁO CÁO"
RULE = "---------------"
RECIPIENTS_HEAD = "Nơi nhận:"
END = "./."
APPENDIX = "PHỤ LỤC"
UNKNOWN = "chưa ghi"
NOT_REPORTED = "chưa báo cáo"
NOBODY_OWES = "–"
TOTAL = "Cộng"
ORDINAL = "TT"
UNIT = "Đơn vị"
TOP_RECIPIENTS = (
    "Ban Bí thư TW Đoàn (b/c)",
    "Ban TG, TNXP TW Đoàn (b/c)",
    "Ban DV, TC, TG, VP Tỉnh ủy (b/c)",
    "BTV Đoàn cấp huyện (để t/h)",
    "Các Ban, đơn vị trực thuộc TĐ",
    "Lưu TCKT, VP",
)
RECIPIENTS = ("Ban Tuyên giáo Tỉnh đoàn (b/c)", "Lưu VP")

_BODIES = {
    "tỉnh": "TỈNH ĐOÀN",
    "thành": "THÀNH ĐOÀN",
    "huyện": "HUYỆN ĐOÀN",
    "thị": "THỊ ĐOÀN",
}


NO_ONE_TOP = "Danh sách chưa có đơn vị nào, hoặc có nhiều đơn vị cao nhất; hãy nêu --unit MÃ_ĐƠN_VỊ."


def no_such_unit(code: str) -> str:
    """At the command line, as the next."""
    return f"Không có đơn vị nào mã {code}."


def no_report(unit: str, levels: Sequence[str]) -> str:
    return f"{unit} không lập báo cáo này, chỉ {', '.join(levels)}."


def province(place: str) -> str:
    return f"BCH ĐOÀN TỈNH {place.upper()}".rstrip()


def committee(unit: str) -> str:
    return f"Ban Thường vụ {unit}"


def body(kind: str) -> str:
    """`kind`: "huyện", "tỉnh"; empty: a unit named otherwise."""
    return f"TM. BAN THƯỜNG VỤ {_BODIES.get(kind, '')}".rstrip()


def suffix(office: str) -> str:
    return f"BC/{office}"


def number_line(number: str, suffix: str) -> str:
    """`number` "12", or all of it, "12-BC/TĐTN"; empty: a gap to be filled in."""
    if "/" in number:
        return f"Số: {number}"
    return f"Số: {number or '      '}-{suffix}"


def date_line(place: str, day: date) -> str:
    when = f"ngày {day:%d} tháng {_month(day)} năm {day.year}"
    return f"{place}, {when}" if place else f"{when[0].upper()}{when[1:]}"


def item(text: str) -> str:
    """One of several paragraphs."""
    return f"- {text}"


def last_words(paragraph: str) -> str:
    """Where the report ends."""
    return f"{paragraph.rstrip('. ')}{END}"


def subject(plan: Plan) -> str:
    return f"Kết quả {say.lower_first(plan.title)}"


def full_day(day: date) -> str:
    """ "25/9/2018"."""
    return f"{day:%d}/{_month(day)}/{day.year}"


def _month(day: date) -> str:
    """Offices write a naught only where a 1 or 2 could be added to."""
    return f"{day:%m}" if day.month < 3 else str(day.month)


def as_of(now: datetime, zone: ZoneInfo) -> str:
    """ "17 giờ ngày 12/12/2018"."""
    return f"{say.as_of(now, zone)}/{now.astimezone(zone).year}"


def opening(plan: Plan, committee: str, now: datetime, zone: ZoneInfo) -> str:
    return (
        f"Thực hiện Kế hoạch số {plan.number} ngày {full_day(plan.issued_on)} về việc"
        f" {say.lower_first(plan.title)}, {committee} báo cáo kết quả như sau"
        f" (số liệu tính đến {as_of(now, zone)}):"
    )


def enclosed(number_line: str, day: date, committee: str) -> str:
    """Below the appendix's heading: what it belongs to."""
    number = number_line.removeprefix("Số: ")
    return f"(Kèm theo Báo cáo số {number} ngày {full_day(day)} của {committee})"


def number_and_day(numbered: Numbered) -> str:
    """In a cell."""
    if numbered.number is None or numbered.day is None:
        return NUMBER_UNKNOWN
    return f"{numbered.number}, ngày {full_day(numbered.day)}"


def main_table(title: str, now: datetime, zone: ZoneInfo) -> str:
    return f"{title}, theo đơn vị (tính đến {as_of(now, zone)})"


def others_table(now: datetime, zone: ZoneInfo) -> str:
    return f"Các việc khác của Kế hoạch, theo cấp (tính đến {as_of(now, zone)})"


NUMBERS_TABLE = "Số, ngày văn bản của các đơn vị"
NOT_HANDED_IN = "chưa nộp"
NUMBER_UNKNOWN = "đã nộp, chưa ghi số"

TABLE_NOTE = (
    "Số liệu do các đơn vị tự báo cáo. “Chưa báo cáo”, “chưa ghi” không phải là 0. Tỷ lệ đoàn viên, cán bộ"
    " tính trên các đơn vị đã báo cáo."
)


def more_in_total(unit: str) -> str:
    return f"Dòng Cộng gồm cả bài thu hoạch của cán bộ {unit}; mỗi người tính một lần."
