"""Reports as files: CSV and XLSX for people, JSON and GeoJSON for other systems."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from fangdi.domain.labels import BASES
from fangdi.service.report_tables import Cell, Column, Document, Table

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "json": "application/json",
}
_DECIMALS = {"area": 2, "metres": 3}
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 48  # characters; a longer text is wrapped or cut by the program that shows it


def write(document: Document, form: str) -> bytes:
    """Write a report in one of the formats of MEDIA_TYPES."""
    writers = {"csv": to_csv, "xlsx": to_xlsx, "geojson": to_geojson, "json": to_json}
    return writers[form](document)


def to_csv(document: Document) -> bytes:
    """Write the main table: UTF-8 with a byte order mark, without which Excel garbles Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_heading(column, document) for column in document.main.columns])
    for row in document.main.rows:
        writer.writerow([_plain(value, column) for value, column in zip(row, document.main.columns, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(document: Document) -> bytes:
    """Write every table on a sheet of its own, and one that says what the figures mean."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import and seldom needed

    book = Workbook()
    book.remove(book.active)
    for table in document.tables:
        _fill(book.create_sheet(table.title.zh), table, [_heading(column, document) for column in table.columns])
    about = book.create_sheet("说明 About")
    for name, value in _about(document):
        about.append([name, _safe(value)])
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 32, 110
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def to_geojson(document: Document) -> bytes:
    """Write the rows that lie somewhere as points (RFC 7946; CGCS2000 and WGS 84 differ by less than a metre)."""
    table = document.placed
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": place},
            "properties": {column.key: _json(value, column) for column, value in zip(table.columns, row, strict=True)},
        }
        for row, place in zip(table.rows, table.places or (), strict=True)
    ]
    # RFC 7946, 6.1: members of our own beside the standard ones
    about = {"report": document.name, "about": dict(_about(document))}
    collection = {"type": "FeatureCollection", **about, "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def to_json(document: Document) -> bytes:
    """Write every table as a list of objects, with what the figures mean."""
    question, notice = document.question, document.sample_notice
    content = {
        "report": document.name,
        "as_of": question.as_of.isoformat(),
        "basis": question.basis,
        "jurisdiction": question.jurisdiction,
        "definition": {"zh": document.definition.zh, "en": document.definition.en},
        "sample_notice": {"zh": notice.zh, "en": notice.en} if notice else None,
        "facts": {name.en: value for name, value in document.facts},
        **{table.key: [_object(row, table.columns) for row in table.rows] for table in document.tables},
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _object(row: Sequence[Cell], columns: Sequence[Column]) -> dict[str, Any]:
    return {column.key: _json(value, column) for column, value in zip(columns, row, strict=True)}


def _fill(sheet: Any, table: Table, headings: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    sheet.append(list(headings))
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for row in table.rows:
        sheet.append([_typed(value, column) for value, column in zip(row, table.columns, strict=True)])
    formats = {"area": "#,##0.00", "metres": "#,##0.000", "date": "yyyy-mm-dd"}
    for number, column in enumerate(table.columns, start=1):
        texts = [column.zh, *(str(row[number - 1]) for row in table.rows[:200])]
        # a Chinese character is about two figures wide
        widest = max(sum(2 if ord(letter) > 0x2E80 else 1 for letter in text) for text in texts)
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = min(max(widest + 2, 10), _WIDEST)
        if column.kind in formats:
            for (cell,) in sheet.iter_rows(min_row=2, min_col=number, max_col=number):
                cell.number_format = formats[column.kind]
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def _about(document: Document) -> list[tuple[str, str]]:
    basis = BASES[document.question.basis]
    notice = document.sample_notice
    return [
        *([("注意 Notice", f"{notice.zh} {notice.en}")] if notice else []),
        ("基准日 As of", document.question.as_of.isoformat()),
        ("面积口径 Basis", f"{basis.zh} {basis.en} ({document.question.basis})"),
        ("面积单位 Unit", "㎡ m²"),
        ("行政区 Jurisdiction", document.question.jurisdiction or "全部 all"),
        ("坐标系 CRS", "CGCS2000, EPSG:4490, 经度在前 longitude first"),
        ("定义", document.definition.zh),
        ("Definition", document.definition.en),
        *((f"{name.zh} {name.en}", value) for name, value in document.facts),
        *((f"{table.title.zh} {table.title.en}", str(len(table.rows))) for table in document.tables),
    ]


def _heading(column: Column, document: Document) -> str:
    """Return a heading that stands by itself: an area says its unit and basis."""
    if column.kind != "area":
        return f"{column.zh} {column.en}"
    basis = BASES[document.question.basis]
    return f"{column.zh}(㎡,{basis.zh}) {column.en} (m², {basis.en.lower()})"


def _safe(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula: a leading apostrophe makes it text."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _typed(value: Cell, column: Column) -> Cell:
    if isinstance(value, str):
        return _safe(value)
    return round(value, _DECIMALS.get(column.kind, 2)) if isinstance(value, float) else value


def _plain(value: Cell, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.{_DECIMALS.get(column.kind, 2)}f}"
    return _safe(value) if isinstance(value, str) else str(value)


def _json(value: Cell, column: Column) -> Any:
    if isinstance(value, float):
        return round(value, _DECIMALS.get(column.kind, 2))
    return value.isoformat() if isinstance(value, date) else value
