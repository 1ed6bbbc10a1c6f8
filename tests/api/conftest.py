"""Clients of the API over the connection of a test, so that what the test drew is there and nothing of it stays."""

import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from fastapi import FastAPI, Request
from sqlalchemy import Connection, Engine, text

from builders import a_scope
from fangdi.domain.access import Role
from fangdi.errors import SignInRequiredError
from fangdi.settings import Settings
from fangdi.store import access
from fangdi.store.access import Credential, Scope, acting, scope_of
from fangdi.store.query import prepare_analysis
from fangdi_api import deps, noting
from fangdi_api.app import create_app
from people import EVERYTHING, bearer, key_of

with warnings.catch_warnings():
    # starlette asks for httpx2, which the lock file does not have
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient


ADDRESS = "http://127.0.0.1"
_TAKE_ON = text("""
    SELECT set_config('fangdi.scope', :scope, true), set_config('fangdi.seal', :seal, true),
           set_config('role', :role, true)
""")


@pytest.fixture
def app(settings: Settings, engine: Engine) -> FastAPI:
    """Return the application on this worker's database."""
    return create_app(settings, engine)


@pytest.fixture
def lend() -> Callable[[FastAPI], TestClient]:
    """Make clients of other applications, with the token that shows everything."""
    return lambda app: TestClient(app, base_url=ADDRESS, raise_server_exceptions=False, headers=bearer(EVERYTHING))


@pytest.fixture
def over_test(app: FastAPI, connection: Connection) -> FastAPI:
    """Return the application whose requests see what the test has drawn, each with the rights of who asks."""

    def lent(request: Request) -> Iterator[Connection]:
        with _request(connection, request):
            yield connection

    def lent_to_signed_in(request: Request) -> Iterator[Connection]:
        with _request(connection, request) as scope:
            if not scope:
                raise SignInRequiredError(deps.SIGN_IN_FIRST)
            yield connection

    def noted(request: Request) -> noting.Writer:
        def own() -> AbstractContextManager[Connection]:
            connection.execute(text("SELECT set_config('role', 'none', true)"))
            return contextmanager(lent_to_signed_in)(request)

        return own

    prepare_analysis(connection)
    app.dependency_overrides |= {
        deps.open_connection: lent,
        deps.connection: lent_to_signed_in,
        deps.write_connection: lent_to_signed_in,
        noting.writer: noted,
    }
    return app


@pytest.fixture
def http(over_test: FastAPI) -> Iterator[TestClient]:
    """Lend a client that is signed in and sees everything there is, whatever is classified included."""
    with _client(over_test, bearer(EVERYTHING)) as client:
        yield client


@pytest.fixture
def client(http: TestClient) -> TestClient:
    """Lend the client that sees everything, under its other name."""
    return http


@pytest.fixture
def nobody(over_test: FastAPI) -> Iterator[TestClient]:
    """Lend a client that is not signed in."""
    with _client(over_test, {}) as client:
        yield client


@pytest.fixture
def client_of(over_test: FastAPI, connection: Connection) -> Callable[..., TestClient]:
    """Make clients of accounts: `client_of(Role.VIEWER, jurisdiction="330200", cleared=True)`; see `people.key_of`."""
    return lambda role, **who: _client(over_test, bearer(key_of(connection, Role(role), **who)))


@pytest.fixture
def client_with(over_test: FastAPI) -> Callable[[str], TestClient]:
    """Make clients that show a token."""
    return lambda key: _client(over_test, bearer(key))


def _client(app: FastAPI, headers: dict[str, str]) -> TestClient:
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False, headers=headers)


@contextmanager
def _request(connection: Connection, request: Request) -> Iterator[Scope]:
    """Do for one request what `reading` and `writing` do, within the transaction of the test."""
    shown = deps.credential(request)
    everything = a_scope(connection) if shown == Credential.token(EVERYTHING) else None
    with connection.begin_nested():  # what fails leaves nothing behind
        if everything:
            _take_on(connection, everything)
            yield everything
        else:
            with acting(connection, shown):
                yield scope_of(connection)
    connection.execute(_TAKE_ON, {"scope": "", "seal": "", "role": "none"})
    connection.info.pop(access._SCOPE, None)


def _take_on(connection: Connection, scope: Any) -> None:
    connection.info[access._SCOPE] = scope
    connection.execute(_TAKE_ON, {"scope": scope.said, "seal": scope.seal, "role": "fangdi_app"})
