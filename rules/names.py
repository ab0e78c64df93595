"""Vietnamese names: written in many ways, sorted by the given name, never confused.

Dropping diacritics makes different places equal (Hoằng Quỳ, Hoằng Quý), so that is only ever used to offer a
choice, or where exactly one candidate is left.
"""

import re
import unicodedata
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from rules.reasons import Reason, ReasonCode

K = TypeVar("K", bound=Hashable)

# Letters in the order of the Vietnamese dictionary; within one spelling, the tones in theirs.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # không, huyền, hỏi, ngã, sắc, nặng
# A joiner holds a composed emoji together; anywhere else it is invisible.
_LONE_JOINER = re.compile(r"(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d")
_UNSEEN = ("Cc", "Cf", "Cs")  # controls, marks of direction and width, halves of a broken emoji
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
_SPACES = re.compile(r"\s+")
_ABBREVIATIONS = (
    (re.compile(r"\b(?:cđ|cd)\b\.?\s*"), "chi đoàn "),
    (re.compile(r"\btx\b\.?\s*"), "thị xã "),
    (re.compile(r"\btt\b\.?\s*"), "thị trấn "),
    (re.compile(r"\btp\b\.?\s*"), "thành phố "),
    (re.compile(r"\bp\.\s*|\bp\s+(?=\w)"), "phường "),
    (re.compile(r"\bx\.\s*"), "xã "),
    (re.compile(r"\bh\.\s*"), "huyện "),
    # The Union's own names of its units, as people call the places: "Thành đoàn" is of a "thành phố".
    (re.compile(r"\bthành đoàn\b"), "thành phố"),
    (re.compile(r"\bthị đoàn\b"), "thị xã"),
    (re.compile(r"\b(huyện|tỉnh) đoàn\b"), r"\1"),
)
_KINDS = re.compile(r"^(?:(?:chi đoàn|đoàn|tỉnh|huyện|thị xã|thành phố|thị trấn|xã|phường)\s+)+")
MIN_NAME, MAX_NAME = 2, 60
SIMILAR = 80  # of 100; only offers, never decides


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def clean(text: str) -> str:
    """NFC, one space between words, nothing invisible; emoji stay whole."""
    if text.isascii() and text.isprintable():
        return _SPACES.sub(" ", text).strip()
    visible = "".join(
        letter
        for letter in _LONE_JOINER.sub("", text)
        if letter.isspace() or letter == "\u200d" or unicodedata.category(letter) not in _UNSEEN
    )
    return _SPACES.sub(" ", nfc(visible)).strip()


def fold(text: str) -> str:
    """Lower case without diacritics: "Hoằng Quỳ" and "Hoằng Quý" both become "hoang quy"."""
    if text.isascii():
        return text.lower()
    bare = unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter)).replace("đ", "d")


def plain(text: str) -> str:
    """Folded, with one kind of digit, dash and space: what dates and numbers are read from."""
    whole = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return _SPACES.sub(" ", fold(whole)).strip()


def given_name(full_name: str) -> str:
    words = full_name.split()
    return words[-1] if words else ""


def sort_key(full_name: str) -> tuple[tuple[tuple[int, ...], int], ...]:
    """For sorting people as a Vietnamese list does: by given name, then family and middle names."""
    words = clean(full_name).lower().split()
    return tuple(_word_key(word) for word in [*words[-1:], *words[:-1]])


def _word_key(word: str) -> tuple[tuple[int, ...], int]:
    """The letters first and the tone after them: lan, làn, lang."""
    letters, tone = _without_tone(word)
    places = (_LETTERS.find(letter) for letter in letters)
    return tuple(
        place if place >= 0 else len(_LETTERS) + ord(letter)
        for place, letter in zip(places, letters, strict=True)
    ), _TONES.index(tone)


def _without_tone(word: str) -> tuple[str, str]:
    """Where in a word the tone is written is a matter of taste: "hoà" is "hòa", "Uỷ" is "Ủy"."""
    parts = unicodedata.normalize("NFD", word)
    tone = next((mark for mark in parts if mark in _TONES[1:]), "")
    return nfc("".join(part for part in parts if part not in _TONES[1:])), tone


@lru_cache(maxsize=10_000)
def name_key(full_name: str) -> str:
    """The same for one name however it was typed: capitals, and on which letter a tone stands, are a matter of
    taste. Every diacritic counts.
    """
    return nfc(" ".join("".join(_without_tone(word)) for word in clean(full_name).lower().split()))


def shorten(full_name: str, limit: int = 18) -> str:
    """For a button: family and given name whole as long as they fit, the middle as initials."""
    name = clean(full_name)
    if len(name) <= limit:
        return name
    words = name.split()
    if len(words) > 2:
        family, *middle, given = words
        initials = [f"{word[0]}." for word in middle]
        for between in (" ".join(initials), "".join(initials), "…"):
            if len(shorter := f"{family} {between} {given}") <= limit:
                return shorter
    return name[: limit - 1].rstrip() + "…"


def read_person_name(text: str) -> str | Reason:
    """What stands in it may be HTML: whoever shows it escapes it."""
    name = clean(text)
    letters = sum(letter.isalpha() for letter in name)
    digits = sum(letter.isdigit() for letter in name)
    if not MIN_NAME <= len(name) <= MAX_NAME or letters < max(MIN_NAME, digits) or name.startswith("/"):
        return Reason(ReasonCode.UNREADABLE_NAME)
    return name


@dataclass(frozen=True, slots=True)
class Match(Generic[K]):
    """`exact`: the one that was meant; otherwise `offers`, best first, perhaps none."""

    exact: K | None = None
    offers: tuple[K, ...] = ()


def find(query: str, candidates: Sequence[tuple[K, str]], limit: int = 6) -> Match[K]:
    """Which of (key, name) was meant: as it is written, then as one writes without diacritics.

    A diacritic that was typed must fit: "Hoằng Quý" never decides for "Hoằng Quỳ", it only offers it.
    """
    wanted = _spelled_out(query)
    if not wanted:
        return Match()
    names = [(key, _spelled_out(name)) for key, name in candidates]
    for same in (
        [key for key, name in names if name == wanted],
        [key for key, name in names if name[-len(wanted) :] == wanted],
        [key for key, name in names if len(name) == len(wanted) and _fits(name, wanted)],
        [key for key, name in names if _fits(name[-len(wanted) :], wanted)],
    ):
        if len(same) == 1:
            return Match(exact=same[0])
        if same:
            return Match(offers=tuple(same[:limit]))
    folded = [fold(" ".join(letters for letters, _ in name)) for _, name in names]
    sought = fold(" ".join(letters for letters, _ in wanted))
    within = [key for (key, _), name in zip(names, folded, strict=True) if sought in name]
    if within:
        return Match(offers=tuple(within[:limit]))
    return Match(offers=tuple(names[place][0] for place in resembling(sought, folded, limit)))


def resembling(sought: str, folded: Sequence[str], limit: int) -> list[int]:
    """The places in `folded` of what comes near, best first: to be offered, never to decide."""
    # Heavy to import, and rarely needed.
    from rapidfuzz import fuzz, process

    scored = process.extract(sought, folded, scorer=fuzz.partial_ratio, limit=limit, score_cutoff=SIMILAR)
    return [place for _, _, place in scored]


_Word = tuple[str, str]  # its letters without the tone, and the tone


def spelled(text: str) -> str:
    """Lower case, with what is usually abbreviated in full: "cđ Thôn 3" is "chi đoàn thôn 3"."""
    whole = clean(text).lower()
    for pattern, words in _ABBREVIATIONS:
        whole = pattern.sub(words, whole)
    return " ".join(whole.split())


def core(text: str) -> str:
    """What is left of a unit's name without the words for its kind, folded: "tx Bỉm Sơn" is "bim son"."""
    whole = spelled(text)
    return fold(_KINDS.sub("", whole) or whole)


def file_stem(text: str, otherwise: str) -> str:
    """Of a unit's name, for a file's: "Hoang-Hoa"; `otherwise`: where no letter is left."""
    words = re.findall(r"[a-z0-9]+", core(text))
    return ("-".join(word.capitalize() for word in words) or otherwise)[:60]


def _spelled_out(text: str) -> tuple[_Word, ...]:
    return tuple(_without_tone(word) for word in spelled(text).split())


def _fits(name: tuple[_Word, ...], wanted: tuple[_Word, ...]) -> bool:
    """Word for word the same, where a word typed without any diacritic fits every one of its letters."""
    return len(name) == len(wanted) and all(
        word == said or (said[0].isascii() and not said[1] and fold(word[0]) == said[0])
        for word, said in zip(name, wanted, strict=True)
    )
