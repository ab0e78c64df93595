"""The messenger's HTML subset, read as strictly as the real server reads it."""

import html
import re
from dataclasses import dataclass
from typing import Any

_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)((?:\s[^<>]*)?)>|<|([^<]+)")
_TYPES = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "a": "text_link", "blockquote": "blockquote", "tg-spoiler": "spoiler",
}  # fmt: skip
_ENTITY = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|[a-zA-Z]+);")
_KNOWN_ENTITIES = {"lt", "gt", "amp", "quot"}


class CannotParse(Exception):
    """The text is the description that the real server gives."""


@dataclass(frozen=True, slots=True)
class Parsed:
    text: str
    entities: list[dict[str, Any]]


def parse(source: str) -> Parsed:
    """Raises CannotParse. Offsets and lengths are in UTF-16 units, as the messenger counts them."""
    plain = ""
    entities: list[dict[str, Any]] = []
    open_tags: list[tuple[str, int, str]] = []
    for token in _TOKEN.finditer(source):
        closing, tag, attributes, text = token.groups()
        if text is not None:
            plain += _unescape(text)
        elif tag is None:
            raise CannotParse(f'Unsupported start tag "" at byte offset {_offset(source, token.start())}')
        elif tag.lower() not in _TYPES:
            raise CannotParse(
                f'Unsupported start tag "{tag}" at byte offset {_offset(source, token.start())}'
            )
        elif not closing:
            open_tags.append((tag.lower(), _units(plain), attributes))
        else:
            at = _offset(source, token.start())
            if not open_tags:
                raise CannotParse(f"Unexpected end tag at byte offset {at}")
            if open_tags[-1][0] != tag.lower():
                told = f'expected "</{open_tags[-1][0]}>", found "</{tag.lower()}>"'
                raise CannotParse(f"Unmatched end tag at byte offset {at}, {told}")
            name, start, given = open_tags.pop()
            entity = {"type": _TYPES[name], "offset": start, "length": _units(plain) - start}
            if name == "a":
                entity["url"] = html.unescape(given.partition("href=")[2].strip("\"' "))
            if entity["length"]:
                entities.append(entity)
    if open_tags:
        raise CannotParse(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return Parsed(plain, sorted(entities, key=lambda one: (one["offset"], -one["length"])))


def _unescape(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        name = found[1]
        return html.unescape(found[0]) if name.startswith("#") or name in _KNOWN_ENTITIES else found[0]

    return _ENTITY.sub(one, text)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _offset(source: str, place: int) -> int:
    return len(source[:place].encode())
