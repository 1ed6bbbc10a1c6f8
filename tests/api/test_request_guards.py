"""Whose requests are answered, and HEAD."""

from typing import Any

import pytest
from sqlalchemy import Engine

from fangdi.settings import Settings
from fangdi_api.app import create_app

PATHS = ("/api/v1/meta", "/api/v1/nothing", "/tiles/rooms/17/0/0.mvt", "/", "/favicon.ico", "/openapi.json")


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host",
    [
        "rebound.example",
        "rebound.example:8000",
        "127.0.0.1.rebound.example",
        "localhost.rebound.example",
        "localhost@rebound.example",
        "rebound.example/localhost",
        "[::1]rebound.example",
        "[::2]",
        "192.0.2.1",
        "[::",
        ":8000",
        "",
    ],
)
def test_a_request_that_names_another_host_is_refused(http: Any, path: str, host: str) -> None:
    answer = http.get(path, headers={"Host": host})

    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert answer.json()["type"] == "urn:fangdi:problem:foreign-host"
    assert answer.json()["instance"] == path
    assert "content-security-policy" in answer.headers


def test_a_request_that_names_two_hosts_is_refused(http: Any) -> None:
    assert http.get("/api/v1/meta", headers=[("Host", "127.0.0.1"), ("Host", "rebound.example")]).status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LocalHost:8000", "127.0.0.1", "127.0.0.1:1", "[::1]", "[::1]:8000"])
def test_a_request_that_names_this_machine_is_answered(http: Any, host: str) -> None:
    assert http.get("/api/v1/meta", headers={"Host": host}).status_code == 200


def test_the_host_that_is_served_on_is_answered(settings: Settings, engine: Engine, lend: Any) -> None:
    with lend(create_app(settings.model_copy(update={"host": "127.0.0.2"}), engine)) as http:
        assert http.get("/api/v1/health", headers={"Host": "127.0.0.2:8000"}).status_code == 200
        assert http.get("/api/v1/health", headers={"Host": "127.0.0.3:8000"}).status_code == 400


@pytest.mark.parametrize(
    "path", ["/api/v1/meta", "/api/v1/agencies", "/api/v1/agencies/999999", "/api/v1/nothing", "/"]
)
def test_head_answers_as_get_does_without_the_content(http: Any, path: str) -> None:
    got, head = http.get(path), http.head(path)

    assert (head.status_code, head.content) == (got.status_code, b"")
    assert dict(head.headers) == dict(got.headers)
