"""Area audits as files: a book of sheets (XLSX), a signed-off document with drawings (PDF), layers (GeoPackage)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.report import AuditReport

MEDIA_TYPES: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "gpkg": "application/geopackage+sqlite3",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How verdicts are coloured (#rrggbb) and called, as the map has them; and a TrueType font with Chinese.

    Without a font the PDF names the standard one of Chinese documents (STSong), which the reader's program has to have.
    """

    colours: Mapping[str, str]
    names: Mapping[str, Labels]
    font: Path | None = None


def write(report: AuditReport, form: str, *, look: Look) -> bytes:
    """Write an audit in one of the formats of MEDIA_TYPES."""
    if form == "xlsx":
        from fangdi_gis_data.audit_files.sheets import to_xlsx  # noqa: PLC0415 - each is slow to import

        return to_xlsx(report, look=look)
    if form == "pdf":
        from fangdi_gis_data.audit_files.pdf import to_pdf  # noqa: PLC0415

        return to_pdf(report, look=look)
    from fangdi_gis_data.audit_files.layers import to_geopackage  # noqa: PLC0415

    return to_geopackage(report, look=look)
