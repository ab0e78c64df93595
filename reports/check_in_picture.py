"""What stands on the screen of a hall: the QR code, and its six digits large enough for the last row."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw
from reportlab.graphics.barcode.qr import QrCodeWidget

from bot.texts import check_ins as texts
from reports.chart import font, wrapped

WIDTH, HEIGHT = 1080, 1440
MARGIN = 40
QR = 820  # px, with the white around it
QUIET = 4  # modules left white, as the standard asks
TITLE, SMALL, DIGITS = 60, 38, 250  # px
INK = 0
WHITE = 255


@dataclass(frozen=True, slots=True)
class Shown:
    """`link` and `how` are None where the bot's name is not known; `digits` None: it is over."""

    title: str
    host: str
    where: str
    total: str
    how: str
    digits: str | None
    link: str | None


def draw(shown: Shown, out: Path) -> None:
    """Write it as PNG in shades of grey, which compress to a few kilobytes. Raises OSError."""
    image = Image.new("L", (WIDTH, HEIGHT), WHITE)
    pen = ImageDraw.Draw(image)
    y = _line(pen, shown.title, MARGIN, TITLE, bold=True)
    y = _line(pen, shown.host, y, SMALL, bold=True)
    y = _line(pen, shown.where, y, SMALL)
    if shown.digits is None:
        _line(pen, shown.total, HEIGHT // 2, TITLE, bold=True)
    else:
        if shown.link is not None:
            _qr(image, shown.link, y)
        _digits(pen, texts.spaced(shown.digits))
        _line(pen, shown.how, HEIGHT - MARGIN - 2 * 50, SMALL)
        _line(pen, f"{texts.PICTURE_CHANGES} · {shown.total}", HEIGHT - MARGIN - 50, SMALL)
    # In one step, so that nobody sends half a picture.
    half = out.with_suffix(".tmp")
    image.save(half, "PNG")
    half.replace(out)


def _line(pen: ImageDraw.ImageDraw, text: str, y: int, size: int, *, bold: bool = False) -> int:
    """In the middle, on one line. Returns where the next one begins."""
    face = font(size, bold=bold)
    shown = wrapped(text, face, WIDTH - 2 * MARGIN, 1)
    pen.text((WIDTH / 2, y), shown[0] if shown else "", font=face, fill=INK, anchor="ma")
    return y + round(size * 1.35)


def _digits(pen: ImageDraw.ImageDraw, text: str) -> None:
    face = font(DIGITS, bold=True)
    pen.text((WIDTH / 2, HEIGHT - MARGIN - 3 * 50), text, font=face, fill=INK, anchor="ms")


def _qr(image: Image.Image, link: str, y: int) -> None:
    code = QrCodeWidget(link, barLevel="M").qr
    code.make()
    side = code.getModuleCount() + 2 * QUIET
    small = Image.new("L", (side, side), WHITE)
    for row, modules in enumerate(code.modules):
        for column, dark in enumerate(modules):
            if dark:
                small.putpixel((column + QUIET, row + QUIET), INK)
    scale = QR // side  # whole pixels, for sharp edges
    large = small.resize((side * scale, side * scale), Image.Resampling.NEAREST)
    image.paste(large, ((WIDTH - large.width) // 2, y))
