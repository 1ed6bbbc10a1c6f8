"""Outlines by themselves: those that cross themselves, have spikes, or an impossible size."""

import math
import re
from collections.abc import Iterator

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from fangdi.domain.plans.checks.limits import CheckLimits
from fangdi.domain.plans.checks.names import called
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import PlanFloor
from fangdi.domain.plans.shapes import Numbers, Shapes, array_of, widths_m

Positions = NDArray[np.intp]


def outlines(floor: PlanFloor, shapes: Shapes, *, limits: CheckLimits) -> Iterator[Finding]:
    """Check the outline of each room and of the floor; `shapes` are the rooms, cleaned where need be."""
    yield from _crossings(floor)
    yield from _spikes(floor, limits=limits)
    yield from _sizes(floor, shapes, limits=limits)


def _crossings(floor: PlanFloor) -> Iterator[Finding]:
    drawn: list[tuple[str | None, str | None, BaseGeometry]] = [
        (room.key, room.handle, room.outline.shape) for room in floor.rooms
    ]
    if floor.outline is not None:
        drawn.append((None, None, floor.outline.shape))
    for number in np.flatnonzero(~shapely.is_valid(array_of(shape for _, _, shape in drawn))):
        key, handle, shape = drawn[number]
        yield Finding(
            FindingCode.SELF_CROSSING,
            Severity.ERROR,
            floor=floor.key,
            rooms=(key,) if key else (),
            handle=handle,
            at=_where_invalid(shape),
            shape=shape,
        )


def _where_invalid(shape: BaseGeometry) -> Point | None:
    """Return the place that GEOS names: `Self-intersection[1.5 2]`."""
    found = re.search(r"\[(\S+) (\S+)", shapely.is_valid_reason(shape))
    return Point(float(found[1]), float(found[2].rstrip("]"))) if found else None


def _spikes(floor: PlanFloor, *, limits: CheckLimits) -> Iterator[Finding]:
    for number, tip, length in spikes(array_of(room.outline.shape for room in floor.rooms), limits=limits):
        room = floor.rooms[number]
        yield Finding(
            FindingCode.SPIKE,
            Severity.WARNING,
            {"room": called(room), "length_m": length},
            floor=floor.key,
            rooms=(room.key,),
            handle=room.handle,
            at=tip,
        )


def spikes(shapes: Shapes, *, limits: CheckLimits) -> list[tuple[int, Point, float]]:
    """Return where outlines go out and come back the same way: which shape, the tip, how long (m)."""
    rings, owner = shapely.get_rings(shapes, return_index=True)
    corners, ring = shapely.get_coordinates(rings, return_index=True)
    moves = np.append(True, (np.diff(corners, axis=0) != 0).any(axis=1) | (np.diff(ring) != 0))[: len(ring)]
    corners, ring = corners[moves], ring[moves]
    first = np.flatnonzero(np.diff(ring, prepend=-1))
    if not len(first):
        return []
    # every ring ends on its first corner, which so is left out, and comes before that one
    last = np.append(first[1:], len(ring)) - 1
    before, after = np.arange(len(ring)) - 1, np.arange(len(ring)) + 1
    before[first] = last - 1
    after[last] = np.minimum(first + 1, last)
    kept = np.ones(len(ring), dtype=bool)
    kept[last] = False
    tips = np.flatnonzero(kept & (_sharpness(corners, before, after) > math.cos(math.radians(limits.spike_degrees))))
    lengths = np.minimum(np.hypot(*(corners[before] - corners)[tips].T), np.hypot(*(corners[after] - corners)[tips].T))
    long = lengths >= limits.spike_m
    found = zip(tips[long], lengths[long], strict=True)
    return [(int(owner[ring[tip]]), Point(corners[tip]), float(length)) for tip, length in found]


def _sharpness(corners: Numbers, before: Positions, after: Positions) -> Numbers:
    """Return the cosine of the angle at each corner; 1 is a way out and back."""
    back, forth = corners[before] - corners, corners[after] - corners
    lengths = np.hypot(*back.T) * np.hypot(*forth.T)
    products = (back * forth).sum(axis=1)
    return np.asarray(np.divide(products, lengths, out=np.zeros_like(products), where=lengths > 0), dtype=float)


def _sizes(floor: PlanFloor, shapes: Shapes, *, limits: CheckLimits) -> Iterator[Finding]:
    """Tell rooms that are too small, too large or too narrow; the narrow ones by the circle that fits in."""
    areas, widths = shapely.area(shapes), widths_m(shapes)
    odd = (areas < limits.least_room_m2) | (areas > limits.most_room_m2) | (widths < limits.least_width_m)
    for number in np.flatnonzero(odd):
        room, shape = floor.rooms[number], shapes[number]
        width = 0.0 if shape.is_empty else 2 * shapely.maximum_inscribed_circle(shape).length
        sized = limits.least_room_m2 <= areas[number] <= limits.most_room_m2
        if sized and width >= limits.least_width_m:
            continue
        yield Finding(
            FindingCode.IMPOSSIBLE_SIZE,
            Severity.WARNING,
            {"room": called(room), "area_m2": room.outline.area_m2, "width_m": float(width)},
            floor=floor.key,
            rooms=(room.key,),
            handle=room.handle,
            at=None if shape.is_empty else shape.representative_point(),
        )
