"""Outlines (轮廓) of many rows: simple rings as blocks of corners in numpy arrays, everything else as shapely shapes.

Nearly all rooms are polygons of one ring with few corners. As blocks, (rings, corners, 2), they are checked, projected,
measured and written without a Python object each, which is several times as fast.
"""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from fangdi.store.loading_binary import multipolygons, ring_multipolygons

BoolArray = np.ndarray[Any, np.dtype[np.bool_]]
Shapes = np.ndarray[Any, np.dtype[np.object_]]
"""Array of shapely geometries; None where a row has none."""
Array = np.ndarray[Any, np.dtype[np.float64]]
Positions = np.ndarray[Any, np.dtype[np.int64]]

Move = Callable[[Array, Array], tuple[Array, Array]]
"""Takes coordinates, first and second axis, and returns them moved; each point for itself."""

_CHUNK = 65_536
"""Shapes that a thread is given at a time: numpy, GEOS and PROJ work without the interpreter's lock."""

_NOWHERE = np.zeros(0, dtype=np.int64)

MOST_CORNERS = 16
"""Rings with more go to GEOS: testing each side against every other by numpy no longer pays."""


def in_threads(function: Callable[[Any], Any], values: Any) -> Any:
    """Apply a function that works element by element to an array by pieces, on two threads."""
    if len(values) <= _CHUNK:
        return function(values)
    pieces = [values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK)]
    with ThreadPoolExecutor(2) as pool:
        return np.concatenate(list(pool.map(function, pieces)))


@dataclass(frozen=True)
class Rings:
    """Rings with equally many corners, each of one row: `corners` is (rings, corners + 1, 2), closed."""

    at: Positions
    """The row of each ring, ascending."""
    corners: Array

    def part(self, keep: Any) -> "Rings":
        """Return some of the rings, by mask, at the same rows."""
        return Rings(self.at[keep], self.corners[keep])

    def area(self) -> Array:
        """Return areas in the square of the unit, adding up in the order in which GEOS does, to the same last bit."""
        x, y = self.corners[:, :, 0], self.corners[:, :, 1]
        total = np.zeros(len(x))
        for i in range(1, x.shape[1] - 1):
            total += (x[:, i] - x[:, 0]) * (y[:, i - 1] - y[:, i + 1])
        return np.abs(total / 2)

    def moved(self, move: Move) -> "Rings":
        """Return the rings with every corner moved, still closed."""
        moved = np.empty_like(self.corners)
        x = np.ascontiguousarray(self.corners[:, :-1, 0])
        y = np.ascontiguousarray(self.corners[:, :-1, 1])
        new_x, new_y = move(x.ravel(), y.ravel())
        moved[:, :-1, 0], moved[:, :-1, 1] = new_x.reshape(x.shape), new_y.reshape(x.shape)
        moved[:, -1] = moved[:, 0]
        return Rings(self.at, moved)

    def polygons(self) -> Shapes:
        """Return the rings as polygons."""
        return np.asarray(shapely.polygons(self.corners), dtype=object)


def joined(blocks: list[Rings]) -> tuple[Rings, ...]:
    """Return the rings in one block for each number of corners, their rows ascending."""
    by_points: dict[int, list[Rings]] = {}
    for block in blocks:
        if len(block.at):
            by_points.setdefault(block.corners.shape[1], []).append(block)
    found = []
    for _, same in sorted(by_points.items()):
        at = np.concatenate([block.at for block in same])
        corners = np.concatenate([block.corners for block in same])
        if not (at[1:] > at[:-1]).all():
            order = np.argsort(at, kind="stable")
            at, corners = at[order], corners[order]
        found.append(Rings(at, corners))
    return tuple(found)


@dataclass(frozen=True)
class Outlines:
    """The shapes of rows: each row has a ring, or a shape in `others`, or nothing."""

    rings: tuple[Rings, ...]
    others: Shapes

    @classmethod
    def of(cls, shapes: Iterable[Any]) -> "Outlines":
        """Return outlines that are all shapely shapes."""
        return cls((), np.asarray(shapes, dtype=object))

    @classmethod
    def joined(cls, parts: Sequence["Outlines"]) -> "Outlines":
        """Return the outlines of several parts, one after the other."""
        first = np.cumsum([0, *(len(part) for part in parts)])
        placed = zip(parts, first, strict=False)
        blocks = [Rings(block.at + begin, block.corners) for part, begin in placed for block in part.rings]
        return cls(joined(blocks), np.concatenate([np.zeros(0, dtype=object), *(part.others for part in parts)]))

    def __len__(self) -> int:
        return len(self.others)

    def missing(self) -> BoolArray:
        """Return where a row has no shape, or an empty one."""
        missing = np.asarray(shapely.is_missing(self.others) | shapely.is_empty(self.others))
        for block in self.rings:
            missing[block.at] = False
        return missing

    def shapes(self) -> Shapes:
        """Return all of them as shapely shapes."""
        if not self.rings:
            return self.others
        shapes = self.others.copy()
        for block in self.rings:
            shapes[block.at] = block.polygons()
        return shapes

    def measured(self, rings: Callable[[Array], Any], others: Callable[[Shapes], Any]) -> Array:
        """Return numbers of each row, from the corners of rings by one function, from other shapes by the other."""
        found = np.asarray(others(self.others), dtype=np.float64)
        for block in self.rings:
            found[block.at] = in_threads(rings, block.corners)
        return found

    def area(self) -> Array:
        """Return areas in the square of the unit; NaN where there is no shape."""
        found = np.asarray(shapely.area(self.others), dtype=np.float64)
        for block in self.rings:
            found[block.at] = block.area()
        return found

    def bounds(self) -> Array:
        """Return least x, least y, most x, most y; NaN where there is no shape."""
        return self.measured(_ring_bounds, shapely.bounds)

    def centroids(self) -> Array:
        """Return the centroids, (rows, 2); NaN where there is no shape."""
        return self.measured(
            lambda corners: shapely.get_coordinates(shapely.centroid(shapely.polygons(corners))), _centroids
        )

    def moved(self, move: Move) -> "Outlines":
        """Return the outlines with every coordinate moved; many of them on two threads."""
        others = self.others
        if not shapely.is_missing(others).all():
            others = np.asarray(shapely.transform(others, move, interleaved=False))
        blocks = []
        for block in self.rings:
            corners = in_threads(lambda part: Rings(_NOWHERE, part).moved(move).corners, block.corners)
            blocks.append(Rings(block.at, corners))
        return Outlines(tuple(blocks), others)

    def without(self, where: BoolArray | Any) -> "Outlines":
        """Return the outlines without those where the mask is true."""
        mask = np.asarray(where, dtype=bool)
        if not mask.any():
            return self
        others = self.others.copy()
        others[mask] = None
        return Outlines(tuple(block.part(~mask[block.at]) for block in self.rings), others)

    def with_others(self, others: Shapes) -> "Outlines":
        """Return the outlines with other shapely shapes."""
        return Outlines(self.rings, others)

    def part(self, rows: slice) -> "Outlines":
        """Return the outlines of consecutive rows."""
        begin, end, _ = rows.indices(len(self))
        if (begin, end) == (0, len(self)):
            return self
        blocks = []
        for block in self.rings:
            low, high = np.searchsorted(block.at, [begin, end])
            if high > low:
                blocks.append(Rings(block.at[low:high] - begin, block.corners[low:high]))
        return Outlines(tuple(blocks), self.others[begin:end])

    def take(self, records: Positions | BoolArray) -> "Outlines":
        """Return the outlines of these rows, by position or mask; a row may come more than once."""
        wanted = np.flatnonzero(records) if records.dtype == bool else records
        blocks = []
        for block in self.rings:
            where = np.full(len(self), -1)
            where[block.at] = np.arange(len(block.at))
            ring = where[wanted]
            at = np.flatnonzero(ring >= 0)
            blocks.append(Rings(at, block.corners[ring[at]]))
        return Outlines(tuple(blocks), self.others[wanted])

    def multipolygons(self, srid: int) -> pa.Array:
        """Return EWKB multipolygons; null where there is no shape."""
        blocks = [block for block in self.rings if len(block.at)]
        if len(blocks) == 1 and len(blocks[0].at) == len(self):
            return ring_multipolygons(blocks[0].corners, srid)
        if not blocks:
            return multipolygons(self.others, srid)
        there = np.flatnonzero(~shapely.is_missing(self.others))
        parts = [ring_multipolygons(block.corners, srid) for block in blocks]
        rows = np.concatenate([*(block.at for block in blocks), there])
        place = np.full(len(self), -1)
        place[rows] = np.arange(len(rows))
        everything = pa.concat_arrays([*parts, multipolygons(self.others[there], srid)])
        return everything.take(pa.array(place, mask=place < 0))


def _ring_bounds(corners: Array) -> Array:
    """Return the bounds of rings, corner by corner: a reduction over so short an axis is slow."""
    bounds = np.concatenate([corners[:, 0], corners[:, 0]], axis=1)
    for i in range(1, corners.shape[1] - 1):
        np.minimum(bounds[:, :2], corners[:, i], out=bounds[:, :2])
        np.maximum(bounds[:, 2:], corners[:, i], out=bounds[:, 2:])
    return bounds


def _centroids(shapes: Shapes) -> Array:
    points = shapely.centroid(shapes)
    return np.column_stack([shapely.get_x(points), shapely.get_y(points)])
