"""A report as a document to print and sign (PDF, A4 landscape): what it is about, then its tables."""

import io
from collections.abc import Sequence
from functools import partial
from typing import Any
from xml.sax.saxutils import escape

from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from fangdi.domain.common import Definition
from fangdi.domain.labels import BASES
from fangdi.domain.signs import legible
from fangdi.service.export import plain
from fangdi.service.report_tables import COVERS, UNIT_SIGNS, Cell, Column, Document
from fangdi.service.report_tables import Table as ReportTable
from fangdi.service.sheets import DECIMALS
from fangdi_gis_data.letters import in_words
from fangdi_gis_data.pdf_parts import (
    MARGIN,
    PADDING,
    PAGE,
    WIDTH,
    cell,
    edge,
    facts,
    grid,
    text_style,
    title,
)

_NUMBERS = {"count", "number", "area", "square_metres", "percent", "metres", "yuan"}
_WIDEST, _NARROWEST = 70 * mm, 13 * mm
_NOTHING = Definition("无", "None")


def to_pdf(document: Document, *, heading_of: Definition, subject: str, font: str) -> bytes:
    """Write a report about a subject under a heading; `font` comes from `pdf_parts.set_font`."""
    text = text_style(font)
    story: list[Any] = [
        title(f"{heading_of.zh} {heading_of.en}", font, size=12),
        title(subject, font, size=16),
        facts(_said_first(document), text),
    ]
    for table in document.tables:
        story += [Spacer(1, 5 * mm), title(f"{table.title.zh} {table.title.en}", font, size=11)]
        story.append(_table(table, text) if table.rows else Paragraph(f"{_NOTHING.zh} {_NOTHING.en}", text))
    story += [Spacer(1, 6 * mm), _signatures(text)]
    meant = [("定义", document.definition.zh), ("Definition", document.definition.en)]
    story += [Spacer(1, 6 * mm), facts(meant, text)]
    out = io.BytesIO()
    below = partial(edge, words=f"{heading_of.zh} · {subject} · {document.question.as_of}", font=font)
    written = SimpleDocTemplate(
        out,
        pagesize=PAGE,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=f"{heading_of.zh} {subject}",
        invariant=True,  # the same report gives the same bytes
    )
    written.build(story, onFirstPage=below, onLaterPages=below)
    return out.getvalue()


def _said_first(document: Document) -> list[tuple[str, str]]:
    """Return what a reader must know before the figures."""
    notice, basis = document.sample_notice, BASES[document.question.basis]
    return [
        *([("注意 Notice", f"{notice.zh} {notice.en}")] if notice else []),
        ("基准日 As of", document.question.as_of.isoformat()),
        ("面积口径 Basis", f"{basis.zh} {basis.en}"),
        ("范围 Covers", f"{COVERS.zh} {COVERS.en}"),
        *((f"{name.zh} {name.en}", legible(value)) for name, value in document.facts),
    ]


def _table(table: ReportTable, style: ParagraphStyle) -> Table:
    number = ParagraphStyle("number", parent=style, alignment=TA_RIGHT)
    shown = [place for place, column in enumerate(table.columns) if not column.internal and not _is_empty(table, place)]
    columns = [table.columns[place] for place in shown]
    body = [[_written(row[place], table.columns[place]) for place in shown] for row in table.rows]
    widths = _widths(columns, body, style)
    styles = [number if column.kind in _NUMBERS else style for column in columns]
    cells = [
        [cell(words, how, width=width) for words, how, width in zip(row, styles, widths, strict=True)] for row in body
    ]
    headings = [_heading(column, style) for column in columns]
    set_table = Table([headings, *cells], colWidths=widths, repeatRows=1, style=grid(head=True))
    right = [place for place, column in enumerate(columns) if column.kind in _NUMBERS]
    set_table.setStyle(
        [
            ("FONT", (0, 1), (-1, -1), style.fontName, style.fontSize, style.leading),
            *(("ALIGN", (place, 1), (place, -1), "RIGHT") for place in right),
        ]
    )
    return set_table


def _written(value: Cell, column: Column) -> str:
    """Return a value as people read it: figures with thousands apart."""
    if isinstance(value, float):
        return f"{value:,.{DECIMALS.get(column.kind, 2)}f}"
    return f"{value:,}" if isinstance(value, int) else plain(value, column)


def _is_empty(table: ReportTable, place: int) -> bool:
    """Whether a column of areas holds nothing, as that of a category that nobody has."""
    return table.columns[place].kind == "area" and not any(row[place] for row in table.rows)


def _heading(column: Column, style: ParagraphStyle) -> list[Paragraph]:
    """Return a heading: Chinese with the unit, and English below; the basis stands above."""
    head = ParagraphStyle("head", parent=style, fontSize=7.5, leading=9.5)
    below = ParagraphStyle("below", parent=head, wordWrap=None, fontSize=7)
    unit = UNIT_SIGNS.get(column.kind)
    words = (f"{column.zh}({unit})" if unit else column.zh, column.en)
    zh, en = (escape(in_words(one, style.fontName)) for one in words)
    return [Paragraph(zh, head), Paragraph(en, below)]


def _widths(columns: Sequence[Column], body: Sequence[Sequence[str]], style: ParagraphStyle) -> list[float]:
    """Return widths that fill the page: as wide as what stands in a column, drawn together or apart to fit."""
    wanted = []
    for place, column in enumerate(columns):
        texts = [f"{column.zh}(㎡)", *(row[place] for row in body)]
        widest = max(stringWidth(text, style.fontName, style.fontSize) for text in texts) + PADDING + 1
        wanted.append(min(max(widest, _NARROWEST), _WIDEST))
    return [width * WIDTH / sum(wanted) for width in wanted]


def _signatures(style: ParagraphStyle) -> Table:
    names = ["制表人 Made by:", "审核人 Checked by:", "日期 Date:"]
    return Table([[Paragraph(name, style) for name in names]], colWidths=[WIDTH / 3] * 3)
