"""Hints about an essay's text: which parts are written about, and what it resembles."""

import pytest

from rules.essay_hints import (
    COPY_PERCENT,
    MARKS,
    contained_percent,
    marks,
    missing_parts,
    sequences,
    shared_percent,
)
from storage.plans import load_plan, text_of

ESSAYS = load_plan("ke-hoach-66").essays
assert ESSAYS is not None
STATE, AIMS, OWN, ASKS = ESSAYS.parts


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("", [STATE, AIMS, OWN, ASKS]),
        ("Thực trạng. Mục tiêu. Liên hệ. Đề xuất.", []),
        ("thuc trang, muc tieu, lien he, kien nghi", []),
        ("Hạn chế, nguyên nhân. Giải pháp. Liên hệ bản thân.", [ASKS]),
        ("Thành tựu. Mục tiêu. Kiến nghị.", [OWN]),
        ("Tình hình chung. Phương hướng. Đối với tôi. Mong muốn.", []),  # said otherwise
        ("Đơn vị, cá nhân, nhiệm vụ, nghị quyết.", [STATE, AIMS, OWN, ASKS]),  # is said in every text
        ("thựctrạng mụctiêu", [STATE, AIMS, OWN, ASKS]),  # whole words only
    ],
)
def test_parts_that_the_plan_asks_for(text: str, missing: list[str]) -> None:
    assert missing_parts(text, ESSAYS.parts if ESSAYS else ()) == missing


def test_a_part_of_nothing_but_common_words_is_found_by_them() -> None:
    assert missing_parts("việc của đơn vị", ["Đơn vị"]) == []
    assert missing_parts("việc khác", ["Đơn vị"]) == ["Đơn vị"]


def test_a_plan_without_parts_misses_none() -> None:
    assert missing_parts("gì cũng được", ()) == []


ONE = " ".join(f"chữ{number}" for number in range(200))
OTHER = " ".join(f"khác{number}" for number in range(200))


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        (ONE, ONE, 100, 100),
        (ONE, ONE.upper().replace(" ", ", "), 100, 100),  # typed anew
        (ONE, f"{OTHER} {ONE}", 100, 100),  # the whole of it inside another
        (ONE, OTHER, 0, 0),
        (ONE, "", 0, 0),
        (ONE, f"{ONE[: len(ONE) // 4]} {OTHER}", 0, COPY_PERCENT - 1),  # a quarter quoted
    ],
)
def test_how_much_two_share(one: str, other: str, least: int, most: int) -> None:
    assert least <= shared_percent(sequences(one), sequences(other)) <= most


def test_marks_of_a_copy_are_mostly_the_same() -> None:
    copied = marks(sequences(f"{ONE} thêm một câu ở cuối bài viết này"))
    assert len(set(marks(sequences(ONE))) & set(copied)) > MARKS // 2


def test_the_plans_own_text_is_there() -> None:
    text = text_of("ke-hoach-66")
    assert text is not None
    assert contained_percent(sequences(text), sequences(text)) == 100
    assert text_of("no-such-plan") is None
