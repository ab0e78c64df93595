"""Closing, merging and reopening a unit, and moving a report: read by whoever is above it, and by its people."""

from datetime import date

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from bot.texts.positions import DAY_HINT

THE_TOP_STAYS = "Đơn vị cấp cao nhất không đóng và không sáp nhập được."


def units_below(count: int) -> str:
    return (
        f"Đơn vị này còn {say.number(count)} đơn vị trực thuộc."
        " Đồng chí sáp nhập vào đơn vị khác, hoặc đóng các đơn vị ấy trước."
    )


def close_from_which_day(unit: str) -> str:
    return f"{bold(unit)} thôi hoạt động từ ngày nào? {DAY_HINT}"


def merge_into_which(unit: str) -> str:
    return f"{bold(unit)} sáp nhập vào đơn vị nào, cùng cấp? Đồng chí gõ tên, ví dụ: thôn 5"


def merge_from_which_day(unit: str, into: str) -> str:
    return f"{bold(unit)} sáp nhập vào {bold(into)} từ ngày nào? {DAY_HINT}"


def before_it_existed(begins: date, today: date) -> str:
    return f"Đơn vị hoạt động từ ngày {say.day(begins, today)}. Đồng chí gõ một ngày sau đó giúp."


def _people_part(people: int, day: str) -> str | None:
    """Of a summary: what becomes of those who hold a position there."""
    return f"▸ {people} chức vụ ở đây thôi từ ngày {day}" if people else None


def close_summary(unit: str, day: date, today: date, people: int) -> str:
    shown = say.day(day, today)
    return lines(
        f"Đóng {bold(unit)} từ ngày {shown}:",
        _people_part(people, shown),
        "▸ Báo cáo, bài thu hoạch đã gửi vẫn giữ nguyên",
        "Đồng chí xác nhận chứ?",
    )


def merge_summary(unit: str, into: str, day: date, today: date, people: int, below: int) -> str:
    shown = say.day(day, today)
    return lines(
        f"Sáp nhập {bold(unit)} vào {bold(into)} từ ngày {shown}:",
        f"▸ {below} đơn vị trực thuộc chuyển sang {esc(into)}" if below else None,
        _people_part(people, shown),
        f"▸ Ai làm tiếp ở {esc(into)} thì đồng chí thêm chức vụ sau" if people else None,
        "▸ Báo cáo, bài thu hoạch đã gửi vẫn giữ nguyên",
        "Đồng chí xác nhận chứ?",
    )


def closed(unit: str, day: date, today: date) -> str:
    return f"Đã ghi: {bold(unit)} thôi hoạt động từ ngày {say.day(day, today)}."


def merged(unit: str, into: str, day: date, today: date) -> str:
    return f"Đã ghi: {bold(unit)} sáp nhập vào {bold(into)} từ ngày {say.day(day, today)}."


def told_of_closing(unit: str, into: str | None, day: date, today: date) -> str:
    """To the people of the unit, and of the one that takes it in."""
    what = f"sáp nhập vào {bold(into)}" if into else "thôi hoạt động"
    return f"Đoàn cấp trên đã ghi: {bold(unit)} {what} từ ngày {say.day(day, today)}."


def no_such_unit(typed: str) -> str:
    return (
        f"Hệ thống chưa tìm thấy “{esc(say.beginning(typed, 40))}” cùng cấp trong các đơn vị của đồng chí."
        " Đồng chí gõ tên kèm xã, huyện giúp."
    )


ITSELF = "Đó chính là đơn vị này. Đồng chí gõ tên đơn vị khác giúp."
CLOSES_TOO = "Đơn vị ấy cũng đã ghi ngày thôi hoạt động. Đồng chí chọn đơn vị khác giúp."
WHICH_UNIT = "Đồng chí chọn đơn vị:"


# -- reopening


def until_which_day(unit: str, open_until: date | None, today: date) -> str:
    already = f" Đang mở đến hết ngày {say.day(open_until, today)}." if open_until else ""
    return f"Mở lại cho {bold(unit)} báo cáo đến hết ngày nào?{already} Đồng chí gõ ngày, ví dụ: 20/01"


def reopen_summary(unit: str, until: date, today: date) -> str:
    return lines(
        f"Mở lại {bold(unit)} đến hết ngày {say.day(until, today)}.",
        "Đơn vị gửi và sửa được báo cáo đến hết ngày ấy. Đồng chí xác nhận chứ?",
    )


def open_longer_already(until: date, today: date) -> str:
    return f"Đơn vị này đang mở đến hết ngày {say.day(until, today)}. Đồng chí gõ một ngày sau đó giúp."


def day_is_over(until: date, today: date) -> str:
    return f"Ngày {say.day(until, today)} đã qua. Đồng chí bấm Quay lại rồi gõ ngày sắp tới giúp."


def reopened(unit: str, until: date, today: date) -> str:
    return f"Đã mở lại {bold(unit)} đến hết ngày {say.day(until, today)}."


def told_of_reopening(unit: str, until: date, today: date) -> str:
    """To the people of the unit."""
    return f"Đoàn cấp trên đã mở lại {bold(unit)}: đồng chí gửi, sửa báo cáo được đến hết ngày {say.day(until, today)}."


NOT_LOCKED = "Kế hoạch chưa khoá sổ nên đơn vị vẫn gửi báo cáo được; không cần mở lại."


# -- moving a report


def which_report(unit: str) -> str:
    return f"{bold(unit)}: báo cáo nào ghi nhầm đơn vị?"


def report_label(code: int, title: str) -> str:
    return say.beginning(f"Mã {say.code(code)}, {title}", 40)


def which_is_right(code: int) -> str:
    return f"Báo cáo mã {say.code(code)} đúng ra của đơn vị nào? Đồng chí gõ tên, ví dụ: thôn 5"


def move_summary(code: int, title: str, unit: str, to: str) -> str:
    return lines(
        f"Chuyển báo cáo mã {say.code(code)} ({esc(title)}):",
        f"▸ từ {bold(unit)}",
        f"▸ sang {bold(to)}",
        "Các lần gửi, số liệu, ảnh đi theo; người nhận xem lại từ đầu. Đồng chí xác nhận chứ?",
    )


def has_one_already(unit: str, title: str) -> str:
    return (
        f"{esc(unit)} đã có “{esc(title)}” nên chưa chuyển được. Đồng chí kiểm tra lại, hoặc gõ đơn vị khác."
    )


def has_no_such_duty(unit: str, title: str) -> str:
    return f"{esc(unit)} không phải nộp “{esc(title)}”. Đồng chí gõ đơn vị khác giúp."


NOTHING_TO_MOVE = "Đơn vị này chưa có báo cáo nào để chuyển."
LOCKED = "Kế hoạch đã khoá sổ. Đồng chí mở lại cả hai đơn vị (nút Mở lại) rồi chuyển giúp."
MOVED_MEANWHILE = "Báo cáo này vừa được chuyển đi rồi."


def moved(code: int, to: str) -> str:
    return f"Đã chuyển báo cáo mã {say.code(code)} sang {bold(to)}."


def told_it_left(code: int, unit: str, owed: str) -> str:
    """To the people of the unit under which it stood by mistake."""
    return (
        f"Báo cáo mã {say.code(code)} ghi nhầm vào {bold(unit)} nên đã được chuyển sang đúng đơn vị."
        f" {esc(unit)} còn phải nộp “{esc(owed)}”."
    )


def told_it_came(code: int, unit: str, title: str) -> str:
    """To the people of the unit that it is really about."""
    return (
        f"Báo cáo mã {say.code(code)} (“{esc(title)}”) trước ghi nhầm đơn vị, nay là của {bold(unit)}."
        " Số liệu chưa đúng thì đồng chí gửi lại giúp."
    )
