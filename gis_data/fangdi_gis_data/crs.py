"""Coordinate reference systems of files: which one, and the way to EPSG:4490.

Longitude or easting always comes first, whatever order the EPSG register gives the axes.
"""

from dataclasses import dataclass
from functools import cache

from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from pyproj.transformer import TransformerGroup

from fangdi.errors import InvalidInputError
from fangdi.service.loading_outlines import Outlines

MAP_EPSG = 4490
_WGS84 = 4326
_WEB_MERCATOR_METHODS = {"Popular Visualisation Pseudo Mercator", "Mercator (1SP) (Spherical)"}

_ADVICE = "Give the CRS with --crs, e.g. --crs EPSG:4549."
_DISPLAY_ONLY = ("gcj", "bd-09", "bd09", "火星", "百度", "mars")
_LOCAL_DATUMS = ("Xian 1980", "Beijing 1954", "New Beijing")


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
    return crs if len(crs.axis_info) == 2 else crs.to_2d()  # to_2d forgets which EPSG code it is


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


def is_chinese(crs: CRS) -> bool:
    """Whether the CRS stands on CGCS2000."""
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
    target = CRS.from_epsg(MAP_EPSG if is_chinese(crs) else _WGS84)
    if crs.is_geographic and crs.equals(target, ignore_axis_order=True):
        return None
    return between(crs, target)
