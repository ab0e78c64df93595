"""Vietnamese names: written in many ways, sorted by the given name, never confused.

Dropping diacritics makes different places equal (Hoằng Quỳ, Hoằng Quý), so that is only ever used to offer a
choice, or where exactly one candidate is left.
"""

import re
import unicodedata
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rules.reasons import Reason, ReasonCode

K = TypeVar("K", bound=Hashable)

# Letters in the order of the Vietnamese dictionary; within one letter, the tones in theirs.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # không, huyền, hỏi, ngã, sắc, nặng
_INVISIBLE = dict.fromkeys([0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD])
_SPACES = re.compile(r"\s+")
_ABBREVIATIONS = (
    (re.compile(r"\b(?:cđ|chi đoàn)\b|\bcd\b"), "chi đoàn"),
    (re.compile(r"\btx\b\.?"), "thị xã"),
    (re.compile(r"\btt\b\.?"), "thị trấn"),
    (re.compile(r"\btp\b\.?"), "thành phố"),
    (re.compile(r"\bp\.\s*|\bp\s+(?=\w)"), "phường "),
    (re.compile(r"\bx\.\s*"), "xã "),
    (re.compile(r"\bh\.\s*"), "huyện "),
)
MIN_NAME, MAX_NAME = 2, 60
SIMILAR = 80  # of 100; only offers, never decides


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """NFC, one space between words, nothing invisible."""
    visible = "".join(
        letter
        for letter in nfc(text).translate(_INVISIBLE)
        if letter.isspace() or unicodedata.category(letter) != "Cc"
    )
    return _SPACES.sub(" ", visible).strip()


def fold(text: str) -> str:
    """Lower case without diacritics: "Hoằng Quỳ" and "Hoằng Quý" both become "hoang quy"."""
    bare = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).replace("đ", "d")


def given_name(full_name: str) -> str:
    words = full_name.split()
    return words[-1] if words else ""


def sort_key(full_name: str) -> tuple[tuple[tuple[int, int], ...], ...]:
    """For sorting people as a Vietnamese list does: by given name, then family and middle names."""
    words = clean(full_name).lower().split()
    ordered = [*words[-1:], *words[:-1]]
    return tuple(_word_key(word) for word in ordered)


def _word_key(word: str) -> tuple[tuple[int, int], ...]:
    keys = []
    for letter in nfc(word):
        parts = unicodedata.normalize("NFD", letter)
        tone = next((mark for mark in parts[1:] if mark in _TONES), "")
        base = nfc("".join(part for part in parts if part not in _TONES))
        place = _LETTERS.find(base)
        keys.append((place if place >= 0 else len(_LETTERS) + ord(base[0]), _TONES.index(tone)))
    return tuple(keys)


def shorten(full_name: str, limit: int = 18) -> str:
    """For a button: family and given name whole, the middle as initials."""
    name = clean(full_name)
    if len(name) <= limit:
        return name
    words = name.split()
    if len(words) > 2:
        initials = " ".join(f"{word[0]}." for word in words[1:-1])
        shorter = f"{words[0]} {initials} {words[-1]}"
        if len(shorter) <= limit:
            return shorter
    return name[: limit - 1].rstrip() + "…"


def read_person_name(text: str) -> str | Reason:
    name = clean(text)
    letters = sum(letter.isalpha() for letter in name)
    if (
        not MIN_NAME <= len(name) <= MAX_NAME
        or letters < MIN_NAME
        or letters * 2 < len(name.replace(" ", ""))
    ):
        return Reason(ReasonCode.UNREADABLE_NAME)
    return name


@dataclass(frozen=True, slots=True)
class Match(Generic[K]):
    """`exact`: the one that was meant; otherwise `offers`, best first, perhaps none."""

    exact: K | None = None
    offers: tuple[K, ...] = ()


def find(query: str, candidates: Sequence[tuple[K, str]], limit: int = 6) -> Match[K]:
    """Which of (key, name) was meant: exact with diacritics, then without, then what is similar."""
    wanted = _spelled_out(query)
    names = [(key, _spelled_out(name)) for key, name in candidates]
    for same in (
        [key for key, name in names if name == wanted],
        [key for key, name in names if _ends_with(name, wanted)],
        [key for key, name in names if fold(name) == fold(wanted)],
        [key for key, name in names if _ends_with(fold(name), fold(wanted))],
    ):
        if len(same) == 1:
            return Match(exact=same[0])
        if same:
            return Match(offers=tuple(same[:limit]))
    within = [key for key, name in names if fold(wanted) in fold(name)]
    if within:
        return Match(offers=tuple(within[:limit]))
    # Heavy to import, and rarely needed.
    from rapidfuzz import fuzz, process

    scored = process.extract(
        fold(wanted), [fold(name) for _, name in names], scorer=fuzz.ratio, limit=limit, score_cutoff=SIMILAR
    )
    return Match(offers=tuple(names[place][0] for _, _, place in scored))


def _spelled_out(text: str) -> str:
    spelled = clean(text).lower()
    for pattern, whole in _ABBREVIATIONS:
        spelled = pattern.sub(whole, spelled)
    return _SPACES.sub(" ", spelled).strip()


def _ends_with(name: str, wanted: str) -> bool:
    """ "thôn 3" is meant by "chi đoàn thôn 3", and not by "chi đoàn thôn 13"."""
    return bool(wanted) and (name == wanted or name.endswith(f" {wanted}"))
