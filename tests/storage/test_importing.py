"""Importing rosters: all or nothing, every bad row named, the same file twice changes nothing."""

import re
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, insert, select

from rules.plan import Plan
from storage import own_data, people, units
from storage.audit import Action
from storage.database import Database
from storage.import_checks import BadRoster, Result
from storage.importing import import_file
from storage.models import account, audit, person, position, unit
from storage.plans import load_plan
from tests.clock import FrozenClock
from tests.people import at
from tests.storage.files import BRANCHES, COMMUNE, PEOPLE, csv_file

NOW = datetime(2018, 11, 14, 19, 42, tzinfo=FrozenClock.ZONE)
TODAY = NOW.date()


@dataclass
class Importer:
    database: Database
    plan: Plan
    folder: Path
    now: datetime = NOW

    def __call__(self, text: str, *, dry_run: bool = False) -> Result:
        path = csv_file(self.folder, text)
        return import_file(self.database, self.plan, path, self.now, dry_run=dry_run)

    def refuses(self, text: str) -> list[str]:
        before = self.state()
        with pytest.raises(BadRoster) as refused:
            self(text)
        assert self.state() == before
        return refused.value.problems

    def state(self) -> list[Any]:
        with self.database.reading() as conn:
            return [
                [tuple(row) for row in conn.execute(select(table).order_by(table.c.id))]
                for table in (unit, person, position, audit)
            ]

    def actions(self) -> list[str]:
        with self.database.reading() as conn:
            return list(conn.scalars(select(audit.c.action).order_by(audit.c.id)))

    def unit(self, code: str) -> units.Unit:
        with self.database.reading() as conn:
            found = units.by_code(conn, code)
        assert found is not None
        return found

    def holders(self, code: str) -> list[tuple[str, str, str | None]]:
        with self.database.reading() as conn:
            roles = [role.code for role in self.plan.roles]
            found = people.holders(conn, self.unit(code).id, self.now.date(), roles)
        return [(one.full_name, one.role, one.phone) for one in found]


@pytest.fixture
def load(database: Database, tmp_path: Path) -> Importer:
    """An importer into an empty province."""
    return Importer(database, load_plan("ke-hoach-66"), tmp_path)


@pytest.fixture
def loaded(load: Importer) -> Importer:
    for text in (COMMUNE, BRANCHES, PEOPLE):
        load(text)
    return load


# -- units


def test_a_number_that_was_erased_on_request_does_not_come_back(database: Database, tmp_path: Path) -> None:
    units = tmp_path / "u.csv"
    units.write_text("code,name,level\nT,Tỉnh đoàn,province\n", encoding="utf-8")
    listed = tmp_path / "p.csv"
    listed.write_text("unit_code,full_name,role,phone\nT,Lê Thị Mai,officer,0912345678\n", encoding="utf-8")
    plan, now = load_plan("ke-hoach-66"), at(14, 11)
    import_file(database, plan, units, now)
    import_file(database, plan, listed, now)
    with database.writing() as conn:
        conn.execute(
            insert(account).values(
                channel="telegram", address="1", person_id=1, reachable=True, wrong_tries=0, created_at=now
            )
        )
        own_data.erase(conn, 1, 1, now)
    assert import_file(database, plan, listed, now).changes == []
    with database.reading() as conn:
        assert list(conn.scalars(select(person.c.phone))) == [None]


def test_a_tree_is_imported(loaded: Importer) -> None:
    ids = [loaded.unit(code).id for code in ("TH", "HH", "HQ", "HQ-1")]
    branch = loaded.unit("HQ-1")
    assert branch.path == "/" + "/".join(str(one) for one in ids) + "/"
    assert (branch.parent_id, branch.cadres, branch.members, branch.youth) == (ids[2], 3, 50, 10)
    assert loaded.unit("HQ-2").youth is None
    assert loaded.actions()[:2] == [Action.UNITS_IMPORTED, Action.UNITS_IMPORTED]


def test_rows_may_stand_in_any_order(load: Importer) -> None:
    header, *rows = COMMUNE.splitlines()
    load("\n".join([header, *reversed(rows)]))
    assert load.unit("HQ").path.startswith(load.unit("HH").path)


def test_a_branch_directly_under_a_district_has_a_grassroots_unit_s_duties(loaded: Importer) -> None:
    loaded("code,name,level,parent_code\nCA,Chi đoàn Công an huyện,chi đoàn,HH\n")
    assert (loaded.unit("CA").level, loaded.unit("CA").duty_level) == ("branch", "grassroots")
    assert loaded.unit("HQ-1").duty_level == "branch"


@pytest.mark.parametrize("text", [COMMUNE, BRANCHES, PEOPLE], ids=["units", "branches", "people"])
def test_the_same_file_again_changes_nothing(loaded: Importer, text: str) -> None:
    before = loaded.state()
    assert loaded(text).changes == []
    assert loaded(unicodedata.normalize("NFD", text)).changes == []
    assert loaded.state() == before


def test_a_changed_file_updates_and_is_audited(loaded: Importer) -> None:
    result = loaded(BRANCHES.replace("3,50,10", "4,52,10"))
    assert result.changes == ["đổi HQ-1 Chi đoàn thôn 1: cán bộ 3 → 4; đoàn viên 50 → 52"]
    assert (loaded.unit("HQ-1").members, loaded.unit("HQ-2").members) == (52, 40)
    with loaded.database.reading() as conn:
        told = conn.execute(select(audit).where(audit.c.action == Action.UNIT_CHANGED)).one()
    assert (told.unit_id, told.facts) == (loaded.unit("HQ-1").id, {"cadres": 4, "members": 52})


def test_columns_that_a_file_lacks_stay_as_they_are(loaded: Importer) -> None:
    assert loaded("code,name,level\nHQ-1,Chi đoàn thôn 1,chi đoàn\n").changes == []
    assert loaded.unit("HQ-1").members == 50


def test_a_unit_that_moves_takes_along_what_is_below(loaded: Importer) -> None:
    loaded("code,name,level,parent_code\nTX,Thị đoàn Bỉm Sơn,district,TH\nHQ,Đoàn xã Hoằng Quỳ,xã,TX\n")
    assert loaded.unit("HQ-1").path.startswith(loaded.unit("HQ").path)
    assert loaded.unit("HQ").path.startswith(loaded.unit("TX").path)


def test_a_closed_unit_keeps_its_history(loaded: Importer) -> None:
    loaded(
        "code,name,level,parent_code,valid_to,successor_code\n"
        "HQ-1,Chi đoàn thôn 1,branch,HQ,31/10/2018,HQ-9\nHQ-9,Chi đoàn thôn 9,branch,HQ,,\n"
    )
    with loaded.database.reading() as conn:
        here = units.children(conn, loaded.unit("HQ").id, TODAY)
        successor = conn.scalar(select(unit.c.successor_id).where(unit.c.code == "HQ-1"))
    assert [one.code for one in here] == ["HQ-2", "HQ-9"]
    assert loaded.unit("HQ-1").valid_to == date(2018, 10, 31)
    assert successor == loaded.unit("HQ-9").id


@pytest.mark.parametrize(
    ("row", "told"),
    [
        pytest.param("X,Đoàn X,cấp xóm,HH,,,", r'dòng 2: cột level ghi "cấp xóm".*grassroots', id="level"),
        pytest.param("X,Đoàn X,xã,,,,", "dòng 2: X: thiếu mã đơn vị cấp trên", id="no parent"),
        pytest.param("X,Đoàn X,xã,ZZ,,,", "dòng 2: không có đơn vị cấp trên ZZ", id="unknown parent"),
        pytest.param("X,Đoàn X,huyện,HQ-1,,,", r"X \(district\) không thể dưới HQ-1", id="level order"),
        pytest.param("HH,Huyện,huyện,HQ-1,,,", "HH là cấp trên của chính mình", id="loop with what is there"),
        pytest.param("X,Đoàn X,chi đoàn,HQ,5,3,", r"cán bộ \(5\) nhiều hơn đoàn viên \(3\)", id="cadres"),
        pytest.param("X,Đoàn X,chi đoàn,HQ,1,0,", r"nhiều hơn đoàn viên \(0\)", id="cadres of nobody"),
        pytest.param("X,Đoàn X,chi đoàn,HQ,,-3,", 'cột members ghi "-3"', id="negative"),
        pytest.param("X,Đoàn X,chi đoàn,HQ,,,x", 'cột youth ghi "x"', id="no number"),
        pytest.param("X,,chi đoàn,HQ,,,", "thiếu tên đơn vị", id="no name"),
        pytest.param(",Đoàn X,chi đoàn,HQ,,,", "thiếu mã", id="no code"),
        pytest.param(f"X,{'dài ' * 60},chi đoàn,HQ,,,", "dài quá 200 chữ", id="long name"),
    ],
)
def test_a_bad_unit_is_named_with_its_line(loaded: Importer, row: str, told: str) -> None:
    header = BRANCHES.splitlines()[0]
    problems = loaded.refuses(f"{header}\n{row}\n")
    assert len(problems) == 1
    assert re.search(told, problems[0])


def test_every_bad_row_is_named_in_the_order_of_the_file(loaded: Importer) -> None:
    header = BRANCHES.splitlines()[0]
    problems = loaded.refuses(
        f"{header}\nA,,xóm,HQ,,,\nB,Chi đoàn B,branch,HQ,,,x\nB,Chi đoàn B,branch,HQ,,,\n"
    )
    assert [one.partition(":")[0] for one in problems] == ["dòng 2", "dòng 2", "dòng 3", "dòng 4"]


def test_a_unit_cannot_sink_below_those_under_it(loaded: Importer) -> None:
    problems = loaded.refuses("code,name,level,parent_code\nHQ,Đoàn xã,chi đoàn,HH\n")
    assert [one.partition(" (")[0] for one in problems] == ["dòng 2: HQ-1", "dòng 2: HQ-2"]


def test_a_loop_within_a_file_is_named_at_each_of_its_rows(loaded: Importer) -> None:
    header = BRANCHES.splitlines()[0]
    problems = loaded.refuses(f"{header}\nA,Đoàn A,grassroots,B,,,\nB,Đoàn B,grassroots,A,,,\n")
    assert problems == [
        "dòng 2: A là cấp trên của chính mình (cột parent_code)",
        "dòng 3: B là cấp trên của chính mình (cột parent_code)",
    ]


@pytest.mark.parametrize(
    ("closing", "told"),
    [
        pytest.param("31/10/2018,HQ-1", "không có đơn vị HQ-1 để sáp nhập", id="into itself"),
        pytest.param(",HQ-2", "thiếu ngày cuối", id="no day"),
        pytest.param("2018-10-31,HQ-2", "phải là ngày/tháng/năm", id="another way of writing days"),
    ],
)
def test_a_merger_says_when_and_into_what(loaded: Importer, closing: str, told: str) -> None:
    problems = loaded.refuses(
        f"code,name,level,valid_to,successor_code\nHQ-1,Chi đoàn thôn 1,branch,{closing}\n"
    )
    assert told in problems[0]


def test_a_dry_run_says_what_would_change_and_writes_nothing(load: Importer) -> None:
    before = load.state()
    result = load(COMMUNE, dry_run=True)
    assert result.changes == [
        "thêm TH Tỉnh đoàn Thanh Hóa",
        "thêm HH Huyện đoàn Hoằng Hóa",
        "thêm HQ Đoàn xã Hoằng Quỳ",
    ]
    assert load.state() == before


def test_ids_given_out_by_an_import_are_not_given_again(loaded: Importer) -> None:
    with loaded.database.writing() as conn:
        made = conn.execute(person.insert().values(full_name="Mới", name_folded="moi", created_at=NOW))
        key = made.inserted_primary_key
        assert key is not None
        conn.execute(person.delete().where(person.c.id == key[0]))
    loaded(PEOPLE + "HQ-2,Đỗ Văn Nam,Phó bí thư,\n")
    with loaded.database.reading() as conn:
        assert conn.scalar(select(func.max(person.c.id))) > key[0]


# -- people


def test_people_are_imported_with_their_numbers(loaded: Importer) -> None:
    assert loaded.holders("HQ-1") == [
        ("Lê Thị Mai", "secretary", "+84900000301"),
        ("Trần Văn Hùng", "deputy", "+84900000302"),
        ("Phạm Thu Hà", "committee_member", None),
    ]
    assert loaded.actions()[-1] == Action.PEOPLE_IMPORTED


def test_one_person_in_several_units_is_one(loaded: Importer) -> None:
    loaded(PEOPLE + "HQ,LÊ THỊ MAI,Uỷ viên BCH,+84 900 000 301\n")
    with loaded.database.reading() as conn:
        found = people.by_phone(conn, "+84900000301")
        held = people.positions(conn, found[0].id, TODAY)
    assert len(found) == 1
    assert [(one.role, one.unit_name) for one in held] == [
        ("committee_member", "Đoàn xã Hoằng Quỳ"),
        ("secretary", "Chi đoàn thôn 1"),
    ]


def test_a_family_may_share_a_number(loaded: Importer) -> None:
    loaded(PEOPLE + "HQ-2,Lê Văn Nam,Phó bí thư,0900000301\n")
    with loaded.database.reading() as conn:
        assert len(people.by_phone(conn, "+84900000301")) == 2


def test_namesakes_in_one_unit_stay_two(loaded: Importer) -> None:
    both = PEOPLE + "HQ-2,Lê Văn Nam,Đoàn viên,0900000401\nHQ-2,Lê Văn Nam,Đoàn viên,0900000402\n"
    loaded(both)
    before = loaded.state()
    assert loaded(both).changes == []
    assert loaded.state() == before
    one_moved = both.replace("0900000401", "0900000409")
    assert loaded(one_moved).changes == ["đổi số của Lê Văn Nam, HQ-2"]
    phones = {phone for name, _role, phone in loaded.holders("HQ-2") if name == "Lê Văn Nam"}
    assert phones == {"+84900000409", "+84900000402"}


def test_a_new_number_is_the_same_person_s(loaded: Importer) -> None:
    result = loaded(PEOPLE.replace("0900000302", "0900000999"))
    assert result.changes == ["đổi số của Trần Văn Hùng, HQ-1"]
    assert loaded.actions()[-1] == Action.PERSON_CHANGED


def test_a_number_that_is_left_out_is_kept(loaded: Importer) -> None:
    assert loaded(PEOPLE.replace("0900000302", "")).changes == []


def test_who_is_not_in_the_file_stays(loaded: Importer) -> None:
    loaded("unit_code,full_name,role\nHQ-1,Ngô Văn Bình,Đoàn viên\n")
    assert len(loaded.holders("HQ-1")) == 4


def test_another_office_in_the_same_unit_takes_the_place_of_the_old(loaded: Importer) -> None:
    result = loaded("unit_code,full_name,role\nHQ-1,Trần Văn Hùng,Bí thư\n")
    assert result.changes == ["Trần Văn Hùng: Bí thư, HQ-1", "Trần Văn Hùng: thôi Phó Bí thư, HQ-1"]
    assert [one[:2] for one in loaded.holders("HQ-1") if one[0] == "Trần Văn Hùng"] == [
        ("Trần Văn Hùng", "secretary")
    ]
    assert loaded.actions()[-2:] == [Action.POSITION_GIVEN, Action.POSITION_DATED]


def test_being_listed_as_a_member_ends_no_office(loaded: Importer) -> None:
    loaded("unit_code,full_name,role\nHQ-1,Lê Thị Mai,Đoàn viên\n")
    assert ("Lê Thị Mai", "secretary", "+84900000301") in loaded.holders("HQ-1")


def test_a_mistake_is_taken_back_the_same_day(loaded: Importer) -> None:
    for role in ("Phó bí thư", "Bí thư", "Phó bí thư", "Bí thư"):
        loaded(f"unit_code,full_name,role\nHQ-1,Lê Thị Mai,{role}\n")
    assert loaded.holders("HQ-1")[0][:2] == ("Lê Thị Mai", "secretary")


def test_an_office_ends_on_the_day_that_the_file_says(loaded: Importer) -> None:
    ends = "unit_code,full_name,role,valid_to\nHQ-1,Lê Thị Mai,Bí thư,{}\n"
    result = loaded(ends.format("14/11/2018"))
    assert result.changes == ["Lê Thị Mai: Bí thư, HQ-1: đến hết ngày 14/11/2018"]
    assert loaded(ends.format("14/11/2018")).changes == []
    assert "Lê Thị Mai" in [one[0] for one in loaded.holders("HQ-1")]
    loaded.now += timedelta(days=1)
    assert "Lê Thị Mai" not in [one[0] for one in loaded.holders("HQ-1")]
    assert loaded(ends.format("14/11/2018")).changes == []


def test_a_newcomer_is_not_the_namesake_who_left(loaded: Importer) -> None:
    loaded("unit_code,full_name,role,valid_to\nHQ-1,Lê Thị Mai,Bí thư,31/10/2018\n")
    result = loaded("unit_code,full_name,role,phone\nHQ-1,Lê Thị Mai,Bí thư,0900000777\n")
    assert result.changes == ["thêm Lê Thị Mai, HQ-1", "Lê Thị Mai: Bí thư, HQ-1"]
    assert loaded.holders("HQ-1")[0] == ("Lê Thị Mai", "secretary", "+84900000777")
    with loaded.database.reading() as conn:
        assert len(people.by_phone(conn, "+84900000301")) == 1


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        pytest.param(
            "HQ-1,Mai,Trùm,", 'dòng 2: cột role ghi "Trùm"; phải là một trong: secretary', id="role"
        ),
        pytest.param("ZZ,Lê Mai,Bí thư,", "dòng 2: không có đơn vị ZZ", id="unknown unit"),
        pytest.param(",Lê Mai,Bí thư,", "dòng 2: thiếu mã đơn vị", id="no unit"),
        pytest.param("HQ-1,,Bí thư,", "dòng 2: họ tên phải có", id="no name"),
        pytest.param("HQ-1,Lê Mai,Bí thư,12345", 'dòng 2: số điện thoại "12345" chưa đúng', id="phone"),
        pytest.param(
            "HQ-1,Lê Mai,Bí thư,\nHQ-1,Lê Mai,BT,", "dòng 3: Lê Mai, BT: đã có ở dòng 2", id="twice"
        ),
        pytest.param(
            "HQ-1,Lê Mai,Bí thư,0900000301\nHQ-1,Lê Mai,Bí thư,", "dòng 3: .*dòng 2", id="once without number"
        ),
    ],
)
def test_a_bad_person_is_named_with_the_line(loaded: Importer, rows: str, told: str) -> None:
    problems = loaded.refuses(f"unit_code,full_name,role,phone\n{rows}\n")
    assert len(problems) == 1
    assert re.search(told, problems[0])


def test_markup_in_a_name_stays_text(loaded: Importer) -> None:
    name = '<b>Lê & Mai</b> "x"'
    loaded(f'unit_code,full_name,role\nHQ-2,"{name.replace(chr(34), chr(34) * 2)}",Đoàn viên\n')
    assert name in [one[0] for one in loaded.holders("HQ-2")]


# -- size


def test_ten_thousand_rows_with_three_bad_ones(loaded: Importer) -> None:
    def rows(bad: Callable[[int], bool]) -> str:
        lines = (
            f"HQ-{place},Chi đoàn {place},branch,{'ZZ' if bad(place) else 'HQ'},3,50"
            for place in range(10_000)
        )
        return "code,name,level,parent_code,cadres,members\n" + "\n".join(lines)

    problems = loaded.refuses(rows(lambda place: place in (10, 5_000, 9_999)))
    assert [one.partition(":")[0] for one in problems] == ["dòng 12", "dòng 5002", "dòng 10001"]
    assert loaded(rows(lambda _place: False)).rows == 10_000
    with loaded.database.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(unit)) == 10_003


def test_two_imports_at_once_are_one_after_the_other(load: Importer) -> None:
    load(COMMUNE)
    rows = "".join(f"B{number},Chi đoàn {number},branch,HQ,3,50,\n" for number in range(500))
    csv_file(load.folder, BRANCHES + rows)
    with ThreadPoolExecutor(4) as pool:
        done = [
            pool.submit(import_file, load.database, load.plan, load.folder / "roster.csv", NOW)
            for _ in range(4)
        ]
        changes = sorted(len(one.result().changes) for one in done)
    assert changes[-1] == 502
    with load.database.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(unit)) == 505
    assert load.actions().count(Action.UNITS_IMPORTED) == 2
