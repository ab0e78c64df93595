"""In the last days units contest what /binhxet says of them, and the level above decides most of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from tests.people import Message
from tests.season.counting import FACTS
from tests.season.ledger import Contest
from tests.season.people import Actor
from tests.season.province import Human, Unit
from tests.season.stage import Script, Season

NAME = "contesting"
_FIRST, _LAST = date(2018, 12, 31), date(2019, 1, 4)
_SHARES = {"district": 0.3, "grassroots": 0.15, "branch": 0.06}


def plan(season: Season) -> None:
    for level, share in _SHARES.items():
        for unit in season.province.at(level):
            if season.chances(share):
                leader = season.province.of_unit[unit.code][0]
                season.some_day(NAME, _FIRST, _LAST, leader, _contests(season, unit))

    def told(human: Human, message: Message, _about: dict[str, Any]) -> None:
        leader = season.province.of_unit[human.unit][0]
        if human is leader and "khiếu nại mục" in message.text and "đã xem" not in message.text:
            season.soon(NAME, human, _decides(season, message))

    season.watchers.append(told)


def _contests(season: Season, unit: Unit) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        if not who.human.linked:
            return
        yield who.says("/binhxet")
        if "Đơn vị mình" in who.labels:
            yield who.presses("Đơn vị mình")
        for title in [one for one in FACTS if one in who.labels]:
            yield who.presses(title)
            if "Khiếu nại" in who.labels:
                yield who.presses("Khiếu nại")
                if "chưa đúng ở điểm nào" not in who.text:
                    return
                yield who.says(f"Đơn vị {unit.code} đã làm đủ, số liệu chưa đúng.")
                who.expects("khiếu nại", season.province.units[unit.parent or ""].name)
                season.ledger.contests[unit.code, title] = Contest()
                return
            yield who.presses("Cả danh sách")

    return script


def _decides(season: Season, message: Message) -> Callable[[Actor], Script]:
    puts_off, accepts = season.chances(0.2), season.chances(0.5)

    def script(who: Actor) -> Script:
        if puts_off:
            return
        yield who.presses("Xem mục này", message)
        if "Chấp nhận" not in who.labels:
            return
        named = [
            one.code for one in season.province.below[who.human.unit] if f"<b>{one.name}</b> ·" in who.text
        ]
        title = next(one for one in FACTS if f" · {one}" in who.text)
        yield who.presses("Chấp nhận" if accepts else "Giữ nguyên")
        yield who.says("Đã xem lại hồ sơ của đơn vị.")
        who.expects("Đã ghi quyết định")
        season.ledger.contests[named[0], title].accepted = accepts

    return script
