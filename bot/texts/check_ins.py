"""Check-in: what the host reads and shows in the hall, and what each person reads who presses or types."""

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from storage.check_ins import Count, Hall, There
from storage.models import HalfDay

OPEN = "Mở điểm danh"
REOPEN = "Mở lại"
SHOW = "Xem mã"
NEW_CODE = "Mã mới"
CLOSE = "Đóng điểm danh"
WHO = "Ai đã điểm danh"
ANOTHER = "Hội nghị khác"
TITLE = "Điểm danh"
UNITS_SHOWN = 6

_HALVES = {HalfDay.MORNING: "sáng", HalfDay.AFTERNOON: "chiều", HalfDay.EVENING: "tối"}

# -- the host

WHICH_UNIT = "Mở điểm danh cho đơn vị nào?"
CALLED_OFF = "Hội nghị này đã huỷ lịch, nên không mở điểm danh được."
NOT_OPENED = "Hội nghị này chưa mở điểm danh."


def _half(half: HalfDay, day: date) -> str:
    """ "sáng 12/11"."""
    return f"{_HALVES[half]} {say.day(day)}"


def _where(hall: Hall) -> str:
    return f"{_half(hall.half, hall.day)} tại {esc(hall.place)}"


def nothing_planned(unit: str) -> str:
    return lines(
        f"{bold(unit)} · điểm danh",
        "Lịch hôm nay chưa có hội nghị nào. Đồng chí mở điểm danh cho hội nghị họp hôm nay?",
        "Điểm danh là tự nguyện, chỉ để đối chiếu, không chấm điểm.",
    )


def of_today(unit: str, halls: Sequence[tuple[Hall, int]], now: datetime, zone: ZoneInfo) -> str:
    """`halls`: each with how many checked in."""
    return lines(f"{bold(unit)} · điểm danh hôm nay", *(_line(hall, many, now, zone) for hall, many in halls))


def _line(hall: Hall, many: int, now: datetime, zone: ZoneInfo) -> str:
    if hall.until is None:
        told = "chưa mở"
    elif hall.is_open(now):
        told = f"{_people(many)}, mở đến {say.clock(hall.until, zone)}"
    else:
        told = f"{_people(many)}, đã đóng"
    return f"▸ {_where(hall)}: {told}"


def _people(many: int) -> str:
    return f"{say.number(many)} người"


def of_place(label: str, hall: Hall) -> str:
    """A button of one among several of a day."""
    return say.both_ends(f"{label}: {_HALVES[hall.half]}, {hall.place}")


def opened(hall: Hall, until: datetime, zone: ZoneInfo) -> str:
    return (
        f"Đã mở điểm danh hội nghị {_where(hall)}, đến {say.clock(until, zone)}."
        " Mã hiện ở tin dưới, đổi mỗi phút."
    )


def other_day(hall: Hall) -> str:
    return f"Hội nghị này họp ngày {say.day(hall.day)}; điểm danh mở được trong ngày hôm đó."


def screen_caption(hall: Hall, many: int, now: datetime, zone: ZoneInfo) -> str:
    """Under the picture."""
    assert hall.until is not None
    return lines(
        f"<b>Điểm danh hội nghị {_where(hall)}</b>",
        f"Đã điểm danh: {_people(many)} (lúc {say.clock(now, zone)})",
        f"Mở đến {say.clock(hall.until, zone)}. Mã đổi mỗi phút.",
    )


def screen_over(hall: Hall, many: int, zone: ZoneInfo) -> str:
    assert hall.until is not None
    return lines(
        f"<b>Đã đóng điểm danh hội nghị {_where(hall)}</b>",
        f"{_people(many)} điểm danh, đến {say.clock(hall.until, zone)}.",
    )


def closed(hall: Hall, count: Count, *, already: bool) -> str:
    return lines(
        f"<b>{'Điểm danh đã đóng từ trước' if already else 'Đã đóng điểm danh'}: {_people(count.total)}.</b>",
        _by_unit(count),
        "Báo cáo hội nghị vẫn ghi số đồng chí đếm; số điểm danh đứng bên cạnh.",
    )


def _by_unit(count: Count) -> str | None:
    left = len(count.by_unit) - UNITS_SHOWN
    return (
        lines(
            *(f"▸ {esc(unit)}: {say.number(many)}" for unit, many in count.by_unit[:UNITS_SHOWN]),
            f"▸ và {say.number(left)} đơn vị khác" if left > 0 else None,
            f"{_people(count.not_convened)} ngoài thành phần triệu tập." if count.not_convened else None,
        )
        or None
    )


def on_card(count: Count) -> str:
    """On the card of a meeting whose check-in was opened."""
    return lines(f"Điểm danh: {_people(count.total)}", _by_unit(count))


def who(hall: Hall, shown: Sequence[There], total: int, page: int, pages: int, zone: ZoneInfo) -> str:
    where = f" (trang {page + 1}/{pages})" if pages > 1 else ""
    return lines(
        f"<b>Điểm danh hội nghị {_where(hall)}: {_people(total)}</b>{where}",
        *(
            f"▸ {esc(one.full_name)}, {esc(one.unit_name)}, {say.clock(one.at, zone)}"
            f"{'' if one.convened else ' (ngoài thành phần)'}"
            for one in shown
        ),
        None if total else "Chưa có ai điểm danh.",
    )


# On the picture.
PICTURE_TITLE = "ĐIỂM DANH"
PICTURE_OVER = "ĐÃ ĐÓNG ĐIỂM DANH"
PICTURE_CHANGES = "Mã đổi mỗi phút"


def picture_where(hall: Hall) -> str:
    return f"{_half(hall.half, hall.day)}, {hall.place}"


def picture_how(bot: str | None) -> str:
    return f"Quét mã, hoặc nhắn sáu số này cho @{bot}" if bot else "Nhắn sáu số này cho hệ thống"


def spaced(digits: str) -> str:
    """ "482 913"."""
    return f"{digits[:3]} {digits[3:]}"


def picture_total(many: int) -> str:
    return f"{_people(many)} đã điểm danh"


# -- whoever is there

HOW = (
    "Đồng chí quét mã QR ở hội trường, hoặc gõ sáu số đang hiện dưới mã, ví dụ: 482913.\n"
    "Điểm danh là tự nguyện, không chấm điểm."
)
ATTENDING_TOO = "Đồng chí dự hội nghị khác thì gõ sáu số hiện ở hội trường đó."
STRANGER = (
    "Hệ thống chưa biết đồng chí là ai. Đồng chí chia sẻ số điện thoại dưới đây hoặc gõ mã mời được cấp trước;"
    " xong thì gõ sáu số đang hiện ở hội trường để điểm danh."
)
WHICH = "Đồng chí điểm danh theo đơn vị nào?"


def done(hall: Hall, unit: str, *, convened: bool) -> str:
    return lines(
        f"<b>Đã điểm danh:</b> hội nghị {esc(hall.host_name)}, {_where(hall)}.",
        f"Đơn vị: {esc(unit)}.",
        None
        if convened
        else "Kế hoạch không triệu tập đồng chí đến hội nghị này; hệ thống vẫn ghi, có đánh dấu.",
    )


def already(hall: Hall, at: datetime, zone: ZoneInfo) -> str:
    return f"Đồng chí đã điểm danh: hội nghị {esc(hall.host_name)}, {_where(hall)}, ghi từ {say.clock(at, zone)}."


def open_for_you(hall: Hall) -> str:
    """Right after first contact."""
    return f"Hội nghị {esc(hall.host_name)} đang mở điểm danh: đồng chí gõ sáu số đang hiện ở hội trường."


def over(hall: Hall, zone: ZoneInfo) -> str:
    """Its code was right when the check-in was still open."""
    assert hall.until is not None
    return (
        f"Điểm danh hội nghị {esc(hall.host_name)} đã đóng lúc {say.moment(hall.until, zone)}."
        " Đồng chí báo người tổ chức giúp."
    )


def old_code(shown_at: datetime, today: date, zone: ZoneInfo) -> str:
    same_day = shown_at.astimezone(zone).date() == today
    when = say.clock(shown_at, zone) if same_day else say.moment(shown_at, zone)
    return f"Mã này hiện lúc {when}, nay đã đổi. Đồng chí gõ sáu số đang hiện ở hội trường."


ELSEWHERE = (
    "Mã này của hội nghị mà đơn vị của đồng chí không dự, nên hệ thống không ghi điểm danh."
    " Đồng chí được mời thì người tổ chức vẫn đếm trong hội trường."
)
NOT_FOUND = "Mã này chưa đúng. Đồng chí xem lại sáu số đang hiện ở hội trường, rồi gõ lại."
NOTHING_OPEN = "Hiện không có hội nghị nào của đơn vị đồng chí mở điểm danh. Đồng chí hỏi người tổ chức giúp."


def slowed(minutes: int) -> str:
    return (
        f"Đồng chí đã gõ nhiều mã chưa đúng. Sau {minutes} phút đồng chí gõ lại sáu số đang hiện, hoặc báo người"
        " tổ chức. Việc khác đồng chí vẫn làm được."
    )


def choice_label(hall: Hall, unit: str, *, several_halls: bool) -> str:
    return say.both_ends(f"{unit}, {hall.host_name}" if several_halls else unit)


# -- beside the reported number


def beside_hall(checked_in: int, hall: int | None) -> str:
    """ "Điểm danh 96, hội trường 120"."""
    counted = f"hội trường {say.number(hall)}" if hall is not None else "hội trường chưa ghi"
    return f"Điểm danh {say.number(checked_in)}, {counted}"


def beside_report(checked_in: int, reported: int) -> str:
    return (
        f"Điểm danh {say.number(checked_in)}, báo cáo {say.number(reported)}"
        " (điểm danh tự nguyện, nhiều người không có điện thoại)"
    )


def of_your_unit(checked_in: int) -> str:
    """Told to the unit before it says how many came: it counts itself."""
    return (
        f"Điểm danh ghi {_people(checked_in)} của đơn vị; ai không có điện thoại thì không có trong số này."
        " Đồng chí gõ số đơn vị đếm."
    )


def in_halls(checked_in: int, halls: int) -> str | None:
    """Behind the halls of /tiendo."""
    return f"điểm danh {say.number(checked_in)} ở {say.number(halls)} hội nghị" if halls else None
