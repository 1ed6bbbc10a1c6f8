"""What requests have in common: the connection, and parameters that are checked once, here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from urllib.parse import unquote

from fastapi import Depends, Path, Query, Request, Security
from fastapi.dependencies.models import Dependant
from fastapi.security import APIKeyCookie, HTTPBearer
from sqlalchemy import Connection, Engine

from fangdi.domain.access import Capability
from fangdi.domain.common import Question
from fangdi.domain.coverage import Reach
from fangdi.domain.vocabulary import AreaBasis, RoomCategory
from fangdi.errors import InvalidInputError, NotAllowedError, SignInRequiredError
from fangdi.settings import Settings
from fangdi.store.access import Credential, scope_of
from fangdi.store.query import reading, writing
from fangdi_api.days import StrictDay
from fangdi_api.problems import wrong_query

MAX_PAGE = 1000
MAX_ID = (1 << 63) - 1  # bigint


SESSION_COOKIE = "fangdi_session"
SIGN_IN_FIRST = "Sign in first; or send a token that is still valid as Authorization: Bearer."

NO_ROLE = "None of your roles allows this ({}). Ask your administrator for one that does."


_TOKEN = HTTPBearer(scheme_name="token", auto_error=False, description="A token (令牌), for machines.")
_SESSION = APIKeyCookie(
    name=SESSION_COOKIE,
    scheme_name="session",
    auto_error=False,
    description="The session of a browser (会话); changes also need the header X-CSRF-Token.",
)
SIGNED_IN: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
"""How the description of the API says so: one of the two."""


def _described(_token: Annotated[Any, Security(_TOKEN)], _session: Annotated[Any, Security(_SESSION)]) -> None:
    """Let the description of the API say what has to be shown; `credential` reads it."""


Described = Annotated[None, Depends(_described)]


def credential(request: Request) -> Credential | None:
    """Return what the request shows to be let in: a token before a session, since a client sends it on purpose."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and key:
        return Credential.token(key.strip())
    session = request.cookies.get(SESSION_COOKIE)
    return Credential.session(session) if session else None


def _spend(request: Request, lent: Connection) -> None:
    """Count the request against what its account may ask in a minute."""
    request.app.state.pace.spend(scope_of(lent).account)


def open_connection(request: Request) -> Iterator[Connection]:
    """Lend a read-only connection that sees what the request may see, which is nothing when nobody is signed in."""
    engine: Engine = request.app.state.engine
    with reading(engine, credential(request)) as lent:
        _spend(request, lent)
        yield lent


def connection(request: Request, _: Described = None) -> Iterator[Connection]:
    """Lend a connection in a read-only transaction that sees one state of the database, to someone signed in."""
    engine: Engine = request.app.state.engine
    with reading(engine, credential(request)) as lent:
        if not scope_of(lent):
            raise SignInRequiredError(SIGN_IN_FIRST)
        _spend(request, lent)
        yield lent


def write_connection(request: Request, _: Described = None) -> Iterator[Connection]:
    """Lend a connection to someone signed in, for changes; committed before the answer leaves."""
    engine: Engine = request.app.state.engine
    address = request.client.host if request.client else None
    with writing(engine, credential(request), address=address, reason=_reason(request)) as lent:
        if not scope_of(lent):
            raise SignInRequiredError(SIGN_IN_FIRST)
        _spend(request, lent)
        yield lent


def _reason(request: Request) -> str | None:
    """Return why a change is made, as the header X-Reason says percent-encoded."""
    reason = unquote(request.headers.get("x-reason", ""))
    if "\0" in reason:
        raise InvalidInputError("Leave the character NUL out of X-Reason.", place={"field": "X-Reason"})
    return reason or None


def may(connection: Connection, capability: Capability) -> None:
    """Refuse those who have the capability nowhere; where it reaches, the database decides row by row."""
    if not scope_of(connection).allows(capability):
        raise NotAllowedError(NO_ROLE.format(capability))


def known_parameters(request: Request) -> None:
    """Refuse parameters that the route does not have: a misspelt filter would answer with more than was asked for."""
    known = _query_of(request.scope["route"].dependant)
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        names = ", ".join(sorted(known))
        chinese = f"此处没有该参数;可用 {names}" if known else "此处没有参数"
        english = f"is not a parameter here; choose from {names}" if known else "is not a parameter here"
        raise wrong_query(**dict.fromkeys(unknown, f"{chinese}。 {english}"))


def _query_of(dependant: Dependant) -> set[str]:
    """Return the query parameters of a route and of all that it depends on."""
    own = {field.alias for field in dependant.query_params}
    return own.union(*(_query_of(needed) for needed in dependant.dependencies))


def settings(request: Request) -> Settings:
    """Return the settings the application was made with."""
    chosen: Settings = request.app.state.settings
    return chosen


# "function": the transaction ends before the answer leaves, so an error at its end is still an error to the client
OpenDatabase = Annotated[Connection, Depends(open_connection, scope="function")]
"""For the few routes that anybody may call."""
SignedIn = Annotated[Connection, Depends(connection, scope="function")]


WriteDatabase = Annotated[Connection, Depends(write_connection, scope="function")]
"""For routes that change something; they say `may(connection, …)` themselves. X-Reason, percent-encoded, says why."""


def _allowing(capability: Capability) -> Any:
    def allowed(connection: SignedIn) -> Connection:
        may(connection, capability)
        return connection

    return Depends(allowed, scope="function")


LandDatabase = Annotated[Connection, _allowing(Capability.READ_LAND)]
"""For routes about parcels, sites, buildings and zones."""
Database = Annotated[Connection, _allowing(Capability.READ_ASSETS)]
"""For routes about rooms, agencies and who uses what."""
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
