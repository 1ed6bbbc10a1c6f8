"""A proposal: what a repair changes, and why; and what proposers are given to make one of."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from shapely.geometry import MultiPolygon, Polygon

from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.checks.limits import CheckLimits
from fangdi.domain.plans.findings import Finding, FindingCode
from fangdi.domain.plans.model import Outline, PlanFloor, PlanRoom


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
CHECKS = CheckLimits()
"""What the checks tell from."""


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


def reshaped(before: Outline, shape: Polygon | MultiPolygon) -> Outline:
    """Return an outline with another shape; what its true arcs have more than the strokes stays with it."""
    return Outline(shape, before.area_m2 + (shape.area - before.shape.area))


@dataclass(frozen=True, slots=True)
class Case:
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


def words_of(chinese: str, english: str, change_m2: float) -> Labels:
    """Return what a repair does, with the change of area in m²."""
    return Labels(
        f"{chinese},面积变化 {change_m2:+.2f} 平方米。", f"{english}; the area changes by {change_m2:+.2f} m²."
    )
