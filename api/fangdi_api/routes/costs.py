"""The cost of use (成本租金): rates and their versions, what buildings and agencies cost, and the calculation."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.costs.calculation import DEFINITION
from fangdi.domain.costs.kinds import CostKind
from fangdi.domain.costs.rates import CostRate, Scope
from fangdi.service import cost_documents as documents
from fangdi.service import costs as service
from fangdi.store import costs as store
from fangdi_api.deps import Asked, Database, Day, Format, ReportFormat, RowId, SignedIn, WriteDatabase, may
from fangdi_api.noting import Noting, Reads
from fangdi_api.report_files import FILES, report_file
from fangdi_api.routes.approved_areas import Written
from fangdi_api.schemas import costs as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["costs"], responses=ERRORS)


def _administering(connection: WriteDatabase) -> Connection:
    may(connection, Capability.ADMINISTER_NORMS)
    return connection


Administering = Annotated[Connection, Depends(_administering, scope="function")]


@router.get("/cost-rates")
def cost_rates(
    connection: SignedIn,
    as_of: Day,
    kind: Annotated[CostKind | None, Query(description="Only this kind of rates.")] = None,
    versions: Annotated[bool, Query(description="All versions, past and future, whatever the date.")] = False,  # noqa: FBT002
) -> shapes.CostRatesAnswer:
    """List the rates of the cost of use in force on a date, with what each rests on; or all versions."""
    day = None if versions else as_of
    return shapes.CostRatesAnswer.of(list(store.rate_rows(connection, as_of=day, kind=kind)), day)


@router.post("/cost-rates", status_code=201)
def enter_cost_rate(connection: Administering, wanted: shapes.CostRateToEnter) -> shapes.CostRateAnswer:
    """Enter a new version of a rate; the past stays as it was."""
    rate = CostRate(
        id=0,
        kind=wanted.kind,
        scope=Scope(wanted.jurisdiction_code, wanted.building_id, wanted.structure, wanted.has_lift),
        figure=wanted.figure,
        source=wanted.source,
        verification=wanted.verification,
        valid_from=wanted.valid_from,
    )
    today = date.today()  # noqa: DTZ011 - the day where the server stands is meant
    return shapes.CostRateAnswer.of(service.enter(connection, rate, reason=wanted.reason, today=today))


@router.delete("/cost-rates/{rate_id}", status_code=204)
def withdraw_cost_rate(connection: Administering, rate_id: RowId) -> None:
    """Withdraw a version that has not begun or was entered today; what it ended holds on."""
    service.withdraw(connection, rate_id)


@router.get("/reports/costs/buildings", response_model=shapes.BuildingCostsAnswer, responses=FILES)
def building_costs(
    connection: Database, question: Asked, noting: Noting, reads: Reads, form: Format = ReportFormat.JSON
) -> shapes.BuildingCostsAnswer | Response:
    """Answer what using each building costs a year, and by how much it is above the reasonable level."""
    report = service.of_buildings(connection, question)
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.buildings(connection, report), form, noting)
    answer = shapes.BuildingCostsAnswer.of(report)
    reads(connection, [("building", row.building.id) for row in answer.items])
    return answer


@router.get("/reports/costs/agencies", response_model=shapes.AgencyCostsAnswer, responses=FILES)
def agency_costs(
    connection: Database, question: Asked, noting: Noting, form: Written
) -> shapes.AgencyCostsAnswer | Response:
    """Answer what the use of each agency costs a year, and by how much it is above the reasonable level."""
    report = service.of_agencies(connection, question)
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.agencies(connection, report), form, noting)
    return shapes.AgencyCostsAnswer.of(report)


@router.get("/buildings/{building_id}/cost", response_model=shapes.BuildingCostAnswer, responses=FILES)
def building_cost(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database, building_id: RowId, question: Asked, noting: Noting, reads: Reads, form: Written
) -> shapes.BuildingCostAnswer | Response:
    """Return the whole calculation for one building, with the rate behind every line."""
    found = service.of_building(connection, building_id, question)
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.building(connection, found, question), form, noting)
    reads(connection, [("building", building_id)])
    return shapes.building_answer(found, as_of=question.as_of, definition=DEFINITION)


@router.get("/agencies/{agency_id}/cost", response_model=shapes.AgencyCostAnswer, responses=FILES)
def agency_cost(
    connection: Database, agency_id: RowId, question: Asked, noting: Noting, form: Written
) -> shapes.AgencyCostAnswer | Response:
    """Return what the use of one agency costs, building by building."""
    found = service.of_agency(connection, agency_id, question)
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.agency(connection, found, question), form, noting)
    return shapes.agency_answer(found, as_of=question.as_of, definition=DEFINITION)
