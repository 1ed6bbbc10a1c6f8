"""The application: REST under /api/v1, its description at /openapi.json, the web map at /."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute
from sqlalchemy import Engine
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware

import fangdi
from fangdi.errors import SettingsError
from fangdi.service import oidc
from fangdi.settings import Settings
from fangdi.store.engine import create_engine
from fangdi_api import static_files
from fangdi_api.csrf import OwnPages
from fangdi_api.deps import known_parameters
from fangdi_api.description import describe_with_examples
from fangdi_api.head import HeadAsGet
from fangdi_api.hosts import OwnHosts
from fangdi_api.limits import Limits, Pace
from fangdi_api.noting import NotedLately
from fangdi_api.plan_files import PlanTools
from fangdi_api.problems import handle_problems
from fangdi_api.routes import (
    accounts,
    annual,
    approved_areas,
    area_audits,
    audit,
    completeness,
    costs,
    details,
    findings,
    idle,
    indicators,
    inspections,
    lists,
    meta,
    norms,
    plan_batches,
    plans,
    reports,
    search,
    session,
    sheets,
    spaces,
    tiles,
    tokens,
    use,
    zones,
)
from fangdi_api.security import SecurityHeaders
from fangdi_api.session_use import NoteUse

API = "/api/v1"

_DESCRIPTION = """
Office buildings and land of government agencies (党政机关办公用房与机关用地).

Coordinates are CGCS2000 (EPSG:4490), longitude first. Areas are in m² and name their basis (面积口径); figures of
different bases are never mixed. Every question takes `as_of`, the date it is about (基准日). Lists come in pages: pass
`next` back as `cursor`. Errors are `application/problem+json` (RFC 9457) with a stable `type`.
"""
_TAGS = [
    {
        "name": "reports",
        "description": "The three answers: usable area (使用面积), idle rooms (闲置), coverage (辐射).",
    },
    {"name": "use", "description": "Use of premises (使用情况): by category, tenure, agency, building and floor."},
    {
        "name": "costs",
        "description": "Cost of use (成本租金): rates, what buildings and agencies cost, and the calculation.",
    },
    {"name": "indicators", "description": "Indicators (指标) with definitions, rows, time series and comparison."},
    {
        "name": "findings",
        "description": "Findings of compliance (合规问题): evidence, clauses, and what is done about them.",
    },
    {"name": "annual forms", "description": "The yearly report (年度统计报表), and the projects that it lists."},
    {"name": "details", "description": "One thing with its links up and down."},
    {"name": "idle", "description": "What is idle and under-used (闲置与低效): the rules, and what follows."},
    {"name": "lists", "description": "Things in pages."},
    {"name": "search", "description": "Find by name, code or room number."},
    {"name": "plans", "description": "Floor plans (平面图): upload, findings, placing, import."},
    {"name": "plan batches", "description": "Many floor plans at once (批量平面图): progress, results, resume."},
    {"name": "area audits", "description": "Area audits (面积核查)."},
    {"name": "zones", "description": "Concentrated-office zones (集中办公区)."},
    {"name": "tiles", "description": "Vector tiles (矢量瓦片)."},
    {"name": "session", "description": "Signing in (登录), and tokens (令牌) for machines."},
    {"name": "accounts", "description": "Accounts (账号), what is granted to them (授权), and the roles (角色)."},
    {"name": "audit", "description": "The audit trail (操作留痕), and the history of an object."},
    {"name": "meta", "description": "Facts about the deployment."},
]


def create_app(settings: Settings, engine: Engine | None = None) -> FastAPI:
    """Make the application over the database that the settings name, or over `engine`."""
    if engine is None and settings.database_url is None:
        raise SettingsError("Name the database in FANGDI_DATABASE_URL, or start with `fangdi serve`.")
    oidc.check(settings)
    own_engine = create_engine(settings.database_url) if engine is None and settings.database_url else None

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with tiles.lifespan(app):
            yield
        if own_engine is not None:
            own_engine.dispose()

    app = FastAPI(
        title="房地 fangdi",
        version=fangdi.__version__,
        description=_DESCRIPTION,
        openapi_tags=_TAGS,
        docs_url=None,  # the stock page loads its assets from another host
        redoc_url=None,
        lifespan=lifespan,
        generate_unique_id_function=_operation_id,
    )
    app.state.settings = settings
    app.state.engine = engine or own_engine
    app.state.noted = NotedLately()
    app.state.pace = Pace(settings.requests_per_minute)
    app.state.plan_tools = PlanTools()
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(HeadAsGet)
    app.add_middleware(NoteUse)
    app.add_middleware(OwnPages, public_url=settings.public_url)
    app.add_middleware(Limits, settings=settings)
    app.add_middleware(OwnHosts, served_on=settings.host, public_url=settings.public_url)
    app.add_middleware(SecurityHeaders, basemap_url=settings.basemap_url, behind_tls=settings.behind_tls)
    handle_problems(app)
    describe_with_examples(app)
    app.include_router(tiles.router)
    app.add_api_route("/docs", _docs, include_in_schema=False)
    app.add_api_route(f"{API}/openapi.json", _docs, include_in_schema=False)  # first: the API takes all its paths
    app.include_router(_api(), prefix=API)
    app.include_router(static_files.router)  # last: it takes every path that is left
    return app


def _api() -> APIRouter:
    router = APIRouter()
    # reports before details: /buildings/summary is not an id
    router.include_router(session.router)  # an issuer sends people back with parameters of its own
    of_plans = (plans, plan_batches, area_audits)
    of_norms = (norms, approved_areas, findings, inspections, indicators)
    of_use = (use, completeness, sheets, annual, costs, idle)
    answers = (spaces, reports, *of_norms, *of_use)
    for module in (tokens, accounts, audit, meta, search, *answers, lists, details, zones, *of_plans):
        router.include_router(module.router, dependencies=[Depends(known_parameters)])

    @router.get("/{path:path}", include_in_schema=False)
    def nothing_here(path: str) -> None:  # noqa: ARG001
        """Keep unknown paths of the API from reaching the web map."""
        raise HTTPException(404)

    return router


def _docs() -> RedirectResponse:
    """Lead to the description of the API; a page to browse it needs assets that are not served yet."""
    return RedirectResponse("/openapi.json")


def _operation_id(route: APIRoute) -> str:
    """Name operations as their functions, so that generated clients read well."""
    return route.name
