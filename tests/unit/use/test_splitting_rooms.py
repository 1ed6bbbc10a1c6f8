"""Splitting shared rooms: the rules, what they leave alone, and that no rule changes a total."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangdi.domain.use.split import SharedUse, Split, split_rooms


def part(agency: int, share: float, *, room: int = 1, all_seen: bool = True) -> SharedUse:
    return SharedUse(room, agency, 7, "service", 90.0, share, all_seen)


def shares(uses: list[SharedUse]) -> dict[int, float]:
    return {use.agency_id: use.share for use in uses}


def test_recorded_shares_stay_as_they_are() -> None:
    done, kept = split_rooms([part(1, 0.5), part(2, 0.2)], Split.RECORDED, weights={})
    assert (shares(done), kept) == ({1: 0.5, 2: 0.2}, frozenset())


def test_equal_parts_add_up_to_what_is_recorded_as_used() -> None:
    done, _ = split_rooms([part(1, 0.5), part(2, 0.3), part(3, 0.2)], Split.EQUAL, weights={})
    assert shares(done) == {1: 0.33334, 2: 0.33333, 3: 0.33333}


def test_what_nobody_holds_of_a_room_stays_nobodys() -> None:
    done, _ = split_rooms([part(1, 0.5), part(2, 0.2)], Split.EQUAL, weights={})
    assert shares(done) == {1: 0.35, 2: 0.35}  # 0.7 / 2


def test_staff_present_weigh_by_their_number() -> None:
    done, _ = split_rooms([part(1, 0.5), part(2, 0.5)], Split.PEOPLE, weights={1: 30, 2: 10})
    assert shares(done) == {1: 0.75, 2: 0.25}  # 30 / 40


def test_approved_areas_weigh_by_their_size() -> None:
    done, _ = split_rooms([part(1, 0.5), part(2, 0.5)], Split.APPROVED, weights={1: 2279.19, 2: 759.73})
    assert shares(done) == {1: 0.75, 2: 0.25}  # 2279.19 is three times 759.73


@pytest.mark.parametrize("missing", [{1: 30}, {1: 30, 2: 0}])
def test_a_room_of_which_a_weight_is_missing_stays_as_recorded_and_is_counted(missing: dict[int, float]) -> None:
    done, kept = split_rooms([part(1, 0.6), part(2, 0.4)], Split.PEOPLE, weights=missing)
    assert (shares(done), kept) == ({1: 0.6, 2: 0.4}, {1})


def test_who_does_not_see_all_users_is_told_recorded_shares() -> None:
    done, kept = split_rooms([part(1, 0.6, all_seen=False)], Split.EQUAL, weights={})
    assert (shares(done), kept) == ({1: 0.6}, {1})


def test_an_agency_with_several_sections_in_a_room_counts_once() -> None:
    done, _ = split_rooms([part(1, 0.25), part(1, 0.25), part(2, 0.5)], Split.EQUAL, weights={})
    assert shares(done) == {1: 0.5, 2: 0.5}


@given(
    st.lists(st.integers(1, 20_000), min_size=1, max_size=5),
    st.sampled_from(list(Split)),
    st.lists(st.integers(0, 500), min_size=5, max_size=5),
)
def test_no_rule_changes_what_is_used_of_a_room(parts: list[int], split: Split, weights: list[int]) -> None:
    uses = [part(agency, hundred_thousandths / 100_000) for agency, hundred_thousandths in enumerate(parts)]
    done, _ = split_rooms(uses, split, weights=dict(enumerate(weights)))
    assert round(sum(use.share for use in done) * 100_000) == sum(parts)
