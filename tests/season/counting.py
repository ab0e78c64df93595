"""The figures of a unit and all below it, counted from the ledger by the plan's text alone.

Nothing here comes from the program that is judged: the days are those that the plan prints.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from tests.clock import FrozenClock
from tests.season.ledger import Ledger, Meeting, Participation, Proposal, Session
from tests.season.province import Human, Province, Unit

Figures = dict[str, int]
LEVELS = {"province": "cấp tỉnh", "district": "cấp huyện", "grassroots": "cấp cơ sở"}
# "Trước ngày 01/11, 15/11, 30/12": the last day that is on time.
_LAST_DAY = {
    "province": date(2018, 10, 31),
    "district": date(2018, 11, 14),
    "grassroots": date(2018, 12, 29),
    "branch": date(2018, 12, 29),
}
_REPORT_WITHIN = timedelta(days=3)
_FINAL_LAST_DAY = date(2019, 1, 4)
SESSION = "Hội nghị học tập, quán triệt"
_DOCUMENTS = {
    ("implementation_plan", "district"): "Kế hoạch triển khai của đơn vị, cấp huyện",
    ("implementation_plan", "grassroots"): "Kế hoạch triển khai của đơn vị, cấp cơ sở",
    ("summary", "grassroots"): "Báo cáo tổng hợp của cơ sở",
    ("inspection_plan", "district"): "Kế hoạch kiểm tra, giám sát",
    ("final_report", "district"): "Báo cáo kết quả về Tỉnh đoàn",
}
NUMBERED = ("implementation_plan", "inspection_plan")
OWES_ESSAY = ("secretary", "deputy", "committee_member")


@dataclass(frozen=True)
class Part:
    """Of the province: one unit and all below it."""

    province: Province
    ledger: Ledger
    top: str

    @cached_property
    def units(self) -> list[Unit]:
        below = self.province.subtree(self.top)
        return [one for one in self.province.units.values() if one.code in below]

    @property
    def people(self) -> list[Human]:
        return [human for one in self.units for human in self.province.of_unit[one.code]]


def local_day(moment: datetime) -> date:
    return moment.astimezone(FrozenClock.ZONE).date()


def reported_on_time(sent: Participation) -> bool:
    return local_day(sent.arrived) <= sent.lines[0].day + _REPORT_WITHIN


def held_on_time(level: str, day: date) -> bool:
    return day <= _LAST_DAY[level]


def main(part: Part) -> Figures:
    """Of the branches' reports."""
    branches = [one for one in part.units if one.owes == "branch"]
    sent = [one for unit in branches if (one := part.ledger.participations.get(unit.code)) is not None]
    told = [one for one in sent if one.cadres is not None]
    accepted = [one for one in sent if one.accepted]
    found = {
        "due": len(branches),
        "received": len(sent),
        "missing": len(branches) - len(sent),
        "on time": sum(reported_on_time(one) for one in sent),
        "late": sum(not reported_on_time(one) for one in sent),
        "held on time": sum(held_on_time("branch", one.lines[0].day) for one in sent),
        "held late": sum(not held_on_time("branch", one.lines[0].day) for one in sent),
        "members": sum(one.members for one in sent),
        "members of": sum(one.expected for one in sent),
        "cadres": sum(one.cadres or 0 for one in told),
        "cadres of": sum(one.cadres_expected for one in told),
        "cadres not told": len(sent) - len(told),
        "on behalf": sum(one.on_behalf for one in sent),
        "accepted": len(accepted),
        "accepted members": sum(one.members for one in accepted),
        "accepted members of": sum(one.expected for one in accepted),
    }
    return found | _halls(part) | essays(part) | _inspected(part)


def some(part: Part, names: Iterable[str]) -> Figures:
    """Those of `main` that stand somewhere."""
    figures = main(part)
    return {name: figures[name] for name in names}


def _halls(part: Part) -> Figures:
    """Of the communes' sessions, which the branches attend."""
    below = part.province.below
    hosts = [one.code for one in part.units if any(each.owes == "branch" for each in below[one.code])]
    held = [one for host in hosts for one in part.ledger.sessions[host] if not one.own]
    counted = [one.hall for one in held if one.hall is not None]
    opened = {(one.host, one.day): one for one in part.ledger.halls}
    days = ((host, one.day) for host in hosts for one in part.ledger.sessions[host] if not one.own)
    checked = [opened[key] for key in days if key in opened]
    return {
        "halls": len(held),
        "halls counted": len(counted),
        "hall people": sum(counted),
        "halls checked": len(checked),
        "checked in": sum(len(one.there) for one in checked),
    }


def essays(part: Part) -> Figures:
    owing = [one for one in part.people if one.role in OWES_ESSAY]
    tallies = [part.ledger.tallies[one.code] for one in part.units if one.code in part.ledger.tallies]
    return {
        "essays owed": len(owing),
        "essays": sum(one.chat in part.ledger.essays for one in owing),
        "members' essays": sum(written for written, _of in tallies),
        "members' essays of": sum(of for _written, of in tallies),
    }


def _inspected(part: Part) -> Figures:
    """Each unit below by its newest visit; heads only of branches."""
    newest = {}
    for visit in sorted(part.ledger.visits, key=lambda one: one.day):
        newest[visit.unit] = visit
    below = {one.code: one for one in part.units if one.code != part.top}
    seen = [visit for code, visit in newest.items() if code in below]
    counted = [one.members for one in seen if one.members and below[one.unit].owes == "branch"]
    return {
        "inspected": len(seen),
        "inspected counted": len(counted),
        "inspected members": sum(members for members, _of in counted),
        "inspected members of": sum(of for _members, of in counted),
    }


def hosts(part: Part, level: str) -> tuple[int, int, int, int]:
    """(have held theirs, owe one, held on time, late): the first session decides."""
    owing = [one.code for one in part.units if one.owes == level]
    first = [part.ledger.sessions[code][0].day for code in owing if part.ledger.sessions[code]]
    kept = sum(held_on_time(level, day) for day in first)
    return len(first), len(owing), kept, len(first) - kept


def sessions(part: Part, level: str) -> list[Session]:
    return [one for unit in part.units if unit.owes == level for one in part.ledger.sessions[unit.code]]


def others(part: Part) -> Figures:
    """Everything but the branches' reports, a line each: by what the line is called."""
    found: Figures = {}
    for level, name in LEVELS.items():
        received, due, kept, broken = hosts(part, level)
        if due:
            found |= _line(f"{SESSION}, {name}", received, due, kept, broken)
    for (duty, level), title in _DOCUMENTS.items():
        owing = [one.code for one in part.units if one.owes == level]
        arrived = [at for code in owing if (at := part.ledger.documents.get((duty, code)))]
        kept = sum(local_day(at) <= _FINAL_LAST_DAY for at in arrived) if duty == "final_report" else 0
        broken = len(arrived) - kept if duty == "final_report" else 0
        if owing:
            found |= _line(title, len(arrived), len(owing), kept, broken)
    if part.top == part.province.top.code:
        found |= _line("Tập huấn báo cáo viên", bool(part.ledger.trainings), 1, 0, 0)
    return found | media(part) | activities(part)


def activities(part: Part) -> Figures:
    """Below the unit; communes owe some."""
    below = {one.code for one in part.units} - {part.top}
    done = [one for one in part.ledger.activities if one.unit in below]
    owing = {one.code for one in part.units if one.owes == "grassroots" and one.code in below}
    return {
        "activities": len(done),
        "units with activities": len(owing & {one.unit for one in done}),
        "units to have activities": len(owing),
    }


def numbered(part: Part) -> list[tuple[str, str, str]]:
    """Plans handed in, as the workbook has them: (which, unit, number and day)."""
    codes = {one.code for one in part.units}
    titles = {duty: title.partition(", cấp")[0] for (duty, _level), title in _DOCUMENTS.items()}
    return sorted(
        (titles[duty], code, told or "chưa ghi")
        for (duty, code), told in part.ledger.numbers.items()
        if code in codes and duty in NUMBERED
    )


def activities_told(part: Part) -> Figures:
    """What the official report tells: the unit's own too."""
    below, codes = activities(part), {one.code for one in part.units}
    done = [one for one in part.ledger.activities if one.unit in codes]
    counted = [one.people for one in done if one.people is not None]
    return {
        **below,
        "activities": len(done),
        "activities' people": sum(counted),
        "activities counted": len(counted) if len(counted) < len(done) else 0,  # told where it is not all
    }


def activities_listed(part: Part) -> list[tuple[object, ...]]:
    """As the workbook has them."""
    codes = {one.code for one in part.units}
    told = [
        (one.unit, one.title, one.day, "chưa ghi" if one.people is None else one.people)
        for one in part.ledger.activities
        if one.unit in codes
    ]
    return sorted(told, key=lambda one: str(one[1]))


FACTS = ("Học đúng thời hạn", "Họp đúng thời hạn", "Cán bộ học đủ", "Bài thu hoạch")


def rating(part: Part) -> dict[str, tuple[str | None, ...]]:
    """Unit by unit, fact by fact, as the workbook words it; None: it is not asked."""
    found = {}
    for one in part.units:
        if one.owes == "province":
            continue
        facts = dict(zip(FACTS, _facts(part, one), strict=True))
        for title, told in facts.items():
            contest = part.ledger.contests.get((one.code, title))
            if contest is not None and contest.accepted:
                facts[title] = f"đạt (quyết định; số liệu: {told})"
        found[one.code] = tuple(facts.values())
    return found


def _facts(part: Part, one: Unit) -> tuple[str | None, ...]:
    def met(is_so: bool) -> str:
        return "đạt" if is_so else "chưa đạt"

    sent, held = part.ledger.participations.get(one.code), part.ledger.sessions[one.code]
    owing = [human for human in part.province.of_unit[one.code] if human.role in OWES_ESSAY]
    written = met(all(human.chat in part.ledger.essays for human in owing)) if owing else "không tính"
    if one.owes != "branch":
        return None, met(held_on_time(one.owes, held[0].day)) if held else "chưa báo cáo", None, written
    if sent is None:
        return "chưa báo cáo", None, "chưa ghi", written
    studied = met(held_on_time("branch", sent.lines[0].day))
    if sent.cadres is None:
        return studied, None, "chưa ghi", written
    return studied, None, met(sent.cadres >= sent.cadres_expected), written


def rated(part: Part) -> Figures:
    """What /binhxet says of the units below: decisions over figures."""
    below = {code: facts for code, facts in rating(part).items() if code != part.top}
    found: Figures = {}
    for place, title in enumerate(FACTS):
        told = [(facts[place] or "").partition(" (")[0] for facts in below.values()]
        found |= {
            f"{title}: {word}": told.count(word) for word in ("đạt", "chưa đạt", "chưa báo cáo", "chưa ghi")
        }
    waiting = [code for (code, _title), one in part.ledger.contests.items() if one.accepted is None]
    return found | {"contests waiting": sum(code in below for code in waiting)}


def _line(title: str, received: int, due: int, kept: int, broken: int) -> Figures:
    counts = {"received": received, "due": due, "on time": kept, "late": broken}
    return {f"{title}: {name}": count for name, count in counts.items()}


def speaking(part: Part) -> Figures:
    """Who is registered, who was trained, who spoke and how it was judged. A branch's own session is nobody's."""
    codes, ledger = {one.code for one in part.units}, part.ledger
    register = {(code, name) for code in codes for name in ledger.registers[code]}
    trained = {one for training in ledger.trainings for one in training.names}
    hosts = [one for one in part.units if one.owes != "branch"]
    spoke = {one.code: sum(not each.own for each in ledger.sessions[one.code]) for one in hosts}
    grades: Counter[str] = Counter()
    for code in codes:
        grades += ledger.judged[code]
    return {
        "registered": len(register),
        "registered and trained": len(register & trained),
        "spoke": sum(spoke.values()),
        "spoke, best": grades["Tốt"],
        "spoke, well": grades["Khá"],
        "spoke, fairly": grades["Trung bình"],
        "spoke, badly": grades["Yếu"],
    }


def training(part: Part) -> Figures:
    """Of the trainings that the unit itself recorded: the province's."""
    mine = part.ledger.trainings if part.top == part.province.top.code else []
    return {"trainings": len(mine), "trained": sum(sum(one.people.values()) for one in mine)}


def meetings(part: Part) -> list[tuple[object, ...]]:
    """As the workbook lists them: who is to hold each, when, who comes to it, what became of it."""
    codes = {one.code for one in part.units}
    return sorted(
        (
            one.host,
            one.day,
            one.half,
            len(one.invited),
            sum(one.answers.values()),
            sum(not comes for comes in one.answers.values()),
            _became(part, one),
        )
        for one in part.ledger.meetings
        if one.host in codes
    )


def _became(part: Part, one: Meeting) -> str:
    held = any(session.day == one.day for session in part.ledger.sessions[one.host])
    return "đã huỷ" if one.called_off else "đã ghi kết quả" if held else "trong lịch"


def quick_reports(part: Part) -> Figures:
    """What the official report tells of them."""
    codes = {one.code for one in part.units}
    sent = [one for one in part.ledger.relays if one.unit in codes and one.name.startswith("Báo cáo nhanh")]
    return {
        "quick reports": len(sent),
        "quick reports from": len({one.unit for one in sent}),
        "quick reports accepted": sum(one.accepted for one in sent),
    }


def relays(part: Part) -> list[tuple[object, ...]]:
    """As the workbook lists them: whose, what, and the figures that it froze."""
    codes = {one.code for one in part.units}
    return sorted(
        (one.unit, one.name, *(one.figures[name] for name in ("received", "due", "members", "members of")))
        for one in part.ledger.relays
        if one.unit in codes
    )


def media(part: Part) -> Figures:
    codes = {one.code for one in part.units}
    return {"media items": sum(one.unit in codes for one in part.ledger.media)}


def proposals(part: Part) -> Figures:
    """Below the unit; of the province its own too, which nobody else answers."""
    codes = {one.code for one in part.units}
    if part.top != part.province.top.code:
        codes.remove(part.top)
    below = [one for one in part.ledger.proposals if one.unit in codes]
    waiting = [one for one in below if not one.answered]
    here = sum(owner_of(part.province, one) == part.top for one in waiting)
    return {
        "proposals waiting here": here,
        "proposals waiting elsewhere": len(waiting) - here,
        "proposals answered": len(below) - len(waiting),
    }


def owner_of(province: Province, one: Proposal) -> str:
    """Whose it is to answer."""
    return one.owner or province.units[one.unit].parent or one.unit


def by_level(part: Part) -> Figures:
    """What the official report tells of each level's sessions."""
    found: Figures = {}
    for level, name in LEVELS.items():
        held = sessions(part, level)
        if not held:
            continue
        groups = [one for each in held for one in each.groups]
        found |= {
            f"speakers, {name}": len(held),
            f"speakers outside, {name}": sum(one.outside for one in held),
            f"enough materials, {name}": sum(one.enough for one in held),
            f"too few materials, {name}": sum(not one.enough for one in held),
            f"convened present, {name}": sum(attended for attended, _of in groups),
            f"convened, {name}": sum(of for _attended, of in groups),
        }
    own = [one for unit in part.units for one in part.ledger.sessions[unit.code] if one.own]
    return found | {"own sessions": len(own)}
