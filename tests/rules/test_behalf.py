import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.behalf import Piece, Reading, heading, pieces, readings

LINES = {
    "the example": ("thôn 3 45/50", Reading("thôn 3", "45/50")),
    "with its kind": ("Chi đoàn thôn 3: 45/50", Reading("Chi đoàn thôn 3", "45/50")),
    "a bullet": ("- thôn 3: 45/50", Reading("thôn 3", "45/50")),
    "numbered": ("1. thôn 3 - 45/50", Reading("thôn 3", "45/50")),
    "in words": ("thôn 3 45 trên 50", Reading("thôn 3", "45 trên 50")),
    "a day in front": ("12/11 thôn 3 45/50", Reading("thôn 3", "12/11, 45/50")),
    "a day in words in front": ("hôm qua thôn 3 45/50", Reading("thôn 3", "hôm qua, 45/50")),
    "a day behind": ("thôn 3 12/11 45/50", Reading("thôn 3", "12/11 45/50")),
    "the place behind": ("thôn 3 hoằng quỳ 45/50", Reading("thôn 3 hoằng quỳ", "45/50")),
    "everything": (
        "thôn 3 cán bộ 3/3, 45/50, đủ tài liệu",
        Reading("thôn 3", "cán bộ 3/3, 45/50, đủ tài liệu"),
    ),
    "not yet": ("thôn 7 chưa học", Reading("thôn 7", "chưa học", not_yet=True)),
    "not yet, without diacritics": ("thon 7 chua hop", Reading("thon 7", "chua hop", not_yet=True)),
    "a pagoda is no 'not yet'": ("thôn Chùa 45/50", Reading("thôn Chùa", "45/50")),
    "a pagoda that has not": ("thôn Chùa chưa học", Reading("thôn Chùa", "chưa học", not_yet=True)),
    "a number alone": ("thôn 3 45", Reading("thôn 3", "", alone=45)),
    "a number alone, and more": ("thôn 3: 45, đủ tài liệu", Reading("thôn 3", "đủ tài liệu", alone=45)),
    "a number with its word": ("thôn 3 45 đoàn viên", Reading("thôn 3", "", alone=45)),
}
NOTHING = {
    "a name alone": "chi đoàn Ba Đình",
    "a day": "12/11",
    "a day in words": "ngày 12 tháng 11",
    "talk": "Chào đồng chí, mai họp nhé",
    "a count alone": "45/50",
    "a count with its day": "12/11 45/50",
    "not yet, of nobody": "chưa học",
    "not reported is not the same": "thôn 7 chưa báo cáo",
    "nothing": "",
}


@pytest.mark.parametrize(("text", "reading"), LINES.values(), ids=LINES)
def test_a_line(text: str, reading: Reading) -> None:
    assert readings(text)[0] == reading
    assert readings(unicodedata.normalize("NFD", text))[0] == reading


@pytest.mark.parametrize("text", NOTHING.values(), ids=NOTHING)
def test_no_line(text: str) -> None:
    assert readings(text) == []


def test_a_name_may_end_in_what_stands_before_a_count() -> None:
    assert [one.name for one in readings("Trường Tiểu học 45/50")] == ["Trường Tiểu học", "Trường Tiểu"]
    assert [one.name for one in readings("thôn 3 có 45/50")] == ["thôn 3 có", "thôn 3"]


def test_pieces_of_a_message() -> None:
    assert pieces("12/11\n\nthôn 3 45/50, đủ tài liệu, 12 thanh niên\nthôn 5 38/41; thôn 7 chưa học") == [
        Piece(1, "12/11"),
        Piece(3, "thôn 3 45/50, đủ tài liệu, 12 thanh niên"),
        Piece(4, "thôn 5 38/41"),
        Piece(4, "thôn 7 chưa học"),
    ]
    assert pieces("thôn 3 45/50, trong đó cán bộ 3/3, có mặt 48") == [
        Piece(1, "thôn 3 45/50, trong đó cán bộ 3/3, có mặt 48")
    ]


def test_a_heading() -> None:
    assert heading("Báo hộ, hội nghị ngày 12/11:") == "hội nghị ngày 12/11"
    assert heading("12/11") == "12/11"


@given(st.text(max_size=200) | st.text("0123456789/.,;- \nđchưahọctôn", max_size=60))
def test_whatever_is_typed_never_breaks_it(text: str) -> None:
    for piece in pieces(text):
        for reading in readings(piece.text):
            assert reading.name
            assert reading.not_yet or reading.alone is not None or any(map(str.isdigit, reading.said))
