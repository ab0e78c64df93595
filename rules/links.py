"""Links as people paste them, and what is the same page behind different spellings."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, unquote, unquote_plus, urlsplit

from rules.names import clean, nfc

_WITH_SCHEME = re.compile(r"https?://\S+", re.IGNORECASE)
_HOST = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")
_SIDE_DOORS = re.compile(r"^(?:www|m|mobile|mbasic|touch|web)\.(?=.+\.)")  # of one and the same site
_OTHER_NAMES = {"fb.com": "facebook.com"}
_TRACKING = re.compile(
    r"utm_.*|(?:fb|g|dc|ms|ttc)clid|mibextid|igshid|igsh|rdid|share_url|sfnsn|zarsrc|si|ref|refsrc|fref|refid"
    r"|paipv|eav|_rdr|_rdc|__tn__|__cft__.*|__xts__.*|locale",
    re.IGNORECASE,
)
_BEHIND = ".,;:!?\"'”’»>)]}"  # of the sentence that a link stands in


@dataclass(frozen=True, slots=True)
class Link:
    """`url`: to be opened, without what only tracks its readers. `key`: equal for the same page."""

    url: str
    key: str


def link_alone(text: str) -> Link | None:
    """A message that is nothing but a link, with its "https://"."""
    whole = clean(text)
    return _read(whole) if _WITH_SCHEME.fullmatch(whole) else None


def read_link(text: str) -> Link | None:
    """The one link in an answer; its "https://" may be missing where the answer is nothing else."""
    whole = clean(text)
    found = _WITH_SCHEME.findall(whole)
    if len(found) == 1:
        return _read(found[0].rstrip(_BEHIND))
    return (
        _read(f"https://{whole}") if whole and not found and " " not in whole and "@" not in whole else None
    )


def _read(text: str) -> Link | None:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return None
    host = nfc(parts.hostname or "").lower().rstrip(".")
    # A name and password in front of the host only ever mislead about where a link goes.
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    asked = [one for one in parts.query.split("&") if one and not _TRACKING.fullmatch(_name(one))]
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    url = SplitResult(parts.scheme, place, parts.path, "&".join(asked), "").geturl()
    door = _SIDE_DOORS.sub("", place)
    path = nfc(unquote(parts.path)).rstrip("/")
    key = "?".join([_OTHER_NAMES.get(door, door) + path, *sorted(nfc(unquote_plus(one)) for one in asked)])
    return Link(url, key) if key.isprintable() else None


def _name(asked: str) -> str:
    return unquote_plus(asked.partition("=")[0])
