"""Single things with their links up and down the chain land → site → building → floor → room → agency."""

from typing import Annotated, Any

from fastapi import APIRouter, Path

from fangdi.service import details as service
from fangdi_api.deps import Database, Day, LandDatabase, RowId, SignedIn
from fangdi_api.noting import Reads
from fangdi_api.schemas import details as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["details"], responses=ERRORS)

Code = Annotated[str, Path(pattern=r"^[0-9]{6}([0-9]{6})?$", description="GB/T 2260 code.", examples=["330200"])]


@router.get("/jurisdictions/{code}")
def jurisdiction(connection: SignedIn, code: Code, as_of: Day, reads: Reads) -> shapes.JurisdictionDetail:
    """Return a jurisdiction (行政区)."""
    found = service.detail(connection, "jurisdiction", code, as_of=as_of)
    shown = shapes.JurisdictionDetail.model_validate(found)
    reads(connection, _linked(shown))
    return shown


@router.get("/agencies/{agency_id}")
def agency(connection: Database, agency_id: RowId, as_of: Day, reads: Reads) -> shapes.AgencyDetail:
    """Return an agency (机关) with its posts by rank, staff present and the buildings it uses."""
    found = shapes.AgencyDetail.model_validate(service.detail(connection, "agency", agency_id, as_of=as_of))
    reads(connection, [*_linked(found), *(("building", used.id) for used in found.buildings)])
    return found


@router.get("/parcels/{parcel_id}")
def parcel(connection: LandDatabase, parcel_id: RowId, as_of: Day, reads: Reads) -> shapes.ParcelDetail:
    """Return a parcel (宗地) with its title and what stands on it."""
    found = shapes.ParcelDetail.model_validate(service.detail(connection, "parcel", parcel_id, as_of=as_of))
    reads(connection, _shown("parcel", found))
    return found


@router.get("/sites/{site_id}")
def site(connection: LandDatabase, site_id: RowId, as_of: Day, reads: Reads) -> shapes.SiteDetail:
    """Return a compound (院落) with its parcels and buildings."""
    found = shapes.SiteDetail.model_validate(service.detail(connection, "site", site_id, as_of=as_of))
    reads(connection, _shown("site", found))
    return found


@router.get("/buildings/{building_id}")
def building(connection: LandDatabase, building_id: RowId, as_of: Day, reads: Reads) -> shapes.BuildingDetail:
    """Return a building (楼座) with its floors, title, tenure and users."""
    found = shapes.BuildingDetail.model_validate(service.detail(connection, "building", building_id, as_of=as_of))
    reads(connection, _shown("building", found))
    return found


@router.get("/floors/{floor_id}")
def floor(connection: Database, floor_id: RowId, as_of: Day, reads: Reads) -> shapes.FloorDetail:
    """Return a floor (楼层) with its rooms."""
    found = shapes.FloorDetail.model_validate(service.detail(connection, "floor", floor_id, as_of=as_of))
    reads(connection, _shown("floor", found))
    return found


@router.get("/rooms/{room_id}")
def room(connection: Database, room_id: RowId, as_of: Day, reads: Reads) -> shapes.RoomDetail:
    """Return a room (房间): its users now and before, its status, and since when it is idle."""
    found = shapes.RoomDetail.model_validate(service.room(connection, room_id, as_of=as_of))
    reads(connection, _shown("room", found))
    return found


def _shown(kind: str, found: Any) -> list[tuple[str, int]]:
    return [(kind, found.id), *_linked(found)]


def _linked(found: shapes.Placed) -> list[tuple[str, int]]:
    """Return what is named above and below; jurisdictions have codes and are never classified."""
    links = [*found.links.up, *found.links.down]
    return [(link.kind, link.id) for link in links if isinstance(link.id, int)]
