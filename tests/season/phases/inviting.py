"""Hosts plan their sessions a week ahead and invite; guests answer or do not; some change the day, some call off."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from datetime import time as hour
from itertools import cycle
from typing import Any

from tests.people import Message
from tests.season.checks import Check
from tests.season.ledger import Meeting
from tests.season.people import Actor
from tests.season.province import Human, Unit
from tests.season.screens import number
from tests.season.stage import Script, Season

NAME = "inviting"
AHEAD = timedelta(days=7)
REASONS = ("Đi làm ăn xa", "Đi học", "Ốm", "Bận việc gia đình")
# What becomes of those planned, one after the other: even a small season has some of each.
_FATES = ("kept", "day", "kept", "off", "kept", "place", "kept", "kept", "kept", "kept")
# Who is convened: (whose units' duties, offices), by the level of the host.
_CONVENED = {
    "province": (
        ("province", ("officer", "secretary", "deputy", "committee_member")),
        ("district", ("secretary", "deputy")),
    ),
    "district": (
        ("grassroots", ("secretary", "deputy", "committee_member")),
        ("branch", ("secretary", "deputy")),
    ),
    "grassroots": (("branch", ("secretary", "deputy", "committee_member")),),
}
_COUNTS = {
    "comes": r"Sẽ dự ([\d.]+)",
    "excused": r"xin vắng ([\d.]+)",
    "silent": r"chưa trả lời ([\d.]+)",
    "out of reach": r"chưa kết nối ([\d.]+)",
}


@dataclass
class Told:
    """What the channel saw of one meeting: by kind, how often each chat was told. `due`: whom, at that moment."""

    times: dict[str, Counter[int]] = field(default_factory=dict)
    due: dict[str, set[int]] = field(default_factory=dict)
    excused: int = 0  # reminded after having excused themselves


def plan(season: Season) -> None:
    season.kept["meeting figures"] = []
    told: dict[int, Told] = {}  # by the meeting's identity and its edition
    season.kept["meetings told"] = told
    fates = cycle(_FATES)
    for unit, day in season.kept["held"]:
        if season.province.below[unit.code] and season.chances(0.6):
            leader = next(one for one in season.province.of_unit[unit.code] if one.leads)
            how = next(fates)
            first = day + timedelta(days=1) if how == "day" else day
            season.at(
                NAME,
                season.local(day - AHEAD, season.some_hour()),
                leader,
                _plans(season, unit, first, day, how),
            )

    def arrived(human: Human, message: Message, about: dict[str, Any]) -> None:
        if "meeting_notice" not in about or not {"speaker", "unit"}.isdisjoint(about):
            return
        one = _meant(season, message.text)
        kind = _kind(message.text)
        seen = told.setdefault(id(one), Told())
        times = seen.times.setdefault(kind, Counter())
        if not times:
            seen.due[kind] = _due(season, one, kind, seen)
        times[human.chat] += 1
        if kind == "remind" and one.answers.get(human.chat) is False:
            seen.excused += 1
        if "Sẽ dự" in message.labels:
            _may_answer(season, human, one, message)

    season.watchers.append(arrived)


def _meant(season: Season, text: str) -> Meeting:
    """By its host and its day; of several, the one planned last."""
    for one in reversed(season.ledger.meetings):
        when = f"{one.half.lower()} {one.day:%d/%m}"
        if f"<b>{season.province.units[one.host].name}</b>" in text and when in text.lower():
            return one
    raise AssertionError(f"no such meeting: {text}")


def _kind(text: str) -> str:
    if "đã huỷ hội nghị" in text:
        return "off"
    if re.match(r"<b>(Ngày mai|Hôm nay) họp", text):
        return "remind"
    if "<b>Đổi lịch</b>" in text:
        return "change"
    return "ask" if "có dự được không?" in text else "invite"


def _due(season: Season, one: Meeting, kind: str, seen: Told) -> set[int]:
    """Whom the bot can write to now, of those whom it is for."""
    people = season.province.by_chat
    reached = {chat for chat in one.invited if people[chat].linked and not people[chat].blocks}
    if kind == "remind":
        return {chat for chat in reached if one.answers.get(chat) is not False}
    if kind == "ask":
        return reached - set(one.answers)
    if kind == "off":
        # Who connected later may have heard of it by the reminder to answer, or of the change.
        return reached & {chat for times in seen.times.values() for chat in times}
    return reached


# -- the host


def _plans(season: Season, unit: Unit, first: date, last: date, how: str) -> Callable[[Actor], Script]:
    """For the first day; held on the last."""
    half = season.chance.choice(("Sáng", "Sáng", "Chiều"))
    place = f"nhà văn hoá {unit.code}"

    def script(who: Actor) -> Script:
        if not who.human.linked:
            return
        one = Meeting(unit.code, first, half, place)
        yield who.says("/hoinghi")
        yield who.presses("Lên lịch hội nghị")
        yield who.says(f"{first:%d/%m/%Y}")
        yield who.presses(half)
        yield who.says(place)
        yield from _speaker(season, unit, one, who)
        who.expects("Mời những ai?")
        yield who.presses("Tất cả")
        one.invited = _convened(season, unit) - {one.speaker}
        # The invitation may go out before the host reads that it does.
        season.ledger.meetings.append(one)
        yield who.presses("Mời họp")
        said = re.search(r"đang mời ([\d.]+) người", who.text)
        figures: list[Check] = season.kept["meeting figures"]
        figures.append(Check(f"/hoinghi, {unit.name}", "invited", said and number(said[1]), len(one.invited)))
        _goes_on(season, who.human, one, last, how)

    return script


def _goes_on(season: Season, host: Human, one: Meeting, day: date, how: str) -> None:
    def at(days: int, script: Callable[[Actor], Script]) -> None:
        season.at(
            NAME,
            season.local(day - timedelta(days=days), hour(14, season.chance.randrange(60))),
            host,
            script,
        )

    if season.chances(0.4):
        at(4, _asks(one))
    match how:
        case "day" | "place":
            at(3, _changes(season, one, day, how))
        case "off":
            at(2, _calls_off(season, one))
    if how != "off":
        season.at(NAME, season.local(day, hour(7, 0)), host, _looks(season, one))


def _speaker(season: Season, unit: Unit, one: Meeting, who: Actor) -> Script:
    who.expects("Báo cáo viên là ai")
    near = [*season.province.of_unit[unit.code], *season.province.of_unit[unit.parent or ""]]
    known = [human for human in near if who.name_label(human.name) in who.labels]
    if not known or season.chances(0.4):
        yield who.presses("Chưa rõ")
        return
    chosen = season.chance.choice(known)
    one.speaker = chosen.chat
    yield who.presses(who.name_label(chosen.name))


def _convened(season: Season, unit: Unit) -> set[int]:
    below = season.province.subtree(unit.code)
    return {
        human.chat
        for level, offices in _CONVENED[unit.owes]
        for code in below
        if season.province.units[code].owes == level
        for human in season.province.of_unit[code]
        if human.role in offices
    }


def _opens(who: Actor, one: Meeting) -> Script:
    yield who.says("/hoinghi")
    yield who.presses(who.label(f"{one.half} {one.day:%d/%m} · "))


def _asks(one: Meeting) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        yield from _opens(who, one)
        if "Nhắc trả lời" in who.labels:
            yield who.presses("Nhắc trả lời")
            who.expects("Hệ thống đang nhắc")

    return script


def _changes(season: Season, one: Meeting, day: date, how: str) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        yield from _opens(who, one)
        yield who.presses("Đổi lịch")
        yield who.presses("Ngày" if how == "day" else "Địa điểm")
        place = one.place if how == "day" else f"{one.place}, phòng lớn"
        yield who.says(f"{day:%d/%m/%Y}" if how == "day" else place)
        # Everybody is asked again.
        one.day, one.place, one.answers = day, place, {}
        yield who.presses("Xong")
        who.expects("Đã đổi:")

    return script


def _calls_off(season: Season, one: Meeting) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        yield from _opens(who, one)
        yield who.presses("Huỷ hội nghị")
        yield who.presses("Huỷ, báo mọi người")
        who.expects("Đã huỷ hội nghị")
        one.called_off = True

    return script


def _looks(season: Season, one: Meeting) -> Callable[[Actor], Script]:
    """In the morning of the day, when nobody is answering."""

    def script(who: Actor) -> Script:
        yield from _opens(who, one)
        counted = dict.fromkeys(_COUNTS, 0)
        people = season.province.by_chat
        for chat in one.invited:
            said = one.answers.get(chat)
            human = people[chat]
            quiet = "silent" if human.linked and not human.refused else "out of reach"
            counted[{True: "comes", False: "excused", None: quiet}[said]] += 1
        for name, pattern in _COUNTS.items():
            found = re.search(pattern, who.text)
            figures: list[Check] = season.kept["meeting figures"]
            figures.append(
                Check(
                    f"/hoinghi, {season.province.units[one.host].name}",
                    name,
                    number(found[1]) if found else 0,
                    counted[name],
                )
            )

    return script


# -- the guests


def _may_answer(season: Season, human: Human, one: Meeting, message: Message) -> None:
    how = season.chance.choices(("comes", "excused", "silent"), (50, 14, 36))[0]
    if how == "silent" or human.chat in one.answers:
        return
    # Before the last hour of the day, so that nobody answers while the host looks.
    when = season.now + timedelta(minutes=season.chance.randint(5, 100))
    season.at(NAME, when, human, _answers(season, one, message, comes=how == "comes"))


def _answers(season: Season, one: Meeting, message: Message, *, comes: bool) -> Callable[[Actor], Script]:
    changes_mind = season.chances(0.1)

    def script(who: Actor) -> Script:
        if not comes or changes_mind:
            yield who.presses("Xin vắng", message)
            if "vì sao" not in who.text:
                return  # it was moved or called off, or has begun
            yield who.presses(season.chance.choice(REASONS))
            if "xin vắng (" not in who.text:
                return
            one.answers[who.human.chat] = False
        if comes:
            yield who.presses("Sẽ dự", message)
            if "đã ghi: sẽ dự" in who.text:
                one.answers[who.human.chat] = True

    return script


# -- compared


def checks(season: Season) -> Iterator[Check]:
    yield from season.kept["meeting figures"]
    told: dict[int, Told] = season.kept["meetings told"]
    for one in season.ledger.meetings:
        where, seen = f"hội nghị, {season.province.units[one.host].name}", told.get(id(one), Told())
        for kind, times in seen.times.items():
            if kind == "off":  # who connected late and read of it in /trangthai hears of it too
                yield Check(where, "off: left out", sorted(seen.due[kind] - set(times)), [])
                yield Check(where, "off: not invited", sorted(set(times) - one.invited), [])
            else:
                yield Check(where, f"{kind}: whom", sorted(times), sorted(seen.due[kind]))
            yield Check(where, f"{kind}: twice", sum(many - 1 for many in times.values()), 0)
        yield Check(where, "reminded though excused", seen.excused, 0)
    held = [one for one in season.ledger.meetings if not one.called_off and one.invited]
    reminded = sum("remind" in told.get(id(one), Told()).times for one in held)
    yield Check("hội nghị", "of which the evening before was told", reminded, len(held))
