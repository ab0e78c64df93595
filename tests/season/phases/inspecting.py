"""Inspections: teams visit, count and find; what is to be mended is mended, or the unit is reminded."""

from collections.abc import Callable
from datetime import date
from typing import Any

from bot.texts import say
from tests.people import Message
from tests.season.ledger import Visit
from tests.season.people import Actor
from tests.season.province import Human, Unit
from tests.season.stage import Script, Season

NAME = "inspecting"


def plan(season: Season) -> None:
    for level, visits in (("district", 3), ("province", 8)):
        for team in season.province.at(level):
            if not season.province.below[team.code]:
                continue
            for _ in range(visits):
                leader = next(one for one in season.province.of_unit[team.code] if one.leads)
                season.some_day(NAME, date(2018, 11, 22), date(2018, 12, 27), leader, _visits(season, team))

    def told(human: Human, message: Message, _about: dict[str, Any]) -> None:
        leads = season.province.leader(human.unit) is human
        if (
            leads
            and "Đã khắc phục" in message.labels
            and "đã kiểm tra" in message.text
            and season.chances(0.7)
        ):
            season.soon(NAME, human, _mends(season), days=season.chance.randint(1, 9))
        if "Đóng" in message.labels and "đã khắc phục sau kiểm tra" in message.text:
            season.soon(NAME, human, _closes, days=1)

    season.watchers.append(told)


def _visits(season: Season, team: Unit) -> Callable[[Actor], Script]:
    chance = season.chance
    asks_the_bot, counts, mends = season.chances(0.5), season.chances(0.8), season.chances(0.5)

    def script(who: Actor) -> Script:
        below = season.province.subtree(team.code) - {team.code}
        named = {_named(season, code): season.province.units[code] for code in sorted(below)}
        yield who.says("/kiemtra")
        yield who.presses("Đề xuất nơi kiểm tra" if asks_the_bot else "Chọn đơn vị")
        offered = [one for one in who.labels if one in named]
        if offered:
            place = named[label := chance.choice(offered)]
            yield who.presses(label)
        else:
            label = chance.choice(sorted(named))
            place = named[label]
            above = season.province.units[place.parent or team.code].name.replace("Đoàn xã ", "")
            yield who.says(f"{place.name} {above}" if place.level == "branch" else place.name)
            if label in who.labels:
                yield who.presses(label)
        if "đợt kiểm tra" in who.text and "Xem đợt kiểm tra" in who.labels:
            return  # one is under way there
        yield who.presses("Hôm nay")
        who.expects("Đã hẹn kiểm tra", place.name)
        yield who.presses("Đã kiểm tra")
        yield who.presses("Hôm nay")
        members = place.members if counts else None
        seen = (chance.randint(members // 2, members), members) if members else None
        yield who.says(f"{seen[0]}/{seen[1]}") if seen else who.presses("Chưa ghi")
        yield who.presses("Chưa ghi")
        for place_in_list in range(len(season.plan.inspection_checklist)):
            if season.chances(0.2):
                yield who.presses("Có điểm cần lưu ý")
                yield who.says(f"Cần bổ sung mục {place_in_list + 1}")
            else:
                yield who.presses("Tốt")
        yield who.photographs()
        yield who.presses("Xong")
        if mends:
            yield who.says("Bổ sung tài liệu cho đoàn viên")
            yield who.presses(who.label("Ngày "))
        else:
            yield who.presses("Không có")
        yield who.presses("Gửi")
        who.expects("Đã ghi kết quả kiểm tra", place.name)
        season.ledger.visits.append(Visit(place.code, team.code, season.today, seen, mended=not mends))

    return script


def _named(season: Season, code: str) -> str:
    unit = season.province.units[code]
    above = season.province.units[unit.parent or ""].name
    return say.both_ends(f"{unit.name}, {above}")


def _mends(season: Season) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        asked = next((one for one in reversed(who.person.messages) if "Đã khắc phục" in one.labels), None)
        if asked is None or who.human.blocks:
            return
        yield who.presses("Đã khắc phục", asked)
        if "khắc phục thế nào" not in who.text:
            return
        yield who.says("Đã in thêm đề cương")
        who.expects("Đã gửi")
        # The latest one is what the newest button is about.
        open_ = [one for one in season.ledger.visits if one.unit == who.human.unit and not one.mended]
        open_[-1].mended = True

    return script


def _closes(who: Actor) -> Script:
    asked = next((one for one in reversed(who.person.messages) if "Đóng" in one.labels), None)
    if asked is not None:
        yield who.presses("Đóng", asked)
