"""Which rows behind an indicator are wanted, and in which order they come."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fangdi.domain.common import Key
from fangdi.domain.indicators.model import Row


class Sort(StrEnum):
    """Kinds of rows."""

    COUNTED = "counted"  # in the numerator
    UNCOUNTED = "uncounted"  # in the denominator alone
    LACKING = "lacking"  # without all data


@dataclass(frozen=True, slots=True)
class Pick:
    """Which rows are wanted; None leaves it open."""

    sort: Sort | None = None
    part: str | None = None

    def takes(self, row: Row) -> bool:
        """Whether a row is wanted."""
        return (self.part is None or row.part == self.part) and (self.sort is None or _SORTS[self.sort](row))


_SORTS = {
    Sort.COUNTED: lambda row: row.numerator > 0,
    Sort.UNCOUNTED: lambda row: row.numerator == 0,
    Sort.LACKING: lambda row: row.known < row.of,
}


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Sort rows: those that contribute most first."""
    return sorted(rows, key=_order)


def after(rows: Iterable[Row], key: Key | None) -> list[Row]:
    """Return the rows that come after one, by its key."""
    if key is None:
        return list(rows)
    numerator, denominator, thing, part = key
    start = (-int(numerator), -int(denominator), int(thing), str(part))
    return [row for row in rows if _order(row) > start]


def key_of(row: Row) -> Key:
    """Return what a page begins after."""
    return (row.numerator, row.denominator, row.id, row.part)


def _order(row: Row) -> tuple[int, int, int, str]:
    return (-row.numerator, -row.denominator, row.id, row.part)
