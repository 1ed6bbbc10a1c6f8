"""Signing in begins a session that lasts as long as it should, and signing out ends it."""

from collections.abc import Callable, Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from fangdi.domain.access import Role
from fangdi.service.signing_in import hash_password
from fangdi.settings import Settings
from fangdi.store.engine import create_engine
from fangdi_api.app import create_app
from people import an_account, has_role

PASSWORD = "correct horse battery"
HASH = hash_password(PASSWORD)
SESSION = "/api/v1/session"


@pytest.fixture
def owner(fresh_database: Callable[..., str]) -> Iterator[Engine]:
    """Open a database with an account that has a password."""
    engine = create_engine(fresh_database())
    with engine.begin() as connection:
        has_role(connection, an_account(connection, "li", password_hash=HASH), Role.VIEWER)
    yield engine
    engine.dispose()


@pytest.fixture
def browser(owner: Engine) -> Iterator[TestClient]:
    """Lend a browser that nobody is signed in with, over a server with the rights of the application role."""
    engine = create_engine(owner.url.set(username="fangdi_app").render_as_string(hide_password=False))
    with TestClient(create_app(Settings(), engine), base_url="http://127.0.0.1") as client:
        yield client
    engine.dispose()


def sign_in(browser: TestClient, login: str = "li", password: str = PASSWORD) -> dict[str, object]:
    answer = browser.post(SESSION, json={"login": login, "password": password})
    assert answer.status_code == 200, answer.text
    body: dict[str, object] = answer.json()
    return body


def test_nobody_is_signed_in_at_first(browser: TestClient) -> None:
    assert browser.get(SESSION).json() == {
        "signed_in": False, "account": None, "csrf": None, "oidc": None, "demo": None,
    }  # fmt: skip


def test_signing_in_says_who_one_is_and_what_one_may_do(browser: TestClient) -> None:
    signed_in = sign_in(browser)

    account = signed_in["account"]
    assert isinstance(account, dict)
    assert (account["login"], account["capabilities"]) == ("li", ["read_land", "read_assets"])
    assert account["roles"][0]["label"] == {"zh": "查看人员", "en": "Viewer"}
    assert browser.get(SESSION).json() == signed_in


def test_signing_out_deletes_the_session(browser: TestClient, owner: Engine) -> None:
    csrf = sign_in(browser)["csrf"]
    key = browser.cookies["fangdi_session"]

    assert browser.delete(SESSION, headers={"X-CSRF-Token": str(csrf)}).status_code == 204

    browser.cookies.set("fangdi_session", key)
    assert not browser.get(SESSION).json()["signed_in"]
    with owner.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM fangdi.web_session").scalar_one() == 0
