"""The rows of the sample city: one frozen dataclass a table, its fields the columns that the city fills."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, TypeAlias

from shapely import MultiPolygon, Point

Period: TypeAlias = tuple[date | None, date | None]
"""First day, and the day after the last; an open end is None."""
ALWAYS: Period = (None, None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of a table."""

    table: ClassVar[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Jurisdiction(Row):
    """A division (行政区划) and its code."""

    table: ClassVar[str] = "jurisdiction"
    code: str
    parent_code: str | None
    name: str
    name_en: str
    level: str
    valid: Period
    successor_code: str | None = None
    boundary: MultiPolygon | None = None
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Numbered(Row):
    """A row with a key of its own, owned by a jurisdiction."""

    id: int
    jurisdiction_code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Agency(Numbered):
    """An agency (机关)."""

    table: ClassVar[str] = "agency"
    code: str
    parent_id: int | None = None
    name: str
    short_name: str
    name_en: str
    level: str
    kind: str
    uscc: str
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyPosts(Numbered):
    """Authorised posts (编制) of one rank."""

    table: ClassVar[str] = "agency_posts"
    agency_id: int
    rank_code: str
    posts: int
    valid: Period
    document_no: str


@dataclass(frozen=True, kw_only=True, slots=True)
class AgencyStaff(Numbered):
    """Staff present (实有人数)."""

    table: ClassVar[str] = "agency_staff"
    agency_id: int
    present: int
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Parcel(Numbered):
    """A land parcel (宗地)."""

    table: ClassVar[str] = "parcel"
    code: str
    parcel_code: str
    unit_code: str
    address: str
    right_type: str
    right_nature: str
    holder: str | None = None
    holder_agency_id: int | None = None
    land_use_scheme: str
    land_use_code: str
    registered_land_m2: float | None = None
    declared_land_m2: float | None = None
    measured_land_m2: float
    outline: MultiPolygon
    classified: bool = False
    valid: Period = ALWAYS


@dataclass(frozen=True, kw_only=True, slots=True)
class Site(Numbered):
    """A compound (院落)."""

    table: ClassVar[str] = "site"
    code: str
    name: str
    name_en: str
    address: str
    outline: MultiPolygon
    classified: bool = False
    valid: Period = ALWAYS


@dataclass(frozen=True, kw_only=True, slots=True)
class SiteParcel(Row):
    """Which site lies on which parcel."""

    table: ClassVar[str] = "site_parcel"
    jurisdiction_code: str
    site_id: int
    parcel_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Building(Numbered):
    """A building (楼座)."""

    table: ClassVar[str] = "building"
    code: str
    site_id: int
    natural_code: str
    name: str
    name_en: str
    address: str
    storeys_above: int
    storeys_below: int
    height_m: float
    built_year: int
    structure: str
    safety_grade: str
    has_lift: bool
    classified: bool = False
    registered_gross_m2: float | None = None
    planning_gross_m2: float | None = None
    declared_gross_m2: float | None = None
    measured_gross_m2: float | None = None
    outline: MultiPolygon
    location: Point
    plan_crs: str | None
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class BuildingParcel(Row):
    """Which building stands on which parcel."""

    table: ClassVar[str] = "building_parcel"
    jurisdiction_code: str
    building_id: int
    parcel_id: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Title(Numbered):
    """State of a title (权属)."""

    table: ClassVar[str] = "title"
    parcel_id: int | None = None
    building_id: int | None = None
    state: str
    holder: str | None = None
    holder_agency_id: int | None = None
    certificate_no: str | None = None
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Tenure(Numbered):
    """By what right a building is used (取得方式)."""

    table: ClassVar[str] = "tenure"
    building_id: int
    kind: str
    counterparty: str | None = None
    annual_rent_yuan: float | None = None
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Floor(Numbered):
    """A floor (楼层)."""

    table: ClassVar[str] = "floor"
    building_id: int
    level: int
    name: str
    elevation_m: float
    height_m: float
    declared_gross_m2: float | None = None
    measured_gross_m2: float | None = None
    plan_outline: MultiPolygon | None = None
    outline: MultiPolygon | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Room(Numbered):
    """A room (房间)."""

    table: ClassVar[str] = "room"
    building_id: int
    floor_id: int
    code: str
    number: str | None
    name: str
    use_code: str
    declared_usable_m2: float | None = None
    measured_usable_m2: float | None = None
    seats: int | None = None
    plan_outline: MultiPolygon | None = None
    outline: MultiPolygon | None = None
    classified: bool = False
    valid: Period = ALWAYS


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomState(Numbered):
    """Why a room is not to be had for a time (房间状态)."""

    table: ClassVar[str] = "room_status"
    room_id: int
    status: str
    reason: str
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Occupancy(Numbered):
    """Use of a room by an agency."""

    table: ClassVar[str] = "occupancy"
    room_id: int
    agency_id: int
    unit: str | None
    share: str
    valid: Period
    document_no: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Occupant(Numbered):
    """A person who works in a room, known by a staff number alone."""

    table: ClassVar[str] = "occupant"
    occupancy_id: int
    person_key: str
    rank_code: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomFunction(Numbered):
    """The use approved for a room (批准用途)."""

    table: ClassVar[str] = "room_function"
    room_id: int
    use_code: str
    document_no: str
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomAnnex(Numbered):
    """A room that belongs to an office."""

    table: ClassVar[str] = "room_annex"
    room_id: int
    office_id: int
    kind: str
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class OutsideUse(Numbered):
    """A room let or lent to somebody outside."""

    table: ClassVar[str] = "outside_use"
    room_id: int
    kind: str
    outsider: str
    document_no: str | None
    annual_income_yuan: float | None
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaderPost(Numbered):
    """A post of a leader (任职)."""

    table: ClassVar[str] = "leader_post"
    person_key: str
    agency_id: int
    rank_code: str
    ended_by: str | None
    document_no: str
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Zone(Numbered):
    """A concentrated-office zone (集中办公区)."""

    table: ClassVar[str] = "zone"
    code: str
    name: str
    name_en: str
    kind: str
    outline: MultiPolygon
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class Document(Numbered):
    """A filed document; the sample has no files."""

    table: ClassVar[str] = "document"
    kind: str
    title: str
    number: str
    issued_by: str
    issued_on: date
    classified: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class DocumentLink(Numbered):
    """What a document concerns."""

    table: ClassVar[str] = "document_link"
    document_id: int
    parcel_id: int | None = None
    building_id: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class ConstructionProject(Numbered):
    """A building project (建设项目)."""

    table: ClassVar[str] = "construction_project"
    code: str
    name: str
    approved_by: str | None
    builder: str | None
    user_name: str | None
    address: str | None
    planning_gross_m2: float | None
    estimate_10k_yuan: float | None
    valid: Period


@dataclass(frozen=True, kw_only=True, slots=True)
class CostRate(Numbered):
    """A rate of the cost of use (成本租金费率)."""

    table: ClassVar[str] = "cost_rate"
    building_id: int | None = None
    structure: str | None = None
    has_lift: bool | None = None
    kind: str
    figure: float
    source: str
    valid: Period
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class IdleRule(Row):
    """What counts as idle and under-used (闲置与低效认定规则)."""

    table: ClassVar[str] = "idle_rule"
    jurisdiction_code: str
    min_days: int
    period_months: int
    m2_per_head: float
    seat_share: float
    source: str
    verification: str
    valid: Period
    reason: str


@dataclass(frozen=True)
class SampleCity:
    """All rows, by table in the order in which they can be inserted."""

    seed: int
    rows: dict[str, list[Row]]
