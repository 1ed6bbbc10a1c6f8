"""Lines that bend: curves of straight edges and elliptic arcs, moved exactly, stroked, and with their exact area."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shapely.geometry import Polygon

from fangdi.domain.plans.model import SAGITTA_M, Outline

Pair = tuple[float, float]
_MOST_STROKES = 4096
"""Of one arc: a full circle of 1 mm sagitta needs that many only beyond a radius of 1.7 km."""


@dataclass(frozen=True, slots=True)
class Affine:
    """x' = a·x + b·y + e, y' = c·x + d·y + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def point(self, at: Pair) -> Pair:
        """Return where a point comes to lie."""
        x, y = at
        return self.a * x + self.b * y + self.e, self.c * x + self.d * y + self.f

    def direction(self, along: Pair) -> Pair:
        """Return what a direction becomes, without the shift."""
        x, y = along
        return self.a * x + self.b * y, self.c * x + self.d * y

    def after(self, first: "Affine") -> "Affine":
        """Return the one that moves by `first` and then by this."""
        a, c = self.direction((first.a, first.c))
        b, d = self.direction((first.b, first.d))
        e, f = self.point((first.e, first.f))
        return Affine(a, b, c, d, e, f)

    @property
    def determinant(self) -> float:
        """How areas change; negative where it mirrors."""
        return self.a * self.d - self.b * self.c

    @classmethod
    def scale(cls, factor: float) -> "Affine":
        """Return an even scaling about the origin."""
        return cls(a=factor, d=factor)


@dataclass(frozen=True, slots=True)
class Arc:
    """centre + u·cos t + v·sin t for t from `start` to `end`: any elliptic arc, and closed under affine maps."""

    centre: Pair
    u: Pair
    v: Pair
    start: float
    end: float

    def at(self, t: float) -> Pair:
        """Return the point of a parameter."""
        cos, sin = math.cos(t), math.sin(t)
        return (
            self.centre[0] + self.u[0] * cos + self.v[0] * sin,
            self.centre[1] + self.u[1] * cos + self.v[1] * sin,
        )

    def moved(self, by: Affine) -> "Arc":
        """Return the arc after an affine map, exactly."""
        return Arc(by.point(self.centre), by.direction(self.u), by.direction(self.v), self.start, self.end)

    def reversed(self) -> "Arc":
        """Return the same arc from its end to its start."""
        return Arc(self.centre, self.u, self.v, self.end, self.start)

    @property
    def reach(self) -> float:
        """Half the long axis of the ellipse."""
        (ux, uy), (vx, vy) = self.u, self.v
        half = (ux * ux + uy * uy + vx * vx + vy * vy) / 2
        cross = ux * vy - uy * vx
        return math.sqrt(half + math.sqrt(max(half * half - cross * cross, 0.0)))

    @property
    def segment_area(self) -> float:
        """Area between arc and chord, positive where the arc lies to the right of the way from start to end.

        Green's theorem over the arc less that over its chord: ½ (u × v)(Δt − sin Δt).
        """
        turn = self.end - self.start
        cross = self.u[0] * self.v[1] - self.u[1] * self.v[0]
        return 0.5 * cross * (turn - math.sin(turn))

    def strokes(self, sagitta: float) -> list[Pair]:
        """Return the points between start and end (both left out) of chords that leave the arc by `sagitta` at most."""
        turn, reach = self.end - self.start, self.reach
        step = math.pi / 2 if reach <= sagitta else min(2 * math.acos(1 - sagitta / reach), math.pi / 4)
        count = min(max(math.ceil(abs(turn) / max(step, 1e-9)), 1), _MOST_STROKES)
        return [self.at(self.start + turn * i / count) for i in range(1, count)]


def circular(centre: Pair, radius: float, start: float, end: float) -> Arc:
    """Return a circular arc, angles in radians; counter-clockwise where `end` is the larger."""
    return Arc(centre, (radius, 0.0), (0.0, radius), start, end)


def bulged(start: Pair, end: Pair, bulge: float) -> Arc | None:
    """Return the arc of a polyline's edge, None where it is straight; bulge is the tangent of a quarter of its angle.

    Positive bulges turn counter-clockwise, to the right of the chord (DXF reference, group code 42).
    """
    chord = math.hypot(end[0] - start[0], end[1] - start[1])
    if not chord or abs(bulge) < 1e-9:
        return None
    turn = 4 * math.atan(bulge)
    towards = (1 - bulge * bulge) / (4 * bulge)
    middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
    centre = (middle[0] - towards * (end[1] - start[1]), middle[1] + towards * (end[0] - start[0]))
    radius = math.hypot(start[0] - centre[0], start[1] - centre[1])
    first = math.atan2(start[1] - centre[1], start[0] - centre[0])
    return circular(centre, radius, first, first + turn)


@dataclass(frozen=True, slots=True)
class Curve:
    """Points in order; the edge that leaves point i is `arcs[i]`, or straight where it has none."""

    points: tuple[Pair, ...]
    arcs: tuple[tuple[int, Arc], ...] = ()
    closed: bool = False

    @property
    def gap(self) -> float:
        """How far the ends are apart; 0 of a closed curve."""
        return 0.0 if self.closed else math.dist(self.points[0], self.points[-1])

    def moved(self, by: Affine) -> "Curve":
        """Return the curve after an affine map, exactly."""
        a, b, c, d, e, f = by.a, by.b, by.c, by.d, by.e, by.f
        points = tuple([(a * x + b * y + e, c * x + d * y + f) for x, y in self.points])
        return Curve(points, tuple((i, arc.moved(by)) for i, arc in self.arcs), self.closed)

    def reversed(self) -> "Curve":
        """Return the same way from its end to its start."""
        last = len(self.points) - 1
        if self.closed:
            # the closing edge leaves the last point; turned around it leaves the first
            turned = {(last - i - 1) % (last + 1): arc.reversed() for i, arc in self.arcs}
        else:
            turned = {last - i - 1: arc.reversed() for i, arc in self.arcs}
        return Curve(self.points[::-1], tuple(sorted(turned.items())), self.closed)

    def as_closed(self) -> "Curve":
        """Return it closed; a last point that repeats the first is left out, unless an edge starts there."""
        if self.closed:
            return self
        return Curve(self.points[:-1], self.arcs, closed=True)

    def strokes(self, sagitta: float = SAGITTA_M) -> list[Pair]:
        """Return the points of the stroked curve; a closed one repeats its first point."""
        if not self.arcs:
            return [*self.points, self.points[0]] if self.closed else list(self.points)
        arcs, drawn = dict(self.arcs), []
        for number, point in enumerate(self.points):
            drawn.append(point)
            if number in arcs:
                drawn.extend(arcs[number].strokes(sagitta))
        if self.closed:
            drawn.append(self.points[0])
        return drawn

    @property
    def signed_area(self) -> float:
        """Exact area: polygon plus segments; positive where it runs counter-clockwise. Of closed curves."""
        (x0, y0), total = self.points[0], 0.0
        for (ax, ay), (bx, by) in zip(self.points, (*self.points[1:], self.points[0]), strict=True):
            total += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0)
        return total / 2 + sum(arc.segment_area for _, arc in self.arcs)

    @property
    def finite(self) -> bool:
        """Whether all of it lies within 1e12 units, so that arithmetic holds."""
        return all(abs(x) < 1e12 and abs(y) < 1e12 for x, y in self._corners())

    def _corners(self) -> Iterator[Pair]:
        yield from self.points
        for _, arc in self.arcs:
            yield from (arc.centre, arc.u, arc.v)


def polygon(curve: Curve, sagitta: float = SAGITTA_M) -> Polygon:
    """Return the stroked polygon of a closed curve; empty where it has fewer than three corners."""
    drawn = curve.strokes(sagitta)
    return Polygon(drawn) if len(drawn) >= 4 else Polygon()


def outline_of(curve: Curve, holes: Sequence[Curve] = ()) -> Outline:
    """Return the outline of a closed curve less its holes, which lie inside it and apart from each other."""
    shape = Polygon(curve.strokes(), [hole.strokes() for hole in holes])
    return Outline(shape, abs(curve.signed_area) - sum(abs(hole.signed_area) for hole in holes))


def joined(curves: Sequence[Curve]) -> Curve:
    """Return open curves, each starting where the one before ends, as one open curve."""
    points: list[Pair] = list(curves[0].points)
    arcs = list(curves[0].arcs)
    for curve in curves[1:]:
        first = len(points) - 1
        points.extend(curve.points[1:])
        arcs.extend((first + number, arc) for number, arc in curve.arcs)
    return Curve(tuple(points), tuple(arcs))
