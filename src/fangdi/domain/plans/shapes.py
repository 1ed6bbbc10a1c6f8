"""Polygons, as the rules of floor plans need them: valid, by themselves, with a width. All in metres and m²."""

from collections.abc import Iterable, Sequence
from typing import Any, cast

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from fangdi.domain.plans.model import Outline

Shapes = NDArray[np.object_]
"""An array of geometries."""

Numbers = NDArray[np.float64]

undisturbed = np.errstate(all="ignore")
"""Decorates functions that hand odd shapes to GEOS, which divides by zero where that does not matter."""

GRID_M = 1e-6
"""Where edges nearly meet they are laid on a grid of a micrometre, so that they do, and leave no threads between."""

SAME_AREA = 1e-9
"""Relative difference up to which two areas of one shape are the same: far above the last bits, far below 1 mm²."""


def array_of(shapes: Iterable[BaseGeometry]) -> Shapes:
    """Return geometries as an array, which numpy must not take apart."""
    listed = list(shapes)
    made = np.empty(len(listed), dtype=object)
    made[:] = listed
    return made


def polygons(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """Return what is area in a geometry; lines and points that an operation left behind are dropped."""
    if isinstance(shape, Polygon | MultiPolygon):
        return shape
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon | MultiPolygon)]
    return cast("Polygon | MultiPolygon", polygons_united(parts))


def polygons_united(shapes: Iterable[BaseGeometry]) -> Polygon | MultiPolygon:
    """Return the union of polygons, which may overlap; quick where most of them do not."""
    made = array_of(shapes)
    if not made.size:
        return Polygon()
    united = shapely.disjoint_subset_union_all(made)
    return united if isinstance(united, Polygon | MultiPolygon) else polygons(united)


def minus(shape: BaseGeometry, taken: BaseGeometry) -> Polygon | MultiPolygon:
    """Return what is left of polygons when others are taken off; no lines or points, which GEOS may leave too."""
    return polygons(shapely.difference(shape, taken))


def common(shape: BaseGeometry, other: BaseGeometry) -> Polygon | MultiPolygon:
    """Return the ground that polygons have in common, without the lines and points where they only touch."""
    return polygons(shapely.intersection(shape, other))


def cleaned(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """Return a self-crossing shape as polygons that do not cross, each lobe with its own area.

    GEOS 3.14 may hand back lobes that share an edge, which is no valid shape either: these are united.
    """
    lobes = polygons(shapely.make_valid(shape, method="structure", keep_collapsed=False))
    return lobes if lobes.is_valid else polygons(shapely.union_all(shapely.get_parts(lobes)))


def valid_outlines(outlines: Sequence[Outline]) -> Shapes:
    """Return the shapes of outlines, those that cross themselves cleaned, so that they can be compared.

    Corners are rounded to a nanometre: GEOS divides by what is nearer to zero than that, and fails.
    """
    shapes: Shapes = shapely.transform(array_of(outline.shape for outline in outlines), lambda xy: np.round(xy, 9))
    for number in np.flatnonzero(~shapely.is_valid(shapes)):
        shapes[number] = cleaned(shapes[number])
    return shapes


def widths_m(shapes: Any) -> Numbers:
    """Return for each shape how wide a rectangle of the same area and perimeter is, m.

    Exact for rectangles, close for anything long and thin, whichever way it bends. What is rounder than a square has
    the width of a square of the same perimeter; an empty shape has none.
    """
    halves = shapely.length(shapes) / 2
    return np.asarray((halves - np.sqrt(np.maximum(halves**2 - 4 * shapely.area(shapes), 0))) / 2, dtype=float)


def buffered(shapes: Any, distance_m: float) -> Any:
    """Return shapes grown or, below 0, shrunk by a distance, corners kept sharp (mitred)."""
    return shapely.buffer(shapes, distance_m, join_style="mitre")
