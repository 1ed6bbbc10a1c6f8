"""Whether shapes lie in the jurisdiction they are filed under, and what was probably meant where they do not."""

from typing import Any

import numpy as np
import pandas as pd
import shapely

from fangdi.service.loading_findings import Severity
from fangdi.service.loading_types import LayerRows
from fangdi.service.loading_zones import EXCHANGE, EXCHANGE_ZH, central_meridian, neighbours, zone_advice

_FAR_DEGREES = 0.5
"""Beyond the boundary's box by which a shape is far away: zones are 3° wide, and outlines of towns differ by less."""


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
            _report(rows, points, outside, area, code)


def _report(rows: LayerRows, points: Any, outside: Any, area: shapely.Geometry, code: str) -> None:
    x, y = points[:, 0], points[:, 1]
    west, south, east, north = shapely.box(*area.bounds).buffer(_FAR_DEGREES).bounds
    far = (x < west) | (x > east) | (y < south) | (y > north)
    reason, zh = f"lies outside the boundary of {code}", f"位于行政区{code}边界之外"
    for moved_x, moved_y, advice, advice_zh in _guesses(rows.crs, x, y):
        meant = outside & far
        meant[meant] = shapely.intersects_xy(area, moved_x[meant], moved_y[meant])
        _add(rows, points, meant, (f"{reason}; {advice}", f"{zh}，{advice_zh}"), severity="bad")
        outside = outside & ~meant
    _add(rows, points, outside, (reason, zh), severity="warning")


def _guesses(crs: str | None, x: Any, y: Any) -> list[tuple[Any, Any, str, str]]:
    """Return where the points would lie had something else been meant, and what to do then."""
    meridian = central_meridian(crs)
    if meridian is not None:
        return [(x + shift, y, *zone_advice(name, meridian + shift)) for shift, name in neighbours(crs)]
    advice = f"it would lie inside with its two coordinates exchanged. {EXCHANGE}"
    return [(y, x, advice, f"经度与纬度可能颠倒，{EXCHANGE_ZH}")]


def _add(rows: LayerRows, points: Any, where: Any, reasons: tuple[str, str], *, severity: Severity) -> None:
    for record in np.flatnonzero(where):
        x, y = points[record]
        reason, zh = reasons
        rows.findings.add(
            int(record), field="geometry", value=f"{x:.6f} {y:.6f}", reason=reason, zh=zh, severity=severity
        )
