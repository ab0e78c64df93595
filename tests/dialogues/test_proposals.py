"""/kiennghi: what branches and essays propose is answered, and the answer goes back to whoever asked."""

import pytest
from sqlalchemy import select

from storage import essay_reviews, essays
from storage.audit import Action
from storage.models import EssayState, EssayVerdict, audit, participation, proposal_step
from storage.reports import Sender
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
    assert xa.sees("1 chờ đồng chí trả lời, 0 chờ nơi khác, 0 đã trả lời")
    assert xa.sees("<b>Chờ đồng chí trả lời: 1</b>\n1. Chi đoàn thôn 3: Cần thêm &lt;tài liệu&gt;")
    xa.presses("1. Chi đoàn thôn 3")
    assert xa.sees("“Cần thêm &lt;tài liệu&gt;”", "19 giờ 42 ngày 14/11", "Chờ đồng chí (Đoàn xã Hoằng Quỳ)")
    assert xa.buttons == ["Trả lời", "Chuyển cấp trên", "Các kiến nghị"]
    xa.presses("Trả lời").says("x" * 1001)
    assert xa.sees("trong 1.000 chữ")
    mai.new = []
    xa.says("12/11 45/50: đã gửi <thêm>.")  # an answer, whatever it looks like
    assert xa.sees("Đã gửi câu trả lời tới", "Chi đoàn thôn 3")
    assert mai.sees("Kiến nghị của đồng chí: “Cần thêm &lt;tài liệu&gt;”", "đã gửi &lt;thêm&gt;.")
    assert mai.sees("Đoàn xã Hoằng Quỳ</b> trả lời")
    with province.stage.reading() as conn:
        row = conn.execute(select(proposal_step)).one()
        logged = conn.execute(select(audit).where(audit.c.action == Action.PROPOSAL_ANSWERED)).one()
    assert (row.source, row.source_id, row.kind, row.level) == ("r", 1, "answered", "grassroots")
    assert row.by_person_id == province.ids["Vũ Văn Xã"]
    assert (logged.unit_id, logged.subject, logged.subject_id) == (province.ids["thon3"], "report", 1)
    assert (logged.person_id, logged.facts) == (province.ids["Vũ Văn Xã"], {"level": "grassroots"})
    xa.says("/kiennghi")
    assert xa.sees("0 chờ đồng chí trả lời, 0 chờ nơi khác, 1 đã trả lời", "<b>Đã trả lời: 1</b>")
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
    assert xa.sees("1 chờ đồng chí trả lời, 0 chờ nơi khác, 0 đã trả lời")


def test_two_officers_answer_one(province: Province, mai: Person, xa: Person) -> None:
    deputy = province.linked("Bùi Thị Xuân", 204)
    proposes(mai, "Cần thêm tài liệu")
    for officer in (xa, deputy):
        officer.says("/kiennghi").presses("1. Chi đoàn thôn 3").presses("Trả lời")
    deputy.says("Xã đã gửi.")
    xa.says("Xã đã gửi rồi.")
    assert xa.sees("đã được trả lời", "“Xã đã gửi.”")
    with province.stage.reading() as conn:
        assert len(conn.execute(select(proposal_step)).all()) == 1


# -- whose it is


def test_the_level_is_said_by_whoever_proposes(
    province: Province, mai: Person, xa: Person, huyen: Person
) -> None:
    mai.says("12/11 45/50").presses("Bổ sung").presses("Kiến nghị").says("Thêm kinh phí")
    assert mai.sees("Kiến nghị gửi <b>Đoàn xã Hoằng Quỳ</b> trả lời")
    assert mai.buttons[:2] == ["Gửi cấp huyện", "Gửi cấp tỉnh"]
    mai.presses("Gửi cấp huyện")
    assert mai.sees("Kiến nghị gửi <b>Huyện đoàn Hoằng Hóa</b> trả lời")
    assert mai.buttons[:2] == ["Gửi cấp cơ sở", "Gửi cấp tỉnh"]
    mai.presses("Xong")
    assert mai.sees("Kiến nghị: Thêm kinh phí")
    mai.presses("Gửi báo cáo")
    with province.stage.reading() as conn:
        assert conn.scalar(select(participation.c.proposal_level)) == "district"
    xa.says("/kiennghi")
    assert xa.sees("0 chờ đồng chí trả lời, 1 chờ nơi khác", "<b>Chờ cấp huyện trả lời: 1</b>")
    xa.presses("1. Chi đoàn thôn 3")
    assert xa.sees("Chờ <b>Huyện đoàn Hoằng Hóa</b> trả lời.")
    assert xa.buttons == ["Các kiến nghị"]
    for action in ("answerto", "answerall", "proposalup", "proposaldown"):
        assert pressed(xa, f"s.{action}.r.1.0").sees("không còn chờ đồng chí trả lời")
    assert huyen.says("/kiennghi").sees("1 chờ đồng chí trả lời")
    # A correction of the figures keeps it.
    mai.says("12/11 46/50").presses("Gửi báo cáo")
    assert huyen.says("/kiennghi").sees("1 chờ đồng chí trả lời")


def test_a_level_that_was_made_up_is_not_taken(province: Province, mai: Person) -> None:
    mai.says("12/11 45/50").presses("Bổ sung").presses("Kiến nghị").says("Thêm kinh phí")
    for row in mai.last.rows:
        for label, data in row:
            if label == "Gửi cấp tỉnh":
                pressed(mai, data.replace("province", "branch"))
    mai.presses("Xong").presses("Gửi báo cáo")
    with province.stage.reading() as conn:
        assert conn.scalar(select(participation.c.proposal_level)) is None


def test_passed_up_with_an_opinion_and_back_down(
    province: Province, mai: Person, xa: Person, huyen: Person
) -> None:
    tinh = province.linked("Đỗ Thị Tỉnh", 403)
    proposes(mai, "Thêm <kinh phí>")
    xa.says("/kiennghi").presses("1. Chi đoàn thôn 3").presses("Chuyển cấp trên")
    assert xa.sees("Chuyển kiến nghị lên <b>Huyện đoàn Hoằng Hóa</b>", "ý kiến gì không?")
    xa.says("x" * 1001)
    assert xa.sees("trong 1.000 chữ")
    mai.new, huyen.new = [], []
    xa.says("Xã <không> có.")
    assert xa.sees("Đã chuyển kiến nghị tới <b>Huyện đoàn Hoằng Hóa</b>.")
    assert mai.sees("Thêm &lt;kinh phí&gt;", "nay chờ <b>Huyện đoàn Hoằng Hóa</b> trả lời")
    assert "không" not in mai.last.text.replace("không còn", "")  # the opinion is for the officers
    assert huyen.sees("Đoàn xã Hoằng Quỳ chuyển tới", "Ý kiến: “Xã &lt;không&gt; có.”")
    huyen.presses("Xem kiến nghị")
    assert huyen.sees(
        "▸ 14/11, Đoàn xã Hoằng Quỳ (Vũ Văn Xã) chuyển Huyện đoàn Hoằng Hóa: “Xã &lt;không&gt; có.”"
    )
    assert huyen.buttons == ["Trả lời", "Chuyển cấp trên", "Trả về cấp dưới", "Các kiến nghị"]
    huyen.presses("Chuyển cấp trên").says("Huyện cũng chịu.")
    xa.says("/kiennghi").presses("1. Chi đoàn thôn 3")
    assert xa.sees("Huyện đoàn Hoằng Hóa chuyển Tỉnh đoàn Thanh Hóa", "Chờ <b>Tỉnh đoàn Thanh Hóa</b>")
    assert "cũng chịu" not in xa.last.text  # not written to the commune
    assert "Ngô Văn Huyện" not in xa.last.text
    tinh.says("/kiennghi").presses("1. Chi đoàn thôn 3")
    assert "Chuyển cấp trên" not in tinh.buttons
    tinh.presses("Trả về cấp dưới").presses("Không ghi thêm")
    huyen.presses("Xem kiến nghị").presses("Trả về cấp dưới").says("Việc của xã.")
    assert xa.messages[-1].text.count("Việc của xã.") == 1
    xa.says("/kiennghi").presses("1. Chi đoàn thôn 3")
    assert xa.sees("Chờ đồng chí (Đoàn xã Hoằng Quỳ)", "Việc của xã.")
    assert "Trả về cấp dưới" not in xa.buttons
    with province.stage.reading() as conn:
        rows = conn.execute(select(audit).where(audit.c.subject == "report").order_by(audit.c.id)).all()
    told = [(row.action, row.person_id, row.facts) for row in rows if "proposal" in row.action]
    names = [province.ids[name] for name in ("Vũ Văn Xã", "Ngô Văn Huyện", "Đỗ Thị Tỉnh", "Ngô Văn Huyện")]
    levels = ["district", "province", "district", "grassroots"]
    assert told == [
        (action, person, {"level": level})
        for action, person, level in zip(
            [Action.PROPOSAL_PASSED_UP] * 2 + [Action.PROPOSAL_PASSED_DOWN] * 2, names, levels, strict=True
        )
    ]


def test_the_top_may_always_answer_but_not_pass_on(province: Province, mai: Person, xa: Person) -> None:
    tinh = province.linked("Đỗ Thị Tỉnh", 403)
    proposes(mai, "Thêm kinh phí")
    xa.says("/kiennghi").presses("1. Chi đoàn thôn 3").presses("Chuyển cấp trên")
    tinh.says("/kiennghi")
    assert tinh.sees("0 chờ đồng chí trả lời, 1 chờ nơi khác")
    tinh.presses("1. Chi đoàn thôn 3")
    assert tinh.buttons == ["Trả lời", "Các kiến nghị"]
    assert pressed(tinh, "s.proposalup.r.1.0").sees("không còn chờ đồng chí")
    mai.new = []
    pressed(tinh, "s.answerto.r.1.0").says("Tỉnh cấp.")
    assert mai.sees("Tỉnh đoàn Thanh Hóa</b> trả lời: “Tỉnh cấp.”")
    xa.presses("Không ghi thêm")  # meanwhile it was answered
    assert xa.sees("đã được trả lời", "Tỉnh đoàn Thanh Hóa đã trả lời")


def test_one_answer_to_all_that_say_the_same(province: Province, mai: Person, xa: Person) -> None:
    others = [province.linked(f"Bí Thư Thôn {number}", 110 + number) for number in (1, 2)]
    proposes(others[0], "Cần thêm tài liệu.")
    proposes(others[1], "cần thêm  TÀI LIỆU")
    proposes(mai, "Cần thêm tài liệu")
    proposes(province.linked("Bí Thư Thôn 4", 114), "Cần thêm kinh phí")
    xa.says("/kiennghi").presses("3. Chi đoàn thôn 3").presses("Trả lời chung 3 kiến nghị giống nhau")
    assert xa.sees("trả lời chung 3", "Chi đoàn thôn 1, Chi đoàn thôn 2, Chi đoàn thôn 3")
    for one in (mai, *others):
        one.new = []
    xa.says("Tuần sau có.")
    assert xa.sees("Đã trả lời 3 kiến nghị.")
    for one in (mai, *others):
        assert one.sees("Tuần sau có.")
    with province.stage.reading() as conn:
        logged = conn.execute(select(audit).where(audit.c.action == Action.PROPOSAL_ANSWERED)).all()
        assert len(conn.execute(select(proposal_step)).all()) == 3
    assert {row.unit_id for row in logged} == {province.ids[f"thon{number}"] for number in (1, 2, 3)}
    assert xa.says("/kiennghi").sees("1 chờ đồng chí trả lời", "3 đã trả lời")


def test_what_an_essay_proposes(province: Province, mai: Person, xa: Person, huyen: Person) -> None:
    hand_in(mai, "one")
    stores(province)
    xa.says("/docbai").presses("Đọc bài").presses("Ghi kiến nghị").says("Mở lớp <kỹ năng>")
    assert xa.sees("Kiến nghị đã ghi: Mở lớp &lt;kỹ năng&gt;", "gửi <b>Đoàn xã Hoằng Quỳ</b>")
    xa.presses("Gửi cấp huyện")
    assert xa.sees("gửi <b>Huyện đoàn Hoằng Hóa</b>")
    xa.presses("Đạt")
    huyen.says("/kiennghi").presses("1. Chi đoàn thôn 3").presses("Trả lời")
    mai.new = []
    huyen.says("Quý sau mở.")
    assert mai.sees("Mở lớp &lt;kỹ năng&gt;", "Quý sau mở.")
    with province.stage.reading() as conn:
        row = conn.execute(select(proposal_step)).one()
    assert (row.source, row.source_id, row.proposal) == ("e", 1, "Mở lớp <kỹ năng>")


def test_grouped_by_level_and_paged(province: Province, mai: Person, xa: Person) -> None:
    for number in (1, 2, 4):
        proposes(province.linked(f"Bí Thư Thôn {number}", 110 + number), f"Kiến nghị {number}")
    proposes(mai, "Kiến nghị 3")
    for number, name in enumerate(("Bài của tôi", "Trần Văn Hùng")):
        hand_in(mai, f"f{number}", name)
    stores(province)
    xa.says("/docbai").presses("Đọc bài")
    xa.presses("Ghi kiến nghị").says("Từ bài một").presses("Đạt")
    xa.presses("Ghi kiến nghị").says("Từ bài hai").presses("Gửi cấp tỉnh").presses("Đạt")
    xa.says("/kiennghi").presses("1. Chi đoàn thôn 1").presses("Trả lời").says("Xong.")
    xa.says("/kiennghi")
    assert xa.sees(
        "4 chờ đồng chí trả lời, 1 chờ nơi khác, 1 đã trả lời (1/2)", "3. Chi đoàn thôn 3: Từ bài một"
    )
    assert xa.sees("<b>Chờ cấp tỉnh trả lời: 1</b>\n5. Chi đoàn thôn 3: Từ bài hai")
    assert pressed(xa, "s.proposals.1").sees("<b>Đã trả lời: 1</b>\n6. Chi đoàn thôn 1: Kiến nghị 1")
    assert pressed(xa, "s.proposals.99").sees("(2/2)")


def test_an_essay_of_the_top_concerns_the_top(province: Province) -> None:
    tinh = province.linked("Đỗ Thị Tỉnh", 403)
    with province.stage.database.writing() as conn:
        sender = Sender(province.ids["Đỗ Thị Tỉnh"], 1, province.clock.now())
        essay_id = essays.hand_in(
            conn,
            plan="ke-hoach-66",
            unit_id=province.ids["tinh"],
            person_id=None,
            author="Ai đó",
            route="province",
            uploads=[],
            by_person_id=sender.person_id,
            by_account_id=1,
            arrived=sender.arrived,
        )
        essays.settle(conn, essay_id, EssayState.STORED, sender.arrived)
        unit_id = province.ids["tinh"]
        assert essay_reviews.judge(conn, essay_id, unit_id, EssayVerdict.PASSED, None, sender, "Mở lớp")
    tinh.says("/kiennghi")
    assert tinh.sees("1 chờ đồng chí trả lời")
    tinh.presses("1. Tỉnh đoàn Thanh Hóa")
    assert tinh.buttons == ["Trả lời", "Các kiến nghị"]


def test_only_those_above(province: Province, mai: Person, xa: Person, huyen: Person) -> None:
    proposes(mai, "Cần thêm tài liệu")
    mai.says("/kiennghi")
    assert mai.sees("dành cho cán bộ")
    for action in ("proposal", "answerto", "answerall", "proposalup", "proposaldown"):
        assert pressed(mai, f"s.{action}.r.1.0").sees(NOT_YOURS)
        for name in ("", "r", "r.1", "r.1.1", "r.2.0", "e.1.0", "x.1.0", "r.1.0.0", f"r.{'9' * 40}.0"):
            assert pressed(xa, f"s.{action}.{name}").sees(NOT_YOURS)


def test_nothing_proposed(xa: Person) -> None:
    xa.says("/kiennghi")
    assert xa.sees("Chưa có kiến nghị nào")


def test_what_a_commune_writes_in_its_summary_is_answered_by_the_district(
    province: Province, mai: Person, xa: Person, huyen: Person
) -> None:
    proposes(mai, "Cần thêm tài liệu")
    xa.says("/baocaonhanh").presses("Gửi báo cáo")
    # What was only collected stands with the branch that wrote it.
    assert huyen.says("/kiennghi").sees("0 chờ đồng chí trả lời, 1 chờ nơi khác")
    xa.says("/baocaonhanh").presses("Báo cáo tổng hợp").presses("Sửa").presses("Kiến nghị")
    xa.says("Cấp kinh phí <học bù>").presses("Gửi báo cáo")
    number = 2
    huyen.says("/kiennghi")
    assert huyen.sees(
        "1 chờ đồng chí trả lời, 1 chờ nơi khác", "1. Đoàn xã Hoằng Quỳ: Cấp kinh phí &lt;học bù&gt;"
    )
    assert pressed(mai, f"s.proposal.s.{number}.0").sees(NOT_YOURS)
    assert pressed(huyen, f"s.proposal.s.{number}.1").sees(NOT_YOURS)
    assert pressed(huyen, f"s.proposal.r.{number}.0").sees(NOT_YOURS)
    xa.new = []
    huyen.says("/kiennghi").presses("1. Đoàn xã Hoằng Quỳ").presses("Trả lời").says("Huyện cấp 2 triệu.")
    assert xa.sees("“Cấp kinh phí &lt;học bù&gt;”", "Huyện đoàn Hoằng Hóa</b> trả lời: “Huyện cấp 2 triệu.”")
    with province.stage.reading() as conn:
        logged = conn.execute(select(audit).where(audit.c.action == Action.PROPOSAL_ANSWERED)).one()
    assert (logged.unit_id, logged.subject, logged.subject_id) == (province.ids["xa"], "report", number)
    huyen.says("/baocaonhanh").presses("Báo cáo nhanh").presses("Sửa").presses("Kiến nghị")
    assert huyen.last.text.count("học bù") == 1  # as the commune summed it up, and not once more
