"""The yearly report over the API: its forms, what is missing from them, and the projects that it lists."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import Connection

from builders import (
    a_building,
    a_jurisdiction,
    a_parcel,
    a_room,
    an_agency,
    has_tenure,
    has_title,
    insert,
    occupies,
    period,
)
from fangdi.domain.access import Role

API = "/api/v1"
ClientOf = Callable[..., TestClient]


def ask(client: TestClient, **asked: Any) -> Any:
    answer = client.get(f"{API}/reports/annual-forms", params={"as_of": "2026-01-01", **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def rows(answer: Any, key: str) -> list[dict[str, Any]]:
    form = next(one for one in answer["forms"] if one["key"] == key)
    names = [column["key"] for column in form["columns"]]
    return [dict(zip(names, row, strict=True)) for row in form["rows"]]


def gaps(answer: Any, key: str) -> dict[str, str]:
    return {gap["column"]: gap["rows"] for gap in answer["gaps"] if gap["form"] == key}


def project(**more: Any) -> dict[str, Any]:
    return {
        "jurisdiction_code": "330200",
        "code": "2025-08",
        "name": "市档案馆改造",
        "approved_by": "市发展改革委",
        "planning_gross_m2": 3506.45,
        "estimate_10k_yuan": 1280,
        "valid_from": "2025-07-01",
        **more,
    }


def test_jurisdictions_have_codes_of_twelve_digits(connection: Connection, client: TestClient) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    assert rows(ask(client, jurisdiction="330200"), "jurisdictions") == [
        {"name": "宁波市", "level": "市级", "code": "330200000000"},
        {"name": "海曙区", "level": "县级", "code": "330203000000"},
    ]


def test_a_building_stands_once_with_a_row_for_each_user(connection: Connection, client: TestClient) -> None:
    parcel = a_parcel(connection, measured_land_m2=5000)
    building = a_building(
        connection, "1号楼", address="解放路1号", parcels=(parcel,), built_year=1998, measured_gross_m2=900
    )
    has_title(connection, "administration", building=building)
    has_tenure(connection, building, "leased")
    one, two = (
        an_agency(connection, name, posts={"city_bureau_chief": 1, "city_staff": 9}) for name in ("甲局", "乙局")
    )
    occupies(connection, one, a_room(connection, building=building, area=20))
    occupies(connection, one, a_room(connection, building=building, use="meeting_room", area=30.5))
    occupies(connection, one, a_room(connection, building=building, use="canteen", area=99))
    occupies(connection, two, a_room(connection, building=building, area=10))

    answer = ask(client)
    first, second = rows(answer, "premises")

    assert (first["address"], first["land_m2"], first["gross_m2"]) == ("解放路1号(1号楼)", 5000, 900)
    assert (first["title"], first["year"], first["tenure"]) == ("已登记至机关事务管理部门", "1998", "租用")
    assert (first["user"], first["kind"]) == ("甲局", "行政机关")
    assert (first["posts_city_bureau_chief"], first["posts_city_staff"]) == (1, 9)
    assert [first[name] for name in ("office_m2", "service_m2", "equipment_m2", "basic_m2")] == [20, 30.5, 0, 50.5]
    assert first["remark"] == "附属用房使用面积99.00㎡"
    assert (second["user"], second["land_m2"], second["gross_m2"], second["basic_m2"]) == ("乙局", None, None, 10)
    # what is kept by room alone is not made up
    assert set(gaps(answer, "premises")) == {"office_gross_m2", "technical_gross_m2", "ancillary_gross_m2"}
    assert gaps(answer, "premises")["office_gross_m2"] == "1"


def test_gross_areas_of_a_form_add_up_to_the_exact_total(connection: Connection, client: TestClient) -> None:
    for number in range(3):
        a_building(connection, f"{number}号楼", measured_gross_m2=1000.004)

    # 3 × 1000.004 = 3000.012; by itself each is 1000.00
    assert sorted(row["gross_m2"] for row in rows(ask(client), "premises")) == [1000.0, 1000.0, 1000.01]


def test_what_a_building_lacks_is_listed_with_the_reason(connection: Connection, client: TestClient) -> None:
    a_building(connection, "2号楼")
    answer = ask(client)
    (row,) = rows(answer, "premises")
    assert (row["user"], row["remark"]) == (None, "无使用单位")
    assert set(gaps(answer, "premises")) == {
        *("address", "land_m2", "gross_m2", "office_gross_m2", "technical_gross_m2", "ancillary_gross_m2"),
        *("title", "year", "tenure"),
    }
    reasons = {gap["column"]: gap["why"]["zh"] for gap in answer["gaps"] if gap["form"] == "premises"}
    assert reasons["title"] == "没有权属记录"


def test_posts_and_shared_land_are_listed_once(connection: Connection, client: TestClient) -> None:
    parcel = a_parcel(connection, measured_land_m2=5000)
    agency = an_agency(connection, posts=9)
    for name in ("1号楼", "2号楼"):
        building = a_building(connection, name, parcels=(parcel,))
        occupies(connection, agency, a_room(connection, building=building))

    first, second = rows(ask(client), "premises")

    assert (first["posts_city_staff"], first["land_m2"]) == (9, 5000)
    assert (second["posts_city_staff"], second["land_m2"]) == (None, None)
    assert second["remark"] == "编制见本单位首行;用地面积见同宗地的前一楼座"
    answer = ask(client)
    assert "land_m2" not in gaps(answer, "premises")
    assert "posts_city_staff" not in gaps(answer, "premises")


def test_land_of_its_own_is_listed_beside_shared_land(connection: Connection, client: TestClient) -> None:
    shared, own = a_parcel(connection, measured_land_m2=5000), a_parcel(connection, measured_land_m2=800.5)
    a_building(connection, "1号楼", parcels=(shared,))
    a_building(connection, "2号楼", parcels=(shared, own))

    first, second = rows(ask(client), "premises")

    assert (first["land_m2"], second["land_m2"]) == (5000, 800.5)
    assert second["remark"] == "无使用单位;其余用地面积见同宗地的前一楼座"


def test_a_parcel_that_has_ended_is_no_land(connection: Connection, client: TestClient) -> None:
    old = a_parcel(connection, measured_land_m2=7000, valid=period(None, date(2025, 7, 1)))
    a_building(connection, parcels=(old, a_parcel(connection, measured_land_m2=5000)))

    shown = [rows(ask(client, as_of=day), "premises")[0]["land_m2"] for day in ("2025-06-30", "2025-07-01")]

    assert shown == [12000, 5000]  # 7000 + 5000


def test_land_is_a_gap_where_the_reader_does_not_see_all_of_it(connection: Connection, client_of: ClientOf) -> None:
    open_, secret = (
        a_parcel(connection, measured_land_m2=area, classified=hidden) for area, hidden in ((5000, False), (7000, True))
    )
    a_building(connection, parcels=(open_, secret))

    cleared, viewer = (ask(client_of(Role.VIEWER, cleared=seen)) for seen in (True, False))

    assert [rows(answer, "premises")[0]["land_m2"] for answer in (cleared, viewer)] == [12000, None]  # 5000 + 7000
    assert "land_m2" not in gaps(cleared, "premises")
    assert gaps(viewer, "premises")["land_m2"] == "1"


def test_an_agency_without_posts_is_a_gap(connection: Connection, client: TestClient) -> None:
    occupies(connection, an_agency(connection), a_room(connection))
    assert gaps(ask(client), "premises")["posts_city_staff"] == "1"


def test_posts_that_the_reader_does_not_see_are_no_gap(
    connection: Connection, client_of: ClientOf, client: TestClient
) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    room = a_room(connection, building=a_building(connection, jurisdiction="330203"))
    occupies(connection, an_agency(connection, posts=9), room)  # of the city, in a building of the district

    of_district = ask(client_of(Role.VIEWER, jurisdiction="330203"))
    (row,) = rows(of_district, "premises")

    assert (row["posts_city_staff"], row["remark"]) == (None, "编制不在您的查看范围内")
    assert not [column for column in gaps(of_district, "premises") if column.startswith("posts_")]
    (whole,) = rows(ask(client), "premises")
    assert (whole["posts_city_staff"], whole["remark"]) == (9, None)


def test_technical_premises_have_a_form_of_their_own(connection: Connection, client: TestClient) -> None:
    building = a_building(connection, "1号楼", address="解放路1号")
    use = connection.exec_driver_sql(
        "SELECT code FROM fangdi.room_use WHERE category = 'technical' LIMIT 1"
    ).scalar_one()
    court = an_agency(connection, "市法院", kind="court")
    occupies(connection, court, a_room(connection, building=building, use=use, area=60))
    occupies(connection, an_agency(connection), a_room(connection, building=building))

    (row,) = rows(ask(client), "technical")

    assert (row["address"], row["user"], row["technical_gross_m2"]) == ("解放路1号(1号楼)", "市法院", None)


def test_leaders_stand_with_their_rooms(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, "市档案局")
    room = a_room(connection, "301", building=a_building(connection, "1号楼"), level=3, use="leader_office", area=24.5)
    use = occupies(connection, agency, room)
    for person, rank in (("1001", "city_bureau_chief"), ("1002", "city_staff")):
        insert(
            connection,
            "occupant",
            occupancy_id=use,
            person_key=person,
            name=f"人员{person}",
            rank_code=rank,
            jurisdiction_code="330200",
        )

    (row,) = rows(ask(client), "leaders")

    assert (row["agency"], row["name"], row["rank"]) == ("市档案局", "人员1001", "正局(处)级")
    assert (row["building"], row["room"], row["room_m2"], row["people"]) == ("1号楼", "301", 24.5, 2)


def test_leaders_of_a_building_that_has_ended_are_not_listed(connection: Connection, client: TestClient) -> None:
    building = a_building(connection, valid=period(None, date(2025, 11, 1)))
    use = occupies(connection, an_agency(connection), a_room(connection, building=building))
    chief = {"person_key": "1001", "rank_code": "city_bureau_chief", "jurisdiction_code": "330200"}
    insert(connection, "occupant", occupancy_id=use, **chief)

    assert len(rows(ask(client, as_of="2025-10-31"), "leaders")) == 1
    assert rows(ask(client, as_of="2025-11-01"), "leaders") == []


def test_a_jurisdiction_reports_its_own_buildings(connection: Connection, client: TestClient) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    a_building(connection, "市楼", address="甲路")
    a_building(connection, "区楼", address="乙路", jurisdiction="330203")
    assert [row["address"] for row in rows(ask(client, jurisdiction="330203"), "premises")] == ["乙路(区楼)"]


def test_the_forms_are_written_as_a_book_with_the_list_of_gaps(connection: Connection, client: TestClient) -> None:
    a_building(connection, "1号楼", address="解放路1号")
    answer = client.get(f"{API}/reports/annual-forms", params={"format": "xlsx", "as_of": "2026-01-01"})
    book = load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == [
        *("①行政区划", "②办公用房", "③技术业务用房", "④建设项目", "领导干部办公室", "缺项", "说明 About")
    ]
    missing = list(book["缺项"].iter_rows(min_row=2, values_only=True))
    assert ("②办公用房", "建设年代", 1, "1", "没有建成年份") in missing
    assert "未见官方表式" in str(list(book["说明 About"].values))


def test_a_project_is_entered_and_stands_in_the_form_while_it_holds(connection: Connection, client: TestClient) -> None:
    a_jurisdiction(connection)

    made = client.post(f"{API}/projects", json=project())

    assert made.status_code == 201, made.text
    answer = ask(client)
    (row,) = rows(answer, "projects")
    assert (row["name"], row["planning_gross_m2"], row["estimate_10k_yuan"]) == ("市档案馆改造", 3506.45, 1280)
    assert set(gaps(answer, "projects")) == {"builder", "user_name", "address"}
    assert rows(ask(client, as_of="2025-06-30"), "projects") == []


def test_a_new_version_ends_the_one_before_and_the_past_stays(connection: Connection, client: TestClient) -> None:
    a_jurisdiction(connection)
    client.post(f"{API}/projects", json=project())
    client.post(f"{API}/projects", json=project(estimate_10k_yuan=1500, valid_from="2025-12-01"))

    shown = [rows(ask(client, as_of=day), "projects")[0]["estimate_10k_yuan"] for day in ("2025-11-30", "2025-12-01")]

    assert shown == [1280, 1500]
    assert client.post(f"{API}/projects", json=project(valid_from="2025-12-01")).status_code == 409


def test_a_project_is_taken_off_the_list(connection: Connection, client: TestClient) -> None:
    a_jurisdiction(connection)
    client.post(f"{API}/projects", json=project())
    end = {"jurisdiction_code": "330200", "code": "2025-08", "ends": "2026-01-01"}

    assert client.post(f"{API}/projects/end", json=end).status_code == 204

    assert client.get(f"{API}/projects", params={"as_of": "2026-01-01"}).json() == []
    assert len(client.get(f"{API}/projects", params={"as_of": "2025-12-31"}).json()) == 1
    assert client.post(f"{API}/projects/end", json=end).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"name": ""}, {"planning_gross_m2": 0}, {"estimate_10k_yuan": -1}, {"valid_until": "2025-07-01"}, {"code": " "}],
)
def test_a_project_that_cannot_be_is_refused(connection: Connection, client: TestClient, wrong: dict[str, Any]) -> None:
    a_jurisdiction(connection)
    assert client.post(f"{API}/projects", json=project(**wrong)).status_code == 422
    assert client.get(f"{API}/projects").json() == []


def test_projects_are_entered_by_who_loads_there(connection: Connection, client_of: ClientOf) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    county = client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330203")
    city = client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330200")

    assert county.post(f"{API}/projects", json=project()).status_code == 403
    assert city.post(f"{API}/projects", json=project()).status_code == 201
    assert county.get(f"{API}/projects").json() == []  # the city's are not theirs to see


def test_a_classified_project_is_for_who_is_cleared(
    connection: Connection, client_of: ClientOf, client: TestClient
) -> None:
    a_jurisdiction(connection)
    assert client.post(f"{API}/projects", json=project(classified=True)).status_code == 201
    assert client_of(Role.VIEWER).get(f"{API}/projects").json() == []
    assert len(client_of(Role.VIEWER, cleared=True).get(f"{API}/projects").json()) == 1


def test_a_number_taken_by_a_classified_project_is_free_to_who_is_not_cleared(
    connection: Connection, client_of: ClientOf, client: TestClient
) -> None:
    a_jurisdiction(connection)
    assert client.post(f"{API}/projects", json=project(classified=True)).status_code == 201
    uncleared = client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330200")

    answers = [uncleared.post(f"{API}/projects", json=project(code=code)) for code in ("2025-08", "2025-09")]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert [len(answer.json()) for answer in answers] == [1, 2]
    assert uncleared.post(f"{API}/projects", json=project(code="2025-08")).status_code == 409
