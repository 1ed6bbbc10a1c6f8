"""The ground that a settlement grows on: where it may be built, its river and its lake, in metres of its frame."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from shapely import LineString, MultiPolygon, Point, Polygon, union_all
from shapely.geometry.base import BaseGeometry

from fangdi_gis_data.samples.programme import Settlement

_BORDER_M = 60
"""Nothing is built nearer to the border of the district, which its source has generalised to 1 km."""
_QUAY_M = (38.0, 70.0)
"""Width of the green strip between the water and the street along it."""
_RIVER_STEP_M = 40


@dataclass(frozen=True)
class Terrain:
    """The ground of a settlement; its centre is the origin."""

    settlement: Settlement
    outline: Polygon | MultiPolygon
    cores: BaseGeometry
    river: tuple[NDArray[np.float64], NDArray[np.float64]]  # its middle: how far along, how far from the centre there
    water: BaseGeometry
    shore: BaseGeometry  # the water and the green beside it

    def to_river(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
        """Return how far from the middle of the river points lie, in metres, and its direction there in radians."""
        turn = np.radians(self.settlement.river_deg)
        away, along = _turned(x, y, -turn)
        slope = np.interp(along, self.river[0], np.gradient(self.river[1], self.river[0]))
        distance = np.abs(away - np.interp(along, *self.river)) / np.hypot(1, slope)
        return distance, turn + np.arctan2(1, slope)

    def remoteness(self, x: float | NDArray[np.float64], y: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far out a point lies: 0 in the centre, 1 on the oval that the settlement fills."""
        along, across = _turned(x, y, -np.radians(self.settlement.angle_deg))
        remote: NDArray[np.float64] = np.hypot(
            along / (self.settlement.length_m / 2), across / (self.settlement.width_m / 2)
        )
        return remote


def survey(settlement: Settlement, district: BaseGeometry, cores: Sequence[BaseGeometry], *, rng: Generator) -> Terrain:
    """Return the ground of a settlement in its district, around the blocks that its towns have laid out."""
    built = union_all(list(cores))
    along, away = _river(settlement, rng)
    river = LineString(_turned(away, along, np.radians(settlement.river_deg)).T)
    quay = settlement.river_width_m / 2 + float(rng.uniform(*_QUAY_M))
    water, shore = river.buffer(settlement.river_width_m / 2), river.buffer(quay, quad_segs=4)
    if settlement.lake:
        lake, park = _lake(*settlement.lake, rng=rng)
        water, shore = water.union(lake), shore.union(park)
    keep = built.buffer(60)
    outline = _oval(settlement, rng).union(keep) & district.buffer(-_BORDER_M)
    return Terrain(settlement, outline, built, (along, away), water.difference(keep), shore.difference(keep))


def _turned(x: float | NDArray[np.float64], y: float | NDArray[np.float64], angle: float) -> NDArray[np.float64]:
    return np.array([x * np.cos(angle) - y * np.sin(angle), x * np.sin(angle) + y * np.cos(angle)])


def _oval(settlement: Settlement, rng: Generator) -> Polygon:
    """Return an oval whose edge goes in and out."""
    angle = np.linspace(0, 2 * np.pi, 120, endpoint=False)
    waves = sum(
        float(rng.uniform(0.03, 0.09)) * np.sin(lobes * angle + float(rng.uniform(0, 2 * np.pi)))
        for lobes in (2, 3, 5, 7)
    )
    along, across = settlement.length_m / 2 * (1 + waves), settlement.width_m / 2 * (1 + waves)
    turned = _turned(along * np.cos(angle), across * np.sin(angle), np.radians(settlement.angle_deg))
    return Polygon(turned.T)


def _river(settlement: Settlement, rng: Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a river that bends on its way past the centre: how far along, how far from the centre there."""
    reach = settlement.length_m * 0.75
    t = np.arange(-reach, reach, _RIVER_STEP_M)
    long, short = settlement.river_m * float(rng.uniform(2.6, 3.4)), settlement.river_m * float(rng.uniform(1.2, 1.5))
    bends = 0.17 * np.sin(2 * np.pi * t / long + float(rng.uniform(0, 6.28)))
    bends += 0.07 * np.sin(2 * np.pi * t / short + float(rng.uniform(0, 6.28)))
    return t, settlement.river_m * (1 + bends) + 0.12 * np.abs(t)


def _lake(direction_deg: float, distance_m: float, radius_m: float, *, rng: Generator) -> tuple[BaseGeometry, Polygon]:
    """Return a lake and the park around it."""
    angle = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    waves = 1 + 0.16 * np.sin(2 * angle + float(rng.uniform(0, 6.28))) + 0.1 * np.sin(3 * angle + 1)
    centre = Point(_turned(distance_m, 0, np.radians(direction_deg)))
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * (radius_m * waves)[:, None]
    middle = np.array([centre.x, centre.y])
    return Polygon(ring + middle), Polygon(ring * 1.55 + middle)
