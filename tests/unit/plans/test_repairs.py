"""Repairs: what is proposed settles the finding, what is not accepted stays, and areas change only where shapes do."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.affinity import rotate
from shapely.geometry import LineString, Point, Polygon

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import FoundBy, Label, Outline, Plan, PlanRoom, Stated, StatedBasis
from fangdi.domain.plans.repairs import Repair, RepairKind, apply, propose
from fangdi.domain.plans.topology import check
from plan_drawings import corridor_floor, floor, plan, rectangle, room

BOW_TIE = Polygon([(0, 0), (4, 4), (4, 0), (0, 4)])


def proposed(drawn: Plan) -> tuple[Repair, ...]:
    """Check a plan and return what is proposed for it."""
    return propose(drawn, check(drawn))


def open_line(*corners: tuple[float, float], handle: str = "L1") -> Finding:
    """Tell of an outline that is not closed, as a reader does."""
    gap = math.dist(corners[0], corners[-1])
    values = {"gap_m": gap}
    return Finding(FindingCode.UNCLOSED, Severity.WARNING, values, floor="f1", handle=handle, shape=LineString(corners))


def test_the_larger_room_gives_up_a_thin_overlap() -> None:
    drawn = plan(floor(room("101", rectangle(0, 0, 5, 5)), room("102", rectangle(4.98, 0, 8, 5))))
    (repair,) = proposed(drawn)
    assert (repair.kind, repair.rooms) == (RepairKind.SNAP, ("102", "101"))
    assert repair.area_change_m2 == pytest.approx(-0.02 * 5)
    repaired = apply(drawn, [repair])
    assert repaired.rooms[1].outline.shape.bounds == pytest.approx((5, 0, 12.98, 5))
    assert check(repaired) == ()


def test_the_larger_room_takes_a_crack() -> None:
    drawn = plan(floor(room("101", rectangle(0, 0, 5, 5)), room("102", rectangle(5.02, 0, 8, 5))))
    (repair,) = proposed(drawn)
    assert repair.area_change_m2 == pytest.approx(0.02 * 5, rel=1e-3)
    repaired = apply(drawn, [repair])
    assert repaired.rooms[0] is drawn.rooms[0]
    assert repaired.rooms[1].outline.shape.bounds == pytest.approx((5, 0, 13.02, 5), abs=1e-5)
    assert check(repaired) == ()


def test_what_is_not_accepted_stays_as_it_is() -> None:
    drawn = plan(floor(room("101", rectangle(0, 0, 5, 5)), room("102", rectangle(4.98, 0, 8, 5))))
    assert apply(drawn, []) == drawn


def test_several_repairs_of_one_room_each_take_their_own_ground_in_any_order() -> None:
    hall = room("hall", rectangle(0, 0, 30, 10))
    drawn = plan(floor(room("w", rectangle(-4.98, 0, 5, 10)), hall, room("e", rectangle(29.98, 0, 5, 10))))
    repairs = proposed(drawn)
    assert len(repairs) == 2
    forth, back = apply(drawn, repairs), apply(drawn, repairs[::-1])
    assert forth == back
    assert forth.rooms[1].outline.area_m2 == pytest.approx(300 - 2 * 0.02 * 10)
    assert check(forth) == ()


def test_a_crossing_outline_becomes_its_lobes_with_the_change_of_area_shown() -> None:
    drawn = plan(floor(room("101", BOW_TIE)))
    (repair,) = proposed(drawn)
    # two triangles of 4 m base and 2 m height; the signed area of the ring is 0
    assert (repair.after.area_m2, repair.area_change_m2) == pytest.approx((8, 8))
    assert check(apply(drawn, [repair])) == ()
    assert "+8.00" in repair.describes.zh
    assert "+8.00" in repair.describes.en


def test_a_spike_is_cut_off() -> None:
    spiky = Polygon([(0, 0), (5, 0), (5, 2), (7, 2.001), (5, 2.002), (5, 5), (0, 5)])
    drawn = plan(floor(room("101", spiky)))
    (repair,) = proposed(drawn)
    assert repair.area_change_m2 == pytest.approx(-2 * 0.002 / 2)
    assert check(apply(drawn, [repair])) == ()


def test_a_spike_of_no_width_and_double_corners_are_cleaned_without_changing_the_area() -> None:
    spiky = Polygon([(0, 0), (0, 0), (5, 0), (5, 2), (7, 2), (5, 2), (5, 5), (0.00001, 5), (0, 5)])
    drawn = plan(floor(room("101", spiky)))
    repaired = apply(drawn, proposed(drawn))
    assert repaired.rooms[0].outline.area_m2 == pytest.approx(25, abs=1e-4)
    assert repaired.rooms[0].outline.shape.hausdorff_distance(rectangle(0, 0, 5, 5)) < 1e-4
    assert len(repaired.rooms[0].outline.shape.exterior.coords) <= 7
    assert check(repaired) == ()


def test_arcs_keep_their_exact_area_where_the_shape_did_not_change() -> None:
    strokes = Point(0, 0).buffer(5)
    round_room = PlanRoom("r", Outline(strokes, math.pi * 25), FoundBy.DRAWN, "h", number="r")
    far = [room("101", rectangle(20, 0, 5, 5)), room("102", rectangle(24.98, 0, 8, 5))]
    drawn = plan(floor(round_room, *far))
    assert apply(drawn, proposed(drawn)).rooms[0] is round_room
    overlapped = plan(floor(round_room, room("101", rectangle(4.98, -5, 2, 10))))
    overlap = strokes.intersection(rectangle(4.98, -5, 2, 10)).area
    (repair,) = propose(
        overlapped,
        [replace(finding, code=FindingCode.SLIVER) for finding in _as_sliver(overlapped)],
    )
    assert repair.after.area_m2 == pytest.approx(math.pi * 25 - overlap, abs=1e-4)


def _as_sliver(drawn: Plan) -> list[Finding]:
    one, other = drawn.rooms
    shape = one.outline.shape.intersection(other.outline.shape)
    keys = (one.key, other.key)
    return [Finding(FindingCode.SLIVER, Severity.WARNING, floor="f1", rooms=keys, shape=shape)]


def test_an_outline_whose_ends_nearly_meet_becomes_a_room_with_its_label() -> None:
    stated = Stated(20.0, StatedBasis.UNKNOWN, "301 办公室 20㎡")
    label = Label("301 办公室 20㎡", Point(2, 2), "t1", number="301", name="办公室", stated=stated)
    drawn = plan(replace(floor(), labels=(label,)))
    (repair,) = propose(drawn, [open_line((0, 0.3), (0, 5), (4, 5), (4, 0), (0, 0))])
    assert (repair.kind, repair.before, repair.area_change_m2) == (RepairKind.CLOSE, None, pytest.approx(20))
    (made,) = apply(drawn, [repair]).rooms
    assert (made.number, made.name, made.stated, made.handle) == ("301", "办公室", (stated,), "L1")
    assert made.outline.area_m2 == pytest.approx(20)


def test_an_outline_that_is_wide_open_or_crosses_itself_is_not_closed() -> None:
    drawn = plan(floor())
    assert propose(drawn, [open_line((0, 1), (0, 5), (4, 5), (4, 0), (0, 0))]) == ()
    assert propose(drawn, [open_line((0, 0), (4, 4), (4, 0), (0, 4), (0, 0.1))]) == ()
    assert propose(drawn, [open_line((0, 0), (4, 0))]) == ()


def test_an_outline_is_not_closed_over_a_room_that_is_there() -> None:
    drawn = plan(floor(room("301", rectangle(0, 0, 4, 5))))
    assert propose(drawn, [open_line((0, 0.3), (0, 5), (4, 5), (4, 0), (0, 0))]) == ()


def test_accepting_twice_is_accepting_once() -> None:
    drawn = plan(floor())
    (repair,) = propose(drawn, [open_line((0, 0.3), (0, 5), (4, 5), (4, 0), (0, 0))])
    once = apply(drawn, [repair])
    assert apply(once, [repair]) == once


def test_nothing_is_proposed_for_what_only_a_person_can_settle() -> None:
    drawn = plan(floor(room("101", rectangle(0, 0, 5, 5)), room("102", rectangle(3, 0, 5, 5))))
    assert [finding.code for finding in check(drawn)] == [FindingCode.OVERLAP]
    assert proposed(drawn) == ()


@given(st.floats(0.003, 0.028), st.floats(-180, 180))
def test_snapping_leaves_no_crack_whichever_way_rooms_lie(width: float, degrees: float) -> None:
    shapes = [rotate(rectangle(west, 0, 5, 5), degrees, origin=(0, 0)) for west in (0, 5 + width)]
    drawn = plan(floor(room("101", shapes[0]), room("102", shapes[1])))
    repairs = proposed(drawn)
    assert len(repairs) == 1
    repaired = apply(drawn, repairs)
    assert check(repaired) == ()
    total = sum(each.outline.area_m2 for each in repaired.rooms)
    assert total == pytest.approx(50 + 5 * width, abs=1e-3)


@given(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=10))
def test_any_outline_can_be_cleaned(corners: list[tuple[int, int]]) -> None:
    drawn = plan(floor(room("101", Polygon(corners))))
    repaired = apply(drawn, proposed(drawn))
    assert repaired.rooms[0].outline.shape.is_valid or repaired == drawn


def test_a_good_plan_needs_no_repairs() -> None:
    assert proposed(plan(corridor_floor(5))) == ()


def test_lobes_that_share_an_edge_become_one() -> None:
    twice = Polygon([(1, 0), (-2, -2), (-2, 2), (1, 2), (1, -2), (2, -1), (1, 1)])  # goes over x = 1 twice
    drawn = plan(floor(room("101", twice)))
    repaired = apply(drawn, proposed(drawn))
    assert repaired.rooms[0].outline.shape.is_valid
