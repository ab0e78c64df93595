import unicodedata
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.names import Match, clean, find, fold, given_name, nfc, plain, read_person_name, shorten, sort_key
from rules.reasons import Reason, ReasonCode


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Lê   Thị\tMai\n", "Lê Thị Mai"),
        ("Mai\u200b \u202eHoa\u202c", "Mai Hoa"),
        ("e\u200b\u0301", "é"),
        ("Mai\u200d", "Mai"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("a\x00b\ud83d", "ab"),
        ("", ""),
    ],
    ids=[
        "spaces",
        "nothing invisible",
        "composed after that",
        "a lone joiner",
        "emoji whole",
        "broken",
        "empty",
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_folding() -> None:
    assert fold("Hoằng QUỲ") == fold("hoằng quý") == "hoang quy"
    assert fold("Đường Bà Triệu") == "duong ba trieu"
    assert plain("１２ – 11") == "12 - 11"
    assert given_name("Lê Thị Mai") == "Mai"
    assert given_name("") == ""


@given(st.text())
def test_however_it_is_composed_it_reads_the_same(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
    assert fold(fold(text)) == fold(text)
    assert nfc(nfc(text)) == nfc(text)
    assert clean(clean(text)) == clean(text) == nfc(clean(text))


def test_people_are_listed_by_given_name_in_the_order_of_the_alphabet() -> None:
    ordered = [
        "Trần Văn An",
        "Lê Thị Ánh",
        "Lê Văn Bình",
        "Nguyễn Văn Công",
        "Lê Thị Dung",
        "Lê Văn Đạt",
        "Hà Thị Hoa",
        "Lê Thị Hoa",
        "Nguyễn Thị Hòa",
        "Nguyễn Thị Hoan",
        "Phạm Thu Hương",
        "Lê Mai",
        "Lê Thị Mai",
    ]
    assert sorted(Random(66).sample(ordered, len(ordered)), key=sort_key) == ordered


@pytest.mark.parametrize(
    "words",
    [
        ["la", "là", "lả", "lã", "lá", "lạ", "lan", "làn", "lang"],
        ["an", "ăn", "ân", "bân", "can", "dân", "đan", "em", "êm"],
        ["o", "ô", "ơ", "u", "ư", "y"],
    ],
    ids=["tones after letters", "letters with marks", "vowels"],
)
def test_the_dictionary_s_order(words: list[str]) -> None:
    assert sorted(Random(66).sample(words, len(words)), key=sort_key) == words


def test_where_the_tone_is_written_does_not_matter() -> None:
    assert sort_key("Hoà") == sort_key("Hòa")
    assert find("uỷ ban", [(1, "Ủy ban")]) == Match(exact=1)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Lê Thị Mai", "Lê Thị Mai"),
        ("Nguyễn Thị Hồng Hạnh", "Nguyễn T. H. Hạnh"),
        ("Nguyễn Hoàng Phương Quỳnh Anh", "Nguyễn H.P.Q. Anh"),
        ("Công Tằng Tôn Nữ Như Nghiêng", "Công … Nghiêng"),
        ("A" * 30, "A" * 17 + "…"),
    ],
    ids=["fits", "initials", "tight initials", "the ends", "one word"],
)
def test_a_name_on_a_button(name: str, label: str) -> None:
    assert shorten(name) == label


@given(st.text(max_size=60), st.integers(4, 40))
def test_a_label_always_fits(name: str, limit: int) -> None:
    assert len(shorten(name, limit)) <= limit


UNITS = [
    (1, "Chi đoàn thôn 3"),
    (2, "Chi đoàn thôn 13"),
    (3, "Chi đoàn thôn 5"),
    (4, "Xã Hoằng Quỳ"),
    (5, "Xã Hoằng Quý"),
    (6, "Thị xã Bỉm Sơn"),
    (7, "Phường Ba Đình"),
    (8, "Xã Hoằng Đạt"),
]

FOUND = {
    "as written": ("Chi đoàn thôn 3", Match(exact=1)),
    "its end": ("thôn 3", Match(exact=1)),
    "without diacritics": ("thon 3", Match(exact=1)),
    "abbreviated": ("CĐ thôn 3", Match(exact=1)),
    "abbreviated without diacritics": ("cd thon 3", Match(exact=1)),
    "town": ("TX. Bỉm Sơn", Match(exact=6)),
    "town without diacritics": ("tx bim son", Match(exact=6)),
    "ward": ("P. Ba Đình", Match(exact=7)),
    "commune": ("x.Hoằng Đạt", Match(exact=8)),
    "another alphabet's composition": (unicodedata.normalize("NFD", "hoằng quỳ"), Match(exact=4)),
    "tone decides": ("Hoằng Quý", Match(exact=5)),
    "partly with diacritics": ("hoằng dat", Match(exact=8)),
    "two without diacritics": ("hoang quy", Match(offers=(4, 5))),
    "a beginning is offered": ("Bỉm", Match(offers=(6,))),
    "many are offered": ("thôn", Match(offers=(1, 2, 3))),
    "spelled otherwise, offered": ("hoang quí", Match(offers=(4, 5))),
    "nothing like it": ("zzzz", Match()),
    "nothing": ("  ", Match()),
}


@pytest.mark.parametrize(("query", "match"), FOUND.values(), ids=FOUND)
def test_finding(query: str, match: Match[int]) -> None:
    assert find(query, UNITS) == match


def test_a_diacritic_that_was_typed_never_decides_for_another() -> None:
    assert find("Hoằng Quý", [(4, "Xã Hoằng Quỳ")]) == Match(offers=(4,))
    assert find("Hoang Quy", [(4, "Xã Hoằng Quỳ")]) == Match(exact=4)
    assert find("Quỳ Hoằng", [(4, "Xã Hoằng Quỳ")]).exact is None


@pytest.mark.parametrize(
    "text", ["Lê Thị Mai", " Y  Bi ", "H'Hen Niê", "Nguyễn <b>An</b>", "Mai & Hoa", "x" * 60]
)
def test_a_person_s_name(text: str) -> None:
    assert read_person_name(text) == clean(text)


@pytest.mark.parametrize("text", ["", "A", "👍👍", "12", "45/50 ạ", "/baocao", "x" * 61, "\u200b\u200b"])
def test_no_person_s_name(text: str) -> None:
    assert read_person_name(text) == Reason(ReasonCode.UNREADABLE_NAME)
