"""How much and how often a client may ask, and what browsers are told."""

# ruff: noqa: F811 - fixtures are asked for by name

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

from fangdi.settings import Settings
from fangdi_api import limits
from fangdi_api.app import create_app
from fangdi_api.limits import MOST_BODY, PEOPLE_BEHIND_AN_ADDRESS, Pace
from people import a_viewer, bearer
from sessions import ADDRESS, SESSION, owner, served  # noqa: F401 - fixtures

Make = Callable[..., TestClient]


@pytest.fixture
def serving(served: Engine) -> Make:
    """Make clients of a server with settings of the test's."""
    return lambda **settings: TestClient(create_app(Settings(**settings), served), base_url=ADDRESS)


def test_a_bucket_is_refilled_evenly() -> None:
    now = [0.0]
    pace = Pace(60, clock=lambda: now[0])

    assert [pace.wait_s("a") for _ in range(61)] == [0] * 60 + [1]
    assert pace.wait_s("b") == 0
    now[0] = 2.0
    assert [pace.wait_s("a") for _ in range(3)] == [0, 0, 1], "one a second came back"


def test_no_limit_is_set_by_nought() -> None:
    assert {Pace(0).wait_s("a") for _ in range(1000)} == {0}


@pytest.mark.parametrize("path", ["/api/v1/agencies", "/tiles/rooms/17/0/0.mvt"])
def test_an_account_that_asks_too_often_has_to_wait(serving: Make, owner: Engine, path: str) -> None:
    with owner.begin() as connection:
        hasty, calm = a_viewer(connection), a_viewer(connection)

    with serving(requests_per_minute=3) as http:
        answers = [http.get(path, headers=bearer(hasty)) for _ in range(4)]

        assert [answer.status_code for answer in answers[:3]] != [429] * 3
        assert (answers[3].status_code, answers[3].json()["type"]) == (429, "urn:fangdi:problem:too-many-requests")
        assert 0 < int(answers[3].headers["Retry-After"]) <= 20
        assert http.get(path, headers=bearer(calm)).status_code != 429


def test_an_address_that_asks_too_often_has_to_wait_whoever_it_says_it_is(serving: Make) -> None:
    with serving(requests_per_minute=1) as http:
        answers = [http.get("/api/v1/health", headers=bearer(str(n))) for n in range(PEOPLE_BEHIND_AN_ADDRESS + 1)]

    assert [answer.status_code for answer in answers] == [200] * PEOPLE_BEHIND_AN_ADDRESS + [429]
    assert "Retry-After" in answers[-1].headers
    assert "content-security-policy" in answers[-1].headers


def test_a_body_that_says_it_is_too_large_is_not_read(serving: Make) -> None:
    with serving() as http:
        answer = http.post(SESSION, content=b"{}", headers={"Content-Length": str(MOST_BODY + 1)})

    assert (answer.status_code, answer.json()["type"]) == (413, "urn:fangdi:problem:too-large")


def test_a_body_that_turns_out_too_large_is_refused(serving: Make) -> None:
    def without_end() -> Iterator[bytes]:
        for _ in range(MOST_BODY // 1000 + 2):
            yield b" " * 1000

    with serving() as http:
        answer = http.post(SESSION, content=without_end(), headers={"Content-Type": "application/json"})

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_body_that_never_ends_is_given_up(serving: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "BODY_WITHIN_S", 0.0)

    with serving() as http:
        answer = http.post(SESSION, json={"login": "li", "password": "x"})

    assert answer.status_code == 408


def test_pages_from_elsewhere_are_told_nothing(serving: Make) -> None:
    with serving() as http:
        asked = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "POST"}
        answers = [http.options(SESSION, headers=asked), http.get("/api/v1/meta", headers=asked)]

    for answer in answers:
        assert not [name for name in answer.headers if name.startswith("access-control-")]
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize(("url", "told"), [(None, None), ("https://fangdi.example", "max-age=31536000")])
def test_browsers_are_told_to_come_by_https_where_there_is_https(serving: Make, url: Any, told: Any) -> None:
    with serving(public_url=url) as http:
        assert http.get("/api/v1/health").headers.get("strict-transport-security") == told


def test_styles_and_scripts_come_from_files_alone(serving: Make) -> None:
    with serving() as http:
        assert "unsafe" not in http.get("/").headers["content-security-policy"]
