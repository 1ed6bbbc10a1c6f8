"""Facts that indicators follow from, as of a date; areas in m² of one basis, what may not be seen is not there."""

from collections.abc import Mapping
from dataclasses import dataclass

from fangdi.domain.coverage import Band


@dataclass(frozen=True, slots=True)
class Holding:
    """By what right a building is held, with its gross area (建筑面积, m²) and yearly rent (CNY); None is unknown."""

    building: int
    name: str
    jurisdiction: str
    title: str | None
    tenure: str | None
    gross_m2: float | None
    rent_yuan: float | None


@dataclass(frozen=True, slots=True)
class PlacedAgency:
    """Where an agency stands; `band` None when it has no usable area (m²), `zone` where it stands inside of one."""

    agency: int
    name: str
    jurisdiction: str
    posts: int
    area_by_band: Mapping[Band, float]
    band: Band | None
    zone: int | None


@dataclass(frozen=True, slots=True)
class Space:
    """Usable and idle rooms of one category of a jurisdiction, or in one building, with their usable area (m²)."""

    building: int
    name: str
    jurisdiction: str
    category: str
    rooms: int
    rooms_with_area: int
    area_m2: float
    idle_m2: float


@dataclass(frozen=True, slots=True)
class EntitledAgency:
    """What an agency may have and has, m² usable; `basic` are offices, service and equipment rooms.

    approved_m2: None where nothing is approved or can be computed. present: None when not reported. complete: every
    room it uses is seen and has an area.
    """

    agency: int
    name: str
    jurisdiction: str
    level: str
    posts: int
    present: int | None
    approved_m2: float | None
    basic_m2: float
    area_m2: float
    complete: bool


@dataclass(frozen=True, slots=True)
class PlannedBuilding:
    """A building, how many floor plans its rooms were taken from, and how many of these an accepted audit judged."""

    building: int
    name: str
    jurisdiction: str
    plans: int
    audited: int


@dataclass(frozen=True, slots=True)
class FindingThen:
    """A finding of compliance (合规问题) as it stood; `shows` is what the map shows of it, as ("room", 5)."""

    finding: int
    name: str
    jurisdiction: str
    rule: str
    state: str
    shows: tuple[str, int] | None
