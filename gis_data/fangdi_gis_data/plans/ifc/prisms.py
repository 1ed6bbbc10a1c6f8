"""Upright prisms: bodies that are an outline with straight sides drawn up; their footprint is the outline itself.

Most rooms and walls are of this kind, and read ten times as fast as through the geometry kernel, and without its noise.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import ifcopenshell.util.placement as placements
import numpy as np
from ifcopenshell import entity_instance
from shapely.geometry import Polygon

_UPRIGHT = 1e-6
"""How far the axis may lean, sine of the angle."""
_MOST_CORNERS = 10_000


@dataclass(frozen=True, slots=True)
class Prism:
    """A body over an outline, from `bottom` to `top`; metres in the model's own axes."""

    outline: Polygon
    bottom: float
    top: float

    def floor(self) -> Polygon:
        """Return what the body stands on."""
        return self.outline

    def shadow(self) -> Polygon:
        """Return all that the body covers, seen from above."""
        return self.outline


def upright_prism(element: entity_instance, unit: float) -> Prism | None:
    """Return the body of an element as a prism, or None if it is no single upright one with straight sides."""
    try:
        solid = _solid(element)
        outline = _outline(solid.SweptArea) if solid is not None else None
        if solid is None or outline is None:
            return None
        return _placed(element, solid, outline, unit)
    except (
        AttributeError,
        TypeError,
        ValueError,
        IndexError,
        RuntimeError,
        RecursionError,
    ):  # damaged: the kernel judges
        return None


def _solid(element: entity_instance) -> Any:
    """Return the one extruded solid that an element's body is."""
    bodies = [one for one in element.Representation.Representations if one.RepresentationIdentifier == "Body"]
    if len(bodies) != 1 or len(bodies[0].Items) != 1:
        return None
    solid = bodies[0].Items[0]
    return solid if solid.is_a() == "IfcExtrudedAreaSolid" else None


def _outline(profile: Any) -> list[list[tuple[float, float]]] | None:
    """Return the outer ring of a profile and its holes, in its own plane, or None if it has curves."""
    kind = profile.is_a()
    if kind == "IfcArbitraryClosedProfileDef":
        return _rings([profile.OuterCurve])
    if kind == "IfcArbitraryProfileDefWithVoids":
        return _rings([profile.OuterCurve, *profile.InnerCurves])
    return None


def _rings(curves: Sequence[Any]) -> list[list[tuple[float, float]]] | None:
    rings = []
    for curve in curves:
        if curve.is_a("IfcPolyline"):
            ring = [tuple(point.Coordinates[:2]) for point in curve.Points]
        elif curve.is_a("IfcIndexedPolyCurve") and not curve.Segments:
            ring = [tuple(point[:2]) for point in curve.Points.CoordList]
        else:
            return None
        if not 3 <= len(ring) <= _MOST_CORNERS:
            return None
        rings.append(ring)
    return rings


def _placed(element: entity_instance, solid: Any, rings: list[list[tuple[float, float]]], unit: float) -> Prism | None:
    """Put the outline where it stands, if it lies flat and is drawn straight up or down."""
    where = placements.get_local_placement(element.ObjectPlacement)
    if solid.Position is not None:
        where = where @ placements.get_axis2placement(solid.Position)
    turn = where[:3, :3]
    axis = turn @ np.asarray(solid.ExtrudedDirection.DirectionRatios, dtype=float)
    axis /= np.linalg.norm(axis)
    if math.hypot(axis[0], axis[1]) > _UPRIGHT or math.hypot(turn[2, 0], turn[2, 1]) > _UPRIGHT:
        return None
    moved = [np.asarray(ring, dtype=float) @ turn[:2, :2].T + where[:2, 3] for ring in rings]
    outline = Polygon(moved[0] * unit, [ring * unit for ring in moved[1:]])
    ends = sorted((where[2, 3] * unit, (where[2, 3] + float(axis[2]) * float(solid.Depth)) * unit))
    usable = outline.is_valid and outline.area > 0 and all(math.isfinite(end) for end in ends) and ends[0] < ends[1]
    return Prism(outline, ends[0], ends[1]) if usable else None
