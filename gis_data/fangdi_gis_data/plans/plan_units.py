"""Which unit a drawing is in: what its header says, against what its rooms, doors, texts and dimensions look like."""

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fangdi.domain.plans.model import Units
from fangdi.errors import InvalidInputError

METRES: Mapping[str, float] = MappingProxyType({"mm": 0.001, "m": 1.0, "cm": 0.01, "in": 0.0254, "ft": 0.3048})
"""Units a drawing is likely in, the likeliest first."""
_OTHERS = {"dm": 0.1, "yd": 0.9144, "mi": 1609.344, "km": 1000.0, "um": 1e-6, "mil": 2.54e-5, "dam": 10.0, "hm": 100.0}
_BY_CODE = {
    1: "in", 2: "ft", 3: "mi", 4: "mm", 5: "cm", 6: "m", 7: "km", 9: "mil", 10: "yd", 13: "um", 14: "dm", 15: "dam",
    16: "hm", 21: "ft",
}  # fmt: skip
"""$INSUNITS (DXF reference, header variables); 21, the US survey foot, differs from the foot by two millionths."""

# What buildings look like: ranges within which nothing speaks against a unit, and how much each counts.
_ROOM_M2 = (4.0, 150.0)
_DOOR_M = (0.55, 1.35)
_LETTER_M = (0.08, 0.9)
_WIDTH_M = (4.0, 600.0)
_DOUBT = math.log(1.6)
"""How much better another unit must fit: sizes off by 1.6 at least."""
_AGREE = 0.08
"""How far a stated length or size may be off what it is written on."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sizes in drawing units, and what the drawing itself says of lengths."""

    width: float
    areas: Sequence[float] = ()
    doors: Sequence[float] = ()
    letters: Sequence[float] = ()
    proofs: Sequence[float] = ()
    """Metres that one unit must be by a text beside a measured length or area."""
    feet_inches: bool = False
    """Whether its dimensions are written in feet and inches."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The unit that counts; `likely` is the one to look for rooms with, `plausible` the one that fits best."""

    units: Units
    likely: str
    plausible: str
    doubtful: bool = False
    missing: bool = False
    feet_meant_inches: bool = False
    """A person said feet of a drawing in inches that is dimensioned in feet and inches."""
    feet_are_inches: bool = False
    """Whether that would be so if a person said feet."""


def header_unit(code: object) -> str | None:
    """Return the unit that $INSUNITS names, None where it says unitless or nothing."""
    return _BY_CODE.get(code) if isinstance(code, int) else None


def metres_of(unit: str) -> float:
    """Return how many metres a unit is. Raises InvalidInputError for one that is not known."""
    found = METRES.get(unit) or _OTHERS.get(unit)
    if not found:
        raise InvalidInputError(f"The unit {unit} is not known; choose one of {', '.join(METRES)}.")
    return found


def judge(evidence: Evidence, *, header: str | None, person: str | None) -> Judged:
    """Return the unit of a drawing: a person's word counts, then the header's, then what the content suggests."""
    fits = {unit: _misfit(evidence, metres) for unit, metres in METRES.items()}
    proven = _proven(evidence)
    plausible = proven or min(fits, key=lambda unit: (fits[unit], unit != header))
    said = person or header
    inches = plausible == "in" and evidence.feet_inches
    if said is None:
        units = Units(plausible, METRES[plausible], "content")
        return Judged(units, plausible, plausible, missing=True, feet_are_inches=inches)
    if person == "ft" and inches:
        return Judged(Units("in", METRES["in"], "person"), "in", "in", feet_meant_inches=True)
    metres = metres_of(said)
    if proven:
        doubtful = abs(math.log(metres / METRES[proven])) > _AGREE
    else:
        doubtful = _misfit(evidence, metres) - fits[plausible] > _DOUBT
    units = Units(said, metres, "person" if person else "header")
    return Judged(units, plausible if doubtful else said, plausible, doubtful=doubtful, feet_are_inches=inches)


def _proven(evidence: Evidence) -> str | None:
    """Return the unit that at least two stated sizes, and most of them, agree on."""
    votes = {unit: sum(_near(proof, metres) for proof in evidence.proofs) for unit, metres in METRES.items()}
    best = max(votes, key=lambda unit: votes[unit])
    return best if votes[best] >= max(2, 0.6 * len(evidence.proofs)) else None


def _near(proof: float, metres: float) -> bool:
    return proof > 0 and abs(math.log(proof / metres)) < _AGREE


def _misfit(evidence: Evidence, metres: float) -> float:
    """Return how far sizes are outside what is plausible, in logarithms of length."""
    total = _off(evidence.width * metres, _WIDTH_M)
    if evidence.areas:
        total += _off(statistics.median(evidence.areas) * metres**2, _ROOM_M2) / 2
    if evidence.doors:
        total += 2 * _off(statistics.median(evidence.doors) * metres, _DOOR_M)
    if evidence.letters:
        total += _off(statistics.median(evidence.letters) * metres, _LETTER_M) / 2
    return total


def _off(size: float, within: tuple[float, float]) -> float:
    least, most = within
    if not 0 < size < math.inf:
        return 0.0
    return max(math.log(least / size), math.log(size / most), 0.0)


def median(values: Iterable[float]) -> float:
    """Return the median, 0 of none."""
    found = list(values)
    return statistics.median(found) if found else 0.0
