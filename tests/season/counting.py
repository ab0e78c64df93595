"""The figures of a unit and all below it, counted from the ledger by the plan's text alone.

Nothing here comes from the program that is judged: the days are those that the plan prints.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from tests.clock import FrozenClock
from tests.season.ledger import Ledger, Participation, Session
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
    return {"halls": len(held), "halls counted": len(counted), "hall people": sum(counted)}


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
    return found | media(part)


def _line(title: str, received: int, due: int, kept: int, broken: int) -> Figures:
    counts = {"received": received, "due": due, "on time": kept, "late": broken}
    return {f"{title}: {name}": count for name, count in counts.items()}


def media(part: Part) -> Figures:
    codes = {one.code for one in part.units}
    return {"media items": sum(one.unit in codes for one in part.ledger.media)}


def proposals(part: Part) -> Figures:
    """Below the unit, not its own."""
    codes = {one.code for one in part.units} - {part.top}
    below = [one for one in part.ledger.proposals if one.unit in codes]
    answered = sum(one.answered for one in below)
    return {"proposals waiting": len(below) - answered, "proposals answered": answered}


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
