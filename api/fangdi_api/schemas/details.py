"""Shapes of single things and of lists of them."""

from datetime import date
from typing import Any

from pydantic import Field

from fangdi.domain.room_state import RoomState
from fangdi_api.schemas.common import Answer, AreaM2, Areas, BBox, Links, LonLat


class Placed(Answer):
    """Something with links and perhaps a place on the map."""

    links: Links
    bbox: BBox | None
    location: LonLat | None


class Dated(Answer):
    """Something that exists over a period; the end is exclusive, null is open."""

    valid_from: date | None
    valid_until: date | None


class TitleNow(Answer):
    """State of the title (权属) on the date."""

    state: str = Field(description="administration | user | recorded | unregistered")
    holder: str | None
    holder_agency_id: int | None
    certificate_no: str | None
    since: date | None


class TenureNow(Answer):
    """By what right a building is used (取得方式) on the date."""

    kind: str = Field(description="owned | leased | borrowed")
    counterparty: str | None
    annual_rent_yuan: float | None
    since: date | None
    until: date | None


class JurisdictionRow(Answer):
    """A jurisdiction (行政区)."""

    code: str
    name: str
    name_en: str | None
    level: str
    parent_code: str | None
    location: LonLat | None = None
    bbox: BBox | None = None


class JurisdictionDetail(Placed, Dated):
    """A jurisdiction (行政区), GB/T 2260."""

    id: str
    code: str
    name: str
    name_en: str | None
    level: str
    successor_code: str | None
    source: str | None


class AgencyRow(Answer):
    """An agency (机关)."""

    id: int
    code: str
    name: str
    short_name: str | None
    name_en: str | None
    level: str
    kind: str
    jurisdiction_code: str
    parent_id: int | None


class PostsOfRank(Answer):
    """Authorised posts (编制) of one rank, persons."""

    rank: str
    zh: str
    en: str
    leader: bool
    posts: int


class UsedBuilding(Answer):
    """A building an agency uses, and in how many rooms."""

    id: int
    name: str
    rooms: int
    location: LonLat


class AgencyDetail(Placed, Dated):
    """An agency (机关) on a date."""

    id: int
    code: str
    jurisdiction_code: str
    name: str
    short_name: str | None
    name_en: str | None
    level: str
    kind: str
    uscc: str | None = Field(description="统一社会信用代码, GB 32100")
    posts_by_rank: list[PostsOfRank]
    present: int | None = Field(description="实有人数, persons; null when not reported")
    buildings: list[UsedBuilding]


class ParcelRow(Answer):
    """A parcel (宗地)."""

    id: int
    code: str
    parcel_code: str | None
    address: str | None
    holder: str | None
    land_use_scheme: str | None
    land_use_code: str | None
    jurisdiction_code: str
    classified: bool
    location: LonLat
    bbox: BBox


class ParcelDetail(Placed, Dated):
    """A parcel (宗地) on a date."""

    id: int
    code: str
    jurisdiction_code: str
    parcel_code: str | None
    unit_code: str | None
    address: str | None
    right_type: str | None
    right_nature: str | None
    holder: str | None
    land_use_scheme: str | None
    land_use_code: str | None
    classified: bool
    areas: Areas = Field(description="land area")
    title: TitleNow | None


class SiteRow(Answer):
    """A compound (院落)."""

    id: int
    code: str
    name: str
    name_en: str | None
    address: str | None
    jurisdiction_code: str
    classified: bool
    location: LonLat | None
    bbox: BBox | None


class SiteDetail(Placed, Dated):
    """A compound (院落) on a date."""

    id: int
    code: str
    jurisdiction_code: str
    name: str
    name_en: str | None
    address: str | None
    classified: bool


class BuildingListRow(Answer):
    """A building (楼座)."""

    id: int
    code: str
    name: str
    name_en: str | None
    address: str | None
    site_id: int | None
    storeys_above: int | None
    storeys_below: int | None
    built_year: int | None
    jurisdiction_code: str
    classified: bool
    location: LonLat
    bbox: BBox


class FloorOfBuilding(Answer):
    """A floor (楼层) of a building."""

    id: int
    level: float
    name: str
    rooms: int


class BuildingDetail(Placed, Dated):
    """A building (楼座) on a date."""

    id: int
    code: str
    jurisdiction_code: str
    site_id: int | None
    natural_code: str | None
    name: str
    name_en: str | None
    address: str | None
    storeys_above: int | None
    storeys_below: int | None
    height_m: float | None
    built_year: int | None
    structure: str | None
    safety_grade: str | None
    has_lift: bool | None
    classified: bool
    plan_crs: str | None
    areas: Areas = Field(description="gross floor area (建筑面积)")
    title: TitleNow | None
    tenure: TenureNow | None
    floors: list[FloorOfBuilding]


class FloorDetail(Placed):
    """A floor (楼层) on a date."""

    id: int
    jurisdiction_code: str
    building_id: int
    level: float
    name: str
    elevation_m: float | None
    height_m: float | None
    areas: Areas = Field(description="gross floor area of the storey (建筑面积)")
    rooms: int


class RoomRow(Answer):
    """A room (房间)."""

    id: int
    code: str
    number: str | None
    name: str | None
    building_id: int
    floor_id: int
    level: float
    use: str
    category: str
    jurisdiction_code: str
    classified: bool
    area_m2: AreaM2 | None = Field(description="usable area (使用面积) in the basis asked for")
    location: LonLat | None


class Occupant(Answer):
    """An agency in a room, from and up to but not including a day."""

    agency_id: int
    agency_name: str
    unit: str | None = Field(description="section (处室)")
    share: float = Field(description="part of the room that counts for the agency, 0 to 1")
    since: date | None
    until: date | None


class StatusNow(Answer):
    """Why a room is not to be had on the date."""

    status: str = Field(description="repair | reserved | handed_over")
    reason: str | None
    since: date | None
    until: date | None


class RoomDetail(Placed, Dated):
    """A room (房间) on a date."""

    id: int
    code: str
    jurisdiction_code: str
    building_id: int
    floor_id: int
    level: float
    number: str | None
    name: str | None
    use: str
    use_name: str
    use_name_en: str
    category: str
    assignable: bool = Field(description="whether rooms of this use can be idle")
    seats: int | None
    classified: bool
    exists: bool = Field(description="whether the room exists on the date")
    areas: Areas = Field(description="usable area (使用面积)")
    state: RoomState
    status: StatusNow | None
    occupants: list[Occupant]
    history: list[Occupant] = Field(description="all uses, the latest first")
    idle_since: date | None = Field(description="only for an idle room; null: since records begin")
    idle_days: int | None


class ZoneRow(Answer):
    """A concentrated-office zone (集中办公区)."""

    id: int
    code: str
    name: str
    name_en: str | None
    jurisdiction_code: str
    radius_m: float | None = Field(description="own radius in m; null: the deployment's default")
    outline: dict[str, Any] = Field(description="GeoJSON MultiPolygon, EPSG:4490")
    location: LonLat
    bbox: BBox


class ZonesAnswer(Answer):
    """The zones of a date."""

    as_of: date
    items: list[ZoneRow]


class ReachFeature(Answer):
    """Reach of a zone as a GeoJSON Feature, EPSG:4490, for drawing."""

    type: str = "Feature"
    id: int
    geometry: dict[str, Any]
    properties: dict[str, Any]


class SearchHit(Answer):
    """Something found."""

    kind: str = Field(description="agency | building | site | parcel | room")
    id: int
    label: str
    detail: str
    location: LonLat | None
    bbox: BBox | None
    building_id: int | None = Field(description="building of a room")
    level: float | None = Field(description="floor level of a room")
    ended: date | None = Field(
        description="first day on which it no longer existed (终止日); null when it exists on the date"
    )


class SearchAnswer(Answer):
    """What was found, the best first; what has ended comes last."""

    items: list[SearchHit]
