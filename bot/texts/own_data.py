"""/dulieu: what is kept about the reader."""

from collections.abc import Sequence

from bot.texts import say
from bot.texts.markup import bold, esc, lines

EXPORT = "Tải dữ liệu"
ERASE = "Xoá dữ liệu"
ERASE_REALLY = "Xoá, tôi chắc chắn"
KEEP = "Giữ lại"

KEPT = "Đồng chí chọn Giữ lại, hệ thống không xoá gì."
FILE_CAPTION = "Dữ liệu của đồng chí. Hệ thống không gửi tệp này cho ai khác."
FILE_NAME = "du-lieu-cua-toi.json"
SURE = (
    "Hệ thống sẽ xoá số điện thoại, lần điểm danh, lý do xin vắng, phần đang viết dở và gỡ tài khoản này."
    " Báo cáo của đơn vị và bài thu hoạch đã nộp thì Đoàn phải giữ theo quy định. Đồng chí chắc chắn chứ?"
)
ERASED = "Đã xoá số điện thoại và gỡ tài khoản. Muốn dùng lại, đồng chí xin cán bộ phụ trách lời mời mới."


def overview(
    name: str, phone: str | None, posts: Sequence[str], *, reports: int, essays: int, check_ins: int
) -> str:
    return lines(
        f"Hệ thống đang giữ về đồng chí {bold(name)}:",
        *(f"▸ {esc(post)}" for post in posts[:4]),
        f"▸ Số điện thoại: {say.phone(phone) if phone else 'không có'}",
        f"▸ {reports} báo cáo, {essays} bài thu hoạch{f', {check_ins} lần điểm danh' if check_ins else ''}",
        "Tên, chức vụ chưa đúng thì đồng chí nhắn cán bộ phụ trách sửa giúp.",
    )
