"""Gross floor area (建筑面积) from the outer outline, by the rules that can be decided from a plan.

Two bases differ: GB/T 17986.1 房产测量规范, which titles rest on, and GB/T 50353 建筑工程建筑面积计算规范, which
planning and cost rest on. Space under 2.20 m high is the clash: nothing in the one, half in the other. What a plan
cannot tell (whether a balcony was closed in later, what is decoration, sloped roofs) is left to the surveyor.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import shapely
from shapely.geometry.base import BaseGeometry

from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Outline, PartKind, Plan, PlanFloor, PlanPart, PlanRoom
from fangdi.domain.plans.shapes import SAME_AREA, Shapes, common, minus, polygons_united, valid_outlines
from fangdi.domain.vocabulary import AreaBasis

LOW_M = 2.20
"""Storey height (层高) from which space counts whole, m: GB/T 17986.1 and GB/T 50353 alike."""


class Case(StrEnum):
    """What a part of a floor is to the rules of counting."""

    WHOLE = "whole"  # 层高 2.20 m 及以上
    LOW = "low"  # 层高不足 2.20 m
    OPEN = "open"  # 有顶盖未封闭
    VOID = "void"  # 挑空


@dataclass(frozen=True, slots=True)
class CountingRule:
    """How much of an area counts, and which clause says so.

    `verified`: whether anybody who has the text says so; `clause_verified`: the same of the number of the clause.
    """

    basis: AreaBasis
    case: Case
    factor: float
    standard: str
    clause: str
    verified: bool
    says: Labels
    clause_verified: bool = False

    @property
    def cites(self) -> Labels:
        """Standard and clause, with what of it is from memory."""
        if not self.verified:
            return Labels(f"{self.standard} {self.clause}(规则未核实)", f"{self.standard} {self.clause} (unverified)")
        if not self.clause_verified:
            return Labels(
                f"{self.standard} {self.clause}(条款号未核实)",
                f"{self.standard} {self.clause} (number of the clause unverified)",
            )
        return Labels(f"{self.standard} {self.clause}", f"{self.standard} {self.clause}")


_TITLES = "GB/T 17986.1-2000"
_PLANNING = "GB/T 50353-2013"


def _rules() -> tuple[CountingRule, ...]:
    """Return the rules; verified is what third parties quote: of voids nobody. Clause numbers are from memory."""
    whole = Labels("层高 2.20 米及以上,计全部面积", "Storey height of 2.20 m or more: whole")
    low_none = Labels("层高不足 2.20 米,不计面积", "Storey height under 2.20 m: none")
    low_half = Labels("结构层高不足 2.20 米,计一半面积", "Storey height under 2.20 m: half")
    opened = Labels("有顶盖未封闭的部位,计一半面积", "Roofed and not enclosed: half")
    void = Labels("挑空部位按一层计,本层不计", "Open to the floor below: counts there, not here")
    titles, planning = AreaBasis.REGISTERED, AreaBasis.PLANNING
    return (
        CountingRule(titles, Case.WHOLE, 1.0, _TITLES, "8.2.1", verified=True, says=whole),
        CountingRule(titles, Case.LOW, 0.0, _TITLES, "8.2.3", verified=True, says=low_none),
        CountingRule(titles, Case.OPEN, 0.5, _TITLES, "8.2.2", verified=True, says=opened),
        CountingRule(titles, Case.VOID, 0.0, _TITLES, "8.2.1", verified=False, says=void),
        CountingRule(planning, Case.WHOLE, 1.0, _PLANNING, "3.0.1", verified=True, says=whole),
        CountingRule(planning, Case.LOW, 0.5, _PLANNING, "3.0.1", verified=True, says=low_half),
        CountingRule(planning, Case.OPEN, 0.5, _PLANNING, "3.0.14, 3.0.21, 3.0.22", verified=False, says=opened),
        CountingRule(planning, Case.VOID, 0.0, _PLANNING, "3.0.8", verified=False, says=void),
    )


RULES: Mapping[tuple[AreaBasis, Case], CountingRule] = MappingProxyType(
    {(rule.basis, rule.case): rule for rule in _rules()}
)
"""The rules by basis and case."""


@dataclass(frozen=True, slots=True)
class CountedPart:
    """A part of a floor and how much of it counts, m²."""

    rule: CountingRule
    outline_area_m2: float
    factor: float
    counted_m2: float
    shape: BaseGeometry
    """Where on the plan, arcs stroked."""


@dataclass(frozen=True, slots=True)
class GrossArea:
    """Gross floor area of a floor, m², with the parts that it is the sum of; None without an outer outline.

    `estimated`: the outline is implied by walls and rooms, and drawn by nobody.
    """

    floor: str
    basis: AreaBasis
    area_m2: float | None
    parts: tuple[CountedPart, ...] = ()
    findings: tuple[Finding, ...] = ()
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Efficiency:
    """Usable area, gross floor area (m²) and K (使用面积系数), usable over gross; None where gross is unknown."""

    usable_m2: float
    gross_m2: float | None

    @property
    def k(self) -> float | None:
        """The coefficient, usually between 0.6 and 0.8."""
        return self.usable_m2 / self.gross_m2 if self.gross_m2 else None


@dataclass(frozen=True, slots=True)
class BuildingGross:
    """Gross floor area of a plan, floor by floor; the sum is None while one floor has none."""

    basis: AreaBasis
    floors: tuple[GrossArea, ...]

    @property
    def area_m2(self) -> float | None:
        """Sum over the floors, m²."""
        known = [floor.area_m2 for floor in self.floors if floor.area_m2 is not None]
        return math.fsum(known) if known and len(known) == len(self.floors) else None

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What could not be decided, floor by floor."""
        return tuple(finding for floor in self.floors for finding in floor.findings)


def gross_area(floor: PlanFloor, *, basis: AreaBasis) -> GrossArea:
    """Return the gross floor area of a floor in one of the two bases that define it.

    Unenclosed parts may stand outside the outline; voids and low rooms count within it. What none of them takes has
    the height of the floor, and counts whole if nobody states it. Raises ValueError for a basis that has no rules.
    """
    if (basis, Case.WHOLE) not in RULES:
        raise ValueError(f"{basis} does not say how gross floor area is counted")
    if floor.outline is None:
        finding = Finding(FindingCode.GROSS_UNKNOWN, Severity.WARNING, {"name": floor.name}, floor=floor.key)
        return GrossArea(floor.key, basis, None, findings=(finding,))
    parts = tuple(
        _counted(RULES[basis, piece.case], piece) for piece in _split(floor, floor.outline) if piece.area_m2 > 0
    )
    total = math.fsum(part.counted_m2 for part in parts)
    findings = (*_implied(floor, floor.outline), *_unknown_height(floor))
    return GrossArea(floor.key, basis, total, parts, findings, estimated=floor.outline_implied)


def building_gross(plan: Plan, *, basis: AreaBasis) -> BuildingGross:
    """Return the gross floor area of all floors of a plan."""
    return BuildingGross(basis, tuple(gross_area(floor, basis=basis) for floor in plan.floors))


def efficiency(floor: PlanFloor, *, gross: GrossArea, circulation: Collection[str] = ()) -> Efficiency:
    """Return K of a floor; rooms whose keys are in `circulation` (交通空间) are no usable area."""
    usable = math.fsum(room.outline.area_m2 for room in floor.rooms if room.key not in circulation)
    return Efficiency(usable, gross.area_m2)


def building_efficiency(floors: Sequence[Efficiency]) -> Efficiency:
    """Return K over all floors; unknown while the gross area of one floor is."""
    known = [floor.gross_m2 for floor in floors if floor.gross_m2 is not None]
    gross = math.fsum(known) if known and len(known) == len(floors) else None
    return Efficiency(math.fsum(floor.usable_m2 for floor in floors), gross)


def height_of(floor: PlanFloor) -> float | None:
    """Return the storey height, m: as stated, else the greatest of its rooms if all of them state one."""
    if floor.height_m is not None:
        return floor.height_m
    heights = [room.height_m for room in floor.rooms]
    known = [height for height in heights if height is not None]
    return max(known) if known and len(known) == len(heights) else None


@dataclass(frozen=True, slots=True)
class _Claim:
    """What is a special case, as drawn; what `projects` counts outside the outer outline too, as a balcony."""

    case: Case
    outlines: list[Outline]
    projects: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of a floor that is one case, its area, and how much of that lies in the outer outline, m²."""

    case: Case
    shape: BaseGeometry
    area_m2: float
    inside_m2: float


def _split(floor: PlanFloor, outline: Outline) -> list[_Piece]:
    """Split a floor into pieces that do not overlap; the first is what no special case takes."""
    (whole,) = valid_outlines([outline])
    taken: BaseGeometry = polygons_united([])
    pieces: list[_Piece] = []
    for claim in _claims(floor):
        shapes = valid_outlines(claim.outlines)
        claimed = polygons_united(shapes)
        free = minus(claimed, taken)
        free = free if claim.projects else common(free, whole)
        arcs = math.fsum(outline.area_m2 for outline in claim.outlines) - math.fsum(shapely.area(shapes))
        pieces.append(_piece(claim.case, free, whole=whole, arcs_m2=arcs if _same(free, shapes) else 0.0))
        taken = polygons_united([taken, claimed])
    height = height_of(floor)
    rest = max(outline.area_m2 - math.fsum(piece.inside_m2 for piece in pieces), 0.0)
    case = Case.LOW if _low(height) else Case.WHOLE
    return [_Piece(case, minus(whole, taken), rest, rest), *pieces]


def _claims(floor: PlanFloor) -> list[_Claim]:
    """Return the special cases, those that count least first: what two of them claim is the first one's."""
    voids, opened, shared = (
        [part for part in floor.parts if part.kind is kind] for kind in (PartKind.VOID, PartKind.OPEN, PartKind.SHARED)
    )
    low: list[PlanRoom | PlanPart] = [room for room in floor.rooms if _low(room.height_m)]
    low += [part for part in shared if _low(part.height_m)]
    return [
        _Claim(Case.VOID, [part.outline for part in voids]),
        _Claim(Case.LOW, [item.outline for item in low]),
        _Claim(Case.LOW, [part.outline for part in opened if _low(part.height_m)], projects=True),
        _Claim(Case.OPEN, [part.outline for part in opened], projects=True),
    ]


def _low(height_m: float | None) -> bool:
    return height_m is not None and height_m < LOW_M


def _same(shape: BaseGeometry, shapes: Shapes) -> bool:
    """Say whether a shape is all of some others: then their exact areas hold for it."""
    area = math.fsum(shapely.area(shapes))
    return bool(abs(shape.area - area) <= SAME_AREA * max(area, 1))


def _piece(case: Case, shape: BaseGeometry, *, whole: BaseGeometry, arcs_m2: float) -> _Piece:
    """Return a piece; `arcs_m2` is what its true arcs add to the strokes."""
    inside = float(common(shape, whole).area)
    all_inside = abs(inside - shape.area) <= SAME_AREA * max(inside, 1)
    return _Piece(case, shape, float(shape.area) + arcs_m2, inside + (arcs_m2 if all_inside else 0.0))


def _counted(rule: CountingRule, piece: _Piece) -> CountedPart:
    return CountedPart(rule, piece.area_m2, rule.factor, rule.factor * piece.area_m2, piece.shape)


def _implied(floor: PlanFloor, outline: Outline) -> tuple[Finding, ...]:
    if not floor.outline_implied:
        return ()
    values: dict[str, str | int | float] = {"name": floor.name, "area_m2": outline.area_m2}
    return (Finding(FindingCode.OUTLINE_IMPLIED, Severity.NOTE, values, floor=floor.key, shape=outline.shape),)


def _unknown_height(floor: PlanFloor) -> tuple[Finding, ...]:
    if height_of(floor) is not None:
        return ()
    return (Finding(FindingCode.HEIGHT_UNKNOWN, Severity.NOTE, {"name": floor.name}, floor=floor.key),)
