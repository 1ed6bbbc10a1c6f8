"""Completeness of data over the API: what is missing, of which rooms, and who sees it."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from builders import a_building, a_jurisdiction, a_room, an_agency, has_status, has_tenure, has_title, occupies, square

API = "/api/v1"
WHOLE: dict[str, Any] = {"built_year": 2005, "safety_grade": "A", "measured_gross_m2": 1000}


def ask(client: TestClient, path: str, **asked: Any) -> Any:
    answer = client.get(f"{API}{path}", params={"as_of": "2026-01-01", **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def a_whole_building(connection: Connection, **more: Any) -> int:
    building = a_building(connection, **{**WHOLE, **more})
    has_title(connection, "administration", building=building, certificate_no="浙(2020)1号")
    has_tenure(connection, building, "owned")
    occupies(connection, an_agency(connection), a_room(connection, building=building, plan=square(5)))
    return building


def gaps(client: TestClient, building: int, **asked: Any) -> dict[str, tuple[int, int]]:
    found = ask(client, f"/buildings/{building}/completeness", **asked)["gaps"]
    return {gap["check"]: (gap["missing"], gap["of"]) for gap in found}


def test_a_building_of_which_all_is_known_is_green(connection: Connection, client: TestClient) -> None:
    building = a_whole_building(connection)
    assert gaps(client, building) == {}
    assert ask(client, f"/buildings/{building}/completeness")["light"] == "green"


def test_rooms_that_lack_something_are_counted_and_listed(connection: Connection, client: TestClient) -> None:
    building = a_whole_building(connection)
    agency = an_agency(connection)
    unclear = a_room(connection, "201", building=building, level=2, use="unclassified", plan=square(5))
    occupies(connection, agency, unclear)
    blank = a_room(connection, "202", building=building, level=2, area=None)
    a_room(connection, "203", building=building, level=2, use="corridor", plan=square(5), measured_usable_m2=None)

    found = ask(client, f"/buildings/{building}/completeness")

    assert gaps(client, building) == {"category": (1, 4), "user": (1, 3), "plan": (1, 4), "area": (1, 3)}
    assert {room["id"]: sorted(room["lacks"]) for room in found["rooms"]} == {
        unclear: ["category"],
        blank: ["area", "plan", "user"],
    }
    assert found["light"] == "red"


def test_a_room_that_is_known_to_be_idle_is_not_missing_a_user(connection: Connection, client: TestClient) -> None:
    building = a_whole_building(connection)
    left, repaired = (a_room(connection, building=building, plan=square(5)) for _ in range(2))
    occupies(connection, an_agency(connection), left, until=date(2025, 1, 1))
    has_status(connection, repaired, "repair")
    assert gaps(client, building) == {}
    assert gaps(client, building, as_of="2026-01-01") == {}


@pytest.mark.parametrize("outdated", [False, True])
def test_rooms_without_a_user_are_the_same_while_sums_are_outdated(
    connection: Connection, client: TestClient, *, outdated: bool
) -> None:
    building = a_whole_building(connection)
    never, later, left, shared, lent = (a_room(connection, building=building, plan=square(5)) for _ in range(5))
    occupies(connection, an_agency(connection), later, since=date(2026, 1, 2))
    occupies(connection, an_agency(connection), left, until=date(2025, 1, 1))
    occupies(connection, an_agency(connection), shared, share=0.5)
    has_status(connection, lent, "repair", until=date(2025, 1, 1))
    connection.execute(text("UPDATE fangdi.usage_state SET outdated = :outdated"), {"outdated": outdated})

    found = ask(client, f"/buildings/{building}/completeness")

    assert gaps(client, building) == {"user": (2, 6)}
    assert [room["id"] for room in found["rooms"]] == [never, later]


def test_what_a_building_lacks_as_a_whole(connection: Connection, client: TestClient) -> None:
    assert gaps(client, a_building(connection)) == dict.fromkeys(
        ("rooms", "title", "tenure", "gross", "year", "safety"), (1, 1)
    )


def test_an_unregistered_title_is_missing_and_a_number_is_asked_of_registered_ones(
    connection: Connection, client: TestClient
) -> None:
    unregistered, numberless = a_building(connection, **WHOLE), a_building(connection, **WHOLE)
    has_title(connection, "unregistered", building=unregistered)
    has_title(connection, "administration", building=numberless)
    assert {"title", "certificate"} & set(gaps(client, unregistered)) == {"title"}
    assert {"title", "certificate"} & set(gaps(client, numberless)) == {"certificate"}


@pytest.mark.parametrize(("tenure", "asked"), [("leased", set()), ("borrowed", set()), ("owned", {"title"})])
def test_a_title_is_asked_of_own_buildings_alone(
    connection: Connection, client: TestClient, tenure: str, asked: set[str]
) -> None:
    building = a_building(connection)
    has_tenure(connection, building, tenure)

    assert {"title"} & set(gaps(client, building)) == asked


def test_buildings_stand_worst_first_with_the_rule(connection: Connection, client: TestClient) -> None:
    good, bad = a_whole_building(connection), a_building(connection)
    fair = a_whole_building(connection, built_year=None)

    answer = ask(client, "/reports/completeness")

    assert [one["building"]["id"] for one in answer["items"]] == [bad, fair, good]
    assert answer["counts"] == {"green": 1, "amber": 1, "red": 1}
    rule = next(one for one in answer["rules"] if one["check"] == "category")
    assert (rule["amber_above"], rule["red_above"]) == (0, 0.1)


def test_a_jurisdiction_has_its_own_buildings(connection: Connection, client: TestClient) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    a_building(connection)
    county = a_building(connection, jurisdiction="330203")
    answer = ask(client, "/reports/completeness", jurisdiction="330203")
    assert [one["building"]["id"] for one in answer["items"]] == [county]


def test_a_building_that_does_not_exist_yet_is_not_judged(connection: Connection, client: TestClient) -> None:
    building = a_building(connection, valid="[2027-01-01,)")
    assert client.get(f"{API}/buildings/{building}/completeness", params={"as_of": "2026-01-01"}).status_code == 404


def test_buildings_are_written_with_their_places(connection: Connection, client: TestClient) -> None:
    a_building(connection, "1号楼")
    answer = client.get(f"{API}/reports/completeness", params={"format": "geojson"}).json()
    (feature,) = answer["features"]
    assert (feature["properties"]["building"], feature["properties"]["title"]) == ("1号楼", 1)
