"""Idle rooms with their outlines, by building and floor: what looking for space goes through."""

from collections.abc import Sequence

from sqlalchemy import Connection

from fangdi.domain.spaces import SpaceQuestion
from fangdi.domain.uses import possibly_idle
from fangdi.store.query import Record, rows
from fangdi.store.scope import room_uses, subtree


def idle_rooms(connection: Connection, asked: SpaceQuestion) -> Sequence[Record]:
    """Return the idle rooms of the buildings asked for, the nearest building first, floor by floor."""
    near, building, question = asked.near, asked.building, asked.question
    return rows(
        connection,
        "idle_near",
        as_of=question.as_of,
        basis=question.basis,
        jurisdictions=subtree(connection, question.jurisdiction),
        uses=possibly_idle(room_uses(connection), category=asked.category),
        longitude=near.longitude if near else None,
        latitude=near.latitude if near else None,
        radius_m=near.radius_m if near else None,
        has_lift=building.has_lift,
        built_from=building.built_from,
        safety=None if building.safety is None else list(building.safety),
        tenure=building.tenure,
        title=building.title,
        level_from=building.level_from,
        level_to=building.level_to,
    )
