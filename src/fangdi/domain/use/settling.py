"""Areas by agency and category in hundredths of m²: agencies, categories and the whole each as rounded by themselves.

Controlled rounding of a table: the sum of an agency stays as it was shared out of the total, and hundredths move
between the categories of single agencies until the sum of each category too is the one shared out of the total. So
figures of a category do not depend on how areas are spread over agencies, such as by the rule for shared rooms. No cell
moves by a hundredth or more from its area; where a table is too thin for that, a category keeps what is nearest.
"""

import math
from collections import deque
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heappush
from itertools import pairwise

from fangdi.domain.rounding import apportion, hundredths_of

AreasOf = Mapping[int, Mapping[str, float]]
"""Exact areas in m² by agency and category."""
_Cells = dict[int, dict[str, int]]


def settle(
    areas_m2: AreasOf, *, total_m2: float | None = None, by_category: Mapping[str, float] | None = None
) -> _Cells:
    """Round areas by agency and category to hundredths of m² that add up to the rounded total.

    `total_m2` and `by_category` are the sums as another statement added them up, which may differ in the last bits.
    Largest remainder from the top: the total is rounded, shared out among agencies, and each agency's among its
    categories; then the categories are evened out. Every report that speaks of the same date, basis and place takes its
    figures from here.
    """
    agencies = sorted(areas_m2)
    exact = [math.fsum(areas_m2[agency].values()) for agency in agencies]
    total = hundredths_of(math.fsum(exact) if total_m2 is None else total_m2)
    settled = {}
    for agency, hundredths in zip(agencies, apportion(exact, hundredths=total), strict=True):
        categories = sorted(areas_m2[agency])
        shares = apportion([areas_m2[agency][category] for category in categories], hundredths=hundredths)
        settled[agency] = dict(zip(categories, shares, strict=True))
    sums = sums_by_category(areas_m2) if by_category is None else by_category
    names = sorted(sums)
    wanted = dict(zip(names, apportion([sums[name] for name in names], hundredths=total), strict=True))
    _even_out(settled, areas_m2, wanted)
    return settled


def sums_by_category(areas_m2: AreasOf) -> dict[str, float]:
    """Return the exact area of each category, m²."""
    found: dict[str, list[float]] = {}
    for by_category in areas_m2.values():
        for category, area in by_category.items():
            found.setdefault(category, []).append(area)
    return {category: math.fsum(areas) for category, areas in found.items()}


def _even_out(settled: _Cells, areas_m2: AreasOf, wanted: Mapping[str, int]) -> None:
    """Move hundredths within agencies until every category has what is wanted, as far as no cell leaves its bounds."""
    over = {category: -hundredths for category, hundredths in wanted.items()}
    for by_category in settled.values():
        for category, hundredths in by_category.items():
            over[category] += hundredths
    if not any(over.values()):
        return
    moves = _Moves(settled, areas_m2)
    for category in sorted(over):
        while over[category] > 0 and (path := _path(moves, over, category)):
            for giver, taker in pairwise(path):
                moves.make(giver, taker)
            over[category] -= 1
            over[path[-1]] += 1


def _path(moves: "_Moves", over: Mapping[str, int], start: str) -> Sequence[str] | None:
    """Return the shortest way from a category with too much to one with too little, by moves that can be made."""
    came: dict[str, str | None] = {start: None}
    waiting = deque([start])
    while waiting:
        category = waiting.popleft()
        if over[category] < 0:
            path = [category]
            while (before := came[path[-1]]) is not None:
                path.append(before)
            return path[::-1]
        for taker in sorted(over.keys() - came.keys()):
            if moves.best(category, taker) is not None:
                came[taker] = category
                waiting.append(taker)
    return None


class _Moves:
    """Which agency can move a hundredth from one category to another: from a cell rounded up to one rounded down."""

    def __init__(self, settled: _Cells, areas_m2: AreasOf) -> None:
        self._settled = settled
        # what each cell lost by rounding, in hundredths; less than nothing where it was rounded up
        self._lost = {
            agency: {name: round(areas_m2[agency][name] * 100 - shown, 6) for name, shown in by_category.items()}
            for agency, by_category in settled.items()
        }
        self._waiting: dict[tuple[str, str], list[tuple[float, int]]] = {}

    def best(self, giver: str, taker: str) -> int | None:
        """Return the agency that such a move disturbs least; None where there is none."""
        waiting = self._waiting.get((giver, taker))
        if waiting is None:
            found = ((lost.get(giver, 0), lost.get(taker, 0), agency) for agency, lost in self._lost.items())
            waiting = [(gave - took, agency) for gave, took, agency in found if gave < 0 < took]
            heapify(waiting)
            self._waiting[giver, taker] = waiting
        while waiting:
            lost = self._lost[waiting[0][1]]
            if lost[giver] < 0 < lost[taker]:
                return waiting[0][1]
            heappop(waiting)  # moved meanwhile
        return None

    def make(self, giver: str, taker: str) -> None:
        """Make the best such move."""
        agency = self.best(giver, taker)
        if agency is None:
            return
        for category, change in ((giver, -1), (taker, 1)):
            self._settled[agency][category] += change
            self._lost[agency][category] = round(self._lost[agency][category] - change, 6)
        lost = self._lost[agency]
        for (gives, takes), waiting in self._waiting.items():
            if lost.get(gives, 0) < 0 < lost.get(takes, 0):
                heappush(waiting, (lost[gives] - lost[takes], agency))
