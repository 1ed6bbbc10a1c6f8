"""Whether shapes lie in their jurisdiction and rooms near their building, and what was probably meant otherwise."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import shapely

from fangdi.service.loading_findings import Severity
from fangdi.service.loading_outlines import Outlines
from fangdi.service.loading_types import LayerRows
from fangdi.service.loading_zones import EXCHANGE, EXCHANGE_ZH, central_meridian, neighbours, zone_advice

_FAR_DEGREES = 0.5
"""Where a shape is far away: zones are 3° wide, outlines of towns differ by less, and no building is as long."""

Inside = Callable[[Any, Any, Any], Any]
"""Tells of the x and y of some records (a mask) whether they lie where they should."""


def check(rows: LayerRows, codes: pd.Series, boundaries: pd.Series) -> None:
    """Question shapes outside the boundary; those that another zone or exchanged axes would bring inside are bad."""
    assert rows.outline is not None  # noqa: S101 - the caller has looked
    points: Any = None
    for code in (str(code) for code in codes.dropna().unique()):
        boundary = boundaries.get(code)
        if boundary is None:
            continue
        area = shapely.from_wkb(bytes(boundary))
        shapely.prepare(area)
        points = rows.outline.centroids() if points is None else points
        x, y = points[:, 0], points[:, 1]
        outside = (codes == code).to_numpy() & ~np.isnan(x)
        outside[outside] = ~shapely.intersects_xy(area, x[outside], y[outside])
        if outside.any():
            reasons = f"lies outside the boundary of {code}", f"位于行政区{code}边界之外"
            _report(rows, points, outside, _is_in(area), reasons, far=outside & ~_is_near_box(area, x, y))


def check_near(rows: LayerRows, outline: Outlines, places: Any, *, first: int = 0) -> None:
    """Question shapes far from these places, (rows, 2) in degrees; the outlines are those from record `first` on."""
    bounds = outline.bounds()
    points = np.column_stack([(bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2])
    far = (np.abs(points - places) > _FAR_DEGREES).any(axis=1)  # false where there is no shape
    if not far.any():
        return

    def near(x: Any, y: Any, some: Any) -> Any:
        return (np.abs(np.column_stack([x, y]) - places[some]) <= _FAR_DEGREES).all(axis=1)

    reasons = "lies far from its building, by more than half a degree", "距所在楼座过远（超过半度）"
    _report(rows, points, far, near, reasons, far=far, first=first)


def _is_in(area: shapely.Geometry) -> Inside:
    return lambda x, y, _: shapely.intersects_xy(area, x, y)


def _is_near_box(area: shapely.Geometry, x: Any, y: Any) -> Any:
    west, south, east, north = shapely.box(*area.bounds).buffer(_FAR_DEGREES).bounds
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)


def _report(  # noqa: PLR0913
    rows: LayerRows,
    points: Any,
    outside: Any,
    inside: Inside,
    reasons: tuple[str, str],
    *,
    far: Any,
    first: int = 0,
) -> None:
    """Report those for which a guess holds as bad, the others as warnings."""
    x, y = points[:, 0], points[:, 1]
    reason, zh = reasons
    for moved_x, moved_y, advice, advice_zh in _guesses(rows.crs, x, y):
        meant = outside & far
        meant[meant] = inside(moved_x[meant], moved_y[meant], meant.copy())
        _add(rows, points, meant, (f"{reason}; {advice}", f"{zh}，{advice_zh}"), severity="bad", first=first)
        outside = outside & ~meant
    _add(rows, points, outside, reasons, severity="warning", first=first)


def _guesses(crs: str | None, x: Any, y: Any) -> list[tuple[Any, Any, str, str]]:
    """Return where the points would lie had something else been meant, and what to do then."""
    meridian = central_meridian(crs)
    if meridian is not None:
        return [(x + shift, y, *zone_advice(name, meridian + shift)) for shift, name in neighbours(crs)]
    advice = f"it would lie inside with its two coordinates exchanged. {EXCHANGE}"
    return [(y, x, advice, f"经度与纬度可能颠倒，{EXCHANGE_ZH}")]


def _add(  # noqa: PLR0913
    rows: LayerRows, points: Any, where: Any, reasons: tuple[str, str], *, severity: Severity, first: int
) -> None:
    reason, zh = reasons
    for record in np.flatnonzero(where):
        x, y = points[record]
        rows.findings.add(
            first + int(record), field="geometry", value=f"{x:.6f} {y:.6f}", reason=reason, zh=zh, severity=severity
        )
