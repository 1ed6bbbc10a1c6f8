"""The same floor twice: two floors of a plan whose rooms are nearly the same once one lies on the other."""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
import shapely
from shapely import affinity

from fangdi.domain.plans.checks.limits import CheckLimits
from fangdi.domain.plans.checks.names import same_number
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import PlanFloor
from fangdi.domain.plans.shapes import Shapes, array_of


def twins(floors: tuple[PlanFloor, ...], shapes: list[Shapes], *, limits: CheckLimits) -> Iterator[Finding]:
    """Compare every two floors that could be the same.

    Standard floors (标准层) of a tower have the same rooms but other numbers: these are no finding. Floors of different
    levels are a note only, as towers without numbers look like that too.
    """
    sizes = [np.sort(shapely.area(rooms)) for rooms in shapes]
    for one, other in combinations(range(len(floors)), 2):
        total = sizes[one].sum()
        if not total or len(sizes[one]) != len(sizes[other]):
            continue
        if np.abs(sizes[one] - sizes[other]).sum() > 2 * (1 - limits.twin_share) * total:
            continue
        share, same_numbers = _in_common(floors[one], shapes[one], floors[other], shapes[other], limits=limits)
        if share >= limits.twin_share and same_numbers:
            levels = floors[one].level, floors[other].level
            apart = None not in levels and levels[0] != levels[1]
            yield Finding(
                FindingCode.SAME_FLOOR_TWICE,
                Severity.NOTE if apart else Severity.WARNING,
                {"name": floors[other].name, "other": floors[one].name, "share": share},
                floor=floors[other].key,
            )


def _in_common(
    one: PlanFloor, rooms: Shapes, other: PlanFloor, others: Shapes, *, limits: CheckLimits
) -> tuple[float, bool]:
    """Return the share of area in rooms that both floors have, and whether these bear the same numbers, or none."""
    bounds, moved_bounds = shapely.total_bounds(rooms), shapely.total_bounds(others)
    east, north = ((bounds - moved_bounds)[:2] + (bounds - moved_bounds)[2:]) / 2
    moved = array_of(affinity.translate(room, east, north) for room in others)
    left, right = shapely.STRtree(moved).query(rooms, predicate="intersects")
    common = shapely.area(shapely.intersection(rooms[left], moved[right]))
    ious = common / (shapely.area(rooms[left]) + shapely.area(moved[right]) - common)
    alike = np.flatnonzero(ious >= limits.twin_iou)
    numbers = [
        (same_number(one.rooms[left[pair]].number), same_number(other.rooms[right[pair]].number)) for pair in alike
    ]
    borne = [pair for pair in numbers if pair != (None, None)]
    same = sum(first == second for first, second in borne)
    return float(common[alike].sum() / shapely.area(rooms).sum()), 2 * same >= len(borne)
