"""Which room of a new plan is which room of the last one: identity by number and overlap, never replaced wholesale."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon

from fangdi.domain.plans.checks.names import same_number
from fangdi.domain.plans.model import PlanRoom
from fangdi.domain.plans.shapes import array_of, cleaned, undisturbed, valid_outlines


@dataclass(frozen=True, slots=True)
class MatchLimits:
    """From where on two outlines are taken for one room, each with its reason."""

    plausible: float = 0.5
    """A number holds if the smaller of both outlines lies by half in the other: rooms are rebuilt, not carried away."""
    same_place: float = 0.5
    """Without a number, intersection over union: above a half no third room can fit better."""
    renumbered: float = 0.9
    """The same where both bear numbers that differ, or the placement is doubted: only walls that stayed where they were
    say then that it is one room."""
    piece: float = 0.8
    """A piece of a split or merged room lies in it by this much; walls and moved partitions take the rest."""
    tiled: float = 0.7
    """Pieces cover at least so much of what was split or merged; the new partition takes some."""
    area_m2: float = 0.005
    """Half of the hundredth that areas are stated to."""
    outline_iou: float = 0.9995
    """Below this an outline has moved: 2 mm around a room of 20 m²."""


LIMITS = MatchLimits()
DOUBTED = MatchLimits(same_place=LIMITS.renumbered)
"""Of a plan whose placement is beyond its limits: overlaps say little."""

_Fan: TypeAlias = tuple[list[int], list[int]]
"""Old rooms and the new ones in their place, by position; one of the two is a single room."""


@dataclass(frozen=True, slots=True)
class OldRoom:
    """A room as the last plan or the register has it; outline in the frame of the new plan, area in m²."""

    id: int
    number: str | None
    outline: Polygon | MultiPolygon
    area_m2: float
    name: str | None = None


class Change(StrEnum):
    """What is different about a room that stays (变更内容)."""

    NUMBER = "number"  # 房间号
    NAME = "name"  # 名称
    AREA = "area"  # 面积
    OUTLINE = "outline"  # 轮廓


@dataclass(frozen=True, slots=True)
class Same:
    """A room that stays what it is; nothing changed if `changes` is empty."""

    old: OldRoom
    new: PlanRoom
    iou: float
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Split:
    """A room that became several (拆分); `heir` is the key of the one that keeps its number, and so its identity."""

    old: OldRoom
    into: tuple[PlanRoom, ...]
    heir: str | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """Several rooms that became one (合并); `heir` is the id of the one whose number it keeps."""

    old: tuple[OldRoom, ...]
    into: PlanRoom
    heir: int | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What a new plan of a floor changes: every old and every new room is in exactly one of these."""

    kept: tuple[Same, ...] = ()
    changed: tuple[Same, ...] = ()
    split: tuple[Split, ...] = ()
    merged: tuple[Merged, ...] = ()
    added: tuple[PlanRoom, ...] = ()
    removed: tuple[OldRoom, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether all rooms stay as they are."""
        return not (self.changed or self.split or self.merged or self.added or self.removed)


OccupancyId = TypeVar("OccupancyId", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Occupied(Generic[OccupancyId]):
    """Who uses which room."""

    occupancy: OccupancyId
    room_id: int


class Loss(StrEnum):
    """Why an occupancy loses its room."""

    REMOVED = "removed"  # 房间取消
    SPLIT = "split"  # 房间拆分
    MERGED = "merged"  # 房间合并


@dataclass(frozen=True, slots=True)
class Lost(Generic[OccupancyId]):
    """An occupancy whose room ends; `successors` are the keys of the new rooms in its place."""

    occupancy: OccupancyId
    room_id: int
    why: Loss
    successors: tuple[str, ...] = ()


@undisturbed
def match_rooms(old: Sequence[OldRoom], new: Sequence[PlanRoom], *, limits: MatchLimits = LIMITS) -> Changes:
    """Return what becomes of the rooms of one floor; both in the same frame, ids and keys unique.

    In this order, since each step needs what the ones before left over:
    1. splits and merges: pieces that lie in a room and tile it;
    2. numbers that one room bears on either side, if the place is plausible;
    3. places: the pairs that overlap most, nearly whole where numbers contradict, as rooms are renumbered.
    The answer depends on the rooms alone and not on their order; all lists are by id, or by key where there is none.
    """
    olds, news = sorted(old, key=lambda room: room.id), sorted(new, key=lambda room: room.key)
    overlaps = _Overlaps.of(olds, news)
    splits, merges = _apart(_splits(overlaps, limits=limits), _merges(overlaps, limits=limits))
    gone = {i for before, _ in splits + merges for i in before}
    come = {j for _, after in splits + merges for j in after}
    pairs = dict(_by_number(overlaps, gone=gone, come=come, limits=limits))
    pairs |= _by_place(overlaps, gone=gone | set(pairs), come=come | set(pairs.values()), limits=limits)
    same = [_same(overlaps, i, j, limits=limits) for i, j in sorted(pairs.items())]
    gone |= set(pairs)
    come |= set(pairs.values())
    return Changes(
        kept=tuple(one for one in same if not one.changes),
        changed=tuple(one for one in same if one.changes),
        split=tuple(_split(olds[i], [news[j] for j in many]) for (i,), many in splits),
        merged=tuple(_merged([olds[i] for i in many], news[j]) for many, (j,) in merges),
        added=tuple(room for j, room in enumerate(news) if j not in come),
        removed=tuple(room for i, room in enumerate(olds) if i not in gone),
    )


def lost(changes: Changes, occupancies: Iterable[Occupied[OccupancyId]]) -> tuple[Lost[OccupancyId], ...]:
    """Return the occupancies whose room ends with the new plan, in their order; heirs keep theirs."""
    ends: dict[int, tuple[Loss, tuple[str, ...]]] = {room.id: (Loss.REMOVED, ()) for room in changes.removed}
    for split in changes.split:
        if split.heir is None:
            ends[split.old.id] = (Loss.SPLIT, tuple(room.key for room in split.into))
    for merged in changes.merged:
        ends |= {room.id: (Loss.MERGED, (merged.into.key,)) for room in merged.old if room.id != merged.heir}
    return tuple(
        Lost(occupied.occupancy, occupied.room_id, *ends[occupied.room_id])
        for occupied in occupancies
        if occupied.room_id in ends
    )


@dataclass(frozen=True, slots=True)
class _Overlaps:
    """How much ground each old room shares with each new one, m², where it is any."""

    olds: list[OldRoom]
    news: list[PlanRoom]
    old_m2: list[float]
    new_m2: list[float]
    common_m2: dict[tuple[int, int], float]

    @classmethod
    def of(cls, olds: list[OldRoom], news: list[PlanRoom]) -> "_Overlaps":
        before = array_of(room.outline if room.outline.is_valid else cleaned(room.outline) for room in olds)
        after = valid_outlines([room.outline for room in news])
        i, j = shapely.STRtree(after).query(before, predicate="intersects")
        common = shapely.area(shapely.intersection(before[i], after[j]))
        some = np.flatnonzero(common > 0)
        pairs = zip(i[some].tolist(), j[some].tolist(), strict=True)
        found = dict(zip(pairs, common[some].tolist(), strict=True))
        return cls(olds, news, shapely.area(before).tolist(), shapely.area(after).tolist(), found)

    def iou(self, i: int, j: int) -> float:
        common = self.common_m2.get((i, j), 0.0)
        united = self.old_m2[i] + self.new_m2[j] - common
        return min(common / united, 1.0) if united > 0 else 0.0

    def plausible(self, i: int, j: int) -> float:
        """Return how much of the smaller room lies in the other."""
        smaller = min(self.old_m2[i], self.new_m2[j])
        return self.common_m2.get((i, j), 0.0) / smaller if smaller > 0 else 0.0


def _splits(overlaps: _Overlaps, *, limits: MatchLimits) -> list[_Fan]:
    """Return old rooms with the new ones that tile them."""
    pieces: dict[int, list[int]] = defaultdict(list)
    for (i, j), common in sorted(overlaps.common_m2.items()):
        if common >= limits.piece * overlaps.new_m2[j]:
            pieces[i].append(j)
    return [
        ([i], many)
        for i, many in sorted(pieces.items())
        if len(many) > 1
        and sum(overlaps.common_m2[i, j] for j in many) >= limits.tiled * overlaps.old_m2[i]
        and max(overlaps.iou(i, j) for j in many) < limits.piece
    ]


def _merges(overlaps: _Overlaps, *, limits: MatchLimits) -> list[_Fan]:
    """Return old rooms that tile a new one, with that; a split the other way round."""
    back = {(j, i): common for (i, j), common in overlaps.common_m2.items()}
    turned = _Overlaps(overlaps.olds, overlaps.news, overlaps.new_m2, overlaps.old_m2, back)
    return [(many, one) for one, many in _splits(turned, limits=limits)]


def _apart(splits: list[_Fan], merges: list[_Fan]) -> tuple[list[_Fan], list[_Fan]]:
    """Return splits and merges, both as (old, new), without those that need a room which an earlier one took.

    That happens only where rooms of one plan overlap.
    """
    gone: set[int] = set()
    come: set[int] = set()
    kept: list[list[_Fan]] = [[], []]
    for which, fans in enumerate((splits, merges)):
        for olds, news in fans:
            if gone.isdisjoint(olds) and come.isdisjoint(news):
                gone |= set(olds)
                come |= set(news)
                kept[which].append((olds, news))
    return kept[0], kept[1]


def _by_number(
    overlaps: _Overlaps, *, gone: set[int], come: set[int], limits: MatchLimits
) -> Iterable[tuple[int, int]]:
    """Yield pairs of rooms that alone bear a number, before and after, in a plausible place."""
    before = _unique(room.number for room in overlaps.olds)
    after = _unique(room.number for room in overlaps.news)
    for number in sorted(before.keys() & after.keys()):
        i, j = before[number], after[number]
        if i not in gone and j not in come and overlaps.plausible(i, j) >= limits.plausible:
            yield i, j


def _unique(numbers: Iterable[str | None]) -> dict[str, int]:
    """Return where each number stands that only one room bears."""
    listed = [same_number(number) for number in numbers]
    counts = Counter(listed)
    return {number: place for place, number in enumerate(listed) if number is not None and counts[number] == 1}


def _by_place(overlaps: _Overlaps, *, gone: set[int], come: set[int], limits: MatchLimits) -> dict[int, int]:
    """Return pairs of what is left, those first that overlap most; numbers decide between equals."""
    candidates = [
        (-overlaps.iou(i, j), same_number(overlaps.olds[i].number) != same_number(overlaps.news[j].number), i, j)
        for i, j in overlaps.common_m2
        if i not in gone and j not in come and overlaps.iou(i, j) >= _least_iou(overlaps, i, j, limits=limits)
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _least_iou(overlaps: _Overlaps, i: int, j: int, *, limits: MatchLimits) -> float:
    """Return what two rooms have to overlap by to be one, without their number saying so."""
    before, after = same_number(overlaps.olds[i].number), same_number(overlaps.news[j].number)
    contradict = before is not None and after is not None and before != after
    return limits.renumbered if contradict else limits.same_place


def _same(overlaps: _Overlaps, i: int, j: int, *, limits: MatchLimits) -> Same:
    """Return a pair with what changed; a number or name that the new plan does not give is no change."""
    old, new, iou = overlaps.olds[i], overlaps.news[j], overlaps.iou(i, j)
    differs = {
        Change.NUMBER: bool(new.number) and same_number(new.number) != same_number(old.number),
        Change.NAME: bool(new.name) and (new.name or "").strip() != (old.name or "").strip(),
        Change.AREA: abs(new.outline.area_m2 - old.area_m2) > limits.area_m2,
        Change.OUTLINE: iou < limits.outline_iou,
    }
    return Same(old, new, iou, tuple(change for change, is_so in differs.items() if is_so))


def _split(old: OldRoom, into: list[PlanRoom]) -> Split:
    number = same_number(old.number)
    heirs = [room.key for room in into if number and same_number(room.number) == number]
    return Split(old, tuple(into), heirs[0] if len(heirs) == 1 else None)


def _merged(old: list[OldRoom], into: PlanRoom) -> Merged:
    number = same_number(into.number)
    heirs = [room.id for room in old if number and same_number(room.number) == number]
    return Merged(tuple(old), into, heirs[0] if len(heirs) == 1 else None)
