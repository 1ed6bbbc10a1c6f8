"""Numbers and names as they may be shown: in one line, of a length that a list can hold, without hidden signs."""

from dataclasses import replace

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Label, Plan, PlanFloor, PlanRoom
from fangdi.domain.signs import is_odd, one_line

MOST_LETTERS = 200
"""Of a number or name; more is a text beside a room."""
_SHOWN = 40
"""Letters of the example that the finding gives."""


def tidied(plan: Plan) -> Plan:
    """Return the plan with texts as they may be shown, and how many of its rooms' had to be changed to be so."""
    floors = tuple(_floor(floor) for floor in plan.floors)
    odd = [text for room in plan.rooms for text in (room.number, room.name, room.use) if text and _is_odd(text)]
    if not odd:
        return plan if floors == plan.floors else replace(plan, floors=floors)
    values: dict[str, str | int | float] = {
        "count": len(odd),
        "most": MOST_LETTERS,
        "example": one_line(odd[0])[:_SHOWN],
    }
    told = Finding(FindingCode.TEXT_TIDIED, Severity.WARNING, values)
    return replace(plan, floors=floors, findings=(*plan.findings, told))


def _is_odd(text: str) -> bool:
    return len(text) > MOST_LETTERS or is_odd(text)


def _floor(floor: PlanFloor) -> PlanFloor:
    rooms, labels = tuple(map(_room, floor.rooms)), tuple(map(_label, floor.labels))
    name = _text(floor.name) or floor.key
    same = name == floor.name and all(a is b for a, b in zip(rooms + labels, floor.rooms + floor.labels, strict=True))
    return floor if same else replace(floor, name=name, rooms=rooms, labels=labels)


def _room(room: PlanRoom) -> PlanRoom:
    texts = _text(room.number), _text(room.name), _text(room.use)
    if texts == (room.number, room.name, room.use):
        return room
    number, name, use = texts
    return replace(room, number=number, name=name, use=use)


def _label(label: Label) -> Label:
    texts = _text(label.text) or "", _text(label.number), _text(label.name)
    if texts == (label.text, label.number, label.name):
        return label
    text, number, name = texts
    return replace(label, text=text, number=number, name=name)


def _text(text: str | None) -> str | None:
    """Return a text in one line, cut where it is too long; None where nothing is left."""
    return one_line(text)[:MOST_LETTERS].strip() or None if text is not None else None
