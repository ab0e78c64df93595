"""What a batch was about when the process died in it.

An ordinary exception is caught in the turn. What takes the whole process down (memory, a crash inside a C
library, the watchdog) would do so again at every start, since the batch was never acknowledged. So a file
names the batch before its turn; found at start, its updates go one by one, and one that has taken the
process down three times is parked.
"""

import json
from collections.abc import Sequence
from pathlib import Path

DEATHS_LIMIT = 3


class Marker:
    def __init__(self, folder: Path) -> None:
        self._file = folder / "turn.marker"
        self._deaths_file = folder / "turn.deaths"
        self._deaths: dict[int, int] = _read(self._deaths_file)
        self._suspects: set[int] = set()
        left = list(_read(self._file))
        self._suspects.update(left, self._deaths)
        if len(left) == 1:
            self._deaths[left[0]] = self._deaths.get(left[0], 0) + 1
            self._deaths_file.write_text(json.dumps(self._deaths))
        # Counted once: a process that is killed while it starts has not tried the update again.
        self._file.unlink(missing_ok=True)

    def one_by_one(self, ids: Sequence[int]) -> bool:
        return not self._suspects.isdisjoint(ids)

    def has_killed(self, update_id: int) -> bool:
        """Whether it has to be parked."""
        return self._deaths.get(update_id, 0) >= DEATHS_LIMIT

    def begin(self, ids: Sequence[int]) -> None:
        self._file.write_text(json.dumps(dict.fromkeys(ids, 1)))

    def end(self, ids: Sequence[int]) -> None:
        self._file.unlink(missing_ok=True)
        if self._suspects:
            self._suspects.difference_update(ids)
            if not self._suspects:
                self._deaths.clear()
                self._deaths_file.unlink(missing_ok=True)


def _read(file: Path) -> dict[int, int]:
    """Update ids; none where the file is missing or half written."""
    try:
        found = json.loads(file.read_text())
        return {int(key): int(value) for key, value in found.items()}
    except (OSError, ValueError, AttributeError):
        return {}
