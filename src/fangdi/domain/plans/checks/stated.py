"""Areas that a plan states against what is measured: the same, another basis (口径), or a mistake."""

from collections.abc import Iterator
from statistics import median

from fangdi.domain.plans.checks.names import called
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Plan, PlanFormat, PlanRoom, Stated, StatedBasis
from fangdi.domain.plans.tolerance import GBT_17986, AccuracyClass, ToleranceRule

_SAME = frozenset({StatedBasis.NET, StatedBasis.UNKNOWN})
"""What is measured to inner wall faces, or does not say."""
_LEAST_ROOMS = 3
"""Fewer rooms that differ in one direction are mistakes: they show no rule."""
_MOST_AGREE = 0.5
"""Share of the rooms that have to agree for the others to be mistakes and not another basis."""
_ONE_SIDED = 0.8
"""Share of the differing rooms that have to differ in the same direction for it to be a basis."""
_HALF_WALL_M = (0.02, 0.35)
"""How far beyond the inner faces the centre of a wall lies, m."""
BASIS_WORDS = {
    StatedBasis.WALL_CENTRE: ("wall centres", "墙中线"),
    StatedBasis.GROSS: ("more than the inner wall faces", "毛面积"),
    StatedBasis.NET: ("inner wall faces", "净面积"),
    StatedBasis.UNKNOWN: ("less than the inner wall faces, with deductions", "另有扣减的净面积"),
}

Pair = tuple[PlanRoom, Stated]


def stated(plan: Plan, *, rule: ToleranceRule = GBT_17986[AccuracyClass.THIRD]) -> Iterator[Finding]:
    """Tell rooms whose stated area is farther from the measured one than two determinations of an area may be.

    Where most rooms differ, nearly all in the same direction, it is another basis, which is said once and is no
    mistake. Figures that say that they are of another basis are not compared, nor any in a doubtful unit. A model's
    reader compares by itself.
    """
    if plan.format is PlanFormat.IFC or any(finding.code is FindingCode.UNITS_DOUBTFUL for finding in plan.findings):
        return
    floor_of = {room.key: floor.key for floor in plan.floors for room in floor.rooms}
    pairs = [(room, one) for room in plan.rooms for one in room.stated[:1] if one.basis in _SAME]
    differing = [(room, one) for room, one in pairs if abs(_excess_m2((room, one))) > _limit_m2(room, rule)]
    basis = _other_basis(differing) if len(differing) > _MOST_AGREE * len(pairs) else None
    if basis is not None:
        yield _told_once(pairs, basis)
        return
    for room, one in differing:
        values: dict[str, str | int | float] = {
            "room": called(room),
            "stated_m2": float(one.area_m2),
            "measured_m2": room.outline.area_m2,
            "limit_m2": _limit_m2(room, rule),
        }
        at = room.outline.shape.representative_point()
        code, key = FindingCode.STATED_DIFFERS, room.key
        yield Finding(code, Severity.WARNING, values, floor_of[key], (key,), room.handle, at=at)


def _excess_m2(pair: Pair) -> float:
    room, one = pair
    return one.area_m2 - room.outline.area_m2


def _limit_m2(room: PlanRoom, rule: ToleranceRule) -> float:
    return rule.limit_m2(room.outline.area_m2)


def _other_basis(differing: list[Pair]) -> StatedBasis | None:
    """Return to what areas were measured that differ by a rule; None where none shows."""
    larger = [pair for pair in differing if _excess_m2(pair) > 0]
    if len(differing) < _LEAST_ROOMS:
        return None
    if len(differing) - len(larger) >= _ONE_SIDED * len(differing):
        return StatedBasis.UNKNOWN
    if len(larger) < _ONE_SIDED * len(differing):
        return None
    beyond = median(_excess_m2((room, one)) / room.outline.shape.length for room, one in larger)
    return StatedBasis.WALL_CENTRE if _HALF_WALL_M[0] <= beyond <= _HALF_WALL_M[1] else StatedBasis.GROSS


def _told_once(pairs: list[Pair], basis: StatedBasis) -> Finding:
    said, found = sum(one.area_m2 for _, one in pairs), sum(room.outline.area_m2 for room, _ in pairs)
    english, chinese = BASIS_WORDS[basis]
    values: dict[str, str | int | float] = {
        "stated_m2": said,
        "measured_m2": found,
        "share": abs(said - found) / said,
        "basis": english,
        "basis_zh": chinese,
        "source": "the labels of the rooms",
        "source_zh": "房间标注",
        "left_out": "",
    }
    return Finding(FindingCode.OTHER_BASIS, Severity.NOTE, values, rooms=tuple(room.key for room, _ in pairs))
