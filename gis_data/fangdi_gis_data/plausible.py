"""Whether coordinates can be in the CRS that the file or the user names, and what was probably meant where not."""

from functools import cache
from typing import Any

import numpy as np
from pyproj import CRS, Transformer

from fangdi.service.loading_findings import Findings
from fangdi.service.loading_outlines import Outlines
from fangdi.service.loading_zones import (
    EXCHANGE,
    EXCHANGE_ZH,
    IN_CHINA,
    central_meridian,
    in_china,
    neighbours,
    zone_advice,
)
from fangdi_gis_data import crs as systems
from fangdi_gis_data.crs import FileCrs

_WGS84 = 4326

_MARGIN_DEGREES = 1.0
"""How far beyond a CRS's area of use coordinates may lie: zones are used past their edges, by tens of kilometres."""


_MOST_METRES = 2e8
"""Once around the globe in feet, with a zone number before it: none is more, though PROJ would go round again."""


def check_coordinates(drawn: Outlines, file_crs: FileCrs, findings: Findings) -> None:
    """Report shapes that cannot be in the CRS: beyond the globe, axes exchanged, another zone, far from its use.

    Coordinates that are no numbers are left to the check of shapes.
    """
    bounds = drawn.bounds()
    there = np.isfinite(bounds).all(axis=1)
    if not there.any():
        return
    if file_crs.crs.is_geographic:
        _check_degrees(findings, bounds, there)
        return
    beyond = there & (np.abs(bounds) > _MOST_METRES).any(axis=1)
    _report(findings, beyond, bounds, "is no easting and northing: it lies beyond the globe", "坐标超出地球范围")
    there &= ~beyond
    place = _degrees(file_crs.crs).transform(*_centres(bounds))
    there &= ~_report_exchanged(findings, bounds, there, place, file_crs)
    there &= ~_report_zone_numbers(findings, bounds, there, file_crs)
    _check_area_of_use(findings, bounds, there, place, file_crs)


def zone_names(zone: int) -> str:
    """Return which CGCS2000 zone an easting with this prefix belongs to: 3° 25-45, 6° 13-23."""
    if 25 <= zone <= 45:
        return f" (CGCS2000 3° zone {zone}: EPSG:{4488 + zone})"
    if 13 <= zone <= 23:
        return f" (CGCS2000 6° zone {zone}: EPSG:{4478 + zone})"
    return ""


def _check_degrees(findings: Findings, bounds: Any, there: Any) -> None:
    x, y = _centres(bounds)
    exchanged = there & in_china(y, x) & ~in_china(x, y)
    _report(
        findings,
        exchanged,
        bounds,
        f"lies outside China ({IN_CHINA}), but inside when its two coordinates are exchanged: the latitude stands "
        f"where the longitude has to be. {EXCHANGE}",
        f"经度与纬度可能颠倒：互换后位于中国境内，{EXCHANGE_ZH}",
    )
    beyond = there & ((np.abs(bounds[:, [0, 2]]) > 180).any(axis=1) | (np.abs(bounds[:, [1, 3]]) > 90).any(axis=1))
    hint = " Projected coordinates? Name their CRS with --crs." if np.abs(bounds[there]).max() > 1000 else ""
    _report(
        findings,
        beyond & ~exchanged,
        bounds,
        f"is no longitude and latitude in degrees.{hint}",
        "坐标超出经纬度范围",
    )


def _report_exchanged(findings: Findings, bounds: Any, where: Any, place: tuple[Any, Any], file_crs: FileCrs) -> Any:
    """Report northings that stand before eastings; return where."""
    area = _area_of_use(file_crs.crs)
    exchanged = np.zeros(len(bounds), dtype=bool)
    if area is None or not _has_zones(file_crs.crs):
        return exchanged
    x, y = _centres(bounds)
    lost = np.flatnonzero(where & ~_inside(area, *place))
    exchanged[lost] = _inside(area, *_degrees(file_crs.crs).transform(y[lost], x[lost]))
    _report(
        findings,
        exchanged,
        bounds,
        f"lies outside the area where {file_crs.name} is used, but inside when its two coordinates are exchanged: the "
        f"northing stands where the easting has to be. {EXCHANGE}",
        f"东坐标与北坐标可能颠倒：互换后位于该坐标系适用范围内，{EXCHANGE_ZH}",
    )
    return exchanged


def _report_zone_numbers(findings: Findings, bounds: Any, where: Any, file_crs: FileCrs) -> Any:
    """Report eastings with the number of another zone; return where."""
    zone = _zone_prefix(bounds)
    contradicting = where & (zone > 0) & (zone != _own_zone(file_crs.crs)) & _has_zones(file_crs.crs)
    for number in np.unique(zone[contradicting]):
        names = zone_names(int(number))
        _report(
            findings,
            contradicting & (zone == number),
            bounds,
            f"the easting carries zone number {number}{names}, which {file_crs.name} does not",
            f"东坐标带有带号{number}，与坐标系不符",
        )
    return contradicting


def _check_area_of_use(findings: Findings, bounds: Any, where: Any, place: tuple[Any, Any], file_crs: FileCrs) -> None:
    lon, lat = place
    if _has_zones(file_crs.crs) and systems.is_chinese(file_crs.crs):
        where = where & ~_report_outside_china(findings, bounds, where & ~in_china(lon, lat), lon, lat, file_crs)
    area = _area_of_use(file_crs.crs)
    if area is None:
        return
    _report(
        findings,
        where & ~_inside(area, lon, lat),
        bounds,
        f"lies outside the area where {file_crs.name} ({file_crs.crs.name}) is used "
        f"({area.west:g}-{area.east:g}° E, {area.south:g}-{area.north:g}° N)",
        "坐标不在该坐标系的适用范围内",
    )


def _report_outside_china(  # noqa: PLR0913, PLR0917
    findings: Findings, bounds: Any, where: Any, lon: Any, lat: Any, file_crs: FileCrs
) -> Any:
    """Report Gauss-Krüger coordinates that land outside China, naming the neighbouring zone that would fit."""
    unexplained = where.copy()
    reason = f"lands outside China ({IN_CHINA}) in {file_crs.name} ({file_crs.crs.name})"
    zh = f"按{file_crs.name}落在中国范围之外"
    for shift, name in neighbours(file_crs.name):
        fits = unexplained & in_china(lon + shift, lat)
        meridian = (central_meridian(file_crs.name) or 0) + shift
        advice, advice_zh = zone_advice(name, meridian)
        _report(findings, fits, bounds, f"{reason}; {advice}", f"{zh}，{advice_zh}")
        unexplained &= ~fits
    _report(
        findings,
        unexplained,
        bounds,
        f"{reason}: the zone, the unit or the CRS is wrong; name the right CRS with --crs or in the file",
        f"{zh}，请检查带号、单位和坐标系",
    )
    return where


def _centres(bounds: Any) -> tuple[Any, Any]:
    return (bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2


def _inside(area: Any, lon: Any, lat: Any) -> Any:
    return (
        (lon >= area.west - _MARGIN_DEGREES)
        & (lon <= area.east + _MARGIN_DEGREES)
        & (lat >= area.south - _MARGIN_DEGREES)
        & (lat <= area.north + _MARGIN_DEGREES)
    )


@cache
def _area_of_use(crs: CRS) -> Any:
    """Return where a CRS is used, also when a file describes it instead of naming it, as a .prj does."""
    if crs.area_of_use is not None:
        return crs.area_of_use
    authority = crs.to_authority(min_confidence=70)
    return CRS.from_authority(*authority).area_of_use if authority else None


@cache
def _degrees(crs: CRS) -> Transformer:
    return systems.between(crs, CRS.from_epsg(_WGS84))


def _report(findings: Findings, where: Any, bounds: Any, reason: str, zh: str) -> None:
    for record in np.flatnonzero(where):
        x, y = bounds[record][:2]
        findings.add(int(record), field="geometry", value=f"{x:.10g} {y:.10g}", reason=reason, zh=zh)


def _zone_prefix(bounds: Any) -> Any:
    """Return int(E/10⁶) where the easting is above 1 000 000, else 0."""
    easting = np.where(np.isfinite(bounds[:, 0]), np.clip(bounds[:, 0], 0, 1e15), 0)
    return np.where(easting > 1_000_000, (easting // 1_000_000), 0).astype(int)


def _has_zones(crs: CRS) -> bool:
    """Say whether eastings of this CRS can carry a zone number: Gauss-Krüger ones can, Web Mercator ones cannot."""
    operation = crs.coordinate_operation
    return operation is None or "Transverse Mercator" in operation.method_name


def _own_zone(crs: CRS) -> int:
    """Return the zone number that eastings of this CRS carry: its false easting is zone · 10⁶ + 500 000."""
    operation = crs.coordinate_operation
    east = [float(p.value) for p in operation.params if p.name == "False easting"] if operation else []
    if not systems.is_chinese(crs):
        return -1
    return int(east[0] // 1_000_000) if east else 0
