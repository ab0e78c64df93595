"""Branches report: most on time and in five acts, some late, some only when reminded, some never."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.people import Message
from tests.season.ledger import Line, Participation, Proposal, Session
from tests.season.people import Actor
from tests.season.province import Human, Unit
from tests.season.stage import Script, Season

NAME = "reports"
_MANNERS = (
    ("prompt", 52),
    ("one_line", 10),
    ("late", 10),
    ("reminded", 12),
    ("own", 4),
    ("at_last", 5),
    ("never", 7),
)
FIRST, LAST = date(2018, 11, 12), date(2019, 1, 4)
REASONS = ("Đi công tác", "Ốm, thai sản", "Đi học, làm xa", "Chưa rõ lý do")


def plan(season: Season) -> None:
    manners, weights = zip(*_MANNERS, strict=True)
    waiting: dict[str, str] = {}  # by branch: what it waits for

    for unit in season.province.at("branch"):
        waiting[unit.code] = season.chance.choices(manners, weights)[0]
        if waiting[unit.code] == "own":
            human = season.province.of_unit[unit.code][0]
            day = date(2018, 11, 15) + timedelta(days=season.chance.randint(0, 40))
            season.at(NAME, season.local(day, season.some_hour()), human, _own_session(season, unit))
        elif waiting[unit.code] == "prompt" and season.chances(0.06):
            # Somebody who says first that there is no session yet.
            human = season.province.of_unit[unit.code][0]
            season.some_day(NAME, date(2018, 11, 6), date(2018, 11, 10), human, _not_yet(season, unit))

    # Who waits for nobody looks now and then whether the commune has recorded its session.
    for number in range((LAST - FIRST).days + 1):
        _look_round(season, FIRST + timedelta(days=number), waiting)

    def reminded(human: Human, message: Message, about: dict[str, Any]) -> None:
        if about.get("digest") is None or "Báo cáo kết quả học tập" not in message.text:
            return
        unit = season.province.units[human.unit]
        last = about["stage"] in ("late", "nudge", "last_day")
        how = waiting.get(unit.code)
        if how == "reminded" or (how == "at_last" and last):
            if season.chances(0.05):
                season.soon(NAME, human, _put_off)
            else:
                season.soon(NAME, human, report(season, unit))

    season.watchers.append(reminded)


def _look_round(season: Season, day: date, waiting: dict[str, str]) -> None:
    """Whoever hears on this day that the session was held; kept as one small script of the first person."""
    leader = season.province.of_unit[season.province.top.code][0]

    def script(_who: Actor) -> Script:
        for unit in season.province.at("branch"):
            sessions = season.ledger.sessions[unit.parent or ""]
            if not sessions or unit.code in season.ledger.participations:
                continue
            how, since = waiting[unit.code], (season.today - sessions[0].day).days
            human = season.province.leader(unit.code)
            if human is None:
                continue
            if how in ("prompt", "one_line") and since in (1, 3):
                season.soon(
                    NAME, human, _one_line(season, unit) if how == "one_line" else report(season, unit)
                )
            elif how == "late" and since == 6:
                season.soon(NAME, human, report(season, unit))
        return
        yield

    season.at(NAME, season.local(day, season.some_hour()), leader, script)


def _invent(season: Season, unit: Unit) -> tuple[Line, list[str]]:
    """What the branch will say, and who of its cadres was absent; the day is the session's."""
    chance = season.chance
    roster, cadres = unit.members or 0, unit.cadres or 0
    expected = roster + 2 if season.chances(0.03) else roster
    attended = expected if season.chances(0.1) else chance.randint(max(cadres, expected // 2), expected)
    people = [one.name for one in season.province.of_unit[unit.code]]
    absent = chance.sample(people, 1) if season.chances(0.2) else []
    return Line(season.today, attended, expected, cadres - len(absent), cadres), absent


def report(season: Season, unit: Unit, *, own: Session | None = None) -> Callable[[Actor], Script]:
    clumsy, adds, corrects = season.chances(0.1), season.chances(0.12), season.chances(0.08)

    def script(who: Actor) -> Script:
        if unit.code in season.ledger.participations or not who.human.linked or who.human.blocks:
            return
        line, absent = _invent(season, unit)
        yield who.says("/baocao")
        who.expects("đã tham gia")
        if own is not None:
            line.day = own.day
            yield who.presses("Tự tổ chức")
            yield who.says(f"{own.day:%d/%m/%Y}")
            yield who.says(own.place)
            who.expects("Báo cáo viên là ai")
            yield who.says("Trần Văn Nói")
        else:
            yield who.presses("Đã tham gia")
            yield from _which_session(season, unit, who, line)
        who.expects("Bao nhiêu đoàn viên")
        if clumsy:
            yield who.says("bốn lăm")
            who.expects("chưa đọc được")
            yield who.says(f"{line.expected + 3}/{line.expected}")
            who.expects("nhiều hơn số đoàn viên")
        short = line.expected == unit.members and season.chances(0.5)
        yield who.says(str(line.members) if short else f"{line.members}/{line.expected}")
        yield from _cadres(season, who, line, absent)
        if own is not None:
            yield who.presses("Đủ tài liệu")
            yield who.presses("Không có ảnh")
        if adds:
            yield from _adds(season, unit, who)
        yield from sends(who)
        season.ledger.report(unit.code, [line], season.now)
        if own is not None:
            season.ledger.sessions[unit.code].append(own)
        if corrects:
            season.soon(NAME, who.human, _corrects(season, unit), days=season.chance.randint(1, 6))
        elif absent and season.chances(0.7):
            season.soon(NAME, who.human, _makes_up(season, unit), days=season.chance.randint(2, 9))

    return script


def sends(who: Actor) -> Script:
    """Somebody above may have reported meanwhile: then the summary comes again, and is sent all the same."""
    yield who.presses("Gửi báo cáo")
    if "Đã nhận báo cáo, mã" not in who.text:
        yield who.presses("Gửi báo cáo")
    who.expects("Đã nhận báo cáo, mã")


def _which_session(season: Season, unit: Unit, who: Actor, line: Line) -> Script:
    held = season.ledger.sessions[unit.parent or ""]
    if len(held) == 1:
        line.day = held[0].day
    elif held:
        chosen = season.chance.choice(held)
        line.day = chosen.day
        who.expects("dự hội nghị nào")
        yield who.presses(who.label(f"{chosen.day:%d/%m}, {chosen.place}"[:20]))
    else:
        line.day = season.today - timedelta(days=season.chance.randint(0, 3))
        who.expects("Học ngày nào")
        yield who.says(f"{line.day:%d/%m/%Y}")


def _cadres(season: Season, who: Actor, line: Line, absent: list[str]) -> Script:
    assert line.cadres_expected is not None
    who.expects("có mặt đủ không")
    if not absent:
        yield who.presses(f"Đủ cả {line.cadres_expected}")
        return
    yield who.presses("Có đồng chí vắng")
    for name in absent:
        yield who.presses(who.name_label(name))
    yield who.presses("Xong")
    for _ in absent:
        yield who.presses(season.chance.choice(REASONS))


def _adds(season: Season, unit: Unit, who: Actor) -> Script:
    yield who.presses("Bổ sung")
    if season.chances(0.5):
        yield who.presses("Thanh niên")
        yield who.says(str(season.chance.randint(1, 30)))
    if season.chances(0.5):
        text = f"Đề nghị cấp thêm tài liệu cho {unit.name} {unit.code}"
        yield who.presses("Kiến nghị")
        yield who.says(text)
        season.ledger.proposals.append(Proposal(unit.code, text))
    yield who.presses("Xong")


def _one_line(season: Season, unit: Unit) -> Callable[[Actor], Script]:
    """12/11 45/50, đủ tài liệu"""

    def script(who: Actor) -> Script:
        held = season.ledger.sessions[unit.parent or ""]
        if unit.code in season.ledger.participations or not held:
            return
        line, _absent = _invent(season, unit)
        line.cadres = line.cadres_expected = None
        line.day = held[0].day
        # With the year where it is no longer this one.
        day = f"{line.day:%d/%m}" if line.day.year == season.today.year else f"{line.day:%d/%m/%Y}"
        yield who.says(f"{day} {line.members}/{line.expected}, đủ tài liệu")
        who.expects(f"{line.members}/{line.expected}")
        yield from sends(who)
        season.ledger.report(unit.code, [line], season.now)

    return script


def _own_session(season: Season, unit: Unit) -> Callable[[Actor], Script]:
    def script(who: Actor) -> Script:
        own = Session(
            season.today - timedelta(days=1), f"nhà văn hoá {unit.name} {unit.code}", own=True, outside=True
        )
        return report(season, unit, own=own)(who)

    return script


def _not_yet(season: Season, unit: Unit) -> Callable[[Actor], Script]:
    day = date(2018, 11, 20) + timedelta(days=season.chance.randint(0, 10))

    def script(who: Actor) -> Script:
        if not who.human.linked or unit.code in season.ledger.participations:
            return
        yield who.says("/baocao")
        yield who.presses("Chưa tham gia")
        yield who.says(f"{day:%d/%m}")
        who.expects("Đã ghi: dự kiến")

    return script


def _put_off(who: Actor) -> Script:
    yield who.presses("Để sau")


def _corrects(season: Season, unit: Unit) -> Callable[[Actor], Script]:
    """Another number of members."""

    def script(who: Actor) -> Script:
        sent = season.ledger.participations[unit.code]
        first = sent.lines[0]
        if who.human.blocks or len(sent.lines) > 1:
            return
        fewer = max(first.cadres or 0, first.members - season.chance.randint(1, 4))
        yield who.says("/baocao")
        yield who.presses("Sửa báo cáo")
        yield who.presses("Sửa")
        yield who.presses("Đoàn viên")
        yield who.says(f"{fewer}/{first.expected}")
        yield from sends(who)
        season.ledger.report(unit.code, [replace(first, members=fewer)], season.now)

    return script


def _makes_up(season: Season, unit: Unit) -> Callable[[Actor], Script]:
    """Those who were absent hear it after all."""

    def script(who: Actor) -> Script:
        sent = season.ledger.participations[unit.code]
        room, back = _room(sent)
        if who.human.blocks or len(sent.lines) > 1 or room < back or not back:
            return
        more = Line(season.today, season.chance.randint(back, min(room, back + 4)), sent.expected, back, back)
        yield who.says("/baocao")
        yield who.presses("Học bù")
        if "dự hội nghị nào" in who.text:
            yield who.presses("Ngày khác")
        who.expects("Học bù ngày nào")
        yield who.presses("Hôm nay")
        who.expects("đoàn viên học bù")
        yield who.says(f"{more.members}/{more.expected}")
        yield who.presses(f"Đủ cả {back}")
        yield from sends(who)
        season.ledger.report(unit.code, [*sent.lines, more], season.now)

    return script


def _room(sent: Participation) -> tuple[int, int]:
    """How many members and how many cadres have not heard it yet."""
    first = sent.lines[0]
    back = (first.cadres_expected or 0) - (first.cadres or 0) if first.cadres is not None else 0
    return sent.expected - sent.members, back
