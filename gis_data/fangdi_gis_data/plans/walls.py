"""Rooms where only walls are drawn: faces between wall lines, with doors bridged.

Wall lines are noded; ends of walls are joined across openings to the end or wall that they face; what the lines then
enclose is a room where a body wider than a wall fits in. All lengths in metres.

Faces have straight edges: arcs come stroked, off by SAGITTA_M (1 mm) at most. A chord cuts ⅔ × sagitta × its length off
its arc, so that along a curved wall the area is wrong by less than 0.7 mm × the length of the wall: 0.013 m² in a round
room of 6 m across (28.27 m²). Noding on a grid of 0.01 mm adds less than a hundredth of that.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, Point, Polygon

from fangdi_gis_data.plans.arcs import Pair
from fangdi_gis_data.plans.wall_bridges import WIDEST_OPENING_M, bridges_of

THICKEST_WALL_M = 0.55
"""Faces in which no wider body fits are walls: outer walls of masonry have up to 0.49 m."""
_GRID_M = 1e-5


@dataclass(frozen=True, slots=True)
class Loose:
    """An end of a wall that meets nothing, and how far the next wall is; None where there is none near."""

    line: LineString
    end: Point
    gap_m: float


@dataclass(frozen=True, slots=True)
class WallFaces:
    """What wall lines enclose."""

    rooms: tuple[Polygon, ...] = ()
    bodies: tuple[Polygon, ...] = ()
    """Walls themselves, and the thresholds of doors."""
    openings: tuple[Polygon, ...] = ()
    bridges: tuple[LineString, ...] = ()
    loose: tuple[Loose, ...] = ()


def rooms_from_walls(walls: Sequence[LineString], openings: Sequence[LineString] = (), *, gap_m: float) -> WallFaces:
    """Return what walls enclose; `openings` are lines of doors and windows, which let wider gaps be bridged."""
    if not walls:
        return WallFaces()
    noded = shapely.unary_union(list(walls), grid_size=_GRID_M)
    bridges = bridges_of(_segments(noded), openings, gap_m=gap_m)
    whole = shapely.unary_union([noded, *bridges], grid_size=_GRID_M) if bridges else noded
    faces, _, dangles, _ = shapely.polygonize_full(list(_lines(whole)))
    rooms, bodies, gaps = _sorted(list(faces.geoms), bridges)
    return WallFaces(rooms, bodies, gaps, tuple(bridges), tuple(_loose(_lines(dangles), whole)))


def fits_in(shape: Polygon, width_m: float) -> bool:
    """Return whether a disc of a width fits into a shape."""
    west, south, east, north = shape.bounds
    if min(east - west, north - south) < width_m:
        return False
    return not shape.buffer(-width_m / 2).is_empty


def _sorted(
    faces: list[Polygon], bridges: Sequence[LineString]
) -> tuple[tuple[Polygon, ...], tuple[Polygon, ...], tuple[Polygon, ...]]:
    """Return rooms, walls, and what lies between two bridges: the thresholds of doors."""
    tree = STRtree(bridges) if bridges else None
    rooms, bodies, gaps = [], [], []
    for face in sorted(faces, key=lambda f: (*f.bounds, f.area)):
        if fits_in(face, THICKEST_WALL_M):
            rooms.append(face)
        elif tree is not None and _bridged(face, tree, bridges) > 0.5:
            gaps.append(face)
        elif face.area > 1e-4:
            bodies.append(face)
    return tuple(rooms), tuple(bodies), tuple(gaps)


def _bridged(face: Polygon, tree: STRtree, bridges: Sequence[LineString]) -> float:
    """Return the share of a face's boundary that runs along bridges."""
    near = [bridges[i] for i in tree.query(face)]
    return face.exterior.intersection(shapely.union_all(near).buffer(1e-3)).length / face.length if near else 0.0


def _lines(shape: shapely.Geometry) -> Iterable[LineString]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "LineString" and part.length > 0]


def _segments(noded: shapely.Geometry) -> list[tuple[Pair, Pair]]:
    found: set[tuple[Pair, Pair]] = set()
    for line in _lines(noded):
        points = [(round(x, 5), round(y, 5)) for x, y in line.coords]
        found.update((min(a, b), max(a, b)) for a, b in pairwise(points) if a != b)
    return sorted(found)


def _loose(dangles: Iterable[LineString], noded: shapely.Geometry) -> Iterable[Loose]:
    """Return the lines that end in nothing, longer than what is left over at corners."""
    lines = [line for line in dangles if line.length > 0.1]
    if not lines:
        return []
    whole = np.array(list(_lines(noded)))
    tree = STRtree(whole)
    found = []
    for line in sorted(lines, key=lambda each: each.bounds):
        ends = [Point(line.coords[0]), Point(line.coords[-1])]
        free = [end for end in ends if len(tree.query(end, predicate="dwithin", distance=1e-3)) <= 1]
        for end in free:
            others = [i for i in tree.query(end, predicate="dwithin", distance=WIDEST_OPENING_M)
                      if whole[i].distance(end) > 1e-3]  # fmt: skip
            if others:
                found.append(Loose(line, end, min(float(whole[i].distance(end)) for i in others)))
    return found
