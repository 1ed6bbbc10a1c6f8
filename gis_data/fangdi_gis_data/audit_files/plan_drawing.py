"""A floor drawn for paper: rooms coloured by verdict, walls dark, a scale bar; metres scaled to points."""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from reportlab.graphics.shapes import Drawing, Group, Line, Path, Rect, String
from reportlab.lib.colors import HexColor, white
from shapely.geometry import MultiPolygon, Polygon

from fangdi.domain.plans.report import ReportFloor, ReportRoom
from fangdi_gis_data.audit_files import Look
from fangdi_gis_data.letters import in_words

_INK, _FAINT, _WALL = HexColor("#33373d"), HexColor("#c9ced6"), HexColor("#5b626c")
_SMALLEST_PT, _LARGEST_PT = 4.5, 9
_FOOT_PT = 22
"""Height kept free below the drawing for scale bar and legend."""
_BARS_M = (1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """From metres of the plan to points on the paper."""

    west: float
    south: float
    scale: float

    def at(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.west) * self.scale, (y - self.south) * self.scale + _FOOT_PT


def draw_floor(floor: ReportFloor, *, look: Look, font: str, width: float, height: float) -> Drawing | None:
    """Return the floor as a drawing of at most this size in points, or None when it has no shapes."""
    outline = () if floor.outline is None else (floor.outline,)
    shapes = [*(room.shape for room in floor.rooms), *floor.walls, *outline]
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes)
    scale = min(width / max(east - west, 0.1), (height - _FOOT_PT) / max(north - south, 0.1))
    sheet = _Sheet(west, south, scale)
    drawing = Drawing(width, (north - south) * scale + _FOOT_PT)
    for line in floor.backdrop:
        drawing.add(_line(line.coords, sheet))
    if floor.outline is not None:
        drawing.add(_area(floor.outline, sheet, fill=None, stroke=_INK))
    for room in floor.rooms:
        drawing.add(_area(room.shape, sheet, fill=HexColor(look.colours[room.verdict]), stroke=white))
    for wall in floor.walls:
        drawing.add(_area(wall, sheet, fill=_WALL, stroke=None))
    for room in floor.rooms:
        drawing.add(_label(room, sheet, font))
    drawing.add(_scale_bar(sheet, font, width))
    drawing.add(_legend(floor.rooms, look, font, width))
    return drawing


def _area(shape: Polygon | MultiPolygon, sheet: _Sheet, *, fill: object, stroke: object) -> Path:
    path = Path(fillColor=fill, strokeColor=stroke, strokeWidth=0.4, fillRule=0)  # even-odd: holes stay open
    for part in shapely.get_parts(shape):
        for ring in (part.exterior, *part.interiors):
            first, *others = ring.coords[:-1]
            path.moveTo(*sheet.at(*first[:2]))
            for corner in others:
                path.lineTo(*sheet.at(*corner[:2]))
            path.closePath()
    return path


def _line(corners: Sequence[tuple[float, ...]], sheet: _Sheet) -> Path:
    path = Path(fillColor=None, strokeColor=_FAINT, strokeWidth=0.3)
    for number, corner in enumerate(corners):
        (path.lineTo if number else path.moveTo)(*sheet.at(*corner[:2]))
    return path


def _label(room: ReportRoom, sheet: _Sheet, font: str) -> Group:
    """Return name and area as large as fits, or nothing where they would be too small: the table has both."""
    west, south, east, north = room.shape.bounds
    texts = [in_words(room.label, font), f"{room.measured_m2:.2f}"]
    letters = max(sum(1 if ord(letter) > 0x2E80 else 0.55 for letter in text) for text in texts)
    size = min((east - west) * sheet.scale / (letters + 1), (north - south) * sheet.scale / 3, _LARGEST_PT)
    group = Group()
    if size >= _SMALLEST_PT:
        middle = room.shape.representative_point()
        x, y = sheet.at(middle.x, middle.y)
        for text, down in zip(texts, (-0.2 * size, size), strict=True):
            group.add(String(x, y - down, text, fontName=font, fontSize=size, textAnchor="middle", fillColor=_INK))
    return group


def _scale_bar(sheet: _Sheet, font: str, width: float) -> Group:
    metres = max((bar for bar in _BARS_M if bar * sheet.scale <= width / 4), default=_BARS_M[0])
    length = metres * sheet.scale
    bar = Line(0, 8, length, 8, strokeColor=_INK, strokeWidth=1.2)
    text = String(length + 4, 5, f"{metres} m", fontName=font, fontSize=8, fillColor=_INK)
    return Group(bar, text)


def _legend(rooms: Sequence[ReportRoom], look: Look, font: str, width: float) -> Group:
    group, x = Group(), width / 3
    present = {room.verdict for room in rooms}
    for key, name in look.names.items():
        if key in present:
            group.add(Rect(x, 4, 10, 8, fillColor=HexColor(look.colours[key]), strokeColor=None))
            text = f"{name.zh} {name.en}"
            group.add(String(x + 13, 5, text, fontName=font, fontSize=8, fillColor=_INK))
            x += 24 + sum(8 if ord(letter) > 0x2E80 else 4.2 for letter in text)
    return group
