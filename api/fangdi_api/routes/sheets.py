"""Sheets: of an agency (面积核定表) as a file, and of a building (楼座表)."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from fangdi.domain.access import Capability
from fangdi.domain.use.split import Split
from fangdi.service import agency_sheet_documents, sheet_documents
from fangdi.service import building_sheet as service
from fangdi_api.deps import AppSettings, Asked, Database, RowId, may
from fangdi_api.noting import Noting, Reads
from fangdi_api.routes.use import SplitBy
from fangdi_api.schemas import sheets as shapes
from fangdi_api.schemas.common import ERRORS
from fangdi_api.sheet_files import FILES, SheetFile, SheetFormat, SheetOf, sheet_file

router = APIRouter(tags=["use"], responses=ERRORS)

FileForm = Annotated[SheetFile, Query(alias="format", description="A book (xlsx) or a document to sign (pdf).")]
SheetForm = Annotated[SheetFormat, Query(alias="format", description="json, a book (xlsx) or a document (pdf).")]


@router.get("/agencies/{agency_id}/sheet", response_class=Response, responses=FILES)
def agency_sheet(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    agency_id: RowId,
    question: Asked,
    chosen: AppSettings,
    noting: Noting,
    form: FileForm = SheetFile.PDF,
    split: SplitBy = Split.RECORDED,
) -> Response:
    """Return what an agency may have and what it has, by category, building, floor and tenure, as a file."""
    may(connection, Capability.EXPORT)  # first: who may not is told no more
    today = date.today()  # noqa: DTZ011 - the day where the server stands is meant
    found = agency_sheet_documents.agency(connection, agency_id, question, split=split, today=today)
    sheet = SheetOf(agency_sheet_documents.AGENCY, found.name)
    return sheet_file(connection, found.document, form, sheet=sheet, chosen=chosen, noting=noting)


@router.get("/buildings/{building_id}/sheet", response_model=shapes.BuildingSheetAnswer, responses=FILES)
def building_sheet(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    building_id: RowId,
    question: Asked,
    chosen: AppSettings,
    noting: Noting,
    reads: Reads,
    form: SheetForm = SheetFormat.JSON,
    split: SplitBy = Split.RECORDED,
) -> shapes.BuildingSheetAnswer | Response:
    """Answer what a building is, who uses it, what is idle in it and what its data lack."""
    found = service.sheet(connection, building_id, question, split=split)
    if form is not SheetFormat.JSON:
        document = sheet_documents.building(connection, found)
        sheet = SheetOf(sheet_documents.BUILDING, str(found.detail["name"]))
        return sheet_file(connection, document, SheetFile(form), sheet=sheet, chosen=chosen, noting=noting)
    reads(connection, [("building", building_id), *(("room", room.row["id"]) for room in found.use.rooms)])
    return shapes.BuildingSheetAnswer.of(found)
