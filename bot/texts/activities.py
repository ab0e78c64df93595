"""Activities of the units: recording one, and how many there are below."""

from datetime import date
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.essays import TOO_BIG
from bot.texts.export import NOT_ASKED
from bot.texts.markup import bold, esc, lines
from rules.plan import Duty
from rules.reasons import Reason, ReasonCode
from storage.activities import Activity, Content, Counts

__all__ = ["TOO_BIG"]

RECORD = "Ghi hoạt động"
RECORD_MORE = "Ghi hoạt động nữa"
OWN = "Hoạt động đã ghi"
BELOW = "Các đơn vị dưới"
NEWEST = "Mới nhất"
SEE = "Xem hoạt động"
NOT_COUNTED = "Chưa đếm"
NO_PLACE = "Không ghi"
NO_PHOTO = "Không có ảnh"
FINISHED = "Xong"
SEND = "Gửi"
SAVE = "Ghi lại"
EDIT = "Sửa"
CANCEL = "Huỷ"
ANOTHER_ONE = "Hoạt động khác"
FILES = "Xem ảnh"
WITHDRAW = "Gỡ"
WITHDRAW_REALLY = "Gỡ, tôi chắc chắn"
KEEP = "Giữ lại"
OPEN = "Xem hoạt động này"
TITLE, DAY, PEOPLE, PLACE, PHOTOS = "Tên hoạt động", "Ngày", "Số người", "Địa điểm", "Ảnh"
TITLE_LIMIT = PLACE_LIMIT = 150  # characters
FILE_LIMIT = 10

NOT_FOR_YOU = "Kế hoạch không giao đơn vị của đồng chí ghi hoạt động."
WHICH_UNIT = "Đồng chí xem hoạt động của đơn vị nào?"
WHOSE = "Hoạt động của đơn vị nào?"
WHICH_TITLE = "Tên hoạt động là gì? Ví dụ: Ngày thứ bảy tình nguyện"
WHICH_DAY = "Hoạt động tổ chức ngày nào?"
HOW_MANY = "Bao nhiêu người tham gia? Đồng chí gõ số."
WHICH_PLACE = "Hoạt động tổ chức ở đâu?"
WHICH_PHOTOS = "Đồng chí gửi ảnh hoạt động (một hoặc nhiều ảnh)."
NO_TITLE = "Đồng chí gõ bằng chữ giúp."
TOO_LONG = f"Dài quá {TITLE_LIMIT} chữ. Đồng chí gõ ngắn lại giúp."
NOBODY = "Nếu chưa đếm được, đồng chí bấm Chưa đếm."
PHOTOS_ONLY = "Hệ thống nhận ảnh. Đồng chí gửi lại giúp."
FILE_TWICE = "Ảnh này đã có. Đồng chí gửi ảnh khác, hoặc bấm Xong."
TOO_MANY = f"Đã đủ {FILE_LIMIT} ảnh. Đồng chí bấm Xong."
WHAT_TO_EDIT = "Đồng chí muốn sửa mục nào?"
WITHDRAWN = "Hoạt động này đã được gỡ."
ANOTHER_PHOTO = "Đồng chí bấm nút dưới, chọn Sửa rồi Ảnh để gửi ảnh khác."
NO_FILE_LEFT = "Ảnh của hoạt động này chưa mở được."


def why_no_day(why: Reason, plan_starts: date) -> str:
    match why.code:
        case ReasonCode.DATE_IN_FUTURE:
            return f"Ngày {say.day(why.facts['day'])} chưa đến."
        case ReasonCode.DATE_BEFORE_PLAN:
            return f"Kế hoạch bắt đầu từ {plan_starts:%d/%m/%Y}. Đồng chí xem lại ngày giúp."
    return "Hệ thống chưa đọc được ngày. Đồng chí gõ, ví dụ: 12/11."


def photos_added(count: int, *, album: bool) -> str:
    told = "Đã thêm các ảnh trong album." if album else f"Đã thêm {count} ảnh."
    return f"{told} Đồng chí gửi tiếp, hoặc bấm Xong."


def _people(people: int | None) -> str:
    return f"Số người: {NOT_ASKED if people is None else say.number(people)}"


def summary(unit: str, content: Content, photos: int) -> str:
    return lines(
        f"{bold(unit)} ghi hoạt động:",
        bold(content.title),
        f"Ngày: {say.day(content.held_on)}",
        _people(content.people),
        f"Địa điểm: {esc(content.place) if content.place else NOT_ASKED}",
        f"Ảnh: {photos}" if photos else f"Ảnh: {NOT_ASKED}",
    )


def is_it_another(content: Content) -> str:
    return f"Ngày {say.day(content.held_on)} đơn vị đã ghi {bold(content.title)}. Đây là hoạt động khác?"


def recorded(title: str, activities: int) -> str:
    return lines(f"Đã ghi {bold(title)}.", f"Đơn vị có {say.number(activities)} hoạt động.")


def changed(title: str) -> str:
    return f"Đã sửa {bold(title)}."


# -- how many


def heading(unit: str) -> str:
    return f"{bold(unit)} · hoạt động"


def own_line(own: Counts) -> str:
    if not own.activities:
        return "Chưa ghi hoạt động nào."
    return f"Đã ghi {say.number(own.activities)} hoạt động{_attended(own)}"


def below_line(below: Counts) -> str:
    told = f"; {say.number(below.told)}/{say.number(below.units)} đơn vị đã ghi" if below.units else ""
    return f"Các đơn vị dưới: {say.number(below.activities)} hoạt động{_attended(below)}{told}"


def _attended(counts: Counts) -> str:
    """Heads are of the activities where they were counted."""
    if not counts.counted:
        return ""
    of_some = counts.counted < counts.activities
    where = f" ở {say.number(counts.counted)} hoạt động có đếm" if of_some else ""
    return f", {say.number(counts.people)} lượt người{where}"


def each_below(page: int, pages: int) -> str:
    return lines(
        "Từng đơn vị: số hoạt động (đơn vị đã ghi/phải ghi).",
        f"Trang {page + 1}/{pages}" if pages > 1 else None,
    )


def child_label(name: str, counts: Counts) -> str:
    told = f" ({say.number(counts.told)}/{say.number(counts.units)})" if counts.units > 1 else ""
    return f"{say.both_ends(name, 26)} · {say.number(counts.activities)}{told}"


def progress_line(duty: Duty, below: Counts) -> str:
    """In /tiendo."""
    told = f" ({say.number(below.told)}/{say.number(below.units)} đơn vị đã ghi)" if below.units else ""
    return f"▸ {esc(duty.title)}: {say.number(below.activities)} hoạt động{told}"


# -- one by one


def listed(unit: str, *, below: bool, page: int, pages: int) -> str:
    return lines(
        f"{heading(unit)} {'mới nhất' if below else 'đã ghi'}",
        f"Trang {page + 1}/{pages}" if pages > 1 else None,
    )


def none_listed(unit: str) -> str:
    return lines(heading(unit), "Chưa ghi hoạt động nào.")


def label(one: Activity) -> str:
    return f"{say.day(one.held_on)} {say.beginning(one.title, 40)}"


def card(one: Activity, photos: int, zone: ZoneInfo) -> str:
    return lines(
        bold(one.title),
        esc(one.unit_name),
        f"Ngày: {say.day(one.held_on)}",
        _people(one.people),
        f"Địa điểm: {esc(one.place)}" if one.place else None,
        f"Ảnh: {photos}" if photos else None,
        f"Ghi lúc {say.moment(one.at, zone)}",
    )


def withdraw_really(title: str) -> str:
    return f"Gỡ {bold(title)}? Hoạt động không còn được tính."


def withdrawn(title: str) -> str:
    return f"Đã gỡ {bold(title)}."


def caption(one: Activity) -> str:
    """Under the photos."""
    return lines(bold(one.title), esc(one.unit_name))


def photo_refused(why: str) -> str:
    """To whoever recorded it."""
    return lines("Một ảnh của hoạt động chưa lưu được; hoạt động vẫn còn nguyên.", why)


# -- in the Excel file

SHEET_TITLE = "HOẠT ĐỘNG THIẾT THỰC"
