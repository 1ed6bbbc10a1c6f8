"""When a new version of a dated row may begin."""

from datetime import date

import pytest

from fangdi.domain.versions import begins_after, keeps_the_past
from fangdi.errors import InvalidInputError

FIRST, LAST = date(2021, 7, 1), date(2023, 1, 1)


@pytest.mark.parametrize("begins", [date(2020, 1, 1), FIRST, date(2022, 1, 1), LAST])
def test_a_version_begins_after_the_last_and_is_told_of_that(begins: date) -> None:
    with pytest.raises(InvalidInputError, match="2023-01-01") as refused:
        begins_after(begins, [LAST, None, FIRST])
    assert refused.value.place == {"field": "valid_from"}


def test_after_the_last_or_where_none_is_it_may_begin() -> None:
    begins_after(date(2023, 1, 2), [FIRST, LAST])
    begins_after(date(1990, 1, 1), [None])


def test_the_past_stays_and_today_is_told() -> None:
    keeps_the_past(LAST, LAST)
    with pytest.raises(InvalidInputError, match="2023-01-01"):
        keeps_the_past(FIRST, LAST)
