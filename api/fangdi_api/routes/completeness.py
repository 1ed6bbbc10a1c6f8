"""Completeness of the data of buildings (数据完整度): a traffic light, its rule, and the list behind it."""

from fastapi import APIRouter, Response

from fangdi.service import completeness as service
from fangdi_api.deps import Asked, Database, Format, ReportFormat, RowId
from fangdi_api.noting import Noting, Reads
from fangdi_api.report_files import FILES, report_file
from fangdi_api.schemas import completeness as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["use"], responses=ERRORS)


@router.get("/reports/completeness", response_model=shapes.CompletenessAnswer, responses=FILES)
def completeness(
    connection: Database, question: Asked, noting: Noting, reads: Reads, form: Format = ReportFormat.JSON
) -> shapes.CompletenessAnswer | Response:
    """Answer how complete the data of every building are, the worst first, and by which rule."""
    report = service.report(connection, question)
    if form is not ReportFormat.JSON:
        return report_file(connection, service.document(connection, report), form, noting)
    answer = shapes.CompletenessAnswer.of(report)
    reads(connection, [("building", one.building.id) for one in answer.items])
    return answer


@router.get("/buildings/{building_id}/completeness")
def building_completeness(
    connection: Database, building_id: RowId, question: Asked, reads: Reads
) -> shapes.BuildingCompletenessAnswer:
    """Answer how complete the data of one building are, and which rooms lack what."""
    answer = shapes.BuildingCompletenessAnswer.shaped(service.of_building(connection, building_id, question))
    reads(connection, [("building", building_id)])
    return answer
