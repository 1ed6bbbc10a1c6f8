"""Numbers used twice, labels without a room and rooms without a label."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterator

import shapely

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Label, PartKind, PlanFloor, PlanRoom
from fangdi.domain.plans.shapes import Shapes, array_of

_NO_ROOMS = frozenset({PartKind.SHARED, PartKind.OPEN, PartKind.VOID})
"""Parts that have names of their own, as corridors, shafts and balconies."""


def called(room: PlanRoom) -> str:
    """Return what people know a room by: its number, else its name, else its handle in the file."""
    return room.number or room.name or room.handle


def same_number(number: str | None) -> str | None:
    """Return a number as it is compared: full-width or not, upper case, no spaces; None if there is nothing."""
    return "".join(unicodedata.normalize("NFKC", number or "").upper().split()) or None


def names(floor: PlanFloor, shapes: Shapes) -> Iterator[Finding]:
    """Check the numbers and labels of a floor; `shapes` are its rooms."""
    yield from _duplicate_numbers(floor)
    yield from _labels_without_room(floor, shapes)
    yield from _rooms_without_label(floor)


def _duplicate_numbers(floor: PlanFloor) -> Iterator[Finding]:
    by_number: dict[str, list[PlanRoom]] = defaultdict(list)
    for room in floor.rooms:
        if number := same_number(room.number):
            by_number[number].append(room)
    for rooms in by_number.values():
        if len(rooms) > 1:
            yield Finding(
                FindingCode.DUPLICATE_NUMBER,
                Severity.WARNING,
                {"number": rooms[0].number or "", "count": len(rooms)},
                floor=floor.key,
                rooms=tuple(room.key for room in rooms),
                at=rooms[1].outline.shape.representative_point(),
            )


def _labels_without_room(floor: PlanFloor, shapes: Shapes) -> Iterator[Finding]:
    """Tell labels that name a room and lie in none; one whose number a room bears was led to it by a pointer.

    Labels of parts that are no rooms, as corridors and shafts that the file draws apart, lie where they belong.
    """
    labels = [label for label in floor.labels if label.number or label.name]
    borne = {same_number(word) for room in floor.rooms for word in (room.number, room.name)}
    points = array_of(label.at for label in labels)
    parts = array_of(part.outline.shape for part in floor.parts if part.kind in _NO_ROOMS)
    of_parts = {part.handle for part in floor.parts}
    placed = _inside(points, shapes) | _inside(points, parts)
    for number, label in enumerate(labels):
        if number not in placed and label.handle not in of_parts and not _borne(label, borne):
            yield Finding(
                FindingCode.LABEL_WITHOUT_ROOM,
                Severity.WARNING,
                {"text": label.text},
                floor=floor.key,
                handle=label.handle,
                at=label.at,
            )


def _inside(points: Shapes, shapes: Shapes) -> set[int]:
    """Return the numbers of the points that lie in one of the shapes."""
    return set(shapely.STRtree(shapes).query(points, predicate="intersects")[0].tolist()) if len(shapes) else set()


def _borne(label: Label, words: set[str | None]) -> bool:
    return same_number(label.number or label.name) in words


def _rooms_without_label(floor: PlanFloor) -> Iterator[Finding]:
    for room in floor.rooms:
        if not room.number and not room.name:
            yield Finding(
                FindingCode.ROOM_WITHOUT_LABEL,
                Severity.NOTE,
                {"area_m2": room.outline.area_m2},
                floor=floor.key,
                rooms=(room.key,),
                handle=room.handle,
                at=room.outline.shape.representative_point(),
            )
