"""The rules of coverage: bands by distance, agencies by where most of their area is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangdi.domain.common import AgencyRef
from fangdi.domain.coverage import (
    Band,
    Building,
    BuildingCoverage,
    Placing,
    Reach,
    agency_band,
    band_at,
    cover_agencies,
    main_agency,
    place,
    total_by_band,
)
from fangdi.domain.usage import Staffing


@pytest.mark.parametrize(
    ("distance_m", "expected"),
    [
        (0, Band.INSIDE),
        (0.0004, Band.INSIDE),  # less than half a millimetre is nothing
        (0.0006, Band.WITHIN),
        (1999.999, Band.WITHIN),
        (2000, Band.WITHIN),
        (2000.0004, Band.WITHIN),
        (2000.0006, Band.OUTSIDE),
        (2000.001, Band.OUTSIDE),
    ],
)
def test_a_place_on_the_radius_is_within(distance_m: float, expected: Band) -> None:
    assert band_at(distance_m, radius_m=2000) is expected


def test_the_nearest_zone_counts_when_bands_are_equal() -> None:
    assert place({1: 900.0, 2: 700.0}, radii_m={1: 2000, 2: 2000}) == Placing(Band.WITHIN, 700.0, 2)


def test_a_farther_zone_that_reaches_counts_before_a_nearer_one_that_does_not() -> None:
    assert place({1: 900.0, 2: 700.0}, radii_m={1: 1000, 2: 500}) == Placing(Band.WITHIN, 900.0, 1)


def test_without_any_zone_everything_is_outside() -> None:
    assert place({}, radii_m={}) == Placing(Band.OUTSIDE, None, None)


def test_the_radius_asked_for_counts_before_the_zones_own_and_that_before_the_default() -> None:
    assert Reach(2000, 500).of(1500) == 500
    assert Reach(2000).of(1500) == 1500
    assert Reach(2000).of(None) == 2000


def test_an_agency_is_where_most_of_its_area_is() -> None:
    assert agency_band({Band.INSIDE: 100, Band.OUTSIDE: 120}) is Band.OUTSIDE


def test_on_equal_areas_the_nearer_band_counts() -> None:
    assert agency_band({Band.OUTSIDE: 100, Band.WITHIN: 100}) is Band.WITHIN
    assert agency_band({Band.OUTSIDE: 0, Band.INSIDE: 0}) is Band.INSIDE


def test_an_agency_in_several_buildings_of_a_band_is_where_they_have_most_together() -> None:
    placings = {1: Placing(Band.INSIDE), 2: Placing(Band.OUTSIDE), 3: Placing(Band.OUTSIDE)}
    staff = [Staffing(AgencyRef(7, "市档案局", "city"), 40, None)]
    (agency,) = cover_agencies({7: {1: 100, 2: 60, 3: 60}}, staffing=staff, placings=placings)
    assert (agency.band, agency.posts, agency.area_m2) == (Band.OUTSIDE, 40, 220)


def test_an_agency_without_rooms_stands_nowhere() -> None:
    staff = [Staffing(AgencyRef(7, "市档案局", "city"), 40, None)]
    assert cover_agencies({}, staffing=staff, placings={}) == ()


def test_an_agency_whose_rooms_have_no_area_stands_nowhere() -> None:
    staff = [Staffing(AgencyRef(7, "市档案局", "city"), 40, None)]
    assert cover_agencies({7: {1: 0.0, 2: 0.0}}, staffing=staff, placings={1: Placing(Band.INSIDE)}) == ()


def test_the_largest_user_gives_a_building_its_colour() -> None:
    assert main_agency({3: 10, 5: 20}) == 5
    assert main_agency({5: 20, 3: 20}) == 3
    assert main_agency({}) is None


@given(st.lists(st.tuples(st.sampled_from(list(Band)), st.floats(0, 1e5)), max_size=30))
def test_the_bands_add_up_to_all_buildings(drawn: list[tuple[Band, float]]) -> None:
    buildings = [
        BuildingCoverage(Building(number, "楼", (0, 0)), Placing(band), area)
        for number, (band, area) in enumerate(drawn)
    ]
    totals = total_by_band(buildings, ())
    assert sum(total.buildings for total in totals.values()) == len(drawn)
    assert sum(total.area_m2 for total in totals.values()) == pytest.approx(sum(area for _, area in drawn))
