"""Where the files lie that are made for somebody and sent: below the data folder, emptied by a daily job."""

import secrets
from pathlib import Path

FOLDER = "exports"


def new_file(data_dir: Path, suffix: str) -> tuple[str, Path]:
    """(its path below the data folder, the same in full): a name that nobody guesses, in a folder that exists."""
    return named_file(data_dir, f"{secrets.token_hex(8)}{suffix}")


def named_file(data_dir: Path, name: str) -> tuple[str, Path]:
    """The same for a file that is made over and over."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    return f"{FOLDER}/{name}", folder / name
