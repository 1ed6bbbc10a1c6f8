"""Which figure binds whom: the country's, unless a jurisdiction on the way down is stricter or fills what is open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from fangdi.domain.norms.kinds import FACTS, NormKind, Shape
from fangdi.domain.norms.model import Norm
from fangdi.domain.vocabulary import AdministrativeLevel

_Key: TypeAlias = tuple[NormKind, AdministrativeLevel | None, str | None]
_MANY = 10**6
"""More posts than any agency has: beyond the last step of a figure."""
_SAME = 1e-9
"""Figures nearer than this are the same figure."""


@dataclass(frozen=True, slots=True)
class Binding:
    """The figure that binds, and those of jurisdictions below that are laxer and so do not."""

    norm: Norm
    overruled: tuple[Norm, ...] = ()


def stricter(one: Norm, other: Norm) -> bool:
    """Whether one figure of a kind leaves as much as another or less, whatever the number of posts or places."""
    sign = 1 if FACTS[one.kind].smaller_is_stricter else -1
    # between these numbers both are straight lines
    numbers = {0, _MANY, *(n for norm in (one, other) for n in (norm.upto, norm.beyond_from) if n is not None)}
    return all(sign * _measure(one, n) <= sign * _measure(other, n) + _SAME for n in numbers)


def _key(kind: NormKind, level: AdministrativeLevel | None, rank: str | None) -> _Key:
    facts = FACTS[kind]
    return kind, level if facts.by_level else None, rank if facts.by_rank else None


def _measure(norm: Norm, number: int) -> float:
    return norm.total(number) if norm.shape is Shape.EXCESS else norm.rate(number)


class NormBook:
    """The figures that are in force on a day."""

    def __init__(self, norms: Iterable[Norm], *, as_of: date) -> None:
        self.as_of = as_of
        self._rows: dict[_Key, dict[str | None, Norm]] = {}
        for norm in norms:
            if norm.holds_on(as_of):
                self._rows.setdefault(_key(norm.kind, norm.level, norm.rank), {})[norm.jurisdiction] = norm

    def find(
        self,
        kind: NormKind,
        *,
        path: Sequence[str],
        level: AdministrativeLevel | None = None,
        rank: str | None = None,
    ) -> Binding | None:
        """Return what binds in a jurisdiction, or None where nobody has laid down a figure.

        `path` leads from the uppermost jurisdiction down to it. A kind that knows no levels or ranks ignores them.
        """
        rows = self._rows.get(_key(kind, level, rank), {})
        found: Norm | None = None
        overruled: list[Norm] = []
        for place in (None, *path):
            below = rows.get(place)
            if below is None:
                continue
            if found is None or stricter(below, found):
                found = below
            else:
                overruled.append(below)
        return Binding(found, tuple(overruled)) if found else None
