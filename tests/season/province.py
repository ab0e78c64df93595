"""A province of any size, made up: its units, its people, and the two files that are imported."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from pathlib import Path
from random import Random

FIRST_CHAT = 500_000


def _words(text: str) -> list[str]:
    return text.split()


_FAMILY = _words("Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Cao Lưu Tống")
_MIDDLE = _words(
    "Văn Thị Đức Thu Minh Ngọc Quang Thanh Hữu Xuân Hồng Anh Bảo Công Đình Gia Hải Khánh Kim Phương"
)
_GIVEN = _words(
    "An Bình Châu Dũng Giang Hà Hạnh Hiền Hoa Hùng Hương Khang Lan Linh "
    "Long Mạnh Nam Nga Ngân Nhung Oanh Phong Phúc Quân Quỳnh Sơn Tâm Thảo "
    "Thắng Thủy Tiến Trang Trung Tú Tuấn Uyên Việt Vinh Xuyến Yến"
)
_DISTRICT = _words("Hoằng Quảng Thiệu Triệu Vĩnh Yên Nga Hậu Hà Cẩm Ngọc Thạch Tĩnh Nông Đông Thọ Như")
_END = _words("Hóa Lộc Sơn Thủy Xương Định")
_COMMUNE = _words("An Bắc Cát Đại Giang Hợp Khê Liên Mỹ Ninh Phú Quý Tân Thành Thịnh Trung Vân Xuân Đức Hưng")
_SECOND = _words(
    "Bình Châu Đông Hải Hòa Khánh Lâm Lập Lĩnh Long Lộc Lợi Minh Nam "
    "Phong Phúc Quang Sơn Tây Tiến Thái Thắng Thọ Thuận Trạch Trường Vinh Vượng "
    "Yên Đạt Đồng Hiệp"
)


@dataclass(frozen=True, slots=True)
class Size:
    branches: int
    communes: int
    districts: int

    @classmethod
    def of(cls, branches: int) -> "Size":
        """In the proportions of the province: 27 districts, 635 communes, 5,000 branches."""
        districts = max(2, round(branches * 27 / 5000))
        return cls(branches, max(2 * districts, round(branches * 635 / 5000)), districts)


@dataclass(frozen=True, slots=True)
class Unit:
    """`owes`: the level whose duties it has; of a chi đoàn cơ sở that of a grassroots unit."""

    code: str
    name: str
    level: str
    owes: str
    parent: str | None
    cadres: int | None = None
    members: int | None = None


@dataclass(slots=True)
class Human:
    """`unit`: its code. Nobody has more than one office."""

    chat: int
    name: str
    unit: str
    role: str
    linked: bool = False
    blocks: bool = False  # the bot, as from now
    refused: bool = False  # a message to them came back

    @property
    def leads(self) -> bool:
        return self.role in ("secretary", "officer")


@dataclass
class Province:
    units: dict[str, Unit] = field(default_factory=dict)
    people: list[Human] = field(default_factory=list)

    @cached_property
    def below(self) -> dict[str, list[Unit]]:
        """Directly, by code."""
        found: dict[str, list[Unit]] = defaultdict(list)
        for one in self.units.values():
            if one.parent is not None:
                found[one.parent].append(one)
        return found

    @cached_property
    def of_unit(self) -> dict[str, list[Human]]:
        found: dict[str, list[Human]] = defaultdict(list)
        for one in self.people:
            found[one.unit].append(one)
        return found

    @cached_property
    def by_chat(self) -> dict[int, Human]:
        return {one.chat: one for one in self.people}

    @cached_property
    def top(self) -> Unit:
        return next(one for one in self.units.values() if one.parent is None)

    def at(self, owes: str) -> list[Unit]:
        return [one for one in self.units.values() if one.owes == owes]

    def subtree(self, code: str) -> set[str]:
        """Itself too."""
        found = {code}
        for one in self.below[code]:
            found |= self.subtree(one.code)
        return found

    def chain(self, code: str) -> Iterator[str]:
        """Itself, then whatever stands above."""
        at: str | None = code
        while at is not None:
            yield at
            at = self.units[at].parent

    def leader(self, code: str) -> Human | None:
        """Who speaks for the unit: the first who is connected."""
        return next((one for one in self.of_unit[code] if one.linked and not one.blocks), None)


def make(size: Size, chance: Random) -> Province:
    province = Province()
    units = province.units
    units["T"] = Unit("T", "Tỉnh đoàn", "province", "province", None, 10)
    towns = [f"{a} {b}" for b, a in product(_END, _DISTRICT)]
    for number in range(size.districts):
        units[f"H{number}"] = Unit(
            f"H{number}", f"Huyện đoàn {towns[number]}", "district", "district", "T", 15
        )
    # Two of them hold no communes: of district rank, they report for themselves.
    alone = 2 if size.districts > 9 else 0
    villages = [f"{a} {b}" for b, a in product(_SECOND, _COMMUNE)]
    hosts = []
    for number in range(size.communes):
        parent = f"H{number % (size.districts - alone)}"
        if number % 180 == 5:  # a chi đoàn cơ sở
            made = Unit(
                f"X{number}", f"Chi đoàn cơ sở {villages[number]}", "branch", "grassroots", parent, 3, 30
            )
        else:
            made = Unit(f"X{number}", f"Đoàn xã {villages[number]}", "grassroots", "grassroots", parent, 9)
            hosts.append(made.code)
        units[made.code] = made
    for number in range(size.branches):
        parent, place = hosts[number % len(hosts)], number // len(hosts) + 1
        units[f"C{number}"] = Unit(
            f"C{number}", f"Chi đoàn thôn {place}", "branch", "branch", parent, 3, chance.randint(12, 60)
        )
    _add_people(province, chance)
    return province


_OFFICES = {
    "province": ("officer", "secretary", "deputy", "committee_member"),
    "district": ("secretary", "deputy", "committee_member"),
    "grassroots": ("secretary", "deputy"),
    "branch": ("secretary", "deputy", "committee_member"),
}


def _add_people(province: Province, chance: Random) -> None:
    names = [" ".join(parts) for parts in product(_FAMILY, _MIDDLE, _GIVEN)]
    chance.shuffle(names)
    for one in province.units.values():
        for role in _OFFICES[one.level]:
            number = len(province.people)
            again = f" {number // len(names) + 1}" if number >= len(names) else ""
            name = names[number % len(names)] + again
            province.people.append(Human(FIRST_CHAT + number, name, one.code, role))


def write_files(province: Province, folder: Path) -> tuple[Path, Path]:
    """As an office hands them in."""
    units, people = folder / "don-vi.csv", folder / "nguoi.csv"
    with units.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["code", "name", "level", "parent_code", "cadres", "members"])
        for unit in province.units.values():
            writer.writerow(
                [unit.code, unit.name, unit.level, unit.parent or "", unit.cadres or "", unit.members or ""]
            )
    with people.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["unit_code", "full_name", "role", "phone"])
        for number, human in enumerate(province.people):
            writer.writerow([human.unit, human.name, human.role, f"09{number:08d}" if human.leads else ""])
    return units, people
