"""The host records its session."""

from datetime import date

from storage import reports
from tests.conftest import Province
from tests.dialogues.test_participation import record_session
from tests.people import Person


def test_a_commune_records_in_nine_acts(province: Province, xa: Person) -> None:
    record_session(xa)
    assert xa.sees("Hội nghị đúng thời hạn của kế hoạch.")
    with province.stage.reading() as conn:
        (found,) = reports.all_of(conn, "ke-hoach-66", "session", province.ids["xa"])
    assert found.held is not None
    assert (found.held.place, found.held.hall_count, found.held.materials) == ("nhà văn hoá xã", 120, True)
    assert not found.held.speakers[0].outside_rule


def test_a_second_session_and_a_correction(province: Province, xa: Person) -> None:
    record_session(xa)
    xa.says("/baocao")
    assert xa.sees("Đã ghi hội nghị 12/11")
    xa.presses("Đã tổ chức").says("13/11").presses("Như lần trước").says("Người Ngoài Danh Sách").says("80")
    xa.presses("Thiếu tài liệu").presses("Không có ảnh")
    assert xa.sees("ngoài danh sách kế hoạch nêu", "Tài liệu: thiếu")
    xa.presses("Gửi báo cáo")
    xa.says("/baocao").presses("Sửa 12/11").presses("Sửa").presses("Số người").says("130").presses(
        "Gửi báo cáo"
    )
    assert xa.sees("lần 2")
    with province.stage.reading() as conn:
        found = reports.all_of(conn, "ke-hoach-66", "session", province.ids["xa"])
    assert [one.held.hall_count for one in found if one.held] == [130, 80]


def test_the_branch_picks_among_several_sessions(xa: Person, mai: Person) -> None:
    record_session(xa)
    xa.says("/baocao").presses("Đã tổ chức").says("13/11").says("nhà văn hoá thôn 1").presses(
        "Vũ Văn Xã"
    ).says("80")
    xa.presses("Đủ tài liệu").presses("Không có ảnh").presses("Gửi báo cáo")
    mai.says("/baocao")
    assert mai.sees("đã ghi 2 hội nghị")
    mai.presses("Đã tham gia").presses("13/11, nhà văn hoá thôn 1").says("45").presses("Đủ cả 3")
    assert mai.sees("hội nghị ngày 13/11")


def test_a_district_counts_its_groups(province: Province) -> None:
    huyen = province.linked("Ngô Văn Huyện", 303)
    huyen.says("/baocao").presses("Đã tổ chức").presses("Hôm nay").says("hội trường huyện").presses(
        "Ngô Văn Huyện"
    )
    huyen.says("300")
    for _ in range(4):
        assert huyen.sees("trên số triệu tập?")
        huyen.says("45")
        assert huyen.sees("gõ cả tổng số")
        huyen.says("55/50")
        assert huyen.sees("nhiều hơn số triệu tập (50)")
        huyen.says("45/50")
    huyen.presses("Đủ tài liệu").photographs("hall1")
    assert huyen.sees("Đã thêm 1 ảnh")
    huyen.presses("Xong")
    assert huyen.sees("Bí thư, Phó Bí thư chi đoàn: 45/50", "Hội trường: 300 người", "Ảnh: 1")
    huyen.presses("Gửi báo cáo")
    assert huyen.sees("Đã nhận báo cáo, mã", "đúng thời hạn")


def test_photos_only_and_not_twice(xa: Person) -> None:
    xa.says("/baocao").presses("Đã tổ chức").says("12/11").says("nhà văn hoá").says("Vũ Văn Xã").says("9")
    xa.presses("Đủ tài liệu").uploads("u1", "bao-cao.exe")
    assert xa.sees("chỉ nhận ảnh")
    xa.photographs("p1").photographs("p1")
    assert xa.sees("Ảnh này hệ thống đã có")


def test_not_held_yet(xa: Person) -> None:
    xa.says("/baocao").presses("Chưa tổ chức").says("20/12")
    assert xa.sees("dự kiến 20/12")


def test_a_branch_that_reported_first_belongs_to_the_session_and_follows_its_day(
    province: Province, xa: Person, mai: Person
) -> None:
    def attended() -> tuple[int | None, date]:
        with province.stage.reading() as conn:
            sent = reports.current(conn, "ke-hoach-66", "participation", province.ids["thon3"])
            assert sent is not None
            return sent.lines[0].session_id, sent.lines[0].held_on

    mai.says("12/11 45/50").presses("Gửi báo cáo")
    assert attended() == (None, date(2018, 11, 12))
    record_session(xa)
    session_id, day = attended()
    assert (session_id is not None, day) == (True, date(2018, 11, 12))
    xa.says("/baocao").presses("Sửa 12/11").presses("Sửa").presses("Ngày họp").says("11/11")
    xa.presses("Gửi báo cáo")
    assert attended() == (session_id, date(2018, 11, 11))


def test_of_two_sessions_on_one_day_nobody_guesses(province: Province, xa: Person, mai: Person) -> None:
    record_session(xa)
    xa.says("/baocao").presses("Đã tổ chức").says("13/11").says("nhà văn hoá thôn 1").presses("Vũ Văn Xã")
    xa.says("80").presses("Đủ tài liệu").presses("Không có ảnh").presses("Gửi báo cáo")
    mai.says("13/11 45/50").presses("Gửi báo cáo")
    xa.says("/baocao").presses("Sửa 12/11").presses("Sửa").presses("Ngày họp").says("13/11")
    xa.presses("Gửi báo cáo")
    with province.stage.reading() as conn:
        sent = reports.current(conn, "ke-hoach-66", "participation", province.ids["thon3"])
        sessions = reports.sessions_of(conn, "ke-hoach-66", province.ids["xa"])
    assert sent is not None
    assert len({one.held_on for one in sessions}) == 1
    assert sent.lines[0].session_id == max(one.id for one in sessions), "the one it was reported for"
