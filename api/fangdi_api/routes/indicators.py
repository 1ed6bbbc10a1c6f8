"""Indicators (指标): values with their definitions, the rows behind them, their course over time, by jurisdiction."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Response

from fangdi.domain.coverage import Reach
from fangdi.domain.indicators.catalogue import INDICATORS
from fangdi.domain.indicators.model import IndicatorKey
from fangdi.domain.indicators.picking import Pick, Sort
from fangdi.service import indicator_documents as documents
from fangdi.service import indicators as service
from fangdi_api.deps import AppSettings, Asked, Database, Paging, RadiusM, ReportFormat
from fangdi_api.noting import Noting, Reads
from fangdi_api.paging import page_request
from fangdi_api.report_files import FILES, report_file
from fangdi_api.routes.approved_areas import Written
from fangdi_api.schemas import indicators as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["indicators"], responses=ERRORS)

Key = Annotated[IndicatorKey, Path(description="Which indicator (指标).", examples=["idle_rate"])]
Years = Annotated[int, Query(ge=0, le=20, description="Ends of so many years before.")]
Months = Annotated[int, Query(ge=0, le=24, description="Ends of so many months before.")]


def zones_reach(chosen: AppSettings, radius_m: RadiusM = None) -> Reach:
    """Return how far zones reach."""
    return Reach(chosen.coverage_radius_m, radius_m)


Reaching = Annotated[Reach, Depends(zones_reach)]


def pick(
    sort: Annotated[
        Sort | None, Query(description="counted: in the numerator; uncounted: not; lacking: without all data.")
    ] = None,
    part: Annotated[
        str | None, Query(max_length=64, pattern=r"^[a-z0-9_]+$", description="Only this part of the composition.")
    ] = None,
) -> Pick:
    """Return which rows are wanted."""
    return Pick(sort, part)


Picked = Annotated[Pick, Depends(pick)]


@router.get("/indicators", response_model=shapes.IndicatorsAnswer, responses=FILES)
def indicators(
    connection: Database, question: Asked, reach: Reaching, noting: Noting, form: Written
) -> shapes.IndicatorsAnswer | Response:
    """Answer all indicators on the date and a year before, each with its definition and the coverage of its data."""
    report = service.indicators(connection, question, reach)
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.indicators(connection, report), form, noting)
    labels = {key: service.part_labels(connection, one) for key, one in INDICATORS.items()}
    return shapes.IndicatorsAnswer.of(report, labels)


@router.get("/indicators/{key}/rows", response_model=shapes.IndicatorRowsAnswer, responses=FILES)
def indicator_rows(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    key: Key,
    question: Asked,
    reach: Reaching,
    wanted: Picked,
    paging: Paging,
    noting: Noting,
    reads: Reads,
    form: Written,
) -> shapes.IndicatorRowsAnswer | Response:
    """Answer which rows stand behind an indicator, those that contribute most first."""
    if form is not ReportFormat.JSON:
        document = documents.rows(connection, key, question, reach, pick=wanted)
        return report_file(connection, document, form, noting)
    page = page_request(paging.cursor, limit=paging.limit, shape=(int, int, int, str))
    report = service.rows_behind(connection, key, question, reach, pick=wanted, page=page)
    answer = shapes.IndicatorRowsAnswer.of(report, service.part_labels(connection, report.indicator))
    reads(connection, [(row.shows_kind, row.shows_id) for row in answer.items if row.shows_kind and row.shows_id])
    return answer


@router.get("/indicators/{key}/series")
def indicator_series(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database, key: Key, question: Asked, reach: Reaching, years: Years = 5, months: Months = 12
) -> shapes.IndicatorSeriesAnswer:
    """Answer an indicator over time: ends of years and of months up to the date, each as of its day."""
    return shapes.IndicatorSeriesAnswer.of(service.series(connection, key, question, reach, years=years, months=months))


@router.get("/indicators/{key}/jurisdictions")
def indicator_by_jurisdiction(
    connection: Database, key: Key, question: Asked, reach: Reaching
) -> shapes.IndicatorComparisonAnswer:
    """Answer an indicator for each jurisdiction right below the one asked about."""
    return shapes.IndicatorComparisonAnswer.of(service.comparison(connection, key, question, reach))
