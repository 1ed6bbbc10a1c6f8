"""Real drawings of all versions open or are answered with a finding; a house comes out right."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dxf_drawings import Sheet, codes, findings
from fangdi.domain.plans.finding_texts import say
from fangdi.domain.plans.findings import FindingCode, Severity
from fangdi.domain.plans.model import Plan, Reading
from fangdi_gis_data.plans.dxf import read_dxf

Find = Callable[[str], Path]
FOOT2 = 0.3048**2


def feet(feet: float, inches: float = 0) -> float:
    """Return metres."""
    return (feet + inches / 12) * 0.3048


@pytest.mark.real_data
def test_every_drawing_opens_or_is_answered_with_a_finding(real_data: Find) -> None:
    folder = real_data("dxf/*/test/resources/1x1rectangle.dxf").parent
    files = sorted(folder.glob("*.dxf"))

    assert len(files) == 63
    for file in files:
        plan = read_dxf(file, Reading())
        assert plan.rooms or plan.findings, file.name
        assert all(say(finding).zh and say(finding).en for finding in plan.findings)
        assert all(room.outline.shape.is_valid and room.outline.area_m2 > 0 for room in plan.rooms), file.name


@pytest.fixture
def house(real_data: Find) -> Path:
    return real_data("dxf/*/test/resources/floorplan.dxf")


@pytest.mark.real_data
def test_a_house_with_a_header_in_millimetres_is_questioned(house: Path) -> None:
    plan = read_dxf(house, Reading())
    (finding,) = findings(plan, FindingCode.UNITS_DOUBTFUL)

    assert plan.units.name == "mm"
    assert finding.severity is Severity.ERROR
    assert finding.values["likely"] == "in"


def named(plan: Plan) -> dict[str | None, float]:
    return {room.name: room.outline.area_m2 for room in plan.rooms}


@pytest.mark.real_data
@pytest.mark.parametrize("unit", ["ft", "in"])
def test_the_house_is_right_once_feet_are_confirmed(house: Path, unit: str) -> None:
    rooms = named(read_dxf(house, Reading(unit=unit)))

    # sizes as written in the rooms, to the inch
    assert rooms["2 CAR GARAGE"] == pytest.approx(feet(21, 2) * feet(20, 10), rel=0.005)
    assert rooms["BEDROOM 2"] == pytest.approx(feet(13, 6) * feet(11), rel=0.01)
    assert rooms["BEDROOM 3"] == pytest.approx(feet(11, 6) * feet(13), rel=0.01)
    assert rooms["MASTER BEDROOM"] == pytest.approx(feet(13, 8) * feet(14), rel=0.01)
    assert rooms["Pantry"] == pytest.approx(feet(4, 4) * feet(6, 8), rel=0.01)
    assert rooms["UTIL."] == pytest.approx(feet(5, 3) * feet(6, 8), rel=0.01)


@pytest.mark.real_data
def test_most_labels_of_the_house_get_exactly_one_room(house: Path) -> None:
    """Of its 21 labels 15 name a room alone; six stand in one open space with no walls between them."""
    plan = read_dxf(house, Reading(unit="in"))
    (floor,) = plan.floors
    several = sum(int(finding.values["count"]) for finding in findings(plan, FindingCode.SEVERAL_LABELS))
    outside = codes(plan)[FindingCode.LABEL_WITHOUT_ROOM]

    assert (len(floor.labels), several, outside) == (21, 6, 0)


def test_a_thousand_rooms_are_read_within_a_second(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    for number in range(1000):
        row, column = divmod(number, 40)
        sheet.room(f"{101 + number}", 4.2 * column, 6 * row, 4.2 * column + 4, 6 * row + 5)
    path = sheet.save()

    started = time.process_time()
    plan = read_dxf(path, Reading())
    took = time.process_time() - started

    assert len(plan.rooms) == 1000
    assert took < 1.5, "well under a second on an idle core; the limit leaves room for a busy one"
