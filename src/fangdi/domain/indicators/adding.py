"""Adding up what rows contribute: by jurisdiction and part, then up the tree, then to a value."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fangdi.domain.indicators.model import NOTHING, SMALLEST, Indicator, Row, Sum, Sums, Unit
from fangdi.domain.rounding import round_to_total


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an indicator's composition, in the units that it counts and divides by."""

    key: str
    numerator: float
    denominator: float


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator for a date and a jurisdiction with all below it.

    value: None where there is nothing to divide by, or nobody looked. known, of: for how many of the facts it rests on
    there are data.
    """

    value: float | None
    numerator: float
    denominator: float
    known: int
    of: int
    parts: tuple[Part, ...] = ()

    @property
    def coverage(self) -> float | None:
        """Part of the facts for which there are data, of 1; None without any."""
        return self.known / self.of if self.of else None


NOT_COMPUTED = Value(value=None, numerator=0.0, denominator=0.0, known=0, of=0)
"""Where nobody looked: nothing is known, not even that there is nothing."""


def add_up(rows: Iterable[Row]) -> Sums:
    """Add up rows by jurisdiction and part."""
    found: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in rows:
        counted = found[row.jurisdiction, row.part]
        counted[0] += row.numerator
        counted[1] += row.denominator
        counted[2] += row.known
        counted[3] += row.of
    return {key: Sum(*counted) for key, counted in found.items()}


def value_of(indicator: Indicator, sums: Sums, *, places: Collection[str] | None) -> Value:
    """Return the value over some jurisdictions; None stands for all."""
    by_part: defaultdict[str, Sum] = defaultdict(Sum)
    for (place, part), counted in sums.items():
        if places is None or place in places:
            by_part[part] += counted
    whole = sum(by_part.values(), NOTHING)
    parts = tuple(
        Part(part, _top(indicator, counted.numerator), _bottom(indicator, counted.denominator))
        for part, counted in sorted(by_part.items())
    )
    return Value(
        value=ratio(indicator, whole.numerator, whole.denominator),
        numerator=_top(indicator, whole.numerator),
        denominator=_bottom(indicator, whole.denominator),
        known=whole.known,
        of=whole.of,
        parts=parts,
    )


def ratio(indicator: Indicator, numerator: int, denominator: int) -> float | None:
    """Return the value that amounts in smallest units give; None where there is nothing to divide by."""
    if indicator.divided_by is None:
        return _top(indicator, numerator)
    return _top(indicator, numerator) / _bottom(indicator, denominator) if denominator else None


def amounts(indicator: Indicator, row: Row) -> tuple[float, float]:
    """Return what a row contributes, in the units that the indicator counts and divides by."""
    return _top(indicator, row.numerator), _bottom(indicator, row.denominator)


def children_sums(sums: Sums, subtrees: Mapping[str, Collection[str]]) -> Mapping[str, Sums]:
    """Return the sums of each of several subtrees, by the code at their top."""
    top_of = {code: top for top, codes in subtrees.items() for code in codes}
    found: dict[str, dict[tuple[str, str], Sum]] = {top: {} for top in subtrees}
    for key, counted in sums.items():
        if key[0] in top_of:
            found[top_of[key[0]]][key] = counted
    return found


def shared_out(indicator: Indicator, values: Sequence[Value], *, whole: Value) -> list[Value]:
    """Return values of parts of a whole as they are shown: areas in hundredths of m² that add up to that of the whole.

    Rates do not add up, and counts and sums of money do as they are. What a value is made of stays exact.
    """
    if indicator.unit is not Unit.M2:
        return list(values)
    areas = round_to_total([value.value for value in values], total_m2=whole.value)
    return [replace(value, value=area) for value, area in zip(values, areas, strict=True)]


def _top(indicator: Indicator, amount: int) -> float:
    return amount / SMALLEST[indicator.counts]


def _bottom(indicator: Indicator, amount: int) -> float:
    return amount / SMALLEST[indicator.divided_by or indicator.counts]


def unit_below(indicator: Indicator) -> Unit:
    """Return the unit of denominators: what the value is divided by, or what the whole is counted in."""
    return indicator.divided_by or indicator.counts
