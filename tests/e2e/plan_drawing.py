"""A floor of the sample city drawn as CAD people draw it, with the slips that such drawings have."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import ezdxf
import numpy as np
import shapely
from ezdxf.enums import TextEntityAlignment
from shapely.affinity import rotate, scale, translate
from shapely.geometry import MultiPolygon, Polygon
from sqlalchemy import Connection, text

MILLIMETRES, METRES = 4, 6
_ROOMS = text(
    "SELECT room.number, room.name, ST_AsText(room.plan_outline) AS shape FROM fangdi.room"
    " JOIN fangdi.floor ON floor.id = room.floor_id"
    " WHERE floor.building_id = :building AND floor.level = :level AND upper_inf(room.valid) ORDER BY room.id"
)
_OUTLINE = text("SELECT ST_AsText(plan_outline) FROM fangdi.floor WHERE building_id = :building AND level = :level")


@dataclass(frozen=True)
class DrawnRoom:
    """A room as it is to be drawn, in metres."""

    number: str | None
    name: str | None
    shape: Polygon


@dataclass
class FloorDrawing:
    """A floor in metres, straight and with its lower left corner at zero."""

    rooms: list[DrawnRoom]
    outline: Polygon
    open_rooms: set[str] = field(default_factory=set)
    """Numbers of rooms whose outline is left open by 4 cm."""

    @classmethod
    def of(cls, connection: Connection, *, building: int, level: float) -> "FloorDrawing":
        """Take a floor out of the database as a drawing would show it."""
        place = {"building": building, "level": level}
        outline = shapely.from_wkt(connection.execute(_OUTLINE, place).scalar_one())
        rows = connection.execute(_ROOMS, place).mappings().all()
        shapes = _straight([outline, *(shapely.from_wkt(row["shape"]) for row in rows)])
        rooms = [
            DrawnRoom(row["number"], row["name"], part)
            for row, shape in zip(rows, shapes[1:], strict=True)
            for part in _parts(shape)
        ]
        return cls(rooms, _parts(shapes[0])[0])

    def number(self, number: str) -> DrawnRoom:
        """Return a room."""
        return next(room for room in self.rooms if room.number == number)

    def narrow(self, number: str, share: float) -> None:
        """Draw a room narrower than it is."""
        room = self.number(number)
        shape = scale(room.shape, xfact=1 - share, origin=_corner(room.shape))
        self.rooms[self.rooms.index(room)] = DrawnRoom(room.number, room.name, shape)

    def split(self, number: str) -> None:
        """Draw a partition through a room; its halves get letters."""
        room = self.number(number)
        west, south, east, north = room.shape.bounds
        middle, wall = (west + east) / 2, 0.1
        halves = [(west, middle - wall), (middle + wall, east)]
        shapes = [room.shape.intersection(shapely.box(left, south, right, north)) for left, right in halves]
        self.rooms[self.rooms.index(room) : self.rooms.index(room) + 1] = [
            DrawnRoom(f"{number}{letter}", room.name, shape) for letter, shape in zip("AB", shapes, strict=True)
        ]

    def renumber(self, number: str, to: str) -> None:
        """Write another number into a room."""
        room = self.number(number)
        self.rooms[self.rooms.index(room)] = DrawnRoom(to, room.name, room.shape)

    def forget(self, number: str) -> None:
        """Leave a room out."""
        self.rooms.remove(self.number(number))

    def write(self, file: Path, *, unit: float = 0.001, header: int = MILLIMETRES) -> Path:
        """Write the drawing, `unit` metres to a unit; `header` is what the file says of its unit."""
        document = ezdxf.new("R2010", units=header)
        model = document.modelspace()
        for name, colour in (("外轮廓", 8), ("房间轮廓", 3), ("房间标注", 7), ("家具", 9)):
            document.layers.add(name, color=colour)
        _polyline(model, self.outline, unit, layer="外轮廓")
        for room in self.rooms:
            opened = room.number in self.open_rooms
            _polyline(model, room.shape, unit, layer="房间轮廓", opened=opened)
            _label(model, room, unit)
        document.saveas(file)
        return file


def _polyline(model: Any, shape: Polygon, unit: float, *, layer: str, opened: bool = False) -> None:
    points = np.array(shape.exterior.coords)[:-1]
    if opened:
        first, last = points[0], points[-1]
        points = np.vstack([points, first + (last - first) / np.linalg.norm(last - first) * 0.04])
    model.add_lwpolyline(points / unit, close=not opened, dxfattribs={"layer": layer})


def _label(model: Any, room: DrawnRoom, unit: float) -> None:
    lines = [word for word in (room.number, room.name, f"{room.shape.area:.2f}㎡" if room.number else None) if word]
    at = room.shape.representative_point()
    label = model.add_text(" ".join(lines), height=0.25 / unit, dxfattribs={"layer": "房间标注"})
    label.set_placement((at.x / unit, at.y / unit), align=TextEntityAlignment.MIDDLE_CENTER)


def _straight(shapes: Sequence[Any]) -> list[Any]:
    """Turn shapes so that the first one's longest side lies level, and move its lower left corner to zero."""
    ring = np.array(_parts(shapes[0])[0].exterior.coords)
    sides = np.diff(ring, axis=0)
    along = sides[np.argmax(np.hypot(*sides.T))]
    turn = -float(np.degrees(np.arctan2(along[1], along[0])))
    turned = [rotate(shape, turn, origin=(0, 0)) for shape in shapes]
    west, south, _, _ = turned[0].bounds
    return [translate(shape, -west, -south) for shape in turned]


def _parts(shape: Any) -> list[Polygon]:
    return list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]


def _corner(shape: Polygon) -> tuple[float, float]:
    west, south, _, _ = shape.bounds
    return west, south
