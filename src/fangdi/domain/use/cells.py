"""Cells of usable area: one agency, building and category each; rounded once, so that all sums are sums of cells."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fangdi.domain.rounding import apportion
from fangdi.domain.use.settling import AreasOf, settle, sums_by_category
from fangdi.domain.use.split import SharedUse

_NONE: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Cell:
    """What one agency has in one building and category (用房类别).

    `area_m2` is exact, `hundredths` its area as it is shown, in hundredths of m². `rooms` and `rooms_without_area` are
    those used whole; shared rooms stand by number, so that a sum counts each once.
    """

    agency_id: int
    building_id: int
    category: str
    rooms: int
    area_m2: float
    rooms_without_area: int = 0
    shared: frozenset[int] = _NONE
    shared_without_area: frozenset[int] = _NONE
    hundredths: int = 0

    @property
    def key(self) -> tuple[int, int, str]:
        """What tells it from other cells."""
        return self.agency_id, self.building_id, self.category


def merged(whole: Iterable[Cell], shared: Iterable[SharedUse]) -> list[Cell]:
    """Put rooms used whole and parts of shared rooms into one cell each, in the order of their keys."""
    found: defaultdict[tuple[int, int, str], list[Cell]] = defaultdict(list)
    for cell in whole:
        found[cell.key].append(cell)
    for use in shared:
        rooms = frozenset((use.room_id,))
        area = 0.0 if use.area_m2 is None else use.area_m2 * use.share
        unknown = rooms if use.area_m2 is None else _NONE
        cell = Cell(use.agency_id, use.building_id, use.category, 0, area, 0, rooms, unknown)
        found[cell.key].append(cell)
    return [_one(found[key]) for key in sorted(found)]


def _one(cells: Sequence[Cell]) -> Cell:
    return replace(
        cells[0],
        rooms=sum(cell.rooms for cell in cells),
        area_m2=math.fsum(cell.area_m2 for cell in cells),
        rooms_without_area=sum(cell.rooms_without_area for cell in cells),
        shared=_NONE.union(*(cell.shared for cell in cells)),
        shared_without_area=_NONE.union(*(cell.shared_without_area for cell in cells)),
    )


def rounded(
    cells: Sequence[Cell], *, kept: AreasOf | None = None, total_m2: float | None = None, respread: bool = False
) -> list[Cell]:
    """Give every cell its hundredths: those of its agency and category shared out among the buildings.

    `kept` are areas of the same agencies and categories as another statement added them up: where both speak of the
    same, both are rounded alike, however the last bits differ. Where cells were `respread` over agencies, of these
    areas the sums by category alone are still the same.
    """
    by_category: defaultdict[tuple[int, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        by_category[cell.agency_id, cell.category].append(cell)
    areas: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for (agency, category), found in by_category.items():
        areas[agency][category] = math.fsum(cell.area_m2 for cell in found)
    alike = kept is not None and {one: set(kept[one]) for one in kept} == {one: set(areas[one]) for one in areas}
    sums = None if kept is None else sums_by_category(kept)
    same = sums is not None and sums.keys() == sums_by_category(areas).keys()
    exact = kept if kept is not None and alike and not respread else areas
    settled = settle(exact, total_m2=total_m2, by_category=sums if same else None)
    done = []
    for (agency, category), found in by_category.items():
        found.sort(key=lambda cell: cell.building_id)
        shares = apportion([cell.area_m2 for cell in found], hundredths=settled[agency][category])
        done += [replace(cell, hundredths=share) for cell, share in zip(found, shares, strict=True)]
    return sorted(done, key=lambda cell: cell.key)
