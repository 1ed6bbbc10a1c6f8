"""Whether a plan can be right: all checks of shapes, places and names, in a fixed order."""

from collections.abc import Iterator

from shapely.geometry import MultiPolygon, Polygon

from fangdi.domain.plans.checks.extents import extents
from fangdi.domain.plans.checks.limits import CheckLimits
from fangdi.domain.plans.checks.names import names
from fangdi.domain.plans.checks.neighbours import neighbours
from fangdi.domain.plans.checks.outlines import outlines
from fangdi.domain.plans.checks.stated import stated
from fangdi.domain.plans.checks.twins import twins
from fangdi.domain.plans.findings import Finding, FindingCode
from fangdi.domain.plans.model import Plan, PlanFloor
from fangdi.domain.plans.shapes import Shapes, undisturbed, valid_outlines

_ORDER = {code: number for number, code in enumerate(FindingCode)}
_LIMITS = CheckLimits()


@undisturbed
def check(
    plan: Plan, *, footprint: Polygon | MultiPolygon | None = None, rules: CheckLimits = _LIMITS
) -> tuple[Finding, ...]:
    """Return what is wrong with the rooms and floors of a plan, without what its reader found already.

    `footprint` is the outline of the building in metres of the plan's frame (`Placement.inverse`). Findings come floor
    by floor, in the order of `FindingCode`, then of the rooms; the same plan gives the same findings.
    """
    shapes = [valid_outlines([room.outline for room in floor.rooms]) for floor in plan.floors]
    found: list[Finding] = []
    for floor, rooms in zip(plan.floors, shapes, strict=True):
        on_floor = _check_floor(floor, rooms, footprint=footprint, rules=rules)
        found += sorted(on_floor, key=lambda finding: _ORDER[finding.code])
    found += twins(plan.floors, shapes, limits=rules)
    found += stated(plan)
    told = {key for finding in plan.findings for key in _identities(finding)}
    return tuple(finding for finding in found if told.isdisjoint(_identities(finding)))


def _check_floor(
    floor: PlanFloor, rooms: Shapes, *, footprint: Polygon | MultiPolygon | None, rules: CheckLimits
) -> Iterator[Finding]:
    yield from outlines(floor, rooms, limits=rules)
    yield from neighbours(floor, rooms, limits=rules)
    yield from extents(floor, rooms, footprint=footprint, limits=rules)
    yield from names(floor, rooms)


def _identities(finding: Finding) -> Iterator[tuple[FindingCode, str, object]]:
    """Return by what a finding is known to be the same as another: its rooms, or what it is in the file."""
    if finding.rooms:
        yield finding.code, "rooms", frozenset(finding.rooms)
    elif finding.handle:
        yield finding.code, "handle", finding.handle
