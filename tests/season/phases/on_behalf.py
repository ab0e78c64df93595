"""Past the last day communes are told who is missing, ring, and report on behalf of those: a line each."""

from collections.abc import Callable
from typing import Any

from tests.people import Message
from tests.season.ledger import Line
from tests.season.people import Actor
from tests.season.province import Human, Unit
from tests.season.stage import Script, Season

NAME = "on behalf"
_MOST = 15  # lines a message


def plan(season: Season) -> None:
    asked: set[str] = set()

    def told(human: Human, _message: Message, about: dict[str, Any]) -> None:
        unit = season.province.units[human.unit]
        if (
            "escalation" in about
            and unit.level == "grassroots"
            and unit.code not in asked
            and season.chances(0.9)
        ):
            asked.add(unit.code)
            season.soon(NAME, human, _reports(season, unit), days=season.chance.randint(0, 2))

    season.watchers.append(told)


def _reports(season: Season, host: Unit) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        ledger = season.ledger
        missing = [one for one in season.province.below[host.code] if one.code not in ledger.participations]
        reached = [one for one in missing if season.chances(0.75)][:_MOST]
        if not reached:
            return
        held = ledger.sessions[host.code]
        day = held[0].day if held else season.today
        said: dict[str, Line] = {}
        typed = [f"{day:%d/%m/%Y}"]
        for unit in reached:
            members = season.chance.randint(3, unit.members or 3)
            line = Line(day, members, unit.members or 0)
            told = ""
            if season.chances(0.5):
                line.cadres = line.cadres_expected = unit.cadres
                told = f", cán bộ {unit.cadres}/{unit.cadres}"
            said[unit.code] = line
            typed.append(f"{unit.name.removeprefix('Chi đoàn ')} {members}/{unit.members}{told}")
        yield who.says("\n".join(typed))
        who.expects("Báo hộ")
        yield who.presses(f"Gửi {len(said)} báo cáo")
        who.expects(f"Đã nhận {len(said)} báo cáo hộ")
        for code, line in said.items():
            ledger.report(code, [line], season.now, on_behalf=True)

    return script
