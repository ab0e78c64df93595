"""A report made for the wrong branch goes to the right one whole, and only where it may."""

from typing import Any

import pytest
from sqlalchemy import select

from storage.audit import Action
from storage.models import audit, participation, report, report_revision, session, upload
from tests.conftest import Province
from tests.dialogues.desk import add_unit, card_of, lock
from tests.dialogues.test_participation import record_session
from tests.people import Person


@pytest.fixture
def reported(province: Province, mai: Person) -> int:
    """The report of thôn 3: twice sent, of its own session, with a photo."""
    for count in ("40", "45"):
        mai.says("/baocao").presses("Tự tổ chức").says("12/11").says("nhà văn hoá").says("Lê Thị Mai")
        mai.says(count).presses("Đủ cả 3").presses("Đủ tài liệu").photographs(f"p{count}").presses("Xong")
        mai.presses("Gửi báo cáo")
        assert mai.sees("Đã nhận báo cáo")
    with province.stage.reading() as conn:
        found = conn.scalar(select(report.c.id).where(report.c.duty == "participation"))
    assert found is not None
    return int(found)


def one(province: Province, query: Any) -> Any:
    with province.stage.reading() as conn:
        return conn.execute(query).one()


def move(xa: Person, province: Province, code: int, to: str = "thôn 4") -> Person:
    card_of(xa, province.ids["thon3"]).presses("Chuyển báo cáo")
    return xa.presses(f"Mã {code:04d}, Báo cáo kết quả học tập").says(f"chi đoàn {to}")


def test_everything_goes_along(province: Province, xa: Person, mai: Person, reported: int) -> None:
    right = province.linked("Bí Thư Thôn 4", 105)
    move(xa, province, reported)
    assert xa.sees("▸ từ <b>Chi đoàn thôn 3</b>", "▸ sang <b>Chi đoàn thôn 4</b>")
    xa.presses("Xác nhận")
    assert xa.sees(f"Đã chuyển báo cáo mã {reported:04d} sang <b>Chi đoàn thôn 4</b>.")
    to = province.ids["thon4"]
    moved = one(province, select(report).where(report.c.id == reported))
    assert (moved.unit_id, moved.slot, moved.revision, moved.state) == (to, 0, 2, "sent")
    held = one(province, select(session))
    line = one(province, select(participation))
    assert (held.host_id, line.unit_id, line.session_id) == (to, to, held.id)
    assert one(province, select(report.c.unit_id).where(report.c.id == held.report_id)).unit_id == to
    with province.stage.reading() as conn:
        revisions = select(report_revision.c.number).where(report_revision.c.report_id == reported)
        assert list(conn.scalars(revisions)) == [1, 2]
        photos = select(upload.c.id).where(upload.c.subject == "report", upload.c.subject_id == reported)
        assert len(list(conn.scalars(photos))) == 2
        entries = list(
            conn.execute(
                select(audit)
                .where(audit.c.action == Action.REPORT_MOVED, audit.c.subject_id == reported)
                .order_by(audit.c.id)
            )
        )
    assert [(entry.unit_id, entry.person_id) for entry in entries] == [
        (province.ids["thon3"], province.ids["Vũ Văn Xã"]),
        (to, province.ids["Vũ Văn Xã"]),
    ]
    assert mai.new[-1].text.startswith(f"Báo cáo mã {reported:04d} ghi nhầm vào <b>Chi đoàn thôn 3</b>")
    assert "thôn 4" not in mai.new[-1].text
    assert "nay là của <b>Chi đoàn thôn 4</b>" in right.new[-1].text
    assert mai.says("/trangthai").sees("▸ Báo cáo kết quả học tập")
    assert right.says("/trangthai").sees(f"✓ Báo cáo kết quả học tập, mã {reported:04d}")


def test_a_unit_with_a_report_keeps_it(province: Province, xa: Person, reported: int) -> None:
    other = province.linked("Bí Thư Thôn 4", 105)
    other.says("12/11 30/50").presses("Gửi báo cáo")
    move(xa, province, reported)
    assert xa.sees("Chi đoàn thôn 4 đã có “Báo cáo kết quả học tập”")
    assert (
        one(province, select(report.c.unit_id).where(report.c.id == reported)).unit_id
        == province.ids["thon3"]
    )


def test_one_that_reported_meanwhile_keeps_it(province: Province, xa: Person, reported: int) -> None:
    move(xa, province, reported)
    province.linked("Bí Thư Thôn 4", 105).says("12/11 30/50").presses("Gửi báo cáo")
    xa.presses("Xác nhận")
    assert xa.sees("đã có “Báo cáo kết quả học tập”")


@pytest.mark.parametrize(
    ("to", "told"),
    [("thôn 3", "Đó chính là đơn vị này"), ("không đâu cả", "chưa tìm thấy"), ("Hoằng Hóa", "chưa tìm thấy")],
)
def test_where_it_cannot_go(province: Province, xa: Person, reported: int, to: str, told: str) -> None:
    card_of(xa, province.ids["thon3"]).presses("Chuyển báo cáo")
    xa.presses(f"Mã {reported:04d}, Báo cáo kết quả học tập").says(to)
    assert xa.sees(told)


def test_a_commune_owes_no_participation(province: Province, reported: int) -> None:
    huyen = province.linked("Ngô Văn Huyện", 303)
    card_of(huyen, province.ids["thon3"]).presses("Chuyển báo cáo")
    huyen.presses(f"Mã {reported:04d}, Báo cáo kết quả học tập").says("xã Hoằng Quỳ")
    assert huyen.sees("Đoàn xã Hoằng Quỳ không phải nộp “Báo cáo kết quả học tập”")


@pytest.mark.parametrize(("to", "kept"), [("thon4", True), ("kim1", False)])
def test_a_session_goes_along_only_below_its_host(
    province: Province, xa: Person, mai: Person, to: str, kept: bool
) -> None:
    add_unit(province, "kim", "Đoàn xã Hoằng Kim", "grassroots", "huyen")
    add_unit(province, "kim1", "Chi đoàn làng Nghè", "branch", "kim")
    record_session(xa)
    mai.says("/baocao").presses("Đã tham gia").says("45").presses("Đủ cả 3").presses("Gửi báo cáo")
    code = one(province, select(report.c.id).where(report.c.duty == "participation")).id
    huyen = province.linked("Ngô Văn Huyện", 303)
    move(huyen, province, code, {"thon4": "thôn 4", "kim1": "làng Nghè"}[to]).presses("Xác nhận")
    line = one(province, select(participation))
    assert line.unit_id == province.ids[to]
    assert (line.session_id is not None) == kept
    assert one(province, select(session)).host_id == province.ids["xa"]


def test_a_host_may_be_given_one_more_session(province: Province, xa: Person) -> None:
    add_unit(province, "kim", "Đoàn xã Hoằng Kim", "grassroots", "huyen")
    record_session(xa)
    xa.says("/baocao").presses("Đã tổ chức").says("13/11").says("trường học").says("Vũ Văn Xã")
    xa.says("90").presses("Đủ tài liệu").presses("Không có ảnh").presses("Gửi báo cáo")
    huyen = province.linked("Ngô Văn Huyện", 303)
    for number in (1, 2):
        card_of(huyen, province.ids["xa"]).presses("Chuyển báo cáo")
        huyen.presses(f"Mã {number:04d}, Hội nghị học tập, quán triệt").says("Hoằng Kim").presses("Xác nhận")
        assert huyen.sees("Đã chuyển")
    with province.stage.reading() as conn:
        slots = select(report.c.slot).where(report.c.unit_id == province.ids["kim"]).order_by(report.c.slot)
        assert list(conn.scalars(slots)) == [0, 1]
        assert set(conn.scalars(select(session.c.host_id))) == {province.ids["kim"]}


def test_after_the_plan_was_closed_both_are_reopened_first(
    province: Province, xa: Person, reported: int
) -> None:
    move(xa, province, reported)
    lock(province)
    xa.presses("Xác nhận")
    assert xa.sees("Kế hoạch đã khoá sổ", "Mở lại")
    assert (
        one(province, select(report.c.unit_id).where(report.c.id == reported)).unit_id
        == province.ids["thon3"]
    )


def test_pressing_twice_moves_once(province: Province, xa: Person, reported: int) -> None:
    move(xa, province, reported)
    province.stage.take(xa.press("Xác nhận"), xa.press("Xác nhận"))
    with province.stage.reading() as conn:
        moved = select(audit.c.id).where(
            audit.c.action == Action.REPORT_MOVED, audit.c.subject_id == reported
        )
        assert len(list(conn.scalars(moved))) == 2
