"""Rooms that overlap, and slivers (狭长缝隙) between rooms: thin overlaps and cracks that drawing leaves behind."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from fangdi.domain.plans.checks.limits import CheckLimits
from fangdi.domain.plans.checks.names import called
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import PlanFloor, PlanRoom
from fangdi.domain.plans.shapes import (
    GRID_M,
    Shapes,
    array_of,
    buffered,
    polygons,
    polygons_united,
    valid_outlines,
    widths_m,
)

Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]


def neighbours(floor: PlanFloor, shapes: Shapes, *, limits: CheckLimits) -> Iterator[Finding]:
    """Compare every room with those that touch it or nearly do; `shapes` are the rooms, valid."""
    if len(shapes) < 2:
        return
    first, second = _pairs(shapes, predicate="intersects")
    if len(first) > limits.most_pairs:
        values: dict[str, str | int | float] = {
            "what": "The number of overlapping pairs of rooms",
            "what_zh": "相互重叠的房间对数",
            "found": len(first),
            "most": limits.most_pairs,
        }
        yield Finding(FindingCode.TOO_LARGE, Severity.ERROR, values, floor=floor.key)
        first, second = first[: limits.most_pairs], second[: limits.most_pairs]
    overlaps = shapely.intersection(shapes[first], shapes[second])
    for number in np.flatnonzero(shapely.area(overlaps) >= limits.least_m2):
        pair = floor.rooms[first[number]], floor.rooms[second[number]]
        yield from _overlap(floor, pair, overlaps[number], limits=limits)
    yield from _cracks(floor, shapes, limits=limits)


def _pairs(shapes: Shapes, **query: Any) -> Pairs:
    """Return the pairs that a query of all shapes by all shapes finds, each once, in order."""
    left, right = shapely.STRtree(shapes).query(shapes, **query)
    once = left < right
    left, right = left[once], right[once]
    order = np.lexsort((right, left))
    return left[order], right[order]


def _overlap(
    floor: PlanFloor, pair: tuple[PlanRoom, PlanRoom], overlap: BaseGeometry, *, limits: CheckLimits
) -> Iterator[Finding]:
    """Tell the wide parts of an overlap from the thin ones."""
    pieces = shapely.get_parts(polygons(overlap))
    widths = widths_m(pieces)
    wide, thin = pieces[widths >= limits.sliver_m], pieces[(widths < limits.sliver_m) & (widths >= limits.noise_m)]
    if shapely.area(wide).sum() >= limits.least_m2:
        yield _finding(FindingCode.OVERLAP, Severity.ERROR, floor, pair, polygons_united(wide))
    if shapely.area(thin).sum() >= limits.least_m2:
        yield _finding(FindingCode.SLIVER, Severity.WARNING, floor, pair, polygons_united(thin))


def _cracks(floor: PlanFloor, shapes: Shapes, *, limits: CheckLimits) -> Iterator[Finding]:
    """Tell cracks between rooms that are narrower than a sliver and that no wall fills.

    GEOS's check of coverages picks the few rooms that have such an edge; only their pairs are looked at.
    """
    edges = shapely.coverage_invalid_edges(shapes, gap_width=limits.sliver_m)
    cracked = np.flatnonzero(~shapely.is_empty(edges))
    if len(cracked) < 2:
        return
    first, second = _pairs(shapes[cracked], predicate="dwithin", distance=limits.sliver_m)
    first, second = cracked[first[: limits.most_pairs]], cracked[second[: limits.most_pairs]]
    united = array_of(polygons(both) for both in shapely.union(shapes[first], shapes[second]))
    half = limits.sliver_m / 2
    closed = array_of(polygons(both) for both in buffered(buffered(united, half), -half))
    likely = np.flatnonzero(shapely.area(closed) - shapely.area(united) >= limits.least_m2)
    filled = array_of([*shapes, *valid_outlines([part.outline for part in floor.parts])]) if len(likely) else shapes
    tree = shapely.STRtree(filled)
    for number, crack in zip(likely, shapely.difference(closed[likely], united[likely]), strict=True):
        near = polygons_united(filled[tree.query(crack)])
        pieces = shapely.get_parts(polygons(shapely.difference(polygons(crack), near, grid_size=GRID_M)))
        pieces = pieces[widths_m(pieces) >= limits.noise_m]
        if shapely.area(pieces).sum() >= limits.least_m2:
            pair = floor.rooms[first[number]], floor.rooms[second[number]]
            yield _finding(FindingCode.SLIVER, Severity.WARNING, floor, pair, polygons_united(pieces))


def _finding(
    code: FindingCode, severity: Severity, floor: PlanFloor, pair: tuple[PlanRoom, PlanRoom], shape: BaseGeometry
) -> Finding:
    one, other = pair
    values: dict[str, str | int | float] = {"room": called(one), "other": called(other), "area_m2": float(shape.area)}
    if code is FindingCode.SLIVER:
        values["width_m"] = float(widths_m(shape))
    return Finding(
        code,
        severity,
        values,
        floor=floor.key,
        rooms=(one.key, other.key),
        handle=one.handle,
        at=shape.representative_point(),
        shape=shape,
    )
