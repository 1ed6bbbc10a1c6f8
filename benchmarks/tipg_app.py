"""The peer: tipg mounted as its documentation shows, on the same database, for `uvicorn tipg_app:app`."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from psycopg.conninfo import conninfo_to_dict
from starlette_cramjam.middleware import CompressionMiddleware
from tipg.collections import register_collection_catalog
from tipg.database import close_db_connection, connect_to_db
from tipg.errors import DEFAULT_STATUS_CODES, add_exception_handlers
from tipg.factory import Endpoints
from tipg.settings import DatabaseSettings, PostgresSettings


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    address = conninfo_to_dict(os.environ["TIPG_DATABASE"])
    await connect_to_db(
        app,
        schemas=["fangdi"],
        # its settings know no unix sockets, asyncpg does: the host given here is not used
        settings=PostgresSettings(database_url=f"postgresql://{address['user']}@localhost/{address['dbname']}"),
        host=address["host"],
        port=int(address.get("port") or 5432),
    )
    await register_collection_catalog(
        app, db_settings=DatabaseSettings(schemas=["fangdi"], tables=["fangdi.room"], functions=[])
    )
    yield
    await close_db_connection(app)


app = FastAPI(lifespan=_lifespan)
app.include_router(Endpoints().router)
if os.environ.get("TIPG_COMPRESS"):
    app.add_middleware(CompressionMiddleware)
add_exception_handlers(app, DEFAULT_STATUS_CODES)
