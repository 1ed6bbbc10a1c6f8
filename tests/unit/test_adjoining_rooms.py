"""Adjoining rooms: which rooms face each other, and which set of them is the smallest that is enough."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import box
from shapely.affinity import rotate

from fangdi.domain import growing
from fangdi.domain.adjoining import FreeRoom, SpaceWanted, _connected, best_group, best_groups, neighbours
from fangdi.domain.facing import near_length

WALL = 0.24


def row(widths: list[float], *, y: float = 0, depth: float = 5, first: int = 1) -> list[FreeRoom]:
    """Draw rooms side by side, eastwards, with walls of 24 cm between."""
    rooms, x = [], 0.0
    for number, width in enumerate(widths, first):
        rooms.append(FreeRoom(number, box(x, y, x + width, y + depth), width * depth))
        x += width + WALL
    return rooms


def beside(rooms: list[FreeRoom], *, gap_m: float = 0.6) -> dict[int, set[int]]:
    found = neighbours(rooms, gap_m=gap_m)
    return {rooms[one].id: {rooms[other].id for other in others} for one, others in found.items()}


def test_rooms_with_a_wall_between_adjoin() -> None:
    assert beside(row([4, 4, 4])) == {1: {2}, 2: {1, 3}, 3: {2}}


def test_rooms_that_meet_at_a_corner_do_not_adjoin() -> None:
    corner = FreeRoom(2, box(4 + WALL, 5 + WALL, 8, 10), 18)

    assert beside([FreeRoom(1, box(0, 0, 4, 5), 20), corner]) == {1: set(), 2: set()}


def test_a_corridor_parts_rooms_unless_rooms_across_count() -> None:
    rooms = [*row([4], first=1), *row([4], y=5 + 2.4, first=2)]  # walls and a corridor: 2.4 m

    assert beside(rooms) == {1: set(), 2: set()}
    assert beside(rooms, gap_m=SpaceWanted(across=True).gap_m) == {1: {2}, 2: {1}}


def test_the_smallest_set_that_is_enough_is_offered() -> None:
    rooms = row([4, 4, 6, 4, 4])  # 20, 20, 30, 20, 20 m²

    assert best_group(rooms, SpaceWanted(rooms=2, min_area_m2=50)).rooms in {(2, 3), (3, 4)}  # type: ignore[union-attr]
    two = best_group(rooms, SpaceWanted(rooms=2, min_area_m2=40))
    assert two is not None
    assert (two.rooms, two.area_m2) in {((1, 2), 40), ((4, 5), 40)}


def test_a_room_in_use_between_parts_the_others() -> None:
    one, _, three = row([4, 4, 4])

    assert best_group([one, three], SpaceWanted(rooms=2)) is None
    assert best_group([one, three], SpaceWanted(rooms=1)) is not None


def test_rooms_that_are_left_out_do_not_part_the_others() -> None:
    found = best_group(row([2, 6, 8]), SpaceWanted(rooms=2, min_area_m2=50))  # 10, 30, 40 m²

    assert found is not None
    assert (found.rooms, found.area_m2) == ((2, 3), 70)  # the first and the last have 50 m², but do not adjoin


def test_enough_rooms_are_needed_as_well_as_enough_area() -> None:
    rooms = row([10, 2, 2])  # 50, 10, 10 m²

    found = best_group(rooms, SpaceWanted(rooms=3, min_area_m2=40))
    assert found is not None
    assert (found.rooms, found.area_m2) == ((1, 2, 3), 70)
    assert best_group(rooms, SpaceWanted(rooms=4)) is None
    assert best_group(rooms, SpaceWanted(min_area_m2=70.01)) is None


def test_more_than_the_most_is_not_offered() -> None:
    rooms = row([4, 20])  # 20 and 100 m²

    assert best_group(rooms, SpaceWanted(rooms=2, max_area_m2=100)) is None
    assert best_group(rooms, SpaceWanted(rooms=2, max_area_m2=120)) is not None


@pytest.mark.parametrize("rooms", [[], row([4])])
def test_too_few_rooms_make_no_set(rooms: list[FreeRoom]) -> None:
    assert best_group(rooms, SpaceWanted(rooms=2)) is None


@given(
    st.lists(st.sampled_from([2.0, 3.0, 4.0, 5.0, 8.0]), min_size=1, max_size=7), st.integers(1, 4), st.integers(0, 80)
)
def test_a_set_is_connected_enough_and_no_room_can_be_left_out(widths: list[float], count: int, area: int) -> None:
    rooms, wanted = row(widths), SpaceWanted(rooms=count, min_area_m2=area)
    found = best_group(rooms, wanted)
    near = neighbours(rooms, gap_m=wanted.gap_m)

    def enough(numbers: tuple[int, ...]) -> bool:
        return (
            len(numbers) >= count
            and sum(rooms[number].area_m2 for number in numbers) >= area
            and _connected(set(numbers), near)
        )

    numbers = range(len(rooms))
    sets = (chosen for size in range(1, len(rooms) + 1) for chosen in combinations(numbers, size))
    assert (found is None) == (not any(enough(chosen) for chosen in sets))
    if found is not None:
        chosen = tuple(room - 1 for room in found.rooms)
        assert enough(chosen)
        assert not any(
            enough(tuple(one for one in chosen if one != left_out)) for left_out in chosen if len(chosen) > 1
        )


ROWS = st.lists(st.sampled_from([2.0, 3.0, 4.0, 8.0]), max_size=9)


@given(st.lists(st.tuples(ROWS, ROWS, st.sampled_from([0, 30])), max_size=6), st.integers(1, 6), st.integers(0, 120))
def test_floors_searched_together_are_answered_as_one_by_one(
    drawn: list[tuple[list[float], list[float], int]], count: int, area: int
) -> None:
    floors = []
    for south, north, turn in drawn:
        straight = [*row(south), *row(north, y=5 + 2.4, first=20)]
        floors.append([FreeRoom(r.id, rotate(r.outline, turn, origin=(0, 0)), r.area_m2) for r in straight])
    wanted = SpaceWanted(rooms=count, min_area_m2=area, across=True)
    one_by_one = [best_group(floor, wanted) for floor in floors]

    together = best_groups(floors, wanted)

    assert [group and group.rooms for group in together] == [group and group.rooms for group in one_by_one]


def test_many_floors_are_searched_a_few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "_CELLS", 20)
    floors = [row([4.0] * size, first=100 * size) for size in (3, 9, 1, 5, 2)]

    found = best_groups(floors, SpaceWanted(rooms=3))

    assert [group and group.rooms for group in found] == [(300, 301, 302), (900, 901, 902), None, (500, 501, 502), None]


def test_sets_of_a_very_large_floor_grow_from_some_of_its_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(growing, "_TOO_MANY", 3)  # sets begin at the first, fourth and seventh room

    found = best_group(row([8.0, 8.0, 8.0, 2.0, 2.0, 2.0, 8.0]), SpaceWanted(rooms=3))

    assert found is not None
    assert found.rooms == (4, 5, 6)


@given(st.lists(st.integers(0, 200), min_size=8, max_size=8), st.sampled_from([0.6, 3.6]))
def test_boxes_are_measured_as_any_outlines_are(sides: list[int], gap_m: float) -> None:
    (w1, s1, a1, b1, w2, s2, a2, b2) = (side / 10 for side in sides)
    one, other = box(w1, s1, w1 + a1 + 1, s1 + b1 + 1), box(w2, s2, w2 + a2 + 1, s2 + b2 + 1)

    reach = gap_m + 1e-6  # no box is exactly as far away: rounding would decide

    measured = near_length(np.array([one.bounds]), np.array([other.bounds]), gap_m=reach)[0]

    # a circle drawn with 256 corners is up to gap × (1 − cos 0.7°) = 0.3 mm too small: seen flatly, some centimetres
    expected = one.exterior.intersection(other.buffer(reach, quad_segs=64)).length
    assert measured == pytest.approx(expected, abs=0.2)


def test_turned_rooms_adjoin_like_straight_ones() -> None:
    straight = [*row([4, 4, 3]), *row([4, 4, 3], y=5 + 2.4, first=4)]
    turned = [FreeRoom(room.id, rotate(room.outline, 30, origin=(0, 0)), room.area_m2) for room in straight]

    for gap_m in (0.6, 3.6):
        assert beside(turned, gap_m=gap_m) == beside(straight, gap_m=gap_m)
