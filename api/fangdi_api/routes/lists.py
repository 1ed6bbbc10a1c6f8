"""Lists of things, in pages."""

from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Depends, Query
from sqlalchemy import Connection

from fangdi.domain.vocabulary import AreaBasis
from fangdi.service import details as service
from fangdi.store.details import ListOf
from fangdi_api.deps import (
    Basis,
    BuildingId,
    Database,
    Day,
    FloorId,
    Jurisdiction,
    LandDatabase,
    PageAsked,
    Paging,
    SignedIn,
    SiteId,
)
from fangdi_api.noting import NoteReads, Reads
from fangdi_api.paging import encode, page_request
from fangdi_api.schemas import details as shapes
from fangdi_api.schemas.common import ERRORS, PageOf

router = APIRouter(tags=["lists"], responses=ERRORS)

Shape = TypeVar("Shape")
Level = Annotated[
    float | None,
    Query(ge=-99.9, le=999.9, allow_inf_nan=False, description="Only this floor level.", examples=[3]),
]


def rooms_filter(
    basis: Basis = AreaBasis.MEASURED, building_id: BuildingId = None, floor_id: FloorId = None, level: Level = None
) -> dict[str, Any]:
    """Return which rooms to list."""
    return {"basis": basis, "building_id": building_id, "floor_id": floor_id, "level": level}


@router.get("/jurisdictions")
def jurisdictions(connection: SignedIn, as_of: Day, paging: Paging) -> PageOf[shapes.JurisdictionRow]:
    """List jurisdictions (行政区) in the order of their codes."""
    return _page(PageOf[shapes.JurisdictionRow], connection, "jurisdictions", paging, as_of=as_of)


@router.get("/agencies")
def agencies(
    connection: Database, as_of: Day, paging: Paging, jurisdiction: Jurisdiction = None
) -> PageOf[shapes.AgencyRow]:
    """List agencies (机关)."""
    return _page(PageOf[shapes.AgencyRow], connection, "agencies", paging, as_of=as_of, jurisdiction=jurisdiction)


@router.get("/sites")
def sites(
    connection: LandDatabase, as_of: Day, paging: Paging, reads: Reads, jurisdiction: Jurisdiction = None
) -> PageOf[shapes.SiteRow]:
    """List compounds (院落)."""
    return _page(
        PageOf[shapes.SiteRow], connection, "sites", paging, reads=reads, as_of=as_of, jurisdiction=jurisdiction
    )


@router.get("/parcels")
def parcels(
    connection: LandDatabase, as_of: Day, paging: Paging, reads: Reads, jurisdiction: Jurisdiction = None
) -> PageOf[shapes.ParcelRow]:
    """List parcels (宗地)."""
    return _page(
        PageOf[shapes.ParcelRow], connection, "parcels", paging, reads=reads, as_of=as_of, jurisdiction=jurisdiction
    )


@router.get("/buildings")
def buildings(  # noqa: PLR0913, PLR0917 - one parameter a filter
    connection: LandDatabase,
    as_of: Day,
    paging: Paging,
    reads: Reads,
    jurisdiction: Jurisdiction = None,
    site_id: SiteId = None,
) -> PageOf[shapes.BuildingListRow]:
    """List buildings (楼座)."""
    filters = {"as_of": as_of, "jurisdiction": jurisdiction, "site_id": site_id}
    return _page(PageOf[shapes.BuildingListRow], connection, "buildings", paging, reads=reads, **filters)


@router.get("/rooms")
def rooms(  # noqa: PLR0913, PLR0917 - one parameter a filter
    connection: Database,
    as_of: Day,
    paging: Paging,
    reads: Reads,
    wanted: Annotated[dict[str, Any], Depends(rooms_filter)],
    jurisdiction: Jurisdiction = None,
) -> PageOf[shapes.RoomRow]:
    """List rooms (房间) of a building, a floor or everywhere."""
    filters = {"as_of": as_of, "jurisdiction": jurisdiction, **wanted}
    return _page(PageOf[shapes.RoomRow], connection, "rooms", paging, reads=reads, **filters)


def _page(
    shape: type[PageOf[Shape]],
    connection: Connection,
    things: ListOf,
    paging: PageAsked,
    *,
    reads: NoteReads | None = None,
    **filters: Any,
) -> PageOf[Shape]:
    key = str if things == "jurisdictions" else int
    page = service.page_of(connection, things, page_request(paging.cursor, limit=paging.limit, shape=(key,)), **filters)
    if reads is not None:
        reads(connection, [(things.removesuffix("s"), row["id"]) for row in page.items])
    return shape.model_validate({"items": page.items, "next": encode(page.after)})
