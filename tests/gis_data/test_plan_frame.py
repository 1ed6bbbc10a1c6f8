"""Plan frames measure as the ellipsoid does."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from fangdi.service.loading_outlines import Outlines
from fangdi_gis_data.plan_frame import Plans, local_frame, transverse_mercator

GEOGRAPHIC = "+proj=longlat +ellps=GRS80 +no_defs"


@given(lon=st.floats(-179, 179), lat=st.floats(-80, 80), east=st.floats(-0.05, 0.05), north=st.floats(-0.05, 0.05))
def test_our_projection_equals_proj_to_a_millionth_of_a_metre(
    lon: float, lat: float, east: float, north: float
) -> None:
    lon, lat = round(lon, 6), round(lat, 6)
    there = Transformer.from_crs(GEOGRAPHIC, local_frame(lon, lat), always_xy=True)
    x, y = transverse_mercator(
        np.array([lon + east]), np.array([lat + north]), centres=np.array([[lon, lat]]), which=np.array([0])
    )
    assert (x[0], y[0]) == pytest.approx(there.transform(lon + east, lat + north), abs=1e-6)


@pytest.mark.parametrize("lat", [0.0, 29.87, 51.03, -42.0])
def test_an_area_in_a_local_frame_is_the_geodesic_area(lat: float) -> None:
    # 20 m × 10 m some 200 m from the centre; its edges are geodesics to far below a millimetre
    shape = shapely.box(121.552, lat + 0.001, 121.5522, lat + 0.0011)
    frame = local_frame(121.55, lat)

    plan = Plans().place(Outlines.of([shape]), crs="EPSG:4490", frames=(frame,), which=np.array([0]))

    geodesic = abs(Geod(ellps="GRS80").geometry_area_perimeter(shape)[0])
    assert plan.area()[0] == pytest.approx(geodesic, rel=1e-7)


def test_a_files_own_metres_are_kept() -> None:
    shape = shapely.box(500_000, 3_300_000, 500_010, 3_300_010)

    plan = Plans().place(Outlines.of([shape]), crs="EPSG:4549", frames=("EPSG:4549",), which=np.array([0]))

    assert shapely.equals(plan.shapes()[0], shape)


def test_web_mercator_is_no_plan_frame() -> None:
    assert Plans().own_frame("EPSG:3857") is None
    assert Plans().own_frame("EPSG:4550") == "EPSG:4550"
    assert Plans().own_frame("EPSG:4490") is None
    assert Plans().own_frame("EPSG:2249") is None, "its metres are feet"
