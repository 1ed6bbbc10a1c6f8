"""Shares of a room add up to exactly the room."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangdi.domain.shares import STEP, equal_shares, shares_by_weight


def test_three_agencies_share_a_room() -> None:
    # 1/3 = 0.33333…; the step left over goes to the first
    assert equal_shares(3) == (Decimal("0.33334"), Decimal("0.33333"), Decimal("0.33333"))


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=40))
def test_shares_add_up_to_one_and_none_is_off_by_a_step(weights: list[int]) -> None:
    shares = shares_by_weight(weights)

    assert sum(shares) == 1
    for share, weight in zip(shares, weights, strict=True):
        assert abs(Fraction(share) - Fraction(weight, sum(weights))) < Fraction(STEP)


@given(st.integers(1, 500))
def test_equal_shares_differ_by_one_step_at_most(users: int) -> None:
    shares = equal_shares(users)

    assert max(shares) - min(shares) <= STEP
    assert sum(shares) == 1


def test_what_is_left_of_a_room_is_shared() -> None:
    assert shares_by_weight([1, 1], whole=Decimal("0.5")) == (Decimal("0.25"), Decimal("0.25"))


@pytest.mark.parametrize("weights", [[], [0], [1, -1]])
def test_weights_have_to_be_positive(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="greater than 0"):
        shares_by_weight(weights)
