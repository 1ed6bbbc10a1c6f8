"""Which outlines face each other: as much of one as a door lies within the gap of the other, seen from both sides.

Most rooms of a floor are rectangles whose walls run in the same two directions: turned straight, that is arithmetic for
them; the others are left to GEOS.
"""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

FACING_M = 1.2
"""Two rooms adjoin when they face each other over at least so much: a door and its frame; corners do not count."""

Floats: TypeAlias = npt.NDArray[np.float64]
Outlines: TypeAlias = npt.NDArray[np.object_]
Positions: TypeAlias = npt.NDArray[np.int64]

_EVEN_M = 1e-6
_TURNED = [1, 0, 3, 2]


def facing(outlines: Outlines, floors: Positions, *, gap_m: float) -> Positions:
    """Return which pairs (2 × n positions in `outlines`) face each other on a floor, at most `gap_m` (m) apart.

    `floors` says for each outline which floor it is on, from 0; those of a floor stand together.
    """
    reach = gap_m + _EVEN_M
    boxes = _boxes(outlines, floors)
    pairs = _within(boxes, floors, reach)
    spans = boxes[:, 2:] - boxes[:, :2]
    is_box = np.abs(shapely.area(outlines) - spans[:, 0] * spans[:, 1]) < _EVEN_M
    odd = ~is_box[pairs].all(axis=0)
    around = _around(outlines, pairs[:, odd], reach)
    for _ in ("from here", "and back"):
        one, other = pairs
        near = near_length(boxes[one], boxes[other], gap_m=reach)
        if odd.any():
            near[odd] = shapely.length(shapely.intersection(shapely.boundary(outlines[one[odd]]), around[other[odd]]))
        long_enough = near >= FACING_M + gap_m
        pairs, odd = pairs[::-1, long_enough], odd[long_enough]
    return pairs


def _boxes(outlines: Outlines, floors: Positions) -> Floats:
    """Return the boxes (n × west, south, east, north; m) of outlines when their floor is turned straight.

    Straight is a floor when the longest wall of its first room runs along an axis.
    """
    firsts = np.flatnonzero(np.diff(floors, prepend=-1))
    corners, of_first = shapely.get_coordinates(outlines[firsts], return_index=True)
    steps = np.diff(corners, axis=0)[of_first[1:] == of_first[:-1]]
    floor = of_first[1:][of_first[1:] == of_first[:-1]]
    longest_first = np.lexsort((-np.hypot(steps[:, 0], steps[:, 1]), floor))
    along = steps[longest_first[np.flatnonzero(np.diff(floor[longest_first], prepend=-1))]]
    along /= np.hypot(along[:, 0], along[:, 1])[:, None]
    xy, number = shapely.get_coordinates(outlines, return_index=True)
    east, north = along[floors[number]].T
    turned = np.column_stack((xy[:, 0] * east + xy[:, 1] * north, xy[:, 1] * east - xy[:, 0] * north))
    boxes: Floats = shapely.bounds(shapely.set_coordinates(outlines.copy(), turned))
    return boxes


def _within(boxes: Floats, floors: Positions, reach: float) -> Positions:
    """Return the pairs of boxes of one floor that are no further apart in either direction."""
    sizes = np.bincount(floors)
    firsts = np.cumsum(sizes) - sizes
    pairs = [np.stack(np.triu_indices(size, k=1)) + first for size, first in zip(sizes, firsts, strict=True)]
    one, other = both = np.concatenate(pairs, axis=1)
    apart = np.maximum(boxes[one, :2] - boxes[other, 2:], boxes[other, :2] - boxes[one, 2:])
    near: Positions = both[:, (apart <= reach).all(axis=1)]
    return near


def _around(outlines: Outlines, pairs: Positions, reach: float) -> Outlines:
    """Return outlines made wider, those of the pairs alone."""
    around: Outlines = np.full(len(outlines), None, dtype=object)
    if pairs.size:
        asked = np.unique(pairs)
        around[asked] = shapely.buffer(outlines[asked], reach)
    return around


def near_length(one: Floats, other: Floats, *, gap_m: float) -> Floats:
    """Return how much of each box (n × west, south, east, north; m) has the other within `gap_m`, m of its outline."""
    return _of_level_edges(one, other, gap_m=gap_m) + _of_level_edges(one[:, _TURNED], other[:, _TURNED], gap_m=gap_m)


def _of_level_edges(one: Floats, other: Floats, *, gap_m: float) -> Floats:
    """Return the same of the southern and northern edges; past its corners a box is as near as a circle around them."""
    y = one[:, [1, 3]]
    aside = np.maximum(np.maximum(other[:, [1]] - y, y - other[:, [3]]), 0)
    beyond = np.sqrt(np.maximum(gap_m**2 - aside**2, 0))
    shared = np.minimum(one[:, [2]], other[:, [2]] + beyond) - np.maximum(one[:, [0]], other[:, [0]] - beyond)
    near: Floats = np.where(aside <= gap_m, np.maximum(shared, 0), 0).sum(axis=1)
    return near
