"""Sessions withstand pages from elsewhere, guessing, replay and fixation."""

# ruff: noqa: F811 - fixtures are asked for by name

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from fangdi.domain.signing_in import FAILURES_OF_ADDRESS, FAILURES_OF_LOGIN
from fangdi.service import signing_in as service
from sessions import PASSWORD, SESSION, another, browser, owner, run, served, sign_in  # noqa: F401 - fixtures

PASSWORD_PATH = f"{SESSION}/password"
NEW = "another good passphrase"


def fail(browser: TestClient, login: str, password: str = "wrong password") -> int:  # noqa: S107 - not one
    return int(browser.post(SESSION, json={"login": login, "password": password}).status_code)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(browser: TestClient) -> None:
    answer = browser.post(SESSION, json={"login": "li", "password": PASSWORD})

    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/", "Max-Age=43200"} <= set(cookie.split("; "))
    assert "Secure" not in cookie


def test_over_https_the_cookie_travels_by_https_only(browser: TestClient) -> None:
    answer = browser.post(f"https://127.0.0.1{SESSION}", json={"login": "li", "password": PASSWORD})

    assert "Secure" in answer.headers["set-cookie"].split("; ")


def test_a_session_key_that_was_planted_is_never_used(browser: TestClient) -> None:
    browser.cookies.set("fangdi_session", "planted", domain="127.0.0.1")

    sign_in(browser)

    assert browser.cookies.get("fangdi_session", domain="127.0.0.1") != "planted"
    assert not browser.get(SESSION, headers={"Cookie": "fangdi_session=planted"}).json()["signed_in"]


def test_signing_in_again_ends_the_session_before(browser: TestClient, owner: Engine) -> None:
    sign_in(browser)
    old = browser.cookies["fangdi_session"]

    sign_in(browser)

    assert browser.cookies["fangdi_session"] != old
    assert run(owner, "SELECT count(*) FROM fangdi.web_session") == 1


def test_the_key_of_a_session_is_not_kept(browser: TestClient, owner: Engine) -> None:
    sign_in(browser)

    kept = run(owner, "SELECT key_hash FROM fangdi.web_session")

    assert browser.cookies["fangdi_session"].encode() not in bytes(kept)


@pytest.mark.parametrize(
    ("column", "age"), [("expires_at", "1 second"), ("seen_at", "2 h 1 second")], ids=["old", "idle"]
)
def test_a_session_ends_when_it_is_old_or_idle(browser: TestClient, owner: Engine, column: str, age: str) -> None:
    sign_in(browser)
    run(owner, f"UPDATE fangdi.web_session SET {column} = now() - interval '{age}' RETURNING 1")  # noqa: S608

    assert not browser.get(SESSION).json()["signed_in"]
    assert not browser.get(SESSION).json()["signed_in"], "asking brought it back"


def test_using_a_session_is_noted(browser: TestClient, owner: Engine) -> None:
    sign_in(browser)
    run(owner, "UPDATE fangdi.web_session SET seen_at = now() - interval '1 h' RETURNING 1")

    browser.get(SESSION)

    assert run(owner, "SELECT seen_at > now() - interval '1 minute' FROM fangdi.web_session")


def test_disabling_an_account_ends_what_it_is_doing(browser: TestClient, owner: Engine) -> None:
    sign_in(browser)
    run(owner, "UPDATE fangdi.account SET disabled_at = now() RETURNING 1")

    assert not browser.get(SESSION).json()["signed_in"]
    assert fail(browser, "li", PASSWORD) == 401


def test_the_answer_does_not_tell_which_accounts_exist(browser: TestClient) -> None:
    known = browser.post(SESSION, json={"login": "li", "password": "wrong password"})
    unknown = browser.post(SESSION, json={"login": "nobody", "password": "wrong password"})

    assert known.status_code == unknown.status_code == 401
    assert known.json() == unknown.json()
    assert known.json()["type"] == "urn:fangdi:problem:sign-in-failed"


def test_a_password_is_checked_even_when_there_is_no_account(monkeypatch: pytest.MonkeyPatch) -> None:
    checked: list[str] = []

    class Hasher:
        def verify(self, hashed: str, _password: str) -> bool:
            checked.append(hashed)
            return True

    service._nobodys_hash()
    monkeypatch.setattr(service, "_hasher", Hasher())

    assert not service.matches("whatever", None)
    assert len(checked) == 1


@pytest.mark.parametrize("login", ["li", "nobody"])
def test_after_repeated_failures_one_has_to_wait_whether_the_account_exists(browser: TestClient, login: str) -> None:
    assert [fail(browser, login) for _ in range(FAILURES_OF_LOGIN)] == [401] * FAILURES_OF_LOGIN

    refused = browser.post(SESSION, json={"login": login, "password": PASSWORD})

    assert refused.status_code == 429
    assert refused.json()["type"] == "urn:fangdi:problem:too-many-attempts"
    assert 1 <= int(refused.headers["Retry-After"]) <= 30


def test_after_waiting_one_may_try_again(browser: TestClient, owner: Engine) -> None:
    for _ in range(FAILURES_OF_LOGIN):
        fail(browser, "li")
    run(owner, "UPDATE fangdi.sign_in_attempt SET tried_at = tried_at - interval '31 s' RETURNING 1")

    sign_in(browser)


def test_an_address_that_tries_many_names_has_to_wait(browser: TestClient) -> None:
    for number in range(FAILURES_OF_ADDRESS):
        assert fail(browser, f"name{number}") == 401

    assert fail(browser, "li", PASSWORD) == 429


def test_attempts_are_forgotten_after_a_day(browser: TestClient, owner: Engine) -> None:
    fail(browser, "li")
    run(owner, "UPDATE fangdi.sign_in_attempt SET tried_at = now() - interval '25 h' RETURNING 1")

    fail(browser, "li")

    assert run(owner, "SELECT count(*) FROM fangdi.sign_in_attempt") == 1


def change(browser: TestClient, headers: dict[str, str]) -> int:
    return int(browser.post(PASSWORD_PATH, json={"old": PASSWORD, "new": NEW}, headers=headers).status_code)


def test_a_change_without_the_pages_secret_is_refused(browser: TestClient) -> None:
    sign_in(browser)

    refused = browser.post(PASSWORD_PATH, json={"old": PASSWORD, "new": NEW})

    assert refused.status_code == 403
    assert refused.json()["type"] == "urn:fangdi:problem:csrf"
    assert change(browser, {"X-CSRF-Token": "0" * 64}) == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:8001"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_change_from_another_page_is_refused_even_with_the_secret(
    browser: TestClient, headers: dict[str, str]
) -> None:
    csrf = str(sign_in(browser)["csrf"])

    assert change(browser, {"X-CSRF-Token": csrf, **headers}) == 403


def test_nobody_is_signed_in_by_another_page(browser: TestClient) -> None:
    body = {"login": "li", "password": PASSWORD}

    assert browser.post(SESSION, json=body, headers={"Origin": "http://evil.example"}).status_code == 403


def test_our_own_page_may_change(browser: TestClient) -> None:
    csrf = str(sign_in(browser)["csrf"])

    headers = {"X-CSRF-Token": csrf, "Origin": "http://127.0.0.1", "Sec-Fetch-Site": "same-origin"}
    assert change(browser, headers) == 204


def test_changing_the_password_ends_other_sessions_but_not_this_one(
    browser: TestClient, another: Callable[[], TestClient]
) -> None:
    other = another()
    sign_in(other)
    csrf = str(sign_in(browser)["csrf"])

    assert change(browser, {"X-CSRF-Token": csrf}) == 204

    assert browser.get(SESSION).json()["signed_in"]
    assert not other.get(SESSION).json()["signed_in"]
    assert fail(other, "li", PASSWORD) == 401
    sign_in(other, password=NEW)


@pytest.mark.parametrize(("old", "new"), [("wrong", NEW), (PASSWORD, "short"), (PASSWORD, PASSWORD)])
def test_a_password_that_will_not_do_is_refused(browser: TestClient, old: str, new: str) -> None:
    csrf = str(sign_in(browser)["csrf"])

    answer = browser.post(PASSWORD_PATH, json={"old": old, "new": new}, headers={"X-CSRF-Token": csrf})

    assert answer.status_code == 422
    sign_in(browser)


def test_whoever_has_to_change_the_password_can_do_nothing_before(browser: TestClient, owner: Engine) -> None:
    run(owner, "UPDATE fangdi.account SET password_expired = true RETURNING 1")
    signed_in = sign_in(browser)

    assert signed_in["account"]["capabilities"] == []
    assert browser.get("/api/v1/rooms").status_code == 403

    assert change(browser, {"X-CSRF-Token": signed_in["csrf"]}) == 204
    assert browser.get(SESSION).json()["account"]["capabilities"] == ["read_land", "read_assets"]
