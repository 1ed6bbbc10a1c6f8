"""Shapes of features as outlines of a plan: closed lines filled, crossing ones repaired and named."""

from collections.abc import Callable

import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi_gis_data.plans.layers.features import Feature

_CLOSES_M = 0.05
"""A line whose ends are nearer than this is closed."""

Report = Callable[[Finding], None]


def as_polygon(feature: Feature, report: Report) -> Polygon | MultiPolygon | None:
    """Return what a feature covers, or None; a line that does not close, or crosses itself, is reported."""
    shape = feature.shape
    if shape.geom_type in {"LineString", "MultiLineString"}:
        shape = _closed(feature, report)
    elif shape.geom_type == "GeometryCollection":
        shape = shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type in _AREAS])
    if shape is None or shape.is_empty or shape.geom_type not in _AREAS:
        return None
    if shape.is_valid:
        return shape
    repaired = only_polygons(shapely.make_valid(shape))
    if repaired is not None:
        at = Point(shapely.get_coordinates(repaired.representative_point())[0])
        code = FindingCode.SELF_CROSSING
        report(Finding(code, Severity.ERROR, {"layer": feature.layer}, handle=feature.handle, at=at, shape=repaired))
    return repaired


_AREAS = {"Polygon", "MultiPolygon"}


def lines_of(shape: BaseGeometry) -> list[LineString]:
    """Return the lines of a shape."""
    return [part for part in shapely.get_parts(shape) if part.geom_type == "LineString"]


def only_polygons(shape: BaseGeometry) -> Polygon | MultiPolygon | None:
    """Return the polygons in a shape, or None."""
    parts = [one for part in shapely.get_parts(shape) for one in shapely.get_parts(part) if one.geom_type == "Polygon"]
    parts = [part for part in parts if part.area > 0]
    if not parts:
        return None
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _closed(feature: Feature, report: Report) -> Polygon | MultiPolygon | None:
    rings = []
    for line in lines_of(feature.shape):
        ends = line.boundary.geoms
        gap = ends[0].distance(ends[1]) if len(ends) == 2 else 0.0
        if gap > _CLOSES_M or len(line.coords) < 4:
            values = {"gap_m": gap, "layer": feature.layer}
            report(Finding(FindingCode.UNCLOSED, Severity.ERROR, values, handle=feature.handle, at=ends[0], shape=line))
            continue
        rings.append(Polygon(line))
    return only_polygons(MultiPolygon(rings)) if rings else None
