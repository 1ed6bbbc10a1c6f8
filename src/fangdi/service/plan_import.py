"""Taking a plan's rooms over (入库): what would change, and, once that was reviewed, the change in one transaction."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import shapely
from shapely.geometry import MultiPolygon
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

from fangdi.domain.common import LARGEST_M2
from fangdi.domain.plan_refusals import SENTENCES, Refusal
from fangdi.domain.plans import gross
from fangdi.domain.plans.model import PlanFloor, PlanRoom
from fangdi.domain.plans.placement import Placement
from fangdi.domain.plans.placing import ControlPoint, fit_fixed_scale
from fangdi.domain.plans.shapes import cleaned
from fangdi.errors import ChangedMeanwhileError, InvalidInputError
from fangdi.service import plan_checks, plan_placing, plan_views, plans
from fangdi.service.plan_matching import KINDS, ChangedRooms, effect, match
from fangdi.service.plan_types import PlanMap
from fangdi.store import plans as store
from fangdi.store.query import Record

Shown = dict[str, Any]


def changes(connection: Connection, number: int, on_map: PlanMap, *, as_of: date) -> Shown:
    """Return what import would do to the building's rooms, and the state of both that this is about."""
    found = plans.stored(connection, number)
    listed = match(connection, found, on_map, as_of=as_of)
    items = [_item(one) for one in listed]
    return {
        "state": _state(connection, found.row),
        "counts": counts(listed),
        "effect": effect(listed),
        "items": items,
        "occupancies_lost": sum(len(item["loses"]) for item in items),
        "missing": plan_views.missing(found.row, found.plan),
        **_others(connection, number),
    }


def take_over(  # noqa: PLR0913 - what was agreed to
    connection: Connection, number: int, *, state: str, on_map: PlanMap, as_of: date, replace_newer: bool = False
) -> Shown:
    """Do what `changes` listed, unless plan or rooms changed since; return the counts.

    Rooms that stay keep their ids; those that are no more end with this day, and their uses with them.

    Raises:
        InvalidInputError: the plan is not ready, is larger than can be, or is older than an imported one of its floors,
            without agreement.
        ChangedMeanwhileError: plan or rooms changed since.
        NotAllowedError: a floor has rooms that are hidden from whoever acts.
    """
    store.lock(connection, number)
    found = plans.stored(connection, number)
    if plan_views.missing(found.row, found.plan):
        raise InvalidInputError(SENTENCES[Refusal.NOT_READY])
    if _state(connection, found.row) != state:
        raise ChangedMeanwhileError(SENTENCES[Refusal.CHANGED])
    if _others(connection, number)["newer"] and not replace_newer:
        raise InvalidInputError(SENTENCES[Refusal.OLDER], place={"field": "replace_newer"})
    listed = match(connection, found, on_map, as_of=as_of)
    building = store.building(connection, found.row["building_id"])
    known = {row["level"] for row in store.building_rooms(connection, found.row["building_id"], as_of=as_of)}
    writer = _Writer(found, building, on_map)
    pairs = {key: room for one in listed for key, room in one.pairs.items()}
    floors = [floor for floor in found.plan.floors if floor.rooms]
    drawn = [writer.floor(floor) for floor in floors]
    # On a floor that had no rooms at all they are new to us and not to the world.
    rooms = writer.rooms(floors, pairs, since={floor.level: as_of for floor in floors if floor.level in known})
    _check_sizes(drawn, rooms)
    store.take_over(
        connection,
        number,
        revision=found.row["revision"],
        frame=writer.frame,
        floors=drawn,
        rooms=rooms,
        ended=[room["id"] for one in listed for room in one.ended],
        as_of=as_of,
    )
    return {"counts": counts(listed), "effect": effect(listed), "floors": len(floors)}


def _check_sizes(floors: Sequence[Shown], rooms: Sequence[Shown]) -> None:
    """Raise InvalidInputError where something is larger than any can be (m²): the unit is mistaken."""
    if any((room["area_m2"] or 0) > LARGEST_M2["usable"] for room in rooms) or any(
        (floor["gross_m2"] or 0) > LARGEST_M2["gross"] for floor in floors
    ):
        raise InvalidInputError(SENTENCES[Refusal.TOO_LARGE], place={"field": "unit"})


def counts(listed: Sequence[ChangedRooms]) -> dict[str, int]:
    """Count changes by kind."""
    return dict.fromkeys(KINDS, 0) | Counter(one.kind for one in listed)


class _Writer:
    """Puts floors and rooms of a plan into the frame of the building and on the map, as the database takes them."""

    def __init__(self, found: plans.Stored, building: Record, on_map: PlanMap) -> None:
        self.frame = on_map.frame(building["plan_crs"], longitude=building["longitude"], latitude=building["latitude"])
        self._placement = found.row["placement"]
        self._on_map = on_map
        self._rigid = self._in_frame()
        self._rows = {row["key"]: row for row in found.rooms}

    def floor(self, floor: PlanFloor) -> Shown:
        """Return a floor; its gross floor area is counted by GB/T 17986."""
        area = gross.gross_area(floor, basis=plan_checks.GROSS_BASIS).area_m2
        outline = floor.outline.shape if floor.outline else None
        return {
            "level": floor.level,
            "name": floor.name,
            "elevation_m": floor.elevation_m,
            "height_m": floor.height_m,
            "gross_m2": area or None,
            "plan_outline": self._plan(outline),
            "outline": self._map(outline),
        }

    def rooms(self, floors: Sequence[PlanFloor], pairs: dict[str, int], *, since: dict[Any, date]) -> list[Shown]:
        """Return the rooms, each with the room that it stays or the code that a new one wishes."""
        wishes: set[str] = set()
        return [
            self._room(room, floor, pairs.get(room.key), _wish(room, floor, wishes))
            | {"since": since[floor.level].isoformat() if floor.level in since else None}
            for floor in floors
            for room in floor.rooms
        ]

    def _room(self, room: PlanRoom, floor: PlanFloor, stays: int | None, wish: str) -> Shown:
        return {
            "key": room.key,
            "room_id": stays,
            "level": floor.level,
            "wish": wish,
            "number": room.number,
            "name": room.name,
            "use_code": self._rows[room.key]["use_code"],
            "area_m2": room.outline.area_m2 or None,
            "plan_outline": self._plan(room.outline.shape),
            "outline": self._map(room.outline.shape),
        }

    def _in_frame(self) -> Placement:
        """Return how the plan lies in the building's frame, turned and shifted and never stretched: areas stay."""
        west, south, east, north = self._placement["bounds"]
        corners = [(west, south), (east, south), (east, north), (west, north)]
        placed = [
            tuple(shapely.get_coordinates(plan_placing.framed(shapely.Point(corner), self._placement["matrix"]))[0])
            for corner in corners
        ]
        if self._placement["crs"] != self.frame:
            placed = self._on_map.to_frame(self._on_map.to_map(placed, crs=self._placement["crs"]), crs=self.frame)
        pairs = zip(corners, placed, strict=True)
        return fit_fixed_scale([ControlPoint(str(n), corner, place) for n, (corner, place) in enumerate(pairs)])

    def _plan(self, shape: BaseGeometry | None) -> str | None:
        return None if shape is None else _hex(self._rigid.apply(shape), srid=0)

    def _map(self, shape: BaseGeometry | None) -> str | None:
        return None if shape is None else _hex(plan_placing.map_shape(shape, self._placement, self._on_map), srid=4490)


def _wish(room: PlanRoom, floor: PlanFloor, taken: set[str]) -> str:
    """Return a code for a room that no other of the plan wishes: its number, or a place on the floor."""
    base = room.number or f"{floor.level:g}-{room.name or 'x'}"
    wish, more = base, 1
    while wish in taken:
        more += 1
        wish = f"{base}/{more}"
    taken.add(wish)
    return wish


def _hex(shape: BaseGeometry, *, srid: int) -> str:
    valid = shape if shape.is_valid else cleaned(shape)
    parts = valid if isinstance(valid, MultiPolygon) else MultiPolygon([valid])
    written: str = shapely.to_wkb(shapely.set_srid(parts, srid), hex=True, include_srid=True)
    return written


def _others(connection: Connection, number: int) -> dict[str, list[Record]]:
    """Return later plans of these floors that were imported, and earlier ones of the same file, as far as is seen."""
    found = store.earlier(connection, number)
    return {which: [row for row in found if row[which]] for which in ("newer", "same_file")}


def _state(connection: Connection, row: Record) -> str:
    return f"{row['revision']}-{store.building_state(connection, row['building_id'])}"


def _item(one: ChangedRooms) -> Shown:
    return {
        "kind": one.kind,
        "before": [
            {
                "id": room["id"],
                "number": room["number"],
                "name": room["name"],
                "level": room["level"],
                "area_m2": room["measured_usable_m2"],
            }
            for room in one.before
        ],
        "after": [
            {
                "key": room.key,
                "number": room.number,
                "name": room.name,
                "level": one.level,
                "area_m2": room.outline.area_m2,
            }
            for room in one.after
        ],
        "overlap": None if one.overlap is None else round(one.overlap, 4),
        "loses": [
            {"room_id": room["id"]} | {name: use[name] for name in ("occupancy_id", "agency_id", "agency", "unit")}
            for room in one.ended
            for use in room["uses"]
        ],
    }
