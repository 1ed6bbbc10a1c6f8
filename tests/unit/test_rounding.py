"""Rounded areas add up: the law of the largest remainder."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangdi.domain.rounding import hundredths_of, round_to_total, two_decimals

AREAS = st.lists(st.none() | st.floats(0, 1e6), max_size=200)
THIRDS_AND_SHARES = st.lists(st.builds(lambda whole, parts: whole / parts, st.integers(0, 9999), st.integers(1, 12)))


def added_up(areas: list[float | None]) -> Decimal:
    """Add up what people read: decimals, not binary fractions."""
    return sum((Decimal(f"{area:.2f}") for area in areas if area is not None), Decimal(0))


@pytest.mark.parametrize(
    ("exact", "shown"),
    [
        (99_756.255, 9_975_626),  # as a binary fraction a little less: 99,756.25499999999…
        (1.005, 101),
        (0.125, 13),  # a half in any fraction
        (0.375, 38),
        (2.675, 268),
        (0.1 + 0.2, 30),
        (0.004999, 0),
        (-0.005, -1),
        (0.0, 0),
    ],
)
def test_a_half_goes_up_whatever_the_last_bits_say(exact: float, shown: int) -> None:
    assert (hundredths_of(exact), two_decimals(exact)) == (shown, shown / 100)


@given(st.integers(-(10**12), 10**12))
def test_square_millimetres_are_rounded_as_on_paper(mm2: int) -> None:
    paper = (Decimal(mm2) / 10**6).quantize(Decimal("0.01"), ROUND_HALF_UP)

    assert Decimal(hundredths_of(mm2 / 10**6)) / 100 == paper


def test_three_thirds_of_a_room_add_up_to_the_room() -> None:
    assert round_to_total([100 / 3, 100 / 3, 100 / 3]) == [33.34, 33.33, 33.33]


def test_the_hundredth_goes_to_the_area_that_lost_most() -> None:
    assert round_to_total([1.001, 2.004, 3.005]) == [1.0, 2.0, 3.01]  # 6.010


def test_of_areas_that_lost_the_same_the_first_gets_the_hundredth() -> None:
    assert round_to_total([41.6665, 16.6665, 1.0]) == [41.67, 16.66, 1.0]  # 59.333


def test_areas_that_have_two_decimals_stay_as_they_are() -> None:
    assert round_to_total([0.29, 1.15, 8.2, 0.0]) == [0.29, 1.15, 8.2, 0.0]  # 0.29 × 100 is 28.999999999999996


def test_an_unknown_area_stays_unknown() -> None:
    assert round_to_total([None, 1.5, None]) == [None, 1.5, None]
    assert round_to_total([]) == []


def test_the_total_that_was_stated_holds_where_both_are_equally_near() -> None:
    # 0.1249992 and 0.125 m², which is what the areas add up to within the tolerance
    assert added_up(round_to_total([0.0625, 0.0625], total_m2=0.1249992)) == Decimal("0.12")
    assert added_up(round_to_total([0.0625, 0.0625], total_m2=0.125)) == Decimal("0.13")


def test_the_last_bits_of_a_stated_total_say_nothing() -> None:
    assert added_up(round_to_total([0.0625, 0.0625], total_m2=0.125 - 1e-12)) == Decimal("0.13")


def test_a_total_of_other_areas_changes_nothing() -> None:
    assert round_to_total([1.004, 2.004], total_m2=3.5) == [1.01, 2.0]


@given(AREAS | THIRDS_AND_SHARES)
def test_what_is_rounded_adds_up_to_the_rounded_total(areas: list[float | None]) -> None:
    total = sum(area for area in areas if area is not None)
    rounded = round_to_total(areas, total_m2=total)
    assert added_up(rounded) == Decimal(hundredths_of(total)) / 100


@given(AREAS | THIRDS_AND_SHARES)
def test_no_area_moves_by_a_hundredth(areas: list[float | None]) -> None:
    for area, rounded in zip(areas, round_to_total(areas), strict=True):
        assert (area is None) == (rounded is None)
        if area is not None and rounded is not None:
            assert abs(rounded - area) < 0.01 + 1e-8


@given(st.lists(st.integers(0, 10**8).map(lambda hundredths: hundredths / 100), max_size=200))
def test_rounding_again_changes_nothing(areas: list[float]) -> None:
    assert round_to_total(areas) == areas
