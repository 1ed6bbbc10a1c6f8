"""What is shown of a plan: details, drawing and findings, in words and rounded to the millimetre or finer."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.common import Page, PageRequest
from fangdi.domain.plans.finding_texts import TEXTS, say
from fangdi.domain.plans.findings import Finding, FindingCode
from fangdi.domain.plans.model import Plan, PlanFloor
from fangdi.service import plan_checks
from fangdi.service.plan_parts import layer_rows, room_rows, stored_finding
from fangdi.service.plans import Stored, findings_of_reading, floor_of, room_spellings, stored, units_confirmed
from fangdi.store import plans as store
from fangdi.store.access import scope_of
from fangdi.store.query import Record

_MOST_DECIMALS = 6
"""Micrometres: no drawing is finer."""
Shown = dict[str, Any]


def page_of(connection: Connection, page: PageRequest, *, building_id: int | None, status: str | None) -> Page[Shown]:
    """Return one page of the plans, the latest first."""
    found = store.page_of(connection, page, building_id=building_id, status=status)
    return Page([_row(row) for row in found.items], found.after)


def detail(connection: Connection, number: int) -> Shown:
    """Return a plan with everything but drawing and findings."""
    found = stored(connection, number)
    placing = [row for row in store.findings(connection, number) if row["said_by"] == "placing"]
    return detail_of(connection, found, placing=[finding(stored_finding(row), row["id"]) for row in placing])


def detail_of(connection: Connection, found: Stored, *, placing: list[Shown]) -> Shown:
    """Return the details of a plan that is at hand."""
    row, plan = found.row, found.plan
    around = plan_checks.circulation(connection, found.rooms)
    figures = plan_checks.figures(plan, circulation=around)
    placement = row["placement"]
    return _row(row) | {
        "revision": row["revision"],
        "sha256": row["sha256"],
        "units": plan.units,
        "units_confirmed": row["unit_confirmed"],
        "feet_are_inches": _feet_are_inches(plan),
        "layers": row["layers"],
        "reading": row["reading"] | {"unit_confirmed": row["unit_confirmed"]},
        "floors": [_floor(floor, figures) for floor in plan.floors],
        "placement": placement and placement | {"findings": placing},
        "gross_m2": figures.whole.gross_m2,
        "efficiency": _ratio(figures.whole.k),
        "missing": missing(row, plan),
        "may_change": may_change(connection, row),
    }


def _feet_are_inches(plan: Plan) -> bool:
    """Whether the reader takes, or would take, feet for inches: dimensions in feet and inches, one unit an inch."""
    return any(
        one.code is FindingCode.FEET_AND_INCHES or bool(one.values.get("feet_are_inches")) for one in plan.findings
    )


def missing(row: Record, plan: Plan) -> list[str]:
    """Return what import waits for."""
    asked = {one.floor for one in plan.findings if one.code is FindingCode.LEVEL_ZERO}
    levels = [None if floor.key in asked else floor.level for floor in plan.floors if floor.rooms]
    known = [level for level in levels if level is not None]
    placement = row["placement"]
    wanting = {
        "rooms": not levels,
        "units": not row["unit_confirmed"],
        "levels": len(known) < len(levels) or len(set(known)) < len(known),
        "placement": placement is None,
        "distance": placement is not None and placement["far"],
        "agreement": placement is not None and placement["doubtful"] and not placement.get("agreed"),
    }
    return [what for what, lacking in wanting.items() if lacking]


def may_change(connection: Connection, row: Record) -> bool:
    """Whether the reader may change a plan."""
    reaches = scope_of(connection).allows_in(Capability.AUDIT_AREAS, row["jurisdiction_code"])
    return reaches and row["status"] == "draft" and row["frozen_at"] is None


def drawing(connection: Connection, number: int, key: str, *, verdicts: Mapping[str, str] | None = None) -> Shown:
    """Return a floor to draw."""
    found = stored(connection, number)
    by_hand = {row["key"] for row in found.rooms if row["edited"]}
    return drawing_of(floor_of(found.plan, key), by_hand=by_hand, verdicts=verdicts or {})


def drawing_of(floor: PlanFloor, *, by_hand: Iterable[str] = (), verdicts: Mapping[str, str]) -> Shown:
    """Return a floor that is at hand, to draw."""
    changed = frozenset(by_hand)
    return {
        "key": floor.key,
        "name": floor.name,
        "level": floor.level,
        "bounds": bounds(floor),
        "outline": rings(floor.outline.shape) if floor.outline else None,
        "rooms": [_drawn(room, edited=room.key in changed, verdict=verdicts.get(room.key)) for room in floor.rooms],
        "parts": [{"kind": part.kind, "shape": rings(part.outline.shape)} for part in floor.parts],
        "labels": [{"text": label.text, "at": _at(label.at)} for label in floor.labels],
        "backdrop": [_line(line.coords, _decimals(line)) for line in floor.backdrop],
    }


def room(connection: Connection, number: int, key: str) -> Shown:
    """Return a room to draw."""
    found = stored(connection, number)
    by_hand = {row["key"] for row in found.rooms if row["edited"]}
    return next(_drawn(one, edited=key in by_hand, verdict=None) for one in found.plan.rooms if one.key == key)


def preview(connection: Connection, number: int, plan: Plan, chosen: Mapping[str, Any]) -> Shown:
    """Return what another way of reading came to, beside what is stored of the plan."""
    row = store.plan(connection, number)
    uses = room_spellings(connection)
    rooms = room_rows(plan, uses=uses)
    found = (*findings_of_reading(plan, uses=uses), *plan_checks.check(plan))
    counts = Counter(one.severity for one in found)
    around = plan_checks.circulation(connection, rooms)
    usable = [one.outline.area_m2 for one in plan.rooms if one.key not in around]
    as_if = dict(row) | {
        "reading": dict(chosen),
        "layers": layer_rows(plan),
        "unit_confirmed": units_confirmed(plan, chosen),
        "floors_count": len(plan.floors),
        "rooms_count": len(plan.rooms),
        "usable_m2": math.fsum(usable),
        "findings": counts,
    }
    return {
        "plan": detail_of(connection, Stored(as_if, plan, tuple(rooms)), placing=[]),
        "floors": [drawing_of(floor, verdicts={}) for floor in plan.floors],
        "findings": [finding(one, place) for place, one in enumerate(found, 1)],
    }


def findings(connection: Connection, number: int) -> Shown:
    """Return all findings about a plan in words, the gravest first, with counts."""
    row = store.plan(connection, number)
    said = store.findings(connection, number)
    return {"items": [finding(stored_finding(one), one["id"]) for one in said], "counts": row["findings"]}


def finding(found: Finding, number: int = 0) -> Shown:
    """Return a finding in words."""
    texts = TEXTS[found.code]
    return {
        "id": number,
        "code": found.code,
        "severity": found.severity,
        "name": texts.name,
        "text": say(found),
        "advice": texts.advice,
        "floor": found.floor,
        "rooms": list(found.rooms),
        "handle": found.handle,
        "at": _at(found.at) if found.at is not None and not found.at.is_empty else _middle(found.shape),
        "shape": geometry(found.shape),
    }


def bounds(floor: PlanFloor) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of what a floor draws; lines behind it where there is nothing else."""
    shapes: list[BaseGeometry] = [room.outline.shape for room in floor.rooms]
    shapes += [floor.outline.shape] if floor.outline else []
    return bounds_of(shapes or [part.outline.shape for part in floor.parts] or list(floor.backdrop))


def bounds_of(shapes: list[Any]) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of shapes; None of none."""
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapes)
    return (float(west), float(south), float(east), float(north)) if math.isfinite(west) else None


def rings(shape: BaseGeometry) -> list[list[list[tuple[float, float]]]]:
    """Return a shape as rings, outer ones with their holes."""
    parts = shape.geoms if isinstance(shape, MultiPolygon) else [shape]
    decimals = _decimals(shape)
    return [
        [_line(ring.coords, decimals) for ring in (part.exterior, *part.interiors)]
        for part in parts
        if isinstance(part, Polygon) and not part.is_empty
    ]


def geometry(shape: BaseGeometry | None) -> Shown | None:
    """Return a shape as GeoJSON, to the millimetre, or finer where it is small."""
    if shape is None or shape.is_empty:
        return None
    decimals = _decimals(shape)
    written: Shown = mapping(shapely.transform(shape, lambda xy: xy.round(decimals)))
    return written


def _decimals(shape: BaseGeometry) -> int:
    """Return to how many decimals of a metre a shape is shown: millimetres, and a thousandth of its size at least.

    Read in a wrong unit a room may be 4 mm wide; it is looked at to find that out.
    """
    west, south, east, north = shape.bounds
    size = max(east - west, north - south)
    return max(3, min(3 - math.floor(math.log10(size)), _MOST_DECIMALS)) if size > 0 else _MOST_DECIMALS


def _row(row: Record) -> Shown:
    return dict(row) | {
        "building": {"id": row["building_id"], "name": row["building_name"]},
        "placed": row["placement"] is not None,
        "findings": row["findings"],
    }


def _floor(floor: PlanFloor, figures: plan_checks.Figures) -> Shown:
    own = figures.floors[floor.key]
    return {
        "key": floor.key,
        "name": floor.name,
        "level": floor.level,
        "elevation_m": floor.elevation_m,
        "height_m": floor.height_m,
        "rooms": len(floor.rooms),
        "usable_m2": own.usable_m2,
        "gross_m2": own.gross_m2,
        "gross_basis": "GB/T 17986",
        "outline_implied": floor.outline_implied,
        "efficiency": _ratio(own.k),
        "bounds": bounds(floor),
    }


def _drawn(room: Any, *, edited: bool, verdict: str | None) -> Shown:
    stated = room.stated[0] if room.stated else None
    return {
        "key": room.key,
        "number": room.number,
        "name": room.name,
        "use": room.use,
        "area_m2": room.outline.area_m2,
        "stated_m2": stated.area_m2 if stated else None,
        "stated_basis": stated.basis if stated else None,
        "found_by": room.found_by,
        "handle": room.handle,
        "layer": room.layer,
        "edited": edited,
        "verdict": verdict,
        "shape": rings(room.outline.shape),
        "label_at": _middle(room.outline.shape),
    }


def _middle(shape: BaseGeometry | None) -> tuple[float, float] | None:
    return None if shape is None or shape.is_empty else _at(shapely.point_on_surface(shape))


def _at(point: Any) -> tuple[float, float]:
    return round(point.x, _MOST_DECIMALS), round(point.y, _MOST_DECIMALS)


def _line(coordinates: Any, decimals: int) -> list[tuple[float, float]]:
    return [(round(x, decimals), round(y, decimals)) for x, y, *_ in coordinates]


def _ratio(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
