"""Reading a building model: its spaces by storey, measured on the floor they stand on."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.util.unit as units
import shapely
from ifcopenshell import entity_instance

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import (
    FoundBy,
    Outline,
    PartKind,
    Plan,
    PlanFloor,
    PlanFormat,
    PlanPart,
    PlanRoom,
    Reading,
    Units,
)
from fangdi.errors import InvalidInputError
from fangdi_gis_data.archives import unusable
from fangdi_gis_data.plans.ifc import measured, stated_areas, storeys, wholeness
from fangdi_gis_data.plans.ifc.bodies import Footprint, Shaper, Solid, polygons_of
from fangdi_gis_data.plans.ifc.measured import Measured
from fangdi_gis_data.plans.ifc.places import georeference
from fangdi_gis_data.plans.ifc.spaces import Space, area_unit, describe
from fangdi_gis_data.plans.ifc.storeys import Storey

_WALLS, _COLUMNS = "IfcWall", "IfcColumn"
_CURTAINS = ("IfcPlate", "IfcMember")
"""What curtain walls are made of."""
_MOST_CURTAINS = 5000
"""More of them take longer than all the rest of a model, and add little to the outline."""
_LEAST_COLUMN_M2 = 0.001
"""Less than this of a column in a space is a touching face."""

_NO_BODY = ("the model holds no body for it, or one that cannot be computed", "模型中没有该空间的形体,或形体无法计算")
_NO_FLOOR = ("its body has no face to stand on", "形体没有可站立的底面")

Elements = list[tuple[entity_instance, Solid]]


@dataclass(frozen=True, slots=True)
class _Model:
    """A model with the bodies of what bounds its storeys."""

    storeys: tuple[Storey, ...]
    walls: Elements
    columns: Elements
    curtains: Elements


def read_ifc(file: Path, reading: Reading) -> Plan:
    """Read a model (IFC 2x3 or 4, STEP text); `reading.level` is for a model of one storey.

    Raises:
        InvalidInputError: the file is no model that can be opened, or cut short.
    """
    wholeness.refuse_cut_short(file)
    model = _open(file)
    unit = _length_unit(model)
    shaper = Shaper(unit=unit)
    too_many = sum(len(model.by_type(kind)) for kind in _CURTAINS)
    too_many = too_many if too_many > _MOST_CURTAINS else 0
    context = _Model(
        storeys.storeys(model, unit=unit),
        _bodies(model, shaper, _WALLS),
        _bodies(model, shaper, _COLUMNS),
        [one for kind in _CURTAINS for one in _bodies(model, shaper, kind)] if not too_many else [],
    )
    spaces, findings = _measured(model, shaper, context)
    findings += wholeness.missing_entities(file)
    found = stated_areas.groups(spaces)
    rooms, others = _told_apart(spaces)
    findings += [measured.finding(one, kind, floor=_key_of(one.space)) for one, kind in others]
    floors = _floors(rooms, context, found, reading)
    keys = {room.handle: room.key for floor in floors for room in floor.rooms}
    findings += stated_areas.compare(found, keys)
    findings += _without_rooms(context, floors)
    if too_many:
        values: dict[str, str | int | float] = {"count": too_many, "kind": "/".join(_CURTAINS)}
        findings.append(Finding(FindingCode.UNSUPPORTED, Severity.NOTE, values))
    if not keys:
        findings.append(Finding(FindingCode.EMPTY, Severity.ERROR))
    return Plan(
        format=PlanFormat.IFC,
        floors=floors,
        units=Units(_unit_name(unit), unit, "header"),
        findings=tuple(findings),
        georeference=georeference(model, unit=unit),
    )


def _open(file: Path) -> Any:
    try:
        return ifcopenshell.open(str(file), format=".ifc")
    except (ifcopenshell.Error, RuntimeError, OSError, ValueError, TypeError, AttributeError, KeyError) as error:
        raise unusable(file, error) from error


def _length_unit(model: Any) -> float:
    try:
        unit = float(units.calculate_unit_scale(model))
    except (AttributeError, TypeError, KeyError, ValueError) as error:
        raise InvalidInputError("模型没有可用的长度单位。 / The model names no usable unit of length.") from error
    if not 1e-6 < unit < 1e4:
        raise InvalidInputError("模型没有可用的长度单位。 / The model names no usable unit of length.")
    return unit


def _unit_name(unit: float) -> str:
    names = {"mm": 0.001, "cm": 0.01, "m": 1.0, "in": 0.0254, "ft": 0.3048}
    near = [name for name, metres in names.items() if abs(unit / metres - 1) < 1e-5]
    return near[0] if near else f"{unit:g} m"


def _bodies(model: Any, shaper: Shaper, kind: str) -> Elements:
    made = ((element, shaper.body(element)) for element in model.by_type(kind))
    return [(element, body) for element, body in made if body is not None]


def _measured(model: Any, shaper: Shaper, context: _Model) -> tuple[list[Measured], list[Finding]]:
    """Measure all spaces; those without a floor are findings."""
    unit, spaces, findings = area_unit(model), [], []
    elevations = {storey.key: storey.elevation_m for storey in context.storeys}
    columns = shapely.STRtree([body.shadow() for _, body in context.columns])
    for entity in model.by_type("IfcSpace"):
        space = describe(entity, area_unit=unit)
        floor = _key_of(space)
        body = shaper.body(entity)
        if body is None:
            findings.append(measured.no_footprint(space, *_NO_BODY, floor=floor))
            continue
        footprint = _without_columns(body, columns, [column for _, column in context.columns])
        if footprint.is_empty:
            findings.append(measured.no_footprint(space, *_NO_FLOOR, floor=floor))
            continue
        spaces.append(Measured(space, body, footprint, elevations.get(floor or "")))
    return spaces, findings


def _without_columns(body: Solid, shadows: shapely.STRtree, columns: list[Solid]) -> Footprint:
    """Return the floor of a space less the columns that stand on it."""
    floor = body.floor()
    for number in shadows.query(floor, predicate="intersects"):
        shadow, column = shadows.geometries[number], columns[number]
        stands = column.bottom < body.bottom + storeys.CUT_M < column.top
        if stands and shadow.intersection(floor).area > _LEAST_COLUMN_M2:
            floor = polygons_of(floor.difference(shadow))
    return floor


def _told_apart(spaces: list[Measured]) -> tuple[list[Measured], list[tuple[Measured, tuple[str, str]]]]:
    rooms, others = [], []
    for one in spaces:
        kind = measured.not_a_room(one, spaces)
        if kind is None:
            rooms.append(one)
        else:
            others.append((one, kind))
    return rooms, others


def _key_of(space: Space) -> str | None:
    return str(space.storey.GlobalId) if space.storey is not None else None


def _floors(
    rooms: Iterable[Measured], context: _Model, found: tuple[stated_areas.Group, ...], reading: Reading
) -> tuple[PlanFloor, ...]:
    """Return the storeys that have rooms; a space in no storey stands on the one below its floor."""
    by_key: dict[str, list[Measured]] = defaultdict(list)
    known = {storey.key: storey for storey in context.storeys} or {"": Storey("", "", 0.0, None, None)}
    for one in rooms:
        key = _key_of(one.space)
        by_key[key if key in known else _below(one, list(known.values()))].append(one)
    used = [storey for key, storey in known.items() if key in by_key]
    numbered = storeys.levels(used)
    if len(used) == 1 and reading.level is not None:
        numbered[used[0].key] = reading.level
    return tuple(_floor(storey, by_key[storey.key], context, found, numbered[storey.key]) for storey in used)


def _below(one: Measured, known: list[Storey]) -> str:
    lower = [storey for storey in known if storey.elevation_m <= one.body.bottom + storeys.CUT_M]
    return (lower[-1] if lower else known[0]).key


def _floor(
    storey: Storey, spaces: list[Measured], context: _Model, found: tuple[stated_areas.Group, ...], level: float
) -> PlanFloor:
    outside = [one for one in spaces if one.space.kind == "EXTERNAL"]
    rooms = [one for one in spaces if one.space.kind != "EXTERNAL"]
    parts = tuple(_parts(storey, outside, context))
    shapes = [part.outline.shape for part in parts if part.kind in {PartKind.WALL, PartKind.COLUMN}]
    shapes += [body.shadow() for _, body in storeys.at_height(context.curtains, storey.elevation_m)]
    outline = storeys.outline([one.footprint for one in rooms], shapes)
    return PlanFloor(
        key=storey.key,
        name=storey.name or "1",
        level=level,
        elevation_m=storey.elevation_m,
        height_m=storey.height_m or max((one.height_m for one in spaces), default=None),
        outline=outline,
        outline_implied=outline is not None,
        rooms=tuple(_room(one, found) for one in rooms),
        parts=parts,
    )


def _parts(storey: Storey, outside: list[Measured], context: _Model) -> Iterator[PlanPart]:
    for kind, bodies in ((PartKind.WALL, context.walls), (PartKind.COLUMN, context.columns)):
        for element, body in storeys.at_height(bodies, storey.elevation_m):
            shape = body.shadow()
            if not shape.is_empty:
                yield PlanPart(kind, Outline.straight(shape), str(element.GlobalId), body.top - body.bottom)
    for one in outside:
        yield PlanPart(PartKind.OPEN, Outline.straight(one.footprint), one.space.guid, one.height_m)


def _room(one: Measured, found: tuple[stated_areas.Group, ...]) -> PlanRoom:
    return PlanRoom(
        key=one.space.guid,
        outline=Outline.straight(one.footprint),
        found_by=FoundBy.BODY,
        handle=one.space.guid,
        number=one.space.number,
        name=one.space.name,
        use=one.space.use,
        stated=stated_areas.judged(one.space.stated, found),
        height_m=one.height_m,
    )


def _without_rooms(context: _Model, floors: tuple[PlanFloor, ...]) -> Iterator[Finding]:
    """Name the storeys that hold walls and no rooms, as foundations and attics."""
    used = {floor.key for floor in floors}
    for storey in context.storeys:
        walls = len(storeys.at_height(context.walls, storey.elevation_m))
        if storey.key not in used and walls:
            values: dict[str, str | int | float] = {"name": storey.name, "count": walls}
            yield Finding(FindingCode.FLOOR_WITHOUT_ROOMS, Severity.NOTE, values)
