"""Splitting rooms that several agencies share (合用房间分摊), by a rule that every answer names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from fangdi.domain.common import Definition
from fangdi.domain.shares import STEP, shares_by_weight


class Split(StrEnum):
    """By what a shared room is split among its users."""

    RECORDED = "recorded"  # 按登记份额
    EQUAL = "equal"  # 按单位平均
    PEOPLE = "people"  # 按实有人数
    APPROVED = "approved"  # 按核定面积


@dataclass(frozen=True, slots=True)
class SplitRule:
    """What a rule is called and what it does."""

    name: Definition
    definition: Definition


RULES: Mapping[Split, SplitRule] = MappingProxyType(
    {
        Split.RECORDED: SplitRule(
            Definition("按登记份额", "As recorded"),
            Definition(
                "合用房间按登记的份额计入各单位。",
                "A shared room counts for each agency by the share that is recorded.",
            ),
        ),
        Split.EQUAL: SplitRule(
            Definition("按单位平均", "Equally"),
            Definition(
                "合用房间中登记为在用的部分,由合用单位平均分摊。",
                "What is recorded as used of a shared room is split equally among the agencies that share it.",
            ),
        ),
        Split.PEOPLE: SplitRule(
            Definition("按实有人数", "By staff present"),
            Definition(
                "合用房间中登记为在用的部分,按合用单位基准日的实有人数分摊;任一单位未报实有人数或为零的,该房间按登记份额。",
                "What is recorded as used of a shared room is split by the staff present in those who share it; "
                "where one of them has reported none, the room stays as recorded.",
            ),
        ),
        Split.APPROVED: SplitRule(
            Definition("按核定面积", "By approved area"),
            Definition(
                "合用房间中登记为在用的部分,按合用单位的核定面积分摊;任一单位没有核定面积的,该房间按登记份额。",
                "What is recorded as used of a shared room is split by the approved areas of those who share it; "
                "where one of them has none, the room stays as recorded.",
            ),
        ),
    }
)
ALIKE = Definition(
    "分摊规则只改变各单位之间的分配,不改变合计;份额精确到十万分之一。",
    "A rule moves area between agencies and never changes the total; shares are in steps of 0.00001.",
)


@dataclass(frozen=True, slots=True)
class SharedUse:
    """What of a shared room counts for an agency: `share` of `area_m2`, the area of the whole room (None: unknown).

    `all_seen` says whether the reader sees all who share the room; otherwise it stays as recorded.
    """

    room_id: int
    agency_id: int
    building_id: int
    category: str
    area_m2: float | None
    share: float
    all_seen: bool = True


def split_rooms(
    uses: Iterable[SharedUse], split: Split, *, weights: Mapping[int, float]
) -> tuple[list[SharedUse], frozenset[int]]:
    """Return the uses with shares by a rule, and the rooms that stayed as recorded although the rule is another.

    `weights`: staff present or approved areas (m²) by agency; not needed for equal and recorded shares. An agency that
    has several sections in a room counts once.
    """
    by_room: defaultdict[int, dict[int, SharedUse]] = defaultdict(dict)
    for use in uses:
        known = by_room[use.room_id].get(use.agency_id)
        by_room[use.room_id][use.agency_id] = replace(use, share=use.share + known.share) if known else use
    done: list[SharedUse] = []
    kept: set[int] = set()
    for room_id, by_agency in by_room.items():
        users = [by_agency[agency] for agency in sorted(by_agency)]
        found = _weights(users, split, weights)
        if found is None:
            done += users
            if split is not Split.RECORDED:
                kept.add(room_id)
        else:
            done += _shared_out(users, found)
    return done, frozenset(kept)


def _weights(users: Sequence[SharedUse], split: Split, weights: Mapping[int, float]) -> list[Fraction] | None:
    """Return what each user weighs; None where the room stays as recorded."""
    if split is Split.RECORDED or not all(user.all_seen for user in users):
        return None
    if split is Split.EQUAL:
        return [Fraction(1)] * len(users)
    found = [Fraction(weights.get(user.agency_id, 0)) for user in users]
    return found if all(weight > 0 for weight in found) else None


def _shared_out(users: Sequence[SharedUse], weights: Sequence[Fraction]) -> list[SharedUse]:
    whole = sum((Decimal(str(user.share)) for user in users), Decimal(0)).quantize(STEP)
    shares = shares_by_weight(weights, whole=whole)
    return [replace(user, share=float(share)) for user, share in zip(users, shares, strict=True)]
