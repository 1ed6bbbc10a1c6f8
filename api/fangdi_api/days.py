"""Dates as requests give them: YYYY-MM-DD and nothing else, whichever way a request is answered."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

NOT_A_DAY = "须为存在的日期,写作 YYYY-MM-DD。 Give a date that exists, as YYYY-MM-DD."
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_OUT_OF_TIME = (
    f"日期须在 {_FIRST_YEAR} 至 {_LAST_YEAR} 年之间;没有期限的不填。 "
    f"Give a date between {_FIRST_YEAR} and {_LAST_YEAR}; leave out an end where there is none."
)

_FORM = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def read_day(given: str) -> date | None:
    """Return the date; None when it is none."""
    if not _FORM.fullmatch(given):
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None


def _strictly(given: object) -> date:
    """Refuse what pydantic would take besides: seconds since 1970, times of day, dates without hyphens."""
    found = read_day(given) if isinstance(given, str) else given
    if not isinstance(found, date):
        raise PydanticCustomError("day", NOT_A_DAY)
    return found


def _plausible(given: date) -> date:
    """Refuse the slip of a digit, and the 9999-12-31 by which other systems mean that something has no end."""
    if not _FIRST_YEAR <= given.year <= _LAST_YEAR:
        raise PydanticCustomError("day", _OUT_OF_TIME)
    return given


StrictDay = Annotated[date, BeforeValidator(_strictly)]
EnteredDay = Annotated[StrictDay, AfterValidator(_plausible)]
"""A date that is stored; any may be asked about."""
