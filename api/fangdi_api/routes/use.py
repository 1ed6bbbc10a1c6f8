"""Use of premises (使用情况): added up along agencies or jurisdictions, and the rooms behind every figure."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from fangdi.domain.use.split import Split
from fangdi.domain.use.tree import Tree
from fangdi.service import use as service
from fangdi.service import use_documents as documents
from fangdi_api.deps import AgencyId, Asked, BuildingId, Database, Format, ReportFormat
from fangdi_api.noting import Noting, Reads
from fangdi_api.problems import wrong_query
from fangdi_api.report_files import FILES, report_file
from fangdi_api.schemas import use as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["use"], responses=ERRORS)

SplitBy = Annotated[
    Split,
    Query(
        alias="split",
        description="By what rooms that several agencies share (合用房间) are split: recorded 按登记份额, "
        "equal 按单位平均, people 按实有人数, approved 按核定面积.",
    ),
]
AlongTree = Annotated[
    Tree, Query(description="Along what sums are made: agencies 按单位隶属, jurisdictions 按行政区划.")
]


def written(form: Format = ReportFormat.JSON) -> ReportFormat:
    """Return the format; sums lie nowhere, so that there is no GeoJSON."""
    if form is ReportFormat.GEOJSON:
        raise wrong_query(
            format="只能是 json、csv 或 xlsx:合计没有位置。 "
            "must be json, csv or xlsx here: sums have no place on the map"
        )
    return form


Written = Annotated[ReportFormat, Depends(written)]


@router.get("/reports/use", response_model=shapes.UseAnswer, responses=FILES)
def use(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    question: Asked,
    noting: Noting,
    form: Written,
    split: SplitBy = Split.RECORDED,
    tree: AlongTree = Tree.AGENCIES,
) -> shapes.UseAnswer | Response:
    """Answer who uses how much by category and tenure; every sum is exactly that of its parts."""
    report = service.report(connection, question, split=split, tree=tree)
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.use(connection, report), form, noting)
    return shapes.UseAnswer.of(report)


@router.get("/reports/use/rooms")
def rooms_in_use(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    question: Asked,
    reads: Reads,
    agency_id: AgencyId = None,
    building_id: BuildingId = None,
    split: SplitBy = Split.RECORDED,
) -> shapes.RoomsInUseAnswer:
    """Answer which rooms stand behind the figures of an agency, a building or both, floor by floor."""
    if agency_id is None and building_id is None:
        raise wrong_query(
            **dict.fromkeys(("agency_id", "building_id"), "须指定单位或楼座。 name an agency, a building or both")
        )
    found = service.rooms(connection, question, split=split, agency_id=agency_id, building_id=building_id)
    answer = shapes.RoomsInUseAnswer.of(found)
    reads(connection, [("room", row.id) for row in answer.items])
    return answer
