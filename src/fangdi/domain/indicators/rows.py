"""From facts to what each contributes to an indicator."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from fangdi.domain.coverage import Band
from fangdi.domain.findings.life import State
from fangdi.domain.indicators.facts import EntitledAgency, FindingThen, Holding, PlacedAgency, PlannedBuilding, Space
from fangdi.domain.indicators.model import SMALLEST, IndicatorKey, Row, Unit
from fangdi.domain.vocabulary import TenureKind, TitleState

UNKNOWN = "unknown"
"""Part of what nobody has said."""
OUTSIDE_ZONES = "none"
"""Part of agencies that stand in no zone."""
AUDITED, UNAUDITED = "audited", "unaudited"
"""Parts of buildings whose plans were all audited, and of those with one that was not."""

_RENTED = frozenset({TenureKind.LEASED, TenureKind.BORROWED})


def rows_of(key: IndicatorKey, facts: Iterable[Any]) -> Iterator[Row]:
    """Return what the facts of an indicator's group contribute to it."""
    return _ROWS[key](facts)


def is_due(one: Holding) -> bool:
    """Whether a building should be registered to the administration: its own, and not held by its user for secrecy.

    A building whose tenure nobody recorded is taken for its own.
    """
    return one.tenure not in _RENTED and one.title != TitleState.USER


def _mm2(area_m2: float | None) -> int:
    return round((area_m2 or 0) * SMALLEST[Unit.M2])


def _registered_area(facts: Iterable[Holding]) -> Iterator[Row]:
    for one in facts:
        if is_due(one):
            area = _mm2(one.gross_m2)
            part, registered = one.title or UNKNOWN, one.title == TitleState.ADMINISTRATION
            known = one.gross_m2 is not None and one.title is not None
            yield Row(one.building, one.name, one.jurisdiction, part, area * registered, area, int(known))


def _registered_count(facts: Iterable[Holding]) -> Iterator[Row]:
    for one in facts:
        if is_due(one):
            part, registered = one.title or UNKNOWN, one.title == TitleState.ADMINISTRATION
            yield Row(one.building, one.name, one.jurisdiction, part, int(registered), 1, int(one.title is not None))


def _leased_area(facts: Iterable[Holding]) -> Iterator[Row]:
    for one in facts:
        area, leased = _mm2(one.gross_m2), one.tenure == TenureKind.LEASED
        known = one.gross_m2 is not None and one.tenure is not None
        part = one.tenure or UNKNOWN
        yield Row(one.building, one.name, one.jurisdiction, part, area * leased, area, int(known))


def _leased_cost(facts: Iterable[Holding]) -> Iterator[Row]:
    for one in facts:
        if one.tenure == TenureKind.LEASED:
            fen = round((one.rent_yuan or 0) * SMALLEST[Unit.YUAN])
            known = one.rent_yuan is not None
            yield Row(one.building, one.name, one.jurisdiction, TenureKind.LEASED, fen, fen, int(known))


def _zone_agencies(facts: Iterable[PlacedAgency]) -> Iterator[Row]:
    for one in facts:
        inside = one.band is Band.INSIDE
        part = str(one.zone) if inside else OUTSIDE_ZONES if one.band else UNKNOWN
        yield Row(one.agency, one.name, one.jurisdiction, part, int(inside), 1, int(one.band is not None))


def _within_agencies(facts: Iterable[PlacedAgency]) -> Iterator[Row]:
    for one in facts:
        within, part = _reached(one.band), one.band or UNKNOWN
        yield Row(one.agency, one.name, one.jurisdiction, part, int(within), 1, int(one.band is not None))


def _within_posts(facts: Iterable[PlacedAgency]) -> Iterator[Row]:
    for one in facts:
        within, part = _reached(one.band), one.band or UNKNOWN
        known = one.band is not None and one.posts > 0
        yield Row(one.agency, one.name, one.jurisdiction, part, one.posts * within, one.posts, int(known))


def _within_area(facts: Iterable[PlacedAgency]) -> Iterator[Row]:
    for one in facts:
        if one.band is None:
            yield Row(one.agency, one.name, one.jurisdiction, UNKNOWN, 0, 0, 0)
        for number, (band, area_m2) in enumerate(one.area_by_band.items()):
            area = _mm2(area_m2)
            first = int(number == 0)  # an agency counts once, in however many bands it stands
            yield Row(one.agency, one.name, one.jurisdiction, band, area * _reached(band), area, first, first)


def _reached(band: Band | None) -> bool:
    return band in {Band.INSIDE, Band.WITHIN}


def _idle(facts: Iterable[Space]) -> Iterator[Row]:
    for one in facts:
        known, of = one.rooms_with_area, one.rooms
        yield Row(
            one.building, one.name, one.jurisdiction, one.category, _mm2(one.idle_m2), _mm2(one.area_m2), known, of
        )


def _over_area(facts: Iterable[EntitledAgency]) -> Iterator[Row]:
    for one in facts:
        approved = _mm2(one.approved_m2)
        over = 0 if one.approved_m2 is None else max(0, _mm2(one.basic_m2) - approved)
        yield Row(one.agency, one.name, one.jurisdiction, one.level, over, approved, int(_is_comparable(one)))


def _over_agencies(facts: Iterable[EntitledAgency]) -> Iterator[Row]:
    for one in facts:
        over = one.approved_m2 is not None and _mm2(one.basic_m2) > _mm2(one.approved_m2)
        yield Row(one.agency, one.name, one.jurisdiction, one.level, int(over), 1, int(_is_comparable(one)))


def _is_comparable(one: EntitledAgency) -> bool:
    return one.approved_m2 is not None and one.complete


def _per_head(facts: Iterable[EntitledAgency]) -> Iterator[Row]:
    return _per_person(facts, lambda one: one.present)


def _per_post(facts: Iterable[EntitledAgency]) -> Iterator[Row]:
    return _per_person(facts, lambda one: one.posts or None)


def _per_person(facts: Iterable[EntitledAgency], persons_of: Callable[[EntitledAgency], int | None]) -> Iterator[Row]:
    """Divide the area of agencies that have persons by these: area of others would make the rest look richer."""
    for one in facts:
        persons = persons_of(one)
        area = _mm2(one.area_m2) if persons else 0
        known = persons is not None and one.complete
        yield Row(one.agency, one.name, one.jurisdiction, one.level, area, persons or 0, int(known))


def _plans(facts: Iterable[PlannedBuilding]) -> Iterator[Row]:
    for one in facts:
        part = UNKNOWN if one.plans == 0 else AUDITED if one.audited == one.plans else UNAUDITED
        yield Row(one.building, one.name, one.jurisdiction, part, one.audited, one.plans, int(one.plans > 0))


def _findings_open(facts: Iterable[FindingThen]) -> Iterator[Row]:
    for one in facts:
        counted = int(one.state != State.CLOSED)
        yield Row(one.finding, one.name, one.jurisdiction, one.rule, counted, 1, shows=one.shows)


def _findings_closed(facts: Iterable[FindingThen]) -> Iterator[Row]:
    for one in facts:
        counted = int(one.state == State.CLOSED)
        yield Row(one.finding, one.name, one.jurisdiction, one.rule, counted, 1, shows=one.shows)


_ROWS: Mapping[IndicatorKey, Callable[[Iterable[Any]], Iterator[Row]]] = MappingProxyType(
    {
        IndicatorKey.REGISTERED_AREA: _registered_area,
        IndicatorKey.REGISTERED_AREA_RATE: _registered_area,
        IndicatorKey.REGISTERED_COUNT_RATE: _registered_count,
        IndicatorKey.ZONE_AGENCIES: _zone_agencies,
        IndicatorKey.ZONE_AGENCIES_RATE: _zone_agencies,
        IndicatorKey.RADIUS_AGENCIES_RATE: _within_agencies,
        IndicatorKey.RADIUS_POSTS_RATE: _within_posts,
        IndicatorKey.RADIUS_AREA_RATE: _within_area,
        IndicatorKey.IDLE_AREA: _idle,
        IndicatorKey.IDLE_RATE: _idle,
        IndicatorKey.OVER_AREA: _over_area,
        IndicatorKey.OVER_RATE: _over_area,
        IndicatorKey.OVER_AGENCIES: _over_agencies,
        IndicatorKey.LEASED_AREA: _leased_area,
        IndicatorKey.LEASED_COST: _leased_cost,
        IndicatorKey.AREA_PER_HEAD: _per_head,
        IndicatorKey.AREA_PER_POST: _per_post,
        IndicatorKey.FINDINGS_OPEN: _findings_open,
        IndicatorKey.FINDINGS_CLOSED: _findings_closed,
        IndicatorKey.PLANS_AUDITED_RATE: _plans,
    }
)
