"""What a person still owes and has handed in."""

from collections.abc import Sequence
from datetime import date

from bot.texts import say
from bot.texts.documents import number_and_day
from bot.texts.markup import bold, esc, lines
from storage.duties import Owed
from storage.essays import Author, Tally

REPORT = "Báo cáo"
ESSAY = "Nộp bài"
NAMES_SHOWN = 4


def owed_line(owed: Owed, today: date, *, said: date | None = None) -> str:
    """`said`: the day that stands above the list already."""
    new = owed.last_day is not None and owed.last_day != said
    until = f", {say.until(owed.last_day, today)}" if owed.last_day and new else ""
    late = " (đã quá hạn)" if owed.last_day and new and owed.last_day < today else ""
    planned = f" · dự kiến {say.day(owed.planned_on, today)}" if owed.planned_on else ""
    return f"▸ {esc(owed.duty.title)}{until}{late}{planned}"


def essays_line(missing: Sequence[Author], own: int | None) -> str:
    """`own`: the reader, who is "của đồng chí"."""
    others = [one for one in missing if one.person_id != own]
    if len(others) < len(missing):
        if not others:
            return "▸ Bài thu hoạch của đồng chí"
        return f"▸ Bài thu hoạch của đồng chí và {len(others)} đồng chí cán bộ"
    names = ", ".join(one.full_name for one in others[:NAMES_SHOWN])
    more = f" và {len(others) - NAMES_SHOWN} đồng chí" if len(others) > NAMES_SHOWN else ""
    return f"▸ Bài thu hoạch: {esc(names)}{more}"


def returned_essays(authors: Sequence[Author]) -> list[str]:
    """Below the line of essays: no line, or one."""
    names = ", ".join(one.full_name for one in authors[:NAMES_SHOWN])
    return [f"  Người đọc đề nghị bổ sung bài của: {esc(names)}"] if names else []


def done_line(owed: Owed) -> str:
    number = f", {esc(number_and_day(owed.numbered))}" if owed.numbered is not None else ""
    return f"✓ {esc(owed.duty.title)}{number}, mã {say.code(owed.report_id or 0)}"


def tally_line(tally: Tally) -> str:
    return f"✓ {say.number(tally.attended)}/{say.number(tally.expected)} bài thu hoạch của đoàn viên"


def more_units(count: int) -> str:
    return f"và {count} đơn vị khác: đồng chí gõ /baocao để chọn."


def unit_part(
    unit: str, missing: Sequence[str], done: Sequence[str], *, plan_name: str, title: str | None
) -> str:
    head = title or f"Theo {esc(plan_name)}, {bold(unit)}:"
    if not missing:
        return lines(head, *done, "Không còn việc nào phải làm. Cảm ơn đồng chí.")
    return lines(head, *done, "Còn:" if done else None, *missing)


NOTHING_ASSIGNED = "Đồng chí chưa được phân công đơn vị nào. Đồng chí nhắn cán bộ phụ trách giúp."
WHICH_UNIT = "Đồng chí báo cáo cho đơn vị nào?"
NOTHING_TO_REPORT = "Đơn vị của đồng chí không phải báo cáo việc nào theo kế hoạch này."


def greeting(given_name: str) -> str:
    return f"Chào đồng chí {esc(given_name)}."
