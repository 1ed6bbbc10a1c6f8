"""Plan frames (平面坐标系): putting drawn shapes into metres in which their areas are measured.

A building whose plans come in degrees gets a transverse Mercator projection of its own, centred on it: on the central
meridian the scale is 1, and 1 km away from it still below 1 + 1.3e-8, so that areas are those on the ellipsoid.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np
import shapely
from pyproj import CRS

from fangdi.service.loading_outlines import Outlines, Shapes
from fangdi_gis_data import crs as crs_of_files

_A = 6378137.0
_F = 1 / 298.257222101  # GRS 1980, the ellipsoid of CGCS2000
_N = _F / (2 - _F)
_E = np.sqrt(_F * (2 - _F))
# Karney, "Transverse Mercator with an accuracy of a few nanometers" (2011), eqs. 14 and 35, to n⁵
_RECTIFYING = _A / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_ALPHA = (
    _N / 2 - 2 / 3 * _N**2 + 5 / 16 * _N**3 + 41 / 180 * _N**4 - 127 / 288 * _N**5,
    13 / 48 * _N**2 - 3 / 5 * _N**3 + 557 / 1440 * _N**4 + 281 / 630 * _N**5,
    61 / 240 * _N**3 - 103 / 140 * _N**4 + 15061 / 26880 * _N**5,
    49561 / 161280 * _N**4 - 179 / 168 * _N**5,
    34729 / 80640 * _N**5,
)
_LOCAL = re.compile(r"\+proj=tmerc \+lat_0=(-?[\d.]+) \+lon_0=(-?[\d.]+) \+k=1 \+x_0=0 \+y_0=0 \+ellps=GRS80 .*")

Array = np.ndarray[Any, np.dtype[np.float64]]


def local_frame(longitude: float, latitude: float) -> str:
    """Return the PROJ string of a transverse Mercator projection centred here, to a millionth of a degree."""
    return f"+proj=tmerc +lat_0={latitude:.6f} +lon_0={longitude:.6f} +k=1 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +no_defs"


def transverse_mercator(lon: Array, lat: Array, *, centres: Array, which: Any) -> tuple[Array, Array]:
    """Project degrees to metres east and north of `centres[which]` (longitude, latitude); good to nanometres."""
    xi, eta = _series(*_conformal_sphere(np.radians(lat), np.radians(lon - centres[which, 0])))
    origin, _ = _series(*_conformal_sphere(np.radians(centres[:, 1]), np.zeros(len(centres))))
    return _RECTIFYING * eta, _RECTIFYING * (xi - origin[which])


def _conformal_sphere(phi: Array, lam: Array) -> tuple[Array, Array]:
    """Return the transverse Mercator coordinates on the conformal sphere (Karney, eqs. 7 to 10)."""
    sin_phi = np.sin(phi)
    t = np.sinh(np.arctanh(sin_phi) - _E * np.arctanh(_E * sin_phi))
    cos_lam = np.cos(lam)
    return np.arctan2(t, cos_lam), np.arcsinh(np.sin(lam) / np.hypot(t, cos_lam))


def _series(xi: Array, eta: Array) -> tuple[Array, Array]:
    """Add Σ αⱼ sin 2j(ξ + iη), by Clenshaw's recurrence on real and imaginary part."""
    sin, cos, sinh, cosh = np.sin(2 * xi), np.cos(2 * xi), np.sinh(2 * eta), np.cosh(2 * eta)
    twice_re, twice_im = 2 * cos * cosh, -2 * sin * sinh
    later_re, later_im = np.zeros_like(xi), np.zeros_like(xi)
    now_re, now_im = np.full_like(xi, _ALPHA[-1]), np.zeros_like(xi)
    for alpha in reversed(_ALPHA[:-1]):
        now_re, now_im, later_re, later_im = (
            alpha + twice_re * now_re - twice_im * now_im - later_re,
            twice_re * now_im + twice_im * now_re - later_im,
            now_re,
            now_im,
        )
    sine_re, sine_im = sin * cosh, cos * sinh
    return xi + now_re * sine_re - now_im * sine_im, eta + now_re * sine_im + now_im * sine_re


@dataclass(frozen=True)
class Plans:
    """Makes plan outlines for rooms and floors (implements the service's PlanMaker)."""

    def default_frame(self, *, crs: str, longitude: float, latitude: float) -> str:
        """Return the file's own frame if its metres are metres, else one centred on the building."""
        return self.own_frame(crs) or local_frame(longitude, latitude)

    def own_frame(self, crs: str) -> str | None:
        """Return the frame that a file's CRS itself is, or None."""
        return crs if crs_of_files.is_metric(crs_of_files.parse(crs)) else None

    def place(self, drawn: Outlines, *, crs: str, frames: Sequence[str], which: np.ndarray[Any, Any]) -> Outlines:
        """Return the outlines in metres, outline i in `frames[which[i]]`."""
        source = crs_of_files.parse(crs)
        centres = _centres(tuple(frames))
        used = np.unique(which)
        if not np.isnan(centres[used, 0]).any():
            return _project(crs_of_files.to_map(drawn, source), centres, which)
        if len(used) == 1:
            return _moved(drawn, source, crs_of_files.parse(str(frames[used[0]])))
        placed = np.full(len(drawn), None, dtype=object)
        for number in used:
            here = np.flatnonzero(which == number)
            part = self.place(drawn.take(here), crs=crs, frames=frames, which=which[here])
            placed[here] = part.shapes()
        return Outlines.of(placed)

    def on_tiles(self, outline: Outlines) -> Outlines:
        """Return outlines in EPSG:4490 as tiles have them, in EPSG:3857."""
        return outline.moved(_between(CRS.from_epsg(crs_of_files.MAP_EPSG), CRS.from_epsg(3857)).transform)


def _moved(drawn: Outlines, source: CRS, target: CRS) -> Outlines:
    if target.equals(source, ignore_axis_order=True):
        return drawn
    return drawn.moved(_between(source, target).transform)


def _project(degrees: Outlines, centres: Array, which: np.ndarray[Any, Any]) -> Outlines:
    blocks = []
    for block in degrees.rings:
        frame = np.repeat(which[block.at], block.corners.shape[1] - 1)
        blocks.append(block.moved(partial(transverse_mercator, centres=centres, which=frame)))
    return Outlines(tuple(blocks), _project_shapes(degrees.others, centres, which))


def _project_shapes(degrees: Shapes, centres: Array, which: np.ndarray[Any, Any]) -> Shapes:
    coordinates, owner = shapely.get_coordinates(degrees, return_index=True)
    x, y = transverse_mercator(coordinates[:, 0], coordinates[:, 1], centres=centres, which=which[owner])
    return np.asarray(shapely.set_coordinates(degrees.copy(), np.column_stack([x, y])))


@cache
def _centres(frames: tuple[str, ...]) -> Array:
    """Return longitude and latitude of the centre of each local frame, NaN for the others."""
    return np.array([_centre(frame) for frame in frames]).reshape(-1, 2)


def _centre(frame: str) -> tuple[float, float]:
    found = _LOCAL.fullmatch(frame)
    return (float(found[2]), float(found[1])) if found else (np.nan, np.nan)


@cache
def _between(source: CRS, target: CRS) -> Any:
    return crs_of_files.between(source, target)
