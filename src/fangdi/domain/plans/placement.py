"""Where a plan lies on the map: a similarity from plan metres to the metres of a projected CRS, and how good it is."""

import math
from dataclasses import dataclass, field
from typing import TypeAlias

from shapely import affinity
from shapely.geometry.base import BaseGeometry

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Georeference
from fangdi.errors import InvalidInputError

LonLat: TypeAlias = tuple[float, float]
"""Degrees in EPSG:4490, longitude first."""

BY_CONTROL_POINTS = "control points"
BY_FOOTPRINT = "footprint"


@dataclass(frozen=True, slots=True)
class PlacingLimits:
    """From where on a fit is doubted."""

    residual_m: float = 0.5
    """Half a metre at one control point: worse than any footprint is drawn."""
    scale: float = 0.005
    """How far the scale may be off 1: a wrong unit or a plan printed and scanned is off by more."""
    score: float = 0.85
    """Least overlap (intersection over union) of a floor with the footprint that it is to match."""
    far_m: float = 1000.0
    """How far from its building a plan may lie. Compounds are hundreds of metres wide; a wrong zone, swapped axes or
    coordinates of the drawing's own move it by many kilometres."""
    alike: float = 0.02
    """Rotations whose scores differ by less cannot be told apart."""


LIMITS = PlacingLimits()


EARTH_M = 6_371_008.8
"""Mean radius of the Earth (IUGG), m."""


@dataclass(frozen=True, slots=True)
class Residual:
    """How far from its place on the map a control point lands, m: placed minus given."""

    name: str
    east_m: float
    north_m: float

    @property
    def distance_m(self) -> float:
        """How far, whichever way."""
        return math.hypot(self.east_m, self.north_m)


@dataclass(frozen=True, slots=True)
class Placement:
    """Where a plan lies: x' = (a + p)·x + (q − b)·y + east, y' = (b + q)·x + (a − p)·y + north, in metres.

    `a` and `b` are scale × cosine and scale × sine of the rotation; `p` and `q` are what an affine fit stretches and
    shears besides, 0 in all others.
    """

    a: float
    b: float
    east: float
    north: float
    source: str = BY_CONTROL_POINTS
    p: float = 0.0
    q: float = 0.0
    residuals: tuple[Residual, ...] = ()
    findings: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def scale(self) -> float:
        """Metres on the map for a metre on the plan."""
        return math.hypot(self.a, self.b)

    @property
    def rotation_degrees(self) -> float:
        """Rotation from plan to map, counter-clockwise, between −180 and 180."""
        return math.degrees(math.atan2(self.b, self.a))

    @property
    def far(self) -> bool:
        """Whether it lies too far from its building to be true."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def doubtful(self) -> bool:
        """Whether it is beyond a limit, so that somebody has to agree to it."""
        return bool(self.findings)

    @property
    def rms_m(self) -> float:
        """Root mean square of the residuals over the points, m; 0 without points."""
        squares = [residual.distance_m**2 for residual in self.residuals]
        return math.sqrt(math.fsum(squares) / len(squares)) if squares else 0.0

    def apply(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape of the plan in metres of the map."""
        a, b, p, q = self.a, self.b, self.p, self.q
        return affinity.affine_transform(shape, [a + p, q - b, b + q, a - p, self.east, self.north])

    def inverse(self, shape: BaseGeometry) -> BaseGeometry:
        """Return a shape of the map in metres of the plan, as a footprint to check floors against."""
        a, b, p, q = self.a, self.b, self.p, self.q
        size = a * a + b * b - p * p - q * q
        to_plan = [(a - p) / size, (b - q) / size, -(b + q) / size, (a + p) / size]
        moved = affinity.translate(shape, -self.east, -self.north)
        return affinity.affine_transform(moved, [*to_plan, 0.0, 0.0])

    def as_georeference(self, crs: str) -> Georeference:
        """Return it as a plan keeps it; an affine one cannot be kept, as it would bend the plan."""
        if self.p or self.q:
            raise InvalidInputError(
                "仿射变换会使图形变形,只供查看;请用相似变换定位。 "
                "An affine fit bends the plan and is for looking only; place it by a similarity."
            )
        return Georeference(crs, self.a, self.b, self.east, self.north, self.source)


def apart_m(one: LonLat, other: LonLat) -> float:
    """Return how far two places on the map are apart on a sphere, m; half way round where one of them is nowhere.

    Haversine, 0.5 % off the ellipsoid at most: enough to tell metres from kilometres.
    """
    if not all(map(math.isfinite, (*one, *other))):
        return math.pi * EARTH_M
    (lon, lat), (to_lon, to_lat) = ((math.radians(degrees) for degrees in place) for place in (one, other))
    across = math.sin((to_lat - lat) / 2) ** 2 + math.cos(lat) * math.cos(to_lat) * math.sin((to_lon - lon) / 2) ** 2
    return 2 * EARTH_M * math.asin(math.sqrt(min(across, 1.0)))


def distance_doubts(away_m: float, *, limits: PlacingLimits = LIMITS) -> tuple[Finding, ...]:
    """Return what to say of a plan that lies so far from its building, m."""
    if away_m <= limits.far_m:
        return ()
    values = {"away_km": f"{away_m / 1000:.1f}", "limit_km": f"{limits.far_m / 1000:g}"}
    return (Finding(FindingCode.PLACED_FAR, Severity.ERROR, values),)
