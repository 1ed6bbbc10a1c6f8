"""Checking drawn shapes: kind, validity with the place of the fault, repair, and stated against drawn areas."""

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import shapely
from pyproj import Geod

from fangdi.service.loading_findings import Findings
from fangdi.service.loading_outlines import Outlines, Shapes, in_threads
from fangdi_gis_data import rings, units
from fangdi_gis_data.fields import ShapeKind

_POINT, _POLYGON, _MULTIPOINT, _MULTIPOLYGON, _COLLECTION = 0, 3, 4, 6, 7
_KINDS = {"polygon": {_POLYGON, _MULTIPOLYGON}, "polygon or point": {_POINT, _POLYGON, _MULTIPOLYGON}}
_REASON = re.compile(r"(.*)\[(.*)\]")
_GEOD = Geod(ellps="GRS80")

RATIO_BOUNDS = (0.8, 1.25)
"""Stated over drawn area beyond which a row is questioned; 90 % of a real cadastre lies within 0.93 to 1.08."""

_REASONS_ZH = {
    "Self-intersection": "自相交",
    "Ring Self-intersection": "环自相交",
    "Hole lies outside shell": "内环在外环之外",
    "Holes are nested": "内环嵌套",
    "Interior is disconnected": "内部不连通",
    "Nested shells": "外环嵌套",
    "Duplicate Rings": "环重复",
    "Too few points in geometry component": "点数过少",
    "Invalid Coordinate": "坐标无效",
}


def check(  # noqa: PLR0913
    outlines: Outlines,
    findings: Findings,
    *,
    kind: ShapeKind,
    required: bool,
    unreadable: np.ndarray[Any, Any] | None,
    repair: bool,
    area_of: Callable[[Shapes], Any],
) -> Outlines:
    """Report missing, unreadable, wrong and invalid shapes; return them, repaired when that was asked for."""
    if unreadable is not None:
        findings.add_where(
            unreadable, field="geometry", values=None, reason="the geometry cannot be decoded", zh="几何无法解析"
        )
    missing = outlines.missing()
    if required:
        lost = missing if unreadable is None else missing & ~unreadable
        findings.add_where(lost, field="geometry", values=None, reason="has no geometry", zh="缺少几何")
    outlines = certain(outlines.without(missing))
    shapes = outlines.others
    there = ~shapely.is_missing(shapes)
    wrong = there & ~np.isin(shapely.get_type_id(shapes), list(_KINDS[kind]))
    for record in np.flatnonzero(wrong):
        found = shapes[record].geom_type
        findings.add(int(record), field="geometry", value=found, reason=f"has to be a {kind}", zh="几何类型不符")
    invalid = there & ~wrong
    invalid[invalid] = ~in_threads(shapely.is_valid, shapes[invalid])
    if invalid.any():
        shapes = _handle_invalid(shapes, invalid, findings, repair=repair, area_of=area_of)
    return outlines.with_others(shapes).without(wrong)


def certain(outlines: Outlines) -> Outlines:
    """Return the outlines with those rings made shapes that are not simple beyond doubt: GEOS has to judge them."""
    shapes, blocks = outlines.others.copy(), []
    for block in outlines.rings:
        simple = in_threads(rings.certainly_simple, block.corners)
        doubtful = block.part(~simple)
        if len(doubtful.at):
            shapes[doubtful.at] = doubtful.polygons()
            block = block.part(simple)  # noqa: PLW2901
        blocks.append(block)
    return Outlines(tuple(blocks), shapes)


def check_on_map(outline: Outlines, findings: Findings) -> Outlines:
    """Report outlines that rounding on the way to EPSG:4490 has made invalid; return them without these."""
    checked = certain(outline)
    invalid = ~shapely.is_missing(checked.others)
    invalid[invalid] = ~in_threads(shapely.is_valid, checked.others[invalid])
    findings.add_where(
        invalid,
        field="geometry",
        values=None,
        reason="is valid in the file but not in EPSG:4490: corners lie closer than can be told apart",
        zh="转换到EPSG:4490后几何无效",
    )
    return checked.without(invalid)


def _handle_invalid(
    shapes: Shapes, invalid: Any, findings: Findings, *, repair: bool, area_of: Callable[[Shapes], Any]
) -> Shapes:
    """Report each invalid shape with the place of the fault, or repair it and say what that did to its area."""
    shapes = shapes.copy()
    where = np.flatnonzero(invalid)
    broken = shapes[where]
    finite = np.array([bool(np.isfinite(shapely.get_coordinates(shape)).all()) for shape in broken])
    fixed = np.full(len(broken), None, dtype=object)
    fixed[finite] = polygons_only(shapely.make_valid(broken[finite]))
    before = np.full(len(broken), np.nan)
    after = np.full(len(broken), np.nan)
    before[finite], after[finite] = area_of(broken[finite]), area_of(fixed[finite])
    for record, reason, new, old_m2, new_m2 in zip(
        where, shapely.is_valid_reason(broken), fixed, before, after, strict=True
    ):
        words, place, zh = _reason(str(reason))
        areas = f"; a repair takes its area from {old_m2:,.2f} to {new_m2:,.2f} m²" if np.isfinite(old_m2) else ""
        repaired = repair and new is not None and not shapely.is_empty(new)
        findings.add(
            int(record),
            field="geometry",
            value=place,
            reason=f"{'was repaired: ' if repaired else 'is not valid: '}{words}{areas}",
            zh=f"{'已修复：' if repaired else '几何无效：'}{zh}",
            severity="note" if repaired else "bad",
        )
        shapes[record] = new if repaired else None
    return shapes


def polygons_only(shapes: Shapes) -> Shapes:
    """Return the polygonal part of each shape: repairs leave lines where an outline had collapsed."""
    return np.array([_polygonal(shape) for shape in shapes], dtype=object)


def geodesic_area_m2(shape: shapely.Geometry) -> float:
    """Return the area of a shape in degrees on the ellipsoid (GRS 1980), in m²."""
    return abs(float(_GEOD.geometry_area_perimeter(shapely.orient_polygons(shape))[0]))


def compare_areas(stated: pd.Series, drawn_m2: Any, field: str, findings: Findings) -> None:
    """Question stated areas that differ much from the drawn ones; hint at the unit where the ratio tells it."""
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = stated.to_numpy(dtype="float64") / drawn_m2
    low, high = RATIO_BOUNDS
    off = np.isfinite(ratio) & ((ratio < low) | (ratio > high))
    for record in np.flatnonzero(off):
        findings.add(
            int(record),
            field=field,
            value=f"{stated.iloc[record]:.2f}",
            reason=f"is {ratio[record]:.3g} times the drawn {drawn_m2[record]:.2f} m²{_unit_hint(ratio[record])}",
            zh=f"与图形面积之比为{ratio[record]:.3g}",
            severity="warning",
        )


def _unit_hint(ratio: float) -> str:
    for unit, name in (("ft2", "square feet"), ("mu", "亩"), ("ha", "hectares"), ("km2", "km²")):
        inverse = 1 / units.AREA_M2[unit]
        if 0.9 * inverse < ratio < 1.1 * inverse:
            return f" (was it in {name}?)"
        if unit == "ft2" and 0.9 / inverse < ratio < 1.1 / inverse:
            return " (converted from square feet twice?)"
    return " (in mm²?)" if 0.9e6 < ratio < 1.1e6 else ""


def _polygonal(shape: shapely.Geometry) -> shapely.Geometry | None:
    if shape is None or shape.geom_type in {"Polygon", "MultiPolygon"}:
        return shape
    parts = [part for part in shapely.get_parts(shape) if part.geom_type in {"Polygon", "MultiPolygon"}]
    return shapely.union_all(parts) if parts else None


def _reason(text: str) -> tuple[str, str, str]:
    """Split GEOS's 'Self-intersection[1 2]' into words, place and Chinese words."""
    match = _REASON.fullmatch(text)
    words, place = (match[1], match[2]) if match else (text, "")
    return words, place, _REASONS_ZH.get(words, words)
