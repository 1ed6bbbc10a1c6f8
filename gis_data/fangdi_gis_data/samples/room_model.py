"""Rows of the sample city, of rooms and who uses them: a frozen dataclass a table, its fields the columns it fills."""

from dataclasses import dataclass
from typing import ClassVar

from shapely import MultiPolygon

from fangdi_gis_data.samples.model import ALWAYS, Numbered, Period, Row


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
