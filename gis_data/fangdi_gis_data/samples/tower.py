"""Skeletons of towers: rooms on four sides of a core with stairs, lifts and toilets."""

from shapely import Polygon, box, union_all

from fangdi_gis_data.samples.plans import FACADE_M, WALL_M, Measures, Skeleton, Strip

_BANKS = (
    ("stairs", 3.0),
    ("shaft", 1.3),
    ("lift", 2.3),
    ("lobby", 2.8),
    ("lift", 2.3),
    ("toilet", 3.2),
    ("stairs", 3.0),
)
"""The core from left to right, with widths in metres that are scaled to what there is room for."""


def tower_plan(*, bays: int, side_bays: int, measures: Measures) -> Skeleton:
    """Return a tower of `bays` along the front and `side_bays` between front and back rows on the sides."""
    pitch, depth, corridor = measures.pitch_m, measures.front_m, measures.corridor_m
    width = bays * pitch - WALL_M
    side = side_bays * pitch - WALL_M
    left, bottom = FACADE_M, FACADE_M
    inner_y = bottom + depth + WALL_M
    ring = box(left + depth + WALL_M, inner_y, left + width - depth - WALL_M, inner_y + side)
    core_box = ring.buffer(-corridor - WALL_M, join_style="mitre")
    core, lift_lobby = _core(core_box)
    hole = ring.buffer(-corridor, join_style="mitre")
    corridor_shape = union_all([ring.difference(hole), lift_lobby.intersection(ring)]).normalize()
    strips = (
        Strip(left, bottom, False, depth, bays, pitch),
        Strip(left, inner_y + side + WALL_M, False, depth, bays, pitch),
        Strip(left, inner_y, True, depth, side_bays, pitch),
        Strip(left + width - depth, inner_y, True, depth, side_bays, pitch),
    )
    total = 2 * depth + 2 * WALL_M + side
    outline = box(0, 0, width + 2 * FACADE_M, total + 2 * FACADE_M)
    return Skeleton(outline, corridor_shape, strips, {}, core=core, lobby=(0, (bays - 3) // 2, 3))


def _core(room: Polygon) -> tuple[tuple[tuple[str, Polygon], ...], Polygon]:
    """Cut the core into its banks; return them and the lift lobby, which opens to the corridor on both sides."""
    x1, y1, x2, y2 = room.bounds
    walls = (len(_BANKS) - 1) * WALL_M
    scale = (x2 - x1 - walls) / sum(width for _, width in _BANKS)
    cells: list[tuple[str, Polygon]] = []
    lobby = room
    at = x1
    for use, nominal in _BANKS:
        end = at + nominal * scale
        if use == "lobby":
            lobby = box(at, y1 - 2 * WALL_M, end, y2 + 2 * WALL_M)
        elif use == "stairs":
            cells.append((use, box(at, y1, end, y2)))
        else:
            middle = (y1 + y2) / 2
            upper = {"toilet": "toilet", "shaft": "tea_room"}.get(use, use)
            cells.append((use, box(at, y1, end, middle - WALL_M / 2)))
            cells.append((upper, box(at, middle + WALL_M / 2, end, y2)))
        at = end + WALL_M
    return tuple(cells), lobby
