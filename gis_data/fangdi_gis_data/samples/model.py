"""Rows of the sample city, of land and buildings: a frozen dataclass a table, its fields the columns that it fills."""

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


@dataclass(frozen=True)
class SampleCity:
    """All rows, by table in the order in which they can be inserted."""

    seed: int
    rows: dict[str, list[Row]]
