"""Placing a plan on the map by control points (控制点): plan metres to the metres of a projected CRS, residuals shown.

Areas never come from the map: the plan's own frame stays the frame of measurement, whatever scale a fit finds.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.footprints import FootprintMatch, match_footprint
from fangdi.domain.plans.placement import LIMITS, Placement, PlacingLimits, Residual
from fangdi.domain.plans.shapes import Numbers
from fangdi.errors import InvalidInputError

__all__ = [
    "LIMITS",
    "ControlPoint",
    "FootprintMatch",
    "Placement",
    "PlacingLimits",
    "Residual",
    "fit_affine",
    "fit_fixed_scale",
    "fit_helmert",
    "match_footprint",
]

APART_M = 0.001
"""Control points nearer to each other are one point taken twice: nobody marks a corner to the millimetre."""
FLAT = 1e-6
"""An affine fit needs points off one line: their spread across must be this share of that along, at least."""

Position = tuple[float, float]


@dataclass(frozen=True, slots=True)
class ControlPoint:
    """One place on the plan, m, and on the map, m east and north in a projected CRS."""

    name: str
    plan_xy: Position
    map_xy: Position


def fit_helmert(pairs: Sequence[ControlPoint], *, limits: PlacingLimits = LIMITS) -> Placement:
    """Return the similarity (Helmert) that places the points best: least squares of the residuals on the map.

    With two pairs it fits exactly, so that only the scale can tell of a mistake; from three on residuals do.
    Raises InvalidInputError for fewer than two pairs, for points that coincide, and for numbers that are none.
    """
    plan, target = _centred(pairs, least=2)
    spread = float((plan.local**2).sum())
    a = float((plan.local * target.local).sum()) / spread
    b = float((plan.local[:, 0] * target.local[:, 1] - plan.local[:, 1] * target.local[:, 0]).sum()) / spread
    return _judged(_around(plan, target, (a, b, 0.0, 0.0)), pairs, limits=limits)


def fit_fixed_scale(pairs: Sequence[ControlPoint], *, limits: PlacingLimits = LIMITS) -> Placement:
    """Return the rotation and shift, scale 1, that place the points best; a wrong scale then shows in the residuals."""
    free = fit_helmert(pairs, limits=limits)
    plan, target = _centred(pairs, least=2)
    rigid = _around(plan, target, (free.a / free.scale, free.b / free.scale, 0.0, 0.0))
    return _judged(rigid, pairs, limits=limits)


def fit_affine(pairs: Sequence[ControlPoint], *, limits: PlacingLimits = LIMITS) -> Placement:
    """Return the affine map that places the points best, for a print that shrank unevenly; only where it is asked for.

    Needs three pairs that are not on one line; raises InvalidInputError otherwise.
    """
    plan, target = _centred(pairs, least=3)
    along = np.linalg.svd(plan.local, compute_uv=False)
    if along[1] <= FLAT * along[0]:
        raise InvalidInputError(
            "控制点在一条直线上,请在线外再加一个。 The control points lie on one line; add one away from it."
        )
    (m11, m21), (m12, m22) = np.linalg.lstsq(plan.local, target.local, rcond=None)[0].tolist()
    a, b, p, q = (m11 + m22) / 2, (m21 - m12) / 2, (m11 - m22) / 2, (m12 + m21) / 2
    return _judged(_around(plan, target, (a, b, p, q)), pairs, limits=limits)


@dataclass(frozen=True, slots=True)
class _Cloud:
    """Points by their centre and what they are away from it; large map coordinates lose no digits so."""

    centre: Numbers
    local: Numbers


def _centred(pairs: Sequence[ControlPoint], *, least: int) -> tuple[_Cloud, _Cloud]:
    """Check the pairs and return their places on the plan and on the map."""
    if len(pairs) < least:
        raise InvalidInputError(f"{len(pairs)} control points are too few; give {least} or more, far apart.")
    sides: tuple[tuple[str, Callable[[ControlPoint], Position]], ...] = (
        ("plan", lambda pair: pair.plan_xy),
        ("map", lambda pair: pair.map_xy),
    )
    clouds = []
    for where, of in sides:
        places = np.array([of(pair) for pair in pairs], dtype=float)
        if not np.isfinite(places).all():
            raise InvalidInputError(f"A control point has no coordinates on the {where}; set it again.")
        for one, other in combinations(pairs, 2):
            if math.dist(of(one), of(other)) < APART_M:
                raise InvalidInputError(
                    f"Control points {one.name} and {other.name} are the same place on the {where}; move one of them."
                )
        centre = places.mean(axis=0)
        clouds.append(_Cloud(centre, places - centre))
    return clouds[0], clouds[1]


def _around(plan: _Cloud, target: _Cloud, factors: tuple[float, float, float, float]) -> Placement:
    """Return the placement that takes the centre of the points on the plan to that on the map."""
    a, b, p, q = factors
    if math.hypot(a, b) == 0:
        raise InvalidInputError(
            "控制点完全不相符,请检查每一对是否为同一位置。 "
            "The control points do not match at all; check that each is the same place on both."
        )
    (x, y), (east, north) = plan.centre.tolist(), target.centre.tolist()
    return Placement(a, b, east - ((a + p) * x + (q - b) * y), north - ((b + q) * x + (a - p) * y), p=p, q=q)


def _judged(placed: Placement, pairs: Sequence[ControlPoint], *, limits: PlacingLimits) -> Placement:
    """Return the placement with the residual of each point, and what is doubtful about it."""
    a, b, p, q = placed.a, placed.b, placed.p, placed.q
    residuals = []
    for pair in pairs:
        x, y = pair.plan_xy
        east = (a + p) * x + (q - b) * y + (placed.east - pair.map_xy[0])
        north = (b + q) * x + (a - p) * y + (placed.north - pair.map_xy[1])
        residuals.append(Residual(pair.name, east, north))
    return replace(placed, residuals=tuple(residuals), findings=_doubts(placed.scale, residuals, limits=limits))


def _doubts(scale: float, residuals: Sequence[Residual], *, limits: PlacingLimits) -> tuple[Finding, ...]:
    found = [
        Finding(
            FindingCode.RESIDUAL_TOO_LARGE,
            Severity.WARNING,
            {"name": residual.name, "residual_m": residual.distance_m, "limit_m": limits.residual_m},
        )
        for residual in residuals
        if residual.distance_m > limits.residual_m
    ]
    if abs(scale - 1) > limits.scale:
        # as words: two decimals would hide what is wrong
        values = {"scale": f"{scale:.4f}", "limit": f"{limits.scale:.1%}"}
        found.append(Finding(FindingCode.SCALE_OFF, Severity.WARNING, values))
    return tuple(found)
