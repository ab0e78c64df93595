"""The figures of a report, and what changed between two sendings: "Đoàn viên: 45/50 → 47/50"."""

from typing import Any

from bot.texts import say
from bot.texts.documents import number_and_day
from bot.texts.markup import esc
from rules.revisions import Figure, Figures, changed

NOT_SAID = "chưa ghi"
NOTHING_CHANGED = "Chưa có mục nào thay đổi so với lần gửi trước."
SEND_AGAIN = "Gửi lại?"

_LABELS = {
    Figure.NUMBER: "Số, ngày văn bản",
    Figure.DAY: "Ngày",
    Figure.PLACE: "Địa điểm",
    Figure.SPEAKERS: "Báo cáo viên",
    Figure.MEMBERS: "Đoàn viên",
    Figure.CADRES: "Cán bộ",
    Figure.ABSENT: "Vắng",
    Figure.YOUTH: "Thanh niên",
    Figure.AT_HOME: "Có mặt tại địa phương",
    Figure.MAKE_UPS: "Học bù",
    Figure.HALL: "Hội trường",
    Figure.GROUPS: "Thành phần triệu tập",
    Figure.MATERIALS: "Tài liệu",
    Figure.PROPOSAL: "Kiến nghị",
}


def figure_lines(now: Figures, before: Figures | None) -> list[str]:
    """Everything that was said, a line each; where `before` said otherwise, that in front.

    Of members the cadres among them are always told, be it that they were not.
    """
    said = {*now, *(before or ()), *((Figure.CADRES,) if Figure.MEMBERS in now else ())}
    shown = [figure for figure in Figure if figure in said]
    return [_line(figure, now, before) for figure in shown if not _within_cadres(figure, now)]


def changes(before: Figures, now: Figures, photos_added: int) -> str:
    """What a correction would change, and the question whether to send it."""
    told = [
        _line(figure, now, before)
        for figure in _with_cadres(changed(before, now))
        if not _within_cadres(figure, now)
    ]
    if photos_added:
        told.append(f"Ảnh: thêm <b>{photos_added}</b>")
    if not told:
        return f"{NOTHING_CHANGED} {SEND_AGAIN}"
    return f"{told[0]}. {SEND_AGAIN}" if len(told) == 1 else "\n".join([*told, SEND_AGAIN])


def _with_cadres(figures: list[Figure]) -> list[Figure]:
    """Who was absent is told behind the number of cadres."""
    if Figure.ABSENT in figures and Figure.CADRES not in figures:
        return [Figure.CADRES if figure is Figure.ABSENT else figure for figure in figures]
    return figures


def _within_cadres(figure: Figure, now: Figures) -> bool:
    return figure is Figure.ABSENT and Figure.CADRES in now


def _line(figure: Figure, now: Figures, before: Figures | None) -> str:
    shown = _value(figure, now.get(figure))
    if before is not None and before.get(figure) != now.get(figure):
        shown = f"{_value(figure, before.get(figure))} → <b>{shown}</b>"
    if figure is Figure.CADRES and Figure.ABSENT in now:
        shown += f" (vắng: {_value(Figure.ABSENT, now[Figure.ABSENT])})"
    return f"{_LABELS[figure]}: {shown}"


def _value(figure: Figure, value: Any) -> str:
    match figure:
        case _ if value is None:
            return NOT_SAID
        case Figure.NUMBER:
            return esc(number_and_day(value))
        case Figure.DAY:
            return say.day(value)
        case Figure.MEMBERS | Figure.CADRES:
            return f"{say.number(value[0])}/{say.number(value[1])}"
        case Figure.ABSENT:
            return esc("; ".join(f"{name}, {say.lower_first(why)}" if why else name for name, why in value))
        case Figure.SPEAKERS:
            return esc(", ".join(value))
        case Figure.GROUPS:
            attended, expected = (sum(one[place] for one in value) for place in (1, 2))
            return f"{say.number(attended)}/{say.number(expected)}"
        case Figure.MAKE_UPS:
            return f"{value} buổi"
        case Figure.HALL:
            return f"{say.number(value)} người"
        case Figure.MATERIALS:
            return "đủ" if value else "thiếu"
        case Figure.PLACE | Figure.PROPOSAL:
            return esc(say.beginning(value))
        case _:
            return say.number(value)
