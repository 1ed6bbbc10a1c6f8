"""The rooms of a plan beside those of its building that they are: what an audit compares."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.plans.model import PlanRoom
from fangdi.service.plan_matching import match
from fangdi.service.plan_types import PlanMap
from fangdi.service.plans import Stored
from fangdi.store import plans as store
from fangdi.store.query import Record


@dataclass(frozen=True, slots=True)
class PlannedRoom:
    """A room on the plan, in the building, or both."""

    key: str
    floor_key: str
    level: float | None
    drawn: PlanRoom | None
    stored: Record | None
    unnamed: int = 0
    """Counts those rooms of the plan that have neither number nor name, from 1."""

    @property
    def label(self) -> str:
        """What people call it: number and name; the key of a room, which a file or reader made up, is neither."""
        if self.drawn is not None:
            return _called(self.drawn) or f"未编号 Unnumbered {self.unnamed}"
        assert self.stored is not None  # noqa: S101 - one of the two is there
        return " ".join(part for part in (self.stored["number"] or self.stored["code"], self.stored["name"]) if part)

    @property
    def uses(self) -> Sequence[dict[str, Any]]:
        """Who uses it on the day of the audit, with their shares."""
        return [] if self.stored is None else list(self.stored["uses"])


def planned_rooms(connection: Connection, found: Stored, on_map: PlanMap, *, as_of: date) -> list[PlannedRoom]:
    """Return the rooms of a plan, then those that the building has on these floors and the plan lacks."""
    floors = {room.key: floor for floor in found.plan.floors for room in floor.rooms}
    keys = {floor.level: floor.key for floor in found.plan.floors}
    pairs, missing = _paired(connection, found, on_map, as_of=as_of)
    unnamed = {room.key: n for n, room in enumerate((one for one in found.plan.rooms if not _called(one)), 1)}
    drawn = [
        PlannedRoom(
            room.key, floors[room.key].key, floors[room.key].level, room, pairs.get(room.key), unnamed.get(room.key, 0)
        )
        for room in found.plan.rooms
    ]
    lacking = [PlannedRoom(f"#{room['id']}", keys[room["level"]], room["level"], None, room) for room in missing]
    return drawn + lacking


def _called(room: PlanRoom) -> str:
    return " ".join(part for part in (room.number, room.name) if part)


def _paired(
    connection: Connection, found: Stored, on_map: PlanMap, *, as_of: date
) -> tuple[dict[str, Record], list[Record]]:
    """Return the building's rooms by the keys of the plan, and those that it has besides."""
    if found.row["status"] == "draft":
        changes = match(connection, found, on_map, as_of=as_of)
        rows = {room["id"]: room for change in changes for room in change.before}
        pairs = {key: rows[number] for change in changes for key, number in change.pairs.items()}
        return pairs, [room for change in changes for room in change.ended]
    levels = {floor.level for floor in found.plan.floors if floor.rooms}
    held = {room["id"]: room for room in store.building_rooms(connection, found.row["building_id"], as_of=as_of)}
    became = {row["key"]: row["room_id"] for row in found.rooms if row["room_id"] in held}
    known = set(became.values())
    besides = [room for number, room in held.items() if number not in known and room["level"] in levels]
    return {key: held[number] for key, number in became.items()}, besides
