"""Loose lines and arcs put together, end to end, into closed rings; what stays open says how far it is from closing."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, Polygon

from fangdi_gis_data.plans.arcs import Curve, joined

TOUCH_M = 0.002
"""Ends nearer than this meet: what is drawn with snapping is exact, and what is typed is right to a millimetre."""


@dataclass
class Chained:
    """Rings and open chains by the numbers of the curves that they are made of, and faces of lines that branch."""

    rings: list[tuple[Curve, list[int]]] = field(default_factory=list)
    open: list[tuple[Curve, list[int]]] = field(default_factory=list)
    faces: list[tuple[Polygon, int]] = field(default_factory=list)
    """With the number of the first curve of the branching group."""


def chain(curves: Sequence[Curve]) -> Chained:
    """Return what open curves become when joined where their ends meet."""
    chained = Chained()
    ends = _meeting([point for curve in curves for point in (curve.points[0], curve.points[-1])])
    at: dict[int, list[int]] = defaultdict(list)
    for number in range(len(curves)):
        at[ends[2 * number]].append(number)
        at[ends[2 * number + 1]].append(number)
    touching = _touching(curves, ends)
    for group in _groups(len(curves), [*at.values(), *touching]):
        points = {ends[2 * number + side] for number in group for side in (0, 1)}
        if any(len(at[point]) > 2 for point in points) or any(pair[0] in group for pair in touching):
            chained.faces.extend((face, group[0]) for face in _faces([curves[number] for number in group]))
            continue
        way, closed = _walk(group, ends, at)
        whole = joined([curves[number] if forward else curves[number].reversed() for number, forward in way])
        numbers = [number for number, _ in way]
        if closed and len(whole.points) > 2:
            chained.rings.append((whole.as_closed(), numbers))
        else:
            chained.open.append((whole, numbers))
    return chained


def _meeting(points: list[tuple[float, float]]) -> list[int]:
    """Return for each point the number of the first that it meets."""
    owner = list(range(len(points)))
    if not points:
        return owner
    spots = shapely.points(np.array(points))
    tree = STRtree(spots)
    one, other = tree.query(spots, predicate="dwithin", distance=TOUCH_M)
    for a, b in sorted(zip(one.tolist(), other.tolist(), strict=True)):
        if b > a and owner[b] > owner[a]:
            owner[b] = owner[a]
    return owner


def _touching(curves: Sequence[Curve], ends: Sequence[int]) -> list[list[int]]:
    """Return pairs of curves of which one ends on the other between its ends."""
    if len(curves) < 2:
        return []
    lines = np.array([LineString(curve.strokes(TOUCH_M)) for curve in curves], dtype=object)
    tips = shapely.points(np.array([point for curve in curves for point in (curve.points[0], curve.points[-1])]))
    tip, line = STRtree(lines).query(tips, predicate="dwithin", distance=TOUCH_M)
    return sorted(
        [a // 2, b]
        for a, b in zip(tip.tolist(), line.tolist(), strict=True)
        if a // 2 != b and ends[a] not in (ends[2 * b], ends[2 * b + 1])
    )


def _groups(count: int, meetings: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the curves that hang together, each group and all groups in order."""
    beside: dict[int, set[int]] = defaultdict(set)
    for numbers in meetings:
        for number in numbers:
            beside[number].update(numbers)
    seen: set[int] = set()
    groups = []
    for first in range(count):
        if first in seen:
            continue
        group, todo = {first}, [first]
        while todo:
            new = beside[todo.pop()] - group
            group |= new
            todo.extend(new)
        seen |= group
        groups.append(sorted(group))
    return groups


def _walk(group: list[int], ends: list[int], at: dict[int, list[int]]) -> tuple[list[tuple[int, bool]], bool]:
    """Return the curves of a group in order, each with whether it is walked forward, and whether they close."""
    tips = [n for n in group if len(at[ends[2 * n]]) == 1 or len(at[ends[2 * n + 1]]) == 1]
    number = tips[0] if tips else group[0]
    forward = not tips or len(at[ends[2 * number]]) == 1
    way, used = [(number, forward)], {number}
    while True:
        here = ends[2 * number + 1] if forward else ends[2 * number]
        onwards = [n for n in at[here] if n not in used]
        if not onwards:
            return way, not tips
        number = onwards[0]
        forward = ends[2 * number] == here
        used.add(number)
        way.append((number, forward))


def _faces(curves: Sequence[Curve]) -> list[Polygon]:
    lines = np.array([LineString(curve.strokes()) for curve in curves], dtype=object)
    snapped = shapely.snap(lines, shapely.multilinestrings(lines), TOUCH_M)
    faces = shapely.polygonize(list(shapely.get_parts(shapely.unary_union(snapped)))).geoms
    return sorted((face for face in faces if isinstance(face, Polygon)), key=lambda face: (*face.bounds, face.area))
