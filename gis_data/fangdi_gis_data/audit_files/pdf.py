"""An area audit as a document to sign (PDF, A4 landscape): head, sums, then each floor drawn, with its rooms."""

import io
from collections.abc import Sequence
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.platypus import KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.report import DECISIONS, FIGURES, MEASURES, PARTLY, SUBJECTS, AuditReport, ReportLine
from fangdi_gis_data.audit_files import Look
from fangdi_gis_data.audit_files.head import DRAFT, facts
from fangdi_gis_data.audit_files.plan_drawing import draw_floor
from fangdi_gis_data.pdf_parts import MARGIN, PAGE, WIDTH, cell, edge, grid, set_font, text_style, title
from fangdi_gis_data.pdf_parts import facts as facts_table


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
_LEAST_SHOWN_M2 = 0.005
_BELOW = Labels(
    "合计下方小字:俱全间数/总间数、这些房间的该项面积、实测面积。",
    "In small print below a sum: rooms with both of all rooms, their area, and what they measure.",
)


def to_pdf(report: AuditReport, *, look: Look) -> bytes:
    """Write the audit as a PDF.

    Raises:
        SettingsError: the font that was set is no TrueType font.
    """
    font = set_font(look.font)
    text = text_style(font)
    story: list[Any] = [
        title("面积核查表 Area audit", font, size=16),
        facts_table(facts(report, look=look), text),
        Spacer(1, 5 * mm),
        _signatures(text),  # on the first page, however long the tables are
        Spacer(1, 6 * mm),
        title("楼座、楼层和机关 Building, floors and agencies", font, size=11),
        *_partly(report, text),
        _lines(report.of("building", "floor", "agency"), look, text),
    ]
    for floor in report.floors:
        lines = [line for line in report.of("room") if line.floor == floor.key]
        drawing = draw_floor(floor, look=look, font=font, width=WIDTH, height=PAGE[1] - 2 * MARGIN - 50)
        heading = title(floor.name, font, size=12)
        story += [PageBreak(), KeepTogether([heading, drawing]) if drawing else heading]
        if lines:
            story += [PageBreak(), title(f"{floor.name}:房间 Rooms", font, size=11), _lines(lines, look, text)]
    out = io.BytesIO()
    below = partial(edge, words=f"{report.number or DRAFT} · {report.building}", font=font)
    document = SimpleDocTemplate(
        out,
        pagesize=PAGE,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=f"面积核查 {report.number or ''} {report.building}".strip(),
        author=report.accepted_by or report.made_by,
        invariant=True,  # the same audit gives the same bytes
    )
    document.build(story, onFirstPage=below, onLaterPages=below)
    return out.getvalue()


def _lines(lines: Sequence[ReportLine], look: Look, style: ParagraphStyle) -> Table:
    head = ParagraphStyle("head", parent=style, wordWrap=None, fontSize=7.5, leading=9.5)
    number = ParagraphStyle("number", parent=style, alignment=TA_RIGHT)
    headings = [Paragraph(f"{zh}<br/>{en}", head) for zh, en in _HEADINGS]
    widths = [width * mm for width in _WIDTHS]
    widths.append(WIDTH - sum(widths))
    body = [
        [
            cell(words, number if column in _NUMBERS else style, width=width)
            for column, (words, width) in enumerate(zip(_cells(line, look), widths, strict=True))
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
    table = Table([headings, *body], colWidths=widths, repeatRows=1, style=grid(head=True))
    table.setStyle(TableStyle(looks))
    return table


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
    return Table([[Paragraph(name, style) for name in names]], colWidths=[WIDTH / 3] * 3)
