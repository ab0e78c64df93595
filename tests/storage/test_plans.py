"""Where plans are found."""

from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from rules.plan import PlanError
from storage.plans import load_plan


def test_a_shipped_plan_by_its_name() -> None:
    assert load_plan("ke-hoach-66").number == "66-KH/TĐTN-BTG"


def test_a_plan_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes((resources.files("plans") / "ke-hoach-66.toml").read_bytes())
    assert load_plan(str(path)) == load_plan("ke-hoach-66")


@pytest.mark.parametrize(
    ("make", "told"),
    [
        pytest.param(lambda _folder: "ke-hoach-99", "không có kế hoạch này.*ke-hoach-66", id="unknown name"),
        pytest.param(lambda folder: str(folder), "không có kế hoạch này", id="a folder"),
        pytest.param(lambda folder: str(folder / "none.toml"), "không có kế hoạch này", id="no file"),
    ],
)
def test_one_line_for_a_plan_that_is_not_there(
    tmp_path: Path, make: Callable[[Path], str], told: str
) -> None:
    with pytest.raises(PlanError, match=told) as refused:
        load_plan(make(tmp_path))
    assert len(refused.value.problems) == 1


def test_a_plan_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes("title = 'Kế hoạch'".encode("utf-16"))
    with pytest.raises(PlanError, match="UTF-8"):
        load_plan(str(path))
