"""Communes and districts sum up those below them: quick reports, summaries, final reports; the province accepts
most of them and returns some by part.
"""

from collections.abc import Callable, Iterator
from datetime import date
from datetime import time as hour
from itertools import cycle
from typing import Any

from tests.people import Message
from tests.season import counting, screens
from tests.season.checks import Check, each
from tests.season.counting import Part
from tests.season.ledger import Proposal, Relay
from tests.season.people import Actor
from tests.season.province import Human, Unit
from tests.season.stage import Script, Season

NAME = "relaying"
_QUICK = ((date(2018, 12, 5), 0.9), (date(2018, 12, 19), 0.6))
# (level, duty, its button, share, first day, last day)
_ONCE = (
    ("grassroots", "summary", "Báo cáo tổng hợp", 0.5, date(2018, 12, 26), 8),
    ("district", "final_report", "Báo cáo kết quả", 0.6, date(2019, 1, 2), 2),
)
_PARTS = ("Tỷ lệ tham gia", "Kết quả sau buổi", "Báo cáo viên", "Tài liệu", "Đề xuất, kiến nghị")


def plan(season: Season) -> None:
    season.kept["relay figures"] = []
    for day, share in _QUICK:
        for unit in _hosts(season, "district"):
            if season.chances(share):
                _at(season, day, 4, unit, _sends(season, unit, "quick_report", "Báo cáo nhanh"))
    for level, duty, button, share, first, days in _ONCE:
        for unit in _hosts(season, level):
            if season.chances(share):
                _at(season, first, days, unit, _sends(season, unit, duty, button))

    returned = cycle((False, True, False, False, False))
    province = season.province.of_unit[season.province.top.code][0]

    def told(human: Human, message: Message, _about: dict[str, Any]) -> None:
        if human is province and "Xem báo cáo" in message.labels and "gửi" in message.text:
            season.soon(
                NAME, human, _reads(season, message, returns=next(returned)), days=season.chance.randint(0, 2)
            )
        elif (
            "đề nghị bổ sung báo cáo" in message.text and season.province.units[human.unit].owes == "district"
        ):
            leader = season.province.leader(human.unit)
            if leader is human and season.chances(0.8):
                season.soon(NAME, human, _mends(season, message), days=season.chance.randint(0, 2))

    season.watchers.append(told)


def _hosts(season: Season, level: str) -> list[Unit]:
    return [one for one in season.province.at(level) if season.province.below[one.code]]


def _at(season: Season, first: date, days: int, unit: Unit, script: Callable[[Actor], Script]) -> None:
    """Alone: the figures are counted at this very moment."""
    day = date.fromordinal(first.toordinal() + season.chance.randint(0, days))
    when = season.local(day, hour(season.chance.choice((9, 14, 16)), season.chance.randrange(60)))
    season.at(NAME, when, season.province.of_unit[unit.code][0], script, alone=True)


def _sends(season: Season, unit: Unit, duty: str, button: str) -> Callable[[Actor], Script]:
    writes, types = season.chances(0.3), season.chances(0.1)

    def script(who: Actor) -> Script:
        if not who.human.linked or who.human.blocks or (duty, unit.code) in season.ledger.documents:
            return
        name = button
        if duty == "quick_report":
            before = sum(
                one.unit == unit.code and one.name.startswith(button) for one in season.ledger.relays
            )
            name = f"{button} lần {before + 1}"
        yield who.says("/baocaonhanh")
        if "Gửi báo cáo" not in who.labels:
            yield who.presses(button)
        who.expects(f"<b>{name}</b>")
        if types:
            yield who.says("45/45 chi đoàn")
            who.expects("không gõ thay được")
        figures = screens.progress(who.text)
        counted = counting.main(Part(season.province, season.ledger, unit.code))
        checked: list[Check] = season.kept["relay figures"]
        checked.extend(each(f"{name}, {unit.name}", figures, counted))
        if writes:
            yield who.presses("Sửa")
            yield who.presses("Báo cáo viên")
            yield who.says("Báo cáo viên truyền đạt rõ, có liên hệ thực tế ở đơn vị.")
        yield who.presses("Gửi báo cáo")
        while "Không giải trình" in who.labels:
            if season.chances(0.5):
                yield who.presses("Không giải trình")
            else:
                yield who.says("Một số đồng chí đi làm xa, đã có lịch học bù.")
            if "Gửi báo cáo" in who.labels:
                yield who.presses("Gửi báo cáo")
        who.expects("Đã nhận báo cáo, mã")
        season.ledger.relays.append(Relay(unit.code, name, counted))
        if duty != "quick_report":
            season.ledger.documents[duty, unit.code] = season.now

    return script


# -- the province reads, the district mends


def _meant(season: Season, text: str) -> Relay:
    """Which report a card or a message is about."""
    for one in reversed(season.ledger.relays):
        if f"<b>{season.province.units[one.unit].name}</b>" in text and one.name.lower() in text.lower():
            return one
    raise AssertionError(f"no such report: {text}")


def _reads(season: Season, message: Message, *, returns: bool) -> Callable[[Actor], Script]:
    part = season.chance.choice(_PARTS)

    def script(who: Actor) -> Script:
        yield who.presses("Xem báo cáo", message)
        if "Tiếp nhận" not in who.labels:
            return
        one = _meant(season, who.text)
        if returns and not one.returned:
            yield who.presses("Đề nghị bổ sung")
            yield who.presses(part)
            yield who.says("Đồng chí nêu rõ hơn giúp.")
            who.expects("Đã đề nghị")
            one.returned = True
        else:
            yield who.presses("Tiếp nhận")
            who.expects("Đã tiếp nhận")
            one.accepted = True
        if "Để sau" in who.labels:
            yield who.presses("Để sau")
            # Others wait behind it: each has its own message.
            yield who.says("/huy")

    return script


def _mends(season: Season, message: Message) -> Callable[[Actor], Script]:
    keeps = season.chances(0.2)

    def script(who: Actor) -> Script:
        fix = next((one for one in message.labels if one not in ("Giữ nguyên", "Xem báo cáo")), None)
        if keeps or fix is None:
            yield who.presses("Giữ nguyên", message)
            return
        yield who.presses(fix, message)
        if "Nay" in who.text and "Gửi báo cáo" in who.labels:
            return
        text = f"Đã bổ sung cụ thể theo từng đơn vị, {who.human.unit}."
        yield who.says(text)
        who.expects("Gửi lại?")
        yield who.presses("Gửi báo cáo")
        who.expects("Đã nhận báo cáo, mã")
        if "kiến nghị" in fix:
            season.ledger.proposals.append(Proposal(who.human.unit, text))

    return script


# -- compared


def checks(season: Season) -> Iterator[Check]:
    """The figures that each froze, as its sender read them."""
    yield from season.kept["relay figures"]
