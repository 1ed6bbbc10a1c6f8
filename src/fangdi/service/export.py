"""Reports as files: CSV and XLSX for people, JSON and GeoJSON for other systems."""

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from fangdi.domain.labels import BASES
from fangdi.domain.signs import legible
from fangdi.service.report_tables import COVERS, UNIT_SIGNS, Cell, Column, Document
from fangdi.service.sheets import DECIMALS, book, decimals, safe

MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "geojson": "application/geo+json",
    "json": "application/json",
}


def write(document: Document, form: str) -> bytes:
    """Write a report in one of the formats of MEDIA_TYPES."""
    writers = {"csv": to_csv, "xlsx": to_xlsx, "geojson": to_geojson, "json": to_json}
    return writers[form](document)


def to_csv(document: Document) -> bytes:
    """Write the main table: UTF-8 with a byte order mark, without which Excel garbles Chinese."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([heading(column, document) for column in document.main.columns])
    for row in document.main.rows:
        writer.writerow([plain(value, column) for value, column in zip(row, document.main.columns, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def to_xlsx(document: Document) -> bytes:
    """Write every table on a sheet of its own, and one that says what the figures mean."""
    sheets = [(table, [heading(column, document) for column in table.columns]) for table in document.tables]
    return book(sheets, about=about(document))


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
    said = {"report": document.name, "about": dict(about(document))}
    collection = {"type": "FeatureCollection", **said, "features": features}
    return json.dumps(collection, ensure_ascii=False, separators=(",", ":")).encode()


def to_json(document: Document) -> bytes:
    """Write every table as a list of objects, with what the figures mean."""
    question, notice = document.question, document.sample_notice
    content = {
        "report": document.name,
        "as_of": question.as_of.isoformat(),
        "basis": question.basis,
        "jurisdiction": question.jurisdiction,
        "covers": {"zh": COVERS.zh, "en": COVERS.en},
        "definition": {"zh": document.definition.zh, "en": document.definition.en},
        "sample_notice": {"zh": notice.zh, "en": notice.en} if notice else None,
        "facts": {name.en: legible(value) for name, value in document.facts},
        **{table.key: [_object(row, table.columns) for row in table.rows] for table in document.tables},
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _object(row: Sequence[Cell], columns: Sequence[Column]) -> dict[str, Any]:
    return {column.key: _json(value, column) for column, value in zip(columns, row, strict=True)}


def about(document: Document) -> list[tuple[str, str]]:
    """Return what must be said about the figures of a report: names and values."""
    basis = BASES[document.question.basis]
    notice = document.sample_notice
    return [
        *([("注意 Notice", f"{notice.zh} {notice.en}")] if notice else []),
        ("基准日 As of", document.question.as_of.isoformat()),
        ("面积口径 Basis", f"{basis.zh} {basis.en} ({document.question.basis})"),
        ("面积单位 Unit", "㎡ m²"),
        ("行政区 Jurisdiction", document.question.jurisdiction or "全部 all"),
        ("范围 Covers", f"{COVERS.zh} {COVERS.en}"),
        ("坐标系 CRS", "CGCS2000, EPSG:4490, 经度在前 longitude first"),
        ("定义", document.definition.zh),
        ("Definition", document.definition.en),
        *((f"{name.zh} {name.en}", legible(value)) for name, value in document.facts),
        *((f"{table.title.zh} {table.title.en}", str(len(table.rows))) for table in document.tables),
    ]


def heading(column: Column, document: Document) -> str:
    """Return a heading that stands by itself: an area says its unit and basis."""
    sign = UNIT_SIGNS.get(column.kind)
    if sign is None:
        return f"{column.zh} {column.en}"
    unit = {"㎡": "m²", "元": "yuan"}.get(sign, sign)
    if column.kind != "area":
        return f"{column.zh}({sign}) {column.en} ({unit})"
    basis = BASES[document.question.basis]
    return f"{column.zh}({sign},{basis.zh}) {column.en} ({unit}, {basis.en.lower()})"


def plain(value: Cell, column: Column) -> str:
    """Return a value as text: areas with two decimals, unknown as nothing."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{decimals(value, column):.{DECIMALS.get(column.kind, 2)}f}"
    return safe(value) if isinstance(value, str) else str(value)


def _json(value: Cell, column: Column) -> Any:
    if isinstance(value, float):
        return decimals(value, column)
    if isinstance(value, str):
        return legible(value)
    return value.isoformat() if isinstance(value, date) else value
