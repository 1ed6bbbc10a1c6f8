"""Placing a plan on the map (定位): by control points, by the footprint of the building, or by the CRS of the file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Plan, PlanFloor
from fangdi.domain.plans.placement import LIMITS, Placement, PlacingLimits, apart_m, distance_doubts
from fangdi.domain.plans.placing import ControlPoint, fit_affine, fit_helmert, match_footprint
from fangdi.errors import FangdiError, InvalidInputError, NotFoundError
from fangdi.service import plan_checks, plan_views, plans
from fangdi.service.plan_parts import finding_rows
from fangdi.service.plan_types import PlanMap
from fangdi.store import plans as store
from fangdi.store.query import Record


def limits_of(residual_m: float) -> PlacingLimits:
    """Return the limits of placing with the deployment's own for residuals."""
    return replace(LIMITS, residual_m=residual_m)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A plan as it comes to lie, not yet kept: in metres of a CRS; `score` of footprints, 0 to 1."""

    before: plans.Stored
    building: Record
    placed: Placement
    crs: str
    score: float | None = None


def place(
    connection: Connection, number: int, wanted: Mapping[str, Any], on_map: PlanMap, *, limits: PlacingLimits = LIMITS
) -> None:
    """Place a draft in a way that somebody chose; doubts become findings, and never change an area."""
    _keep(connection, _lay(connection, number, wanted, on_map, limits=limits), wanted, on_map)


def agree(connection: Connection, number: int, *, revision: int) -> None:
    """Note that whoever acts agrees to a placement beyond the limits, as it was at a revision.

    Raises InvalidInputError for a plan that has no such placement, or that lies too far from its building.
    """
    row = store.plan(connection, number)
    plans.check_is_draft(row)
    placement = row["placement"]
    if placement is None or placement["far"] or not placement["doubtful"]:
        raise InvalidInputError(
            "没有需要确认的定位。 There is no placement to agree to: place the plan, near its building."
        )
    store.agree_to_placement(connection, number, revision=revision)


def preview(
    connection: Connection, number: int, wanted: Mapping[str, Any], on_map: PlanMap, *, limits: PlacingLimits = LIMITS
) -> dict[str, Any]:
    """Return how a draft would lie, with residuals and doubts, storing nothing."""
    laid = _lay(connection, number, wanted, on_map, limits=limits)
    doubts = [plan_views.finding(one, place) for place, one in enumerate(laid.placed.findings, 1)]
    return _kept(laid, wanted, on_map) | {"findings": doubts}


def _lay(
    connection: Connection, number: int, wanted: Mapping[str, Any], on_map: PlanMap, *, limits: PlacingLimits
) -> _Laid:
    """Return how a draft would lie, with all doubts: of the fit, and of how far that is from its building."""
    laid = _fitted(connection, number, wanted, on_map, limits=limits)
    far = distance_doubts(_away_m(laid.before.plan, laid.placed, laid.crs, laid.building, on_map), limits=limits)
    return replace(laid, placed=replace(laid.placed, findings=(*laid.placed.findings, *far)))


def _fitted(
    connection: Connection, number: int, wanted: Mapping[str, Any], on_map: PlanMap, *, limits: PlacingLimits
) -> _Laid:
    before = plans.stored(connection, number)
    plans.check_is_draft(before.row)
    building = store.building(connection, before.row["building_id"])
    crs = _frame(building, on_map)
    if wanted["method"] == "footprint":
        outline, footprint = _outline(before.plan, wanted.get("floor")), _footprint(building, crs, on_map)
        match = match_footprint(outline, footprint, limits=limits)
        return _Laid(before, building, match.placement, crs, match.score)
    if wanted["method"] == "crs":
        return _Laid(before, building, *_by_crs(before.plan, wanted.get("crs"), on_map))
    fit = fit_affine if wanted["method"] == "affine" else fit_helmert
    return _Laid(before, building, fit(_pairs(wanted["points"], crs, on_map), limits=limits), crs)


def place_by_file(connection: Connection, number: int, on_map: PlanMap) -> None:
    """Place a plan where its file says that it lies, unless somebody placed it or the file cannot be right."""
    before = plans.stored(connection, number)
    said = before.plan.georeference
    if before.row["placement"] is not None or said is None or not before.plan.floors:
        return
    building = store.building(connection, before.row["building_id"])
    placed = Placement(said.a, said.b, said.east, said.north, said.source)
    try:
        if on_map.own_frame(said.crs) is None:
            return
        away = _away_m(before.plan, placed, said.crs, building, on_map)
    except FangdiError:  # a CRS that nobody knows
        return
    if far := distance_doubts(away):
        doubts = [Finding(FindingCode.PLACE_NOT_TAKEN, Severity.WARNING, one.values) for one in far]
        _write_findings(connection, before.row, said_by="placing", findings=doubts)
        return
    wanted = {"method": "crs", "crs": said.crs, "points": ()}
    _keep(connection, _Laid(before, building, placed, said.crs), wanted, on_map)


def floor_on_map(connection: Connection, number: int, key: str, on_map: PlanMap) -> dict[str, Any]:
    """Return the rooms and the outline of a floor where they lie on the map, as GeoJSON; NotFoundError before."""
    found = plans.stored(connection, number)
    placement = found.row["placement"]
    if placement is None:
        raise NotFoundError("平面图尚未定位。 The plan is not placed on the map yet; place it first.")
    floor: PlanFloor = plans.floor_of(found.plan, key)

    def shown(shape: BaseGeometry) -> dict[str, Any]:
        moved = map_shape(shape, placement, on_map)
        written: dict[str, Any] = mapping(shapely.transform(moved, lambda degrees: degrees.round(9)))
        return written

    rooms = [
        {
            "type": "Feature",
            "geometry": shown(room.outline.shape),
            "properties": {"key": room.key, "number": room.number, "area_m2": round(room.outline.area_m2, 2)},
        }
        for room in floor.rooms
    ]
    return {"key": key, "outline": shown(floor.outline.shape) if floor.outline else None, "rooms": rooms}


def map_shape(shape: BaseGeometry, placement: Mapping[str, Any], on_map: PlanMap) -> BaseGeometry:
    """Return a shape of the plan on the map, EPSG:4490."""
    return _moved(framed(shape, placement["matrix"]), lambda points: on_map.to_map(points, crs=placement["crs"]))


def framed(shape: BaseGeometry, matrix: Sequence[float]) -> BaseGeometry:
    """Return a shape of the plan in metres of the placement's CRS."""
    return shapely.affinity.affine_transform(shape, matrix)


def _by_crs(plan: Plan, crs: str | None, on_map: PlanMap) -> tuple[Placement, str]:
    """Return the placement of a plan whose coordinates are in a CRS, or lie where the file says."""
    said = plan.georeference
    if crs is None and said is not None:
        return Placement(said.a, said.b, said.east, said.north, said.source), said.crs
    metric = None if crs is None else on_map.own_frame(crs)
    if metric is None:
        raise InvalidInputError(
            "请给出以米为单位的投影坐标系,如 EPSG:4549。 Name a projected CRS in metres, as EPSG:4549, "
            "or place the plan by control points.",
            place={"field": "crs"},
        )
    return Placement(1.0, 0.0, 0.0, 0.0, "crs"), metric


def _frame(building: Record, on_map: PlanMap) -> str:
    return on_map.frame(building["plan_crs"], longitude=building["longitude"], latitude=building["latitude"])


def _pairs(points: Sequence[Mapping[str, Any]], crs: str, on_map: PlanMap) -> list[ControlPoint]:
    places = on_map.to_frame([tuple(point["map"]) for point in points], crs=crs)
    return [
        ControlPoint(point.get("name") or str(order), tuple(point["plan"]), place)
        for order, (point, place) in enumerate(zip(points, places, strict=True), 1)
    ]


def _outline(plan: Plan, key: str | None) -> Polygon | MultiPolygon:
    """Return the outline of a floor to lay on the footprint: as drawn, else around its rooms."""
    floors = [plans.floor_of(plan, key)] if key is not None else sorted(plan.floors, key=_near_ground)
    for floor in floors:
        if floor.outline is not None:
            outline: Polygon | MultiPolygon = floor.outline.shape
            return outline
        if floor.rooms:
            around = shapely.union_all([room.outline.shape.buffer(0.3) for room in floor.rooms])
            return shapely.MultiPolygon([Polygon(part.exterior) for part in shapely.get_parts(around)])
    raise InvalidInputError("平面图没有楼层轮廓。 The plan has no outline of a floor; use control points.")


def _near_ground(floor: PlanFloor) -> float:
    return abs((floor.level if floor.level is not None else 99) - 1)


def _footprint(building: Record, crs: str, on_map: PlanMap) -> Polygon | MultiPolygon:
    """Return the footprint of the building in metres of a frame."""
    if building["outline"] is None:
        raise InvalidInputError(
            "这座楼没有轮廓,请用控制点定位。 The building has no footprint; place the plan by control points.",
            place={"field": "method"},
        )
    moved = _moved(shapely.from_wkb(bytes(building["outline"])), lambda points: on_map.to_frame(points, crs=crs))
    assert isinstance(moved, Polygon | MultiPolygon)  # noqa: S101 - what the column holds
    return moved


def _away_m(plan: Plan, placed: Placement, crs: str, building: Record, on_map: PlanMap) -> float:
    """Return how far from its building the middle of a plan would lie, m."""
    bounds = _bounds(plan)
    if bounds is None:
        return 0.0
    middle = placed.apply(shapely.box(*bounds).centroid)
    (there,) = on_map.to_map([(middle.x, middle.y)], crs=crs)
    return apart_m(there, (building["longitude"], building["latitude"]))


def _bounds(plan: Plan) -> tuple[float, float, float, float] | None:
    shapes: list[Any] = [room.outline.shape for room in plan.rooms]
    shapes += [floor.outline.shape for floor in plan.floors if floor.outline]
    return plan_views.bounds_of(shapes or [line for floor in plan.floors for line in floor.backdrop])


def _keep(connection: Connection, laid: _Laid, wanted: Mapping[str, Any], on_map: PlanMap) -> None:
    row, placed = laid.before.row, laid.placed
    store.change(connection, int(row["id"]), revision=row["revision"], placement=_kept(laid, wanted, on_map))
    _write_findings(connection, row, said_by="placing", findings=placed.findings)
    drawn = laid.building["outline"]
    footprint = None if drawn is None else placed.inverse(_footprint(laid.building, laid.crs, on_map))
    assert footprint is None or isinstance(footprint, Polygon | MultiPolygon)  # noqa: S101 - moved, and nothing else
    checked = plan_checks.check(laid.before.plan, footprint=footprint)
    _write_findings(connection, row, said_by="check", findings=checked)


def _kept(laid: _Laid, wanted: Mapping[str, Any], on_map: PlanMap) -> dict[str, Any]:
    """Return a placement as it is kept with the plan: to metres of its CRS by `matrix`."""
    placed, crs = laid.placed, laid.crs
    bounds = _bounds(laid.before.plan) or (0.0, 0.0, 1.0, 1.0)
    west, south, east, north = bounds
    a, b, p, q = placed.a, placed.b, placed.p, placed.q
    matrix = [a + p, q - b, b + q, a - p, placed.east, placed.north]
    corners = [(west, south), (east, south), (east, north), (west, north)]
    on_ground = [tuple(shapely.get_coordinates(framed(shapely.Point(corner), matrix))[0]) for corner in corners]
    return {
        "method": wanted["method"],
        "source": placed.source,
        "crs": crs,
        "matrix": matrix,
        "scale": placed.scale,
        "rotation_deg": placed.rotation_degrees,
        "rms_m": placed.rms_m if placed.residuals else None,
        "score": laid.score,
        "doubtful": placed.doubtful,
        "far": placed.far,
        "points": [
            {**point, "name": residual.name, "residual_m": residual.distance_m}
            for point, residual in zip(wanted["points"], placed.residuals, strict=bool(placed.residuals))
        ],
        "bounds": bounds,
        "corners": on_map.to_map(on_ground, crs=crs),
    }


def _write_findings(connection: Connection, row: Record, *, said_by: str, findings: Sequence[Finding]) -> None:
    store.write_findings(
        connection,
        int(row["id"]),
        jurisdiction_code=row["jurisdiction_code"],
        said_by=said_by,
        findings=finding_rows(findings),
    )


def _moved(shape: BaseGeometry, move: Any) -> BaseGeometry:
    """Return a shape with all its points moved at once."""
    return shapely.transform(shape, lambda xy: _array(move([(float(x), float(y)) for x, y in xy])))


def _array(points: Sequence[tuple[float, float]]) -> Any:
    return np.array(points, dtype=float).reshape(-1, 2)
