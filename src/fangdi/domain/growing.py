"""Sets of rooms grown from every room of many floors at once, the nearest neighbour first.

One floor alone is a few hundred small steps, and a search goes through dozens of floors: they are laid out side by side
in arrays, and a step is taken for all of them together.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from fangdi.domain.facing import Floats, Positions

Bools: TypeAlias = npt.NDArray[np.bool_]

_TOO_MANY = 400
"""Rooms of a floor beyond which sets are grown from every second, third … room only."""
_CELLS = 200_000
"""Most sets × rooms that are laid out at once: arrays stay within the cache."""
EVEN_M2 = 1e-9
"""Sums of areas with two decimals are no further off than this, m²."""


@dataclass(frozen=True, slots=True)
class Floors:
    """The n rooms of f floors, one floor after the other.

    `sizes` (f) says how many each has, `pairs` (2 × p) which positions face each other; `middles` are n × 2, m, and
    `areas` n, m².
    """

    sizes: Positions
    pairs: Positions
    middles: Floats
    areas: Floats

    @property
    def floor_of(self) -> Positions:
        """The floor of each room."""
        return np.repeat(np.arange(len(self.sizes)), self.sizes)

    @property
    def first(self) -> Positions:
        """The position of the first room of each floor."""
        return np.cumsum(self.sizes) - self.sizes


def grown(floors: Floors, *, rooms: int, min_area_m2: float) -> list[set[frozenset[int]]]:
    """Return by floor the sets of positions that were grown until there were `rooms` and `min_area_m2`, m²."""
    found: list[set[frozenset[int]]] = [set() for _ in floors.sizes]
    first = floors.first
    for chosen in _together(floors.sizes):
        for place, taken in _Sets(floors, chosen).grow(rooms, min_area_m2):
            floor = chosen[place]
            found[floor].add(frozenset((np.flatnonzero(taken) + first[floor]).tolist()))
    return found


def _together(sizes: Positions) -> Iterator[Positions]:
    """Return floors of about the same size that fit beside each other, the small ones first."""
    order = np.argsort(sizes, kind="stable")
    begin, starts = 0, 0
    for place, size in enumerate(sizes[order].tolist()):
        starts += len(_starts(size))
        if place > begin and starts * size > _CELLS:
            yield order[begin:place]
            begin, starts = place, len(_starts(size))
    if len(order) > begin:
        yield order[begin:]


def _starts(size: int) -> range:
    return range(0, size, 1 + size // _TOO_MANY)


class _Sets:
    """Sets that grow in step: s sets on k floors of at most m rooms; `taken` and `open` are s × m."""

    def __init__(self, floors: Floors, chosen: Positions) -> None:
        """Lay out the floors, with a set that begins at every start of each."""
        sizes = floors.sizes[chosen].tolist()
        self.middles, self.areas, self.beside = _laid_out(floors, chosen)
        self.floor = np.repeat(np.arange(len(sizes)), [len(_starts(size)) for size in sizes])
        start = np.array([room for size in sizes for room in _starts(size)])
        self.taken: Bools = np.zeros((len(start), max(sizes)), dtype=bool)
        self.taken[np.arange(len(start)), start] = True
        self.open = self.beside[self.floor, start]
        self.area = self.areas[self.floor, start]
        self.sum_of_middles = self.middles[self.floor, start]

    def grow(self, rooms: int, min_area_m2: float) -> Iterator[tuple[int, Bools]]:
        """Take the nearest open room into every set until there is enough; return those that have it, each once."""
        going, enough = np.arange(len(self.floor)), []
        for count in range(1, self.taken.shape[1] + 1):
            short = (count < rooms) | (self.area[going] < min_area_m2 - EVEN_M2)
            enough.append(going[~short])
            going = going[short]
            going = going[self.open[going].any(axis=1)]
            if not going.size:
                break
            self._take(going, count)
        different = {(self.floor[row], self.taken[row].tobytes()): row for row in np.concatenate(enough).tolist()}
        return ((place, self.taken[row]) for (place, _), row in different.items())

    def _take(self, going: Positions, count: int) -> None:
        floor = self.floor[going]
        apart = self.middles[floor] - (self.sum_of_middles[going] / count)[:, None, :]
        square = np.where(self.open[going], apart[..., 0] ** 2 + apart[..., 1] ** 2, np.inf)
        nearest = square.argmin(axis=1)
        self.taken[going, nearest] = True
        self.open[going] = (self.open[going] | self.beside[floor, nearest]) & ~self.taken[going]
        self.area[going] += self.areas[floor, nearest]
        self.sum_of_middles[going] += self.middles[floor, nearest]


def _laid_out(floors: Floors, chosen: Positions) -> tuple[Floats, Floats, Bools]:
    """Return middles (k × m × 2), areas (k × m) and which rooms face each other (k × m × m) of some floors."""
    place: Positions = np.full(len(floors.sizes), -1)
    place[chosen] = np.arange(len(chosen))
    of_room, room = place[floors.floor_of], np.arange(len(floors.areas)) - np.repeat(floors.first, floors.sizes)
    shape = len(chosen), int(floors.sizes[chosen].max())
    middles, areas = np.zeros((*shape, 2)), np.zeros(shape)
    here = of_room >= 0
    middles[of_room[here], room[here]] = floors.middles[here]
    areas[of_room[here], room[here]] = floors.areas[here]
    beside: Bools = np.zeros((*shape, shape[1]), dtype=bool)
    one, other = floors.pairs[:, here[floors.pairs[0]]]
    beside[of_room[one], room[one], room[other]] = True
    beside[of_room[one], room[other], room[one]] = True
    return middles, areas, beside
