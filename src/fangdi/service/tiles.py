"""Drawing map tiles, and knowing when one that was drawn before has gone out of date."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Self, TypeVar

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from fangdi.errors import DatabaseNotReadyError, DatabaseUnavailableError
from fangdi.store import tiles
from fangdi.store.access import Credential, Scope, read_scope
from fangdi.store.tile_pool import lend, new_pool
from fangdi.store.tiles import LAYERS, Layer, Tile, View

Fact = TypeVar("Fact")

VERSIONS_KEPT_S = 1.0
"""How old a layer's version may be. A map asks for dozens of tiles at once, so that asking the database for each would
double its work; a change may take this long to show. Polling rather than LISTEN: nothing to lose when a connection
breaks, and a connection pooler may stand in between."""
SCOPE_KEPT_S = 1.0
"""How old a scope may be, for the same reason. Signing out in another server process is felt after that time."""
_MOST_SCOPES = 1000


class TileSource:
    """Draws tiles over a pool of connections; belongs to the event loop that opened it."""

    def __init__(
        self, pool: AsyncConnectionPool[AsyncConnection[Any]], *, layers: Mapping[str, Layer] = LAYERS
    ) -> None:
        self._pool = pool
        self._layers = layers
        self._versions: Mapping[str, int] = {}
        self._versions_of = float("-inf")  # monotonic time at which they were certainly true
        self._away_at = float("-inf")  # monotonic time at which the database last did not answer
        self._reading = asyncio.Lock()
        self._scopes: OrderedDict[Credential, tuple[float, Scope]] = OrderedDict()

    @classmethod
    @asynccontextmanager
    async def over(cls, url: str, *, layers: Mapping[str, Layer] = LAYERS) -> AsyncIterator[Self]:
        """Lend a source over a database; it need not answer yet."""
        pool = new_pool(url)
        await pool.open()
        try:
            yield cls(pool, layers=layers)
        finally:
            await pool.close()

    def shows(self, tile: Tile) -> bool:
        """Whether the layer has anything at this zoom."""
        return tile.z >= self._layers[tile.layer].minzoom

    async def version(self, layer: str) -> int:
        """Return the version of a layer's data, as it was at most VERSIONS_KEPT_S ago.

        Read before a tile is drawn, it can only be older than what the tile shows: a tile kept under it is drawn anew
        too early at worst, never too late.
        """
        if time.monotonic() - self._versions_of > VERSIONS_KEPT_S:
            async with self._reading:
                if time.monotonic() - self._versions_of > VERSIONS_KEPT_S:
                    await self._renew_versions()
        if layer not in self._versions:
            raise DatabaseNotReadyError(f"The database does not count changes of the layer {layer}; migrate it.")
        return self._versions[layer]

    async def scope(self, credential: Credential) -> Scope:
        """Return what a credential allows, as it was at most SCOPE_KEPT_S ago; nobody's when it is worth nothing."""
        known = self._scopes.get(credential)
        asked = time.monotonic()
        if known is not None and asked - known[0] <= SCOPE_KEPT_S:
            return known[1]
        scope = await self._ask(lambda connection: read_scope(connection, credential))
        self._scopes[credential] = asked, scope
        while len(self._scopes) > _MOST_SCOPES:
            self._scopes.popitem(last=False)
        return scope

    def forget(self, credential: Credential) -> None:
        """Let go of what a credential allows, because it was taken back."""
        self._scopes.pop(credential, None)

    async def draw(self, tile: Tile, view: View, scope: Scope) -> bytes:
        """Return what of the tile may be seen as MVT; empty when that is nothing, or below the least zoom."""
        if not self.shows(tile):
            return b""
        async with lend(self._pool) as connection:
            return await tiles.draw(connection, tile, view, scope, layers=self._layers)

    async def _renew_versions(self) -> None:
        asked = time.monotonic()
        if asked - self._away_at < VERSIONS_KEPT_S:  # those who queued here would wait for it one after the other
            raise DatabaseUnavailableError("The database does not answer; try again in a moment.")
        try:
            self._versions = await self._ask(tiles.read_versions)
        except DatabaseUnavailableError:
            self._away_at = time.monotonic()
            raise
        self._versions_of = asked

    async def _ask(self, question: Callable[[AsyncConnection[Any]], Awaitable[Fact]]) -> Fact:
        """Ask a short question; once more when the connection was to a server that has gone since."""
        try:
            async with lend(self._pool) as connection:
                return await question(connection)
        except DatabaseUnavailableError as error:
            cause = error.__cause__
            if isinstance(cause, PoolTimeout) or not isinstance(cause, psycopg.OperationalError):
                raise
            await self._pool.check()  # the server was restarted: let go of the connections to the old one
            async with lend(self._pool) as connection:
                return await question(connection)
