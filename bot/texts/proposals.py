"""Proposals from below: what an officer sees and answers, and what comes back to whoever asked."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, esc, lines

ANSWER = "Trả lời"
LIST = "Các kiến nghị"
LIMIT = 1000  # characters
SHOWN = 1500

NO_DESK = "Việc này dành cho cán bộ phụ trách các đơn vị cấp dưới."
NONE = "Chưa có kiến nghị nào của các đơn vị cấp dưới."
WHICH_ANSWER = "Đồng chí trả lời thế nào? Câu trả lời được gửi ngay về đơn vị."
TOO_LONG = f"Đồng chí viết gọn trong {say.number(LIMIT)} chữ giúp."
ANSWERED_ALREADY = "Kiến nghị này đã được trả lời."
CHANGED = "Kiến nghị này vừa được sửa. Đồng chí xem lại trước khi trả lời."
GONE = "Kiến nghị này không còn trong báo cáo."


def title(waiting: int, answered: int, page: int, pages: int) -> str:
    number = f" ({page + 1}/{pages})" if pages > 1 else ""
    return (
        f"Kiến nghị của các đơn vị: {say.number(waiting)} chờ trả lời,"
        f" {say.number(answered)} đã trả lời{number}"
    )


def unit_part(unit: str, told: Sequence[tuple[int, str, bool]]) -> str:
    """`told`: (number, text, whether it was answered)."""
    return lines(
        bold(unit),
        *(
            f"{number}. {'✓ ' if answered else ''}{esc(say.beginning(text, 80))}"
            for number, text, answered in told
        ),
    )


def label(number: int, unit: str) -> str:
    return say.both_ends(f"{number}. {unit}")


def card(unit: str, text: str, at: datetime, zone: ZoneInfo, answer: str | None) -> str:
    return lines(
        f"Kiến nghị của {bold(unit)}, {say.moment(at, zone)}:",
        f"“{esc(say.beginning(text, SHOWN))}”",
        f"Đã trả lời: “{esc(answer)}”" if answer else None,
    )


def sent(unit: str, *, told: bool) -> str:
    return (
        f"Đã gửi câu trả lời tới {bold(unit)}."
        if told
        else f"Đã ghi câu trả lời. {bold(unit)} chưa ai kết nối, đồng chí báo trực tiếp giúp."
    )


def answered(text: str, answer: str) -> str:
    """To whoever proposed it."""
    return lines(
        f"Kiến nghị của đồng chí: “{esc(say.beginning(text, 300))}”", f"Cấp trên trả lời: “{esc(answer)}”"
    )
