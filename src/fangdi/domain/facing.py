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


def facing(outlines: npt.NDArray[np.object_], pairs: npt.NDArray[np.int64], *, gap_m: float) -> npt.NDArray[np.bool_]:
    """Tell by pair whether the two face each other with at most `gap_m` between; `pairs` are 2 × n positions."""
    outlines = _straight(outlines)
    boxes = shapely.bounds(outlines)
    is_box = (shapely.get_num_coordinates(outlines) == len("ABCDA")) & np.isclose(
        shapely.area(outlines), (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    )
    edges, around = shapely.boundary(outlines), np.full(len(outlines), None, dtype=object)
    drawn = np.unique(pairs[:, ~is_box[pairs].all(axis=0)])
    around[drawn] = shapely.buffer(outlines[drawn], gap_m + 1e-6)

    def sees(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
        near = near_length(boxes[one], boxes[other], gap_m=gap_m + 1e-6)
        odd = ~(is_box[one] & is_box[other])
        near[odd] = shapely.length(shapely.intersection(edges[one[odd]], around[other[odd]]))
        return near >= FACING_M + gap_m

    found = sees(pairs[0], pairs[1])
    found[found] = sees(pairs[1, found], pairs[0, found])
    return found


def _straight(outlines: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Turn a floor so that the longest wall of its first room runs along an axis."""
    steps = np.diff(shapely.get_coordinates(outlines[0]), axis=0)
    along, up = steps[np.argmax(np.hypot(steps[:, 0], steps[:, 1]))]
    turn = np.array([[along, -up], [up, along]]) / np.hypot(along, up)
    turned: npt.NDArray[np.object_] = shapely.transform(outlines, lambda xy: xy @ turn)
    return turned


def near_length(one: Floats, other: Floats, *, gap_m: float) -> Floats:
    """Return how much of each box (n × west, south, east, north; m) has the other within `gap_m`, m of its outline."""
    turned = [1, 0, 3, 2]
    return _of_level_edges(one, other, gap_m=gap_m) + _of_level_edges(one[:, turned], other[:, turned], gap_m=gap_m)


def _of_level_edges(one: Floats, other: Floats, *, gap_m: float) -> Floats:
    """Return the same of the southern and northern edges; past its corners a box is as near as a circle around them."""
    near = np.zeros(len(one))
    for y in (one[:, 1], one[:, 3]):
        aside = np.maximum(np.maximum(other[:, 1] - y, y - other[:, 3]), 0)
        beyond = np.sqrt(np.maximum(gap_m**2 - aside**2, 0))
        shared = np.minimum(one[:, 2], other[:, 2] + beyond) - np.maximum(one[:, 0], other[:, 0] - beyond)
        near += np.where(aside <= gap_m, np.maximum(shared, 0), 0)
    return near
