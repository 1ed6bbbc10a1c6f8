"""Statements smuggled into parameters stay text, and paths lead to nothing but the web client's own files."""

import re
from typing import Any

import pytest
from sqlalchemy import Connection, text

import fangdi_map_ui
from builders import a_building, a_parcel, a_room, a_site, an_agency

STATEMENTS = [
    "' OR '1'='1",
    "' OR 1=1 --",
    "x'; DROP TABLE fangdi.room; --",
    "' UNION SELECT login, password_hash FROM fangdi.account --",
    "'||(SELECT key FROM fangdi.access_key)||'",
    "$$; SELECT pg_sleep(5); $$",
    ":term OR true",
    "%(term)s",
    "\\' OR true --",
    "%",
    "_",
    "%%",
    "*",
]
TEXT_PARAMETERS = [
    ("/search", "q"),
    ("/agencies", "jurisdiction"),
    ("/reports/areas", "category"),
    ("/reports/areas", "basis"),
    ("/reports/idle", "as_of"),
    ("/rooms", "level"),
    ("/rooms", "cursor"),
    ("/audit", "actor"),
    ("/audit", "object_kind"),
    ("/accounts", "q"),
]


@pytest.fixture
def stock(connection: Connection) -> None:
    """Draw one of each thing that can be found."""
    building = a_building(connection, name="甲楼", site=a_site(connection))
    a_parcel(connection)
    a_room(connection, building=building, number="301")
    an_agency(connection, "某局")


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize(("path", "parameter"), TEXT_PARAMETERS)
@pytest.mark.usefixtures("stock")
def test_a_statement_in_a_parameter_is_text(
    http: Any, connection: Connection, path: str, parameter: str, statement: str
) -> None:
    answer = http.get(f"/api/v1{path}", params={parameter: statement})

    assert answer.status_code in {200, 400, 422}, answer.text
    if answer.status_code == 200:
        assert answer.json()["items"] == [], "nothing is called so"
    assert connection.execute(text("SELECT count(*) FROM fangdi.room")).scalar_one() == 1


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("place", ["{}/17/0/0", "rooms/{}/0/0", "rooms/17/{}/0"])
def test_a_statement_in_the_path_of_a_tile_is_refused(http: Any, place: str, statement: str) -> None:
    answer = http.get(f"/tiles/{place.format(statement.replace('/', ''))}.mvt")

    assert answer.status_code in {404, 422}, answer.text


def test_there_is_something_to_steal_beside_the_client() -> None:
    """Without this file the test below would pass for nothing."""
    assert fangdi_map_ui.static_dir().parent.joinpath("__init__.py").is_file()


@pytest.mark.parametrize(
    "path",
    [
        "/%2e%2e/__init__.py",
        "/..%2f__init__.py",
        "/assets/%2e%2e/%2e%2e/__init__.py",
        "/assets/..%2f..%2f__init__.py",
        "/..%5c__init__.py",
        "/%2e%2e%5c__init__.py",
        "/./%2e%2e/__init__.py",
        "/%2fetc/passwd",
        "//etc/passwd",
        "/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/index.html%00.py",
        "/file:///etc/passwd",
    ],
)
def test_a_path_leads_out_of_the_client_to_nothing(http: Any, path: str) -> None:
    answer = http.get(path)

    assert answer.status_code == 404, answer.text[:200]
    assert not re.search(r"root:|def static_dir", answer.text)
