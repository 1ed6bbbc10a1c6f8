"""Rooms that lie side by side (相连房间): which idle rooms of a floor make one area of the size that somebody needs.

Minimise the number of rooms, then their area, then how far apart they lie, subject to: all on one floor and connected,
at least `rooms` rooms and `min_area_m2` of usable area, at most `max_area_m2`. Sets are grown from every room, the
nearest neighbour first, and rooms that are not needed are left out again. That finds a set wherever there is one
without an upper limit, and no room of it can be left out; that it is the very smallest is likely and not proven.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from fangdi.domain.facing import facing

WALL_M = 0.6
"""Rooms with no more than this between them share a wall: outer walls of old brick buildings are about half a metre."""
ACROSS_M = 3.6
"""With this much between them rooms also face each other across a corridor of three metres between its walls."""
_TOO_MANY = 400
"""Rooms of a floor beyond which sets are grown from every second, third … room only."""


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
    known = sorted(rooms, key=lambda room: room.id)
    if len(known) < wanted.rooms or sum(room.area_m2 for room in known) < wanted.min_area_m2:
        return None
    alone = _alone(known, wanted)
    if alone is not None:
        return Group((alone.id,), alone.area_m2, 0.0)
    beside = neighbours(known, gap_m=wanted.gap_m)
    middles = shapely.get_coordinates(shapely.centroid([room.outline for room in known]))
    points = [(east, north) for east, north in middles.tolist()]
    areas = [room.area_m2 for room in known]
    step = 1 + len(known) // _TOO_MANY
    found = {_grown(start, beside, middles=points, areas=areas, wanted=wanted) for start in range(0, len(known), step)}
    groups = {_trimmed(one, beside, areas=areas, wanted=wanted) for one in found if one}
    offers = [_group(one, known, middles) for one in groups]
    fitting = [one for one in offers if wanted.max_area_m2 is None or one.area_m2 <= wanted.max_area_m2]
    return min(fitting, key=lambda one: (len(one.rooms), round(one.area_m2, 6), one.spread_m), default=None)


def _alone(rooms: Sequence[FreeRoom], wanted: SpaceWanted) -> FreeRoom | None:
    """Return the smallest room that is enough by itself: nothing has fewer rooms, and no neighbours are needed."""
    most = math.inf if wanted.max_area_m2 is None else wanted.max_area_m2
    enough = [room for room in rooms if wanted.min_area_m2 - 1e-9 <= room.area_m2 <= most] if wanted.rooms <= 1 else []
    return min(enough, key=lambda room: (room.area_m2, room.id), default=None)


def neighbours(rooms: Sequence[FreeRoom], *, gap_m: float) -> Mapping[int, frozenset[int]]:
    """Return by position which rooms face each other with at most `gap_m` between them."""
    beside: dict[int, set[int]] = {number: set() for number in range(len(rooms))}
    for first, second in facing(np.array([room.outline for room in rooms]), gap_m=gap_m).T.tolist():
        beside[first].add(second)
        beside[second].add(first)
    return {number: frozenset(others) for number, others in beside.items()}


def _grown(
    start: int,
    beside: Mapping[int, frozenset[int]],
    *,
    middles: Sequence[tuple[float, float]],
    areas: Sequence[float],
    wanted: SpaceWanted,
) -> frozenset[int] | None:
    """Take the nearest neighbour again and again until there is enough; None where the rooms run out."""
    taken, open_, area = {start}, set(beside[start]), areas[start]
    east, north = middles[start]
    while len(taken) < wanted.rooms or area < wanted.min_area_m2 - 1e-9:
        if not open_:
            return None
        x, y = east / len(taken), north / len(taken)
        nearest, least = -1, math.inf
        for room in open_:  # by hand: most of the time of a search goes by here
            to_east, to_north = middles[room][0] - x, middles[room][1] - y
            apart = to_east * to_east + to_north * to_north
            if apart < least or (apart == least and room < nearest):
                nearest, least = room, apart
        taken.add(nearest)
        open_ |= beside[nearest] - taken
        open_.discard(nearest)
        area += areas[nearest]
        east, north = east + middles[nearest][0], north + middles[nearest][1]
    return frozenset(taken)


def _trimmed(
    group: frozenset[int], beside: Mapping[int, frozenset[int]], *, areas: Sequence[float], wanted: SpaceWanted
) -> frozenset[int]:
    """Leave out rooms that are not needed, the largest first, as long as the others stay connected."""
    if len(group) <= max(1, wanted.rooms):
        return group
    kept = set(group)
    for room in sorted(group, key=lambda room: -areas[room]):
        rest = kept - {room}
        enough = len(rest) >= max(1, wanted.rooms) and sum(areas[one] for one in rest) >= wanted.min_area_m2 - 1e-9
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


def _group(chosen: Iterable[int], rooms: Sequence[FreeRoom], middles: np.ndarray) -> Group:
    numbers = sorted(chosen)
    across = middles[numbers][:, None, :] - middles[numbers][None, :, :]
    spread = float(np.hypot(across[..., 0], across[..., 1]).max())
    return Group(tuple(rooms[number].id for number in numbers), sum(rooms[n].area_m2 for n in numbers), spread)
