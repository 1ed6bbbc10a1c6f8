"""Reading building models: footprints, what spaces state, storeys, units and place."""

import csv
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely

from fangdi.domain.plans.finding_texts import say
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import FoundBy, PartKind, Plan, Reading, StatedBasis
from fangdi.errors import InvalidInputError
from fangdi_gis_data.plans.ifc import read_ifc
from ifc_models import Model, rectangle

ROOM = rectangle(0, 0, 5, 4)  # 20 m²


def read(model: Model, folder: Path, reading: Reading | None = None) -> Plan:
    return read_ifc(model.write(folder), reading or Reading())


def found(plan: Plan, code: FindingCode) -> list[Finding]:
    return [finding for finding in plan.findings if finding.code is code]


def area(plan: Plan) -> float:
    return sum(room.outline.area_m2 for room in plan.rooms)


@pytest.fixture
def house() -> tuple[Model, Any]:
    """Return a model in metres with one storey."""
    model = Model()
    return model, model.storey("Level 1", 0.0)


def all_spaces(plan: Plan) -> float:
    """Return the footprints of rooms, and of the spaces that are none."""
    others = sum(float(finding.values["area_m2"]) for finding in found(plan, FindingCode.NOT_A_SPACE))
    return area(plan) + others


REAL = [  # from the README of the real files: footprints of all spaces, and the basis of what they state
    ("ifc/AC20*.ifc", 208.5456),
    ("ifc/SampleHouse*.ifc", 152.5706),
    ("ifc/Duplex*.ifc", 375.7457),
]


@pytest.mark.real_data
@pytest.mark.parametrize(("pattern", "footprint_m2"), REAL)
def test_footprints_of_a_real_model_add_up_to_its_own(
    real_data: Callable[[str], Path], pattern: str, footprint_m2: float
) -> None:
    plan = read_ifc(real_data(pattern), Reading())

    assert all_spaces(plan) == pytest.approx(footprint_m2, rel=1e-3)


@pytest.mark.real_data
@pytest.mark.parametrize(("pattern", "table"), [
    ("ifc/AC20*.ifc", "ifc/AC20*.csv"), ("ifc/SampleHouse*.ifc", "ifc/SampleHouse*.csv"),
    ("ifc/Duplex*.ifc", "ifc/duplex*.csv"),
])  # fmt: skip
def test_each_space_of_a_real_model_has_the_area_that_others_measured(
    real_data: Callable[[str], Path], pattern: str, table: str
) -> None:
    plan = read_ifc(real_data(pattern), Reading())
    measured = {room.handle: room.outline.area_m2 for room in plan.rooms}
    measured |= {str(one.handle): float(one.values["area_m2"]) for one in found(plan, FindingCode.NOT_A_SPACE)}
    with real_data(table).open(encoding="utf-8") as stream:
        expected = {row["guid"]: float(row["geom_bottom_area_m2"]) for row in csv.DictReader(stream)}

    assert measured == pytest.approx(expected, rel=1e-3)


@pytest.mark.real_data
def test_a_real_model_whose_gross_areas_are_its_footprints_agrees_with_them(real_data: Callable[[str], Path]) -> None:
    plan = read_ifc(real_data("ifc/AC20*.ifc"), Reading())
    gross = [stated.area_m2 for room in plan.rooms for stated in room.stated if stated.basis is StatedBasis.GROSS]

    assert sum(gross) == pytest.approx(208.5456, rel=1e-3)
    assert not found(plan, FindingCode.STATED_DIFFERS)


@pytest.mark.real_data
def test_areas_to_wall_centres_in_a_real_model_are_another_basis_and_no_error(real_data: Callable[[str], Path]) -> None:
    plan = read_ifc(real_data("ifc/Duplex*.ifc"), Reading())
    (other,) = found(plan, FindingCode.OTHER_BASIS)

    assert other.severity is Severity.NOTE
    assert other.values["stated_m2"] == pytest.approx(422.0466, rel=1e-6)
    assert other.values["share"] == pytest.approx(0.11, abs=0.005)
    # of them the roof states 145.7217 m² on 135.1512: 422.0466 − 145.7217 = 276.32, 375.7457 − 135.1512 = 240.59
    assert "422.05" in say(other).zh
    assert "房间图注 276.32、量得 240.59 平方米;另有 1 个空间不是房间,不计入" in say(other).zh
    assert "rooms alone 276.32 and 240.59 m²" in say(other).en
    assert {stated.basis for room in plan.rooms for stated in room.stated} == {StatedBasis.WALL_CENTRE}
    assert not found(plan, FindingCode.STATED_DIFFERS)


@pytest.mark.real_data
def test_a_real_roof_typed_as_a_space_is_named_and_does_not_count(real_data: Callable[[str], Path]) -> None:
    plan = read_ifc(real_data("ifc/SampleHouse*.ifc"), Reading())
    (roof,) = found(plan, FindingCode.NOT_A_SPACE)

    assert roof.values["area_m2"] == pytest.approx(76.466, rel=1e-3)
    assert "屋面" in say(roof).zh
    assert "a roof" in say(roof).en
    assert len(plan.rooms) == 3
    assert area(plan) == pytest.approx(152.5706 - 76.466, rel=1e-3)


@pytest.mark.parametrize(("unit_m", "schema"), [(1.0, "IFC4"), (0.001, "IFC4"), (0.3048, "IFC2X3")])
def test_lengths_are_taken_to_metres(tmp_path: Path, unit_m: float, schema: str) -> None:
    model = Model(schema, unit_m=unit_m)
    storey = model.storey("Level 1", 0.0)
    model.space(storey, "101", rectangle(0, 0, 5 / unit_m, 4 / unit_m), height=3 / unit_m)
    plan = read(model, tmp_path)

    assert area(plan) == pytest.approx(20.0, rel=1e-6)  # 5 m × 4 m
    assert plan.rooms[0].height_m == pytest.approx(3.0)
    assert plan.units.metres == pytest.approx(unit_m)


def test_a_roof_that_slopes_down_to_the_floor_leaves_the_footprint(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    corners = [(0, 0, 0), (6, 0, 0), (6, 4, 0), (0, 4, 0), (0, 2, 3), (6, 2, 3)]
    faces = [(0, 3, 2, 1), (0, 1, 5, 4), (2, 3, 4, 5), (0, 4, 3), (1, 2, 5)]
    model.space_with(storey, "Attic 1", model.brep(corners, faces), "Brep")

    assert area(read(model, tmp_path)) == pytest.approx(24.0)  # 6 m × 4 m


def test_a_roof_that_leans_out_over_the_floor_does_not_widen_the_footprint(
    tmp_path: Path, house: tuple[Model, Any]
) -> None:
    model, storey = house
    corners = [(0, 0, 0), (4, 0, 0), (4, 4, 0), (0, 4, 0), (-1, -1, 3), (5, -1, 3), (5, 5, 3), (-1, 5, 3)]
    faces = [(0, 3, 2, 1), (4, 5, 6, 7), (0, 1, 5, 4), (1, 2, 6, 5), (2, 3, 7, 6), (3, 0, 4, 7)]
    model.space_with(storey, "Tower 1", model.brep(corners, faces), "Brep")

    assert area(read(model, tmp_path)) == pytest.approx(16.0)  # 4 m × 4 m on the floor, 6 m × 6 m under the ceiling


def test_a_niche_above_the_floor_is_no_floor(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    profile = [(0, 0), (4, 0), (4, 0.9), (5, 0.9), (5, 2), (4, 2), (4, 3), (0, 3)]  # x and height; 2 m deep
    front = [(x, 0.0, z) for x, z in profile]
    back = [(x, 2.0, z) for x, z in profile]
    count = len(profile)
    sides = [(one, (one + 1) % count, (one + 1) % count + count, one + count) for one in range(count)]
    faces = [tuple(range(count)), tuple(reversed(range(count, 2 * count))), *(tuple(reversed(side)) for side in sides)]
    model.space_with(storey, "101", model.brep(front + back, faces), "Brep")

    assert area(read(model, tmp_path)) == pytest.approx(8.0)  # 4 m × 2 m, without the niche of 1 m × 2 m


def test_columns_that_stand_in_a_space_are_taken_out(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    model.space(storey, "101", ROOM)
    model.element("IfcColumn", storey, rectangle(2, 2, 2.5, 2.5))
    plan = read(model, tmp_path)

    assert area(plan) == pytest.approx(20 - 0.25)  # 0.5 m × 0.5 m
    assert [part.kind for part in plan.floors[0].parts] == [PartKind.COLUMN]


def test_columns_that_the_body_leaves_out_already_are_not_taken_out_again(
    tmp_path: Path, house: tuple[Model, Any]
) -> None:
    model, storey = house
    notched = [(0, 0), (5, 0), (5, 3.5), (4.5, 3.5), (4.5, 4), (0, 4)]
    model.space(storey, "101", notched)
    model.element("IfcColumn", storey, rectangle(4.5, 3.5, 5, 4))

    assert area(read(model, tmp_path)) == pytest.approx(20 - 0.25)


def test_a_round_room_has_the_area_of_its_circle(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    model.space_with(storey, "101", model.cylinder(5, 3), "SweptSolid")

    assert area(read(model, tmp_path)) == pytest.approx(math.pi * 25, rel=2e-4)


def test_storeys_are_ordered_by_elevation_and_have_the_height_to_the_next(tmp_path: Path) -> None:
    model = Model()
    for name, elevation in (("Upper", 3.6), ("Cellar", -3.0), ("Lower", 0.0)):
        model.space(model.storey(name, elevation), name[0] + "1", ROOM)
    floors = read(model, tmp_path).floors

    assert [(floor.name, floor.level) for floor in floors] == [("Cellar", -1.0), ("Lower", 1.0), ("Upper", 2.0)]
    assert [floor.height_m for floor in floors] == pytest.approx([3.0, 3.6, 3.0])  # to the next; the last its rooms'


def test_levels_are_those_in_the_names_where_all_names_have_one(tmp_path: Path) -> None:
    model = Model()
    for name, elevation in (("Level -1", -3.0), ("Level 3", 0.0), ("4层", 3.0)):
        model.space(model.storey(name, elevation), "1", ROOM)

    assert [floor.level for floor in read(model, tmp_path).floors] == [-1.0, 3.0, 4.0]


def test_the_outline_of_a_floor_goes_around_its_walls(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    model.space(storey, "101", ROOM)
    for wall in (rectangle(-0.2, -0.2, 5.2, 0), rectangle(-0.2, 4, 5.2, 4.2),
                 rectangle(-0.2, 0, 0, 4), rectangle(5, 0, 5.2, 4)):  # fmt: skip
        model.element("IfcWall", storey, wall)
    (floor,) = read(model, tmp_path).floors

    assert floor.outline is not None
    assert floor.outline.area_m2 == pytest.approx(5.4 * 4.4)
    assert sum(part.outline.area_m2 for part in floor.parts) == pytest.approx(5.4 * 4.4 - 20)


@pytest.mark.parametrize(("written", "read_as"), [
    (("101", "Meeting"), ("101", "Meeting")),
    (("1 - Bedroom", "Bedroom"), ("1", "Bedroom")),
    (("会议室", None), (None, "会议室")),
    (("A-12", None), ("A-12", None)),
    (("301 · 档案室", None), ("301", "档案室")),
])  # fmt: skip
def test_number_and_name_of_a_space_are_told_apart(
    tmp_path: Path, house: tuple[Model, Any], written: tuple[str, str | None], read_as: tuple[str | None, str | None]
) -> None:
    model, storey = house
    model.space(storey, written[0], ROOM, LongName=written[1])
    (room,) = read(model, tmp_path).rooms

    assert (room.number, room.name) == read_as
    assert room.found_by is FoundBy.BODY


def test_a_low_body_over_the_rooms_is_a_roof(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    model.space(storey, "101", ROOM)
    model.space(storey, "102", rectangle(-0.5, -0.5, 5.5, 4.5), height=0.4, lift=3.0)
    plan = read(model, tmp_path)

    assert [room.number for room in plan.rooms] == ["101"]
    assert [one.values["kind"] for one in found(plan, FindingCode.NOT_A_SPACE)] == ["roof"]


def test_a_narrow_body_under_the_ceiling_is_a_beam(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    model.space(storey, "101", ROOM)
    model.space(storey, "102", rectangle(0, 6, 5, 6.3), height=0.5, lift=2.5)
    plan = read(model, tmp_path)

    assert [room.number for room in plan.rooms] == ["101"]
    assert [one.values["kind"] for one in found(plan, FindingCode.NOT_A_SPACE)] == ["beam"]


@pytest.mark.parametrize("name", ["Roof plant room", "屋顶机房", "Beam"])
def test_a_room_is_no_roof_or_beam_for_its_name_alone(tmp_path: Path, house: tuple[Model, Any], name: str) -> None:
    model, storey = house
    model.space(storey, "101", ROOM)
    model.space(model.storey("Level 2", 3.0), "201", ROOM, LongName=name)

    assert [room.number for room in read(model, tmp_path).rooms] == ["101", "201"]


def test_a_space_of_full_height_called_roof_on_top_of_rooms_is_a_roof(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    model.space(storey, "101", ROOM)
    model.space(model.storey("Level 2", 3.0), "R1", ROOM, LongName="屋面")
    plan = read(model, tmp_path)

    assert [room.number for room in plan.rooms] == ["101"]


def test_a_space_without_a_body_is_named(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    model.space(storey, "101", ROOM)
    model.space_with(storey, "102", None, "SweptSolid")
    plan = read(model, tmp_path)

    assert [one.values["name"] for one in found(plan, FindingCode.NO_FOOTPRINT)] == ["102"]
    assert len(plan.rooms) == 1


def test_a_model_without_spaces_is_empty(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    model.element("IfcWall", storey, rectangle(0, 0, 5, 0.2))
    plan = read(model, tmp_path)

    assert found(plan, FindingCode.EMPTY)
    assert [one.values["name"] for one in found(plan, FindingCode.FLOOR_WITHOUT_ROOMS)] == ["Level 1"]


def test_a_single_wrong_figure_among_right_ones_is_questioned(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    for number in range(4):
        space = model.space(storey, f"10{number}", rectangle(6 * number, 0, 6 * number + 5, 4))
        model.states(space, NetFloorArea=20.0 if number else 25.0)
    plan = read(model, tmp_path)
    (wrong,) = found(plan, FindingCode.STATED_DIFFERS)

    assert (wrong.values["room"], wrong.values["stated_m2"]) == ("100", 25.0)
    assert wrong.values["measured_m2"] == pytest.approx(20.0)
    assert not found(plan, FindingCode.OTHER_BASIS)


def test_figures_that_are_all_larger_by_half_a_wall_are_to_wall_centres(
    tmp_path: Path, house: tuple[Model, Any]
) -> None:
    model, storey = house
    for number, width in enumerate((3, 4, 5)):
        space = model.space(storey, f"10{number}", rectangle(10 * number, 0, 10 * number + width, 4))
        model.states_in(space, "GSA Space Areas", "GSA BIM Area", (width + 0.2) * 4.2)  # walls of 0.2 m all around
    plan = read(model, tmp_path)
    (other,) = found(plan, FindingCode.OTHER_BASIS)

    assert {stated.basis for room in plan.rooms for stated in room.stated} == {StatedBasis.WALL_CENTRE}
    assert other.values["stated_m2"] == pytest.approx((3.2 + 4.2 + 5.2) * 4.2)
    assert other.values["measured_m2"] == pytest.approx((3 + 4 + 5) * 4)


def test_a_site_places_the_model_by_its_latitude_and_true_north(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    model.space(storey, "101", ROOM)
    model.site.RefLatitude, model.site.RefLongitude = (29, 52, 12, 0), (121, 33, 0, 0)
    model.context.TrueNorth = model.file.create_entity("IfcDirection", (1.0, 0.0))  # the model's east is north
    place = read(model, tmp_path).georeference

    assert place is not None
    assert "+lat_0=29.870000 +lon_0=121.550000" in place.crs  # 29° 52′ 12″ = 29.87°
    x, y = 10.0, 0.0  # ten metres towards true north
    assert (place.a * x - place.b * y + place.east, place.b * x + place.a * y + place.north) == pytest.approx((0, 10))


def test_a_map_conversion_places_a_model_in_millimetres_in_metres(tmp_path: Path) -> None:
    model = Model(unit_m=0.001)
    model.space(model.storey("Level 1", 0.0), "101", rectangle(0, 0, 5000, 4000), height=3000)
    new = model.file.create_entity
    metre = new("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")
    target = new("IfcProjectedCRS", Name="EPSG:4549", MapUnit=metre)
    new("IfcMapConversion", model.context, target, 500_000.0, 3_300_000.0, 0.0, 0.0, 1.0, 0.001)
    place = read(model, tmp_path).georeference

    assert place is not None
    assert (place.crs, place.source) == ("EPSG:4549", "IfcMapConversion")
    assert (place.east, place.north) == (500_000.0, 3_300_000.0)
    assert (place.a, place.b) == pytest.approx((0.0, 1.0))  # turned by 90°, scale 1 from metres to metres


def test_rooms_keep_what_traces_them_back_to_the_file(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    space = model.space(storey, "101", ROOM)
    (room,) = read(model, tmp_path).rooms

    assert room.handle == space.GlobalId
    assert shapely.equals(room.outline.shape, shapely.box(0, 0, 5, 4))


@pytest.fixture
def two_storeys(tmp_path: Path) -> bytes:
    """Return a model of two storeys with six rooms as text."""
    model = Model()
    for level in (1, 2):
        storey = model.storey(f"Level {level}", 3.0 * level)
        for place in range(3):
            model.space(storey, f"{level}0{place}", rectangle(6 * place, 0, 6 * place + 5, 4))
    return model.write(tmp_path).read_bytes()


@pytest.mark.parametrize("share", [0.95, 0.8, 0.6, 0.4])
def test_a_model_that_is_cut_short_is_refused_and_not_read_in_part(
    tmp_path: Path, two_storeys: bytes, share: float
) -> None:
    path = tmp_path / "cut.ifc"
    path.write_bytes(two_storeys[: int(len(two_storeys) * share)])

    with pytest.raises(InvalidInputError, match=r"文件不完整.*cut short"):
        read_ifc(path, Reading())


@pytest.mark.parametrize("after", [b"", b"\r\n", b"\n/* written by a program */\n"])
def test_a_model_may_have_remarks_after_its_end(tmp_path: Path, two_storeys: bytes, after: bytes) -> None:
    path = tmp_path / "whole.ifc"
    path.write_bytes(two_storeys.rstrip() + after)
    plan = read_ifc(path, Reading())

    assert len(plan.rooms) == 6
    assert not found(plan, FindingCode.INCOMPLETE)


def test_a_model_that_lacks_what_it_refers_to_is_incomplete(tmp_path: Path, two_storeys: bytes) -> None:
    lines = two_storeys.decode().splitlines(keepends=True)
    lost = next(line for line in lines if "=IFCRELAGGREGATES(" not in line and "=IFCCARTESIANPOINT((5.,0.))" in line)
    path = tmp_path / "holes.ifc"
    path.write_text("".join(line for line in lines if line != lost), encoding="utf-8")
    (incomplete,) = found(read_ifc(path, Reading()), FindingCode.INCOMPLETE)

    assert incomplete.severity is Severity.ERROR
    assert incomplete.values == {"count": 1, "example": lost.split("=")[0]}


def test_a_number_sign_in_words_refers_to_nothing(tmp_path: Path, house: tuple[Model, Any]) -> None:
    model, storey = house
    model.space(storey, "#9001", ROOM, LongName="it's flat #9002")

    assert not found(read(model, tmp_path), FindingCode.INCOMPLETE)
