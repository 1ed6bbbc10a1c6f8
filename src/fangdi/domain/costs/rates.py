"""Rates of the cost of use: which one holds for a building on a day, and how a new version is entered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from fangdi.domain.costs.kinds import FACTS, CostKind, CostUnit
from fangdi.domain.norms.kinds import Verification
from fangdi.domain.versions import LEAST_FIGURE, begins_after, keeps_the_past, plausible
from fangdi.errors import InvalidInputError

_MOST_YEARS = 1000


@dataclass(frozen=True, slots=True)
class Scope:
    """Which buildings a rate is for: those of a jurisdiction with all below it, of a structure, with a lift; or one.

    None leaves a question open; all None is every building.
    """

    jurisdiction: str | None = None
    building_id: int | None = None
    structure: str | None = None
    has_lift: bool | None = None


@dataclass(frozen=True, slots=True)
class CostRate:
    """One version of a rate, in the unit of its kind, and what it rests on. The period's end is exclusive."""

    id: int
    kind: CostKind
    scope: Scope
    figure: float
    source: str
    verification: Verification = Verification.MEMORY
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the rate is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Rated:
    """What rates ask of a building; `path` leads from the uppermost jurisdiction down to its own."""

    id: int
    path: Sequence[str]
    structure: str | None = None
    has_lift: bool | None = None


class RateBook:
    """The rates in force on a day."""

    def __init__(self, rates: Iterable[CostRate], *, as_of: date) -> None:
        self.as_of = as_of
        self._rates: dict[CostKind, list[CostRate]] = {}
        for rate in rates:
            if rate.holds_on(as_of):
                self._rates.setdefault(rate.kind, []).append(rate)

    def find(self, kind: CostKind, building: Rated) -> CostRate | None:
        """Return the rate that holds for a building, or None where nobody has laid one down.

        The building's own goes before all others, then that of the nearest jurisdiction, then the one that names more
        features, its structure before its lift.
        """
        fitting = [rate for rate in self._rates.get(kind, []) if _fits(rate.scope, building)]
        return max(fitting, key=lambda rate: _nearness(rate.scope, building), default=None)


def _fits(scope: Scope, building: Rated) -> bool:
    return (
        scope.building_id in {None, building.id}
        and (scope.jurisdiction is None or scope.jurisdiction in building.path)
        and scope.structure in {None, building.structure}
        and scope.has_lift in {None, building.has_lift}
    )


def _nearness(scope: Scope, building: Rated) -> tuple[bool, int, int, bool]:
    depth = -1 if scope.jurisdiction is None else list(building.path).index(scope.jurisdiction)
    return scope.building_id is not None, depth, *_features(scope)


def check(wanted: CostRate, standing: Sequence[CostRate], *, today: date, path: Sequence[str] = ()) -> CostRate | None:
    """Return the version that a new one ends, if any; raise InvalidInputError where it may not be entered.

    A rate may begin in the past only where nothing was reckoned without it: it changes no answer but fills one in.
    `path` leads from the uppermost jurisdiction down to that of the rate, or of its building.
    """
    _check_figure(wanted)
    begins = wanted.valid_from
    if begins is None:
        raise InvalidInputError("请填写生效日期。 Say from which day the rate holds.", place={"field": "valid_from"})
    same = [rate for rate in standing if (rate.kind, rate.scope) == (wanted.kind, wanted.scope)]
    begins_after(begins, (rate.valid_from for rate in same))
    if FACTS[wanted.kind].optional or any(_gives_way(rate, wanted, today, path) for rate in standing):
        keeps_the_past(begins, today)
    return next((rate for rate in same if rate.holds_on(begins)), None)


def _gives_way(rate: CostRate, wanted: CostRate, today: date, path: Sequence[str]) -> bool:
    """Whether a rate held on days that a new one begins before, for a building for which the new one goes before it."""
    ended = rate.valid_until is not None and wanted.valid_from is not None and rate.valid_until <= wanted.valid_from
    begun = rate.valid_from is None or rate.valid_from < today
    if rate.kind is not wanted.kind or ended or not begun:
        return False
    old, new = rate.scope, wanted.scope
    if old.building_id is not None:
        return old.building_id == new.building_id
    if old.jurisdiction not in {None, *path}:
        return False
    if new.building_id is not None or old.jurisdiction != new.jurisdiction:
        return _both_fit(old, new)
    return _both_fit(old, new) and _features(old) <= _features(new)


def _both_fit(one: Scope, other: Scope) -> bool:
    """Whether there can be a building that has the features of both."""
    return all(
        first is None or second is None or first == second
        for first, second in ((one.structure, other.structure), (one.has_lift, other.has_lift))
    )


def _features(scope: Scope) -> tuple[int, bool]:
    """Return how particular a scope is among those of one jurisdiction."""
    return (scope.structure is not None) + (scope.has_lift is not None), scope.structure is not None


def _check_figure(wanted: CostRate) -> None:
    unit, figure = FACTS[wanted.kind].unit, wanted.figure
    if unit is CostUnit.YEARS:
        plausible(figure, least=1, most=_MOST_YEARS)
    elif wanted.kind is CostKind.EFFICIENCY:
        plausible(figure, least=LEAST_FIGURE, most=1)
    elif unit is CostUnit.RATIO and figure > 1:
        raise InvalidInputError(
            "比例不能大于 1(即 100%)。 A ratio is at most 1, which is 100 %.", place={"field": "figure"}
        )
    if wanted.kind is CostKind.RESIDUAL_RATIO and figure >= 1:
        raise InvalidInputError(
            "净残值率须小于 1。 The residual value is less than the value.", place={"field": "figure"}
        )
