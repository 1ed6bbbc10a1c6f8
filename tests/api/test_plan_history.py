"""The history of a plan and of its audits: who did what to it, told to those who see it."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from shapely import box
from sqlalchemy import Connection, text

from builders import PLANE, a_building, a_plan, an_area_audit, in_plane, on_map, square
from fangdi.domain.access import Role
from fangdi.domain.plans.model import Georeference
from fangdi_api.plan_files import PlanTools
from plan_builders import ReaderOf, a_drawn_floor, a_drawn_plan, a_drawn_room

API = "/api/v1"
TWO_ROOMS = (a_drawn_room("101", box(0, 0, 5, 4)), a_drawn_room("102", box(5.02, 0, 10, 4)))  # 2 cm apart: a sliver


def history(client: TestClient, kind: str, key: int) -> list[Any]:
    """Return the entries about an object, the first first."""
    answer = client.get(f"{API}/history", params={"kind": kind, "id": key})
    assert answer.status_code == 200, answer.text
    return list(reversed(answer.json()["items"]))


@pytest.fixture
def settled(connection: Connection) -> Callable[[], None]:
    """Write the entries that are made at the end of a transaction."""

    def settle() -> None:
        connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))

    return settle


@pytest.fixture
def upload(over_test: FastAPI, connection: Connection, http: TestClient) -> Callable[[], int]:
    """Upload a plan whose file says where it lies; its id."""

    def make() -> int:
        west, south, *_ = in_plane(square(1)).bounds
        said = Georeference(PLANE, 1, 0, west, south, "IfcMapConversion")
        plan = a_drawn_plan(a_drawn_floor(TWO_ROOMS), georeference=said)
        over_test.state.plan_tools = PlanTools(read=ReaderOf(plan))
        asked = {"building_id": a_building(connection), "name": "plan.dxf"}
        return int(http.post(f"{API}/plans", params=asked, content=b"plan").json()["id"])

    return make


def test_the_history_of_a_plan_tells_all_that_was_done_to_it(
    http: TestClient, upload: Callable[[], int], settled: Callable[[], None]
) -> None:
    plan = upload()
    path = f"{API}/plans/{plan}"
    settled()
    steps: list[Callable[[], Any]] = [
        lambda: http.put(f"{path}/reading", json={"unit": "ft", "unit_confirmed": True, "levels": {"1": 3}}),
        lambda: http.post(f"{path}/repairs", json={"accepted": [_snap(http, path)]}),
        lambda: http.put(f"{path}/rooms/101", json={"number": "111"}),
        lambda: http.put(f"{path}/placement", json={"method": "helmert", "points": _points((0, 0), (3, 0))}),
        lambda: http.post(f"{path}/import", json={"state": http.get(f"{path}/changes").json()["state"]}),
    ]
    for step in steps:
        answer = step()
        assert answer.status_code == 200, answer.text
        settled()

    uploaded, lay, read, lies, repaired, edited, placed, imported = history(http, "plan", plan)
    assert (uploaded["action"], uploaded["after"]["file_name"]) == ("insert", "plan.dxf")
    assert uploaded["after"]["uploaded_by"] == "test"
    assert "content" not in uploaded["after"]
    assert (read["before"]["reading"].get("unit"), read["after"]["reading"]["unit"]) == (None, "ft")
    assert read["after"]["reading"]["levels"] == {"1": 3}
    assert (len(repaired["before"]["repairs"]), len(repaired["after"]["repairs"])) == (0, 1)
    assert "101" in str(edited["after"]["edits"])
    sources = [one["after"]["placement"]["source"] for one in (lay, lies, placed)]
    # by the file, when it was read; then by somebody
    assert sources == ["IfcMapConversion", "IfcMapConversion", "control points"]
    assert (imported["before"]["status"], imported["after"]["status"]) == ("draft", "imported")
    assert imported["after"]["imported_by"] == "test"


def _points(*corners: tuple[float, float]) -> list[dict[str, Any]]:
    """Say that corners of the plan lie as many metres from the centre."""
    middles = [on_map(square(0.001, at=corner)).centroid for corner in corners]
    return [{"plan": at, "map": [place.x, place.y]} for at, place in zip(corners, middles, strict=True)]


def _snap(http: TestClient, path: str) -> str:
    return next(str(one["id"]) for one in http.get(f"{path}/repairs").json()["items"] if one["kind"] == "snap")


def test_the_history_of_a_plan_holds_its_audits_and_that_of_an_audit_its_decisions(
    http: TestClient, upload: Callable[[], int], settled: Callable[[], None]
) -> None:
    plan = upload()
    audit = http.post(f"{API}/plans/{plan}/audits", json={}).json()
    settled()
    wanted = {"decision": "rejected", "remark": "面积存疑"}
    http.put(f"{API}/audits/{audit['id']}/lines/{audit['lines'][0]['id']}", json=wanted)
    settled()
    number = http.post(f"{API}/audits/{audit['id']}/accept").json()["number"]
    settled()

    of_plan = [one for one in history(http, "plan", plan) if one["object_kind"] == "area_audit"]
    drafted, decided, accepted = history(http, "area_audit", audit["id"])
    assert of_plan == [drafted, accepted]
    assert (drafted["action"], accepted["after"]["number"]) == ("insert", number)
    assert (decided["object_kind"], decided["after"]["remark"]) == ("area_audit_line", "面积存疑")
    assert drafted["names"][f"plan:{plan}"] == "plan.dxf"


def test_who_does_not_see_a_plan_is_told_nothing_of_its_history(
    client_of: Any, connection: Connection, settled: Callable[[], None]
) -> None:
    building = a_building(connection)
    shown = a_plan(connection, building)
    hidden = a_plan(connection, building, classified=True)
    things = [("plan", shown), ("plan", hidden)]
    things += [("area_audit", an_area_audit(connection, plan)) for _, plan in list(things)]
    settled()

    assert [bool(history(client_of(Role.VIEWER), kind, key)) for kind, key in things] == [True, False, True, False]
    told = history(client_of(Role.EXCHANGE_PARTNER), "plan", shown)  # reads land and no assets
    assert told == []


def test_from_where_something_was_done_is_for_those_who_read_the_trail(
    client_of: Any, connection: Connection, settled: Callable[[], None]
) -> None:
    plan = a_plan(connection, a_building(connection))
    settled()

    (entry,) = history(client_of(Role.VIEWER), "plan", plan)
    assert entry["address"] is None
