"""The audit trail over HTTP: for those who may read it, in pages; histories for those who see the object."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from builders import a_building, a_room, an_agency, occupies
from fangdi.domain.access import Role
from fangdi_api.noting import NotedLately

Clients = Callable[..., TestClient]


@pytest.fixture
def building(connection: Connection) -> int:
    """Draw a building that was renamed."""
    drawn = a_building(connection, name="旧名")
    connection.execute(text("SELECT set_config('fangdi.address', '10.0.0.7', true)"))
    connection.execute(text("UPDATE fangdi.building SET name = '新名'"))
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    return drawn


def items(answer: Any) -> list[dict[str, Any]]:
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


def test_the_trail_is_searched_by_object_latest_first(http: TestClient, building: int) -> None:
    found = items(http.get("/api/v1/audit", params={"object_kind": "building", "object_id": building}))

    assert [(entry["action"], entry["after"].get("name")) for entry in found] == [
        ("update", "新名"),
        ("insert", "旧名"),
    ]
    assert found[0]["before"] == {"name": "旧名"}
    assert found[0]["address"] == "10.0.0.7"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"actor": "nobody"}, 0),
        ({"action": "update"}, 1),
        ({"since": "2000-01-01T00:00:00"}, 3),
        ({"until": "2000-01-01T00:00:00+08:00"}, 0),
    ],
)
@pytest.mark.usefixtures("building")
def test_the_trail_is_searched_by_person_action_and_time(http: TestClient, query: dict[str, str], count: int) -> None:
    assert len(items(http.get("/api/v1/audit", params=query))) == count


@pytest.mark.parametrize(
    "query", [{"since": "0001-01-01"}, {"since": "0001-01-01T00:00:00+14:00"}, {"until": "9999-12-31T23:59:59-14:00"}]
)
def test_a_time_beyond_the_calendar_is_refused(http: TestClient, query: dict[str, str]) -> None:
    answer = http.get("/api/v1/audit", params=query)

    assert (answer.status_code, answer.json()["place"]) == (422, {"field": next(iter(query))})


@pytest.mark.usefixtures("building")
def test_pages_are_passed_on_by_their_cursor(http: TestClient) -> None:
    first = http.get("/api/v1/audit", params={"limit": 2}).json()
    second = http.get("/api/v1/audit", params={"limit": 2, "cursor": first["next"]}).json()

    ids = [entry["id"] for entry in first["items"] + second["items"]]
    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 3
    assert second["next"] is None


@pytest.mark.usefixtures("building")
def test_the_check_says_that_the_chain_is_whole(http: TestClient) -> None:
    found = http.get("/api/v1/audit/check").json()

    assert (found["intact"], found["entries"], found["first_broken"]) == (True, 3, None)


@pytest.mark.parametrize("path", ["/api/v1/audit", "/api/v1/audit/check"])
@pytest.mark.usefixtures("building")
def test_the_trail_is_for_those_who_may_read_it(client_of: Clients, path: str) -> None:
    assert client_of(Role.PLANNER, jurisdiction="330200").get(path).status_code == 403
    assert client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330200").get(path).status_code == 200


def test_the_history_of_an_object_is_shown_without_addresses_to_who_sees_it(client_of: Clients, building: int) -> None:
    viewer = client_of(Role.VIEWER, jurisdiction="330200")

    found = items(viewer.get("/api/v1/history", params={"kind": "building", "id": building}))

    assert [entry["action"] for entry in found] == ["update", "insert"]
    assert {entry["address"] for entry in found} == {None}


def test_what_is_hidden_has_no_history(client_of: Clients, connection: Connection) -> None:
    hidden = a_building(connection, classified=True)
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    asked = {"kind": "building", "id": hidden}

    assert items(client_of(Role.VIEWER, jurisdiction="330200").get("/api/v1/history", params=asked)) == []


@pytest.mark.usefixtures("building")
def test_a_report_as_a_file_is_noted_and_as_a_page_is_not(client_of: Clients, connection: Connection) -> None:
    planner = client_of(Role.PLANNER, jurisdiction="330200")
    for form in ("csv", "json"):
        assert planner.get("/api/v1/reports/idle", params={"format": form}).status_code == 200

    noted = (
        connection.execute(text("SELECT object_name FROM fangdi.audit_entry WHERE action = 'export'")).scalars().all()
    )

    assert [name.endswith(".csv") for name in noted] == [True]


def test_a_look_at_a_classified_room_is_noted_and_at_another_is_not(client_of: Clients, connection: Connection) -> None:
    rooms = [a_room(connection, building=a_building(connection, classified=secret)) for secret in (True, False)]
    cleared = client_of(Role.VIEWER, jurisdiction="330200", cleared=True)
    for room in rooms:
        assert cleared.get(f"/api/v1/rooms/{room}").status_code == 200

    noted = connection.execute(
        text("SELECT object_kind, object_id, secret FROM fangdi.audit_entry WHERE action = 'read' ORDER BY object_kind")
    ).all()
    building = connection.execute(text("SELECT id FROM fangdi.building WHERE classified")).scalar_one()

    assert [entry.object_kind for entry in noted] == ["building", "floor", "room"], "with what its page names above it"
    assert (noted[0].object_id, noted[2].object_id) == (building, rooms[0])
    assert all(entry.secret for entry in noted)


@pytest.fixture
def secret_room(connection: Connection) -> int:
    """Draw a classified building with a room that is idle, beside another; return the classified room."""
    a_room(connection, building=a_building(connection), number="301")
    return a_room(connection, building=a_building(connection, classified=True, name="保密楼"), number="301")


def reads(connection: Connection, kind: str) -> list[int]:
    said = "SELECT object_id FROM fangdi.audit_entry WHERE action = 'read' AND object_kind = :kind AND secret"
    return [number for (number,) in connection.execute(text(said), {"kind": kind})]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/rooms", "room"),
        ("/buildings", "building"),
        ("/search?q=301", "room"),
        ("/search?q=保密楼", "building"),
        ("/reports/idle", "room"),
        ("/reports/coverage", "building"),
        ("/buildings/summary", "building"),
    ],
)
def test_an_answer_that_shows_something_classified_is_noted_once(
    path: str, kind: str, secret_room: int, client_of: Clients, connection: Connection
) -> None:
    cleared = client_of(Role.PLANNER, jurisdiction="330200", cleared=True)
    asked = "SELECT id FROM fangdi.{} WHERE secret".format(kind)  # noqa: S608, UP032
    expected = [number for (number,) in connection.execute(text(asked))]

    for _ in range(2):
        assert cleared.get(f"/api/v1{path}").status_code == 200
    assert client_of(Role.PLANNER, jurisdiction="330200").get(f"/api/v1{path}").status_code == 200

    assert reads(connection, kind) == expected
    assert secret_room


def test_another_reader_is_noted_too_and_the_same_again_after_an_hour(
    over_test: FastAPI, secret_room: int, client_of: Clients, connection: Connection
) -> None:
    now = [0.0]
    over_test.state.noted = NotedLately(clock=lambda: now[0])
    readers = [client_of(Role.VIEWER, jurisdiction="330200", cleared=True) for _ in range(2)]
    for moment in (0.0, 3599.0, 3600.0):
        now[0] = moment
        for reader in readers:
            reader.get("/api/v1/rooms")

    assert reads(connection, "room") == [secret_room] * 4


def test_entries_name_the_objects_that_their_ids_stand_for(http: TestClient, connection: Connection) -> None:
    building = a_building(connection, name="一号楼")
    room = a_room(connection, building=building, number="301")
    agency = an_agency(connection, name="市档案局")
    occupancy = occupies(connection, agency, room)
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    [entry] = items(http.get("/api/v1/history", params={"kind": "occupancy", "id": occupancy}))

    assert (entry["after"]["room_id"], entry["after"]["agency_id"]) == (room, agency)
    assert entry["names"][f"room:{room}"] == "一号楼 301"
    assert entry["names"][f"agency:{agency}"] == "市档案局"
