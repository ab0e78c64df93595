"""Communes carry the resolution out, some districts and branches too: activities, with people counted or not."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count

from tests.season.ledger import Activity
from tests.season.people import Actor
from tests.season.province import Unit
from tests.season.stage import Script, Season

NAME = "activities"
_KINDS = ("Ngày thứ bảy tình nguyện", "Ra quân dọn vệ sinh", "Diễn đàn thanh niên", "Thăm, tặng quà")
_SHARES = {"district": 0.5, "grassroots": 0.6, "branch": 0.06}


def plan(season: Season) -> None:
    numbers = count(1)
    for level, share in _SHARES.items():
        for unit in season.province.at(level):
            if season.chances(share):
                leader = season.province.of_unit[unit.code][0]
                for _ in range(season.chance.randint(1, 3)):
                    title = f"{season.chance.choice(_KINDS)} số {next(numbers)}"
                    first, last = date(2018, 11, 12), date(2019, 1, 3)
                    season.some_day(NAME, first, last, leader, _records(season, unit, title))


def _records(season: Season, unit: Unit, title: str) -> Callable[[Actor], Script]:
    people = None if season.chances(0.2) else season.chance.randint(8, 200)
    photos, yesterday = season.chance.randint(0, 2), season.chances(0.4)
    fewer = people is not None and people > 10 and season.chances(0.15)
    withdraws = season.chances(0.06)

    def script(who: Actor) -> Script:
        if not who.human.linked:
            return
        yield who.says("/hoatdong")
        yield who.presses("Ghi hoạt động")
        yield who.says(title)
        yield who.presses("Hôm qua" if yesterday else "Hôm nay")
        yield who.presses("Chưa đếm") if people is None else who.says(str(people))
        for _ in range(photos):
            yield who.photographs()
        yield who.presses("Xong" if photos else "Không có ảnh")
        yield who.presses("Gửi")
        who.expects(f"Đã ghi <b>{title}</b>")
        day = season.today - timedelta(days=1) if yesterday else season.today
        done = Activity(unit.code, title, day, people)
        season.ledger.activities.append(done)
        if fewer or withdraws:
            yield who.presses("Hoạt động đã ghi")
            yield who.presses(who.label(f"{day:%d/%m} "))
            who.expects(title)  # the last recorded stands first
        if withdraws:
            yield who.presses("Gỡ")
            yield who.presses("Gỡ, tôi chắc chắn")
            who.expects(title)
            season.ledger.activities.remove(done)
        elif fewer:
            yield who.presses("Sửa")
            yield who.presses("Số người")
            yield who.says("9")
            yield who.presses("Ghi lại")
            who.expects("Đã sửa")
            done.people = 9

    return script
