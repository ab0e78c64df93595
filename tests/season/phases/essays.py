"""Essays: by files of each person who owes one, by number for the members; read, and some asked for again."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from tests.people import Message
from tests.season.checks import Check
from tests.season.ledger import Proposal
from tests.season.people import Actor
from tests.season.province import Human, Unit
from tests.season.stage import Script, Season

NAME = "essays"
_RECEIVED = re.compile(r"<b>Đã nhận bài thu hoạch của đồng chí ([^<]+)</b>")
_STORED = re.compile(r"đang lưu bài của đồng chí <b>([^<]+)</b>")
_CARD = re.compile(r"<b>(.+?)</b>")
_FIRST, _LAST = date(2018, 11, 15), date(2018, 12, 28)


def plan(season: Season) -> None:
    chance = season.chance
    season.kept["receipts owed"] = []
    receipts = season.kept["receipts"] = []
    for unit in season.province.units.values():
        people = [one for one in season.province.of_unit[unit.code] if one.role != "officer"]
        leader = season.province.of_unit[unit.code][0]
        for author in people:
            if not season.chances(0.68):
                continue
            # The leader hands in for those who are not connected; at higher levels everybody for themselves.
            season.some_day(
                NAME, _FIRST, _LAST, leader if unit.level == "branch" else author, _hands_in(season, author)
            )
        if unit.level == "branch" and season.chances(0.4):
            season.some_day(NAME, _FIRST, _LAST, leader, _counts(season, unit))
        if unit.level != "branch":
            for first, last in (
                (date(2018, 12, 3), date(2018, 12, 8)),
                (date(2018, 12, 28), date(2019, 1, 3)),
            ):
                reader = next(one for one in season.province.of_unit[unit.code] if one.leads)
                season.some_day(NAME, first, last, reader, _reads(season))

    def told(human: Human, message: Message, _about: dict[str, Any]) -> None:
        received = _RECEIVED.match(message.text)
        if received is not None:
            receipts.append(_author(season, human.unit, received[1]).chat)
        elif "Nộp lại" in message.labels and "Người đọc" in message.text and chance.random() < 0.6:
            season.soon(NAME, human, _again(season), days=chance.randint(0, 3))

    season.watchers.append(told)


def _author(season: Season, unit: str, name: str) -> Human:
    return next(one for one in season.province.of_unit[unit] if one.name == name)


def _hands_in(season: Season, author: Human) -> Callable[[Actor], Script]:
    chance = season.chance
    pages, file_first, clumsy = chance.randint(1, 3), season.chances(0.7), season.chances(0.06)

    def script(who: Actor) -> Script:
        if not who.human.linked or who.human.blocks or author.chat in season.ledger.essays:
            return
        if file_first:
            page = (
                who.uploads("bai-thu-hoach.pdf") if pages == 1 and season.chances(0.5) else who.photographs()
            )
            yield page
            yield from _whose(who, author)
        else:
            yield who.says("/thuhoach")
            yield from _whose(who, author)
            yield who.photographs()
        for _ in range(pages - 1):
            yield who.photographs()
        if clumsy:
            yield who.says("xong rồi nhé")
        yield who.presses("Xong")
        _handed_in(season, who)

    return script


def _handed_in(season: Season, who: Actor) -> None:
    """It counts from now on; the receipt comes once the file is there."""
    stored = _STORED.search(who.text)
    assert stored is not None, who.text
    author = _author(season, who.human.unit, stored[1])
    season.ledger.essays.add(author.chat)
    season.kept["receipts owed"].append(author.chat)


def _whose(who: Actor, author: Human) -> Script:
    if "Đồng chí khác" not in who.labels:
        return  # who acts for nothing hands in their own
    if author is who.human and "Bài của tôi" in who.labels:
        yield who.presses("Bài của tôi")
    elif (label := who.name_label(author.name)) in who.labels:
        yield who.presses(label)
    else:
        yield who.presses("Đồng chí khác")
        yield who.says(author.name)


def _counts(season: Season, unit: Unit) -> Callable[[Actor], Script]:
    expected = (unit.members or 0) - (unit.cadres or 0)
    written = season.chance.randint(0, expected)

    def script(who: Actor) -> Script:
        if not who.human.linked or who.human.blocks:
            return
        yield who.says("/thuhoach")
        yield who.presses("Chỉ báo số bài")
        yield who.says(f"{written}/{expected}")
        who.expects("Đã ghi")
        season.ledger.tallies[unit.code] = (written, expected)

    return script


def _reads(season: Season) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        if not who.human.linked:
            return
        yield who.says("/docbai")
        if "Đọc bài" not in who.labels:
            return
        yield who.presses("Đọc bài")
        for _ in range(60):
            if "Đạt" not in who.labels:
                return
            card = who.card("Đạt")
            found = _CARD.search(card)
            assert found is not None, card
            author = _of_the_card(season, who.human, found[1], card)
            proposed = None
            if season.chances(0.04):
                text = f"Mở lớp kỹ năng, {author.name}"
                yield who.presses("Ghi kiến nghị")
                yield who.says(text)
                proposed = Proposal(author.unit, text)
            if season.chances(0.1):
                yield who.presses("Cần bổ sung")
                yield who.says("Đồng chí viết thêm phần liên hệ.")
                who.expects("Đã đề nghị")
                season.ledger.essays.discard(author.chat)
            else:
                yield who.presses("Đạt")
            # It is kept with the verdict: a colleague may have been quicker.
            if proposed is not None and ("Đã đề nghị" in who.text or "Đã ghi: bài" in who.text):
                season.ledger.proposals.append(proposed)

    return script


def _of_the_card(season: Season, reader: Human, name: str, card: str) -> Human:
    below = season.province.subtree(reader.unit)
    return next(
        one
        for one in season.province.people
        if one.name == name and one.unit in below and season.province.units[one.unit].name in card
    )


def _again(season: Season) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        asked = next((one for one in reversed(who.person.messages) if "Nộp lại" in one.labels), None)
        if asked is None:
            return
        yield who.presses("Nộp lại", asked)
        if "gửi tệp" not in who.text:
            return  # somebody else has handed it in again
        yield who.photographs()
        yield who.presses("Xong")
        _handed_in(season, who)

    return script


def checks(season: Season) -> Iterator[Check]:
    """Whatever was handed in has its receipt, once."""
    yield Check("essays", "receipts", sorted(season.kept["receipts"]), sorted(season.kept["receipts owed"]))
