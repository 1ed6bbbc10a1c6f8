"""Cuts the bays of a storey into rooms of the sizes that the norms speak of."""

from dataclasses import dataclass, replace

from numpy.random import Generator
from shapely import Polygon, union_all

from fangdi_gis_data.samples.chance import pick
from fangdi_gis_data.samples.plans import FACADE_M, WALL_M, Skeleton, Strip

_PAIRS = {(1 / 2, 1 / 2): 0.56, (1 / 3, 2 / 3): 0.1, (2 / 3, 1 / 3): 0.04, (1.0,): 0.26, (1 / 6, 5 / 6): 0.04}
"""Two bays of 18 m² share 36 m²: 18 + 18, 12 + 24, one open office of 36, or a store of 6 beside 30."""
_MIN_GARAGE_M2 = 150
_MIN_SHELTER_M2 = 20


@dataclass(frozen=True)
class Cell:
    """One room of a storey in the building's own metres."""

    use: str
    outline: Polygon

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
        for run in _runs(free, strip, corners=corners):
            cells += _cut(run, pending, rng)
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
        bays = skeleton.strips[back].bays
        places = (set(range(first, first + count)) for first in range(start, bays - count + 1))
        place = next((place for place in places if used.isdisjoint(place)), None)
        if place:
            cells.append(Cell(use, skeleton.strips[back].bay(min(place), count)))
            used |= place
    inside = skeleton.outline.buffer(-FACADE_M, join_style="mitre")
    walls = union_all([cell.outline for cell in cells]).buffer(WALL_M, join_style="mitre")
    rest = inside.difference(walls).buffer(-0.5, join_style="mitre").buffer(0.5, join_style="mitre").normalize()
    parts = sorted(getattr(rest, "geoms", [rest]), key=lambda part: -part.area)
    largest = "garage" if parts[0].area > _MIN_GARAGE_M2 else "storage"
    shelters = [Cell("civil_defence", part) for part in parts[1:] if part.area > _MIN_SHELTER_M2]
    return [Cell(largest, parts[0]), *cells, *shelters]


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


@dataclass(frozen=True)
class _Run:
    """Free bays side by side, all dark or all light; in the front and back rows of a tower they end in corners."""

    strip: Strip
    first: int
    count: int
    corners: bool

    @property
    def dark(self) -> bool:
        return self.first in self.strip.dark


def _runs(free: list[int], strip: Strip, *, corners: bool) -> list[_Run]:
    """Group free bays into runs."""
    runs: list[_Run] = []
    for bay in free:
        last = runs[-1] if runs else None
        if last and bay == last.first + last.count and (bay in strip.dark) == last.dark:
            runs[-1] = replace(last, count=last.count + 1)
        else:
            runs.append(_Run(strip, bay, 1, corners))
    return runs


def _cut(run: _Run, pending: list[Wish], rng: Generator) -> list[Cell]:
    """Cut a run of bays into rooms; rooms at the corners of a tower take two bays, else no door would reach them."""
    cells: list[Cell] = []
    strip, bay, end = run.strip, run.first, run.first + run.count
    while bay < end:
        left = end - bay
        corner = run.corners and (bay == 0 or left == 2)
        limit = 2 if corner else (left - 2 if run.corners else left)
        wish = _granted(pending, room_for=limit, dark=run.dark) if run.dark or corner or rng.random() < 0.5 else None
        if corner:
            cells.append(Cell(wish.use if wish else "office", strip.bay(bay, 2)))
            bay += 2
        elif wish:
            cells.append(Cell(wish.use, strip.bay(bay, wish.bays)))
            bay += wish.bays
        elif run.dark:
            cells.append(Cell("storage", strip.bay(bay)))
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
