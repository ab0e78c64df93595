"""Sessions: of the province, of districts with those convened counted, of communes; a few hosts never hold one."""

from collections.abc import Callable
from datetime import date, timedelta

from tests.season.ledger import Session
from tests.season.people import Actor
from tests.season.province import Unit
from tests.season.stage import Script, Season

NAME = "sessions"
# (first day, last day, last day of the late ones)
_DAYS = {
    "province": (date(2018, 10, 29), date(2018, 10, 30), date(2018, 10, 30)),
    "district": (date(2018, 11, 5), date(2018, 11, 14), date(2018, 11, 20)),
    "grassroots": (date(2018, 11, 12), date(2018, 12, 27), date(2019, 1, 3)),
}


def plan(season: Season) -> None:
    for level, (first, last, latest) in _DAYS.items():
        for unit in season.province.at(level):
            if level == "grassroots" and season.chances(0.04):
                continue
            late = season.chances(0.07)
            lower, upper = (last + timedelta(days=1), latest) if late and latest > last else (first, last)
            day = lower + timedelta(days=season.chance.randint(0, (upper - lower).days))
            _records(season, unit, day)
            season.kept.setdefault("held", []).append((unit, day))
            if level == "grassroots" and season.chances(0.12):
                _records(
                    season, unit, min(day + timedelta(days=season.chance.randint(1, 4)), latest), again=True
                )


def _records(season: Season, unit: Unit, day: date, *, again: bool = False) -> None:
    """On the day itself, or the one after. Whoever leads the unit then."""
    behind = season.chance.choice((0, 0, 0, 1))
    when = season.local(day + timedelta(days=behind), season.some_hour())
    leader = next(one for one in season.province.of_unit[unit.code] if one.leads)
    season.at(NAME, when, leader, record(season, unit, day, again=again))


def record(season: Season, unit: Unit, day: date, *, again: bool = False) -> Callable[[Actor], Script]:
    chance = season.chance
    groups = [one for one in season.plan.convened if one.session_level == unit.owes and one.counted_by_host]
    heads = chance.randint(40, 300)
    held = Session(
        day,
        chance.choice(("nhà văn hoá", "hội trường UBND", "trường THCS", "hội trường huyện"))
        + f" {unit.code}",
        hall=heads,
        groups=[(chance.randint(20, 60), 60) for _ in groups],
        make_up=again and season.chances(0.5),
        enough=season.chances(0.8),
        outside=season.chances(0.15),
    )
    clumsy = season.chances(0.1)
    photos = chance.randint(0, 2)

    def script(who: Actor) -> Script:
        if not who.human.linked:
            return
        yield who.says("/baocao")
        first = not season.ledger.sessions[unit.code]
        yield who.presses("Học bù" if held.make_up and not first else "Đã tổ chức")
        held.make_up = held.make_up and not first
        if clumsy:
            yield who.says("hôm nào đó")
            who.expects("12/11")
        if day == season.today:
            yield who.presses("Hôm nay")
        else:
            yield who.says(f"{day:%d/%m/%Y}")
        who.expects("Họp ở đâu")
        yield who.says(held.place)
        who.expects("Báo cáo viên là ai")
        named = [] if held.outside else who.labels
        offered = [one for one in named if not one.startswith(("⬅️", "✖️"))]
        if offered:
            yield who.presses(offered[0])
        else:
            held.outside = True
            yield who.says("Lê Quang Khách")
        who.expects("Cả hội trường")
        yield who.says(str(held.hall))
        for group, counts in zip(groups, held.groups, strict=True):
            who.expects(group.name.split(",")[0])
            yield who.says(f"{counts[0]}/{counts[1]}")
        yield who.presses("Đủ tài liệu" if held.enough else "Thiếu tài liệu")
        for _ in range(photos):
            yield who.photographs()
        yield who.presses("Xong" if photos else "Không có ảnh")
        yield who.presses("Gửi báo cáo")
        who.expects("Đã nhận báo cáo")
        season.ledger.sessions[unit.code].append(held)

    return script
