"""Parcels: those that the compounds stand on, and those of the blocks around them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from numpy.random import Generator
from shapely import MultiPolygon

from fangdi_gis_data.samples.chance import pick
from fangdi_gis_data.samples.codes import land_unit_code
from fangdi_gis_data.samples.compounds import Placed
from fangdi_gis_data.samples.fabric import Cell, Fabric, Rectangle
from fangdi_gis_data.samples.model import Parcel
from fangdi_gis_data.samples.sheet import Sheet

_AGENCY_USE = "0801"
_COMMERCE = "0901"
_HOUSING = "0701"
_NEIGHBOUR_USES = {
    _HOUSING: 0.42, _COMMERCE: 0.2, "1401": 0.12, "0804": 0.09, "0803": 0.05, "0806": 0.05, "0702": 0.04, "0802": 0.03,
}  # fmt: skip
"""Housing, commerce, park, schools, culture, health, community services, research (国土空间用地用海分类)."""
_LEAST_SIDE_M = 52
_UNDIVIDED_CHANCE = 0.25
_SCHEME = "spatial-2023"


@dataclass(frozen=True)
class Lot:
    """What a parcel is, whatever its shape."""

    owner: str
    use: str
    nature: str
    registered: bool
    on_main_street: bool = True
    classified: bool = False


@dataclass(frozen=True)
class Parts:
    """How a block is divided: what the compound in it takes, and what others have."""

    own: tuple[Rectangle, ...]
    others: tuple[Rectangle, ...]

    def nodes(self) -> set[tuple[float, float]]:
        """Return the corners of all parts."""
        return {(u, v) for u1, v1, u2, v2 in self.own + self.others for u in (u1, u2) for v in (v1, v2)}


def divide(sheet: Sheet, fabric: Fabric, settled: Sequence[Placed]) -> dict[Cell, Parts]:
    """Divide the blocks of a town that compounds stand in into parcels."""
    rng = sheet.chance("division", sheet.town.key)
    compounds = {each.compound.cell: each for each in settled}
    found = {}
    for cell, here in compounds.items():
        free = _free(fabric.blocks[cell], here.block)
        found[cell] = Parts(_own_parts(here, rng), tuple(part for each in free for part in _divided(each, rng)))
    return found


def _own_parts(settled: Placed, rng: Generator) -> tuple[Rectangle, ...]:
    """Return the parts that a compound takes: one, or two."""
    u1, v1, u2, v2 = settled.block
    middle = v1 + (v2 - v1) * float(rng.uniform(0.42, 0.58))
    return ((u1, v1, u2, middle), (u1, middle, u2, v2)) if settled.compound.two_parcels else (settled.block,)


def compound_parcels(sheet: Sheet, settled: Placed, fabric: Fabric, parts: Parts) -> list[Parcel]:
    """Return the parcels of a compound."""
    compound = settled.compound
    rng = sheet.chance("parcel", compound.key)
    ours = compound.tenure == "owned"
    lot = Lot(
        owner="330200" if compound.city else sheet.town.district,
        use=_AGENCY_USE if ours else _COMMERCE,
        nature="划拨" if ours else "出让",
        registered=ours and compound.title in {"administration", "user"},
        classified=compound.classified,
    )
    outlines = [MultiPolygon([fabric.outline(part, parts.nodes())]) for part in parts.own]
    return [draw_parcel(sheet, outline, lot, rng) for outline in outlines]


def neighbour_parcels(sheet: Sheet, fabric: Fabric, division: Mapping[Cell, Parts]) -> list[Parcel]:
    """Return the parcels of everybody else in the blocks of compounds."""
    rng = sheet.chance("neighbours", sheet.town.key)
    found = []
    for parts in division.values():
        for part in parts.others:
            use = pick(rng, _NEIGHBOUR_USES)
            nature = "出让" if use in {_HOUSING, _COMMERCE} else "划拨"
            lot = Lot(owner=sheet.town.district, use=use, nature=nature, registered=True)
            found.append(draw_parcel(sheet, MultiPolygon([fabric.outline(part, parts.nodes())]), lot, rng))
    return found


def _free(block: Rectangle, taken: Rectangle) -> Iterator[Rectangle]:
    """Return what a compound leaves of its block: a strip beside it, a strip before it."""
    u1, v1, u2, v2 = block
    _, w1, t2, _ = taken
    if u2 - t2 > 1:
        yield (t2, v1, u2, v2)
    if w1 - v1 > 1:
        yield (u1, v1, t2, w1)


def _divided(part: Rectangle, rng: Generator) -> Iterator[Rectangle]:
    """Divide a block into parcels of unequal size."""
    u1, v1, u2, v2 = part
    width, depth = u2 - u1, v2 - v1
    cut = float(rng.uniform(0.36, 0.64))
    if max(width, depth) * min(cut, 1 - cut) < _LEAST_SIDE_M or rng.random() < _UNDIVIDED_CHANCE:
        yield part
    elif width >= depth:
        middle = u1 + width * cut
        yield from _divided((u1, v1, middle, v2), rng)
        yield from _divided((middle, v1, u2, v2), rng)
    else:
        middle = v1 + depth * cut
        yield from _divided((u1, v1, u2, middle), rng)
        yield from _divided((u1, middle, u2, v2), rng)


def draw_parcel(sheet: Sheet, outline: MultiPolygon, lot: Lot, rng: Generator) -> Parcel:
    """Return a parcel with the next code of its town."""
    code = sheet.registry.next_code()
    area = float(outline.area)
    registered = round(area * (1 + float(rng.normal(0, 0.0012))), 2)
    declared = round(area * (1 + float(rng.normal(0, 0.01))), -1)
    return Parcel(
        id=sheet.ledger.number(Parcel),
        jurisdiction_code=lot.owner,
        code=code,
        parcel_code=code,
        unit_code=land_unit_code(code),
        address=sheet.registry.address(on_main_street=lot.on_main_street),
        right_type="3",
        right_nature=lot.nature,
        land_use_scheme=_SCHEME,
        land_use_code=lot.use,
        registered_land_m2=registered if lot.registered else None,
        declared_land_m2=declared if lot.use == _AGENCY_USE and rng.random() < 0.85 else None,
        measured_land_m2=round(area, 6),
        outline=sheet.frame.to_map(outline),
        classified=lot.classified,
    )
