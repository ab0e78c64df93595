"""Units report what they publish: with a link, with a scan, with nothing; one link twice is refused."""

from collections.abc import Callable
from datetime import date

from tests.season.ledger import Item
from tests.season.people import Actor
from tests.season.province import Unit
from tests.season.stage import Script, Season

NAME = "publishing"
_MOST = {"province": 6, "district": 4, "grassroots": 1}


def plan(season: Season) -> None:
    links: list[str] = []
    for level, most in _MOST.items():
        for unit in season.province.at(level):
            for _ in range(season.chance.randint(0, most)):
                leader = season.province.of_unit[unit.code][0]
                season.some_day(
                    NAME, date(2018, 10, 10), date(2019, 1, 3), leader, _reports(season, unit, links)
                )


def _reports(season: Season, unit: Unit, links: list[str]) -> Callable[[Actor], Script]:
    chance = season.chance
    kind = chance.choice(season.plan.media)
    number = chance.randrange(10**9)
    proof = chance.choice(("link", "link", "scan", "none"))
    copies = season.chances(0.06)

    def script(who: Actor) -> Script:
        if not who.human.linked:
            return
        title = f"Học tập Nghị quyết 01, {unit.name} {number}"
        yield who.says("/tuyentruyen")
        yield who.presses("Báo tin, bài")
        yield who.presses(kind.name)
        yield who.says(title)
        yield who.presses("Hôm qua")
        if copies and links:
            yield who.says(chance.choice(links))
            assert "Gửi" not in who.labels, who.text
        if proof == "link":
            links.append(f"https://tinhdoan.vn/bai-{number}")
            yield who.says(links[-1])
        elif proof == "scan":
            yield who.photographs()
            yield who.presses("Xong")
        else:
            yield who.presses("Không có")
        yield who.presses("Gửi")
        who.expects("Đã ghi")
        season.ledger.media.append(Item(unit.code, kind.name, title))

    return script
