"""One building drawn in any unit has the same areas, whatever its size in that unit and whatever its header says."""

from pathlib import Path

import pytest

from dxf_drawings import METRES, MILLIMETRES, Sheet, rectangle
from fangdi.domain.plans.model import Plan

SIDES_M = (1, 2, 3, 5, 7, 10)
"""Square rooms from 1 to 100 m²."""
PER_METRE = {"mm": 1000.0, "cm": 100.0, "m": 1.0, "in": 1 / 0.0254, "ft": 1 / 0.3048, "km": 0.001}
CODES = {"in": 1, "ft": 2, "mm": 4, "cm": 5, "m": 6, "km": 7}


def squares(folder: Path, per_metre: float, unit: int | None, *, east_m: float = 0, north_m: float = 0) -> Sheet:
    """Draw the rooms side by side: as polylines 1xx, and as loose lines 2xx."""
    sheet = Sheet(folder, unit)

    def at(x: float, y: float) -> tuple[float, float]:
        return (x + east_m) * per_metre, (y + north_m) * per_metre

    west = 0.0
    for side in SIDES_M:
        for row, south in ((1, 0.0), (2, 12.0)):
            corners = [at(x, y) for x, y in rectangle(west, south, west + side, south + side)]
            if row == 1:
                sheet.outline(corners)
            else:
                sheet.line(*corners, corners[0], layer="ROOM")
            sheet.text(f"{row}{side:02d} 办公室", at(west + side / 2, south + side / 2), height=0.15 * per_metre)
        west += side + 0.2
    return sheet


def areas(plan: Plan) -> dict[str | None, tuple[float, float]]:
    """Return the exact and the stroked area of each room, m²."""
    return {room.number: (room.outline.area_m2, room.outline.shape.area) for room in plan.rooms}


def as_drawn(factor: float = 1.0) -> dict[str | None, object]:
    """Return what the rooms must have, within a millionth; lengths times a factor."""
    exact = {f"{row}{side:02d}": (side * factor) ** 2 for row in (1, 2) for side in SIDES_M}
    return {number: pytest.approx((area, area), rel=1e-6) for number, area in exact.items()}


@pytest.mark.parametrize("place_m", [(0, 0), (500_000, 3_300_000)])
@pytest.mark.parametrize("unit", sorted(PER_METRE))
def test_areas_are_the_same_in_any_unit_and_far_from_the_origin(
    tmp_path: Path, unit: str, place_m: tuple[float, float]
) -> None:
    east_m, north_m = place_m

    plan = squares(tmp_path, PER_METRE[unit], CODES[unit], east_m=east_m, north_m=north_m).read()

    assert plan.units.name == unit
    assert areas(plan) == as_drawn()


@pytest.mark.parametrize(("unit", "header"), [("m", MILLIMETRES), ("mm", METRES), ("m", 7), ("ft", MILLIMETRES)])
def test_a_wrong_header_changes_the_scale_and_nothing_else(tmp_path: Path, unit: str, header: int) -> None:
    said = {code: name for name, code in CODES.items()}[header]

    plan = squares(tmp_path, PER_METRE[unit], header).read()

    assert areas(plan) == as_drawn(PER_METRE[unit] / PER_METRE[said])


@pytest.mark.parametrize(("unit", "person"), [("m", "mm"), ("mm", "m"), ("ft", "mm")])
def test_a_wrong_answer_of_a_person_changes_the_scale_and_nothing_else(tmp_path: Path, unit: str, person: str) -> None:
    plan = squares(tmp_path, PER_METRE[unit], None).read(unit=person)

    assert areas(plan) == as_drawn(PER_METRE[unit] / PER_METRE[person])
