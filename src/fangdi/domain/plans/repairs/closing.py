"""Closing an outline whose ends nearly meet: of a room, or around a floor."""

import shapely
from shapely.geometry import LineString, Polygon

from fangdi.domain.plans.checks.names import called
from fangdi.domain.plans.model import FoundBy, Label, LayerRole, Outline, PlanFloor, PlanRoom
from fangdi.domain.plans.repairs.proposal import CHECKS, Case, Repair, RepairKind, words_of
from fangdi.domain.plans.shapes import common, polygons_united, valid_outlines, widths_m


def close(case: Case) -> Repair | None:
    """Close an open outline whose ends are near each other: a floor's if the finding says so, else that of a room."""
    line, floor = case.finding.shape, case.floor()
    if not isinstance(line, LineString) or floor is None or line.is_closed or len(line.coords) < 3:
        return None
    ends = shapely.get_point(line, 0), shapely.get_point(line, -1)
    if ends[0].distance(ends[1]) > case.limits.close_m:
        return None
    shape = Polygon(line.coords)
    if not shape.is_valid:
        return None
    exact = case.finding.values.get("closed_m2")
    outline = Outline(shape, float(exact)) if exact is not None else Outline.straight(shape)
    if case.finding.values.get("of") == LayerRole.FLOOR:
        return _close_floor(case, floor, outline)
    return _close_room(case, floor, outline)


def _close_floor(case: Case, floor: PlanFloor, outline: Outline) -> Repair | None:
    """Make the outer outline of a floor that has none drawn."""
    if floor.outline is not None and not floor.outline_implied:
        return None
    change = outline.area_m2 - (floor.outline.area_m2 if floor.outline else 0.0)
    words = words_of(f"闭合“{floor.name}”的外轮廓", f"Close the outer outline of “{floor.name}”", change)
    return Repair(case.finding.code, RepairKind.CLOSE, floor.key, (), floor.outline, outline, words)


def _close_room(case: Case, floor: PlanFloor, outline: Outline) -> Repair | None:
    """Make a room, with the one label that lies in it, where there is no room yet and one may be."""
    shape = outline.shape
    taken = common(polygons_united(valid_outlines([room.outline for room in floor.rooms])), shape)
    slim = widths_m(shape) < CHECKS.least_width_m
    if slim or shape.area < CHECKS.least_room_m2 or taken.area > shape.area / 2:
        return None
    handle = case.finding.handle or f"{shape.centroid.x:.2f},{shape.centroid.y:.2f}"
    labels = [label for label in floor.labels if shape.covers(label.at) and (label.number or label.name)]
    room = _closed(outline, handle, labels[0] if len(labels) == 1 else None)
    words = words_of(f"闭合“{called(room)}”的轮廓", f"Close the outline of “{called(room)}”", outline.area_m2)
    return Repair(case.finding.code, RepairKind.CLOSE, floor.key, (room.key,), None, room.outline, words, room=room)


def _closed(outline: Outline, handle: str, label: Label | None) -> PlanRoom:
    stated = (label.stated,) if label is not None and label.stated is not None else ()
    number, name = (label.number, label.name) if label is not None else (None, None)
    return PlanRoom(f"closed-{handle}", outline, FoundBy.DRAWN, handle, number=number, name=name, stated=stated)
