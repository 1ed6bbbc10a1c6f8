"""Fitting two neighbours to each other: one of them takes the crack or gives up the overlap."""

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from fangdi.domain.plans.checks.names import called
from fangdi.domain.plans.repairs.proposal import LIMITS, Case, Repair, RepairKind, reshaped, words_of
from fangdi.domain.plans.shapes import GRID_M, common, polygons, polygons_united

CRUMB_M2 = 1e-6
"""Pieces below a square millimetre are left over from cutting along nearly equal edges."""


def snap(case: Case) -> Repair | None:
    """Let the larger of two neighbours take the crack or give up the overlap: its area changes least in proportion."""
    about, sliver = case.about(), case.finding.shape
    if len(about) != 2 or sliver is None or not all(room.outline.shape.is_valid for _, room in about):
        return None
    (floor, large), (_, small) = sorted(about, key=lambda found: (-found[1].outline.area_m2, found[1].key))
    overlap = common(large.outline.shape, small.outline.shape)
    if common(overlap, sliver).area > sliver.area / 2:
        after = shapely.difference(large.outline.shape, sliver, grid_size=GRID_M)
    else:
        after = shapely.union(large.outline.shape, _touching(sliver, large.outline.shape), grid_size=GRID_M)
    outline = reshaped(large.outline, _without_crumbs(after))
    return Repair(
        case.finding.code,
        RepairKind.SNAP,
        floor.key,
        (large.key, small.key),
        large.outline,
        outline,
        words_of(
            f"“{called(large)}”与“{called(small)}”吻合",
            f"Fit “{called(large)}” to “{called(small)}”",
            outline.area_m2 - large.outline.area_m2,
        ),
    )


def _touching(sliver: BaseGeometry, shape: BaseGeometry) -> BaseGeometry:
    """Return the parts of a crack that a room can take, and no islands away from it."""
    parts = shapely.get_parts(polygons(sliver))
    return polygons_united(parts[shapely.dwithin(parts, shape, LIMITS.same_corner_m)])


def _without_crumbs(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """Return a shape without its crumbs."""
    parts = shapely.get_parts(polygons(shape))
    return polygons_united(parts[shapely.area(parts) > CRUMB_M2])
