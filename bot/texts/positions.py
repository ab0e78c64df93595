"""Adding a person, ending a position, handing over: read by whoever is above the unit, and by the successor."""

from collections.abc import Sequence
from datetime import date

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from storage.positions import Seat

NO_PHONE = "Chưa có"
SAME_PERSON = "Đúng"
OTHER_PERSON = "Người khác"
DAY_HINT = "Đồng chí bấm Hôm nay, hoặc gõ ngày, ví dụ: 20/11"

UNREADABLE_PHONE = "Hệ thống chưa đọc được số điện thoại. Đồng chí gõ, ví dụ: 0912 345 678, hoặc bấm Chưa có."


def what_name(unit: str) -> str:
    return f"Thêm người vào {bold(unit)}. Họ tên đồng chí ấy là gì? Ví dụ: Trần Văn Hùng"


def which_role(name: str) -> str:
    return f"Đồng chí {bold(name)} giữ chức vụ gì?"


def what_phone(name: str) -> str:
    return f"Số điện thoại của đồng chí {bold(name)}? Gõ số, hoặc bấm Chưa có."


def is_it_the_same(name: str, role: str, unit: str) -> str:
    return f"{bold(unit)} đang có đồng chí {bold(name)}, {esc(role)}. Có phải đồng chí này không?"


def already_held(name: str, role: str, unit: str) -> str:
    return f"Đồng chí {esc(name)} đang là {esc(role)} {esc(unit)}. Đồng chí chọn chức vụ khác, hoặc bấm Huỷ."


def add_summary(unit: str, name: str, role: str, phone: str | None, *notes: str | None) -> str:
    return lines(
        f"Thêm vào {bold(unit)}:",
        f"▸ {bold(name)}, {esc(role)}",
        f"▸ Điện thoại: {say.phone(phone) if phone else 'chưa có'}",
        *notes,
    )


def phone_shared(names: Sequence[str]) -> str:
    """`names`: only of people in the reader's own units."""
    return (
        f"Số này trong danh sách cũng là của {esc(', '.join(names))}."
        " Nếu người một nhà dùng chung số, đồng chí cứ xác nhận."
    )


KNOWN_ALREADY = "Đồng chí này đã có trong danh sách; hệ thống chỉ thêm chức vụ."


def second_lead(role: str, name: str) -> str:
    return (
        f"Lưu ý: {esc(say.lower_first(role))} hiện là đồng chí {esc(name)}."
        " Nếu là thay người, đồng chí bấm Huỷ rồi dùng nút đổi người trên thẻ đơn vị."
    )


def added(name: str, role: str, unit: str) -> str:
    return f"Đã ghi: đồng chí {bold(name)} là {esc(role)} {esc(unit)}."


def told_newcomer(role: str, unit: str, begins: date, today: date) -> str:
    """To the person who got the position, where they are connected."""
    when = "từ hôm nay" if begins == today else f"từ ngày {say.day(begins, today)}"
    return f"Đồng chí được ghi là <b>{esc(role)} {esc(unit)}</b> {when}."


# -- ending


def which_position(unit: str) -> str:
    return f"{bold(unit)}: đồng chí nào thôi chức vụ?"


def which_of_theirs(name: str) -> str:
    return f"Đồng chí {bold(name)} thôi chức vụ nào?"


def end_from_which_day(name: str, role: str) -> str:
    return f"Đồng chí {bold(name)} thôi {esc(role)} từ ngày nào? {DAY_HINT}"


def before_it_began(name: str, begins: date, today: date) -> str:
    return (
        f"Đồng chí {esc(name)} giữ chức vụ từ ngày {say.day(begins, today)}."
        " Đồng chí gõ ngày đó hoặc ngày sau đó giúp."
    )


def end_summary(seat: Seat, role: str, day: date, today: date, *, nobody_left: bool) -> str:
    return lines(
        f"Đồng chí {bold(seat.full_name)} thôi {esc(role)} {bold(seat.unit_name)}"
        f" từ ngày {say.day(day, today)}.",
        "Từ ngày đó đơn vị chưa có ai báo cáo." if nobody_left else None,
        "Đồng chí xác nhận chứ?",
    )


LAST_AT_THE_TOP = (
    "Đây là người cuối cùng phụ trách đơn vị cấp cao nhất nên chưa ghi thôi được."
    " Đồng chí thêm người thay trước giúp."
)


def ended(name: str, role: str, unit: str, day: date, today: date) -> str:
    return f"Đã ghi: đồng chí {bold(name)} thôi {esc(role)} {esc(unit)} từ ngày {say.day(day, today)}."


NOTHING_TO_END = "Đơn vị này chưa có ai giữ chức vụ để ghi thôi."
HELD_NO_MORE = "Chức vụ này vừa được ghi thôi rồi."


# -- handing over


def who_takes_over(unit: str, role: str, now: Sequence[str], people: bool) -> str:
    held = f" Hiện nay: {esc(', '.join(now))}." if now else " Hiện chưa có ai."
    how = "Đồng chí chọn, hoặc bấm Người khác." if people else "Họ tên đồng chí ấy là gì?"
    return f"{esc(role)} mới của {bold(unit)} là ai?{held} {how}"


def name_of_successor(role: str) -> str:
    return f"Họ tên {esc(say.lower_first(role))} mới là gì? Ví dụ: Trần Văn Hùng"


def over_from_which_day(name: str, role: str) -> str:
    return f"Đồng chí {bold(name)} làm {esc(say.lower_first(role))} từ ngày nào? {DAY_HINT}"


def handover_summary(
    unit: str,
    role: str,
    name: str,
    phone: str | None,
    day: date,
    today: date,
    relieved: Sequence[str],
    *notes: str | None,
) -> str:
    """`relieved`: "Lê Thị Mai thôi Bí thư"."""
    return lines(
        f"{bold(unit)}, từ ngày {say.day(day, today)}:",
        f"▸ {esc(role)} mới: {bold(name)}, {say.phone(phone) if phone else 'chưa có số'}",
        *(f"▸ {esc(one)}" for one in relieved),
        "Việc đang viết dở và lời nhắc chuyển theo người mới.",
        *notes,
    )


def relieved(name: str, role: str) -> str:
    return f"{name} thôi {role}"


def handed_over(name: str, role: str, unit: str, day: date, today: date) -> str:
    return f"Đã ghi: đồng chí {bold(name)} là {esc(role)} {esc(unit)} từ ngày {say.day(day, today)}."
