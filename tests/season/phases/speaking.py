"""Registers of speakers are kept, the province has them trained, and whoever is above each host judges them."""

import re
from collections.abc import Callable
from datetime import date
from datetime import time as hour

from tests.season.ledger import Training
from tests.season.people import Actor
from tests.season.province import Unit
from tests.season.stage import Script, Season

NAME = "speaking"
_TRAINED_ON = date(2018, 10, 20)
_HOLDER = "Trung tâm hoạt động và bồi dưỡng cán bộ, thanh thiếu nhi tỉnh"
# (first day, last day) in which what was spoken is judged; (level, how many of them at most).
_ROUNDS = ((date(2018, 11, 20), date(2018, 11, 30)), (date(2018, 12, 20), date(2019, 1, 4)))
_CARD = re.compile(r", báo cáo ngày \S+ tại (.+)$", re.MULTILINE)
GRADES = ("Tốt", "Khá", "Trung bình", "Yếu")


def plan(season: Season) -> None:
    for level, share, most in (("province", 1.0, 1), ("district", 0.9, 2), ("grassroots", 0.3, 1)):
        for unit in season.province.at(level):
            if unit.level != "branch" and season.chances(share):
                leader = season.province.of_unit[unit.code][0]
                last = date(2018, 10, 18) if level != "grassroots" else date(2018, 11, 9)
                season.some_day(NAME, date(2018, 10, 8), last, leader, _registers(season, unit, most))
    for code in ("province", "district"):
        for unit in season.province.at(code):
            if season.province.below[unit.code]:
                leader = season.province.of_unit[unit.code][0]
                for first, last in _ROUNDS:
                    if season.chances(0.8):
                        season.some_day(NAME, first, last, leader, _judges(season, unit))
    province = season.province.of_unit[season.province.top.code][0]
    season.at(NAME, season.local(date(2018, 10, 22), hour(16)), province, _records_training(season))


def _registers(season: Season, unit: Unit, most: int) -> Callable[[Actor], Script]:
    people = [one.name for one in season.province.of_unit[unit.code]]
    chosen = season.chance.sample(people, min(most, len(people)))
    if season.chances(0.3):
        chosen.append(f"Giảng viên {season.chance.choice('ABCDEGH')} {unit.code}")

    def script(who: Actor) -> Script:
        if not who.human.linked:
            return
        for name in chosen:
            yield who.says("/baocaovien")
            yield who.presses("Thêm người")
            yield who.says(name)
            if "công tác ở đâu" in who.text:
                yield who.says("Trường Chính trị tỉnh")
            who.expects("vào danh sách báo cáo viên")
            season.ledger.registers[unit.code].append(name)

    return script


def _records_training(season: Season) -> Callable[[Actor], Script]:
    """Some districts by names, all in the register; others by number."""
    districts = season.province.at("district")
    came = [one for one in districts if season.chances(0.7)][:6] or districts[:1]
    by_number = {one.code for one in came if season.chances(0.5)}

    def script(who: Actor) -> Script:
        recorded = Training(_TRAINED_ON, _HOLDER)
        yield who.says("/baocaovien")
        yield who.presses(who.label("Tập huấn ("))
        yield who.presses("Ghi tập huấn")
        yield who.says(f"{_TRAINED_ON:%d/%m/%Y}")
        yield who.says("Sầm Sơn")
        who.expects("Đơn vị nào tổ chức lớp?")
        yield who.says(_HOLDER)
        yield who.presses("Không ghi")
        for unit in came:
            yield who.says(unit.name)
            who.expects("người dự")
            below = season.province.subtree(unit.code)
            register = [(code, name) for code in below for name in season.ledger.registers[code]]
            if unit.code in by_number or not register:
                recorded.people[unit.code] = season.chance.randint(3, 30)
                yield who.says(str(recorded.people[unit.code]))
            else:
                recorded.people[unit.code] = len(register)
                recorded.names |= set(register)
                yield who.presses("Chọn tất cả")
            yield who.presses("Xong")
        yield who.presses("Xong")
        yield who.photographs()
        yield who.presses("Xong")
        yield who.presses("Gửi báo cáo")
        who.expects("Đã nhận báo cáo, mã")
        season.ledger.trainings.append(recorded)

    return script


def _judges(season: Season, desk: Unit) -> Callable[[Actor], Script]:
    named = {one.name: one.code for one in season.province.below[desk.code]}

    def script(who: Actor) -> Script:
        yield who.says("/baocaovien")
        waiting = next((one for one in who.labels if one.startswith("Đánh giá (")), None)
        if waiting is None or waiting == "Đánh giá (0)":
            return
        yield who.presses(waiting)
        yield who.presses(who.labels[0])
        while "Tốt" in who.labels:
            host = named[_CARD.findall(who.card("Tốt"))[-1]]
            grade = season.chance.choices(GRADES, (50, 30, 15, 5))[0]
            yield who.presses(grade)
            if grade == "Yếu":
                yield who.says("Cần chuẩn bị kỹ hơn, bớt đọc.")
            who.expects("Đã ghi <b>")
            season.ledger.judged[host][grade] += 1

    return script
