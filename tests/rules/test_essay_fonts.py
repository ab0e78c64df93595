"""Fonts from before Unicode: every Vietnamese letter, and texts whose font nobody tells."""

import unicodedata

import pytest

from rules import essay_fonts
from rules.essay_fonts import TCVN3, VNI, Encoding, guess, of_font, shows_capitals, to_unicode

TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = [
    letter
    for base in "aăâeêioôơuưy"
    for tone in TONES
    if (letter := unicodedata.normalize("NFC", base + tone)) not in "aeiouy"
] + ["đ"]
TEXT = (
    "Nghị quyết của Đoàn xã: những nhiệm vụ, giải pháp để thực hiện ở địa phương và đơn vị. Ưu tiên thư ký."
)


def in_tcvn3(text: str) -> str:
    """As somebody typed it; capitals with a tone are typed in another font."""
    written = {shown: typed for typed, shown in TCVN3.items()}
    return "".join(written.get(letter, letter) for letter in text)


def in_vni(text: str) -> str:
    written = {shown: typed for typed, shown in VNI.items()}
    return "".join(written.get(letter, letter) for letter in text)


def test_there_are_67_letters() -> None:
    assert len(set(LETTERS)) == 67


@pytest.mark.parametrize("letter", LETTERS)
def test_every_letter_in_tcvn3(letter: str) -> None:
    typed = in_tcvn3(letter)
    assert typed != letter or letter == "ý"  # whose place is the same
    assert to_unicode(typed, Encoding.TCVN3) == letter
    assert to_unicode(typed, Encoding.TCVN3, capitals=True) == letter.upper()


@pytest.mark.parametrize("letter", [one for letter in LETTERS for one in (letter, letter.upper())])
def test_every_letter_in_vni(letter: str) -> None:
    assert to_unicode(in_vni(letter), Encoding.VNI) == letter


@pytest.mark.parametrize(
    ("typed", "shown"),
    [("ng­êi ®oµn viªn", "người đoàn viên"), ("NghÞ quyÕt sè 01", "Nghị quyết số 01"), ("¦u tiªn", "Ưu tiên")],
)
def test_words_in_tcvn3(typed: str, shown: str) -> None:
    assert to_unicode(typed, Encoding.TCVN3) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("ngöôøi ñoaøn vieân", "người đoàn viên"),
        ("NGHÒ QUYEÁT", "NGHỊ QUYẾT"),
        ("Ñoaøn Thanh nieân", "Đoàn Thanh niên"),
        ("kyõ, kyù, kî", "kỹ, ký, kỵ"),
    ],
)
def test_words_in_vni(typed: str, shown: str) -> None:
    assert to_unicode(typed, Encoding.VNI) == shown


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", Encoding.TCVN3, False),
        (".VnTimeH", Encoding.TCVN3, True),
        ("ABCDEF+.VnArialH", Encoding.TCVN3, True),
        ("VNI-Times", Encoding.VNI, False),
        ("Times New Roman", Encoding.UNICODE, False),
        ("TimesH", Encoding.UNICODE, False),
        ("", Encoding.UNICODE, False),
    ],
)
def test_the_font_says_it(font: str, encoding: Encoding, capitals: bool) -> None:
    assert (of_font(font), shows_capitals(font)) == (encoding, capitals)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TEXT, Encoding.UNICODE),
        (in_tcvn3(TEXT), Encoding.TCVN3),
        (in_vni(TEXT), Encoding.VNI),
        ("", Encoding.UNICODE),
        ("Annual report 2018, 12/11", Encoding.UNICODE),
        ("Bai viet khong dau cua toi", Encoding.UNICODE),
    ],
)
def test_where_no_font_says_it(text: str, encoding: Encoding) -> None:
    assert guess(text) is encoding


def test_a_page_shows_the_soft_hyphen_as_a_hyphen() -> None:
    printed = in_tcvn3(TEXT).replace("\xad", "-")
    assert essay_fonts.from_print(printed) == TEXT


def test_a_hyphen_is_one_where_the_text_is_unicode() -> None:
    assert essay_fonts.from_print("Kế hoạch 66-KH/TĐTN-BTG của Đoàn") == "Kế hoạch 66-KH/TĐTN-BTG của Đoàn"
