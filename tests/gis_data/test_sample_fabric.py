"""What the sample city looks like from above: continuous around the offices, irregular, thinner at its edge."""

import math
from collections import Counter, defaultdict
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import shapely
from pyproj import Geod, Transformer
from shapely import Polygon, STRtree

from fangdi_gis_data.samples import DEFAULT_SEED, SampleCity, make_city
from fangdi_gis_data.samples.programme import SETTLEMENTS, TOWNS

GEOD = Geod(ellps="GRS80")
CENTRES = {town.key: (town.lon, town.lat) for town in TOWNS}
CENTRE_330212 = CENTRES["xz"]


@pytest.fixture(scope="module", params=[DEFAULT_SEED, 7])
def city(request: pytest.FixtureRequest) -> SampleCity:
    return make_city(request.param)


@pytest.fixture(scope="module")
def neighbours(city: SampleCity) -> list[Any]:
    offices = {row.parcel_id for row in city.rows["site_parcel"]}
    return [row for row in city.rows["parcel"] if row.id not in offices]


def around(lon: float, lat: float, radius_m: float) -> Polygon:
    """Return a circle on the ellipsoid, EPSG:4490."""
    return Polygon([GEOD.fwd(lon, lat, bearing, radius_m)[:2] for bearing in range(0, 360, 5)])


def built_share(parcels: list[Any], circle: Polygon) -> float:
    """Return which part of a circle is land with an owner; the rest is streets, water and open land."""
    return float(sum(parcel.outline.intersection(circle).area for parcel in parcels) / circle.area)


def test_the_two_kilometres_around_every_zone_are_full_of_city(city: SampleCity) -> None:
    for zone in city.rows["zone"]:
        middle = zone.outline.centroid
        assert built_share(city.rows["parcel"], around(middle.x, middle.y, 2_000)) > 0.6


def test_the_city_thins_out_towards_its_edge(city: SampleCity) -> None:
    circles = [around(*CENTRE_330212, radius_m) for radius_m in (2_500, 3_500, 4_500)]
    rings = [circles[0], *(outer - inner for inner, outer in pairwise(circles))]
    shares = [built_share(city.rows["parcel"], ring) for ring in rings]
    assert shares == sorted(shares, reverse=True)
    assert shares[-1] < 0.1


@pytest.mark.parametrize("settlement", SETTLEMENTS, ids=lambda settlement: settlement.towns[0])
def test_every_settlement_reaches_about_as_far_as_programmed(city: SampleCity, settlement: Any) -> None:
    home = CENTRES[settlement.towns[0]]
    near = around(*home, settlement.length_m * 0.75)
    middles = [parcel.outline.centroid for parcel in city.rows["parcel"] if near.contains(parcel.outline)]
    ways = [GEOD.inv(*home, middle.x, middle.y)[2] for middle in middles]
    assert 0.55 < 2 * max(ways) / settlement.length_m < 1.4


def test_streets_run_in_every_direction(neighbours: list[Any]) -> None:
    """No third of the compass, a quarter turn, holds more than half of the borders' length."""
    lengths: Counter[int] = Counter()
    for parcel in neighbours:
        if parcel.jurisdiction_code == "330212":
            steps = np.diff(shapely.get_coordinates(parcel.outline), axis=0) * (math.cos(math.radians(29.86)), 1)
            for dx, dy in steps:
                lengths[int(math.degrees(math.atan2(dy, dx)) % 90 // 30)] += math.hypot(dx, dy)
    assert max(lengths.values()) < lengths.total() / 2


def test_parcels_are_of_many_sizes_and_none_is_a_sliver(neighbours: list[Any]) -> None:
    areas = np.array([parcel.measured_land_m2 for parcel in neighbours])
    tenth, ninetieth = np.percentile(areas, [10, 90])
    assert ninetieth > 3 * tenth
    assert areas.min() > 1_000
    to_metres = Transformer.from_crs("EPSG:4490", "EPSG:4549", always_xy=True)
    for parcel in neighbours:
        plan = shapely.transform(parcel.outline, to_metres.transform, interleaved=False)
        assert not plan.buffer(-5).is_empty


def test_land_is_used_in_many_ways(neighbours: list[Any]) -> None:
    uses = Counter(parcel.land_use_code for parcel in neighbours)
    assert {"0701", "0901", "1401", "0804", "1001"} <= uses.keys()
    assert 0.35 < uses["0701"] / uses.total() < 0.65


def test_neighbours_belong_to_no_agency(city: SampleCity, neighbours: list[Any]) -> None:
    assert len(neighbours) > 2_000
    assert all(parcel.holder is None and parcel.holder_agency_id is None for parcel in neighbours)
    assert {parcel.id for parcel in neighbours}.isdisjoint(row.parcel_id for row in city.rows["title"])


def test_no_building_stands_on_a_neighbour_s_land(city: SampleCity, neighbours: list[Any]) -> None:
    buildings = [row.outline for row in city.rows["building"]]
    hits = STRtree([parcel.outline for parcel in neighbours]).query(buildings, predicate="intersects")
    assert hits.size == 0


def test_every_site_has_neighbours_within_a_street_s_width(city: SampleCity, neighbours: list[Any]) -> None:
    tree = STRtree([parcel.outline for parcel in neighbours])
    street = 50 / 96_000  # 50 m in degrees of longitude
    for site in city.rows["site"]:
        assert len(tree.query(site.outline, predicate="dwithin", distance=street)) >= 2, site.code


def test_addresses_say_that_they_are_invented(city: SampleCity) -> None:
    addresses: defaultdict[str, int] = defaultdict(int)
    for parcel in city.rows["parcel"]:
        assert "示例" in parcel.address
        addresses[parcel.address] += 1
    assert max(addresses.values()) == 1
