"""Repairs of a plan (修复建议): proposed, shown before and after, and done only where somebody accepts them."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from types import MappingProxyType
from typing import TypeAlias

import shapely
from shapely.geometry import LinearRing, LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.checks.limits import CheckLimits
from fangdi.domain.plans.checks.names import called
from fangdi.domain.plans.checks.outlines import spikes
from fangdi.domain.plans.findings import Finding, FindingCode
from fangdi.domain.plans.model import FoundBy, Label, LayerRole, Outline, Plan, PlanFloor, PlanRoom
from fangdi.domain.plans.shapes import (
    GRID_M,
    array_of,
    cleaned,
    common,
    minus,
    polygons,
    polygons_united,
    undisturbed,
    valid_outlines,
    widths_m,
)


class RepairKind(StrEnum):
    """What a repair does (修复方式)."""

    SNAP = "snap"  # 吻合: one of two neighbours takes the crack or gives up the overlap between them
    CLOSE = "close"  # 闭合: an open outline becomes a room, or the outer outline of a floor that has none drawn
    CLEAN = "clean"  # 清理: an outline that crosses itself, or has spikes and double corners


@dataclass(frozen=True, slots=True)
class RepairLimits:
    """What is proposed at all; the rest is for the drawing office."""

    close_m: float = 0.5
    """Widest opening of an outline that is closed by a straight line: more may be a door left open on purpose."""
    same_corner_m: float = 0.0001
    """Corners nearer than a tenth of a millimetre are one: no area moves by it."""


LIMITS = RepairLimits()
Corner: TypeAlias = tuple[float, ...]
CRUMB_M2 = 1e-6
"""Pieces below a square millimetre are left over from cutting along nearly equal edges."""
_CHECKS = CheckLimits()


@dataclass(frozen=True, slots=True)
class Repair:
    """One proposal: a room with its outline before (None if it is new) and after, and why.

    `code` is the finding that it settles, `rooms` the keys it is about, the one that changes first; none of them if it
    is the outer outline of the floor that changes.
    """

    code: FindingCode
    kind: RepairKind
    floor: str
    rooms: tuple[str, ...]
    before: Outline | None
    after: Outline
    describes: Labels
    room: PlanRoom | None = None
    """The room that closing makes."""

    @property
    def area_change_m2(self) -> float:
        """By how much the room grows, m²; below 0 it shrinks."""
        return self.after.area_m2 - (self.before.area_m2 if self.before else 0.0)

    @property
    def key(self) -> str:
        """What tells it from other proposals for the plan, the same whenever they are made again."""
        at = self.after.shape.centroid
        return f"{self.kind}:{self.floor}:{'+'.join(self.rooms)}:{at.x:.3f},{at.y:.3f}"


@undisturbed
def propose(plan: Plan, findings: Sequence[Finding], *, limits: RepairLimits = LIMITS) -> tuple[Repair, ...]:
    """Return what would settle the findings, one repair each at most, in their order.

    A room that crosses itself is cleaned before anything else is proposed for it: check and propose again then.
    """
    floors = {floor.key: floor for floor in plan.floors}
    rooms = {room.key: (floor, room) for floor in plan.floors for room in floor.rooms}
    proposed: dict[str, Repair] = {}
    for finding in findings:
        propose_one = _PROPOSERS.get(finding.code)
        made = propose_one(_Case(finding, floors, rooms, limits)) if propose_one else None
        if made is not None:
            proposed.setdefault(made.key, made)
    return tuple(proposed.values())


@undisturbed
def apply(plan: Plan, repairs: Iterable[Repair]) -> Plan:
    """Return the plan with the accepted repairs, in any order; rooms that none of them touches stay the same objects.

    Where several change one room, each takes and gives its own ground. The findings of the plan stay: check again.
    """
    by_room: dict[str, list[Repair]] = {}
    new: dict[str, list[PlanRoom]] = {}
    around: dict[str, Outline] = {}
    for repair in sorted(repairs, key=lambda repair: (repair.kind is not RepairKind.CLEAN, repair.key)):
        if repair.room is not None:
            new.setdefault(repair.floor, []).append(repair.room)
        elif not repair.rooms:
            around[repair.floor] = repair.after
        else:
            by_room.setdefault(repair.rooms[0], []).append(repair)
    floors = (_repaired(floor, by_room, new.get(floor.key, ())) for floor in plan.floors)
    return replace(plan, floors=tuple(_within(floor, around.get(floor.key)) for floor in floors))


def settles(repair: Repair, finding: Finding) -> bool:
    """Return whether a new room also settles what its reader missed: any room at all, or one for a label."""
    if repair.room is None:
        return False
    if finding.code is FindingCode.LABEL_WITHOUT_ROOM:
        return finding.floor == repair.floor and finding.at is not None and repair.after.shape.covers(finding.at)
    return finding.code is FindingCode.EMPTY


def _within(floor: PlanFloor, outline: Outline | None) -> PlanFloor:
    if outline is None or outline == floor.outline:
        return floor
    return replace(floor, outline=outline, outline_implied=False)


def _repaired(floor: PlanFloor, repairs: Mapping[str, Sequence[Repair]], new: Sequence[PlanRoom]) -> PlanFloor:
    there = {room.key for room in floor.rooms}
    rooms = tuple(_mended(room, repairs.get(room.key, ())) for room in floor.rooms)
    added = tuple(room for room in new if room.key not in there)
    return replace(floor, rooms=rooms + added) if added or rooms != floor.rooms else floor


def _mended(room: PlanRoom, repairs: Sequence[Repair]) -> PlanRoom:
    outline = room.outline
    for repair in repairs:
        if repair.before is None:
            continue
        if outline == repair.before or not repair.before.shape.is_valid:
            outline = repair.after
        else:
            gained, given = (
                minus(repair.after.shape, repair.before.shape),
                minus(repair.before.shape, repair.after.shape),
            )
            outline = _reshaped(outline, polygons_united([minus(outline.shape, given), gained]))
    return room if outline is room.outline else replace(room, outline=outline)


def _reshaped(before: Outline, shape: Polygon | MultiPolygon) -> Outline:
    """Return an outline with another shape; what its true arcs have more than the strokes stays with it."""
    return Outline(shape, before.area_m2 + (shape.area - before.shape.area))


@dataclass(frozen=True, slots=True)
class _Case:
    """A finding, and where to find what it is about."""

    finding: Finding
    floors: Mapping[str, PlanFloor]
    rooms: Mapping[str, tuple[PlanFloor, PlanRoom]]
    limits: RepairLimits

    def about(self) -> list[tuple[PlanFloor, PlanRoom]]:
        """Return the rooms of the finding that the plan still has."""
        return [self.rooms[key] for key in self.finding.rooms if key in self.rooms]

    def floor(self) -> PlanFloor | None:
        """Return the floor of the finding: as it says, else the only one, else none."""
        if self.finding.floor is None and len(self.floors) == 1:
            return next(iter(self.floors.values()))
        return self.floors.get(self.finding.floor or "")


def _snap(case: _Case) -> Repair | None:
    """Let the larger of two neighbours take the crack or give up the overlap: its area changes least in proportion."""
    about, sliver = case.about(), case.finding.shape
    if len(about) != 2 or sliver is None or not all(room.outline.shape.is_valid for _, room in about):
        return None
    (floor, large), (_, small) = sorted(about, key=lambda found: (-found[1].outline.area_m2, found[1].key))
    overlap = common(large.outline.shape, small.outline.shape)
    if common(overlap, sliver).area > sliver.area / 2:
        after = shapely.difference(large.outline.shape, sliver, grid_size=GRID_M)
    else:
        after = shapely.union(large.outline.shape, _touching(sliver, large.outline.shape), grid_size=GRID_M)
    outline = _reshaped(large.outline, _without_crumbs(after))
    return Repair(
        case.finding.code,
        RepairKind.SNAP,
        floor.key,
        (large.key, small.key),
        large.outline,
        outline,
        _words(
            f"“{called(large)}”与“{called(small)}”吻合",
            f"Fit “{called(large)}” to “{called(small)}”",
            outline.area_m2 - large.outline.area_m2,
        ),
    )


def _touching(sliver: BaseGeometry, shape: BaseGeometry) -> BaseGeometry:
    """Return the parts of a crack that a room can take, and no islands away from it."""
    parts = shapely.get_parts(polygons(sliver))
    return polygons_united(parts[shapely.dwithin(parts, shape, LIMITS.same_corner_m)])


def _without_crumbs(shape: BaseGeometry) -> Polygon | MultiPolygon:
    """Return a shape without its crumbs."""
    parts = shapely.get_parts(polygons(shape))
    return polygons_united(parts[shapely.area(parts) > CRUMB_M2])


def _clean(case: _Case) -> Repair | None:
    """Take the outline apart where it crosses itself, and take spikes and double corners off."""
    about = case.about()
    if len(about) != 1:
        return None
    ((floor, room),) = about
    shape = _without_doubles(_no_spikes(room.outline.shape), case.limits.same_corner_m)
    after = shape if shape.is_valid else cleaned(shape)
    if after.is_empty or after.equals_exact(room.outline.shape, tolerance=0.0):
        return None
    crossed = not room.outline.shape.is_valid
    # the exact area of an outline that crosses itself means nothing: its lobes count against each other
    outline = Outline.straight(after) if crossed else _reshaped(room.outline, after)
    change = outline.area_m2 - room.outline.area_m2
    words = _words(f"清理“{called(room)}”的轮廓", f"Clean the outline of “{called(room)}”", change)
    return Repair(case.finding.code, RepairKind.CLEAN, floor.key, (room.key,), room.outline, outline, words)


def _no_spikes(shape: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """Return a shape without its spikes, tip by tip; rings that are nothing else are left as they are."""
    for _ in range(shapely.get_num_coordinates(shape)):
        found = spikes(array_of([shape]), limits=_CHECKS)
        if not found:
            break
        less = _without_corner(shape, found[0][1].coords[0])
        if not less.area > 0:
            break
        shape = less
    return shape


def _without_corner(shape: Polygon | MultiPolygon, tip: Corner) -> Polygon | MultiPolygon:
    return _redrawn(shape, lambda corners: [corner for corner in corners if corner != tip])


def _without_doubles(shape: Polygon | MultiPolygon, tolerance_m: float) -> Polygon | MultiPolygon:
    """Return a shape without corners that lie on the one before them."""

    def thinned(corners: list[Corner]) -> list[Corner]:
        kept = corners[:1]
        kept += [corner for before, corner in pairwise(corners) if math.dist(before, corner) > tolerance_m]
        return kept[:-1] if len(kept) > 1 and math.dist(kept[0], kept[-1]) <= tolerance_m else kept

    return _redrawn(shape, thinned)


def _redrawn(shape: Polygon | MultiPolygon, redraw: Callable[[list[Corner]], list[Corner]]) -> Polygon | MultiPolygon:
    """Return a shape with every ring redrawn, corners given without the closing one; a ring keeps three at least."""

    def ring(drawn: LinearRing) -> list[Corner]:
        corners = redraw(list(drawn.coords[:-1]))
        return corners if len(corners) > 2 else list(drawn.coords)

    parts = [Polygon(ring(part.exterior), [ring(hole) for hole in part.interiors]) for part in shapely.get_parts(shape)]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _close(case: _Case) -> Repair | None:
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


def _close_floor(case: _Case, floor: PlanFloor, outline: Outline) -> Repair | None:
    """Make the outer outline of a floor that has none drawn."""
    if floor.outline is not None and not floor.outline_implied:
        return None
    change = outline.area_m2 - (floor.outline.area_m2 if floor.outline else 0.0)
    words = _words(f"闭合“{floor.name}”的外轮廓", f"Close the outer outline of “{floor.name}”", change)
    return Repair(case.finding.code, RepairKind.CLOSE, floor.key, (), floor.outline, outline, words)


def _close_room(case: _Case, floor: PlanFloor, outline: Outline) -> Repair | None:
    """Make a room, with the one label that lies in it, where there is no room yet and one may be."""
    shape = outline.shape
    taken = common(polygons_united(valid_outlines([room.outline for room in floor.rooms])), shape)
    slim = widths_m(shape) < _CHECKS.least_width_m
    if slim or shape.area < _CHECKS.least_room_m2 or taken.area > shape.area / 2:
        return None
    handle = case.finding.handle or f"{shape.centroid.x:.2f},{shape.centroid.y:.2f}"
    labels = [label for label in floor.labels if shape.covers(label.at) and (label.number or label.name)]
    room = _closed(outline, handle, labels[0] if len(labels) == 1 else None)
    words = _words(f"闭合“{called(room)}”的轮廓", f"Close the outline of “{called(room)}”", outline.area_m2)
    return Repair(case.finding.code, RepairKind.CLOSE, floor.key, (room.key,), None, room.outline, words, room=room)


def _closed(outline: Outline, handle: str, label: Label | None) -> PlanRoom:
    stated = (label.stated,) if label is not None and label.stated is not None else ()
    number, name = (label.number, label.name) if label is not None else (None, None)
    return PlanRoom(f"closed-{handle}", outline, FoundBy.DRAWN, handle, number=number, name=name, stated=stated)


def _words(chinese: str, english: str, change_m2: float) -> Labels:
    return Labels(
        f"{chinese},面积变化 {change_m2:+.2f} 平方米。", f"{english}; the area changes by {change_m2:+.2f} m²."
    )


_PROPOSERS: Mapping[FindingCode, Callable[[_Case], Repair | None]] = MappingProxyType(
    {
        FindingCode.SLIVER: _snap,
        FindingCode.UNCLOSED: _close,
        FindingCode.SELF_CROSSING: _clean,
        FindingCode.SPIKE: _clean,
    }
)
