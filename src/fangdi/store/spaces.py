"""Idle rooms with their outlines, by building and floor: what looking for space goes through."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from fangdi.domain.spaces import SpaceQuestion
from fangdi.store import idle
from fangdi.store.query import Record, rows


@dataclass(frozen=True, slots=True)
class FoundNear:
    """Idle rooms, the nearest building first, floor by floor: those of floors that have enough of them together.

    `looked_at` counts all, on whichever floor, and `left_out` those of them without an outline or an area of the basis.
    """

    rooms: Sequence[Record]
    looked_at: int
    left_out: int


def idle_near(connection: Connection, asked: SpaceQuestion) -> FoundNear:
    """Return the idle rooms of the buildings asked for; each rule of what is idle is asked about its own places."""
    found: list[Record] = []
    looked_at = left_out = 0
    for one in idle.in_force(connection, asked.question):
        rule = one.rule
        days = max(rule.min_days, asked.min_days or 0)
        answer = rows(
            connection,
            "idle_near",
            **_asked(asked),
            on_floor=1 if days or _by_room(asked) else asked.space.rooms,
            jurisdictions=None if one.places is None else list(one.places),
            uses=idle.uses_of(connection, rule, category=asked.category),
            statuses=list(rule.statuses),
            min_days=days or None,
        )
        looked_at, left_out = looked_at + answer[0]["looked_at"], left_out + answer[0]["left_out"]
        found += [row for row in answer if row["id"] is not None]
    found.sort(key=lambda row: (row["distance_m"] or 0.0, row["building_id"], row["level"], row["id"]))
    return FoundNear(found, looked_at, left_out)


def idle_rooms(connection: Connection, asked: SpaceQuestion) -> Sequence[Record]:
    """Return the idle rooms alone."""
    return idle_near(connection, asked).rooms


def _asked(asked: SpaceQuestion) -> dict[str, object]:
    near, building, question = asked.near, asked.building, asked.question
    return {
        "as_of": question.as_of,
        "basis": question.basis,
        "longitude": near.longitude if near else None,
        "latitude": near.latitude if near else None,
        "radius_m": near.radius_m if near else None,
        "building_id": building.building_id,
        "has_lift": building.has_lift,
        "built_from": building.built_from,
        "built_to": building.built_to,
        "safety": None if building.safety is None else list(building.safety),
        "tenure": building.tenure,
        "title": building.title,
        "level_from": building.level_from,
        "level_to": building.level_to,
        "min_room_m2": asked.min_room_m2,
        "max_room_m2": asked.max_room_m2,
        "rooms": asked.space.rooms,
        "min_area_m2": asked.space.min_area_m2,
    }


def _by_room(asked: SpaceQuestion) -> bool:
    """Whether each room has to be looked at before it counts as one of its floor."""
    levels = (asked.building.level_from, asked.building.level_to)
    return any(one is not None for one in (asked.min_room_m2, asked.max_room_m2, *levels))
