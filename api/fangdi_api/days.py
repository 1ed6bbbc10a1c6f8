"""Dates as requests give them: YYYY-MM-DD and nothing else, whichever way a request is answered."""

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

NOT_A_DAY = "give a date that exists, as YYYY-MM-DD"

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


StrictDay = Annotated[date, BeforeValidator(_strictly)]
