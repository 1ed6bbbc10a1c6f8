"""Gross floor area: what counts whole, half, and not at all in the two bases."""

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point

from fangdi.domain.plans.finding_texts import say
from fangdi.domain.plans.findings import FindingCode, Severity
from fangdi.domain.plans.gross import (
    RULES,
    Case,
    Efficiency,
    building_efficiency,
    building_gross,
    efficiency,
    gross_area,
    height_of,
)
from fangdi.domain.plans.model import Outline, PartKind, PlanFloor
from fangdi.domain.vocabulary import AreaBasis
from plan_drawings import corridor_floor, floor, part, plan, rectangle, room, with_height

TITLES, PLANNING = AreaBasis.REGISTERED, AreaBasis.PLANNING
BOTH = pytest.mark.parametrize("basis", [TITLES, PLANNING])
HOUSE = rectangle(0, 0, 10, 20)  # 200 m²


@BOTH
def test_a_floor_of_2_20_m_counts_whole(basis: AreaBasis) -> None:
    assert gross_area(floor(outline=HOUSE, height_m=2.20), basis=basis).area_m2 == pytest.approx(200)


@pytest.mark.parametrize(("basis", "expected"), [(TITLES, 0), (PLANNING, 100)])
def test_a_floor_under_2_20_m_is_nothing_for_titles_and_half_for_planning(basis: AreaBasis, expected: float) -> None:
    assert gross_area(floor(outline=HOUSE, height_m=2.19), basis=basis).area_m2 == pytest.approx(expected)


@BOTH
def test_a_floor_of_unknown_height_counts_whole_and_says_so(basis: AreaBasis) -> None:
    gross = gross_area(floor(outline=HOUSE, height_m=None), basis=basis)
    assert gross.area_m2 == pytest.approx(200)
    assert [finding.code for finding in gross.findings] == [FindingCode.HEIGHT_UNKNOWN]


@BOTH
def test_a_floor_whose_rooms_all_state_a_height_needs_none_of_its_own(basis: AreaBasis) -> None:
    rooms = [with_height(room("1", rectangle(0, 0, 9, 9)), 2.8), with_height(room("2", rectangle(0, 10, 9, 9)), 2.6)]
    drawn = floor(*rooms, outline=HOUSE, height_m=None)
    assert height_of(drawn) == 2.8
    assert gross_area(drawn, basis=basis).findings == ()


@BOTH
def test_a_balcony_outside_the_outline_adds_half(basis: AreaBasis) -> None:
    drawn = floor(outline=HOUSE, parts=[part(PartKind.OPEN, rectangle(10, 0, 2, 5))])
    assert gross_area(drawn, basis=basis).area_m2 == pytest.approx(200 + 10 / 2)


@BOTH
def test_an_open_corridor_within_the_outline_loses_half(basis: AreaBasis) -> None:
    drawn = floor(outline=HOUSE, parts=[part(PartKind.OPEN, rectangle(0, 0, 10, 2))])
    assert gross_area(drawn, basis=basis).area_m2 == pytest.approx(200 - 20 / 2)


@BOTH
def test_a_balcony_half_within_the_outline_counts_half_on_both_sides(basis: AreaBasis) -> None:
    drawn = floor(outline=HOUSE, parts=[part(PartKind.OPEN, rectangle(9, 0, 2, 5))])  # 5 m² inside, 5 m² outside
    assert gross_area(drawn, basis=basis).area_m2 == pytest.approx(200 - 2.5 + 2.5)


@BOTH
def test_a_void_does_not_count(basis: AreaBasis) -> None:
    drawn = floor(outline=HOUSE, parts=[part(PartKind.VOID, rectangle(2, 2, 5, 6))])
    assert gross_area(drawn, basis=basis).area_m2 == pytest.approx(200 - 30)


@BOTH
def test_a_void_under_an_open_roof_is_taken_off_once(basis: AreaBasis) -> None:
    parts = [part(PartKind.VOID, rectangle(0, 0, 10, 2)), part(PartKind.OPEN, rectangle(0, 0, 10, 4))]
    expected = 200 - 20 - 20 / 2  # 20 m² void, and the other 20 m² of the open part at half
    assert gross_area(floor(outline=HOUSE, parts=parts), basis=basis).area_m2 == pytest.approx(expected)


@pytest.mark.parametrize(("basis", "expected"), [(TITLES, 170), (PLANNING, 185)])
def test_a_low_room_counts_as_low_on_a_high_floor(basis: AreaBasis, expected: float) -> None:
    drawn = floor(with_height(room("1", rectangle(0, 0, 5, 6)), 2.0), outline=HOUSE)
    assert gross_area(drawn, basis=basis).area_m2 == pytest.approx(expected)


@pytest.mark.parametrize(("basis", "expected"), [(TITLES, 200), (PLANNING, 205)])
def test_a_low_balcony_is_low_before_it_is_open(basis: AreaBasis, expected: float) -> None:
    drawn = floor(outline=HOUSE, parts=[part(PartKind.OPEN, rectangle(10, 0, 2, 5), height_m=2.1)])
    assert gross_area(drawn, basis=basis).area_m2 == pytest.approx(expected)


@BOTH
def test_the_exact_area_over_arcs_counts_and_not_that_of_the_strokes(basis: AreaBasis) -> None:
    rotunda, opened = Outline(Point(0, 0).buffer(10), math.pi * 100), Outline(Point(0, 0).buffer(2), math.pi * 4)
    drawn = PlanFloor("f1", "1F", height_m=3.0, outline=rotunda)
    assert gross_area(drawn, basis=basis).area_m2 == pytest.approx(math.pi * 100, rel=1e-12)
    void = part(PartKind.VOID, rectangle(0, 0, 1, 1))
    drawn = PlanFloor("f1", "1F", height_m=3.0, outline=rotunda, parts=(type(void)(PartKind.VOID, opened, "h"),))
    assert gross_area(drawn, basis=basis).area_m2 == pytest.approx(math.pi * 96, rel=1e-12)


def test_a_floor_without_outline_has_no_gross_area_and_says_so() -> None:
    gross = gross_area(floor(), basis=TITLES)
    assert gross.area_m2 is None
    assert [finding.code for finding in gross.findings] == [FindingCode.GROSS_UNKNOWN]


def test_other_bases_have_no_rules() -> None:
    with pytest.raises(ValueError, match="declared"):
        gross_area(floor(outline=HOUSE), basis=AreaBasis.DECLARED)


def test_every_rule_names_its_standard_and_clause_and_the_bases_differ_in_low_space_alone() -> None:
    assert set(RULES) == {(basis, case) for basis in (TITLES, PLANNING) for case in Case}
    assert all(rule.standard.startswith("GB/T") and rule.clause for rule in RULES.values())
    assert [case for case in Case if RULES[TITLES, case].factor != RULES[PLANNING, case].factor] == [Case.LOW]


def test_a_building_is_the_sum_of_its_floors_and_unknown_while_one_floor_is() -> None:
    first, second = floor(outline=HOUSE, key="f1"), floor(outline=rectangle(0, 0, 10, 10), key="f2")
    assert building_gross(plan(first, second), basis=TITLES).area_m2 == pytest.approx(300)
    unknown = building_gross(plan(first, floor(key="f3")), basis=TITLES)
    assert unknown.area_m2 is None
    assert [finding.floor for finding in unknown.findings] == ["f3"]


def test_k_is_usable_over_gross_without_circulation() -> None:
    drawn = corridor_floor(5)  # 10 offices of 20 m²; outline 21.2 × 12.8 m
    gross = gross_area(drawn, basis=TITLES)
    k = efficiency(drawn, gross=gross, circulation={"f1-hall"})
    assert k.usable_m2 == pytest.approx(200)
    assert k.k == pytest.approx(200 / (21.2 * 12.8))


def test_k_of_a_building_is_over_all_floors_and_not_the_mean() -> None:
    assert building_efficiency([Efficiency(60, 100), Efficiency(240, 300)]).k == pytest.approx(300 / 400)
    assert building_efficiency([Efficiency(60, 100), Efficiency(240, None)]).k is None
    assert building_efficiency([]).k is None


@given(
    st.lists(
        st.tuples(
            st.sampled_from([PartKind.VOID, PartKind.OPEN]),
            st.integers(-3, 9),
            st.integers(-3, 19),
            st.integers(1, 6),
            st.integers(1, 6),
        ),
        max_size=6,
    )
)
def test_the_parts_add_up_and_never_count_a_place_twice(
    drawn: list[tuple[PartKind, int, int, int, int]],
) -> None:
    parts = [part(kind, rectangle(*corner)) for kind, *corner in drawn]
    gross = gross_area(floor(outline=HOUSE, parts=parts), basis=TITLES)
    covered = HOUSE.union(HOUSE)
    for each in parts:
        covered = covered.union(each.outline.shape if each.kind is PartKind.OPEN else HOUSE.intersection(HOUSE))
    assert gross.area_m2 == pytest.approx(math.fsum(counted.counted_m2 for counted in gross.parts))
    assert math.fsum(counted.outline_area_m2 for counted in gross.parts) <= covered.area + 1e-6


def test_an_outline_that_nobody_drew_gives_an_estimate_and_says_so() -> None:
    drawn = floor(room("1", rectangle(0, 0, 4, 5)), outline=rectangle(-0.2, -0.2, 4.4, 5.4))
    measured = gross_area(drawn, basis=TITLES)
    implied = gross_area(replace(drawn, outline_implied=True), basis=TITLES)
    assert (measured.estimated, measured.findings) == (False, ())
    assert (implied.estimated, implied.area_m2) == (True, pytest.approx(4.4 * 5.4))
    (finding,) = implied.findings
    assert (finding.code, finding.severity, finding.floor) == (FindingCode.OUTLINE_IMPLIED, Severity.NOTE, drawn.key)
    assert "23.76" in say(finding).zh


def test_rules_from_memory_and_numbers_of_clauses_say_so_where_they_are_cited() -> None:
    assert RULES[TITLES, Case.LOW].cites.zh == "GB/T 17986.1-2000 8.2.3(条款号未核实)"
    assert RULES[PLANNING, Case.VOID].cites.en == "GB/T 50353-2013 3.0.8 (unverified)"
    seen = replace(RULES[TITLES, Case.LOW], clause_verified=True)
    assert seen.cites.en == "GB/T 17986.1-2000 8.2.3"
    assert {key for key, rule in RULES.items() if not rule.verified} == {
        (TITLES, Case.VOID), (PLANNING, Case.VOID), (PLANNING, Case.OPEN),
    }  # fmt: skip
