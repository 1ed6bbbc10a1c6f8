"""Shapes of offers of space."""

from pydantic import Field

from fangdi.domain.spaces import Closest, SpaceReport
from fangdi_api.schemas.common import Answer, AreaM2, BuildingName, LonLat
from fangdi_api.schemas.reports import Report


class OfferedRoomAnswer(Answer):
    """A room of an offer."""

    id: int
    number: str | None
    name: str | None
    area_m2: AreaM2


class OfferAnswer(Answer):
    """Adjoining idle rooms (相连房间) of one floor that are enough together."""

    building: BuildingName
    location: LonLat
    floor_id: int
    floor: str
    level: float
    distance_m: float | None = Field(description="from the place asked about to the building, m on the ellipsoid")
    rooms: list[OfferedRoomAnswer]
    area_m2: AreaM2 = Field(description="usable area together")
    spread_m: float = Field(description="how far apart the middles of the rooms lie at the most, m")
    whole_floor: bool = Field(description="no assignable room of the floor is in use")
    has_lift: bool | None
    built_year: int | None
    safety_grade: str | None
    tenure: str | None
    title: str | None


class SpacesAnswer(Report):
    """Offers, the nearest first; at most one a floor."""

    idle_rooms: int = Field(description="idle rooms that were looked at")
    rooms_left_out: int = Field(description="of them, rooms without an outline or without an area of the basis")
    offers: int = Field(description="floors that have such a group, shown here or not")
    items: list[OfferAnswer]

    @classmethod
    def of(cls, report: SpaceReport, *, most: int) -> "SpacesAnswer":
        """Shape a report, cut to the first offers."""
        question = report.asked.question
        return cls.model_validate(
            {
                "as_of": question.as_of,
                "basis": question.basis,
                "definition": report.definition,
                "idle_rooms": report.idle_rooms,
                "rooms_left_out": report.rooms_left_out,
                "offers": len(report.offers),
                "items": [_rounded(one) for one in report.offers[:most]],
            }
        )


class ClosestAnswer(Report):
    """What comes closest to what is asked (最接近的一组), and what it lacks of it."""

    offer: OfferAnswer | None = Field(description="null where no idle room meets the other conditions")
    rooms_lacking: int = Field(description="rooms that are missing")
    area_lacking_m2: AreaM2 = Field(description="usable area that is missing")
    area_over_m2: AreaM2 = Field(description="usable area beyond the most that is wanted")

    @classmethod
    def of(cls, found: Closest) -> "ClosestAnswer":
        """Shape what was found."""
        question = found.asked.question
        return cls.model_validate(
            {
                "as_of": question.as_of,
                "basis": question.basis,
                "definition": found.definition,
                "offer": None if found.offer is None else _rounded(found.offer),
                "rooms_lacking": found.rooms_lacking,
                "area_lacking_m2": found.area_lacking_m2,
                "area_over_m2": found.area_over_m2,
            }
        )


def _rounded(offer: object) -> OfferAnswer:
    answer = OfferAnswer.model_validate(offer)
    distance = None if answer.distance_m is None else round(answer.distance_m, 1)
    return answer.model_copy(update={"distance_m": distance, "spread_m": round(answer.spread_m, 1)})
