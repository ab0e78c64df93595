"""The HTML subset that every channel understands."""

from html import escape


def esc(text: str) -> str:
    """A name or an answer inside a message."""
    return escape(text, quote=False)


def bold(text: str) -> str:
    return f"<b>{esc(text)}</b>"


def lines(*parts: str | None) -> str:
    """One part a line; what is None or empty is left out."""
    return "\n".join(part for part in parts if part)
