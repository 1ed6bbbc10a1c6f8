"""Drawings as surveying offices (房产测绘) make them: layers in Chinese, GBK, fills, blocks, frames, figures."""

from pathlib import Path
from typing import Any

import ezdxf
import pytest

from dxf_drawings import METRES, MILLIMETRES, Sheet, by_number, codes, findings, rectangle
from fangdi.domain.plans.conservation import balance
from fangdi.domain.plans.findings import FindingCode
from fangdi.domain.plans.model import FoundBy, PartKind, Plan, Reading
from fangdi_gis_data.plans.dxf import read_dxf

Outline = list[tuple[float, float]]
OFFICE_M2 = 4.08 * 5.4


def in_old_gbk(folder: Path, outlines: dict[str, list[Outline]], texts: list[tuple[str, float, float]]) -> Plan:
    """Draw R12 in the Chinese code page without a unit, in millimetres."""
    document = ezdxf.new("R12")
    document.header["$DWGCODEPAGE"] = "ANSI_936"
    document.encoding = "gbk"
    model: Any = document.modelspace()
    for layer, drawn in outlines.items():
        for corners in drawn:
            model.add_polyline2d(corners, close=True, dxfattribs={"layer": layer})
    for text, x, y in texts:
        entity = model.add_text(text, height=300, dxfattribs={"layer": "标注"})
        entity.set_placement((x, y), align=ezdxf.enums.TextEntityAlignment.MIDDLE_CENTER)
    path = folder / "survey.dxf"
    document.saveas(path)
    return read_dxf(path, Reading())


def offices(count: int = 3) -> list[Outline]:
    """Return rooms of 4.08 × 5.40 m with walls of 0.24 m, in millimetres."""
    return [rectangle(4320 * n, 0, 4320 * n + 4080, 5400) for n in range(count)]


def test_rooms_walls_and_the_outline_of_the_house_are_told_apart_by_their_layers(tmp_path: Path) -> None:
    house = rectangle(-240, -240, 12960, 5640)
    numbers = [(f"10{n + 1}", 4320 * n + 2040, 3200) for n in range(3)]
    areas = [("22.03", 4320 * n + 2040, 2600) for n in range(3)]

    plan = in_old_gbk(
        tmp_path, {"房屋轮廓": [house], "房间": offices(), "墙体": [house, *offices()]}, [*numbers, *areas]
    )
    (floor,) = plan.floors

    assert {room.number: (room.outline.area_m2, room.stated[0].area_m2) for room in plan.rooms} == {
        f"10{n}": (pytest.approx(OFFICE_M2), 22.03) for n in (1, 2, 3)
    }
    assert floor.outline is not None
    assert (floor.outline.area_m2, floor.outline_implied) == (pytest.approx(13.2 * 5.88), False)
    assert FindingCode.ENCLOSES_ROOMS not in codes(plan)


def test_an_outline_around_all_rooms_on_their_own_layer_is_that_of_the_floor(tmp_path: Path) -> None:
    house = rectangle(-240, -240, 12960, 5640)
    numbers = [(f"10{n + 1}", 4320 * n + 2040, 3200) for n in range(3)]

    (floor,) = in_old_gbk(tmp_path, {"房间": [house, *offices()]}, numbers).floors

    assert len(floor.rooms) == 3
    assert floor.outline is not None
    assert (floor.outline.area_m2, floor.outline_implied) == (pytest.approx(13.2 * 5.88), False)


def test_a_layer_called_outlines_of_houses_that_holds_a_label_in_each_holds_rooms(tmp_path: Path) -> None:
    labels = [(f"10{n + 1} 办公室", 4320 * n + 2040, 3200) for n in range(3)]

    plan = in_old_gbk(tmp_path, {"房屋轮廓": offices()}, labels)

    assert [room.outline.area_m2 for room in plan.rooms] == pytest.approx([OFFICE_M2] * 3)
    assert plan.floors[0].outline is None


@pytest.mark.parametrize("layer", ["房间填充", "填充", "面积"])
def test_rooms_that_are_only_filled_are_rooms_whatever_the_layer_of_fills_is_called(tmp_path: Path, layer: str) -> None:
    sheet = Sheet(tmp_path, None)
    for number, corners in enumerate(offices()):
        hatch = sheet.model.add_hatch(dxfattribs={"layer": layer})
        hatch.paths.add_polyline_path(corners, is_closed=True)
        sheet.text(f"20{number + 1} 办公室", (4320 * number + 2040, 2700), height=300, layer="房间标注")
    sheet.outline(rectangle(-240, -240, 12960, 5640), "外墙轮廓")

    plan = sheet.read()

    assert {room.number: room.outline.area_m2 for room in plan.rooms} == {
        f"20{n}": pytest.approx(OFFICE_M2) for n in (1, 2, 3)
    }
    assert {room.found_by for room in plan.rooms} == {FoundBy.HATCH}
    assert plan.floors[0].outline is not None


def test_fills_of_walls_are_no_rooms(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    sheet.outline(rectangle(0, 0, 4, 5), "墙")
    sheet.outline(rectangle(-0.24, -0.24, 4.24, 5.24), "墙")
    hatch = sheet.model.add_hatch(dxfattribs={"layer": "填充"})
    hatch.paths.add_polyline_path(rectangle(-0.24, -0.24, 4.24, 0), is_closed=True)
    sheet.text("301 办公室", (2, 2.5))

    assert [(room.number, room.found_by) for room in sheet.read().rooms] == [("301", FoundBy.WALLS)]


def test_mirrored_standard_rooms_keep_the_numbers_of_their_attributes(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path, MILLIMETRES)
    block = sheet.document.blocks.new("标准间")
    block.add_lwpolyline(rectangle(0, 0, 3600, 6000), close=True, dxfattribs={"layer": "房间"})
    number = 301
    for row, flip_y in ((0, 1), (14_000, -1)):
        for west, flip_x in ((0, 1), (7440, -1)):
            scale = {"xscale": flip_x, "yscale": flip_y, "layer": "房间"}
            room: Any = sheet.model.add_blockref("标准间", (west, row), dxfattribs=scale)
            x, y = west + flip_x * 1800 - 400, row + flip_y * 3000
            for text, shift in ((str(number), 200), ("21.60", -300)):
                room.add_attrib("T", text, (x, y + shift), dxfattribs={"layer": "房间编号", "height": 300})
            number += 1

    rooms = by_number(sheet.read())

    assert sorted(filter(None, rooms)) == ["301", "302", "303", "304"]
    assert [r.outline.area_m2 for r in rooms.values()] == pytest.approx([3.6 * 6] * 4)
    assert [r.stated[0].area_m2 for r in rooms.values()] == [21.6] * 4
    assert rooms["304"].outline.shape.bounds == pytest.approx((3.84, 8, 7.44, 14))


def test_two_framed_floors_have_their_own_rooms_with_areas_on_a_layer_of_their_own(tmp_path: Path) -> None:
    """Numbers on one layer, areas such as S=20.00 on another, and who drew it in the title block of the frame."""
    sheet = Sheet(tmp_path, None)
    for floor, title in enumerate(("一层平面图", "二层平面图")):
        west = 42_000 * floor
        sheet.outline(rectangle(west - 8000, -9000, west + 34_000, 20_700), "图框")
        sheet.outline(rectangle(west + 21_500, -8500, west + 33_500, -5000), "图框")
        sheet.text("某某市不动产测绘院", (west + 27_000, -6500), height=300, layer="图框")
        sheet.outline(rectangle(west, 0, west + 12_000, 5000), "房屋轮廓")
        for number in range(3):
            left = west + 4000 * number
            sheet.outline(rectangle(left, 0, left + 4000, 5000), "房间")
            sheet.text(f"{floor + 1}0{number + 1}", (left + 2000, 2800), height=300, layer="房号")
            sheet.text("S=20.00", (left + 2000, 2200), height=300, layer="面积")
        sheet.text(title, (west + 6000, -3000), height=800, layer="图名")

    plan = sheet.read()

    assert [(floor.level, sorted(room.number or "" for room in floor.rooms)) for floor in plan.floors] == [
        (1, ["101", "102", "103"]), (2, ["201", "202", "203"]),
    ]  # fmt: skip
    assert [room.outline.area_m2 for room in plan.rooms] == pytest.approx([20] * 6)
    assert [room.stated[0].area_m2 for room in plan.rooms] == [20] * 6
    assert [floor.outline and floor.outline.area_m2 for floor in plan.floors] == pytest.approx([60, 60])
    assert not findings(plan, FindingCode.LABEL_WITHOUT_ROOM)


def units_by_floor(folder: Path, *, cell: str) -> Plan:
    """Draw a plan by floor and unit (分层分户图): units on both sides of a shared corridor, its level in the frame."""
    sheet = Sheet(folder, METRES)
    sheet.outline(rectangle(0, 0, 18, 15), "层轮廓线")
    for number in range(3):
        west = 6 * number
        for south, depth, first in ((0, 6.5, 301), (8.5, 6.5, 304)):
            sheet.outline(rectangle(west, south, west + 6, south + depth), "分户线")
            sheet.text(f"{first + number}室", (west + 3, south + 3.5), layer="户号")
            sheet.text("39.00", (west + 3, south + 2.7), layer="户面积")
            sheet.text("6.00", (west + 3, south + 0.3), height=0.2, layer="边长")
    sheet.outline(rectangle(0, 6.5, 18, 8.5), "公摊")
    sheet.text("公共走道", (9, 7.5), layer="公摊")
    sheet.outline(rectangle(-5, -8, 23, 24), "图廓")
    sheet.text("房产分层分户图", (9, 20), height=1.2, layer="图廓")
    sheet.text(cell, (9, 18), layer="图廓")
    return sheet.read()


def test_a_plan_by_floor_and_unit_has_units_with_stated_areas_and_its_corridor_as_a_shared_part(tmp_path: Path) -> None:
    plan = units_by_floor(tmp_path, cell="所在层: 3  总层数: 6")
    (floor,) = plan.floors

    assert floor.level == 3
    assert sorted(room.number or "" for room in plan.rooms) == ["301", "302", "303", "304", "305", "306"]
    assert [room.outline.area_m2 for room in plan.rooms] == pytest.approx([6 * 6.5] * 6)
    assert [[stated.area_m2 for stated in room.stated] for room in plan.rooms] == [[39.0]] * 6
    assert [(part.kind, part.outline.area_m2) for part in floor.parts] == [(PartKind.SHARED, pytest.approx(18 * 2))]
    assert not findings(plan, FindingCode.LABEL_WITHOUT_ROOM)


def test_such_a_floor_adds_up_to_its_outline(tmp_path: Path) -> None:
    (floor,) = units_by_floor(tmp_path, cell="所在层:-1").floors
    made = balance(floor)

    assert floor.level == -1
    assert made is not None
    assert (made.rooms_m2, made.shared_m2, made.rest_m2) == pytest.approx((6 * 39, 36, 0), abs=1e-9)


@pytest.mark.parametrize(
    ("figures", "stated"),
    [
        (("19.85",), [19.85]),
        (("19.85", "5.00", "4.00"), [19.85]),  # the area and two sides
        (("5.00", "4.00"), []),
        (("3.30",), []),  # a height
        (("19.85", "21.20"), []),  # which of them?
    ],
)
def test_a_figure_far_from_the_number_is_the_area_if_it_can_be_and_no_other_can(
    tmp_path: Path, figures: tuple[str, ...], stated: list[float]
) -> None:
    sheet = Sheet(tmp_path)
    sheet.room("301", 0, 0, 4, 5)
    for place, figure in enumerate(figures):
        sheet.text(figure, (2, 0.3 + 0.6 * place), height=0.2)

    (room,) = sheet.read().rooms

    assert [each.area_m2 for each in room.stated] == stated
