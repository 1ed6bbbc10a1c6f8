"""Closing walls across doors and windows: ends of walls are joined to the end or wall that they face.

All lengths in metres.
"""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, Point

from fangdi_gis_data.plans.arcs import Pair

WIDEST_OPENING_M = 6.0
"""A gap with a door or window drawn in it is bridged up to the width of a gate."""
_BESIDE_M = 0.35
"""How far beside a face of the wall its window may be drawn: within the wall."""
_TOUCH_M = 0.02
"""Ends this near to a line are meant to touch it."""
_IN_LINE_M = 0.04
"""How far apart the lines of two facing ends may lie."""
_THINNEST_JAMB_M, _WIDEST_JAMB_M = 0.04, 0.6
_PARALLEL, _SQUARE, _ACROSS = 0.97, 0.25, 0.8  # cosines: 14° off at most; across is more than 37° from along


@dataclass(frozen=True, slots=True)
class _End:
    """A point where a wall line stops, and the direction it would go on in."""

    at: Pair
    towards: Pair


@dataclass
class _Graph:
    """Noded segments and which of them meet in each point."""

    segments: list[tuple[Pair, Pair]]
    at: dict[Pair, list[Pair]] = field(default_factory=lambda: defaultdict(list))
    """Points that the segments of a point lead to."""

    def __post_init__(self) -> None:
        for a, b in self.segments:
            self.at[a].append(b)
            self.at[b].append(a)


def _boxes(openings: Sequence[LineString]) -> STRtree | None:
    """Return the places of doors and windows, each as its rectangle and a little around it."""
    bounds = shapely.bounds(np.array(openings, dtype=object)) + np.array([-1, -1, 1, 1]) * _BESIDE_M
    return STRtree(shapely.box(*bounds.T)) if len(openings) else None


def _unit(a: Pair, b: Pair) -> Pair:
    length = math.dist(a, b)
    return (b[0] - a[0]) / length, (b[1] - a[1]) / length


def _dot(a: Pair, b: Pair) -> float:
    return a[0] * b[0] + a[1] * b[1]


def _ends(graph: _Graph) -> tuple[list[_End], list[_End]]:
    """Return the ends of walls: lines that stop, and corners beside a jamb."""
    stops, jambs = [], []
    for at, others in sorted(graph.at.items()):
        if len(others) == 1:
            stops.append(_End(at, _unit(others[0], at)))
        else:
            jambs.extend(_beside_jambs(at, others, graph))
    return stops, jambs


def _beside_jambs(at: Pair, others: list[Pair], graph: _Graph) -> list[_End]:
    """Return the end of a wall's face where a short line closes the wall: the face and its twin run back alike."""
    found = []
    for far in others:
        if not _THINNEST_JAMB_M <= math.dist(at, far) <= _WIDEST_JAMB_M:
            continue
        along = _unit(at, far)
        for back in others:
            if back is far or abs(_dot(_unit(at, back), along)) > _SQUARE:
                continue
            way = _unit(at, back)
            goes_on = any(_dot(_unit(at, other), way) < -_PARALLEL for other in others)
            twin = any(other != at and _dot(_unit(far, other), way) > _PARALLEL for other in graph.at[far])
            if twin and not goes_on:
                found.append(_End(at, (-way[0], -way[1])))
    return found


@dataclass
class _Around:
    """What an end may face: other ends, wall lines, and drawn openings."""

    ends: list[_End]
    end_tree: STRtree
    segments: Any
    """Array of lines."""
    tree: STRtree
    openings: STRtree | None
    gap_m: float


def bridges_of(noded: Sequence[tuple[Pair, Pair]], openings: Sequence[LineString], *, gap_m: float) -> list[LineString]:
    """Return the lines that close walls across openings no wider than a gap, or in which a door or window is drawn.

    `noded` are the segments of wall lines, which meet at their ends alone.
    """
    graph = _Graph(list(noded))
    segments = shapely.linestrings(np.array(graph.segments).reshape(-1, 2, 2))
    tree = STRtree(segments)
    stops, jambs = _ends(graph)
    ends = stops + jambs
    around = _Around(ends, STRtree([Point(end.at) for end in ends]), segments, tree, _boxes(openings), gap_m)
    bridges: dict[tuple[Pair, Pair], LineString] = {}
    for number, end in enumerate(ends):
        target = _touching(end, segments, tree) if number < len(stops) else None
        if target is None:
            target = _across(end, around)
        if target is not None and math.dist(end.at, target) > 0:
            key = (min(end.at, target), max(end.at, target))
            bridges[key] = LineString(key)
    return [bridges[key] for key in sorted(bridges)]


def _touching(end: _End, segments: Any, tree: STRtree) -> Pair | None:
    """Return the point that a line's end narrowly misses."""
    here = Point(end.at)
    near = [i for i in tree.query(here, predicate="dwithin", distance=_TOUCH_M) if end.at not in segments[i].coords]
    if not near:
        return None
    nearest = min(near, key=lambda i: (segments[i].distance(here), i))
    line = segments[nearest]
    at = line.interpolate(line.project(here))
    return _beyond(end.at, (at.x, at.y), 1e-4)


def _across(end: _End, around: _Around) -> Pair | None:
    """Return the facing end, or the point of the wall that the end runs into, whichever comes first."""
    reach = WIDEST_OPENING_M if around.openings is not None else around.gap_m
    ray = LineString([_ahead(end, 0.01), _ahead(end, reach)])
    facing, hit = _facing(end, ray, around), _hit(end, ray, around)
    nearest = facing if hit is None or (facing and facing[0] <= hit[0] + _IN_LINE_M) else hit
    if nearest is None or (nearest[0] > around.gap_m and not _drawn_open(end.at, nearest[1], around.openings)):
        return None
    return nearest[1]


def _facing(end: _End, ray: LineString, around: _Around) -> tuple[float, Pair] | None:
    """Return the nearest end that comes the other way in the same line, and how far it is."""
    found = []
    for i in around.end_tree.query(ray, predicate="dwithin", distance=_IN_LINE_M):
        other = around.ends[i]
        ahead = _dot((other.at[0] - end.at[0], other.at[1] - end.at[1]), end.towards)
        if ahead > 0.01 and _dot(other.towards, end.towards) < -_PARALLEL:
            found.append((ahead, other.at))
    return min(found, default=None)


def _hit(end: _End, ray: LineString, around: _Around) -> tuple[float, Pair] | None:
    """Return the nearest point of a wall that stands across the way, and how far it is."""
    found = []
    for i in around.tree.query(ray, predicate="intersects"):
        (a, b) = around.segments[i].coords
        met = around.segments[i].intersection(ray)
        if abs(_dot(_unit(a, b), end.towards)) <= _ACROSS and met.geom_type == "Point":
            at = (met.x, met.y)
            found.append((math.dist(end.at, at), _beyond(end.at, at, 1e-4)))
    return min(found, default=None)


def _ahead(end: _End, far: float) -> Pair:
    return end.at[0] + end.towards[0] * far, end.at[1] + end.towards[1] * far


def _beyond(start: Pair, at: Pair, more: float) -> Pair:
    """Return a point a little past `at`, so that noding does not miss the line there."""
    length = math.dist(start, at)
    if not length:
        return at
    return at[0] + (at[0] - start[0]) / length * more, at[1] + (at[1] - start[1]) / length * more


def _drawn_open(a: Pair, b: Pair, openings: STRtree | None) -> bool:
    """Return whether doors or windows are drawn along most of a gap."""
    if openings is None:
        return False
    line = LineString([a, b])
    near = [openings.geometries[i] for i in openings.query(line, predicate="intersects")]
    return bool(near) and line.intersection(shapely.union_all(near)).length > 0.6 * line.length
