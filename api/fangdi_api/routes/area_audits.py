"""Area audits (面积核查): registered, planned, declared and stated areas against what the plan measures."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.service import area_audits as service
from fangdi.service import audit as audit_trail
from fangdi.service import audit_reports
from fangdi.store import area_audits as store
from fangdi_api.deps import MAX_ID, AppSettings, BuildingId, Database, Day, Paging, RowId, may
from fangdi_api.noting import Noting, Reads
from fangdi_api.paging import encode, page_request
from fangdi_api.plan_files import Auditing, Tools
from fangdi_api.schemas import area_audits as shapes
from fangdi_api.schemas.common import ERRORS, PageOf
from fangdi_gis_data.audit_files import MEDIA_TYPES

router = APIRouter(tags=["area audits"], responses=ERRORS)

LineId = Annotated[int, Path(ge=1, le=MAX_ID, description="Id of a line of the audit.", examples=[1])]


class AuditForm(StrEnum):
    """Formats of a written audit."""

    XLSX = "xlsx"
    PDF = "pdf"
    GPKG = "gpkg"


Form = Annotated[AuditForm, Query(alias="format", description="Format of the file.", examples=["pdf"])]
FILES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The audit as a file.", "content": {media_type: {} for media_type in MEDIA_TYPES.values()}}
}
PlanId = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only audits of this plan.")]


@router.post("/plans/{plan_id}/audits", status_code=201)
def make_audit(  # noqa: PLR0913, PLR0917 - one parameter a part of the request
    auditing: Auditing, tools: Tools, chosen: AppSettings, plan_id: RowId, as_of: Day, wanted: shapes.AuditWanted
) -> shapes.AuditDetail:
    """Draft an audit of a plan; nothing is accepted yet."""
    accuracy = wanted.accuracy or chosen.accuracy_class
    with auditing() as connection:
        number = service.make(connection, plan_id, tools.on_map, accuracy=accuracy, as_of=as_of)
        return _detail(connection, number)


@router.get("/audits")
def audits(
    connection: Database, paging: Paging, reads: Reads, building_id: BuildingId = None, plan_id: PlanId = None
) -> PageOf[shapes.AuditRow]:
    """List audits, the latest first."""
    wanted = page_request(paging.cursor, limit=paging.limit, shape=(int,))
    page = service.page_of(connection, wanted, building_id=building_id, plan_id=plan_id)
    reads(connection, [("building", row["building_id"]) for row in page.items])
    return PageOf[shapes.AuditRow].model_validate({"items": page.items, "next": encode(page.after)})


@router.get("/audits/{audit_id}")
def area_audit(connection: Database, reads: Reads, audit_id: RowId) -> shapes.AuditDetail:
    """Return an audit with its lines."""
    found = _detail(connection, audit_id)
    rooms = [("room", line.room_id) for line in found.lines if line.room_id is not None]
    reads(connection, [("building", found.building.id), *rooms])
    return found


@router.get("/audits/{audit_id}/export", response_class=Response, responses=FILES)
def export_audit(  # noqa: PLR0913, PLR0917 - one parameter a part of the request
    connection: Database, tools: Tools, chosen: AppSettings, noting: Noting, audit_id: RowId, form: Form
) -> Response:
    """Return an audit as a book (XLSX), as a document with its floors drawn (PDF), or as layers (GeoPackage)."""
    may(connection, Capability.EXPORT)
    report = audit_reports.report(connection, audit_id, tools.on_map)
    content = tools.write_audit(report, form.value, font=chosen.pdf_font)
    name = f"fangdi-audit-{report.number or f'draft-{audit_id}'}.{form}"
    with noting() as own:
        details = {"lines": len(report.lines), "form": form.value}
        audit_trail.note_export(own, name=name, details=details, jurisdiction=report.jurisdiction)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=MEDIA_TYPES[form], headers=headers)


@router.put("/audits/{audit_id}/lines/{line_id}")
def decide(auditing: Auditing, audit_id: RowId, line_id: LineId, wanted: shapes.LineDecision) -> shapes.AuditLine:
    """Accept or reject a line, with a remark."""
    with auditing() as connection:
        store.decide(connection, audit_id, line_id, decision=wanted.decision, remark=wanted.remark)
        return shapes.AuditLine.model_validate(store.line(connection, audit_id, line_id))


@router.post("/audits/{audit_id}/accept")
def accept(auditing: Auditing, tools: Tools, audit_id: RowId) -> shapes.AuditDetail:
    """Accept the audit: it gets its number and is frozen. Every line beyond tolerance has to be decided before.

    409 when a newer plan was imported, or figures, rooms or uses changed since it was drafted: audit again.
    """
    with auditing() as connection:
        service.accept(connection, audit_id, tools.on_map)
        return _detail(connection, audit_id)


@router.delete("/audits/{audit_id}", status_code=204)
def delete_audit(auditing: Auditing, audit_id: RowId) -> None:
    """Delete a draft."""
    with auditing() as connection:
        store.delete(connection, audit_id)


def _detail(connection: Connection, number: int) -> shapes.AuditDetail:
    return shapes.AuditDetail.model_validate(service.detail(connection, number))
