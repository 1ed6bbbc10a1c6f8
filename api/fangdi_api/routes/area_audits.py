"""Area audits (面积核查): registered, declared and stated areas against what the plan measures."""

from typing import Annotated

from fastapi import APIRouter, Path, Query

from fangdi_api.deps import MAX_ID, BuildingId, Database, Paging, RowId
from fangdi_api.noting import Noting
from fangdi_api.schemas import area_audits as shapes
from fangdi_api.schemas.common import ERRORS, PageOf

router = APIRouter(tags=["area audits"], responses=ERRORS)

LineId = Annotated[int, Path(ge=1, le=MAX_ID, description="Id of a line of the audit.", examples=[1])]
PlanId = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only audits of this plan.")]


@router.post("/plans/{plan_id}/audits", status_code=201)
def make_audit(noting: Noting, plan_id: RowId, wanted: shapes.AuditWanted) -> shapes.AuditDetail:
    """Draft an audit of a plan; nothing is accepted yet."""
    raise NotImplementedError


@router.get("/audits")
def audits(
    connection: Database, paging: Paging, building_id: BuildingId = None, plan_id: PlanId = None
) -> PageOf[shapes.AuditRow]:
    """List audits, the latest first."""
    raise NotImplementedError


@router.get("/audits/{audit_id}")
def audit(connection: Database, audit_id: RowId) -> shapes.AuditDetail:
    """Return an audit with its lines."""
    raise NotImplementedError


@router.put("/audits/{audit_id}/lines/{line_id}")
def decide(noting: Noting, audit_id: RowId, line_id: LineId, wanted: shapes.LineDecision) -> shapes.AuditLine:
    """Accept or reject a line, with a remark."""
    raise NotImplementedError


@router.post("/audits/{audit_id}/accept")
def accept(noting: Noting, audit_id: RowId) -> shapes.AuditDetail:
    """Accept the audit: it gets its number and is frozen. Every line beyond tolerance has to be decided before."""
    raise NotImplementedError


@router.delete("/audits/{audit_id}", status_code=204)
def delete_audit(noting: Noting, audit_id: RowId) -> None:
    """Delete a draft."""
    raise NotImplementedError
