"""The city around the offices: settlements with streets, blocks and parcels that belong to others."""

from collections.abc import Mapping

import numpy as np
import shapely
from numpy.random import Generator
from shapely import LineString, MultiPolygon, Point, Polygon, box

from fangdi_gis_data.samples.blocks import Block, cut_blocks, subdivide
from fangdi_gis_data.samples.chance import pick
from fangdi_gis_data.samples.districts import outlines
from fangdi_gis_data.samples.fabric import Cell, Fabric
from fangdi_gis_data.samples.land import Lot, draw_parcel
from fangdi_gis_data.samples.model import Parcel
from fangdi_gis_data.samples.programme import Settlement
from fangdi_gis_data.samples.sheet import Sheet
from fangdi_gis_data.samples.streets import lay_streets
from fangdi_gis_data.samples.terrain import survey

_REACH_DEG = 0.08
"""No settlement reaches further from its centre, in degrees."""
_JOIN_CHANCE = 0.4
"""Blocks of a town without a compound that are joined with the next one."""
_PARK = "1401"
_CENTRE_M = 900
_USES: dict[str, dict[str, float]] = {
    "centre": {"0901": 0.36, "0701": 0.36, "0803": 0.07, "0806": 0.05, _PARK: 0.06, "0804": 0.05, "0802": 0.05},
    "arterial": {"0701": 0.5, "0901": 0.3, "0804": 0.06, "0806": 0.05, "0803": 0.03, _PARK: 0.03, "0802": 0.03},
    "quarter": {"0701": 0.72, "0804": 0.1, "0901": 0.06, "0702": 0.05, _PARK: 0.04, "0806": 0.02, "0803": 0.01},
    "edge": {"0701": 0.4, "1001": 0.34, "0901": 0.08, "0802": 0.06, "0804": 0.06, _PARK: 0.06},
}
"""How likely each land use is for a block, by where it lies: 1001 is industry, the others are as in `land`."""
_PARCEL_M2 = {
    "0701": 16_500, "0901": 9_000, _PARK: 40_000, "0804": 18_000, "0803": 13_000, "0806": 15_000, "0702": 7_500,
    "0802": 18_000, "1001": 25_000,
}  # fmt: skip
"""Usual area of a parcel by use."""
_SAME_USE = 0.7
_SOLD = frozenset({"0701", "0901", "1001"})


def surrounding_parcels(settlement: Settlement, towns: Mapping[str, tuple[Sheet, Fabric]]) -> list[Parcel]:
    """Return the parcels of everybody else around the blocks that a settlement's towns have laid out."""
    sheet, _ = towns[settlement.towns[0]]
    key = settlement.towns[0]
    grounds = [_ground(*towns[town], home=sheet) for town in settlement.towns]
    around = box(*(Point(sheet.frame.lon, sheet.frame.lat).buffer(_REACH_DEG).bounds))
    district = sheet.frame.from_map(outlines()[sheet.town.district] & around)
    cells = [cell for ground in grounds for cell in ground.values()]
    terrain = survey(settlement, district, cells, rng=sheet.chance("terrain", key))
    given = [
        line
        for town, ground in zip(settlement.towns, grounds, strict=True)
        for line in _town_streets(towns[town][1], ground, sheet.chance("joins", town))
    ]
    pulls = []
    for town, ground in zip(settlement.towns, grounds, strict=True):
        centre = shapely.union_all(list(ground.values())).centroid
        pulls.append((centre.x, centre.y, float(np.radians(towns[town][0].town.angle_deg))))
    streets = lay_streets(terrain, given, pulls, rng=sheet.chance("streets", key))
    reserved = [
        ground[cell] for town, ground in zip(settlement.towns, grounds, strict=True) for cell in towns[town][1].kept
    ]
    rng = sheet.chance("blocks", key)
    blocks = cut_blocks(terrain, streets, reserved, rng=rng)
    return [parcel for block in blocks for parcel in _parcels(sheet, block, rng)]


def _ground(sheet: Sheet, fabric: Fabric, *, home: Sheet) -> dict[Cell, Polygon]:
    """Return a town's blocks with their half streets, in the frame of its settlement."""
    ground = fabric.ground()
    if sheet is home:
        return ground
    return {cell: home.frame.from_map(sheet.frame.to_map(shape)) for cell, shape in ground.items()}


def _town_streets(fabric: Fabric, ground: Mapping[Cell, Polygon], rng: Generator) -> list[LineString]:
    """Return the streets between a town's blocks, some of which are joined."""
    joined = dict(ground)
    for column, row in sorted(ground):
        ahead = (column + 1, row) if rng.random() < 0.5 else (column, row + 1)
        free = fabric.kept.isdisjoint({(column, row), ahead}) and {(column, row), ahead} <= joined.keys()
        if rng.random() < _JOIN_CHANCE and free:
            here = joined.pop((column, row))
            joined[ahead] = shapely.union_all([here, joined[ahead]], grid_size=0.01)
    return [LineString(part.exterior) for shape in joined.values() for part in shapely.get_parts(shape)]


def _parcels(sheet: Sheet, block: Block, rng: Generator) -> list[Parcel]:
    main = _PARK if block.green else pick(rng, _USES[_place(block)])
    found = []
    for part in subdivide(block.outline, parcel_m2=_PARCEL_M2[main], rng=rng):
        same = block.green or rng.random() < _SAME_USE
        use = main if same else pick(rng, _USES[_place(block)])
        nature = "出让" if use in _SOLD else "划拨"
        lot = Lot(owner=sheet.town.district, use=use, nature=nature, registered=True, on_main_street=False)
        found.append(draw_parcel(sheet, MultiPolygon([part]), lot, rng))
    return found


def _place(block: Block) -> str:
    centre = shapely.Point(0, 0)
    if block.outline.distance(centre) < _CENTRE_M * (1 if block.remoteness < 0.6 else 0):
        return "centre"
    if block.remoteness > 0.8:
        return "edge"
    return "arterial" if block.to_arterial_m < 1 else "quarter"
