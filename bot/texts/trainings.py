"""Recording a training of speakers: when, where, by whom, who attended."""

from collections.abc import Sequence
from datetime import date

from bot.texts import participation, say
from bot.texts.markup import bold, esc, lines
from storage.trainings import Content, Training

RECORD = "Ghi tập huấn"
RECORD_MORE = "Ghi lớp khác"
TO_LIST = "Các lớp tập huấn"
NO_TOPIC = "Không ghi"
FINISHED = "Xong"
ALL = "Chọn tất cả"
NONE = "Bỏ chọn"
SAVE = "Gửi báo cáo"
EDIT = "Sửa"
CANCEL = "Huỷ"
PHOTOS = "Ảnh, danh sách"
NO_PHOTOS = "Không có"
DAY, PLACE, HELD_BY, TOPIC, PEOPLE = "Ngày", "Địa điểm", "Đơn vị tổ chức", "Chuyên đề", "Người dự"
LIMIT = 200  # characters of a place, a holder, a topic
MOST_PEOPLE = 20_000
FILE_LIMIT = 10

WHICH_DAY = f"Lớp tập huấn mở ngày nào? {participation.PRESS_OR_TYPE_DAY}"
TOO_LONG = f"Câu này dài quá {LIMIT} chữ. Đồng chí gõ ngắn lại giúp."
IN_WORDS = "Đồng chí gõ bằng chữ giúp."
WHICH_TOPIC = "Chuyên đề tập huấn là gì? Đồng chí gõ, hoặc bấm Không ghi."
WHAT_TO_EDIT = "Đồng chí muốn sửa mục nào?"
SEND_FILES = "Đồng chí gửi ảnh, danh sách ký tên của lớp, hoặc bấm Không có."
FILES_ONLY = "Hệ thống nhận ảnh, PDF, Word hoặc Excel. Đồng chí gửi lại giúp."
TOO_MANY = f"Đã đủ {FILE_LIMIT} tệp. Đồng chí bấm Xong."
FILE_TWICE = "Tệp này đã có. Đồng chí gửi tệp khác, hoặc bấm Xong."
NO_SUCH_UNIT = "Hệ thống chưa tìm thấy đơn vị ấy. Đồng chí bấm nút, hoặc gõ tên đầy đủ."
NO_FILE_LEFT = "Tệp của lớp tập huấn này chưa mở được."
WHEN_PLANNED = "Dự kiến tập huấn ngày nào? Đồng chí gõ ngày, ví dụ: 20/12"


def list_label(many: int) -> str:
    return f"Tập huấn ({say.number(many)})"


def listed(unit: str, many: int) -> str:
    told = f"Đã ghi {say.number(many)} lớp tập huấn báo cáo viên." if many else "Chưa ghi lớp tập huấn nào."
    return lines(bold(unit), told)


def label(one: Training) -> str:
    return f"{say.day(one.content.held_on)} · {_people(one.people)}"


def _people(people: int | None) -> str:
    return f"{say.number(people)} người dự" if people is not None else "người dự: chưa ghi"


def which_place(default: str | None) -> str:
    hint = f" {esc(default)}?" if default else ""
    return f"Lớp tập huấn mở ở đâu?{hint} Đồng chí gõ địa điểm{', hoặc bấm nút' if default else ''}."


def who_held_it(default: str | None) -> str:
    hint = f" {esc(default)}?" if default else ""
    return f"Đơn vị nào tổ chức lớp?{hint} Đồng chí gõ tên{', hoặc bấm nút' if default else ''}."


def which_units(people: int | None, page: int, pages: int) -> str:
    return lines(
        "Báo cáo viên của đơn vị nào dự? Đồng chí bấm hoặc gõ tên từng đơn vị, hết thì bấm Xong.",
        f"Đã ghi: {say.number(people)} người." if people is not None else None,
        f"Trang {page + 1}/{pages}" if pages > 1 else None,
    )


def unit_label(name: str, people: int | None, registered: int) -> str:
    """ "Huyện đoàn Hoằng Hóa · 5/8": came, of those in the registers; a count that is no share stands alone."""
    told = f"{say.number(people)}/{say.number(registered)}" if people else f"0/{say.number(registered)}"
    if people is not None and people > registered:
        told = say.number(people)
    return f"{say.both_ends(name, 30)} · {told}"


def which_people(unit: str, chosen: int, count: int | None, registered: int, page: int, pages: int) -> str:
    names = f"Đồng chí bấm tên người dự (đã chọn {chosen})" if registered else "Danh sách chưa có ai"
    return lines(
        f"{bold(unit)}: {names}; không rõ tên thì gõ số người dự.",
        f"Số người đã ghi: {say.number(count)}" if count is not None else None,
        f"Trang {page + 1}/{pages}" if pages > 1 else None,
    )


def fewer_than_named(chosen: int) -> str:
    return f"Đã chọn tên {chosen} đồng chí; số người dự không ít hơn. Đồng chí gõ lại giúp."


def name_label(name: str, *, chosen: bool) -> str:
    return f"{'✓ ' if chosen else ''}{say.both_ends(name, 30)}"


def files_added(count: int, *, album: bool) -> str:
    told = "Đã thêm các tệp trong album." if album else f"Đã thêm {count} tệp."
    return f"{told} Đồng chí gửi tiếp, hoặc bấm Xong."


def summary(
    unit: str, content: Content, people: int | None, units: Sequence[tuple[str, int]], files: int, today: date
) -> str:
    """`units`: from which how many came."""
    each = ", ".join(f"{esc(name)} {say.number(many)}" for name, many in units[:5])
    more = len(units) - 5
    return lines(
        f"{bold(unit)} · tập huấn báo cáo viên ngày {say.day(content.held_on, today)}",
        f"Địa điểm: {esc(content.place) if content.place else 'chưa ghi'}",
        f"Tổ chức: {esc(content.held_by) if content.held_by else 'chưa ghi'}",
        f"Chuyên đề: {esc(content.topic)}" if content.topic else None,
        f"Người dự: {say.number(people) if people is not None else 'chưa ghi'}",
        f"{each}{f' và {more} đơn vị khác' if more > 0 else ''}" if each else None,
        f"Tệp: {files}" if files else None,
    )
