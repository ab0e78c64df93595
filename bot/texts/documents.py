"""Handing in documents: plans, summaries, final reports."""

from datetime import date

from bot.texts.essays import TOO_BIG
from bot.texts.markup import bold, esc, lines
from rules.numbered import Numbered, Why
from rules.plan import Duty

__all__ = ["TOO_BIG"]

FILES_ONLY = "Hệ thống nhận PDF, Word (DOC, DOCX) hoặc ảnh chụp. Đồng chí gửi lại giúp."
FILE_TWICE = "Tệp này đã có. Đồng chí gửi tệp khác, hoặc bấm nút bên dưới."
WHEN_PLANNED = "Đơn vị dự kiến nộp ngày nào? Đồng chí gõ ngày, ví dụ: 20/12"
TOO_MANY = "Đã đủ 20 tệp. Đồng chí bấm nút bên dưới."
FINISHED = "Xong"
NO_NUMBER = "Không có số"
KEEP_DAY = "Giữ ngày này"
EDIT_NUMBER = "Sửa số, ngày"
NO_DOCUMENT = "Đơn vị chưa nộp văn bản này."
_EXAMPLE = "ví dụ: 12-KH/ĐTN ngày 05/10/2018"


def send_file(what: str, *, or_drafted: bool) -> str:
    told = f"{bold(what)}: đồng chí gửi tệp PDF, Word, hoặc chụp ảnh từng trang."
    return f"{told} Hoặc bấm để hệ thống soạn từ số liệu cấp dưới." if or_drafted else told


def file_added(count: int, button: str, *, album: bool) -> str:
    """`button`: what to press then."""
    told = "Đã thêm các tệp trong album." if album else f"Đã thêm {count} tệp."
    return f"{told} Đồng chí gửi tiếp, hoặc bấm {button}."


def number_and_day(numbered: Numbered) -> str:
    """ "12-KH/ĐTN ngày 05/10/2018"; not escaped."""
    if numbered.number is None or numbered.day is None:
        return "chưa ghi số"
    return f"{numbered.number} ngày {numbered.day:%d/%m/%Y}"


def ask_number(what: str) -> str:
    return lines(f"{bold(what)}: số và ngày của văn bản?", f"Đồng chí gõ một dòng, {_EXAMPLE}")


def keep_number(numbered: Numbered) -> str:
    """A button: as it was said before."""
    return f"Giữ số {numbered.number}"


_WHY = {
    Why.NOTHING: "Hệ thống chưa đọc được số, ngày.",
    Why.NO_NUMBER: "Hệ thống chưa đọc được số. Đồng chí gõ cả số và ký hiệu.",
    Why.NO_DAY: "Còn thiếu ngày của văn bản. Đồng chí gõ cả số và ngày.",
    Why.NO_SUCH_DAY: "Ngày này không có trong lịch. Đồng chí xem lại giúp.",
    Why.IN_FUTURE: "Ngày này chưa đến. Đồng chí xem lại giúp.",
}


def why_not_numbered(why: Why) -> str:
    return _WHY[why]


def before_the_plan(day: date, plan: str, issued_on: date) -> str:
    return (
        f"Ngày {day:%d/%m/%Y} trước ngày {esc(plan)} ban hành ({issued_on:%d/%m/%Y})."
        " Đồng chí gõ lại số và ngày, hoặc bấm Giữ ngày này."
    )


def summary(what: str, numbered: Numbered, files: int) -> str:
    return lines(bold(what), f"Số, ngày: {esc(number_and_day(numbered))}", f"Tệp: {files}")


def correct_label(duty: Duty, numbered: Numbered) -> str:
    """A button in /trangthai, one for each such document: "Sửa số, ngày: kế hoạch"."""
    verb = "Ghi" if numbered.number is None else "Sửa"
    return f"{verb} số, ngày: {duty.button_label.removeprefix('Nộp ')}"
