"""Taking the rooms of a plan over: what would change is listed first, and then done whole or not at all."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from shapely import box
from sqlalchemy import Connection, text

from builders import PLANE, a_building, a_floor, a_room, an_agency, in_plane, occupies, square
from fangdi.domain.access import Role
from fangdi.domain.plans.model import Georeference, Plan
from fangdi_api.plan_files import PlanTools
from plan_builders import ReaderOf, a_drawn_floor, a_drawn_plan, a_drawn_room, a_row_of_rooms, doubting_units

API = "/api/v1"
TODAY = date.today()  # noqa: DTZ011 - as the server has it
Upload = Callable[..., str]


def placed(*floors: Any, **more: Any) -> Plan:
    """Return a plan whose file says that its origin is the centre."""
    corner = in_plane(square(1)).bounds[:2]
    return a_drawn_plan(*floors, georeference=Georeference(PLANE, 1, 0, *corner, "IfcMapConversion"), **more)


@pytest.fixture
def uploads(over_test: FastAPI, http: TestClient) -> Upload:
    """Upload plans; the path of each."""

    def make(building: int, plan: Plan, by: TestClient | None = None) -> str:
        over_test.state.plan_tools = PlanTools(read=ReaderOf(plan))
        answer = (by or http).post(
            f"{API}/plans", params={"building_id": building, "name": "plan.dxf"}, content=b"plan"
        )
        assert answer.status_code == 201, answer.text
        return f"{API}/plans/{answer.json()['id']}"

    return make


def imported(http: TestClient, path: str) -> Any:
    state = http.get(f"{path}/changes").json()["state"]
    return http.post(f"{path}/import", json={"state": state})


def rooms_of(connection: Connection, building: int) -> dict[str, Any]:
    found = connection.execute(
        text("SELECT *, ST_Area(plan_outline) AS drawn_m2 FROM fangdi.room WHERE building_id = :id"), {"id": building}
    )
    return {row["number"]: dict(row) for row in found.mappings()}


def test_the_first_plan_of_a_building_makes_its_floors_and_rooms(
    http: TestClient, connection: Connection, uploads: Upload
) -> None:
    building = a_building(connection)
    path = uploads(building, placed())

    listed = http.get(f"{path}/changes").json()
    done = imported(http, path)

    assert listed["counts"] == {"kept": 0, "changed": 0, "added": 2, "removed": 0, "split": 0, "merged": 0}
    assert done.status_code == 200, done.text
    assert (done.json()["floors"], done.json()["plan"]["status"]) == (1, "imported")
    rooms = rooms_of(connection, building)
    assert sorted(rooms) == ["101", "102"]
    assert rooms["101"]["measured_usable_m2"] == pytest.approx(20)  # 5 m × 4 m
    assert rooms["101"]["drawn_m2"] == pytest.approx(20, rel=1e-9)
    assert rooms["101"]["use_code"] == "office"
    assert rooms["101"]["valid"].lower is None, "the floor had no rooms: they are new to us, not to the world"
    gross = connection.execute(
        text("SELECT measured_gross_m2 FROM fangdi.floor WHERE building_id = :id"), {"id": building}
    )
    assert gross.scalar_one() == pytest.approx(10.6 * 4.4)
    metres = connection.execute(
        text("SELECT ST_Area(geography(ST_Transform(outline, 4326))) FROM fangdi.room WHERE building_id = :id LIMIT 1"),
        {"id": building},
    )
    assert metres.scalar_one() == pytest.approx(20, rel=2e-3), "on the map as large as on the ground"


def test_a_plan_with_a_room_larger_than_any_is_not_taken_over(
    http: TestClient, connection: Connection, uploads: Upload
) -> None:
    building = a_building(connection)
    wide = a_drawn_floor([a_drawn_room("101", box(0, 0, 1001, 1000))])  # 1,001,000 m²
    path = uploads(building, placed(wide))

    refused = imported(http, path)

    assert (refused.status_code, refused.json()["place"]) == (422, {"field": "unit"})
    assert rooms_of(connection, building) == {}


def test_rooms_keep_their_ids_when_the_plan_comes_again(
    http: TestClient, connection: Connection, uploads: Upload
) -> None:
    building = a_building(connection)
    assert imported(http, uploads(building, placed())).status_code == 200
    before = rooms_of(connection, building)
    moved = [a_drawn_room("101", box(0, 0, 5.1, 4)), a_drawn_room("102A", box(5.3, 0, 10.2, 4), key="102")]
    path = uploads(building, placed(a_drawn_floor(moved)))

    listed = http.get(f"{path}/changes").json()
    assert listed["counts"]["changed"] == 2
    assert imported(http, path).status_code == 200

    after = rooms_of(connection, building)
    assert after["101"]["id"] == before["101"]["id"]
    assert after["102A"]["id"] == before["102"]["id"]
    assert after["101"]["measured_usable_m2"] == pytest.approx(20.4)  # 5.1 m × 4 m
    assert [row["status"] for row in http.get(f"{API}/plans", params={"building_id": building}).json()["items"]] == [
        "imported",
        "superseded",
    ]


def test_a_room_that_is_no_more_ends_and_its_user_is_named_before(
    http: TestClient, connection: Connection, uploads: Upload
) -> None:
    building = a_building(connection)
    assert imported(http, uploads(building, placed())).status_code == 200
    room = rooms_of(connection, building)["102"]["id"]
    agency = an_agency(connection, "市档案局")
    use = occupies(connection, agency, room)
    path = uploads(building, placed(a_drawn_floor(a_row_of_rooms(["101"]))))

    listed = http.get(f"{path}/changes").json()

    assert listed["counts"]["removed"] == 1
    assert listed["occupancies_lost"] == 1
    (removed,) = [item for item in listed["items"] if item["kind"] == "removed"]
    lost = {"occupancy_id": use, "room_id": room, "agency_id": agency, "agency": "市档案局", "unit": None}
    assert removed["loses"] == [lost]
    assert imported(http, path).status_code == 200
    ended = connection.execute(
        text("""SELECT upper(room.valid), upper(occupancy.valid)
                  FROM fangdi.room JOIN fangdi.occupancy ON room_id = room.id WHERE room.id = :id"""),
        {"id": room},
    ).one()
    assert tuple(ended) == (TODAY, TODAY)


def test_a_split_room_keeps_its_id_in_the_part_that_keeps_its_number(
    http: TestClient, connection: Connection, uploads: Upload
) -> None:
    building = a_building(connection)
    whole = a_drawn_room("101", box(0, 0, 10, 4))
    assert imported(http, uploads(building, placed(a_drawn_floor([whole])))).status_code == 200
    before = rooms_of(connection, building)["101"]["id"]
    parts = [a_drawn_room("101", box(0, 0, 4.9, 4)), a_drawn_room("101A", box(5.1, 0, 10, 4))]
    path = uploads(building, placed(a_drawn_floor(parts)))

    listed = http.get(f"{path}/changes").json()
    (split,) = listed["items"]
    done = imported(http, path)
    assert (done.status_code, done.json()["effect"]) == (200, listed["effect"])

    assert (split["kind"], len(split["before"]), len(split["after"])) == ("split", 1, 2)
    assert listed["effect"] == {"added": 1, "changed": 1, "ended": 0}  # 101A is new, 101 is smaller
    after = rooms_of(connection, building)
    assert after["101"]["id"] == before
    assert after["101A"]["valid"].lower == TODAY


def test_merged_rooms_end_but_for_the_one_whose_number_is_kept(
    http: TestClient, connection: Connection, uploads: Upload
) -> None:
    building = a_building(connection)
    parts = [a_drawn_room("103", box(0, 0, 4.9, 4)), a_drawn_room("104", box(5.1, 0, 10, 4))]
    assert imported(http, uploads(building, placed(a_drawn_floor(parts)))).status_code == 200
    path = uploads(building, placed(a_drawn_floor([a_drawn_room("103", box(0, 0, 10, 4))])))

    done = imported(http, path).json()

    assert done["effect"] == {"added": 0, "changed": 1, "ended": 1}  # 103 is larger, 104 is no more
    assert rooms_of(connection, building)["104"]["valid"].upper == TODAY


def test_rooms_of_other_floors_stay(http: TestClient, connection: Connection, uploads: Upload) -> None:
    building = a_building(connection)
    upstairs = a_room(connection, "201", building=building, level=2)
    path = uploads(building, placed())

    assert http.get(f"{path}/changes").json()["counts"]["removed"] == 0
    assert imported(http, path).status_code == 200
    assert rooms_of(connection, building)["201"]["id"] == upstairs
    assert rooms_of(connection, building)["201"]["valid"].upper is None


def test_import_is_refused_when_rooms_changed_since_the_review(
    http: TestClient, connection: Connection, uploads: Upload
) -> None:
    building = a_building(connection)
    path = uploads(building, placed())
    state = http.get(f"{path}/changes").json()["state"]
    a_room(connection, "101", building=building)

    answer = http.post(f"{path}/import", json={"state": state})

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:fangdi:problem:changed-meanwhile")
    assert http.get(path).json()["status"] == "draft"
    assert sorted(rooms_of(connection, building)) == ["101"], "nothing was half changed"


def test_import_is_refused_when_the_plan_changed_since_the_review(
    http: TestClient, connection: Connection, uploads: Upload
) -> None:
    path = uploads(a_building(connection), placed())
    state = http.get(f"{path}/changes").json()["state"]
    assert http.put(f"{path}/rooms/101", json={"number": "111"}).status_code == 200

    assert http.post(f"{path}/import", json={"state": state}).status_code == 409


def test_an_older_plan_replaces_a_newer_one_only_when_somebody_agrees(
    http: TestClient, connection: Connection, uploads: Upload
) -> None:
    building = a_building(connection)
    older, newer = uploads(building, placed()), uploads(building, placed())
    assert imported(http, newer).status_code == 200
    listed = http.get(f"{older}/changes").json()

    refused = imported(http, older)

    assert [(one["id"], one["version"]) for one in listed["newer"]] == [(int(newer.split("/")[-1]), 2)]
    assert (refused.status_code, "较新" in refused.json()["detail"]) == (422, True)
    agreed = http.post(f"{older}/import", json={"state": listed["state"], "replace_newer": True})
    assert agreed.status_code == 200, agreed.text


def test_a_later_plan_of_other_floors_is_no_newer_version(
    http: TestClient, connection: Connection, uploads: Upload
) -> None:
    building = a_building(connection)
    first = uploads(building, placed())
    upstairs = a_drawn_floor(a_row_of_rooms(["201"]), key="2", level=2)
    assert imported(http, uploads(building, placed(upstairs))).status_code == 200

    assert http.get(f"{first}/changes").json()["newer"] == []
    assert imported(http, first).status_code == 200


def test_the_same_file_sent_again_is_mentioned(http: TestClient, connection: Connection, uploads: Upload) -> None:
    building = a_building(connection)
    first, again = uploads(building, placed()), uploads(building, placed())

    assert http.get(f"{first}/changes").json()["same_file"] == []
    (known,) = http.get(f"{again}/changes").json()["same_file"]
    assert (known["id"], known["version"], known["file_name"]) == (int(first.split("/")[-1]), 1, "plan.dxf")


def test_a_plan_waits_for_its_unit_and_its_place(http: TestClient, connection: Connection, uploads: Upload) -> None:
    building = a_building(connection)
    for plan in (doubting_units(placed()), a_drawn_plan()):
        assert imported(http, uploads(building, plan)).status_code == 422
    assert rooms_of(connection, building) == {}


def test_an_imported_plan_is_not_changed_any_more(http: TestClient, connection: Connection, uploads: Upload) -> None:
    path = uploads(a_building(connection), placed())
    assert imported(http, path).status_code == 200

    assert http.put(f"{path}/rooms/101", json={"number": "1"}).status_code in {409, 422}
    assert http.delete(path).status_code == 409
    assert imported(http, path).status_code == 409


def test_a_floor_with_hidden_rooms_waits_for_somebody_with_clearance(
    client_of: Any, connection: Connection, uploads: Upload
) -> None:
    building = a_building(connection)
    a_floor(connection, building, 1)
    hidden = a_room(connection, "103", building=building, classified=True, code="101")
    auditor = client_of(Role.AREA_AUDITOR)
    path = uploads(building, placed(), by=auditor)

    listed = auditor.get(f"{path}/changes").json()
    answer = imported(auditor, path)

    assert "103" not in str(listed)
    assert (answer.status_code, "涉密权限" in answer.json()["detail"]) == (403, True)
    assert "103" not in answer.text
    assert {number: room["id"] for number, room in rooms_of(connection, building).items()} == {"103": hidden}
    cleared = client_of(Role.AREA_AUDITOR, cleared=True)
    assert cleared.get(f"{path}/changes").json()["counts"]["removed"] == 1, "who sees the room decides about it"
    assert imported(cleared, path).status_code == 200


def test_hidden_rooms_of_other_floors_are_in_nobodys_way(
    client_of: Any, connection: Connection, uploads: Upload
) -> None:
    building = a_building(connection)
    a_room(connection, "201", building=building, level=2, classified=True)
    auditor = client_of(Role.AREA_AUDITOR)

    assert imported(auditor, uploads(building, placed(), by=auditor)).status_code == 200
    assert rooms_of(connection, building)["201"]["valid"].upper is None


def test_every_changed_room_is_in_the_trail(http: TestClient, connection: Connection, uploads: Upload) -> None:
    building = a_building(connection)
    assert imported(http, uploads(building, placed())).status_code == 200
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    kinds = connection.execute(text("SELECT object_kind, action, count(*) FROM fangdi.audit_entry GROUP BY 1, 2")).all()

    counts = {(kind, action): count for kind, action, count in kinds}
    assert counts["room", "insert"] == 2
    assert counts["plan", "insert"] == 1
    assert ("plan", "update") in counts
