"""One answer of a summary is mended: its question again, and back to the summary."""

from typing import Protocol, TypeVar

S = TypeVar("S")


class Mended(Protocol):
    """A draft. `editing`: one answer is being mended."""

    editing: bool


def next_step(draft: Mended, step: S, summary: S) -> S:
    """The next question, or the summary where only one answer is being mended."""
    if not draft.editing:
        return step
    draft.editing = False
    return summary
