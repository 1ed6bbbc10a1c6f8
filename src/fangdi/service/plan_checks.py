"""What the rules say about a plan: its findings, gross floor area and efficiency."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shapely.geometry import MultiPolygon, Polygon
from sqlalchemy import Connection

from fangdi.domain.plans import conservation, gross, topology
from fangdi.domain.plans.findings import Finding
from fangdi.domain.plans.model import Plan
from fangdi.domain.vocabulary import AreaBasis, RoomCategory
from fangdi.store.scope import room_uses

GROSS_BASIS = AreaBasis.REGISTERED
"""By which rules gross floor area is counted unless somebody asks: GB/T 17986.1, which titles rest on."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Usable and gross area (m²) and K of each floor by key, and of all floors."""

    floors: Mapping[str, gross.Efficiency]
    whole: gross.Efficiency


def circulation(connection: Connection, rooms: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the keys of rooms that are corridors, stairs and the like: no usable area."""
    uses = {use.code for use in room_uses(connection) if use.category == RoomCategory.CIRCULATION}
    return frozenset(room["key"] for room in rooms if room["use_code"] in uses)


def figures(plan: Plan, *, circulation: Collection[str], basis: AreaBasis = GROSS_BASIS) -> Figures:
    """Return what the floors measure."""
    floors = {
        floor.key: gross.efficiency(floor, gross=gross.gross_area(floor, basis=basis), circulation=circulation)
        for floor in plan.floors
    }
    return Figures(floors, gross.building_efficiency(list(floors.values())))


def check(plan: Plan, *, footprint: Polygon | MultiPolygon | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with a plan beside what its reader found; the footprint is in metres of the plan's frame."""
    found = list(topology.check(plan, footprint=footprint))
    for floor in plan.floors:
        found += gross.gross_area(floor, basis=GROSS_BASIS).findings
        balanced = conservation.balance(floor)
        found += balanced.findings if balanced else ()
    return tuple(found)
