"""Rooms keep their identity from plan to plan: by number where the place is plausible, else by place."""

import random
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Polygon

from fangdi.domain.plans.matching import DOUBTED, Change, Changes, Loss, Occupied, OldRoom, lost, match_rooms
from fangdi.domain.plans.model import PlanRoom
from plan_drawings import corridor_floor, rectangle, room


def old(number: str, shape: Polygon, *, name: str | None = "办公室") -> OldRoom:
    """Make a room of the last plan; its id is its number."""
    return OldRoom(int(number), number, shape, shape.area, name)


def olds_of(rooms: tuple[PlanRoom, ...]) -> list[OldRoom]:
    """Make the rooms of the last plan from those of a new one."""
    return [
        OldRoom(number, each.number, each.outline.shape, each.outline.area_m2, each.name)
        for number, each in enumerate(rooms)
    ]


def ids(changes: Changes) -> dict[int, str]:
    """Return which old room is which new one."""
    return {same.old.id: same.new.key for same in (*changes.kept, *changes.changed)}


def test_a_room_that_did_not_change_is_kept() -> None:
    changes = match_rooms([old("301", rectangle(0, 0, 4, 5))], [room("301", rectangle(0, 0, 4, 5))])
    assert ids(changes) == {301: "301"}
    assert changes.nothing


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (room("301", rectangle(0, 0, 4, 6)), (Change.AREA, Change.OUTLINE)),
        (room("301", rectangle(0.1, 0, 4, 5)), (Change.OUTLINE,)),
        (room("301", rectangle(0, 0, 4, 5), number="301A"), (Change.NUMBER,)),
        (room("301", rectangle(0, 0, 4, 5), name="会议室"), (Change.NAME,)),
        (room("301", rectangle(0, 0, 4, 5), number=" 301"), ()),
        (replace(room("301", rectangle(0, 0, 4, 5)), number=None, name=None), ()),
    ],
)
def test_what_changed_about_a_room_is_told(new: PlanRoom, expected: tuple[Change, ...]) -> None:
    changes = match_rooms([old("301", rectangle(0, 0, 4, 5))], [new])
    assert [same.changes for same in (*changes.kept, *changes.changed)] == [expected]


def test_a_room_that_lost_half_its_ground_is_known_by_its_number() -> None:
    changes = match_rooms([old("301", rectangle(0, 0, 10, 5))], [room("301", rectangle(0, 0, 4, 5))])
    assert ids(changes) == {301: "301"}


def test_a_number_does_not_hold_where_the_place_is_another() -> None:
    changes = match_rooms([old("301", rectangle(0, 0, 4, 5))], [room("301", rectangle(50, 0, 4, 5))])
    assert ([each.id for each in changes.removed], [each.key for each in changes.added]) == ([301], ["301"])


def test_rooms_whose_numbers_were_swapped_stay_where_they_are() -> None:
    olds = [old("301", rectangle(0, 0, 4, 5)), old("302", rectangle(4, 0, 4, 5))]
    news = [room("a", rectangle(0, 0, 4, 5), number="302"), room("b", rectangle(4, 0, 4, 5), number="301")]
    assert ids(match_rooms(olds, news)) == {301: "a", 302: "b"}


def test_a_number_wins_over_a_better_place_while_it_is_plausible() -> None:
    # 301 keeps its number on 6 of its 10 m, next to a new room that took over 4 m
    olds = [old("301", rectangle(0, 0, 10, 5)), old("302", rectangle(10, 0, 2, 5))]
    news = [room("301", rectangle(0, 0, 6, 5)), room("302", rectangle(6, 0, 6, 5))]
    assert ids(match_rooms(olds, news)) == {301: "301", 302: "302"}


def test_renumbered_rooms_keep_their_identity_by_place() -> None:
    rooms = corridor_floor(5).rooms
    renumbered = [replace(each, key=f"n{n}", number=f"{600 + n}") for n, each in enumerate(rooms)]
    changes = match_rooms(olds_of(rooms), renumbered)
    assert ids(changes) == {number: f"n{number}" for number in range(len(rooms))}
    assert all(same.changes == (Change.NUMBER,) for same in changes.changed)


# A room of 10 m × 5 m against one moved 2 m along it: 8 × 5 in common of 12 × 5 united, two thirds.
ASIDE = rectangle(2, 0, 10, 5)


def test_overlap_alone_does_not_outweigh_numbers_that_contradict() -> None:
    changes = match_rooms([old("304", rectangle(0, 0, 10, 5))], [room("106", ASIDE)])
    assert ids(changes) == {}
    assert ([one.number for one in changes.removed], [one.number for one in changes.added]) == (["304"], ["106"])
    (ended,) = lost(changes, [Occupied("use", 304)])
    assert (ended.why, ended.room_id) == (Loss.REMOVED, 304)


def test_overlap_tells_where_only_one_side_bears_a_number() -> None:
    changes = match_rooms([old("304", rectangle(0, 0, 10, 5))], [replace(room("106", ASIDE), number=None)])
    assert ids(changes) == {304: "106"}


def test_of_a_doubted_placement_overlap_alone_tells_nothing_and_numbers_do() -> None:
    before = [old("304", rectangle(0, 0, 10, 5))]
    unnumbered = replace(room("106", ASIDE), number=None)
    assert ids(match_rooms(before, [unnumbered], limits=DOUBTED)) == {}
    assert ids(match_rooms(before, [room("304", ASIDE)], limits=DOUBTED)) == {304: "304"}


def test_numbers_that_several_rooms_bear_do_not_decide() -> None:
    olds = [
        replace(old("1", rectangle(0, 0, 4, 5)), number="WC"),
        replace(old("2", rectangle(4, 0, 4, 5)), number="WC"),
    ]
    news = [room("a", rectangle(4, 0, 4, 5), number="WC"), room("b", rectangle(0, 0, 4, 5), number="WC")]
    assert ids(match_rooms(olds, news)) == {1: "b", 2: "a"}


def test_a_new_and_a_missing_room_are_added_and_removed() -> None:
    olds = [old("301", rectangle(0, 0, 4, 5)), old("302", rectangle(5, 0, 4, 5))]
    news = [room("301", rectangle(0, 0, 4, 5)), room("303", rectangle(20, 0, 4, 5))]
    changes = match_rooms(olds, news)
    assert ([each.id for each in changes.removed], [each.key for each in changes.added]) == ([302], ["303"])


def test_a_room_with_a_new_partition_is_split_and_its_number_names_the_heir() -> None:
    news = [room("301", rectangle(0, 0, 4.9, 5)), room("301A", rectangle(5.1, 0, 4.9, 5))]
    (split,) = match_rooms([old("301", rectangle(0, 0, 10, 5))], news).split
    assert ([each.key for each in split.into], split.heir) == (["301", "301A"], "301")


def test_rooms_that_overlap_are_split_once() -> None:
    olds = [old("301", rectangle(0, 0, 10, 5)), old("302", rectangle(0, 0, 10, 5.1))]
    changes = match_rooms(olds, [room("a", rectangle(0, 0, 5, 5)), room("b", rectangle(5, 0, 5, 5))])
    assert [split.old.id for split in changes.split] == [301]
    assert [each.id for each in changes.removed] == [302]


def test_a_split_without_the_old_number_has_no_heir_and_its_occupancy_loses_the_room() -> None:
    news = [room("304", rectangle(0, 0, 5, 5)), room("305", rectangle(5, 0, 5, 5))]
    changes = match_rooms([old("301", rectangle(0, 0, 10, 5))], news)
    (loss,) = lost(changes, [Occupied("档案局", 301)])
    assert (loss.occupancy, loss.why, loss.successors) == ("档案局", Loss.SPLIT, ("304", "305"))


def test_rooms_without_their_partition_are_merged_and_the_heir_keeps_its_occupancy() -> None:
    olds = [old("301", rectangle(0, 0, 4.9, 5)), old("302", rectangle(5.1, 0, 4.9, 5))]
    changes = match_rooms(olds, [room("302", rectangle(0, 0, 10, 5))])
    (merged,) = changes.merged
    assert ([each.id for each in merged.old], merged.heir) == ([301, 302], 302)
    (loss,) = lost(changes, [Occupied("a", 301), Occupied("b", 302)])
    assert (loss.occupancy, loss.why, loss.successors) == ("a", Loss.MERGED, ("302",))


def test_a_cupboard_cut_off_a_hall_is_no_split() -> None:
    olds = [old("301", rectangle(0, 0, 20, 10))]
    news = [room("301", rectangle(1, 0, 19, 10)), room("302", rectangle(0, 0, 1, 10))]
    changes = match_rooms(olds, news)
    assert (ids(changes), [each.key for each in changes.added]) == ({301: "301"}, ["302"])


def test_occupancies_of_rooms_that_stay_lose_nothing_and_those_of_removed_ones_do() -> None:
    olds = [old("301", rectangle(0, 0, 4, 5)), old("302", rectangle(5, 0, 4, 5))]
    changes = match_rooms(olds, [room("301", rectangle(0, 0, 4, 5))])
    (loss,) = lost(changes, [Occupied(1, 301), Occupied(2, 302), Occupied(3, 302 + 1)])
    assert (loss.occupancy, loss.room_id, loss.why) == (2, 302, Loss.REMOVED)


def test_nothing_becomes_of_nothing() -> None:
    assert match_rooms([], []) == Changes()
    assert [each.key for each in match_rooms([], [room("1", rectangle(0, 0, 1, 1))]).added] == ["1"]


CORNERS = st.tuples(st.integers(0, 20), st.integers(0, 20), st.integers(1, 8), st.integers(1, 8))
ROOMS = st.lists(st.tuples(CORNERS, st.sampled_from(["1", "2", "3", "4", "5"])), max_size=8)


def drawn_rooms(drawn: list[tuple[tuple[int, int, int, int], str]]) -> tuple[PlanRoom, ...]:
    """Draw rooms anywhere, overlapping or not."""
    return tuple(room(f"n{n}", rectangle(*corner), number=number) for n, (corner, number) in enumerate(drawn))


@given(ROOMS, ROOMS)
def test_every_room_is_in_exactly_one_list(
    before: list[tuple[tuple[int, int, int, int], str]], after: list[tuple[tuple[int, int, int, int], str]]
) -> None:
    olds, news = olds_of(drawn_rooms(before)), drawn_rooms(after)
    changes = match_rooms(olds, news)
    same = [*changes.kept, *changes.changed]
    seen_old = [each.old.id for each in same] + [each.old.id for each in changes.split]
    seen_old += [each.id for merged in changes.merged for each in merged.old] + [each.id for each in changes.removed]
    seen_new = [each.new.key for each in same] + [each.into.key for each in changes.merged]
    seen_new += [each.key for split in changes.split for each in split.into] + [each.key for each in changes.added]
    assert sorted(seen_old) == sorted(each.id for each in olds)
    assert sorted(seen_new) == sorted(each.key for each in news)


@given(ROOMS, ROOMS, st.randoms(use_true_random=False))
def test_the_order_of_rooms_changes_nothing(
    before: list[tuple[tuple[int, int, int, int], str]],
    after: list[tuple[tuple[int, int, int, int], str]],
    shuffle: random.Random,
) -> None:
    olds, news = olds_of(drawn_rooms(before)), list(drawn_rooms(after))
    expected = match_rooms(olds, news)
    shuffle.shuffle(olds)
    shuffle.shuffle(news)
    assert match_rooms(olds, news) == expected


@given(st.integers(1, 12), st.floats(0, 0.5))
def test_the_same_plan_again_changes_nothing(rooms_a_side: int, wall: float) -> None:
    rooms = corridor_floor(rooms_a_side, wall=wall).rooms
    changes = match_rooms(olds_of(rooms), rooms)
    assert changes.nothing
    assert len(changes.kept) == len(rooms)


@given(st.floats(2.5, 7.5), st.floats(2.5, 7.5))
def test_a_split_keeps_the_ground(first: float, second: float) -> None:
    cuts = [0.0, *sorted([first, second]), 10.0]
    pieces = [
        room(f"p{n}", rectangle(west, 0, east - west, 6))
        for n, (west, east) in enumerate(pairwise(cuts))
        if east - west > 0.01
    ]
    (split,) = match_rooms([old("301", rectangle(0, 0, 10, 6))], pieces).split
    assert sum(each.outline.area_m2 for each in split.into) == pytest.approx(60, abs=0.13)


def test_a_number_of_several_rooms_does_not_beat_the_better_place() -> None:
    olds = [replace(old(str(n), rectangle(10 * (n - 1), 0, 10, 5)), number="WC") for n in (1, 2)]
    news = [room("a", rectangle(16, 0, 4, 5), number="WC"), room("b", rectangle(0, 0, 16, 5), number="WC")]
    assert ids(match_rooms(olds, news)) == {1: "b"}  # 10 of 16 m in common; the second room has 6 m of it
