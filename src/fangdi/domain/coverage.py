"""How far the concentrated-office zones (集中办公区) reach: the third answer."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fangdi.domain.common import AgencyRef, Definition, Question
from fangdi.domain.usage import Staffing

DEFINITION = Definition(
    zh=(
        "以楼座定位点到集中办公区边界的椭球面(GRS80)最短距离为准,区内为 0,精确到毫米,恰在半径上的算作范围内。"
        "面积按所在楼座归入区内、范围内、范围外;单位及其编制归入其使用面积最多的一档,相等时归较近的一档;"
        "在该口径下没有使用面积的单位不归入任何一档,另行列出。"
    ),
    en=(
        "The shortest distance on the ellipsoid (GRS80) from a building's point to the outline of a zone, 0 inside, "
        "rounded to 1 mm; on the radius itself counts as within. Area falls in the band of its building; an agency and "
        "its posts fall in the band that holds most of its usable area, on equal areas the nearer one. "
        "Agencies without usable area in the chosen basis are in no band and are counted by themselves."
    ),
)


class Band(StrEnum):
    """Where a building or agency stands with respect to the zones, nearest first."""

    INSIDE = "inside"  # 集中办公区内
    WITHIN = "within"  # 辐射范围内
    OUTSIDE = "outside"  # 辐射范围外


_BANDS = tuple(Band)
_NEARNESS = {band: order for order, band in enumerate(_BANDS)}


@dataclass(frozen=True, slots=True)
class Reach:
    """How far zones reach, m on the ellipsoid: `radius_m`, else each zone's own radius, else the default."""

    default_radius_m: float
    radius_m: float | None = None
    zone_id: int | None = None

    def of(self, own_radius_m: float | None) -> float:
        """Return the radius that holds for a zone."""
        return self.radius_m or own_radius_m or self.default_radius_m


@dataclass(frozen=True, slots=True)
class Zone:
    """A concentrated-office zone and how far it reaches, m on the ellipsoid."""

    id: int
    name: str
    radius_m: float


@dataclass(frozen=True, slots=True)
class Building:
    """A building and the point that stands for it (EPSG:4490, longitude first)."""

    id: int
    name: str
    location: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Placing:
    """In which band something stands, and because of which zone; no zone at all is outside."""

    band: Band
    distance_m: float | None = None
    zone_id: int | None = None


@dataclass(frozen=True, slots=True)
class BuildingCoverage:
    """A building, its band, and the usable area (m²) in it that agencies use."""

    building: Building
    placing: Placing
    area_m2: float


@dataclass(frozen=True, slots=True)
class AgencyCoverage:
    """An agency, its band, its posts, and its usable area (m²) by band."""

    agency: AgencyRef
    band: Band
    posts: int
    area_by_band: Mapping[Band, float]

    @property
    def area_m2(self) -> float:
        """Usable area over all bands, m²."""
        return math.fsum(self.area_by_band.values())


@dataclass(frozen=True, slots=True)
class BandTotal:
    """What stands in one band: agencies and posts by the band of the agency, area and buildings by their own."""

    agencies: int
    posts: int
    area_m2: float
    buildings: int


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Agencies without usable area, which so stand nowhere, and their posts."""

    agencies: int
    posts: int


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """The third answer."""

    question: Question
    radius_m: float
    zones: tuple[Zone, ...]
    totals: Mapping[Band, BandTotal]
    unplaced: Unplaced
    buildings: tuple[BuildingCoverage, ...]
    agencies: tuple[AgencyCoverage, ...]
    definition: Definition = DEFINITION


def band_at(distance_m: float, *, radius_m: float) -> Band:
    """Return the band at a distance, both rounded to 1 mm, so that a place on the radius is within."""
    distance = round(distance_m, 3)
    if distance == 0:
        return Band.INSIDE
    return Band.WITHIN if distance <= round(radius_m, 3) else Band.OUTSIDE


def place(distances_m: Mapping[int, float], *, radii_m: Mapping[int, float]) -> Placing:
    """Return the best band any zone gives, by the nearest zone that gives it; zones by id."""
    if not distances_m:
        return Placing(Band.OUTSIDE)
    best = min(
        (band_at(distance, radius_m=radii_m[zone]) is Band.OUTSIDE, distance, zone)
        for zone, distance in distances_m.items()
    )
    _, distance, zone = best
    return Placing(band_at(distance, radius_m=radii_m[zone]), round(distance, 3), zone)


def agency_band(area_by_band: Mapping[Band, float]) -> Band:
    """Return the band that holds most of an agency's area; on equal areas the nearer one."""
    return min(area_by_band, key=lambda band: (-area_by_band[band], _NEARNESS[band]))


def cover_agencies(
    areas_m2: Mapping[int, Mapping[int, float]], *, staffing: Iterable[Staffing], placings: Mapping[int, Placing]
) -> tuple[AgencyCoverage, ...]:
    """Place every agency that has usable area; `areas_m2` is by agency and building."""
    order = {building: _NEARNESS[placing.band] for building, placing in placings.items()}
    outside = _NEARNESS[Band.OUTSIDE]
    covered = []
    for staff in staffing:
        # by position, not by band: hashing a member of an enumeration costs more than all else here
        by_order: list[float | None] = [None] * len(_BANDS)
        for building, area in areas_m2.get(staff.agency.id, {}).items():
            position = order.get(building, outside)
            by_order[position] = (by_order[position] or 0.0) + area
        by_band = {band: area for band, area in zip(_BANDS, by_order, strict=True) if area is not None}
        if any(by_band.values()):
            covered.append(AgencyCoverage(staff.agency, agency_band(by_band), staff.posts, by_band))
    return tuple(covered)


def total_by_band(
    buildings: Sequence[BuildingCoverage], agencies: Sequence[AgencyCoverage]
) -> Mapping[Band, BandTotal]:
    """Add up each band."""
    return {
        band: BandTotal(
            agencies=sum(agency.band is band for agency in agencies),
            posts=sum(agency.posts for agency in agencies if agency.band is band),
            area_m2=math.fsum(building.area_m2 for building in buildings if building.placing.band is band),
            buildings=sum(building.placing.band is band for building in buildings),
        )
        for band in _BANDS
    }


def main_agency(areas_m2: Mapping[int, float]) -> int | None:
    """Return the agency with the largest area in a building; on equal areas the one with the lower id."""
    return min(areas_m2, key=lambda agency: (-areas_m2[agency], agency), default=None)
