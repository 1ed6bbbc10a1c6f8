"""The three answers: usable area per agency, idle rooms, and the reach of the zones."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from fangdi.domain.idle import IdleFilter
from fangdi.domain.usage import UsageFilter
from fangdi.service import documents
from fangdi.service import reports as service
from fangdi.service.summary import summarise_buildings
from fangdi_api.deps import (
    MAX_ID,
    AgencyId,
    Asked,
    AskedReach,
    BuildingId,
    Category,
    Database,
    Format,
    Paging,
    ReportFormat,
)
from fangdi_api.noting import Noting, Reads
from fangdi_api.paging import page_request
from fangdi_api.problems import wrong_query
from fangdi_api.report_files import FILES, report_file
from fangdi_api.schemas import reports as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["reports"], responses=ERRORS)

AreaLimit = Annotated[float | None, Query(ge=0, le=1e9, allow_inf_nan=False, description="Usable area in m².")]


def usage_filter(agency_id: AgencyId = None, building_id: BuildingId = None, category: Category = None) -> UsageFilter:
    """Return what to look for in areas."""
    return UsageFilter(agency_id, building_id, category)


def rooms_filter(
    agency_id: Annotated[int, Query(ge=1, le=MAX_ID, description="Whose rooms.")],
    building_id: BuildingId = None,
    category: Category = None,
) -> UsageFilter:
    """Return whose rooms to list."""
    return UsageFilter(agency_id, building_id, category)


def idle_filter(
    building_id: BuildingId = None,
    category: Category = None,
    min_area_m2: AreaLimit = None,
    max_area_m2: AreaLimit = None,
    min_days: Annotated[int | None, Query(ge=0, le=1_000_000, description="Idle for at least so many days.")] = None,
) -> IdleFilter:
    """Return what to look for in idle rooms."""
    if min_area_m2 is not None and max_area_m2 is not None and min_area_m2 > max_area_m2:
        raise wrong_query(
            min_area_m2=f"不得大于 max_area_m2({max_area_m2:g})。 must not be above max_area_m2, {max_area_m2:g}",
            max_area_m2=f"不得小于 min_area_m2({min_area_m2:g})。 must not be below min_area_m2, {min_area_m2:g}",
        )
    return IdleFilter(building_id, category, min_area_m2, max_area_m2, min_days)


@router.get("/reports/areas", response_model=shapes.AreasAnswer, responses=FILES)
def areas(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    question: Asked,
    wanted: Annotated[UsageFilter, Depends(usage_filter)],
    paging: Paging,
    noting: Noting,
    reads: Reads,
    form: Format = ReportFormat.JSON,
) -> shapes.AreasAnswer | Response:
    """Answer how much usable area (使用面积) each agency has, by building and category."""
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.areas(connection, question, wanted), form, noting)
    page = page_request(paging.cursor, limit=paging.limit, shape=(int, int, str))
    answer = shapes.AreasAnswer.of(service.areas(connection, question, wanted, page=page))
    reads(connection, [("building", row.building.id) for row in answer.items])
    return answer


@router.get("/reports/areas/agencies")
def areas_of_agencies(connection: Database, question: Asked) -> shapes.AgenciesAnswer:
    """Answer how much usable area each agency has in all its buildings, and per authorised post (人均)."""
    return shapes.AgenciesAnswer.of(service.areas_of_agencies(connection, question))


@router.get("/reports/areas/rooms")
def rooms_behind(
    connection: Database,
    question: Asked,
    wanted: Annotated[UsageFilter, Depends(rooms_filter)],
    paging: Paging,
    reads: Reads,
) -> shapes.RoomsAnswer:
    """Answer which rooms stand behind an agency's figure (房间明细), with the share that counts."""
    page = page_request(paging.cursor, limit=paging.limit, shape=(int,))
    answer = shapes.RoomsAnswer.of(service.rooms_behind(connection, question, wanted, page=page))
    reads(connection, [("room", row.id) for row in answer.items])
    return answer


@router.get("/reports/idle", response_model=shapes.IdleAnswer, responses=FILES)
def idle(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    question: Asked,
    wanted: Annotated[IdleFilter, Depends(idle_filter)],
    paging: Paging,
    noting: Noting,
    reads: Reads,
    form: Format = ReportFormat.JSON,
) -> shapes.IdleAnswer | Response:
    """Answer which rooms are idle (闲置), since when, and how much area that is."""
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.idle(connection, question, wanted), form, noting)
    page = page_request(paging.cursor, limit=paging.limit, shape=(int, int))
    answer = shapes.IdleAnswer.of(service.idle(connection, question, wanted, page=page))
    reads(connection, [("room", row.room.id) for row in answer.items])
    return answer


@router.get("/reports/coverage", response_model=shapes.CoverageAnswer, responses=FILES)
def coverage(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    question: Asked,
    reach: AskedReach,
    noting: Noting,
    reads: Reads,
    form: Format = ReportFormat.JSON,
) -> shapes.CoverageAnswer | Response:
    """Answer how far the concentrated-office zones (集中办公区) reach: agencies, posts and area in each band."""
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.coverage(connection, question, reach), form, noting)
    answer = shapes.CoverageAnswer.of(service.coverage(connection, question, reach))
    reads(connection, [("building", row.id) for row in answer.buildings])
    return answer


@router.get("/buildings/summary")
def building_summary(connection: Database, question: Asked, reach: AskedReach, reads: Reads) -> shapes.SummaryAnswer:
    """Return what the map colours buildings by: idle share, main agency, title, tenure, band."""
    items = list(summarise_buildings(connection, question, reach))
    reads(connection, [("building", item.id) for item in items])
    return shapes.SummaryAnswer.model_validate({"as_of": question.as_of, "basis": question.basis, "items": items})
