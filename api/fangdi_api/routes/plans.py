"""Floor plans (平面图): upload, reading, drawing, findings, placing, import."""

from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Response

from fangdi_api.deps import MAX_ID, BuildingId, Database, Paging, RowId
from fangdi_api.noting import Noting
from fangdi_api.schemas import plans as shapes
from fangdi_api.schemas.common import ERRORS, PageOf

router = APIRouter(tags=["plans"], responses=ERRORS)

Key = Annotated[str, Path(max_length=200, pattern=r"^[^\x00]*$", description="Key of a floor or room on the plan.")]
MappingId = Annotated[int, Path(ge=1, le=MAX_ID, examples=[1])]
OwnBuilding = Annotated[int, Query(alias="building_id", ge=1, le=MAX_ID, description="Building (楼座) that it draws.")]
FileName = Annotated[
    str, Query(alias="name", min_length=1, max_length=200, pattern=r"^[^\x00/\\]*$", description="Name of the file.")
]
ByMapping = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Saved layer mapping to read it by.")]
OfStatus = Annotated[shapes.Status | None, Query(description="Only plans of this status.")]


@router.post("/plans", status_code=201)
def upload_plan(
    noting: Noting,
    building_id: OwnBuilding,
    name: FileName,
    content: Annotated[bytes, Body(media_type="application/octet-stream")],
    mapping_id: ByMapping = None,
) -> shapes.PlanDetail:
    """Keep a floor plan of a building, and read it: DXF, IFC, GeoJSON, GeoPackage, zipped Shapefile, PDF or picture."""
    raise NotImplementedError


@router.get("/plans")
def plans(
    connection: Database, paging: Paging, building_id: BuildingId = None, status: OfStatus = None
) -> PageOf[shapes.PlanRow]:
    """List floor plans, the latest first."""
    raise NotImplementedError


@router.get("/plans/{plan_id}")
def plan(connection: Database, plan_id: RowId) -> shapes.PlanDetail:
    """Return what was read from a plan, but for drawing and findings."""
    raise NotImplementedError


@router.delete("/plans/{plan_id}", status_code=204)
def delete_plan(noting: Noting, plan_id: RowId) -> None:
    """Delete a draft."""
    raise NotImplementedError


@router.post("/plans/{plan_id}/preview")
def preview(connection: Database, plan_id: RowId, wanted: shapes.ReadingWanted) -> shapes.Preview:
    """Read the file in another way and say what comes of it, storing nothing."""
    raise NotImplementedError


@router.put("/plans/{plan_id}/reading")
def read_again(noting: Noting, plan_id: RowId, wanted: shapes.ReadingWanted) -> shapes.PlanDetail:
    """Read the file in another way; edits of rooms that are still there are kept."""
    raise NotImplementedError


@router.get("/plans/{plan_id}/floors/{key}/drawing")
def drawing(connection: Database, plan_id: RowId, key: Key) -> shapes.Drawing:
    """Return a floor to draw, in plan metres."""
    raise NotImplementedError


@router.get("/plans/{plan_id}/floors/{key}/map")
def floor_on_map(connection: Database, plan_id: RowId, key: Key) -> shapes.FloorOnMap:
    """Return the rooms of a floor where they lie on the map; 404 before the plan is placed."""
    raise NotImplementedError


@router.get("/plans/{plan_id}/backdrop", response_class=Response)
def backdrop(connection: Database, plan_id: RowId) -> Response:
    """Return the picture (PNG) of a scanned plan; X-Pixel-M says how many metres a pixel is, once known."""
    raise NotImplementedError


@router.get("/plans/{plan_id}/findings")
def findings(connection: Database, plan_id: RowId) -> shapes.Findings:
    """Return what is wrong with a plan (核查发现), the gravest first."""
    raise NotImplementedError


@router.get("/plans/{plan_id}/repairs")
def repairs(connection: Database, plan_id: RowId) -> shapes.Repairs:
    """Return the repairs that are proposed, each with before and after; none is applied by itself."""
    raise NotImplementedError


@router.post("/plans/{plan_id}/repairs")
def accept_repairs(noting: Noting, plan_id: RowId, wanted: shapes.RepairsAccepted) -> shapes.PlanDetail:
    """Apply proposed repairs."""
    raise NotImplementedError


@router.put("/plans/{plan_id}/placement")
def place_plan(noting: Noting, plan_id: RowId, wanted: shapes.PlacementWanted) -> shapes.Placement:
    """Place the plan on the map; residuals, scale and score beyond the limits come back as findings."""
    raise NotImplementedError


@router.put("/plans/{plan_id}/rooms/{key}")
def edit_room(noting: Noting, plan_id: RowId, key: Key, wanted: shapes.RoomEdit) -> shapes.DrawnRoom:
    """Change number, name, use or outline of a room, or add one that was traced by hand."""
    raise NotImplementedError


@router.delete("/plans/{plan_id}/rooms/{key}", status_code=204)
def remove_room(noting: Noting, plan_id: RowId, key: Key) -> None:
    """Take a room off the plan: what was drawn is no room."""
    raise NotImplementedError


@router.get("/plans/{plan_id}/changes")
def changes(connection: Database, plan_id: RowId) -> shapes.Changes:
    """Say what import would do: rooms kept, changed, added, removed, split, merged, and uses that lose their room."""
    raise NotImplementedError


@router.post("/plans/{plan_id}/import")
def import_plan(noting: Noting, plan_id: RowId, wanted: shapes.ImportWanted) -> shapes.Imported:
    """Apply what `changes` listed, in one transaction; 409 when the rooms changed since."""
    raise NotImplementedError


@router.get("/plan-mappings")
def mappings(connection: Database) -> shapes.Mappings:
    """List the layer mappings (图层对应) that were saved."""
    raise NotImplementedError


@router.put("/plan-mappings")
def save_mapping(noting: Noting, wanted: shapes.MappingWanted) -> shapes.Mapping:
    """Save a layer mapping under its name, in place of the one that has it."""
    raise NotImplementedError


@router.delete("/plan-mappings/{mapping_id}", status_code=204)
def delete_mapping(noting: Noting, mapping_id: MappingId) -> None:
    """Delete a layer mapping."""
    raise NotImplementedError
