"""/tailieu: what is offered to whom, posting, replacing and withdrawing it, and who has opened it."""

import json

import pytest
from sqlalchemy import func, insert, select

from storage.models import audit, material, material_opened, person, position, upload
from tests.conftest import Province
from tests.people import Person, at

RESOLUTION = "Toàn văn Nghị quyết 01"


@pytest.fixture
def tinh(province: Province) -> Person:
    """The province's officer."""
    return province.linked("Đỗ Thị Tỉnh", 403)


def add(staff: Person, title: str = RESOLUTION, *levels: str, file: str = "nq.pdf") -> None:
    staff.says("/tailieu").presses("Thêm tài liệu").says(title)
    for level in levels:
        staff.presses(level)
    staff.presses("Xong" if levels else "Mọi cấp").uploads(f"u-{title}-{file}", file).presses("Xong")
    staff.presses("Đăng")
    assert staff.sees("Đã đăng", title)


def member(province: Province, name: str, unit: str, chat_id: int) -> Person:
    """A plain member, who acts for nobody."""
    with province.stage.database.writing() as conn:
        made = conn.execute(
            insert(person).values(full_name=name, name_folded=name.lower(), created_at=province.clock.now())
        )
        province.ids[name] = made.inserted_primary_key[0]  # type: ignore[index]
        conn.execute(
            insert(position).values(person_id=province.ids[name], unit_id=province.ids[unit], role="member")
        )
    return province.linked(name, chat_id)


def actions(province: Province) -> list[tuple[str, int, int, dict[str, object] | None]]:
    with province.stage.reading() as conn:
        rows = conn.execute(
            select(audit.c.action, audit.c.unit_id, audit.c.subject_id, audit.c.facts)
            .where(audit.c.subject == "material")
            .order_by(audit.c.id)
        )
        return [tuple(row) for row in rows]


def test_the_province_posts_and_everybody_below_opens(province: Province, tinh: Person, mai: Person) -> None:
    add(tinh)
    assert tinh.sees("cho 7 đơn vị")
    an = member(province, "Lê Văn An", "thon1", 900)
    for one in (an, mai):
        one.says("/tailieu")
        assert one.sees("Tài liệu học tập")
        assert one.buttons == [RESOLUTION]
        one.presses(RESOLUTION)
        assert one.sees(RESOLUTION, "Tỉnh đoàn Thanh Hóa")
        assert one.last.media == [[f"id-u-{RESOLUTION}-nq.pdf", False]]
    mai.presses(RESOLUTION)
    tinh.says("/tailieu").presses("Tài liệu đã đăng").presses(RESOLUTION)
    assert tinh.sees("Dành cho: mọi cấp", "Đã mở: 2 đồng chí, ở 2/7 đơn vị", "Tệp: 1")
    assert actions(province) == [
        ("material_added", province.ids["tinh"], 1, {"files": 1, "levels": []}),
    ]
    with province.stage.reading() as conn:
        times = dict(conn.execute(select(material_opened.c.person_id, material_opened.c.times)).all())
        kept = conn.execute(select(upload.c.subject, upload.c.subject_id, upload.c.state)).one()
    assert times == {province.ids["Lê Thị Mai"]: 2, province.ids["Lê Văn An"]: 1}
    assert tuple(kept) == ("material", 1, "waiting")


def test_only_the_levels_that_were_chosen(province: Province, tinh: Person, mai: Person, xa: Person) -> None:
    add(tinh, "Đề cương báo cáo viên", "Cấp huyện", "Cấp cơ sở")
    mai.says("/tailieu")
    assert mai.sees("Chưa có tài liệu nào cho đồng chí")
    xa.says("/tailieu").presses("Đề cương báo cáo viên")
    assert xa.last.media is not None
    tinh.says("/tailieu")
    assert "Đề cương báo cáo viên" not in tinh.buttons
    mai.new = []
    province.stage.take(mai.pressed("s.material.1", "1"))
    assert mai.sees("chưa được phân công đơn vị này")
    with province.stage.reading() as conn:
        assert conn.scalar(select(material.c.levels)) == ["district", "grassroots"]
        assert conn.scalar(select(func.count()).select_from(material_opened)) == 1


def test_a_commune_offers_to_itself_and_its_branches(
    province: Province, tinh: Person, xa: Person, mai: Person
) -> None:
    xa.says("/tailieu").presses("Thêm tài liệu").says("Lịch học của xã")
    assert xa.buttons[:4] == ["Cấp cơ sở", "Chi đoàn", "Mọi cấp", "Xong"]
    xa.presses("Xong")
    assert xa.sees("Chưa chọn cấp nào")
    xa.presses("Chi đoàn")
    assert "✓ Chi đoàn" in xa.buttons
    xa.presses("✓ Chi đoàn").presses("Mọi cấp").uploads("l", "lich.xlsx").presses("Xong").presses("Đăng")
    assert xa.sees("cho 5 đơn vị")
    mai.says("/tailieu").presses("Lịch học của xã")
    assert mai.last.media is not None
    tinh.says("/tailieu")
    assert tinh.sees("Chưa có tài liệu nào cho đồng chí")
    tinh.presses("Tài liệu đã đăng").presses("Lịch học của xã")
    assert tinh.sees("Đoàn xã Hoằng Quỳ", "Đã mở: 1 đồng chí, ở 1/5 đơn vị")


def test_replaced_and_withdrawn_are_explained(province: Province, tinh: Person, mai: Person) -> None:
    add(tinh)
    mai.says("/tailieu")
    old = mai.press(RESOLUTION)
    tinh.presses("Tài liệu đã đăng").presses(RESOLUTION)
    card = tinh.last
    tinh.presses("Thay tệp").uploads("v2", "nq-v2.pdf").presses("Xong")
    assert tinh.sees("Bản cũ được thay bằng bản này", "Dành cho: mọi cấp")
    tinh.presses("Sửa").presses("Tên").says("Nghị quyết 01, bản sửa").presses("Đăng")
    assert tinh.sees("Đã đăng", "bản sửa")
    mai.new = []
    province.stage.take(old)
    assert mai.sees(RESOLUTION, "đã được thay bằng", "Nghị quyết 01, bản sửa")
    mai.presses("Mở bản mới")
    assert mai.last.media == [["id-v2", False]]
    tinh.presses("Gỡ xuống", on=card)
    assert tinh.sees("đã được thay bằng")
    tinh.presses("Mở bản mới").presses("Gỡ xuống")
    assert tinh.sees("không ai mở được nữa")
    tinh.presses("Giữ lại").presses("Gỡ xuống")
    first, second = tinh.press("Gỡ, tôi chắc chắn"), tinh.press("Gỡ, tôi chắc chắn")
    tinh.new = []
    province.stage.take(first, second)
    assert tinh.sees("Đã gỡ", "đã được gỡ xuống")
    mai.new = []
    province.stage.take(mai.pressed("s.material.1", "1"))
    assert mai.sees("đã được gỡ xuống")
    assert mai.presses("Tài liệu khác").sees("Chưa có tài liệu nào")
    assert [entry[0] for entry in actions(province)] == [
        "material_added",
        "material_added",
        "material_replaced",
        "material_withdrawn",
    ]
    assert actions(province)[2] == ("material_replaced", province.ids["tinh"], 1, {"replaced_by": 2})


def test_two_people_replace_at_once(province: Province, tinh: Person, xa: Person) -> None:
    add(xa, "Lịch")
    for one in (tinh, xa):
        one.says("/tailieu").presses("Tài liệu đã đăng").presses("Lịch").presses("Thay tệp")
        one.uploads(f"f{one.id}", "lich.pdf").presses("Xong")
    tinh.presses("Đăng")
    assert tinh.sees("cho 5 đơn vị")
    xa.presses("Đăng")
    assert xa.sees("vừa được thay hoặc gỡ xuống")
    with province.stage.reading() as conn:
        assert list(conn.scalars(select(material.c.state).order_by(material.c.id))) == ["replaced", "offered"]


@pytest.mark.parametrize("verb", ["", ".files", ".swap", ".off", ".sure"])
def test_nobody_manages_what_is_posted_beside_or_above(
    province: Province, tinh: Person, xa: Person, mai: Person, verb: str
) -> None:
    add(tinh)
    for one in (xa, mai):
        for forged in (f"s.materialedit.1{verb}", f"s.materialedit.99{verb}", f"s.materialedit.{'9' * 30}"):
            one.new = []
            province.stage.take(one.pressed(forged, "1"))
            assert one.sees("chưa được phân công đơn vị này")
            assert one.last.rows == []
    with province.stage.reading() as conn:
        assert conn.scalar(select(material.c.state)) == "offered"


def test_only_a_desk_posts(province: Province, mai: Person, xa: Person) -> None:
    mai.says("/tailieu")
    assert mai.buttons == []
    for one, forged in (
        (mai, "s.materialnew."),
        (mai, "s.materialdesk."),
        (mai, f"s.materialnew.{province.ids['thon3']}"),
        (xa, f"s.materialnew.{province.ids['huyen']}"),
        (xa, f"s.materialnew.{province.ids['thon3']}"),
    ):
        one.new = []
        province.stage.take(one.pressed(forged, "1"))
        assert one.sees("chưa được phân công đơn vị này")


def test_bad_titles_and_files(xa: Person) -> None:
    xa.says("/tailieu").presses("Thêm tài liệu").says("???")
    assert xa.sees("gõ tên tài liệu bằng chữ")
    xa.says("ă" * 121)
    assert xa.sees("dài quá 120 chữ", "Tài liệu tên gì?")
    xa.says("<b>Lịch</b> & đề cương").presses("Mọi cấp")
    assert xa.sees("&lt;b&gt;Lịch&lt;/b&gt; &amp; đề cương")
    xa.says("đây là tệp")
    assert xa.sees("chưa hiểu")
    xa.uploads("e", "virus.exe")
    assert xa.sees("PDF, Word, PowerPoint, Excel")
    xa.uploads("big", "to.pdf", 21 * 1024 * 1024)
    assert xa.sees("lớn hơn 20 MB")
    xa.uploads("a", "de-cuong.pptx").uploads("a", "de-cuong.pptx")
    assert xa.sees("Tệp này đã có")
    xa.photographs("p1", album="A").photographs("p2", album="A")
    assert xa.new == []
    for number in range(7):
        xa.photographs(f"q{number}")
    xa.photographs("q8")
    assert xa.sees("Đã đủ 10 tệp")
    first, second = xa.press("Xong", on=xa.last), xa.press("Xong", on=xa.last)
    xa.stage.take(first, second)
    assert xa.presses("Đăng").sees("Đã đăng")


def test_an_album_of_pictures_and_documents_goes_as_two(province: Province, xa: Person, mai: Person) -> None:
    xa.says("/tailieu").presses("Thêm tài liệu").says("Bộ tài liệu").presses("Mọi cấp")
    xa.photographs("p1").uploads("d1", "a.pdf").photographs("p2").presses("Xong").presses("Đăng")
    mai.says("/tailieu").presses("Bộ tài liệu")
    assert [message.media for message in mai.new] == [
        [["id-p1", True], ["id-p2", True]],
        [["id-d1", False]],
    ]
    assert [message.text for message in mai.new] == ["<b>Bộ tài liệu</b>\nĐoàn xã Hoằng Quỳ", ""]


def test_back_after_a_file_takes_the_file_away(xa: Person) -> None:
    xa.says("/tailieu").presses("Thêm tài liệu").says("Lịch").presses("Mọi cấp").uploads("a", "a.pdf")
    xa.presses("Xong").presses("Sửa").presses("Tệp").uploads("a", "a.pdf").presses("Xong")
    assert xa.sees("Tệp: 1")
    xa.presses("Đăng")
    assert xa.sees("Đã đăng")


def test_many_are_paged(province: Province, xa: Person, mai: Person) -> None:
    for number in range(8):
        add(xa, f"Tài liệu số {number}")
    mai.says("/tailieu")
    assert mai.buttons == [f"Tài liệu số {number}" for number in range(7, 1, -1)] + ["Trang sau ▸"]
    mai.presses("Trang sau ▸")
    assert mai.buttons == ["Tài liệu số 1", "Tài liệu số 0", "◂ Trang trước"]
    mai.new = []
    province.stage.take(mai.pressed("s.materials.99", "1"))
    assert mai.buttons == ["Tài liệu số 1", "Tài liệu số 0", "◂ Trang trước"]


def test_somebody_with_two_desks_says_which(province: Province, xa: Person) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            insert(position).values(
                person_id=province.ids["Vũ Văn Xã"], unit_id=province.ids["huyen"], role="committee_member"
            )
        )
    xa.says("/tailieu").presses("Thêm tài liệu")
    assert xa.sees("của đơn vị nào")
    xa.presses("Huyện đoàn Hoằng Hóa").says("Kế hoạch huyện").presses("Cấp cơ sở").presses("Xong")
    xa.uploads("k", "k.docx").presses("Xong").presses("Đăng")
    with province.stage.reading() as conn:
        assert conn.scalar(select(material.c.unit_id)) == province.ids["huyen"]


def test_a_desk_lost_in_the_middle(province: Province, xa: Person) -> None:
    xa.says("/tailieu").presses("Thêm tài liệu").says("Lịch").presses("Mọi cấp").uploads("a", "a.pdf")
    xa.presses("Xong")
    with province.stage.database.writing() as conn:
        conn.execute(
            position.update()
            .where(position.c.person_id == province.ids["Vũ Văn Xã"])
            .values(valid_to=at(13, 11).date())
        )
    xa.presses("Đăng")
    assert xa.sees("chưa được phân công")
    with province.stage.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(material)) == 0


def test_reading_does_not_disturb_a_report(province: Province, xa: Person, mai: Person) -> None:
    add(xa, "Lịch")
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("/tailieu")
    assert mai.buttons == ["Lịch", "Viết tiếp"]
    mai.presses("Viết tiếp").says("45")
    assert mai.sees("có mặt đủ không")


def test_what_was_opened_is_among_ones_own_data(province: Province, xa: Person, mai: Person) -> None:
    add(xa, "Lịch")
    mai.says("/tailieu").presses("Lịch").says("/dulieu").presses("Tải dữ liệu")
    assert mai.last.document is not None
    content = json.loads((province.stage.world.data_dir / mai.last.document[0]).read_text(encoding="utf-8"))
    assert [(one["title"], one["times"]) for one in content["tai_lieu"]] == [("Lịch", 1)]
