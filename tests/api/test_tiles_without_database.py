"""Tiles while the database is away."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from httpx import Client, Response
from sqlalchemy import Engine, make_url

from fangdi.domain.access import Role
from fangdi.settings import Settings
from fangdi.store.engine import create_engine
from fangdi_api.app import create_app
from people import an_account, bearer, has_role, has_token

KEY = "fangdi_test_away"
ROOMS = "/tiles/rooms/17/109791/{}.mvt"
PROMPT_S = 5.0  # 3 s of patience, and what a loaded machine adds


@contextmanager
def served(app: FastAPI) -> Iterator[Client]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            with Client(
                base_url=f"http://127.0.0.1:{listener.getsockname()[1]}", timeout=60, headers=bearer(KEY)
            ) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


def a_map_of_tiles(client: Client) -> tuple[list[Response], float]:
    """Ask for two dozen tiles at once, as a map does; return the answers and how long the last one took."""
    began = time.monotonic()
    with ThreadPoolExecutor(24) as together:
        answers = list(together.map(client.get, [ROOMS.format(row) for row in range(24)]))
    return answers, time.monotonic() - began


def assert_prompt_problems(answers: list[Response], took_s: float) -> None:
    kinds = {(answer.status_code, answer.headers["content-type"]) for answer in answers}
    assert kinds == {(503, "application/problem+json")}
    assert {answer.json()["type"] for answer in answers} == {"urn:fangdi:problem:database-unavailable"}
    assert took_s < PROMPT_S


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Lend a port that takes connections and never says a word, as a host behind a dead network path."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_database_that_never_answers_is_a_prompt_503_for_a_whole_map(silent_port: int) -> None:
    app = create_app(Settings(database_url=f"postgresql://nobody@127.0.0.1:{silent_port}/nothing"))
    with served(app) as client:
        assert_prompt_problems(*a_map_of_tiles(client))


def _let_in(url: str) -> None:
    opened = create_engine(url)
    with opened.begin() as connection:
        account = an_account(connection)
        has_role(connection, account, Role.VIEWER)
        has_token(connection, account, key=KEY)
    opened.dispose()


def test_a_database_that_goes_away_is_a_prompt_503_until_it_is_back(fresh_database: Any, engine: Engine) -> None:
    url = fresh_database()
    name = make_url(url).database
    _let_in(url)
    with served(create_app(Settings(database_url=url))) as client, engine.connect() as opened:
        elsewhere = opened.execution_options(isolation_level="AUTOCOMMIT")
        assert client.get(ROOMS.format(0)).status_code == 204

        elsewhere.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        elsewhere.exec_driver_sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
        time.sleep(1.1)
        for _ in range(2):
            assert_prompt_problems(*a_map_of_tiles(client))

        elsewhere.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        time.sleep(1.1)
        answers, took_s = a_map_of_tiles(client)
        assert {answer.status_code for answer in answers} == {204}
        assert took_s < PROMPT_S
