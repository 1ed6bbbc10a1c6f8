"""Rooms that a layer of walls encloses: what is left of a floor when walls, doors and shared parts are taken out."""

from collections.abc import Sequence

import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

LEAST_M2 = 1.0
"""A smaller piece is a niche or a shaft."""
LEAST_WIDTH_M = 0.6
"""A piece that is nowhere wider is a gap between walls: nobody walks through."""
_SNAP_M = 0.02
"""Walls that end so near each other touch: layers in degrees have seven decimals, a centimetre."""


def enclosed(outline: Polygon | MultiPolygon, taken: Sequence[BaseGeometry]) -> tuple[list[Polygon], list[Polygon]]:
    """Return the pieces of a floor between what is taken: those that may be rooms, and those too small or narrow."""
    block = shapely.union_all([shapely.make_valid(shape) for shape in taken])
    thick = block.buffer(_SNAP_M, join_style="mitre").buffer(-_SNAP_M, join_style="mitre").union(block)
    rooms: list[Polygon] = []
    rest: list[Polygon] = []
    for piece in shapely.get_parts(outline.difference(thick)):
        if piece.geom_type != "Polygon" or piece.area < LEAST_M2 / 100:
            continue  # noise along the walls
        wide = not piece.buffer(-LEAST_WIDTH_M / 2, join_style="mitre").is_empty
        (rooms if wide and piece.area >= LEAST_M2 else rest).append(piece)
    return rooms, rest


def around(taken: Sequence[BaseGeometry]) -> Polygon | MultiPolygon:
    """Return the outer outline of walls, where none is drawn."""
    block = shapely.union_all([shapely.make_valid(shape) for shape in taken]).buffer(_SNAP_M, join_style="mitre")
    parts = [Polygon(part.exterior) for part in shapely.get_parts(block) if part.geom_type == "Polygon"]
    whole = shapely.union_all(parts).buffer(-_SNAP_M, join_style="mitre")
    kept = [part for part in shapely.get_parts(whole) if part.geom_type == "Polygon"]
    return kept[0] if len(kept) == 1 else MultiPolygon(kept)
