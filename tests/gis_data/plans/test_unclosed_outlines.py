"""An outline that was left open is told with its place, and accepting the proposal makes the room that it draws."""

import math
from pathlib import Path

import pytest

from dxf_drawings import MILLIMETRES, Sheet, by_number, codes, findings, rectangle
from fangdi.domain.plans.findings import FindingCode
from fangdi.domain.plans.model import Plan, Reading
from fangdi.domain.plans.repairs import Repair, RepairKind, apply, propose, settles
from fangdi.domain.plans.topology import check
from fangdi_gis_data.plans.layers import read_layers


def proposed(plan: Plan) -> tuple[Repair, ...]:
    """Propose what the findings of reader and checks lead to."""
    return propose(plan, [*plan.findings, *check(plan)])


def test_a_room_open_by_five_centimetres_appears_once_its_closing_is_accepted(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path, MILLIMETRES)
    sheet.room("301", 0, 0, 6000, 5000)
    sheet.outline([(6200, 50), (6200, 5000), (10200, 5000), (10200, 0), (6200, 0)], closed=False)
    sheet.text("302", (8200, 2500), height=300)

    plan = sheet.read()
    (finding,) = findings(plan, FindingCode.UNCLOSED)
    (repair,) = proposed(plan)
    after = apply(plan, [repair])

    assert finding.floor == plan.floors[0].key
    assert finding.values["gap_m"] == pytest.approx(0.05)
    assert repair.kind is RepairKind.CLOSE
    assert {number: room.outline.area_m2 for number, room in by_number(after).items()} == {
        "301": pytest.approx(6 * 5), "302": pytest.approx(4 * 5),
    }  # fmt: skip
    assert check(after) == ()


def test_the_only_room_of_a_drawing_may_be_closed_too(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.outline([*rectangle(0, 0, 4, 5), (0, 0.05)], closed=False)

    plan = sheet.read()
    (repair,) = proposed(plan)

    assert FindingCode.EMPTY in codes(plan)
    assert [room.outline.area_m2 for room in apply(plan, [repair]).rooms] == pytest.approx([20])
    assert [finding.code for finding in plan.findings if settles(repair, finding)] == [FindingCode.EMPTY]


def test_closing_an_outline_with_an_arc_keeps_the_exact_area(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.outline([(0, 0, 0), (4, 0, 1), (4, 5, 0), (0, 5, 0), (0, 0.05, 0)], closed=False)

    (repair,) = proposed(sheet.read())

    # a bulge of 1 is half a circle, here of 2.5 m radius
    assert repair.after.area_m2 == pytest.approx(4 * 5 + math.pi * 2.5**2 / 2, rel=1e-9)


def test_a_wide_opening_is_told_and_left_to_the_drawing_office(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.room("301", 10, 0, 14, 5)
    sheet.outline([*rectangle(0, 0, 4, 5), (0, 0.9)], closed=False)

    plan = sheet.read()

    assert [finding.values["gap_m"] for finding in findings(plan, FindingCode.UNCLOSED)] == pytest.approx([0.9])
    assert proposed(plan) == ()


def test_the_open_outline_of_a_floor_is_told_and_becomes_its_outline(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.room("301", 0, 0, 4, 5)
    sheet.room("302", 4.2, 0, 9, 5)
    sheet.outline([*rectangle(-0.3, -0.3, 9.3, 5.3), (-0.3, -0.25)], "外轮廓", closed=False)

    plan = sheet.read()
    (repair,) = [each for each in proposed(plan) if each.code is FindingCode.UNCLOSED]
    (floor,) = apply(plan, [repair]).floors

    assert plan.floors[0].outline is None
    assert floor.outline is not None
    assert floor.outline.area_m2 == pytest.approx(9.6 * 5.6)
    assert len(floor.rooms) == 2


def test_two_lines_of_a_wall_that_do_not_close_are_no_room(tmp_path: Path) -> None:
    """The end of a wall 0.24 m thick is as near to closing as a room is."""
    sheet = Sheet(tmp_path)
    sheet.room("301", 0, 0, 4, 5)
    sheet.outline([(10, 0), (10, 3), (10.24, 3), (10.24, 0)], closed=False)

    plan = sheet.read()

    assert len(findings(plan, FindingCode.UNCLOSED)) == 1
    assert proposed(plan) == ()


def test_an_open_line_of_a_room_layer_is_closed_with_its_own_number(tmp_path: Path) -> None:
    path = tmp_path / "rooms.geojson"
    line = "[[500000,3300000],[500004,3300000],[500004,3300005],[500000,3300005],[500000,3300000.3]]"
    path.write_text(
        '{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:4549"}},"features":[{"type":'
        '"Feature","properties":{"level":"2","number":"201"},"geometry":{"type":"LineString","coordinates":'
        f"{line}" + "}}]}"
    )

    plan = read_layers(path, Reading())
    (repair,) = proposed(plan)
    (room,) = apply(plan, [repair]).rooms

    assert (repair.floor, room.number, room.outline.area_m2) == ("2", "201", pytest.approx(4 * 5))
