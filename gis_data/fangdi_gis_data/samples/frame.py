"""The metric frame that one town's plans are drawn in, and the way from it to the map."""

from collections.abc import Callable
from functools import cached_property
from typing import TypeVar

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

PLAN_GRID_M = 1e-4
"""Plans are rounded to a tenth of a millimetre, so that every machine stores the same figures."""
MAP_DECIMALS = 9
"""Decimals of a degree: a tenth of a millimetre."""

Points = NDArray[np.float64]
G = TypeVar("G", bound=shapely.Geometry)


class Frame:
    """A transverse Mercator of its own at a point: within 2 km its metres are true to some 1e-7."""

    def __init__(self, lon: float, lat: float) -> None:
        self.lon = lon
        self.lat = lat
        self.crs = f"+proj=tmerc +lat_0={lat} +lon_0={lon} +k=1 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +no_defs +type=crs"

    @cached_property
    def _to_map(self) -> Transformer:
        return Transformer.from_crs(self.crs, "EPSG:4490", always_xy=True)

    def to_map(self, plan: G) -> G:
        """Return a geometry in frame metres as EPSG:4490, longitude first."""

        def degrees(metres: Points) -> Points:
            lon, lat = self._to_map.transform(metres[:, 0], metres[:, 1])
            return np.round(np.column_stack([lon, lat]), MAP_DECIMALS)

        return _moved(plan, degrees)

    def from_map(self, shape: G) -> G:
        """Return a geometry in EPSG:4490, longitude first, in metres of the frame."""

        def metres(degrees: Points) -> Points:
            return np.column_stack(self._to_map.transform(degrees[:, 0], degrees[:, 1], direction="INVERSE"))

        return _moved(shape, metres)


def _moved(plan: G, change: Callable[[Points], Points]) -> G:
    """Return a geometry of the same kind with other coordinates."""
    moved: G = shapely.transform(plan, change)
    return moved


def on_grid(plan: G) -> G:
    """Round the coordinates of a plan."""
    return _moved(plan, lambda metres: np.round(metres / PLAN_GRID_M) * PLAN_GRID_M)


def placed(plan: G, *, x: float, y: float, angle: float) -> G:
    """Turn a plan about its origin by an angle in radians, counter-clockwise, and move it to a point of the frame."""
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    return on_grid(_moved(plan, lambda metres: metres @ turn + (x, y)))
