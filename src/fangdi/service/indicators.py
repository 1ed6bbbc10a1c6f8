"""Indicators (指标) as of any date: values, the rows behind them, their course over time, and by jurisdiction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.common import Definition, Page, PageRequest, Question
from fangdi.domain.coverage import Reach, place
from fangdi.domain.indicators.adding import NOT_COMPUTED, Value, add_up, children_sums, shared_out, value_of
from fangdi.domain.indicators.catalogue import INDICATORS
from fangdi.domain.indicators.dates import a_year_before, series_days
from fangdi.domain.indicators.facts import EntitledAgency, PlacedAgency
from fangdi.domain.indicators.labels import PART_LABELS
from fangdi.domain.indicators.model import Group, Indicator, IndicatorKey, PartKind, Row, Sums
from fangdi.domain.indicators.picking import Pick, after, in_order, key_of
from fangdi.domain.indicators.placing import place_agencies
from fangdi.domain.indicators.rows import rows_of
from fangdi.domain.indicators.tree import Place, Tree
from fangdi.domain.norms.entitlement import Part
from fangdi.service import approved_areas
from fangdi.service.scope import require
from fangdi.store import coverage as coverage_store
from fangdi.store import findings as finding_store
from fangdi.store import indicators as store
from fangdi.store import meta
from fangdi.store.memo import remember

_LAYERS: Mapping[Group, tuple[str, ...]] = {
    Group.HOLDINGS: store.HOLDINGS,
    Group.PLACES: store.REACH,
    Group.SPACE: store.SPACE,
    Group.NORMS: store.NORMS,
    Group.PLANS: store.PLANS,
    Group.FINDINGS: store.FINDINGS,
}
_ALL_LAYERS = tuple(sorted({layer for layers in _LAYERS.values() for layer in layers}))
_OF_GROUP = {group: [key for key, one in INDICATORS.items() if one.group is group] for group in Group}


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator with its value on the date, and a year before."""

    indicator: Indicator
    now: Value
    before: Value


@dataclass(frozen=True, slots=True)
class IndicatorsReport:
    """All indicators; `before` is the day that they are held against.

    `recorded_from` is the first day on record, None where there is none: with an earlier day nothing is compared, since
    what was used then is not known.
    """

    question: Question
    before: date
    recorded_from: date | None
    radius_m: float
    items: tuple[Measured, ...]

    @property
    def comparable(self) -> bool:
        """Whether it is known what was used on the day before."""
        return self.recorded_from is None or self.before >= self.recorded_from


@dataclass(frozen=True, slots=True)
class RowsReport:
    """Rows behind an indicator, one page, and the value that all of them make."""

    question: Question
    indicator: Indicator
    total: Value
    matching: int
    page: Page[Row]


@dataclass(frozen=True, slots=True)
class SeriesReport:
    """An indicator over time."""

    question: Question
    indicator: Indicator
    points: tuple[tuple[date, Value], ...]


@dataclass(frozen=True, slots=True)
class Compared:
    """A jurisdiction with all below it, or, `alone`, the one asked about without those."""

    place: Place
    alone: bool
    value: Value


@dataclass(frozen=True, slots=True)
class ComparisonReport:
    """An indicator by jurisdictions right below the one asked about."""

    question: Question
    indicator: Indicator
    items: tuple[Compared, ...]


def indicators(connection: Connection, question: Question, reach: Reach) -> IndicatorsReport:
    """Answer all indicators on the date and a year before."""
    require(connection, jurisdiction=question.jurisdiction)
    return remember(
        connection,
        lambda: _measure(connection, question, reach),
        name="indicators",
        layers=_ALL_LAYERS,
        asked=(question, reach),
        small=True,
    )


def rows_behind(  # noqa: PLR0913 - a question, and which page of its rows
    connection: Connection, key: IndicatorKey, question: Question, reach: Reach, *, pick: Pick, page: PageRequest
) -> RowsReport:
    """Answer which rows stand behind an indicator, those that contribute most first."""
    require(connection, jurisdiction=question.jurisdiction)
    indicator, places = INDICATORS[key], _places(connection, question)
    ordered = remember(
        connection,
        lambda: in_order(rows_of(key, _facts(connection, indicator.group, question, reach))),
        name="indicator_rows",
        layers=_LAYERS[indicator.group],
        asked=(key, question.as_of, question.basis, reach),
    )
    chosen = [row for row in ordered if (places is None or row.jurisdiction in places) and pick.takes(row)]
    later = after(chosen, page.after)
    items = later[: page.limit]
    last = key_of(items[-1]) if len(later) > page.limit else None
    looked = _was_looked(connection, indicator, question.as_of)
    total = value_of(indicator, add_up(chosen), places=None) if looked else NOT_COMPUTED
    return RowsReport(question, indicator, total, len(chosen), Page(items, last))


def series(  # noqa: PLR0913 - a question, and how far back
    connection: Connection, key: IndicatorKey, question: Question, reach: Reach, *, years: int, months: int
) -> SeriesReport:
    """Answer how an indicator came about: ends of years and months up to the date, each as of its day."""
    require(connection, jurisdiction=question.jurisdiction)
    indicator, places = INDICATORS[key], _places(connection, question)
    points = [
        (day, _value(connection, indicator, replace(question, as_of=day), reach, places=places))
        for day in series_days(question.as_of, years=years, months=months)
    ]
    return SeriesReport(question, indicator, tuple(points))


def comparison(connection: Connection, key: IndicatorKey, question: Question, reach: Reach) -> ComparisonReport:
    """Answer an indicator for the jurisdictions right below, which with what stands above them make the whole.

    Where a jurisdiction has nothing of its own and all lies in one below it, those below that one are compared.
    """
    require(connection, jurisdiction=question.jurisdiction)
    indicator, tree = INDICATORS[key], store.tree(connection)
    sums = _sums(connection, key, question, reach)
    items = _below(indicator, tree, sums, question.jurisdiction)
    while len(items) == 1 and not items[0].alone:
        further = _below(indicator, tree, sums, items[0].place.code)
        if not further:
            break
        items = further
    whole = value_of(indicator, sums, places=_places(connection, question))
    values = shared_out(indicator, [one.value for one in items], whole=whole)
    shown = tuple(replace(one, value=value) for one, value in zip(items, values, strict=True))
    return ComparisonReport(question, indicator, shown)


def _below(indicator: Indicator, tree: Tree, sums: Sums, top: str | None) -> list[Compared]:
    subtrees = {code: tree.subtree(code) for code in tree.children(top)}
    found = {code: value_of(indicator, below, places=None) for code, below in children_sums(sums, subtrees).items()}
    items = [Compared(tree.places[code], alone=False, value=value) for code, value in found.items() if value.of]
    own = value_of(indicator, sums, places={top}) if top is not None else None
    return [Compared(tree.places[top], alone=True, value=own), *items] if top is not None and own and own.of else items


def part_labels(connection: Connection, indicator: Indicator) -> Mapping[str, Definition]:
    """Return what the parts of an indicator are called, by their keys."""
    if indicator.parts is PartKind.ZONE:
        return {**PART_LABELS[PartKind.ZONE], **store.zone_names(connection)}
    return PART_LABELS[indicator.parts]


def _measure(connection: Connection, question: Question, reach: Reach) -> IndicatorsReport:
    before = a_year_before(question.as_of)
    places = _places(connection, question)

    def at(indicator: Indicator, day: date) -> Value:
        return _value(connection, indicator, replace(question, as_of=day), reach, places=places)

    items = tuple(Measured(one, at(one, question.as_of), at(one, before)) for one in INDICATORS.values())
    return IndicatorsReport(question, before, meta.recorded_from(connection), reach.of(None), items)


def _value(
    connection: Connection, indicator: Indicator, question: Question, reach: Reach, *, places: frozenset[str] | None
) -> Value:
    if not _was_looked(connection, indicator, question.as_of):
        return NOT_COMPUTED
    return value_of(indicator, _sums(connection, indicator.key, question, reach), places=places)


def _was_looked(connection: Connection, indicator: Indicator, day: date) -> bool:
    """Whether anything is known of the day: of findings only from the first that was judged."""
    if indicator.group is not Group.FINDINGS:
        return True
    first = finding_store.latest_run(connection).first_day
    return first is not None and first <= day


def _places(connection: Connection, question: Question) -> frozenset[str] | None:
    return None if question.jurisdiction is None else store.tree(connection).subtree(question.jurisdiction)


def _sums(connection: Connection, key: IndicatorKey, question: Question, reach: Reach) -> Sums:
    """Return an indicator's sums of everything that may be seen; those of its group come with it."""
    group = INDICATORS[key].group

    def find() -> Mapping[IndicatorKey, Sums]:
        # by jurisdiction alone, sums of space are there already; rows go by building
        facts = (
            store.space_sums(connection, question)
            if group is Group.SPACE
            else _facts(connection, group, question, reach)
        )
        return {one: add_up(rows_of(one, facts)) for one in _OF_GROUP[group]}

    asked = (question.as_of, question.basis, reach if group is Group.PLACES else None)
    name = f"indicators_{group}"
    return remember(connection, find, name=name, layers=_LAYERS[group], asked=asked, small=True)[key]


def _facts(connection: Connection, group: Group, question: Question, reach: Reach) -> Sequence[Any]:
    """Return the facts of a group, of all jurisdictions: an agency's rooms may lie in any."""
    everywhere = replace(question, jurisdiction=None)
    match group:
        case Group.HOLDINGS:
            return store.holdings(connection, everywhere)
        case Group.SPACE:
            return store.spaces(connection, everywhere)
        case Group.PLACES:
            return _placed(connection, everywhere, reach)
        case Group.NORMS:
            return _entitled(connection, everywhere)
        case Group.FINDINGS:
            return store.findings(connection, question.as_of)
        case Group.PLANS:
            return store.planned_buildings(connection, question.as_of)


def _placed(connection: Connection, question: Question, reach: Reach) -> list[PlacedAgency]:
    zones = coverage_store.zones(connection, as_of=question.as_of)
    radii = {row["id"]: reach.of(row["radius_m"]) for row in zones}
    distances = coverage_store.distances_m(connection, question, within_m=max(radii.values(), default=1))
    placings = {building: place(by_zone, radii_m=radii) for building, by_zone in distances.items()}
    areas = coverage_store.areas_m2(connection, question)
    return list(place_agencies(store.agencies(connection, question.as_of), areas, placings=placings))


def _entitled(connection: Connection, question: Question) -> list[EntitledAgency]:
    return [
        EntitledAgency(
            agency=one.id,
            name=one.name,
            jurisdiction=one.jurisdiction_code,
            level=one.level,
            posts=one.posts,
            present=one.present,
            approved_m2=one.shown_whole_m2,
            basic_m2=one.shown_m2(Part.BASIC),
            area_m2=sum(one.used_hundredths.values()) / 100,
            complete=one.rooms_without_area == 0 and not one.use_hidden,
        )
        for one in approved_areas.entitlements(connection, question).agencies
    ]
