"""Closed outlines in a drawing become rooms with exact areas; what is no room is taken out and named."""

import math
from pathlib import Path

import pytest

from dxf_drawings import MILLIMETRES, Sheet, by_number, codes, findings, rectangle
from fangdi.domain.plans.findings import FindingCode, Severity
from fangdi.domain.plans.model import FoundBy


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path)


def segment_m2(chord: float, bulge: float) -> float:
    """Return the area between an arc and its chord: r²/2 (θ − sin θ), θ = 4 atan b, r = c (1 + b²) / 4b."""
    angle, radius = 4 * math.atan(bulge), chord * (1 + bulge * bulge) / (4 * bulge)
    return radius * radius / 2 * (angle - math.sin(angle))


@pytest.mark.parametrize("bulge", [1.0, 0.5, 0.2, 0.01, -0.4, 2.5])
def test_the_area_of_a_bulged_outline_is_polygon_plus_circular_segments(sheet: Sheet, bulge: float) -> None:
    sheet.outline([(0, 0, 0), (8, 0, bulge), (8, 3, 0), (0, 3, 0)])

    (room,) = sheet.read().rooms

    assert room.outline.area_m2 == pytest.approx(8 * 3 + segment_m2(3, bulge), rel=1e-9)
    # strokes inside the arc leave it by 1 mm at most, along its length
    assert abs(room.outline.shape.area - room.outline.area_m2) < 0.001 * room.outline.shape.length


def test_arcs_are_stroked_to_a_millimetre_in_a_drawing_in_millimetres(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path, MILLIMETRES)
    sheet.model.add_circle((5000, 5000), 3000, dxfattribs={"layer": "ROOM"})

    (room,) = sheet.read().rooms

    assert room.outline.area_m2 == pytest.approx(9 * math.pi, rel=1e-12)
    nearest = min(math.dist((5, 5), ((x0 + x1) / 2, (y0 + y1) / 2)) for (x0, y0), (x1, y1) in zip(
        room.outline.shape.exterior.coords, list(room.outline.shape.exterior.coords)[1:], strict=False))  # fmt: skip
    assert 3 - 0.001 <= nearest < 3


def test_the_area_of_an_ellipse_is_that_of_its_axes(sheet: Sheet) -> None:
    sheet.model.add_ellipse((0, 0), major_axis=(4, 3), ratio=0.5, dxfattribs={"layer": "ROOM"})

    (room,) = sheet.read().rooms

    assert room.outline.area_m2 == pytest.approx(math.pi * 5 * 2.5, rel=1e-12)


def test_a_closed_spline_has_the_area_of_the_curve(sheet: Sheet) -> None:
    # a quadratic Bézier arch over 6 m, 4 m high at its control point, encloses ⅔ × ½ × 6 × 4 = 8 m² above its chord
    sheet.model.add_spline(degree=2, dxfattribs={"layer": "ROOM"}).set_open_uniform([(0, 0), (3, 4), (6, 0)], 2)
    sheet.line((6, 0), (6, -3), (0, -3), (0, 0), layer="ROOM")

    (room,) = sheet.read().rooms

    assert room.outline.area_m2 == pytest.approx(8 + 18, rel=1e-6)


def test_lines_and_arcs_that_meet_make_one_outline(sheet: Sheet) -> None:
    sheet.line((4, 0), (0, 0), (0, 3), (4, 3), layer="ROOM")
    sheet.model.add_arc((4, 1.5), 1.5, -90, 90, dxfattribs={"layer": "ROOM"})

    (room,) = sheet.read().rooms

    assert room.outline.area_m2 == pytest.approx(4 * 3 + math.pi * 1.5**2 / 2, rel=1e-12)


def test_lines_shared_by_two_rooms_make_two(sheet: Sheet) -> None:
    sheet.line((0, 0), (8, 0), (8, 3), (0, 3), (0, 0), layer="ROOM")
    sheet.line((4, 0), (4, 3), layer="ROOM")

    assert [room.outline.area_m2 for room in sheet.read().rooms] == pytest.approx([12, 12])


def test_an_outline_whose_last_point_is_its_first_is_closed_without_the_flag(sheet: Sheet) -> None:
    sheet.outline([*rectangle(0, 0, 4, 5), (0, 0)], closed=False)

    plan = sheet.read()

    assert [room.outline.area_m2 for room in plan.rooms] == pytest.approx([20])
    assert FindingCode.UNCLOSED not in codes(plan)


def test_an_outline_open_by_three_centimetres_is_said_to_be(sheet: Sheet) -> None:
    sheet.room("301", 10, 0, 14, 5)
    line = sheet.outline([*rectangle(0, 0, 4, 5), (0, 0.03)], closed=False)

    plan = sheet.read()
    (finding,) = findings(plan, FindingCode.UNCLOSED)

    assert [room.number for room in plan.rooms] == ["301"]
    assert finding.values["gap_m"] == pytest.approx(0.03)
    assert finding.handle == line.dxf.handle
    assert finding.severity is Severity.ERROR


def test_an_outline_that_crosses_itself_is_said_to(sheet: Sheet) -> None:
    sheet.outline([(0, 0), (4, 4), (4, 0), (0, 4)])

    plan = sheet.read()
    (finding,) = findings(plan, FindingCode.SELF_CROSSING)

    assert (finding.at.x, finding.at.y) == pytest.approx((2, 2))  # type: ignore[union-attr]


def test_an_outline_drawn_twice_counts_once(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 4, 5)
    sheet.outline(rectangle(0, 0, 4, 5))

    plan = sheet.read()

    assert len(plan.rooms) == 1
    assert [finding.values["count"] for finding in findings(plan, FindingCode.DUPLICATE_OUTLINE)] == [2]


def test_a_box_around_a_room_number_is_no_room(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 6, 5)
    sheet.outline(rectangle(2.5, 2.2, 3.5, 2.8))

    plan = sheet.read()

    assert [(room.number, room.outline.area_m2) for room in plan.rooms] == [("301", pytest.approx(30))]
    assert [finding.values["text"] for finding in findings(plan, FindingCode.LABEL_BOX)] == ["301"]


def test_a_small_unlabelled_shape_in_a_room_is_furniture_and_counted(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 6, 5)
    sheet.outline(rectangle(0.1, 0.1, 1.5, 0.9))

    plan = sheet.read()

    assert [room.outline.area_m2 for room in plan.rooms] == pytest.approx([30])
    assert [(f.values["count"], f.values["kind"]) for f in findings(plan, FindingCode.FURNITURE)] == [(1, "ROOM")]


def test_a_shape_too_small_for_a_room_is_named(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 6, 5)
    sheet.outline(rectangle(10, 0, 10.4, 0.5))

    (finding,) = findings(sheet.read(), FindingCode.TOO_SMALL)

    assert finding.values["area_m2"] == pytest.approx(0.4 * 0.5)


def test_a_labelled_room_in_a_labelled_room_is_taken_off_it(sheet: Sheet) -> None:
    sheet.outline(rectangle(0, 0, 10, 8))
    sheet.text("301", (8, 6))
    sheet.room("302", 1, 1, 4, 5)

    plan = sheet.read()
    rooms = by_number(plan)

    assert rooms["301"].outline.area_m2 == pytest.approx(10 * 8 - 3 * 4)
    assert rooms["302"].outline.area_m2 == pytest.approx(3 * 4)
    assert [f.values["room"] for f in findings(plan, FindingCode.NESTED_ROOM)] == ["301"]


def test_an_outline_around_rooms_is_no_room(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 4, 5)
    sheet.room("302", 4.2, 0, 9, 5)
    sheet.outline(rectangle(-0.3, -0.3, 9.3, 5.3))

    plan = sheet.read()

    assert sorted(room.number or "" for room in plan.rooms) == ["301", "302"]
    assert [finding.values["count"] for finding in findings(plan, FindingCode.ENCLOSES_ROOMS)] == [2]


def test_columns_are_taken_off_the_room_they_stand_in(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 8, 6)
    sheet.outline(rectangle(1, 1, 1.5, 1.5), "COLUMN")  # in the room
    sheet.outline(rectangle(7.75, 5, 8.25, 5.5), "COLUMN")  # half in the wall
    sheet.model.add_circle((6, 2), 0.4, dxfattribs={"layer": "COLUMN"})

    (room,) = sheet.read().rooms

    assert room.outline.area_m2 == pytest.approx(48 - 0.25 - 0.125 - math.pi * 0.16, rel=1e-9)


def test_a_hatch_with_a_hole_is_a_room_with_a_hole(sheet: Sheet) -> None:
    hatch = sheet.model.add_hatch(dxfattribs={"layer": "ROOM"})
    hatch.paths.add_polyline_path(rectangle(0, 0, 8, 6), is_closed=True)
    edges = hatch.paths.add_edge_path()
    edges.add_arc((4, 3), 1, 0, 360)

    (room,) = sheet.read().rooms

    assert room.found_by is FoundBy.HATCH
    assert room.outline.area_m2 == pytest.approx(48 - math.pi, rel=1e-12)


def test_a_hatch_over_its_outline_is_one_room_by_the_outline(sheet: Sheet) -> None:
    entity = sheet.room("301", 0, 0, 4, 5)
    hatch = sheet.model.add_hatch(dxfattribs={"layer": "ROOM"})
    hatch.paths.add_polyline_path(rectangle(0, 0, 4, 5), is_closed=True)

    plan = sheet.read()

    assert [(room.handle, room.found_by) for room in plan.rooms] == [(entity.dxf.handle, FoundBy.DRAWN)]
    assert [f.severity for f in findings(plan, FindingCode.DUPLICATE_OUTLINE)] == [Severity.NOTE]


def test_the_same_file_gives_the_same_answer(sheet: Sheet) -> None:
    for number in range(20):
        sheet.room(str(301 + number), 5 * number, 0, 5 * number + 4, 5)

    one, other = sheet.read(), sheet.read()

    assert [(room.key, room.number, room.outline.area_m2) for room in one.rooms] == [
        (room.key, room.number, room.outline.area_m2) for room in other.rooms
    ]
    assert [finding.code for finding in one.findings] == [finding.code for finding in other.findings]
