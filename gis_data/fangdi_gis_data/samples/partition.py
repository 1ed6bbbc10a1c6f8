"""Cuts the bays of a storey into rooms of the sizes that the norms speak of."""

from dataclasses import dataclass

from numpy.random import Generator
from shapely import Polygon, union_all

from fangdi_gis_data.samples.chance import pick
from fangdi_gis_data.samples.plans import FACADE_M, WALL_M, Skeleton, Strip

_PAIRS = {(1 / 2, 1 / 2): 0.62, (1 / 3, 2 / 3): 0.12, (2 / 3, 1 / 3): 0.04, (1.0,): 0.18, (1 / 6, 5 / 6): 0.04}
"""Two bays of 18 m² share 36 m²: 18 + 18, 12 + 24, one open office of 36, or a store of 6 beside 30."""
_MIN_GARAGE_M2 = 150
_MIN_SHELTER_M2 = 20


@dataclass(frozen=True)
class Cell:
    """One room of a storey in the building's own metres."""

    use: str
    outline: Polygon
    dark: bool = False

    @property
    def area_m2(self) -> float:
        """Area between the wall faces."""
        return float(self.outline.area)


@dataclass(frozen=True)
class Wish:
    """A special room a storey should have."""

    use: str
    bays: int
    dark: bool = False  # does without a window


def storey(skeleton: Skeleton, *, wishes: list[Wish], entrance: bool, rng: Generator) -> list[Cell]:
    """Return the rooms of one storey above ground: fixed parts, the lobby, the special rooms wished for, offices."""
    cells = [Cell("corridor", skeleton.corridor), *(Cell(use, outline) for use, outline in skeleton.core)]
    pending = list(wishes)
    taken = dict(skeleton.fixed)
    if entrance:
        number, first, count = skeleton.lobby
        strip = skeleton.strips[number]
        cells.append(Cell("lobby", strip.bay(first, count)))
        taken |= {(number, bay): "lobby" for bay in range(first, first + count)}
    for number, strip in enumerate(skeleton.strips):
        for bay, use in ((bay, use) for (at, bay), use in sorted(taken.items()) if at == number):
            cells += _fixed(strip, bay, use)
        free = [bay for bay in range(strip.bays) if (number, bay) not in taken]
        corners = bool(skeleton.core) and not strip.upright
        for first, count in _runs(free, strip):
            cells += _cut(strip, first, count, pending, corners=corners, rng=rng)
    return cells


def basement(skeleton: Skeleton, *, rng: Generator) -> list[Cell]:
    """Return the rooms of a storey below ground: the way up, plant along the back, the garage in what remains."""
    cells = [Cell(use, outline) for use, outline in skeleton.core if use in {"stairs", "lift"}]
    for (number, bay), use in sorted(skeleton.fixed.items()):
        if use in {"stairs", "lift"}:
            cells += _fixed(skeleton.strips[number], bay, use)
    plant = [("power_room", 2), ("pump_room", 1), ("air_conditioning", 1), ("storage", 1), ("storage", 1)]
    back = 1 if len(skeleton.strips) > 1 else 0
    used = {bay for (number, bay), use in skeleton.fixed.items() if number == back and use in {"stairs", "lift"}}
    start = int(rng.integers(0, 2))
    for use, count in plant:
        for first in range(start, skeleton.strips[back].bays - count + 1):
            if used.isdisjoint(range(first, first + count)):
                cells.append(Cell(use, skeleton.strips[back].bay(first, count)))
                used |= set(range(first, first + count))
                break
    inside = skeleton.outline.buffer(-FACADE_M, join_style="mitre")
    walls = union_all([cell.outline for cell in cells]).buffer(WALL_M, join_style="mitre")
    rest = inside.difference(walls).buffer(-0.5, join_style="mitre").buffer(0.5, join_style="mitre")
    parts = sorted(getattr(rest, "geoms", [rest]), key=lambda part: -part.area)
    first = "garage" if parts[0].area > _MIN_GARAGE_M2 else "storage"
    shelters = [Cell("civil_defence", part) for part in parts[1:] if part.area > _MIN_SHELTER_M2]
    return [Cell(first, parts[0]), *cells, *shelters]


def _fixed(strip: Strip, bay: int, use: str) -> list[Cell]:
    """Return the rooms in a bay that is the same on every storey."""
    if use in {"link", "lobby"}:
        return []
    start = bay * strip.pitch_m
    width = strip.pitch_m - WALL_M
    if use == "lift":
        half = (width - WALL_M) / 2
        return [Cell(use, strip.span(start, start + half)), Cell(use, strip.span(start + half + WALL_M, start + width))]
    if use == "toilet":
        tea = start + width * 0.66
        return [Cell(use, strip.span(start, tea)), Cell("tea_room", strip.span(tea + WALL_M, start + width))]
    return [Cell(use, strip.bay(bay))]


def _runs(free: list[int], strip: Strip) -> list[tuple[int, int]]:
    """Group free bays into runs that lie side by side and are all dark or all light."""
    runs: list[tuple[int, int]] = []
    for bay in free:
        if runs and bay == sum(runs[-1]) and (bay in strip.dark) == (bay - 1 in strip.dark):
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        else:
            runs.append((bay, 1))
    return runs


def _cut(strip: Strip, first: int, count: int, pending: list[Wish], *, corners: bool, rng: Generator) -> list[Cell]:
    """Cut a run of bays into rooms; rooms at the corners of a tower take two bays, else no door would reach them."""
    cells: list[Cell] = []
    bay, end = first, first + count
    dark = first in strip.dark
    while bay < end:
        left = end - bay
        if corners and (bay == 0 or left == 2):
            wish = _granted(pending, room_for=2, dark=False)
            cells.append(Cell(wish.use if wish else "office", strip.bay(bay, 2)))
            bay += 2
            continue
        limit = left - 2 if corners else left
        wish = _granted(pending, room_for=limit, dark=dark) if rng.random() < 0.5 or dark else None
        if wish:
            cells.append(Cell(wish.use, strip.bay(bay, wish.bays), dark))
            bay += wish.bays
        elif dark:
            cells.append(Cell("storage", strip.bay(bay), dark))
            bay += 1
        elif limit >= 2:
            cells += _pair(strip, bay, rng)
            bay += 2
        else:
            cells.append(Cell("office", strip.bay(bay)))
            bay += 1
    return cells


def _granted(pending: list[Wish], *, room_for: int, dark: bool) -> Wish | None:
    """Take the first wish that fits from the list."""
    for wish in pending:
        if wish.bays <= room_for and (wish.dark or not dark):
            pending.remove(wish)
            return wish
    return None


def _pair(strip: Strip, bay: int, rng: Generator) -> list[Cell]:
    """Share two bays out among one room or two."""
    start = bay * strip.pitch_m
    whole = 2 * strip.pitch_m - WALL_M
    parts = pick(rng, _PAIRS)
    clear = whole - (len(parts) - 1) * WALL_M
    cells, at = [], start
    for part in parts:
        width = clear * part
        use = "storage" if part < 0.2 else "office"
        cells.append(Cell(use, strip.span(at, at + width)))
        at += width + WALL_M
    return cells
