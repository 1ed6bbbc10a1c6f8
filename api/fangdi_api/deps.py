"""What requests have in common: the connection, and parameters that are checked once, here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Path, Query, Request
from fastapi.dependencies.models import Dependant
from sqlalchemy import Connection, Engine

from fangdi.domain.common import Question
from fangdi.domain.coverage import Reach
from fangdi.domain.vocabulary import AreaBasis, RoomCategory
from fangdi.settings import Settings
from fangdi.store.query import reading
from fangdi_api.days import StrictDay
from fangdi_api.problems import wrong_query

MAX_PAGE = 1000
MAX_ID = (1 << 63) - 1  # bigint


def connection(request: Request) -> Iterator[Connection]:
    """Lend a connection in a read-only transaction that sees one state of the database."""
    engine: Engine = request.app.state.engine
    with reading(engine) as lent:
        yield lent


def known_parameters(request: Request) -> None:
    """Refuse parameters that the route does not have: a misspelt filter would answer with more than was asked for."""
    known = _query_of(request.scope["route"].dependant)
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        choice = f"; choose from {', '.join(sorted(known))}" if known else ""
        raise wrong_query(**dict.fromkeys(unknown, f"is not a parameter here{choice}"))


def _query_of(dependant: Dependant) -> set[str]:
    """Return the query parameters of a route and of all that it depends on."""
    own = {field.alias for field in dependant.query_params}
    return own.union(*(_query_of(needed) for needed in dependant.dependencies))


def settings(request: Request) -> Settings:
    """Return the settings the application was made with."""
    chosen: Settings = request.app.state.settings
    return chosen


# "function": the transaction ends before the answer leaves, so an error at its end is still an error to the client
Database = Annotated[Connection, Depends(connection, scope="function")]
AppSettings = Annotated[Settings, Depends(settings)]

RowId = Annotated[int, Path(ge=1, le=MAX_ID, description="Id, as lists and links give it.", examples=[1])]
AgencyId = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only this agency (机关).")]
BuildingId = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only this building (楼座).")]
FloorId = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only this floor (楼层).")]
SiteId = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only this compound (院落).")]
ZoneId = Annotated[int | None, Query(ge=1, le=MAX_ID, description="Only this zone (集中办公区).")]
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE, description="Most items to return.")]
Cursor = Annotated[
    str | None, Query(max_length=500, description="`next` of the page before; leave out for the first page.")
]
AsOf = Annotated[
    StrictDay | None,
    Query(description="Date the answer is about (基准日), as YYYY-MM-DD; today by default.", examples=["2026-01-01"]),
]
Basis = Annotated[
    AreaBasis,
    Query(description="Basis of areas (面积口径): registered 产权登记, planning 规划, declared 申报, measured 实测."),
]
Jurisdiction = Annotated[
    str | None,
    Query(
        pattern=r"^[0-9]{6}([0-9]{6})?$",
        description="Code of a jurisdiction (行政区, GB/T 2260); everything below it is included.",
        examples=["330200"],
    ),
]
Category = Annotated[RoomCategory | None, Query(description="Only this category of rooms (用房类别).")]


class ReportFormat(StrEnum):
    """How a report is written."""

    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    GEOJSON = "geojson"


Format = Annotated[
    ReportFormat,
    Query(
        alias="format",
        description="json (one page), or the whole report as a file: csv, xlsx, or geojson (RFC 7946).",
    ),
]


def day(as_of: AsOf = None) -> date:
    """Return the date a question is about."""
    return as_of or date.today()  # noqa: DTZ011 - the day where the server stands is meant


Day = Annotated[date, Depends(day)]


def question(as_of: Day, basis: Basis = AreaBasis.MEASURED, jurisdiction: Jurisdiction = None) -> Question:
    """Return what every report depends on."""
    return Question(as_of, basis, jurisdiction)


Asked = Annotated[Question, Depends(question)]

RadiusM = Annotated[
    float | None,
    Query(
        gt=0,
        le=100_000,
        allow_inf_nan=False,
        description="Radius in metres on the ellipsoid (辐射半径); default: each zone's own, else the deployment's.",
        examples=[2000],
    ),
]


def reach(chosen: AppSettings, radius_m: RadiusM = None, zone_id: ZoneId = None) -> Reach:
    """Return how far zones reach."""
    return Reach(chosen.coverage_radius_m, radius_m, zone_id)


AskedReach = Annotated[Reach, Depends(reach)]


@dataclass(frozen=True, slots=True)
class PageAsked:
    """Which page of a list is wanted."""

    limit: int
    cursor: str | None


def page_asked(limit: Limit = 100, cursor: Cursor = None) -> PageAsked:
    """Return which page is wanted; each list knows the shape of its own cursors."""
    return PageAsked(limit, cursor)


Paging = Annotated[PageAsked, Depends(page_asked)]
