"""The most there is: where nowhere is enough space, which adjoining rooms of a floor come closest to what is needed."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import shapely

from fangdi.domain.adjoining import FreeRoom, Group, SpaceWanted, beside_each_other, spread
from fangdi.domain.facing import facing


def share_met(rooms: int, area_m2: float, wanted: SpaceWanted) -> float:
    """Return how much of what is needed rooms of `area_m2` together are, 0 to 1: the smaller share of the two."""
    of_area = area_m2 / wanted.min_area_m2 if wanted.min_area_m2 > 0 else 1.0
    return min(1.0, rooms / max(1, wanted.rooms), of_area)


def largest_groups(floors: Sequence[Sequence[FreeRoom]], wanted: SpaceWanted) -> list[Group]:
    """Return for each floor its adjoining rooms that are most of what is needed; every floor has a room at least."""
    if not floors:
        return []
    rooms = [room for floor in floors for room in floor]
    of_floor = np.repeat(np.arange(len(floors)), [len(floor) for floor in floors])
    outlines = np.array([room.outline for room in rooms])
    beside = beside_each_other(facing(outlines, of_floor, gap_m=wanted.gap_m), len(rooms))
    middles = shapely.get_coordinates(shapely.centroid(outlines))
    best: dict[int, tuple[float, float, list[int]]] = {}
    for numbers in _connected(beside):
        area = sum(rooms[number].area_m2 for number in numbers)
        offer = share_met(len(numbers), area, wanted), area, numbers
        floor = int(of_floor[numbers[0]])
        if floor not in best or offer[:2] > best[floor][:2]:
            best[floor] = offer
    return [
        Group(tuple(sorted(rooms[number].id for number in numbers)), area, spread(middles[numbers]))
        for _, area, numbers in (best[floor] for floor in range(len(floors)))
    ]


def _connected(beside: Mapping[int, frozenset[int]]) -> Iterator[list[int]]:
    """Return the rooms that hang together, each set once."""
    reached: set[int] = set()
    for start in beside:
        if start in reached:
            continue
        together, waiting = [], [start]
        reached.add(start)
        while waiting:
            number = waiting.pop()
            together.append(number)
            waiting.extend(beside[number] - reached)
            reached |= beside[number]
        yield together
