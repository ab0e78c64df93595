"""/binhxet: facts of units with their evidence; contested once, decided once, by the level above."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select, update

from rules.plan import Plan
from storage.models import audit, rating_contest, unit
from tests.conftest import Province
from tests.dialogues.desk import NOT_YOURS, add_commune, pressed
from tests.people import Person, at


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


def entries(province: Province) -> list[tuple[Any, ...]]:
    with province.stage.reading() as conn:
        rows = conn.execute(
            select(audit.c.action, audit.c.person_id, audit.c.unit_id, audit.c.subject_id, audit.c.facts)
            .where(audit.c.subject == "rating")
            .order_by(audit.c.id)
        )
        return [tuple(row) for row in rows]


def contests(who: Person, note: str = "Đã nộp <bản giấy>") -> Person:
    return who.says("/binhxet").presses("Bài thu hoạch").presses("Khiếu nại").says(note)


def with_points(province: Province) -> None:
    """Another plan: weights and grades."""
    form = province.stage.world.plan.model_dump()
    for fact, weight in zip(form["rating"]["facts"], (30, 50, 30, 40), strict=True):
        fact["weight"] = weight
    form["rating"]["grades"] = [
        {"name": "Tốt", "least_percent": 90},
        {"name": "Khá", "least_percent": 30},
        {"name": "Trung bình", "least_percent": 0},
    ]
    use(province, Plan.model_validate(form))


def use(province: Province, plan: Plan) -> None:
    province.stage.runner._world = replace(province.stage.world, plan=plan)


def test_a_branch_sees_its_facts_and_their_evidence(province: Province, mai: Person) -> None:
    mai.says("/binhxet")
    assert mai.sees(
        "<b>Chi đoàn thôn 3</b> · bình xét thi đua",
        "▸ Học đúng thời hạn: chưa báo cáo",
        "▸ Cán bộ học đủ: chưa báo cáo",
        "▸ Bài thu hoạch: chưa đạt, chưa có bài nào trong 3 bài",
        "Khiếu nại: chậm nhất hết ngày 15/01",
    )
    assert "Điểm" not in mai.last.text
    assert "Xếp loại" not in mai.last.text
    assert mai.buttons == ["Học đúng thời hạn", "Cán bộ học đủ", "Bài thu hoạch"]
    mai.says("12/11 26/50").presses("Gửi báo cáo").says("/binhxet")
    assert mai.sees("✓ Học đúng thời hạn: đạt, 12/11, kế hoạch chậm nhất hết ngày 29/12")
    assert mai.sees("▸ Cán bộ học đủ: chưa ghi")  # what was not said is no 0, and few who came are no fault
    mai.presses("Học đúng thời hạn")
    assert mai.sees("Đạt, 12/11", "Báo cáo mã 0001, nhận 19 giờ 42 ngày 14/11", "Đoàn viên 26/50")
    assert mai.buttons == ["Xem báo cáo", "Cả danh sách"]
    mai.presses("Xem báo cáo")
    assert mai.sees("Mã 0001")


def test_cadres_that_were_absent_are_named(mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").says("12/11").says("45").presses("Có đồng chí vắng")
    mai.presses("Trần Văn Hùng").presses("Xong")
    while "Gửi báo cáo" not in mai.buttons:
        mai.says("Đi họp huyện")
    mai.presses("Gửi báo cáo").says("/binhxet")
    assert mai.sees("▸ Cán bộ học đủ: chưa đạt, 2/3")
    mai.presses("Cán bộ học đủ")
    assert mai.sees("cán bộ 2/3", "Cán bộ vắng: Trần Văn Hùng (Đi họp huyện)")
    assert mai.buttons == ["Khiếu nại", "Xem báo cáo", "Cả danh sách"]


def test_photos_are_one_press_away(mai: Person) -> None:
    mai.says("12/11 45/50").presses("Bổ sung").presses("Ảnh").photographs("p1").presses("Xong")
    mai.presses("Gửi báo cáo").says("/binhxet").presses("Học đúng thời hạn")
    assert mai.buttons == ["Xem ảnh, tệp (1)", "Xem báo cáo", "Cả danh sách"]
    mai.presses("Xem ảnh, tệp (1)")
    assert mai.last.media == [["id-p1", True]]


def test_essays_by_name(province: Province, mai: Person, xa: Person) -> None:
    mai.uploads("b1", "bai.pdf").presses("Bài của tôi").presses("Xong").says("/binhxet").presses(
        "Bài thu hoạch"
    )
    assert mai.sees("Chưa đạt, 1/3 bài", "▸ Lê Thị Mai: đã nộp 14/11", "▸ Trần Văn Hùng: chưa nộp")
    assert "Sổ bài thu hoạch" not in mai.buttons
    pressed(xa, f"s.ratefact.{province.ids['thon3']}.essays")
    assert xa.buttons == ["Sổ bài thu hoạch", "Cả danh sách"]  # not theirs to contest


def test_contested_and_accepted(province: Province, mai: Person, xa: Person, huyen: Person) -> None:
    contests(mai)
    assert mai.sees("Đã gửi khiếu nại tới <b>Đoàn xã Hoằng Quỳ</b>")
    assert "<b>Chi đoàn thôn 3</b> khiếu nại mục Bài thu hoạch (chưa đạt): “Đã nộp &lt;bản giấy&gt;”" in (
        xa.messages[-1].text
    )
    xa.says("/binhxet")
    assert xa.sees(
        "<b>Đoàn xã Hoằng Quỳ</b> · bình xét thi đua",
        "Đạt mọi mục: 0/4 chi đoàn",
        "▸ Học đúng thời hạn: đạt 0, chưa báo cáo 4",
        "▸ Bài thu hoạch: đạt 0, chưa đạt 4",
        "Khiếu nại chờ quyết định: 1",
    )
    assert xa.buttons == ["Khiếu nại (1)", "Từng đơn vị", "Đơn vị mình"]
    xa.presses("Từng đơn vị")
    assert xa.buttons[:2] == ["Chi đoàn thôn 3 · 0/3 · khiếu nại", "Chi đoàn thôn 1 · 0/3"]
    xa.says("/binhxet").presses("Khiếu nại (1)").presses("Chi đoàn thôn 3 · Bài thu hoạch")
    assert xa.sees("“Đã nộp &lt;bản giấy&gt;”", "Đang chờ Đoàn xã Hoằng Quỳ quyết định")
    assert xa.buttons[:2] == ["Chấp nhận", "Giữ nguyên"]
    yes, no = [data for row in xa.last.rows for label, data in row if label in ("Chấp nhận", "Giữ nguyên")]
    # Those further up see it and do not decide.
    pressed(huyen, f"s.ratefact.{province.ids['thon3']}.essays")
    assert huyen.sees("Đã nộp &lt;bản giấy&gt;")
    assert "Chấp nhận" not in huyen.buttons
    assert pressed(huyen, yes).sees(NOT_YOURS)
    xa.presses("Chấp nhận").says("x" * 301)
    assert xa.sees("dài hơn 300 chữ")
    xa.says("Đã nhận đủ <ba bài>")
    assert xa.sees("Đã ghi quyết định (chấp nhận) về <b>Chi đoàn thôn 3</b>; đã báo đơn vị")
    assert "chấp nhận khiếu nại, mục này tính là đạt. “Đã nhận đủ &lt;ba bài&gt;”" in mai.messages[-1].text
    mai.presses("Xem mục này", mai.messages[-1])
    assert mai.sees("Chưa đạt", "Đoàn xã Hoằng Quỳ chấp nhận (14/11): “Đã nhận đủ &lt;ba bài&gt;”")
    mai.presses("Cả danh sách")
    assert mai.sees("✓ Bài thu hoạch: đạt theo quyết định của Đoàn xã Hoằng Quỳ, 14/11 (số liệu: chưa đạt")
    assert pressed(xa, no).sees("đã được quyết định")
    assert pressed(mai, f"s.ratecontest.{province.ids['thon3']}.essays").sees("đã khiếu nại mục này rồi")
    branch, unit = province.ids["Lê Thị Mai"], province.ids["thon3"]
    assert entries(province) == [
        ("rating_contested", branch, unit, 1, {"fact": "essays", "figures": "not_met"}),
        ("rating_decided", province.ids["Vũ Văn Xã"], unit, 1,
         {"fact": "essays", "figures": "not_met", "verdict": "accepted"}),
    ]  # fmt: skip
    xa.says("/binhxet")
    assert xa.sees("▸ Bài thu hoạch: đạt 1, chưa đạt 3")


def test_what_is_kept_stands_as_the_figures_say(province: Province, mai: Person, xa: Person) -> None:
    contests(mai)
    xa.presses("Xem mục này", xa.messages[-1]).presses("Giữ nguyên").says("Chưa nhận bản giấy")
    assert "giữ nguyên số liệu. “Chưa nhận bản giấy”" in mai.messages[-1].text
    mai.says("/binhxet")
    assert mai.sees("▸ Bài thu hoạch: chưa đạt", "giữ nguyên theo quyết định của Đoàn xã Hoằng Quỳ, 14/11")


def test_two_officers_decide_at_once(province: Province, mai: Person, xa: Person) -> None:
    xuan = province.linked("Bùi Thị Xuân", 204)
    contests(mai)
    xa.presses("Xem mục này", xa.messages[-1]).presses("Chấp nhận")
    xuan.presses("Xem mục này", xuan.messages[-1]).presses("Giữ nguyên").says("Chưa thấy bài")
    xa.says("Đã thấy bài")
    assert xa.sees("đã được quyết định")
    with province.stage.reading() as conn:
        assert conn.execute(select(rating_contest.c.verdict, rating_contest.c.reason)).all() == [
            ("kept", "Chưa thấy bài")
        ]
    assert len(entries(province)) == 2


def test_after_the_date_one_kind_sentence(province: Province, mai: Person, xa: Person) -> None:
    mai.says("/binhxet").presses("Bài thu hoạch")
    card = mai.last
    mai.presses("Khiếu nại")  # begun in time, answered too late
    province.clock.jump(at(16, 1, hour=0, minute=0, year=2019))
    mai.says("Đã nộp bản giấy")
    sentence = "Thời gian khiếu nại đã hết, chậm nhất là hết ngày 15/01."
    whom = "đồng chí gọi đồng chí Vũ Văn Xã, Đoàn xã Hoằng Quỳ"
    assert mai.sees(sentence, whom)
    assert "0900" not in mai.last.text
    assert pressed(mai, f"s.ratecontest.{province.ids['thon3']}.essays").sees(sentence, whom)
    mai.presses("Cả danh sách")
    assert mai.sees(sentence)
    mai.presses("Bài thu hoạch")
    assert mai.sees(sentence, whom)
    assert "Khiếu nại" not in mai.buttons
    assert card.labels[0] == "Khiếu nại"
    assert entries(province) == []


def test_on_the_last_day_it_is_taken_and_decided_afterwards(
    province: Province, mai: Person, xa: Person
) -> None:
    province.clock.jump(at(15, 1, hour=23, minute=59, year=2019))
    contests(mai)
    assert mai.sees("Đã gửi khiếu nại")
    province.clock.jump(at(20, 1, year=2019))
    xa.presses("Xem mục này", xa.messages[-1]).presses("Chấp nhận").says("Đúng vậy")
    assert xa.sees("Đã ghi quyết định")


def test_nobody_above_can_be_written_to(mai: Person) -> None:
    contests(mai)
    assert mai.sees("Đã ghi khiếu nại. Đoàn xã Hoằng Quỳ chưa ai kết nối", "đồng chí Vũ Văn Xã")


def test_with_points_and_grades(province: Province, mai: Person, xa: Person) -> None:
    with_points(province)
    mai.says("/binhxet")
    assert mai.sees("Điểm: <b>0/100</b>, 60 điểm chưa có số liệu", "từ Trung bình đến Khá")
    xa.says("/binhxet")
    assert xa.sees("Xếp loại: chưa đủ số liệu 4")
    mai.says("12/11 45/50").presses("Gửi báo cáo").says("/binhxet")
    assert mai.sees("Điểm: <b>30/100</b>, 30 điểm chưa có số liệu", "Xếp loại: <b>Khá</b>")
    xa.says("/binhxet")
    assert xa.sees("Xếp loại: Khá 1, chưa đủ số liệu 3")


def test_down_the_tree(province: Province, huyen: Person) -> None:
    add_commune(province)
    huyen.says("/binhxet")
    assert huyen.sees("Đạt mọi mục: 0/2 xã", "Đạt mọi mục: 0/4 chi đoàn", "▸ Họp đúng thời hạn")
    huyen.presses("Từng đơn vị")
    assert huyen.buttons == [
        "Đoàn xã Hoằng Quỳ · 0/2",
        "Đoàn xã Hoằng Kim · 0/1",  # nobody there owes an essay
        "⬅️ Huyện đoàn Hoằng Hóa",
    ]
    huyen.presses("Đoàn xã Hoằng Quỳ · 0/2").presses("Các đơn vị dưới").presses("Từng đơn vị")
    huyen.presses("Chi đoàn thôn 1 · 0/3")
    assert huyen.sees("<b>Chi đoàn thôn 1</b>")
    assert "Khiếu nại" not in huyen.buttons


@pytest.mark.parametrize(
    "data",
    ["rating.{}", "rating.{}.one", "rating.{}.0", "rating.{}.w0", "ratefact.{}.essays", "ratefact.{}.studied.photos",
     "ratecontest.{}.essays", "ratemend.{}.essays", "ratedrop.{}.essays", "ratedrop.{}.essays.yes"],
)  # fmt: skip
def test_nobody_sees_beside_or_above(province: Province, mai: Person, data: str) -> None:
    for number in (province.ids["thon1"], province.ids["xa"], 999_999, "9" * 30, "x", ""):
        if data.format(number) != "rating.":
            assert pressed(mai, f"s.{data.format(number)}").sees(NOT_YOURS)


def test_forged_buttons(province: Province, mai: Person, xa: Person) -> None:
    ids = province.ids
    for data in (
        f"ratefact.{ids['thon3']}.nothing",
        f"ratefact.{ids['thon3']}.session",  # of communes
        f"ratecontest.{ids['thon3']}.session",
        "ratedecide.1.yes",
        "ratedecide..yes",
        "ratedecide.x.no",
    ):
        assert pressed(mai, f"s.{data}").sees(NOT_YOURS)
    assert pressed(xa, f"s.ratecontest.{ids['thon3']}.essays").sees(NOT_YOURS)  # only the unit itself
    contests(mai)
    for who in (mai, province.linked("Bí Thư Thôn 1", 101), province.linked("Đỗ Thị Tỉnh", 403)):
        assert pressed(who, "s.ratedecide.1.yes").sees(NOT_YOURS)
    assert pressed(xa, "s.ratedecide.1.maybe").sees(NOT_YOURS)
    with province.stage.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(rating_contest)) == 1


def test_what_is_met_is_not_contested(province: Province, mai: Person) -> None:
    mai.says("12/11 45/50").presses("Gửi báo cáo")
    assert pressed(mai, f"s.ratecontest.{province.ids['thon3']}.studied").sees("Mục này đã đạt")


def test_a_plan_without_it_says_so(province: Province, mai: Person) -> None:
    use(province, province.stage.world.plan.model_copy(update={"rating": None}))
    assert mai.says("/binhxet").sees("Kế hoạch này không có danh sách bình xét")
    assert pressed(mai, f"s.ratefact.{province.ids['thon3']}.essays").sees(NOT_YOURS)


def test_without_a_last_day_nothing_ends(province: Province, mai: Person) -> None:
    plan = province.stage.world.plan
    assert plan.rating is not None
    assert plan.rating.contest_before == date(2019, 1, 16)
    open_ended = plan.rating.model_copy(update={"contest_before": None})
    use(province, plan.model_copy(update={"rating": open_ended}))
    province.clock.jump(at(1, 6, year=2019))
    contests(mai)
    assert mai.sees("Đã ghi khiếu nại")


def test_a_unit_that_was_closed_is_not_decided_any_more(province: Province, mai: Person, xa: Person) -> None:
    contests(mai)
    with province.stage.database.writing() as conn:
        closed = update(unit).where(unit.c.id == province.ids["thon3"])
        conn.execute(closed.values(valid_to=date(2018, 11, 13)))
    assert pressed(xa, "s.ratedecide.1.yes").sees(NOT_YOURS)
    assert xa.says("/binhxet").sees("Đạt mọi mục: 0/3 chi đoàn")
    assert "Khiếu nại (1)" not in xa.buttons


def test_mended_and_withdrawn_while_it_waits(province: Province, mai: Person, xa: Person) -> None:
    contests(mai).presses("Cả danh sách").presses("Bài thu hoạch")
    assert mai.buttons == ["Sửa khiếu nại", "Rút khiếu nại", "Cả danh sách"]
    rows = {label: data for row in mai.last.rows for label, data in row}
    xa.presses("Xem mục này", xa.messages[-1]).presses("Chấp nhận")
    assert xa.sees("khiếu nại: “Đã nộp &lt;bản giấy&gt;”", "Vì sao đồng chí chấp nhận?")
    mai.presses("Sửa khiếu nại")
    assert mai.sees("đang ghi: “Đã nộp &lt;bản giấy&gt;”")
    mai.says("x" * 301)
    assert mai.sees("dài hơn 300 chữ")
    mai.says("Đã nộp <hai bài>")
    assert mai.sees("Đã sửa khiếu nại. Hệ thống đã báo <b>Đoàn xã Hoằng Quỳ</b>.")
    assert "sửa khiếu nại mục Bài thu hoạch: “Đã nộp &lt;hai bài&gt;”" in xa.messages[-1].text
    xa.says("Đúng")  # what they read is not what it says now
    assert xa.sees("Khiếu nại vừa được sửa", "“Đã nộp &lt;hai bài&gt;”")
    xa.presses("Chấp nhận")
    pressed(mai, rows["Rút khiếu nại"])
    assert mai.sees("Đồng chí rút khiếu nại mục “Bài thu hoạch”?", "chậm nhất hết ngày 15/01")
    yes = next(data for row in mai.last.rows for label, data in row if label == "Đúng, rút")
    mai.presses("Đúng, rút")
    assert mai.sees("Đã rút khiếu nại.")
    assert mai.buttons == ["Khiếu nại", "Cả danh sách"]
    assert "rút khiếu nại mục Bài thu hoạch" in xa.messages[-1].text
    assert pressed(mai, yes).sees("Đã rút khiếu nại.")  # pressed twice
    assert pressed(mai, rows["Sửa khiếu nại"]).sees("Đã rút khiếu nại.")
    xa.says("Đúng vậy")
    assert xa.sees("Đơn vị đã rút khiếu nại này.")
    contests(mai, "Đã nộp cả ba")
    assert mai.sees("Đã gửi khiếu nại")
    branch, unit = province.ids["Lê Thị Mai"], province.ids["thon3"]
    assert [entry[:4] for entry in entries(province)] == [
        ("rating_contested", branch, unit, 1),
        ("rating_contest_corrected", branch, unit, 1),
        ("rating_contest_withdrawn", branch, unit, 1),
        ("rating_contested", branch, unit, 2),
    ]
    for who in (xa, province.linked("Bí Thư Thôn 1", 101)):  # only the unit itself
        for data in (rows["Sửa khiếu nại"], rows["Rút khiếu nại"], yes):
            assert pressed(who, data).sees(NOT_YOURS)
    pressed(xa, "s.ratedecide.2.no").says("Chưa thấy")
    for data in (rows["Sửa khiếu nại"], rows["Rút khiếu nại"], yes):
        assert pressed(mai, data).sees("đã được quyết định", "Chưa thấy")


def test_after_the_date_it_may_only_be_withdrawn(province: Province, mai: Person, xa: Person) -> None:
    contests(mai).presses("Cả danh sách").presses("Bài thu hoạch").presses("Sửa khiếu nại")
    province.clock.jump(at(16, 1, hour=0, minute=0, year=2019))
    mai.says("Đã nộp hai bài")
    sentence = "Thời gian khiếu nại đã hết, chậm nhất là hết ngày 15/01."
    assert mai.sees(sentence)
    assert pressed(mai, f"s.ratemend.{province.ids['thon3']}.essays").sees(sentence)
    mai.presses("Cả danh sách").presses("Bài thu hoạch")
    assert mai.buttons == ["Rút khiếu nại", "Cả danh sách"]
    mai.presses("Rút khiếu nại")
    assert mai.sees("rút rồi thì không gửi lại được")
    mai.presses("Đúng, rút")
    assert "Khiếu nại" not in mai.buttons
    with province.stage.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(rating_contest)) == 0
