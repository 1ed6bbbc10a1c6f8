"""What a new version of a dated row (norm, rate, rule) may be: begun after all that are there, and not in the past."""

from collections.abc import Iterable
from datetime import date

from fangdi.errors import InvalidInputError

_PLACE = {"field": "valid_from"}
LEAST_FIGURE = 0.01
"""What is less shows as 0.00, and a share of it is no share of a building."""


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


def plausible(figure: float | None, *, least: float, most: float | None = None, field: str = "figure") -> None:
    """Refuse a figure that nothing can be reckoned with; None says nothing.

    Raises:
        InvalidInputError: names the field and its limits.
    """
    if figure is not None and (figure < least or (most is not None and figure > most)):
        said = (
            (f"不小于 {least:g}", f"at least {least:g}")
            if most is None
            else (f"在 {least:g} 与 {most:g} 之间", f"between {least:g} and {most:g}")
        )
        raise InvalidInputError(f"该数值须{said[0]}。 This figure must be {said[1]}.", place={"field": field})
