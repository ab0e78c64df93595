"""Where the files lie that are made for somebody and sent: below the data folder, emptied by a daily job."""

import secrets
from pathlib import Path

FOLDER = "exports"


def new_file(data_dir: Path, suffix: str) -> tuple[str, Path]:
    """(its path below the data folder, the same in full): a name that nobody guesses, in a folder that exists."""
    folder = data_dir / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    name = f"{secrets.token_hex(8)}{suffix}"
    return f"{FOLDER}/{name}", folder / name
