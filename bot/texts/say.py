"""Days, times and numbers as people say them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from rules.counting import Count
from rules.names import shorten


def day(value: date, today: date | None = None) -> str:
    """ "12/11"; with the year where it is not the present one."""
    short = f"{value.day:02d}/{value.month:02d}"
    return short if today is None or value.year == today.year else f"{short}/{value.year}"


def moment(value: datetime, zone: ZoneInfo) -> str:
    """ "19 giờ 42 ngày 12/11"."""
    local = value.astimezone(zone)
    return f"{local.hour:02d} giờ {local.minute:02d} ngày {day(local.date())}"


def clock(value: datetime, zone: ZoneInfo) -> str:
    """ "19 giờ 42"."""
    local = value.astimezone(zone)
    return f"{local.hour:02d} giờ {local.minute:02d}"


def as_of(value: datetime, zone: ZoneInfo) -> str:
    """ "17 giờ ngày 12/12": figures that change all the time need no minute where it is a whole hour."""
    local = value.astimezone(zone)
    return moment(value, zone) if local.minute else f"{local.hour:02d} giờ ngày {day(local.date())}"


def number(value: int) -> str:
    """ "12.450"."""
    return f"{value:,}".replace(",", ".")


def percent(part: int, whole: int) -> str:
    """ "89,3%"; "100%" only when nothing is missing, "0%" only when there is nothing."""
    share = Count(part, whole).percent
    if share is None:
        return "chưa ghi"
    if 0 < part < whole:
        share = min(max(share, Decimal("0.1")), Decimal("99.9"))
    return f"{share:f}".removesuffix(".0").replace(".", ",") + "%"


def phone(e164: str) -> str:
    """ "0912 345 678"."""
    local = "0" + e164.removeprefix("+84")
    return f"{local[:4]} {local[4:7]} {local[7:]}" if e164.startswith("+84") else e164


def beginning(text: str, limit: int = 120) -> str:
    """Enough of a long text to know it by; the whole of it is kept elsewhere."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def both_ends(text: str, limit: int = 40) -> str:
    """For a button about a unit: what tells "… Hoằng Hóa 4" from "… Hoằng Hóa 3" stands at the end."""
    if len(text) <= limit:
        return text
    tail = limit // 3
    return f"{text[: limit - tail - 1].rstrip()}…{text[-tail:].lstrip()}"


def told_apart(people: Sequence[tuple[str, str]]) -> list[str]:
    """Buttons about (full name, role): short, but the role and then a number where two would look alike."""
    short = [shorten(name) for name, _ in people]
    labels = [
        f"{name}, {role}" if short.count(label) > 1 else label
        for label, (name, role) in zip(short, people, strict=True)
    ]
    times, so_far = Counter(labels), Counter[str]()
    for place, label in enumerate(labels):
        so_far[label] += 1
        if times[label] > 1:
            labels[place] = f"{label} ({so_far[label]})"
    return labels


def code(report_id: int) -> str:
    """ "0412"."""
    return f"{report_id:04d}"


def until(last_day: date, today: date | None = None) -> str:
    return f"chậm nhất hết ngày {day(last_day, today)}"


def lower_first(text: str) -> str:
    """ "Kế hoạch" as "kế hoạch"; "KH kiểm tra" stays."""
    return text if text[:2].isupper() and text[1:2].isalpha() else text[:1].lower() + text[1:]


def upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def hour(value: time) -> str:
    """ "06 giờ 30"."""
    return f"{value.hour:02d} giờ {value.minute:02d}"


def span(start: datetime, end: datetime, zone: ZoneInfo) -> str:
    """ "18 giờ 02 đến 18 giờ 29", with the days where there are two."""
    begun, over = start.astimezone(zone), end.astimezone(zone)
    if begun.date() == over.date():
        return f"{clock(start, zone)} đến {clock(end, zone)}"
    return f"{moment(start, zone)} đến {moment(end, zone)}"
