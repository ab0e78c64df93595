"""The HTML subset, read as the real server reads it."""

import pytest

from playground.markup import CannotParse, parse


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("không có gì", "không có gì", []),
        ("<b>Đã nhận</b>, mã", "Đã nhận, mã", [("bold", 0, 7)]),
        ("<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)]),
        ("<b><i>a</i></b>", "a", [("italic", 0, 1), ("bold", 0, 1)]),
        ("👍<b>x</b>", "👍x", [("bold", 2, 1)]),
        ("1 &lt; 2 &amp; 3 &#33; &nbsp;", "1 < 2 & 3 ! &nbsp;", []),
        ("<b></b>rỗng", "rỗng", []),
        ("2 > 1", "2 > 1", []),
    ],
)
def test_what_is_read(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    parsed = parse(source)
    assert parsed.text == text
    assert [(one["type"], one["offset"], one["length"]) for one in parsed.entities] == entities


def test_a_link_keeps_its_address() -> None:
    assert parse('<a href="https://t.me/x?a=1&amp;b=2">đây</a>').entities == [
        {"type": "text_link", "offset": 0, "length": 3, "url": "https://t.me/x?a=1&b=2"}
    ]


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("<b>mở", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<thôn>", 'Unsupported start tag "" at byte offset 0'),
        ("đ<div>x</div>", 'Unsupported start tag "div" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
    ],
)
def test_what_is_refused(source: str, why: str) -> None:
    with pytest.raises(CannotParse) as refused:
        parse(source)
    assert str(refused.value) == why
