"""The audit of areas (面积核查): what is registered, declared and stated against what is measured, with verdicts."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from fangdi.domain.plans.model import StatedBasis
from fangdi.domain.plans.tolerance import ToleranceRule

LAST_BITS_M2 = 1e-6
"""A difference that exceeds its limit by less is at the limit: 101.4 − 100 is 1.4000000000000057."""


class Source(StrEnum):
    """Where a figure that is audited comes from (面积来源)."""

    REGISTERED = "registered"  # 产权登记
    DECLARED = "declared"  # 单位申报
    STATED = "stated"  # 图注


class Verdict(StrEnum):
    """What an audit says about a figure (核查结论)."""

    WITHIN = "within"  # 在限差内
    BEYOND = "beyond"  # 超出限差
    INCOMPLETE = "incomplete"  # 部分可比:可比的房间在限差内,其余不知
    MISSING = "missing"  # 缺少面积
    OTHER_BASIS = "other_basis"  # 口径不同,不可比较


OVERALL = (Verdict.BEYOND, Verdict.WITHIN, Verdict.INCOMPLETE, Verdict.OTHER_BASIS, Verdict.MISSING)
"""The verdict on a line is the first of these that one of its figures has: missing ones spoil no good comparison."""


class SubjectKind(StrEnum):
    """What a line of an audit is about."""

    ROOM = "room"  # 房间
    FLOOR = "floor"  # 楼层
    BUILDING = "building"  # 楼座
    AGENCY = "agency"  # 使用单位


@dataclass(frozen=True, slots=True)
class Compared:
    """What a sum is compared by: only those of its rooms that have both areas, so that like stands against like.

    `rooms` have both, of `of_rooms` in all; `figure_m2` and `measured_m2` are the sums over those with both.
    """

    rooms: int
    of_rooms: int
    figure_m2: float
    measured_m2: float

    @property
    def whole(self) -> bool:
        """Whether no room was left out."""
        return self.rooms == self.of_rooms


@dataclass(frozen=True, slots=True)
class Figure:
    """An area in m² and what it was measured to; of a sum, over all rooms that have it, and what is compared of it."""

    area_m2: float
    basis: StatedBasis = StatedBasis.UNKNOWN
    compared: Compared | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is audited: its measured areas (m²) by what they are measured to, and the figures claimed for it."""

    kind: SubjectKind
    key: Hashable
    name: str
    measured: Mapping[StatedBasis, float]
    claimed: Mapping[Source, Figure] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One figure against the measured area, m²; `difference_m2` is the figure minus the measured.

    Of a sum, difference and limit are those of `figure.compared`, not of all rooms.
    """

    source: Source
    verdict: Verdict
    figure: Figure | None = None
    measured_m2: float | None = None
    difference_m2: float | None = None
    limit_m2: float | None = None


@dataclass(frozen=True, slots=True)
class AuditLine:
    """A subject with one comparison a source, in the order of `Source`, and the verdict over them."""

    subject: Subject
    comparisons: tuple[Comparison, ...]
    verdict: Verdict

    def of(self, source: Source) -> Comparison:
        """Return the comparison with one source."""
        return next(comparison for comparison in self.comparisons if comparison.source is source)


@dataclass(frozen=True, slots=True)
class AuditRoom:
    """A room to audit, where it is, and which agencies have which share of it (0 to 1)."""

    key: Hashable
    name: str
    floor: Hashable
    building: Hashable
    measured_m2: float | None
    claimed: Mapping[Source, Figure] = field(default_factory=dict)
    shares: Mapping[Hashable, Decimal] = field(default_factory=dict)
    measured_to: StatedBasis = StatedBasis.NET

    def subject(self) -> Subject:
        """Return the room as a subject of its own."""
        measured = {} if self.measured_m2 is None else {self.measured_to: self.measured_m2}
        return Subject(SubjectKind.ROOM, self.key, self.name, measured, self.claimed)


def audit(subjects: Iterable[Subject], rule: ToleranceRule) -> tuple[AuditLine, ...]:
    """Return a line a subject, in their order: within is |figure − measured| ≤ limit(measured), the limit included.

    A figure is compared with what is measured to the same (usable to inner wall faces with the same); a figure that
    does not say is taken for usable area. Nothing measured or no figure is missing, never a difference. A sum that is
    within its limit over some of its rooms alone is incomplete: of the others nobody knows.
    """
    lines = []
    for subject in subjects:
        comparisons = tuple(_compare(subject, source, rule=rule) for source in Source)
        verdicts = {comparison.verdict for comparison in comparisons}
        lines.append(AuditLine(subject, comparisons, next(verdict for verdict in OVERALL if verdict in verdicts)))
    return tuple(lines)


def _compare(subject: Subject, source: Source, *, rule: ToleranceRule) -> Comparison:
    figure = subject.claimed.get(source)
    if figure is None or not subject.measured:
        return Comparison(source, Verdict.MISSING, figure)
    basis = comparable(figure.basis)
    if basis not in subject.measured:
        return Comparison(source, Verdict.OTHER_BASIS, figure)
    if figure.compared is not None and figure.compared.rooms == 0:
        return Comparison(source, Verdict.MISSING, figure)
    area, measured = figure.area_m2, subject.measured[basis]
    if figure.compared is not None:
        area, measured = figure.compared.figure_m2, figure.compared.measured_m2
    difference, limit = area - measured, rule.limit_m2(measured)
    verdict = Verdict.WITHIN if abs(difference) <= limit + LAST_BITS_M2 else Verdict.BEYOND
    if verdict is Verdict.WITHIN and figure.compared is not None and not figure.compared.whole:
        verdict = Verdict.INCOMPLETE
    return Comparison(source, verdict, figure, measured, difference, limit)


def comparable(basis: StatedBasis) -> StatedBasis:
    """Return what a figure is compared as: one that does not say what it was measured to is usable area."""
    return StatedBasis.NET if basis is StatedBasis.UNKNOWN else basis


def by_floor(rooms: Sequence[AuditRoom], *, names: Mapping[Hashable, str]) -> tuple[Subject, ...]:
    """Return the floors of rooms with their sums; `names` are by key of the floor."""
    return _sums(SubjectKind.FLOOR, [(room.floor, Fraction(1), room) for room in rooms], names=names)


def by_building(rooms: Sequence[AuditRoom], *, names: Mapping[Hashable, str]) -> tuple[Subject, ...]:
    """Return the buildings of rooms with their sums."""
    return _sums(SubjectKind.BUILDING, [(room.building, Fraction(1), room) for room in rooms], names=names)


def by_agency(rooms: Sequence[AuditRoom], *, names: Mapping[Hashable, str]) -> tuple[Subject, ...]:
    """Return the agencies with their shares of rooms; what no agency has is under the key None.

    So the agencies and None add up to the buildings.
    """
    parts: list[tuple[Hashable, Fraction, AuditRoom]] = []
    for room in rooms:
        shares = {agency: Fraction(share) for agency, share in room.shares.items()}
        parts += [(agency, share, room) for agency, share in shares.items()]
        if (left := 1 - sum(shares.values(), Fraction(0))) > 0:
            parts.append((None, left, room))
    return _sums(SubjectKind.AGENCY, parts, names=names)


def _sums(
    kind: SubjectKind, parts: Iterable[tuple[Hashable, Fraction, AuditRoom]], *, names: Mapping[Hashable, str]
) -> tuple[Subject, ...]:
    """Add up shares of rooms in exact fractions, so that no order of adding and no rounding makes a difference."""
    grouped: dict[Hashable, list[tuple[Fraction, AuditRoom]]] = defaultdict(list)
    for key, share, room in parts:
        grouped[key].append((share, room))
    return tuple(
        Subject(
            kind,
            key,
            names.get(key, "" if key is None else str(key)),
            _measured(shares),
            {source: figure for source in Source if (figure := _claimed(shares, source)) is not None},
        )
        for key, shares in grouped.items()
    )


def _measured(shares: Sequence[tuple[Fraction, AuditRoom]]) -> dict[StatedBasis, float]:
    sums: dict[StatedBasis, Fraction] = defaultdict(Fraction)
    for share, room in shares:
        if room.measured_m2 is not None:
            sums[room.measured_to] += share * Fraction(room.measured_m2)
    return {basis: float(area) for basis, area in sums.items()}


def _claimed(shares: Sequence[tuple[Fraction, AuditRoom]], source: Source) -> Figure | None:
    """Return the sum of the figures of one source, and what of it can be compared.

    Areas on another basis are not added to usable ones: they are the sum only where there are no others.
    """
    given = [(share, room, room.claimed[source]) for share, room in shares if source in room.claimed]
    if not given:
        return None
    alike = [part for part in given if comparable(part[2].basis) is part[1].measured_to] or given
    both = [part for part in alike if _has_both(part[1], part[2])]
    return Figure(
        _total((share, figure.area_m2) for share, _, figure in alike),
        alike[0][2].basis,
        Compared(
            rooms=len(both),
            of_rooms=len(shares),
            figure_m2=_total((share, figure.area_m2) for share, _, figure in both),
            measured_m2=_total((share, room.measured_m2 or 0.0) for share, room, _ in both),
        ),
    )


def _total(parts: Iterable[tuple[Fraction, float]]) -> float:
    return float(sum((share * Fraction(area) for share, area in parts), Fraction(0)))


def _has_both(room: AuditRoom, figure: Figure) -> bool:
    return room.measured_m2 is not None and comparable(figure.basis) is room.measured_to
