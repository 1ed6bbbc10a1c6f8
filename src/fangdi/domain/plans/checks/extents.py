"""Rooms outside their floor, space of no room, floors outside the footprint of the building."""

from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from fangdi.domain.plans.checks.limits import CheckLimits
from fangdi.domain.plans.checks.names import called
from fangdi.domain.plans.conservation import wider_than
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import PartKind, PlanFloor
from fangdi.domain.plans.shapes import Shapes, buffered, minus, polygons_united, valid_outlines, widths_m


def extents(
    floor: PlanFloor, shapes: Shapes, *, footprint: Polygon | MultiPolygon | None, limits: CheckLimits
) -> Iterator[Finding]:
    """Check a floor against its own outline and against the footprint (in metres of the plan's frame)."""
    if floor.outline is not None:
        (whole,) = valid_outlines([floor.outline])
        yield from _rooms_outside(floor, shapes, whole, limits=limits)
        yield from _gaps(floor, shapes, whole, limits=limits)
    if footprint is not None:
        yield from _beyond_footprint(floor, shapes, footprint, limits=limits)


def _rooms_outside(floor: PlanFloor, shapes: Shapes, whole: BaseGeometry, *, limits: CheckLimits) -> Iterator[Finding]:
    opened = [part.outline for part in floor.parts if part.kind is PartKind.OPEN]
    ground = polygons_united([whole, *valid_outlines(opened)])
    shapely.prepare(ground)
    for number in np.flatnonzero(~shapely.covers(ground, shapes)):
        room, pieces = floor.rooms[number], shapely.get_parts(minus(shapes[number], ground))
        pieces = pieces[widths_m(pieces) >= limits.sliver_m]
        area = float(shapely.area(pieces).sum())
        if area < limits.least_m2:
            continue
        shape = polygons_united(pieces)
        yield Finding(
            FindingCode.OUTSIDE_FLOOR,
            Severity.WARNING,
            {"room": called(room), "area_m2": area},
            floor=floor.key,
            rooms=(room.key,),
            handle=room.handle,
            at=shape.representative_point(),
            shape=shape,
        )


def _gaps(floor: PlanFloor, shapes: Shapes, whole: BaseGeometry, *, limits: CheckLimits) -> Iterator[Finding]:
    """Tell space of the floor that is neither room nor part and wider than a wall, from west to east."""
    if not floor.rooms:
        return
    taken = polygons_united([*shapes, *valid_outlines([part.outline for part in floor.parts])])
    pieces = shapely.get_parts(wider_than(minus(whole, taken), limits.wall_m))
    pieces = pieces[shapely.area(pieces) >= limits.least_gap_m2]
    for piece in sorted(pieces, key=lambda piece: piece.bounds):
        yield Finding(
            FindingCode.GAP,
            Severity.WARNING,
            {"area_m2": float(piece.area), "width_m": float(widths_m(piece))},
            floor=floor.key,
            at=piece.representative_point(),
            shape=piece,
        )


def _beyond_footprint(
    floor: PlanFloor, shapes: Shapes, footprint: Polygon | MultiPolygon, *, limits: CheckLimits
) -> Iterator[Finding]:
    """Tell what of a floor lies farther out of the footprint than plans are placed; without outline, of its rooms."""
    ground = valid_outlines([floor.outline])[0] if floor.outline is not None else polygons_united(shapes)
    allowed = buffered(footprint, limits.beyond_footprint_m)
    if minus(ground, allowed).area < limits.least_gap_m2:
        return
    beyond = minus(ground, footprint)
    yield Finding(
        FindingCode.FLOOR_OUTSIDE_FOOTPRINT,
        Severity.WARNING,
        {"name": floor.name, "area_m2": float(beyond.area)},
        floor=floor.key,
        at=beyond.representative_point(),
        shape=beyond,
    )
