"""A client of the API over the connection of a test, so that what the test drew is there and nothing of it stays."""

import warnings
from collections.abc import Callable, Iterator

import pytest
from fastapi import FastAPI
from sqlalchemy import Connection, Engine

from fangdi.settings import Settings
from fangdi.store.query import prepare_analysis
from fangdi_api import deps
from fangdi_api.app import create_app

with warnings.catch_warnings():
    # starlette asks for httpx2, which the lock file does not have
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient


ADDRESS = "http://127.0.0.1"


@pytest.fixture
def app(settings: Settings, engine: Engine) -> FastAPI:
    """Return the application on this worker's database."""
    return create_app(settings, engine)


@pytest.fixture
def lend() -> Callable[[FastAPI], TestClient]:
    """Make clients of other applications."""
    return lambda app: TestClient(app, base_url=ADDRESS, raise_server_exceptions=False)


@pytest.fixture
def http(app: FastAPI, connection: Connection) -> Iterator[TestClient]:
    """Lend a client whose requests see what the test has drawn."""
    prepare_analysis(connection)
    app.dependency_overrides[deps.connection] = lambda: connection
    with TestClient(app, base_url=ADDRESS, raise_server_exceptions=False) as client:
        yield client
