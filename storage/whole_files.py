"""Files that appear whole or not at all."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(out: Path) -> Iterator[Path]:
    """A path to write to: it takes the name `out` when the block ends well, and otherwise is removed.

    Only its owner can read it. What a killed process left under that name is written over. Raises OSError.
    """
    if out.exists() and not out.is_file():
        raise OSError(errno.EISDIR if out.is_dir() else errno.EINVAL, "not a file", str(out))
    temporary = out.with_name(f"{out.name}.partial")
    try:
        temporary.unlink(missing_ok=True)
        temporary.touch(mode=0o600)
        yield temporary
        _flush(temporary)
        temporary.replace(out)
        _flush(out.parent)
    finally:
        temporary.unlink(missing_ok=True)


def _flush(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
