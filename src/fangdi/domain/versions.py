"""When a new version of a dated row (norm, rate, rule) may begin: after all that are there, and never in the past."""

from collections.abc import Iterable
from datetime import date

from fangdi.errors import InvalidInputError

_PLACE = {"field": "valid_from"}


def begins_after(begins: date, starts: Iterable[date | None]) -> None:
    """Refuse a version that does not begin after the last one that is there; None is a start in unknown times.

    Raises:
        InvalidInputError: names the day of the last version.
    """
    last = max((start for start in starts if start is not None), default=None)
    if last is not None and last >= begins:
        raise InvalidInputError(
            f"已有自 {last} 起生效的版本,新版本须在其后生效。 "
            f"A version that begins on {last} is there; a new one must begin after it.",
            place=_PLACE,
        )


def keeps_the_past(begins: date, today: date) -> None:
    """Refuse a version that would change the past.

    Raises:
        InvalidInputError: names the first day that is possible.
    """
    if begins < today:
        raise InvalidInputError(
            f"新版本不得改变过去:生效日期不能早于 {today}。 "
            f"A new version does not change the past: it may begin on {today} at the earliest.",
            place=_PLACE,
        )
