"""Parts of which documents to sign (PDF, A4 landscape) are made: page, font, titles, grids and cells."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import Paragraph, Table, TableStyle

from fangdi.errors import SettingsError
from fangdi_gis_data.letters import in_words

PAGE = landscape(A4)
MARGIN = 14 * mm
WIDTH = PAGE[0] - 2 * MARGIN
_STANDARD_FONT = "STSong-Light"
PADDING = 12
"""Left and right in a cell together, points: what the library gives."""
_RULE, _HEAD = HexColor("#c9ced6"), HexColor("#eef1f5")


def set_font(font: Path | None) -> str:
    """Make a font known and return its name; None is the standard one of Chinese documents.

    Raises:
        SettingsError: the font that was set is no TrueType font.
    """
    if font is None:
        pdfmetrics.registerFont(UnicodeCIDFont(_STANDARD_FONT))
        return _STANDARD_FONT
    try:
        pdfmetrics.registerFont(TTFont("fangdi", font))
    except (TTFError, OSError) as error:
        raise SettingsError(
            f"FANGDI_PDF_FONT: {font} is no TrueType font that can be embedded ({error}); name a .ttf file."
        ) from error
    return "fangdi"


def text_style(font: str) -> ParagraphStyle:
    """Return how running text is set."""
    return ParagraphStyle("text", fontName=font, fontSize=8, leading=10.5, wordWrap="CJK")


def title(words: str, font: str, *, size: int) -> Paragraph:
    """Set a title."""
    style = ParagraphStyle(
        "title", fontName=font, fontSize=size, leading=size * 1.5, spaceAfter=3, wordWrap="CJK", keepWithNext=1
    )
    return Paragraph(escape(in_words(words, font)), style)


def facts(found: Sequence[tuple[str, str]], style: ParagraphStyle) -> Table:
    """Set names and values beside each other."""
    rows = [[Paragraph(escape(in_words(word, style.fontName)), style) for word in pair] for pair in found]
    return Table(rows, colWidths=[42 * mm, WIDTH - 42 * mm], style=grid(head=False))


def grid(*, head: bool) -> TableStyle:
    """Return the lines of a table; its head is the first row, or else the first column."""
    commands: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.3, _RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("BACKGROUND", (0, 0), (-1, 0) if head else (0, -1), _HEAD),
    ]
    return TableStyle(commands)


def cell(words: str, style: ParagraphStyle, *, width: float) -> Paragraph | str:
    """Return words for a cell of a width in points: as they are where they fit on a line.

    Most do, and a paragraph takes ten times as long to set: of a thousand rooms that is seconds.
    """
    words = in_words(words, style.fontName)
    if "\n" not in words and stringWidth(words, style.fontName, style.fontSize) <= width - PADDING:
        return words
    return Paragraph(_marked(words), style)


def _marked(words: str) -> str:
    """Return the words of a cell for a paragraph; its further lines are small."""
    first, *others = (escape(line) for line in words.split("\n"))
    return "<br/>".join([first, *(f'<font size="6.5" color="#5b626c">{line}</font>' for line in others)])


def edge(canvas: Any, document: Any, *, words: str, font: str) -> None:
    """Write what a page belongs to, and its number, below it."""
    canvas.saveState()
    canvas.setFont(font, 7.5)
    canvas.drawString(MARGIN, 7 * mm, in_words(words, font))
    canvas.drawRightString(PAGE[0] - MARGIN, 7 * mm, f"第 {document.page} 页 Page {document.page}")
    canvas.restoreState()
