"""What a program can notice in an essay's text: a hint for its reader, never a verdict.

A part of the plan counts as written about as soon as one word of it is there: silent rather than wrong.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final

from rules.names import fold

SHORT = 120  # words; an essay of fewer is worth a look
WORDS_IN_A_ROW = 5
MARKS = 64
COPY_PERCENT = 60  # of the shorter one's sequences
# In every text about the Union's work, whatever it says: alone they show nothing.
_EVERYWHERE: Final = frozenset({"nhiem vu", "don vi", "ca nhan", "dia phuong", "nghi quyet"})
# How people say it otherwise, by a word of the plan's.
_OTHERWISE: Final = {
    "thuc trang": ("tinh hinh", "ket qua dat duoc", "uu diem", "ton tai", "khuyet diem", "nhuoc diem"),
    "giai phap": ("phuong huong", "bien phap", "chi tieu"),
    "lien he": ("ban than", "cua toi", "doi voi toi", "chi doan toi", "don vi toi", "dia phuong toi"),
    "de xuat": ("de nghi", "mong muon", "xin duoc gop y", "gop y"),
}


def words(text: str) -> list[str]:
    """Folded, without punctuation."""
    return re.findall(r"[^\W_]+", fold(text))


def missing_parts(text: str, parts: Sequence[str]) -> list[str]:
    """Those of the plan's parts of which no word is there."""
    said = f" {' '.join(words(text))} "
    return [part for part in parts if not any(f" {sign} " in said for sign in _signs(part))]


def _signs(part: str) -> list[str]:
    """The first two syllables of each of its phrases, which are the word itself; and how else it is said."""
    phrases = [" ".join(words(phrase)[:2]) for phrase in re.split(r"[,;:.]", part)]
    named = [phrase for phrase in phrases if phrase]
    telling = [phrase for phrase in named if phrase not in _EVERYWHERE] or named
    return telling + [other for phrase in telling for other in _OTHERWISE.get(phrase, ())]


def sequences(text: str) -> frozenset[int]:
    """A hash of each few words in a row: two texts share them where one was copied from the other."""
    said = words(text)
    rows = (" ".join(said[at : at + WORDS_IN_A_ROW]) for at in range(len(said) - WORDS_IN_A_ROW + 1))
    return frozenset(_hash(row) for row in rows)


def _hash(row: str) -> int:
    """63 bits, the same in every process."""
    return int.from_bytes(blake2b(row.encode(), digest_size=8).digest(), "big") >> 1


def marks(found: Iterable[int]) -> list[int]:
    """The smallest few: texts that share many sequences share many of these."""
    return sorted(found)[:MARKS]


def shared_percent(one: frozenset[int], other: frozenset[int]) -> int:
    """How much of the shorter one stands in the other."""
    shorter = min(len(one), len(other))
    return 100 * len(one & other) // shorter if shorter else 0


def contained_percent(one: frozenset[int], whole: frozenset[int]) -> int:
    """How much of `one` stands in `whole`."""
    return 100 * len(one & whole) // len(one) if one else 0
