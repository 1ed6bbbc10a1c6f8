"""Draws each building of the programme: its measures, skeleton and storeys, in metres of its own."""

from dataclasses import dataclass

from numpy.random import Generator

from fangdi_gis_data.samples.chance import pick, stream
from fangdi_gis_data.samples.partition import Cell, Wish, basement, storey
from fangdi_gis_data.samples.plans import Measures, Skeleton, wings_plan
from fangdi_gis_data.samples.programme import Compound, Plot
from fangdi_gis_data.samples.tower import tower_plan

_OFFICE_M2 = 18
"""One bay holds a room of two: 2 × 9 m² (发改投资〔2014〕2674号, staff below bureau level)."""
_LIFT_STOREYS = 6


@dataclass(frozen=True)
class Design:
    """A drawn building: its storeys by level, lowest first."""

    plot: Plot
    skeleton: Skeleton
    storeys: dict[int, list[Cell]]


def design(compound: Compound, number: int, *, seed: int) -> Design:
    """Draw one building of a compound."""
    plot = compound.plots[number]
    rng = stream(seed, "design", compound.key, number)
    skeleton = _skeleton(plot, _measures(plot, rng))
    storeys = {-level: basement(skeleton, rng=rng) for level in range(plot.below, 0, -1)}
    for level in range(1, plot.storeys + 1):
        wishes = _wishes(plot, level, skeleton, compound, rng)
        storeys[level] = storey(skeleton, wishes=wishes, entrance=level == 1, rng=rng)
    return Design(plot, skeleton, storeys)


def _measures(plot: Plot, rng: Generator) -> Measures:
    """Choose the grid: half of the buildings hold 18 m² a bay to the millimetre, the others a little less or more."""
    bay = round(float(rng.choice([3.1, 3.2, 3.3, 3.4, 3.5, 3.6])), 2)
    area = _OFFICE_M2 * (1 if rng.random() < 0.5 else float(rng.uniform(0.96, 1.07)))
    front = area / bay
    back = pick(rng, {front: 0.7, front * 2 / 3: 0.2, front * 1.15: 0.1})
    if plot.shape in "HOXUT":
        back = front
    corridor = round(float(rng.uniform(1.9, 2.4)), 2)
    return Measures(bay_m=bay, front_m=front, back_m=0 if plot.shape == "S" else back, corridor_m=corridor)


def _skeleton(plot: Plot, measures: Measures) -> Skeleton:
    if plot.shape == "X":
        return tower_plan(bays=plot.bays, side_bays=plot.wing, measures=measures)
    shape = "I" if plot.shape in "SK" else plot.shape
    lifts = 1 if plot.storeys >= _LIFT_STOREYS else 0
    return wings_plan(shape, bays=plot.bays, wing_bays=plot.wing, measures=measures, lifts=lifts)


def _wishes(plot: Plot, level: int, skeleton: Skeleton, compound: Compound, rng: Generator) -> list[Wish]:
    """Name the special rooms that a storey of this building should have, the largest first."""
    if plot.shape == "K":
        return [Wish("canteen", plot.bays - 4), Wish("canteen", 3), Wish("ancillary_other", 2), Wish("storage", 1)]
    wide = len(skeleton.strips) > 2
    wishes: list[Wish] = []
    if level == plot.storeys and plot.bays >= 8:
        wishes += [Wish("meeting_room", 5 if wide and plot.bays >= 10 else 4)]
    if level == 1:
        wishes += [Wish("duty_room", 1), Wish("mail_room", 1), Wish("staff_room", 1)]
        wishes += [] if plot.below else [Wish("power_room", 1)]
        wishes += [Wish("reception", 2)] if wide else []
    else:
        wishes += [Wish("meeting_room", int(rng.choice([2, 2, 3])))]
    if "服务" in plot.name or "便民" in plot.name:
        wishes += [Wish("service_other", 4)] if level == 1 else []
    if "业务" in compound.name or "档案楼" in plot.name:
        wishes += [Wish("archive" if "档案" in plot.name else "technical", 2) for _ in range(2)]
    extra = {"archive": 3, "print_room": 0.7, "storage": 1, "library": 0.8, "clinic": 0.3, "reception": 1}
    wishes.append(Wish(pick(rng, extra), int(rng.integers(1, 3)), dark=False))
    if level == 2:
        wishes += [Wish("it_room", 1, dark=True), Wish("confidential", 1)]
    if wide and level % 2 == 0:
        wishes += [Wish("archive", 2, dark=True), Wish("print_room", 1, dark=True)]
    return wishes
