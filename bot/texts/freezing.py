"""Figures that were frozen and passed upward, as who froze them and the level above read it."""

from zoneinfo import ZoneInfo

from bot.texts import say
from bot.texts.markup import bold, esc, lines
from bot.texts.progress import NOBODY_YET, UNKNOWN, attendance, so_many, times
from storage.figures import Overall
from storage.snapshots import Snapshot

FREEZE_NOW = "Đồng ý chốt"


def _pairs(overall: Overall) -> list[tuple[str, str]]:
    """What is compared, and how it is said."""
    figures = overall.main
    pairs = [
        ("báo cáo", so_many(figures.received, figures.due)),
        ("đúng hạn", say.number(figures.on_time)),
        ("chậm hạn", say.number(figures.late)),
        ("tiếp nhận", say.number(figures.accepted)),
        ("đoàn viên", attendance(figures) or NOBODY_YET),
    ]
    seen = overall.inspected.units
    pairs.append(("kiểm tra", f"{say.number(seen)} đơn vị" if seen else UNKNOWN))
    if overall.essays is not None:
        pairs.append(("bài thu hoạch", so_many(overall.essays.received, overall.essays.owed)))
    return pairs


def differences(then: Overall, now: Overall) -> list[str]:
    """ "báo cáo 402/437 → 412/437": what is not as it was."""
    return [
        f"{name} {before} → {after}"
        for (name, before), (_name, after) in zip(_pairs(then), _pairs(now), strict=False)
        if before != after
    ]


def since_frozen(frozen: Snapshot, now: Overall, zone: ZoneInfo) -> str:
    """Beside the live figures: what was passed upward, and what differs since."""
    changed = differences(frozen.overall, now)
    figures = frozen.overall.main
    return lines(
        f"<b>Đã chốt</b> {say.as_of(frozen.at, zone)}: {so_many(figures.received, figures.due)}",
        f"Từ đó: {', '.join(changed)}" if changed else "Từ đó chưa có gì thay đổi.",
    )


def _frozen_figures(noun: str, overall: Overall) -> str:
    figures = overall.main
    members, essays = attendance(figures), overall.essays
    return "; ".join(
        part
        for part in (
            f"{so_many(figures.received, figures.due)} {esc(noun)}",
            times("đúng hạn", figures.on_time, "chậm hạn", figures.late),
            f"đoàn viên {members}" if members else None,
            f"bài thu hoạch {so_many(essays.received, essays.owed)}" if essays else None,
        )
        if part
    )


def sure_to_freeze(unit: str, superior: str | None, noun: str, now: Overall) -> str:
    told = f" và báo {esc(superior)}" if superior else ""
    return lines(
        f"{bold(unit)}: {_frozen_figures(noun, now)}.",
        f"Chốt số liệu như lúc đồng chí bấm{told}? Số đã chốt không sửa được; báo cáo vẫn nhận tiếp.",
    )


def was_frozen(superior: str | None, noun: str, frozen: Snapshot, zone: ZoneInfo) -> str:
    """To who froze them."""
    return lines(
        f"<b>Đã chốt số liệu</b>, tính đến {say.as_of(frozen.at, zone)}: {_frozen_figures(noun, frozen.overall)}.",
        f"Hệ thống đã báo {esc(superior)}." if superior else None,
    )


def below_froze(unit: str, noun: str, frozen: Snapshot, zone: ZoneInfo) -> str:
    """To the officers of the level above."""
    return (
        f"{bold(unit)} đã chốt số liệu: {_frozen_figures(noun, frozen.overall)},"
        f" tính đến {say.as_of(frozen.at, zone)}."
    )
