"""Which bars a chart shows, and that every part of one can be seen."""

from pathlib import Path

import pytest
from PIL import Image

from reports import bars, chart
from reports.bars import Bar, Kind, Words

WORDS = Words(
    "Huyện đoàn Hoằng Hóa",
    "402/437 chi đoàn đã báo cáo (92%)",
    "Báo cáo kết quả học tập, tính đến 17 giờ ngày 12/12",
    {Kind.DONE: "Đúng hạn", Kind.LATE: "Chậm hạn", Kind.MISSING: "Chưa báo cáo"},
    "Số trong thanh: số chi đoàn.",
)


def bar(name: str, done: int, late: int, missing: int, *, alone: bool = False) -> Bar:
    counts = {Kind.DONE: done, Kind.LATE: late, Kind.MISSING: missing}
    return Bar(name, counts, bars.note(counts), alone)


def test_the_end_of_a_bar() -> None:
    assert bar("x", 1_200, 34, 6).note == "1.234/1.240"


def test_few_bars_are_all_shown_in_their_order() -> None:
    few = [bar(str(number), number % 3, 0, 1) for number in range(bars.MOST)]
    assert bars.shown(few, "{} đơn vị khác") == few


def test_of_many_those_where_most_is_missing_in_the_order_of_the_tree() -> None:
    many = [bar(str(number), 10, number % 2, number % 5) for number in range(47)]
    found = bars.shown(many, "{} đơn vị khác")
    assert len(found) == bars.MOST
    names = [int(one.name) for one in found[:-1]]
    assert names == sorted(names)
    assert {place for place in range(47) if place % 5 in (3, 4)} <= set(names)
    assert found[-1].name == "18 đơn vị khác"
    assert sum(one.due for one in found) == sum(one.due for one in many)
    for kind in Kind:
        assert sum(one.counts[kind] for one in found) == sum(one.counts[kind] for one in many)


LONG = "Đoàn Thanh niên Bộ Chỉ huy Bộ đội Biên phòng tỉnh Thanh Hóa, khu vực miền núi phía Tây " * 3


@pytest.mark.parametrize(
    "drawn",
    [
        [bar("Đoàn xã Ỷ", 999, 1, 1), bar("Đoàn xã Hoằng Quỳ", 1, 1, 999)],
        [bar("Chi đoàn thôn 1", 1, 0, 0, alone=True), bar(LONG, 0, 1, 0, alone=True), bar("x", 0, 0, 1)],
        [bar(LONG.replace(" ", ""), 0, 3, 0), bar("", 1, 1, 1)],
    ],
    ids=["narrow parts", "marks", "one long word"],
)
def test_every_part_is_seen(tmp_path: Path, drawn: list[Bar]) -> None:
    out = tmp_path / "chart.png"
    chart.draw(WORDS, drawn, out)
    with Image.open(out) as picture:
        found = picture.convert("RGB")
    assert found.width == chart.WIDTH
    seen = {colour for _count, colour in found.getcolors(1 << 24) or []}
    for colour in (chart.BLUE, chart.ORANGE):
        assert tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5)) in seen
    # Nothing runs over the edges.
    for x in (2, found.width - 3):
        assert {found.getpixel((x, y)) for y in range(found.height)} == {(255, 255, 255)}


def test_a_kind_without_a_name_is_not_in_the_legend(tmp_path: Path) -> None:
    """A plan without deadlines has nothing late."""
    words = Words("x", "x", "x", {**WORDS.of, Kind.LATE: ""}, "x")
    chart.draw(words, [bar("x", 1, 0, 1)], tmp_path / "chart.png")
    with Image.open(tmp_path / "chart.png") as picture:
        seen = {colour for _count, colour in picture.getcolors(1 << 24) or []}
    assert (0xE6, 0x9F, 0x00) not in seen
