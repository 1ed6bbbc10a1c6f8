"""The concentrated-office zones (集中办公区) as shapes to draw."""

from typing import Annotated

from fastapi import APIRouter, Depends

from fangdi.domain.coverage import Reach
from fangdi.service import zones as service
from fangdi_api.deps import AppSettings, Day, Jurisdiction, RadiusM, RowId, SignedIn
from fangdi_api.schemas.common import ERRORS
from fangdi_api.schemas.details import ReachFeature, ZonesAnswer

router = APIRouter(tags=["zones"], responses=ERRORS)


def zone_reach(settings: AppSettings, zone_id: RowId, radius_m: RadiusM = None) -> Reach:
    """Return how far one zone reaches."""
    return Reach(settings.coverage_radius_m, radius_m, zone_id)


@router.get("/zones")
def zones(connection: SignedIn, as_of: Day, jurisdiction: Jurisdiction = None) -> ZonesAnswer:
    """List the zones of a date with their outlines."""
    items = service.zones(connection, as_of=as_of, jurisdiction=jurisdiction)
    return ZonesAnswer.model_validate({"as_of": as_of, "items": items})


@router.get("/zones/{zone_id}/reach")
def reach(connection: SignedIn, as_of: Day, wanted: Annotated[Reach, Depends(zone_reach)]) -> ReachFeature:
    """Return what lies within the radius of a zone, for drawing (辐射范围)."""
    return ReachFeature.model_validate(service.reach_of(connection, wanted, as_of=as_of))
