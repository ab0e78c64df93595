"""Invites from the desk: one person's code, never a superior's; locked; the sheet asked for once."""

import re
from typing import Any

import pytest
from sqlalchemy import insert, select

from bot.texts.invites import grouped
from storage import errands
from storage.audit import Action
from storage.models import account, audit, invite, position
from tests.conftest import Province
from tests.dialogues.desk import add_unit, card_of, pressed
from tests.people import Person


def token_in(person: Person) -> str:
    found = re.search(r"<code>/start ([a-z2-7]{26})</code>", "\n".join(one.text for one in person.new))
    assert found is not None, [one.text for one in person.new]
    return found[1]


def invites(province: Province) -> list[Any]:
    with province.stage.reading() as conn:
        return list(conn.execute(select(invite).order_by(invite.c.id)))


def hold_too(province: Province, name: str, unit: str, role: str) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            insert(position).values(person_id=province.ids[name], unit_id=province.ids[unit], role=role)
        )


def test_a_code_to_forward(province: Province, xa: Person, mai: Person) -> None:
    card_of(xa, province.ids["thon3"]).presses("Lời mời")
    assert xa.sees("Cấp lời mời cho đồng chí nào ở <b>Chi đoàn thôn 3</b>?")
    assert xa.buttons[:2] == ["Trần Văn Hùng", "Phạm Thu Hà"]  # Lê Thị Mai is connected
    xa.presses("Trần Văn Hùng")
    assert xa.sees("<b>Trần Văn Hùng</b>, Phó Bí thư Chi đoàn thôn 3?", "chỉ gửi riêng")
    xa.presses("Cấp lời mời")
    token = token_in(xa)
    assert xa.sees(f"<code>{grouped(token)}</code>", "dùng một lần, đến hết ngày 13/01/2019")
    forwarded, told = xa.new
    assert not forwarded.labels
    assert told.labels == ["Về đơn vị"]
    (made,) = invites(province)
    assert made.person_id == province.ids["Trần Văn Hùng"]
    with province.stage.reading() as conn:
        entry = conn.execute(select(audit).where(audit.c.action == Action.INVITES_ISSUED)).one()
    assert (entry.person_id, entry.unit_id, entry.subject_id) == (
        province.ids["Vũ Văn Xã"],
        province.ids["thon3"],
        province.ids["Trần Văn Hùng"],
    )
    hung = province.stage.person(104)
    hung.says(grouped(token).upper()).presses("Đúng").presses("Đồng ý")
    assert hung.sees("Chào đồng chí Hùng.")


def test_pressing_twice_issues_one(province: Province, xa: Person) -> None:
    xa.says("/donvi Trần Văn Hùng").presses("Lời mời")
    province.stage.take(xa.press("Cấp lời mời"), xa.press("Cấp lời mời"))
    assert len(invites(province)) == 1


def test_nobody_is_invited_who_acts_above(province: Province, xa: Person) -> None:
    """A deputy of the branch who is the district's officer too: the code would open the district."""
    hold_too(province, "Trần Văn Hùng", "huyen", "officer")
    card_of(xa, province.ids["thon3"]).presses("Lời mời")
    assert "Trần Văn Hùng" not in xa.buttons
    xa.says("/huy")
    pressed(xa, f"s.invite.{province.ids['thon3']}.{province.ids['Trần Văn Hùng']}")
    assert xa.sees("đơn vị khác mới cấp được")
    xa.says("/donvi Trần Văn Hùng")
    assert "Lời mời" not in xa.buttons
    assert "Huyện đoàn" not in xa.last.text
    huyen = province.linked("Ngô Văn Huyện", 303)
    huyen.says("/donvi Trần Văn Hùng")
    assert "Lời mời" not in huyen.buttons
    province.linked("Đỗ Thị Tỉnh", 403).says("/donvi Trần Văn Hùng").presses("Lời mời").presses("Cấp lời mời")
    assert len(invites(province)) == 1


def test_one_who_became_a_superior_meanwhile(province: Province, xa: Person) -> None:
    xa.says("/donvi Trần Văn Hùng").presses("Lời mời")
    hold_too(province, "Trần Văn Hùng", "huyen", "officer")
    xa.presses("Cấp lời mời")
    assert xa.sees("đơn vị khác mới cấp được")
    assert not invites(province)


def test_whoever_no_message_reaches_may_be_invited_again(province: Province, xa: Person, mai: Person) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(account.update().where(account.c.address == "103").values(reachable=False))
    card_of(xa, province.ids["thon3"])
    assert xa.sees("<b>Lê Thị Mai</b>, 0900 000 013, không nhận được tin")
    xa.presses("Lời mời")
    assert xa.buttons[0] == "Lê Thị Mai"


def test_locking_what_is_out(province: Province, xa: Person) -> None:
    token = province.invite("Trần Văn Hùng")
    province.invite("Trần Văn Hùng")
    xa.says("/donvi Trần Văn Hùng")
    assert xa.sees("Lời mời đang dùng được: 2")
    xa.presses("Khoá lời mời")
    assert xa.sees("Khoá 2 lời mời đang dùng được của đồng chí <b>Trần Văn Hùng</b>?")
    xa.presses("Khoá lời mời", on=xa.last)
    assert xa.sees("Đã khoá 2 lời mời")
    assert [one.revoked_why for one in invites(province)] == ["by_officer"] * 2
    with province.stage.reading() as conn:
        entry = conn.execute(select(audit).where(audit.c.action == Action.INVITE_REVOKED)).one()
    assert (entry.person_id, entry.unit_id) == (province.ids["Vũ Văn Xã"], province.ids["thon3"])
    assert entry.facts == {"why": "by_officer", "count": 2}
    stranger = province.stage.person(900)
    stranger.says(f"/start {token}")
    assert stranger.sees("chưa nhận ra")
    xa.says("/donvi Trần Văn Hùng")
    assert "Khoá lời mời" not in xa.buttons


def test_the_sheet_is_asked_for_once(province: Province, xa: Person) -> None:
    card_of(xa, province.ids["xa"])
    twice = [xa.press("In mã QR"), xa.press("In mã QR")]
    xa.new = []
    province.stage.take(*twice)
    assert [one.text[:30] for one in xa.new] == [
        "Hệ thống đang tạo tệp, xong sẽ"[:30],
        "Tệp này đang được tạo, đồng chí chờ"[:30],
    ]
    with province.stage.reading() as conn:
        (errand,) = errands.waiting(conn)
        entry = conn.execute(select(audit).where(audit.c.action == Action.FILE_ASKED)).one()
    assert (errand.kind, errand.args) == ("invite_sheet", {"unit": province.ids["xa"]})
    assert (entry.person_id, entry.unit_id) == (province.ids["Vũ Văn Xã"], province.ids["xa"])


def test_a_branch_has_no_sheet(province: Province, xa: Person) -> None:
    pressed(xa, f"s.invitesheet.{province.ids['thon3']}")
    assert xa.sees("không có đơn vị trực thuộc")
    with province.stage.reading() as conn:
        assert not errands.waiting(conn)


@pytest.mark.parametrize("count", [13])
def test_many_people_do_not_fill_the_screen(province: Province, xa: Person, count: int) -> None:
    for number in range(count):
        card_of(xa, province.ids["thon3"]).presses("Thêm người").says(f"Nguyễn Văn Thứ Tự {'A' * number} Nam")
        xa.presses("Đoàn viên").presses("Chưa có").presses("Xác nhận")
    card_of(xa, province.ids["thon3"])
    assert xa.sees(f"(và {count} đồng chí nữa)")
    xa.presses("Từng người")
    assert xa.sees("trang 1/4")
    assert xa.buttons[-2:] == ["Trang sau ▸", "Về đơn vị"]
    xa.presses("Về đơn vị").presses("Lời mời")
    assert len(xa.buttons) == 13  # twelve names and Huỷ


def test_a_long_list_of_units_is_paged(province: Province) -> None:
    for number in range(9):
        add_unit(province, f"x{number}", f"Đoàn xã Số {number}", "grassroots", "huyen")
    huyen = province.linked("Ngô Văn Huyện", 303)
    card_of(huyen, province.ids["huyen"]).presses("Đơn vị dưới")
    assert huyen.sees("có 10 đơn vị trực thuộc, trang 1/2")
    huyen.presses("Trang sau ▸")
    assert huyen.buttons == ["Đoàn xã Số 7", "Đoàn xã Số 8", "◂ Trang trước", "Về đơn vị"]
