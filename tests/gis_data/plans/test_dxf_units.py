"""A drawing's unit is what its header says, unless what it shows makes that implausible: then it is questioned."""

from pathlib import Path
from typing import Any

import pytest

from dxf_drawings import INCHES, METRES, MILLIMETRES, Sheet, codes, findings, rectangle
from fangdi.domain.plans.findings import FindingCode, Severity
from fangdi.domain.plans.model import FloorBox
from fangdi.errors import InvalidInputError

FOOT_M = 0.3048


def offices(folder: Path, per_metre: float, unit: int | None) -> Sheet:
    """Draw four rooms of 4 × 5 m, so many units to the metre."""
    sheet = Sheet(folder, unit)
    for number in range(4):
        west, east = (4.2 * number * per_metre, (4.2 * number + 4) * per_metre)
        sheet.outline(rectangle(west, 0, east, 5 * per_metre))
        sheet.text(f"30{number + 1} 办公室", ((west + east) / 2, 2.5 * per_metre), height=0.3 * per_metre)
    return sheet


@pytest.mark.parametrize(
    ("per_metre", "unit"), [(1000, MILLIMETRES), (1, METRES), (100, 5), (1 / FOOT_M, 2), (1 / 0.0254, 1)]
)
def test_a_header_that_is_right_is_believed(tmp_path: Path, per_metre: float, unit: int) -> None:
    plan = offices(tmp_path, per_metre, unit).read()

    assert [room.outline.area_m2 for room in plan.rooms] == pytest.approx([20] * 4)
    assert plan.units.said_by == "header"
    assert not {FindingCode.UNITS_DOUBTFUL, FindingCode.UNITS_MISSING} & set(codes(plan))


@pytest.mark.parametrize(
    ("per_metre", "unit", "likely"),
    [(1000, INCHES, "mm"), (1000, METRES, "mm"), (1, MILLIMETRES, "m"), (100, METRES, "cm")],
)
def test_a_header_that_is_wrong_is_questioned_and_not_corrected(
    tmp_path: Path, per_metre: float, unit: int, likely: str
) -> None:
    metres = {INCHES: 0.0254, METRES: 1.0, MILLIMETRES: 0.001}[unit]
    sheet = offices(tmp_path, per_metre, unit)

    plan = sheet.read()
    (finding,) = findings(plan, FindingCode.UNITS_DOUBTFUL)

    factor = (per_metre * metres) ** 2
    assert [room.outline.area_m2 for room in plan.rooms] == pytest.approx([20 * factor] * 4)
    assert [room.outline.shape.area for room in plan.rooms] == pytest.approx([20 * factor] * 4)
    assert finding.severity is Severity.ERROR
    assert finding.values["likely"] == likely
    assert finding.values["median_m2"] == pytest.approx(20 * factor)
    assert finding.values["width_m"] == pytest.approx(16.6 * per_metre * metres)
    confirmed = sheet.read(unit=likely)
    assert [room.outline.area_m2 for room in confirmed.rooms] == pytest.approx([20] * 4)
    assert FindingCode.UNITS_DOUBTFUL not in codes(confirmed)


@pytest.mark.parametrize(("per_metre", "unit"), [(1000, "mm"), (1, "m")])
def test_a_missing_unit_is_guessed_and_said_to_be(tmp_path: Path, per_metre: float, unit: str) -> None:
    plan = offices(tmp_path, per_metre, None).read()

    assert (plan.units.name, plan.units.said_by) == (unit, "content")
    assert [room.outline.area_m2 for room in plan.rooms] == pytest.approx([20] * 4)
    assert [finding.values["unit"] for finding in findings(plan, FindingCode.UNITS_MISSING)] == [unit]


def test_areas_that_the_drawing_states_prove_its_unit(tmp_path: Path) -> None:
    """Rooms of 4 × 5 ft are small and could be metres; what is written in them says that they are feet."""
    sheet = Sheet(tmp_path, METRES)
    for number in range(3):
        sheet.outline(rectangle(12 * number, 0, 12 * number + 10, 10))
        sheet.text(f"30{number} 办公室 {100 * FOOT_M**2:.2f}㎡", (12 * number + 5, 5))

    (finding,) = findings(sheet.read(), FindingCode.UNITS_DOUBTFUL)

    assert finding.values["likely"] == "ft"


def test_a_house_in_feet_with_a_header_in_millimetres_is_right_once_feet_are_confirmed(tmp_path: Path) -> None:
    sheet = offices(tmp_path, 1 / FOOT_M, MILLIMETRES)

    assert [finding.values["likely"] for finding in findings(sheet.read(), FindingCode.UNITS_DOUBTFUL)] == ["ft"]
    confirmed = sheet.read(unit="ft")
    assert (confirmed.units.name, confirmed.units.said_by) == ("ft", "person")
    assert [room.outline.area_m2 for room in confirmed.rooms] == pytest.approx([20] * 4)
    assert not {FindingCode.UNITS_DOUBTFUL, FindingCode.FEET_AND_INCHES} & set(codes(confirmed))


def dimensioned(sheet: Sheet, length: float, text: str) -> None:
    sheet.model.add_linear_dim(base=(0, -20), p1=(0, 0), p2=(length, 0), text=text).render()


def test_feet_and_inches_by_the_dimensions_are_read_in_inches_when_feet_are_confirmed(tmp_path: Path) -> None:
    """A person says feet of a drawing dimensioned 13'-1" over 157 units: one unit is an inch, and it says so."""
    sheet = offices(tmp_path, 1 / 0.0254, MILLIMETRES)
    for length, text in ((157, "13'-1\""), (240, "20'-0\""), (96, "8'-0\"")):
        dimensioned(sheet, length, text)

    (doubt,) = findings(sheet.read(), FindingCode.UNITS_DOUBTFUL)
    assert (doubt.values["likely"], doubt.values["feet_are_inches"]) == ("in", True)
    confirmed = sheet.read(unit="ft")
    assert [room.outline.area_m2 for room in confirmed.rooms] == pytest.approx([20] * 4)
    assert codes(confirmed)[FindingCode.FEET_AND_INCHES] == 1


def test_an_implausible_unit_of_a_person_counts_and_is_questioned(tmp_path: Path) -> None:
    plan = offices(tmp_path, 1000, MILLIMETRES).read(unit="m")

    assert [room.outline.area_m2 for room in plan.rooms] == pytest.approx([20e6] * 4)
    assert codes(plan)[FindingCode.UNITS_DOUBTFUL] == 1


def test_a_unit_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="li"):
        offices(tmp_path, 1, METRES).read(unit="li")


FLOORS = ("一层平面图", "二层平面图", "三层平面图")


def three_floors(folder: Path, *, frames: bool = True, titles: tuple[str, ...] = FLOORS) -> Sheet:
    """Draw floors side by side, 40 m apart, each with two rooms and its title."""
    sheet = Sheet(folder)
    for floor, title in enumerate(titles):
        west = 40 * floor
        if frames:
            sheet.outline(rectangle(west - 5, -8, west + 30, 25), "图框")
            sheet.outline(rectangle(west - 4.5, -7.5, west + 29.5, 24.5), "图框")
        for number in range(2):
            sheet.room(f"{floor + 1}0{number + 1}", west + 6 * number, 0, west + 6 * number + 5.8, 5)
        sheet.text(title, (west + 5, -4), height=0.8)
    return sheet


@pytest.mark.parametrize("frames", [True, False])
def test_three_floors_in_one_drawing_are_told_apart_by_frames_or_titles(tmp_path: Path, frames: bool) -> None:  # noqa: FBT001
    plan = three_floors(tmp_path, frames=frames).read()

    assert [(floor.name, floor.level, sorted(room.number or "" for room in floor.rooms)) for floor in plan.floors] == [
        (title, level, [f"{level:g}01", f"{level:g}02"]) for level, title in enumerate(FLOORS, start=1)
    ]
    assert len({room.key for room in plan.rooms}) == 6


def test_a_floor_that_stands_for_several_is_one_whose_level_a_person_says(tmp_path: Path) -> None:
    plan = three_floors(tmp_path, frames=False, titles=("首层平面图", "二~四层平面图", "地下一层平面图")).read()

    assert [(floor.name, floor.level, len(floor.rooms)) for floor in plan.floors] == [
        ("地下一层平面图", -1, 2), ("首层平面图", 1, 2), ("二~四层平面图", None, 2),
    ]  # fmt: skip
    assert [finding.values["name"] for finding in findings(plan, FindingCode.LEVEL_UNKNOWN)] == ["二~四层平面图"]


def test_groups_far_apart_without_titles_are_questioned(tmp_path: Path) -> None:
    plan = three_floors(tmp_path, frames=False, titles=("", "", "")).read()

    assert len(plan.floors) == 1
    assert [finding.values["count"] for finding in findings(plan, FindingCode.SEVERAL_FLOORS)] == [3]
    assert FindingCode.LEVEL_UNKNOWN in codes(plan)


def test_boxes_of_a_person_go_before_frames_and_what_lies_outside_is_counted(tmp_path: Path) -> None:
    boxes = (FloorBox(-1, -1, 20, 10, "首层"), FloorBox(39, -1, 60, 10, "夹层", 1.5))

    plan = three_floors(tmp_path).read(boxes=boxes)

    assert [(floor.name, floor.level, len(floor.rooms)) for floor in plan.floors] == [("首层", 1, 2), ("夹层", 1.5, 2)]
    assert [finding.values["count"] for finding in findings(plan, FindingCode.OUTSIDE_FRAMES)] == [2]


def test_the_level_of_a_single_floor_is_what_a_person_says(tmp_path: Path) -> None:
    sheet = offices(tmp_path, 1, METRES)

    assert [floor.level for floor in sheet.read(level=-1.0).floors] == [-1.0]


def test_the_outline_of_a_floor_is_the_one_drawn_around_its_rooms(tmp_path: Path) -> None:
    sheet: Any = offices(tmp_path, 1, METRES)
    sheet.outline(rectangle(-0.3, -0.3, 17.1, 5.3), "外轮廓")

    (floor,) = sheet.read().floors

    assert floor.outline is not None
    assert floor.outline.area_m2 == pytest.approx(17.4 * 5.6)


def test_outlines_of_a_floor_that_lie_side_by_side_are_one(tmp_path: Path) -> None:
    sheet = offices(tmp_path, 1, METRES)
    sheet.outline(rectangle(-0.3, -0.3, 8.3, 5.3), "外轮廓")
    sheet.outline(rectangle(8.3, -0.3, 17.1, 5.3), "外轮廓")
    sheet.outline(rectangle(8.4, -0.2, 17.0, 5.2), "外轮廓")  # the inner line of the second

    (floor,) = sheet.read().floors

    assert floor.outline is not None
    assert floor.outline.area_m2 == pytest.approx(17.4 * 5.6)


def test_rooms_between_walls_tell_how_implausible_a_unit_is(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path, INCHES)
    sheet.outline(rectangle(0, 0, 4000, 5000), "墙")
    sheet.outline(rectangle(-240, -240, 4240, 5240), "墙")
    sheet.text("301 办公室", (2000, 2500), height=300)

    (finding,) = findings(sheet.read(), FindingCode.UNITS_DOUBTFUL)

    assert finding.values["likely"] == "mm"
    assert finding.values["median_m2"] == pytest.approx(4000 * 5000 * 0.0254**2)
