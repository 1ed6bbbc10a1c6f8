"""Whether a floor adds up: rooms + walls + shared parts = gross floor area, with the rest shown (面积闭合检查)."""

import math
from collections.abc import Collection
from dataclasses import dataclass, replace

import shapely
from shapely.geometry.base import BaseGeometry

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Outline, PartKind, PlanFloor
from fangdi.domain.plans.shapes import buffered, common, minus, polygons_united, undisturbed, valid_outlines
from fangdi.domain.plans.tolerance import GBT_17986, AccuracyClass, ToleranceRule

WALL_M = 0.6
"""Thickest wall that is taken for one where walls are not drawn, m: 490 mm of brick with insulation and finish."""

_WALLS = frozenset({PartKind.WALL, PartKind.COLUMN, PartKind.OPENING})
_SHARED = frozenset({PartKind.SHARED, PartKind.OPEN})


@dataclass(frozen=True, slots=True)
class Balance:
    """What a floor consists of, m². `gross_m2` is its outer outline less its voids, before any counting rule.

    `rooms_m2` + `walls_m2` + `shared_m2` + `rest_m2` = `gross_m2`, and the rest is `wide_m2` (neither room nor wall)
    less `twice_m2` (claimed more than once) less `outside_m2` (beyond the outline).
    """

    floor: str
    rooms_m2: float
    walls_drawn_m2: float
    walls_between_m2: float
    """Space between rooms no wider than a wall: taken for walls that are not drawn."""
    shared_m2: float
    voids_m2: float
    gross_m2: float
    wide_m2: float
    twice_m2: float
    outside_m2: float
    wide: BaseGeometry
    """Where the space is that is neither room nor wall."""
    proves: bool = True
    """Whether outline and sum are independent: an outline that walls and rooms imply adds up however they are."""
    findings: tuple[Finding, ...] = ()

    @property
    def walls_m2(self) -> float:
        """Walls that are drawn, and space between rooms that must be walls."""
        return self.walls_drawn_m2 + self.walls_between_m2

    @property
    def rest_m2(self) -> float:
        """What gross has more than rooms, walls and shared parts; negative where they have more."""
        return self.gross_m2 - self.rooms_m2 - self.walls_m2 - self.shared_m2


@undisturbed
def balance(
    floor: PlanFloor, *, rule: ToleranceRule = GBT_17986[AccuracyClass.THIRD], wall_m: float = WALL_M
) -> Balance | None:
    """Return what a floor consists of, or None if it has no outer outline.

    Rooms count with their exact areas, each on its own. Parts count where no other part or room is, since walls run
    into one another at corners and columns stand in rooms; so a difference is a matter of rooms, or of gaps. It is a
    finding above the tolerance of `rule`, as outline and sum are two determinations of one area. An implied outline is
    none of its own: what is missing of it proves nothing, and only rooms that claim more than it has are a finding.
    """
    if floor.outline is None:
        return None
    (whole,) = valid_outlines([floor.outline])
    voids = common(_union(floor, {PartKind.VOID}), whole)
    rooms = polygons_united(valid_outlines([room.outline for room in floor.rooms]))
    shared = common(minus(_union(floor, _SHARED), rooms), whole)
    walls = minus(minus(_union(floor, _WALLS), rooms), shared)
    covered = polygons_united([rooms, shared, walls])
    net = minus(whole, voids)
    free = minus(net, covered)
    wide = wider_than(free, wall_m)
    rooms_m2 = math.fsum(room.outline.area_m2 for room in floor.rooms)
    made = Balance(
        floor=floor.key,
        rooms_m2=rooms_m2,
        walls_drawn_m2=float(walls.area),
        walls_between_m2=float(free.area - wide.area),
        shared_m2=float(shared.area),
        voids_m2=float(voids.area),
        gross_m2=floor.outline.area_m2 - float(voids.area),
        wide_m2=float(wide.area),
        twice_m2=_twice(floor, rooms) + float(common(common(covered, voids), whole).area),
        outside_m2=float(minus(covered, whole).area),
        wide=wide,
        proves=not floor.outline_implied,
    )
    return _judged(made, floor=floor, rule=rule)


def wider_than(shape: BaseGeometry, width_m: float) -> BaseGeometry:
    """Return the parts of a shape that are wider than a width, m, in their full extent (opening, mitred)."""
    half = width_m / 2
    return common(buffered(buffered(shape, -half), half), shape)


def _union(floor: PlanFloor, kinds: Collection[PartKind]) -> BaseGeometry:
    outlines: list[Outline] = [part.outline for part in floor.parts if part.kind in kinds]
    return polygons_united(valid_outlines(outlines))


def _twice(floor: PlanFloor, rooms: BaseGeometry) -> float:
    """Return by how much rooms together exceed the ground that they cover, m²; strokes against strokes."""
    shapes = valid_outlines([room.outline for room in floor.rooms])
    return max(math.fsum(shapely.area(shapes)) - float(rooms.area), 0.0)


def _judged(made: Balance, *, floor: PlanFloor, rule: ToleranceRule) -> Balance:
    if abs(made.rest_m2) <= rule.limit_m2(made.gross_m2) or (made.rest_m2 > 0 and not made.proves):
        return made
    names = ("rooms_m2", "walls_m2", "shared_m2", "gross_m2", "rest_m2")
    values = {name: getattr(made, name) for name in names}
    severity = Severity.ERROR if made.rest_m2 < 0 else Severity.WARNING
    finding = Finding(FindingCode.NOT_CONSERVED, severity, values, floor=floor.key)
    return replace(made, findings=(finding,))
