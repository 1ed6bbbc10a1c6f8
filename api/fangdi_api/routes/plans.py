"""Floor plans (平面图): upload, reading, drawing and findings."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response
from sqlalchemy import Connection

from fangdi.service import plan_edits, plan_import, plan_mappings, plan_placing, plan_repairs, plan_views
from fangdi.service import plan_gross as service_gross
from fangdi.service import plans as service
from fangdi.store import area_audits as audit_store
from fangdi.store import plans as store
from fangdi_api.deps import MAX_ID, AppSettings, BuildingId, Database, Day, Paging, RowId
from fangdi_api.noting import Reads
from fangdi_api.paging import encode, page_request
from fangdi_api.plan_files import BINARY_BODY, Auditing, Received, Tools, as_file
from fangdi_api.schemas import plan_changes, plan_drawing, plan_gross, plan_placement, plan_reading
from fangdi_api.schemas import plans as shapes
from fangdi_api.schemas.common import ERRORS, PageOf

router = APIRouter(tags=["plans"], responses=ERRORS)

Key = Annotated[
    str, Path(max_length=200, pattern=r"^[^\x00]*$", description="Key of a floor or room on the plan.", examples=["1"])
]
OwnBuilding = Annotated[int, Query(alias="building_id", ge=1, le=MAX_ID, description="Building (楼座) that it draws.")]
FileName = Annotated[
    str,
    Query(alias="name", min_length=1, max_length=200, pattern=r"^[^\x00/\\]*$", description="Name of the file."),
]
MappingId = Annotated[int, Path(ge=1, le=MAX_ID, description="Id of a layer mapping, as the list gives it.")]
ByMapping = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Saved layer mapping to read it by.")]
OfStatus = Annotated[shapes.Status | None, Query(description="Only plans of this status.")]


class NoteOfPlan:
    """Notes that somebody sees a plan of a classified building."""

    def __init__(self, reads: Reads) -> None:
        self._reads = reads

    def __call__(self, connection: Connection, plan_id: int) -> None:
        """Note it, if it is one; raise NotFoundError unless the reader sees the plan."""
        self._reads(connection, [("building", store.plan(connection, plan_id)["building_id"])])


Seen = Annotated[NoteOfPlan, Depends()]


@router.post("/plans", status_code=201, openapi_extra=BINARY_BODY)
def upload_plan(  # noqa: PLR0913, PLR0917 - one parameter a part of the request
    auditing: Auditing,
    tools: Tools,
    file: Received,
    building_id: OwnBuilding,
    name: FileName,
    mapping_id: ByMapping = None,
) -> shapes.PlanDetail:
    """Keep a floor plan of a building, and read it: DXF, IFC, GeoJSON, GeoPackage, zipped Shapefile, PDF or picture.

    The body is the file. What is wrong with it comes as findings; only what is no plan at all is refused.
    """
    with auditing() as connection:
        store.building(connection, building_id)
        chosen = service.reading_by(connection, mapping_id)
    plan = service.read(file, chosen, tools.read)
    with auditing() as connection:
        number = service.keep(connection, building_id, service.PlanFile(file, name), plan, chosen)
        plan_placing.place_by_file(connection, number, tools.on_map)
        return _detail(connection, number)


@router.get("/plans")
def plans(
    connection: Database, paging: Paging, reads: Reads, building_id: BuildingId = None, status: OfStatus = None
) -> PageOf[shapes.PlanRow]:
    """List floor plans, the latest first."""
    wanted = page_request(paging.cursor, limit=paging.limit, shape=(int,))
    page = plan_views.page_of(connection, wanted, building_id=building_id, status=status)
    reads(connection, [("building", row["building_id"]) for row in page.items])
    return PageOf[shapes.PlanRow].model_validate({"items": page.items, "next": encode(page.after)})


@router.get("/plans/{plan_id}")
def plan(connection: Database, reads: Reads, plan_id: RowId) -> shapes.PlanDetail:
    """Return what was read from a plan, but for drawing and findings."""
    found = _detail(connection, plan_id)
    reads(connection, [("building", found.building.id)])
    return found


@router.delete("/plans/{plan_id}", status_code=204)
def delete_plan(auditing: Auditing, plan_id: RowId) -> None:
    """Delete a draft."""
    with auditing() as connection:
        service.delete(connection, plan_id)


@router.post("/plans/{plan_id}/preview")
def preview(auditing: Auditing, tools: Tools, plan_id: RowId, wanted: plan_reading.ReadingWanted) -> shapes.Preview:
    """Read the file in another way and say what comes of it, storing nothing."""
    chosen = wanted.model_dump(mode="json")
    with auditing() as connection:
        kept = store.content(connection, plan_id)
    with as_file(kept["content"], name=kept["file_name"]) as file:
        plan = service.read(file, chosen, tools.read)
    with auditing() as connection:
        return shapes.Preview.model_validate(plan_views.preview(connection, plan_id, plan, chosen))


@router.put("/plans/{plan_id}/reading")
def read_again(
    auditing: Auditing, tools: Tools, plan_id: RowId, wanted: plan_reading.ReadingWanted
) -> shapes.PlanDetail:
    """Read the file in another way; edits of rooms that are still there are kept."""
    chosen = wanted.model_dump(mode="json")
    with auditing() as connection:
        before = store.plan(connection, plan_id)
        service.check_is_draft(before)
        kept = store.content(connection, plan_id)
    with as_file(kept["content"], name=kept["file_name"]) as file:
        plan = service.read(file, chosen, tools.read)
    with auditing() as connection:
        repaired = plan_repairs.applied_again(plan, before["repairs"])
        service.keep_reading(connection, plan_id, repaired, chosen, revision=before["revision"])
        plan_placing.place_by_file(connection, plan_id, tools.on_map)
        return _detail(connection, plan_id)


@router.get("/plans/{plan_id}/floors/{key:path}/drawing")
def drawing(connection: Database, seen: Seen, plan_id: RowId, key: Key) -> plan_drawing.Drawing:
    """Return a floor to draw, in plan metres."""
    seen(connection, plan_id)
    verdicts = audit_store.verdicts(connection, plan_id)
    return plan_drawing.Drawing.model_validate(plan_views.drawing(connection, plan_id, key, verdicts=verdicts))


@router.get(
    "/plans/{plan_id}/backdrop",
    response_class=Response,
    responses={200: {"content": {"image/png": {"schema": {"type": "string", "format": "binary"}}}}},
)
def backdrop(connection: Database, seen: Seen, tools: Tools, plan_id: RowId) -> Response:
    """Return the picture (PNG) of a scanned plan or PDF, to trace over."""
    seen(connection, plan_id)
    kept = store.content(connection, plan_id)
    with as_file(kept["content"], name=kept["file_name"]) as file:
        return Response(tools.backdrop(file), media_type="image/png", headers={"Cache-Control": "private, max-age=600"})


@router.get("/plans/{plan_id}/findings")
def findings(connection: Database, seen: Seen, plan_id: RowId) -> plan_drawing.Findings:
    """Return what is wrong with a plan (核查发现), the gravest first."""
    seen(connection, plan_id)
    return plan_drawing.Findings.model_validate(plan_views.findings(connection, plan_id))


@router.get("/plans/{plan_id}/gross")
def gross(connection: Database, seen: Seen, plan_id: RowId) -> plan_gross.Gross:
    """Return how the gross floor area (建筑面积) is counted, rule by rule, by GB/T 17986 and by GB/T 50353."""
    seen(connection, plan_id)
    return plan_gross.Gross.model_validate(service_gross.breakdown(connection, plan_id))


@router.get("/plans/{plan_id}/repairs")
def repairs(connection: Database, seen: Seen, plan_id: RowId) -> plan_drawing.Repairs:
    """Return the repairs (修复) that are proposed, each with before and after; none is applied by itself."""
    seen(connection, plan_id)
    return plan_drawing.Repairs.model_validate(plan_repairs.proposals(connection, plan_id))


@router.post("/plans/{plan_id}/repairs")
def accept_repairs(auditing: Auditing, plan_id: RowId, wanted: plan_drawing.RepairsAccepted) -> shapes.PlanDetail:
    """Apply proposed repairs; 409 when one of them is not proposed any more."""
    with auditing() as connection:
        plan_repairs.accept(connection, plan_id, wanted.accepted)
        return _detail(connection, plan_id)


@router.put("/plans/{plan_id}/placement")
def place_plan(
    auditing: Auditing, tools: Tools, chosen: AppSettings, plan_id: RowId, wanted: plan_placement.PlacementWanted
) -> plan_placement.Placement:
    """Place the plan on the map (定位); residuals, scale and score beyond the limits come back as findings."""
    limits = plan_placing.limits_of(chosen.placement_residual_m)
    with auditing() as connection:
        plan_placing.place(connection, plan_id, wanted.model_dump(), tools.on_map, limits=limits)
        return plan_placement.Placement.model_validate(plan_views.detail(connection, plan_id)["placement"])


@router.post("/plans/{plan_id}/placement/preview")
def preview_placement(
    auditing: Auditing, tools: Tools, chosen: AppSettings, plan_id: RowId, wanted: plan_placement.PlacementWanted
) -> plan_placement.Placement:
    """Say how the plan would lie, with residuals, RMS and findings, storing nothing."""
    limits = plan_placing.limits_of(chosen.placement_residual_m)
    with auditing() as connection:
        found = plan_placing.preview(connection, plan_id, wanted.model_dump(), tools.on_map, limits=limits)
        return plan_placement.Placement.model_validate(found)


@router.post("/plans/{plan_id}/placement/agreement")
def agree_to_placement(
    auditing: Auditing, plan_id: RowId, wanted: plan_placement.AgreementWanted
) -> plan_placement.Placement:
    """Agree to a placement beyond the limits, which is kept with who did and when; 409 when the plan changed since."""
    with auditing() as connection:
        plan_placing.agree(connection, plan_id, revision=wanted.revision)
        return plan_placement.Placement.model_validate(plan_views.detail(connection, plan_id)["placement"])


@router.get("/plans/{plan_id}/floors/{key:path}/map")
def floor_on_map(connection: Database, seen: Seen, tools: Tools, plan_id: RowId, key: Key) -> plan_drawing.FloorOnMap:
    """Return the rooms of a floor where they lie on the map; 404 before the plan is placed."""
    seen(connection, plan_id)
    return plan_drawing.FloorOnMap.model_validate(plan_placing.floor_on_map(connection, plan_id, key, tools.on_map))


@router.put("/plans/{plan_id}/rooms/{key:path}")
def edit_room(auditing: Auditing, plan_id: RowId, key: Key, wanted: plan_drawing.RoomEdit) -> plan_drawing.DrawnRoom:
    """Change number, name, use or outline of a room, or add one that was traced by hand under a key of your own."""
    with auditing() as connection:
        plan_edits.edit_room(connection, plan_id, key, wanted.model_dump())
        return plan_drawing.DrawnRoom.model_validate(plan_views.room(connection, plan_id, key))


@router.delete("/plans/{plan_id}/rooms/{key:path}", status_code=204)
def remove_room(auditing: Auditing, plan_id: RowId, key: Key) -> None:
    """Take a room off the plan: what was drawn is no room."""
    with auditing() as connection:
        plan_edits.remove_room(connection, plan_id, key)


@router.get("/plans/{plan_id}/changes")
def changes(connection: Database, seen: Seen, tools: Tools, plan_id: RowId, as_of: Day) -> plan_changes.Changes:
    """Say what import would do: rooms kept, changed, added, removed, split, merged, and uses that lose their room."""
    seen(connection, plan_id)
    return plan_changes.Changes.model_validate(plan_import.changes(connection, plan_id, tools.on_map, as_of=as_of))


@router.post("/plans/{plan_id}/import")
def import_plan(
    auditing: Auditing, tools: Tools, plan_id: RowId, as_of: Day, wanted: plan_changes.ImportWanted
) -> plan_changes.Imported:
    """Apply what `changes` listed (入库), in one transaction; 409 when the plan or the rooms changed since.

    Rooms that stay keep their ids; those that are no more end with `as_of`, and their uses with them. A floor with
    rooms that are hidden from whoever asks is refused (403).
    """
    with auditing() as connection:
        done = plan_import.take_over(
            connection,
            plan_id,
            state=wanted.state,
            on_map=tools.on_map,
            as_of=as_of,
            replace_newer=wanted.replace_newer,
        )
        return plan_changes.Imported.model_validate({"plan": _detail(connection, plan_id), **done})


@router.get("/plan-mappings")
def mappings(connection: Database) -> plan_reading.Mappings:
    """List the layer mappings (图层对应) that were saved."""
    return plan_reading.Mappings.model_validate({"items": plan_mappings.mappings(connection)})


@router.put("/plan-mappings")
def save_mapping(auditing: Auditing, wanted: plan_reading.MappingWanted) -> plan_reading.Mapping:
    """Save a layer mapping under its name, in place of the one that has it."""
    with auditing() as connection:
        return plan_reading.Mapping.model_validate(plan_mappings.save(connection, wanted.model_dump(mode="json")))


@router.delete("/plan-mappings/{mapping_id}", status_code=204)
def delete_mapping(auditing: Auditing, mapping_id: MappingId) -> None:
    """Delete a layer mapping."""
    with auditing() as connection:
        plan_mappings.delete(connection, mapping_id)


def _detail(connection: Connection, number: int) -> shapes.PlanDetail:
    found: dict[str, Any] = plan_views.detail(connection, number)
    return shapes.PlanDetail.model_validate(found)
