"""Under-use over periods: it takes two in a row to begin and two to end, so that it does not flicker."""

from datetime import date

import pytest

from fangdi.domain.common import AgencyRef
from fangdi.domain.underused import Measured, UnderUsedAgency, period_ends, under_used_since

QUARTERS = period_ends(date(2026, 12, 31), months=3, count=8)


def since(*values: float | None, above: bool = True) -> date | None:
    """Return since when the last of quarters with these values is under-used, at a threshold of 18."""
    measures = [Measured(day, value) for day, value in zip(QUARTERS, values, strict=False)]
    return under_used_since(measures, threshold=18, above=above)


def test_quarters_end_with_march_june_september_and_december() -> None:
    assert period_ends(date(2026, 5, 20), months=3, count=4) == (
        date(2025, 6, 30),
        date(2025, 9, 30),
        date(2025, 12, 31),
        date(2026, 3, 31),
    )


@pytest.mark.parametrize(
    ("day", "months", "last"),
    [
        (date(2026, 3, 31), 3, date(2026, 3, 31)),
        (date(2026, 3, 30), 3, date(2025, 12, 31)),
        (date(2024, 2, 29), 1, date(2024, 2, 29)),
        (date(2026, 11, 22), 6, date(2026, 6, 30)),
        (date(2026, 11, 22), 12, date(2025, 12, 31)),
    ],
)
def test_a_period_is_over_on_its_last_day(day: date, months: int, last: date) -> None:
    assert period_ends(day, months=months)[-1] == last


@pytest.mark.parametrize(("day", "ends"), [(date.max, 8), (date(1, 3, 31), 1), (date(1, 3, 30), 0), (date.min, 0)])
def test_the_calendar_ends_with_its_first_and_last_day(day: date, ends: int) -> None:
    assert len(period_ends(day, months=3)) == ends


def test_two_periods_in_a_row_make_it_from_the_first_of_them() -> None:
    assert since(17, 19) is None
    assert since(17, 19, 19) == QUARTERS[1]
    assert since(19, 19, 19) == QUARTERS[0]


def test_a_single_period_inside_changes_nothing_and_two_end_it() -> None:
    assert since(19, 19, 17) == QUARTERS[0]
    assert since(19, 19, 17, 19) == QUARTERS[0]
    assert since(19, 19, 17, 17) is None


def test_one_in_and_one_out_again_and_again_never_begins() -> None:
    assert since(17, 19, 17, 19, 17, 19) is None


def test_the_threshold_itself_is_inside() -> None:
    assert since(18, 18) is None
    assert since(18, 18, above=False) is None


def test_below_counts_where_too_little_is_measured() -> None:
    assert since(17, 17, above=False) == QUARTERS[0]
    assert since(19, 19, above=False) is None


def test_a_period_without_a_measure_starts_anew() -> None:
    assert since(19, 19, None) is None
    assert since(19, None, 19) is None
    assert since(19, None, 19, 19) == QUARTERS[2]


def test_what_is_spare_is_above_the_threshold_for_those_present() -> None:
    one = UnderUsedAgency(AgencyRef(1, "x", "city"), QUARTERS[0], 18.0, 500.0, 20, ())

    assert (one.m2_per_head, one.spare_m2) == (25, 140)  # 500 ÷ 20; 500 − 18 × 20
