"""Drawings for tests: DXF documents with rooms, walls and labels, drawn by named helpers."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import ezdxf
from ezdxf.document import Drawing

from fangdi.domain.plans.findings import Finding, FindingCode
from fangdi.domain.plans.model import Plan, PlanRoom, Reading
from fangdi_gis_data.plans.dxf import read_dxf

MILLIMETRES, METRES, INCHES = 4, 6, 1


def rectangle(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    """Return the corners, counter-clockwise."""
    return [(west, south), (east, south), (east, north), (west, north)]


@dataclass
class Sheet:
    """A drawing in the making; coordinates are in its own units."""

    folder: Path
    unit: int | None = METRES
    version: str = "R2010"
    document: Drawing = field(init=False)

    def __post_init__(self) -> None:
        self.document = ezdxf.new(self.version, units=self.unit or 0)

    @property
    def model(self) -> Any:
        """What is drawn on."""
        return self.document.modelspace()

    def outline(self, points: Sequence[Any], layer: str = "ROOM", *, onto: Any = None, closed: bool = True) -> Any:
        """Draw a polyline; a point may be (x, y, bulge)."""
        form = "xyb" if len(points[0]) == 3 else "xy"
        return (onto or self.model).add_lwpolyline(points, format=form, close=closed, dxfattribs={"layer": layer})

    def text(self, text: str, at: tuple[float, float], *, height: float = 0.3, layer: str = "TEXT") -> Any:
        """Write a text around a point."""
        entity = self.model.add_text(text, height=height, dxfattribs={"layer": layer})
        entity.set_placement(at, align=ezdxf.enums.TextEntityAlignment.MIDDLE_CENTER)
        return entity

    def room(self, number: str, west: float, south: float, east: float, north: float) -> Any:
        """Draw a room and its number in the middle."""
        entity = self.outline(rectangle(west, south, east, north))
        self.text(number, ((west + east) / 2, (south + north) / 2))
        return entity

    def line(self, *points: tuple[float, float], layer: str = "WALL") -> None:
        """Draw straight lines through points."""
        for start, end in pairwise(points):
            self.model.add_line(start, end, dxfattribs={"layer": layer})

    def save(self, name: str = "plan.dxf", **how: Any) -> Path:
        """Write the file."""
        path = self.folder / name
        self.document.saveas(path, **how)
        return path

    def read(self, **reading: Any) -> Plan:
        """Write the file and read it."""
        return read_dxf(self.save(), Reading(**reading))


def codes(plan: Plan) -> Counter[FindingCode]:
    """Return how often each kind of finding was made."""
    return Counter(finding.code for finding in plan.findings)


def findings(plan: Plan, code: FindingCode) -> list[Finding]:
    """Return the findings of a kind."""
    return [finding for finding in plan.findings if finding.code is code]


def by_number(plan: Plan) -> dict[str | None, PlanRoom]:
    """Return the rooms by their numbers."""
    return {room.number: room for room in plan.rooms}
