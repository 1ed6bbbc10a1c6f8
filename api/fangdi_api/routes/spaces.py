"""Looking for space (找房): adjoining idle rooms of a size, near a place, in buildings of some features."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from fangdi.domain.adjoining import SpaceWanted
from fangdi.domain.spaces import BuildingWanted, Near, SpaceQuestion
from fangdi.domain.vocabulary import SafetyGrade, TenureKind, TitleState
from fangdi.service import spaces as service
from fangdi_api.deps import MAX_ID, Asked, Category, Database
from fangdi_api.noting import Reads
from fangdi_api.problems import wrong_query
from fangdi_api.schemas import spaces as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["reports"], responses=ERRORS)

Area = Annotated[float | None, Query(ge=0, le=1e6, allow_inf_nan=False, description="Usable area together, m².")]
Flag = Annotated[bool | None, Query(description="Only buildings with, or without, a lift.")]
Level = Annotated[float | None, Query(ge=-20, le=200, allow_inf_nan=False, description="Level; 1 is the ground floor.")]


def space(
    rooms: Annotated[int, Query(ge=1, le=500, description="At least so many rooms.", examples=[12])] = 1,
    min_area_m2: Area = None,
    max_area_m2: Area = None,
    across: Annotated[bool, Query(description="Rooms across a corridor count as adjoining.")] = False,  # noqa: FBT002
) -> SpaceWanted:
    """Return how much is needed."""
    if min_area_m2 is not None and max_area_m2 is not None and min_area_m2 > max_area_m2:
        raise wrong_query(min_area_m2=f"must not be above max_area_m2, {max_area_m2:g}")
    return SpaceWanted(rooms, min_area_m2 or 0.0, max_area_m2, across)


def building(  # noqa: PLR0913, PLR0917 - one parameter a feature
    has_lift: Flag = None,
    built_from: Annotated[int | None, Query(ge=1000, le=2200, description="Completed in this year or later.")] = None,
    safety: Annotated[list[SafetyGrade] | None, Query(description="Safety grades (房屋安全等级).")] = None,
    tenure: Annotated[TenureKind | None, Query(description="By what right it is held (取得方式).")] = None,
    title: Annotated[TitleState | None, Query(description="State of its title (权属登记情况).")] = None,
    level_from: Level = None,
    level_to: Level = None,
) -> BuildingWanted:
    """Return the features of the building."""
    return BuildingWanted(has_lift, built_from, safety, tenure, title, level_from, level_to)


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """A point, or the agency to be near to."""

    near: Near | None
    agency_id: int | None
    radius_m: float | None


def place_asked(
    longitude: Annotated[
        float | None, Query(ge=-180, le=180, allow_inf_nan=False, description="EPSG:4490, degrees.", examples=[121.55])
    ] = None,
    latitude: Annotated[
        float | None, Query(ge=-90, le=90, allow_inf_nan=False, description="EPSG:4490, degrees.", examples=[29.87])
    ] = None,
    radius_m: Annotated[
        float | None, Query(gt=0, le=100_000, allow_inf_nan=False, description="Within so many metres of the place.")
    ] = None,
    near_agency_id: Annotated[
        int | None, Query(ge=1, le=MAX_ID, description="Near the building where this agency has most rooms.")
    ] = None,
) -> PlaceAsked:
    """Return the place: both coordinates, an agency, or none."""
    if near_agency_id is not None:
        if longitude is not None or latitude is not None:
            raise wrong_query(near_agency_id="goes without longitude and latitude")
        return PlaceAsked(None, near_agency_id, radius_m)
    if (longitude is None) != (latitude is None):
        raise wrong_query(longitude="goes with latitude; give both", latitude="goes with longitude; give both")
    if longitude is None or latitude is None:
        if radius_m is not None:
            raise wrong_query(radius_m="needs a place: give longitude and latitude, or near_agency_id")
        return PlaceAsked(None, None, None)
    return PlaceAsked(Near(longitude, latitude, radius_m), None, radius_m)


@router.get("/reports/idle/spaces")
def spaces(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    question: Asked,
    wanted: Annotated[SpaceWanted, Depends(space)],
    features: Annotated[BuildingWanted, Depends(building)],
    place: Annotated[PlaceAsked, Depends(place_asked)],
    reads: Reads,
    category: Category = None,
    whole_floor: Annotated[bool, Query(description="Only floors of which no room is in use.")] = False,  # noqa: FBT002
    limit: Annotated[int, Query(ge=1, le=200, description="Most offers to return.")] = 50,
) -> shapes.SpacesAnswer:
    """Answer where adjoining idle rooms (相连的闲置房间) are enough together: one offer a floor, the nearest first."""
    near = place.near
    if place.agency_id is not None:
        near = service.near_agency(connection, place.agency_id, place.radius_m, as_of=question.as_of)
    asked = SpaceQuestion(question, wanted, features, near, category, whole_floor)
    answer = shapes.SpacesAnswer.of(service.find_space(connection, asked), most=limit)
    reads(connection, [("room", room.id) for offer in answer.items for room in offer.rooms])
    return answer
