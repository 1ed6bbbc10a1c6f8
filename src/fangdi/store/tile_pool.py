"""Connections that draw tiles: few, asynchronous, and set up for many short questions of one kind."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from fangdi.errors import DatabaseNotReadyError, DatabaseUnavailableError, TooSlowError

_SIZE = 4
"""Most connections: drawing is the work of the database's processors, and more connections than those only queue."""
_WAIT_S = 10.0
"""How long a request waits for a free connection; a map that waits longer has been left."""
_PATIENCE_S = 3.0
"""How long it waits when the database cannot be connected to."""
_CONNECT_S = 2
"""How long one attempt to connect may take: less than the patience, so that a failure is known by then."""

SETTINGS = {
    "jit": "off",  # compiling takes longer than drawing
    "max_parallel_workers_per_gather": "0",  # tiles come in dozens: these are what runs side by side
    "plan_cache_mode": "force_generic_plan",  # planning each tile anew costs as much as drawing a small one
    "enable_bitmapscan": "off",  # keeps tile_rooms.sql on the indexes that are meant for it
    "default_transaction_read_only": "on",
    "statement_timeout": "15s",
}
"""What every connection is set to."""


def new_pool(url: str) -> AsyncConnectionPool[AsyncConnection[Any]]:
    """Make a pool, to be opened by the one who closes it; `url` is a libpq address."""
    return AsyncConnectionPool(
        url,
        min_size=1,
        max_size=_SIZE,
        timeout=_PATIENCE_S,
        reconnect_timeout=_PATIENCE_S,  # then the next request tries again, rather than a timer that doubles its pauses
        open=False,
        configure=_configure,
        kwargs={"autocommit": True, "application_name": "fangdi tiles", "connect_timeout": _CONNECT_S},
        name="tiles",
    )


@asynccontextmanager
async def lend(pool: AsyncConnectionPool[AsyncConnection[Any]]) -> AsyncIterator[AsyncConnection[Any]]:
    """Lend a connection; what goes wrong with the database comes out in words of the domain."""
    try:
        connection = await _free(pool)
        try:
            yield connection
        finally:
            await pool.putconn(connection)
    except psycopg.errors.QueryCanceled as error:
        raise TooSlowError("This tile took too long to draw; zoom in, or ask for one level.") from error
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn, psycopg.errors.InvalidSchemaName) as error:
        raise DatabaseNotReadyError("The database lacks tables; run `fangdi db migrate`.") from error
    except (PoolTimeout, psycopg.OperationalError) as error:
        raise DatabaseUnavailableError("The database does not answer; try again in a moment.") from error


async def _free(pool: AsyncConnectionPool[AsyncConnection[Any]]) -> AsyncConnection[Any]:
    """Wait for a free connection: long while others draw, not long when there is nothing to connect to."""
    failures = _failures(pool)
    try:
        return await pool.getconn(_PATIENCE_S)
    except PoolTimeout:
        if _failures(pool) > failures:
            raise
    return await pool.getconn(_WAIT_S - _PATIENCE_S)


def _failures(pool: AsyncConnectionPool[AsyncConnection[Any]]) -> int:
    return pool.get_stats().get("connections_errors", 0)


async def _configure(connection: AsyncConnection[Any]) -> None:
    settings = list(SETTINGS.items())
    await connection.execute(
        "SELECT set_config(name, value, false) FROM unnest(%s::text[], %s::text[]) AS chosen (name, value)",
        [[name for name, _ in settings], [value for _, value in settings]],
    )
