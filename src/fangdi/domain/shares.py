"""Splitting a room among the agencies that share it (合用房间)."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal
from fractions import Fraction

STEP = Decimal("0.00001")
"""Finest share that is stored: a hundred-thousandth of a room."""


def equal_shares(users: int) -> tuple[Decimal, ...]:
    """Split a room into equal parts that add up to exactly 1."""
    return shares_by_weight([1] * users)


def shares_by_weight(weights: Sequence[int | Fraction], *, whole: Decimal = Decimal(1)) -> tuple[Decimal, ...]:
    """Split `whole` in proportion to the weights, in steps of 0.00001, so that the parts add up to exactly `whole`.

    Largest remainder (Hamilton): every part is rounded down, and the steps left over go to the largest remainders,
    the first first. No part differs from its exact share by a whole step or more.
    """
    if not weights or any(weight <= 0 for weight in weights):
        raise ValueError("give at least one weight, each greater than 0")
    total = sum(Fraction(weight) for weight in weights)
    steps = Fraction(whole / STEP)
    exact = [Fraction(weight) / total * steps for weight in weights]
    floors = [int(Decimal(part.numerator // part.denominator).to_integral_value(ROUND_FLOOR)) for part in exact]
    left = int(steps) - sum(floors)
    by_remainder = sorted(range(len(weights)), key=lambda i: (floors[i] - exact[i], i))
    for i in by_remainder[:left]:
        floors[i] += 1
    return tuple(count * STEP for count in floors)
