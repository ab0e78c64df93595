"""Handing in documents: plans, summaries, final reports."""

from bot.texts.essays import TOO_BIG
from bot.texts.markup import bold

__all__ = ["TOO_BIG"]

FILES_ONLY = "Hệ thống nhận PDF, Word (DOC, DOCX) hoặc ảnh chụp. Đồng chí gửi lại giúp."
FILE_TWICE = "Tệp này đã có. Đồng chí gửi tệp khác, hoặc bấm Gửi báo cáo."
WHEN_PLANNED = "Đơn vị dự kiến nộp ngày nào? Đồng chí gõ ngày, ví dụ: 20/12"
TOO_MANY = "Đã đủ 20 tệp. Đồng chí bấm Gửi báo cáo."


def send_file(what: str, *, or_drafted: bool) -> str:
    told = f"{bold(what)}: đồng chí gửi tệp PDF, Word, hoặc chụp ảnh từng trang."
    return f"{told} Hoặc bấm để hệ thống soạn từ số liệu cấp dưới." if or_drafted else told


def file_added(count: int, *, album: bool) -> str:
    told = "Đã thêm các tệp trong album." if album else f"Đã thêm {count} tệp."
    return f"{told} Đồng chí gửi tiếp, hoặc bấm Gửi báo cáo."
