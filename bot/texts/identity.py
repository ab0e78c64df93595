"""First contact: who somebody is, and what they agree to."""

from collections.abc import Sequence

from bot.texts.markup import bold, esc, lines

SHARE_PHONE = "Chia sẻ số điện thoại"
RIGHT = "Đúng"
NOT_ME = "Không phải tôi"
AGREE = "Đồng ý"
DISAGREE = "Không đồng ý"
NOBODY_OF_THESE = "Không có tên tôi"

HOW_TO_BEGIN = (
    "Chào đồng chí. Đây là hệ thống báo cáo học tập của Đoàn.\n"
    "Đồng chí bấm nút chia sẻ số điện thoại dưới đây, hoặc gõ mã mời được cấp."
)
# The same for a used invite, a wrong code and an unknown number: a stranger learns nothing.
UNKNOWN = (
    "Hệ thống chưa nhận ra đồng chí. Đồng chí chia sẻ số điện thoại đang dùng với Đoàn cấp trên,"
    " hoặc xin lại lời mời."
)
NOT_OWN_CONTACT = (
    "Đây không phải số của chính đồng chí. Đồng chí bấm nút Chia sẻ số điện thoại dưới đây giúp."
)
THANKS_FOR_PHONE = "Cảm ơn đồng chí."
REVOKED = "Cảm ơn đồng chí đã cho biết. Lời mời được khoá lại, cán bộ phụ trách sẽ gửi lời mời khác."
NOT_THEM = "Cảm ơn đồng chí đã cho biết. Đồng chí nhờ Đoàn cấp trên cập nhật danh sách giúp."
DECLINED = "Hệ thống không ghi gì thêm về đồng chí. Khi nào đồng ý, đồng chí gõ /start để bắt đầu lại."
LINKED_ALREADY = "Lời mời này của đồng chí khác. Tài khoản này đã gắn với đồng chí rồi."

NOTICE_VERSION = "2018-11"
NOTICE = (
    "Hệ thống ghi: họ tên, chức vụ, số điện thoại trong danh sách; báo cáo và bài thu hoạch đồng chí gửi."
    " Chỉ Đoàn cấp trên xem được. Đồng chí xem, sửa, yêu cầu xoá bất cứ lúc nào bằng /dulieu."
)


def slowed(minutes: int) -> str:
    return f"Đã thử nhiều mã chưa đúng. Đồng chí thử lại sau {minutes} phút, hoặc xin lại lời mời."


def is_it_you(full_name: str, posts: Sequence[str], *, invited: bool) -> str:
    """`posts`: "Bí thư Chi đoàn thôn 3, Đoàn xã Hoằng Quỳ"."""
    who = f"đồng chí {esc(full_name)}" + (f", {esc(posts[0])}" if posts else "")
    more = f"\n(cùng {len(posts) - 1} chức vụ khác)" if len(posts) > 1 else ""
    head = (
        f"<b>Lời mời này dành cho {who}.</b>" if invited else f"<b>Số này trong danh sách là của {who}.</b>"
    )
    return f"{head}{more}\nCó phải đồng chí không?"


WHICH_ONE = "Số này trong danh sách có nhiều tên. Đồng chí là ai?"


def invite_refused(full_name: str, unit: str) -> str:
    """To the officer above: somebody else opened the invite."""
    return lines(
        f"Lời mời của đồng chí {bold(full_name)}, {esc(unit)}, đã vào nhầm người và được khoá lại.",
        "Đồng chí cấp lời mời khác giúp.",
    )
