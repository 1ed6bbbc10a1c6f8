"""Shapes that many answers share."""

from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from fangdi.domain.rounding import two_decimals

Item = TypeVar("Item")


AreaM2 = Annotated[float, AfterValidator(two_decimals), Field(description="m², two decimals", examples=[21.6])]
"""An area as it leaves the system: full precision ends here."""
LonLat = Annotated[
    tuple[float, float], Field(description="longitude, latitude; EPSG:4490, degrees", examples=[[121.55, 29.87]])
]
BBox = Annotated[
    tuple[float, float, float, float],
    Field(description="west, south, east, north; EPSG:4490, degrees", examples=[[121.54, 29.86, 121.56, 29.88]]),
]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=r"^[^\x00]*$")]
"""A text that somebody enters; blanks around it are dropped, and blanks alone are none."""


class Answer(BaseModel):
    """Base of all shapes: built from values of the domain or from rows."""

    model_config = ConfigDict(from_attributes=True, extra="ignore")


class Body(BaseModel):
    """Base of what somebody sends to be kept: a misspelt field is refused, not left out in silence."""

    model_config = ConfigDict(extra="forbid")


class Labels(Answer):
    """A text in both languages."""

    zh: str
    en: str


class Problem(BaseModel):
    """An error (RFC 9457)."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "example": {
                "type": "urn:fangdi:problem:not-found",
                "title": "Not Found",
                "status": 404,
                "detail": "There is no building 7; search for it or follow a link from above.",
                "instance": "/api/v1/buildings/7",
            }
        },
    )

    type: str = Field(description="stable name of the kind of error: urn:fangdi:problem:…")
    title: str
    status: int
    detail: str = Field(description="what is wrong and what to do")
    instance: str = Field(description="path that was asked for")
    place: dict[str, str | int] | None = Field(default=None, description="where the trouble sits, as {field}")


class PageOf(Answer, Generic[Item]):
    """One page of a list."""

    items: list[Item]
    next: str | None = Field(description="cursor of the next page; null on the last")


class AgencyName(Answer):
    """An agency (机关)."""

    id: int
    name: str
    level: str


class BuildingName(Answer):
    """A building (楼座)."""

    id: int
    name: str


class RoomTotal(Answer):
    """Total of all pages; a shared room counts once."""

    rooms: int
    area_m2: AreaM2
    rooms_without_area: int = Field(description="rooms whose area is unknown in this basis; their area counts as 0")


class Link(Answer):
    """A thing above or below in the chain land → site → building → floor → room → agency."""

    kind: Literal["jurisdiction", "agency", "parcel", "site", "building", "floor", "room"]
    id: int | str
    label: str


class Links(Answer):
    """Where to go from here."""

    up: list[Link]
    down: list[Link]


class Areas(Answer):
    """Areas in m² by basis; null is unknown, and no basis stands in for another."""

    registered: AreaM2 | None
    planning: AreaM2 | None
    declared: AreaM2 | None
    measured: AreaM2 | None


Json = dict[str, Any]

ERRORS: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": Problem, "description": "What was asked for is missing or malformed."},
    "5XX": {"model": Problem, "description": "The database is not to be had, or the server made a mistake."},
}
"""What every route may answer instead."""
