"""Lines that report for several units: "thôn 3 45/50", "thôn 7 chưa học", "12/11".

Which unit a name means only the roster knows, and a number may belong to the name ("thôn 3") or be the count,
so a line is split in every way that makes sense, the likeliest first.
"""

import re
from dataclasses import dataclass
from datetime import date

from rules.names import clean, fold
from rules.reading import ONE_LINE_LIMIT, LineReport, read_line
from rules.reasons import Reason, ReasonCode

LINES_LIMIT = 40
LINE_LIMIT = 1000  # characters of a line that are looked at
NAME_LIMIT = 60  # characters: what is longer is talk
_COUNT = r"(?<![\d/.,\-])[0-9]{1,5}\s*(?:/|\btren\b|\btrong\b)\s*(?:tong\s*)?(?:so\s*)?[0-9]{1,5}"
_NOT_YET = r"\bchua\s+(?:hoc|hop|tham gia|to chuc|trien khai|co lich)\b"
_DAY = r"\bngay\s+[0-9]{1,2}\b|(?<![\d/.])[0-9]{1,2}\.[0-9]{1,2}\b|\bhom (?:nay|qua|kia)\b|\bh(?:nay|qua)\b"
_MORE = (
    r"\b(?:can bo|cb|thanh nien|tn)\s*:?\s*[0-9]|\b[0-9]{1,5}\s*(?:thanh nien|tn)\b"
    r"|\b(?:(?:khong|chua|day)\s+)?(?:du|thieu)\s+tai\s+lieu\b|\btai\s+lieu\s+(?:day\s+)?(?:du|thieu)\b"
    r"|\b(?:co mat|o nha)\b"
)
_OF_CADRES = re.compile(r"\b(?:can bo|cb)\s*:?\s*[0-9]{1,4}\s*/\s*[0-9]{1,4}")
_SAID = re.compile(rf"{_COUNT}|{_NOT_YET}|{_DAY}|{_MORE}")
_DAY_IN_FRONT = re.compile(
    r"(?:ngay\s+)?[0-9]{1,2}\s?[/.]\s?[0-9]{1,2}(?:[/.](?:20)?[0-9]{2})?(?![/.\d])[\s,:;\-]+"
    r"|(?:hom (?:nay|qua|kia)|h(?:nay|qua))\b[\s,:;\-]*"
)
_BULLET = re.compile(r"[\s\-+*•▸·]+|[0-9]{1,2}[.)]\s+")
_ALONE = re.compile(
    r"(?P<name>.*[^\s\d].*?)[\s:,=\-]+(?P<count>[0-9]{1,4})"
    r"(?:\s*(?:doan vien|dv|nguoi|dong chi|d/c|dc|ban|em))?[\s,;.]*"
)
# What may stand between a name and its count. A name may end in such a word ("Tiểu học"), so both are tried.
_BETWEEN = re.compile(
    r"(?:\s*(?:[:,;=\-]|\b(?:co|du|dat|duoc|la|bao cao|tham du|tham gia|da|hoc|hop|trong do|tong so"
    r"|doan vien|dv)\b))+\s*$"
)
_HEADING = re.compile(r"\s*(?:bao ho|bao cao ho|bao cao)\b[\s,:;\-]*")


@dataclass(frozen=True, slots=True)
class Reading:
    """`said` is for `rules.reading.read_line`; `alone`: only how many, of the roster's."""

    name: str
    said: str
    alone: int | None = None
    not_yet: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A line, or a part of one that names a unit of its own."""

    line: int  # from 1
    text: str


def pieces(text: str) -> list[Piece]:
    found: list[Piece] = []
    for number, whole in enumerate(text.splitlines(), 1):
        parts: list[str] = []
        for part in re.split(r"[;,]", clean(whole)[:LINE_LIMIT]):
            if parts and not _names_a_unit(part):
                parts[-1] += f",{part}"
            else:
                parts.append(part)
        found += [Piece(number, part.strip()) for part in parts if part.strip(" .-")]
    return found


def _names_a_unit(part: str) -> bool:
    return any(_BETWEEN.sub("", fold(reading.name)) for reading in readings(part))


def heading(text: str) -> str:
    """What may be a day that stands above the lines: "Báo hộ, hội nghị ngày 12/11:"."""
    return text[_matched(_HEADING, _flat(text), 0) :].strip(" :")


def readings(text: str) -> list[Reading]:
    """Empty: no count, and nothing that says "not yet"."""
    text = clean(text)
    if len(text) > ONE_LINE_LIMIT:
        return []
    start = _matched(_BULLET, _flat(text), 0)
    after_day = _matched(_DAY_IN_FRONT, _flat(text), start)
    day, text = text[start:after_day].strip(" ,:;-"), text[after_day:]
    flat = _flat(text)
    mark = next((found for found in _SAID.finditer(flat) if _is_meant(found, text)), None)
    head, said = (text[: mark.start()], text[mark.start() :]) if mark else (text, "")
    rest = _flat(said)
    together = f"{day}, {said}" if day else said
    not_yet = mark is not None and re.match(_NOT_YET, mark[0]) is not None
    if not_yet or re.search(_COUNT, rest):
        return [Reading(name, together, not_yet=not_yet) for name in _names(head)]
    alone = _ALONE.fullmatch(_flat(head))
    if alone is None:
        return []
    name = head[: alone.end("name")]
    return [Reading(one, together, alone=int(alone["count"])) for one in _names(name)]


def read(reading: Reading, today: date, not_before: date, expected: int | None) -> LineReport | Reason | None:
    """What is reported, once the unit is known and with it how many are `expected`; None: not readable."""
    if reading.alone is not None and expected is None:
        return Reason(ReasonCode.EXPECTED_NEEDED, {"attended": reading.alone})
    count = f"{reading.alone}/{expected}, " if reading.alone is not None else ""
    found = read_line(f"{count}{reading.said}", today, not_before, expected)
    if found is None:
        return None
    counts = len(re.findall(_COUNT, _OF_CADRES.sub(" ", _flat(f"{count}{reading.said}"))))
    # A second unit on the line would be lost.
    return found if counts <= (1 if found.held_on is None else 2) else None


def _names(head: str) -> list[str]:
    """The name as it stands, then without the words between it and its count."""
    whole = head.strip(" :,;=-.")
    between = _BETWEEN.search(_flat(head))
    bare = head[: between.start()].strip(" :,;=-.") if between else whole
    return [one for one in dict.fromkeys((whole, bare)) if one and len(one) <= NAME_LIMIT]


def _is_meant(found: re.Match[str], text: str) -> bool:
    """ "Thôn Chùa" is a name: without its diacritics "chua" is taken, with others it is not."""
    if not re.match(_NOT_YET, found[0]):
        return True
    return text[found.start() : found.start() + 4].lower() in ("chưa", "chua")


def _matched(pattern: re.Pattern[str], flat: str, start: int) -> int:
    """Where the match that begins at `start` ends; `start` itself where there is none."""
    found = pattern.match(flat, start)
    return found.end() if found else start


def _flat(text: str) -> str:
    """Folded letter by letter, so that every place in it is the same place in the text."""
    return "".join(fold(letter)[:1] or letter for letter in text)
