"""Coordinate reference systems of files: which one, whether the coordinates can be in it, and the way to EPSG:4490.

Longitude or easting always comes first, whatever order the EPSG register gives the axes.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from pyproj.transformer import TransformerGroup

from fangdi.errors import InvalidInputError
from fangdi.service.loading_findings import Findings
from fangdi.service.loading_outlines import Outlines

MAP_EPSG = 4490
_WGS84 = 4326
_WEB_MERCATOR_METHODS = {"Popular Visualisation Pseudo Mercator", "Mercator (1SP) (Spherical)"}

_ADVICE = "Give the CRS with --crs, e.g. --crs EPSG:4549."
_DISPLAY_ONLY = ("gcj", "bd-09", "bd09", "火星", "百度", "mars")
_LOCAL_DATUMS = ("Xian 1980", "Beijing 1954", "New Beijing")

_MARGIN_DEGREES = 1.0
"""How far beyond a CRS's area of use coordinates may lie: zones are used past their edges, by tens of kilometres."""


@dataclass(frozen=True)
class FileCrs:
    """The CRS that a file's coordinates are in."""

    crs: CRS
    name: str
    note: str | None = None
    """What the user should know about the way to EPSG:4490."""

    @property
    def is_metric(self) -> bool:
        """Whether a metre in this CRS is (nearly) a metre on the ground."""
        return is_metric(self.crs)


def is_metric(crs: CRS) -> bool:
    """Whether the CRS is projected, in metres, and not Web Mercator, whose metres are not metres."""
    method = crs.coordinate_operation.method_name if crs.coordinate_operation else ""
    return (
        crs.is_projected and method not in _WEB_MERCATOR_METHODS and all(a.unit_name == "metre" for a in crs.axis_info)
    )


@cache
def parse(text: str) -> CRS:
    """Return the CRS that a user or file names, refusing what is unknown or for display only."""
    if any(word in text.lower() for word in _DISPLAY_ONLY):
        raise InvalidInputError(
            f"{text} is an encrypted coordinate system for display: areas and distances in it are wrong. "
            "Load the coordinates as surveyed (CGCS2000)."
        )
    try:
        crs = CRS.from_user_input(text)
    except CRSError as error:
        raise InvalidInputError(f"{text} is not a CRS that is known. {_ADVICE}") from error
    if not (crs.is_geographic or crs.is_projected or crs.is_bound or crs.is_compound):
        raise InvalidInputError(f"{text} ({crs.name}) has no longitude and latitude or easting and northing. {_ADVICE}")
    return crs.to_2d()


def name_of(crs: CRS) -> str:
    """Return a short name that can be parsed again: EPSG:n where there is one."""
    authority = crs.to_authority(min_confidence=70)
    return ":".join(authority) if authority else crs.to_string()


def choose(found: str | None, given: str | None) -> FileCrs:
    """Decide between the CRS a file names and the one the user gives; they must not contradict each other."""
    if found is None and given is None:
        raise InvalidInputError(f"The file does not say which CRS its coordinates are in. {_ADVICE}")
    crs = parse(given or found or "")
    if found is not None and given is not None:
        stated = parse(found)
        if not crs.equals(stated, ignore_axis_order=True) and name_of(crs) != name_of(stated):
            raise InvalidInputError(
                f"The file says its coordinates are in {name_of(stated)} ({stated.name}), --crs says {name_of(crs)} "
                f"({crs.name}). Leave --crs out, or correct the file."
            )
    note = None
    datum = _datum(crs)
    if any(local in datum for local in _LOCAL_DATUMS):
        raise InvalidInputError(
            f"{name_of(crs)} ({crs.name}) stands on a datum whose shift to CGCS2000 is known only locally. Convert the "
            "coordinates with the survey office's parameters first; a general shift would be wrong by tens of metres."
        )
    if datum != "China 2000":
        note = (
            f"{name_of(crs)} ({datum}) is taken to CGCS2000 without a datum shift between WGS 84 and CGCS2000: good "
            "for maps, below a metre; not for survey."
        )
        _refuse_ballpark(crs)
    return FileCrs(crs=crs, name=name_of(crs), note=note)


def to_map(outlines: Outlines, crs: CRS) -> Outlines:
    """Return the outlines in EPSG:4490, longitude first."""
    transformer = _to_map(crs)
    return outlines if transformer is None else outlines.moved(transformer.transform)


@cache
def between(source: CRS, target: CRS) -> Transformer:
    """Return the best way between two systems, longitude or easting first."""
    return Transformer.from_crs(source, target, always_xy=True)


def check_coordinates(drawn: Outlines, file_crs: FileCrs, findings: Findings) -> None:
    """Report shapes that cannot be in the CRS: beyond the globe, in another zone, or far from its area of use."""
    bounds = drawn.bounds()
    there = ~np.isnan(bounds).any(axis=1)
    if not there.any():
        return
    if file_crs.crs.is_geographic:
        beyond = there & ((np.abs(bounds[:, [0, 2]]) > 180).any(axis=1) | (np.abs(bounds[:, [1, 3]]) > 90).any(axis=1))
        hint = " Projected coordinates? Name their CRS with --crs." if np.nanmax(np.abs(bounds)) > 1000 else ""
        _report(findings, beyond, bounds, f"is no longitude and latitude in degrees.{hint}", "坐标超出经纬度范围")
        return
    zone = _zone_prefix(bounds)
    contradicting = there & (zone > 0) & (zone != _own_zone(file_crs.crs)) & _has_zones(file_crs.crs)
    for number in np.unique(zone[contradicting]):
        names = zone_names(int(number))
        _report(
            findings,
            contradicting & (zone == number),
            bounds,
            f"the easting carries zone number {number}{names}, which {file_crs.name} does not",
            f"东坐标带有带号{number}，与坐标系不符",
        )
    _check_area_of_use(findings, bounds, there & ~contradicting, file_crs)


def zone_names(zone: int) -> str:
    """Return which CGCS2000 zone an easting with this prefix belongs to: 3° 25-45, 6° 13-23."""
    if 25 <= zone <= 45:
        return f" (CGCS2000 3° zone {zone}: EPSG:{4488 + zone})"
    if 13 <= zone <= 23:
        return f" (CGCS2000 6° zone {zone}: EPSG:{4478 + zone})"
    return ""


def _check_area_of_use(findings: Findings, bounds: Any, where: Any, file_crs: FileCrs) -> None:
    area = file_crs.crs.area_of_use
    if area is None:
        return
    back = between(file_crs.crs, CRS.from_epsg(_WGS84))
    lon, lat = back.transform((bounds[:, 0] + bounds[:, 2]) / 2, (bounds[:, 1] + bounds[:, 3]) / 2)
    with np.errstate(invalid="ignore"):
        inside = (
            (lon >= area.west - _MARGIN_DEGREES)
            & (lon <= area.east + _MARGIN_DEGREES)
            & (lat >= area.south - _MARGIN_DEGREES)
            & (lat <= area.north + _MARGIN_DEGREES)
        )
    _report(
        findings,
        where & ~inside,
        bounds,
        f"lies outside the area where {file_crs.name} ({file_crs.crs.name}) is used "
        f"({area.west:g}-{area.east:g}° E, {area.south:g}-{area.north:g}° N)",
        "坐标不在该坐标系的适用范围内",
    )


def _report(findings: Findings, where: Any, bounds: Any, reason: str, zh: str) -> None:
    for record in np.flatnonzero(where):
        x, y = bounds[record][:2]
        findings.add(int(record), field="geometry", value=f"{x:.10g} {y:.10g}", reason=reason, zh=zh)


def _zone_prefix(bounds: Any) -> Any:
    """Return int(E/10⁶) where the easting is above 1 000 000, else 0."""
    easting = np.nan_to_num(bounds[:, 0])
    return np.where(easting > 1_000_000, (easting // 1_000_000), 0).astype(int)


def _has_zones(crs: CRS) -> bool:
    """Say whether eastings of this CRS can carry a zone number: Gauss-Krüger ones can, Web Mercator ones cannot."""
    operation = crs.coordinate_operation
    return operation is None or "Transverse Mercator" in operation.method_name


def _own_zone(crs: CRS) -> int:
    """Return the zone number that eastings of this CRS carry: its false easting is zone · 10⁶ + 500 000."""
    operation = crs.coordinate_operation
    east = [float(p.value) for p in operation.params if p.name == "False easting"] if operation else []
    if not _is_chinese(crs):
        return -1
    return int(east[0] // 1_000_000) if east else 0


def _is_chinese(crs: CRS) -> bool:
    return _datum(crs) == "China 2000"


def _datum(crs: CRS) -> str:
    geodetic = crs.geodetic_crs
    return geodetic.datum.name if geodetic is not None and geodetic.datum is not None else ""


def _refuse_ballpark(crs: CRS) -> None:
    geodetic = crs.geodetic_crs
    if crs.is_bound or geodetic is None or geodetic.equals(CRS.from_epsg(_WGS84), ignore_axis_order=True):
        return
    ways = TransformerGroup(geodetic, _WGS84, always_xy=True)
    if all("ballpark" in way.description.lower() for way in ways.transformers):
        raise InvalidInputError(
            f"{name_of(crs)} ({crs.name}): no shift from its datum to WGS 84 is known. Convert the coordinates first."
        )


@cache
def _to_map(crs: CRS) -> Transformer | None:
    """Return the way to EPSG:4490; None when longitude and latitude are kept as they are.

    Other datums go to WGS 84, which is then taken for CGCS2000: PROJ's direct way would skip their datum shift.
    """
    target = CRS.from_epsg(MAP_EPSG if _is_chinese(crs) else _WGS84)
    if crs.is_geographic and crs.equals(target, ignore_axis_order=True):
        return None
    return between(crs, target)
