"""Rooms that lie side by side (相连房间): which idle rooms of a floor make one area of the size that somebody needs.

Minimise the number of rooms, then their area, then how far apart they lie, subject to: all on one floor and connected,
at least `rooms` rooms and `min_area_m2` of usable area, at most `max_area_m2`. Sets are grown from every room, the
nearest neighbour first, and rooms that are not needed are left out again. That finds a set wherever there is one
without an upper limit, and no room of it can be left out; that it is the very smallest is likely and not proven.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from fangdi.domain.facing import Floats, Positions, facing
from fangdi.domain.growing import EVEN_M2, Floors, grown

WALL_M = 0.6
"""Rooms with no more than this between them share a wall: outer walls of old brick buildings are about half a metre."""
ACROSS_M = 3.6
"""With this much between them rooms also face each other across a corridor of three metres between its walls."""
_PAIRS = 400_000
"""Most pairs of rooms that are looked at together: further floors come in their turn, so that memory stays small."""


@dataclass(frozen=True, slots=True)
class SpaceWanted:
    """What is needed: rooms and usable area in m², all on one floor."""

    rooms: int = 1
    min_area_m2: float = 0.0
    max_area_m2: float | None = None
    across: bool = False

    @property
    def gap_m(self) -> float:
        """Widest gap between rooms that still count as adjoining, m."""
        return ACROSS_M if self.across else WALL_M


@dataclass(frozen=True, slots=True)
class FreeRoom:
    """A room that can be had: its outline in the plan's own frame (m) and usable area in m²."""

    id: int
    outline: BaseGeometry
    area_m2: float


@dataclass(frozen=True, slots=True)
class Group:
    """Adjoining rooms, in the order of their ids, and their usable area together, m²."""

    rooms: tuple[int, ...]
    area_m2: float
    spread_m: float
    """How far apart their middles lie at the most, m: small is compact."""


def best_group(rooms: Sequence[FreeRoom], wanted: SpaceWanted) -> Group | None:
    """Return the best set of adjoining rooms of one floor, or None where no set has the size."""
    return best_groups([rooms], wanted)[0]


def best_groups(floors: Sequence[Sequence[FreeRoom]], wanted: SpaceWanted) -> list[Group | None]:
    """Return for each floor the best set of adjoining rooms, or None where no set has the size."""
    found: list[Group | None] = [None] * len(floors)
    searched: dict[int, list[FreeRoom]] = {}
    for number, rooms in enumerate(floors):
        known = sorted(rooms, key=lambda room: room.id)
        if len(known) < wanted.rooms or sum(room.area_m2 for room in known) < wanted.min_area_m2 - EVEN_M2:
            continue
        alone = _alone(known, wanted)
        if alone is None:
            searched[number] = known
        else:
            found[number] = Group((alone.id,), alone.area_m2, 0.0)
    for numbers in _batches(searched):
        for number, group in zip(numbers, _of_many([searched[one] for one in numbers], wanted), strict=True):
            found[number] = group
    return found


def _batches(floors: Mapping[int, Sequence[FreeRoom]]) -> Iterator[list[int]]:
    """Return the floors by number, as many at a time as have no more than _PAIRS pairs of rooms; at least one."""
    batch: list[int] = []
    pairs = 0
    for number, rooms in floors.items():
        if batch and pairs + len(rooms) ** 2 // 2 > _PAIRS:
            yield batch
            batch, pairs = [], 0
        batch.append(number)
        pairs += len(rooms) ** 2 // 2
    if batch:
        yield batch


def _of_many(floors: Sequence[Sequence[FreeRoom]], wanted: SpaceWanted) -> list[Group | None]:
    """Return the best sets of floors on which no room is enough by itself."""
    rooms = [room for floor in floors for room in floor]
    sizes, outlines = np.array([len(floor) for floor in floors]), np.array([room.outline for room in rooms])
    laid_out = Floors(
        sizes,
        facing(outlines, np.repeat(np.arange(len(floors)), sizes), gap_m=wanted.gap_m),
        shapely.get_coordinates(shapely.centroid(outlines)),
        np.array([room.area_m2 for room in rooms]),
    )
    beside = beside_each_other(laid_out.pairs, len(rooms))
    found = grown(laid_out, rooms=wanted.rooms, min_area_m2=wanted.min_area_m2)
    return [
        _best({_trimmed(one, beside, rooms=rooms, wanted=wanted) for one in sets}, rooms, laid_out.middles, wanted)
        for sets in found
    ]


def _alone(rooms: Sequence[FreeRoom], wanted: SpaceWanted) -> FreeRoom | None:
    """Return the smallest room that is enough by itself: nothing has fewer rooms, and no neighbours are needed."""
    most = math.inf if wanted.max_area_m2 is None else wanted.max_area_m2
    enough = (
        [room for room in rooms if wanted.min_area_m2 - EVEN_M2 <= room.area_m2 <= most] if wanted.rooms <= 1 else []
    )
    return min(enough, key=lambda room: (room.area_m2, room.id), default=None)


def neighbours(rooms: Sequence[FreeRoom], *, gap_m: float) -> Mapping[int, frozenset[int]]:
    """Return by position which rooms of a floor face each other with at most `gap_m` between them."""
    outlines = np.array([room.outline for room in rooms])
    return beside_each_other(facing(outlines, np.zeros(len(rooms), dtype=np.int64), gap_m=gap_m), len(rooms))


def beside_each_other(pairs: Positions, count: int) -> Mapping[int, frozenset[int]]:
    """Return by position, of `count`, those that it is paired with; `pairs` is 2 × p."""
    beside: dict[int, set[int]] = {number: set() for number in range(count)}
    for first, second in pairs.T.tolist():
        beside[first].add(second)
        beside[second].add(first)
    return {number: frozenset(others) for number, others in beside.items()}


def _trimmed(
    group: frozenset[int], beside: Mapping[int, frozenset[int]], *, rooms: Sequence[FreeRoom], wanted: SpaceWanted
) -> frozenset[int]:
    """Leave out rooms that are not needed, the largest first, as long as the others stay connected."""
    if len(group) <= max(1, wanted.rooms):
        return group
    kept = set(group)
    for number in sorted(group, key=lambda number: (-rooms[number].area_m2, number)):
        rest = kept - {number}
        area = sum(rooms[one].area_m2 for one in rest)
        enough = len(rest) >= max(1, wanted.rooms) and area >= wanted.min_area_m2 - EVEN_M2
        if enough and _connected(rest, beside):
            kept = rest
    return frozenset(kept)


def _connected(rooms: set[int], beside: Mapping[int, frozenset[int]]) -> bool:
    reached, waiting = set(), [next(iter(rooms))]
    while waiting:
        room = waiting.pop()
        if room not in reached:
            reached.add(room)
            waiting.extend((beside[room] & rooms) - reached)
    return reached == rooms


def _best(
    groups: Iterable[frozenset[int]], rooms: Sequence[FreeRoom], middles: Floats, wanted: SpaceWanted
) -> Group | None:
    """Return the set of the fewest rooms, then of the least area, then the most compact, then of the lowest ids."""
    most = math.inf if wanted.max_area_m2 is None else wanted.max_area_m2
    offers = [(numbers, sum(rooms[number].area_m2 for number in numbers)) for numbers in map(sorted, groups)]
    sizes = [(len(numbers), round(area, 6)) for numbers, area in offers if area <= most]
    if not sizes:
        return None
    least = min(sizes)
    tied = [(numbers, area) for numbers, area in offers if (len(numbers), round(area, 6)) == least and area <= most]
    apart, numbers, area = min((round(spread(middles[numbers]), 6), numbers, area) for numbers, area in tied)
    return Group(tuple(rooms[number].id for number in numbers), area, apart)


def spread(middles: Floats) -> float:
    """Return how far apart points (n × 2, m) lie at the most, m."""
    across = middles[:, None, :] - middles[None, :, :]
    return float(np.hypot(across[..., 0], across[..., 1]).max())
