"""What somebody types for a name of something."""

from bot.engine.conversation import Refusal
from bot.engine.events import Event, Text
from rules.names import clean


def read_title(event: Event, limit: int, too_long: str, no_letters: str) -> str | Refusal | None:
    """At most `limit` characters, with a letter among them. None: it is no text."""
    if not isinstance(event, Text):
        return None
    typed = clean(event.text)
    if len(typed) > limit:
        return Refusal(too_long)
    return typed if any(letter.isalpha() for letter in typed) else Refusal(no_letters)
