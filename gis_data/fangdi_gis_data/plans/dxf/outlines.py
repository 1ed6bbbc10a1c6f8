"""Closed outlines of a drawing: what is closed, what is nearly closed, and what is drawn twice."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import FoundBy, Outline
from fangdi_gis_data.plans.arcs import Curve
from fangdi_gis_data.plans.chains import TOUCH_M, chain
from fangdi_gis_data.plans.dxf.things import Drawn

_NOTHING_M2 = 1e-4
"""Less than a square centimetre is a dot."""
_NEARLY = 0.35
"""An open line is an outline that was not closed where its ends are nearer than this share of its length."""


@dataclass
class Closed:
    """A closed outline of a layer."""

    outline: Outline
    handle: str
    layer: str
    found_by: FoundBy

    @property
    def shape(self) -> Polygon | MultiPolygon:
        """Stroked."""
        return self.outline.shape


@dataclass
class Outlines:
    """The closed outlines of some layers, and what was wrong with others."""

    closed: list[Closed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    dots: Counter[str] = field(default_factory=Counter)
    """Shapes without an area, by layer."""


def is_closed(curve: Curve) -> bool:
    """Return whether a curve is closed, by its flag or because its ends meet."""
    return curve.closed or (len(curve.points) > 2 and curve.gap <= TOUCH_M)


def outlines_of(drawn: Sequence[Drawn]) -> Outlines:
    """Return the outlines that curves make, each once; hatches with holes, loose lines joined. In metres."""
    found = Outlines()
    loose = []
    hatches: dict[tuple[str, str], list[Drawn]] = {}
    for thing in drawn:
        if thing.kind in ("HATCH", "MPOLYGON"):
            hatches.setdefault((thing.handle, thing.layer), []).append(thing)
        elif is_closed(thing.curve):
            _add(found, thing.curve.as_closed(), thing, FoundBy.DRAWN)
        else:
            loose.append(thing)
    _add_loose(found, loose)
    for things in hatches.values():
        _add_hatch(found, things)
    _drop_copies(found)
    return found


def _add(found: Outlines, curve: Curve, thing: Drawn, found_by: FoundBy) -> None:
    drawn = curve.strokes()
    area = abs(curve.signed_area)
    shape = Polygon(drawn) if len(drawn) > 3 else Polygon()
    if shape.is_valid and (area < _NOTHING_M2 or shape.is_empty):
        found.dots[thing.layer] += 1
        return
    if shape.is_valid:
        found.closed.append(Closed(Outline(shape, area), thing.handle, thing.layer, found_by))
        return
    whole = polygonal(shapely.make_valid(shape))
    if whole.area < _NOTHING_M2:
        found.dots[thing.layer] += 1
        return
    line = LineString(drawn)
    found.findings.append(
        Finding(FindingCode.SELF_CROSSING, Severity.ERROR, handle=thing.handle, at=_where(line), shape=line)
    )
    found.closed.append(Closed(Outline(whole, whole.area), thing.handle, thing.layer, found_by))


def _where(line: LineString) -> Point:
    """Return a point where a line crosses itself."""
    segments = [LineString(pair) for pair in zip(line.coords, list(line.coords)[1:], strict=False)][:500]
    for i, one in enumerate(segments):
        for other in segments[i + 2 :]:
            if one.crosses(other):
                return Point(one.intersection(other).coords[0])
    return Point(line.coords[0])


def _add_loose(found: Outlines, loose: Sequence[Drawn]) -> None:
    chained = chain([thing.curve for thing in loose])
    for curve, numbers in chained.rings:
        first = loose[min(numbers)]
        _add(found, curve, first, FoundBy.DRAWN)
    for face, number in chained.faces:
        thing = loose[number]
        centre = face.representative_point()
        handle = f"{thing.handle}@{centre.x:.2f},{centre.y:.2f}"
        found.closed.append(Closed(Outline.straight(face), handle, thing.layer, FoundBy.DRAWN))
    for curve, numbers in chained.open:
        line = LineString(curve.strokes())
        if len(curve.points) > 2 and curve.gap < _NEARLY * line.length:
            found.findings.append(_unclosed(curve, line, handle=loose[min(numbers)].handle))


def _unclosed(curve: Curve, line: LineString, *, handle: str) -> Finding:
    """Return that an outline is open, with the exact area that a straight line between its ends would close."""
    closed = Curve(curve.points, curve.arcs, closed=True)
    values = {"gap_m": float(curve.gap), "closed_m2": abs(closed.signed_area)}
    at = Point(curve.points[-1])
    return Finding(FindingCode.UNCLOSED, Severity.ERROR, values, handle=handle, at=at, shape=line)


def _add_hatch(found: Outlines, things: Sequence[Drawn]) -> None:
    """Add the areas of a hatch: paths in paths are holes, and paths in those are areas again."""
    rings = []
    for thing in things:
        if is_closed(thing.curve) and abs(thing.curve.as_closed().signed_area) > _NOTHING_M2:
            curve = thing.curve.as_closed()
            shape = Polygon(curve.strokes())
            if shape.is_valid:
                rings.append((abs(curve.signed_area), shape))
    rings.sort(key=lambda ring: (-ring[0], ring[1].bounds))
    wholes: list[tuple[float, Polygon, list[Polygon]]] = []
    for area, shape in rings:
        around = [number for number, whole in enumerate(wholes) if whole[1].contains(shape)]
        in_hole = around and any(hole.contains(shape) for hole in wholes[around[-1]][2])
        if around and not in_hole:
            outer_area, outer, holes = wholes[around[-1]]
            wholes[around[-1]] = (outer_area - area, outer, [*holes, shape])
        else:
            wholes.append((area, shape, []))
    for number, (area, outer, holes) in enumerate(wholes):
        shape = Polygon(outer.exterior, [hole.exterior for hole in holes])
        handle = things[0].handle + (f"#{number}" if number else "")
        if shape.is_valid:
            found.closed.append(Closed(Outline(shape, area), handle, things[0].layer, FoundBy.HATCH))


def _drop_copies(found: Outlines) -> None:
    """Keep the first of outlines that cover the same; a drawn one goes before a hatch."""
    groups: dict[tuple[float, ...], list[Closed]] = {}
    for closed in found.closed:
        key = (*(round(value, 2) for value in closed.shape.bounds), round(closed.outline.area_m2, 2))
        groups.setdefault(key, []).append(closed)
    kept: list[Closed] = []
    for group in groups.values():
        left = group
        while left:
            first, rest = left[0], left[1:]
            same = [other for other in rest if _same(first.shape, other.shape)]
            left = [other for other in rest if other not in same]
            kept.append(first)
            if same:
                filled = all(other.found_by is FoundBy.HATCH for other in same)
                found.findings.append(
                    Finding(
                        FindingCode.DUPLICATE_OUTLINE,
                        Severity.NOTE if filled else Severity.WARNING,
                        {"count": 1 + len(same)},
                        handle=first.handle,
                        at=first.shape.representative_point(),
                        shape=first.shape,
                    )
                )
    found.closed = kept


def _same(one: BaseGeometry, other: BaseGeometry) -> bool:
    return bool(one.symmetric_difference(other).area <= 1e-3 * max(one.area, other.area))


def polygonal(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """Return the areas of a shape without its lines and points."""
    parts = [p for p in shapely.get_parts(shapely.get_parts(shape)) if isinstance(p, Polygon)]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
