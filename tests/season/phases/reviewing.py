"""Communes and districts accept what has come, or ask for more; who is asked mends it or stands by it."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.people import Message
from tests.season.people import Actor
from tests.season.phases.reports import sends
from tests.season.province import Human, Unit
from tests.season.stage import Script, Season

NAME = "reviewing"
_ROUNDS = ((date(2018, 11, 21), date(2018, 11, 28)), (date(2018, 12, 10), date(2018, 12, 20)))
_LAST_ROUND = (date(2019, 1, 2), date(2019, 1, 5))
_SUMMED = re.compile(r"^<b>(.+)</b> · tính đến", re.MULTILINE)
_CARD = re.compile(r"^<b>(.+)</b> · mã \d+")


def plan(season: Season) -> None:
    for level in ("grassroots", "district"):
        for unit in season.province.at(level):
            if not season.province.below[unit.code]:
                continue
            for first, last in (*_ROUNDS, _LAST_ROUND):
                if season.chances(0.85):
                    leader = season.province.of_unit[unit.code][0]
                    season.some_day(NAME, first, last, leader, _review(season, unit))

    def asked(human: Human, message: Message, _about: dict[str, Any]) -> None:
        unit = season.province.units[human.unit]
        first = season.province.leader(unit.code) is human
        if (
            "đề nghị bổ sung báo cáo" in message.text
            and unit.owes == "branch"
            and first
            and season.chances(0.8)
        ):
            season.soon(NAME, human, _answers(season, unit), days=season.chance.randint(0, 3))

    season.watchers.append(asked)


def _review(season: Season, desk: Unit) -> Callable[[Actor], Script]:
    in_one_go = season.chances(0.5)
    named = {one.name: one for one in season.province.below[desk.code]}

    def script(who: Actor) -> Script:
        if not who.human.linked:
            return
        yield who.says("/duyet")
        if in_one_go and any(one.startswith("Tiếp nhận ") for one in who.labels):
            # Which these are only the bot knows; but all others are accepted below, one by one.
            yield who.presses(who.label("Tiếp nhận "))
        while "Xem từng báo cáo" in who.labels and "Tiếp nhận" not in who.labels:
            yield who.presses("Xem từng báo cáo")
        while True:
            # Sent again, or answered by a colleague, since the card was shown.
            other = next((one for one in ("Xem bản mới", "Báo cáo tiếp") if one in who.labels), None)
            if other is not None:
                yield who.presses(other)
                continue
            if "Tiếp nhận" not in who.labels:
                break
            card = who.card("Tiếp nhận")
            found = _CARD.match(card)
            assert found is not None, card
            summed = _SUMMED.search(card)  # of a report that sums up, the unit stands below its name
            unit, report = named[(summed or found)[1]], "Báo cáo kết quả học tập" in card
            sent = season.ledger.participations.get(unit.code) if report else None
            how = season.chance.random()
            if sent is None or in_one_go or how < 0.75 or len(sent.lines) > 1:
                yield who.presses("Tiếp nhận")
                if sent is not None and "Đã tiếp nhận báo cáo" in who.text:
                    sent.accepted = True
            elif how < 0.9:
                yield who.presses("Đề nghị bổ sung")
                if "Đoàn viên" not in who.labels:
                    continue
                yield who.presses("Cán bộ" if "Cán bộ" in who.labels and season.chances(0.4) else "Đoàn viên")
                yield (
                    who.says("Đồng chí kiểm tra giúp")
                    if season.chances(0.5)
                    else who.presses("Không ghi chú")
                )
                sent.returned = "Đã đề nghị" in who.text
            else:
                yield who.presses("Để sau")
        if in_one_go:
            for unit in named.values():
                waited = season.ledger.participations.get(unit.code)
                if waited is not None and not waited.returned:
                    waited.accepted = True

    return script


def _answers(season: Season, unit: Unit) -> Callable[[Actor], Script]:
    keeps = season.chances(0.25)

    def script(who: Actor) -> Script:
        sent = season.ledger.participations[unit.code]
        asked = who.last_with("đề nghị bổ sung báo cáo")
        if not sent.returned or asked is None or who.human.blocks:
            return
        if keeps:
            yield who.presses("Giữ nguyên", asked)
            sent.returned = False
            return
        fix = next(one for one in asked.labels if one.startswith("Sửa"))
        first = sent.lines[0]
        yield who.presses(fix, asked)
        if fix == "Sửa số cán bộ":
            said = replace(first)
            people = season.province.of_unit[unit.code]
            everybody = len(people)
            if first.cadres == everybody and first.members >= everybody:
                yield who.presses(who.name_label(people[1].name))
                said.cadres = everybody - 1
            else:
                for label in [one for one in who.labels if one.startswith("✓ ")]:
                    yield who.presses(label)
                said.cadres = everybody
            said.cadres_expected = everybody
            yield who.presses("Xong")
        else:
            fewer = max(first.cadres or 0, first.members - season.chance.randint(0, 3))
            said = replace(first, members=fewer)
            yield who.says(f"{fewer}/{first.expected}")
        who.expects("Gửi lại?")
        yield from sends(who)
        season.ledger.report(unit.code, [said], season.now)

    return script
