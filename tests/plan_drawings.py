"""Floors drawn by a few words, for tests of the rules of plans; everything in metres."""

from collections.abc import Sequence
from dataclasses import replace

from shapely.geometry import Polygon, box

from fangdi.domain.plans.model import (
    FoundBy,
    Outline,
    PartKind,
    Plan,
    PlanFloor,
    PlanFormat,
    PlanPart,
    PlanRoom,
    Units,
)


def rectangle(west: float, south: float, width: float, height: float) -> Polygon:
    """Draw a rectangle from its south-west corner."""
    return box(west, south, west + width, south + height)


def room(key: str, shape: Polygon, *, number: str | None = None, name: str | None = "办公室") -> PlanRoom:
    """Draw a room without arcs; its number is its key unless another is given."""
    return PlanRoom(key, Outline.straight(shape), FoundBy.DRAWN, f"h-{key}", number=number or key, name=name)


def with_height(drawn: PlanRoom, height_m: float) -> PlanRoom:
    """Give a room a height of its own."""
    return replace(drawn, height_m=height_m)


def part(kind: PartKind, shape: Polygon, *, height_m: float | None = None) -> PlanPart:
    """Draw a wall, void or open part."""
    return PlanPart(kind, Outline.straight(shape), f"h-{kind}", height_m)


def floor(
    *rooms: PlanRoom,
    outline: Polygon | None = None,
    parts: Sequence[PlanPart] = (),
    height_m: float | None = 3.3,
    key: str = "f1",
    level: float | None = 1,
) -> PlanFloor:
    """Draw a floor."""
    drawn = Outline.straight(outline) if outline is not None else None
    return PlanFloor(key, key, level, height_m=height_m, outline=drawn, rooms=rooms, parts=tuple(parts))


def plan(*floors: PlanFloor) -> Plan:
    """Draw a plan in metres."""
    return Plan(PlanFormat.DXF, floors, Units("m", 1.0, "header"))


def corridor_floor(rooms_a_side: int = 5, *, wall: float = 0.2, key: str = "f1", level: float = 1) -> PlanFloor:
    """Draw offices of 4 × 5 m on both sides of a corridor 2 m wide, with walls of one thickness all around."""
    pitch = 4 + wall
    north, corridor = 5 + wall + 2 + wall, 5 + wall
    offices = [
        room(f"{key}-{side}{number:02}", rectangle(number * pitch, y, 4, 5))
        for side, y in (("s", 0.0), ("n", north))
        for number in range(rooms_a_side)
    ]
    length = rooms_a_side * pitch - wall
    hall = room(f"{key}-hall", rectangle(0, corridor, length, 2), name="走廊")
    outline = rectangle(-wall, -wall, length + 2 * wall, north + 5 + 2 * wall)
    return floor(*offices, hall, outline=outline, key=key, level=level)
