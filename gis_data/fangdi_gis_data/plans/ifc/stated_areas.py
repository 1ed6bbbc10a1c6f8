"""Comparing what a model states with what is measured in it: the same basis, another basis, or a mistake."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from statistics import median

from fangdi.domain.plans.checks.stated import BASIS_WORDS
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Stated, StatedBasis
from fangdi_gis_data.plans.ifc.measured import Measured

AGREES = 0.001
"""Share by which stated and measured may differ and agree: programs state what they measure in the same model."""
LEAST_LIMIT_M2 = 0.01
"""Areas are stated to two decimals."""
MOST_AGREE = 0.5
"""Share of the rooms that have to agree for the others to be mistakes and not another basis."""
ONE_SIDED = 0.8
"""Share of the differing rooms that have to differ in the same direction for it to be a basis."""
_WALL_M = (0.02, 0.35)
"""Half a wall, m: how far beyond the inner faces its centre lies."""


@dataclass(frozen=True, slots=True)
class Pair:
    """What a space states, and its own footprint."""

    one: Measured
    stated: Stated

    @property
    def measured_m2(self) -> float:
        """Return the area of the footprint."""
        return float(self.one.footprint.area)

    @property
    def limit_m2(self) -> float:
        """Return how far the two may differ and agree."""
        return max(LEAST_LIMIT_M2, AGREES * self.measured_m2)

    @property
    def excess_m2(self) -> float:
        """Return stated less measured."""
        return self.stated.area_m2 - self.measured_m2

    @property
    def agrees(self) -> bool:
        """Whether both say the same."""
        return abs(self.excess_m2) <= self.limit_m2

    @property
    def beyond_wall_m(self) -> float:
        """Return how far beyond the footprint the boundary would lie that has the stated area."""
        return self.excess_m2 / float(self.one.footprint.length)


@dataclass(frozen=True)
class Group:
    """All figures of a model from one property or quantity."""

    source: str
    pairs: tuple[Pair, ...]

    @property
    def stated_m2(self) -> float:
        """Return the sum of what is stated."""
        return sum(pair.stated.area_m2 for pair in self.pairs)

    @property
    def measured_m2(self) -> float:
        """Return the sum of the footprints of the same spaces."""
        return sum(pair.measured_m2 for pair in self.pairs)

    @cached_property
    def agrees(self) -> bool:
        """Whether most figures are those of the footprints, so that the rest are single mistakes."""
        return sum(pair.agrees for pair in self.pairs) >= MOST_AGREE * len(self.pairs)

    @cached_property
    def basis(self) -> StatedBasis:
        """Return what the figures are measured to, by comparing them; UNKNOWN where no rule shows."""
        written = self.pairs[0].stated.basis
        if self.agrees:
            return StatedBasis.NET if written is StatedBasis.UNKNOWN else written
        if not self._one_sided(larger=True):
            return StatedBasis.UNKNOWN
        beyond = [pair.beyond_wall_m for pair in self.pairs if not pair.agrees]
        within = sum(_WALL_M[0] <= width <= _WALL_M[1] for width in beyond) >= ONE_SIDED * len(beyond)
        return StatedBasis.WALL_CENTRE if within and _WALL_M[0] <= median(beyond) else StatedBasis.GROSS

    @property
    def is_other_basis(self) -> bool:
        """Whether the figures differ in one direction, as those measured by another rule do."""
        return not self.agrees and (self._one_sided(larger=True) or self._one_sided(larger=False))

    def _one_sided(self, *, larger: bool) -> bool:
        differing = [pair for pair in self.pairs if not pair.agrees]
        return sum((pair.excess_m2 > 0) is larger for pair in differing) >= ONE_SIDED * len(differing)


def groups(spaces: Iterable[Measured]) -> tuple[Group, ...]:
    """Return the stated figures by where they stand; those that agree with the footprints first."""
    by_source: dict[str, list[Pair]] = defaultdict(list)
    for one in spaces:
        for stated in one.space.stated:
            by_source[stated.source].append(Pair(one, stated))
    found = [Group(source, tuple(pairs)) for source, pairs in by_source.items()]
    return tuple(sorted(found, key=lambda group: not group.agrees))


def judged(stated: Sequence[Stated], found: Sequence[Group]) -> tuple[Stated, ...]:
    """Return the figures of a space with the basis that comparison shows, those comparable with footprints first."""
    order = {group.source: (place, group.basis) for place, group in enumerate(found)}
    known = sorted(stated, key=lambda one: order[one.source][0] if one.source in order else len(order))
    return tuple(replace(one, basis=order[one.source][1]) if one.source in order else one for one in known)


def compare(found: Sequence[Group], keys: dict[str, str]) -> Iterator[Finding]:
    """Give what is stated on another basis, and single rooms whose figure is wrong; `keys` are rooms by GlobalId.

    A room whose figure of one group agrees is not questioned for that of another.
    """
    agreeing = {pair.one.space.guid for group in found if group.agrees for pair in group.pairs if pair.agrees}
    for group in found:
        if group.is_other_basis:
            yield _other_basis(group, keys)
            continue
        for pair in group.pairs:
            guid = pair.one.space.guid
            if not pair.agrees and guid not in agreeing and guid in keys:
                yield _differs(pair, keys[guid])


def _other_basis(group: Group, keys: dict[str, str]) -> Finding:
    english, chinese = BASIS_WORDS[group.basis]
    return Finding(
        FindingCode.OTHER_BASIS,
        Severity.NOTE,
        {
            "stated_m2": group.stated_m2,
            "measured_m2": group.measured_m2,
            "share": abs(group.stated_m2 - group.measured_m2) / group.stated_m2,
            "basis": english,
            "basis_zh": chinese,
            "source": group.source,
            **_left_out(group, keys),
        },
        rooms=tuple(keys[pair.one.space.guid] for pair in group.pairs if pair.one.space.guid in keys),
    )


def _left_out(group: Group, keys: dict[str, str]) -> dict[str, str]:
    """Return, where spaces of a group are no rooms, what it comes to over the rooms alone, as their list shows."""
    rooms = [pair for pair in group.pairs if pair.one.space.guid in keys]
    others = len(group.pairs) - len(rooms)
    if not others:
        return {"left_out": ""}
    said, found = sum(pair.stated.area_m2 for pair in rooms), sum(pair.measured_m2 for pair in rooms)
    return {
        "left_out": f" (rooms alone {said:.2f} and {found:.2f} m²; {others} of the spaces no room, and not counted)",
        "left_out_zh": f"(其中房间图注 {said:.2f}、量得 {found:.2f} 平方米;另有 {others} 个空间不是房间,不计入)",
    }


def _differs(pair: Pair, key: str) -> Finding:
    return Finding(
        FindingCode.STATED_DIFFERS,
        Severity.WARNING,
        {
            "room": pair.one.space.title,
            "stated_m2": pair.stated.area_m2,
            "measured_m2": pair.measured_m2,
            "limit_m2": pair.limit_m2,
        },
        rooms=(key,),
        handle=pair.one.space.guid,
        at=pair.one.footprint.representative_point(),
    )
