"""Sets the buildings of each compound in a block of its town, along the street's direction."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from shapely import Polygon

from fangdi_gis_data.samples.chance import stream
from fangdi_gis_data.samples.design import Design
from fangdi_gis_data.samples.fabric import Cell, Fabric, Rectangle, lay_out
from fangdi_gis_data.samples.frame import placed
from fangdi_gis_data.samples.programme import Compound, Town

_FENCE_M = 5.0
"""Least distance between a building and the edge of its compound."""
_GROWTH = 1.07
_TRIES = 30


@dataclass(frozen=True)
class Stand:
    """Where a building stands in its town's frame: move its own metres to x, y after turning them by `angle`."""

    x: float
    y: float
    angle: float


@dataclass(frozen=True)
class Placed:
    """A compound in its town."""

    compound: Compound
    designs: tuple[Design, ...]
    stands: tuple[Stand, ...]
    block: Rectangle  # its part of the straight pattern
    outline: Polygon


@dataclass(frozen=True)
class Spot:
    """A building's place in its compound before the compound is set in the town: centre, and a turn of its own."""

    u: float
    v: float
    turn: float


def settle(
    town: Town, drawn: Sequence[tuple[Compound, tuple[Design, ...]]], *, seed: int
) -> tuple[Fabric, list[Placed]]:
    """Lay out a town so that every compound has a block in which all its buildings fit."""
    packed = {compound.key: pack(designs, rng=stream(seed, "pack", compound.key)) for compound, designs in drawn}
    growth = {compound.key: 1.0 for compound, _ in drawn}
    for _ in range(_TRIES):
        needs: dict[Cell, tuple[float, float]] = {}
        for compound, _designs in drawn:
            _, width, depth = packed[compound.key]
            needs[compound.cell] = (width * growth[compound.key], depth * growth[compound.key])
        fabric = lay_out(town, needs, rng=stream(seed, "fabric", town.key))
        settled = [
            _set(fabric, compound, designs, packed[compound.key][0], needs[compound.cell])
            for compound, designs in drawn
        ]
        tight = [each.compound.key for each in settled if not _fits(each)]
        if not tight:
            return fabric, settled
        for key in tight:
            growth[key] *= _GROWTH
    raise AssertionError(f"the compounds {tight} do not fit into the town {town.key}")


def pack(designs: Sequence[Design], *, rng: Generator) -> tuple[list[Spot], float, float]:
    """Arrange buildings in rows, the main one alone in the first; return their spots and the width and depth needed."""
    sizes = [design.skeleton.outline.bounds[2:] for design in designs]
    lows = [design.skeleton.outline.bounds[:2] for design in designs]
    extents = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in zip(lows, sizes, strict=True)]
    turned = [
        number > 0 and designs[number].plot.shape in "ISK" and rng.random() < 0.45 for number in range(len(designs))
    ]
    boxes = [(h, w) if turn else (w, h) for (w, h), turn in zip(extents, turned, strict=True)]
    rows: list[list[int]] = [[0]]
    limit = max(boxes[0][0] * 1.15, 70)
    for number in range(1, len(designs)):
        row_width = sum(boxes[each][0] + 16 for each in rows[-1])
        if len(rows) > 1 and row_width + boxes[number][0] <= limit:
            rows[-1].append(number)
        else:
            rows.append([number])
    gaps = rng.uniform(13, 22, size=len(designs) + 1)
    widths = [sum(boxes[each][0] for each in row) + gaps[0] * (len(row) - 1) for row in rows]
    depths = [max(boxes[each][1] for each in row) for row in rows]
    spots: dict[int, Spot] = {}
    v = float(sum(depths) + gaps[1] * (len(rows) - 1)) / 2
    for row, width, depth in zip(rows, widths, depths, strict=True):
        u = -width / 2 + float(rng.uniform(-0.5, 0.5)) * (max(widths) - width)
        for each in row:
            w, h = boxes[each]
            slide = float(rng.uniform(-0.5, 0.5)) * (depth - h)
            lean = float(rng.normal(0, np.radians(3.0 if designs[each].plot.old else 1.0)))
            spots[each] = Spot(u + w / 2, v - depth / 2 + slide, (np.pi / 2 if turned[each] else 0) + lean)
            u += w + float(gaps[0])
        v -= depth + float(gaps[1])
    margin = float(rng.uniform(26, 44))
    total = float(sum(depths) + gaps[1] * (len(rows) - 1))
    return [spots[number] for number in range(len(designs))], float(max(widths)) + margin, total + margin


def _set(
    fabric: Fabric, compound: Compound, designs: tuple[Design, ...], spots: Sequence[Spot], need: tuple[float, float]
) -> Placed:
    """Set a compound in its block; where the block is far too wide or deep it takes a part of it."""
    u1, v1, u2, v2 = fabric.blocks[compound.cell]
    u2 = u2 if u2 - u1 < need[0] * 1.3 + 25 else u1 + need[0] * 1.1
    v1 = v1 if v2 - v1 < need[1] * 1.3 + 25 else v2 - need[1] * 1.1
    x, y, angle = fabric.place((u1 + u2) / 2, (v1 + v2) / 2)
    cos, sin = np.cos(angle), np.sin(angle)
    stands = []
    for design, spot in zip(designs, spots, strict=True):
        turn = angle + spot.turn
        middle = design.skeleton.outline.envelope.centroid
        dx = middle.x * np.cos(turn) - middle.y * np.sin(turn)
        dy = middle.x * np.sin(turn) + middle.y * np.cos(turn)
        stands.append(
            Stand(float(x + spot.u * cos - spot.v * sin - dx), float(y + spot.u * sin + spot.v * cos - dy), float(turn))
        )
    return Placed(compound, designs, tuple(stands), (u1, v1, u2, v2), fabric.outline((u1, v1, u2, v2)))


def _fits(settled: Placed) -> bool:
    inside = settled.outline.buffer(-_FENCE_M)
    return all(
        inside.covers(placed(design.skeleton.outline, x=stand.x, y=stand.y, angle=stand.angle))
        for design, stand in zip(settled.designs, settled.stands, strict=True)
    )
