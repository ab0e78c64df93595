"""Proposals from below: what an officer sees, answers and passes on, and what whoever asked is told."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from rules.proposals import DAYS_TO_ANSWER

ANSWER = "Trả lời"
UP = "Chuyển cấp trên"
DOWN = "Trả về cấp dưới"
OPEN = "Xem kiến nghị"
LIST = "Các kiến nghị"
NO_OPINION = "Không ghi thêm"
TO_MINE = "Chờ đồng chí"
TO_OTHERS = "Chờ nơi khác"
TO_ANSWERED = "Đã trả lời"
LIMIT = 1000  # characters
SHOWN = 1500
NAMES_SHOWN = 8

NO_DESK = "Việc này dành cho cán bộ phụ trách các đơn vị cấp dưới."
NONE = "Chưa có kiến nghị nào của các đơn vị cấp dưới."
WHICH_ANSWER = "Đồng chí trả lời thế nào? Câu trả lời được gửi ngay về đơn vị."
TOO_LONG = f"Đồng chí viết gọn trong {say.number(LIMIT)} chữ giúp."
ANSWERED_ALREADY = "Kiến nghị này đã được trả lời."
CHANGED = "Kiến nghị này vừa được sửa. Đồng chí xem lại trước khi trả lời."
MOVED = "Kiến nghị này không còn chờ đồng chí trả lời."
GONE = "Kiến nghị này không còn trong báo cáo."


# -- the list


def title(mine: int, others: int, answered: int, page: int, pages: int) -> str:
    number = f" ({page + 1}/{pages})" if pages > 1 else ""
    return (
        f"Kiến nghị: {say.number(mine)} chờ đồng chí trả lời, {say.number(others)} chờ nơi khác,"
        f" {say.number(answered)} đã trả lời{number}"
    )


def waits_here(count: int) -> str:
    return bold(f"Chờ đồng chí trả lời: {say.number(count)}")


def waits_at(level: str, count: int) -> str:
    return bold(f"Chờ {level} trả lời: {say.number(count)}")


def were_answered(count: int) -> str:
    return bold(f"Đã trả lời: {say.number(count)}")


def group(head: str, told: Sequence[tuple[int, str, str]]) -> str:
    """`told`: (number, unit, text)."""
    return lines(
        head, *(f"{number}. {esc(unit)}: {esc(say.beginning(text, 80))}" for number, unit, text in told)
    )


def label(number: int, unit: str) -> str:
    return say.both_ends(f"{number}. {unit}")


# -- one of them


def card(unit: str, text: str, at: datetime, zone: ZoneInfo) -> str:
    return lines(
        f"Kiến nghị của {bold(unit)}, {say.moment(at, zone)}:",
        f"“{esc(say.beginning(text, SHOWN))}”",
    )


def where(owner: str, *, here: bool) -> str:
    return f"Chờ {bold(owner)} trả lời." if not here else f"Chờ đồng chí ({esc(owner)}) trả lời."


def answer(by: str | None, at: datetime, zone: ZoneInfo, text: str) -> str:
    """`by` None: it is not recorded which unit did."""
    return f"{esc(by or 'Cấp trên')} đã trả lời, {say.moment(at, zone)}: “{esc(text)}”"


def passed(origin: str, to: str, by: str | None, opinion: str | None, at: datetime, zone: ZoneInfo) -> str:
    """`by` and `opinion` None: not for this reader, or not said."""
    who = f"{esc(origin)} ({esc(by)})" if by else esc(origin)
    said = f": “{esc(say.beginning(opinion, 300))}”" if opinion else ""
    return f"▸ {say.day(at.astimezone(zone).date())}, {who} chuyển {esc(to)}{said}"


# -- an answer


def together(count: int) -> str:
    return f"Trả lời chung {say.number(count)} kiến nghị giống nhau"


def which_answer_to_all(units: Sequence[str]) -> str:
    more = len(units) - NAMES_SHOWN
    names = esc(", ".join(units[:NAMES_SHOWN])) + (f" và {say.number(more)} nơi khác" if more > 0 else "")
    return (
        f"Đồng chí trả lời chung {say.number(len(units))} kiến nghị giống nhau thế nào?"
        f" Câu trả lời được gửi ngay về: {names}."
    )


def sent(unit: str, *, told: bool) -> str:
    return (
        f"Đã gửi câu trả lời tới {bold(unit)}."
        if told
        else f"Đã ghi câu trả lời. {bold(unit)} chưa ai kết nối, đồng chí báo trực tiếp giúp."
    )


def sent_to_all(count: int, not_reached: Sequence[str]) -> str:
    more = len(not_reached) - NAMES_SHOWN
    names = ", ".join(not_reached[:NAMES_SHOWN]) + (f" và {say.number(more)} nơi khác" if more > 0 else "")
    return lines(
        f"Đã trả lời {say.number(count)} kiến nghị.",
        f"Chưa ai kết nối, đồng chí báo trực tiếp giúp: {esc(names)}." if not_reached else None,
    )


def answered(text: str, by: str, answer: str) -> str:
    """To whoever proposed it."""
    return lines(
        f"Kiến nghị của đồng chí: “{esc(say.beginning(text, 300))}”", f"{bold(by)} trả lời: “{esc(answer)}”"
    )


# -- passed on


def which_opinion(to: str, *, up: bool) -> str:
    what = f"Chuyển kiến nghị lên {bold(to)}." if up else f"Trả kiến nghị về {bold(to)}."
    return f"{what} Đồng chí ghi thêm ý kiến gì không?"


def was_passed(to: str, *, told: bool) -> str:
    return (
        f"Đã chuyển kiến nghị tới {bold(to)}."
        if told
        else f"Đã chuyển kiến nghị tới {bold(to)}. Nơi ấy chưa ai kết nối, đồng chí báo trực tiếp giúp."
    )


def moved(text: str, to: str) -> str:
    """To whoever proposed it."""
    return lines(
        f"Kiến nghị của đồng chí: “{esc(say.beginning(text, 300))}”",
        f"Kiến nghị đã được chuyển, nay chờ {bold(to)} trả lời.",
    )


def comes_to_you(unit: str, text: str, origin: str, to: str, opinion: str | None) -> str:
    """To those whose it is now."""
    return lines(
        f"{esc(origin)} chuyển tới {bold(to)} kiến nghị của {bold(unit)}:",
        f"“{esc(say.beginning(text, 300))}”",
        f"Ý kiến: “{esc(opinion)}”" if opinion else None,
    )


# -- whose it is, said by whoever writes it down


def goes_to(unit: str) -> str:
    return f"Kiến nghị gửi {bold(unit)} trả lời. Nếu là việc của cấp khác, đồng chí bấm cấp ấy."


def level_label(level: str) -> str:
    return say.both_ends(f"Gửi {level}", 18)


# -- those that wait long


def overdue(unit: str, count: int) -> str:
    return (
        f"{say.number(count)} kiến nghị chờ {bold(unit)} trả lời đã quá {DAYS_TO_ANSWER} ngày."
        " Việc của cấp khác thì đồng chí chuyển cấp ấy."
    )
