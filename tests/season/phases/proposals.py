"""What branches and essays propose is answered by the communes and the districts, or passed up; the answer goes
back.
"""

from collections.abc import Callable, Iterator
from datetime import date
from itertools import cycle

from tests.season.people import Actor
from tests.season.province import Unit
from tests.season.stage import Script, Season

NAME = "proposals"


def plan(season: Season) -> None:
    passes = cycle((True, False, False))  # is it passed up?
    for level in ("grassroots", "district"):
        for unit in season.province.at(level):
            if season.province.below[unit.code] and season.chances(0.6):
                leader = season.province.of_unit[unit.code][0]
                season.some_day(
                    NAME, date(2018, 12, 5), date(2019, 1, 4), leader, _answers(season, unit, passes)
                )


def _answers(season: Season, desk: Unit, passes: Iterator[bool]) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        if not who.human.linked:
            return
        below = season.province.subtree(desk.code) - {desk.code}
        yield who.says("/kiennghi")
        for _ in range(3):
            label = next((one for one in who.labels if one[:1].isdigit()), None)
            if label is None:
                return
            yield who.presses(label)
            card = who.text
            waiting = [
                one for one in season.ledger.proposals if one.unit in below and f"“{one.text}”" in card
            ]
            if "Chuyển cấp trên" in who.labels and next(passes):
                yield who.presses("Chuyển cấp trên")
                if "ghi thêm ý kiến" not in who.text:
                    continue  # somebody above was quicker
                yield who.presses("Không ghi thêm")
                who.expects("Đã chuyển kiến nghị tới")
                waiting[0].owner = desk.parent
            elif "Trả lời" in who.labels:
                yield who.presses("Trả lời")
                if "đã được trả lời" in who.text:
                    continue  # somebody above was quicker
                yield who.says("Cấp trên đã bố trí, đơn vị nhận trong tuần sau.")
                who.expects("câu trả lời")
                waiting[0].answered = True
            yield who.presses("Các kiến nghị")

    return script
