"""Invites: what the officer reads and forwards, and what is printed on the sheet."""

from datetime import date

from bot.texts import say
from bot.texts.markup import bold, esc, lines

ISSUE = "Cấp lời mời"
REVOKE = "Khoá lời mời"
GROUP = 4


def grouped(token: str) -> str:
    """ "abcd efgh …": as it is read aloud and typed."""
    return " ".join(token[place : place + GROUP] for place in range(0, len(token), GROUP))


def whom(unit: str) -> str:
    return f"Cấp lời mời cho đồng chí nào ở {bold(unit)}? Đây là những đồng chí chưa kết nối."


EVERYBODY_IS_CONNECTED = "Những đồng chí ở đơn vị này mà đồng chí mời được đều đã kết nối."
ISSUED_ELSEWHERE = "Đồng chí này đã kết nối, hoặc đơn vị khác mới cấp được lời mời."


def issue_summary(name: str, post: str, out: int) -> str:
    return lines(
        f"Cấp lời mời cho đồng chí {bold(name)}, {esc(post)}?",
        f"Đang có {out} lời mời dùng được; mã mới không làm mất mã cũ." if out else None,
        "Ai cầm mã này thì kết nối được thay đồng chí ấy, nên đồng chí chỉ gửi riêng.",
    )


def to_forward(name: str, token: str) -> str:
    """Sent on to the person as it is."""
    return lines(
        f"Mời đồng chí {bold(name)} vào hệ thống báo cáo của Đoàn trên Telegram.",
        "Mở cuộc trò chuyện với hệ thống, gửi nguyên dòng này:",
        f"<code>/start {token}</code>",
        f"hoặc gõ mã: <code>{grouped(token)}</code>",
    )


def issued(until: date, today: date) -> str:
    return (
        "Đồng chí chuyển tiếp tin trên cho người được mời."
        f" Mã dùng một lần, đến hết ngày {say.day(until, today)}."
    )


def revoke_summary(name: str, out: int) -> str:
    return f"Khoá {out} lời mời đang dùng được của đồng chí {bold(name)}?"


def revoked(name: str, count: int) -> str:
    return f"Đã khoá {count} lời mời của đồng chí {bold(name)}."


NOTHING_OUT = "Đồng chí này không còn lời mời nào dùng được."


# -- the printed sheet

NOBODY_BELOW = "Đơn vị này không có đơn vị trực thuộc. Đồng chí dùng nút Lời mời."
NOBODY_TO_INVITE = (
    "Những đồng chí phụ trách mà đồng chí mời được ở đây đều đã kết nối; không còn thẻ nào để in."
)


def too_many(count: int, most: int) -> str:
    return (
        f"Còn {say.number(count)} đồng chí chưa kết nối, nhiều hơn {say.number(most)} thẻ một lần in."
        " Đồng chí in từng đơn vị bên dưới giúp."
    )


def sheet_caption(unit: str, cards: int, pages: int, until: date) -> str:
    return (
        f"Thẻ mời của {bold(unit)}: {say.number(cards)} thẻ, {pages} trang A4. In, cắt, phát tận tay;"
        f" mỗi thẻ dùng một lần, đến hết ngày {say.day(until)}."
    )


def sheet_header(unit: str) -> str:
    return f"Thẻ mời vào hệ thống báo cáo · {unit}"


def sheet_page(page: int, pages: int) -> str:
    return f"Trang {page}/{pages}"


SHEET_CODE = "Mã:"


def sheet_how(bot: str | None) -> tuple[str, str]:
    """Two lines on how to begin."""
    if bot is None:
        return (
            "1. Trên Telegram, mở hệ thống báo cáo của Đoàn, bấm Bắt đầu.",
            "2. Gõ mã dưới đây, rồi bấm Đúng, Đồng ý.",
        )
    return (
        "1. Quét mã bằng máy ảnh, mở Telegram, bấm Bắt đầu (Start).",
        f"2. Không quét được: tìm @{bot}, gõ mã này.",
    )


def sheet_use_once(until: date) -> str:
    return f"Dùng một lần, đến hết {say.day(until)}/{until.year}. Không chuyển cho người khác."
