"""Looking for space over the API: adjoining idle rooms, near a place, in the right building."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from shapely import Polygon, box
from sqlalchemy import Connection, text

from builders import a_building, a_jurisdiction, a_room, an_agency, has_status, has_tenure, insert, occupies
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


def test_near_a_building_is_near_where_it_stands(connection: Connection, client_of: Any) -> None:
    here, far = (a_building(connection, at=(longitude, 29.87)) for longitude in (121.60, 121.55))
    a_row(connection, here, 2)
    a_row(connection, far, 2)
    viewer, near = client_of(Role.VIEWER, jurisdiction="330200"), {"near_building_id": here, "radius_m": 1000}

    assert [one["building"]["id"] for one in offers(viewer, rooms=2, **near)["items"]] == [here]


def test_no_place_is_told_of_a_building_that_is_hidden(connection: Connection, client_of: Any) -> None:
    hidden = a_building(connection, classified=True)

    answer = client_of(Role.VIEWER, jurisdiction="330200").get(
        f"{API}/reports/idle/spaces", params={"near_building_id": hidden, "radius_m": 1000}
    )

    assert answer.status_code == 404, answer.text


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


def test_rooms_with_an_empty_outline_are_left_out_too(connection: Connection, client: TestClient) -> None:
    building = a_building(connection)
    a_room(connection, building=building, plan=Polygon(), measured_usable_m2=30)
    a_row(connection, building, 2)

    found = offers(client, rooms=2)

    assert (len(found["items"]), found["idle_rooms"], found["rooms_left_out"]) == (1, 3, 1)


@pytest.mark.parametrize("sums", ["kept", "outdated"])
def test_what_is_left_out_does_not_depend_on_how_many_rooms_are_wanted(
    connection: Connection, client: TestClient, sums: str
) -> None:
    building = a_building(connection)
    a_row(connection, building, 3, level=1)
    a_row(connection, building, 1, level=2)
    a_room(connection, building=building, level=2, area=30)  # no outline
    a_room(connection, building=building, level=3, plan=Polygon(), measured_usable_m2=30)
    a_room(connection, building=building, level=3, plan=box(0, 0, 4, 5), measured_usable_m2=None)
    if sums == "outdated":
        connection.execute(text("SELECT fangdi.outdate_usage()"))

    found = [offers(client, rooms=rooms) for rooms in (1, 2, 3, 4)]

    # 3 + 1 + 1 + 2 idle rooms; one without outline, one with an empty outline, one without area
    assert [(one["idle_rooms"], one["rooms_left_out"]) for one in found] == [(7, 3)] * 4


def test_the_area_asked_for_may_be_exactly_that_of_the_rooms(connection: Connection, client: TestClient) -> None:
    building = a_building(connection)
    for number, area in enumerate((13.5, 10.58, 18.44)):  # 42.52 m²; as binary fractions a little less
        plan = box(4.24 * number, 0, 4.24 * number + 4, 5)
        a_room(connection, building=building, plan=plan, measured_usable_m2=area)

    assert [one["area_m2"] for one in offers(client, rooms=3, min_area_m2=42.52)["items"]] == [42.52]


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
        {"longitude": 121.5, "latitude": 29.9, "near_building_id": 1},
        {"near_agency_id": 1, "near_building_id": 1},
        {"rooms": 0},
        {"radius": 5},
    ],
)
def test_questions_that_make_no_sense_are_refused(client: TestClient, wrong: dict[str, Any]) -> None:
    assert client.get(f"{API}/reports/idle/spaces", params=wrong).status_code == 422


def test_rooms_of_a_size_alone_are_looked_at(connection: Connection, client: TestClient) -> None:
    building = a_building(connection)
    a_row(connection, building, 3, width=4)  # 20 m² each
    a_row(connection, building, 3, level=2, width=6)  # 30 m² each

    small, large = offers(client, rooms=2, max_room_m2=20), offers(client, rooms=2, min_room_m2=20.01)

    assert [one["level"] for one in small["items"]] == [1]
    assert [one["level"] for one in large["items"]] == [2]
    assert (small["idle_rooms"], large["idle_rooms"]) == (3, 3)


def test_rooms_are_offered_that_stood_empty_long_enough(connection: Connection, client: TestClient) -> None:
    building, agency = a_building(connection), an_agency(connection)
    rooms = a_row(connection, building, 2)
    occupies(connection, agency, rooms[0], until=date(2025, 12, 2))  # idle for 30 days on 1 January
    occupies(connection, agency, rooms[1], until=date(2025, 12, 3))

    assert offers(client, min_days=30)["idle_rooms"] == 1
    assert offers(client, min_days=29)["idle_rooms"] == 2


def test_a_rule_of_what_is_idle_holds_when_space_is_looked_for(connection: Connection, client: TestClient) -> None:
    rooms = a_row(connection, a_building(connection), 2)
    occupies(connection, an_agency(connection), rooms[0], until=date(2025, 12, 31))
    has_status(connection, rooms[1], "reserved")
    rule = {"min_days": 30, "statuses": ["repair"], "source": "试行办法", "verification": "official"}
    insert(connection, "idle_rule", jurisdiction_code="330200", **rule)

    (offer,) = offers(client)["items"]

    assert numbers(offer) == ["102"]


def test_one_building_and_its_year_are_chosen(connection: Connection, client: TestClient) -> None:
    old, new = a_building(connection, built_year=1985), a_building(connection, built_year=2015)
    a_row(connection, old, 2)
    a_row(connection, new, 2)

    assert [one["building"]["id"] for one in offers(client, built_to=1985)["items"]] == [old]
    assert [one["building"]["id"] for one in offers(client, building_id=new)["items"]] == [new]


def test_the_smallest_room_that_is_enough_is_offered_alone(connection: Connection, client: TestClient) -> None:
    building = a_building(connection)
    for number, width in (("大", 8), ("中", 6), ("小", 4)):
        a_room(connection, number, building=building, plan=box(width * 20, 0, width * 20 + width, 5))

    (offer,) = offers(client, min_area_m2=25)["items"]

    assert (numbers(offer), offer["area_m2"]) == (["中"], 30)


def test_a_building_just_inside_the_circle_is_inside_the_box_around_it(
    connection: Connection, client: TestClient
) -> None:
    for latitude, longitude in ((29.87, 121.55 + 0.0207), (29.87 + 0.01803, 121.55), (29.87 - 0.01803, 121.55)):
        a_row(connection, a_building(connection, at=(longitude, latitude)), 1)

    found = offers(client, longitude=121.55, latitude=29.87, radius_m=2000)

    # 0.0207° × 96,600 m and 0.01803° × 110,850 m: each just below 2,000 m
    assert len(found["items"]) == 3
    assert all(1995 < one["distance_m"] <= 2000 for one in found["items"])


@pytest.mark.parametrize("form", ["xlsx", "csv", "geojson"])
def test_offers_leave_as_a_file(connection: Connection, client: TestClient, form: str) -> None:
    a_row(connection, a_building(connection, "找得到"), 2)

    answer = client.get(f"{API}/reports/idle/spaces", params={"as_of": "2026-01-01", "rooms": 2, "format": form})

    assert answer.status_code == 200, answer.text
    assert 'filename="fangdi-spaces-2026-01-01-measured.' in answer.headers["content-disposition"]
    if form != "xlsx":
        assert "找得到" in answer.content.decode("utf-8-sig")
