"""Placing a plan by laying the outline of a floor on the footprint (建筑轮廓) of its building."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import MultiPolygon, Polygon

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.placement import BY_FOOTPRINT, LIMITS, Placement, PlacingLimits
from fangdi.domain.plans.shapes import cleaned, undisturbed
from fangdi.errors import InvalidInputError

Ground: TypeAlias = Polygon | MultiPolygon

DIRECTIONS = 3
"""Wall directions tried of each shape, by length of wall: two wings and a slanted one."""
SAME_DIRECTION = 1.0
"""Degrees within which walls run the same way, and turns are the same."""
OTHER_TURN = 5.0
"""Degrees from which a turn is another way to lie, and no refinement of this one."""
DETAIL_M = 0.02
"""Detail below this is left out while trying: it costs time and moves nothing."""
FIRST_STEPS = (1.0, 0.5)
"""Turn (degrees) and shift (m) that refining begins with, halved until they are below `LAST_STEP`."""
LAST_STEP = 0.0005
MOST_ROUNDS = 60
REFINED = 4
"""Candidates that are refined: the four quarters of a rectangle."""


@dataclass(frozen=True, slots=True)
class FootprintMatch:
    """The best place found, how well it fits (intersection over union, 1 is all), and others that fit as well.

    `ambiguous` says that a person has to choose: a rectangle fits turned by half a turn, a square by a quarter.
    """

    placement: Placement
    score: float
    others: tuple[tuple[Placement, float], ...] = ()

    @property
    def ambiguous(self) -> bool:
        """Whether another rotation fits alike."""
        return bool(self.others)


@undisturbed
def match_footprint(outline: Ground, footprint: Ground, *, limits: PlacingLimits = LIMITS) -> FootprintMatch:
    """Return how the outline of a floor (plan metres) lies best on a footprint (metres of a projected CRS).

    Rotated and shifted, never mirrored or scaled. Maximise IoU(R(θ)·outline + t, footprint) over θ and t: θ starts
    where walls of both run the same way, t where both have their centre, and both are refined by shrinking steps.
    Raises InvalidInputError for shapes without area.
    """
    local, target = _local(outline), _local(footprint)
    tried = sorted(
        (_Trial.at(local.shape, target.shape, turn) for turn in _turns(local.shape, target.shape)), key=_rank
    )
    refined = sorted((trial.refined(local.shape, target.shape) for trial in _distinct(tried)[:REFINED]), key=_rank)
    best, *others = _distinct(refined)
    alike = [trial for trial in others if trial.score >= best.score - limits.alike]
    return FootprintMatch(
        _placement(best, local, target, limits=limits),
        best.score,
        tuple((_placement(trial, local, target, limits=limits), trial.score) for trial in alike),
    )


@dataclass(frozen=True, slots=True)
class _Local:
    """A shape around its own centre, and where that is."""

    shape: Ground
    x: float
    y: float


def _local(shape: Ground) -> _Local:
    valid = shape if shape.is_valid else cleaned(shape)
    if not valid.area > 0:
        raise InvalidInputError(
            "楼层与楼座须先有带面积的轮廓。 "
            "Floor and building need an outline with an area before one is laid on the other."
        )
    centre = valid.centroid
    return _Local(affinity.translate(valid.simplify(DETAIL_M), -centre.x, -centre.y), centre.x, centre.y)


@dataclass(frozen=True, slots=True)
class _Trial:
    """One way to lie: a turn in degrees, a shift in metres, and how well it fits."""

    turn: float
    east: float
    north: float
    score: float

    @classmethod
    def at(
        cls,
        shape: Ground,
        target: Ground,
        turn: float,
        shift: tuple[float, float] = (0, 0),
    ) -> "_Trial":
        cosine, sine = math.cos(math.radians(turn)), math.sin(math.radians(turn))
        moved = affinity.affine_transform(shape, [cosine, -sine, sine, cosine, *shift])
        both = shapely.intersection(moved, target).area
        return cls(turn, *shift, both / (shape.area + target.area - both))

    def refined(self, shape: Ground, target: Ground) -> "_Trial":
        """Return the best trial near this one: go on while a step helps, halve the steps when none does."""
        best, (turn, shift) = self, FIRST_STEPS
        for _ in range(MOST_ROUNDS):
            if shift < LAST_STEP:
                break
            steps = [(turn, 0, 0), (-turn, 0, 0), (0, shift, 0), (0, -shift, 0), (0, 0, shift), (0, 0, -shift)]
            around = [
                _Trial.at(shape, target, best.turn + by, (best.east + east, best.north + north))
                for by, east, north in steps
            ]
            better = max(around, key=lambda trial: trial.score)
            if better.score > best.score:
                best = better
            else:
                turn, shift = turn / 2, shift / 2
        return best


def _rank(trial: _Trial) -> tuple[float, float]:
    """Best score first; of equal ones the least turn, so that the answer does not hang on the last bits."""
    return -round(trial.score, 9), abs(_half_turn(trial.turn))


def _half_turn(degrees: float) -> float:
    """Return an angle between −180 and 180."""
    return (degrees + 180) % 360 - 180


def _distinct(trials: Iterable[_Trial]) -> list[_Trial]:
    """Return trials without those that repeat the turn of an earlier one."""
    kept: list[_Trial] = []
    for trial in trials:
        if all(abs(_half_turn(trial.turn - other.turn)) >= OTHER_TURN for other in kept):
            kept.append(trial)
    return kept


def _turns(shape: Ground, target: Ground) -> list[float]:
    """Return turns that let walls of both run the same way, each with its half and quarter turns."""
    turns = {
        round((theirs - ours + quarter) % 360, 6)
        for ours in _directions(shape)
        for theirs in _directions(target)
        for quarter in (0, 90, 180, 270)
    }
    return sorted(turns)


def _directions(shape: Ground) -> list[float]:
    """Return the main directions of walls in degrees, modulo a quarter turn, by length of wall."""
    weights: dict[float, float] = {}
    for ring in [*shapely.get_rings(shape), *shapely.get_rings(shapely.oriented_envelope(shape))]:
        sides = np.diff(shapely.get_coordinates(ring), axis=0)
        angles = np.degrees(np.arctan2(sides[:, 1], sides[:, 0])) % 90
        for angle, length in zip(angles, np.hypot(*sides.T), strict=True):
            near = next((known for known in weights if abs((angle - known + 45) % 90 - 45) < SAME_DIRECTION), None)
            key = float(angle) if near is None else near
            weights[key] = weights.get(key, 0.0) + float(length)
    return sorted(weights, key=lambda angle: (-weights[angle], angle))[:DIRECTIONS]


def _placement(trial: _Trial, local: _Local, target: _Local, *, limits: PlacingLimits) -> Placement:
    a, b = math.cos(math.radians(trial.turn)), math.sin(math.radians(trial.turn))
    east = target.x + trial.east - (a * local.x - b * local.y)
    north = target.y + trial.north - (b * local.x + a * local.y)
    findings: tuple[Finding, ...] = ()
    if trial.score < limits.score:
        findings = (Finding(FindingCode.FOOTPRINT_MISMATCH, Severity.WARNING, {"score": trial.score}),)
    return Placement(a, b, east, north, BY_FOOTPRINT, findings=findings)
