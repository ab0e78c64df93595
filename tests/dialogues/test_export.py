"""/xuat: who may ask for what; the file itself is made by a job."""

from typing import Any

import pytest
from sqlalchemy import insert, select

from storage.models import audit, errand, position
from tests.conftest import Province
from tests.people import Person


def asked_for(province: Province) -> list[dict[str, Any]]:
    with province.stage.reading() as conn:
        return [row.args for row in conn.execute(select(errand).order_by(errand.c.id))]


def press(who: Person, data: str) -> None:
    """A button that somebody wrote by hand."""
    who.new = []
    who.stage.take(who.pressed(data, "1"))


def test_an_officer_asks_for_their_subtree(province: Province, xa: Person) -> None:
    xa.says("/xuat")
    assert xa.sees("Hệ thống đang tạo tệp, xong sẽ gửi ngay tại đây.")
    assert asked_for(province) == [{"unit": province.ids["xa"]}]
    with province.stage.reading() as conn:
        entry = conn.execute(select(audit).order_by(audit.c.id.desc())).first()
    assert entry is not None
    assert (entry.action, entry.unit_id, entry.person_id, entry.facts) == (
        "file_asked",
        province.ids["xa"],
        province.ids["Vũ Văn Xã"],
        {"kind": "export"},
    )


def test_asked_twice_it_is_made_once(province: Province, xa: Person) -> None:
    xa.says("/xuat").says("/xuat")
    assert xa.sees("Tệp này đang được tạo")
    assert len(asked_for(province)) == 1


def test_several_desks(province: Province, xa: Person) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            insert(position).values(
                person_id=province.ids["Vũ Văn Xã"], unit_id=province.ids["huyen"], role="committee_member"
            )
        )
    xa.says("/xuat")
    assert xa.sees("Đồng chí xuất số liệu của đơn vị nào?")
    assert xa.buttons == ["Huyện đoàn Hoằng Hóa", "Đoàn xã Hoằng Quỳ"]
    assert asked_for(province) == []
    xa.presses("Huyện đoàn Hoằng Hóa").presses("Excel")
    assert xa.sees("Hệ thống đang tạo tệp")
    assert asked_for(province) == [{"unit": province.ids["huyen"]}]


def test_a_unit_below(province: Province, xa: Person) -> None:
    press(xa, f"s.export.{province.ids['thon3']}")
    assert asked_for(province) == [{"unit": province.ids["thon3"]}]


@pytest.mark.parametrize(
    "argument", ["1", "2", "999999", "99999999999999999999999", "-3", "", "x", "3.1", "٣"]
)
def test_no_other_unit(province: Province, xa: Person, argument: str) -> None:
    """Above, nowhere, or nothing that a button of ours carries: the same answer."""
    press(xa, f"s.export.{argument}")
    assert xa.sees("Đồng chí chưa được phân công đơn vị này.")
    assert asked_for(province) == []


def test_a_branch_has_no_desk(province: Province, mai: Person) -> None:
    mai.says("/xuat")
    assert mai.sees("/trangthai")
    press(mai, f"s.export.{province.ids['xa']}")
    assert mai.sees("Đồng chí chưa được phân công đơn vị này.")
    assert asked_for(province) == []


def test_a_stranger_learns_nothing(province: Province) -> None:
    stranger = province.stage.person(999)
    stranger.says("/xuat")
    press(stranger, f"s.export.{province.ids['xa']}")
    assert asked_for(province) == []


def test_in_the_middle_of_another_conversation(province: Province, xa: Person) -> None:
    xa.says("/baocao").presses("Đã tổ chức")
    xa.says("/xuat")
    assert xa.sees("Hệ thống đang tạo tệp")
    xa.presses("Viết tiếp")
    assert xa.sees("Hội nghị họp ngày nào?")
