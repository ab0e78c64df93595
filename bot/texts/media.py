"""What units publish about the plan: reporting it, and how far each unit and those below have come."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.essays import TOO_BIG
from bot.texts.markup import bold, esc, lines
from rules.plan import MediaTarget
from rules.reasons import Reason, ReasonCode
from storage.media import Item, Tally, UnitItems

__all__ = ["TOO_BIG"]

REPORT = "Báo tin, bài"
REPORT_MORE = "Báo tin nữa"
OWN = "Tin, bài đã báo"
BELOW = "Các đơn vị dưới"
NEWEST = "Tin, bài mới nhất"
SEE = "Xem tin, bài"
NONE = "Không có"
FINISHED = "Xong"
SEND = "Gửi"
SAVE = "Ghi lại"
EDIT = "Sửa"
CANCEL = "Huỷ"
WITHDRAW = "Gỡ"
WITHDRAW_REALLY = "Gỡ, tôi chắc chắn"
KEEP = "Giữ lại"
FILES = "Xem tệp"
MARK = "Chọn tiêu biểu"
UNMARK = "Thôi chọn"
FORWARD = "Gửi tới mọi người"
OPEN = "Xem tin, bài này"
KIND, TITLE, DAY, PROOF = "Loại", "Tiêu đề", "Ngày", "Đường dẫn, ảnh"
TITLE_LIMIT = 150  # characters
LINK_LIMIT = 300  # more would not fit a screen beside the rest
FILE_LIMIT = 10

NOT_FOR_YOU = "Kế hoạch không giao đơn vị của đồng chí báo tin, bài tuyên truyền."
NOTHING_OWED = "Đơn vị này không phải báo tin, bài tuyên truyền."
WHICH_UNIT = "Đồng chí xem tin, bài của đơn vị nào?"
WHOSE = "Tin, bài của đơn vị nào?"
NO_TITLE = "Đồng chí gõ tiêu đề bằng chữ giúp."
TITLE_TOO_LONG = f"Tiêu đề dài quá {TITLE_LIMIT} chữ. Đồng chí gõ ngắn lại giúp."
WHICH_DAY = "Tin, bài đăng ngày nào?"
PROOF_ASKED = "Đồng chí dán đường dẫn, hoặc gửi ảnh, bản quét."
NO_LINK = "Hệ thống chưa đọc được đường dẫn. Đồng chí dán lại, ví dụ: https://tinhdoan.vn/bai-viet"
LINK_TOO_LONG = f"Đường dẫn dài quá {LINK_LIMIT} chữ. Đồng chí sao chép đường dẫn gốc của bài giúp."
FILES_ONLY = "Hệ thống nhận ảnh, PDF hoặc Word. Đồng chí gửi lại giúp."
FILE_TWICE = "Tệp này đã có. Đồng chí gửi tệp khác, hoặc bấm Xong."
TOO_MANY = f"Đã đủ {FILE_LIMIT} tệp. Đồng chí bấm Xong."
WHAT_TO_EDIT = "Đồng chí muốn sửa mục nào?"
WITHDRAWN = "Tin, bài này đã được gỡ."
NO_FILE_LEFT = "Tệp của tin, bài này chưa mở được."


# -- reporting one


def which_kind(unit: str, link: str | None) -> str:
    return lines(_link(link), f"{bold(unit)} báo tin, bài loại nào?")


def which_title(link: str | None) -> str:
    return lines(_link(link), "Tiêu đề của tin, bài là gì?")


def _link(link: str | None) -> str | None:
    return f"Đường dẫn: {esc(link)}" if link else None


def why_no_day(why: Reason, plan_starts: date) -> str:
    match why.code:
        case ReasonCode.DATE_IN_FUTURE:
            return f"Ngày {say.day(why.facts['day'])} chưa đến."
        case ReasonCode.DATE_BEFORE_PLAN:
            return f"Kế hoạch bắt đầu từ {plan_starts:%d/%m/%Y}. Đồng chí xem lại ngày giúp."
    return "Hệ thống chưa đọc được ngày. Đồng chí gõ, ví dụ: 12/11."


def files_added(count: int, *, album: bool) -> str:
    told = "Đã thêm các tệp trong album." if album else f"Đã thêm {count} tệp."
    return f"{told} Đồng chí gửi tiếp, dán đường dẫn, hoặc bấm Xong."


def duplicate(unit: str | None, day: date, today: date) -> str:
    """`unit`: None where it is not for the reader to know."""
    whose = bold(unit) if unit is not None else "một đơn vị khác"
    return f"Bài này đã được {whose} báo ngày {say.day(day, today)}."


def summary(unit: str, kind: str, title: str, day: date, link: str | None, files: int) -> str:
    return lines(
        f"{bold(unit)} báo tin, bài:",
        f"Loại: {esc(kind)}",
        f"Tiêu đề: {esc(title)}",
        f"Ngày đăng: {say.day(day)}",
        f"Đường dẫn: {esc(link) if link else 'chưa ghi'}",
        f"Tệp: {files}" if files else None,
    )


def reported(title: str, targets: Sequence[str]) -> str:
    return lines(f"Đã ghi {bold(title)}.", *targets)


def changed(title: str) -> str:
    return f"Đã sửa {bold(title)}."


def file_refused(why: str) -> str:
    """To whoever reported it."""
    return lines("Một tệp gửi kèm tin, bài chưa lưu được; tin, bài vẫn còn nguyên.", why)


# -- how far a unit has come


def heading(unit: str) -> str:
    return f"{bold(unit)} · tuyên truyền"


def target_line(target: MediaTarget, items: int, level: str) -> str | None:
    """ "Chuyên mục Tuổi trẻ Lam Sơn: 0/1"; without the plan's number where it sets none for this level. None: it
    is asked of other levels, and there is nothing to tell.
    """
    least = target.least_of(level)
    if target.least and not least and not items:
        return None
    return f"{esc(target.name)}: {say.number(items)}{f'/{least}' if least else ''}"


def below_line(tally: Tally) -> str:
    return (
        f"Các đơn vị dưới: {say.number(tally.items)} tin, bài;"
        f" {say.number(tally.told)}/{say.number(tally.units)} đơn vị đã báo"
    )


def kind_below(target: MediaTarget, tally: Tally) -> str:
    """Of all below together; how many units have what the plan asks of each."""
    so_many = f"{esc(target.name)}: {say.number(tally.items)} tin, bài"
    if not tally.units:
        return so_many
    return f"{so_many}; {say.number(tally.told)}/{say.number(tally.units)} đơn vị có từ {target.least}"


def each_below(page: int, pages: int) -> str:
    return lines(
        "Từng đơn vị: số tin, bài (đơn vị đã báo/phải báo).",
        f"Trang {page + 1}/{pages}" if pages > 1 else None,
    )


def child_label(name: str, below: Sequence[UnitItems], tally: Tally) -> str:
    told = f" ({say.number(tally.told)}/{say.number(tally.units)})" if len(below) > 1 else ""
    return f"{say.both_ends(name, 26)} · {say.number(tally.items)}{told}"


# -- items


def items(unit: str, *, below: bool, page: int, pages: int) -> str:
    return lines(
        f"{heading(unit)}: tin, bài mới nhất" if below else f"{heading(unit)}: tin, bài đã báo",
        f"Trang {page + 1}/{pages}" if pages > 1 else None,
    )


def no_items(unit: str) -> str:
    return lines(heading(unit), "Chưa báo tin, bài nào.")


def item_label(item: Item) -> str:
    return f"{'✓ ' if item.best_at else ''}{say.day(item.published_on)} {say.beginning(item.title, 40)}"


def card(item: Item, kind: str, files: int, zone: ZoneInfo) -> str:
    return lines(
        bold(item.title),
        esc(item.unit_name),
        f"{esc(kind)}, đăng ngày {say.day(item.published_on)}",
        esc(item.link) if item.link else None,
        f"Tệp: {files}" if files else None,
        f"Báo lúc {say.moment(item.at, zone)}",
        "Được chọn tiêu biểu" if item.best_at else None,
        f"Gửi mọi người: thông báo số {item.broadcast_id}" if item.broadcast_id else None,
    )


def withdraw_really(title: str) -> str:
    return f"Gỡ {bold(title)}? Tin, bài không còn được tính."


def withdrawn(title: str) -> str:
    return f"Đã gỡ {bold(title)}."


def caption(item: Item) -> str:
    """Under the files."""
    return lines(bold(item.title), esc(item.unit_name))


def forwarded(item: Item) -> str:
    """What everybody receives."""
    return lines(bold(item.title), esc(item.unit_name), esc(item.link) if item.link else None)


# -- in the Excel file

SHEET_TITLE = "TIN, BÀI TUYÊN TRUYỀN"


def marked(at: datetime | None) -> str | None:
    return "tiêu biểu" if at else None
