"""An area audit as a document to sign (PDF, A4 landscape): head, sums, then each floor drawn, with its rooms."""

import io
from collections.abc import Sequence
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.report import DECISIONS, FIGURES, MEASURES, PARTLY, SUBJECTS, AuditReport, ReportLine
from fangdi.errors import SettingsError
from fangdi_gis_data.audit_files import Look
from fangdi_gis_data.audit_files.head import DRAFT, facts
from fangdi_gis_data.audit_files.letters import in_words
from fangdi_gis_data.audit_files.plan_drawing import draw_floor

_PAGE = landscape(A4)
_MARGIN = 14 * mm
_WIDTH = _PAGE[0] - 2 * _MARGIN
_STANDARD_FONT = "STSong-Light"


def _short(words: str) -> str:
    """Return 登记 of 登记面积: the columns are narrow."""
    return words.removesuffix("面积")


_HEADINGS = (
    ("对象", "Subject"),
    ("名称", "Name"),
    ("类别", "Area"),
    *((f"{_short(label.zh)}(㎡)", label.en) for label in FIGURES.values()),
    ("差(㎡)", "Difference"),
    ("与", "Against"),
    ("限差(㎡)", "Tolerance"),
    ("结论", "Verdict"),
    ("意见", "Decision"),
    ("备注", "Remark"),
)
_WIDTHS = (13, 36, 11, 20, 20, 20, 20, 18, 17, 13, 16, 20, 14)
"""Of all columns but the last, mm."""
_NUMBERS = {3, 4, 5, 6, 7, 8, 10}
_VERDICT = 11
_PADDING = 12
"""Left and right in a cell together, points: what the library gives."""
_LEAST_SHOWN_M2 = 0.005
_BELOW = Labels(
    "合计下方小字:俱全间数/总间数、这些房间的该项面积、实测面积。",
    "In small print below a sum: rooms with both of all rooms, their area, and what they measure.",
)
_RULE, _HEAD = HexColor("#c9ced6"), HexColor("#eef1f5")


def to_pdf(report: AuditReport, *, look: Look) -> bytes:
    """Write the audit as a PDF.

    Raises:
        SettingsError: the font that was set is no TrueType font.
    """
    font = _font(look)
    text = ParagraphStyle("text", fontName=font, fontSize=8, leading=10.5, wordWrap="CJK")
    story: list[Any] = [
        _title("面积核查表 Area audit", font, size=16),
        _facts(facts(report, look=look), text),
        Spacer(1, 5 * mm),
        _signatures(text),  # on the first page, however long the tables are
        Spacer(1, 6 * mm),
        _title("楼座、楼层和机关 Building, floors and agencies", font, size=11),
        *_partly(report, text),
        _lines(report.of("building", "floor", "agency"), look, text),
    ]
    for floor in report.floors:
        lines = [line for line in report.of("room") if line.floor == floor.key]
        drawing = draw_floor(floor, look=look, font=font, width=_WIDTH, height=_PAGE[1] - 2 * _MARGIN - 50)
        heading = _title(floor.name, font, size=12)
        story += [PageBreak(), KeepTogether([heading, drawing]) if drawing else heading]
        if lines:
            story += [PageBreak(), _title(f"{floor.name}:房间 Rooms", font, size=11), _lines(lines, look, text)]
    out = io.BytesIO()
    edge = partial(_edge, report=report, font=font)
    document = SimpleDocTemplate(
        out,
        pagesize=_PAGE,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        title=f"面积核查 {report.number or ''} {report.building}".strip(),
        author=report.accepted_by or report.made_by,
        invariant=True,  # the same audit gives the same bytes
    )
    document.build(story, onFirstPage=edge, onLaterPages=edge)
    return out.getvalue()


def _font(look: Look) -> str:
    if look.font is None:
        pdfmetrics.registerFont(UnicodeCIDFont(_STANDARD_FONT))
        return _STANDARD_FONT
    try:
        pdfmetrics.registerFont(TTFont("fangdi", look.font))
    except (TTFError, OSError) as error:
        raise SettingsError(
            f"FANGDI_PDF_FONT: {look.font} is no TrueType font that can be embedded ({error}); name a .ttf file."
        ) from error
    return "fangdi"


def _title(words: str, font: str, *, size: int) -> Paragraph:
    style = ParagraphStyle("title", fontName=font, fontSize=size, leading=size * 1.5, spaceAfter=3, wordWrap="CJK")
    return Paragraph(escape(in_words(words, font)), style)


def _facts(found: Sequence[tuple[str, str]], style: ParagraphStyle) -> Table:
    rows = [[Paragraph(escape(in_words(word, style.fontName)), style) for word in pair] for pair in found]
    return Table(rows, colWidths=[42 * mm, _WIDTH - 42 * mm], style=_grid(head=False))


def _lines(lines: Sequence[ReportLine], look: Look, style: ParagraphStyle) -> Table:
    head = ParagraphStyle("head", parent=style, wordWrap=None, fontSize=7.5, leading=9.5)
    number = ParagraphStyle("number", parent=style, alignment=TA_RIGHT)
    headings = [Paragraph(f"{zh}<br/>{en}", head) for zh, en in _HEADINGS]
    widths = [width * mm for width in _WIDTHS]
    widths.append(_WIDTH - sum(widths))
    body = [
        [
            _cell(cell, number if column in _NUMBERS else style, width=width)
            for column, (cell, width) in enumerate(zip(_cells(line, look), widths, strict=True))
        ]
        for line in lines
    ]
    colours = [
        ("BACKGROUND", (_VERDICT, row), (_VERDICT, row), HexColor(look.colours[line.verdict]))
        for row, line in enumerate(lines, 1)
    ]
    looks = [
        ("FONT", (0, 1), (-1, -1), style.fontName, style.fontSize, style.leading),
        *(("ALIGN", (column, 1), (column, -1), "RIGHT") for column in _NUMBERS),
        *colours,
    ]
    table = Table([headings, *body], colWidths=widths, repeatRows=1, style=_grid(head=True))
    table.setStyle(TableStyle(looks))
    return table


def _cell(words: str, style: ParagraphStyle, *, width: float) -> Paragraph | str:
    """Return words for a cell of a width in points: as they are where they fit on a line.

    Most do, and a paragraph takes ten times as long to set: of a thousand rooms that is seconds.
    """
    words = in_words(words, style.fontName)
    if "\n" not in words and stringWidth(words, style.fontName, style.fontSize) <= width - _PADDING:
        return words
    return Paragraph(_marked(words), style)


def _marked(cell: str) -> str:
    """Return a cell for a paragraph; its further lines are small."""
    first, *others = (escape(line) for line in cell.split("\n"))
    return "<br/>".join([first, *(f'<font size="6.5" color="#5b626c">{line}</font>' for line in others)])


def _cells(line: ReportLine, look: Look) -> list[str]:
    made = line.decisive
    signed = (
        f"{line.decided_by} {line.decided_at.astimezone():%Y-%m-%d %H:%M}"
        if line.decided_by and line.decided_at
        else ""
    )
    return [
        SUBJECTS[line.subject].zh,
        line.label,
        _short(MEASURES[line.measure].zh),
        *(_figure(line, name) for name in FIGURES),
        _difference(made.difference_m2) if made else "—",
        _short(FIGURES[made.against].zh) if made else "—",
        _area(made.tolerance_m2) if made else "—",
        look.names[line.verdict].zh,
        DECISIONS[line.decision].zh,
        "\n".join(words for words in (line.remark or "", signed) if words),
    ]


def _figure(line: ReportLine, name: str) -> str:
    """Return an area; of a sum compared in part, below it over how many rooms, and what figure and plan have there."""
    shown = _area(line.figures.get(name))
    made = next((comparison for comparison in line.comparisons if comparison.against == name), None)
    over = made.compared if made and made.partly else None
    if over is None:
        return shown
    return f"{shown}\n{over.rooms}/{over.of_rooms}间 {over.figure_m2:,.2f}\n实测 {over.measured_m2:,.2f}"


def _difference(value: float | None) -> str:
    """Return a difference with its sign; what rounds to nothing has none."""
    return "—" if value is None else "0.00" if abs(value) < _LEAST_SHOWN_M2 else f"{value:+,.2f}"


def _area(value: float | None) -> str:
    return "—" if value is None else f"{value:,.2f}"


def _partly(report: AuditReport, style: ParagraphStyle) -> list[Any]:
    """Return how to read sums that were compared in part, if there are any."""
    sums = report.of("building", "floor", "agency")
    if not any(comparison.partly for line in sums for comparison in line.comparisons):
        return []
    words = (f"{PARTLY.zh}{_BELOW.zh}", f"{PARTLY.en} {_BELOW.en}")
    return [*(Paragraph(escape(text), style) for text in words), Spacer(1, 2 * mm)]


def _signatures(style: ParagraphStyle) -> Table:
    names = ["核查人 Auditor:", "复核人 Checked by:", "日期 Date:"]
    return Table([[Paragraph(name, style) for name in names]], colWidths=[_WIDTH / 3] * 3)


def _grid(*, head: bool) -> TableStyle:
    commands: list[Any] = [
        ("GRID", (0, 0), (-1, -1), 0.3, _RULE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
        ("BACKGROUND", (0, 0), (-1, 0) if head else (0, -1), _HEAD),
    ]
    return TableStyle(commands)


def _edge(canvas: Any, document: Any, *, report: AuditReport, font: str) -> None:
    canvas.saveState()
    canvas.setFont(font, 7.5)
    canvas.drawString(_MARGIN, 7 * mm, in_words(f"{report.number or DRAFT} · {report.building}", font))
    canvas.drawRightString(_PAGE[0] - _MARGIN, 7 * mm, f"第 {document.page} 页 Page {document.page}")
    canvas.restoreState()
