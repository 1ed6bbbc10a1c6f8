"""Signing in begins a session that lasts as long as it should, and signing out ends it."""

# ruff: noqa: F811 - fixtures are asked for by name

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from sessions import SESSION, another, browser, owner, served, sign_in  # noqa: F401 - fixtures


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


def test_demonstration_passwords_are_shown_to_whoever_has_not_signed_in(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = [{"login": "demo-viewer", "password": "x", "role": {"zh": "查看人员", "en": "Viewer"}}]
    monkeypatch.setattr("fangdi.service.demo.accounts", lambda _settings: shown)
    assert browser.get(SESSION).json()["demo"] == shown

    sign_in(browser)

    assert browser.get(SESSION).json()["demo"] is None


def test_signing_out_deletes_the_session(browser: TestClient, owner: Engine) -> None:
    csrf = sign_in(browser)["csrf"]
    key = browser.cookies["fangdi_session"]

    assert browser.delete(SESSION, headers={"X-CSRF-Token": str(csrf)}).status_code == 204

    browser.cookies.set("fangdi_session", key)
    assert not browser.get(SESSION).json()["signed_in"]
    with owner.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM fangdi.web_session").scalar_one() == 0


def test_a_login_that_no_database_can_hold_is_refused(browser: TestClient) -> None:
    assert browser.post(SESSION, json={"login": "l\0i", "password": "secret"}).status_code == 422
