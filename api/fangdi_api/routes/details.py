"""Single things with their links up and down the chain land → site → building → floor → room → agency."""

from typing import Annotated

from fastapi import APIRouter, Path

from fangdi.service import details as service
from fangdi_api.deps import Database, Day, LandDatabase, RowId, SignedIn
from fangdi_api.noting import Noting, note_read
from fangdi_api.schemas import details as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["details"], responses=ERRORS)

Code = Annotated[str, Path(pattern=r"^[0-9]{6}([0-9]{6})?$", description="GB/T 2260 code.", examples=["330200"])]


@router.get("/jurisdictions/{code}")
def jurisdiction(connection: SignedIn, code: Code, as_of: Day) -> shapes.JurisdictionDetail:
    """Return a jurisdiction (行政区)."""
    found = service.detail(connection, "jurisdiction", code, as_of=as_of)
    return shapes.JurisdictionDetail.model_validate(found)


@router.get("/agencies/{agency_id}")
def agency(connection: Database, agency_id: RowId, as_of: Day) -> shapes.AgencyDetail:
    """Return an agency (机关) with its posts by rank, staff present and the buildings it uses."""
    return shapes.AgencyDetail.model_validate(service.detail(connection, "agency", agency_id, as_of=as_of))


@router.get("/parcels/{parcel_id}")
def parcel(connection: LandDatabase, parcel_id: RowId, as_of: Day, noting: Noting) -> shapes.ParcelDetail:
    """Return a parcel (宗地) with its title and what stands on it."""
    found = shapes.ParcelDetail.model_validate(service.detail(connection, "parcel", parcel_id, as_of=as_of))
    note_read(connection, noting, "parcel", parcel_id)
    return found


@router.get("/sites/{site_id}")
def site(connection: LandDatabase, site_id: RowId, as_of: Day, noting: Noting) -> shapes.SiteDetail:
    """Return a compound (院落) with its parcels and buildings."""
    found = shapes.SiteDetail.model_validate(service.detail(connection, "site", site_id, as_of=as_of))
    note_read(connection, noting, "site", site_id)
    return found


@router.get("/buildings/{building_id}")
def building(connection: LandDatabase, building_id: RowId, as_of: Day, noting: Noting) -> shapes.BuildingDetail:
    """Return a building (楼座) with its floors, title, tenure and users."""
    found = shapes.BuildingDetail.model_validate(service.detail(connection, "building", building_id, as_of=as_of))
    note_read(connection, noting, "building", building_id)
    return found


@router.get("/floors/{floor_id}")
def floor(connection: Database, floor_id: RowId, as_of: Day, noting: Noting) -> shapes.FloorDetail:
    """Return a floor (楼层) with its rooms."""
    found = shapes.FloorDetail.model_validate(service.detail(connection, "floor", floor_id, as_of=as_of))
    note_read(connection, noting, "floor", floor_id)
    return found


@router.get("/rooms/{room_id}")
def room(connection: Database, room_id: RowId, as_of: Day, noting: Noting) -> shapes.RoomDetail:
    """Return a room (房间): its users now and before, its status, and since when it is idle."""
    found = shapes.RoomDetail.model_validate(service.room(connection, room_id, as_of=as_of))
    note_read(connection, noting, "room", room_id)
    return found
