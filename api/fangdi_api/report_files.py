"""Reports as files to download, noted in the audit trail."""

from typing import Any

from fastapi import Response
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.service import audit, export
from fangdi.service.documents import dated
from fangdi.service.report_tables import Document
from fangdi_api.deps import ReportFormat, may
from fangdi_api.noting import Writer

FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The report: one page as JSON, or all of it as a file.",
        "content": {media_type.partition(";")[0]: {} for media_type in export.MEDIA_TYPES.values()},
    }
}


def report_file(connection: Connection, document: Document, form: ReportFormat, noting: Writer) -> Response:
    """Return a report as a file to those who may export, and note it."""
    may(connection, Capability.EXPORT)
    question = document.question
    name = f"fangdi-{document.name}-{question.as_of}-{question.basis}.{form}"
    content = export.write(dated(connection, document), form)
    with noting() as own:
        rows = sum(len(table.rows) for table in document.tables)
        audit.note_export(own, name=name, details={"rows": rows, "form": form}, jurisdiction=question.jurisdiction)
    return Response(
        content,
        media_type=export.MEDIA_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
