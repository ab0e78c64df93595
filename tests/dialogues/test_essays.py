"""Handing in essays: by command, by photo, by number; whose they are, and not twice."""

import pytest
from sqlalchemy import select, update

from storage import essays
from storage.models import essay, person, upload
from tests.conftest import Province
from tests.people import Person


def test_a_photographed_page_without_any_command(province: Province, mai: Person) -> None:
    mai.photographs("page1")
    assert mai.sees("Đây là bài thu hoạch của ai?")
    assert mai.buttons[:3] == ["Bài của tôi", "Trần Văn Hùng", "Phạm Thu Hà"]
    assert "Ảnh hội nghị" in mai.buttons
    mai.presses("Bài của tôi")
    assert mai.sees("Đã thêm trang 1")
    mai.photographs("page2")
    assert mai.sees("Đã thêm trang 2")
    mai.presses("Xong")
    assert mai.sees("đang lưu bài", "Lê Thị Mai", "2 trang")
    with province.stage.reading() as conn:
        row = conn.execute(select(essay)).one()
        assert (row.person_id, row.state, row.route) == (province.ids["Lê Thị Mai"], "receiving", "superior")
        assert [one.subject_id for one in conn.execute(select(upload))] == [row.id, row.id]


def test_by_command_for_somebody_who_still_owes(province: Province, mai: Person) -> None:
    mai.says("/thuhoach").presses("Trần Văn Hùng").uploads("doc1", "bai.docx")
    assert mai.sees("Đã thêm tệp")
    mai.presses("Xong")
    assert mai.sees("Trần Văn Hùng", "1 tệp")
    mai.says("/thuhoach")
    assert "Trần Văn Hùng" not in mai.buttons


def test_somebody_typed_is_found_in_the_roster(province: Province, mai: Person) -> None:
    mai.says("/thuhoach").presses("Đồng chí khác").says("tran van hung").uploads("d", "bai.pdf").presses(
        "Xong"
    )
    with province.stage.reading() as conn:
        assert conn.scalar(select(essay.c.person_id)) == province.ids["Trần Văn Hùng"]


def test_somebody_outside_the_roster(province: Province, mai: Person) -> None:
    mai.says("/thuhoach").presses("Đồng chí khác").says("<b>Người Mới</b>").uploads("d", "bai.pdf").presses(
        "Xong"
    )
    assert mai.sees("&lt;b&gt;Người Mới&lt;/b&gt;")


@pytest.mark.parametrize(
    ("name", "size", "told"),
    [
        ("bai.exe", 1000, "PDF, Word"),
        ("bai", 1000, "PDF, Word"),
        ("bai.pdf", 25 * 1024 * 1024, "lớn hơn 20 MB"),
    ],
)
def test_what_cannot_be_an_essay(mai: Person, name: str, size: int, told: str) -> None:
    mai.uploads("u", name, size)
    assert mai.sees(told)
    mai.says("/thuhoach").presses("Bài của tôi").uploads("u2", name, size)
    assert mai.sees(told, "Bài thu hoạch của đồng chí")


def test_the_same_file_again(province: Province, mai: Person) -> None:
    mai.uploads("same", "bai.pdf").presses("Bài của tôi").presses("Xong")
    mai.uploads("same", "bai.pdf")
    assert mai.sees("đã có từ 19 giờ 42 ngày 14/11. Không cần gửi lại.")


def test_an_album_is_answered_once(province: Province, mai: Person) -> None:
    mai.says("/thuhoach").presses("Bài của tôi")
    mai.photographs("a1", album="A")
    assert mai.sees("album")
    mai.photographs("a2", album="A")
    assert mai.new == []
    mai.photographs("a3", album="A").presses("Xong", on=mai.messages[-1])
    assert mai.sees("3 trang")


def test_the_wrong_person_is_moved(province: Province, mai: Person) -> None:
    mai.uploads("f", "bai.pdf").presses("Bài của tôi").presses("Xong")
    with province.stage.reading() as conn:
        number = conn.scalar(select(essay.c.id))
    mai.new = []
    province.stage.take(mai.pressed(f"s.essaymove.{number}", "1"))
    assert mai.sees("thật ra là của ai?")
    mai.presses("Phạm Thu Hà")
    assert mai.sees("Đã chuyển", "Phạm Thu Hà")
    with province.stage.reading() as conn:
        assert essays.of_person(conn, "ke-hoach-66", province.ids["Lê Thị Mai"]) is None
        assert essays.of_person(conn, "ke-hoach-66", province.ids["Phạm Thu Hà"]) is not None


def test_nobody_moves_another_senders_essay(province: Province, mai: Person, xa: Person) -> None:
    mai.uploads("f", "bai.pdf").presses("Bài của tôi").presses("Xong")
    xa.new = []
    province.stage.take(xa.pressed("s.essaymove.1", "1"))
    assert xa.sees("không phải do đồng chí gửi")


def test_only_a_number_for_the_members(province: Province, mai: Person) -> None:
    mai.says("/thuhoach").presses("Chỉ báo số bài").says("50")
    assert mai.sees("Số bài (50) nhiều hơn số phải nộp (47)")
    mai.says("40")
    assert mai.sees("Đã ghi: 40/47 bài thu hoạch")
    assert mai.buttons == ["Nộp bài tiếp", "Kết thúc"]
    with province.stage.reading() as conn:
        found = essays.tally(conn, "ke-hoach-66", province.ids["thon3"])
    assert found is not None
    assert (found.attended, found.expected) == (40, 47)


def test_photos_of_the_session_go_to_its_report(province: Province, mai: Person) -> None:
    mai.photographs("hall").presses("Ảnh hội nghị")
    assert mai.sees("tham gia hội nghị học tập chưa?")
    mai.presses("Đã tham gia").presses("Hôm nay").says("45").presses("Đủ cả 3")
    assert mai.sees("Ảnh: 1")
    mai.presses("Gửi báo cáo")
    mai.photographs("hall2").presses("Ảnh hội nghị")
    assert mai.sees("Đã thêm ảnh vào báo cáo mã 0001")


def test_district_leaders_essays_go_to_the_province(province: Province) -> None:
    huyen = province.linked("Ngô Văn Huyện", 303)
    huyen.uploads("f", "bai.pdf").presses("Bài của tôi").presses("Xong")
    with province.stage.reading() as conn:
        assert conn.scalar(select(essay.c.route)) == "province"


def test_cancelling_drops_the_pages(province: Province, mai: Person) -> None:
    mai.photographs("p").presses("Huỷ")
    with province.stage.reading() as conn:
        assert conn.scalar(select(upload.c.state)) == "dropped"
    mai.photographs("p")
    assert mai.sees("Đây là bài thu hoạch của ai?")


def test_namesakes_have_a_button_each(province: Province, mai: Person) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            update(person)
            .where(person.c.id == province.ids["Phạm Thu Hà"])
            .values(full_name="Trần Văn Hùng", name_folded="tran van hung")
        )
    mai.says("/thuhoach")
    assert {"Trần Văn Hùng, Phó Bí thư", "Trần Văn Hùng, Ủy viên BCH"} <= set(mai.buttons)
