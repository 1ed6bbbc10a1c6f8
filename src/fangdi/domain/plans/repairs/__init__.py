"""Repairs of a plan (修复建议): proposed, shown before and after, and done only where somebody accepts them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from fangdi.domain.plans.findings import Finding, FindingCode
from fangdi.domain.plans.model import Outline, Plan, PlanFloor, PlanRoom
from fangdi.domain.plans.repairs.cleaning import clean
from fangdi.domain.plans.repairs.closing import close
from fangdi.domain.plans.repairs.proposal import LIMITS, Case, Repair, RepairKind, RepairLimits, reshaped
from fangdi.domain.plans.repairs.snapping import snap
from fangdi.domain.plans.shapes import minus, polygons_united, undisturbed

__all__ = ["LIMITS", "Repair", "RepairKind", "RepairLimits", "apply", "propose", "settles"]


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
        made = propose_one(Case(finding, floors, rooms, limits)) if propose_one else None
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
            outline = reshaped(outline, polygons_united([minus(outline.shape, given), gained]))
    return room if outline is room.outline else replace(room, outline=outline)


_PROPOSERS: Mapping[FindingCode, Callable[[Case], Repair | None]] = MappingProxyType(
    {
        FindingCode.SLIVER: snap,
        FindingCode.UNCLOSED: close,
        FindingCode.SELF_CROSSING: clean,
        FindingCode.SPIKE: clean,
    }
)
