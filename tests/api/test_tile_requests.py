"""Tiles over HTTP, against real commits in a database of the test's own."""

import gzip
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import mapbox_vector_tile
import pytest
import uvicorn
from fastapi import FastAPI
from httpx import Client, Response
from sqlalchemy import Connection, Engine

from builders import a_building, a_room, an_agency, occupies, on_map, square
from fangdi.domain.access import Role
from fangdi.errors import DatabaseUnavailableError
from fangdi.service.tiles import VERSIONS_KEPT_S, TileSource
from fangdi.settings import Settings
from fangdi.store.access import Scope
from fangdi.store.cluster import DATABASE, Cluster
from fangdi.store.engine import create_engine
from fangdi.store.throwaway import create_database, drop_database
from fangdi.store.tiles import Tile, View
from fangdi_api.app import create_app
from fangdi_api.routes import tiles as route
from people import an_account, bearer, has_role, has_token

# 121.55° E, 29.87° N at z17: 2^17 (121.55 + 180) / 360 = 109,791; 2^17 (1 - asinh(tan 29.87°) / π) / 2 = 54,131
ROOMS = "/tiles/rooms/17/109791/54131.mvt"
NOTHING = "/tiles/rooms/17/0/0.mvt"
PROBLEM = "application/problem+json"
KEY = "fangdi_test_tiles"


@pytest.fixture(scope="module")
def reader(cluster: Cluster) -> Iterator[Client]:
    """Lend a client to tests that only read; the server has one room and serves the whole module."""
    name = f"tiles_{os.getpid()}"
    database = create_engine(create_database(cluster, name, template=DATABASE))
    let_in(database)
    with database.begin() as connection:
        room_at_centre(connection)
    with served(create_app(Settings(database_url=database.url.render_as_string(hide_password=False)))) as opened:
        yield opened
    database.dispose()
    drop_database(cluster, name)


@pytest.fixture
def url(fresh_database: Any) -> str:
    address: str = fresh_database()
    return address


@pytest.fixture
def database(url: str) -> Iterator[Engine]:
    opened = create_engine(url)
    let_in(opened)
    yield opened
    opened.dispose()


def let_in(database: Engine) -> None:
    """Make the account whose token the clients show: a cleared viewer of the city."""
    with database.begin() as connection:
        account = an_account(connection, cleared=True)
        has_role(connection, account, Role.VIEWER)
        has_token(connection, account, key=KEY)


@contextmanager
def served(app: FastAPI) -> Iterator[Client]:
    """Serve an application on a free port, and lend a client that takes what it gets."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", lifespan="on"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            address = f"http://127.0.0.1:{listener.getsockname()[1]}"
            with Client(base_url=address, headers={"Accept-Encoding": "identity", **bearer(KEY)}, timeout=20) as client:
                yield client
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def app(url: str, database: Engine) -> FastAPI:
    with database.begin() as connection:
        room_at_centre(connection)
    return create_app(Settings(database_url=url))


@pytest.fixture
def client(app: FastAPI) -> Iterator[Client]:
    with served(app) as opened:
        yield opened


def room_at_centre(connection: Connection, number: str = "101", level: float = 1) -> int:
    return a_room(connection, number, plan=square(5), level=level)


def a_second_later() -> None:
    """Wait as long as the server trusts what it knows of the data's versions."""
    time.sleep(VERSIONS_KEPT_S + 0.05)


def numbers(answer: Response) -> list[str]:
    """Return the rooms in a tile."""
    assert answer.status_code == 200, answer.text
    layer = mapbox_vector_tile.decode(answer.content)["rooms"]
    return sorted(feature["properties"]["number"] for feature in layer["features"])


class Watched(TileSource):
    """A source that counts the tiles it draws."""

    drawn = 0

    async def draw(self, tile: Tile, view: View, scope: Scope) -> bytes:
        """Draw, and count."""
        self.drawn += 1
        return await super().draw(tile, view, scope)


def watch(app: FastAPI) -> Watched:
    """Return the source of a served application's tiles, which counts from now on."""
    source: TileSource = app.state.tiles.source
    source.__class__ = Watched
    assert isinstance(source, Watched)
    return source


@pytest.fixture
def watched(app: FastAPI, client: Client) -> Watched:
    assert client.get("/api/v1/health").is_success
    return watch(app)


def test_a_tile_comes_as_a_mapbox_vector_tile(reader: Client) -> None:
    answer = reader.get(ROOMS)

    assert numbers(answer) == ["101"]
    assert answer.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert answer.headers["cache-control"] == "private, no-cache"
    assert "Accept-Encoding" in answer.headers["vary"]
    assert answer.headers["etag"].startswith('W/"')


def test_an_empty_tile_is_204(reader: Client) -> None:
    answer = reader.get(NOTHING)

    assert (answer.status_code, answer.content) == (204, b"")
    assert "etag" in answer.headers


def test_below_the_least_zoom_tiles_are_empty_without_asking_the_database(client: Client, watched: Watched) -> None:
    assert client.get("/tiles/rooms/13/6861/3383.mvt").status_code == 204
    assert watched.drawn == 0


def test_what_the_client_has_already_is_304_without_drawing(client: Client, watched: Watched) -> None:
    etag = client.get(ROOMS).headers["etag"]
    drawn = watched.drawn

    for known in (etag, f'"other", {etag}', etag.removeprefix("W/"), "*"):
        answer = client.get(ROOMS, headers={"If-None-Match": known})
        assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", etag)
    assert client.get(ROOMS, headers={"If-None-Match": '"other"'}).status_code == 200
    assert watched.drawn == drawn


def test_a_tile_is_drawn_once_for_all_who_ask(client: Client, watched: Watched) -> None:
    for _ in range(3):
        client.get(ROOMS)
    client.get(ROOMS, headers={"Accept-Encoding": "gzip"})

    assert watched.drawn == 1


def test_without_a_cache_every_request_is_drawn(url: str, database: Engine) -> None:
    with database.begin() as connection:
        room_at_centre(connection)
    app = create_app(Settings(database_url=url, tile_cache_mb=0))
    with served(app) as client:
        client.get("/api/v1/health")
        source = watch(app)
        assert numbers(client.get(ROOMS)) == numbers(client.get(ROOMS)) == ["101"]
    assert source.drawn == 2


def test_a_tile_is_packed_only_for_those_who_can_unpack(reader: Client) -> None:
    plain = reader.get(ROOMS)
    assert "content-encoding" not in plain.headers

    for accepted in ("gzip", "br, GZIP;q=0.5", "*"):
        packed = reader.get(ROOMS, headers={"Accept-Encoding": accepted})
        assert packed.headers["content-encoding"] == "gzip"
        assert packed.content == plain.content  # the client has unpacked it
        assert int(packed.headers["content-length"]) == len(gzip.compress(plain.content, 4, mtime=0))
    for refused in ("gzip;q=0", "br", ""):
        assert "content-encoding" not in reader.get(ROOMS, headers={"Accept-Encoding": refused}).headers


def test_a_change_shows_within_a_second_under_a_new_etag(client: Client, database: Engine) -> None:
    before = client.get(ROOMS)
    with database.begin() as connection:
        room_at_centre(connection, "102")
    a_second_later()

    after = client.get(ROOMS, headers={"If-None-Match": before.headers["etag"]})

    assert numbers(after) == ["101", "102"]
    assert after.headers["etag"] != before.headers["etag"]


@pytest.mark.parametrize(
    ("layer", "change"),
    [
        ("rooms", lambda connection, room: occupies(connection, an_agency(connection), room)),
        ("rooms", lambda connection, _: connection.exec_driver_sql("UPDATE fangdi.floor SET level = 9")),
        ("rooms", lambda connection, _: connection.exec_driver_sql("DELETE FROM fangdi.room")),
        ("rooms", lambda connection, _: connection.exec_driver_sql("UPDATE fangdi.room_use SET sort = sort + 1")),
        ("buildings", lambda connection, _: a_building(connection, outline=on_map(square(30)))),
    ],
)
def test_every_change_that_a_layer_shows_gives_its_tiles_a_new_etag(database: Engine, layer: str, change: Any) -> None:
    def version() -> int:
        with database.connect() as connection:
            statement = "SELECT version FROM fangdi.layer_version WHERE layer = %s"
            found: int = connection.exec_driver_sql(statement, (layer,)).scalar_one()
            return found

    with database.begin() as connection:
        room = room_at_centre(connection)
    before = version()
    with database.begin() as connection:
        change(connection, room)

    assert version() > before


def test_a_change_that_is_rolled_back_leaves_the_etag(client: Client, database: Engine) -> None:
    before = client.get(ROOMS)
    with database.connect() as connection, connection.begin() as transaction:
        room_at_centre(connection, "102")
        transaction.rollback()
    a_second_later()

    assert client.get(ROOMS, headers={"If-None-Match": before.headers["etag"]}).status_code == 304


def test_a_change_not_committed_yet_does_not_show(client: Client, database: Engine) -> None:
    before = client.get(ROOMS)
    with database.connect() as connection, connection.begin():
        room_at_centre(connection, "102")
        a_second_later()
        during = client.get(ROOMS)

    assert during.headers["etag"] == before.headers["etag"]
    assert numbers(during) == ["101"]


def test_levels_and_dates_are_tiles_of_their_own(client: Client, database: Engine) -> None:
    with database.begin() as connection:
        room_at_centre(connection, "201", level=2)
        a_room(connection, "旧", plan=square(5), until=date(2020, 1, 1))
    a_second_later()

    assert numbers(client.get(ROOMS)) == ["101", "201"]
    assert numbers(client.get(f"{ROOMS}?level=2")) == ["201"]
    assert numbers(client.get(f"{ROOMS}?as_of=2019-12-31")) == ["101", "201", "旧"]
    assert client.get(f"{ROOMS}?level=-1").status_code == 204
    addresses = (ROOMS, f"{ROOMS}?level=2", f"{ROOMS}?level=1", f"{ROOMS}?as_of=2019-12-31")
    assert len({client.get(address).headers["etag"] for address in addresses}) == 4
    assert client.get(f"{ROOMS}?level=2.0").headers["etag"] == client.get(f"{ROOMS}?level=2").headers["etag"]


def test_without_a_date_the_tile_is_of_today(reader: Client) -> None:
    today = date.today()  # noqa: DTZ011 - as the server reckons

    assert reader.get(ROOMS).headers["etag"] == reader.get(f"{ROOMS}?as_of={today}").headers["etag"]


@pytest.mark.parametrize(
    ("address", "status", "field"),
    [
        ("/tiles/rooms/23/0/0.mvt", 422, "z"),
        ("/tiles/rooms/-1/0/0.mvt", 422, "z"),
        ("/tiles/rooms/2/4/0.mvt", 422, "x"),
        ("/tiles/rooms/2/0/4.mvt", 422, "y"),
        ("/tiles/rooms/2/1.5/0.mvt", 422, "x"),
        ("/tiles/rooms/2/０/0.mvt", 422, "x"),
        ("/tiles/rooms/2/1'%20OR%201=1/0.mvt", 422, "x"),
        (f"/tiles/rooms/2/{'9' * 5000}/0.mvt", 422, "x"),
        ("/tiles/people/2/0/0.mvt", 404, None),
        ("/tiles/rooms'%3B--/2/0/0.mvt", 404, None),
        (f"{ROOMS}?level=first", 422, "level"),
        (f"{ROOMS}?level=1e9", 422, "level"),
        (f"{ROOMS}?level=NaN", 422, "level"),
        (f"{ROOMS}?level=1.25", 422, "level"),
        (f"{ROOMS}?as_of=20260101", 422, "as_of"),
        (f"{ROOMS}?as_of=2026-02-30", 422, "as_of"),
        (f"{ROOMS}?as_of=0000-01-01", 422, "as_of"),
        (f"{ROOMS}?as_of=infinity", 422, "as_of"),
    ],
)
def test_what_cannot_be_is_refused_in_words(reader: Client, address: str, status: int, field: str | None) -> None:
    answer = reader.get(address)

    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert answer.json().get("place", {}).get("field") == field


def test_a_problem_is_not_kept_by_the_cache(reader: Client) -> None:
    assert reader.get("/tiles/rooms/2/4/0.mvt").headers["cache-control"] == "no-store"


def test_tiles_cannot_be_written(reader: Client) -> None:
    assert reader.post(ROOMS).status_code == 405


def test_the_headers_of_a_tile_can_be_had_alone(reader: Client) -> None:
    answer = reader.head(ROOMS)

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer.headers["etag"] == reader.get(ROOMS).headers["etag"]


def test_the_first_and_the_last_year_do_no_harm(reader: Client) -> None:
    for year in ("0001-01-01", "9999-12-31"):
        assert numbers(reader.get(f"{ROOMS}?as_of={year}")) == ["101"]


def test_without_a_database_the_answer_is_503(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuse(*_: Any) -> Any:
        raise DatabaseUnavailableError("The database does not answer; try again in a moment.")

    monkeypatch.setattr("fangdi.service.tiles.lend", refuse)
    a_second_later()

    answer = client.get(ROOMS)

    assert (answer.status_code, answer.headers["content-type"]) == (503, PROBLEM)
    assert "does not answer" in caplog.text


def test_the_server_gets_over_a_restart_of_the_database(client: Client, database: Engine) -> None:
    client.get(ROOMS)
    with database.begin() as connection:
        connection.exec_driver_sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    a_second_later()

    assert numbers(client.get(ROOMS)) == ["101"]


def test_the_description_of_the_api_names_the_tiles(reader: Client) -> None:
    paths = reader.get("/openapi.json").json()["paths"]

    assert route.PATH in paths
    assert {"layer", "z", "x", "y", "level", "as_of"} == {
        parameter["name"] for parameter in paths[route.PATH]["get"]["parameters"]
    }
