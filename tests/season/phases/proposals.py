"""What branches and essays propose is answered by the communes and the districts; the answer goes back."""

from collections.abc import Callable
from datetime import date

from tests.season.people import Actor
from tests.season.province import Unit
from tests.season.stage import Script, Season

NAME = "proposals"


def plan(season: Season) -> None:
    for level in ("grassroots", "district"):
        for unit in season.province.at(level):
            if season.province.below[unit.code] and season.chances(0.6):
                leader = season.province.of_unit[unit.code][0]
                season.some_day(NAME, date(2018, 12, 5), date(2019, 1, 4), leader, _answers(season, unit))


def _answers(season: Season, desk: Unit) -> Callable[[Actor], Script]:
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
            if "Trả lời" in who.labels:
                yield who.presses("Trả lời")
                if "đã được trả lời" in who.text:
                    continue  # somebody above was quicker
                yield who.says("Cấp trên đã bố trí, đơn vị nhận trong tuần sau.")
                who.expects("câu trả lời")
                waiting[0].answered = True
            yield who.presses("Các kiến nghị")

    return script
