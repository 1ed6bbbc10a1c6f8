"""Looking for space over the API: adjoining idle rooms, near a place, in the right building."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from shapely import box
from sqlalchemy import Connection

from builders import a_building, a_jurisdiction, a_room, an_agency, has_status, has_tenure, occupies
from fangdi.domain.access import Role

API = "/api/v1"
WALL = 0.24


def offers(client: TestClient, **asked: Any) -> Any:
    answer = client.get(f"{API}/reports/idle/spaces", params={"as_of": "2026-01-01", **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def a_row(connection: Connection, building: int, count: int, *, level: float = 1, width: float = 4) -> list[int]:
    """Draw rooms of 5 m depth side by side, with walls of 24 cm between."""
    plans = [box(west, 0, west + width, 5) for west in (n * (width + WALL) for n in range(count))]
    return [
        a_room(connection, f"{level:g}{n:02}", building=building, level=level, plan=plan)
        for n, plan in enumerate(plans, 1)
    ]


def numbers(offer: Any) -> list[str]:
    return [room["number"] for room in offer["rooms"]]


def test_twelve_adjoining_rooms_with_240_m2_on_one_floor(connection: Connection, client: TestClient) -> None:
    building = a_building(connection)
    a_row(connection, building, 12, level=3)  # 12 × 20 m²
    a_row(connection, building, 11, level=4)

    found = offers(client, rooms=12, min_area_m2=240)

    (offer,) = found["items"]
    assert (offer["level"], len(offer["rooms"]), offer["area_m2"], offer["whole_floor"]) == (3, 12, 240, True)
    assert (found["idle_rooms"], found["rooms_left_out"], found["offers"]) == (23, 0, 1)


def test_a_room_in_use_parts_the_others(connection: Connection, client: TestClient) -> None:
    rooms = a_row(connection, a_building(connection), 5)
    occupies(connection, an_agency(connection), rooms[1])

    assert offers(client, rooms=4)["items"] == []
    (offer,) = offers(client, rooms=3)["items"]
    assert (numbers(offer), offer["whole_floor"]) == (["103", "104", "105"], False)


def test_rooms_under_repair_are_not_to_be_had(connection: Connection, client: TestClient) -> None:
    rooms = a_row(connection, a_building(connection), 3)
    has_status(connection, rooms[1], "repair")

    assert offers(client, rooms=2)["items"] == []


def test_the_nearest_comes_first_and_what_is_too_far_not_at_all(connection: Connection, client: TestClient) -> None:
    for name, longitude in (("远", 121.60), ("近", 121.551), ("太远", 121.70)):
        a_row(connection, a_building(connection, name=name, at=(longitude, 29.87)), 2)

    found = offers(client, rooms=2, longitude=121.55, latitude=29.87, radius_m=6000)

    assert [one["building"]["name"] for one in found["items"]] == ["近", "远"]
    assert found["items"][0]["distance_m"] == pytest.approx(96.5, abs=0.5)  # 0.001° × 111,320 m × cos 29.87°


def test_near_an_agency_is_near_the_building_where_it_has_most_rooms(
    connection: Connection, client: TestClient
) -> None:
    home = a_building(connection, at=(121.60, 29.87))
    agency = an_agency(connection)
    occupies(connection, agency, a_row(connection, home, 3)[0])
    far = a_building(connection, at=(121.55, 29.87))
    a_row(connection, far, 2)

    found = offers(client, rooms=2, near_agency_id=agency, radius_m=1000)

    assert [one["building"]["id"] for one in found["items"]] == [home]


@pytest.mark.parametrize(
    ("feature", "value"),
    [
        ("has_lift", True),
        ("built_from", 2010),
        ("safety", "A"),
        ("tenure", "owned"),
        ("level_from", 2),
    ],
)
def test_buildings_are_chosen_by_their_features(
    connection: Connection, client: TestClient, feature: str, value: Any
) -> None:
    good = a_building(connection, has_lift=True, built_year=2012, safety_grade="A")
    has_tenure(connection, good, "owned")
    a_row(connection, good, 2, level=2)
    bad = a_building(connection, has_lift=False, built_year=1985, safety_grade="C")
    has_tenure(connection, bad, "leased")
    a_row(connection, bad, 2, level=1)

    found = offers(client, rooms=2, **{feature: value})

    assert [one["building"]["id"] for one in found["items"]] == [good]
    assert len(offers(client, rooms=2)["items"]) == 2


def test_a_whole_floor_has_no_room_in_use(connection: Connection, client: TestClient) -> None:
    building = a_building(connection)
    a_row(connection, building, 3, level=1)
    used = a_row(connection, building, 4, level=2)
    occupies(connection, an_agency(connection), used[0])

    assert [one["level"] for one in offers(client, rooms=2, whole_floor=True)["items"]] == [1]


def test_rooms_without_outline_are_counted_and_left_out(connection: Connection, client: TestClient) -> None:
    building = a_building(connection)
    a_room(connection, building=building, area=30)

    found = offers(client)

    assert (found["items"], found["idle_rooms"], found["rooms_left_out"]) == ([], 1, 1)


def test_hidden_rooms_are_not_offered(connection: Connection, client_of: Any) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    building = a_building(connection)
    a_row(connection, building, 2)
    a_room(connection, "S", building=building, plan=box(2 * 4.24 + 4.24, 0, 16.72, 5), classified=True)

    found = offers(client_of(Role.VIEWER, jurisdiction="330200"), rooms=1)
    elsewhere = offers(client_of(Role.VIEWER, jurisdiction="330203"), rooms=1)

    assert found["idle_rooms"] == 2
    assert elsewhere["idle_rooms"] == 0


def test_a_room_whose_use_is_hidden_is_not_taken_for_idle(connection: Connection, client_of: Any) -> None:
    rooms = a_row(connection, a_building(connection), 2)
    occupies(connection, an_agency(connection, jurisdiction=a_jurisdiction(connection, "330299", "别处")), rooms[0])

    assert offers(client_of(Role.VIEWER, jurisdiction="330200"))["idle_rooms"] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"min_area_m2": 10, "max_area_m2": 5},
        {"longitude": 121.5},
        {"radius_m": 2000},
        {"longitude": 121.5, "latitude": 29.9, "near_agency_id": 1},
        {"rooms": 0},
        {"radius": 5},
    ],
)
def test_questions_that_make_no_sense_are_refused(client: TestClient, wrong: dict[str, Any]) -> None:
    assert client.get(f"{API}/reports/idle/spaces", params=wrong).status_code == 422
