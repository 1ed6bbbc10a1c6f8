"""How the sample city is drawn: valid shapes, rooms that do not overlap, each thing inside the one that holds it."""

import math
from collections import Counter, defaultdict
from typing import Any

import pytest
import shapely
from shapely import STRtree

from fangdi_gis_data.samples import DEFAULT_SEED, SampleCity, make_city

TOLERANCE_M = 0.001
"""Plans are rounded to 0.1 mm, so an edge may stick out by less than a millimetre."""
SLIVER_M2 = 0.01


@pytest.fixture(scope="module", params=[DEFAULT_SEED, 7])
def city(request: pytest.FixtureRequest) -> SampleCity:
    return make_city(request.param)


@pytest.fixture(scope="module")
def by_floor(city: SampleCity) -> dict[int, list[Any]]:
    floors: defaultdict[int, list[Any]] = defaultdict(list)
    for room in city.rows["room"]:
        if room.plan_outline is not None:
            floors[room.floor_id].append(room)
    return floors


def overlaps(shapes: list[Any], *, more_than: float) -> list[tuple[int, int]]:
    """Return the pairs of shapes that share more than an area."""
    pairs = STRtree(shapes).query(shapes, predicate="intersects")
    return [(int(a), int(b)) for a, b in pairs.T if a < b and shapes[a].intersection(shapes[b]).area > more_than]


@pytest.mark.parametrize("table", ["jurisdiction", "zone", "parcel", "site", "building", "floor", "room"])
def test_every_shape_is_valid(city: SampleCity, table: str) -> None:
    fields = ("boundary", "outline", "plan_outline")
    shapes = [getattr(row, name) for row in city.rows[table] for name in fields if getattr(row, name, None) is not None]
    assert shapes
    assert shapely.is_valid(shapes).all()


def test_rooms_of_a_floor_do_not_overlap(by_floor: dict[int, list[Any]]) -> None:
    for rooms in by_floor.values():
        assert not overlaps([room.plan_outline for room in rooms], more_than=SLIVER_M2)


def test_every_room_lies_inside_its_floor(city: SampleCity, by_floor: dict[int, list[Any]]) -> None:
    for floor in city.rows["floor"]:
        if floor.plan_outline is not None:
            inside = floor.plan_outline.buffer(TOLERANCE_M)
            assert all(inside.covers(room.plan_outline) for room in by_floor[floor.id])


def test_walls_take_part_of_every_floor(city: SampleCity, by_floor: dict[int, list[Any]]) -> None:
    for floor in city.rows["floor"]:
        if floor.plan_outline is not None and floor.level > 0:
            used = sum(room.plan_outline.area for room in by_floor[floor.id])
            assert 0.8 < used / floor.plan_outline.area < 0.97


def test_every_building_lies_inside_its_site_and_on_its_parcels(city: SampleCity) -> None:
    sites = {site.id: site.outline for site in city.rows["site"]}
    parcels = {parcel.id: parcel.outline for parcel in city.rows["parcel"]}
    ground: defaultdict[int, list[Any]] = defaultdict(list)
    for link in city.rows["building_parcel"]:
        ground[link.building_id].append(parcels[link.parcel_id])
    for building in city.rows["building"]:
        assert sites[building.site_id].covers(building.outline)
        covered = shapely.union_all(ground[building.id]).buffer(1e-6)
        assert covered.covers(building.outline)


def test_every_site_lies_inside_one_district(city: SampleCity) -> None:
    districts = [row.boundary for row in city.rows["jurisdiction"] if row.level == "county" and row.boundary]
    for site in city.rows["site"]:
        assert sum(district.covers(site.outline) for district in districts) == 1


@pytest.mark.parametrize("table", ["site", "building", "parcel"])
def test_things_on_the_ground_do_not_overlap(city: SampleCity, table: str) -> None:
    square_metre = 1e-10  # in square degrees, roughly
    assert not overlaps([row.outline for row in city.rows[table]], more_than=square_metre)


def test_gross_area_of_a_floor_is_the_area_of_its_outline(city: SampleCity) -> None:
    for floor in city.rows["floor"]:
        if floor.plan_outline is not None:
            assert floor.measured_gross_m2 == pytest.approx(floor.plan_outline.area, abs=1e-5)


def test_gross_area_of_a_building_is_the_sum_of_its_floors(city: SampleCity) -> None:
    sums: Counter[int] = Counter()
    for floor in city.rows["floor"]:
        sums[floor.building_id] += floor.measured_gross_m2 or 0
    for building in city.rows["building"]:
        assert (building.measured_gross_m2 or 0) == pytest.approx(sums[building.id], abs=1e-3)


def test_measured_area_of_a_room_is_the_area_of_its_plan(city: SampleCity) -> None:
    drawn = [room for room in city.rows["room"] if room.plan_outline is not None]
    assert all(room.measured_usable_m2 == pytest.approx(room.plan_outline.area, abs=1e-5) for room in drawn)


@pytest.mark.parametrize("norm_m2", [12, 18, 24])
def test_offices_have_sizes_of_the_norms(city: SampleCity, norm_m2: int) -> None:
    areas = [room.measured_usable_m2 or 0 for room in city.rows["room"] if room.use_code.endswith("office")]
    assert sum(abs(area - norm_m2) < 0.05 for area in areas) > 25


def test_offices_are_neither_cupboards_nor_halls(city: SampleCity) -> None:
    areas = [room.measured_usable_m2 for room in city.rows["room"] if room.use_code.endswith("office")]
    assert all(area is None or 5.5 < area < 52 for area in areas)


def test_every_floor_above_ground_has_stairs_a_toilet_and_a_corridor(city: SampleCity) -> None:
    uses: defaultdict[int, set[str]] = defaultdict(set)
    for room in city.rows["room"]:
        uses[room.floor_id].add(room.use_code)
    for floor in city.rows["floor"]:
        needed = {"stairs", "toilet", "corridor"} if floor.level > 0 else {"stairs"}
        assert needed <= uses[floor.id]


def test_stairs_stand_above_one_another(city: SampleCity) -> None:
    stairs: defaultdict[int, Counter[Any]] = defaultdict(Counter)
    storeys = Counter(floor.building_id for floor in city.rows["floor"])
    for room in city.rows["room"]:
        if room.use_code == "stairs" and room.plan_outline is not None:
            stairs[room.building_id][room.plan_outline.wkb] += 1
    for building, shafts in stairs.items():
        assert set(shafts.values()) == {storeys[building]}


def test_buildings_of_six_storeys_and_more_have_lifts(city: SampleCity) -> None:
    with_lift = {room.building_id for room in city.rows["room"] if room.use_code == "lift"}
    for building in city.rows["building"]:
        assert building.has_lift == (building.id in with_lift) == (building.storeys_above >= 6)


def test_doors_are_numbered_by_level_and_never_twice(city: SampleCity) -> None:
    levels = {floor.id: floor.level for floor in city.rows["floor"]}
    seen = set()
    for room in city.rows["room"]:
        assert (room.building_id, room.code) not in seen
        seen.add((room.building_id, room.code))
        if room.number and levels[room.floor_id] > 0:
            assert int(room.number) // 100 == levels[room.floor_id]


def test_storeys_range_from_two_to_twenty_two(city: SampleCity) -> None:
    storeys = [building.storeys_above for building in city.rows["building"]]
    assert (min(storeys), max(storeys)) == (2, 22)
    assert any(building.storeys_below for building in city.rows["building"])


def test_towns_do_not_follow_one_grid(city: SampleCity) -> None:
    """The longest side of the sites points in many directions."""
    bearings = set()
    for site in city.rows["site"]:
        box = site.outline.minimum_rotated_rectangle.exterior.coords
        bearings.add(round(_bearing(box[0], box[1])))
    assert len(bearings) > 20


def _bearing(start: tuple[float, ...], end: tuple[float, ...]) -> float:
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0])) % 90
