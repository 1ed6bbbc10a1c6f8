"""Changing rooms of a plan by hand, and accepting repairs of its shapes."""

import uuid
from collections.abc import Mapping
from typing import Any

import shapely
from sqlalchemy import Connection

from fangdi.domain.plan_edits import LEAST_ROOM_M2, PlanEdits, RoomEdit, edited
from fangdi.errors import InvalidInputError, NotFoundError
from fangdi.service import plans
from fangdi.service.plan_parts import room_edit

_FIELDS = ("number", "name", "use")


def edit_room(connection: Connection, number: int, key: str, wanted: Mapping[str, Any]) -> None:
    """Change a room, or add one that was traced: then `shape` (rings in plan metres) and `floor` are given."""
    before = plans.stored(connection, number)
    plans.check_is_draft(before.row)
    if key not in {room.key for room in before.plan.rooms}:
        if wanted.get("shape") is None or wanted.get("floor") is None:
            raise NotFoundError(
                f"平面图没有这个房间;新增房间须给出楼层和轮廓。 The plan has no room {key}; "
                "a new one needs floor and shape."
            )
        plans.floor_of(before.plan, wanted["floor"])
    given = {name: wanted[name] for name in (*_FIELDS, "floor", "shape") if wanted.get(name) is not None}
    edit = room_edit(given)
    _check_shape(edit)
    kept = _kept(before.row)
    kept["rooms"][key] = {**kept["rooms"].get(key, {}), **given}
    kept["removed"] = [one for one in kept["removed"] if one != key]
    plan = edited(before.plan, PlanEdits({key: edit}))
    plans.keep_edited(connection, before, plan, edits=kept)


def remove_room(connection: Connection, number: int, key: str) -> None:
    """Take a room off the plan."""
    before = plans.stored(connection, number)
    plans.check_is_draft(before.row)
    if key not in {room.key for room in before.plan.rooms}:
        raise NotFoundError(f"平面图没有这个房间。 The plan has no room {key}.")
    kept = _kept(before.row)
    kept["rooms"].pop(key, None)
    kept["removed"] = sorted({*kept["removed"], key})
    plans.keep_edited(connection, before, edited(before.plan, PlanEdits(removed=frozenset({key}))), edits=kept)


def new_key() -> str:
    """Return a key for a room that is traced."""
    return f"traced-{uuid.uuid4().hex[:12]}"


def _kept(row: Mapping[str, Any]) -> dict[str, Any]:
    kept = row["edits"]
    return {
        "rooms": dict(kept.get("rooms", {})),
        "removed": list(kept.get("removed", [])),
        "metres": kept.get("metres", row["unit_metres"]),
    }


def _check_shape(edit: RoomEdit) -> None:
    if edit.shape is None:
        return
    if not edit.shape.is_valid or edit.shape.is_empty:
        raise InvalidInputError(
            "轮廓自相交,请重新描绘。 The outline crosses itself; trace it again "
            f"({shapely.is_valid_reason(edit.shape)}).",
            place={"field": "shape"},
        )
    if edit.shape.area < LEAST_ROOM_M2:
        raise InvalidInputError(
            f"轮廓小于 {LEAST_ROOM_M2} 平方米。 The outline has less than {LEAST_ROOM_M2} m².", place={"field": "shape"}
        )
