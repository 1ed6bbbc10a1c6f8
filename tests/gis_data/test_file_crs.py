"""The CRS of a file is known and fits its coordinates, or the file is refused."""

import numpy as np
import pytest
import shapely
from pyproj import CRS
from shapely import box
from shapely.geometry.base import BaseGeometry

from fangdi.errors import InvalidInputError
from fangdi.service.loading_findings import Findings
from fangdi.service.loading_outlines import Outlines
from fangdi_gis_data import crs, plausible


def reasons(shape: BaseGeometry, name: str) -> list[str]:
    findings = Findings(np.array([1]))
    plausible.check_coordinates(Outlines.of([shape]), crs.choose(name, None), findings)
    return [finding.reason for finding in findings]


def square(x: float, y: float, side: float) -> BaseGeometry:
    return shapely.box(x, y, x + side, y + side)


# https://epsg.io gives the same: longitude 121.6206, latitude 29.8605 in three systems
@pytest.mark.parametrize(
    ("name", "east", "north"),
    [("EPSG:4549", 656594.5055, 3305752.4704), ("EPSG:4528", 40656594.5055, 3305752.4704),
     ("EPSG:4550", 366714.5316, 3305448.5724)],
)  # fmt: skip
def test_grid_coordinates_go_to_longitude_first(name: str, east: float, north: float) -> None:
    placed = crs.to_map(Outlines.of([shapely.Point(east, north)]), crs.choose(name, None).crs).shapes()[0]

    assert (placed.x, placed.y) == pytest.approx((121.6206, 29.8605), abs=2e-9)  # stated to 0.1 mm


def test_a_zone_number_that_the_crs_lacks_is_reported_with_the_right_one() -> None:
    (reason,) = reasons(square(40_656_594, 3_305_752, 10), "EPSG:4549")
    assert "zone number 40" in reason
    assert "EPSG:4528" in reason


def test_a_zone_number_that_the_crs_has_is_right() -> None:
    assert not reasons(square(40_656_594, 3_305_752, 10), "EPSG:4528")


def test_metres_are_no_degrees() -> None:
    (reason,) = reasons(square(656_594, 3_305_752, 10), "EPSG:4490")
    assert "--crs" in reason


def test_coordinates_in_another_zone_are_reported() -> None:
    # 118° E in the grid of 123° E: half a million metres west of its meridian
    (reason,) = reasons(square(20_000, 3_320_000, 10), "EPSG:4550")
    assert "outside the area" in reason


@pytest.mark.parametrize(
    ("name", "east", "north"), [("EPSG:4549", 656_594, 3_305_752), ("EPSG:4528", 40_656_594, 3_305_752)]
)
def test_north_before_east_is_reported_with_what_to_do(name: str, east: float, north: float) -> None:
    (reason,) = reasons(square(north, east, 10), name)
    assert "inside when its two coordinates are exchanged" in reason


@pytest.mark.parametrize(("x", "y"), [(29.87, 121.55), (43.8, 87.6)])  # Ningbo; Ürümqi, whose longitude is below 90°
def test_latitude_before_longitude_is_reported_with_what_to_do(x: float, y: float) -> None:
    (reason,) = reasons(square(x, y, 0.001), "EPSG:4490")
    assert "inside when its two coordinates are exchanged" in reason
    assert "--field x=" in reason


def test_degrees_elsewhere_are_no_fault() -> None:
    assert reasons(square(-73.99, 40.75, 0.001), "EPSG:4326") == []
    assert reasons(square(10.7, 59.9, 0.001), "EPSG:4326") == []


def test_a_zone_that_lands_outside_china_is_reported_with_the_one_that_would_fit() -> None:
    # 656 594 m is 1.62° east of the meridian at this latitude: 136.62° E in the zone of 135° E, 133.62° in that of 132°
    (reason,) = reasons(square(656_594, 3_305_752, 10), "EPSG:4554")
    assert "outside China" in reason
    assert "EPSG:4553 (central meridian 132° E)" in reason


def test_the_area_of_use_is_known_of_a_system_that_a_prj_file_describes() -> None:
    described = CRS.from_epsg(4550).to_wkt("WKT1_ESRI")
    (reason,) = reasons(square(20_000, 3_320_000, 10), described)
    assert "outside the area" in reason


def test_metres_in_millimetres_are_reported() -> None:
    (reason,) = reasons(square(500_000, 33_057_520, 10), "EPSG:4549")
    assert "outside China" in reason


@pytest.mark.parametrize("name", ["GCJ-02", "gcj02", "BD-09", "火星坐标系"])
def test_encrypted_coordinates_are_refused(name: str) -> None:
    with pytest.raises(InvalidInputError, match="for display"):
        crs.choose(None, name)


@pytest.mark.parametrize("name", ["EPSG:2437", "EPSG:4610"])
def test_old_chinese_datums_need_local_parameters(name: str) -> None:
    with pytest.raises(InvalidInputError, match="known only locally"):
        crs.choose(name, None)


@pytest.mark.parametrize("name", ["EPSG:1", "nonsense", "EPSG:5773"])
def test_what_is_no_horizontal_crs_is_refused(name: str) -> None:
    with pytest.raises(InvalidInputError, match="--crs"):
        crs.choose(None, name)


def test_a_file_without_a_crs_needs_one() -> None:
    with pytest.raises(InvalidInputError, match="--crs"):
        crs.choose(None, None)


def test_the_file_and_the_user_must_agree() -> None:
    assert crs.choose("EPSG:4549", "EPSG:4549").name == "EPSG:4549"
    with pytest.raises(InvalidInputError, match=r"EPSG:4549.*EPSG:4550"):
        crs.choose("EPSG:4549", "EPSG:4550")


def test_wgs_84_is_taken_as_it_is_and_says_so() -> None:
    chosen = crs.choose("EPSG:4326", None)
    point = np.array([shapely.Point(121.5, 29.9)])

    assert "without a datum shift" in (chosen.note or "")
    assert shapely.equals_exact(crs.to_map(point, chosen.crs), point).all()


def test_a_large_easting_means_no_zone_in_a_projection_without_zones() -> None:
    # Web Mercator: x = 6378137 m · 121.6° · π/180 = 13 536 450 m, which begins like the number of a 6° zone
    assert reasons(box(13_536_450, 3_500_000, 13_536_550, 3_500_100), "EPSG:3857") == []
