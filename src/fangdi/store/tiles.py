"""Vector tiles: the layers there are, and the questions that draw one tile of each."""

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from psycopg import AsyncConnection
from psycopg.types.numeric import Int4
from sqlalchemy import text
from sqlalchemy.dialects.postgresql.psycopg import dialect

from fangdi.errors import InvalidInputError, NotFoundError
from fangdi.store.access import Scope
from fangdi.store.engine import sql

EXTENT = 4096
"""Units along a tile's edge, as most clients expect; at z18 a unit is 4 cm on the map."""
BUFFER = 64
"""Units drawn beyond the edge, so that outlines do not show where tiles meet: 8 pixels of a 512-pixel tile."""
MAX_ZOOM = 22
PIXELS = 512
"""Pixels along a tile's edge: how large MapLibre shows vector tiles."""

_EQUATOR_M = 2 * math.pi * 6378137  # width of the Web Mercator square, EPSG:3857


@dataclass(frozen=True, kw_only=True)
class Layer:
    """One tile layer and how it is generalised."""

    name: str
    minzoom: int
    """below this zoom its tiles are empty"""
    maxzoom: int
    """above this zoom clients need not ask: enlarging these tiles shows nothing less"""
    sparse_below: int = 0
    """below this zoom, features smaller than one square pixel are left out"""
    simplified_below: int = 0
    """below this zoom, outlines keep to within a quarter of a pixel instead of within one unit"""


LAYERS: Mapping[str, Layer] = MappingProxyType(
    {
        layer.name: layer
        for layer in (
            Layer(name="jurisdictions", minzoom=3, maxzoom=14, sparse_below=15, simplified_below=15),
            Layer(name="zones", minzoom=6, maxzoom=16, simplified_below=14),
            Layer(name="parcels", minzoom=11, maxzoom=18, sparse_below=15, simplified_below=15),
            Layer(name="sites", minzoom=10, maxzoom=18, simplified_below=14),
            # Points up to z12: an office block is then smaller than two pixels, and must still be found.
            Layer(name="buildings", minzoom=8, maxzoom=18),
            # At z14 a room of 17 m² is one pixel; smaller ones come from z15.
            Layer(name="rooms", minzoom=14, maxzoom=20, sparse_below=15),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Tile:
    """Address of a tile in a layer; cannot name a layer or a place that does not exist."""

    layer: str
    z: int
    x: int
    y: int

    def __post_init__(self) -> None:
        if self.layer not in LAYERS:
            raise NotFoundError(f"There is no tile layer of this name; choose one of {', '.join(LAYERS)}.")
        if not 0 <= self.z <= MAX_ZOOM:
            raise InvalidInputError(f"Give a zoom from 0 to {MAX_ZOOM}.", place={"field": "z"})
        for field, value in (("x", self.x), ("y", self.y)):
            if not 0 <= value < 1 << self.z:
                raise InvalidInputError(
                    f"At zoom {self.z}, give {field} from 0 to {(1 << self.z) - 1}.", place={"field": field}
                )


@dataclass(frozen=True, slots=True)
class View:
    """What of a tile is asked for: the date, and of rooms the level (楼层), None for all."""

    as_of: date
    level: Decimal | None = None


def question(
    tile: Tile, view: View, scope: Scope, *, layers: Mapping[str, Layer] = LAYERS
) -> tuple[bytes, Mapping[str, date | Decimal | float | str | None]]:
    """Return the statement that draws the tile, and its parameters."""
    layer = layers[tile.layer]
    pixel_m = _EQUATOR_M / (1 << tile.z) / PIXELS
    return _CALLS[tile.layer], {
        "scope": scope.said or "",
        "seal": scope.seal,
        # one type each, whatever the value, so that one prepared statement serves all
        "z": Int4(tile.z),
        "x": Int4(tile.x),
        "y": Int4(tile.y),
        "as_of": view.as_of,
        "level": view.level,
        "smallest": pixel_m**2 if tile.z < layer.sparse_below else 0.0,
        "tolerance": pixel_m / 4 if tile.z < layer.simplified_below else 0.0,
    }


async def draw(
    connection: AsyncConnection[Any], tile: Tile, view: View, scope: Scope, *, layers: Mapping[str, Layer] = LAYERS
) -> bytes:
    """Return what of the tile may be seen as MVT, empty when nothing is there."""
    found = await connection.execute(*question(tile, view, scope, layers=layers), prepare=True, binary=True)
    row = await found.fetchone()
    return bytes(row[0]) if row else b""


async def read_versions(connection: AsyncConnection[Any]) -> dict[str, int]:
    """Return the version of every layer's data."""
    found = await connection.execute(bare_statement("versions"), prepare=True)
    return dict(await found.fetchall())


_PARAMETERS: Mapping[str, str] = MappingProxyType(
    {
        "scope": "text",
        "seal": "text",
        "z": "integer",
        "x": "integer",
        "y": "integer",
        "as_of": "date",
        "level": "numeric",
        "smallest": "double precision",
        "tolerance": "double precision",
    }
)
"""What is asked of a function that draws, and the types."""

_CALLS = {
    name: f"SELECT fangdi.draw_{name}({', '.join(f'%({parameter})s' for parameter in _PARAMETERS)})".encode()
    for name in LAYERS
}
_SEEN = re.compile(r"\bfangdi\.(occupancy|room|building|site|parcel|zone|jurisdiction)\b")
_ASKED = re.compile(r"(?<!:):(\w+)")


def drawing_function(layer: str) -> str:
    """Return the function that draws tiles of a layer by `tile_<layer>.sql`, for migrations to create.

    It runs with the owner's rights, so that the spatial index is used, and reads the views of what the scope may see;
    those who see every place are spared the test of places on every row.
    """
    everything = _ASKED.sub(r"asked_\1", sql(f"tile_{layer}"))
    everything_open = _SEEN.sub(r"fangdi_open.\1", everything)
    some = _SEEN.sub(r"fangdi_seen.\1", everything)
    asked = ", ".join(f"asked_{name} {kind}" for name, kind in _PARAMETERS.items())
    return f"""
        CREATE OR REPLACE FUNCTION fangdi.draw_{layer}({asked}) RETURNS bytea
        LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        BEGIN
            CASE fangdi_seen.take_scope(asked_scope, asked_seal)
                WHEN 'everything' THEN RETURN ({everything});
                WHEN 'everything_open' THEN RETURN ({everything_open});
                ELSE RETURN ({some});
            END CASE;
        END $$;
        REVOKE ALL ON FUNCTION fangdi.draw_{layer} FROM PUBLIC;
        GRANT EXECUTE ON FUNCTION fangdi.draw_{layer} TO fangdi_app;
    """


@cache
def recipe() -> str:
    """Return a word that changes whenever the same data would be drawn differently."""
    parts = [repr(LAYERS), str((EXTENT, BUFFER, PIXELS)), *(sql(f"tile_{name}") for name in LAYERS)]
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=6).hexdigest()


@cache
def bare_statement(name: str) -> bytes:
    """Return the statement in `tile_<name>.sql` with its `:names` as psycopg takes them; it limits nobody."""
    psycopg_style = dialect()  # type: ignore[no-untyped-call]
    return str(text(sql(f"tile_{name}")).compile(dialect=psycopg_style)).encode()
