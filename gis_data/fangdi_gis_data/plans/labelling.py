"""Which label belongs to which room: texts that stand together are one label, and lie in the room they name."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import MultiPolygon, Point, Polygon

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Label, Stated
from fangdi_gis_data.plans.label_text import RoomText, parse_line, put_together
from fangdi_gis_data.plans.room_words import is_note

_LINE_APART = 2.6
"""Lines of one label are nearer than that many letters are tall."""
_LIKE_AREA = 0.5, 2.0
"""A figure by itself in a room states its area if it is between that many times what the room measures."""
_MOSTLY_UNIQUE = 0.5
"""Numbers alone are room numbers only where most of them appear once; door sizes repeat."""


class Text(Protocol):
    """A text of a drawing, in metres."""

    @property
    def lines(self) -> tuple[str, ...]:
        """From top to bottom."""

    @property
    def at(self) -> tuple[float, float]:
        """About its middle."""

    @property
    def anchor(self) -> tuple[float, float]:
        """Where it was put."""

    @property
    def height(self) -> float:
        """Of a letter."""

    @property
    def width(self) -> float:
        """Of its longest line."""

    @property
    def handle(self) -> str:
        """What traces it back."""

    @property
    def insert(self) -> str | None:
        """What it is a part of."""


@dataclass
class Group:
    """Texts that are one label, and what they say."""

    texts: list[Text]
    says: RoomText

    @property
    def text(self) -> str:
        """All of it, as written."""
        return " ".join(line for text in self.texts for line in text.lines)

    @property
    def at(self) -> Point:
        """The middle of its texts."""
        xs, ys = zip(*(text.at for text in self.texts), strict=True)
        return Point(sum(xs) / len(xs), sum(ys) / len(ys))

    def as_label(self) -> Label:
        """Return it as a label of the plan."""
        says = self.says
        return Label(self.text, self.at, self.texts[0].handle, says.number, says.name, stated(self))


@dataclass
class Named:
    """What the labels in a room say of it."""

    says: RoomText = field(default_factory=RoomText)
    groups: list[Group] = field(default_factory=list)
    """Those that name it, the one that counts first."""
    stated: tuple[Stated, ...] = ()


@dataclass
class Labelled:
    """Rooms with what their labels say, in the order of the rooms; labels in no room; findings."""

    rooms: list[Named]
    elsewhere: list[Group] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


def stated(group: Group) -> Stated | None:
    """Return the area that a label states."""
    says = group.says
    return Stated(says.area_m2, says.basis, group.text) if says.area_m2 is not None else None


def assign(
    rooms: Sequence[Polygon | MultiPolygon], texts: Sequence[Text], *, nearly: Sequence[Polygon] = ()
) -> Labelled:
    """Return what the texts in each room say of it. A label that runs out of a room counts where it begins.

    `nearly` is what outlines that do not close go around: there a number alone is the label of a room to be.
    """
    read = {id(text): _read(text) for text in texts}
    texts = [text for text in texts if read[id(text)].says_something or read[id(text)].figure or read[id(text)].size_m]
    if not _numbers_count(texts, read):
        read = {key: replace(says, number=None) if _alone(says) else says for key, says in read.items()}
    middles, starts = _rooms_of(rooms, [t.at for t in texts]), _rooms_of(rooms, [t.anchor for t in texts])
    where = [middle if middle is not None else start for middle, start in zip(middles, starts, strict=True)]
    groups = _grouped(texts, where, read)
    _move_to_where_they_begin(groups, rooms, dict(zip(map(id, texts), starts, strict=True)))
    labelled = Labelled([Named() for _ in rooms])
    for number, shape in enumerate(rooms):
        labelled.rooms[number] = _name(groups.get(number, []), shape)
    labelled.elsewhere = [group for group in groups.get(None, []) if group.says.sure or _labels_one(group, nearly)]
    named = [group for room in labelled.rooms for group in room.groups] + labelled.elsewhere
    labelled.labels = [group.as_label() for group in named]
    return labelled


def _labels_one(group: Group, nearly: Sequence[Polygon]) -> bool:
    """Return whether a number or name lies in an outline that does not close."""
    return bool(group.says.number or group.says.name) and any(shape.contains(group.at) for shape in nearly)


def _read(text: Text) -> RoomText:
    return put_together(parse_line(line) for line in text.lines)


def _numbers_count(texts: Sequence[Text], read: dict[int, RoomText]) -> bool:
    alone = [says.number for text in texts if _alone(says := read[id(text)])]
    counts = Counter(alone)
    return not alone or sum(count == 1 for count in counts.values()) >= _MOSTLY_UNIQUE * len(alone)


def _alone(says: RoomText) -> bool:
    """Return whether a text is a number and nothing else."""
    return bool(says.number) and not says.name and says.area_m2 is None


def _rooms_of(rooms: Sequence[Polygon | MultiPolygon], points: Sequence[tuple[float, float]]) -> list[int | None]:
    """Return the smallest room that each point lies in."""
    found: list[int | None] = [None] * len(points)
    if not rooms or not points:
        return found
    tree = STRtree(rooms)
    areas = [room.area for room in rooms]
    for point, room in sorted(
        zip(*tree.query(shapely.points(np.array(points)), predicate="within").tolist(), strict=True)
    ):
        now = found[point]
        if now is None or areas[room] < areas[now]:
            found[point] = room
    return found


def _grouped(
    texts: Sequence[Text], where: Sequence[int | None], read: dict[int, RoomText]
) -> dict[int | None, list[Group]]:
    """Return the texts of each room in groups of those that stand together, from the top."""
    by_room: dict[int | None, list[Text]] = {}
    for text, room in zip(texts, where, strict=True):
        by_room.setdefault(room, []).append(text)
    groups = {}
    for room, here in by_room.items():
        here.sort(key=lambda text: (-text.at[1], text.at[0], text.handle))
        clusters = _clusters(here, read)
        groups[room] = [Group(cluster, _whole(cluster, read)) for cluster in clusters]
    return groups


def _whole(cluster: Sequence[Text], read: dict[int, RoomText]) -> RoomText:
    """Return what texts say together; lines that make a sentence are a note and name nothing."""
    says = put_together(read[id(text)] for text in cluster)
    return replace(says, name=None, named=False) if says.name and is_note(says.name) else says


def _clusters(texts: Sequence[Text], read: dict[int, RoomText]) -> list[list[Text]]:
    """Return texts that stand together; two numbers or two areas are two labels, however near."""
    owner = list(range(len(texts)))
    has = [(read[id(text)].number is not None, read[id(text)].area_m2 is not None) for text in texts]

    def first(number: int) -> int:
        while owner[number] != number:
            number = owner[number]
        return number

    for a, b in _near_pairs(texts):
        if _together(texts[a], texts[b]):
            low, high = sorted((first(a), first(b)))
            twice = any(one and other for one, other in zip(has[low], has[high], strict=True))
            if low != high and not twice:
                owner[high] = low
                has[low] = (has[low][0] or has[high][0], has[low][1] or has[high][1])
    clusters: dict[int, list[Text]] = {}
    for number, text in enumerate(texts):
        clusters.setdefault(first(number), []).append(text)
    return list(clusters.values())


def _near_pairs(texts: Sequence[Text]) -> list[tuple[int, int]]:
    if len(texts) < 40:
        return [(a, b) for a in range(len(texts)) for b in range(a + 1, len(texts))]
    points = shapely.points(np.array([text.at for text in texts]))
    reach = max(max(text.width, _LINE_APART * text.height) for text in texts)
    one, other = STRtree(points).query(points, predicate="dwithin", distance=reach)
    return sorted((a, b) for a, b in zip(one.tolist(), other.tolist(), strict=True) if a < b)


def _together(one: Text, other: Text) -> bool:
    """Return whether two texts are lines of one label: parts of one block, or one under the other."""
    if one.insert is not None and one.insert == other.insert:
        return True
    tall = max(one.height, other.height)
    if min(one.height, other.height) < 0.4 * tall:
        return False
    depth = (len(one.lines) + len(other.lines) - 2) * 0.8 * tall
    down, across = abs(one.at[1] - other.at[1]), abs(one.at[0] - other.at[0])
    if down < 0.5 * tall:
        return across < (one.width + other.width) / 2 + 1.5 * tall
    return down < _LINE_APART * tall + depth and across < max(one.width, other.width) / 2 + 0.5 * tall


def _move_to_where_they_begin(
    groups: dict[int | None, list[Group]], rooms: Sequence[Polygon | MultiPolygon], starts: dict[int, int | None]
) -> None:
    """Move labels that begin in a room without one and run out of it, as in closets narrower than their name."""
    named = {room for room, here in groups.items() if any(group.says.sure for group in here)}
    for room in sorted(groups, key=lambda number: -1 if number is None else number):
        for group in list(groups[room]):
            begins = {starts[id(text)] for text in group.texts}
            to = next(iter(begins)) if len(begins) == 1 else None
            alone = sum(other.says.sure for other in groups[room]) == 1 and room is not None
            if to is None or to == room or to in named or alone or not group.says.sure:
                continue
            if room is not None and rooms[to].area >= rooms[room].area:
                continue
            groups[room].remove(group)
            groups.setdefault(to, []).append(group)
            named.add(to)


def _name(groups: Sequence[Group], shape: Polygon | MultiPolygon) -> Named:
    """Return what the labels in a room say together; where several name it, the fullest and most central counts."""
    names = [g for g in groups if g.says.sure]
    numbers = [g for g in groups if not g.says.sure and g.says.number and not g.says.name]
    areas = [g for g in groups if not g.says.sure and g.says.area_m2 is not None and not g.says.number]
    others = [g for g in groups if not g.says.sure and g.says.name]
    if (names or numbers) and not areas and all(g.says.area_m2 is None for g in groups):
        areas = _figures(groups, shape.area)
    centre = shape.representative_point()
    main = _first(names, centre) or _first(numbers, centre) or (others[0] if len(others) == 1 else None)
    if main is None:
        only = _first(areas, centre)
        return Named(only.says, [only], _stated_by([only])) if only else Named()
    parts = [main]
    if main.says.number is None and numbers and main not in numbers:
        parts.append(min(numbers, key=lambda group: (group.at.distance(main.at), group.text)))
    if main.says.area_m2 is None and areas:
        parts.append(min(areas, key=lambda group: (group.at.distance(main.at), group.text)))
    if main.says.name is None and len(others) == 1:
        parts.append(others[0])
    rest = [group for group in (names or numbers) if group not in parts]
    return Named(put_together(part.says for part in parts), [main, *rest], _stated_by(parts))


def _figures(groups: Sequence[Group], area_m2: float) -> list[Group]:
    """Return the one group that is a figure and may be the area of a room; side lengths and heights are none."""
    least, most = (share * area_m2 for share in _LIKE_AREA)
    alone = [g for g in groups if g.says.figure is not None and not g.says.number and not g.says.name]
    like = [g for g in alone if g.says.figure is not None and least <= g.says.figure <= most]
    return [Group(like[0].texts, replace(like[0].says, area_m2=like[0].says.figure))] if len(like) == 1 else []


def _first(groups: Sequence[Group], centre: Point) -> Group | None:
    def rank(group: Group) -> tuple[bool, bool, float, str]:
        return group.says.number is None, group.says.area_m2 is None, group.at.distance(centre), group.text

    return min(groups, key=rank) if groups else None


def _stated_by(groups: Sequence[Group]) -> tuple[Stated, ...]:
    return tuple(found for group in groups if (found := stated(group)) is not None and math.isfinite(found.area_m2))


def findings_of(labelled: Labelled, *, keys: Sequence[str], areas: Sequence[float], floor: str) -> list[Finding]:
    """Return what is odd about labels: rooms without one or with several, and labels in no room."""
    found = []
    for room, key, area in zip(labelled.rooms, keys, areas, strict=True):
        if not room.groups:
            values: dict[str, str | int | float] = {"area_m2": float(area)}
            found.append(Finding(FindingCode.ROOM_WITHOUT_LABEL, Severity.WARNING, values, floor, (key,)))
        elif len(room.groups) > 1:
            texts = "、".join(group.text for group in room.groups)
            values = {"count": len(room.groups), "texts": texts, "text": room.groups[0].text}
            at = room.groups[1].at
            found.append(Finding(FindingCode.SEVERAL_LABELS, Severity.WARNING, values, floor, (key,), at=at))
    for group in labelled.elsewhere:
        values = {"text": group.text}
        found.append(
            Finding(
                FindingCode.LABEL_WITHOUT_ROOM,
                Severity.WARNING,
                values,
                floor,
                handle=group.texts[0].handle,
                at=group.at,
            )
        )
    return found
