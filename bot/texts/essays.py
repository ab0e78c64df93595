"""Handing in essays."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, esc, lines

MINE = "Bài của tôi"
SOMEBODY_ELSE = "Đồng chí khác"
ONLY_NUMBER = "Chỉ báo số bài"
SESSION_PHOTO = "Ảnh hội nghị"
FINISHED = "Xong"
CANCEL = "Huỷ"
NEXT_ONE = "Nộp bài tiếp"
END = "Kết thúc"
WRONG_PERSON = "Sai người"
MORE_NAMES = "Tên khác ▸"
MORE_UNITS = "Đơn vị khác ▸"

NAMES_A_PAGE = 6

WHOSE = "Bài thu hoạch của ai?"
WHOSE_SENT = "Đây là bài thu hoạch của ai?"
WHOSE_REALLY = "Bài này thật ra là của ai?"
TYPE_NAME = "Đồng chí gõ họ tên người viết bài giúp."
WHICH_UNIT = "Số bài của đơn vị nào?"
WHICH_SESSION_UNIT = "Ảnh hội nghị của đơn vị nào?"
HOW_MANY = "Bao nhiêu đoàn viên đã nộp bài viết tay, trên số phải nộp? Đồng chí gõ, ví dụ: 40/47"
FILES_ONLY = "Hệ thống nhận bài là PDF, Word (DOC, DOCX) hoặc ảnh chụp. Đồng chí gửi lại giúp."
TOO_BIG = "Tệp lớn hơn 20 MB. Đồng chí gửi ảnh từng trang, hoặc PDF nhỏ hơn."
NO_PAGE_YET = "Chưa có trang nào. Đồng chí gửi tệp hoặc ảnh trước, rồi bấm Xong."
PAGE_TWICE = "Trang này đã có. Đồng chí gửi trang sau, hoặc bấm Xong."
TOO_MANY_PAGES = "Đã đủ 40 trang. Đồng chí bấm Xong."
ENDED = "Cảm ơn đồng chí."
NOT_ONES_OWN = "Bài này không phải do đồng chí gửi. Đồng chí nhờ người gửi chuyển giúp."


REPLACED_MEANWHILE = (
    "Bài này không còn tính: đã có bài khác thay, đã được đề nghị bổ sung, hoặc tệp không đọc được."
)


def send_pages(author: str, *, own: bool) -> str:
    whose = "của đồng chí" if own else f"của đồng chí {bold(author)}"
    return f"Bài thu hoạch {whose}: đồng chí gửi tệp PDF, Word, hoặc chụp ảnh từng trang."


def amount(photos: int, files: int) -> str:
    """What an essay consists of: "2 trang", "1 tệp"."""
    documents = files - photos
    parts = [f"{photos} trang" if photos else "", f"{documents} tệp" if documents else ""]
    return ", ".join(part for part in parts if part)


def page_added(pages: int, *, album: bool, photo: bool) -> str:
    told = f"Đã thêm trang {pages}." if photo else "Đã thêm tệp."
    if album:
        told = "Đã thêm các ảnh trong album."
    return f"{told} Đồng chí gửi tiếp trang sau, hoặc bấm Xong."


def being_stored(author: str, what: str) -> str:
    return f"Hệ thống đang lưu bài của đồng chí {bold(author)} ({what}). Lưu xong sẽ báo ngay."


def received(author: str, what: str, arrived: datetime, zone: ZoneInfo, missing: Sequence[str]) -> str:
    left = f"Còn {len(missing)} đồng chí: {esc(', '.join(missing[:5]))}." if missing else None
    return lines(
        f"<b>Đã nhận bài thu hoạch của đồng chí {esc(author)}</b>, {what}, {say.moment(arrived, zone)}.",
        left,
    )


def moved(author: str) -> str:
    return f"Đã chuyển: đây là bài thu hoạch của đồng chí {bold(author)}."


def counted(attended: int, expected: int, unit: str) -> str:
    return f"Đã ghi: {say.number(attended)}/{say.number(expected)} bài thu hoạch của đoàn viên {bold(unit)}."


def more_than_owed(attended: int, expected: int) -> str:
    return f"Số bài ({attended}) nhiều hơn số phải nộp ({expected}). Đồng chí gõ lại, ví dụ: {expected}/{expected}."


def here_already(since: datetime, zone: ZoneInfo) -> str:
    return f"Bài này hệ thống đã có từ {say.moment(since, zone)}. Không cần gửi lại."


def photo_added(report_id: int) -> str:
    return f"Đã thêm ảnh vào báo cáo mã {say.code(report_id)}."


UNREADABLE = "Tệp này hệ thống không mở được. Đồng chí lưu lại thành PDF, hoặc chụp ảnh từng trang rồi gửi."
LOCKED = "Tệp này có mật khẩu nên hệ thống không mở được. Đồng chí bỏ mật khẩu, lưu lại rồi gửi."
FORBIDDEN = (
    "Tệp này có mã lệnh hoặc không phải bài viết nên hệ thống không nhận. Đồng chí lưu lại thành PDF rồi gửi."
)


def refused(author: str, why: str) -> str:
    return lines(f"Bài thu hoạch của đồng chí {bold(author)} chưa lưu được.", why)


def photo_refused(why: str) -> str:
    return lines("Một tệp gửi kèm báo cáo chưa lưu được; báo cáo vẫn còn nguyên.", why)
