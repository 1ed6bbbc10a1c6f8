"""A plan as rows and back: shapes as WKB, everything else as JSON takes it. Nothing is rounded on the way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import shapely
from shapely import affinity
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from fangdi.domain.plan_edits import PlanEdits, RoomEdit
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import (
    FloorBox,
    FoundBy,
    Georeference,
    Label,
    LayerMeaning,
    LayerRole,
    LayerSummary,
    Outline,
    PartKind,
    Plan,
    PlanFloor,
    PlanFormat,
    PlanPart,
    PlanRoom,
    Reading,
    Stated,
    StatedBasis,
    Units,
)
from fangdi.domain.uses import use_of
from fangdi.errors import InvalidInputError
from fangdi.store.query import Record

Row = dict[str, Any]
_GAP_M = Reading().gap_m
_MOST_LEVEL = 999.5
_MOST_LETTERS = 200


def floor_rows(plan: Plan) -> list[Row]:
    """Return the floors of a plan as rows."""
    return [
        {
            "key": floor.key,
            "sort": sort,
            "name": floor.name,
            "level": _level(floor.level),
            "elevation_m": floor.elevation_m,
            "height_m": floor.height_m,
            "area_m2": floor.outline.area_m2 if floor.outline else None,
            "outline": _hex(_multi(floor.outline.shape)) if floor.outline else None,
            "implied": floor.outline_implied,
            "backdrop": _hex(MultiLineString(list(floor.backdrop))) if floor.backdrop else None,
            "parts": [_part_row(part) for part in floor.parts],
            "labels": [_label_row(label) for label in floor.labels],
        }
        for sort, floor in enumerate(plan.floors)
    ]


def room_rows(plan: Plan, *, uses: Mapping[str, str], edited: Iterable[str] = ()) -> list[Row]:
    """Return the rooms of a plan as rows; `uses` are codes by spelling, `edited` the keys of those changed by hand."""
    by_hand = frozenset(edited)
    placed = ((floor.key, room) for floor in plan.floors for room in floor.rooms)
    return [
        {
            "floor_key": floor,
            "key": room.key,
            "sort": sort,
            "number": _short(room.number),
            "name": _short(room.name),
            "use": _short(room.use),
            "use_code": use_of(room.use, room.name, room.number, spellings=uses),
            "found_by": room.found_by,
            "handle": room.handle,
            "layer": room.layer,
            "height_m": room.height_m,
            "area_m2": room.outline.area_m2,
            "stated": [asdict(stated) for stated in room.stated],
            "outline": _hex(_multi(room.outline.shape)),
            "edited": room.key in by_hand,
        }
        for sort, (floor, room) in enumerate(placed)
    ]


def finding_rows(findings: Iterable[Finding]) -> list[Row]:
    """Return findings as rows."""
    return [
        {
            "code": finding.code,
            "severity": finding.severity,
            "details": dict(finding.values),
            "floor_key": finding.floor,
            "room_keys": list(finding.rooms),
            "handle": finding.handle,
            "place": _hex(finding.at),
            "shape": _hex(finding.shape),
        }
        for finding in findings
    ]


def layer_rows(plan: Plan) -> list[Row]:
    """Return the layers of a plan, each with what it was taken for."""
    roles = plan.meant.roles if plan.meant else {}
    return [asdict(layer) | {"roles": sorted(roles.get(layer.name, ()))} for layer in plan.layers]


def stored_plan(
    plan: Record, floors: Sequence[Record], rooms: Sequence[Record], findings: Sequence[Record] = ()
) -> Plan:
    """Return a plan from its rows."""
    by_floor: dict[str, list[PlanRoom]] = {}
    for row in rooms:
        by_floor.setdefault(row["floor_key"], []).append(_room(row))
    layers = tuple(
        LayerSummary(one["name"], one["entities"], one["closed_outlines"], one["texts"], tuple(one["sample_texts"]))
        for one in plan["layers"]
    )
    roles = {one["name"]: frozenset(map(LayerRole, one["roles"])) for one in plan["layers"] if one["roles"]}
    return Plan(
        PlanFormat(plan["format"]),
        tuple(_floor(row, by_floor.get(row["key"], ())) for row in floors),
        Units(plan["unit_name"], plan["unit_metres"], plan["unit_said_by"]),
        tuple(stored_finding(row) for row in findings),
        Georeference(**plan["georeference"]) if plan["georeference"] else None,
        layers,
        LayerMeaning(roles) if roles else None,
    )


def stored_finding(row: Record) -> Finding:
    """Return a finding from its row."""
    place = _shape(row["place"])
    return Finding(
        FindingCode(row["code"]),
        Severity(row["severity"]),
        row["details"],
        row["floor_key"],
        tuple(row["room_keys"]),
        row["handle"],
        place if isinstance(place, Point) else None,
        _shape(row["shape"]),
    )


def reading_of(chosen: Mapping[str, Any]) -> Reading:
    """Return a reading as it was stored or asked for."""
    layers = chosen.get("layers")
    roles = {name: frozenset(map(LayerRole, on_it)) for name, on_it in (layers or {}).items()}
    meaning = None if layers is None else LayerMeaning(roles)
    return Reading(
        unit=chosen.get("unit"),
        meaning=meaning,
        boxes=tuple(FloorBox(**box) for box in chosen.get("boxes") or ()),
        gap_m=chosen.get("gap_m", _GAP_M),
        fields=dict(chosen.get("fields") or {}),
        crs=chosen.get("crs"),
        level=chosen.get("level"),
    )


def edits_of(kept: Mapping[str, Any], *, metres: float) -> PlanEdits:
    """Return the edits of a plan; outlines traced in another unit of the drawing are brought to this one."""
    scale = metres / kept.get("metres", metres)
    rooms = {key: room_edit(one, scale=scale) for key, one in kept.get("rooms", {}).items()}
    return PlanEdits(rooms, frozenset(kept.get("removed", ())))


def room_edit(given: Mapping[str, Any], *, scale: float = 1.0) -> RoomEdit:
    """Return a change to a room as it was asked for or stored; its outline is scaled."""
    shape = given.get("shape")
    outline = None if shape is None else affinity.scale(_polygons(shape), scale, scale, origin=(0, 0))
    return RoomEdit(given.get("number"), given.get("name"), given.get("use"), given.get("floor"), outline)


def _floor(row: Record, rooms: Sequence[PlanRoom]) -> PlanFloor:
    outline, backdrop = _shape(row["plan_outline"]), _shape(row["backdrop"])
    lines = backdrop.geoms if isinstance(backdrop, MultiLineString) else ()
    return PlanFloor(
        row["key"],
        row["name"],
        row["level"],
        row["elevation_m"],
        row["height_m"],
        _outline(outline, row["measured_outline_m2"]),
        tuple(rooms),
        tuple(_part(part) for part in row["parts"]),
        tuple(_label(label) for label in row["labels"]),
        tuple(line for line in lines if isinstance(line, LineString)),
        outline_implied=row["outline_implied"],
    )


def _room(row: Record) -> PlanRoom:
    outline = _outline(_shape(row["plan_outline"]), row["measured_usable_m2"])
    assert outline is not None  # noqa: S101 - the column is not null
    return PlanRoom(
        row["key"],
        outline,
        FoundBy(row["found_by"]),
        row["handle"],
        row["number"],
        row["name"],
        row["use"],
        tuple(_stated(one) for one in row["stated"]),
        row["height_m"],
        row["layer"],
    )


def _part_row(part: PlanPart) -> Row:
    return {
        "kind": part.kind,
        "handle": part.handle,
        "height_m": part.height_m,
        "area_m2": part.outline.area_m2,
        "shape": _hex(_multi(part.outline.shape)),
    }


def _part(row: Mapping[str, Any]) -> PlanPart:
    outline = _outline(_shape(row["shape"]), row["area_m2"])
    assert outline is not None  # noqa: S101 - written by _part_row
    return PlanPart(PartKind(row["kind"]), outline, row["handle"], row["height_m"])


def _label_row(label: Label) -> Row:
    return {
        "text": label.text,
        "x": label.at.x,
        "y": label.at.y,
        "handle": label.handle,
        "number": label.number,
        "name": label.name,
        "stated": asdict(label.stated) if label.stated else None,
    }


def _label(row: Mapping[str, Any]) -> Label:
    stated = _stated(row["stated"]) if row["stated"] else None
    return Label(row["text"], Point(row["x"], row["y"]), row["handle"], row["number"], row["name"], stated)


def _stated(row: Mapping[str, Any]) -> Stated:
    return Stated(row["area_m2"], StatedBasis(row["basis"]), row["source"])


def _outline(shape: BaseGeometry | None, area_m2: float | None) -> Outline | None:
    """Return an outline; one part alone is a polygon again."""
    if not isinstance(shape, MultiPolygon) or area_m2 is None:
        return None
    parts = list(shape.geoms)
    return Outline(parts[0] if len(parts) == 1 else shape, area_m2)


def _level(level: float | None) -> float | None:
    """Return a level as it is stored, with one decimal; None for what no house has."""
    return None if level is None or not abs(level) < _MOST_LEVEL else round(level, 1)


def _short(words: str | None) -> str | None:
    """Return a number or name as far as an index can hold it: longer ones are no names but texts beside a room."""
    return words if words is None else words[:_MOST_LETTERS]


def _multi(shape: Polygon | MultiPolygon) -> MultiPolygon:
    return shape if isinstance(shape, MultiPolygon) else MultiPolygon([shape])


def _hex(shape: BaseGeometry | None) -> str | None:
    """Return a shape as hexadecimal WKB, flat."""
    return None if shape is None else shapely.to_wkb(shapely.force_2d(shape), hex=True, include_srid=False)


def _shape(wkb: bytes | str | None) -> BaseGeometry | None:
    return None if wkb is None else shapely.from_wkb(bytes(wkb) if isinstance(wkb, memoryview) else wkb)


def _polygons(rings: Any) -> Polygon | MultiPolygon:
    """Return a shape from rings, outer ones with their holes."""
    try:
        parts = [Polygon(part[0], part[1:]) for part in rings]
    except (ValueError, IndexError, shapely.errors.GEOSException) as error:
        raise InvalidInputError(
            "轮廓至少要有三个点。 An outline needs at least three corners.", place={"field": "shape"}
        ) from error
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
