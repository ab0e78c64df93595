"""Making the official report: read by the desk of a district or of the province."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts import official_form as form
from bot.texts import say
from bot.texts.markup import bold, esc, lines

REPORT = "Báo cáo"
BLANK = "Để trống"
MAKE = "Tạo tệp"
CHANGE = "Sửa"
OWN_DRAFT = "Bản của hệ thống"
TO_PARTS = "Các mục"

LONGEST = 3000  # characters of one part: it is read in one message
LONGEST_LINE = 80  # of a number, a title, a name

ANOTHER = (
    "Hệ thống chưa đọc được. Đồng chí gõ chức vụ rồi họ tên, ví dụ: <i>Phó Bí thư Nguyễn Văn A</i>;"
    " chức vụ khác thì thêm dấu phẩy: <i>Trưởng ban, Nguyễn Văn A</i>."
)
TOO_LONG_A_LINE = f"Dài quá {LONGEST_LINE} ký tự, đồng chí gõ ngắn hơn."
TOO_LONG = f"Dài quá {say.number(LONGEST)} ký tự, đồng chí rút ngắn rồi gửi lại."
NO_REPORT_HERE = "Đơn vị này không lập báo cáo kết quả theo Kế hoạch. Số liệu có ở tệp Excel."

# The buttons of parts, by `reports.official.sections.Part`.
PARTS = {
    "direction": "I. Chỉ đạo",
    "media": "II. Tuyên truyền",
    "sessions": "II. Hội nghị",
    "speakers": "II. Báo cáo viên",
    "essays": "II. Thu hoạch",
    "activities": "II. Hoạt động",
    "inspection": "II. Kiểm tra",
    "strengths": "III. Ưu điểm",
    "limits": "III. Hạn chế",
    "requests": "IV. Kiến nghị",
}


def title(unit: str) -> str:
    return f"Báo cáo kết quả của {unit}"


def ask_number(unit: str, suffix: str) -> str:
    return lines(
        f"Báo cáo kết quả của {bold(unit)}. Số văn bản là bao nhiêu?",
        f"Gõ số, hệ thống ghi tiếp <i>-{esc(suffix)}</i>; hoặc gõ cả số và ký hiệu.",
    )


def ask_signatory() -> str:
    return "Ai ký báo cáo? Bấm tên, hoặc gõ chức vụ và họ tên, ví dụ: <i>Phó Bí thư Nguyễn Văn A</i>"


def signs(name: str, role: str) -> str:
    """A button."""
    return f"{role} {name}"


def overview(number_line: str, signatory: str, changed: int) -> str:
    return lines(
        esc(number_line),
        f"Người ký: {esc(signatory) or 'để trống'}",
        f"Đã sửa {changed} mục." if changed else None,
        "Hệ thống đã soạn từ số liệu. Đồng chí bấm từng mục để đọc và sửa, xong bấm Tạo tệp.",
    )


def part(heading: str, text: str) -> str:
    return lines(bold(heading), esc(say.beginning(text, LONGEST + 500)))


def write_anew(heading: str) -> str:
    return (
        f"{bold(heading)}: đồng chí gửi nội dung thay cho cả mục trong một tin, mỗi đoạn một dòng."
        " Số trong phụ lục vẫn theo hệ thống."
    )


def caption(unit: str, now: datetime, zone: ZoneInfo) -> str:
    return lines(
        f"{bold(unit)}: báo cáo kết quả, số liệu tính đến {form.as_of(now, zone)}.",
        "Đồng chí đọc lại trước khi ký; chỗ “chưa ghi nhận số liệu” bổ sung theo thực tế.",
    )
