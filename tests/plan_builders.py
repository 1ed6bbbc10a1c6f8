"""Builders of floor plans as readers give them, in metres of the plan's own frame."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from shapely import box
from shapely.geometry import Point, Polygon

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import (
    FoundBy,
    Label,
    LayerMeaning,
    LayerRole,
    LayerSummary,
    Outline,
    Plan,
    PlanFloor,
    PlanFormat,
    PlanRoom,
    Reading,
    Stated,
    StatedBasis,
    Units,
)

WALL_M = 0.2


def a_drawn_room(
    number: str | None = "101",
    shape: Polygon | None = None,
    *,
    name: str | None = "办公室",
    stated: float | None = None,
    **more: Any,
) -> PlanRoom:
    """Draw a room, 5 by 4 m at the origin unless said otherwise."""
    key = more.pop("key", number or "corridor")
    said = () if stated is None else (Stated(stated, StatedBasis.NET, f"{stated}㎡"),)
    return PlanRoom(
        key, Outline.straight(shape or box(0, 0, 5, 4)), FoundBy.DRAWN, f"h{key}", number, name, stated=said, **more
    )


def a_drawn_floor(rooms: Sequence[PlanRoom] = (), *, level: float | None = 1, **more: Any) -> PlanFloor:
    """Draw a floor whose outer outline is a wall's thickness around its rooms."""
    values: dict[str, Any] = {"key": f"{level}", "name": f"{level}层", "height_m": 3.3, "outline": None, **more}
    if rooms and values["outline"] is None:
        west, south, east, north = _bounds(rooms)
        values["outline"] = Outline.straight(box(west - WALL_M, south - WALL_M, east + WALL_M, north + WALL_M))
    return PlanFloor(level=level, rooms=tuple(rooms), **values)


def a_row_of_rooms(numbers: Sequence[str], *, width: float = 5, depth: float = 4) -> list[PlanRoom]:
    """Draw rooms side by side from west to east with walls between them."""
    step = width + WALL_M
    return [a_drawn_room(number, box(i * step, 0, i * step + width, depth)) for i, number in enumerate(numbers)]


def a_drawn_plan(*floors: PlanFloor, **more: Any) -> Plan:
    """Return a plan in millimetres, as its header says; one floor with rooms 101 and 102 unless said otherwise."""
    given = floors or (a_drawn_floor(a_row_of_rooms(["101", "102"])),)
    values: dict[str, Any] = {
        "format": PlanFormat.DXF,
        "units": Units("mm", 0.001, "header"),
        "layers": (LayerSummary("ROOM", 2, 2, 0, ()), LayerSummary("文字", 2, 0, 2, ("101", "102"))),
        "meant": LayerMeaning({"ROOM": frozenset({LayerRole.ROOM}), "文字": frozenset({LayerRole.LABEL})}),
        **more,
    }
    return Plan(floors=given, **values)


def doubting_units(plan: Plan) -> Plan:
    """Return a plan whose unit is in doubt."""
    doubt = Finding(FindingCode.UNITS_MISSING, Severity.ERROR, {"unit": "mm", "width_m": 10.4})
    return replace(plan, findings=(*plan.findings, doubt))


def a_label(text: str, at: tuple[float, float]) -> Label:
    """Write a text on the plan."""
    return Label(text, Point(at), f"t{text}")


class ReaderOf:
    """A reader that finds the plans it was given, the last one again and again, and remembers how it was asked."""

    def __init__(self, *plans: Plan) -> None:
        self._plans = list(plans)
        self.asked: list[tuple[bytes, Reading]] = []
        self.names: list[str] = []

    def __call__(self, file: Path, reading: Reading) -> Plan:
        """Return the next plan; units as a person gave them."""
        self.asked.append((file.read_bytes(), reading))
        self.names.append(file.name)
        found = self._plans.pop(0) if len(self._plans) > 1 else self._plans[0]
        if reading.unit:
            metres = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": 0.0254, "ft": 0.3048}[reading.unit]
            found = replace(found, units=Units(reading.unit, metres, "person"))
        return found


def _bounds(rooms: Sequence[PlanRoom]) -> tuple[float, float, float, float]:
    bounds = [room.outline.shape.bounds for room in rooms]
    return min(b[0] for b in bounds), min(b[1] for b in bounds), max(b[2] for b in bounds), max(b[3] for b in bounds)
