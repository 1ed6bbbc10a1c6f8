"""Where agencies stand with respect to the concentrated-office zones (集中办公区): band, and zone."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fangdi.domain.common import AgencyRef
from fangdi.domain.coverage import Band, Placing, cover_agencies
from fangdi.domain.indicators.facts import PlacedAgency
from fangdi.domain.usage import Staffing


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency that exists on the date, with its authorised posts."""

    id: int
    name: str
    jurisdiction: str
    level: str
    posts: int


def place_agencies(
    agencies: Iterable[Agency], areas_m2: Mapping[int, Mapping[int, float]], *, placings: Mapping[int, Placing]
) -> Iterator[PlacedAgency]:
    """Place agencies by usable area (m²) by agency and building; one without area stands nowhere."""
    all_of = list(agencies)
    staffing = [Staffing(AgencyRef(one.id, one.name, one.level), one.posts, None) for one in all_of]
    covered = {one.agency.id: one for one in cover_agencies(areas_m2, staffing=staffing, placings=placings)}
    for one in all_of:
        found = covered.get(one.id)
        inside = found is not None and found.band is Band.INSIDE
        yield PlacedAgency(
            agency=one.id,
            name=one.name,
            jurisdiction=one.jurisdiction,
            posts=one.posts,
            area_by_band=found.area_by_band if found else {},
            band=found.band if found else None,
            zone=main_zone(areas_m2[one.id], placings=placings) if inside else None,
        )


def main_zone(areas_m2: Mapping[int, float], *, placings: Mapping[int, Placing]) -> int | None:
    """Return the zone that holds most of an agency's usable area; on equal areas the one with the lower id."""
    by_zone: defaultdict[int, float] = defaultdict(float)
    for building, area in areas_m2.items():
        placing = placings.get(building)
        if placing is not None and placing.band is Band.INSIDE and placing.zone_id is not None:
            by_zone[placing.zone_id] += area
    return min(by_zone, key=lambda zone: (-by_zone[zone], zone), default=None)
