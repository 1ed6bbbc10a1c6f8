"""Tokens are shown once, allow what their maker chose, and are worth nothing once revoked or outworn."""

# ruff: noqa: F811 - fixtures are asked for by name

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from people import bearer
from sessions import SESSION, another, browser, owner, run, served, sign_in  # noqa: F401 - fixtures

TOKENS = "/api/v1/tokens"
WANTED = {"name": "QGIS", "capabilities": ["read_land"], "days": 90}


@pytest.fixture
def csrf(browser: TestClient) -> dict[str, str]:
    """Sign in and return the header that changes need."""
    return {"X-CSRF-Token": str(sign_in(browser)["csrf"])}


def make(browser: TestClient, csrf: dict[str, str], **more: Any) -> Any:
    return browser.post(TOKENS, json={**WANTED, **more}, headers=csrf)


def status(browser: TestClient, key: str, path: str = "/api/v1/buildings") -> int:
    browser.cookies.clear()
    return browser.get(path, headers=bearer(key)).status_code


def test_a_token_is_shown_once_and_kept_as_a_hash(browser: TestClient, csrf: dict[str, str], owner: Engine) -> None:
    made = make(browser, csrf)

    key = made.json()["key"]
    assert made.status_code == 201
    assert key.startswith("fangdi_")
    assert key.startswith(made.json()["key_start"])
    assert key not in browser.get(TOKENS).text
    assert key.encode() not in bytes(run(owner, "SELECT key_hash FROM fangdi.api_token"))


def test_a_token_allows_what_was_chosen_and_no_more(browser: TestClient, csrf: dict[str, str]) -> None:
    key = make(browser, csrf).json()["key"]

    assert status(browser, key) == 200
    assert status(browser, key, "/api/v1/rooms") == 403


def test_a_token_cannot_do_more_than_its_maker(browser: TestClient, csrf: dict[str, str]) -> None:
    assert make(browser, csrf, capabilities=["administer_accounts"]).status_code == 403


@pytest.mark.parametrize(
    "more", [{"days": 367}, {"days": 0}, {"capabilities": []}, {"capabilities": ["fly"]}, {"name": "Q\0GIS"}]
)
def test_a_token_that_will_not_do_is_refused(browser: TestClient, csrf: dict[str, str], more: dict[str, Any]) -> None:
    assert make(browser, csrf, **more).status_code == 422


def test_a_reason_that_no_database_can_hold_is_refused(browser: TestClient, csrf: dict[str, str]) -> None:
    answer = browser.post(TOKENS, json=WANTED, headers={**csrf, "X-Reason": "%00"})

    assert (answer.status_code, answer.json()["place"]) == (422, {"field": "X-Reason"})


def test_a_token_is_worth_nothing_after_it_was_revoked(browser: TestClient, csrf: dict[str, str]) -> None:
    made = make(browser, csrf).json()

    assert browser.delete(f"{TOKENS}/{made['id']}", headers=csrf).status_code == 204

    assert browser.get(TOKENS).json()["items"] == []
    assert browser.delete(f"{TOKENS}/{made['id']}", headers=csrf).status_code == 404
    assert status(browser, made["key"]) == 401


def test_a_token_ends_when_it_has_expired(browser: TestClient, csrf: dict[str, str], owner: Engine) -> None:
    key = make(browser, csrf).json()["key"]
    run(owner, "UPDATE fangdi.api_token SET expires_at = now() RETURNING 1")

    assert status(browser, key) == 401


def test_a_token_ends_with_its_account(browser: TestClient, csrf: dict[str, str], owner: Engine) -> None:
    key = make(browser, csrf).json()["key"]
    run(owner, "UPDATE fangdi.account SET disabled_at = now() RETURNING 1")

    assert status(browser, key) == 401


def test_a_token_makes_and_revokes_no_tokens(browser: TestClient, csrf: dict[str, str]) -> None:
    made = make(browser, csrf).json()
    browser.cookies.clear()

    assert make(browser, bearer(made["key"])).status_code == 403
    assert browser.delete(f"{TOKENS}/{made['id']}", headers=bearer(made["key"])).status_code == 404


def test_using_a_token_is_noted(browser: TestClient, csrf: dict[str, str], owner: Engine) -> None:
    key = make(browser, csrf).json()["key"]

    status(browser, key)

    assert run(owner, "SELECT used_at IS NOT NULL FROM fangdi.api_token")


def test_a_request_with_a_token_needs_no_secret_of_a_page(browser: TestClient, csrf: dict[str, str]) -> None:
    key = make(browser, csrf).json()["key"]
    browser.cookies.clear()

    answer = browser.post(f"{SESSION}/password", json={"old": "x", "new": "y"}, headers=bearer(key))

    assert answer.json()["type"] == "urn:fangdi:problem:not-allowed"
