"""Use of premises over the API: what adds up to what, shared rooms by each rule, the rooms behind, and files."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import Connection

from builders import a_building, a_jurisdiction, a_room, an_agency, has_tenure, occupies
from fangdi.domain.access import Role

API = "/api/v1"
ClientOf = Callable[..., TestClient]


def ask(client: TestClient, path: str = "/reports/use", **asked: Any) -> Any:
    answer = client.get(f"{API}{path}", params={"as_of": "2026-01-01", **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def node(answer: Any, number: int | str) -> Any:
    return next(one for one in answer["nodes"] if one["id"] == str(number))


def shared_by(connection: Connection, shares: dict[int, float], *, area: float = 90) -> int:
    room = a_room(connection, use="meeting_room", area=area)
    for agency, share in shares.items():
        occupies(connection, agency, room, share=share)
    return room


def test_use_is_told_by_category_and_tenure(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection)
    owned, leased = a_building(connection, "自有楼"), a_building(connection, "租用楼")
    has_tenure(connection, owned, "owned")
    has_tenure(connection, leased, "leased")
    for building, use, area in ((owned, "office", 20), (owned, "corridor", 99), (leased, "canteen", 300.5)):
        occupies(connection, agency, a_room(connection, building=building, use=use, area=area))

    found = node(ask(client), agency)["total"]

    assert found["by_category"] == {"office": 20, "ancillary": 300.5}  # a corridor does not count
    assert found["by_tenure"] == {"owned": 20, "leased": 300.5}
    assert (found["area_m2"], found["rooms"]) == (320.5, 2)


def test_a_building_of_unknown_tenure_says_so(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection)
    occupies(connection, agency, a_room(connection, area=20))
    assert node(ask(client), agency)["total"]["by_tenure"] == {"unknown": 20}


def test_an_agency_adds_up_to_its_own_and_those_below_it(connection: Connection, client: TestClient) -> None:
    above = an_agency(connection, "市政府办公室")
    below = an_agency(connection, "市信访局", parent_id=above)
    occupies(connection, above, a_room(connection, area=30.125))
    occupies(connection, below, a_room(connection, area=10.125))

    answer = ask(client)

    top, child = node(answer, above), node(answer, below)
    assert (top["depth"], child["depth"]) == (0, 1)
    assert round(top["own"]["area_m2"] + child["total"]["area_m2"], 2) == top["total"]["area_m2"] == 40.25
    assert answer["total"]["area_m2"] == 40.25


def test_jurisdictions_add_up_to_their_agencies(connection: Connection, client: TestClient) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    city, county = an_agency(connection), an_agency(connection, "区档案局", jurisdiction="330203", level="county")
    occupies(connection, city, a_room(connection, area=30))
    occupies(connection, county, a_room(connection, building=a_building(connection, jurisdiction="330203"), area=12))

    answer = ask(client, tree="jurisdictions")

    assert node(answer, "330200")["total"]["area_m2"] == 42
    assert node(answer, "330203")["total"]["area_m2"] == 12
    assert node(answer, county)["depth"] == node(answer, "330203")["depth"] + 1
    assert ask(client, jurisdiction="330203")["total"]["area_m2"] == 12


@pytest.mark.parametrize(
    ("split", "expected"),
    [
        ("recorded", [54, 36]),  # 90 × 0.6, 90 × 0.4
        ("equal", [45, 45]),
        ("people", [67.5, 22.5]),  # 30 and 10 of 40 persons
        ("approved", [67.5, 22.5]),  # 6 and 2 posts: 18.53 m² each, as A = 9, B = 8 and 9 %
    ],
)
def test_shared_rooms_are_split_by_the_rule_that_is_named(
    connection: Connection, client: TestClient, split: str, expected: list[float]
) -> None:
    agencies = [an_agency(connection, posts=6, present=30), an_agency(connection, posts=2, present=10)]
    shared_by(connection, dict(zip(agencies, (0.6, 0.4), strict=True)))

    answer = ask(client, split=split)

    assert [node(answer, agency)["total"]["area_m2"] for agency in agencies] == expected
    assert answer["total"]["area_m2"] == 90  # whatever the rule is
    assert answer["total"]["rooms"] == 1
    said = answer["split"]
    assert (said["rule"], said["shared_rooms"], said["kept_as_recorded"]) == (split, 1, 0)
    assert said["name"]["zh"]


def test_no_rule_changes_what_there_is_of_a_category(connection: Connection, client: TestClient) -> None:
    agencies = [an_agency(connection, posts=n, present=n) for n in (3, 5, 7)]
    for agency in agencies:
        occupies(connection, agency, a_room(connection, use="power_room", area=20.004))
        occupies(connection, agency, a_room(connection, use="office", area=10.006))
    shared_by(connection, dict.fromkeys(agencies, 0.33333), area=10.001)

    totals = [ask(client, split=split)["total"]["by_category"] for split in ("recorded", "equal", "people", "approved")]

    # 3 × 10.006 = 30.018; 3 × 20.004 = 60.012; 10.001 × 0.99999 = 10.0009: 30.02 + 60.01 + 10.00 of 100.0309
    assert [(one["office"], one["equipment"], one["service"]) for one in totals] == [(30.02, 60.01, 10.0)] * 4


def test_what_cannot_be_split_by_people_stays_as_recorded_and_is_counted(
    connection: Connection, client: TestClient
) -> None:
    known, silent = an_agency(connection, present=30), an_agency(connection)
    shared_by(connection, {known: 0.6, silent: 0.4})

    answer = ask(client, split="people")

    assert node(answer, known)["total"]["area_m2"] == 54
    assert answer["split"]["kept_as_recorded"] == 1


def test_the_rooms_behind_a_cell_add_up_to_it_under_every_rule(connection: Connection, client: TestClient) -> None:
    agency, other = an_agency(connection, present=2), an_agency(connection, present=1)
    building = a_building(connection)
    for area in (10.006, 10.006, 10.006):
        occupies(connection, agency, a_room(connection, building=building, area=area))
    shared_by(connection, {agency: 0.5, other: 0.5}, area=100)

    for split in ("recorded", "equal", "people"):
        total = node(ask(client, split=split), agency)["total"]
        rooms = ask(client, "/reports/use/rooms", split=split, agency_id=agency)
        assert rooms["area_m2"] == total["area_m2"] == round(sum(room["area_m2"] for room in rooms["items"]), 2)
        assert len(rooms["items"]) == total["rooms"] == 4


def test_the_rooms_of_a_building_name_floor_and_user(connection: Connection, client: TestClient) -> None:
    agency, building = an_agency(connection), a_building(connection, "1号楼")
    has_tenure(connection, building, "borrowed")
    occupies(connection, agency, a_room(connection, "301", building=building, level=3, area=20))

    (room,) = ask(client, "/reports/use/rooms", building_id=building)["items"]

    assert (room["agency_id"], room["floor"], room["level"], room["number"]) == (agency, "3层", 3, "301")
    assert (room["tenure"], room["building"]["name"], room["area_m2"]) == ("borrowed", "1号楼", 20)


def test_the_rule_counts_the_shared_rooms_that_are_listed(connection: Connection, client: TestClient) -> None:
    one, two, alone = an_agency(connection), an_agency(connection), an_agency(connection)
    shared_by(connection, {one: 0.6, two: 0.4})
    occupies(connection, alone, a_room(connection))

    assert ask(client, "/reports/use/rooms", agency_id=one)["split"]["shared_rooms"] == 1
    assert ask(client, "/reports/use/rooms", agency_id=alone)["split"]["shared_rooms"] == 0


def test_rooms_of_nobody_and_nowhere_are_not_asked_for(client: TestClient) -> None:
    assert client.get(f"{API}/reports/use/rooms").status_code == 422


def test_the_report_of_areas_agrees_to_the_hundredth(connection: Connection, client: TestClient) -> None:
    agencies = [an_agency(connection, f"{name}局") for name in "甲乙丙"]
    for agency, area in zip(agencies, (10.004, 20.004, 30.004), strict=True):  # together 60.012
        occupies(connection, agency, a_room(connection, area=area))
        occupies(connection, agency, a_room(connection, use="meeting_room", area=area / 3))
    shared_by(connection, dict.fromkeys(agencies, 0.33333), area=100)

    use, areas = ask(client), ask(client, "/reports/areas/agencies")

    rows = {row["agency"]["id"]: row for row in areas["items"]}
    assert use["total"]["area_m2"] == areas["total"]["area_m2"]
    assert round(sum(row["area_m2"] for row in areas["items"]), 2) == areas["total"]["area_m2"]
    for agency in agencies:
        own = node(use, agency)["own"]
        assert own["area_m2"] == rows[agency]["area_m2"]
        assert own["by_category"] == rows[agency]["area_by_category"]


def test_the_past_is_told_as_it_was(connection: Connection, client: TestClient) -> None:
    agency, building = an_agency(connection), a_building(connection)
    has_tenure(connection, building, "leased", until=date(2025, 1, 1))
    has_tenure(connection, building, "owned", since=date(2025, 1, 1))
    occupies(connection, agency, a_room(connection, building=building, area=20), until=date(2025, 7, 1))

    found = [
        node(ask(client, as_of=day), agency)["total"]["by_tenure"] for day in ("2024-12-31", "2025-06-30", "2025-07-01")
    ]

    assert found == [{"leased": 20}, {"owned": 20}, {}]


def test_an_agency_is_told_its_own_part_alone(connection: Connection, client_of: ClientOf) -> None:
    mine, other = an_agency(connection, "市档案局"), an_agency(connection, "市统计局")
    shared_by(connection, {mine: 0.6, other: 0.4})
    officer = client_of(Role.AGENCY_OFFICER, agency=mine)

    answer = ask(officer, split="equal")

    assert answer["total"]["area_m2"] == 54  # as recorded: who else is in the room is not for them to see
    assert answer["split"]["kept_as_recorded"] == 1
    assert "市统计局" not in str(answer)


def test_the_tree_is_written_with_its_rule(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, "市档案局")
    shared_by(connection, {agency: 0.6, an_agency(connection): 0.4})

    book = load_workbook(
        io.BytesIO(client.get(f"{API}/reports/use", params={"format": "xlsx", "split": "equal"}).content)
    )

    assert book.sheetnames[:2] == ["使用面积汇总", "各单位各楼座"]
    head, *rows = book["使用面积汇总"].iter_rows(values_only=True)
    together = next(number for number, name in enumerate(head) if str(name).startswith("合计"))
    assert next(row[together] for row in rows if row[3] == "市档案局") == 45
    assert "按单位平均" in str(list(book["说明 About"].values))


def test_the_tree_is_written_as_a_table(connection: Connection, client: TestClient) -> None:
    occupies(connection, an_agency(connection, "市档案局"), a_room(connection, area=20.5))

    answer = client.get(f"{API}/reports/use", params={"format": "csv"})

    (row,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert (row["名称 Name"], row["办公室(㎡,实测面积) Office (m², measured)"]) == ("市档案局", "20.50"), row
    assert client.get(f"{API}/reports/use", params={"format": "geojson"}).status_code == 422
