"""Shapes of indicators (指标)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import Field

from fangdi.domain.common import Definition
from fangdi.domain.indicators.adding import Value, amounts, ratio, unit_below
from fangdi.domain.indicators.catalogue import DERIVED
from fangdi.domain.indicators.labels import GROUPS, UNITS
from fangdi.domain.indicators.model import Better, Group, Indicator, IndicatorKey, PartKind, Row, RowKind, Unit
from fangdi.domain.vocabulary import AreaBasis
from fangdi.service.indicators import ComparisonReport, IndicatorsReport, Measured, RowsReport, SeriesReport
from fangdi.service.report_tables import COVERS
from fangdi_api.paging import encode
from fangdi_api.schemas.common import Answer, Labels, PageOf

PartLabels = Mapping[str, Definition]


class ValueAnswer(Answer):
    """A value, what it is made of, and for how much of that there are data."""

    value: float | None = Field(description="in `unit`; null: there is nothing to divide by, or nothing was computed")
    numerator: float
    denominator: float
    known: int = Field(description="facts for which there are data")
    of: int = Field(description="facts that the value rests on")
    coverage: float | None = Field(description="known / of, of 1; null without any")


class PartAnswer(Answer):
    """A part of the composition."""

    key: str
    label: Labels
    numerator: float
    denominator: float


class IndicatorAbout(Answer):
    """What an indicator is."""

    key: IndicatorKey
    group: Group
    group_name: Labels
    name: Labels
    unit: Unit
    unit_name: Labels
    numerator_unit: Unit
    denominator_unit: Unit
    is_rate: bool = Field(description="the value is numerator / denominator; else it is the numerator")
    meaning: Labels
    formula: Labels
    includes: Labels = Field(description="what is included (统计范围)")
    covers: Labels = Field(description="what `known` counts")
    certainty: Labels = Field(description="how sure the definition is")
    parts_by: PartKind
    rows: RowKind
    better: Better

    @classmethod
    def about(cls, one: Indicator) -> dict[str, Any]:
        """Return what is said of an indicator."""
        return {
            "key": one.key,
            "group": one.group,
            "group_name": GROUPS[one.group],
            "name": one.name,
            "unit": one.unit,
            "unit_name": UNITS[one.unit],
            "numerator_unit": one.counts,
            "denominator_unit": unit_below(one),
            "is_rate": one.divided_by is not None,
            "meaning": one.meaning,
            "formula": one.formula,
            "includes": one.includes,
            "covers": one.covers,
            "certainty": DERIVED,
            "parts_by": one.parts,
            "rows": one.rows,
            "better": one.better,
        }


class IndicatorAnswer(IndicatorAbout):
    """An indicator on the date and a year before."""

    now: ValueAnswer
    before: ValueAnswer
    change: float | None = Field(
        description="now − before, in `unit`; null where one of them is, or the day before is not on record"
    )
    parts: list[PartAnswer]

    @classmethod
    def of(cls, one: Measured, labels: PartLabels, *, comparable: bool) -> "IndicatorAnswer":
        """Shape an indicator."""
        now, before = one.now.value, one.before.value
        change = None if now is None or before is None or not comparable else now - before
        shaped = {"now": one.now, "before": one.before, "change": change, "parts": _parts(one.now, labels)}
        return cls.model_validate({**cls.about(one.indicator), **shaped})


class Covering(Answer):
    """What every answer about indicators says of itself."""

    as_of: date = Field(description="date the figures are about (基准日)", examples=["2026-01-01"])
    basis: AreaBasis = Field(description="basis of all areas (面积口径)")
    jurisdiction: str | None
    covers: Labels = Field(description="the answer covers what the reader may see")


class IndicatorsAnswer(Covering):
    """All indicators."""

    before: date = Field(description="the day that they are held against")
    recorded_from: date | None = Field(description="first dated change of use; null where there is none")
    comparable: bool = Field(description="false: `before` lies before the first dated change, so nothing is compared")
    radius_m: float = Field(description="radius of zones that have none of their own, m on the ellipsoid")
    items: list[IndicatorAnswer]

    @classmethod
    def of(cls, report: IndicatorsReport, labels: Mapping[IndicatorKey, PartLabels]) -> "IndicatorsAnswer":
        """Shape a report; labels of parts by indicator."""
        items = [
            IndicatorAnswer.of(one, labels[one.indicator.key], comparable=report.comparable) for one in report.items
        ]
        about = {
            "before": report.before,
            "recorded_from": report.recorded_from,
            "comparable": report.comparable,
            "radius_m": report.radius_m,
            "items": items,
        }
        return cls.model_validate({**_head(report), **about})


class IndicatorRow(Answer):
    """What one thing contributes to an indicator."""

    kind: RowKind
    id: int
    name: str
    jurisdiction_code: str
    part: str
    part_label: Labels
    numerator: float
    denominator: float
    value: float | None = Field(description="the indicator for this row alone")
    complete: bool = Field(description="all data that it rests on are there")
    shows_kind: str | None = Field(description="kind of what the map shows of it: building, agency, room or parcel")
    shows_id: int | None


class IndicatorRowsAnswer(Covering, PageOf[IndicatorRow]):
    """Rows behind an indicator, those that contribute most first; all of them add up to `total`."""

    indicator: IndicatorAbout
    total: ValueAnswer
    matching: int = Field(description="rows of all pages")

    @classmethod
    def of(cls, report: RowsReport, labels: PartLabels) -> "IndicatorRowsAnswer":
        """Shape a report."""
        one = report.indicator
        return cls.model_validate(
            {
                **_head(report),
                "indicator": IndicatorAbout.about(one),
                "total": report.total,
                "matching": report.matching,
                "items": [_row(one, row, labels) for row in report.page.items],
                "next": encode(report.page.after),
            }
        )


class SeriesPoint(ValueAnswer):
    """An indicator on one day."""

    as_of: date


class IndicatorSeriesAnswer(Covering):
    """An indicator over time, each value as of its day."""

    indicator: IndicatorAbout
    points: list[SeriesPoint]

    @classmethod
    def of(cls, report: SeriesReport) -> "IndicatorSeriesAnswer":
        """Shape a report."""
        points = [{**_value(value), "as_of": day} for day, value in report.points]
        return cls.model_validate(
            {**_head(report), "indicator": IndicatorAbout.about(report.indicator), "points": points}
        )


class JurisdictionValue(ValueAnswer):
    """An indicator for a jurisdiction with all below it, or `alone` for what belongs to it directly."""

    code: str
    name: str
    name_en: str | None
    alone: bool


class IndicatorComparisonAnswer(Covering):
    """An indicator by the jurisdictions right below, whose numerators and denominators add up to the whole."""

    indicator: IndicatorAbout
    items: list[JurisdictionValue]

    @classmethod
    def of(cls, report: ComparisonReport) -> "IndicatorComparisonAnswer":
        """Shape a report."""
        items = [
            {
                **_value(one.value),
                "code": one.place.code,
                "name": one.place.name,
                "name_en": one.place.name_en,
                "alone": one.alone,
            }
            for one in report.items
        ]
        return cls.model_validate(
            {**_head(report), "indicator": IndicatorAbout.about(report.indicator), "items": items}
        )


def label_of(labels: PartLabels, key: str) -> Definition:
    """Return what a part is called; one that nobody named goes by its key."""
    return labels.get(key, Definition(key, key))


def _head(report: IndicatorsReport | RowsReport | SeriesReport | ComparisonReport) -> dict[str, Any]:
    question = report.question
    return {
        "as_of": question.as_of,
        "basis": question.basis,
        "jurisdiction": question.jurisdiction,
        "covers": COVERS,
    }


def _value(value: Value) -> dict[str, Any]:
    return {name: getattr(value, name) for name in ("value", "numerator", "denominator", "known", "of", "coverage")}


def _parts(value: Value, labels: PartLabels) -> list[dict[str, Any]]:
    order = {key: number for number, key in enumerate(labels)}
    parts = sorted(value.parts, key=lambda part: order.get(part.key, len(order)))
    return [
        {
            "key": part.key,
            "label": label_of(labels, part.key),
            "numerator": part.numerator,
            "denominator": part.denominator,
        }
        for part in parts
    ]


def _row(one: Indicator, row: Row, labels: PartLabels) -> dict[str, Any]:
    numerator, denominator = amounts(one, row)
    own = None if one.rows is RowKind.FINDING else (str(one.rows), row.id)
    shows_kind, shows_id = row.shows or own or (None, None)
    return {
        "kind": one.rows,
        "id": row.id,
        "name": row.name,
        "jurisdiction_code": row.jurisdiction,
        "part": row.part,
        "part_label": label_of(labels, row.part),
        "numerator": numerator,
        "denominator": denominator,
        "value": ratio(one, row.numerator, row.denominator),
        "complete": row.known == row.of,
        "shows_kind": shows_kind,
        "shows_id": shows_id,
    }
