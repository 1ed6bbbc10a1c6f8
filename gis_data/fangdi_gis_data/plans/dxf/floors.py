"""Several floors in one drawing: told apart by a person's boxes, by frames, or seen as groups far apart."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import Polygon, box

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import FloorBox, Reading
from fangdi_gis_data.plans.dxf.outlines import Closed
from fangdi_gis_data.plans.dxf.things import Contents, Drawn, Written
from fangdi_gis_data.plans.level_text import is_floor_title, level_of

_APART_M = 6.0
"""Groups of walls and rooms are apart where that much lies between them: more than a passage or a gate,"""
_APART_SHARE = 0.08
"""and more than this share of the drawing."""
_LEAST_GROUP_M2 = 15.0
_SAME_FRAME = 0.7
"""A frame in a frame with this share of its area is its inner line."""
_BELOW, _BELOW_M = 0.35, 6.0
"""A title stands below its floor by that share of the floor's height at most, or that far."""


@dataclass
class Sheet:
    """A part of a drawing that is one floor."""

    key: str
    name: str
    level: float | None
    contents: Contents
    area: Polygon | None = None


@dataclass
class Sheets:
    """The floors of a drawing, and what did not become one."""

    sheets: list[Sheet] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def split(
    contents: Contents, frames: Sequence[Closed], matter: Sequence[int], reading: Reading, metres: float
) -> Sheets:
    """Return the floors; `matter` are numbers of the curves that make rooms, walls or floors. In metres."""
    if reading.boxes:
        return _by_boxes(contents, matter, [_metric(each, metres) for each in reading.boxes])
    kept = _outermost(frames, contents, matter)
    if len(kept) > 1:
        return _by_frames(contents, matter, kept)
    return _by_groups(contents, matter, reading)


def _metric(box_: FloorBox, metres: float) -> FloorBox:
    return FloorBox(
        box_.west * metres, box_.south * metres, box_.east * metres, box_.north * metres, box_.name, box_.level
    )


def _by_boxes(contents: Contents, matter: Sequence[int], boxes: Sequence[FloorBox]) -> Sheets:
    areas = [box(each.west, each.south, each.east, each.north) for each in boxes]
    parts, outside = _dealt(contents, matter, areas)
    sheets = [
        Sheet(f"box{number}", each.name, each.level if each.level is not None else level_of(each.name), part, area)
        for number, (each, part, area) in enumerate(zip(boxes, parts, areas, strict=True), start=1)
    ]
    return Sheets(sheets, _outside(outside))


def _by_frames(contents: Contents, matter: Sequence[int], frames: Sequence[Closed]) -> Sheets:
    areas = [box(*frame.shape.bounds) for frame in frames]
    parts, outside = _dealt(contents, matter, areas)
    sheets = []
    for frame, part, area in zip(frames, parts, areas, strict=True):
        title = _title(part.written)
        sheets.append(
            Sheet(f"frame{frame.handle}", title or frame.handle, level_of(title) if title else None, part, area)
        )
    sheets.sort(key=lambda sheet: (sheet.level is None, sheet.level or 0.0, sheet.key))
    return Sheets(sheets, _outside(outside))


def _by_groups(contents: Contents, matter: Sequence[int], reading: Reading) -> Sheets:
    groups = _groups([contents.drawn[number] for number in matter])
    titles = [_title_of(contents.written, group) for group in groups]
    found = Sheets()
    if len(groups) > 1 and _tell_apart(titles):
        found.findings.append(Finding(FindingCode.SEVERAL_FLOORS, Severity.NOTE, {"count": len(groups)}))
        parts, outside = _dealt(contents, matter, [group.buffer(_APART_M / 2 - 0.5) for group in groups])
        for number, (title, part, group) in enumerate(zip(titles, parts, groups, strict=True), start=1):
            level = level_of(title or "")
            key = f"group{number}" if level is None else f"level{level:g}"
            found.sheets.append(Sheet(key, title or "", level, part, group))
        found.sheets.sort(key=lambda sheet: (sheet.level is None, sheet.level or 0.0))
        found.findings.extend(_outside(outside))
        return found
    if len(groups) > 1:
        found.findings.append(Finding(FindingCode.SEVERAL_FLOORS, Severity.WARNING, {"count": len(groups)}))
    title = _title(contents.written)
    level = reading.level if reading.level is not None else (level_of(title) if title else None)
    found.sheets.append(Sheet("floor", title or "", level, contents))
    return found


def _tell_apart(titles: Sequence[str | None]) -> bool:
    """Return whether every group has a title of its own and no two name one level; a title of several names none."""
    levels = [level for level in (level_of(title) for title in titles if title) if level is not None]
    return None not in titles and len(set(titles)) == len(titles) and len(set(levels)) == len(levels)


def _title(texts: Sequence[Written]) -> str | None:
    """Return the title with the largest letters."""
    titles = [text for text in texts if is_floor_title(text.text)]
    return max(titles, key=lambda text: (text.height, -text.at[1], text.text)).text if titles else None


def _title_of(texts: Sequence[Written], group: Polygon) -> str | None:
    """Return the title in a group or right below or above it."""
    west, south, east, north = group.bounds
    reach = max(_BELOW * (north - south), _BELOW_M)
    return _title(
        [text for text in texts if west <= text.at[0] <= east and south - reach <= text.at[1] <= north + reach]
    )


def _outermost(frames: Sequence[Closed], contents: Contents, matter: Sequence[int]) -> list[Closed]:
    """Return frames that hold something, one of each pair of lines, and none that is around several others."""
    if not frames or not matter:
        return []
    points = shapely.points(np.array([contents.drawn[number].curve.points[0] for number in matter]))
    tree = STRtree(points)
    holding = [frame for frame in frames if len(tree.query(box(*frame.shape.bounds), predicate="contains"))]
    holding.sort(key=lambda frame: (-frame.shape.area, frame.handle))
    kept: list[Closed] = []
    for frame in holding:
        inner = [other for other in holding if other is not frame and frame.shape.contains(other.shape)]
        apart = [other for other in inner if other.shape.area < _SAME_FRAME * frame.shape.area]
        doubled = any(other.shape.contains(frame.shape) for other in kept)
        if not apart and not doubled:
            kept.append(frame)
    return kept


def _dealt(contents: Contents, matter: Sequence[int], areas: Sequence[Polygon]) -> tuple[list[Contents], int]:
    """Return what lies in each area, and how many curves that matter lie in none."""
    parts = [Contents() for _ in areas]
    tree = STRtree(areas)
    middles = [_middle(thing) for thing in contents.drawn]
    places = _first_hit(tree, middles)
    for thing, place in zip(contents.drawn, places, strict=True):
        if place is not None:
            parts[place].drawn.append(thing)
    for text, place in zip(contents.written, _first_hit(tree, [text.at for text in contents.written]), strict=True):
        if place is not None:
            parts[place].written.append(text)
    return parts, sum(places[number] is None for number in matter)


def _first_hit(tree: STRtree, points: list[tuple[float, float]]) -> list[int | None]:
    places: list[int | None] = [None] * len(points)
    if points:
        for point, area in zip(*tree.query(shapely.points(np.array(points)), predicate="within").tolist(), strict=True):
            now = places[point]
            places[point] = area if now is None else min(now, area)
    return places


def _middle(thing: Drawn) -> tuple[float, float]:
    xs, ys = zip(*thing.curve.points, strict=True)
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def _outside(count: int) -> list[Finding]:
    return [Finding(FindingCode.OUTSIDE_FRAMES, Severity.WARNING, {"count": count})] if count else []


def _groups(things: Sequence[Drawn]) -> list[Polygon]:
    """Return the rectangles of groups of curves that lie far apart, large ones only, from west to east."""
    if not things:
        return []
    bounds = np.array([_bounds(thing) for thing in things])
    wide = max(bounds[:, 2].max() - bounds[:, 0].min(), bounds[:, 3].max() - bounds[:, 1].min())
    half = max(_APART_M, _APART_SHARE * wide) / 2
    boxes = shapely.box(*(bounds + np.array([-half, -half, half, half])).T)
    merged = shapely.get_parts(shapely.unary_union(boxes))
    found = []
    for part in merged:
        west, south, east, north = part.bounds
        inner = box(west + half, south + half, east - half, north - half)
        if inner.area >= _LEAST_GROUP_M2:
            found.append(inner)
    return sorted(found, key=lambda group: group.bounds)


def _bounds(thing: Drawn) -> tuple[float, float, float, float]:
    xs, ys = zip(*thing.curve.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
