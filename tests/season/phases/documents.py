"""Documents that are handed in: the units' own plans, the communes' summaries, the districts' final reports."""

from collections.abc import Callable
from datetime import date

from tests.season.counting import NUMBERED
from tests.season.people import Actor
from tests.season.province import Unit
from tests.season.stage import Script, Season

NAME = "documents"
# (level, duty, its button, share, first day, last day)
_PAPERS = (
    ("district", "implementation_plan", "Nộp kế hoạch", 0.95, date(2018, 10, 8), date(2018, 10, 20)),
    ("grassroots", "implementation_plan", "Nộp kế hoạch", 0.8, date(2018, 10, 20), date(2018, 11, 20)),
    ("district", "inspection_plan", "Nộp KH kiểm tra", 0.8, date(2018, 11, 5), date(2018, 11, 25)),
    ("grassroots", "summary", "Nộp tổng hợp", 0.4, date(2018, 12, 30), date(2019, 1, 4)),
    ("district", "final_report", "Nộp báo cáo", 0.4, date(2019, 1, 2), date(2019, 1, 4)),
    ("district", "final_report", "Nộp báo cáo", 0.5, date(2019, 1, 5), date(2019, 1, 5)),  # too late
)


def plan(season: Season) -> None:
    for level, duty, button, share, first, last in _PAPERS:
        for unit in season.province.at(level):
            if season.chances(share):
                leader = season.province.of_unit[unit.code][0]
                season.some_day(NAME, first, last, leader, _hands_in(season, unit, duty, button))


def _hands_in(season: Season, unit: Unit, duty: str, button: str) -> Callable[[Actor], Script]:
    scans = season.chances(0.3)
    day = f"{season.chance.randint(26, 30)}/09/2018"
    number = None if season.chances(0.2) else f"{season.chance.randint(1, 99)}-KH/ĐTN ngày {day}"

    def script(who: Actor) -> Script:
        if not who.human.linked or (duty, unit.code) in season.ledger.documents:
            return
        yield who.says("/trangthai")
        yield who.presses(button)
        if scans:
            yield who.photographs()
            yield who.photographs()
        else:
            yield who.uploads(f"{duty}.pdf")
        if duty in NUMBERED:
            yield who.presses("Xong")
            who.expects("số và ngày của văn bản")
            yield who.presses("Không có số") if number is None else who.says(number)
            who.expects("chưa ghi số" if number is None else number)
        yield who.presses("Gửi báo cáo")
        who.expects("Đã nhận báo cáo, mã")
        season.ledger.documents[duty, unit.code] = season.now
        season.ledger.numbers[duty, unit.code] = number

    return script
