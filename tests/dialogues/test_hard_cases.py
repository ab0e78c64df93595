"""What strangers to the code found by trying to break it: each was wrong once."""

from sqlalchemy import func, insert, select, update

from storage import essays, reports
from storage.database import new_id
from storage.models import (
    EssayState,
    UploadState,
    conversation,
    essay,
    participation,
    person,
    planned_day,
    position,
    report,
    report_revision,
    unit,
    upload,
)
from tests.conftest import Province
from tests.dialogues.test_participation import record_session
from tests.people import Person, at

PLAN = "ke-hoach-66"


def give(province: Province, name: str, unit_key: str, role: str = "secretary") -> None:
    """A position more."""
    with province.stage.database.writing() as conn:
        conn.execute(
            insert(position).values(person_id=province.ids[name], unit_id=province.ids[unit_key], role=role)
        )


def take_away(province: Province, name: str, unit_key: str) -> None:
    with province.stage.database.writing() as conn:
        conn.execute(
            update(position)
            .where(position.c.person_id == province.ids[name], position.c.unit_id == province.ids[unit_key])
            .values(valid_to=at(13, 11).date())
        )


def lock_the_plan(province: Province) -> None:
    plan = province.stage.world.plan.model_copy(update={"lock_on": at(14, 11).date()})
    object.__setattr__(province.stage.world, "plan", plan)


def album(who: Person, name: str, count: int) -> None:
    """As the messenger delivers one: all at once."""
    raws = []
    for number in range(count):
        size = {"file_id": f"{name}{number}", "file_unique_id": f"{name}{number}", "width": 9, "height": 9}
        raws.append(who.update({"photo": [size], "media_group_id": name}))
    who.new = []
    who.stage.take(*raws)


# -- several units


def test_session_photos_of_somebody_with_two_units(province: Province, mai: Person) -> None:
    give(province, "Lê Thị Mai", "thon4")
    mai.photographs("hall").presses("Ảnh hội nghị")
    assert mai.sees("của đơn vị nào")
    mai.presses("Chi đoàn thôn 4")
    assert mai.sees("Chi đoàn thôn 4", "tham gia hội nghị học tập chưa?")
    mai.presses("Đã tham gia").presses("Hôm nay").says("45").presses("Đủ cả 3").presses("Gửi báo cáo")
    mai.photographs("hall2").presses("Ảnh hội nghị").presses("Chi đoàn thôn 4")
    assert mai.sees("Đã thêm ảnh vào báo cáo mã 0001")


def test_photos_are_not_added_once_the_plan_is_locked(province: Province, mai: Person) -> None:
    mai.says("12/11 45/50").presses("Gửi báo cáo")
    lock_the_plan(province)
    mai.photographs("hall").presses("Ảnh hội nghị")
    assert mai.sees("khoá sổ")
    with province.stage.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(upload).where(upload.c.subject == "report")) == 0


def test_ten_units_are_paged(province: Province, xa: Person) -> None:
    with province.stage.database.writing() as conn:
        for number in range(8):
            made = conn.execute(
                insert(unit).values(
                    code=f"N{number}",
                    name=f"Chi đoàn xóm {number}",
                    name_folded="",
                    level="branch",
                    duty_level="branch",
                    parent_id=province.ids["xa"],
                    path="",
                    members=30,
                )
            )
            number_ = new_id(made)
            province.ids[f"xom{number}"] = number_
            path = f"/{province.ids['tinh']}/{province.ids['huyen']}/{province.ids['xa']}/{number_}/"
            conn.execute(update(unit).where(unit.c.id == number_).values(path=path))
    for number in range(8):
        give(province, "Vũ Văn Xã", f"xom{number}")
    xa.says("/baocao")
    assert len(xa.buttons) == 7
    xa.presses("Trang sau ▸").presses("Chi đoàn xóm 7")
    assert xa.sees("Chi đoàn xóm 7", "đã tham gia")
    xa.says("/huy").says("/trangthai")
    assert xa.sees("và 4 đơn vị khác")


def test_a_unit_lost_while_its_essay_was_written(province: Province, mai: Person) -> None:
    give(province, "Lê Thị Mai", "thon4")
    mai.says("/thuhoach").presses("Đồng chí khác").says("Bí Thư Thôn 4").uploads("f", "bai.pdf")
    take_away(province, "Lê Thị Mai", "thon4")
    mai.presses("Xong")
    assert mai.sees("chưa được phân công")
    with province.stage.reading() as conn:
        assert conn.scalar(select(func.count()).select_from(essay)) == 0


# -- essays


def test_an_essay_is_moved_to_somebody_who_has_one_already(province: Province, mai: Person) -> None:
    give(province, "Lê Thị Mai", "thon4")
    for whose, file in (("Phạm Thu Hà", "ha.pdf"), ("Trần Văn Hùng", "ha-2.pdf")):
        mai.says("/thuhoach").presses(whose).uploads(file, file).presses("Xong")
    mai.new = []
    province.stage.take(mai.pressed("s.essaymove.2", "1"))
    mai.presses("Đồng chí khác").says("Phạm Thu Hà")
    assert mai.sees("Đã chuyển")
    with province.stage.reading() as conn:
        current = conn.execute(
            select(essay.c.id, essay.c.unit_id).where(
                essay.c.person_id == province.ids["Phạm Thu Hà"], essay.c.state.in_(essays.HANDED_IN)
            )
        ).all()
    assert [row.id for row in current] == [2]
    mai.new = []
    province.stage.take(mai.pressed("s.essaymove.2", "1"))
    mai.presses("Đồng chí khác").says("Phó Bí Thư 4")
    with province.stage.reading() as conn:
        assert conn.scalar(select(essay.c.unit_id).where(essay.c.id == 2)) == province.ids["thon4"]


def test_an_essay_of_a_unit_that_is_no_longer_theirs_is_not_moved(province: Province, mai: Person) -> None:
    mai.uploads("f", "bai.pdf").presses("Bài của tôi").presses("Xong")
    give(province, "Lê Thị Mai", "thon4")
    take_away(province, "Lê Thị Mai", "thon3")
    mai.new = []
    province.stage.take(mai.pressed("s.essaymove.1", "1"))
    assert mai.sees("không phải do đồng chí gửi")


def settle(province: Province, essay_id: int, state: EssayState) -> None:
    with province.stage.database.writing() as conn:
        essays.settle(conn, essay_id, state, province.clock.now())


def test_a_damaged_second_essay_leaves_the_first(province: Province, mai: Person) -> None:
    mai.uploads("good", "bai.pdf").presses("Bài của tôi").presses("Xong")
    settle(province, 1, EssayState.STORED)
    mai.uploads("bad", "bai-2.pdf").presses("Bài của tôi").presses("Xong")
    settle(province, 2, EssayState.REFUSED)
    with province.stage.reading() as conn:
        kept = essays.of_person(conn, PLAN, province.ids["Lê Thị Mai"])
    assert kept is not None
    assert kept.id == 1


def test_a_second_essay_takes_the_place_of_the_first(province: Province, mai: Person) -> None:
    for number in (1, 2):
        mai.uploads(f"f{number}", "bai.pdf").presses("Bài của tôi").presses("Xong")
        settle(province, number, EssayState.STORED)
    with province.stage.reading() as conn:
        assert list(conn.scalars(select(essay.c.state).order_by(essay.c.id))) == ["replaced", "stored"]


def test_good_pages_of_a_refused_essay_may_be_sent_again(province: Province, mai: Person) -> None:
    mai.photographs("page1").presses("Bài của tôi").photographs("page2").presses("Xong")
    with province.stage.database.writing() as conn:
        conn.execute(update(upload).values(state=UploadState.STORED))
    settle(province, 1, EssayState.REFUSED)
    mai.photographs("page1")
    assert mai.sees("Đây là bài thu hoạch của ai?")


def test_the_first_page_twice(mai: Person) -> None:
    mai.photographs("page1").presses("Bài của tôi").photographs("page1")
    assert mai.sees("Trang này đã có")


def test_a_page_taken_back_may_be_sent_again(mai: Person) -> None:
    mai.says("/thuhoach").presses("Bài của tôi").photographs("page1").presses("⬅️ Quay lại")
    mai.presses("Bài của tôi").photographs("page1")
    assert mai.sees("Đã thêm trang 1")


def member(province: Province, name: str, unit_key: str, chat_id: int) -> Person:
    with province.stage.database.writing() as conn:
        made = conn.execute(insert(person).values(full_name=name, name_folded="", created_at=at(1, 11)))
        province.ids[name] = new_id(made)
    give(province, name, unit_key, "member")
    return province.linked(name, chat_id)


def test_a_member_never_meets_what_the_secretary_left(province: Province, mai: Person) -> None:
    an = member(province, "Lê Văn An", "thon3", 900)
    mai.says("/thuhoach").presses("Trần Văn Hùng").photographs("p").says("/baocao").presses("Việc mới")
    an.says("/thuhoach")
    assert an.sees("Bài thu hoạch của đồng chí")
    assert "Viết tiếp" not in an.buttons


def test_the_secretary_never_meets_what_a_member_left(province: Province, mai: Person) -> None:
    an = member(province, "Lê Văn An", "thon3", 900)
    an.says("/thuhoach").photographs("p1")
    an.photographs("p2").says("/trangthai")
    an.new = []
    province.stage.take(an.pressed("s.essay.", "1"))
    with province.stage.database.writing() as conn:
        conn.execute(
            update(conversation)
            .where(conversation.c.finished_at.is_(None))
            .values(parked_at=province.clock.now())
        )
    mai.says("/thuhoach")
    assert mai.sees("Bài thu hoạch của ai?")
    an.says("/thuhoach")
    assert an.sees("Bài thu hoạch của Lê Văn An đã viết dở từ trước")


def test_the_number_of_essays_stands_in_the_status(province: Province, mai: Person) -> None:
    mai.says("/thuhoach").presses("Chỉ báo số bài").says("40").says("/trangthai")
    assert mai.sees("40/47 bài thu hoạch của đoàn viên")


def test_no_number_of_essays_once_the_plan_is_locked(province: Province, mai: Person) -> None:
    mai.says("/thuhoach").presses("Chỉ báo số bài")
    lock_the_plan(province)
    mai.says("40")
    assert mai.sees("khoá sổ")


# -- albums


def test_an_album_of_session_photos_is_answered_once(province: Province, xa: Person) -> None:
    xa.says("/baocao").presses("Đã tổ chức").says("12/11").says("nhà văn hoá").presses("Vũ Văn Xã").says(
        "120"
    )
    xa.presses("Đủ tài liệu")
    album(xa, "hall", 5)
    assert len(xa.new) == 1
    xa.presses("Xong")
    assert xa.sees("Ảnh: 5")


def test_an_album_in_the_middle_of_a_report_keeps_every_page(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay")
    album(mai, "pages", 4)
    assert len(mai.new) == 1
    assert mai.sees("đang viết dở")
    mai.presses("Việc mới").presses("Bài của tôi").presses("Xong")
    assert mai.sees("4 trang")


# -- sessions


def test_two_officers_record_the_same_session(province: Province, xa: Person) -> None:
    xuan = province.linked("Bùi Thị Xuân", 204)
    for one, hall in ((xa, "120"), (xuan, "90")):
        one.says("/baocao").presses("Đã tổ chức").says("12/11").says("nhà văn hoá").presses("Vũ Văn Xã").says(
            hall
        )
        one.presses("Đủ tài liệu").presses("Không có ảnh")
    xa.presses("Gửi báo cáo")
    xuan.presses("Gửi báo cáo")
    assert xuan.sees("đã có", "mã 0001", "Hội trường: 90")
    with province.stage.reading() as conn:
        assert conn.scalar(select(report.c.revision)) == 1
    xuan.presses("Gửi báo cáo")
    assert xuan.sees("mã 0001, lần 2")


def test_two_sessions_on_one_day_are_told_apart(province: Province, xa: Person) -> None:
    record_session(xa)
    xa.says("/baocao").presses("Đã tổ chức").says("12/11").says("hội trường thôn 1").presses(
        "Vũ Văn Xã"
    ).says("80")
    xa.presses("Đủ tài liệu").presses("Không có ảnh").presses("Gửi báo cáo").says("/baocao")
    assert len(set(xa.buttons)) == len(xa.buttons), xa.buttons
    xa.presses("Sửa 12/11, hội trường thôn 1")
    assert xa.sees("Hội trường: 80")


def test_a_correction_does_not_say_that_there_are_no_photos(province: Province, xa: Person) -> None:
    xa.says("/baocao").presses("Đã tổ chức").says("12/11").says("nhà văn hoá").presses("Vũ Văn Xã").says(
        "120"
    )
    xa.presses("Đủ tài liệu").photographs("p1").presses("Xong").presses("Gửi báo cáo")
    xa.says("/baocao").presses("Sửa 12/11")
    assert xa.sees("Ảnh: 1")


# -- documents


def test_a_document_handed_in_again_is_its_own_files(province: Province, xa: Person) -> None:
    for file in ("cu.pdf", "moi.pdf"):
        xa.new = []
        province.stage.take(xa.pressed(f"s.doc.{province.ids['xa']}.summary", "1"))
        xa.uploads(file, file).presses("Gửi báo cáo")
    with province.stage.reading() as conn:
        contents = list(conn.scalars(select(report_revision.c.content).order_by(report_revision.c.number)))
    assert contents == [{"files": [1]}, {"files": [2]}]


def test_a_file_name_of_any_length(province: Province, xa: Person) -> None:
    xa.new = []
    province.stage.take(xa.pressed(f"s.doc.{province.ids['xa']}.summary", "1"))
    xa.uploads("u", "báo cáo " * 60 + ".pdf").presses("Gửi báo cáo")
    assert xa.sees("Đã nhận báo cáo")


# -- the day that is named


def test_a_day_is_named_for_what_is_reminded_of(province: Province, xa: Person) -> None:
    record_session(xa)
    xa.new = []
    province.stage.take(xa.pressed(f"s.planned.{province.ids['xa']}", "1"))
    assert xa.sees("Đơn vị dự kiến nộp ngày nào")
    xa.says("20/12")
    with province.stage.reading() as conn:
        # Of what is left, the first in the plan.
        assert conn.scalar(select(planned_day.c.duty)) == "implementation_plan"


def test_a_commune_is_asked_as_a_commune(province: Province, xa: Person) -> None:
    xa.new = []
    province.stage.take(xa.pressed(f"s.planned.{province.ids['xa']}", "1"))
    assert xa.sees("Đơn vị dự kiến tổ chức ngày nào")


# -- what is typed


def test_a_day_and_numbers_in_a_proposal_are_a_proposal(province: Province, mai: Person) -> None:
    mai.says("12/11 45/50").presses("Bổ sung").presses("Kiến nghị").says(
        "Ngày 12/11 có 45/50 đồng chí xin thêm sách"
    )
    assert mai.sees("bổ sung mục nào")


def test_yesterday_is_the_day_before_it_was_typed(province: Province, mai: Person) -> None:
    mai.says("/thuhoach").presses("Bài của tôi").photographs("p").says("hôm qua 45/50")
    assert mai.sees("đang viết dở")
    province.clock.advance(days=1)
    mai.presses("Việc mới")
    assert mai.sees("ngày 13/11")


def test_after_midnight_in_another_year(province: Province, mai: Person) -> None:
    province.clock.jump(at(1, 1, 0, 1, year=2019))
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm qua").says("45").presses("Đủ cả 3")
    assert mai.sees("ngày 31/12")
    mai.presses("Gửi báo cáo")
    with province.stage.reading() as conn:
        assert str(conn.scalar(select(participation.c.held_on))) == "2018-12-31"


def test_its_own_session_moves_with_the_correction(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Tự tổ chức").presses("Hôm nay").says("nhà văn hoá").says("Nguyễn Văn Giảng")
    mai.says("45").presses("Đủ cả 3").presses("Đủ tài liệu").presses("Không có ảnh").presses("Gửi báo cáo")
    mai.says("/baocao").presses("Sửa báo cáo").presses("Sửa").presses("Ngày học").presses("Hôm qua")
    mai.presses("Gửi báo cáo")
    with province.stage.reading() as conn:
        own = reports.all_of(conn, PLAN, "session", province.ids["thon3"])
    assert [str(one.held.held_on) for one in own if one.held] == ["2018-11-13"]


def test_photos_survive_work_that_was_left(province: Province, mai: Person) -> None:
    mai.says("/baocao").presses("Đã tham gia").presses("Hôm nay").says("/thuhoach").presses("Việc mới").says(
        "/huy"
    )
    mai.photographs("hall").presses("Ảnh hội nghị")
    assert mai.sees("đã viết dở từ trước")
    mai.presses("Viết tiếp").says("45").presses("Đủ cả 3")
    assert mai.sees("Ảnh: 1")
