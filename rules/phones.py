"""Vietnamese telephone numbers in one form, E.164."""

import re

_OTHER = re.compile(r"[^0-9+]")
_SPREADSHEET = re.compile(r"\.0\s*$")  # a number cell: 912345678.0
# In 2018 the eleven-digit mobile numbers lost a digit: 0162… became 032…
_OLD_PREFIXES = {
    "162": "32", "163": "33", "164": "34", "165": "35", "166": "36", "167": "37", "168": "38", "169": "39",
    "120": "70", "121": "79", "122": "77", "126": "76", "128": "78",
    "123": "83", "124": "84", "125": "85", "127": "81", "129": "82",
    "186": "56", "188": "58", "199": "59",
}  # fmt: skip


def normalise(text: str) -> str | None:
    """ "0912 345 678", "+84 912.345.678" or "912345678" (a spreadsheet's) as "+84912345678"; None: no number."""
    digits = _OTHER.sub("", _SPREADSHEET.sub("", text))
    for prefix in ("+84", "0084", "84", "0"):
        if digits.startswith(prefix) and not (prefix == "84" and len(digits) < 11):
            digits = digits[len(prefix) :]
            break
    digits = digits.removeprefix("0")
    if len(digits) == 10 and digits[:3] in _OLD_PREFIXES:
        digits = _OLD_PREFIXES[digits[:3]] + digits[3:]
    if "+" in digits or digits.startswith("0"):
        return None
    return f"+84{digits}" if len(digits) == 9 or (len(digits) == 10 and digits[0] == "2") else None
