"""Floor plans over the API: upload, reading, drawing, findings, edits by hand."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from shapely import Point, affinity, box
from sqlalchemy import Connection, text

from builders import PLANE, a_building, a_jurisdiction, a_room, in_plane, on_map, square
from fangdi.domain.access import Role
from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Georeference, Plan
from fangdi_api.plan_files import PlanTools
from plan_builders import (
    ReaderOf,
    a_drawn_floor,
    a_drawn_plan,
    a_drawn_room,
    a_label,
    doubting_units,
)

API = "/api/v1"
Clients = Callable[..., TestClient]


@pytest.fixture
def reads(over_test: FastAPI) -> Callable[..., ReaderOf]:
    """Let the application read these plans, whatever the file."""

    def make(*plans: Plan) -> ReaderOf:
        reader = ReaderOf(*plans)
        over_test.state.plan_tools = PlanTools(read=reader)
        return reader

    return make


def upload(http: TestClient, building: int, *, name: str = "一层.dxf", content: bytes = b"plan") -> Any:
    return http.post(f"{API}/plans", params={"building_id": building, "name": name}, content=content)


def uploaded(http: TestClient, building: int, *, name: str = "一层.dxf") -> Any:
    answer = upload(http, building, name=name)
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_an_uploaded_plan_says_what_was_read(http: TestClient, connection: Connection, reads: Any) -> None:
    building = a_building(connection, "1号楼")
    reader = reads(a_drawn_plan())

    made = uploaded(http, building)

    assert reader.asked[0][0] == b"plan"
    assert made["building"] == {"id": building, "name": "1号楼"}
    assert (made["file_name"], made["size_bytes"], made["version"], made["status"]) == ("一层.dxf", 4, 1, "draft")
    assert made["sha256"] == hashlib.sha256(b"plan").hexdigest()
    assert made["units"] == {"name": "mm", "metres": 0.001, "said_by": "header"}
    assert [layer["roles"] for layer in made["layers"]] == [["room"], ["label"]]
    (floor,) = made["floors"]
    assert (floor["level"], floor["rooms"], floor["usable_m2"]) == (1, 2, 40.0)  # two rooms of 5 m × 4 m
    assert floor["gross_m2"] == pytest.approx(10.6 * 4.4, abs=0.005)  # 5 + 0.2 + 5 and 0.2 on each side; 4 + 2 × 0.2
    assert made["missing"] == ["placement"]
    assert http.get(f"{API}/plans/{made['id']}").json() == made


def test_a_second_plan_of_a_building_is_its_second_version(
    http: TestClient, connection: Connection, reads: Any
) -> None:
    building = a_building(connection)
    reads(a_drawn_plan())

    assert [uploaded(http, building)["version"] for _ in range(2)] == [1, 2]
    listed = http.get(f"{API}/plans", params={"building_id": building}).json()["items"]
    assert [row["version"] for row in listed] == [2, 1]


def test_a_floor_is_drawn_in_plan_metres(http: TestClient, connection: Connection, reads: Any) -> None:
    rooms = [a_drawn_room("101", box(0, 0, 5, 4), stated=19.5)]
    reads(a_drawn_plan(a_drawn_floor(rooms, labels=(a_label("101", (1, 1)),))))
    plan = uploaded(http, a_building(connection))

    drawn = http.get(f"{API}/plans/{plan['id']}/floors/1/drawing").json()

    (room,) = drawn["rooms"]
    assert (room["key"], room["number"], room["area_m2"], room["stated_m2"]) == ("101", "101", 20.0, 19.5)
    assert sorted(map(tuple, room["shape"][0][0][:-1])) == [(0, 0), (0, 4), (5, 0), (5, 4)]
    assert drawn["labels"] == [{"text": "101", "at": [1, 1]}]
    assert http.get(f"{API}/plans/{plan['id']}/floors/7/drawing").status_code == 404


def test_an_outline_that_nobody_drew_stays_an_estimate(http: TestClient, connection: Connection, reads: Any) -> None:
    reads(a_drawn_plan(a_drawn_floor([a_drawn_room("101")], outline_implied=True)))
    path = f"{API}/plans/{uploaded(http, a_building(connection))['id']}"
    (floor,) = http.get(path).json()["floors"]
    codes = [one["code"] for one in http.get(f"{path}/findings").json()["items"]]
    assert floor["outline_implied"] is True
    assert floor["gross_m2"] == pytest.approx(5.4 * 4.4)
    assert "outline_implied" in codes
    assert "not_conserved" not in codes


def test_findings_come_in_both_languages_with_what_to_do(http: TestClient, connection: Connection, reads: Any) -> None:
    overlapping = [a_drawn_room("101", box(0, 0, 5, 4)), a_drawn_room("102", box(3, 0, 8, 4))]
    reads(a_drawn_plan(a_drawn_floor(overlapping)))
    plan = uploaded(http, a_building(connection))

    found = http.get(f"{API}/plans/{plan['id']}/findings").json()

    overlap = next(one for one in found["items"] if one["code"] == "overlap")
    assert overlap["rooms"] == ["101", "102"]
    assert "8.00" in overlap["text"]["zh"]  # 2 m × 4 m
    assert "8.00 m²" in overlap["text"]["en"]
    assert overlap["advice"]["zh"]
    assert overlap["shape"]["type"] == "Polygon"
    assert 3 <= overlap["at"][0] <= 5
    assert found["counts"] == plan["findings"]


def test_a_doubtful_unit_waits_for_a_person(http: TestClient, connection: Connection, reads: Any) -> None:
    reads(doubting_units(a_drawn_plan()))
    plan = uploaded(http, a_building(connection))
    assert plan["missing"] == ["units", "placement"]

    read = http.put(f"{API}/plans/{plan['id']}/reading", json={"unit": "ft"}).json()

    assert read["units"] == {"name": "ft", "metres": 0.3048, "said_by": "person"}
    assert (read["missing"], read["revision"]) == (["placement"], 2)


def test_a_preview_stores_nothing(http: TestClient, connection: Connection, reads: Any) -> None:
    reader = reads(a_drawn_plan(), a_drawn_plan(a_drawn_floor([a_drawn_room("201")], level=2)))
    plan = uploaded(http, a_building(connection))

    wanted = {"layers": {"ROOM": ["wall", "label"]}, "gap_m": 0.9}
    shown = http.post(f"{API}/plans/{plan['id']}/preview", json=wanted)

    assert shown.status_code == 200, shown.text
    assert reader.asked[1][1].gap_m == 0.9
    assert {str(role) for role in reader.asked[1][1].meaning.roles["ROOM"]} == {"wall", "label"}
    assert [room["number"] for floor in shown.json()["floors"] for room in floor["rooms"]] == ["201"]
    assert shown.json()["plan"]["rooms_count"] == 1
    assert http.get(f"{API}/plans/{plan['id']}").json() == plan


def test_levels_that_a_person_gives_stand(http: TestClient, connection: Connection, reads: Any) -> None:
    reads(a_drawn_plan(a_drawn_floor([a_drawn_room()], level=None, key="A", name="A 区")))
    plan = uploaded(http, a_building(connection))
    assert "levels" in plan["missing"]

    read = http.put(f"{API}/plans/{plan['id']}/reading", json={"levels": {"A": 3}}).json()

    assert read["floors"][0]["level"] == 3
    assert "levels" not in read["missing"]


def test_a_level_that_a_person_gave_is_unknown_no_more(http: TestClient, connection: Connection, reads: Any) -> None:
    unknown = Finding(FindingCode.LEVEL_UNKNOWN, Severity.WARNING, {"name": "A 区"}, floor="A")
    floor = a_drawn_floor([a_drawn_room()], level=None, key="A", name="A 区")
    reads(replace(a_drawn_plan(floor), findings=(unknown,)))
    plan = uploaded(http, a_building(connection))

    def codes() -> set[str]:
        return {one["code"] for one in http.get(f"{API}/plans/{plan['id']}/findings").json()["items"]}

    assert "level_unknown" in codes()
    http.put(f"{API}/plans/{plan['id']}/reading", json={"levels": {"A": 3}})
    assert "level_unknown" not in codes()


@pytest.mark.parametrize(
    ("called", "read_as"),
    [
        ("北楼 三层.dxf", "北楼 三层.dxf"),
        ("a;b|c*.DXF", "a_b_c.dxf"),
        ("..", "plan"),
        ("字" * 190 + ".dxf", "字" * 60 + ".dxf"),
    ],
    ids=["as it is", "strange letters", "a folder", "too long for a disk"],
)
def test_a_reader_gets_the_name_of_the_file_without_what_is_strange(
    http: TestClient, connection: Connection, reads: Any, called: str, read_as: str
) -> None:
    reader = reads(a_drawn_plan(a_drawn_floor([a_drawn_room()])))

    uploaded(http, a_building(connection), name=called)

    assert reader.names == [read_as]


def test_edits_by_hand_outlive_another_reading(http: TestClient, connection: Connection, reads: Any) -> None:
    reads(a_drawn_plan())
    plan = f"{API}/plans/{uploaded(http, a_building(connection))['id']}"

    edited = http.put(f"{plan}/rooms/101", json={"number": "101A"}).json()
    traced = [[[0, 10], [5, 10], [5, 13], [0, 13], [0, 10]]]
    added = http.put(f"{plan}/rooms/t1", json={"number": "103", "floor": "1", "shape": [traced]})
    assert http.delete(f"{plan}/rooms/102").status_code == 204

    assert (edited["number"], edited["edited"]) == ("101A", True)
    assert added.status_code == 200, added.text
    assert added.json()["area_m2"] == 15.0  # 5 m × 3 m
    for _ in range(2):
        rooms = http.get(f"{plan}/floors/1/drawing").json()["rooms"]
        assert [(room["number"], room["edited"]) for room in rooms] == [("101A", True), ("103", True)]
        assert http.put(f"{plan}/reading", json={}).status_code == 200


def test_an_outline_that_crosses_itself_is_refused(http: TestClient, connection: Connection, reads: Any) -> None:
    reads(a_drawn_plan())
    plan = f"{API}/plans/{uploaded(http, a_building(connection))['id']}"
    bow_tie = [[[0, 0], [5, 5], [5, 0], [0, 5], [0, 0]]]

    answer = http.put(f"{plan}/rooms/new", json={"floor": "1", "shape": [bow_tie]})

    assert (answer.status_code, answer.json()["place"]) == (422, {"field": "shape"})


def test_a_draft_can_be_deleted(http: TestClient, connection: Connection, reads: Any) -> None:
    reads(a_drawn_plan())
    plan = f"{API}/plans/{uploaded(http, a_building(connection))['id']}"

    assert http.delete(plan).status_code == 204
    assert http.get(plan).status_code == 404


def test_only_auditors_upload_and_change(
    client_of: Clients, connection: Connection, reads: Any, nobody: TestClient
) -> None:
    building = a_building(connection)
    reads(a_drawn_plan())
    viewer, auditor = client_of(Role.VIEWER), client_of(Role.AREA_AUDITOR)

    assert upload(nobody, building).status_code == 401
    assert upload(viewer, building).status_code == 403
    made = uploaded(auditor, building)
    path = f"{API}/plans/{made['id']}"
    assert made["may_change"]
    assert viewer.get(path).json()["may_change"] is False
    assert viewer.put(f"{path}/reading", json={}).status_code == 403
    assert viewer.delete(path).status_code == 403


def test_an_auditor_of_elsewhere_finds_neither_plan_nor_building(
    client_of: Clients, connection: Connection, reads: Any
) -> None:
    building = a_building(connection)
    a_jurisdiction(connection, "330100", "杭州市")
    reads(a_drawn_plan())
    path = f"{API}/plans/{uploaded(client_of(Role.AREA_AUDITOR), building)['id']}"
    stranger = client_of(Role.AREA_AUDITOR, jurisdiction="330100")

    assert upload(stranger, building).status_code == 404
    assert stranger.get(path).status_code == 404
    assert stranger.put(f"{path}/reading", json={}).status_code == 404
    assert stranger.delete(path).status_code == 404
    assert stranger.get(f"{API}/plans").json()["items"] == []


def test_an_auditor_who_may_only_read_here_changes_nothing(
    client_of: Clients, client_with: Any, connection: Connection, reads: Any
) -> None:
    """Roles add up where each was granted: an auditor of one city may be a viewer of another."""
    from people import an_account, has_role, has_token  # noqa: PLC0415

    building = a_building(connection)
    a_jurisdiction(connection, "330100", "杭州市")
    reads(a_drawn_plan())
    path = f"{API}/plans/{uploaded(client_of(Role.AREA_AUDITOR), building)['id']}"
    account = an_account(connection)
    has_role(connection, account, Role.AREA_AUDITOR, jurisdiction="330100")
    has_role(connection, account, Role.VIEWER)
    guest = client_with(has_token(connection, account))

    assert guest.get(path).json()["may_change"] is False
    assert upload(guest, building).status_code == 403
    assert guest.put(f"{path}/reading", json={}).status_code == 403
    assert guest.put(f"{path}/rooms/101", json={"number": "1"}).status_code == 403
    assert guest.delete(path).status_code == 403


def test_a_plan_of_a_classified_building_needs_clearance(
    client_of: Clients, connection: Connection, reads: Any
) -> None:
    building = a_building(connection, classified=True)
    reads(a_drawn_plan())
    cleared, other = client_of(Role.AREA_AUDITOR, cleared=True), client_of(Role.AREA_AUDITOR)

    path = f"{API}/plans/{uploaded(cleared, building)['id']}"

    assert other.get(path).status_code == 404
    assert upload(other, building).status_code == 404
    assert other.get(f"{API}/plans").json()["items"] == []


def test_what_becomes_classified_takes_its_plans_along(client_of: Clients, connection: Connection, reads: Any) -> None:
    building = a_building(connection)
    reads(a_drawn_plan())
    auditor = client_of(Role.AREA_AUDITOR)
    path = f"{API}/plans/{uploaded(auditor, building)['id']}"

    connection.execute(text("UPDATE fangdi.building SET classified = true WHERE id = :id"), {"id": building})

    assert auditor.get(path).status_code == 404


def test_who_sees_classified_rooms_uploads_plans_for_those_with_clearance(
    client_of: Clients, connection: Connection, reads: Any
) -> None:
    building = a_building(connection)
    a_room(connection, "101", building=building, classified=True)
    reads(a_drawn_plan())
    cleared, other = client_of(Role.AREA_AUDITOR, cleared=True), client_of(Role.AREA_AUDITOR)

    hidden, shown = uploaded(cleared, building), uploaded(other, building)

    assert other.get(f"{API}/plans/{hidden['id']}").status_code == 404
    assert shown["version"] == 1, "what is hidden is not counted"


def test_a_file_that_is_too_large_is_refused(client_of: Clients, connection: Connection) -> None:
    answer = client_of(Role.AREA_AUDITOR).post(
        f"{API}/plans",
        params={"building_id": a_building(connection), "name": "a.dxf"},
        headers={"content-length": str(10**9)},
        content=b"",
    )

    assert (answer.status_code, answer.json()["type"]) == (413, "urn:fangdi:problem:too-large")


def control_points(*corners: tuple[float, float], turned: float = 0.0) -> list[dict[str, Any]]:
    """Take corners of the plan to places around the centre, the plan turned by some degrees."""
    points = []
    for number, (x, y) in enumerate(corners, 1):
        turned_point = affinity.rotate(Point(x, y), turned, origin=(0, 0))
        place = on_map(square(0.001, at=(turned_point.x, turned_point.y))).centroid
        points.append({"name": f"P{number}", "plan": [x, y], "map": [place.x, place.y]})
    return points


def test_control_points_place_a_plan_with_residuals_shown(http: TestClient, connection: Connection, reads: Any) -> None:
    reads(a_drawn_plan())
    path = f"{API}/plans/{uploaded(http, a_building(connection))['id']}"
    points = control_points((0, 0), (10, 0), (10, 4), turned=30)

    answer = http.put(f"{path}/placement", json={"method": "helmert", "points": points})

    assert answer.status_code == 200, answer.text
    placement = answer.json()
    assert placement["rotation_deg"] == pytest.approx(30, abs=0.001)
    assert placement["scale"] == pytest.approx(1, abs=1e-5)
    assert all(point["residual_m"] <= 0.001 for point in placement["points"])
    assert placement["findings"] == []
    detail = http.get(path).json()
    assert (detail["placed"], detail["missing"]) == (True, [])
    assert detail["placement"] == placement
    assert detail["usable_m2"] == 40.0, "areas stay those of the plan"
    west_corner = http.get(f"{path}/floors/1/map").json()["rooms"][0]["geometry"]["coordinates"][0]
    assert [pytest.approx(points[0]["map"][0], abs=1e-7), pytest.approx(points[0]["map"][1], abs=1e-7)] in west_corner


def test_a_control_point_that_is_off_and_a_wrong_scale_are_findings(
    http: TestClient, connection: Connection, reads: Any
) -> None:
    reads(a_drawn_plan())
    path = f"{API}/plans/{uploaded(http, a_building(connection))['id']}"
    points = control_points((0, 0), (10, 0), (10, 4), (0, 4))
    points[1]["plan"] = [7, 0]

    found = http.put(f"{path}/placement", json={"method": "helmert", "points": points}).json()["findings"]

    assert {one["code"] for one in found} == {"residual_too_large", "scale_off"}
    assert {one["code"] for one in http.get(f"{path}/findings").json()["items"]} >= {"residual_too_large", "scale_off"}


def test_a_plan_is_laid_on_the_footprint_of_its_building(http: TestClient, connection: Connection, reads: Any) -> None:
    # 10.6 m × 4.4 m, as the outer outline of the drawn floor, turned by a quarter
    footprint = on_map(box(0, 0, 4.4, 10.6))
    reads(a_drawn_plan())
    path = f"{API}/plans/{uploaded(http, a_building(connection, outline=footprint))['id']}"

    placement = http.put(f"{path}/placement", json={"method": "footprint"}).json()

    assert placement["score"] == pytest.approx(1, abs=0.01)
    assert abs(placement["rotation_deg"]) == pytest.approx(90, abs=0.5)


def test_one_control_point_is_too_few(http: TestClient, connection: Connection, reads: Any) -> None:
    reads(a_drawn_plan())
    path = f"{API}/plans/{uploaded(http, a_building(connection))['id']}"

    answer = http.put(f"{path}/placement", json={"method": "helmert", "points": control_points((0, 0))})

    assert answer.status_code == 422


def test_a_file_that_says_where_it_lies_places_its_plan(http: TestClient, connection: Connection, reads: Any) -> None:
    corner = in_plane(square(1)).bounds[:2]
    here = Georeference(PLANE, 1.0, 0.0, corner[0], corner[1], "IfcMapConversion")
    elsewhere = Georeference(PLANE, 1.0, 0.0, corner[0] + 50_000, corner[1], "IfcMapConversion")

    reads(a_drawn_plan(georeference=here))
    assert uploaded(http, a_building(connection))["missing"] == []
    reads(a_drawn_plan(georeference=elsewhere))
    far = uploaded(http, a_building(connection))

    assert far["missing"] == ["placement"]
    assert "place_not_taken" in {one["code"] for one in http.get(f"{API}/plans/{far['id']}/findings").json()["items"]}


def test_a_saved_mapping_reads_the_next_plan(http: TestClient, connection: Connection, reads: Any) -> None:
    building = a_building(connection)
    reader = reads(a_drawn_plan())
    wanted = {"jurisdiction_code": "330200", "name": "某测绘院", "unit": "m", "layers": {"FJ": ["room"]}, "gap_m": 0.9}

    saved = http.put(f"{API}/plan-mappings", json=wanted).json()
    again = http.put(f"{API}/plan-mappings", json={**wanted, "gap_m": 1.0}).json()
    upload(http, building, name="a.dxf")
    answer = http.post(
        f"{API}/plans",
        params={"building_id": building, "name": "a.dxf", "mapping_id": saved["id"]},
        content=b"plan",
    )

    assert saved["id"] == again["id"]
    assert answer.json()["reading"]["layers"] == {"FJ": ["room"]}
    assert (reader.asked[-1][1].unit, reader.asked[-1][1].gap_m) == ("m", 1.0)
    assert [one["name"] for one in http.get(f"{API}/plan-mappings").json()["items"]] == ["某测绘院"]
    assert http.delete(f"{API}/plan-mappings/{saved['id']}").status_code == 204
    assert http.get(f"{API}/plan-mappings").json()["items"] == []


def test_mappings_are_saved_by_auditors_of_the_place(client_of: Clients, connection: Connection) -> None:
    a_jurisdiction(connection, "330100", "杭州市")
    auditor, stranger = client_of(Role.AREA_AUDITOR), client_of(Role.AREA_AUDITOR, jurisdiction="330100")
    wanted = {"jurisdiction_code": "330200", "name": "某测绘院"}

    saved = auditor.put(f"{API}/plan-mappings", json=wanted)

    assert saved.status_code == 200, saved.text
    assert stranger.put(f"{API}/plan-mappings", json=wanted).status_code == 403
    assert stranger.get(f"{API}/plan-mappings").json()["items"] == []
    assert stranger.delete(f"{API}/plan-mappings/{saved.json()['id']}").status_code == 404
    assert client_of(Role.VIEWER).delete(f"{API}/plan-mappings/{saved.json()['id']}").status_code == 403


def test_repairs_are_proposed_and_applied_where_accepted(http: TestClient, connection: Connection, reads: Any) -> None:
    # a crack of 2 cm between two rooms, no wall
    rooms = [a_drawn_room("101", box(0, 0, 5, 4)), a_drawn_room("102", box(5.02, 0, 10, 4))]
    reads(a_drawn_plan(a_drawn_floor(rooms)))
    path = f"{API}/plans/{uploaded(http, a_building(connection))['id']}"

    proposed = http.get(f"{path}/repairs").json()
    (snap,) = [one for one in proposed["items"] if one["kind"] == "snap"]
    assert (snap["code"], proposed["accepted"]) == ("sliver", 0)
    assert snap["before"]
    assert snap["after"]
    assert snap["text"]["zh"]
    repaired = http.post(f"{path}/repairs", json={"accepted": [snap["id"]]})

    assert repaired.status_code == 200, repaired.text
    assert repaired.json()["usable_m2"] == 40.0  # the crack of 0.02 m × 4 m belongs to one of them now
    assert "sliver" not in {one["code"] for one in http.get(f"{path}/findings").json()["items"]}
    assert http.post(f"{path}/repairs", json={"accepted": [snap["id"]]}).status_code == 409
    assert http.put(f"{path}/reading", json={}).json()["usable_m2"] == 40.0, "they outlive another reading"


def test_keys_may_hold_any_letter(http: TestClient, connection: Connection, reads: Any) -> None:
    room = a_drawn_room("101", key="1/1?")
    reads(a_drawn_plan(a_drawn_floor([room], key="?/1")))
    path = f"{API}/plans/{uploaded(http, a_building(connection))['id']}"

    assert http.get(f"{path}/floors/{quote('?/1', safe='')}/drawing").json()["rooms"][0]["key"] == "1/1?"
    assert http.put(f"{path}/rooms/{quote('1/1?', safe='')}", json={"number": "1"}).json()["number"] == "1"


def test_another_unit_takes_the_plan_off_the_map(http: TestClient, connection: Connection, reads: Any) -> None:
    reads(a_drawn_plan())
    path = f"{API}/plans/{uploaded(http, a_building(connection))['id']}"
    points = control_points((0, 0), (10, 0))
    assert http.put(f"{path}/placement", json={"method": "helmert", "points": points}).status_code == 200

    assert http.put(f"{path}/reading", json={"gap_m": 1.0}).json()["placed"] is True
    assert http.put(f"{path}/reading", json={"unit": "ft"}).json()["placed"] is False


def test_what_was_drawn_with_classified_rooms_stays_hidden_when_its_building_opens(
    client_of: Clients, connection: Connection, reads: Any
) -> None:
    building = a_building(connection, classified=True)
    a_room(connection, "101", building=building, classified=True)
    reads(a_drawn_plan())
    plan = uploaded(client_of(Role.AREA_AUDITOR, cleared=True), building)

    connection.execute(text("UPDATE fangdi.building SET classified = false WHERE id = :id"), {"id": building})

    assert client_of(Role.AREA_AUDITOR).get(f"{API}/plans/{plan['id']}").status_code == 404


def test_copied_rooms_and_floors_get_keys_of_their_own(http: TestClient, connection: Connection, reads: Any) -> None:
    floor = a_drawn_floor([a_drawn_room("101"), a_drawn_room("101", box(6, 0, 11, 4))])
    reads(a_drawn_plan(floor, floor))

    plan = uploaded(http, a_building(connection))

    assert [(one["key"], one["rooms"]) for one in plan["floors"]] == [("1", 2), ("1~2", 2)]
    drawn = http.get(f"{API}/plans/{plan['id']}/floors/1/drawing").json()
    assert [room["key"] for room in drawn["rooms"]] == ["101", "101~2"]
    assert "levels" in plan["missing"], "two floors cannot be one level"


def test_odd_texts_and_levels_are_stored_as_far_as_they_can_be(
    http: TestClient, connection: Connection, reads: Any
) -> None:
    room = a_drawn_room("9" * 5000, name="a\x00b\ud800", key="r")
    reads(a_drawn_plan(a_drawn_floor([room], level=1e6, key="f")))

    plan = uploaded(http, a_building(connection))

    assert plan["floors"][0]["level"] is None
    (drawn,) = http.get(f"{API}/plans/{plan['id']}/floors/f/drawing").json()["rooms"]
    assert (len(drawn["number"]), drawn["name"]) == (200, "ab?")
