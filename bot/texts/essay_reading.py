"""Reading essays: what their readers see, and what becomes of it for those who wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, esc, lines

HAND_IN_AGAIN = "Nộp lại"
TITLE = "Đọc bài thu hoạch"
READ = "Đọc bài"
LEDGER = "Theo đơn vị"
VIEW = "Xem bài"
PASS = "Đạt"
RETURN = "Cần bổ sung"
PUT_OFF = "Để sau"
NOTE_PROPOSAL = "Ghi kiến nghị"
NEXT = "Bài tiếp"
NOTE_LIMIT = 500  # characters

NO_DESK = "Việc này dành cho cán bộ Đoàn nhận bài thu hoạch."
NO_ESSAYS = "Kế hoạch này không yêu cầu bài thu hoạch."
NOTHING_WAITS = "Không có bài thu hoạch nào chờ đồng chí đọc."
NO_LONGER_WAITS = "Bài này không còn chờ đọc: đã có người đọc, hoặc đã có bài khác thay."
AUTHOR_CHANGED = "Bài này vừa được chuyển sang đúng người viết. Đồng chí xem lại rồi đánh giá."
WHICH_UNIT = "Đồng chí xem bài thu hoạch theo đơn vị nào?"
WHICH_NOTE = "Bài cần bổ sung gì? Đồng chí nhắn một câu cho người viết."
WHICH_PROPOSAL = "Bài có đề xuất, kiến nghị gì? Đồng chí ghi lại, trong một tin."
NOTE_TOO_LONG = f"Đồng chí viết gọn trong {NOTE_LIMIT} chữ giúp."
UNIT_LOCKED = "Kế hoạch đã khoá, người viết không nộp lại được nữa. Đồng chí mở lại đơn vị trước."
NO_FILE = "Không còn tệp nào của bài này để xem."
CANCELLED = "Đã dừng đọc. Bài chưa đánh giá vẫn chờ đồng chí."


# -- to whoever handed it in, soon after


def parts_not_seen(author: str, missing: Sequence[str]) -> str:
    return (
        f"Bài thu hoạch của đồng chí {bold(author)}: hệ thống chưa thấy phần: {esc('; '.join(missing))}."
        " Đồng chí xem lại nếu cần."
    )


def is_locked(author: str) -> str:
    return (
        f"Tệp bài thu hoạch của đồng chí {bold(author)} có mật khẩu, người nhận không mở được."
        " Đồng chí bỏ mật khẩu rồi nộp lại giúp."
    )


def is_empty(author: str) -> str:
    return (
        f"Tệp bài thu hoạch của đồng chí {bold(author)} không có chữ hay ảnh nào."
        " Đồng chí xem lại có gửi nhầm tệp không."
    )


def is_the_plan(author: str, plan_name: str) -> str:
    return (
        f"Bài thu hoạch của đồng chí {bold(author)} gần như nguyên văn {esc(plan_name)}."
        " Đồng chí xem lại có gửi nhầm tệp không."
    )


# -- the queue


def opening(count: int, oldest: datetime, zone: ZoneInfo) -> str:
    return f"{say.number(count)} bài thu hoạch chờ đồng chí đọc. Bài đầu tiên gửi lúc {say.moment(oldest, zone)}."


@dataclass(frozen=True, slots=True)
class Card:
    """`hints` in the order in which they are told; `note`: what was asked for last time."""

    author: str
    unit: str
    what: str
    arrived: datetime
    hints: Sequence[str]
    again: bool
    note: str | None
    behind: int


def card(one: Card, zone: ZoneInfo) -> str:
    note = f"Lần trước đề nghị: {esc(say.beginning(one.note, 200))}" if one.note else None
    return lines(
        f"{bold(one.author)} · {esc(one.unit)}",
        f"{one.what}, gửi {say.moment(one.arrived, zone)}",
        "Bài nộp lại." if one.again else None,
        note,
        *(f"▸ {hint}" for hint in one.hints),
        f"Còn {say.number(one.behind)} bài sau bài này." if one.behind else None,
    )


def proposal_noted(text: str) -> str:
    return f"Kiến nghị đã ghi: {esc(say.beginning(text))}"


def pages(count: int) -> str:
    return f"{say.number(count)} trang"


def words(count: int) -> str:
    return f"khoảng {say.number(count)} chữ"


def caption(author: str) -> str:
    return f"Bài thu hoạch của đồng chí {bold(author)}"


# -- hints: what a program noticed, for whoever reads the essay itself

SCAN = "Ảnh chụp, đọc bằng mắt."
NOT_LOOKED_YET = "Hệ thống chưa xem chữ trong bài."
SHORT = "Bài rất ngắn."
_WHY = {
    "locked": "Tệp có mật khẩu, có thể không mở được.",
    "empty": "Tệp không có chữ hay ảnh nào.",
    "broken": "Hệ thống không đọc được chữ trong tệp.",
    "too_slow": "Tệp quá lớn, hệ thống không đọc hết.",
    "old_word": "Tệp Word đời cũ, hệ thống không đọc được chữ.",
}


def why_not_read(why: str) -> str:
    return _WHY.get(why, _WHY["broken"])


def missing(parts: Sequence[str]) -> str:
    return f"Chưa thấy phần: {esc('; '.join(parts))}."


def like_the_plan(percent: int, plan_name: str) -> str:
    return f"Giống {percent}% văn bản {esc(plan_name)}."


def like_another(percent: int, author: str | None, unit: str | None) -> str:
    """`author` None: of a unit that the reader does not see."""
    whose = f"bài của {esc(author)} ({esc(unit)})" if author and unit else "một bài của đơn vị khác"
    return f"Giống {percent}% {whose}."


def like_before(percent: int) -> str:
    return f"Giống {percent}% bài nộp trước."


# -- verdicts


def passed(author: str) -> str:
    return f"Đã ghi: bài của đồng chí {bold(author)} đạt."


def sent_back(author: str) -> str:
    return f"Đã đề nghị đồng chí {bold(author)} bổ sung bài."


def nobody_reached(phone: str | None) -> str:
    """Neither who wrote it nor their unit could be written to."""
    number = f" Đồng chí gọi {say.phone(phone)} giúp." if phone else " Đồng chí báo trực tiếp giúp."
    return f"Chưa báo được cho người viết.{number}"


def own_passed() -> str:
    return "Bài thu hoạch của đồng chí đã được đọc và đánh giá <b>đạt</b>. Cảm ơn đồng chí."


def theirs_passed(author: str) -> str:
    return f"Bài thu hoạch của đồng chí {bold(author)} đã được đọc và đánh giá <b>đạt</b>."


def own_returned(note: str) -> str:
    return lines("Bài thu hoạch của đồng chí đã được đọc. Người đọc đề nghị bổ sung:", f"“{esc(note)}”")


def theirs_returned(author: str, note: str) -> str:
    return lines(
        f"Bài thu hoạch của đồng chí {bold(author)} đã được đọc. Người đọc đề nghị bổ sung:", f"“{esc(note)}”"
    )


def all_read(left: int) -> str:
    return f"Đã hết lượt. Còn {say.number(left)} bài để sau." if left else "Đã đọc hết các bài đang chờ."


# -- the account per unit


def ledger_title(unit: str, page: int, pages: int) -> str:
    number = f" ({page + 1}/{pages})" if pages > 1 else ""
    return f"Bài thu hoạch · {bold(unit)}{number}"


def ledger_line(
    unit: str, handed_in: int, owing: int, waiting: int, passed: int, returned: int, to_province: int
) -> str:
    parts = [f"đã nộp {say.number(handed_in)}/{say.number(owing)}"]
    told = (("chờ đọc", waiting), ("đạt", passed), ("cần bổ sung", returned), ("gửi tỉnh", to_province))
    parts += [f"{what} {say.number(count)}" for what, count in told if count]
    return f"▸ {esc(unit)}: {', '.join(parts)}"
