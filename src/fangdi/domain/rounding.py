"""Areas and sums as they leave the system: two decimals, halves up, and parts that add up to the total they belong to.

One rule for all: what is exact is read in millionths, to which areas are kept (mm²), so that the last bits of a binary
fraction decide nothing; a half goes up; and parts are rounded by largest remainder to the rounded total.
"""

import math
from collections.abc import Sequence

Area = float | None
_MILLIONTHS = 10_000
"""Of a hundredth: a square metre has a million square millimetres."""


def hundredths_of(figure: float) -> int:
    """Return a figure in whole hundredths, halves away from zero: 99,756.255 is 9,975,626."""
    millionths = round(abs(figure) * 1_000_000)
    rounded = (millionths + _MILLIONTHS // 2) // _MILLIONTHS
    return rounded if figure >= 0 else -rounded


def two_decimals(figure: float) -> float:
    """Return a figure with two decimals, halves away from zero."""
    return hundredths_of(figure) / 100 if math.isfinite(figure) else figure


def round_to_total(areas_m2: Sequence[Area], *, total_m2: float | None = None) -> list[Area]:
    """Round areas to two decimals so that they add up to the rounded total; None, an unknown area, stays None.

    Every area goes down to the hundredth below; the hundredths that the total then lacks go to the areas that lost
    most (largest remainder), the first ones where several lost the same. No area moves by a hundredth or more.
    `total_m2` is the total as another statement added it up, which may differ in the last bits. A total of other areas
    changes nothing: these add up to their own.
    """
    known = {number: area * 100 for number, area in enumerate(areas_m2) if area is not None}
    added_up = math.fsum(area for area in areas_m2 if area is not None)
    same = total_m2 is not None and math.isclose(total_m2, added_up, rel_tol=1e-10, abs_tol=1e-6)
    total = total_m2 if total_m2 is not None and same else added_up
    hundredths = {number: math.floor(area) for number, area in known.items()}
    lacking = hundredths_of(total) - sum(hundredths.values())
    # the last bits of the product must not decide who lost more
    most_lost = sorted(known, key=lambda number: round(hundredths[number] - known[number], 6))
    for number in most_lost[:lacking]:
        hundredths[number] += 1
    return [hundredths[number] / 100 if number in hundredths else None for number in range(len(areas_m2))]


def apportion(areas_m2: Sequence[float], *, hundredths: int) -> list[int]:
    """Share out a sum of hundredths of a square metre among areas, in proportion as far as whole hundredths allow.

    As `round_to_total`, for a sum that was settled further up. Where it lies less than one hundredth from the exact sum
    of the areas, no part differs from its area by a hundredth or more; so that sums at every level of a tree, shared
    out from the top, are all within a hundredth of what they stand for. Another sum is shared out all the same.
    """
    if not areas_m2:
        return []
    shares = [math.floor(round(area * 100, 6)) for area in areas_m2]
    order = sorted(range(len(shares)), key=lambda number: round(shares[number] - areas_m2[number] * 100, 6))
    lacking = hundredths - sum(shares)
    every, some = divmod(lacking, len(shares))
    for place, number in enumerate(order):
        shares[number] += every + (place < some)
    return shares
