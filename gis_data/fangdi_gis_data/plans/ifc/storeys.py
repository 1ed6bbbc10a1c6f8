"""Storeys of a model: their order, levels, heights and outer outlines."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import ifcopenshell.util.placement as placements
import shapely
from ifcopenshell import entity_instance

from fangdi.domain.plans.model import Outline
from fangdi_gis_data.levels import read_levels
from fangdi_gis_data.plans.ifc.bodies import Footprint, Solid, polygons_of

CUT_M = 1.0
"""Height above the storey at which its walls and columns are taken, m: above sills, below lintels."""
_GROUND_M = 0.5
"""A storey whose floor lies lower than this below zero is underground, m."""
_JOINT_M = 0.05
"""Gaps in the outer wall up to twice this are joints between its parts, m."""
_WORD = re.compile(
    r"(?:level|floor|storey|story|etage|étage|geschoss|ebene|niveau|plan)"
    r"(?:[\s_-](?=-\d)|[\s_-]*)(?P<number>[+-]?\d{1,3})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Storey:
    """A storey: heights in metres of the model."""

    key: str
    name: str
    elevation_m: float
    height_m: float | None
    entity: entity_instance | None


def storeys(model: Any, *, unit: float) -> tuple[Storey, ...]:
    """Return the storeys from the lowest up; the height of one is the way to the next."""
    found = sorted(
        ((_elevation(entity, unit), entity) for entity in model.by_type("IfcBuildingStorey")), key=_by_height
    )
    heights = [upper[0] - lower[0] for lower, upper in pairwise(found)]
    return tuple(
        Storey(
            key=str(entity.GlobalId),
            name=str(entity.Name or entity.LongName or "").strip() or str(entity.GlobalId),
            elevation_m=elevation,
            height_m=height if height is not None and height > 0 else None,
            entity=entity,
        )
        for (elevation, entity), height in zip(found, [*heights, None], strict=False)
    )


def levels(named: Sequence[Storey]) -> dict[str, float]:
    """Return the level of each storey by its key.

    The names decide where all of them have a number that rises with the storey; else storeys are counted: from 1 for
    the lowest above ground, from -1 downwards below it.
    """
    written = [_named_level(one.name) for one in named]
    known = [level for level in written if level is not None]
    if len(known) == len(named) and all(low < high for low, high in pairwise(known)):
        return {one.key: level for one, level in zip(named, known, strict=True)}
    below = sum(one.elevation_m < -_GROUND_M for one in named)
    return {one.key: float(place - below + (place >= below)) for place, one in enumerate(named)}


def at_height(
    bodies: Iterable[tuple[entity_instance, Solid]], elevation_m: float
) -> list[tuple[entity_instance, Solid]]:
    """Return the bodies that stand in a storey, where walls are cut for a plan."""
    height = elevation_m + CUT_M
    return [(element, body) for element, body in bodies if body.bottom <= height <= body.top]


def outline(spaces: Sequence[Footprint], walls: Sequence[Footprint]) -> Outline | None:
    """Return the outer outline of a storey: of spaces and walls together, without joints and inner courts of walls."""
    whole = shapely.union_all([*spaces, *walls])
    if whole.is_empty:
        return None
    closed = whole.buffer(_JOINT_M, join_style="mitre").buffer(-_JOINT_M, join_style="mitre")
    filled = shapely.union_all([shapely.Polygon(part.exterior) for part in shapely.get_parts(polygons_of(closed))])
    return Outline.straight(polygons_of(filled)) if not filled.is_empty else None


def _elevation(entity: entity_instance, unit: float) -> float:
    """Return the height of a storey's floor as its placement says, in which bodies stand; else as it states."""
    try:
        height = float(placements.get_local_placement(entity.ObjectPlacement)[2][3])
    except (RecursionError, AttributeError, TypeError, ValueError, IndexError):
        height = float(entity.Elevation or 0.0)
    return height * unit if math.isfinite(height) else 0.0


def _by_height(found: tuple[float, entity_instance]) -> tuple[float, int]:
    return found[0], found[1].id()


def _named_level(name: str) -> float | None:
    """Return the number in a storey's name."""
    said = _WORD.search(name)
    if said:
        return float(said["number"])
    try:
        return read_levels(name, named={}, ranges=None)[0]
    except ValueError:
        return None
