"""Which way the streets of a settlement run: grids of several directions, rings about the centre, quays."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from fangdi_gis_data.samples.terrain import Terrain

Grid = NDArray[np.float64]
_QUARTERS = 5
"""Parts of a settlement whose streets have a direction of their own."""
_QUAY_REACH_M = 330
_DECIMALS = 6
"""Directions are rounded, so that machines whose sines differ in the last digit trace the same streets."""


@dataclass(frozen=True)
class Raster:
    """A square net of points over a settlement."""

    west: float
    south: float
    step: float
    x: Grid
    y: Grid

    def cell(self, x: float, y: float) -> tuple[int, int]:
        """Return row and column of the net's point that is nearest."""
        return round((y - self.south) / self.step), round((x - self.west) / self.step)


def net(terrain: Terrain, *, step: float) -> Raster:
    """Lay a net over a settlement, with some margin."""
    west, south, east, north = (float(round(value)) for value in terrain.outline.buffer(300).bounds)
    x, y = np.meshgrid(np.arange(west, east, step), np.arange(south, north, step))
    return Raster(west, south, step, x, y)


def directions(
    terrain: Terrain, raster: Raster, towns: Sequence[tuple[float, float, float]], *, rng: Generator
) -> list[list[tuple[float, float]]]:
    """Return a unit vector along the streets at each point of a net, by row and column; the others run across it.

    `towns` are x, y and the main street's direction in radians. Directions are summed with their angle doubled, so that
    a street and its reverse are the same.
    """
    x, y = raster.x, raster.y
    size = terrain.settlement.width_m
    cos, sin = np.zeros_like(x), np.zeros_like(x)

    def add(weight: Grid, angle: Grid | float) -> None:
        nonlocal cos, sin
        cos = cos + weight * np.cos(2 * angle)
        sin = sin + weight * np.sin(2 * angle)

    remote = terrain.remoteness(x, y)
    add(0.55 * np.clip(remote * 1.4 - 0.25, 0, 1), np.arctan2(y, x))
    for east, north, main in towns:
        add(2.2 * np.exp(-((x - east) ** 2 + (y - north) ** 2) / 750**2), main)
    for _ in range(_QUARTERS):
        bearing, away = rng.uniform(0, 2 * np.pi), rng.uniform(0.4, 0.95)
        east, north = size / 2 * away * np.cos(bearing), size / 2 * away * np.sin(bearing)
        reach = size * rng.uniform(0.11, 0.2)
        add(1.3 * np.exp(-((x - east) ** 2 + (y - north) ** 2) / reach**2), float(rng.uniform(0, np.pi)))
    add(*_along_the_river(terrain, raster))
    add(np.full_like(x, 0.12), float(rng.uniform(0, np.pi)))
    angle: Grid = np.arctan2(sin, cos) / 2 + 0.1 * np.sin(x / 310 + 1) * np.sin(y / 370)
    vectors = np.stack([np.cos(angle), np.sin(angle)], axis=-1).round(_DECIMALS)
    return [[(dx, dy) for dx, dy in row] for row in vectors.tolist()]


def _along_the_river(terrain: Terrain, raster: Raster) -> tuple[Grid, Grid]:
    """Return weight and direction of the pull that the river has on the streets beside it."""
    distance, angle = terrain.to_river(raster.x, raster.y)
    return 2.0 * np.exp(-((distance / _QUAY_REACH_M) ** 2)), angle
