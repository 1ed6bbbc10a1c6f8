"""Sheets as files to download, noted in the audit trail: books (XLSX) and documents to sign (PDF)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from fastapi import Response
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.common import Definition
from fangdi.service import audit, export
from fangdi.service.documents import dated
from fangdi.service.report_tables import Document
from fangdi.settings import Settings
from fangdi_api.deps import may
from fangdi_api.noting import Writer

PDF = "application/pdf"


class SheetFile(StrEnum):
    """How a sheet is written."""

    XLSX = "xlsx"
    PDF = "pdf"


class SheetFormat(StrEnum):
    """How a sheet is answered."""

    JSON = "json"
    XLSX = "xlsx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class SheetOf:
    """What kind of sheet it is, and whose."""

    title: Definition
    subject: str


FILES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The sheet.", "content": {export.MEDIA_TYPES["xlsx"]: {}, PDF: {}}}
}


def sheet_file(  # noqa: PLR0913 - one parameter a part of the file
    connection: Connection, document: Document, form: SheetFile, *, sheet: SheetOf, chosen: Settings, noting: Writer
) -> Response:
    """Return a sheet as a file to those who may export, and note it."""
    may(connection, Capability.EXPORT)
    name = f"fangdi-{document.name}-{document.question.as_of}.{form}"
    written = dated(connection, document)
    content = _pdf(written, sheet, chosen) if form is SheetFile.PDF else export.write(written, form.value)
    with noting() as own:
        rows = sum(len(table.rows) for table in document.tables)
        audit.note_export(own, name=name, details={"rows": rows, "form": form.value}, jurisdiction=None)
    return Response(
        content,
        media_type=PDF if form is SheetFile.PDF else export.MEDIA_TYPES["xlsx"],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def _pdf(document: Document, sheet: SheetOf, chosen: Settings) -> bytes:
    from fangdi_gis_data.document_pdf import to_pdf  # noqa: PLC0415 - loads slowly
    from fangdi_gis_data.pdf_parts import set_font  # noqa: PLC0415

    return to_pdf(document, heading_of=sheet.title, subject=sheet.subject, font=set_font(chosen.pdf_font))
