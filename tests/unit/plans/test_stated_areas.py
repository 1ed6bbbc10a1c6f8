"""Areas that labels state against what is drawn: mistakes of single rooms, and areas measured by another rule."""

from dataclasses import replace

import pytest
from shapely import box

from fangdi.domain.plans.finding_texts import say
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Plan, PlanFormat, PlanRoom, Stated, StatedBasis
from fangdi.domain.plans.topology import check
from plan_builders import a_drawn_floor, a_drawn_plan, a_drawn_room

# A room of 5 × 4 m has 20 m². Class 3 of GB/T 17986.1: 0.08 × √20 + 0.006 × 20 = 0.3578 + 0.12 = 0.4778 m².
LIMIT = 0.4778


def saying(*stated: float | None, basis: StatedBasis = StatedBasis.UNKNOWN) -> Plan:
    """Return a plan of rooms of 20 m² each, with what their labels state."""
    rooms: list[PlanRoom] = []
    for place, area in enumerate(stated):
        said = () if area is None else (Stated(area, basis, f"{area}㎡"),)
        rooms.append(replace(a_drawn_room(f"{101 + place}", box(5.2 * place, 0, 5.2 * place + 5, 4)), stated=said))
    return a_drawn_plan(a_drawn_floor(rooms))


def told(plan: Plan) -> list[Finding]:
    of_areas = {FindingCode.STATED_DIFFERS, FindingCode.OTHER_BASIS}
    return [finding for finding in check(plan) if finding.code in of_areas]


def test_a_stated_area_a_third_too_large_is_told_with_both_figures() -> None:
    (finding,) = told(saying(20, 30, None))

    assert (finding.code, finding.severity, finding.rooms) == (FindingCode.STATED_DIFFERS, Severity.WARNING, ("102",))
    assert say(finding).zh == "“102”图注 30.00 平方米,量得 20.00 平方米,相差超过限差 0.48。"


def test_a_room_alone_that_differs_is_a_mistake_and_no_basis() -> None:
    assert [finding.code for finding in told(saying(30))] == [FindingCode.STATED_DIFFERS]


@pytest.mark.parametrize(("apart", "differs"), [(LIMIT - 0.001, False), (-LIMIT + 0.001, False), (LIMIT + 0.001, True)])
def test_up_to_the_tolerance_of_class_3_areas_agree(apart: float, *, differs: bool) -> None:
    assert bool(told(saying(20, 20, 20 + apart))) is differs


def test_areas_to_wall_centres_are_another_basis_and_told_once() -> None:
    # walls of 0.2 m: (5 + 0.2) × (4 + 0.2) = 21.84 m², 1.84 m² more over 18 m of faces, 0.10 m beyond each
    (finding,) = told(saying(21.84, 21.84, 21.84, 21.84))

    assert (finding.code, finding.severity) == (FindingCode.OTHER_BASIS, Severity.NOTE)
    assert "合计 87.36 平方米" in say(finding).zh
    assert "墙中线" in say(finding).zh
    assert "wall centres" in say(finding).en


def test_areas_that_differ_without_a_rule_are_told_one_by_one() -> None:
    assert [finding.code for finding in told(saying(25, 15, 26, 14))] == [FindingCode.STATED_DIFFERS] * 4


@pytest.mark.parametrize("basis", [StatedBasis.GROSS, StatedBasis.WALL_CENTRE])
def test_areas_that_say_that_they_are_of_another_basis_are_not_compared(basis: StatedBasis) -> None:
    assert told(saying(30, basis=basis)) == []


def test_models_are_compared_by_their_reader() -> None:
    assert told(replace(saying(30), format=PlanFormat.IFC)) == []


def test_nothing_is_compared_in_a_unit_that_is_in_doubt() -> None:
    doubt = Finding(FindingCode.UNITS_DOUBTFUL, Severity.ERROR)
    assert told(replace(saying(30), findings=(doubt,))) == []
