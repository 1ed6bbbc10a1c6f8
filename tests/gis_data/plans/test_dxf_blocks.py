"""Blocks in blocks keep area and place however they are scaled, turned, mirrored and arrayed."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dxf_drawings import Sheet, by_number, codes, findings, rectangle
from fangdi.domain.plans.finding_texts import say
from fangdi.domain.plans.findings import FindingCode
from fangdi.domain.plans.model import Reading
from fangdi_gis_data.plans.dxf import read_dxf

Matrix = np.ndarray[Any, Any]


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path)


def moved(x: float, y: float) -> Matrix:
    return np.array([[1, 0, x], [0, 1, y], [0, 0, 1.0]])


def turned(degrees: float) -> Matrix:
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])


def stretched(x: float, y: float) -> Matrix:
    return np.diag([x, y, 1.0])


def through(matrix: Matrix, points: list[tuple[float, float]]) -> Matrix:
    return (matrix @ np.array([[x, y, 1] for x, y in points]).T).T[:, :2]


def test_a_mirrored_turned_nested_block_keeps_area_and_place(sheet: Sheet) -> None:
    """Inner: base (1, 1), scaled 2, turned 30°, put at (5, 3). Outer: mirrored in x, turned 90°, put at (40, 20)."""
    corners = [(1.0, 1.0), (4.0, 1.0), (4.0, 2.0), (3.0, 2.0), (3.0, 3.0), (1.0, 3.0)]
    inner = sheet.document.blocks.new("inner", base_point=(1, 1))
    inner.add_lwpolyline(corners, close=True, dxfattribs={"layer": "ROOM"})
    outer = sheet.document.blocks.new("outer")
    outer.add_blockref("inner", (5, 3), dxfattribs={"xscale": 2, "yscale": 2, "rotation": 30})
    sheet.model.add_blockref("outer", (40, 20), dxfattribs={"xscale": -1, "yscale": 1, "rotation": 90})

    (room,) = sheet.read().rooms

    inside = moved(5, 3) @ turned(30) @ stretched(2, 2) @ moved(-1, -1)
    expected = through(moved(40, 20) @ turned(90) @ stretched(-1, 1) @ inside, corners)
    assert room.outline.area_m2 == pytest.approx(5 * 2**2, rel=1e-12)  # 3 × 1 + 2 × 1, twice as long and wide
    assert sorted(map(tuple, np.array(room.outline.shape.exterior.coords)[:-1])) == [
        pytest.approx(corner, abs=1e-9) for corner in sorted(map(tuple, expected))
    ]


def test_uneven_scale_makes_an_ellipse_of_a_circle(sheet: Sheet) -> None:
    block = sheet.document.blocks.new("round")
    block.add_circle((0, 0), 1, dxfattribs={"layer": "ROOM"})
    sheet.model.add_blockref("round", (9, 9), dxfattribs={"xscale": 3, "yscale": -2, "rotation": 20})

    (room,) = sheet.read().rooms

    assert room.outline.area_m2 == pytest.approx(math.pi * 3 * 2, rel=1e-12)
    assert (room.outline.shape.centroid.x, room.outline.shape.centroid.y) == pytest.approx((9, 9), abs=1e-6)


def test_a_bulge_keeps_its_side_when_mirrored(sheet: Sheet) -> None:
    block = sheet.document.blocks.new("bay")
    block.add_lwpolyline([(0, 0, 0), (4, 0, 1), (4, 2, 0), (0, 2, 0)], format="xyb", close=True,
                         dxfattribs={"layer": "ROOM"})  # fmt: skip
    sheet.model.add_blockref("bay", (0, 0), dxfattribs={"xscale": -1})

    (room,) = sheet.read().rooms

    assert room.outline.area_m2 == pytest.approx(4 * 2 + math.pi / 2, rel=1e-12)
    assert room.outline.shape.bounds == pytest.approx((-5, 0, 0, 2), abs=0.001)  # half a circle beyond x = −4


def test_an_outline_seen_from_below_is_mirrored_in_x(sheet: Sheet) -> None:
    entity = sheet.outline([(1, 0, 0), (5, 0, 1), (5, 2, 0), (1, 2, 0)])
    entity.dxf.extrusion = (0, 0, -1)

    (room,) = sheet.read().rooms

    assert room.outline.shape.bounds == pytest.approx((-6, 0, -1, 2), abs=0.001)
    assert room.outline.area_m2 == pytest.approx(4 * 2 + math.pi / 2, rel=1e-12)


def test_an_insert_seen_from_below_is_mirrored_in_x(sheet: Sheet) -> None:
    block = sheet.document.blocks.new("b")
    block.add_lwpolyline(rectangle(0, 0, 4, 3), close=True, dxfattribs={"layer": "ROOM"})
    sheet.model.add_blockref("b", (10, 5), dxfattribs={"rotation": 90, "extrusion": (0, 0, -1)})

    (room,) = sheet.read().rooms

    # turned by 90° the block reaches from (10, 5) 3 m west and 4 m north; then x is turned around
    assert room.outline.shape.bounds == pytest.approx((-10, 5, -7, 9))


def test_a_turned_array_has_every_cell_in_its_place(sheet: Sheet) -> None:
    block = sheet.document.blocks.new("cell")
    block.add_lwpolyline(rectangle(0, 0, 2, 2), close=True, dxfattribs={"layer": "ROOM"})
    sheet.model.add_blockref("cell", (0, 0), dxfattribs={
        "row_count": 2, "column_count": 3, "row_spacing": 4, "column_spacing": 5, "rotation": 90})  # fmt: skip

    rooms = sheet.read().rooms

    expected = {(-4 * row - 1, 5 * column + 1) for row in range(2) for column in range(3)}
    assert {(round(r.outline.shape.centroid.x), round(r.outline.shape.centroid.y)) for r in rooms} == expected
    assert len({room.key for room in rooms}) == 6


def test_what_is_on_layer_0_in_a_block_is_on_the_layer_of_its_insert(sheet: Sheet) -> None:
    block = sheet.document.blocks.new("plain")
    block.add_lwpolyline(rectangle(0, 0, 4, 5), close=True)
    sheet.model.add_blockref("plain", (0, 0), dxfattribs={"layer": "ROOM"})
    sheet.model.add_blockref("plain", (9, 0), dxfattribs={"layer": "FURNITURE"})

    assert [room.layer for room in sheet.read().rooms] == ["ROOM"]


def test_attributes_of_a_block_label_the_room(sheet: Sheet) -> None:
    sheet.outline(rectangle(0, 0, 6, 4))
    sheet.document.blocks.new("tag")
    tag = sheet.model.add_blockref("tag", (2, 2), dxfattribs={"layer": "TAG"})
    for line, (name, text) in enumerate([("NO", "301"), ("NAME", "办公室"), ("AREA", "24.00㎡")]):
        tag.add_attrib(name, text, (2, 2.5 - line * 0.5), dxfattribs={"height": 0.3, "layer": "TAG"})

    (room,) = sheet.read().rooms

    assert (room.number, room.name, [stated.area_m2 for stated in room.stated]) == ("301", "办公室", [24.0])


def test_a_block_that_is_never_inserted_stays_out(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 4, 5)
    block = sheet.document.blocks.new("spare")
    block.add_lwpolyline(rectangle(0, 0, 9, 9), close=True, dxfattribs={"layer": "ROOM"})

    plan = sheet.read()

    assert list(by_number(plan)) == ["301"]
    assert [finding.values["name"] for finding in findings(plan, FindingCode.UNUSED_BLOCK)] == ["spare"]


@pytest.mark.parametrize(("how", "state"), [("freeze", "frozen"), ("off", "off")])
def test_layers_that_are_not_shown_are_not_read_and_counted(sheet: Sheet, how: str, state: str) -> None:
    sheet.room("301", 0, 0, 4, 5)
    layer = sheet.document.layers.add("ROOM-OLD")
    getattr(layer, how)()
    sheet.outline(rectangle(10, 0, 14, 5), "ROOM-OLD")

    plan = sheet.read()
    (finding,) = findings(plan, FindingCode.SKIPPED_LAYER)

    assert len(plan.rooms) == 1
    assert (finding.values["name"], finding.values["state"], finding.values["count"]) == ("ROOM-OLD", state, 1)


def test_a_missing_external_reference_is_named(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 4, 5)
    sheet.document.add_xref_def("walls.dwg", "walls")
    sheet.model.add_blockref("walls", (0, 0))

    assert [f.values["name"] for f in findings(sheet.read(), FindingCode.MISSING_XREF)] == ["walls.dwg"]


def test_a_block_that_holds_itself_is_too_large(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 4, 5)
    one, other = sheet.document.blocks.new("one"), sheet.document.blocks.new("other")
    one.add_blockref("other", (1, 1))
    other.add_blockref("one", (1, 1))
    sheet.model.add_blockref("one", (0, 0))

    plan = sheet.read()

    assert list(by_number(plan)) == ["301"]
    (finding,) = findings(plan, FindingCode.TOO_LARGE)
    assert say(finding).zh == "块“one”展开后的图元数为 无限(块插入了自身),超过上限 500000。"
    assert "block “one” is without end, since it inserts itself" in say(finding).en


def test_an_array_of_millions_of_cells_is_too_large(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 4, 5)
    block = sheet.document.blocks.new("cell")
    block.add_line((0, 0), (1, 1))
    sheet.model.add_blockref("cell", (0, 0), dxfattribs={"row_count": 30000, "column_count": 30000})

    (finding,) = findings(sheet.read(), FindingCode.TOO_LARGE)

    assert finding.values["found"] == 900_000_000


def test_nested_blocks_that_multiply_are_too_large(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 4, 5)
    sheet.document.blocks.new("b0").add_line((0, 0), (1, 1))
    for depth in range(1, 20):
        block = sheet.document.blocks.new(f"b{depth}")
        for _ in range(10):
            block.add_blockref(f"b{depth - 1}", (1, 0))
    sheet.model.add_blockref("b19", (0, 0))

    (finding,) = findings(sheet.read(), FindingCode.TOO_LARGE)

    assert finding.values["found"] == 10**19


@pytest.mark.parametrize("wild", [math.nan, math.inf, 1e300])
def test_impossible_coordinates_are_counted_and_spoil_nothing_else(sheet: Sheet, wild: float) -> None:
    sheet.room("301", 0, 0, 4, 5)
    sheet.outline([(0, 0), (wild, 0), (3, 3)])

    plan = sheet.read()
    (finding,) = findings(plan, FindingCode.UNSUPPORTED)
    assert say(finding).zh == "1 个图元(数值无效)不能读取。"

    assert [room.outline.area_m2 for room in plan.rooms] == pytest.approx([20])
    assert finding.values["count"] == 1


def test_an_insert_without_a_place_spoils_nothing_else(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 4, 5)
    sheet.document.blocks.new("b").add_line((0, 0), (1, 1))
    sheet.model.add_blockref("b", (7, 7))
    path = sheet.save()
    text = path.read_text()
    start = text.index("AcDbBlockReference")
    path.write_text(text[:start] + text[start:].replace(" 10\n7.0\n 20\n7.0\n 30\n0.0\n", "", 1))

    plan = read_dxf(path, Reading())

    assert list(by_number(plan)) == ["301"]
    assert codes(plan)[FindingCode.UNSUPPORTED] == 1
