"""Texts written with the fonts from before Unicode: TCVN3 (ABC, ".VnTime") and VNI ("VNI-Times").

Such a font shows a Vietnamese letter where the text holds another one: "Æ" in .VnTime is "ặ". A ".VnTimeH"
shows capitals for all of them.
"""

import re
from enum import StrEnum
from typing import Final

from rules.names import nfc


class Encoding(StrEnum):
    UNICODE = "unicode"
    TCVN3 = "tcvn3"
    VNI = "vni"


# As the bytes stand in Windows' Western code page. The capitals with a tone have no codes of their own.
TCVN3: Final = {
    bytes([code]).decode("cp1252"): letter
    for code, letter in {
        **dict(zip(range(0xA1, 0xA8), "ĂÂÊÔƠƯĐ", strict=True)),
        **dict(zip(range(0xA8, 0xAF), "ăâêôơưđ", strict=True)),
        **dict(zip(range(0xB5, 0xBA), "àảãáạ", strict=True)),
        **dict(zip(range(0xBB, 0xBF), "ằẳẵắ", strict=True)),
        **dict(zip(range(0xC6, 0xCD), "ặầẩẫấậè", strict=True)),
        **dict(zip(range(0xCE, 0xD9), "ẻẽéẹềểễếệìỉ", strict=True)),
        **dict(zip(range(0xDC, 0xE0), "ĩíịò", strict=True)),
        **dict(zip(range(0xE1, 0xF0), "ỏõóọồổỗốộờởỡớợù", strict=True)),
        **dict(zip(range(0xF1, 0xFF), "ủũúụừửữứựỳỷỹýỵ", strict=True)),
    }.items()
}
# A letter and, behind it, its mark; a mark alone means nothing. Capitals have the marks in capitals.
_TONED = dict(zip("ùøûõï", ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_ROOFED = dict(zip("áàåãä", ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_HOLLOW = dict(zip("éèúüë", ("\u0301", "\u0300", "\u0309", "\u0303", "\u0323"), strict=True))
_ALONE = {"ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư"}


def _vni() -> dict[str, str]:
    pairs = dict(_ALONE)
    for base, shown in {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}.items():
        for mark, tone in _TONED.items():
            pairs[base + mark] = nfc(shown + tone)
    del pairs["yï"]  # written "î"
    for base in "aeo":
        pairs[base + "â"] = nfc(base + "\u0302")
        pairs |= {base + mark: nfc(base + "\u0302" + tone) for mark, tone in _ROOFED.items()}
    pairs["aê"] = "ă"
    pairs |= {"a" + mark: nfc("ă" + tone) for mark, tone in _HOLLOW.items()}
    upper = {written.upper(): shown.upper() for written, shown in pairs.items()}
    mixed = {written[0].upper() + written[1:]: shown.upper() for written, shown in pairs.items()}
    return {**mixed, **pairs, **upper}


VNI: Final = _vni()
_VNI_PATTERN = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_TCVN3_TABLE = str.maketrans(TCVN3)

# Words that hardly any such text goes without, each with a letter that the old fonts write otherwise.
_COMMON_TEXT = (
    "và của các là có được những với đã đến để này người đoàn xã nghị quyết nhiệm vụ công tác thực hiện"
    " hội học tập địa phương đơn vị cán bộ cá kết quả cần về một đảng tỉnh huyện triển bản thân giải pháp"
    " mục tiêu hạn chế nguyên đại"
)
_COMMON: Final = frozenset(_COMMON_TEXT.split())
_HYPHEN = re.compile(r"(?<=[^\W\d])-|-(?=[^\W\d])")


def of_font(name: str) -> Encoding:
    """By the font's name; a PDF puts "ABCDEF+" in front of it."""
    plain = name.rpartition("+")[2].casefold()
    if plain.startswith(".vn"):
        return Encoding.TCVN3
    return Encoding.VNI if plain.startswith("vni") else Encoding.UNICODE


def shows_capitals(name: str) -> bool:
    return of_font(name) is Encoding.TCVN3 and name.endswith("H")


def to_unicode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    match encoding:
        case Encoding.TCVN3:
            text = text.translate(_TCVN3_TABLE)
        case Encoding.VNI:
            text = _VNI_PATTERN.sub(lambda found: VNI[found.group()], text)
    return nfc(text.upper() if capitals else text)


def guess(text: str) -> Encoding:
    """Where no font says it: as whichever it has most of the words in it that every such text has."""
    found = {one: _common_words(to_unicode(text, one)) for one in Encoding}
    best = max(found.values())
    return next(one for one in Encoding if found[one] == best)  # Unicode, where nothing speaks against it


def _common_words(text: str) -> int:
    return sum(word in _COMMON for word in re.findall(r"\w+", text.lower()))


def guessed(text: str) -> str:
    """In Unicode, whatever it was."""
    return to_unicode(text, guess(text))


def from_print(text: str) -> str:
    """The same for a PDF. It shows the soft hyphen, which is "ư" in TCVN3, as any other hyphen."""
    encoding = guess(text)
    if encoding is Encoding.TCVN3:
        text = _HYPHEN.sub("\xad", text)
    return to_unicode(text, encoding)
