"""Approved areas (核定面积): what agencies are entitled to, step by step, and approvals by hand."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.norms.entitlement import ApprovalWanted
from fangdi.service import approved_areas as service
from fangdi.service import approved_documents as documents
from fangdi.store import approved_areas as store
from fangdi_api.deps import Asked, Database, Format, ReportFormat, RowId, WriteDatabase, may
from fangdi_api.noting import Noting
from fangdi_api.problems import wrong_query
from fangdi_api.report_files import FILES, report_file
from fangdi_api.schemas import approved_areas as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["approved areas"], responses=ERRORS)


def _approving(connection: WriteDatabase) -> Connection:
    may(connection, Capability.ADMINISTER_NORMS)
    return connection


Number = Annotated[int, Path(ge=1, lt=1 << 63, description="Id of the approval.", examples=[1])]
Approving = Annotated[Connection, Depends(_approving, scope="function")]


def written(form: Format = ReportFormat.JSON) -> ReportFormat:
    """Return the format; agencies lie nowhere, so that there is no GeoJSON."""
    if form is ReportFormat.GEOJSON:
        raise wrong_query(
            format="只能是 json、csv 或 xlsx:单位没有自身的位置。 "
            "must be json, csv or xlsx here: agencies have no place of their own"
        )
    return form


Written = Annotated[ReportFormat, Depends(written)]


@router.get("/reports/approved-areas", response_model=shapes.EntitlementsAnswer, responses=FILES)
def approved_areas(
    connection: Database, question: Asked, noting: Noting, form: Written
) -> shapes.EntitlementsAnswer | Response:
    """Answer what each agency is entitled to by its authorised posts, what it uses, and by how much it is over."""
    report = service.entitlements(connection, question)
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.entitlements(connection, report), form, noting)
    return shapes.EntitlementsAnswer.of(report)


@router.get("/agencies/{agency_id}/approved-area", response_model=shapes.EntitlementAnswer, responses=FILES)
def approved_area(
    connection: Database, agency_id: RowId, question: Asked, noting: Noting, form: Written
) -> shapes.EntitlementAnswer | Response:
    """Return the whole calculation for one agency (面积核定表), with the norm behind every line."""
    found = service.entitlement(connection, agency_id, question)
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.calculation(connection, found, question), form, noting)
    approvals = [shapes.ApprovalAnswer.model_validate(one) for one in store.approvals(connection, agency_id)]
    return shapes.entitlement_answer(found, approvals, as_of=question.as_of, basis=question.basis)


@router.post("/agencies/{agency_id}/approvals", status_code=201)
def enter_approval(
    connection: Approving, agency_id: RowId, wanted: shapes.ApprovalToEnter
) -> list[shapes.ApprovalAnswer]:
    """Enter an approval by hand (核定批复), which holds instead of the computed area; return all of the agency."""
    asked = ApprovalWanted(
        total=wanted.total_m2,
        office=wanted.office_m2,
        service=wanted.service_m2,
        equipment=wanted.equipment_m2,
        **wanted.model_dump(include={"document_no", "issued_on", "issued_by", "remark", "valid_from", "valid_until"}),
    )
    today = date.today()  # noqa: DTZ011 - the day where the server stands is meant
    found = service.enter_approval(connection, agency_id, asked, today=today)
    return [shapes.ApprovalAnswer.model_validate(one) for one in found]


@router.post("/agencies/{agency_id}/approvals/{record_id}/end")
def end_approval(
    connection: Approving, agency_id: RowId, record_id: Number, wanted: shapes.ApprovalEnd
) -> list[shapes.ApprovalAnswer]:
    """End an approval by hand sooner than it would; return all of the agency."""
    found = service.end_approval(connection, agency_id, record_id, ends=wanted.ends)
    return [shapes.ApprovalAnswer.model_validate(one) for one in found]


@router.delete("/agencies/{agency_id}/approvals/{record_id}")
def withdraw_approval(connection: Approving, agency_id: RowId, record_id: Number) -> list[shapes.ApprovalAnswer]:
    """Take back an approval that was entered today by mistake; the one it ended holds on, and the trail keeps it."""
    found = service.withdraw_approval(connection, agency_id, record_id)
    return [shapes.ApprovalAnswer.model_validate(one) for one in found]
