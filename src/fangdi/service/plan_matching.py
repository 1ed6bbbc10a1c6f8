"""Which rooms of a plan are which rooms of its building, and what the plan changes."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from sqlalchemy import Connection

from fangdi.domain.plans.checks.names import same_number
from fangdi.domain.plans.matching import DOUBTED, LIMITS, Changes, OldRoom, match_rooms
from fangdi.domain.plans.model import PlanFloor, PlanRoom
from fangdi.service.plan_types import PlanMap
from fangdi.service.plans import Stored
from fangdi.store import plans as store
from fangdi.store.query import Record

KINDS = ("kept", "changed", "added", "removed", "split", "merged")


@dataclass(frozen=True, slots=True)
class ChangedRooms:
    """Rooms before and after; `pairs` are keys on the plan with the rooms that they stay, `ended` those that end."""

    kind: str
    before: tuple[Record, ...]
    after: tuple[PlanRoom, ...]
    level: float | None
    pairs: Mapping[str, int] = field(default_factory=dict)
    overlap: float | None = None

    @property
    def ended(self) -> tuple[Record, ...]:
        """The rooms that are no more."""
        kept = set(self.pairs.values())
        return tuple(room for room in self.before if room["id"] not in kept)


def effect(listed: Iterable[ChangedRooms]) -> dict[str, int]:
    """Count what import does to rooms of the building: how many are added, changed, and no more.

    Of a split or merged room the heir is changed; kinds of changes alone do not say how many rooms there are after.
    """
    changes = [one for one in listed if one.kind != "kept"]
    return {
        "added": sum(room.key not in one.pairs for one in changes for room in one.after),
        "changed": sum(len(one.pairs) for one in changes),
        "ended": sum(len(one.ended) for one in changes),
    }


def match(connection: Connection, found: Stored, on_map: PlanMap, *, as_of: date) -> list[ChangedRooms]:
    """Return what becomes of the rooms on the floors of a plan: by number and overlap, floor by floor.

    Before a plan is placed on the map, and of rooms without an outline, only numbers tell.
    """
    rooms: dict[float, list[Record]] = defaultdict(list)
    for room in store.building_rooms(connection, found.row["building_id"], as_of=as_of):
        rooms[room["level"]].append(room)
    changes: list[ChangedRooms] = []
    for floor in found.plan.floors:
        if floor.rooms:
            held = rooms.pop(floor.level, []) if floor.level is not None else []
            changes += _on_floor(floor, held, found.row["placement"], on_map)
    return changes


def _on_floor(
    floor: PlanFloor, held: Sequence[Record], placement: Mapping[str, Any] | None, on_map: PlanMap
) -> Iterable[ChangedRooms]:
    drawn = [room for room in held if placement is not None and room["outline"] is not None]
    by_number = list(_by_number([room for room in held if room not in drawn], floor.rooms))
    taken = {new.key for _, new in by_number}
    for old, new in by_number:
        same = old["measured_usable_m2"] is not None and abs(old["measured_usable_m2"] - new.outline.area_m2) < 0.005
        yield ChangedRooms("kept" if same else "changed", (old,), (new,), floor.level, {new.key: old["id"]})
    left = {old["id"] for old, _ in by_number}
    for old in held:
        if old not in drawn and old["id"] not in left:
            yield ChangedRooms("removed", (old,), (), floor.level)
    rows = {room["id"]: room for room in drawn}
    olds = [_old(room, outline) for room, outline in zip(drawn, _on_plan(drawn, placement, on_map), strict=True)]
    limits = DOUBTED if placement is not None and placement["doubtful"] else LIMITS
    found = match_rooms(olds, [room for room in floor.rooms if room.key not in taken], limits=limits)
    yield from _said(found, rows, floor.level)


def _said(found: Changes, rows: Mapping[int, Record], level: float | None) -> Iterable[ChangedRooms]:
    for kind, same in (("kept", found.kept), ("changed", found.changed)):
        for one in same:
            yield ChangedRooms(kind, (rows[one.old.id],), (one.new,), level, {one.new.key: one.old.id}, one.iou)
    for split in found.split:
        heir = {split.heir: split.old.id} if split.heir is not None else {}
        yield ChangedRooms("split", (rows[split.old.id],), split.into, level, heir)
    for merged in found.merged:
        heir = {merged.into.key: merged.heir} if merged.heir is not None else {}
        yield ChangedRooms("merged", tuple(rows[room.id] for room in merged.old), (merged.into,), level, heir)
    for new in found.added:
        yield ChangedRooms("added", (), (new,), level)
    for old in found.removed:
        yield ChangedRooms("removed", (rows[old.id],), (), level)


def _by_number(held: Sequence[Record], rooms: Sequence[PlanRoom]) -> Iterable[tuple[Record, PlanRoom]]:
    """Yield pairs of rooms that alone bear a number, before and after."""
    before = _unique([(same_number(room["number"] or room["code"]), room) for room in held])
    after = _unique([(same_number(room.number), room) for room in rooms])
    for number, room in before.items():
        if number in after:
            yield room, after[number]


def _unique(numbered: Sequence[tuple[str | None, Any]]) -> dict[str, Any]:
    counts = Counter(number for number, _ in numbered)
    return {number: room for number, room in numbered if number is not None and counts[number] == 1}


def _old(room: Record, outline: Polygon | MultiPolygon) -> OldRoom:
    area = room["measured_usable_m2"]
    return OldRoom(room["id"], room["number"], outline, outline.area if area is None else area, room["name"])


def _on_plan(
    rooms: Sequence[Record], placement: Mapping[str, Any] | None, on_map: PlanMap
) -> list[Polygon | MultiPolygon]:
    """Return outlines of rooms, which are on the map, in metres of the plan's frame: all points at once."""
    if placement is None or not rooms:
        return []
    shapes = shapely.from_wkb([bytes(room["outline"]) for room in rooms])
    a, b, c, d, east, north = placement["matrix"]
    inverse = np.linalg.inv(np.array([[a, b], [c, d]]))

    def to_plan(degrees: Any) -> Any:
        placed = on_map.to_frame([(float(x), float(y)) for x, y in degrees], crs=placement["crs"])
        return (np.array(placed) - (east, north)) @ inverse.T

    return list(shapely.transform(shapes, to_plan))
