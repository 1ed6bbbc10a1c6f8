"""Tables as books of sheets (XLSX) for people."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from fangdi.domain.rounding import two_decimals
from fangdi.domain.signs import legible
from fangdi.service.report_tables import Cell, Column, Table

DECIMALS = {"number": 2, "area": 2, "square_metres": 2, "percent": 2, "metres": 3, "yuan": 2}
_TWO = 2
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 48  # characters; a longer text is wrapped or cut by the program that shows it


def book(sheets: Iterable[tuple[Table, Sequence[str]]], *, about: Iterable[tuple[str, str]]) -> bytes:
    """Write every table, with its headings, on a sheet of its own, and one that says what the figures mean."""
    from openpyxl import Workbook  # noqa: PLC0415 - slow to import and seldom needed

    written = Workbook()
    written.remove(written.active)
    for table, headings in sheets:
        _fill(written.create_sheet(table.title.zh), table, headings)
    last = written.create_sheet("说明 About")
    for name, value in about:
        last.append([legible(name), safe(value)])
    last.column_dimensions["A"].width, last.column_dimensions["B"].width = 32, 110
    out = io.BytesIO()
    written.save(out)
    return out.getvalue()


def _fill(sheet: Any, table: Table, headings: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    sheet.append([legible(heading) for heading in headings])
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for row in table.rows:
        sheet.append([_typed(value, column) for value, column in zip(row, table.columns, strict=True)])
    formats = {
        **dict.fromkeys(("number", "area", "square_metres", "percent", "yuan"), "#,##0.00"),
        "metres": "#,##0.000",
        "date": "yyyy-mm-dd",
    }
    for number, column in enumerate(table.columns, start=1):
        texts = [column.zh, *(str(row[number - 1]) for row in table.rows[:200])]
        # a Chinese character is about two figures wide
        widest = max(sum(2 if ord(letter) > 0x2E80 else 1 for letter in text) for text in texts)
        sheet.column_dimensions[sheet.cell(1, number).column_letter].width = min(max(widest + 2, 10), _WIDEST)
        if column.kind in formats:
            for (cell,) in sheet.iter_rows(min_row=2, min_col=number, max_col=number):
                whole = column.kind == "number" and isinstance(cell.value, int)
                cell.number_format = "#,##0" if whole else formats[column.kind]
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions


def safe(text: str) -> str:
    """Return a text as a spreadsheet can hold it, and never as a formula: a leading apostrophe makes it text."""
    kept = legible(text)
    return f"'{kept}" if kept.startswith(_FORMULA_STARTS) else kept


def _typed(value: Cell, column: Column) -> Cell:
    if isinstance(value, str):
        return safe(value)
    return decimals(value, column) if isinstance(value, float) else value


def decimals(value: float, column: Column) -> float:
    """Return a figure with as many decimals as its column has: by the one rule where that is two."""
    digits = DECIMALS.get(column.kind, 2)
    return two_decimals(value) if digits == _TWO else round(value, digits)
