"""Cuts the ground between the streets into blocks, and blocks into parcels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, Polygon, STRtree
from shapely.ops import split

from fangdi_gis_data.samples.streets import Streets
from fangdi_gis_data.samples.terrain import Terrain

_GRID_M = 0.01
"""Street lines and parcel borders meet on a net of centimetres, so that neighbours share their corners exactly."""
_SMOOTH_M = 1.0
_HALF_STREET_M = (7.0, 11.0)
_HALF_ARTERIAL_M = 20.0
_CORNER_M = 7.0
_LEAST_BLOCK_M2 = 2_500
_LARGE_BLOCK_M2 = 95_000
"""Where the traced streets leave more than about this between them, straight ones are cut through."""
_LEAST_PARCEL_M2 = 1_300
_LEAST_WIDTH_M = 16
_SLIVER_M2 = 50
"""What two cuts that meet at a point leave between them after rounding is nobody's land."""
_ORDER_M = 500
"""Blocks are numbered by squares of this size, row by row, as cadastral sections are."""


@dataclass(frozen=True)
class Block:
    """The ground between streets: built up, or the green beside water."""

    outline: Polygon
    remoteness: float
    to_arterial_m: float
    green: bool


def cut_blocks(terrain: Terrain, streets: Streets, reserved: Sequence[Polygon], *, rng: Generator) -> list[Block]:
    """Return the blocks between the streets that are not reserved for compounds, thinned out to the edge."""
    lines = [*streets.given, *(line.simplify(_SMOOTH_M) for line in [*streets.arterials, *streets.others])]
    banks = [terrain.water.boundary] if not terrain.water.is_empty else []
    closed, _, dead_ends, _ = shapely.polygonize_full([shapely.union_all([*lines, *banks], grid_size=_GRID_M)])
    faces = _not_too_large(shapely.get_parts(closed), rng)
    open_ends = dead_ends.buffer(1)
    wide = [
        line.difference(open_ends).buffer(_HALF_ARTERIAL_M + _CORNER_M, cap_style="flat") for line in streets.arterials
    ]
    others = shapely.buffer([*reserved, *shapely.get_parts(terrain.water)], _CORNER_M, quad_segs=2).tolist()
    taken = STRtree([*others, *wide])
    tree = STRtree(streets.arterials)
    middles = shapely.point_on_surface(faces)
    blocks = []
    for number in _in_order(middles):
        face, middle = faces[number], middles[number]
        green = bool(terrain.shore.contains(middle))
        far = float(terrain.remoteness(middle.x, middle.y))
        near = float(shapely.distance(streets.arterials[tree.nearest(middle)], face))
        chance, half = rng.random(), float(rng.uniform(*_HALF_STREET_M))
        if not green and chance < _emptiness(far, near, middle.x, middle.y):
            continue
        blocks += [Block(part, far, near, green) for part in _between(face, taken, half)]
    return blocks


def _not_too_large(faces: Sequence[Polygon], rng: Generator) -> list[Polygon]:
    ordered = (faces[number] for number in _in_order(shapely.point_on_surface(faces)))
    return [part for face in ordered for part in _halved(face, _LARGE_BLOCK_M2, rng)]


def _in_order(middles: Sequence[shapely.Point]) -> list[int]:
    squares = np.floor(shapely.get_coordinates(middles) / _ORDER_M)
    inner = np.round(shapely.get_coordinates(middles), 1)
    order: list[int] = np.lexsort((inner[:, 0], inner[:, 1], squares[:, 0], squares[:, 1])).tolist()
    return order


def _emptiness(far: float, near: float, x: float, y: float) -> float:
    """Return how likely a block is to be open land: towards the edge, in patches, less so along arterials."""
    patches = 0.22 * (np.sin(x / 290 + 1.3) * np.sin(y / 240) + np.sin((x - y) / 410))
    rising = (far + patches * min(far, 1.0) - 0.84) / 0.3 - (0.25 if near < 1 else 0)
    return float(np.clip(rising, 0.015, 0.97))


def _between(face: Polygon, taken: STRtree, half_street_m: float) -> Iterator[Polygon]:
    """Yield what is left of a face when streets, water and the towns' own blocks are taken off, with round corners.

    What is `taken` is larger than it is by the radius of the corners, and so is what is left when they are rounded.
    """
    land = face.buffer(-half_street_m - _CORNER_M, join_style="mitre")
    for obstacle in sorted(taken.query(land, predicate="intersects").tolist()):
        land = land.difference(taken.geometries[obstacle])
    land = land.buffer(_CORNER_M, quad_segs=2)
    for part in shapely.get_parts(land):
        if part.area >= _LEAST_BLOCK_M2:
            yield part


def subdivide(block: Polygon, *, parcel_m2: float, rng: Generator) -> list[Polygon]:
    """Divide a block into parcels of about an area, by cuts across its longer side."""
    parts = list(_halved(block, parcel_m2, rng))
    if len(parts) == 1:
        return parts
    edges = shapely.union_all([part.boundary for part in parts], grid_size=_GRID_M)
    faces = shapely.get_parts(shapely.polygonize([edges]))
    inside = shapely.contains(block, shapely.point_on_surface(faces))
    return [face for face in faces[inside] if face.area > _SLIVER_M2]


def _halved(part: Polygon, parcel_m2: float, rng: Generator) -> Iterator[Polygon]:
    if part.area < parcel_m2 * float(rng.uniform(0.9, 2.2)):
        yield part
        return
    pieces = _cut(part, float(rng.uniform(0.36, 0.64)), float(rng.normal(0, 0.07)))
    if min(piece.area for piece in pieces) < _LEAST_PARCEL_M2 or any(_narrow(piece) for piece in pieces):
        yield part
        return
    for piece in pieces:
        yield from _halved(piece, parcel_m2, rng)


def _cut(part: Polygon, at: float, lean: float) -> list[Polygon]:
    """Cut a polygon across the longer side of the box around it, not quite square."""
    corners = shapely.get_coordinates(part.oriented_envelope)[:4]
    first, second = corners[1] - corners[0], corners[3] - corners[0]
    along, across = (first, second) if np.hypot(*first) >= np.hypot(*second) else (second, first)
    start = corners[0] + along * at
    line = LineString([start - across * 0.1 - along * lean, start + across * 1.1 + along * lean])
    return list(split(part, line).geoms)


def _narrow(part: Polygon) -> bool:
    """Tell whether a polygon is a strip: of a rectangle a by b this measures ab / (a + b)."""
    return bool(2 * part.area / part.length < _LEAST_WIDTH_M)
