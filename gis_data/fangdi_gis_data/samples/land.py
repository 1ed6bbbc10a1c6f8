"""Parcels: those that the compounds stand on, and those of the blocks around them."""

from collections.abc import Iterator
from dataclasses import dataclass

from numpy.random import Generator
from shapely import MultiPolygon

from fangdi_gis_data.samples.chance import pick, stream
from fangdi_gis_data.samples.codes import land_unit_code, parcel_code
from fangdi_gis_data.samples.compounds import Placed
from fangdi_gis_data.samples.fabric import Cell, Fabric
from fangdi_gis_data.samples.frame import Frame
from fangdi_gis_data.samples.ledger import Ledger
from fangdi_gis_data.samples.model import Parcel
from fangdi_gis_data.samples.programme import Town

_Rectangle = tuple[float, float, float, float]
_AGENCY_USE = "0801"
_NEIGHBOUR_USES = {"0701": 0.42, "0901": 0.2, "1401": 0.12, "0804": 0.09, "0803": 0.05, "0806": 0.05, "0702": 0.04,
                   "0802": 0.03}  # fmt: skip
"""国土空间用地用海分类: housing, commerce, park, schools, culture, health, community services, research."""
_LEAST_SIDE_M = 38
_SCHEME = "spatial-2023"


@dataclass
class Registry:
    """Hands out parcel codes of one town: its own cadastral area, a section for each quarter."""

    town: Town
    area: int
    last: int = 0

    def next_code(self) -> str:
        """Return the next code."""
        self.last += 1
        return parcel_code(self.town.district, self.area, 1 + self.last // 20, self.last)


def compound_parcels(
    ledger: Ledger, registry: Registry, settled: Placed, fabric: Fabric, *, frame: Frame, seed: int
) -> list[Parcel]:
    """Return the parcels of a compound: one of its own outline, or two."""
    compound = settled.compound
    rng = stream(seed, "parcel", compound.key)
    u1, v1, u2, v2 = settled.block
    middle = v1 + (v2 - v1) * float(rng.uniform(0.42, 0.58))
    parts = [(u1, v1, u2, middle), (u1, middle, u2, v2)] if compound.two_parcels else [settled.block]
    ours = compound.tenure == "owned"
    owner = "330200" if compound.city else registry.town.district
    return [
        _parcel(
            ledger, registry, MultiPolygon([fabric.outline(*part)]), rng=rng, frame=frame, owner=owner,
            use=_AGENCY_USE if ours else "0901", nature="划拨" if ours else "出让",
            classified=compound.classified,
            registered=ours and compound.title in {"administration", "user"},
        )
        for part in parts
    ]  # fmt: skip


def neighbour_parcels(
    ledger: Ledger, registry: Registry, fabric: Fabric, settled: list[Placed], *, frame: Frame, seed: int
) -> list[Parcel]:
    """Return the parcels of everybody else, so that the town looks lived in."""
    rng = stream(seed, "neighbours", registry.town.key)
    taken: dict[Cell, _Rectangle] = {each.compound.cell: each.block for each in settled}
    found = []
    for cell, block in fabric.blocks.items():
        for free in _free(block, taken.get(cell)):
            for part in _divided(free, rng):
                use = pick(rng, _NEIGHBOUR_USES)
                outline = MultiPolygon([fabric.outline(*part)])
                found.append(
                    _parcel(
                        ledger, registry, outline, rng=rng, frame=frame, owner=registry.town.district, use=use,
                        nature="出让" if use in {"0701", "0901"} else "划拨", classified=False, registered=True,
                    )
                )  # fmt: skip
    return found


def _free(block: _Rectangle, taken: _Rectangle | None) -> Iterator[_Rectangle]:
    """Return what a compound leaves of its block: a strip beside it, a strip before it."""
    if taken is None:
        yield block
        return
    u1, v1, u2, v2 = block
    _, w1, t2, _ = taken
    if u2 - t2 > 1:
        yield (t2, v1, u2, v2)
    if w1 - v1 > 1:
        yield (u1, v1, t2, w1)


def _divided(part: _Rectangle, rng: Generator) -> Iterator[_Rectangle]:
    """Divide a block into parcels of unequal size."""
    u1, v1, u2, v2 = part
    width, depth = u2 - u1, v2 - v1
    cut = float(rng.uniform(0.36, 0.64))
    if max(width, depth) * min(cut, 1 - cut) < _LEAST_SIDE_M or rng.random() < 0.18:
        yield part
    elif width >= depth:
        middle = u1 + width * cut
        yield from _divided((u1, v1, middle, v2), rng)
        yield from _divided((middle, v1, u2, v2), rng)
    else:
        middle = v1 + depth * cut
        yield from _divided((u1, v1, u2, middle), rng)
        yield from _divided((u1, middle, u2, v2), rng)


def _parcel(
    ledger: Ledger, registry: Registry, outline: MultiPolygon, *, rng: Generator, frame: Frame, owner: str, use: str,
    nature: str, classified: bool, registered: bool,
) -> Parcel:  # fmt: skip
    code = registry.next_code()
    area = float(outline.area)
    return Parcel(
        id=ledger.number(Parcel),
        jurisdiction_code=owner,
        code=code,
        parcel_code=code,
        unit_code=land_unit_code(code),
        address=f"{registry.town.street}{registry.last * 2 + 1}号(示例)",
        right_type="3",
        right_nature=nature,
        land_use_scheme=_SCHEME,
        land_use_code=use,
        registered_land_m2=round(area * (1 + float(rng.normal(0, 0.0012))), 2) if registered else None,
        declared_land_m2=round(area * (1 + float(rng.normal(0, 0.01))), -1)
        if use == _AGENCY_USE and rng.random() < 0.85
        else None,
        measured_land_m2=round(area, 6),
        outline=frame.to_map(outline),
        classified=classified,
    )
