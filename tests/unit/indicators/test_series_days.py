"""The days of a time series."""

from datetime import date

import pytest

from fangdi.domain.indicators.dates import a_year_before, series_days


def test_ends_of_years_and_months_lead_up_to_the_day() -> None:
    assert series_days(date(2026, 3, 15), years=2, months=3) == [
        date(2024, 12, 31),
        date(2025, 12, 31),
        date(2026, 1, 31),
        date(2026, 2, 28),
        date(2026, 3, 15),
    ]


def test_a_day_that_is_the_end_of_a_month_stands_once() -> None:
    assert series_days(date(2026, 2, 28), years=0, months=1) == [date(2026, 1, 31), date(2026, 2, 28)]
    assert series_days(date(2025, 12, 31), years=1, months=0) == [date(2024, 12, 31), date(2025, 12, 31)]


def test_nothing_before_the_first_year_is_asked_for() -> None:
    assert series_days(date(1, 1, 5), years=5, months=24) == [date(1, 1, 5)]


@pytest.mark.parametrize(
    ("day", "before"),
    [(date(2026, 3, 15), date(2025, 3, 15)), (date(2024, 2, 29), date(2023, 2, 28)), (date(1, 1, 1), date(1, 1, 1))],
    ids=str,
)
def test_a_year_before_is_the_same_day(day: date, before: date) -> None:
    assert a_year_before(day) == before
