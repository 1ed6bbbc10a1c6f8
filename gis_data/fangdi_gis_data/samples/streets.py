"""Traces the streets of a settlement along their directions: arterials first, then what lies between them."""

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

import numpy as np
import shapely
from numpy.random import Generator
from numpy.typing import NDArray
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from fangdi_gis_data.samples.directions import Raster, directions, net
from fangdi_gis_data.samples.terrain import Terrain

_NET_M = 30.0
_STEP_M = 20.0
_LONGEST = 500
"""Steps of one street in one direction."""
_CLOSE = 0.55
"""A street ends where it comes nearer to its neighbour than this part of the usual distance."""
_CENTIMETRES = 2


class Seed(NamedTuple):
    """Where a street may begin: a point, and whether it runs along (0) or across (1) the directions."""

    x: float
    y: float
    family: int


@dataclass(frozen=True)
class Streets:
    """The street lines of a settlement, by rank."""

    arterials: list[LineString]
    others: list[LineString]
    given: list[LineString]  # those between the towns' own blocks


@dataclass
class _Survey:
    """What the tracer knows: directions, where it may go, and how near the next street of a family may lie."""

    raster: Raster
    along: list[list[tuple[float, float]]]  # unit vector of the first family by row and column
    spacing: tuple[NDArray[np.float64], NDArray[np.float64]]
    open: NDArray[np.bool_]
    taken: NDArray[np.int8] = field(init=False)  # by family: 1 no street begins here, 2 none passes either

    def __post_init__(self) -> None:
        self.taken = np.zeros((2, *self.raster.x.shape), dtype=np.int8)

    def heading(self, x: float, y: float, family: int) -> tuple[float, float]:
        """Return a unit vector along a family's streets."""
        row, column = self.raster.cell(x, y)
        dx, dy = self.along[row][column]
        return (dx, dy) if family == 0 else (-dy, dx)

    def family_of(self, x: float, y: float, dx: float, dy: float) -> int:
        """Return the family that a street of a given direction belongs to."""
        ux, uy = self.heading(x, y, 0)
        return 0 if abs(ux * dx + uy * dy) >= abs(-uy * dx + ux * dy) else 1

    def gap(self, x: float, y: float, family: int) -> float:
        """Return the usual distance between two streets of a family at a point."""
        return float(self.spacing[family][self.raster.cell(x, y)])

    def take(self, line: Iterable[tuple[float, float]], family: int) -> None:
        """Keep other streets of the family away from a street."""
        for x, y in line:
            gap = self.gap(x, y, family) / _NET_M
            row, column = self.raster.cell(x, y)
            n = int(gap)
            r0, c0 = max(row - n, 0), max(column - n, 0)
            window = self.taken[family, r0 : row + n + 1, c0 : column + n + 1]
            disc = _disc(n, int(gap * _CLOSE))[r0 - row + n :, c0 - column + n :]
            np.maximum(window, disc[: window.shape[0], : window.shape[1]], out=window)


@cache
def _disc(outer: int, inner: int) -> NDArray[np.int8]:
    """Return a square with a disc of 1 and a smaller one of 2, radii in steps of the net."""
    y, x = np.ogrid[-outer : outer + 1, -outer : outer + 1]
    square = x * x + y * y
    disc: NDArray[np.int8] = (square <= outer**2).astype(np.int8) + (square <= inner**2).astype(np.int8)
    return disc


def lay_streets(
    terrain: Terrain, given: Sequence[LineString], towns: Sequence[tuple[float, float, float]], *, rng: Generator
) -> Streets:
    """Return the streets of a settlement; those of its towns are given."""
    raster = net(terrain, step=_NET_M)
    along = directions(terrain, raster, towns, rng=rng)
    spread = _spread(terrain, raster, rng)
    arterial_gap, gap = (760.0, 640.0), (205.0, 150.0)
    land = _covered(terrain.outline.difference(terrain.cores), raster)
    dry = land & ~_covered(terrain.shore, raster)

    wide = _Survey(raster, along, (spread * arterial_gap[0], spread * arterial_gap[1]), land)
    avenues = _avenues(terrain, rng)
    for line in avenues:
        _enter(wide, line)
    arterials = _trace_all(wide, _starts(terrain, every=170), least_m=800)

    fine = _Survey(raster, along, (spread * gap[0], spread * gap[1]), dry)
    banks = shapely.line_merge(terrain.shore.boundary & terrain.outline.buffer(2 * _STEP_M))
    quays = [line for line in shapely.get_parts(banks) if line.length > 5 * _STEP_M]
    drawn = [*_rings(terrain.cores), *avenues, *arterials, *quays]
    for line in drawn:
        _enter(fine, line)
    seeds = _starts(terrain, every=90)
    seeds += [seed for line in drawn for seed in _beside(fine, _stops(line))]
    others = _trace_all(fine, seeds, least_m=110)
    return Streets([*avenues, *arterials], [*quays, *others], list(given))


def _covered(shape: BaseGeometry, raster: Raster) -> NDArray[np.bool_]:
    shapely.prepare(shape)
    covered: NDArray[np.bool_] = shapely.contains_xy(shape, raster.x, raster.y)
    return covered


def _spread(terrain: Terrain, raster: Raster, rng: Generator) -> NDArray[np.float64]:
    """Return by how much blocks are larger or smaller than usual at each point: narrow inside, wide outside."""
    x, y = raster.x, raster.y
    waves = np.zeros_like(x)
    for wavelength in (2300, 1300, 800):
        turn, phase = rng.uniform(0, 2 * np.pi, size=2)
        waves += np.sin(2 * np.pi * (x * np.cos(turn) + y * np.sin(turn)) / wavelength + phase)
    return np.round((1 + 0.16 * waves) * (0.85 + 0.5 * np.clip(terrain.remoteness(x, y), 0, 1.2) ** 2), 4)


def _avenues(terrain: Terrain, rng: Generator) -> list[LineString]:
    """Return the streets that leave the centre nearly straight."""
    found = []
    for bearing in terrain.settlement.avenues_deg:
        reach = terrain.settlement.length_m * 0.55
        t = np.linspace(0, reach, 60)
        sway = float(rng.uniform(-0.18, 0.18)) * t * t / reach
        angle = np.radians(bearing)
        line = LineString(
            np.column_stack([t * np.cos(angle) - sway * np.sin(angle), t * np.sin(angle) + sway * np.cos(angle)])
        )
        parts = shapely.get_parts((line & terrain.outline).difference(terrain.cores.buffer(-5)))
        found += [part for part in parts if part.length > 300]
    return found


def _starts(terrain: Terrain, *, every: float) -> list[Seed]:
    """Return where streets begin at the edges of the towns' blocks, in steps of some metres."""
    stops = [stop for edge in _rings(terrain.cores.buffer(_NET_M)) for stop in _stops(edge, every=every)]
    return [Seed(x, y, family) for x, y in stops for family in (0, 1)]


def _rings(shape: BaseGeometry) -> list[LineString]:
    rings: list[LineString] = shapely.get_rings(shapely.get_parts(shape)).tolist()
    return rings


def _stops(line: LineString, *, every: float = _STEP_M) -> list[tuple[float, float]]:
    at = np.arange(0, line.length, every)
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(shapely.line_interpolate_point(line, at))]


def _enter(survey: _Survey, line: LineString) -> None:
    """Keep traced streets away from a line that was drawn otherwise."""
    stops = _stops(line)
    for (x, y), (nx, ny) in zip(stops[::3], stops[1::3], strict=False):
        survey.take([(x, y)], survey.family_of(x, y, nx - x, ny - y))


def _beside(survey: _Survey, stops: Sequence[tuple[float, float]]) -> list[Seed]:
    """Return where streets may begin along a street: those across it, and parallel ones at the usual distance."""
    found = []
    for (x, y), (nx, ny) in zip(stops[::2], stops[1::2], strict=False):
        family = survey.family_of(x, y, nx - x, ny - y)
        found.append(Seed(x, y, 1 - family))
        dx, dy = survey.heading(x, y, 1 - family)
        gap = survey.gap(x, y, family) * 1.04
        found += [Seed(x + gap * dx, y + gap * dy, family), Seed(x - gap * dx, y - gap * dy, family)]
    return found


def _trace_all(survey: _Survey, seeds: Iterable[Seed], *, least_m: float) -> list[LineString]:
    """Trace streets from the seeds, and from the streets so found, until no place is left."""
    waiting = deque(seeds)
    found = []
    while waiting:
        seed = waiting.popleft()
        row, column = survey.raster.cell(seed.x, seed.y)
        inside = 0 <= row < survey.open.shape[0] and 0 <= column < survey.open.shape[1]
        if not inside or not survey.open[row, column] or survey.taken[seed.family, row, column]:
            continue
        backward, forward = (_trace(survey, seed, sense) for sense in (-1, 1))
        line = [*reversed(backward), (seed.x, seed.y), *forward]
        survey.take([(seed.x, seed.y)], seed.family)
        if (len(line) - 1) * _STEP_M < least_m:
            continue
        survey.take(line[1:-1:3], seed.family)
        found.append(LineString(line))
        waiting.extend(_beside(survey, line[1:-1]))
    return found


def _trace(survey: _Survey, seed: Seed, sense: int) -> list[tuple[float, float]]:
    """Follow the directions from a seed until the street leaves the land, or comes too near to another or to itself."""
    x, y, family = seed
    dx, dy = (sense * part for part in survey.heading(x, y, family))
    line: list[tuple[float, float]] = []
    while len(line) < _LONGEST:
        ux, uy = survey.heading(x + dx * _STEP_M / 2, y + dy * _STEP_M / 2, family)
        turn = 1 if ux * dx + uy * dy >= 0 else -1
        dx, dy = ux * turn, uy * turn
        x, y = round(x + dx * _STEP_M, _CENTIMETRES), round(y + dy * _STEP_M, _CENTIMETRES)
        line.append((x, y))
        row, column = survey.raster.cell(x, y)
        if not survey.open[row, column] or survey.taken[family, row, column] == 2:
            line.append((x + dx * _STEP_M, y + dy * _STEP_M))
            break
        if len(line) > 8 and abs(x - seed.x) + abs(y - seed.y) < _STEP_M:
            break
    return line
