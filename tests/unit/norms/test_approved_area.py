"""The formulas of 发改投资〔2014〕2674号, with the figures that the standard gives."""

from datetime import date

import pytest
from tests.unit.norms.norm_rows import national, norm

from fangdi.domain.norms.approved import ApprovedArea, Posts, Step, approve
from fangdi.domain.norms.book import NormBook
from fangdi.domain.norms.kinds import NormKind, Verification
from fangdi.domain.vocabulary import AdministrativeLevel as Level

DAY = date(2026, 1, 1)
BOOK = NormBook(national(), as_of=DAY)


def approved(*posts: tuple[str, int], level: Level = Level.CITY) -> ApprovedArea:
    return approve([Posts(*one) for one in posts], BOOK, level=level, path=["330000", "330200"])


@pytest.mark.parametrize(
    ("level", "posts", "rate", "area_m2"),
    [
        (Level.CITY, 200, 8.0, 1600),
        (Level.CITY, 300, 7.0, 2100),  # (1000 − 300) / 100 = 7
        (Level.CITY, 400, 6.0, 2400),
        (Level.CITY, 401, 6.0, 2406),
        (Level.CITY, 250, 7.5, 1875),  # (1000 − 250) / 100 = 7.5, which no whole division gives
        (Level.PROVINCE, 300, 8.0, 2400),  # (1100 − 300) / 100 = 8
        (Level.COUNTY, 100, 8.0, 800),
        (Level.COUNTY, 150, 7.0, 1050),  # (500 − 150) / 50 = 7
        (Level.COUNTY, 200, 6.0, 1200),
        (Level.COUNTY, 300, 6.0, 1800),
    ],
)
def test_service_rooms_follow_the_number_of_posts(level: Level, posts: int, rate: float, area_m2: float) -> None:
    found = BOOK.find(NormKind.SERVICE_RATE, path=[], level=level)

    assert found is not None
    assert found.norm.rate(posts) == pytest.approx(rate, abs=1e-12)
    assert found.norm.total(posts) == pytest.approx(area_m2, abs=1e-9)


def test_a_city_agency_of_120_posts() -> None:
    agency = approved(("city_bureau_chief", 1), ("city_bureau_deputy", 4), ("city_staff", 115))

    expected = {
        Step.OFFICES: 1131,  # 24 + 4 × 18 + 115 × 9
        Step.SERVICE: 960,  # 120 × 8
        Step.EQUIPMENT: 188.19,  # (1131 + 960) × 9 %
        Step.BASIC: 2279.19,
        Step.GROSS_MULTI_STOREY: 3506.4461538,  # 2279.19 / 0.65
        Step.GROSS_HIGH_RISE: 3798.65,  # 2279.19 / 0.60
        Step.CANTEEN: 422,  # 100 × 3.7 + 20 × 2.6
        Step.TOTAL_MULTI_STOREY: 3928.4461538,
        Step.TOTAL_HIGH_RISE: 4220.65,
    }
    assert {step: agency.area_m2(step) for step in expected} == pytest.approx(expected, abs=1e-6)


def test_equipment_is_nine_percent_of_what_is_approved_and_not_of_what_is_used() -> None:
    agency = approved(("city_staff", 100))

    line = next(line for line in agency.lines if line.step is Step.EQUIPMENT)
    assert line.inputs == pytest.approx({"offices": 900, "service": 800, "ratio": 0.09})
    assert line.area_m2 == pytest.approx(153)  # 1700 × 9 %


@pytest.mark.parametrize(
    ("persons", "area_m2"), [(100, 370), (101, 372.6), (120, 422), (1, 3.7)]
)  # 100 × 3.7; + 1 × 2.6; + 20 × 2.6
def test_only_persons_beyond_a_hundred_count_less_in_the_canteen(persons: int, area_m2: float) -> None:
    found = BOOK.find(NormKind.CANTEEN, path=[])

    assert found is not None
    assert found.norm.total(persons) == pytest.approx(area_m2)


def test_only_places_beyond_two_hundred_count_less_in_the_garage() -> None:
    found = BOOK.find(NormKind.CAR_PARKING, path=[])

    assert found is not None
    assert found.norm.total(210) == pytest.approx(8380)  # 200 × 40 + 10 × 38


def test_every_line_names_the_figures_and_the_norm_it_rests_on() -> None:
    agency = approved(("city_bureau_chief", 1), ("city_staff", 9))

    chief, staff = (line for line in agency.lines if line.step is Step.OFFICE_OF_RANK)
    assert (chief.rank, chief.inputs, chief.area_m2) == ("city_bureau_chief", {"posts": 1, "ceiling": 24}, 24)
    assert (staff.rank, staff.inputs, staff.area_m2) == ("city_staff", {"posts": 9, "ceiling": 9}, 81)
    assert [one.rank for one in (*chief.norms, *staff.norms)] == ["city_bureau_chief", "city_staff"]


def test_what_nobody_has_laid_down_is_missing_and_not_guessed() -> None:
    township = approved(("township_staff", 20), level=Level.TOWNSHIP)

    assert township.basic_m2 is None
    assert {line.missing for line in township.lines if line.missing} == {
        NormKind.OFFICE_CEILING,
        NormKind.SERVICE_RATE,
    }


def test_an_area_is_as_sure_as_the_least_sure_of_its_figures() -> None:
    rows = [one for one in national() if one.kind is not NormKind.SERVICE_RATE]
    quoted = norm(NormKind.SERVICE_RATE, 8, level=Level.CITY, steps=(200, 400, 6), sure=Verification.QUOTED)

    sure = approved(("city_staff", 10))
    less = approve([Posts("city_staff", 10)], NormBook([*rows, quoted], as_of=DAY), level=Level.CITY, path=[])

    assert sure.verification is Verification.OFFICIAL  # K is quoted, but the usable area does not rest on it
    assert less.verification is Verification.QUOTED


def test_an_agency_without_posts_has_no_approved_area() -> None:
    assert approved().basic_m2 is None
    assert approved(("city_staff", 0)).basic_m2 is None
