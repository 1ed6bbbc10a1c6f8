"""Approved area (核定面积): what an agency is entitled to by its authorised posts, step by step with figures and norms.

发改投资〔2014〕2674号: S = [A + B + (A + B) × 9 %] / K + C, with A the usable area of offices by rank, B that of
service rooms by authorised posts, 9 % for equipment rooms, K the share of usable in gross area, and C ancillary rooms.
Usable and gross areas in m², never mixed. Staff present play no part.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fangdi.domain.norms.book import Binding, NormBook
from fangdi.domain.norms.kinds import NormKind, Verification
from fangdi.domain.norms.model import Norm, least_sure
from fangdi.domain.vocabulary import AdministrativeLevel


class Step(StrEnum):
    """A line of the calculation."""

    OFFICE_OF_RANK = "office_of_rank"  # posts of a rank × ceiling
    OFFICES = "offices"  # A, their sum
    SERVICE = "service"  # B = x × rate(x)
    EQUIPMENT = "equipment"  # (A + B) × 9 %
    BASIC = "basic"  # A + B + equipment: 基本办公用房使用面积, the approved usable area
    GROSS_MULTI_STOREY = "gross_multi_storey"  # basic / K
    GROSS_HIGH_RISE = "gross_high_rise"
    CANTEEN = "canteen"  # part of C
    TOTAL_MULTI_STOREY = "total_multi_storey"  # S without parking and guard rooms, whose numbers are not kept
    TOTAL_HIGH_RISE = "total_high_rise"


GROSS = frozenset(
    {
        Step.GROSS_MULTI_STOREY,
        Step.GROSS_HIGH_RISE,
        Step.CANTEEN,
        Step.TOTAL_MULTI_STOREY,
        Step.TOTAL_HIGH_RISE,
    }
)
"""Steps whose result is gross area; the others give usable area."""


@dataclass(frozen=True, slots=True)
class Posts:
    """Authorised posts (编制) of a rank, persons."""

    rank: str
    posts: int


@dataclass(frozen=True, slots=True)
class Line:
    """One step: its result in m² and the figures that it was computed from.

    `area_m2` is None where a figure is missing; `missing` then names the kind that nobody has laid down.
    """

    step: Step
    area_m2: float | None
    inputs: Mapping[str, float]
    norms: tuple[Norm, ...] = ()
    overruled: tuple[Norm, ...] = ()
    rank: str | None = None
    missing: NormKind | None = None


@dataclass(frozen=True, slots=True)
class ApprovedArea:
    """The whole calculation for an agency; areas are None where a norm or all posts are missing."""

    posts: int
    lines: tuple[Line, ...]

    def area_m2(self, step: Step) -> float | None:
        """Return the result of a step that stands once."""
        return next((line.area_m2 for line in self.lines if line.step is step), None)

    @property
    def basic_m2(self) -> float | None:
        """Approved usable area of basic office premises (基本办公用房使用面积), m²."""
        return self.area_m2(Step.BASIC)

    @property
    def verification(self) -> Verification:
        """How sure the usable area is: as the least sure of its figures."""
        return least_sure([norm for line in self.lines if line.step not in GROSS for norm in line.norms])


def approve(posts: Sequence[Posts], book: NormBook, *, level: AdministrativeLevel, path: Sequence[str]) -> ApprovedArea:
    """Compute what an agency of a level, in the jurisdiction that `path` leads to, is entitled to by its posts."""
    number = sum(one.posts for one in posts)
    if number == 0:
        return ApprovedArea(0, ())

    def find(kind: NormKind, rank: str | None = None) -> Binding | None:
        return book.find(kind, path=path, level=level, rank=rank)

    by_rank = [_of_rank(one, find(NormKind.OFFICE_CEILING, one.rank)) for one in posts]
    offices = _sum(Step.OFFICES, by_rank)
    service = _service(number, find(NormKind.SERVICE_RATE))
    equipment = _equipment(offices.area_m2, service.area_m2, find(NormKind.EQUIPMENT_RATIO))
    basic = _sum(Step.BASIC, [offices, service, equipment])
    canteen = _canteen(number, find(NormKind.CANTEEN))
    low = _gross(Step.GROSS_MULTI_STOREY, basic.area_m2, find(NormKind.EFFICIENCY_MULTI_STOREY))
    high = _gross(Step.GROSS_HIGH_RISE, basic.area_m2, find(NormKind.EFFICIENCY_HIGH_RISE))
    totals = [_sum(Step.TOTAL_MULTI_STOREY, [low, canteen]), _sum(Step.TOTAL_HIGH_RISE, [high, canteen])]
    return ApprovedArea(number, (*by_rank, offices, service, equipment, basic, low, high, canteen, *totals))


def _of_rank(one: Posts, binding: Binding | None) -> Line:
    if binding is None:
        return Line(Step.OFFICE_OF_RANK, None, {"posts": one.posts}, rank=one.rank, missing=NormKind.OFFICE_CEILING)
    ceiling = binding.norm.figure
    inputs = {"posts": one.posts, "ceiling": ceiling}
    return Line(Step.OFFICE_OF_RANK, one.posts * ceiling, inputs, (binding.norm,), binding.overruled, rank=one.rank)


def _service(number: int, binding: Binding | None) -> Line:
    if binding is None:
        return Line(Step.SERVICE, None, {"posts": number}, missing=NormKind.SERVICE_RATE)
    rate = binding.norm.rate(number)
    return Line(Step.SERVICE, number * rate, {"posts": number, "rate": rate}, (binding.norm,), binding.overruled)


def _equipment(offices: float | None, service: float | None, binding: Binding | None) -> Line:
    if offices is None or service is None:
        return Line(Step.EQUIPMENT, None, {})
    inputs = {"offices": offices, "service": service}
    if binding is None:
        return Line(Step.EQUIPMENT, None, inputs, missing=NormKind.EQUIPMENT_RATIO)
    ratio = binding.norm.figure
    area = (offices + service) * ratio
    return Line(Step.EQUIPMENT, area, {**inputs, "ratio": ratio}, (binding.norm,), binding.overruled)


def _gross(step: Step, basic: float | None, binding: Binding | None) -> Line:
    if basic is None:
        return Line(step, None, {})
    if binding is None:
        kind = NormKind.EFFICIENCY_HIGH_RISE if step is Step.GROSS_HIGH_RISE else NormKind.EFFICIENCY_MULTI_STOREY
        return Line(step, None, {"basic": basic}, missing=kind)
    efficiency = binding.norm.figure
    inputs = {"basic": basic, "efficiency": efficiency}
    return Line(step, basic / efficiency, inputs, (binding.norm,), binding.overruled)


def _canteen(number: int, binding: Binding | None) -> Line:
    if binding is None:
        return Line(Step.CANTEEN, None, {"posts": number}, missing=NormKind.CANTEEN)
    return Line(Step.CANTEEN, binding.norm.total(number), {"posts": number}, (binding.norm,), binding.overruled)


def _sum(step: Step, lines: Sequence[Line]) -> Line:
    areas = [line.area_m2 for line in lines]
    known = [area for area in areas if area is not None]
    return Line(step, sum(known) if len(known) == len(areas) else None, {})
