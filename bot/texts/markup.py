"""The HTML subset that every channel understands."""

import re
from html import escape, unescape

_TAGS = re.compile(r"<[^>]*>")


def esc(text: str) -> str:
    """A name or an answer inside a message."""
    return escape(text, quote=False)


def unmarked(text: str) -> str:
    """What is left of a formatted message in one line without formatting."""
    return " ".join(unescape(_TAGS.sub("", text)).split())


def bold(text: str) -> str:
    return f"<b>{esc(text)}</b>"


def lines(*parts: str | None) -> str:
    """One part a line; what is None or empty is left out."""
    return "\n".join(part for part in parts if part)
