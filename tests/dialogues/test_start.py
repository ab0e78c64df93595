"""First contact: nobody gets in who is not meant, and a stranger learns nothing."""

import pytest
from sqlalchemy import select

from storage.models import account, consent, invite
from tests.conftest import Province
from tests.people import Person


@pytest.fixture
def stranger(province: Province) -> Person:
    return province.stage.person(900)


def test_by_invite(province: Province, stranger: Person) -> None:
    stranger.says(f"/start {province.invite('Lê Thị Mai')}")
    assert stranger.sees(
        "Lời mời này dành cho đồng chí Lê Thị Mai, Bí thư Chi đoàn thôn 3, Đoàn xã Hoằng Quỳ."
    )
    assert stranger.buttons[:2] == ["Đúng", "Không phải tôi"]
    stranger.presses("Đúng")
    assert stranger.sees("/dulieu")
    stranger.presses("Đồng ý")
    assert stranger.sees(
        "Chào đồng chí Mai.", "Báo cáo kết quả học tập, chậm nhất hết ngày 29/12", "2 đồng chí cán bộ"
    )
    assert stranger.buttons == ["Báo cáo", "Nộp bài"]
    assert "baocao" in stranger.menu
    with province.stage.reading() as conn:
        assert conn.scalar(select(consent.c.agreed)) is True


def test_a_code_may_be_typed_with_spaces_and_capitals(province: Province, stranger: Person) -> None:
    token = province.invite("Lê Thị Mai").upper()
    stranger.says(f"{token[:13]} {token[13:]}")
    assert stranger.sees("đồng chí Lê Thị Mai")


def test_an_invite_works_once(province: Province, stranger: Person) -> None:
    token = province.invite("Lê Thị Mai")
    stranger.says(f"/start {token}").presses("Đúng").presses("Đồng ý")
    second = province.stage.person(901)
    second.says(f"/start {token}")
    assert second.sees("chưa nhận ra đồng chí")
    assert "Mai" not in second.last.text


def test_not_me_revokes_and_tells_the_officer(province: Province, stranger: Person, xa: Person) -> None:
    token = province.invite("Lê Thị Mai")
    stranger.says(f"/start {token}").presses("Không phải tôi")
    assert stranger.sees("Lời mời được khoá lại")
    assert xa.sees("Lê Thị Mai", "vào nhầm người")
    stranger.says(f"/start {token}")
    assert stranger.sees("chưa nhận ra")


def test_disagreeing_links_nothing(province: Province, stranger: Person) -> None:
    token = province.invite("Lê Thị Mai")
    stranger.says(f"/start {token}").presses("Đúng").presses("Không đồng ý")
    assert stranger.sees("/start")
    stranger.says("/baocao")
    assert "Chi đoàn" not in stranger.last.text
    with province.stage.reading() as conn:
        assert conn.scalar(select(account.c.person_id).where(account.c.address == "900")) is None
    stranger.says(f"/start {token}").presses("Đúng").presses("Đồng ý")
    assert stranger.sees("Chào đồng chí Mai.")


def test_by_ones_own_phone(province: Province, stranger: Person) -> None:
    stranger.says("/start")
    assert stranger.last.contact == "Chia sẻ số điện thoại"
    stranger.shares("0900 000 013")
    assert stranger.sees("Số này trong danh sách là của đồng chí Lê Thị Mai")
    stranger.presses("Đúng").presses("Đồng ý")
    assert stranger.sees("Chào đồng chí Mai.")


def test_somebody_elses_contact_opens_nothing(province: Province, stranger: Person) -> None:
    stranger.says("/start").shares("0900000013", owner=12345)
    assert stranger.sees("không phải số của chính đồng chí")
    assert "Mai" not in stranger.last.text


def test_an_unknown_number_learns_nothing(stranger: Person) -> None:
    stranger.shares("0911111111")
    assert stranger.sees("chưa nhận ra đồng chí")


@pytest.mark.parametrize(
    "said", ["xin chào", "/baocao", "/trangthai", "/dulieu", "12/11 45/50", "Chi đoàn thôn 3"]
)
def test_a_stranger_is_only_told_how_to_begin(stranger: Person, said: str) -> None:
    stranger.says(said)
    assert "Hoằng" not in stranger.last.text
    assert "thôn" not in stranger.last.text
    assert stranger.last.contact


def test_five_wrong_codes_slow_a_person_down(province: Province, stranger: Person) -> None:
    for number in range(5):
        stranger.says(f"/start wrong{number}wrong")
        assert stranger.sees("chưa nhận ra")
    stranger.says(f"/start {province.invite('Lê Thị Mai')}")
    assert stranger.sees("thử lại sau 15 phút")
    province.clock.advance(minutes=16)
    stranger.says(f"/start {province.invite('Lê Thị Mai')}")
    assert stranger.sees("Lê Thị Mai")


def test_a_token_is_kept_only_as_a_hash(province: Province) -> None:
    token = province.invite("Lê Thị Mai")
    with province.stage.reading() as conn:
        kept = conn.scalar(select(invite.c.token_hash))
    assert kept is not None
    assert token not in kept


def test_own_data_is_shown_exported_and_erased(province: Province, mai: Person) -> None:
    mai.says("/dulieu")
    assert mai.sees("Lê Thị Mai", "Bí thư, Chi đoàn thôn 3", "0900 000 013")
    mai.presses("Tải dữ liệu")
    assert mai.last.document is not None
    assert (province.stage.world.data_dir / mai.last.document[0]).read_text().count("Lê Thị Mai") == 1
    mai.presses("Xoá dữ liệu")
    assert mai.sees("Đoàn phải giữ")
    mai.presses("Xoá, tôi chắc chắn")
    assert mai.sees("Đã xoá")
    mai.says("/baocao")
    assert mai.last.contact
