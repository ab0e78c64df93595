"""/baocaovien: registers of speakers, who spoke without standing in one, and how the level above judges."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from storage import speaker_quality, submitting
from storage.models import audit, session_speaker, speaker, speaker_judgement
from storage.reports import Held, Sender, Speaker
from tests.conftest import Province
from tests.dialogues.desk import NOT_YOURS, add_commune, lock, pressed
from tests.people import Person

PLAN = "ke-hoach-66"


@pytest.fixture
def huyen(province: Province) -> Person:
    return province.linked("Ngô Văn Huyện", 303)


@pytest.fixture
def tinh(province: Province) -> Person:
    return province.linked("Đỗ Thị Tỉnh", 403)


def held(
    province: Province,
    key: str,
    level: str,
    speakers: list[Speaker],
    day: int = 12,
    slot: int = 0,
    *,
    own: bool = False,
) -> int:
    """The session's id."""
    sender = Sender(province.ids["Vũ Văn Xã"], 1, province.clock.now())
    said = Held(level, date(2018, 11, day), "hội trường", own=own, speakers=tuple(speakers))
    with province.stage.database.writing() as conn:
        return submitting.submit_session(conn, PLAN, "session", province.ids[key], slot, said, sender)[1]


def names(province: Province) -> list[tuple[int, str, int | None, bool]]:
    with province.stage.reading() as conn:
        rows = conn.execute(select(speaker).order_by(speaker.c.id))
        return [(row.unit_id, row.name, row.person_id, row.name_key is not None) for row in rows]


def logged(province: Province) -> list[tuple[Any, ...]]:
    with province.stage.reading() as conn:
        rows = conn.execute(
            select(audit.c.action, audit.c.unit_id, audit.c.person_id, audit.c.facts)
            .where(audit.c.action.startswith("speaker_"))
            .order_by(audit.c.id)
        )
        return [tuple(row) for row in rows]


def add(who: Person, name: str, workplace: str) -> Person:
    return who.says("/baocaovien").presses("Thêm người").says(name).says(workplace)


# -- the register


def test_a_district_names_its_speakers(province: Province, huyen: Person) -> None:
    ids = province.ids
    huyen.says("/baocaovien")
    assert huyen.sees("<b>Huyện đoàn Hoằng Hóa</b> · báo cáo viên", "Danh sách: chưa có ai.")
    assert huyen.buttons == ["Danh sách (0)", "Thêm người", "Các đơn vị dưới"]
    huyen.presses("Thêm người")
    assert huyen.buttons[:2] == ["Ngô Văn Huyện", "Phan Thị Huyền"]
    huyen.presses("Phan Thị Huyền")
    assert huyen.sees("Đã ghi <b>Phan Thị Huyền</b> vào danh sách báo cáo viên của Huyện đoàn Hoằng Hóa.")
    huyen.presses("Thêm nữa")
    assert "Phan Thị Huyền" not in huyen.buttons
    huyen.says("Trần <Văn> Tuyên")
    assert huyen.sees("<b>Trần &lt;Văn&gt; Tuyên</b> công tác ở đâu?")
    huyen.says("Ban Tuyên giáo Huyện uỷ").presses("Xem danh sách")
    assert huyen.sees("Danh sách có 2 đồng chí.")
    assert huyen.buttons[:2] == ["Phan Thị Huyền", "Trần <Văn> Tuyên"]
    huyen.presses("Trần <Văn> Tuyên")
    assert huyen.sees("báo cáo viên cấp huyện", "Công tác tại: Ban Tuyên giáo Huyện uỷ", "Tập huấn: chưa ghi")
    assert huyen.sees("Đã báo cáo: chưa ghi")
    assert names(province) == [
        (ids["huyen"], "Phan Thị Huyền", ids["Phan Thị Huyền"], True),
        (ids["huyen"], "Trần <Văn> Tuyên", None, True),
    ]
    by = ids["Ngô Văn Huyện"]
    assert logged(province) == [("speaker_registered", ids["huyen"], by, None)] * 2


@pytest.mark.parametrize("typed", ["Trần Văn Hoà", "trần văn hòa", "  Trần  Văn Hoà "])
def test_no_namesakes(province: Province, huyen: Person, typed: str) -> None:
    add(huyen, "Trần Văn Hòa", "Huyện uỷ").says("/baocaovien").presses("Thêm người").says(typed)
    assert huyen.sees("đã có <b>Trần Văn", "gõ thêm chữ để phân biệt")
    huyen.says("Trần Văn Hòa (Hoằng Kim)").presses("Huyện đoàn Hoằng Hóa")
    assert [name for _unit, name, *_ in names(province)] == ["Trần Văn Hòa", "Trần Văn Hòa (Hoằng Kim)"]


def test_withdrawn_and_named_again(province: Province, huyen: Person) -> None:
    add(huyen, "Trần Văn Tuyên", "Huyện uỷ").presses("Xem danh sách").presses("Trần Văn Tuyên")
    card = huyen.last
    huyen.presses("Đưa ra")
    assert huyen.sees("Đưa <b>Trần Văn Tuyên</b> ra khỏi danh sách của Huyện đoàn Hoằng Hóa?")
    huyen.presses("Đưa ra, tôi chắc chắn")
    assert huyen.sees("Đã đưa <b>Trần Văn Tuyên</b> ra khỏi danh sách.")
    assert names(province)[0][3] is False
    pressed(huyen, "s.speaker.1.sure")
    assert huyen.sees("không còn trong danh sách")
    assert card is not None
    add(huyen, "Trần Văn Tuyên", "Huyện uỷ")
    assert names(province) == [(province.ids["huyen"], "Trần Văn Tuyên", None, True)]
    assert [action for action, *_ in logged(province)] == [
        "speaker_registered",
        "speaker_withdrawn",
        "speaker_registered",
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [("12", "tên"), ("x" * 61, "tên")],
)
def test_what_is_no_name(province: Province, huyen: Person, typed: str, told: str) -> None:
    huyen.says("/baocaovien").presses("Thêm người").says(typed)
    assert huyen.sees(told, "Thêm ai vào danh sách")
    huyen.says("Trần Văn Tuyên").says("...")
    assert huyen.sees("Đồng chí gõ nơi công tác bằng chữ giúp.")
    huyen.says("y" * 201)
    assert huyen.sees("Nơi công tác dài quá 200 chữ.")
    assert names(province) == []


def test_the_province_sees_districts_and_they_communes(
    province: Province, tinh: Person, huyen: Person, xa: Person
) -> None:
    add(huyen, "Trần Văn Tuyên", "Huyện uỷ")
    add(xa, "Lê Văn Thơ", "trường học")
    tinh.says("/baocaovien")
    assert tinh.sees("Danh sách: 2 đồng chí (cấp huyện 1, cấp cơ sở 1)", "Đã tập huấn: chưa ghi")
    tinh.presses("Các đơn vị dưới").presses("Huyện đoàn Hoằng Hóa · 2")
    assert tinh.buttons[:2] == ["Danh sách (1)", "Thêm người"]
    tinh.presses("Các đơn vị dưới").presses("Đoàn xã Hoằng Quỳ · 1").presses("Danh sách (1)")
    assert "Lê Văn Thơ" in tinh.buttons
    xa.says("/baocaovien")
    assert xa.buttons == ["Danh sách (1)", "Thêm người"]


# -- who may


@pytest.mark.parametrize("action", ["speakers", "speakerlist", "speakerbelow", "speakeradd", "speakernew"])
@pytest.mark.parametrize("key", ["huyen", "thon1", None])
def test_registers_of_others(province: Province, xa: Person, action: str, key: str | None) -> None:
    pressed(xa, f"s.{action}.{province.ids[key] if key else 9999}")
    assert xa.sees(NOT_YOURS)


def test_a_branch_has_no_register(mai: Person) -> None:
    assert mai.says("/baocaovien").sees("Kế hoạch không giao đơn vị của đồng chí")


def test_forged_cards(province: Province, huyen: Person, xa: Person) -> None:
    add(huyen, "Trần Văn Tuyên", "Huyện uỷ")
    for data in ("s.speaker.1", "s.speaker.1.off", "s.speaker.1.sure", "s.speaker.99", "s.speaker.x"):
        assert pressed(xa, data).sees(NOT_YOURS)
    assert names(province)[0][3] is True


# -- who spoke


def test_who_spoke_is_taken_in_at_one_press(province: Province, xa: Person) -> None:
    held(province, "xa", "grassroots", [Speaker("Vũ Văn Xã", province.ids["Vũ Văn Xã"])])
    held(province, "xa", "grassroots", [Speaker("Người Lạ", None, True)], 13, 1)
    held(province, "thon1", "branch", [Speaker("Ai Đó", None, True)], own=True)
    xa.says("/baocaovien")
    assert xa.sees("Đã báo cáo: 2 lượt", "Chưa có trong danh sách: 2 lượt")
    xa.presses("Chưa có tên (2)")
    assert xa.buttons[:2] == ["12/11 Vũ Văn Xã, Đoàn xã Hoằng Quỳ", "13/11 Người Lạ, Đoàn xã Hoằng Quỳ"]
    xa.presses("12/11 Vũ Văn Xã, Đoàn xã Hoằng Quỳ").presses("Người chưa có tên")
    xa.presses("13/11 Người Lạ, Đoàn xã Hoằng Quỳ").presses("Người chưa có tên")
    assert xa.sees("đều có trong danh sách")
    assert [row[:3] for row in names(province)] == [
        (province.ids["xa"], "Vũ Văn Xã", province.ids["Vũ Văn Xã"]),
        (province.ids["xa"], "Người Lạ", None),
    ]
    xa.says("/baocaovien").presses("Danh sách (2)").presses("Vũ Văn Xã · 1 hội nghị")
    assert xa.sees("Đoàn xã Hoằng Quỳ, Bí thư", "▸ 12/11, Đoàn xã Hoằng Quỳ", "Chất lượng: chưa đánh giá")


def test_a_district_says_whose_speaker_it_was(province: Province, huyen: Person) -> None:
    session_id = held(province, "xa", "grassroots", [Speaker("Người Lạ", None, True)])
    huyen.says("/baocaovien").presses("Chưa có tên (1)").presses("12/11 Người Lạ, Đoàn xã Hoằng Quỳ")
    assert huyen.sees("Đồng chí ấy là báo cáo viên của đơn vị nào?")
    assert huyen.buttons == ["Đoàn xã Hoằng Quỳ", "Huyện đoàn Hoằng Hóa"]
    huyen.presses("Huyện đoàn Hoằng Hóa")
    assert names(province) == [(province.ids["huyen"], "Người Lạ", None, True)]
    with province.stage.reading() as conn:
        outside = select(session_speaker.c.outside_rule).where(session_speaker.c.session_id == session_id)
        assert conn.scalar(outside) is False  # "báo cáo viên cấp huyện" is whom the plan names
    huyen.says("/baocaovien")
    assert "Chưa có trong danh sách" not in huyen.last.text


def test_the_register_of_a_commune_is_not_whom_the_plan_names(province: Province, xa: Person) -> None:
    held(province, "xa", "grassroots", [Speaker("Người Lạ", None, True)])
    add(xa, "Người Lạ", "trường học")
    with province.stage.reading() as conn:
        assert conn.scalar(select(session_speaker.c.outside_rule)) is True


def test_taking_in_what_is_not_theirs(province: Province, huyen: Person, xa: Person) -> None:
    held(province, "huyen", "district", [Speaker("Người Lạ")])
    ids = province.ids
    for data in (f"1.{ids['xa']}", f"1.{ids['huyen']}", f"1.{ids['xa']}.{ids['huyen']}", "1", "x.y.z"):
        assert pressed(xa, f"s.speakerin.{data}").sees(NOT_YOURS)
    pressed(huyen, f"s.speakerin.1.{ids['huyen']}.{ids['tinh']}")
    assert huyen.sees(NOT_YOURS)
    pressed(huyen, f"s.speakerin.99.{ids['huyen']}")
    assert huyen.sees("Hội nghị vừa được sửa.")
    assert names(province) == []


# -- in a session's report


def test_registered_speakers_are_offered(province: Province, huyen: Person, xa: Person) -> None:
    add(huyen, "Trần Văn Tuyên", "Huyện uỷ")
    add(xa, "Lê Văn Thơ", "trường học")
    xa.says("/baocao").presses("Đã tổ chức").says("12/11").says("nhà văn hoá")
    assert xa.sees("Báo cáo viên là ai?")
    assert xa.buttons[:4] == ["Vũ Văn Xã", "Trần Văn Tuyên", "Ngô Văn Huyện", "Phan Thị Huyền"]
    xa.presses("Trần Văn Tuyên").says("120").presses("Đủ tài liệu").presses("Không có ảnh")
    assert xa.sees("Báo cáo viên: Trần Văn Tuyên\n")
    xa.presses("Sửa").presses("Báo cáo viên").says("tran van tuyen")
    assert xa.sees("Báo cáo viên: Trần Văn Tuyên\n")
    xa.presses("Sửa").presses("Báo cáo viên").says("Lê Văn Thơ")
    assert xa.sees("Báo cáo viên: Lê Văn Thơ (ngoài danh sách kế hoạch nêu)")


# -- judging


def judgements(province: Province) -> list[tuple[Any, ...]]:
    with province.stage.reading() as conn:
        rows = conn.execute(select(speaker_judgement).order_by(speaker_judgement.c.session_id))
        return [(row.session_id, row.name_key, row.grade, row.note, row.by_person_id) for row in rows]


def test_one_press_each(province: Province, huyen: Person) -> None:
    first = held(province, "xa", "grassroots", [Speaker("Vũ Văn Xã", province.ids["Vũ Văn Xã"])])
    second = held(province, "xa", "grassroots", [Speaker("Người Lạ")], 13, 1)
    huyen.says("/baocaovien")
    assert huyen.sees("Chất lượng: chưa ghi; 2 lượt chưa đánh giá")
    huyen.presses("Đánh giá (2)").presses("12/11 Vũ Văn Xã, Đoàn xã Hoằng Quỳ")
    assert huyen.sees("<b>Vũ Văn Xã</b>, báo cáo ngày 12/11 tại Đoàn xã Hoằng Quỳ")
    assert huyen.buttons == ["Tốt", "Khá", "Trung bình", "Yếu", "Còn phải đánh giá"]
    huyen.presses("Tốt")
    assert huyen.sees("Đã ghi <b>Vũ Văn Xã</b>: tốt.", "<b>Người Lạ</b>, báo cáo ngày 13/11")
    huyen.presses("Yếu")
    assert huyen.sees("<b>Người Lạ</b>, yếu: cần bổ khuyết điểm gì?")
    assert len(judgements(province)) == 1
    huyen.says("...")
    assert huyen.sees("Đồng chí ghi lý do bằng chữ giúp.")
    huyen.says("z" * 501)
    assert huyen.sees("Ghi chú dài quá 500 chữ.")
    huyen.says("Nói <chưa> rõ phần giải pháp")
    assert huyen.sees("Đã ghi <b>Người Lạ</b>: yếu. Không còn báo cáo viên nào chờ đánh giá.")
    by = province.ids["Ngô Văn Huyện"]
    assert judgements(province) == [
        (first, judgements(province)[0][1], "good", None, by),
        (second, judgements(province)[1][1], "weak", "Nói <chưa> rõ phần giải pháp", by),
    ]
    huyen.presses("Còn phải đánh giá").presses("Đã đánh giá (2)")
    assert huyen.buttons[1] == "13/11 Người Lạ, Đoàn xã Hoằng Quỳ: yếu"
    huyen.presses("13/11 Người Lạ, Đoàn xã Hoằng Quỳ: yếu")
    assert huyen.sees("Đã đánh giá: yếu", "Ghi chú: Nói &lt;chưa&gt; rõ phần giải pháp")
    assert "✓ Yếu" in huyen.buttons
    huyen.presses("Khá")
    assert judgements(province)[1][2] == "fair"
    host = province.ids["xa"]
    assert logged(province) == [
        ("speaker_judged", host, by, {"grade": "good"}),
        ("speaker_judged", host, by, {"grade": "weak"}),
        ("speaker_judged", host, by, {"grade": "fair", "before": "weak"}),
    ]


def test_a_note_to_a_good_one(province: Province, huyen: Person) -> None:
    held(province, "xa", "grassroots", [Speaker("Người Lạ")])
    huyen.says("/baocaovien").presses("Đánh giá (1)").presses("12/11 Người Lạ, Đoàn xã Hoằng Quỳ")
    huyen.presses("Tốt").presses("Thêm ghi chú").says("Nói rõ, có liên hệ")
    assert judgements(province)[0][2:4] == ("good", "Nói rõ, có liên hệ")


def test_a_corrected_session_keeps_its_judgement(province: Province, huyen: Person) -> None:
    held(province, "xa", "grassroots", [Speaker("Người Lạ"), Speaker("Lê Văn Thơ")])
    huyen.says("/baocaovien").presses("Đánh giá (2)").presses("12/11 Người Lạ, Đoàn xã Hoằng Quỳ")
    old = huyen.last
    huyen.presses("Khá")
    held(province, "xa", "grassroots", [Speaker("Lê Văn Thơ"), Speaker("Người Lạ")], 11)
    with province.stage.reading() as conn:
        counted = speaker_quality.tally(conn, PLAN, "/")
    assert (counted.spoken, counted.judged, counted.fair) == (2, 1, 1)
    huyen.presses("Tốt", old)
    assert huyen.sees(NOT_YOURS)


def test_nobody_judges_themselves(province: Province, huyen: Person) -> None:
    held(province, "xa", "grassroots", [Speaker("Ngô Văn Huyện", province.ids["Ngô Văn Huyện"])])
    held(province, "xa", "grassroots", [Speaker("ngô văn huyện")], 13, 1)
    huyen.says("/baocaovien").presses("Đánh giá (0)")
    assert huyen.sees("Không còn báo cáo viên nào chờ đánh giá.")
    for number in (1, 2):
        assert pressed(huyen, f"s.speakergrade.{number}.good").sees("không tự đánh giá mình")
    colleague = province.linked("Phan Thị Huyền", 304)
    pressed(colleague, "s.speakergrade.1.good")
    assert len(judgements(province)) == 1


def test_only_the_level_above_judges(
    province: Province, tinh: Person, huyen: Person, xa: Person, mai: Person
) -> None:
    held(province, "xa", "grassroots", [Speaker("Người Lạ")])
    held(province, "huyen", "district", [Speaker("Ai Khác")])
    held(province, "thon3", "branch", [Speaker("Lê Thị Mai")], own=True)
    held(province, "tinh", "province", [Speaker("Thường Trực")])
    for who, numbers in ((tinh, (1, 3, 4)), (huyen, (2, 3, 4)), (xa, (1, 2, 3, 4)), (mai, (1, 2, 3, 4))):
        for number in numbers:
            for verb in ("", ".good", ".weak"):
                assert pressed(who, f"s.speakergrade.{number}{verb}").sees(NOT_YOURS)
            assert pressed(who, f"s.speakernote.{number}").sees(NOT_YOURS)
    assert pressed(xa, f"s.speakerjudge.{province.ids['huyen']}.0").sees(NOT_YOURS)
    assert judgements(province) == []
    pressed(tinh, "s.speakergrade.2.fair")
    pressed(huyen, "s.speakergrade.1.good")
    assert [row[2] for row in judgements(province)] == ["good", "fair"]


def test_a_closed_plan(province: Province, huyen: Person) -> None:
    held(province, "xa", "grassroots", [Speaker("Người Lạ")])
    lock(province)
    pressed(huyen, "s.speakergrade.1.good")
    assert huyen.sees("đã khoá sổ")
    assert judgements(province) == []


def test_many_are_paged(province: Province, huyen: Person) -> None:
    add_commune(province)
    for number in range(5):
        held(province, "xa", "grassroots", [Speaker(f"Người {number}")], 12, number)
        held(province, "kim", "grassroots", [Speaker(f"Người {number}")], 12, number)
    huyen.says("/baocaovien").presses("Đánh giá (10)")
    assert huyen.sees("10 lượt chờ đánh giá", "Trang 1/2")
    assert len([label for label in huyen.buttons if label.startswith("12/11")]) == 8
