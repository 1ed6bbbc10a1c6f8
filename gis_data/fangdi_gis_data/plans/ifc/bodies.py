"""Bodies of elements as triangles in metres, and the outlines that they cover on the plan."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import ifcopenshell.geom
import numpy as np
import shapely
from ifcopenshell import entity_instance
from shapely.geometry import MultiPolygon, Polygon

from fangdi.domain.plans.model import SAGITTA_M
from fangdi_gis_data.plans.ifc.prisms import Prism, upright_prism

Array = np.ndarray[Any, np.dtype[np.float64]]
Footprint: TypeAlias = Polygon | MultiPolygon

STEP_M = 0.6
"""The highest step inside a floor, m, as of a podium; what lies higher above the floor is the sill of a niche."""

_FLAT = 0.5
"""A face is floor where its normal leans less than 60° from the vertical: a ramp is, a wall is not."""
_GRID_M = 1e-7
"""Coordinates nearer than this are one: below the noise of stroking, above that of floating point."""
_LEAST_M2 = 1e-4
"""Smaller pieces are noise of the triangulation, m²."""


@dataclass(frozen=True, slots=True)
class Body:
    """Triangles of a closed body: (n, 3, 3) metres in the model's own axes, wound outward."""

    triangles: Array

    @property
    def bottom(self) -> float:
        """Return the lowest height, m."""
        return float(self.triangles[:, :, 2].min())

    @property
    def top(self) -> float:
        """Return the highest height, m."""
        return float(self.triangles[:, :, 2].max())

    @property
    def volume_m3(self) -> float:
        """Return the signed volume (divergence theorem): negative where the faces are wound inward."""
        a, b, c = (self.triangles[:, corner] - self.triangles[0, 0] for corner in range(3))
        return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6)

    def floor(self) -> Footprint:
        """Return what the body stands on: its faces that look down, from the lowest one up in steps.

        A roof that slopes over the floor leaves it as it is, and so does a niche in a wall above the floor.
        """
        lean = self._lean()
        down = self.triangles[lean < -_FLAT]
        return _covered(_stepwise(down)) if len(down) else Polygon()

    def shadow(self) -> Footprint:
        """Return all that the body covers, seen from above."""
        return _covered(self.triangles)

    def _lean(self) -> Array:
        """Return the vertical part of the outward unit normals: -1 looks straight down; 0 where there is no area."""
        normals = np.cross(
            self.triangles[:, 1] - self.triangles[:, 0], self.triangles[:, 2] - self.triangles[:, 0], axis=1
        )
        length = np.linalg.norm(normals, axis=1)
        outward = -1.0 if self.volume_m3 < 0 else 1.0
        lean: Array = np.divide(outward * normals[:, 2], length, out=np.zeros(len(length)), where=length > 0)
        return lean


Solid: TypeAlias = Body | Prism
"""A body of either kind."""


class Shaper:
    """Makes bodies of elements; openings for doors and windows stay in the walls, whose area they are part of."""

    def __init__(self, *, unit: float) -> None:
        self._unit = unit
        library: Any = ifcopenshell.geom  # its settings carry no types
        self._settings = library.settings()
        self._settings.set("use-world-coords", True)
        self._settings.set("disable-opening-subtractions", True)
        self._settings.set("mesher-linear-deflection", SAGITTA_M / 4)
        self._settings.set("no-normals", True)

    def body(self, element: entity_instance) -> Solid | None:
        """Return the body of an element, or None if it has none that can be computed."""
        if element.Representation is None:
            return None
        prism = upright_prism(element, self._unit)
        if prism is not None:
            return prism
        try:
            made: Any = ifcopenshell.geom.create_shape(self._settings, element)
        except RuntimeError:  # the library's one word for every shape that it cannot make
            return None
        geometry = made.geometry
        corners = np.frombuffer(geometry.verts_buffer, dtype=np.float64).reshape(-1, 3)
        faces = np.frombuffer(geometry.faces_buffer, dtype=np.int32).reshape(-1, 3)
        if not len(faces) or not np.isfinite(corners).all():
            return None
        return Body(corners[faces])


def _stepwise(down: Array) -> Array:
    """Return the faces from the lowest up, as long as none lies more than a step above those before it."""
    low, high = down[:, :, 2].min(axis=1), down[:, :, 2].max(axis=1)
    order = np.argsort(low, kind="stable")
    reached = np.maximum.accumulate(high[order])
    gap = np.flatnonzero(low[order][1:] > reached[:-1] + STEP_M)
    return down[order[: gap[0] + 1]] if len(gap) else down


def _covered(triangles: Array) -> Footprint:
    """Return the union of triangles on the plan."""
    flat = shapely.polygons(triangles[:, :, :2])
    flat = flat[shapely.area(flat) > _LEAST_M2 * 1e-4]
    if not len(flat):
        return Polygon()
    return polygons_of(shapely.simplify(shapely.union_all(flat, grid_size=_GRID_M), _GRID_M))


def polygons_of(shape: Any) -> Footprint:
    """Return the polygons of a shape that are large enough to be meant."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > _LEAST_M2]
    if not parts:
        return Polygon()
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
