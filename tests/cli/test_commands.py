"""What each command does when all is well."""

import csv
import zipfile
from pathlib import Path

import pytest

from playground.server import BotApiServer
from storage import invites
from storage.database import Database
from tests.cli.conftest import TOKEN, Chidoan
from tests.people import at
from tests.storage.files import BRANCHES, COMMUNE, PEOPLE, csv_file


@pytest.fixture
def loaded(chidoan: Chidoan, home: Path) -> Chidoan:
    for text in (COMMUNE, BRANCHES, PEOPLE):
        assert chidoan("import", str(csv_file(home, text))).code == 0
    return chidoan


def test_import_says_what_it_did(chidoan: Chidoan, home: Path) -> None:
    file = str(csv_file(home, COMMUNE))
    assert chidoan("import", file).out == "Đã nhập 3 dòng đơn vị: 3 thay đổi.\n"
    assert chidoan("import", file).out == "3 dòng đơn vị: không có gì thay đổi.\n"


def test_a_dry_run_lists_the_first_fifty_changes(chidoan: Chidoan, home: Path) -> None:
    rows = "".join(f"B{number},Chi đoàn {number},branch,HQ\n" for number in range(60))
    file = str(csv_file(home, COMMUNE + rows))
    lines = chidoan("import", "--dry-run", file).out.splitlines()
    assert lines[0] == "thêm TH Tỉnh đoàn Thanh Hóa"
    assert lines[-2:] == ["và 13 thay đổi nữa", "Sẽ nhập 63 dòng đơn vị: 63 thay đổi."]
    assert len(lines) == 52
    assert chidoan("import", file).out == "Đã nhập 63 dòng đơn vị: 63 thay đổi.\n"


def test_import_names_the_columns_that_it_leaves_out(chidoan: Chidoan, home: Path) -> None:
    told = chidoan("import", str(csv_file(home, "code,name,level,ghi chú\nTH,Tỉnh đoàn,tỉnh,x\n")))
    assert told.out.startswith("Bỏ qua cột: ghi chú\n")


def test_invites_are_for_those_not_yet_linked(loaded: Chidoan, home: Path) -> None:
    told = loaded("invites", "out.csv", "--bot-name", "@chidoan_bot")
    assert told.out == "Đã cấp 5 lời mời vào out.csv.\n"
    content = (home / "out.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    assert list(rows[0]) == ["unit_code", "full_name", "role", "token", "link"]
    assert [(row["unit_code"], row["full_name"], row["role"]) for row in rows[:2]] == [
        ("HQ", "Vũ Văn Khang", "secretary"),
        ("HQ-1", "Lê Thị Mai", "secretary"),
    ]
    assert rows[0]["link"] == f"https://t.me/chidoan_bot?start={rows[0]['token']}"
    database = Database(f"sqlite:///{home / 'data' / 'chidoan.db'}")
    with database.reading() as conn:
        assert all(invites.find(conn, row["token"], at(14, 11)) for row in rows)
    database.dispose()


def test_invites_ask_telegram_for_the_bot_s_name(loaded: Chidoan, home: Path, telegram: BotApiServer) -> None:
    assert loaded("invites", "out.csv").code == 0
    rows = list(csv.DictReader((home / "out.csv").read_text("utf-8-sig").splitlines()))
    assert all(row["link"].startswith("https://t.me/") and row["link"].endswith(row["token"]) for row in rows)


def test_without_a_name_the_link_is_left_empty(loaded: Chidoan, home: Path) -> None:
    assert "--bot-name" in loaded("invites", "out.csv").out
    rows = list(csv.DictReader((home / "out.csv").read_text("utf-8-sig").splitlines()))
    assert {row["link"] for row in rows} == {""}


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+84 Mai", "-Mai", "@Mai"])
def test_a_spreadsheet_runs_nothing_of_a_name(loaded: Chidoan, home: Path, name: str) -> None:
    loaded("import", str(csv_file(home, f'unit_code,full_name,role\nHQ-2,"{name}",Đoàn viên\n')))
    loaded("invites", "out.csv")
    rows = list(csv.DictReader((home / "out.csv").read_text("utf-8-sig").splitlines()))
    assert f"'{name}" in [row["full_name"] for row in rows]


def test_backup_and_restore(loaded: Chidoan, home: Path) -> None:
    assert loaded("backup", "a.zip").out == "Đã sao lưu cơ sở dữ liệu và 0 tệp vào a.zip.\n"
    assert zipfile.is_zipfile(home / "a.zip")
    assert loaded("restore", "a.zip").code == 2
    assert loaded("restore", "a.zip", "--force").out == "Đã khôi phục cơ sở dữ liệu và 0 tệp.\n"
    assert "5 đơn vị, 5 người" in loaded("check").out


def test_a_new_machine_is_set_up_by_its_backup(
    loaded: Chidoan, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded("backup", "a.zip")
    monkeypatch.setenv("CHIDOAN_DATA_DIR", str(home / "new" / "data"))
    assert loaded("restore", "a.zip").code == 0
    assert "5 đơn vị" in loaded("check").out


def test_check_without_a_token(loaded: Chidoan) -> None:
    told = loaded("check")
    assert told.code == 0
    assert [line.split()[0] for line in told.out.splitlines()] == ["OK"] * 5
    assert "66-KH/TĐTN-BTG" in told.out
    assert "chưa có CHIDOAN_TELEGRAM_TOKEN" in told.out


def test_check_with_telegram(loaded: Chidoan, telegram: BotApiServer) -> None:
    told = loaded("check")
    assert told.code == 0, told.out
    assert "OK Token: @" in told.out
    assert "OK Webhook: không dùng" in told.out


def test_check_tells_a_refused_token_without_showing_it(
    loaded: Chidoan, telegram: BotApiServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIDOAN_TELEGRAM_TOKEN", "4242:" + "B" * 35)
    told = loaded("check")
    assert told.code == 1
    assert "✗ Token: Telegram không nhận" in told.out
    assert "BBBB" not in told.out + told.err


def test_check_tells_that_telegram_cannot_be_reached(
    loaded: Chidoan, unused_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHIDOAN_TELEGRAM_API_URL", f"http://127.0.0.1:{unused_port}")
    monkeypatch.setenv("CHIDOAN_TELEGRAM_TOKEN", TOKEN)
    told = loaded("check")
    assert told.code == 1
    assert f"✗ Token: không nối được tới http://127.0.0.1:{unused_port}" in told.out


def test_check_goes_on_after_what_is_wrong(chidoan: Chidoan, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHIDOAN_PLAN", "ke-hoach-99")
    monkeypatch.setenv("CHIDOAN_DATABASE_URL", "sqlite:////nowhere/x.db")
    told = chidoan("check")
    assert told.code == 1
    assert told.out.count("✗") == 2
    assert "ke-hoach-99" in told.out
    assert "không mở được tệp" in told.out


def test_help_names_the_commands(chidoan: Chidoan) -> None:
    told = chidoan("--help")
    assert told.code == 0
    for command in ("run", "import", "invites", "export", "backup", "restore", "check"):
        assert command in told.out
