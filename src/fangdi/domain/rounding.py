"""Areas as they leave the system: two decimals that still add up to the total they belong to."""

import math
from collections.abc import Sequence

Area = float | None


def round_to_total(areas_m2: Sequence[Area], *, total_m2: float | None = None) -> list[Area]:
    """Round areas to two decimals so that they add up to the rounded total; None, an unknown area, stays None.

    Every area goes down to the hundredth below; the hundredths that the total then lacks go to the areas that lost
    most (largest remainder), the first ones where several lost the same. No area moves by a hundredth or more.
    `total_m2` is the total as another statement added it up, which may differ in the last bits and so, half way
    between two hundredths, be rounded the other way. A total of other areas changes nothing: these add up to their own.
    """
    known = {number: area * 100 for number, area in enumerate(areas_m2) if area is not None}
    added_up = math.fsum(area for area in areas_m2 if area is not None)
    same = total_m2 is not None and math.isclose(total_m2, added_up, rel_tol=1e-10, abs_tol=1e-6)
    total = total_m2 if total_m2 is not None and same else added_up
    hundredths = {number: math.floor(area) for number, area in known.items()}
    lacking = round(round(total, 2) * 100) - sum(hundredths.values())
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
