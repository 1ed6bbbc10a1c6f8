"""The tree of jurisdictions (行政区), for sums over one with all below it and for coming down a level."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Place:
    """A jurisdiction, as answers name it; `parent` None at the top."""

    code: str
    name: str
    name_en: str | None
    parent: str | None


@dataclass(frozen=True)
class Tree:
    """All jurisdictions."""

    places: dict[str, Place]
    _below: dict[str | None, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, places: Iterable[Place]) -> "Tree":
        """Build the tree; a jurisdiction whose parent is not there stands at the top."""
        known = {place.code: place for place in places}
        below: defaultdict[str | None, list[str]] = defaultdict(list)
        for place in known.values():
            below[place.parent if place.parent in known else None].append(place.code)
        return cls(known, dict(below))

    def subtree(self, code: str) -> frozenset[str]:
        """Return a jurisdiction and all below it."""
        found, waiting = set(), [code]
        while waiting:
            here = waiting.pop()
            if here not in found:
                found.add(here)
                waiting.extend(self._below.get(here, ()))
        return frozenset(found)

    def children(self, code: str | None) -> list[str]:
        """Return the jurisdictions right below one; None stands above all."""
        return list(self._below.get(code, ()))
