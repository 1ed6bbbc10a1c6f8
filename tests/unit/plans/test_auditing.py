"""The audit of areas: verdicts by the tolerance of GB/T 17986, like compared with like, sums that add up."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangdi.domain.plans.auditing import (
    AuditRoom,
    Compared,
    Figure,
    Source,
    Subject,
    SubjectKind,
    Verdict,
    audit,
    by_agency,
    by_building,
    by_floor,
)
from fangdi.domain.plans.model import StatedBasis
from fangdi.domain.plans.tolerance import GBT_17986, AccuracyClass

FIRST, SECOND, THIRD = (GBT_17986[accuracy] for accuracy in AccuracyClass)
REGISTERED, DECLARED, STATED = Source


def subject(measured_m2: float | None, **claimed: float | Figure) -> Subject:
    """Make a room with figures by source."""
    measured = {} if measured_m2 is None else {StatedBasis.NET: measured_m2}
    figures = {Source(name): area if isinstance(area, Figure) else Figure(area) for name, area in claimed.items()}
    return Subject(SubjectKind.ROOM, 1, "301", measured, figures)


def room(
    key: int, measured_m2: float | None, *, shares: Mapping[str, str] | None = None, **claimed: float
) -> AuditRoom:
    """Make a room on floor 3 of building A; shares by agency, as decimals."""
    figures = {Source(name): Figure(area) for name, area in claimed.items()}
    return AuditRoom(key, str(key), 3, "A", measured_m2, figures, {a: Decimal(s) for a, s in (shares or {}).items()})


@pytest.mark.parametrize(
    ("area_m2", "limits"),
    [  # 0.02√S + 0.0006S, 0.04√S + 0.002S, 0.08√S + 0.006S, worked by hand to three decimals
        (9, (0.065, 0.138, 0.294)),
        (12, (0.076, 0.163, 0.349)),
        (18, (0.096, 0.206, 0.447)),
        (24, (0.112, 0.244, 0.536)),
        (30, (0.128, 0.279, 0.618)),
        (54, (0.179, 0.402, 0.912)),
        (100, (0.26, 0.60, 1.40)),
        (1000, (1.23, 3.27, 8.53)),
        (10000, (8, 24, 68)),
    ],
)
def test_the_limits_are_those_of_the_standard(area_m2: float, limits: tuple[float, float, float]) -> None:
    precision = 0.0006 if area_m2 < 1000 else 0.006
    for rule, limit in zip((FIRST, SECOND, THIRD), limits, strict=True):
        assert rule.limit_m2(area_m2) == pytest.approx(limit, abs=precision)


def test_the_figures_of_class_1_are_from_memory_and_say_so() -> None:
    assert [rule.verified for rule in (FIRST, SECOND, THIRD)] == [False, True, True]


@pytest.mark.parametrize(
    ("registered", "expected"),
    [
        (100.0, Verdict.WITHIN),
        (101.4, Verdict.WITHIN),  # exactly at the limit of 1.40
        (98.6, Verdict.WITHIN),
        (101.41, Verdict.BEYOND),
        (98.59, Verdict.BEYOND),
    ],
)
def test_a_difference_at_the_limit_is_within(registered: float, expected: Verdict) -> None:
    (line,) = audit([subject(100, registered=registered)], THIRD)
    assert (line.of(REGISTERED).verdict, line.verdict) == (expected, expected)


@pytest.mark.parametrize(("measured", "limit"), [(9, 0.294), (25, 0.55), (36, 0.696), (400, 4.0)])
def test_the_limit_is_included_at_every_size(measured: float, limit: float) -> None:
    # 0.08·3 + 0.054, 0.08·5 + 0.15, 0.08·6 + 0.216, 0.08·20 + 2.4
    assert audit([subject(measured, declared=measured + limit)], THIRD)[0].verdict is Verdict.WITHIN
    assert audit([subject(measured, declared=measured + limit + 0.01)], THIRD)[0].verdict is Verdict.BEYOND


def test_a_line_shows_difference_and_limit() -> None:
    (line,) = audit([subject(100, declared=97)], THIRD)
    compared = line.of(DECLARED)
    assert (compared.difference_m2, compared.limit_m2, compared.measured_m2) == pytest.approx((-3, 1.4, 100))


def test_a_stricter_class_gives_another_verdict() -> None:
    assert audit([subject(100, registered=101)], THIRD)[0].verdict is Verdict.WITHIN
    assert audit([subject(100, registered=101)], SECOND)[0].verdict is Verdict.BEYOND


def test_what_is_not_there_is_missing() -> None:
    (line,) = audit([subject(100)], THIRD)
    assert [compared.verdict for compared in line.comparisons] == [Verdict.MISSING] * 3
    assert line.verdict is Verdict.MISSING


def test_a_registered_room_that_is_not_on_the_plan_is_missing() -> None:
    (line,) = audit([subject(None, registered=20)], THIRD)
    assert (line.verdict, line.of(REGISTERED).difference_m2) == (Verdict.MISSING, None)


@pytest.mark.parametrize("basis", [StatedBasis.GROSS, StatedBasis.WALL_CENTRE])
def test_figures_on_another_basis_are_not_compared(basis: StatedBasis) -> None:
    (line,) = audit([subject(100, stated=Figure(111, basis))], THIRD)
    assert (line.of(STATED).verdict, line.of(STATED).difference_m2) == (Verdict.OTHER_BASIS, None)
    assert line.verdict is Verdict.OTHER_BASIS


def test_a_gross_figure_is_compared_with_what_is_measured_gross() -> None:
    measured = {StatedBasis.NET: 700.0, StatedBasis.GROSS: 1000.0}
    claimed = {REGISTERED: Figure(1008.5, StatedBasis.GROSS), DECLARED: Figure(709, StatedBasis.NET)}
    (line,) = audit([Subject(SubjectKind.BUILDING, "A", "A", measured, claimed)], THIRD)
    assert line.of(REGISTERED).verdict is Verdict.WITHIN  # limit 8.53 on 1000
    assert line.of(DECLARED).verdict is Verdict.BEYOND  # limit 0.08·26.46 + 4.2 = 6.32 on 700


@pytest.mark.parametrize(
    ("claimed", "expected"),
    [
        ({"registered": 100.0, "declared": 90.0}, Verdict.BEYOND),
        ({"registered": 100.0}, Verdict.WITHIN),
        ({"registered": 100.0, "stated": Figure(111, StatedBasis.GROSS)}, Verdict.WITHIN),
        ({"declared": 90.0, "stated": Figure(111, StatedBasis.GROSS)}, Verdict.BEYOND),
        ({"stated": Figure(111, StatedBasis.GROSS)}, Verdict.OTHER_BASIS),
    ],
)
def test_the_verdict_on_a_line_is_the_worst_that_could_be_compared(
    claimed: dict[str, float | Figure], expected: Verdict
) -> None:
    assert audit([subject(100, **claimed)], THIRD)[0].verdict is expected


def test_floors_and_buildings_are_the_sums_of_their_rooms() -> None:
    rooms = [room(1, 20, registered=20.5, declared=20), room(2, 30, registered=29.5, declared=40)]
    (floor,) = by_floor(rooms, names={3: "3F"})
    (building,) = by_building(rooms, names={"A": "1号楼"})
    assert (floor.name, building.name) == ("3F", "1号楼")
    for line in audit([floor, building], THIRD):
        assert line.of(REGISTERED).difference_m2 == pytest.approx(0)
        assert line.of(DECLARED).difference_m2 == pytest.approx(10)
        assert line.verdict is Verdict.BEYOND


def test_a_sum_compares_only_the_rooms_that_have_both_areas_and_says_over_how_many() -> None:
    rooms = [room(1, 20, registered=20.5), room(2, 30), room(3, None, registered=50), room(4, 10, registered=10)]
    (line,) = audit(by_floor(rooms, names={}), THIRD)
    found = line.of(REGISTERED)
    assert found.figure is not None
    assert found.figure.compared == Compared(rooms=2, of_rooms=4, figure_m2=30.5, measured_m2=30)  # rooms 1 and 4
    assert (found.verdict, found.measured_m2, found.difference_m2) == (Verdict.INCOMPLETE, 30, 0.5)
    assert found.limit_m2 == pytest.approx(0.08 * 30**0.5 + 0.006 * 30)
    assert (found.figure.area_m2, line.subject.measured) == (80.5, {StatedBasis.NET: 60})  # over all that have it


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"registered": 30.0}, Verdict.WITHIN),  # 20 + 30 against 20 + 30
        ({}, Verdict.INCOMPLETE),  # 20 against 20; of the other room nobody knows
    ],
)
def test_a_sum_is_within_only_if_no_room_was_left_out(second: dict[str, float], expected: Verdict) -> None:
    (line,) = audit(by_floor([room(1, 20, registered=20), room(2, 30, **second)], names={}), THIRD)
    assert (line.of(REGISTERED).verdict, line.verdict) == (expected, expected)


def test_a_sum_beyond_its_limit_is_so_though_rooms_were_left_out() -> None:
    (line,) = audit(by_floor([room(1, 20, registered=25), room(2, 30)], names={}), THIRD)
    assert line.verdict is Verdict.BEYOND


def test_a_whole_comparison_is_not_spoilt_by_one_in_part() -> None:
    rooms = [room(1, 20, registered=20, declared=20), room(2, 30, registered=30)]
    (line,) = audit(by_floor(rooms, names={}), THIRD)
    assert (line.of(DECLARED).verdict, line.verdict) == (Verdict.INCOMPLETE, Verdict.WITHIN)


def test_a_sum_leaves_out_areas_on_another_basis() -> None:
    gross = AuditRoom(1, "1", 3, "A", 20.0, {REGISTERED: Figure(25, StatedBasis.GROSS)})
    (line,) = audit(by_floor([gross, room(2, 30, registered=29)], names={}), THIRD)
    assert line.of(REGISTERED).figure == Figure(29, compared=Compared(1, 2, 29, 30))


def test_a_shared_room_is_compared_by_share() -> None:
    rooms = [room(1, 40, declared=41, shares={"档案局": "0.25"}), room(2, 10, shares={"档案局": "1"})]
    (line,) = [one for one in audit(by_agency(rooms, names={}), THIRD) if one.subject.key == "档案局"]
    figure = line.of(DECLARED).figure
    assert figure is not None
    assert figure.compared == Compared(rooms=1, of_rooms=2, figure_m2=10.25, measured_m2=10)


def test_a_sum_of_figures_of_rooms_that_nobody_measured_is_missing() -> None:
    (line,) = audit(by_floor([room(1, None, registered=20), room(2, 30)], names={}), THIRD)
    assert line.verdict is Verdict.MISSING


def test_a_sum_of_figures_on_another_basis_says_so() -> None:
    gross = AuditRoom(1, "1", 3, "A", 20.0, {REGISTERED: Figure(25, StatedBasis.GROSS)})
    assert audit(by_floor([gross], names={}), THIRD)[0].verdict is Verdict.OTHER_BASIS


def test_a_shared_room_counts_for_its_agencies_by_share_and_the_rest_for_nobody() -> None:
    rooms = [room(1, 40, declared=40, shares={"档案局": "0.25", "财政局": "0.5"}), room(2, 10, declared=10)]
    lines = {line.subject.key: line for line in audit(by_agency(rooms, names={}), THIRD)}
    measured = {key: line.subject.measured[StatedBasis.NET] for key, line in lines.items()}
    assert measured == {"档案局": 10, "财政局": 20, None: 10 + 10}


AREAS = st.none() | st.floats(0.01, 5000)
SHARES = st.dictionaries(st.sampled_from(["a", "b", "c"]), st.integers(1, 33333).map(lambda n: Decimal(n) / 100000))


@given(st.lists(st.tuples(AREAS, AREAS, SHARES, st.integers(1, 3)), max_size=20), st.randoms())
def test_agencies_and_nobody_add_up_to_the_building_in_any_order(
    drawn: list[tuple[float | None, float | None, dict[str, Decimal], int]], shuffle: object
) -> None:
    rooms = [
        AuditRoom(key, str(key), floor, "A", measured, {} if own is None else {DECLARED: Figure(own)}, shares)
        for key, (measured, own, shares, floor) in enumerate(drawn)
    ]
    total = float(sum((Fraction(r.measured_m2) for r in rooms if r.measured_m2 is not None), Fraction(0)))
    for subjects in (by_agency(rooms, names={}), by_floor(rooms, names={}), by_building(rooms, names={})):
        assert sum(each.measured.get(StatedBasis.NET, 0) for each in subjects) == pytest.approx(total, rel=1e-14)
    shuffle.shuffle(rooms)  # type: ignore[attr-defined]
    again = {each.key: (each.measured, each.claimed) for each in by_agency(rooms, names={})}
    rooms.sort(key=lambda each: int(each.name))
    assert again == {each.key: (each.measured, each.claimed) for each in by_agency(rooms, names={})}
