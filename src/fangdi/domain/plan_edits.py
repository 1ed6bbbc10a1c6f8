"""What people change on a plan that was read from a file: levels of floors, rooms edited, traced or taken off."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import chain, count

from shapely.geometry import MultiPolygon, Polygon

from fangdi.domain.plans.findings import FindingCode
from fangdi.domain.plans.floor_names import name_of_level
from fangdi.domain.plans.model import FoundBy, Outline, Plan, PlanFloor, PlanRoom

LEAST_ROOM_M2 = 0.1
"""Smallest outline that can be traced as a room, m²: less is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class RoomEdit:
    """A change to a room; None leaves as read. `floor` and `shape` (plan metres) make a room that was traced."""

    number: str | None = None
    name: str | None = None
    use: str | None = None
    floor: str | None = None
    shape: Polygon | MultiPolygon | None = None


@dataclass(frozen=True, slots=True)
class PlanEdits:
    """All changes to a plan, by the keys of rooms and floors."""

    rooms: Mapping[str, RoomEdit] = field(default_factory=dict)
    removed: frozenset[str] = frozenset()
    levels: Mapping[str, float] = field(default_factory=dict)


def edited(plan: Plan, edits: PlanEdits) -> Plan:
    """Return a plan with the changes; those to rooms and floors that it does not have are without effect.

    That a level is unknown is said no more of floors that were given one, nor is asked what level 0 of them means.
    """
    known = {room.key for room in plan.rooms}
    floors = tuple(_floor(floor, edits, known=known) for floor in plan.floors)
    settled = {floor.key for floor in floors if floor.level is not None}
    answered = {FindingCode.LEVEL_UNKNOWN: settled, FindingCode.LEVEL_ZERO: set(edits.levels)}
    findings = tuple(one for one in plan.findings if one.floor not in answered.get(one.code, ()))
    return replace(plan, floors=floors, findings=findings)


def with_own_keys(plan: Plan) -> Plan:
    """Return a plan in which every floor and every room has a key of its own: a copied thing has that of its twin."""
    floors: set[str] = set()
    rooms: set[str] = set()
    return replace(
        plan,
        floors=tuple(
            replace(
                floor,
                key=_own(floor.key, floors),
                rooms=tuple(replace(room, key=_own(room.key, rooms)) for room in floor.rooms),
            )
            for floor in plan.floors
        ),
    )


def _own(key: str, taken: set[str]) -> str:
    """Return a key that nothing else has, and take it."""
    own = next(one for one in chain([key], (f"{key}~{more}" for more in count(2))) if one not in taken)
    taken.add(own)
    return own


def _floor(floor: PlanFloor, edits: PlanEdits, *, known: set[str]) -> PlanFloor:
    kept = [_room(room, edits.rooms.get(room.key)) for room in floor.rooms if room.key not in edits.removed]
    traced = [
        _traced(key, edit)
        for key, edit in edits.rooms.items()
        if edit.shape is not None and edit.floor == floor.key and key not in known and key not in edits.removed
    ]
    level = edits.levels.get(floor.key, floor.level)
    by_level = floor.level is not None and floor.name == name_of_level(floor.level)
    name = name_of_level(level) if by_level and level is not None else floor.name
    return replace(floor, rooms=(*kept, *traced), level=level, name=name)


def _room(room: PlanRoom, edit: RoomEdit | None) -> PlanRoom:
    if edit is None:
        return room
    named = replace(
        room,
        number=room.number if edit.number is None else edit.number or None,
        name=room.name if edit.name is None else edit.name or None,
        use=room.use if edit.use is None else edit.use or None,
    )
    if edit.shape is None:
        return named
    return replace(named, outline=Outline.straight(edit.shape), found_by=FoundBy.TRACED)


def _traced(key: str, edit: RoomEdit) -> PlanRoom:
    assert edit.shape is not None  # noqa: S101 - the caller looked
    return PlanRoom(
        key,
        Outline.straight(edit.shape),
        FoundBy.TRACED,
        handle=key,
        number=edit.number or None,
        name=edit.name or None,
        use=edit.use or None,
    )
