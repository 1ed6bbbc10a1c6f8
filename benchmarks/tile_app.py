"""Our tile server for `uvicorn tile_app:app`: the application as it is deployed.

With BENCHMARK_COMPLETE in the environment nothing is left out at low zooms, so that a peer that leaves out nothing
can be compared with.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from fastapi import FastAPI

from fangdi.settings import read_settings
from fangdi.store.tiles import LAYERS
from fangdi_api.app import create_app
from fangdi_api.routes import tiles

COMPLETE = {name: replace(layer, sparse_below=0, simplified_below=0) for name, layer in LAYERS.items()}


@asynccontextmanager
async def _complete(served: FastAPI) -> AsyncIterator[None]:
    async with tiles.lifespan(served, layers=COMPLETE):
        yield


# nobody asks so often; counting the requests is part of the time all the same
app = create_app(read_settings().model_copy(update={"requests_per_minute": 10_000_000}))
if os.environ.get("BENCHMARK_COMPLETE"):
    app.router.lifespan_context = _complete
