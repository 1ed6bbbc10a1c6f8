"""Rings straight from WKB, and which of them are certainly simple, so that GEOS need not look at them."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from fangdi.service.loading_outlines import MOST_CORNERS, Array, BoolArray, Rings

_POLYGON = bytes.fromhex("010300000001000000")
"""WKB, little-endian: polygon, one ring."""
_MULTIPOLYGON = bytes.fromhex("010600000001000000") + _POLYGON
"""The same as a multipolygon of one part."""

_ORIENTATION_ERROR = (3 + 16 * 2**-53) * 2**-53
"""Shewchuk, "Adaptive Precision Floating-Point Arithmetic and Fast Robust Predicates" (1997), ccwerrboundA."""

_SMALLEST = 1e-280
"""Below, products may underflow and the bound of the error no longer holds."""

_MOST = 1e100
"""Above, products overflow."""

_PIECE = 8192
"""Rings tested at a time: their corners and signs fit a processor's cache."""


def from_wkb(wkb: pa.Array, *, first: int) -> tuple[list[Rings], BoolArray]:
    """Return the polygons of one closed ring with few corners in a large_binary array, and where they are.

    `first` is the row of the array's first value.
    """
    offsets = np.frombuffer(wkb.buffers()[1], dtype=np.int64)[wkb.offset : wkb.offset + len(wkb) + 1]
    data = np.frombuffer(wkb.buffers()[2] or b"", dtype=np.uint8)
    taken = np.zeros(len(wkb), dtype=bool)
    found: list[Rings] = []
    lengths = np.where(np.asarray(wkb.is_valid()), np.diff(offsets), 0)
    for head in (_POLYGON, _MULTIPOLYGON):
        for points in range(4, MOST_CORNERS + 2):
            width = len(head) + 4 + 16 * points
            rows = np.flatnonzero(lengths == width)
            if not len(rows):
                continue
            start = np.frombuffer(head + points.to_bytes(4, "little"), dtype=np.uint8)
            if len(rows) == len(wkb):  # all alike, one after the other: no need to pick bytes
                shapes = data[offsets[0] : offsets[-1]].reshape(len(rows), width)
            else:
                shapes = data[offsets[rows][:, None] + np.arange(width)]
            corners = np.ascontiguousarray(shapes[:, len(start) :]).view(np.float64).reshape(len(rows), points, 2)
            good = (shapes[:, : len(start)] == start).all(axis=1) & (corners[:, 0] == corners[:, -1]).all(axis=1)
            good &= (np.abs(corners) < _MOST).all(axis=(1, 2))  # false for NaN
            taken[rows[good]] = True
            found.append(Rings(rows + first, corners) if good.all() else Rings(rows[good] + first, corners[good]))
    return found, taken


def certainly_simple(corners: Array) -> BoolArray:
    """Return which closed rings, (rings, corners + 1, 2), are simple beyond any rounding error.

    A ring is simple when no two of its sides touch except neighbours in their common corner. Rings that touch, or for
    which double precision cannot tell, are not certain.
    """
    pieces = [_simple(corners[at : at + _PIECE]) for at in range(0, len(corners), _PIECE)]
    return np.concatenate(pieces) if pieces else np.zeros(0, dtype=bool)


@dataclass(frozen=True)
class _Sides:
    """Sides of rings from corner i to i + 1, one array of all rings for each corner."""

    x: list[Array]
    y: list[Array]

    def turn(self, side: int, corner: int) -> np.ndarray[Any, np.dtype[np.int8]]:
        """Return on which side of a side a corner lies: 1 left, -1 right, 0 not certain."""
        ax, ay, bx, by = self.x[side], self.y[side], self.x[side + 1], self.y[side + 1]
        left = (ax - self.x[corner]) * (by - self.y[corner])
        right = (ay - self.y[corner]) * (bx - self.x[corner])
        determinant = left - right
        error = _ORIENTATION_ERROR * (np.abs(left) + np.abs(right)) + _SMALLEST
        return (determinant > error).astype(np.int8) - (determinant < -error).astype(np.int8)

    def onward(self, side: int) -> BoolArray:
        """Return where the next side certainly goes on forward, so that the two share no more than their corner."""
        here, after = side + 1, (side + 2) % (len(self.x) - 1)
        along_x = (self.x[here] - self.x[side]) * (self.x[after] - self.x[here])
        along_y = (self.y[here] - self.y[side]) * (self.y[after] - self.y[here])
        return along_x + along_y > _ORIENTATION_ERROR * (np.abs(along_x) + np.abs(along_y)) + _SMALLEST

    def apart(self, one: int, other: int) -> BoolArray:
        """Return where the boxes around two sides have no point in common."""
        apart = np.zeros(len(self.x[0]), dtype=bool)
        for axis in (self.x, self.y):
            a, b, c, d = axis[one], axis[one + 1], axis[other], axis[other + 1]
            apart |= (np.maximum(a, b) < np.minimum(c, d)) | (np.maximum(c, d) < np.minimum(a, b))
        return apart


def _simple(corners: Array) -> BoolArray:
    count = corners.shape[1] - 1
    columns = np.ascontiguousarray(np.moveaxis(corners, 0, 2))
    sides = _Sides([columns[i, 0] for i in range(count + 1)], [columns[i, 1] for i in range(count + 1)])
    turns = {
        (side, corner): sides.turn(side, corner)
        for side in range(count)
        for corner in range(count)
        if corner not in {side, (side + 1) % count}
    }
    simple = np.ones(len(corners), dtype=bool)
    for one in range(count):
        simple &= (turns[one, (one + 2) % count] != 0) | sides.onward(one)  # neighbours do not fold back
        for other in range(one + 2, count if one else count - 1):
            begin, end = turns[one, other], turns[one, (other + 1) % count]
            first, last = turns[other, one], turns[other, one + 1]
            simple &= (begin * end > 0) | (first * last > 0) | sides.apart(one, other)
    return simple
