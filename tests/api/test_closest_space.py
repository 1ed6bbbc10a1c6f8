"""What comes closest where nowhere is enough space: how much of it there is, and what is lacking."""

from io import BytesIO
from typing import Any

from fastapi.testclient import TestClient
from openpyxl import load_workbook
from shapely import box
from sqlalchemy import Connection

from api.test_spaces import API, a_row, numbers, offers
from builders import a_building, a_room, an_agency, occupies
from fangdi.domain.access import Role


def closest(client: TestClient, **asked: Any) -> Any:
    answer = client.get(f"{API}/reports/idle/spaces/closest", params={"as_of": "2026-01-01", **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def lacking(found: Any) -> tuple[int, float, float]:
    return found["rooms_lacking"], found["area_lacking_m2"], found["area_over_m2"]


def test_the_largest_row_is_named_with_what_it_lacks(connection: Connection, client: TestClient) -> None:
    building = a_building(connection)
    a_row(connection, building, 5, level=2)  # 5 × 20 m²
    a_row(connection, building, 3, level=3)

    found = closest(client, rooms=8, min_area_m2=130)

    assert (found["offer"]["level"], len(found["offer"]["rooms"]), found["offer"]["area_m2"]) == (2, 5, 100)
    assert lacking(found) == (3, 30, 0)


def test_the_smaller_of_the_shares_of_rooms_and_of_area_counts(connection: Connection, client: TestClient) -> None:
    building = a_building(connection)
    a_row(connection, building, 8, level=1)  # 8 of 10 rooms, 160 of 400 m²: 0.4
    a_row(connection, building, 3, level=2, width=24)  # 3 of 10 rooms, 360 of 400 m²: 0.3

    found = closest(client, rooms=10, min_area_m2=400)

    assert found["offer"]["level"] == 1
    assert lacking(found) == (2, 240, 0)


def test_of_two_alike_the_nearer_is_named(connection: Connection, client: TestClient) -> None:
    for name, longitude in (("远", 121.60), ("近", 121.551), ("较远", 121.57)):
        a_row(connection, a_building(connection, name=name, at=(longitude, 29.87)), 2)

    assert closest(client, rooms=3, longitude=121.55, latitude=29.87)["offer"]["building"]["name"] == "近"


def test_a_room_in_use_parts_the_others(connection: Connection, client: TestClient) -> None:
    rooms = a_row(connection, a_building(connection), 6)
    occupies(connection, an_agency(connection), rooms[3])

    found = closest(client, rooms=6)

    assert numbers(found["offer"]) == ["101", "102", "103"]
    assert lacking(found) == (3, 0, 0)


def test_where_all_are_too_large_the_least_too_large_is_named(connection: Connection, client: TestClient) -> None:
    building = a_building(connection)
    a_row(connection, building, 2, level=1, width=6)  # 30 m² each
    a_row(connection, building, 2, level=2, width=5)  # 25 m² each

    found = closest(client, min_area_m2=10, max_area_m2=15)

    assert (found["offer"]["level"], found["offer"]["area_m2"]) == (2, 25)
    assert lacking(found) == (0, 0, 10)


def test_one_room_is_something_where_five_hundred_are_asked_for(connection: Connection, client: TestClient) -> None:
    a_row(connection, a_building(connection), 1)

    assert lacking(closest(client, rooms=500, min_area_m2=10_000)) == (499, 9980, 0)


def test_what_is_enough_lacks_nothing(connection: Connection, client: TestClient) -> None:
    a_row(connection, a_building(connection), 3)

    found = closest(client, rooms=2, min_area_m2=40)

    assert found["offer"] == offers(client, rooms=2, min_area_m2=40)["items"][0]
    assert lacking(found) == (0, 0, 0)


def test_the_other_conditions_hold(connection: Connection, client: TestClient) -> None:
    a_row(connection, a_building(connection, has_lift=False), 3)
    near = a_building(connection, has_lift=True)
    used = a_row(connection, near, 2)
    occupies(connection, an_agency(connection), used[0])

    assert numbers(closest(client, rooms=5, has_lift=True)["offer"]) == ["102"]
    assert closest(client, rooms=5, has_lift=True, whole_floor=True)["offer"] is None
    assert closest(client, rooms=5, min_room_m2=21)["offer"] is None


def test_hidden_rooms_play_no_part(connection: Connection, client_of: Any) -> None:
    building = a_building(connection)
    a_row(connection, building, 2)
    a_room(connection, "S", building=building, plan=box(2 * 4.24, 0, 2 * 4.24 + 4, 5), classified=True)

    found = closest(client_of(Role.VIEWER, jurisdiction="330200"), rooms=3)

    assert numbers(found["offer"]) == ["101", "102"]
    assert lacking(found) == (1, 0, 0)


def test_a_file_without_offers_names_it_too(connection: Connection, client: TestClient) -> None:
    a_row(connection, a_building(connection, "最近似"), 2)

    answer = client.get(f"{API}/reports/idle/spaces", params={"rooms": 3, "format": "xlsx"})

    cells = {cell for sheet in load_workbook(BytesIO(answer.content)) for row in sheet.values for cell in row}
    assert {"最近似 1层", "2", "40.00"} <= {str(cell) for cell in cells}
