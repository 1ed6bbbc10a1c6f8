"""How well rooms and labels of a plan fit together: the measure of how far rooms found between walls can be trusted."""

from dataclasses import dataclass

import shapely

from fangdi.domain.plans.model import Plan, PlanFloor
from fangdi.domain.plans.shapes import array_of


@dataclass(frozen=True, slots=True)
class LabelShare:
    """Labels of rooms on a plan: all, those in exactly one room, and those of them that have it for themselves."""

    labels: int
    in_one_room: int
    alone_in_it: int

    def __add__(self, other: "LabelShare") -> "LabelShare":
        """Add up the labels of different floors."""
        return LabelShare(
            self.labels + other.labels, self.in_one_room + other.in_one_room, self.alone_in_it + other.alone_in_it
        )


def label_share(plan: Plan) -> LabelShare:
    """Count labels and rooms that found each other, over all floors."""
    return sum((_on_floor(floor) for floor in plan.floors), LabelShare(0, 0, 0))


def _on_floor(floor: PlanFloor) -> LabelShare:
    if not floor.labels or not floor.rooms:
        return LabelShare(len(floor.labels), 0, 0)
    tree = shapely.STRtree(array_of(room.outline.shape for room in floor.rooms))
    labels, rooms = tree.query(array_of(label.at for label in floor.labels), predicate="intersects")
    held: dict[int, list[int]] = {}
    for label, room in zip(labels.tolist(), rooms.tolist(), strict=True):
        held.setdefault(label, []).append(room)
    homes = [found[0] for found in held.values() if len(found) == 1]
    return LabelShare(len(floor.labels), len(homes), sum(homes.count(home) == 1 for home in homes))
