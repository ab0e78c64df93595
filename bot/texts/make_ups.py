"""Cadres who are still to make up: what officers and the secretaries of their units read."""

from collections.abc import Sequence

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from storage.make_ups import Incomplete, Left

NEEDED = "Cần học bù"
PLAN = "Lên lịch học bù"
NOBODY = "Không còn cán bộ nào phải học bù, theo các báo cáo đã gửi."
NOT_REPORTED = "Đơn vị chưa báo cáo học tập. Đồng chí báo cáo trước, rồi ghi học bù."


def left(left: Left) -> str | None:
    """In /tiendo; None: nobody."""
    return f"Cán bộ còn phải học bù: {say.number(left.cadres)}" if left.cadres else None


def _head(unit: str, left: Left) -> str:
    many = f"{say.number(left.cadres)} cán bộ ở {say.number(left.units)} đơn vị"
    return f"{bold(unit)} · cần học bù: {many}"


def units(unit: str, whole: Left, shown: Sequence[Incomplete]) -> str:
    return lines(_head(unit, whole), *(_unit(one) for one in shown))


def _unit(one: Incomplete) -> str:
    named = [f"{name} ({reason})" if reason else name for name, reason, _person in one.absent]
    unnamed = one.cadres - len(named)
    if unnamed > 0:
        named.append(f"{unnamed} đồng chí chưa có tên")
    return f"▸ {esc(one.name)}: {esc(', '.join(named))}"


def below(unit: str, whole: Left) -> str:
    return _head(unit, whole)


def below_label(unit: str, left: Left) -> str:
    return f"{say.both_ends(unit, 32)} · {say.number(left.cadres)}"


def digest(units: Sequence[Incomplete]) -> str:
    """Once a week; `units` are the person's own, or below them."""
    return lines("<b>Cán bộ chưa học, cần học bù</b>", *(_unit(one) for one in units))


def more(units: int) -> str:
    return f"Và {say.number(units)} đơn vị nữa."


def in_report(left: Left) -> str | None:
    """In the official report."""
    if not left.cadres:
        return None
    where = f"{say.number(left.cadres)} cán bộ của {say.number(left.units)} đơn vị"
    return f"{where} chưa tham gia học tập, cần tổ chức học bù."
