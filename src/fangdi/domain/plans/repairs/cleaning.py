"""Cleaning an outline: lobes where it crosses itself, no spikes, no double corners."""

import math
from collections.abc import Callable
from itertools import pairwise
from typing import TypeAlias

import shapely
from shapely.geometry import LinearRing, MultiPolygon, Polygon

from fangdi.domain.plans.checks.names import called
from fangdi.domain.plans.checks.outlines import spikes
from fangdi.domain.plans.model import Outline
from fangdi.domain.plans.repairs.proposal import (
    CHECKS,
    Case,
    Repair,
    RepairKind,
    reshaped,
    words_of,
)
from fangdi.domain.plans.shapes import (
    array_of,
    cleaned,
)

Corner: TypeAlias = tuple[float, ...]


def clean(case: Case) -> Repair | None:
    """Take the outline apart where it crosses itself, and take spikes and double corners off."""
    about = case.about()
    if len(about) != 1:
        return None
    ((floor, room),) = about
    shape = _without_doubles(_no_spikes(room.outline.shape), case.limits.same_corner_m)
    after = shape if shape.is_valid else cleaned(shape)
    if after.is_empty or after.equals_exact(room.outline.shape, tolerance=0.0):
        return None
    crossed = not room.outline.shape.is_valid
    # the exact area of an outline that crosses itself means nothing: its lobes count against each other
    outline = Outline.straight(after) if crossed else reshaped(room.outline, after)
    change = outline.area_m2 - room.outline.area_m2
    words = words_of(f"清理“{called(room)}”的轮廓", f"Clean the outline of “{called(room)}”", change)
    return Repair(case.finding.code, RepairKind.CLEAN, floor.key, (room.key,), room.outline, outline, words)


def _no_spikes(shape: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """Return a shape without its spikes, tip by tip; rings that are nothing else are left as they are."""
    for _ in range(shapely.get_num_coordinates(shape)):
        found = spikes(array_of([shape]), limits=CHECKS)
        if not found:
            break
        less = _without_corner(shape, found[0][1].coords[0])
        if not less.area > 0:
            break
        shape = less
    return shape


def _without_corner(shape: Polygon | MultiPolygon, tip: Corner) -> Polygon | MultiPolygon:
    return _redrawn(shape, lambda corners: [corner for corner in corners if corner != tip])


def _without_doubles(shape: Polygon | MultiPolygon, tolerance_m: float) -> Polygon | MultiPolygon:
    """Return a shape without corners that lie on the one before them."""

    def thinned(corners: list[Corner]) -> list[Corner]:
        kept = corners[:1]
        kept += [corner for before, corner in pairwise(corners) if math.dist(before, corner) > tolerance_m]
        return kept[:-1] if len(kept) > 1 and math.dist(kept[0], kept[-1]) <= tolerance_m else kept

    return _redrawn(shape, thinned)


def _redrawn(shape: Polygon | MultiPolygon, redraw: Callable[[list[Corner]], list[Corner]]) -> Polygon | MultiPolygon:
    """Return a shape with every ring redrawn, corners given without the closing one; a ring keeps three at least."""

    def ring(drawn: LinearRing) -> list[Corner]:
        corners = redraw(list(drawn.coords[:-1]))
        return corners if len(corners) > 2 else list(drawn.coords)

    parts = [Polygon(ring(part.exterior), [ring(hole) for hole in part.interiors]) for part in shapely.get_parts(shape)]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
