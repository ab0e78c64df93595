"""The telephone list: who has not reported, whom to ring, and what came of it. Read by officers only."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from rules.plan import Duty
from storage.contacts import Contact
from storage.missing import MissingUnit, Tally
from storage.models import CallResult

CALLED = "Đã gọi"
PROMISED = "Hẹn ngày…"
NO_ANSWER = "Không nghe máy"
NEW_SECRETARY = "Đã đổi bí thư"
ON_BEHALF = "Báo hộ"
ZALO = "Soạn tin nhóm Zalo"
NUDGE = "Đôn đốc ngay"
BACK_TO_LIST = "Về danh sách"
NO_ANSWER_NOTED = "Đã ghi: không nghe máy. Đồng chí có thể gọi người khác của đơn vị, hoặc báo hộ."
REPORTED_MEANWHILE = "Đơn vị này vừa báo cáo. Không cần gọi nữa."
WHICH_DAY = "Đơn vị hẹn học ngày nào? Đồng chí gõ ngày, ví dụ: 20/12"

_RESULTS = {
    CallResult.REACHED: "đã gọi",
    CallResult.PROMISED: "đã gọi, có hẹn",
    CallResult.NO_ANSWER: "không nghe máy",
    CallResult.NEW_SECRETARY: "đã đổi bí thư",
}


def nobody_missing(unit: str) -> str:
    return f"{bold(unit)}: mọi đơn vị đã báo cáo."


def head(unit: str, missing: int, kind: str, tally: Tally, page: int, pages: int) -> str:
    """ "4 chi đoàn chưa báo cáo (31/35 đã báo cáo, 28 đúng hạn)"."""
    shown = f" · trang {page + 1}/{pages}" if pages > 1 else ""
    return (
        f"<b>{say.number(missing)} {esc(kind)} chưa báo cáo</b>"
        f" ({say.number(tally.received)}/{say.number(tally.due)} đã báo cáo,"
        f" {say.number(tally.on_time)} đúng hạn) · {esc(unit)}{shown}"
    )


def lacking_label(duty: Duty) -> str:
    """A button: "Thiếu kế hoạch"."""
    return f"Thiếu {say.lower_first(duty.button_label.removeprefix('Nộp '))}"


def lacking_head(duty: Duty, unit: str, count: int, page: int, pages: int) -> str:
    shown = f" · trang {page + 1}/{pages}" if pages > 1 else ""
    return f"<b>{say.number(count)} đơn vị chưa nộp: {esc(duty.title)}</b> · {esc(unit)}{shown}"


def nobody_lacks(duty: Duty, unit: str) -> str:
    return f"{bold(unit)}: mọi đơn vị đã nộp {esc(say.lower_first(duty.title))}."


def entry(
    number: int,
    name: str,
    above: str | None,
    contact: Contact | None,
    role: str,
    *,
    from_above: bool,
    note: str | None,
) -> str:
    place = f", {esc(above)}" if above else ""
    whom = "chưa có người liên hệ trong danh sách"
    if contact is not None:
        phone = say.phone(contact.phone) if contact.phone else "chưa có số"
        higher = " (cấp trên)" if from_above else ""
        whom = f"{esc(role)} {esc(contact.full_name)}{higher}, {phone}"
    return lines(f"{number}. <b>{esc(name)}</b>{place}", whom, note)


def note(unit: MissingUnit, zone: ZoneInfo, today: date) -> str | None:
    """What is known already: a day that was named, the last call."""
    planned = f"hẹn {say.day(unit.planned_on, today)}" if unit.planned_on else None
    called = None
    if unit.called_at is not None and unit.call_result is not None:
        called = f"{_RESULTS[CallResult(unit.call_result)]} {say.moment(unit.called_at, zone)}"
    return ", ".join(part for part in (planned, called) if part) or None


def called_label(name: str, *, alone: bool) -> str:
    return CALLED if alone else f"{CALLED} {name}"


NAME_NEW = "Ghi bí thư mới"


def who_is_new(unit: str) -> str:
    return f"Đã ghi. {bold(unit)} có bí thư mới: đồng chí ghi tên để hệ thống nhắc đúng người."


def what_came_of_it(unit: str) -> str:
    return f"{bold(unit)}: kết quả cuộc gọi thế nào?"


def promised(unit: str, day: date) -> str:
    return f"Đã ghi: {bold(unit)} hẹn {say.day(day)}. Tối hôm đó hệ thống sẽ hỏi đơn vị."


def zalo(plan: str, duty: str, until: str, received: int, due: int) -> str:
    """To be pasted into a group: no names of those who are late."""
    return (
        f"Kính gửi các đồng chí bí thư. Về {plan}: {duty.lower()}, {until}."
        f" Đến nay đã có {received}/{due} đơn vị báo cáo. Đồng chí nào chưa gửi thì gửi giúp trên hệ thống"
        " (gõ /baocao, chừng một phút); vướng ở đâu nhắn lại để cùng gỡ. Xin cảm ơn các đồng chí."
    )


def zalo_to_copy(text: str) -> str:
    return lines("Đồng chí chạm vào đoạn dưới để chép, rồi dán vào nhóm:", f"<pre>{esc(text)}</pre>")


def nudged(people: int, unit: str, quiet_until: str | None) -> str:
    """`quiet_until`: it is night, and nobody is woken."""
    when = f"sẽ nhắn từ {quiet_until}" if quiet_until else "đang nhắn"
    return (
        f"Đã đôn đốc: hệ thống {when} {say.number(people)} đơn vị chưa báo cáo của {bold(unit)}."
        " Đơn vị đã hẹn ngày thì chưa nhắc."
    )


def nudged_already(at: datetime, zone: ZoneInfo) -> str:
    return f"Hôm nay đã đôn đốc lúc {say.clock(at, zone)}. Mỗi ngày chỉ đôn đốc một lần."


def units_to_call(number: int, count: int, page: int, pages: int) -> str:
    shown = f" · trang {page + 1}/{pages}" if pages > 1 else ""
    return f"<b>{say.number(count)} đơn vị chưa ai nhận được thông báo số {number}</b>{shown}"
