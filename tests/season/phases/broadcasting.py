"""Broadcasts to everybody and to those who have not reported; officers press [Đôn đốc ngay]."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from datetime import time as hour
from typing import Any

from tests.people import Message
from tests.season.checks import Check, each
from tests.season.ledger import Broadcast
from tests.season.people import Actor
from tests.season.province import Human, Unit
from tests.season.stage import Script, Season

NAME = "broadcasting"
_DAYS = (
    (date(2018, 11, 20), "Tất cả"),
    (date(2018, 12, 22), "Chưa báo cáo"),
    (date(2019, 1, 2), "Chưa báo cáo"),
)
_PART = re.compile(r"(đã gửi|chưa kết nối|chặn|vừa báo cáo|thôi chức vụ|lỗi|không rõ|đã dừng) ([\d.]+)")


def plan(season: Season) -> None:
    texts: dict[str, tuple[str, Unit]] = {}
    ordered: dict[int, list[str]] = defaultdict(list)  # by the sender's chat: those without an account yet
    for day, whom in _DAYS:
        for desk in [season.province.top, *season.province.at("district")[:2]]:
            sender = season.province.of_unit[desk.code][0]
            text = f"Đề nghị các đơn vị thực hiện Kế hoạch 66 đúng tiến độ ({desk.name}, {day:%d/%m})."
            season.at(NAME, season.local(day, hour(9, 0)), sender, _sends(whom, text, ordered[sender.chat]))
            texts[text] = (whom, desk)
    for desk in season.province.at("district"):
        if season.province.below[desk.code] and season.chances(0.5):
            sender = season.province.of_unit[desk.code][0]
            season.at(NAME, season.local(date(2018, 12, 24), some_time(season)), sender, _nudges)

    seen: dict[str, int] = dict.fromkeys(texts, 0)

    def told(human: Human, message: Message, about: dict[str, Any]) -> None:
        if "broadcast" in about:
            seen[message.text] += 1
        elif "Đã gửi xong thông báo số" in message.text and "Đã chọn" in message.text:
            text = ordered[human.chat].pop(0)
            whom, desk = texts[text]
            counted = {"Đã chọn": 0, "chưa kết nối": 0, "chặn": 0}
            for one in _audience(season, desk, whom):
                counted["Đã chọn"] += one is not human
                counted["chưa kết nối"] += not one.linked
                counted["chặn"] += one.linked and one.blocks
            counted["đã gửi"] = seen[text]
            season.ledger.broadcasts.append(Broadcast(f"{desk.name}, {whom}", _read(message.text), counted))

    season.watchers.append(told)


def some_time(season: Season) -> hour:
    return hour(season.chance.choice((8, 14)), season.chance.randrange(60))


def _audience(season: Season, desk: Unit, whom: str) -> list[Human]:
    """As the roster and the ledger have it at this moment; the broadcast was written down in this same hour."""
    below = season.province.subtree(desk.code)
    people = [one for one in season.province.people if one.unit in below]
    if whom == "Tất cả":
        return people
    units = season.province.units
    return [
        one
        for one in people
        if units[one.unit].owes == "branch" and one.unit not in season.ledger.participations
    ]


def _read(text: str) -> dict[str, int]:
    line = next(one for one in text.splitlines() if one.startswith("Đã chọn"))
    found = {name: _number(count) for name, count in _PART.findall(line)}
    chosen = re.match(r"Đã chọn ([\d.]+)", line)
    assert chosen is not None
    zero = dict.fromkeys(("chưa kết nối", "chặn"), 0)
    return {**zero, **found, "Đã chọn": _number(chosen[1])}


def _number(shown: str) -> int:
    return int(shown.replace(".", ""))


def _sends(whom: str, text: str, ordered: list[str]) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        yield who.says("/thongbao")
        yield who.presses(whom)
        yield who.says(text)
        if "Gửi ngay" not in who.labels:
            return
        yield who.presses("Gửi ngay")
        if "Đang gửi thông báo" in who.text:
            ordered.append(text)
        else:  # nobody of them can be reached
            yield who.presses("Huỷ")

    return script


def _nudges(who: Actor) -> Script:
    yield who.says("/tiendo")
    if "Đôn đốc ngay" in who.labels:
        yield who.presses("Đôn đốc ngay")


def checks(season: Season) -> Iterator[Check]:
    """What its sender was told it came to: and it adds up."""
    for one in season.ledger.broadcasts:
        yield from each(f"thông báo: {one.whom}", one.told, one.counted)
        parts = sum(count for name, count in one.told.items() if name != "Đã chọn")
        yield Check(f"thông báo: {one.whom}", "adds up", parts, one.told["Đã chọn"])
