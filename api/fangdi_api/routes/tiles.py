"""Vector tiles: GET /tiles/{layer}/{z}/{x}/{y}.mvt, answered from memory whenever the data have not changed.

A plain Starlette route: the checks are few, and this is the path that a map takes dozens of times a second.
"""

import asyncio
import gzip
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, FastAPI, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from fangdi.domain.access import Capability
from fangdi.errors import InvalidInputError, NotAllowedError, SignInRequiredError
from fangdi.service.audit import note_map
from fangdi.service.tiles import TileSource
from fangdi.store.access import NOBODY, Scope
from fangdi.store.tiles import LAYERS, MAX_ZOOM, Layer, Tile, View, recipe
from fangdi_api.days import NOT_A_DAY, read_day
from fangdi_api.deps import NO_ROLE, SIGN_IN_FIRST, SIGNED_IN, AsOf, credential
from fangdi_api.noting import NotedLately, writer
from fangdi_api.problems import wrong_query
from fangdi_api.tile_cache import TileCache

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
PATH = "/tiles/{layer}/{z}/{x}/{y}.mvt"

_FOR_ALL = frozenset({"jurisdictions", "zones"})
"""Layers that everybody who is signed in may see."""
_GZIP_LEVEL = 4
"""Within 1 % of the size of level 6 at half the time, measured on a tile of 1,920 rooms: 24.9 kB in 1.2 ms."""
_LARGE = 32_768
"""From this size on, packing goes to a thread: it would keep the others waiting for a millisecond or more."""

_WHOLE_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_LEVEL = re.compile(r"-?[0-9]{1,3}(\.[0-9])?", re.ASCII)

router = APIRouter()


@dataclass(frozen=True)
class Tiles:
    """What answers tile requests in one process."""

    source: TileSource
    cache: TileCache | None


@asynccontextmanager
async def lifespan(app: FastAPI, *, layers: Mapping[str, Layer] = LAYERS) -> AsyncIterator[None]:
    """Open what tiles need for as long as the application runs; it has its settings and engine in `app.state`."""
    url = app.state.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    most_bytes = app.state.settings.tile_cache_mb * 1_000_000
    async with TileSource.over(url, layers=layers) as source:
        app.state.tiles = Tiles(source, TileCache(most_bytes=most_bytes) if most_bytes else None)
        yield


async def get_tile(request: Request) -> Response:
    """Answer with the tile, 204 when it is empty, 304 when the client has it already."""
    tiles: Tiles = request.app.state.tiles
    tile, view = _tile(request.path_params), _view(request)
    scope = await _scope(request, tiles, tile)
    version = await tiles.source.version(tile.layer)
    etag = f'W/"{recipe()}-{version}-{scope.view}-{view.as_of}-{view.level}"'
    await _note_read(request, scope, tile.layer)
    headers = {"ETag": etag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}
    if _knows(request.headers.get("if-none-match"), etag):
        return Response(status_code=304, headers=headers)
    zipped = _takes_gzip(request.headers.get("accept-encoding", ""))
    content = await _content(tiles, _Asked(tile, view, scope), version=version, zipped=zipped)
    if not content:
        return Response(status_code=204, headers=headers)
    if zipped:
        headers["Content-Encoding"] = "gzip"
    return Response(content, headers=headers, media_type=MEDIA_TYPE)


router.add_route(PATH, get_tile, methods=["GET"], include_in_schema=False)


@router.get(
    PATH,
    tags=["tiles"],
    response_class=Response,
    openapi_extra={"security": SIGNED_IN},
    responses={
        200: {"content": {MEDIA_TYPE: {}}, "description": "The tile, one layer of the same name."},
        204: {"description": "Nothing is there, or the zoom is below the layer's least."},
        304: {"description": "The client has this version already (If-None-Match)."},
    },
)
def tile(  # noqa: PLR0913, PLR0917 - the parameters of the path and the query
    layer: Annotated[str, Path(description=f"One of {', '.join(LAYERS)}.", examples=["rooms"])],
    z: Annotated[int, Path(ge=0, le=MAX_ZOOM, description="Zoom.", examples=[17])],
    x: Annotated[int, Path(ge=0, description="Column from the west, below 2^z.", examples=[109791])],
    y: Annotated[int, Path(ge=0, description="Row from the north, below 2^z.", examples=[54131])],
    level: Annotated[float | None, Query(description="Only rooms on floors of this level (楼层).")] = None,
    as_of: AsOf = None,
) -> None:
    """Draw a vector tile (矢量瓦片) of a layer on a date.

    `/api/v1/meta` gives the zooms of each layer and its version. Features carry what the map's style needs; details
    are asked for by id. At z14 rooms smaller than a pixel (17 m² at 30° N) are left out, as are parcels and
    jurisdictions below z15; up to z12 buildings are points.
    """
    # Never called: the plain route above answers first. It is here for the description of the API.


async def _scope(request: Request, tiles: Tiles, tile: Tile) -> Scope:
    """Return what the request may see; refuse those who are not signed in, or may see nothing of the layer."""
    shown = credential(request)
    scope = NOBODY if shown is None else await tiles.source.scope(shown)
    if not scope:
        raise SignInRequiredError(SIGN_IN_FIRST)
    needed = Capability.READ_ASSETS if tile.layer == "rooms" else Capability.READ_LAND
    if tile.layer not in _FOR_ALL and not scope.allows(needed):
        raise NotAllowedError(NO_ROLE.format(needed))
    request.app.state.pace.spend(scope.account)
    return scope


async def _note_read(request: Request, scope: Scope, layer: str) -> None:
    """Note once an hour that someone with clearance looks at a layer in which something is classified."""
    noted: NotedLately = request.app.state.noted
    look = (scope.account, "map", layer)
    if not scope.cleared or not noted.is_due(look):
        return

    def note() -> None:
        with writer(request)() as own:
            note_map(own, layer)

    await run_in_threadpool(note)
    noted.remember(look)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A tile of a view, for someone who may see so much."""

    tile: Tile
    view: View
    scope: Scope


async def _content(tiles: Tiles, asked: _Asked, *, version: int, zipped: bool) -> bytes:
    if not tiles.source.shows(asked.tile):
        return b""
    if tiles.cache is None:
        content = await tiles.source.draw(asked.tile, asked.view, asked.scope)
        return await _pack(content) if zipped else content

    async def make() -> bytes:
        return await _pack(await tiles.source.draw(asked.tile, asked.view, asked.scope))

    packed = await tiles.cache.get_or_make((asked.tile, asked.view, asked.scope.view, version), make)
    return packed if zipped or not packed else gzip.decompress(packed)


async def _pack(content: bytes) -> bytes:
    if not content:
        return b""
    if len(content) < _LARGE:
        return gzip.compress(content, _GZIP_LEVEL, mtime=0)
    return await asyncio.to_thread(gzip.compress, content, _GZIP_LEVEL, mtime=0)


def _tile(path: Mapping[str, str]) -> Tile:
    z, x, y = (_whole(path[name], field=name) for name in ("z", "x", "y"))
    return Tile(path["layer"], z, x, y)


def _whole(value: str, *, field: str) -> int:
    if not _WHOLE_NUMBER.fullmatch(value):
        raise InvalidInputError(f"Give {field} as a whole number.", place={"field": field})
    return int(value)


def _view(request: Request) -> View:
    if not request.scope["query_string"]:
        return View(date.today())  # noqa: DTZ011 - the administration's day, which is the server's
    as_of, level = request.query_params.get("as_of"), request.query_params.get("level")
    return View(date.today() if as_of is None else _date(as_of), _level(level) if level else None)  # noqa: DTZ011


def _date(value: str) -> date:
    found = read_day(value)
    if found is None:
        raise wrong_query(as_of=NOT_A_DAY)
    return found


def _level(value: str) -> Decimal:
    """Return a level with one decimal, so that 3 and 3.0 are the same tile."""
    if not _LEVEL.fullmatch(value):
        raise InvalidInputError("Give level as a number such as 3, -1 or 1.5.", place={"field": "level"})
    return Decimal(value).quantize(Decimal("0.1"))


def _knows(if_none_match: str | None, etag: str) -> bool:
    """Whether the client has this version: the weak comparison of RFC 9110, 13.1.2."""
    if if_none_match is None:
        return False
    known = {entry.strip().removeprefix("W/") for entry in if_none_match.split(",")}
    return etag.removeprefix("W/") in known or known == {"*"}


def _takes_gzip(accept_encoding: str) -> bool:
    for part in accept_encoding.split(","):
        coding, _, parameters = part.partition(";")
        if coding.strip().lower() in {"gzip", "*"}:
            return not re.fullmatch(r"q=0(\.0*)?", parameters.strip())
    return False
