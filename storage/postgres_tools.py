"""PostgreSQL's own programs for dumping and loading a database."""

import os
import subprocess
from pathlib import Path

from sqlalchemy.engine import make_url


class ToolError(Exception):
    """The text is one sentence that says what to do."""


def dump(url: str, target: Path) -> None:
    """One consistent state, while others write. Raises ToolError."""
    _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={target}")


def load(url: str, source: Path) -> None:
    """All of it takes the place of what is there, or nothing does. Raises ToolError."""
    _run("pg_restore", url, "--clean", "--if-exists", "--no-owner", "--single-transaction", str(source))


def _run(program: str, url: str, *arguments: str) -> None:
    parsed = make_url(url).set(drivername="postgresql")
    # A password among the arguments could be read by everybody on the machine.
    secret = {"PGPASSWORD": str(parsed.password)} if parsed.password is not None else {}
    address = parsed.set(password=None).render_as_string(hide_password=False)
    try:
        subprocess.run(
            [program, f"--dbname={address}", *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | secret,
        )
    except FileNotFoundError:
        raise ToolError(f"Cần chương trình {program}: cài gói postgresql-client.") from None
    except subprocess.CalledProcessError as error:
        told = (error.stderr or "").strip().splitlines() or ["không rõ lý do"]
        raise ToolError(f"{program} không làm được: {told[-1]}") from None
