"""Looking for space (找房): adjoining idle rooms of a size, near a place, in buildings of some features."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from fangdi.domain.adjoining import SpaceWanted
from fangdi.domain.spaces import BuildingWanted, Near, SpaceQuestion
from fangdi.domain.vocabulary import SafetyGrade, TenureKind, TitleState
from fangdi.service import space_documents
from fangdi.service import spaces as service
from fangdi_api.deps import MAX_ID, Asked, BuildingId, Category, Database, Format, ReportFormat
from fangdi_api.noting import Noting, Reads
from fangdi_api.problems import wrong_query
from fangdi_api.report_files import FILES, report_file
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
        raise wrong_query(
            min_area_m2=f"不得大于 max_area_m2({max_area_m2:g})。 must not be above max_area_m2, {max_area_m2:g}"
        )
    return SpaceWanted(rooms, min_area_m2 or 0.0, max_area_m2, across)


@dataclass(frozen=True, slots=True)
class RoomsAsked:
    """What each room has to be like."""

    category: Category
    min_room_m2: float | None
    max_room_m2: float | None
    min_days: int | None


def rooms_asked(
    category: Category = None,
    min_room_m2: Annotated[
        float | None, Query(ge=0, le=1e6, allow_inf_nan=False, description="Usable area of each room at the least, m².")
    ] = None,
    max_room_m2: Annotated[
        float | None, Query(ge=0, le=1e6, allow_inf_nan=False, description="Usable area of each room at the most, m².")
    ] = None,
    min_days: Annotated[int | None, Query(ge=0, le=1_000_000, description="Idle for at least so many days.")] = None,
) -> RoomsAsked:
    """Return what each room has to be like."""
    if min_room_m2 is not None and max_room_m2 is not None and min_room_m2 > max_room_m2:
        raise wrong_query(
            min_room_m2=f"不得大于 max_room_m2({max_room_m2:g})。 must not be above max_room_m2, {max_room_m2:g}"
        )
    return RoomsAsked(category, min_room_m2, max_room_m2, min_days)


def building(  # noqa: PLR0913, PLR0917 - one parameter a feature
    has_lift: Flag = None,
    built_from: Annotated[int | None, Query(ge=1000, le=2200, description="Completed in this year or later.")] = None,
    built_to: Annotated[int | None, Query(ge=1000, le=2200, description="Completed in this year or before.")] = None,
    safety: Annotated[list[SafetyGrade] | None, Query(description="Safety grades (房屋安全等级).")] = None,
    tenure: Annotated[TenureKind | None, Query(description="By what right it is held (取得方式).")] = None,
    title: Annotated[TitleState | None, Query(description="State of its title (权属登记情况).")] = None,
    level_from: Level = None,
    level_to: Level = None,
    building_id: BuildingId = None,
) -> BuildingWanted:
    """Return the features of the building."""
    if built_from is not None and built_to is not None and built_from > built_to:
        raise wrong_query(built_from=f"不得晚于 built_to({built_to})。 must not be after built_to, {built_to}")
    if level_from is not None and level_to is not None and level_from > level_to:
        raise wrong_query(level_from=f"不得高于 level_to({level_to:g})。 must not be above level_to, {level_to:g}")
    return BuildingWanted(
        has_lift, built_from, safety, tenure, title, level_from, level_to, built_to=built_to, building_id=building_id
    )


@dataclass(frozen=True, slots=True)
class PlaceAsked:
    """A point, or the agency or building to be near to."""

    near: Near | None = None
    agency_id: int | None = None
    building_id: int | None = None
    radius_m: float | None = None


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
    near_building_id: Annotated[int | None, Query(ge=1, le=MAX_ID, description="Near this building.")] = None,
) -> PlaceAsked:
    """Return the place: both coordinates, an agency, a building, or none."""
    if near_agency_id is not None or near_building_id is not None:
        if longitude is not None or latitude is not None:
            name = "near_building_id" if near_agency_id is None else "near_agency_id"
            raise wrong_query(**{name: "不能与经纬度同时给出。 goes without longitude and latitude"})
        if near_agency_id is not None and near_building_id is not None:
            raise wrong_query(near_building_id="不能与 near_agency_id 同时给出。 goes without near_agency_id")
        return PlaceAsked(None, near_agency_id, near_building_id, radius_m)
    if (longitude is None) != (latitude is None):
        raise wrong_query(
            **dict.fromkeys(("longitude", "latitude"), "经度与纬度须同时给出。 give both longitude and latitude")
        )
    if longitude is None or latitude is None:
        if radius_m is not None:
            raise wrong_query(
                radius_m="须有位置:经纬度、near_agency_id 或 near_building_id。 "
                "needs a place: longitude and latitude, near_agency_id or near_building_id"
            )
        return PlaceAsked()
    return PlaceAsked(Near(longitude, latitude, radius_m), radius_m=radius_m)


def space_asked(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    question: Asked,
    wanted: Annotated[SpaceWanted, Depends(space)],
    features: Annotated[BuildingWanted, Depends(building)],
    place: Annotated[PlaceAsked, Depends(place_asked)],
    rooms: Annotated[RoomsAsked, Depends(rooms_asked)],
    whole_floor: Annotated[bool, Query(description="Only floors of which no room is in use.")] = False,  # noqa: FBT002
) -> SpaceQuestion:
    """Return all that is asked; the place of an agency or a building is looked up."""
    near = place.near
    if place.agency_id is not None:
        near = service.near_agency(connection, place.agency_id, place.radius_m, as_of=question.as_of)
    elif place.building_id is not None:
        near = service.near_building(connection, place.building_id, place.radius_m, as_of=question.as_of)
    return SpaceQuestion(
        question,
        wanted,
        features,
        near,
        rooms.category,
        whole_floor,
        rooms.min_room_m2,
        rooms.max_room_m2,
        rooms.min_days,
    )


Wished = Annotated[SpaceQuestion, Depends(space_asked)]


@router.get("/reports/idle/spaces", response_model=shapes.SpacesAnswer, responses=FILES)
def spaces(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    asked: Wished,
    noting: Noting,
    reads: Reads,
    limit: Annotated[int, Query(ge=1, le=200, description="Most offers to return; a file has all.")] = 50,
    form: Format = ReportFormat.JSON,
) -> shapes.SpacesAnswer | Response:
    """Answer where adjoining idle rooms (相连的闲置房间) are enough together: one offer a floor, the nearest first."""
    if form is not ReportFormat.JSON:
        return report_file(connection, space_documents.offers(connection, asked), form, noting)
    answer = shapes.SpacesAnswer.of(service.find_space(connection, asked), most=limit)
    reads(connection, [("room", room.id) for offer in answer.items for room in offer.rooms])
    return answer


@router.get("/reports/idle/spaces/closest", response_model=shapes.ClosestAnswer)
def closest_space(connection: Database, asked: Wished, reads: Reads) -> shapes.ClosestAnswer:
    """Answer which adjoining idle rooms come closest (最接近的一组) to what is asked, and what they lack of it."""
    answer = shapes.ClosestAnswer.of(service.closest(connection, asked))
    reads(connection, [("room", room.id) for room in (answer.offer.rooms if answer.offer else ())])
    return answer
