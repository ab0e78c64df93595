"""What a button carries: at most 64 bytes, never a name, never a right.

`c<conversation>.<version>.<choice>` belongs to one question of one conversation; `s.<action>.<argument>`
stands by itself (a button under a reminder) and is checked afresh when it is pressed.
"""

from dataclasses import dataclass

LIMIT_BYTES = 64
_DIGITS = 15  # of an id: what is longer was made up, and no database could compare it

# Choices that every conversation understands; a step's own never begin with "~".
BACK = "~back"
CANCEL = "~cancel"
KEEP = "~keep"
NEW = "~new"


@dataclass(frozen=True, slots=True)
class InConversation:
    conversation: int
    version: int
    choice: str


@dataclass(frozen=True, slots=True)
class Standing:
    action: str
    argument: str


def conversation_data(conversation: int, version: int, choice: str) -> str:
    return _checked(f"c{conversation}.{version}.{choice}")


def standing_data(action: str, argument: object = "") -> str:
    return _checked(f"s.{action}.{argument}")


def read(data: str) -> InConversation | Standing | None:
    """None: nothing that this bot wrote."""
    head, _, rest = data.partition(".")
    middle, dot, tail = rest.partition(".")
    if not dot:
        return None
    if head == "s":
        return Standing(middle, tail)
    conversation, version = read_id(head[1:]), read_id(middle)
    if head.startswith("c") and conversation is not None and version is not None:
        return InConversation(conversation, version, tail)
    return None


def read_id(argument: str) -> int | None:
    """The id that a button names; None: there can be no such row."""
    plain = argument.isascii() and argument.isdecimal() and len(argument) <= _DIGITS
    return int(argument) if plain else None


def _checked(data: str) -> str:
    if len(data.encode()) > LIMIT_BYTES:
        raise ValueError(f"button data over {LIMIT_BYTES} bytes: {data!r}")
    return data
