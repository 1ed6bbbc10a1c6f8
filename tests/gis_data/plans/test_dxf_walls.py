"""Where a drawing has walls only, rooms are what wall faces enclose, with doors bridged."""

import math
from itertools import pairwise
from pathlib import Path

import pytest

from dxf_drawings import METRES, MILLIMETRES, Sheet, codes, findings, rectangle
from fangdi.domain.plans.findings import FindingCode
from fangdi.domain.plans.model import FoundBy, PartKind

W = 0.24


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path)


def two_offices(sheet: Sheet, *, door_m: float = 0.9, jambs: bool = True) -> None:
    """Draw two rooms of 4 × 5 m with walls of 0.24 m, and a door in the wall between them."""
    outer, low, high = rectangle(-W, -W, 8 + 2 * W, 5 + W), 2.0, 2.0 + door_m
    sheet.outline(outer, "WALL")
    sheet.line((4, low), (4, 0), (0, 0), (0, 5), (4, 5), (4, high))
    sheet.line((4 + W, low), (4 + W, 0), (8 + W, 0), (8 + W, 5), (4 + W, 5), (4 + W, high))
    if jambs:
        sheet.line((4, low), (4 + W, low))
        sheet.line((4, high), (4 + W, high))
    sheet.text("301 办公室", (2, 2.5))
    sheet.text("302 会议室", (6 + W, 2.5))


@pytest.mark.parametrize("jambs", [True, False])
def test_two_rooms_with_a_door_between_them_are_two(sheet: Sheet, jambs: bool) -> None:  # noqa: FBT001
    two_offices(sheet, jambs=jambs)

    plan = sheet.read()

    assert sorted((room.number, round(room.outline.area_m2, 6)) for room in plan.rooms) == [("301", 20), ("302", 20)]
    assert {room.found_by for room in plan.rooms} == {FoundBy.WALLS}
    assert not {FindingCode.UNCLOSED, FindingCode.LABEL_WITHOUT_ROOM} & set(codes(plan))


def test_walls_and_thresholds_are_parts_and_no_rooms(sheet: Sheet) -> None:
    two_offices(sheet)

    (floor,) = sheet.read().floors
    area = {kind: sum(p.outline.area_m2 for p in floor.parts if p.kind is kind) for kind in PartKind}

    whole = (8 + 3 * W) * (5 + 2 * W)
    assert area[PartKind.OPENING] == pytest.approx(0.9 * W, abs=1e-6)
    assert area[PartKind.WALL] == pytest.approx(whole - 40 - 0.9 * W, abs=1e-6)
    assert floor.outline is not None
    assert floor.outline.area_m2 == pytest.approx(whole, abs=1e-6)


def test_a_gap_wider_than_the_tolerance_joins_the_rooms(sheet: Sheet) -> None:
    two_offices(sheet, door_m=1.5)

    narrow, wide = sheet.read(gap_m=1.2), sheet.read(gap_m=1.6)

    assert len(wide.rooms) == 2
    assert len(narrow.rooms) == 1
    assert [finding.values["count"] for finding in findings(narrow, FindingCode.SEVERAL_LABELS)] == [2]


def test_a_wider_gap_with_a_door_drawn_in_it_is_bridged(sheet: Sheet) -> None:
    two_offices(sheet, door_m=1.8)
    for centre, start, end in (((4 + W, 2.0), 0, 90), ((4 + W, 3.8), 270, 360)):
        sheet.model.add_arc(centre, 0.9, start, end, dxfattribs={"layer": "DOOR"})

    assert len(sheet.read().rooms) == 2


def test_an_opening_beside_a_corner_is_bridged_to_the_wall_across(sheet: Sheet) -> None:
    sheet.line((4, 0.9), (4, 5), (0, 5), (0, 0), (8 + W, 0), (8 + W, 5), (4 + W, 5), (4 + W, 0.9), (4, 0.9))
    sheet.outline(rectangle(-W, -W, 8 + 2 * W, 5 + W), "WALL")
    sheet.text("301 办公室", (2, 2.5))

    assert [round(room.outline.area_m2, 3) for room in sheet.read().rooms] == [20, 20]


def test_a_corridor_that_turns_is_not_cut_at_its_corner(sheet: Sheet) -> None:
    """A corridor 1.1 m wide, narrower than the gap tolerance: its inner corner is no end of a wall."""
    inner = [(0, 0), (10, 0), (10, 1.1), (1.1, 1.1), (1.1, 8), (0, 8)]
    sheet.outline(inner, "WALL")
    sheet.outline([(-W, -W), (10 + W, -W), (10 + W, 8 + W), (-W, 8 + W)], "WALL")
    sheet.outline([(1.1 + W, 1.1 + W), (10, 1.1 + W), (10, 8), (1.1 + W, 8)], "WALL")
    sheet.text("走廊", (5, 0.5))

    rooms = {room.name: room.outline.area_m2 for room in sheet.read().rooms}

    assert rooms["走廊"] == pytest.approx(10 * 1.1 + 6.9 * 1.1, abs=1e-6)


def test_a_step_in_a_wall_is_no_door(sheet: Sheet) -> None:
    """The step is as short as the jamb of a door, and the wall across is within the gap tolerance."""
    sheet.outline([(0, 0), (5, 0), (5, 1), (1, 1), (1, 1.3), (0, 1.3)], "WALL")
    sheet.text("走廊", (3, 0.5))

    assert [room.outline.area_m2 for room in sheet.read().rooms] == pytest.approx([5 * 1 + 1 * 0.3])


def test_a_free_standing_column_is_taken_off_its_room(sheet: Sheet) -> None:
    sheet.outline(rectangle(0, 0, 8, 6), "WALL")
    sheet.outline(rectangle(3, 3, 3.6, 3.6), "COLUMN")
    sheet.text("301 会议室", (6, 2))

    (room,) = sheet.read().rooms

    assert room.outline.area_m2 == pytest.approx(48 - 0.36, abs=1e-6)


def test_multi_lines_are_walls(sheet: Sheet) -> None:
    style = sheet.document.mline_styles.new("WALL240")
    style.elements.append(0.12)
    style.elements.append(-0.12)
    wall = {"layer": "WALL", "style_name": "WALL240", "scale_factor": 1, "justification": 1}
    sheet.model.add_mline(rectangle(0, 0, 5, 4), close=True, dxfattribs=wall)
    sheet.text("301 办公室", (2.5, 2))

    (room,) = sheet.read().rooms

    assert room.outline.area_m2 == pytest.approx((5 - 0.24) * (4 - 0.24), abs=1e-6)


def test_a_wall_that_ends_in_the_open_is_said_to_with_its_distance(sheet: Sheet) -> None:
    two_offices(sheet)
    sheet.line((20, 0), (20, 3))
    sheet.line((22, 0), (22, 3))

    gaps = [finding.values["gap_m"] for finding in findings(sheet.read(), FindingCode.UNCLOSED)]

    assert gaps == pytest.approx([2, 2, 2, 2])


def test_walls_in_millimetres_are_read_alike(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path, MILLIMETRES)
    sheet.outline(rectangle(0, 0, 4000, 5000), "墙")
    sheet.outline(rectangle(-240, -240, 4240, 5240), "墙")
    sheet.text("301 办公室", (2000, 2500), height=300)

    assert [room.outline.area_m2 for room in sheet.read().rooms] == pytest.approx([20])


def test_a_front_of_glass_drawn_as_a_window_closes_its_room(sheet: Sheet) -> None:
    sheet.line((8, 0), (8, 5), (0, 5), (0, 0))
    sheet.line((8 + W, 0), (8 + W, 5 + W), (-W, 5 + W), (-W, 0), (0, 0))
    sheet.line((8, 0), (8 + W, 0))
    sheet.line((0, 0), (8, 0), layer="WINDOW")
    sheet.text("301 会议室", (4, 2))

    assert [(room.number, room.outline.area_m2) for room in sheet.read().rooms] == [("301", pytest.approx(40))]


def test_thick_walls_without_a_label_are_no_rooms_and_counted(sheet: Sheet) -> None:
    sheet.outline(rectangle(0, 0, 5, 4), "WALL")
    sheet.outline(rectangle(-0.6, -0.6, 5.6, 4.6), "WALL")
    sheet.text("301 会议室", (2, 2))

    plan = sheet.read()

    assert [room.number for room in plan.rooms] == ["301"]
    assert [finding.values["count"] for finding in findings(plan, FindingCode.FURNITURE)] == [1]
    (wall,) = [part for part in plan.floors[0].parts if part.kind is PartKind.WALL]
    assert wall.outline.area_m2 == pytest.approx(6.2 * 5.2 - 20)


@pytest.mark.parametrize(("radius", "unit", "per_metre"), [(0.6, METRES, 1), (3, MILLIMETRES, 1000), (20, METRES, 1)])
def test_a_round_room_between_walls_is_short_by_its_strokes_and_no_more(
    tmp_path: Path, radius: float, unit: int, per_metre: float
) -> None:
    """A chord that leaves its arc by 1 mm cuts ⅔ × 1 mm × its length off: less than 0.7 mm × the curved wall."""
    sheet = Sheet(tmp_path, unit)
    for face in (radius, radius + W):
        sheet.model.add_circle((0, 0), face * per_metre, dxfattribs={"layer": "WALL"})
    sheet.text("301 会议室", (0, 0), height=0.2 * per_metre)

    (room,) = sheet.read().rooms
    corners = list(room.outline.shape.exterior.coords)
    middles = [((x0 + x1) / 2, (y0 + y1) / 2) for (x0, y0), (x1, y1) in pairwise(corners)]

    assert max(radius - math.hypot(*middle) for middle in middles) <= 0.001 + 1e-5  # and the grid of noding
    assert 0 <= math.pi * radius**2 - room.outline.area_m2 <= 0.0007 * 2 * math.pi * radius
