"""What a person did, whatever the messenger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Command:
    name: str  # without the slash, lower case
    args: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """`html`: with its formatting, in the HTML subset; None: it has none."""

    text: str
    html: str | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """In a step, `choice` is what the button stands for; before routing it is the raw data."""

    choice: str


@dataclass(frozen=True, slots=True)
class File:
    """A document, or a photo in its largest size; only referred to, a job downloads it."""

    remote_id: str
    unique_id: str
    photo: bool
    name: str | None = None
    size: int | None = None  # bytes, as the sender's program says
    caption: str = ""
    caption_html: str | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    phone: str
    own: bool  # the sender's own number, as the messenger vouches


class UnreadableKind(StrEnum):
    VOICE = "voice"
    STICKER = "sticker"
    VIDEO = "video"
    LOCATION = "location"
    EDITED = "edited"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Unreadable:
    kind: UnreadableKind


@dataclass(frozen=True, slots=True)
class Reachability:
    """The person blocked the bot, or let it in again."""

    reachable: bool


Event = Command | Text | Press | File | Contact | Unreadable | Reachability


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update, read."""

    update_id: int
    channel: str
    address: str  # the chat
    event: Event
    arrived: datetime  # when the messenger had it; a press carries no date: when it was polled
    message_id: str | None = None  # of the message whose button was pressed
    query_id: str | None = None  # to acknowledge a press


_BY_NAME: dict[str, type[Any]] = {cls.__name__: cls for cls in (Command, Text, Press, File)}


def dump(event: Event) -> dict[str, Any]:
    """As JSON, for an event that waits while a question is asked first."""
    if type(event).__name__ not in _BY_NAME:
        raise TypeError(f"{type(event).__name__} does not wait")
    fields = {name: getattr(event, name) for name in event.__dataclass_fields__}
    return {"event": type(event).__name__, **fields}


def load(stored: dict[str, Any]) -> Event:
    fields = dict(stored)
    event: Event = _BY_NAME[fields.pop("event")](**fields)
    return event
