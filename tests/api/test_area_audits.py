"""Audits of areas over the API: lines with verdicts, decisions, acceptance that freezes."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from shapely import box
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from builders import a_building, a_floor, a_room, an_agency, has_title, occupies
from fangdi.domain.access import Role
from fangdi_api.plan_files import PlanTools
from plan_builders import ReaderOf, a_drawn_floor, a_drawn_plan, a_drawn_room

API = "/api/v1"
HUNDRED_M2 = box(0, 0, 10, 10)


@pytest.fixture
def audited(over_test: FastAPI, http: TestClient) -> Any:
    """Upload a plan with these rooms on the first floor, and draft its audit."""

    def make(building: int, *rooms: Any, by: TestClient | None = None, **wanted: Any) -> Any:
        over_test.state.plan_tools = PlanTools(read=ReaderOf(a_drawn_plan(a_drawn_floor(rooms))))
        client = by or http
        plan = client.post(f"{API}/plans", params={"building_id": building, "name": "plan.dxf"}, content=b"plan")
        made = client.post(f"{API}/plans/{plan.json()['id']}/audits", json=wanted)
        assert made.status_code == 201, made.text
        return made.json()

    return make


def line(audit: Any, subject: str, *, measure: str = "usable", label: str = "") -> Any:
    return next(
        one
        for one in audit["lines"]
        if (one["subject"], one["measure"]) == (subject, measure) and label in one["label"]
    )


def against(found: Any, source: str) -> Any:
    return next(one for one in found["comparisons"] if one["against"] == source)


@pytest.mark.parametrize(("registered", "verdict"), [(101.4, "within"), (98.6, "within"), (101.41, "beyond")])
def test_a_difference_up_to_the_tolerance_is_within(
    connection: Connection, audited: Any, registered: float, verdict: str
) -> None:
    building = a_building(connection)
    a_room(connection, "101", building=building, area=None, registered_usable_m2=registered)

    found = line(audited(building, a_drawn_room("101", HUNDRED_M2)), "room")

    compared = against(found, "registered")
    assert (compared["verdict"], found["verdict"]) == (verdict, verdict)
    assert compared["tolerance_m2"] == 1.4  # 0.08 × √100 + 0.006 × 100, GB/T 17986.1 class 3
    assert compared["difference_m2"] == pytest.approx(100 - registered)


def test_a_stricter_class_can_be_chosen(connection: Connection, audited: Any) -> None:
    building = a_building(connection)
    a_room(connection, "101", building=building, area=None, registered_usable_m2=101.0)

    audit = audited(building, a_drawn_room("101", HUNDRED_M2), accuracy=2)

    assert against(line(audit, "room"), "registered")["tolerance_m2"] == 0.6  # 0.04 × √100 + 0.002 × 100
    assert line(audit, "room")["verdict"] == "beyond"
    assert audit["rule"]["verified"] is True


def test_floors_building_and_agencies_are_sums_of_their_rooms(connection: Connection, audited: Any) -> None:
    building = a_building(connection)
    agency = an_agency(connection, "市档案局")
    room = a_room(connection, "101", building=building, area=None, declared_usable_m2=100.0)
    a_room(connection, "102", building=building, area=None, declared_usable_m2=30.0)
    occupies(connection, agency, room, share=0.5)

    audit = audited(building, a_drawn_room("101", HUNDRED_M2), a_drawn_room("102", box(10.2, 0, 13.2, 10)))

    assert line(audit, "floor")["declared_m2"] == 130
    assert line(audit, "building")["measured_m2"] == 130  # 10 × 10 and 3 × 10
    assert line(audit, "agency", label="市档案局")["measured_m2"] == 50  # half of 100
    assert line(audit, "agency", label="No agency")["measured_m2"] == 80  # what is left: 50 + 30


def test_sums_say_over_how_many_rooms_they_were_compared(connection: Connection, audited: Any) -> None:
    building = a_building(connection)
    a_room(connection, "101", building=building, area=None, declared_usable_m2=99.0)
    a_room(connection, "103", building=building, area=None, declared_usable_m2=40.0)  # not on the plan

    audit = audited(building, a_drawn_room("101", HUNDRED_M2), a_drawn_room("102", box(10.2, 0, 13.2, 10)))

    found = line(audit, "building")
    assert (found["declared_m2"], found["measured_m2"]) == (139, 130)  # 99 + 40, 100 + 30
    compared = against(found, "declared")
    assert compared["compared"] == {"rooms": 1, "of_rooms": 3, "figure_m2": 99, "measured_m2": 100}
    assert (compared["difference_m2"], compared["tolerance_m2"], compared["verdict"]) == (1, 1.4, "incomplete")
    assert against(line(audit, "room", label="101"), "declared")["compared"] is None


@pytest.mark.parametrize(("upstairs", "drawn_only"), [(True, True), (False, False)])
def test_a_plan_of_some_floors_does_not_speak_for_the_building(
    connection: Connection, audited: Any, *, upstairs: bool, drawn_only: bool
) -> None:
    building = a_building(connection)
    room = a_room(connection, "101", building=building, area=None, registered_usable_m2=100.0)
    agency = an_agency(connection, "市档案局")
    occupies(connection, agency, room)
    if upstairs:
        a_room(connection, "201", building=building, level=2, area=None, registered_usable_m2=50.0)

    audit = audited(building, a_drawn_room("101", HUNDRED_M2))

    of_building, of_agency = line(audit, "building"), line(audit, "agency", label="市档案局")
    assert (of_building["drawn_only"], of_agency["drawn_only"]) == (drawn_only, drawn_only)
    assert ("本图所绘楼层" in of_building["label"]) is drawn_only
    assert line(audit, "floor")["drawn_only"] is False


def test_gross_floor_area_is_compared_by_its_own_basis(connection: Connection, audited: Any) -> None:
    building = a_building(connection, planning_gross_m2=100.0)
    a_floor(connection, building, 1, registered_gross_m2=108.16)

    audit = audited(building, a_drawn_room("101", HUNDRED_M2))

    floor = line(audit, "floor", measure="gross")
    assert floor["measured_m2"] == pytest.approx(108.16)  # (10 + 2 × 0.2)²
    assert against(floor, "registered")["verdict"] == "within"
    assert against(line(audit, "building", measure="gross"), "planning")["verdict"] == "beyond"


def test_a_room_that_the_plan_lacks_is_a_line_too(connection: Connection, audited: Any) -> None:
    building = a_building(connection)
    room = a_room(connection, "109", building=building, area=None, registered_usable_m2=20.0)

    found = line(audited(building, a_drawn_room("101", HUNDRED_M2)), "room", label="109")

    assert (found["room_id"], found["room"], found["measured_m2"], found["verdict"]) == (room, None, None, "missing")


def test_a_room_that_nobody_named_is_not_called_by_its_key(connection: Connection, audited: Any) -> None:
    drawn = [a_drawn_room(None, box(x, 0, x + 5, 4), key=f"floor/@{x}", name=None) for x in (0, 6)]

    audit = audited(a_building(connection), *drawn)

    labels = [one["label"] for one in audit["lines"] if one["subject"] == "room"]
    assert labels == ["未编号 Unnumbered 1", "未编号 Unnumbered 2"]


def test_an_accepted_audit_has_a_number_and_stays_as_it_is(
    http: TestClient, connection: Connection, audited: Any
) -> None:
    building = a_building(connection)
    a_room(connection, "101", building=building, area=None, registered_usable_m2=90.0)
    first = audited(building, a_drawn_room("101", HUNDRED_M2))
    path = f"{API}/audits/{first['id']}"
    beyond = line(first, "room")

    waiting = http.post(f"{path}/accept")
    assert (waiting.status_code, first["number"], first["undecided"] > 0) == (422, None, True)
    for one in first["lines"]:
        if one["verdict"] == "beyond":
            decided = http.put(f"{path}/lines/{one['id']}", json={"decision": "accepted", "remark": "以实测为准"})
            assert decided.status_code == 200, decided.text
            assert (decided.json()["decided_by"], decided.json()["remark"]) == ("test", "以实测为准")
    accepted = http.post(f"{path}/accept").json()

    year = connection.execute(text("SELECT extract(year FROM current_date)")).scalar_one()
    assert (accepted["status"], accepted["number"]) == ("accepted", f"330200-{year}-0001")
    again = http.put(f"{path}/lines/{beyond['id']}", json={"decision": "rejected"})
    assert again.status_code == 409
    assert http.delete(path).status_code == 409
    assert http.post(f"{path}/accept").status_code == 409
    plan = f"{API}/plans/{first['plan_id']}"
    assert http.put(f"{plan}/rooms/101", json={"number": "1"}).status_code in {409, 422}
    assert http.delete(plan).status_code == 409
    assert http.get(path).json() == accepted


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fangdi.area_audit SET number = '1'",
        "DELETE FROM fangdi.area_audit",
        "UPDATE fangdi.area_audit_line SET measured_m2 = 1",
        "DELETE FROM fangdi.area_audit_line",
        """INSERT INTO fangdi.area_audit_line
                  (jurisdiction_code, audit_id, sort, subject, measure, label, comparisons, verdict)
           SELECT jurisdiction_code, id, 99, 'room', 'usable', 'x', '[]', 'within' FROM fangdi.area_audit""",
    ],
)
def test_not_even_the_owner_changes_an_accepted_audit(
    http: TestClient, connection: Connection, audited: Any, statement: str
) -> None:
    audit = audited(a_building(connection), a_drawn_room("101", HUNDRED_M2))
    assert http.post(f"{API}/audits/{audit['id']}/accept").status_code == 200

    with pytest.raises(DBAPIError, match="accepted"):
        connection.execute(text(statement))


def test_numbers_go_on(http: TestClient, connection: Connection, audited: Any) -> None:
    numbers = []
    for _ in range(2):
        audit = audited(a_building(connection), a_drawn_room("101", HUNDRED_M2))
        numbers.append(http.post(f"{API}/audits/{audit['id']}/accept").json()["number"][-4:])

    assert numbers == ["0001", "0002"]


def test_an_audit_of_a_plan_that_changed_is_not_accepted(
    http: TestClient, connection: Connection, audited: Any
) -> None:
    audit = audited(a_building(connection), a_drawn_room("101", HUNDRED_M2))
    assert http.put(f"{API}/plans/{audit['plan_id']}/rooms/101", json={"number": "1"}).status_code == 200

    assert http.post(f"{API}/audits/{audit['id']}/accept").status_code == 409


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE fangdi.room SET declared_usable_m2 = 90 WHERE building_id = :building",
        "UPDATE fangdi.room SET planning_usable_m2 = 100 WHERE building_id = :building",
        "UPDATE fangdi.building SET registered_gross_m2 = 500 WHERE id = :building",
        "DELETE FROM fangdi.occupancy WHERE room_id IN (SELECT id FROM fangdi.room WHERE building_id = :building)",
    ],
)
def test_an_audit_whose_figures_changed_is_not_accepted(
    http: TestClient, connection: Connection, audited: Any, change: str
) -> None:
    building = a_building(connection)
    room = a_room(connection, "101", building=building, area=None, declared_usable_m2=100.0)
    occupies(connection, an_agency(connection, "市档案局"), room)
    audit = audited(building, a_drawn_room("101", HUNDRED_M2))
    connection.execute(text(change), {"building": building})

    answer = http.post(f"{API}/audits/{audit['id']}/accept")

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:fangdi:problem:changed-meanwhile")
    assert "重新核查" in answer.json()["detail"]
    assert http.get(f"{API}/audits/{audit['id']}").json()["status"] == "draft"


def test_an_audit_that_still_says_what_the_records_say_is_accepted(
    http: TestClient, connection: Connection, audited: Any
) -> None:
    building = a_building(connection)
    room = a_room(connection, "101", building=building, area=None, declared_usable_m2=100.1)
    a_room(connection, "102", building=building, area=None, registered_usable_m2=100 / 3)
    occupies(connection, an_agency(connection, "市档案局"), room, share=0.3)
    audit = audited(building, a_drawn_room("101", HUNDRED_M2), a_drawn_room("102", box(10.2, 0, 13.5, 10.1)))
    for one in audit["lines"]:
        http.put(f"{API}/audits/{audit['id']}/lines/{one['id']}", json={"decision": "accepted"})

    assert http.post(f"{API}/audits/{audit['id']}/accept").status_code == 200


def test_an_audit_of_a_plan_that_was_superseded_is_not_accepted(
    http: TestClient, connection: Connection, audited: Any
) -> None:
    audit = audited(a_building(connection), a_drawn_room("101", HUNDRED_M2))
    connection.execute(text("UPDATE fangdi.plan SET status = 'superseded' WHERE id = :id"), {"id": audit["plan_id"]})

    answer = http.post(f"{API}/audits/{audit['id']}/accept")

    assert answer.status_code == 409
    assert "新版本" in answer.json()["detail"]


def test_verdicts_colour_the_drawing(http: TestClient, connection: Connection, audited: Any) -> None:
    building = a_building(connection)
    a_room(connection, "101", building=building, area=None, registered_usable_m2=90.0)
    audit = audited(building, a_drawn_room("101", HUNDRED_M2))

    (room,) = http.get(f"{API}/plans/{audit['plan_id']}/floors/1/drawing").json()["rooms"]

    assert room["verdict"] == "beyond"


def test_only_auditors_decide(client_of: Any, connection: Connection, audited: Any) -> None:
    audit = audited(a_building(connection), a_drawn_room("101", HUNDRED_M2))
    path, viewer = f"{API}/audits/{audit['id']}", client_of(Role.VIEWER)

    assert viewer.get(path).json()["may_change"] is False
    assert viewer.put(f"{path}/lines/{audit['lines'][0]['id']}", json={"decision": "accepted"}).status_code == 403
    assert viewer.post(f"{path}/accept").status_code == 403
    assert viewer.post(f"{API}/plans/{audit['plan_id']}/audits", json={}).status_code == 403


def test_an_audit_with_a_classified_room_needs_clearance(client_of: Any, connection: Connection, audited: Any) -> None:
    building = a_building(connection)
    room = a_room(connection, "101", building=building, area=None)
    auditor = client_of(Role.AREA_AUDITOR)
    audit = audited(building, a_drawn_room("101", HUNDRED_M2), by=auditor)
    assert auditor.get(f"{API}/audits/{audit['id']}").status_code == 200

    connection.execute(text("UPDATE fangdi.room SET classified = true WHERE id = :id"), {"id": room})
    assert auditor.get(f"{API}/audits/{audit['id']}").status_code == 404

    has_title(connection, "user", building=building)
    assert auditor.get(f"{API}/plans/{audit['plan_id']}").status_code == 404


@pytest.mark.parametrize(
    ("form", "begins"), [("xlsx", b"PK\x03\x04"), ("pdf", b"%PDF-"), ("gpkg", b"SQLite format 3\0")]
)
def test_an_audit_leaves_as_a_file_that_the_trail_notes(
    connection: Connection, audited: Any, http: TestClient, form: str, begins: bytes
) -> None:
    building = a_building(connection)
    audit = audited(building, a_drawn_room("101", HUNDRED_M2))

    answer = http.get(f"{API}/audits/{audit['id']}/export", params={"format": form})

    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(begins)
    assert answer.headers["content-disposition"].endswith(f'draft-{audit["id"]}.{form}"')
    noted = connection.execute(text("SELECT object_name FROM fangdi.audit_entry WHERE action = 'export'"))
    assert [row.object_name for row in noted] == [f"fangdi-audit-draft-{audit['id']}.{form}"]


def test_a_format_that_there_is_not_is_refused(connection: Connection, audited: Any, http: TestClient) -> None:
    audit = audited(a_building(connection), a_drawn_room("101", HUNDRED_M2))

    assert http.get(f"{API}/audits/{audit['id']}/export", params={"format": "docx"}).status_code == 422
