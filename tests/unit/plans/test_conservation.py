"""Rooms, walls and shared parts make up the floor; what is left is shown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangdi.domain.plans.conservation import Balance, balance
from fangdi.domain.plans.findings import FindingCode, Severity
from fangdi.domain.plans.model import PartKind, PlanFloor
from plan_drawings import corridor_floor, floor, part, rectangle, room

HOUSE = rectangle(0, 0, 10, 10)


def balanced(drawn: PlanFloor) -> Balance:
    """Balance a floor that has an outline."""
    made = balance(drawn)
    assert made is not None
    return made


def test_a_floor_of_rooms_and_drawn_walls_has_no_rest() -> None:
    walls = [part(PartKind.WALL, rectangle(4, 0, 0.2, 10))]
    drawn = floor(room("1", rectangle(0, 0, 4, 10)), room("2", rectangle(4.2, 0, 5.8, 10)), outline=HOUSE, parts=walls)
    made = balanced(drawn)
    assert (made.rooms_m2, made.walls_drawn_m2, made.gross_m2) == pytest.approx((98, 2, 100))
    assert made.rest_m2 == pytest.approx(0, abs=1e-9)
    assert made.findings == ()


def test_walls_that_cross_count_once() -> None:
    walls = [part(PartKind.WALL, rectangle(0, 4, 10, 0.2)), part(PartKind.WALL, rectangle(4, 0, 0.2, 10))]
    assert balanced(floor(outline=HOUSE, parts=walls)).walls_drawn_m2 == pytest.approx(2 + 2 - 0.04)


def test_space_no_wider_than_a_wall_is_taken_for_walls_where_none_are_drawn() -> None:
    drawn = corridor_floor(5)  # outline 21.2 × 12.8; 10 offices of 20 m² and a corridor of 20.8 × 2 m
    made = balanced(drawn)
    assert made.walls_between_m2 == pytest.approx(21.2 * 12.8 - 200 - 41.6)
    assert made.findings == ()


def test_a_room_that_is_missing_is_the_rest() -> None:
    whole = corridor_floor(5)
    made = balanced(replace(whole, rooms=whole.rooms[1:]))
    assert made.rest_m2 == pytest.approx(4.4 * 5.4)  # the room and the walls around it, which nothing tells from it
    assert [(f.code, f.severity) for f in made.findings] == [(FindingCode.NOT_CONSERVED, Severity.WARNING)]


def test_a_room_drawn_twice_is_a_rest_below_nothing() -> None:
    first = room("1", HOUSE)
    made = balanced(floor(first, room("2", rectangle(0, 0, 5, 10)), outline=HOUSE))
    assert made.rest_m2 == pytest.approx(-50)
    assert made.twice_m2 == pytest.approx(50)
    assert [finding.severity for finding in made.findings] == [Severity.ERROR]


def test_what_leaves_the_outline_is_a_rest_below_nothing() -> None:
    made = balanced(floor(room("1", rectangle(0, 0, 12, 10)), outline=HOUSE))
    assert (made.outside_m2, made.rest_m2) == pytest.approx((20, -20))


def test_a_void_is_no_part_of_the_floor() -> None:
    parts = [part(PartKind.VOID, rectangle(0, 0, 2, 10))]
    made = balanced(floor(room("1", rectangle(2, 0, 8, 10)), outline=HOUSE, parts=parts))
    assert (made.gross_m2, made.voids_m2, made.rest_m2) == pytest.approx((80, 20, 0))


def test_a_shaft_is_shared() -> None:
    parts = [part(PartKind.SHARED, rectangle(0, 0, 2, 10))]
    made = balanced(floor(room("1", rectangle(2, 0, 8, 10)), outline=HOUSE, parts=parts))
    assert (made.shared_m2, made.rest_m2) == pytest.approx((20, 0))


def test_a_rest_within_the_tolerance_of_class_3_is_no_finding() -> None:
    # S = 100 m²: 0.08 × 10 + 0.006 × 100 = 1.40 m²
    assert balanced(floor(room("1", rectangle(0, 0, 10, 10.13)), outline=HOUSE)).findings == ()
    assert balanced(floor(room("1", rectangle(0, 0, 10, 10.15)), outline=HOUSE)).findings != ()


def test_without_an_outline_there_is_nothing_to_add_up_to() -> None:
    assert balance(floor(room("1", HOUSE))) is None


CORNERS = st.tuples(st.integers(-2, 9), st.integers(-2, 9), st.integers(1, 6), st.integers(1, 6))
KINDS = st.sampled_from(list(PartKind))


@given(st.lists(CORNERS, max_size=6), st.lists(st.tuples(KINDS, CORNERS), max_size=4))
def test_the_rest_is_always_explained(
    rooms: list[tuple[int, int, int, int]], parts: list[tuple[PartKind, tuple[int, int, int, int]]]
) -> None:
    drawn = floor(
        *[room(str(number), rectangle(*corner)) for number, corner in enumerate(rooms)],
        outline=HOUSE,
        parts=[part(kind, rectangle(*corner)) for kind, corner in parts],
    )
    made = balanced(drawn)
    assert made.rest_m2 == pytest.approx(made.wide_m2 - made.twice_m2 - made.outside_m2, abs=1e-6)
    assert made.rooms_m2 + made.walls_m2 + made.shared_m2 + made.rest_m2 == pytest.approx(made.gross_m2)


def test_an_implied_outline_proves_nothing_but_rooms_that_claim_too_much() -> None:
    """Rooms of 40 m² in a floor of 60 m²: a drawn outline misses 20 m², an implied one says nothing of it."""
    rooms = (room("1", rectangle(0, 0, 4, 5)), room("2", rectangle(8, 0, 4, 5)))
    drawn = floor(*rooms, outline=rectangle(0, 0, 12, 5))
    implied = replace(drawn, outline_implied=True)
    twice = replace(implied, rooms=(rooms[0], replace(rooms[0], key="2")), outline=rooms[0].outline)
    measured, guessed, doubled = balanced(drawn), balanced(implied), balanced(twice)
    assert measured.proves
    assert [finding.code for finding in measured.findings] == [FindingCode.NOT_CONSERVED]
    assert (guessed.proves, guessed.rest_m2, guessed.findings) == (False, pytest.approx(20), ())
    assert [finding.values["rest_m2"] for finding in doubled.findings] == pytest.approx([-20])
