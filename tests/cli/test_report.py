"""chidoan report: the Word file, and what the user got wrong."""

from pathlib import Path

import pytest

from tests.cli.conftest import Chidoan
from tests.reports.words import words_of
from tests.storage.files import BRANCHES, COMMUNE, PEOPLE, csv_file


@pytest.fixture
def loaded(chidoan: Chidoan, home: Path) -> Chidoan:
    for text in (COMMUNE, BRANCHES, PEOPLE):
        chidoan("import", str(csv_file(home, text)))
    return chidoan


def test_the_province(loaded: Chidoan, home: Path) -> None:
    assert loaded("report", "out.docx").out == "Đã ghi báo cáo của Tỉnh đoàn Thanh Hóa vào out.docx.\n"
    text = words_of(home / "out.docx")
    assert "BCH ĐOÀN TỈNH THANH HÓA" in text
    assert "Thanh Hóa, ngày 14 tháng 11 năm 2018" in text
    assert "-BC/TĐTN-BTG" in text


def test_as_the_settings_say(loaded: Chidoan, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "ORGANIZATION": "BCH ĐOÀN TỈNH X",
        "DEPARTMENT": "BAN TUYÊN GIÁO",
        "NUMBER_SUFFIX": "-BC/TĐ",
        "PLACE": "Hạc Thành",
        "SIGNATORY_TITLE": "Trưởng ban",
        "SIGNATORY_NAME": "Nguyễn Văn Ký",
        "RECIPIENTS": "Ban Bí thư (b/c); Lưu VP.; ",
    }.items():
        monkeypatch.setenv(f"CHIDOAN_REPORT_{name}", value)
    loaded("report", "out.docx")
    text = words_of(home / "out.docx")
    for part in (
        "BCH ĐOÀN TỈNH X\nBAN TUYÊN GIÁO\n***\n",
        "-BC/TĐ",
        "Hạc Thành, ngày 14",
        "TRƯỞNG BAN",
        "Nguyễn Văn Ký",
        "- Ban Bí thư (b/c);\n- Lưu VP.",
    ):
        assert part in text
    assert "--BC" not in text


def test_a_district(loaded: Chidoan, home: Path) -> None:
    assert loaded("report", "out.docx", "--unit", "HH").out.startswith("Đã ghi báo cáo của Huyện đoàn")
    text = words_of(home / "out.docx")
    assert "BCH ĐOÀN TỈNH THANH HÓA\nHUYỆN ĐOÀN HOẰNG HÓA\n***\n" in text
    assert "TM. BAN THƯỜNG VỤ HUYỆN ĐOÀN" in text


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--unit", "KHONG-CO"], "Không có đơn vị nào mã KHONG-CO."),
        (["--unit", "HQ"], "không lập báo cáo này, chỉ cấp tỉnh, cấp huyện."),
    ],
)
def test_no_such_report(loaded: Chidoan, home: Path, words: list[str], told: str) -> None:
    outcome = loaded("report", "out.docx", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err
    assert outcome.err.count("\n") == 1
    assert not (home / "out.docx").exists()


def test_an_empty_province_has_none(chidoan: Chidoan, home: Path) -> None:
    outcome = chidoan("report", "out.docx")
    assert outcome.code == 2
    assert "Danh sách chưa có đơn vị nào" in outcome.err
    assert not (home / "out.docx").exists()


def test_a_place_that_cannot_be_written(loaded: Chidoan) -> None:
    outcome = loaded("report", "nowhere/out.docx")
    assert outcome.code == 2
    assert "nowhere/out.docx: không có tệp hoặc thư mục này." in outcome.err


def test_what_is_missing(chidoan: Chidoan) -> None:
    assert chidoan("report").code == 2
