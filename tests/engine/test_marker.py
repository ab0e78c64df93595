"""What has taken the process down goes alone, and after three deaths it is parked."""

from pathlib import Path

from bot.engine.marker import Marker


def die_in(folder: Path, ids: list[int]) -> Marker:
    """A process that starts, takes these up, and is killed in the turn."""
    marker = Marker(folder)
    marker.begin(ids)
    return marker


def test_after_a_death_in_a_batch_its_updates_go_one_by_one(tmp_path: Path) -> None:
    die_in(tmp_path, [1, 2, 3])
    marker = Marker(tmp_path)
    assert marker.one_by_one([2, 7])
    assert not marker.one_by_one([7, 8])
    assert not marker.has_killed(2)


def test_three_deaths_on_one_update_park_it(tmp_path: Path) -> None:
    die_in(tmp_path, [1, 2])
    for _ in range(3):
        assert not die_in(tmp_path, [2]).has_killed(2)
    assert Marker(tmp_path).has_killed(2)


def test_a_process_that_dies_before_it_tried_again_counts_no_death(tmp_path: Path) -> None:
    die_in(tmp_path, [2])
    for _ in range(5):
        assert not Marker(tmp_path).has_killed(2)


def test_a_clean_end_clears_it(tmp_path: Path) -> None:
    die_in(tmp_path, [5]).end([5])
    assert list(tmp_path.iterdir()) == []
    assert not Marker(tmp_path).one_by_one([5])


def test_a_half_written_marker_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "turn.marker").write_text('{"12": ')
    assert not Marker(tmp_path).one_by_one([12])
