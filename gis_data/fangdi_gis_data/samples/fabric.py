"""The street pattern of a town: a grid of blocks, bent and sheared until it looks grown."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from shapely import Point, Polygon, box

from fangdi_gis_data.samples.frame import on_grid
from fangdi_gis_data.samples.programme import Town

Cell = tuple[int, int]
Rectangle = tuple[float, float, float, float]
"""In the straight pattern, metres: u1, v1, u2, v2."""
_EDGE_STEP_M = 25
_STREET_M = (14.0, 26.0)
_ARTERY_M = 40.0
_HALF_STREET_M = 11.0
_BLOCK_M = (90.0, 165.0)


@dataclass(frozen=True)
class Fabric:
    """Blocks of a town: rectangles between straight streets, and the bend that makes them streets of a town."""

    blocks: dict[Cell, Rectangle]
    kept: frozenset[Cell]
    """The blocks that compounds stand in; the others may be joined."""
    bend: Callable[[NDArray[np.float64]], NDArray[np.float64]]

    def outline(self, rectangle: Rectangle, nodes: Iterable[tuple[float, float]] = ()) -> Polygon:
        """Return a rectangle of the straight pattern as it lies in the town's frame, in metres.

        `nodes` are corners of neighbours: those on its edges become its own, so that borders are shared exactly.
        """
        edge = box(*rectangle).exterior
        corners = sorted((edge.line_locate_point(Point(node)), node) for node in set(nodes) if edge.covers(Point(node)))
        ring = [node for _, node in corners] if corners else list(edge.coords)
        straight = shapely.segmentize(Polygon(ring), _EDGE_STEP_M)
        return on_grid(shapely.transform(straight, self.bend))

    def ground(self) -> dict[Cell, Polygon]:
        """Return each block with half of the streets around it, in the town's frame: together they leave no gap."""
        columns, rows = ({cell[axis]: (r[axis], r[axis + 2]) for cell, r in self.blocks.items()} for axis in (0, 1))
        across, along = _middles(columns), _middles(rows)
        found = {}
        for column, row in self.blocks:
            (u1, u2), (v1, v2) = across[column], along[row]
            found[column, row] = shapely.transform(shapely.segmentize(box(u1, v1, u2, v2), _EDGE_STEP_M), self.bend)
        return found

    def place(self, u: float, v: float) -> tuple[float, float, float]:
        """Return where a point of the straight pattern lies, and the direction of its street there in radians."""
        here, ahead = self.bend(np.array([[u - 5, v], [u + 5, v]]))
        x, y = (here + ahead) / 2
        return float(x), float(y), float(np.arctan2(ahead[1] - here[1], ahead[0] - here[0]))


def lay_out(town: Town, needs: Mapping[Cell, tuple[float, float]], *, rng: Generator) -> Fabric:
    """Return the blocks of a town, each at least as large as what is to stand in it (width, depth in metres)."""
    columns = _intervals(town.columns, {c: [w for (at, _), (w, _) in needs.items() if at == c] for c, _ in needs}, rng)
    rows = _intervals(town.rows, {r: [h for (_, at), (_, h) in needs.items() if at == r] for _, r in needs}, rng)
    centre = (columns[-1][1] / 2, rows[-1][1] / 2)
    blocks = {}
    for column, (u1, u2) in enumerate(columns):
        for row, (v1, v2) in enumerate(rows):
            reach = np.hypot((column + 0.5) / town.columns - 0.5, (row + 0.5) / town.rows - 0.5)
            ragged = reach + rng.uniform(-0.08, 0.08)
            if (column, row) in needs or ragged < 0.56:
                blocks[column, row] = (u1, v1, u2, v2)
    return Fabric(blocks, frozenset(needs), _bend(np.radians(town.angle_deg), centre, rng))


def _intervals(count: int, needs: Mapping[int, list[float]], rng: Generator) -> list[tuple[float, float]]:
    """Return the blocks' extents along one direction, with streets of several widths between them."""
    at = 0.0
    intervals = []
    for number in range(count):
        length = max([float(rng.uniform(*_BLOCK_M)), *needs.get(number, [])])
        intervals.append((at, at + length))
        at += length + (_ARTERY_M if number == count // 2 - 1 else float(rng.uniform(*_STREET_M)))
    return intervals


def _middles(intervals: Mapping[int, tuple[float, float]]) -> dict[int, tuple[float, float]]:
    """Widen each interval to the middle of the streets beside it."""
    order = sorted(intervals)
    middles = [(intervals[a][1] + intervals[b][0]) / 2 for a, b in pairwise(order)]
    first, last = intervals[order[0]][0] - _HALF_STREET_M, intervals[order[-1]][1] + _HALF_STREET_M
    return dict(zip(order, pairwise([first, *middles, last]), strict=True))


def _bend(
    angle: float, centre: tuple[float, float], rng: Generator
) -> Callable[[NDArray[np.float64]], NDArray[np.float64]]:
    """Return a smooth map from the straight pattern to the town: waves across both directions, a shear, a turn."""
    waves = rng.uniform([12, 620, 0, 12, 620, 0], [30, 1100, 6.28, 30, 1100, 6.28])
    shear = rng.uniform(-0.12, 0.12)
    cos, sin = np.cos(angle), np.sin(angle)

    def bend(straight: NDArray[np.float64]) -> NDArray[np.float64]:
        u, v = straight[:, 0] - centre[0], straight[:, 1] - centre[1]
        x = u + waves[0] * np.sin(2 * np.pi * v / waves[1] + waves[2]) + shear * v
        y = v + waves[3] * np.sin(2 * np.pi * u / waves[4] + waves[5])
        return np.column_stack([x * cos - y * sin, x * sin + y * cos])

    return bend
