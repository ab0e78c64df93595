"""Reminders: one message a person, everything still owed, a button for each."""

from datetime import date

from bot.texts import say
from bot.texts.markup import bold, lines

HAVE_DAY = "Đã có lịch"
LATER = "Để sau"
SNOOZED = "Vâng, hệ thống sẽ nhắc lại vào sáng mai."


def digest(unit: str, last_day: date | None, today: date, owed: list[str], *, topic: str | None) -> str:
    """`topic`: why it comes now, where it is not a deadline ("Đoàn xã đã ghi hội nghị hôm nay")."""
    return lines(f"{_opening(last_day, today, topic)}{bold(unit)} cần:", *owed)


def _opening(last_day: date | None, today: date, topic: str | None) -> str:
    if topic is not None:
        return f"<b>{topic}.</b> "
    if last_day is None:
        return ""
    left = (last_day - today).days
    until = say.until(last_day, today)
    if left < 0:
        return f"<b>Đã quá hạn</b> ({say.day(last_day, today)}), "
    if left == 0:
        return f"<b>Hôm nay là ngày cuối</b>, {until}, "
    return f"<b>Còn {left} ngày</b>, {until}, "


SESSION_RECORDED = "Đơn vị cấp trên đã ghi hội nghị"
PLANNED_DAY = "Hôm nay là ngày đã hẹn học"
ASKED_FROM_ABOVE = "Đoàn cấp trên đề nghị báo cáo"
