"""What tiles show, decoded and compared with shapely; places in tile units, y downwards."""

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import mapbox_vector_tile
import numpy as np
import pytest
import shapely
from shapely import MultiPolygon, Point, Polygon, affinity, box
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from builders import (
    CENTRE,
    CITY,
    a_building,
    a_jurisdiction,
    a_parcel,
    a_room,
    a_scope,
    a_site,
    a_zone,
    an_agency,
    degrees_box,
    has_status,
    has_tenure,
    has_title,
    occupies,
    on_map,
    square,
)
from fangdi.errors import InvalidInputError, NotFoundError
from fangdi.store.access import NOBODY, Scope
from fangdi.store.tiles import LAYERS, MAX_ZOOM, Tile, View, question

TODAY = date(2026, 6, 1)
UNITS = 4096
BUFFER = 64
EARTH_M = 6378137.0


@dataclass(frozen=True)
class Feature:
    """A decoded feature."""

    id: int | None
    shape: BaseGeometry
    attributes: dict[str, Any]


def units(z: int, lon: float, lat: float) -> tuple[float, float]:
    """Return how many tile units a place lies east and south of the corner of the world: Web Mercator by hand."""
    world = UNITS * 2.0**z
    y = math.asinh(math.tan(math.radians(lat)))
    return world * (0.5 + lon / 360), world * (0.5 - y / (2 * math.pi))


def tile_at(layer: str, z: int, place: tuple[float, float] = CENTRE) -> Tile:
    x, y = units(z, *place)
    return Tile(layer, z, int(x // UNITS), int(y // UNITS))


def middle_of(tile: Tile, *, x: float = UNITS / 2, y: float = UNITS / 2) -> tuple[float, float]:
    """Return the longitude and latitude of a place in a tile, in its units."""
    world = UNITS * 2.0**tile.z
    east, south = (tile.x * UNITS + x) / world, (tile.y * UNITS + y) / world
    return 360 * (east - 0.5), math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * south))))


def in_units(outline: BaseGeometry, tile: Tile) -> BaseGeometry:
    """Return a map geometry (EPSG:4490) in the units of a tile, unrounded."""

    def move(places: Any) -> Any:
        corner = np.array([tile.x, tile.y]) * UNITS
        return np.array([units(tile.z, lon, lat) for lon, lat in places]) - corner

    return shapely.transform(outline, move)


def draw(connection: Connection, tile: Tile, *, as_of: date = TODAY, level: float | None = None) -> list[Feature]:
    """Draw a tile in the test's own transaction and decode it."""
    cursor = connection.connection.cursor()
    view = View(as_of, None if level is None else Decimal(str(level)))
    cursor.execute(*question(tile, view, a_scope(connection)))
    row = cursor.fetchone()
    assert row is not None
    found = mapbox_vector_tile.decode(bytes(row[0]), default_options={"y_coord_down": True})
    assert set(found) <= {tile.layer}
    features = found.get(tile.layer, {"features": [], "extent": UNITS})
    assert features["extent"] == UNITS
    return [Feature(one.get("id"), shape(one["geometry"]), one["properties"]) for one in features["features"]]


def only(features: list[Feature]) -> Feature:
    assert len(features) == 1
    return features[0]


# Which rooms, and where


@pytest.mark.parametrize("z", [15, 17, 19])
def test_a_tile_holds_every_room_that_meets_it_and_none_beyond_the_buffer(connection: Connection, z: int) -> None:
    tile = tile_at("rooms", z)
    corner = middle_of(tile, x=0, y=0)
    building = a_building(connection, at=corner)
    unit_m = 2 * math.pi * EARTH_M * math.cos(math.radians(corner[1])) / 2**z / UNITS
    rng = np.random.default_rng(z)
    outlines = {}
    for east, north in rng.uniform(-400 * unit_m, 400 * unit_m, (60, 2)):
        size = rng.uniform(3, 200) * unit_m
        plan = affinity.rotate(box(east, north, east + size, north + size * 0.6), rng.uniform(0, 90))
        outlines[a_room(connection, building=building, plan=plan)] = in_units(on_map(plan, around=corner), tile)

    drawn = {int(feature.id or 0): feature.shape for feature in draw(connection, tile)}

    visible, reach = box(0, 0, UNITS, UNITS), box(-BUFFER, -BUFFER, UNITS + BUFFER, UNITS + BUFFER)
    meeting = {room for room, outline in outlines.items() if outline.intersection(visible).area > 2}
    near = {room for room, outline in outlines.items() if outline.intersects(reach.buffer(1))}
    assert meeting
    assert meeting <= set(drawn) <= near
    assert set(drawn) < set(outlines)
    for room, outline in drawn.items():
        assert outline.is_valid
        expected = outlines[room].intersection(reach)
        assert reach.buffer(1).contains(outline)
        assert outline.symmetric_difference(expected).area <= expected.length  # a strip one unit wide
        if reach.contains(outlines[room]):
            assert outline.hausdorff_distance(expected) <= 1


def test_rooms_wind_as_the_format_asks_however_they_were_drawn(connection: Connection) -> None:
    tile = tile_at("rooms", 18)
    building = a_building(connection, at=middle_of(tile))
    hole = box(4, 4, 6, 6)
    for plan in (
        Polygon(list(box(0, 0, 10, 10).exterior.coords), [list(hole.exterior.coords)[::-1]]),
        Polygon(list(box(12, 0, 22, 10).exterior.coords)[::-1], [list(affinity.translate(hole, 12).exterior.coords)]),
        box(50, 0, 90, 10),  # crosses the edge
    ):
        a_room(connection, building=building, plan=plan)

    shapes = [feature.shape for feature in draw(connection, tile)]

    assert len(shapes) == 3
    for polygon in shapes:
        assert isinstance(polygon, Polygon)
        # Vector tile specification 4.3.3.3: with y downwards the exterior has a positive area, holes a negative one
        assert shapely.is_ccw(polygon.exterior)
        assert not any(shapely.is_ccw(ring) for ring in polygon.interiors)
    assert sorted(len(polygon.interiors) for polygon in shapes if isinstance(polygon, Polygon)) == [0, 1, 1]


def test_a_room_in_two_parts_keeps_both(connection: Connection) -> None:
    tile = tile_at("rooms", 18)
    at = middle_of(tile)
    outline = on_map(MultiPolygon([square(5), square(5, at=(8, 0))]), around=at)
    a_room(connection, building=a_building(connection, at=at), outline=outline)

    assert isinstance(only(draw(connection, tile)).shape, MultiPolygon)


def test_rooms_without_an_outline_are_not_drawn(connection: Connection) -> None:
    a_room(connection)

    assert draw(connection, tile_at("rooms", 17)) == []


def test_a_room_smaller_than_a_pixel_shows_from_zoom_15(connection: Connection) -> None:
    # A pixel at z14: 40075 km / 2^14 / 512 = 4.78 m, times cos 29.87° = 4.14 m on the ground, 17.2 m².
    building = a_building(connection)
    a_room(connection, "小", building=building, plan=square(4.1))
    a_room(connection, "大", building=building, plan=square(4.2, at=(10, 0)))

    assert [room.attributes["number"] for room in draw(connection, tile_at("rooms", 14))] == ["大"]
    assert len(draw(connection, tile_at("rooms", 15))) == 2


def test_a_room_too_small_for_the_grid_is_left_out_and_the_others_stay(connection: Connection) -> None:
    building = a_building(connection)
    a_room(connection, "点", building=building, plan=square(0.05))  # a unit at z15 is 26 cm
    a_room(connection, "室", building=building, plan=square(5, at=(10, 0)))

    assert [room.attributes["number"] for room in draw(connection, tile_at("rooms", 15))] == ["室"]


# What a room says


def room_at(connection: Connection, **more: Any) -> int:
    return a_room(connection, plan=square(5), **more)


def attributes(connection: Connection, *, as_of: date = TODAY) -> dict[str, Any]:
    return only(draw(connection, tile_at("rooms", 17), as_of=as_of)).attributes


def test_a_room_says_what_the_map_needs_and_no_more(connection: Connection) -> None:
    building = a_building(connection)
    room = room_at(connection, building=building, number="301", level=3, use="meeting_room")
    agency = an_agency(connection)
    occupies(connection, agency, room)

    drawn = only(draw(connection, tile_at("rooms", 17)))

    assert drawn.id == room
    assert drawn.attributes == {
        "number": "301",
        "category": "service",
        "state": "occupied",
        "agency": agency,
        "building": building,
    }


@pytest.mark.parametrize("status", ["repair", "reserved", "handed_over"])
def test_an_empty_room_says_why_it_is_not_to_be_had(connection: Connection, status: str) -> None:
    has_status(connection, room_at(connection), status)

    assert attributes(connection)["state"] == status


@pytest.mark.parametrize(("use", "state"), [("office", "idle"), ("corridor", "common"), ("toilet", "common")])
def test_an_empty_room_is_idle_only_when_it_could_be_assigned(connection: Connection, use: str, state: str) -> None:
    room_at(connection, use=use)

    assert attributes(connection)["state"] == state
    assert "agency" not in attributes(connection)


def test_a_room_in_use_is_occupied_whatever_its_status(connection: Connection) -> None:
    room = room_at(connection)
    occupies(connection, an_agency(connection), room)
    has_status(connection, room, "repair")

    assert attributes(connection)["state"] == "occupied"


def test_state_and_agency_are_those_of_the_date(connection: Connection) -> None:
    room, first, second = room_at(connection), an_agency(connection), an_agency(connection)
    occupies(connection, first, room, since=date(2024, 1, 1), until=date(2025, 1, 1))
    has_status(connection, room, "repair", since=date(2025, 1, 1), until=date(2025, 3, 1))
    occupies(connection, second, room, since=date(2025, 4, 1))

    def on(day: date) -> tuple[str, int | None]:
        found = attributes(connection, as_of=day)
        return found["state"], found.get("agency")

    assert on(date(2023, 12, 31)) == ("idle", None)
    assert on(date(2024, 1, 1)) == ("occupied", first)
    assert on(date(2024, 12, 31)) == ("occupied", first)
    assert on(date(2025, 1, 1)) == ("repair", None)
    assert on(date(2025, 3, 1)) == ("idle", None)
    assert on(date(2025, 4, 1)) == ("occupied", second)


def test_a_room_shows_only_while_it_exists(connection: Connection) -> None:
    room_at(connection, since=date(2024, 1, 1), until=date(2025, 1, 1))

    shown = [bool(draw(connection, tile_at("rooms", 17), as_of=day)) for day in (date(2023, 12, 31), date(2024, 1, 1))]

    assert shown == [False, True]
    assert draw(connection, tile_at("rooms", 17), as_of=date(2025, 1, 1)) == []


def test_the_agency_with_the_largest_share_is_named(connection: Connection) -> None:
    room, small, large = room_at(connection), an_agency(connection), an_agency(connection)
    occupies(connection, small, room, share=0.4)
    occupies(connection, large, room, share=0.6)

    assert attributes(connection)["agency"] == large


def test_units_of_an_agency_count_together(connection: Connection) -> None:
    room, single, double = room_at(connection), an_agency(connection), an_agency(connection)
    occupies(connection, single, room, share=0.4)
    occupies(connection, double, room, share=0.3, unit="一处")
    occupies(connection, double, room, share=0.3, unit="二处")

    assert attributes(connection)["agency"] == double


def test_of_equal_shares_the_lower_id_is_named(connection: Connection) -> None:
    room, first, second = room_at(connection), an_agency(connection), an_agency(connection)
    occupies(connection, second, room, share=0.5)
    occupies(connection, first, room, share=0.5)

    assert attributes(connection)["agency"] == first


def test_with_a_level_only_rooms_of_such_floors_come(connection: Connection) -> None:
    building = a_building(connection)
    level_of = {room_at(connection, building=building, level=level): level for level in (-1, 1, 1.5, 2)}

    def levels(level: float | None) -> list[float]:
        return sorted(level_of[room.id or 0] for room in draw(connection, tile_at("rooms", 17), level=level))

    assert levels(None) == [-1, 1, 1.5, 2]
    assert levels(1) == [1]
    assert levels(1.5) == [1.5]
    assert levels(-1) == [-1]
    assert levels(3) == []


# Other layers


def test_buildings_are_points_up_to_zoom_12_and_outlines_from_13(connection: Connection) -> None:
    a_building(connection, outline=on_map(square(30)))

    assert isinstance(only(draw(connection, tile_at("buildings", 12))).shape, Point)
    assert isinstance(only(draw(connection, tile_at("buildings", 13))).shape, Polygon)


def test_a_building_without_an_outline_is_a_point_at_its_location(connection: Connection) -> None:
    a_building(connection)
    tile = tile_at("buildings", 17)

    drawn = only(draw(connection, tile)).shape

    assert drawn.distance(in_units(Point(CENTRE), tile)) <= 1


def test_a_building_says_its_title_and_tenure_of_the_date(connection: Connection) -> None:
    building = a_building(connection, "老楼", outline=on_map(square(30)))
    has_title(connection, "unregistered", building=building, until=date(2025, 1, 1))
    has_title(connection, "administration", building=building, since=date(2025, 1, 1))
    has_tenure(connection, building, "leased", since=date(2025, 1, 1))

    def on(day: date) -> dict[str, Any]:
        return only(draw(connection, tile_at("buildings", 16), as_of=day)).attributes

    assert on(date(2024, 12, 31)) == {"name": "老楼", "title": "unregistered", "tenure": "unknown"}
    assert on(date(2025, 1, 1)) == {"name": "老楼", "title": "administration", "tenure": "leased"}


def test_a_parcel_says_its_title_of_the_date(connection: Connection) -> None:
    parcel = a_parcel(connection)
    has_title(connection, "recorded", parcel=parcel, since=date(2025, 1, 1))

    before = only(draw(connection, tile_at("parcels", 16), as_of=date(2024, 12, 31)))
    after = only(draw(connection, tile_at("parcels", 16), as_of=date(2025, 1, 1)))

    assert (before.id, before.attributes) == (parcel, {"title": "unknown"})
    assert after.attributes == {"title": "recorded"}


def test_sites_and_zones_say_their_names(connection: Connection) -> None:
    site = a_site(connection, "东院", outline=on_map(square(100)))
    zone = a_zone(connection, name="东片")

    for layer, key, name in (("sites", site, "东院"), ("zones", zone, "东片")):
        drawn = only(draw(connection, tile_at(layer, 15)))
        assert (drawn.id, drawn.attributes) == (key, {"name": name})


def test_jurisdictions_say_their_code_and_name(connection: Connection) -> None:
    a_jurisdiction(connection, boundary=degrees_box(121, 29, 122, 30))

    drawn = only(draw(connection, tile_at("jurisdictions", 10)))

    assert drawn.attributes == {"code": CITY, "name": "宁波市"}


def test_boundaries_keep_to_within_a_quarter_of_a_pixel_and_lose_what_cannot_be_seen(connection: Connection) -> None:
    west, south, east, north = 121.0, 29.7, 122.0, 30.0
    ridge = [(lon, south + 0.00045 * (step % 2)) for step, lon in enumerate(np.linspace(west, east, 2001))]
    outline = shapely.set_srid(MultiPolygon([Polygon([*ridge, (east, north), (west, north)])]), 4490)
    a_jurisdiction(connection, boundary=outline)
    tile = tile_at("jurisdictions", 8)
    reach = box(-BUFFER, -BUFFER, UNITS + BUFFER, UNITS + BUFFER)

    drawn = only(draw(connection, tile)).shape

    assert shapely.get_num_coordinates(drawn) < 20
    # a quarter of a pixel is 4096 / 512 / 4 = 2 units; rounding to the grid adds less than 1
    assert drawn.hausdorff_distance(in_units(outline, tile).intersection(reach)) <= 3


def test_a_zone_meets_only_the_tiles_it_reaches(connection: Connection) -> None:
    tile = tile_at("zones", 15)
    far = middle_of(Tile("zones", 15, tile.x + 2, tile.y))
    a_zone(connection, on_map(square(10), around=far))

    assert draw(connection, tile) == []


# Addresses


@pytest.mark.parametrize(
    ("z", "x", "y"), [(-1, 0, 0), (MAX_ZOOM + 1, 0, 0), (3, 8, 0), (3, 0, 8), (3, -1, 0), (3, 0, -1)]
)
def test_tiles_off_the_map_are_refused(z: int, x: int, y: int) -> None:
    with pytest.raises(InvalidInputError):
        Tile("rooms", z, x, y)


def test_the_last_tile_of_the_map_is_there(connection: Connection) -> None:
    last = (1 << MAX_ZOOM) - 1

    for layer in LAYERS:
        assert draw(connection, Tile(layer, MAX_ZOOM, last, last)) == []


def test_layers_that_do_not_exist_are_refused() -> None:
    with pytest.raises(NotFoundError, match="jurisdictions, zones"):
        Tile("people", 0, 0, 0)


def test_every_layer_has_a_version(connection: Connection) -> None:
    versions = connection.exec_driver_sql("SELECT layer FROM fangdi.layer_version").scalars().all()

    assert set(versions) >= set(LAYERS)


@pytest.mark.parametrize(
    ("cleared", "where"), [(True, "everywhere"), (False, "everywhere"), (False, ["330203"])], ids=str
)
@pytest.mark.parametrize("layer", ["rooms", "parcels", "buildings", "sites"])
def test_tiles_are_found_by_the_spatial_index_in_the_application_s_role(
    connection: Connection, layer: str, *, cleared: bool, where: Any
) -> None:
    table = layer.removesuffix("s")
    scope = a_scope(connection, cleared=cleared, where=dict.fromkeys(("read_land", "read_assets"), where))
    scans = text("SELECT pg_stat_get_xact_numscans(CAST(:index AS regclass))")
    index = {"index": f"fangdi.ix_{table}_tile_shape"}
    before = connection.execute(scans, index).scalar_one()
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    connection.execute(text("SET LOCAL ROLE fangdi_app"))

    connection.connection.cursor().execute(*question(tile_at(layer, 17), View(TODAY), scope))

    connection.execute(text("RESET ROLE"))
    assert connection.execute(scans, index).scalar_one() == before + 1


@pytest.mark.parametrize("schema", ["fangdi_seen", "fangdi_open"])
def test_the_application_s_role_cannot_read_what_tiles_are_drawn_from(connection: Connection, schema: str) -> None:
    connection.execute(text("SET LOCAL ROLE fangdi_app"))

    with pytest.raises(DBAPIError, match=f"permission denied for schema {schema}"):
        connection.execute(text(f"SELECT * FROM {schema}.room"))  # noqa: S608 - one of two words


def test_what_a_statement_says_the_scope_is_draws_nothing(connection: Connection) -> None:
    a_room(connection, plan=square(30))
    all_there_is = a_scope(connection)
    cursor = connection.connection.cursor()
    cursor.execute("SELECT set_config('fangdi.taken', %s, true)", [all_there_is.said])

    (drawn,) = cursor.execute(*question(tile_at("rooms", 17), View(TODAY), NOBODY)).fetchone()

    assert not drawn


def test_a_scope_with_another_s_seal_draws_nothing(connection: Connection) -> None:
    a_room(connection, plan=square(30))
    mine, theirs = a_scope(connection), a_scope(connection, cleared=False)
    cursor = connection.connection.cursor()

    drawn = [
        cursor.execute(*question(tile_at("rooms", 17), View(TODAY), scope)).fetchone()[0]
        for scope in (mine, Scope(mine.said, theirs.seal), Scope(mine.said, ""), NOBODY)
    ]

    assert [bool(tile) for tile in drawn] == [True, False, False, False]
