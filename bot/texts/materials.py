"""Study materials: what is offered, what its staff see of it, and adding one."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.essays import TOO_BIG
from bot.texts.markup import bold, esc, lines

__all__ = ["TOO_BIG"]

ADD = "Thêm tài liệu"
POSTED = "Tài liệu đã đăng"
OTHERS = "Tài liệu khác"
OPEN_NEW = "Mở bản mới"
MANAGE = "Xem tài liệu này"
VIEW = "Xem tệp"
SWAP = "Thay tệp"
WITHDRAW = "Gỡ xuống"
WITHDRAW_REALLY = "Gỡ, tôi chắc chắn"
KEEP = "Giữ lại"
EVERY_LEVEL = "Mọi cấp"
FINISHED = "Xong"
POST = "Đăng"
EDIT = "Sửa"
CANCEL = "Huỷ"
TITLE = "Tên"
LEVELS = "Cấp"
FILES = "Tệp"
TITLE_LIMIT = 120  # characters

LIST = "<b>Tài liệu học tập</b>\nĐồng chí bấm tên tài liệu để nhận tệp."
NOTHING_OFFERED = "Chưa có tài liệu nào cho đồng chí. Khi Đoàn cấp trên đăng, đồng chí gõ /tailieu để xem."
POSTED_LIST = "<b>Tài liệu đã đăng</b>\nĐồng chí bấm tên tài liệu để xem, thay, gỡ."
NOTHING_POSTED = "Đơn vị chưa đăng tài liệu nào."
WITHDRAWN = "Tài liệu này đã được gỡ xuống."
NO_FILE_LEFT = "Tệp của tài liệu này chưa dùng được. Đồng chí chờ bản khác giúp."

WHICH_UNIT = "Đăng tài liệu của đơn vị nào?"
WHICH_TITLE = "Tài liệu tên gì? Đồng chí gõ, ví dụ: Toàn văn Nghị quyết 01"
NO_TITLE = "Đồng chí gõ tên tài liệu bằng chữ giúp."
TITLE_TOO_LONG = f"Tên dài quá {TITLE_LIMIT} chữ. Đồng chí gõ ngắn lại giúp."
NO_LEVEL = "Chưa chọn cấp nào. Đồng chí bấm cấp, hoặc bấm Mọi cấp."
FILES_ONLY = "Hệ thống nhận PDF, Word, PowerPoint, Excel hoặc ảnh. Đồng chí gửi lại giúp."
FILE_TWICE = "Tệp này đã có. Đồng chí gửi tệp khác, hoặc bấm Xong."
TOO_MANY = "Đã đủ 10 tệp. Đồng chí bấm Xong."
WHAT_TO_EDIT = "Đồng chí muốn sửa mục nào?"
GONE_MEANWHILE = "Tài liệu cũ vừa được thay hoặc gỡ xuống. Đồng chí bấm Huỷ, rồi gõ /tailieu để xem lại."


def for_levels(names: Sequence[str]) -> str:
    """ "mọi cấp", "cấp huyện, chi đoàn"."""
    return ", ".join(names).lower() or EVERY_LEVEL.lower()


def which_levels(chosen: Sequence[str]) -> str:
    told = f"Đã chọn: {esc(for_levels(chosen))}. " if chosen else ""
    return f"{told}Tài liệu dành cho cấp nào? Đồng chí bấm một hay nhiều cấp, xong thì bấm Xong."


def send_files(title: str) -> str:
    return f"{bold(title)}: đồng chí gửi tệp PDF, Word, PowerPoint, Excel hoặc ảnh."


def file_added(count: int, *, album: bool) -> str:
    told = "Đã thêm các tệp trong album." if album else f"Đã thêm {count} tệp."
    return f"{told} Đồng chí gửi tiếp, hoặc bấm Xong."


def summary(unit: str, title: str, levels: Sequence[str], files: int, *, replaces: bool) -> str:
    return lines(
        f"{bold(unit)} đăng tài liệu:",
        f"Tên: {esc(title)}",
        f"Dành cho: {esc(for_levels(levels))}",
        f"Tệp: {files}",
        "Bản cũ được thay bằng bản này." if replaces else None,
    )


def posted(title: str, units: int) -> str:
    return f"Đã đăng {bold(title)} cho {say.number(units)} đơn vị."


def caption(title: str, unit: str) -> str:
    """Under the file itself."""
    return f"{bold(title)}\n{esc(unit)}"


def replaced(old: str, new: str) -> str:
    return f"Tài liệu {bold(old)} đã được thay bằng {bold(new)}."


def card(
    title: str, unit: str, at: datetime, zone: ZoneInfo, levels: Sequence[str], files: int, opened: str
) -> str:
    return lines(
        bold(title),
        f"{esc(unit)} đăng lúc {say.moment(at, zone)}",
        f"Dành cho: {esc(for_levels(levels))}",
        f"Tệp: {files}",
        opened,
    )


def opened_by(people: int, units: int, of_units: int) -> str:
    return (
        f"Đã mở: {say.number(people)} đồng chí, ở {say.number(units)}/{say.number(of_units)} đơn vị"
        if people
        else f"Chưa có đồng chí nào mở (dành cho {say.number(of_units)} đơn vị)"
    )


def withdraw_really(title: str) -> str:
    return f"Gỡ {bold(title)} xuống? Từ lúc gỡ không ai mở được nữa; ai đã tải về thì vẫn còn."


def withdrawn(title: str) -> str:
    return f"Đã gỡ {bold(title)} xuống."


def file_refused(why: str) -> str:
    """To whoever posted it."""
    return lines("Một tệp của tài liệu chưa lưu được nên không gửi cho ai.", why)
