"""Distances of buildings to zones agree with an independent minimisation by pyproj to 1 mm.

The independent way: walk along every edge of the zone (straight in longitude and latitude), ask `pyproj.Geod` for the
distance at each step, and close in on the smallest by golden section. Slow, and free of any projection.
"""

import math
import random
from collections.abc import Callable
from datetime import date

import pytest
import shapely
from pyproj import Geod
from shapely import MultiPolygon, Polygon
from sqlalchemy import Connection

from builders import CENTRE, a_building, a_zone, degrees_box
from fangdi.domain.common import Question
from fangdi.store.coverage import distances_m

TODAY = date(2026, 1, 1)
GRS80 = Geod(ellps="GRS80")
_GOLDEN = (math.sqrt(5) - 1) / 2
LonLat = tuple[float, float]


def geod_m(one: LonLat, other: LonLat) -> float:
    """Measure the geodesic on GRS80, metres."""
    return float(GRS80.inv(*one, *other)[2])


def to_edge_m(point: LonLat, start: LonLat, end: LonLat) -> float:
    """Minimise the geodesic distance from a point to an edge straight in longitude and latitude."""

    def at(part: float) -> float:
        return geod_m(point, (start[0] + part * (end[0] - start[0]), start[1] + part * (end[1] - start[1])))

    steps = 64
    nearest = min(range(steps + 1), key=lambda step: at(step / steps))
    return golden_section(at, max(nearest - 1, 0) / steps, min(nearest + 1, steps) / steps)


def golden_section(function: Callable[[float], float], low: float, high: float) -> float:
    """Return the minimum of a function with one valley between `low` and `high`."""
    while high - low > 1e-9:
        left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
        low, high = (low, right) if function(left) < function(right) else (left, high)
    return min(function(low), function(high), function((low + high) / 2))


def expected_m(point: LonLat, zone: MultiPolygon) -> float:
    """Return the distance to the zone by walking along all its edges; 0 inside."""
    if zone.covers(shapely.Point(point)):
        return 0.0
    rings = [ring for part in zone.geoms for ring in (part.exterior, *part.interiors)]
    edges = [pair for ring in rings for pair in zip(ring.coords[:-1], ring.coords[1:], strict=True)]
    return min(to_edge_m(point, start, end) for start, end in edges)


def measured_m(connection: Connection, *, building: int, zone: int) -> float:
    """Ask the database."""
    return distances_m(connection, Question(TODAY), within_m=2000)[building][zone]


def star(centre: LonLat, *, size: float, seed: int) -> MultiPolygon:
    """Draw an irregular zone of 9 corners, some 100 m (size 0.001) or more across; EPSG:4490."""
    dice = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    corners = [
        (
            centre[0] + size * dice.uniform(0.3, 1) * math.cos(turn * math.tau / 9),
            centre[1] + size * dice.uniform(0.3, 1) * math.sin(turn * math.tau / 9),
        )
        for turn in range(9)
    ]
    return shapely.set_srid(MultiPolygon([Polygon(corners)]), 4490)


@pytest.mark.parametrize("seed", range(4))
def test_distances_equal_geodesics_to_the_nearest_point_of_the_outline(connection: Connection, seed: int) -> None:
    dice = random.Random(100 + seed)  # noqa: S311
    outline = star(CENTRE, size=dice.choice([0.002, 0.01, 0.04]), seed=seed)
    zone = a_zone(connection, outline)
    points = [(CENTRE[0] + dice.uniform(-0.1, 0.1), CENTRE[1] + dice.uniform(-0.1, 0.1)) for _ in range(12)]
    buildings = {a_building(connection, at=point): point for point in points}
    measured = distances_m(connection, Question(TODAY), within_m=2000)
    for building, point in buildings.items():
        assert measured[building][zone] == pytest.approx(expected_m(point, outline), abs=0.001)


@pytest.mark.parametrize("seed", range(3))
def test_no_zone_that_is_near_or_the_nearest_is_left_out(connection: Connection, seed: int) -> None:
    dice = random.Random(200 + seed)  # noqa: S311
    around = [(CENTRE[0] + dice.uniform(-1.5, 1.5), CENTRE[1] + dice.uniform(-1.5, 1.5)) for _ in range(14)]
    sizes = [dice.choice([0.002, 0.03, 0.2]) for _ in around]
    zones = [
        a_zone(connection, star(at, size=size, seed=n % 4))
        for n, (at, size) in enumerate(zip(around, sizes, strict=True))
    ]
    for _ in range(40):
        a_building(connection, at=(CENTRE[0] + dice.uniform(-2, 2), CENTRE[1] + dice.uniform(-2, 2)))
    near_m = dice.choice([2000, 9000, 30_000])

    found = distances_m(connection, Question(TODAY), within_m=near_m)

    alone = {zone: distances_m(connection, Question(TODAY), within_m=near_m, zone_id=zone) for zone in zones}
    for building, by_zone in found.items():
        every = {zone: measured[building][zone] for zone, measured in alone.items()}
        due = {zone for zone, distance in every.items() if distance <= near_m or distance == min(every.values())}
        assert due <= set(by_zone)
        assert all(every[zone] == distance for zone, distance in by_zone.items())
    assert len(found) == 40
    assert sum(len(by_zone) for by_zone in found.values()) < 40 * len(zones)  # some are left out


def test_distances_of_fifty_kilometres_are_exact(connection: Connection) -> None:
    outline = star(CENTRE, size=0.01, seed=5)
    zone = a_zone(connection, outline)
    for azimuth in range(0, 360, 45):
        east, north, _ = GRS80.fwd(*CENTRE, azimuth, 50_000)
        building = a_building(connection, at=(east, north))
        expected = expected_m((east, north), outline)
        assert measured_m(connection, building=building, zone=zone) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize("latitude", [0.0, 45.0, 70.0])
def test_distances_are_exact_at_any_latitude_and_far_from_the_plane_of_the_deployment(
    connection: Connection, latitude: float
) -> None:
    outline = star((-70.0, latitude), size=0.02, seed=6)
    zone = a_zone(connection, outline)
    building = a_building(connection, at=(-69.95, latitude + 0.01))
    expected = expected_m((-69.95, latitude + 0.01), outline)
    assert measured_m(connection, building=building, zone=zone) == pytest.approx(expected, abs=0.001)


def test_a_long_straight_edge_follows_its_parallel_and_not_the_great_circle(connection: Connection) -> None:
    # Half way along 1° of the parallel 30°, the great circle between its ends runs some 0.25 × tan 30° × 0.5° ≈ 190 m
    # further north: the distance from a point 1 km north of the parallel tells which line was taken.
    zone = a_zone(connection, degrees_box(121, 29, 122, 30))
    east, north, _ = GRS80.fwd(121.5, 30, 0, 1000)
    building = a_building(connection, at=(east, north))
    assert measured_m(connection, building=building, zone=zone) == pytest.approx(1000, abs=0.001)


def test_a_building_inside_or_on_the_outline_is_at_distance_zero(connection: Connection) -> None:
    zone = a_zone(connection, degrees_box(121.5, 29.8, 121.6, 29.9))
    for at in [(121.55, 29.85), (121.5, 29.85), (121.55, 29.9), (121.6, 29.8)]:
        assert measured_m(connection, building=a_building(connection, at=at), zone=zone) == 0


def test_a_building_in_a_hole_is_as_far_as_the_edge_of_the_hole(connection: Connection) -> None:
    ring, hole = degrees_box(121.5, 29.8, 121.6, 29.9), degrees_box(121.54, 29.84, 121.56, 29.86)
    outline = shapely.set_srid(MultiPolygon([ring.difference(hole)]), 4490)
    zone = a_zone(connection, outline)
    building = a_building(connection, at=(121.55, 29.859))
    # 0.001° of meridian at 29.86° N, straight north to the edge of the hole
    expected = geod_m((121.55, 29.859), (121.55, 29.86))
    assert measured_m(connection, building=building, zone=zone) == pytest.approx(expected, abs=0.001)


def test_the_nearest_of_several_parts_counts(connection: Connection) -> None:
    west, east = degrees_box(121.50, 29.86, 121.51, 29.88), degrees_box(121.58, 29.86, 121.59, 29.88)
    outline = shapely.set_srid(MultiPolygon([*west.geoms, *east.geoms]), 4490)
    zone = a_zone(connection, outline)
    building = a_building(connection, at=(121.56, 29.87))
    expected = to_edge_m((121.56, 29.87), (121.58, 29.86), (121.58, 29.88))
    assert measured_m(connection, building=building, zone=zone) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize("at", [(-74.0, 40.7), (-58.4, -34.6), (0.0, 89.9), (-58.45, -29.87)])
def test_a_building_on_another_continent_is_measured_and_does_not_fail(connection: Connection, at: LonLat) -> None:
    outline = star(CENTRE, size=0.01, seed=7)
    zone = a_zone(connection, outline)
    measured = measured_m(connection, building=a_building(connection, at=at), zone=zone)
    # to the right kilometre; the last point is the antipode, where every direction is as good as any other
    assert measured == pytest.approx(expected_m(at, outline), abs=1000)


def test_zones_of_other_kinds_and_dates_do_not_count(connection: Connection) -> None:
    building = a_building(connection)
    a_zone(connection, kind="service_area")
    assert building not in distances_m(connection, Question(TODAY), within_m=2000)
