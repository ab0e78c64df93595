"""The picture of progress: a bar a unit, for a phone and for the wall of an office.

Colours are Okabe and Ito's, which the colour-blind tell apart; the late
are hatched and the missing empty, so that it reads in black and white too.
"""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from bot.texts import say
from reports.bars import KINDS, Bar, Kind, Words

WIDTH = 1080
MARGIN = 44
SMALL, NORMAL, LARGE = 28, 32, 46  # px
BAR = 42
GAP = 16
NAME_WIDTH = 390
SEEN = 8  # px: the narrowest part
BLUE, ORANGE, EMPTY = "#0072B2", "#E69F00", "#FFFFFF"
INK, FAINT, BAND, EDGE = "#1A1A1A", "#555555", "#F3F5F7", "#8A8A8A"
_COLOURS = {Kind.DONE: BLUE, Kind.LATE: ORANGE, Kind.MISSING: EMPTY}
_FONTS = Path(__file__).parent / "fonts"


def draw(words: Words, bars: Sequence[Bar], out: Path) -> None:
    """Write the picture as PNG. Raises OSError."""
    _Sheet(words, bars).image().save(out, "PNG")


class _Sheet:
    def __init__(self, words: Words, bars: Sequence[Bar]) -> None:
        self._words = words
        self._bars = bars
        self._title = font(LARGE, bold=True)
        self._headline = font(NORMAL, bold=True)
        self._normal = font(NORMAL)
        self._small = font(SMALL)
        self._strong = font(SMALL, bold=True)
        note = max((self._strong.getlength(bar.note) for bar in bars), default=0)
        self._left = MARGIN + NAME_WIDTH + GAP
        self._right = WIDTH - MARGIN - int(note) - GAP
        self._names = [wrapped(bar.name, self._small, NAME_WIDTH, 2) for bar in bars]

    def image(self) -> Image.Image:
        height = sum(self._row(place) for place in range(len(self._bars)))
        titles = wrapped(self._words.title, self._title, WIDTH - 2 * MARGIN, 2)
        sums = wrapped(self._words.headline, self._headline, WIDTH - 2 * MARGIN, 2)
        under = wrapped(self._words.subtitle, self._normal, WIDTH - 2 * MARGIN, 3)
        footer = wrapped(self._words.footer, self._small, WIDTH - 2 * MARGIN, 3)
        head = MARGIN + 56 * len(titles) + 46 * len(sums) + 42 * len(under) + 24
        legend = 76
        image = Image.new("RGB", (WIDTH, head + legend + height + 24 + 38 * len(footer) + MARGIN), "#FFFFFF")
        self._pen = ImageDraw.Draw(image)
        self._image = image
        y = self._lines(titles, self._title, MARGIN, 56, INK)
        y = self._lines(sums, self._headline, y, 46, INK)
        self._lines(under, self._normal, y, 42, FAINT)
        self._legend(head)
        y = head + legend
        for place, bar in enumerate(self._bars):
            self._line(place, bar, y)
            y += self._row(place)
        self._lines(footer, self._small, y + 24, 38, FAINT)
        return image

    def _row(self, place: int) -> int:
        return max(BAR, 34 * len(self._names[place])) + GAP

    def _lines(self, texts: Sequence[str], font: ImageFont.FreeTypeFont, y: int, step: int, ink: str) -> int:
        for text in texts:
            self._pen.text((MARGIN, y), text, font=font, fill=ink)
            y += step
        return y

    def _legend(self, y: int) -> None:
        x = MARGIN
        for kind in KINDS:
            if not self._words.of[kind]:
                continue
            label = f"{self._words.of[kind]} {say.number(sum(bar.counts[kind] for bar in self._bars))}"
            self._fill(kind, (x, y, x + 36, y + 36))
            self._pen.text((x + 48, y + 18), label, font=self._small, fill=INK, anchor="lm")
            x += 48 + int(self._small.getlength(label)) + 40

    def _line(self, place: int, bar: Bar, y: int) -> None:
        height = self._row(place)
        if place % 2 == 0:
            self._pen.rectangle((MARGIN - 16, y, WIDTH - MARGIN + 16, y + height - 1), fill=BAND)
        middle = y + height // 2
        names = self._names[place]
        for row, text in enumerate(names):
            at = middle + int(34 * (row - (len(names) - 1) / 2))
            self._pen.text((MARGIN, at), text, font=self._small, fill=INK, anchor="lm")
        self._pen.text((WIDTH - MARGIN, middle), bar.note, font=self._strong, fill=INK, anchor="rm")
        top = middle - BAR // 2
        if bar.alone:
            kind = next(one for one in KINDS if bar.counts[one])
            self._fill(kind, (self._left, top, self._left + BAR, top + BAR))
            word = self._words.of[kind]
            self._pen.text((self._left + BAR + GAP, middle), word, font=self._small, fill=INK, anchor="lm")
        else:
            self._parts(bar, top)

    def _parts(self, bar: Bar, top: int) -> None:
        """The whole width is what is due: bars of large and small units compare by their share."""
        present = [(kind, count) for kind, count in bar.counts.items() if count]
        spare = self._right - self._left - SEEN * len(present)
        x = float(self._left)
        for kind, count in present:
            end = x + SEEN + spare * count / bar.due
            box = (round(x), top, round(end), top + BAR)
            self._fill(kind, box)
            label = say.number(count)
            width = self._small.getlength(label)
            if width + 10 <= box[2] - box[0]:
                self._number(kind, label, ((box[0] + box[2]) / 2, top + BAR / 2), width)
            x = end

    def _number(self, kind: Kind, label: str, at: tuple[float, float], width: float) -> None:
        if kind is Kind.LATE:  # the hatching would run through it
            self._pen.rectangle(
                (at[0] - width / 2 - 4, at[1] - 14, at[0] + width / 2 + 4, at[1] + 14), fill=ORANGE
            )
        ink = "#FFFFFF" if kind is Kind.DONE else INK
        self._pen.text(at, label, font=self._small, fill=ink, anchor="mm")

    def _fill(self, kind: Kind, box: tuple[int, int, int, int]) -> None:
        left, top, right, bottom = box
        size = (right - left + 1, bottom - top + 1)
        tile = Image.new("RGB", size, _COLOURS[kind])
        pen = ImageDraw.Draw(tile)
        if kind is Kind.LATE:
            for x in range(-size[1], size[0], 12):
                pen.line((x, size[1], x + size[1], 0), fill=INK, width=2)
        pen.rectangle(
            (0, 0, size[0] - 1, size[1] - 1), outline=EDGE if kind is Kind.MISSING else INK, width=2
        )
        self._image.paste(tile, (left, top))


def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "DejaVuSansCondensed-Bold.ttf" if bold else "DejaVuSansCondensed.ttf"
    return ImageFont.truetype(str(_FONTS / name), size, layout_engine=ImageFont.Layout.BASIC)


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: int, most: int) -> list[str]:
    """On at most so many lines; what is longer ends in an ellipsis."""
    rows: list[str] = []
    for word in text.split():
        longer = f"{rows[-1]} {word}" if rows else word
        if rows and font.getlength(longer) <= width:
            rows[-1] = longer
        elif len(rows) < most:
            rows.append(word)
        else:
            rows[-1] = longer
            break
    return [_cut(row, font, width) for row in rows]


def _cut(text: str, font: ImageFont.FreeTypeFont, width: int) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text.rstrip()}…"
