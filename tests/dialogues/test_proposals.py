"""/kiennghi: what branches and essays propose is answered, and the answer goes back to whoever asked."""

import pytest
from sqlalchemy import select

from storage.audit import Action
from storage.models import audit, proposal_answer
from tests.conftest import Province
from tests.dialogues.desk import NOT_YOURS, pressed
from tests.dialogues.test_essay_reading import hand_in, stores
from tests.people import Person


def proposes(who: Person, text: str) -> Person:
    who.says("12/11 45/50").presses("Bổ sung").presses("Kiến nghị").says(text).presses("Xong")
    return who.presses("Gửi báo cáo")


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


def test_a_branch_proposes_and_is_answered(province: Province, mai: Person, xa: Person) -> None:
    proposes(mai, "Cần thêm <tài liệu>")
    xa.says("/kiennghi")
    assert xa.sees("1 chờ trả lời, 0 đã trả lời", "Chi đoàn thôn 3", "1. Cần thêm &lt;tài liệu&gt;")
    xa.presses("1. Chi đoàn thôn 3")
    assert xa.sees("“Cần thêm &lt;tài liệu&gt;”", "19 giờ 42 ngày 14/11")
    xa.presses("Trả lời").says("x" * 1001)
    assert xa.sees("trong 1.000 chữ")
    mai.new = []
    xa.says("12/11 45/50: đã gửi <thêm>.")  # an answer, whatever it looks like
    assert xa.sees("Đã gửi câu trả lời tới", "Chi đoàn thôn 3")
    assert mai.sees("Kiến nghị của đồng chí: “Cần thêm &lt;tài liệu&gt;”", "đã gửi &lt;thêm&gt;.")
    with province.stage.reading() as conn:
        row = conn.execute(select(proposal_answer)).one()
        logged = conn.execute(select(audit).where(audit.c.action == Action.PROPOSAL_ANSWERED)).one()
    assert (row.report_id, row.essay_id, row.by_person_id) == (1, None, province.ids["Vũ Văn Xã"])
    assert (logged.unit_id, logged.subject, logged.subject_id) == (province.ids["thon3"], "report", 1)
    assert logged.person_id == province.ids["Vũ Văn Xã"]
    xa.says("/kiennghi")
    assert xa.sees("0 chờ trả lời, 1 đã trả lời", "✓ Cần thêm")
    assert pressed(xa, "s.answerto.r.1.0").sees("đã được trả lời")


def test_a_new_proposal_waits_again(province: Province, mai: Person, xa: Person) -> None:
    proposes(mai, "Cần thêm tài liệu")
    xa.says("/kiennghi").presses("1. Chi đoàn thôn 3").presses("Trả lời")
    proposes(mai, "Cần thêm báo cáo viên")
    xa.says("Tuần sau.")
    assert xa.sees("vừa được sửa", "Cần thêm báo cáo viên")
    xa.presses("Trả lời").says("Tuần sau.")
    proposes(mai, "Cần thêm kinh phí")
    xa.says("/kiennghi")
    assert xa.sees("1 chờ trả lời, 0 đã trả lời")


def test_two_officers_answer_one(province: Province, mai: Person, xa: Person, huyen: Person) -> None:
    proposes(mai, "Cần thêm tài liệu")
    for officer in (xa, huyen):
        officer.says("/kiennghi").presses("1. Chi đoàn thôn 3").presses("Trả lời")
    huyen.says("Huyện đã gửi.")
    xa.says("Xã đã gửi.")
    assert xa.sees("đã được trả lời", "Huyện đã gửi.")
    with province.stage.reading() as conn:
        assert len(conn.execute(select(proposal_answer)).all()) == 1


def test_what_an_essay_proposes(province: Province, mai: Person, xa: Person, huyen: Person) -> None:
    hand_in(mai, "one")
    stores(province)
    xa.says("/docbai").presses("Đọc bài").presses("Ghi kiến nghị").says("Mở lớp <kỹ năng>")
    assert xa.sees("Kiến nghị đã ghi: Mở lớp &lt;kỹ năng&gt;")
    xa.presses("Đạt")
    huyen.says("/kiennghi").presses("1. Chi đoàn thôn 3").presses("Trả lời")
    mai.new = []
    huyen.says("Quý sau mở.")
    assert mai.sees("Mở lớp &lt;kỹ năng&gt;", "Quý sau mở.")
    with province.stage.reading() as conn:
        row = conn.execute(select(proposal_answer)).one()
    assert (row.report_id, row.essay_id, row.proposal) == (None, 1, "Mở lớp <kỹ năng>")


def test_grouped_by_unit_and_paged(province: Province, mai: Person, xa: Person) -> None:
    for number in (1, 2, 4):
        proposes(province.linked(f"Bí Thư Thôn {number}", 110 + number), f"Kiến nghị {number}")
    proposes(mai, "Kiến nghị 3")
    for number, name in enumerate(("Bài của tôi", "Trần Văn Hùng")):
        hand_in(mai, f"f{number}", name)
    stores(province)
    xa.says("/docbai").presses("Đọc bài")
    xa.presses("Ghi kiến nghị").says("Từ bài một").presses("Đạt")
    xa.presses("Ghi kiến nghị").says("Từ bài hai").presses("Đạt")
    xa.says("/kiennghi")
    assert xa.sees("6 chờ trả lời", "(1/2)", "3. Kiến nghị 3\n4. Từ bài một\n5. Từ bài hai")
    assert xa.last.text.count("Chi đoàn thôn 3") == 1
    assert pressed(xa, "s.proposals.1").sees("6. Kiến nghị 4")
    assert pressed(xa, "s.proposals.99").sees("(2/2)")


def test_only_those_above(province: Province, mai: Person, xa: Person, huyen: Person) -> None:
    proposes(mai, "Cần thêm tài liệu")
    mai.says("/kiennghi")
    assert mai.sees("dành cho cán bộ")
    for action in ("proposal", "answerto"):
        assert pressed(mai, f"s.{action}.r.1.0").sees(NOT_YOURS)
        for name in ("", "r", "r.1", "r.1.1", "r.2.0", "e.1.0", "x.1.0", "r.1.0.0", f"r.{'9' * 40}.0"):
            assert pressed(xa, f"s.{action}.{name}").sees(NOT_YOURS)


def test_nothing_proposed(xa: Person) -> None:
    xa.says("/kiennghi")
    assert xa.sees("Chưa có kiến nghị nào")
