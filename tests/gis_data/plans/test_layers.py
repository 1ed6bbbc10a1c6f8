"""Reading indoor layers: fields, levels, kinds of features, frames, and rooms between walls."""

import json
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import LineString, Point, Polygon, box, mapping

from fangdi.domain.plans.findings import Finding, FindingCode
from fangdi.domain.plans.model import FoundBy, LayerMeaning, LayerRole, PartKind, Plan, PlanFloor, Reading
from fangdi.errors import InvalidInputError
from fangdi_gis_data.plans.layers import read_layers
from fangdi_gis_data.plans.layers.level_names import level_in_name

EAST, NORTH = 500_000.0, 3_300_000.0
"""On the central meridian of EPSG:4549."""


def room(west: float, south: float, east: float, north: float) -> Polygon:
    """Return a rectangle on the map, metres of EPSG:4549."""
    return box(EAST + west, NORTH + south, EAST + east, NORTH + north)


def geojson(path: Path, rows: list[tuple[Any, dict[str, Any]]], crs: str | None = "EPSG:4549") -> Path:
    """Write shapes with their properties."""
    features = [{"type": "Feature", "properties": said, "geometry": mapping(shape)} for shape, said in rows]
    whole: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs:
        whole["crs"] = {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{crs.replace(':', '::')}"}}
    path.write_text(json.dumps(whole, ensure_ascii=False), encoding="utf-8")
    return path


def found(plan: Plan, code: FindingCode) -> list[Finding]:
    return [finding for finding in plan.findings if finding.code is code]


def areas(floor: PlanFloor) -> float:
    return sum(one.outline.area_m2 for one in floor.rooms)


@pytest.mark.real_data
def test_a_real_building_with_indoor_tags_has_its_rooms_and_levels(real_data: Callable[[str], Path]) -> None:
    plan = read_layers(real_data("indoor/*/apb.geojson"), Reading(crs="EPSG:32633"))

    assert len(plan.rooms) == 400
    assert all(one.number for one in plan.rooms)
    assert [floor.level for floor in plan.floors] == [0, 1, 2, 3]
    assert sum(areas(floor) for floor in plan.floors) == pytest.approx(10_395.6, abs=0.05)
    assert "0.5F" in {one.values["name"] for one in found(plan, FindingCode.FLOOR_WITHOUT_ROOMS)}  # doors of a landing


@pytest.mark.real_data
def test_a_real_room_on_several_floors_counts_once_and_is_shared_above(real_data: Callable[[str], Path]) -> None:
    path = real_data("indoor/*/apb.geojson")
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    ranged = {one["id"] for one in features if one["properties"].get("indoor") == "room"
              and one["properties"]["level"] in {"0-3", "-1-3"}}  # fmt: skip
    plan = read_layers(path, Reading())
    counted = Counter(one.handle for one in plan.rooms)
    shared = Counter(part.handle for floor in plan.floors for part in floor.parts if part.kind is PartKind.SHARED)

    assert len(ranged) == len(found(plan, FindingCode.SPANS_LEVELS)) > 0
    assert all(counted[handle] == 1 and shared[handle] == 3 for handle in ranged)


OUTLINES = {0: 2462.4, 1: 2487.1, 2: 2379.6, 3: 1593.1, 4: 1422.8, 5: 328.2, 6: 237.1}
"""Of the README of the real files: level → m² in EPSG:27700."""


@pytest.mark.real_data
def test_a_real_folder_with_a_file_for_each_floor_gives_the_floors(real_data: Callable[[str], Path]) -> None:
    folder = real_data("indoor/westport-house/*floor-gf.geojson").parent
    plan = read_layers(folder, Reading(crs="EPSG:27700"))
    outlines = {floor.level: floor.outline.area_m2 for floor in plan.floors if floor.outline}

    assert outlines == pytest.approx(OUTLINES, abs=0.05)


@pytest.mark.real_data
def test_each_real_floor_alone_has_its_outline_and_level(real_data: Callable[[str], Path]) -> None:
    folder = real_data("indoor/westport-house/*floor-gf.geojson").parent
    for level, area in OUTLINES.items():
        name = "gf" if level == 0 else str(level)
        (floor,) = read_layers(next(folder.glob(f"*floor-{name}.geojson")), Reading(crs="EPSG:27700")).floors

        assert floor.level == level
        assert floor.outline is not None
        assert floor.outline.area_m2 == pytest.approx(area, abs=0.05)


@pytest.mark.real_data
def test_rooms_between_real_walls_lie_inside_the_floor_and_outside_the_walls(real_data: Callable[[str], Path]) -> None:
    (floor,) = read_layers(real_data("indoor/westport-house/*floor-4.geojson"), Reading()).floors
    walls = shapely.union_all([part.outline.shape for part in floor.parts])
    enclosed = [one.outline.shape for one in floor.rooms if one.found_by is FoundBy.WALLS]

    assert len(enclosed) > 50  # an office floor of 1,423 m² with 114 doors
    assert shapely.intersection(shapely.union_all(enclosed), walls).area == pytest.approx(0, abs=0.01)


@pytest.mark.real_data
def test_every_valid_geojson_is_read_or_declined(real_data: Callable[[str], Path]) -> None:
    files = sorted(real_data("geojson-valid/*.geojson").parent.glob("*.geojson"))
    assert len(files) == 22
    for file in files:
        try:
            plan = read_layers(file, Reading())
        except InvalidInputError as error:
            assert error.message  # noqa: PT017 - either answer is right
        else:
            assert plan.rooms or plan.findings


def test_a_layer_in_degrees_is_measured_in_metres_around_itself(tmp_path: Path) -> None:
    shapes = gpd.GeoSeries([room(0, 0, 6, 5)], crs=4549).to_crs(4490)
    plan = read_layers(geojson(tmp_path / "r.geojson", [(shapes[0], {"level": 3})], crs=None), Reading())

    assert plan.rooms[0].outline.area_m2 == pytest.approx(30.0, rel=1e-6)  # on the central meridian the scale is 1
    assert plan.georeference is not None
    assert plan.georeference.crs.startswith("+proj=tmerc")


def test_a_metric_crs_of_the_file_is_the_frame(tmp_path: Path) -> None:
    plan = read_layers(geojson(tmp_path / "r.geojson", [(room(0, 0, 6, 5), {"level": 3})]), Reading())

    assert plan.georeference is not None
    assert (plan.georeference.crs, plan.georeference.a, plan.georeference.east) == ("EPSG:4549", 1.0, 0.0)
    assert plan.rooms[0].outline.shape.equals(room(0, 0, 6, 5))


def test_a_file_without_a_crs_is_read_in_metres_and_says_so(tmp_path: Path) -> None:
    named = gpd.GeoDataFrame({"floor": [1]}, geometry=[box(0, 0, 6, 5)], crs=4549)
    named.to_file(tmp_path / "r.shp", engine="pyogrio")
    (tmp_path / "r.prj").unlink()
    plan = read_layers(tmp_path / "r.shp", Reading())

    assert plan.rooms[0].outline.area_m2 == pytest.approx(30)
    assert found(plan, FindingCode.CRS_MISSING)
    assert plan.georeference is None


def test_fields_are_found_by_their_usual_names(tmp_path: Path) -> None:
    said = {"房间号": "301", "房间名称": "档案室", "房间用途": "档案", "楼层": "3层", "使用面积": 29.5}
    plan = read_layers(geojson(tmp_path / "r.geojson", [(room(0, 0, 6, 5), said)]), Reading())
    (one,) = plan.rooms

    assert (one.number, one.name, one.use) == ("301", "档案室", "档案")
    assert plan.floors[0].level == 3
    assert [(stated.area_m2, stated.basis) for stated in one.stated] == [(29.5, "net")]


def test_fields_that_a_person_chose_win(tmp_path: Path) -> None:
    path = geojson(tmp_path / "r.geojson", [(room(0, 0, 6, 5), {"ref": "x", "sign": "301", "storey_no": "B1"})])
    plan = read_layers(path, Reading(fields={"number": "sign", "level": "storey_no"}))

    assert plan.rooms[0].number == "301"
    assert plan.floors[0].level == -1


def test_a_chosen_field_that_is_not_there_is_refused(tmp_path: Path) -> None:
    path = geojson(tmp_path / "r.geojson", [(room(0, 0, 6, 5), {"ref": "x"})])
    with pytest.raises(InvalidInputError, match="no field sign"):
        read_layers(path, Reading(fields={"number": "sign"}))


@pytest.mark.parametrize(("written", "levels"), [("0;1", [0, 1]), ("0.5", [0.5]), ("0-3", [0, 1, 2, 3]), ("-1", [-1])])
def test_levels_may_be_halves_lists_and_ranges(tmp_path: Path, written: str, levels: list[float]) -> None:
    rows = [(room(0, 0, 6, 5), {"indoor": "corridor", "level": written})]
    rows += [(room(10, 0, 16, 5), {"indoor": "room", "level": str(level), "ref": str(level)}) for level in levels]
    plan = read_layers(geojson(tmp_path / "r.geojson", rows), Reading())

    assert [floor.level for floor in plan.floors] == levels
    assert all([part.kind for part in floor.parts] == [PartKind.SHARED] for floor in plan.floors)


def test_a_level_that_nobody_says_is_a_finding_until_a_person_says_it(tmp_path: Path) -> None:
    path = geojson(tmp_path / "rooms.geojson", [(room(0, 0, 6, 5), {"ref": "1"})])
    plan = read_layers(path, Reading())

    assert plan.floors[0].level is None
    assert found(plan, FindingCode.LEVEL_UNKNOWN)
    assert read_layers(path, Reading(level=4)).floors[0].level == 4


@pytest.mark.parametrize(("name", "level"), [
    ("house-floor-gf", 0), ("house-floor-2", 2), ("level_-1", -1), ("3层", 3), ("地下一层", -1), ("1号楼二楼", 2),
    ("B1", -1), ("west_2F", 2), ("rooms", None), ("building-12", None), ("floorplan", None),
])  # fmt: skip
def test_names_of_files_say_levels(name: str, level: float | None) -> None:
    assert level_in_name(name) == level


def walled() -> list[tuple[Any, dict[str, Any]]]:
    """Return a floor of 10.4 m × 5.2 m: outer walls of 0.2 m, an inner one with a door; rooms of 5 m and 5 m."""
    outline = room(-0.2, -0.2, 10.4, 5.2)
    inner = [room(5, 0, 5.2, 2), room(5, 3, 5.2, 5)]
    return [
        (outline, {"type": "building_outline", "name": None}),
        (outline - room(0, 0, 10.2, 5), {"type": "wall", "name": None}),
        *((wall, {"type": "wall", "name": None}) for wall in inner),
        (room(5, 2, 5.2, 3), {"type": "door", "name": None}),
        (Point(EAST + 1, NORTH + 1), {"type": "label", "name": "档案室"}),
        (room(6, 1, 7, 2), {"type": "desk", "name": None}),
    ]


def test_rooms_between_walls_are_found_where_none_are_drawn(tmp_path: Path) -> None:
    (floor,) = read_layers(geojson(tmp_path / "floor-2.geojson", walled()), Reading()).floors

    assert [one.outline.area_m2 for one in floor.rooms] == pytest.approx([25, 25])  # 5 m × 5 m each
    assert {one.found_by for one in floor.rooms} == {FoundBy.WALLS}
    assert [one.name for one in floor.rooms] == ["档案室", None]
    assert floor.outline is not None
    assert floor.outline.area_m2 == pytest.approx(10.6 * 5.4)


def test_rooms_walls_and_doors_add_up_to_the_outline(tmp_path: Path) -> None:
    (floor,) = read_layers(geojson(tmp_path / "floor-2.geojson", walled()), Reading()).floors
    parts = sum(part.outline.area_m2 for part in floor.parts)

    assert floor.outline is not None
    assert areas(floor) + parts == pytest.approx(floor.outline.area_m2)


def test_shapes_of_unknown_kinds_are_counted_and_named(tmp_path: Path) -> None:
    plan = read_layers(geojson(tmp_path / "floor-2.geojson", walled()), Reading())

    assert [(one.values["kind"], one.values["count"]) for one in found(plan, FindingCode.FURNITURE)] == [("desk", 1)]


def test_a_person_says_what_a_layer_is(tmp_path: Path) -> None:
    path = geojson(tmp_path / "floor-2.geojson", walled())
    meaning = LayerMeaning({"desk": frozenset({LayerRole.ROOM})})
    plan = read_layers(path, Reading(meaning=meaning))

    assert any(one.outline.area_m2 == pytest.approx(1) for one in plan.rooms)
    with pytest.raises(InvalidInputError, match="no layer sofa"):
        read_layers(path, Reading(meaning=LayerMeaning({"sofa": frozenset({LayerRole.ROOM})})))


def test_a_room_whose_line_crosses_itself_is_an_error_with_what_is_left(tmp_path: Path) -> None:
    bow = Polygon([(EAST, NORTH), (EAST + 4, NORTH + 4), (EAST + 4, NORTH), (EAST, NORTH + 4)])
    plan = read_layers(geojson(tmp_path / "r.geojson", [(bow, {"level": 1})]), Reading())
    (crossing,) = found(plan, FindingCode.SELF_CROSSING)

    assert crossing.severity == "error"
    assert plan.rooms[0].outline.area_m2 == pytest.approx(8)  # two triangles of 4 m × 2 m / 2


def test_a_room_drawn_as_a_line_has_to_close(tmp_path: Path) -> None:
    corners = [(EAST, NORTH), (EAST + 4, NORTH), (EAST + 4, NORTH + 3), (EAST, NORTH + 3)]
    rows = [(LineString([*corners, corners[0]]), {"level": 1}), (LineString(corners), {"level": 1})]
    plan = read_layers(geojson(tmp_path / "r.geojson", rows), Reading())

    assert [one.outline.area_m2 for one in plan.rooms] == pytest.approx([12])
    assert [one.values["gap_m"] for one in found(plan, FindingCode.UNCLOSED)] == pytest.approx([3.0])


def test_layers_of_a_geopackage_are_told_by_their_names(tmp_path: Path) -> None:
    path = tmp_path / "b.gpkg"
    gpd.GeoDataFrame({"number": ["101"], "level": [1]}, geometry=[room(0, 0, 5, 5)], crs=4549).to_file(
        path, layer="rooms"
    )
    gpd.GeoDataFrame({"level": [1]}, geometry=[room(-1, -1, 6, 6)], crs=4549).to_file(path, layer="outlines_floor")
    (floor,) = read_layers(path, Reading()).floors

    assert [one.number for one in floor.rooms] == ["101"]
    assert floor.outline is not None
    assert floor.outline.area_m2 == pytest.approx(49)


def test_a_zip_with_a_file_for_each_floor_gives_floors(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "house.zip", "w") as archive:
        for name in ("1层", "2层"):
            file = geojson(tmp_path / f"{name}.geojson", [(room(0, 0, 6, 5), {"number": name[0] + "01"})])
            archive.write(file, f"图/{name}.geojson")
    plan = read_layers(tmp_path / "house.zip", Reading())

    assert [(floor.level, floor.rooms[0].number) for floor in plan.floors] == [(1, "101"), (2, "201")]


def imdf(path: Path) -> Path:
    """Write an archive as the Indoor Mapping Data Format has them: units refer to their level by id."""
    shapes = gpd.GeoSeries([room(0, 0, 5, 4), room(5, 0, 7, 4), room(-1, -1, 8, 5)], crs=4549).to_crs(4326)
    unit = {"restriction": None, "accessibility": None, "alt_name": None, "display_point": None, "level_id": "L"}
    parts = {
        "unit": [
            (shapes[0], unit | {"id": "u1", "category": "office", "name": {"en": "Office", "zh-CN": "办公室"}}),
            (shapes[1], unit | {"id": "u2", "category": "stairs", "name": None}),
        ],
        "level": [(shapes[2], {"id": "L", "category": "unspecified", "ordinal": 2, "name": {"en": "Third Floor"}})],
        "venue": [(shapes[2], {"id": "V", "category": "businesscampus", "name": {"en": "Venue"}})],
        "fixture": [(shapes[0], {"id": "F", "category": "wall", "level_id": "L", "name": None})],
    }
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("manifest.json", '{"version": "1.0.0", "language": "en"}')
        for name, rows in parts.items():
            archive.write(geojson(path.parent / f"{name}.geojson", rows, crs=None), f"{name}.geojson")
    return path


def test_an_imdf_archive_gives_units_on_their_levels(tmp_path: Path) -> None:
    (floor,) = read_layers(imdf(tmp_path / "venue.zip"), Reading()).floors

    assert (floor.level, floor.name) == (2, "Third Floor")
    assert [(one.name, one.use, one.handle) for one in floor.rooms] == [("办公室", "office", "u1")]
    assert [(part.kind, part.handle) for part in floor.parts] == [(PartKind.SHARED, "u2")]
    assert floor.outline is not None
    assert floor.outline.area_m2 == pytest.approx(54, rel=1e-6)  # 9 m × 6 m


def test_shapes_too_far_apart_for_a_site_are_declined(tmp_path: Path) -> None:
    rows = [(room(0, 0, 5, 4), {"level": 1}), (room(90_000, 0, 90_005, 4), {"level": 1})]
    with pytest.raises(InvalidInputError, match="90 km apart"):
        read_layers(geojson(tmp_path / "r.geojson", rows), Reading())
