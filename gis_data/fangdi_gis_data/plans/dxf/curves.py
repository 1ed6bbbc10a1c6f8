"""The lines of DXF entities as curves in the coordinates of their layout or block, arcs kept as arcs."""

import math
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from ezdxf.entities.boundary_paths import ArcEdge, EdgePath, EllipseEdge, LineEdge, PolylinePath, SplineEdge
from ezdxf.entities.dxfgfx import DXFGraphic
from ezdxf.math import BSpline

from fangdi_gis_data.plans.arcs import Arc, Curve, Pair, bulged, circular, joined

_FLAT = 1e-6
"""How far a normal may lean from the plane of the plan."""
_SPLINE_STEPS = 16
"""Arcs in each span of a spline: its area is then right to about 1e-7."""
MOST_POINTS = 200_000
"""Of one entity."""


class NotInPlanError(Exception):
    """The entity stands upright or leans: it has no area in the plan."""


def curves_of(entity: DXFGraphic) -> list[Curve] | None:
    """Return the curves of an entity, None where its kind has none that can be used.

    Raises NotInPlanError, and ValueError or TypeError where its numbers make no sense.
    """
    make = _MAKERS.get(entity.dxftype())
    return None if make is None else [curve for curve in make(entity) if len(curve.points) > 1]


def mirrored(entity: Any) -> bool:
    """Return whether x is turned around, as for an extrusion of (0, 0, -1). Raises NotInPlanError where it leans."""
    if not entity.dxf.hasattr("extrusion"):
        return False
    x, y, z = entity.dxf.extrusion
    if max(abs(x), abs(y)) > _FLAT * abs(z):
        raise NotInPlanError
    return bool(z < 0)


def _seen(curve: Curve, entity: Any) -> Curve:
    if not mirrored(entity):
        return curve
    points = tuple((-x, y) for x, y in curve.points)
    arcs = tuple((number, _flip(arc)) for number, arc in curve.arcs)
    return Curve(points, arcs, curve.closed)


def _flip(arc: Arc) -> Arc:
    centre, u, v = ((-x, y) for x, y in (arc.centre, arc.u, arc.v))
    return Arc(centre, u, v, arc.start, arc.end)


def _line(entity: Any) -> Iterator[Curve]:
    yield Curve((_xy(entity.dxf.start), _xy(entity.dxf.end)))


def _arc(entity: Any) -> Iterator[Curve]:
    start, end = math.radians(entity.dxf.start_angle), math.radians(entity.dxf.end_angle)
    arc = circular(_xy(entity.dxf.center), abs(entity.dxf.radius), start, start + _turn(start, end))
    yield _seen(_of_arc(arc), entity)


def _circle(entity: Any) -> Iterator[Curve]:
    yield _seen(_round(circular(_xy(entity.dxf.center), abs(entity.dxf.radius), 0, 2 * math.pi)), entity)


def _ellipse(entity: Any) -> Iterator[Curve]:
    dxf = entity.dxf
    flip = -1.0 if mirrored(entity) else 1.0
    if abs(dxf.major_axis.z) > _FLAT * dxf.major_axis.magnitude:
        raise NotInPlanError
    u = _xy(dxf.major_axis)
    v = (-u[1] * dxf.ratio * flip, u[0] * dxf.ratio * flip)
    arc = Arc(_xy(dxf.center), u, v, dxf.start_param, dxf.start_param + _turn(dxf.start_param, dxf.end_param))
    yield _round(arc) if math.isclose(arc.end - arc.start, 2 * math.pi) else _of_arc(arc)


def _turn(start: float, end: float) -> float:
    """Return the angle from start counter-clockwise to end: a full turn where they are the same."""
    turn = (end - start) % (2 * math.pi)
    return turn if turn > 1e-9 else 2 * math.pi


def _of_arc(arc: Arc) -> Curve:
    if math.isclose(abs(arc.end - arc.start), 2 * math.pi):
        return _round(arc)
    return Curve((arc.at(arc.start), arc.at(arc.end)), ((0, arc),))


def _round(arc: Arc) -> Curve:
    """Return a full circle or ellipse as two halves."""
    middle = (arc.start + arc.end) / 2
    halves = (Arc(arc.centre, arc.u, arc.v, arc.start, middle), Arc(arc.centre, arc.u, arc.v, middle, arc.end))
    return Curve((arc.at(arc.start), arc.at(middle)), tuple(enumerate(halves)), closed=True)


def _lwpolyline(entity: Any) -> Iterator[Curve]:
    if len(entity) > MOST_POINTS:
        raise ValueError
    yield _seen(_polyline([(x, y, bulge) for x, y, bulge in _numbers(entity)], closed=entity.closed), entity)


def _numbers(entity: Any) -> list[list[float]]:
    """Return x, y and bulge of the corners as plain floats; they come with two widths in between."""
    return [[row[0], row[1], row[4]] for row in entity.lwpoints.values.reshape(-1, 5).tolist()]


def _old_polyline(entity: Any) -> Iterator[Curve]:
    if entity.is_poly_face_mesh or entity.is_polygon_mesh:
        return
    if len(entity.vertices) > MOST_POINTS:
        raise ValueError
    shown = [vertex for vertex in entity.vertices if not vertex.dxf.flags & 16]  # 16: control point of a spline frame
    corners = [(*_xy(vertex.dxf.location), vertex.dxf.get("bulge", 0.0)) for vertex in shown]
    curve = _polyline(corners, closed=entity.is_closed)
    yield _seen(curve, entity) if entity.is_2d_polyline else curve


def _polyline(corners: list[tuple[float, float, float]], *, closed: bool) -> Curve:
    """Return the curve of corners with bulges; repeated corners are left out."""
    kept: list[tuple[float, float, float]] = []
    for corner in corners:
        if kept and kept[-1][:2] == corner[:2]:
            kept.pop()  # the edge that leads away is that of the last of them
        kept.append(corner)
    points = [(x, y) for x, y, _ in kept]
    bulges = [bulge for _, _, bulge in kept]
    if closed and len(points) > 2 and points[0] == points[-1]:
        points, bulges = points[:-1], bulges[:-1]
    if all(not bulge for bulge in bulges):
        return Curve(tuple(points), (), closed)
    ends = [*points[1:], points[0]]
    last = len(points) if closed else len(points) - 1
    arcs = [(i, bulged(points[i], ends[i], bulges[i])) for i in range(last) if bulges[i]]
    return Curve(tuple(points), tuple((i, arc) for i, arc in arcs if arc), closed)


def _spline(entity: Any) -> Iterator[Curve]:
    if len(entity.control_points) > MOST_POINTS // 50:
        raise ValueError
    curve = _along(entity.construction_tool())
    yield curve.as_closed() if curve.gap == 0 and len(curve.points) > 3 else curve


def _along(spline: BSpline) -> Curve:
    """Return circular arcs through start, middle and end of every step: their area is right to the fourth order."""
    knots = spline.knots()
    low, high = knots[spline.order - 1], knots[-spline.order]
    marks = sorted({knot for knot in knots if low <= knot <= high})
    if len(marks) < 2:
        raise ValueError
    half = 2 * _SPLINE_STEPS
    steps = [a + (b - a) * i / half for a, b in pairwise(marks) for i in range(half)]
    points = [_xy(point) for point in spline.points([*steps, marks[-1]])]
    ends = points[::2]
    arcs = []
    for number, (a, middle, b) in enumerate(zip(ends, points[1::2], ends[1:], strict=False)):
        chord = (b[0] - a[0], b[1] - a[1])
        cross = chord[0] * (middle[1] - a[1]) - chord[1] * (middle[0] - a[0])
        length2 = chord[0] ** 2 + chord[1] ** 2
        arc = bulged(a, b, -2 * cross / length2) if length2 else None
        if arc:
            arcs.append((number, arc))
    return Curve(tuple(ends), tuple(arcs))


def _face(entity: Any) -> Iterator[Curve]:
    """Yield a SOLID or TRACE, whose corners run in a Z, or a flat 3DFACE, whose corners run around."""
    dxf = entity.dxf
    around = (dxf.vtx0, dxf.vtx1, dxf.vtx2, dxf.vtx3)
    if entity.dxftype() != "3DFACE":
        around = (dxf.vtx0, dxf.vtx1, dxf.vtx3, dxf.vtx2)
    if max(v.z for v in around) - min(v.z for v in around) > _FLAT * max(1.0, *(abs(v.z) for v in around)):
        raise NotInPlanError
    corners = list(dict.fromkeys(_xy(vertex) for vertex in around))
    if len(corners) > 2:
        curve = Curve(tuple(corners), (), closed=True)
        yield curve if entity.dxftype() == "3DFACE" else _seen(curve, entity)


def _hatch(entity: Any) -> Iterator[Curve]:
    for path in entity.paths:
        if isinstance(path, PolylinePath):
            if len(path.vertices) > MOST_POINTS:
                raise ValueError
            yield _seen(_polyline([(x, y, bulge) for x, y, bulge in path.vertices], closed=True), entity)
        elif isinstance(path, EdgePath):
            curve = _edges(path)
            if curve is not None:
                yield _seen(curve, entity)


def _edges(path: EdgePath) -> Curve | None:
    """Return the closed curve of a hatch's edges, which follow each other; None where they leave a gap."""
    pieces = [_edge(edge) for edge in path.edges]
    if not pieces:
        return None
    if len(pieces) == 1 and pieces[0].closed:
        return pieces[0]
    size = max(max(abs(x), abs(y)) for piece in pieces for x, y in piece.points) or 1.0
    chain = [pieces[0]]
    for piece in pieces[1:]:
        at = chain[-1].points[-1]
        fits = piece if math.dist(at, piece.points[0]) <= math.dist(at, piece.points[-1]) else piece.reversed()
        if math.dist(at, fits.points[0]) > 1e-6 * size:
            return None
        chain.append(fits)
    curve = joined(chain)
    return curve.as_closed() if curve.gap <= 1e-6 * size else None


def _edge(edge: Any) -> Curve:
    if isinstance(edge, LineEdge):
        return Curve((_xy(edge.start), _xy(edge.end)))
    if isinstance(edge, ArcEdge):
        start = math.radians(edge.start_angle)
        turn = _turn(start, math.radians(edge.end_angle))
        curve = _of_arc(circular(_xy(edge.center), abs(edge.radius), start, start + turn))
    elif isinstance(edge, EllipseEdge):
        u = _xy(edge.major_axis)
        start = edge.start_param
        arc = Arc(_xy(edge.center), u, (-u[1] * edge.ratio, u[0] * edge.ratio), start, 0.0)
        curve = _of_arc(Arc(arc.centre, arc.u, arc.v, start, start + _turn(start, edge.end_param)))
    elif isinstance(edge, SplineEdge):
        return _along(edge.construction_tool())
    else:
        raise TypeError(type(edge).__name__)
    return curve if edge.ccw else curve.reversed()


def _xy(point: Any) -> Pair:
    return float(point[0]), float(point[1])


_MAKERS: dict[str, Callable[[Any], Iterator[Curve]]] = {
    "LINE": _line,
    "ARC": _arc,
    "CIRCLE": _circle,
    "ELLIPSE": _ellipse,
    "LWPOLYLINE": _lwpolyline,
    "POLYLINE": _old_polyline,
    "SPLINE": _spline,
    "HELIX": _spline,
    "SOLID": _face,
    "TRACE": _face,
    "3DFACE": _face,
    "HATCH": _hatch,
    "MPOLYGON": _hatch,
}
