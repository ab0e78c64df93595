"""What the user got wrong: exit code 2, clear lines on standard error, never a traceback."""

import os
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from bot import failures
from storage import database
from tests.cli.conftest import Chidoan
from tests.storage.files import COMMUNE, csv_file


def one_line(text: str) -> str:
    lines = text.splitlines()
    assert len(lines) == 1, text
    return lines[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param(["import"], "Thiếu file", id="no file named"),
        pytest.param(["frob"], "Không có lệnh frob", id="no such command"),
        pytest.param(["export", "--frob"], "Không có tuỳ chọn --frob", id="no such option"),
        pytest.param(["check", "more"], "Thừa: more", id="too many words"),
        pytest.param(["import", "none.csv"], "Không có tệp none.csv", id="no file"),
        pytest.param(["import", "data/chidoan.db"], ".csv hoặc .xlsx", id="another kind of file"),
        pytest.param(["export", "none/out.xlsx"], "none/out.xlsx: không có tệp hoặc thư mục", id="no folder"),
        pytest.param(["export", "data"], "data: đây là một thư mục", id="a folder"),
        pytest.param(["export", "/dev/full"], "không phải là tệp thường", id="a device"),
        pytest.param(["invites", "none/out.csv"], "none/out.csv: không có", id="invites nowhere"),
        pytest.param(["backup", "none/out.zip"], "none/out.zip: không có", id="backup nowhere"),
        pytest.param(["restore", "none.zip"], "none.zip: không có tệp", id="no backup"),
        pytest.param(["restore", "data/chidoan.db"], "không phải tệp sao lưu", id="not a backup"),
    ],
)
def test_one_line_and_exit_2(chidoan: Chidoan, words: list[str], told: str) -> None:
    outcome = chidoan(*words)
    assert outcome.code == 2
    assert outcome.out == ""
    assert told in one_line(outcome.err)


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("CHIDOAN_TELEGRAM_TOKEN", "abc", "CHIDOAN_TELEGRAM_TOKEN"),
        ("CHIDOAN_TIMEZONE", "Hanoi", "CHIDOAN_TIMEZONE"),
        ("CHIDOAN_DATABASE_URL", "mysql://x", "CHIDOAN_DATABASE_URL"),
        ("CHIDOAN_PLAN", "none", "Kế hoạch none"),
        ("CHIDOAN_DATA_DIR", "/dev/null/data", "không phải là thư mục"),
        ("CHIDOAN_DATABASE_URL", "sqlite:////nowhere/x.db", "không mở được tệp"),
        ("CHIDOAN_DATABASE_URL", "postgresql+psycopg://x@127.0.0.1:1/x", "Không dùng được cơ sở dữ liệu"),
    ],
)
def test_a_bad_setting_names_itself(
    chidoan: Chidoan, monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(name, value)
    outcome = chidoan("export", "out.xlsx")
    assert outcome.code == 2
    assert told in one_line(outcome.err)


def test_every_bad_row_is_named_up_to_fifty(chidoan: Chidoan, home: Path) -> None:
    rows = "".join(f"B{number},Chi đoàn {number},xóm,HQ\n" for number in range(60))
    outcome = chidoan("import", str(csv_file(home, COMMUNE + rows)))
    assert outcome.code == 2
    lines = outcome.err.splitlines()
    assert lines[0].startswith('roster.csv, dòng 5: cột level ghi "xóm"')
    assert lines[-2:] == ["và 10 dòng nữa", "Chưa nhập gì; sửa tệp rồi chạy lại."]
    assert len(lines) == 52


def test_a_locked_database(chidoan: Chidoan, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_S", 0.1)
    holder = sqlite3.connect(home / "data" / "chidoan.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    outcome = chidoan("import", str(csv_file(home, COMMUNE)))
    holder.close()
    assert outcome.code == 2
    assert "đang có chương trình khác ghi" in one_line(outcome.err)


def test_a_database_of_a_newer_program(chidoan: Chidoan, home: Path) -> None:
    with sqlite3.connect(home / "data" / "chidoan.db") as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")
    conn.close()
    outcome = chidoan("export", "out.xlsx")
    assert outcome.code == 2
    assert "cập nhật chương trình" in one_line(outcome.err)


def test_a_file_that_is_no_database(chidoan: Chidoan, home: Path) -> None:
    (home / "data" / "chidoan.db").write_bytes(b"nonsense" * 1000)
    outcome = chidoan("export", "out.xlsx")
    assert outcome.code == 2
    assert "không phải cơ sở dữ liệu" in one_line(outcome.err)


@pytest.mark.parametrize("command", ["export", "invites", "backup"])
def test_what_could_not_be_written_leaves_the_older_file(
    chidoan: Chidoan, home: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    out = home / "out"
    out.write_text("older")

    def full(*_arguments: object) -> None:
        raise OSError(28, "No space left on device", str(out))

    monkeypatch.setattr(Path, "replace", full)
    outcome = chidoan(command, "out")
    assert outcome.code == 2
    assert "đĩa đầy" in one_line(outcome.err)
    assert out.read_text() == "older"
    assert sorted(path.name for path in home.iterdir()) == ["data", "out"]


@pytest.mark.parametrize("command", ["export", "backup"])
def test_a_disk_that_fills_while_writing(
    chidoan: Chidoan, home: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def full(*_arguments: object, **_options: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "_write_end_record", full)
    outcome = chidoan(command, "out")
    assert outcome.code == 2
    assert "đĩa đầy" in one_line(outcome.err)
    assert [path.name for path in home.iterdir()] == ["data"]


def test_a_mistake_in_the_program_is_not_hidden() -> None:
    assert failures.explain(TypeError("x")) is None


def run(*command: str, home: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {key: value for key, value in os.environ.items() if not key.startswith("CHIDOAN_")}
    return subprocess.run(
        command, cwd=home, env=kept | environment, capture_output=True, text=True, encoding="utf-8"
    )


def test_the_installed_command_and_the_module_are_the_same(home: Path) -> None:
    root = str(Path(__file__).parents[2])
    module = run(sys.executable, "-m", "bot", "import", "none.csv", home=home, PYTHONPATH=root)
    assert (module.returncode, module.stderr) == (2, "Không có tệp none.csv.\n")
    script = shutil.which("chidoan", path=str(Path(sys.executable).parent))
    if script is not None:
        installed = run(script, "import", "none.csv", home=home)
        assert (installed.returncode, installed.stderr) == (module.returncode, module.stderr)


def test_a_terminal_that_cannot_show_vietnamese(home: Path) -> None:
    root = str(Path(__file__).parents[2])
    told = run(sys.executable, "-m", "bot", "check", home=home, PYTHONPATH=root, PYTHONIOENCODING="ascii")
    assert (told.returncode, told.stderr) == (0, "")


def test_a_reader_that_leaves_early(home: Path) -> None:
    rows = "".join(f"B{number},Chi đoàn {number},branch,HQ\n" for number in range(60))
    csv_file(home, COMMUNE + rows)
    root = str(Path(__file__).parents[2])
    told = run(
        "sh", "-c", f"{sys.executable} -m bot import --dry-run roster.csv | true", home=home, PYTHONPATH=root
    )
    assert told.stderr == ""
