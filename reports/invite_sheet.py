"""The printed sheet of invites: A4, two by four cards to cut out, a QR code on each where the bot's name is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reportlab.graphics.barcode.qr import QrCodeWidget
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import FILL_NON_ZERO, Canvas

from bot.texts import invites as texts

FONTS = Path(__file__).parent / "fonts"
PLAIN, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
COLUMNS, ROWS = 2, 4
PER_PAGE = COLUMNS * ROWS
MARGIN, HEADER = 10 * mm, 9 * mm
WIDTH = (A4[0] - 2 * MARGIN) / COLUMNS
HEIGHT = (A4[1] - 2 * MARGIN - HEADER) / ROWS
PADDING = 4 * mm
QR = 36 * mm
QUIET = 2  # modules left white around the code; the card is white too


@dataclass(frozen=True, slots=True)
class Card:
    unit: str
    full_name: str
    role: str
    token: str


def write(path: Path, unit: str, cards: Sequence[Card], bot: str | None, until: date) -> int:
    """`bot`: its username; None: the cards carry the code alone. Returns the number of pages."""
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setTitle(texts.sheet_header(unit))
    pages = -(-len(cards) // PER_PAGE)
    for page in range(pages):
        _header(canvas, unit, page + 1, pages)
        shown = cards[page * PER_PAGE : (page + 1) * PER_PAGE]
        _cut_lines(canvas, -(-len(shown) // COLUMNS))
        for place, card in enumerate(shown):
            x = MARGIN + place % COLUMNS * WIDTH
            y = _top() - (place // COLUMNS + 1) * HEIGHT
            _card(canvas, x, y, card, bot, until)
        canvas.showPage()
    canvas.save()
    return pages


def _top() -> float:
    """The upper edge of the first row."""
    return float(A4[1] - MARGIN - HEADER)


def _header(canvas: Canvas, unit: str, page: int, pages: int) -> None:
    y = A4[1] - MARGIN - 3 * mm
    number = texts.sheet_page(page, pages)
    canvas.setFont(PLAIN, 9)
    canvas.drawRightString(A4[0] - MARGIN, y, number)
    room = A4[0] - 2 * MARGIN - pdfmetrics.stringWidth(number, PLAIN, 9) - 5 * mm
    canvas.setFont(BOLD, 10)
    canvas.drawString(MARGIN, y, _lines(texts.sheet_header(unit), BOLD, 10, room, 1)[0])


def _cut_lines(canvas: Canvas, rows: int) -> None:
    canvas.saveState()
    canvas.setDash(2, 3)
    canvas.setLineWidth(0.4)
    canvas.setStrokeGray(0.5)
    bottom = _top() - rows * HEIGHT
    for row in range(rows + 1):
        canvas.line(MARGIN, _top() - row * HEIGHT, MARGIN + COLUMNS * WIDTH, _top() - row * HEIGHT)
    for column in range(COLUMNS + 1):
        canvas.line(MARGIN + column * WIDTH, _top(), MARGIN + column * WIDTH, bottom)
    canvas.restoreState()


def _card(canvas: Canvas, x: float, y: float, card: Card, bot: str | None, until: date) -> None:
    """`x`, `y`: its lower left corner."""
    top, left, width = y + HEIGHT - PADDING, x + PADDING, WIDTH - 2 * PADDING
    beside = width - (QR + 2 * mm if bot else 0)
    if bot:
        _qr(canvas, x + WIDTH - PADDING - QR + 2 * mm, top - QR, f"https://t.me/{bot}?start={card.token}")
    line = top - 3 * mm
    for text, font, size, most in (
        (card.unit, BOLD, 10, 3),
        (card.full_name, BOLD, 12, 2),
        (card.role, PLAIN, 10, 1),
    ):
        for part in _lines(text, font, size, beside, most):
            canvas.setFont(font, size)
            canvas.drawString(left, line, part)
            line -= size * 1.3
        line -= 1.5 * mm
    line = y + PADDING + 20 * mm
    canvas.setFont(PLAIN, 8)
    for how in texts.sheet_how(bot):
        for part in _lines(how, PLAIN, 8, width, 2):
            canvas.drawString(left, line, part)
            line -= 3.6 * mm
    canvas.setFont(BOLD, 11)
    canvas.drawString(left, y + PADDING + 4.5 * mm, f"{texts.SHEET_CODE} {texts.grouped(card.token)}")
    canvas.setFont(PLAIN, 7)
    canvas.drawString(left, y + PADDING, texts.sheet_use_once(until))


def _qr(canvas: Canvas, x: float, y: float, content: str) -> None:
    """One path for all its squares: as shapes they would cost three times as much."""
    code = QrCodeWidget(content, barLevel="M").qr
    code.make()
    side = QR / (code.getModuleCount() + 2 * QUIET)
    path = canvas.beginPath()
    for row, modules in enumerate(code.modules):
        for column, dark in enumerate(modules):
            if dark:
                # A little over the edge, so that no white line shows between neighbours.
                path.rect(
                    x + (column + QUIET) * side, y + QR - (row + QUIET + 1) * side, side * 1.02, side * 1.02
                )
    canvas.drawPath(path, stroke=0, fill=1, fillMode=FILL_NON_ZERO)


def _lines(text: str, font: str, size: float, width: float, most: int) -> list[str]:
    """Broken between words; what is longer than `most` lines ends in "…"."""
    parts: list[str] = simpleSplit(text, font, size, width)
    if len(parts) <= most:
        return parts
    last = parts[most - 1]
    while last and pdfmetrics.stringWidth(f"{last}…", font, size) > width:
        last = last[:-1]
    return [*parts[: most - 1], f"{last}…"]
