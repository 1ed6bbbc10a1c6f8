"""Rooms take a fast way when they are many and simple; what is stored, and what is refused, is the same as ever."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fangdi.service import loading_ahead
from fangdi.store import loading_rooms as room_store
from fangdi_gis_data import prepare

PLACE = "990100"
EAST, NORTH = 366_714.0, 3_305_448.0
"""A place in EPSG:4550, at 121.62° E, 29.86° N."""

ROOM = (
    "SELECT code, number, room.name, use_code, declared_usable_m2, measured_usable_m2, classified, floor.level, "
    "ST_AsEWKT(room.plan_outline, 15), ST_AsEWKT(room.outline, 15), ST_AsEWKT(room.tile_shape, 4), room.valid "
    "FROM fangdi.room JOIN fangdi.floor ON floor.id = floor_id ORDER BY code"
)


@pytest.fixture
def city(loader: Any, tmp_path: Path) -> Any:
    """Lend a database with the buildings A and B."""
    file = tmp_path / "b.csv"
    file.write_text("code,name,x,y\nA,甲楼,121.62,29.86\nB,乙楼,121.621,29.861\n", encoding="utf-8")
    loader("buildings", file, const={"jurisdiction_code": PLACE}, crs="EPSG:4490")
    return loader


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Take the way of many rooms from so many rooms on."""

    def many(rooms: int) -> None:
        monkeypatch.setattr(prepare, "MANY_ROWS", rooms)
        monkeypatch.setitem(room_store.BULK_ROWS, "room", rooms)
        monkeypatch.setitem(room_store.BULK_ROWS, "floor", rooms)
        monkeypatch.setattr(loading_ahead, "CHUNK", 3)
        monkeypatch.setattr("fangdi.service.loading_rooms.CHUNK", 3)

    return many


def box(n: int, side: float = 4) -> shapely.Polygon:
    return shapely.box(EAST + 10 * n, NORTH, EAST + 10 * n + side, NORTH + side)


def write(file: Path, rooms: list[dict[str, Any]], shapes: list[Any]) -> Path:
    file.unlink(missing_ok=True)
    gpd.GeoDataFrame(rooms, geometry=shapes, crs=4550).to_file(file, layer="rooms", engine="pyogrio")
    return file


@st.composite
def rooms(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[Any]]:
    """Draw rooms with missing and odd texts, and boxes, corners, holes, parts or nothing for outlines."""
    rows: list[dict[str, Any]] = []
    drawn: list[Any] = []
    word = st.none() | st.text("甲ABé'\",;\\ \n𠮷", max_size=6)
    for n in range(draw(st.integers(1, 10))):
        room, side = box(n), draw(st.sampled_from([1.5, 2.25, 3.0]))
        corner = shapely.box(*room.bounds[:2], room.bounds[0] + side, room.bounds[1] + side)
        hole = shapely.box(room.bounds[0] + 1, room.bounds[1] + 1, room.bounds[0] + side, room.bounds[1] + side)
        parts = shapely.MultiPolygon([room, shapely.transform(room, lambda corners: corners + np.array([0, 9]))])
        drawn.append(draw(st.sampled_from([room, room - corner, room - hole, parts, None])))
        rows.append({
            "building": draw(st.sampled_from("AB")),
            "level": draw(st.sampled_from(["1", "2层", "B1", "-1"])),
            "code": f"R{n}",
            "number": draw(word),
            "name": draw(word),
            "declared_usable_m2": draw(st.none() | st.floats(10, 20)),
            "classified": draw(st.sampled_from([None, "是", "否"])),
        })  # fmt: skip
    return rows, drawn


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rooms())
def test_the_fast_way_stores_what_the_general_way_stores(
    city: Any, tmp_path: Path, at_once: Callable[[int], None], given_rooms: tuple[list[dict[str, Any]], list[Any]]
) -> None:
    rows, drawn = given_rooms
    heights = [None if shape is None else shapely.force_3d(shape, 7.5) for shape in drawn]
    found = []
    for many, shapes in ((10**9, heights), (1, drawn)):  # heights keep outlines out of the arrays
        city.rows("DELETE FROM fangdi.room")
        city.rows("DELETE FROM fangdi.floor")
        at_once(many)
        file = write(tmp_path / "rooms.gpkg", rows, shapes)
        outcome = city("rooms", file)
        assert outcome.inserted == len(rows), outcome.findings
        found.append(city.rows(ROOM))
        assert city("rooms", file).unchanged == len(rows), "the same again changes nothing"

    assert found[0] == found[1]


def test_many_rooms_leave_the_table_as_they_found_it(city: Any, tmp_path: Path, at_once: Callable[[int], None]) -> None:
    kept = (
        "SELECT conrelid::regclass, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint ORDER BY 2, 1",
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'fangdi' ORDER BY 1",
        "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1, 2",
        "SELECT indexrelid::regclass::text FROM pg_index WHERE indisclustered",
    )
    before = [city.rows(query) for query in kept]
    at_once(1)

    rows = [{"building": "A", "level": "1", "number": str(n)} for n in range(7)]
    city("rooms", write(tmp_path / "r.gpkg", rows, [box(n) for n in range(7)]))

    assert [city.rows(query) for query in kept] == before


def test_many_rooms_have_the_same_copies_for_tiles_as_the_database_makes(
    city: Any, tmp_path: Path, at_once: Callable[[int], None]
) -> None:
    at_once(1)
    rows = [{"building": "A", "level": "1", "number": str(n)} for n in range(7)]
    city("rooms", write(tmp_path / "r.gpkg", rows, [box(n) for n in range(7)]))

    off = (
        "SELECT max(ST_HausdorffDistance(tile_shape, ST_Transform(outline, 3857))), count(tile_shape) FROM fangdi.room"
    )
    ((metres, count),) = city.rows(off)

    assert count == 7
    assert metres < 1e-6


def test_a_bad_outline_late_in_a_file_stops_everything(
    city: Any, tmp_path: Path, at_once: Callable[[int], None]
) -> None:
    at_once(1)
    bow_tie = shapely.Polygon([(EAST, NORTH), (EAST + 4, NORTH + 4), (EAST + 4, NORTH), (EAST, NORTH + 3)])
    rows = [{"building": "A", "level": "1", "number": str(n)} for n in range(11)]
    shapes = [box(n) for n in range(11)]
    shapes[7], shapes[10] = bow_tie, shapely.box(EAST, NORTH + 5e6, EAST + 4, NORTH + 5e6 + 4)

    outcome = city("rooms", write(tmp_path / "r.gpkg", rows, shapes))

    assert not outcome.stored
    assert [finding.row for finding in outcome.findings] == [8, 11], "all of the file is reported"
    assert (outcome.rejected, outcome.batch_id) == (2, None)
    assert city.value("SELECT count(*) FROM fangdi.room") == 0
    assert city.value("SELECT count(*) FROM fangdi.floor") == 0
    assert city.value("SELECT count(*) FROM fangdi.import_batch WHERE layer = 'rooms'") == 0
    assert city("rooms", tmp_path / "r.gpkg", skip=True).inserted == 9


def test_a_second_load_of_many_rooms_changes_only_what_changed(
    city: Any, tmp_path: Path, at_once: Callable[[int], None]
) -> None:
    at_once(1)
    rows = [{"building": "AB"[n % 2], "level": "1", "number": str(n), "name": "a"} for n in range(8)]
    shapes = [box(n) for n in range(8)]
    city("rooms", write(tmp_path / "r.gpkg", rows, shapes))
    rows[3]["name"], shapes[5] = "b", box(5, side=5)
    rows.append({"building": "A", "level": "2", "number": "9", "name": "a"})

    outcome = city("rooms", write(tmp_path / "r.gpkg", rows, [*shapes, box(8)]))

    assert (outcome.inserted, outcome.updated, outcome.unchanged) == (1, 2, 6)
    assert city.value("SELECT measured_usable_m2 FROM fangdi.room WHERE code = '5'") == 25


def test_rooms_of_one_more_building_join_those_of_another(
    city: Any, tmp_path: Path, at_once: Callable[[int], None]
) -> None:
    one = [{"building": "A", "level": "1", "number": str(n)} for n in range(3)]
    two = [{"building": "B", "level": "1", "number": str(n)} for n in range(5)]
    city("rooms", write(tmp_path / "a.gpkg", one, [box(n) for n in range(3)]))
    at_once(4)

    outcome = city("rooms", write(tmp_path / "b.gpkg", two, [box(n) for n in range(5)]))

    assert outcome.inserted == 5
    assert city.value("SELECT count(DISTINCT id) FROM fangdi.room") == 8
    assert city.value("SELECT count(tile_shape) FROM fangdi.room") == 8
    np.testing.assert_allclose(city.value("SELECT sum(measured_usable_m2) FROM fangdi.room"), 8 * 16)
