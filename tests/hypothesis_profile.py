"""The same examples on every machine, and nothing kept of them in the checkout."""

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis.configuration import set_hypothesis_home_dir


def load() -> None:
    set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "chidoan-hypothesis")
    settings.register_profile("tests", derandomize=True, database=None, deadline=None)
    settings.load_profile("tests")
