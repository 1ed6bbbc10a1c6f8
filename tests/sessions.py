"""Browsers that sign in to a server with the rights of the application role, over a database of their own."""

import warnings
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, text

from fangdi.domain.access import Role
from fangdi.service.signing_in import hash_password
from fangdi.settings import Settings
from fangdi.store.engine import create_engine
from fangdi_api.app import create_app
from people import an_account, has_role

with warnings.catch_warnings():
    # starlette asks for httpx2, which the lock file does not have
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

PASSWORD = "correct horse battery"
HASH = hash_password(PASSWORD)
SESSION = "/api/v1/session"
ADDRESS = "http://127.0.0.1"


@pytest.fixture
def owner(fresh_database: Callable[..., str]) -> Iterator[Engine]:
    """Open a database with an account that has a password."""
    engine = create_engine(fresh_database())
    with engine.begin() as connection:
        has_role(connection, an_account(connection, "li", password_hash=HASH), Role.VIEWER)
    yield engine
    engine.dispose()


@pytest.fixture
def served(owner: Engine) -> Iterator[Engine]:
    """Open the database as the application role."""
    engine = create_engine(owner.url.set(username="fangdi_app").render_as_string(hide_password=False))
    yield engine
    engine.dispose()


@pytest.fixture
def another(served: Engine) -> Callable[[], TestClient]:
    """Make browsers that nobody is signed in with."""
    app = create_app(Settings(), served)
    return lambda: TestClient(app, base_url=ADDRESS)


@pytest.fixture
def browser(another: Callable[[], TestClient]) -> Iterator[TestClient]:
    """Lend a browser over a server that runs."""
    with another() as client:
        yield client


def sign_in(browser: TestClient, login: str = "li", password: str = PASSWORD) -> dict[str, Any]:
    """Sign in and return the answer."""
    answer = browser.post(SESSION, json={"login": login, "password": password})
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def run(owner: Engine, statement: str) -> Any:
    """Run a statement with the owner's rights and return its first value."""
    with owner.begin() as connection:
        return connection.execute(text(statement)).scalar()
