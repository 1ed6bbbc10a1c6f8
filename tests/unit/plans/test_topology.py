"""The checks of a plan: what is told, what is let pass, and where the limit lies."""

import random
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from shapely.affinity import rotate, translate
from shapely.geometry import Point, Polygon

from fangdi.domain.plans.checks.limits import CheckLimits
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Label, PartKind, Plan, PlanFloor
from fangdi.domain.plans.topology import check
from plan_drawings import corridor_floor, floor, part, plan, rectangle, room

HOUSE = rectangle(0, 0, 10, 10)


def codes(findings: Iterable[Finding]) -> list[FindingCode]:
    """Return what findings are about, for comparing."""
    return [finding.code for finding in findings]


def check_floor(drawn: PlanFloor) -> tuple[Finding, ...]:
    """Check a plan of one floor."""
    return check(plan(drawn))


def numberless(drawn: PlanFloor, *, key: str, level: float | None = None) -> PlanFloor:
    """Take the numbers and names off a floor."""
    rooms = tuple(replace(each, number=None, name="办公室") for each in drawn.rooms)
    return replace(drawn, key=key, name=key, level=level, rooms=rooms)


def test_a_good_floor_has_no_findings() -> None:
    assert check_floor(corridor_floor(6)) == ()


def test_rooms_that_share_their_walls_lines_are_good() -> None:
    assert check_floor(corridor_floor(6, wall=0.0)) == ()


def test_rooms_that_overlap_are_an_error_with_the_place() -> None:
    drawn = floor(room("101", rectangle(0, 0, 5, 5)), room("102", rectangle(4, 0, 5, 5)))
    (finding,) = check_floor(drawn)
    assert (finding.code, finding.severity, finding.rooms) == (
        FindingCode.OVERLAP,
        Severity.ERROR,
        ("101", "102"),
    )
    assert finding.values["area_m2"] == pytest.approx(1 * 5)
    assert finding.shape is not None
    assert finding.shape.bounds == pytest.approx((4, 0, 5, 5))


def test_a_room_inside_another_overlaps() -> None:
    (finding,) = check_floor(floor(room("101", HOUSE), room("102", rectangle(2, 2, 3, 3))))
    assert (finding.code, finding.values["area_m2"]) == (FindingCode.OVERLAP, pytest.approx(9))


def test_a_thin_overlap_is_a_sliver_with_its_width() -> None:
    (finding,) = check_floor(floor(room("101", rectangle(0, 0, 5, 5)), room("102", rectangle(4.98, 0, 5, 5))))
    assert (finding.code, finding.severity) == (FindingCode.SLIVER, Severity.WARNING)
    assert finding.values["width_m"] == pytest.approx(0.02)
    assert finding.values["area_m2"] == pytest.approx(0.02 * 5)


@pytest.mark.parametrize("angle", [0, 33])
def test_a_crack_between_rooms_is_a_sliver_with_its_width(angle: float) -> None:
    shapes = [rotate(rectangle(west, 0, 5, 5), angle, origin=(0, 0)) for west in (0, 5.02)]
    (finding,) = check_floor(floor(room("101", shapes[0]), room("102", shapes[1])))
    assert finding.code is FindingCode.SLIVER
    assert finding.values["width_m"] == pytest.approx(0.02, rel=1e-3)
    assert finding.values["area_m2"] == pytest.approx(0.02 * 5, rel=1e-2)


def test_a_crack_that_a_wall_fills_is_none() -> None:
    rooms = [room("101", rectangle(0, 0, 5, 5)), room("102", rectangle(5.02, 0, 5, 5))]
    assert check_floor(floor(*rooms, parts=[part(PartKind.WALL, rectangle(5, 0, 0.02, 5))])) == ()


def test_a_partition_of_five_centimetres_is_no_crack() -> None:
    assert check_floor(floor(room("101", rectangle(0, 0, 5, 5)), room("102", rectangle(5.05, 0, 5, 5)))) == ()


def test_what_two_stroked_arcs_may_differ_by_is_no_sliver() -> None:
    rooms = [room("101", rectangle(0, 0, 5, 100)), room("102", rectangle(4.999, 0, 5, 100))]  # 1 mm × 100 m
    assert check_floor(floor(*rooms)) == ()


def test_space_that_is_neither_room_nor_wall_is_a_gap() -> None:
    drawn = floor(room("101", rectangle(0, 0, 7, 10)), outline=HOUSE)
    (finding,) = check_floor(drawn)
    assert (finding.code, finding.values["area_m2"]) == (FindingCode.GAP, pytest.approx(30))
    assert finding.values["width_m"] == pytest.approx(3)


def test_space_as_wide_as_a_wall_is_no_gap() -> None:
    assert check_floor(floor(room("101", rectangle(0, 0, 9.45, 10)), outline=HOUSE)) == ()


def test_space_that_a_void_or_shaft_takes_is_no_gap() -> None:
    for kind in (PartKind.VOID, PartKind.SHARED):
        drawn = floor(room("101", rectangle(0, 0, 7, 10)), outline=HOUSE, parts=[part(kind, rectangle(7, 0, 3, 10))])
        assert check_floor(drawn) == ()


def test_a_room_that_leaves_its_floor_is_told_with_how_much() -> None:
    (finding,) = check_floor(floor(room("101", rectangle(0, 0, 12, 10)), outline=HOUSE))
    assert (finding.code, finding.rooms) == (FindingCode.OUTSIDE_FLOOR, ("101",))
    assert finding.values["area_m2"] == pytest.approx(20)


def test_a_room_on_an_open_part_does_not_leave_its_floor() -> None:
    rooms = [room("101", HOUSE), room("102", rectangle(10, 0, 2, 5))]
    assert check_floor(floor(*rooms, outline=HOUSE, parts=[part(PartKind.OPEN, rectangle(10, 0, 2, 5))])) == ()


def test_a_floor_beyond_the_footprint_is_told() -> None:
    drawn = plan(floor(room("101", HOUSE), outline=HOUSE))
    assert codes(check(drawn, footprint=rectangle(0, 0, 9.6, 10))) == []  # 0.4 m: no better is a plan placed
    (finding,) = check(drawn, footprint=rectangle(0, 0, 8, 10))
    assert (finding.code, finding.values["area_m2"]) == (FindingCode.FLOOR_OUTSIDE_FOOTPRINT, pytest.approx(20))


def test_a_floor_without_outline_is_held_against_the_footprint_by_its_rooms() -> None:
    found = check(plan(floor(room("101", HOUSE))), footprint=rectangle(0, 0, 8, 10))
    assert codes(found) == [FindingCode.FLOOR_OUTSIDE_FOOTPRINT]


def test_a_number_that_two_rooms_bear_is_told_once_however_it_is_written() -> None:
    drawn = floor(*[room(str(n), rectangle(6 * n, 0, 5, 5), number=text) for n, text in enumerate(["A1", "a 1", "A1"])])
    (finding,) = check_floor(drawn)
    assert (finding.code, finding.values["count"], finding.rooms) == (
        FindingCode.DUPLICATE_NUMBER,
        3,
        ("0", "1", "2"),
    )


def test_the_same_number_on_two_floors_is_good() -> None:
    one, other = floor(room("1", HOUSE), key="f1"), floor(room("1", rectangle(0, 0, 4, 4)), key="f2")
    assert check(plan(one, other)) == ()


def test_a_label_in_no_room_and_a_room_without_label_are_told() -> None:
    bare = replace(room("101", rectangle(0, 0, 5, 5)), number=None, name=None)
    label = Label("301 会议室", Point(8, 8), "t1", number="301", name="会议室")
    found = check_floor(replace(floor(bare), labels=(label,)))
    assert codes(found) == [FindingCode.LABEL_WITHOUT_ROOM, FindingCode.ROOM_WITHOUT_LABEL]
    assert (found[0].handle, found[1].rooms) == ("t1", ("101",))


def test_labels_in_rooms_or_led_to_them_and_other_texts_are_good() -> None:
    labels = (
        Label("101", Point(1, 1), "t1", number="101"),
        Label("102", Point(9, 9), "t2", number="102"),
        Label("注:尺寸以毫米计", Point(9, 9), "t3"),
    )
    drawn = floor(room("101", rectangle(0, 0, 5, 5)), room("102", rectangle(6, 0, 1, 1)))
    assert check_floor(replace(drawn, labels=labels)) == ()


@pytest.mark.parametrize("kind", [PartKind.SHARED, PartKind.VOID, PartKind.OPEN])
def test_the_label_of_a_corridor_or_shaft_that_is_drawn_apart_lies_where_it_belongs(kind: PartKind) -> None:
    drawn = floor(room("101", rectangle(0, 0, 5, 4)), parts=(part(kind, rectangle(5, 0, 7, 4)),))
    labels = (Label("F01", Point(6, 2), "t1", number="F01"), Label("102", Point(20, 2), "t2", number="102"))

    told = [one.values["text"] for one in check_floor(replace(drawn, labels=labels))
            if one.code is FindingCode.LABEL_WITHOUT_ROOM]  # fmt: skip
    assert told == ["102"]


def test_the_label_that_is_a_wall_names_no_missing_room() -> None:
    wall = part(PartKind.WALL, rectangle(5, 0, 5.2, 4))
    drawn = floor(room("101", rectangle(0, 0, 5, 4)), parts=(wall,))
    labels = (Label("W1", Point(5.1, 2), wall.handle, number="W1"),)

    assert FindingCode.LABEL_WITHOUT_ROOM not in codes(check_floor(replace(drawn, labels=labels)))


def test_an_outline_that_crosses_itself_is_an_error_with_the_crossing() -> None:
    (finding,) = check_floor(floor(room("101", Polygon([(0, 0), (4, 4), (4, 0), (0, 4)]))))
    assert (finding.code, finding.severity) == (FindingCode.SELF_CROSSING, Severity.ERROR)
    assert finding.at == Point(2, 2)


def test_an_outer_outline_that_crosses_itself_is_told_too() -> None:
    found = check_floor(floor(outline=Polygon([(0, 0), (4, 4), (4, 0), (0, 4)])))
    assert codes(found) == [FindingCode.SELF_CROSSING]


def test_a_spike_is_told_with_its_length() -> None:
    spiky = Polygon([(0, 0), (5, 0), (5, 2), (7, 2.001), (5, 2.002), (5, 5), (0, 5)])
    (finding,) = check_floor(floor(room("101", spiky)))
    assert (finding.code, finding.at) == (FindingCode.SPIKE, Point(7, 2.001))
    assert finding.values["length_m"] == pytest.approx(2, rel=1e-3)


def test_a_spike_where_the_ring_begins_is_found_as_well() -> None:
    spiky = Polygon([(7, 2.001), (5, 2.002), (5, 5), (0, 5), (0, 0), (5, 0), (5, 2)])
    assert codes(check_floor(floor(room("101", spiky)))) == [FindingCode.SPIKE]


@pytest.mark.parametrize(
    ("width", "height", "impossible"),
    [(0.6, 0.6, True), (0.71, 0.71, False), (0.39, 5, True), (0.41, 5, False), (99, 101, False), (100, 100.1, True)],
)
def test_rooms_have_sizes_that_rooms_can_have(width: float, height: float, impossible: bool) -> None:  # noqa: FBT001
    found = codes(check_floor(floor(room("101", rectangle(0, 0, width, height)))))
    assert found == ([FindingCode.IMPOSSIBLE_SIZE] if impossible else [])


def test_a_comb_is_as_wide_as_its_back_and_not_as_its_teeth() -> None:
    comb = Polygon([(0, 0), (5, 0), (5, 2)] + [(5 - n / 4, 2 + 3 * (n // 2 % 2)) for n in range(1, 20)] + [(0, 2)])
    assert FindingCode.IMPOSSIBLE_SIZE not in codes(check_floor(floor(room("101", comb))))


def test_the_same_floor_drawn_elsewhere_is_told() -> None:
    one = numberless(corridor_floor(4), key="f1")
    moved = replace(
        one,
        key="f2",
        rooms=tuple(
            room(f"x{n}", translate(each.outline.shape, 80, -30)) for n, each in enumerate(reversed(one.rooms))
        ),
    )
    moved = numberless(replace(moved, outline=None), key="f2")
    (finding,) = [found for found in check(plan(one, moved)) if found.code is FindingCode.SAME_FLOOR_TWICE]
    assert (finding.floor, finding.severity) == ("f2", Severity.WARNING)


def test_standard_floors_with_numbers_of_their_own_are_good() -> None:
    assert check(plan(corridor_floor(4, key="f1", level=1), corridor_floor(4, key="f2", level=2))) == ()


def test_standard_floors_without_numbers_are_only_a_note() -> None:
    one = numberless(corridor_floor(4), key="f1", level=1)
    found = check(plan(one, numberless(one, key="f2", level=2)))
    assert [(f.code, f.severity) for f in found] == [(FindingCode.SAME_FLOOR_TWICE, Severity.NOTE)]


def test_floors_that_differ_by_a_room_are_different_floors() -> None:
    one = numberless(corridor_floor(4), key="f1")
    assert check(plan(one, replace(numberless(one, key="f2"), rooms=one.rooms[1:], outline=None))) == ()


def test_what_the_reader_told_is_not_told_again() -> None:
    crossing = room("101", Polygon([(0, 0), (4, 4), (4, 0), (0, 4)]))
    told = Finding(FindingCode.SELF_CROSSING, Severity.ERROR, rooms=("101",), handle="h-101")
    assert check(replace(plan(floor(crossing)), findings=(told,))) == ()


def test_more_overlaps_than_anybody_can_look_at_are_cut_short_and_said() -> None:
    drawn = plan(floor(*[room(str(n), rectangle(n / 100, 0, 5, 5)) for n in range(20)]))
    found = check(drawn, rules=CheckLimits(most_pairs=10))
    assert codes(found).count(FindingCode.OVERLAP) <= 10
    assert found[0].code is FindingCode.TOO_LARGE


def test_an_empty_plan_has_no_findings() -> None:
    assert check(plan()) == ()
    assert check(plan(floor())) == ()


def messy_plan() -> Plan:
    """Draw a plan in which much is wrong."""
    drawn = corridor_floor(4)
    more = [room("x1", rectangle(3, 3, 4, 4)), room("x2", rectangle(3.5, 3, 4, 4), number="x1")]
    return plan(replace(drawn, rooms=(*drawn.rooms[2:], *more)))


def test_checking_again_gives_the_same_findings_in_the_same_order() -> None:
    assert check(messy_plan()) == check(messy_plan())
    order = list(FindingCode)
    found = codes(check(messy_plan()))
    assert found == sorted(found, key=order.index)


@given(st.randoms(use_true_random=False))
def test_the_order_of_rooms_in_the_file_does_not_change_what_is_found(shuffle: random.Random) -> None:
    drawn = messy_plan()
    rooms = list(drawn.floors[0].rooms)
    shuffle.shuffle(rooms)
    shuffled = check(plan(replace(drawn.floors[0], rooms=tuple(rooms))))
    expected = {(finding.code, frozenset(finding.rooms)) for finding in check(drawn)}
    assert {(finding.code, frozenset(finding.rooms)) for finding in shuffled} == expected


@example([(-1e-300, 1e-300), (0.0, 50), (5e-324, 1e-05)])
@given(st.lists(st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=3, max_size=12))
def test_any_outline_can_be_checked(corners: list[tuple[float, float]]) -> None:
    check(plan(floor(room("101", Polygon(corners)), room("102", HOUSE), outline=Polygon(corners))), footprint=HOUSE)
