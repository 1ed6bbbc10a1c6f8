"""Rows that lie where they cannot are reported with what was probably meant."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Transformer

HERE = {"const": {"jurisdiction_code": "990100"}}
EAST, NORTH = Transformer.from_crs(4490, 4549, always_xy=True).transform(121.55, 29.87)


@pytest.fixture
def town(loader: Any) -> Any:
    """Lend a database whose jurisdiction has a boundary around Ningbo."""
    loader.rows("UPDATE fangdi.jurisdiction SET boundary = ST_Multi(ST_MakeEnvelope(121.3, 29.6, 121.9, 30.1, 4490))")
    return loader


def point(**xy: float) -> list[dict[str, Any]]:
    return [{"code": "1", "name": "a", **xy}]


def test_a_neighbouring_zone_is_a_bad_row_that_names_the_right_one(town: Any, write: Callable[..., Path]) -> None:
    file = write("b.csv", point(x=EAST, y=NORTH))

    wrong = town("buildings", file, crs="EPSG:4550", **HERE)

    (finding,) = wrong.findings
    assert not wrong.stored
    assert "outside the boundary of 990100" in finding.reason
    assert "EPSG:4549 (central meridian 120° E)" in finding.reason
    assert "中央子午线120°" in finding.reason_zh
    assert town("buildings", file, crs="EPSG:4549", **HERE).findings == []


def test_a_point_far_away_that_no_zone_explains_is_a_warning(town: Any, write: Callable[..., Path]) -> None:
    outcome = town("buildings", write("b.csv", point(x=EAST, y=NORTH + 400_000)), crs="EPSG:4549", **HERE)

    assert outcome.stored
    assert [finding.severity for finding in outcome.findings] == ["warning"]


def test_exchanged_degrees_are_bad_rows_that_say_what_to_do(town: Any, write: Callable[..., Path]) -> None:
    file = write("b.csv", point(x=29.87, y=121.55))

    wrong = town("buildings", file, crs="EPSG:4490", **HERE)

    (finding,) = wrong.findings
    assert not wrong.stored
    assert "exchanged" in finding.reason
    assert "颠倒" in finding.reason_zh
    assert town("buildings", file, crs="EPSG:4490", fields={"x": "y", "y": "x"}, **HERE).stored


@pytest.mark.parametrize("crs", ["EPSG:4490", "EPSG:4549", "EPSG:3857"])
@pytest.mark.parametrize("bad", ["NaN", "Infinity", "-Infinity", "1e300"])
@pytest.mark.parametrize("kind", ["Point", "Polygon", "MultiPolygon"])
def test_a_coordinate_that_is_no_number_never_stops_the_program(
    loader: Any, tmp_path: Path, kind: str, bad: str, crs: str
) -> None:
    ring = [[121.55, 29.87], [float(bad), 29.87], [121.56, 29.88], [121.55, 29.87]]
    shape: Any = {"Point": ring[1], "Polygon": [ring], "MultiPolygon": [[ring]]}[kind]
    feature = {"type": "Feature", "properties": {"code": "1", "name": "a"},
               "geometry": {"type": kind, "coordinates": shape}}  # fmt: skip
    file = tmp_path / "b.geojson"
    named = {"type": "name", "properties": {"name": crs}}
    file.write_text(json.dumps({"type": "FeatureCollection", "crs": named, "features": [feature]}), encoding="utf-8")

    outcome = loader("buildings", file, **HERE)

    assert not outcome.stored
    assert {(finding.row, finding.field, finding.severity) for finding in outcome.findings} == {(1, "geometry", "bad")}


@pytest.mark.parametrize("count", [1, 50_001])
def test_rooms_in_the_zone_next_to_their_building_are_bad_rows(
    office: Any, write: Callable[..., Path], count: int
) -> None:
    # from 50 000 rows on, outlines are worked on while others are stored
    drawn = shapely.box(EAST, NORTH, EAST + 5, NORTH + 5)
    file = write("r.gpkg", [{"number": str(n), "level": "3"} for n in range(count)], [drawn] * count, crs=4550)
    right = write("s.gpkg", [{"number": "0", "level": "3"}], [drawn], crs=4549)
    office.rows("INSERT INTO fangdi.building (jurisdiction_code, code, name, location) "
                "SELECT jurisdiction_code, '2', '二号楼', location FROM fangdi.building")  # fmt: skip

    wrong = office("rooms", file, const={"building": "2"})

    assert not wrong.stored
    assert (
        office.value("SELECT count(*) FROM fangdi.room WHERE floor_id IN (SELECT id FROM fangdi.floor WHERE level = 3)")
        == 0
    )
    assert "far from its building" in wrong.findings[0].reason
    assert "EPSG:4549 (central meridian 120° E)" in wrong.findings[0].reason
    assert office("rooms", right, const={"building": "2"}).inserted == 1
