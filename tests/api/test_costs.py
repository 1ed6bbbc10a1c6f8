"""The cost of use over the API: rates in versions, buildings and agencies above the level, and the calculation."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from builders import a_building, a_jurisdiction, a_room, an_agency, entered_yesterday, insert, occupies, period
from fangdi.domain.access import Role

API = "/api/v1"
TODAY = date.today()  # noqa: DTZ011 - as the server reckons
TOMORROW = TODAY + timedelta(1)
RATES = {
    "building_value": 4000,
    "useful_life": 50,
    "land_value": 3000,
    "land_term": 50,
    "upkeep": 20,
    "services": 36,
    "energy": 60,
    "reasonable_level": 350,
}

ClientOf = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def places(connection: Connection) -> None:
    a_jurisdiction(connection, "330200", "宁波市")
    a_jurisdiction(connection, "330203", "海曙区", parent="330200", level="county")


@pytest.fixture
def administrator(client_of: ClientOf) -> TestClient:
    return client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330200")


@pytest.fixture
def rates(connection: Connection) -> None:
    for kind, figure in RATES.items():
        a_rate(connection, kind, figure)


def a_rate(connection: Connection, kind: str, figure: float, **more: Any) -> int:
    return insert(
        connection, "cost_rate", **{"kind": kind, "figure": figure, "source": "测算", "valid": period(), **more}
    )


def wish(figure: float = 22, **more: Any) -> dict[str, Any]:
    return {
        "kind": "upkeep",
        "jurisdiction_code": "330200",
        "figure": figure,
        "source": "2026 年维修决算",
        "valid_from": str(TODAY),
        "reason": "按决算更新",
        **more,
    }


def got(client: TestClient, path: str, **asked: Any) -> Any:
    answer = client.get(f"{API}{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def facts(client: TestClient, path: str) -> dict[str, Any]:
    """Return what a workbook says about itself, by its Chinese labels."""
    answer = client.get(f"{API}{path}", params={"format": "xlsx"})
    assert answer.status_code == 200, answer.text
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    return {str(row[0]).split(" ")[0]: row[1] for row in book.worksheets[-1].iter_rows(values_only=True)}


def refused(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    return str(answer.json()["detail"])


def used_building(
    connection: Connection, name: str = "1号楼", agency: int | None = None, **more: Any
) -> tuple[int, int]:
    """Add a building of 1,000 m² gross of which an agency uses a room of 200 m²."""
    facts: dict[str, Any] = {"built_year": TODAY.year - 10, "measured_gross_m2": 1000.0, **more}
    building = a_building(connection, name, **facts)
    user = agency or an_agency(connection)
    occupies(connection, user, a_room(connection, building=building, area=200))
    return building, user


@pytest.mark.parametrize(("field", "wrong"), [("source", "  "), ("figure", True), ("figure", "33")])
def test_a_rate_that_cannot_be_says_which_field(administrator: TestClient, field: str, wrong: Any) -> None:
    answer = administrator.post(f"{API}/cost-rates", json=wish(**{field: wrong}))

    assert (answer.status_code, answer.json()["place"]["field"]) == (422, field)


@pytest.mark.usefixtures("rates")
def test_a_building_costs_what_its_rates_add_up_to(connection: Connection, client: TestClient) -> None:
    building, _ = used_building(connection)

    (row,) = got(client, "/reports/costs/buildings")["items"]

    assert row["building"]["id"] == building
    assert (row["per_gross_m2"], row["yuan"]) == (256, 256_000)  # 80 + 60 + 20 + 36 + 60, × 1000 m²
    assert (row["per_usable_m2"], row["over_yuan_m2"]) == (393.85, 43.85)  # 256 ÷ 0.65 (K of the norm), − 350
    assert row["over_rate"] == pytest.approx(0.1253, abs=0.0001)  # 43.85 ÷ 350
    assert (row["standing"], row["complete"], row["used_m2"]) == ("over", True, 200)
    assert (row["verified"], row["verification"]) == (False, "memory")  # rates are unverified unless said otherwise


@pytest.mark.usefixtures("rates")
def test_an_agency_is_above_the_level_by_its_area(connection: Connection, client: TestClient) -> None:
    _, agency = used_building(connection)

    (row,) = got(client, "/reports/costs/agencies")["items"]

    assert (row["agency"]["id"], row["area_m2"]) == (agency, 200)
    assert row["yuan"] == 78_769.23  # 200 × 256 ÷ 0.65
    assert row["over_yuan"] == 8_769.23  # − 200 × 350


@pytest.mark.usefixtures("rates")
def test_an_agency_in_two_buildings_pays_for_both(connection: Connection, client: TestClient) -> None:
    _, agency = used_building(connection)
    old, _ = used_building(connection, "2号楼", agency, built_year=TODAY.year - 60)

    found = got(client, f"/agencies/{agency}/cost")

    assert [part["yuan"] for part in found["parts"]] == [78_769.23, 54_153.85]  # 200 × 256 ÷ 0.65, 200 × 176 ÷ 0.65
    assert found["parts"][1]["building"]["id"] == old
    assert found["yuan"] == 132_923.08
    assert found["standing"] == "within"  # 132,923.08 ÷ 400 = 332.31


@pytest.mark.usefixtures("rates")
def test_buildings_add_up_to_the_agency_as_the_report_of_use_has_it(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, "市档案局", posts=10)
    for name in ("1号楼", "2号楼", "3号楼"):
        building = a_building(connection, name, structure="steel_concrete", built_year=TODAY.year - 5)
        occupies(connection, agency, a_room(connection, building=building, area=10.004))

    one, (row,) = got(client, f"/agencies/{agency}/cost"), got(client, "/reports/costs/agencies")["items"]
    used = next(node["own"] for node in got(client, "/reports/use")["nodes"] if node["id"] == str(agency))

    assert row["area_m2"] == one["area_m2"] == used["area_m2"] == 30.01  # 3 × 10.004; by itself each is 10.00
    assert sorted(part["area_m2"] for part in one["parts"]) == [10, 10, 10.01]
    assert sum(round(part["yuan"] * 100) for part in one["parts"]) == round(one["yuan"] * 100)


@pytest.mark.usefixtures("rates")
def test_what_an_agency_uses_of_a_building_is_what_its_sheet_says(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection)
    areas = {"1号楼": (10.004, 10.008), "2号楼": (10.003, 10.003)}
    buildings = [a_building(connection, name) for name in areas]
    for building, (office, meeting) in zip(buildings, areas.values(), strict=True):
        occupies(connection, agency, a_room(connection, building=building, area=office))
        occupies(connection, agency, a_room(connection, building=building, use="meeting_room", area=meeting))

    # 40.018 is 40.02; offices 20.007 and meeting rooms 20.011 get 20.01 each, and these of the first building both up
    expected = [20.02, 20.0]
    sheet = [got(client, "/reports/use/rooms", agency_id=agency, building_id=one)["area_m2"] for one in buildings]
    parts = [part["area_m2"] for part in got(client, f"/agencies/{agency}/cost")["parts"]]
    in_use = [row["used_m2"] for row in got(client, "/reports/costs/buildings")["items"]]
    assert sheet == parts == in_use == expected
    assert got(client, f"/buildings/{buildings[0]}/cost")["used_m2"] == 20.02


@pytest.mark.usefixtures("rates")
def test_an_agency_with_rooms_without_area_costs_at_least_what_is_known(
    connection: Connection, client: TestClient
) -> None:
    building, agency = used_building(connection)
    unmeasured, _ = used_building(connection, "2号楼", agency)
    connection.execute(
        text("UPDATE fangdi.room SET measured_usable_m2 = NULL WHERE building_id = :id"), {"id": unmeasured}
    )
    occupies(connection, agency, a_room(connection, building=unmeasured, area=None))

    one, (row,) = got(client, f"/agencies/{agency}/cost"), got(client, "/reports/costs/agencies")["items"]

    for said in (one, row):
        assert (said["area_m2"], said["yuan"]) == (200, 78_769.23)  # 200 × 256 ÷ 0.65: of the room with an area
        assert (said["complete"], said["rates_complete"], said["rooms_without_area"]) == (False, True, 2)
    assert [(part["building"]["id"], part["complete"], part["rooms_without_area"]) for part in one["parts"]] == [
        (building, True, 0),
        (unmeasured, False, 2),
    ]


@pytest.mark.usefixtures("rates")
def test_a_building_without_floor_area_has_no_yearly_cost_and_says_so(
    connection: Connection, client: TestClient
) -> None:
    building, _ = used_building(connection, measured_gross_m2=None)

    one, (row,) = got(client, f"/buildings/{building}/cost"), got(client, "/reports/costs/buildings")["items"]

    for said in (one, row):
        assert (said["yuan"], said["complete"]) == (None, False)
        # what a m² costs is known all the same: 256 ÷ 0.65 is above 350
        assert (said["per_gross_m2"], said["rates_complete"], said["standing"]) == (256, True, "over")


@pytest.mark.usefixtures("rates")
def test_files_say_what_sums_of_costs_leave_out(connection: Connection, client: TestClient) -> None:
    building, agency = used_building(connection)
    used_building(connection, "2号楼", agency, measured_gross_m2=None)
    occupies(connection, agency, a_room(connection, building=building, area=None))

    # 1000 m² × 256; 400 m² × 256 ÷ 0.65
    assert facts(client, "/reports/costs/buildings")["年使用成本合计(元)"] == (
        "256,000.00(不低于 at least:1 栋没有建筑面积 building(s) without floor area)"
    )
    left_out = "157,538.46(不低于 at least:1 间没有面积 room(s) without area)"
    assert facts(client, "/reports/costs/agencies")["年使用成本合计(元)"] == left_out
    assert facts(client, f"/agencies/{agency}/cost")["年使用成本(元)"] == left_out


@pytest.mark.usefixtures("rates")
def test_the_calculation_names_the_rate_behind_every_line(connection: Connection, client: TestClient) -> None:
    building, _ = used_building(connection)

    found = got(client, f"/buildings/{building}/cost")

    lines = {line["item"]: line for line in found["lines"]}
    assert lines["depreciation"]["formula"]["zh"] == "4,000 元/㎡ ÷ 50 年"
    assert [rate["kind"] for rate in lines["land"]["rates"]] == ["land_value", "land_term"]
    assert lines["energy"]["rates"][0]["source"] == "测算"
    assert (found["efficiency"], found["efficiency_norm"]["kind"]) == (0.65, "efficiency_multi_storey")


@pytest.mark.usefixtures("rates")
def test_a_building_says_by_itself_what_it_says_in_the_list(connection: Connection, client: TestClient) -> None:
    building, user = used_building(connection)
    occupies(connection, user, a_room(connection, building=building, area=30.5))
    used_building(connection, "2号楼", user)

    assert got(client, f"/buildings/{building}/cost")["used_m2"] == 230.5  # 200 + 30.5


@pytest.mark.usefixtures("rates")
def test_a_building_that_has_ended_costs_nothing(connection: Connection, client: TestClient) -> None:
    building, _ = used_building(connection, valid=period(None, date(2025, 11, 1)))

    assert got(client, f"/buildings/{building}/cost", as_of="2025-10-31")["yuan"] == 256_000
    assert got(client, "/reports/costs/buildings", as_of="2025-11-01")["items"] == []
    refused(client.get(f"{API}/buildings/{building}/cost", params={"as_of": "2025-11-01"}), 404)


def test_what_nobody_has_laid_down_is_named(connection: Connection, client: TestClient) -> None:
    a_rate(connection, "upkeep", 20)
    building, _ = used_building(connection)

    found = got(client, f"/buildings/{building}/cost")

    assert (found["per_gross_m2"], found["complete"], found["standing"]) == (20, False, "unknown")
    assert [line["missing"] for line in found["lines"]] == ["building_value", "land_value", None, "services", "energy"]


def test_the_rent_of_a_lease_is_spread_over_its_floor_area(connection: Connection, client: TestClient) -> None:
    building, _ = used_building(connection)
    facts = {"kind": "leased", "annual_rent_yuan": 500_000, "jurisdiction_code": "330200"}
    insert(connection, "tenure", building_id=building, **facts)

    line = got(client, f"/buildings/{building}/cost")["lines"][0]

    assert (line["item"], line["yuan_m2"]) == ("rent", 500)  # 500,000 ÷ 1000 m²


@pytest.mark.usefixtures("rates")
def test_a_rate_of_one_building_or_of_a_lower_jurisdiction_goes_before(
    connection: Connection, client: TestClient
) -> None:
    city, _ = used_building(connection)
    county, _ = used_building(connection, jurisdiction="330203")
    own, _ = used_building(connection, jurisdiction="330203")
    a_rate(connection, "energy", 70, jurisdiction_code="330203")
    a_rate(connection, "energy", 90, building_id=own)

    costs = {row["building"]["id"]: row["per_gross_m2"] for row in got(client, "/reports/costs/buildings")["items"]}

    assert costs == {city: 256, county: 266, own: 286}


def test_rates_hold_as_of_their_days(connection: Connection, client: TestClient) -> None:
    a_rate(connection, "upkeep", 18, valid=period(date(2020, 1, 1), date(2024, 1, 1)))
    a_rate(connection, "upkeep", 20, valid=period(date(2024, 1, 1)))
    building, _ = used_building(connection)

    then = got(client, f"/buildings/{building}/cost", as_of="2023-12-31")
    later = got(client, f"/buildings/{building}/cost", as_of="2024-01-01")

    assert (then["per_gross_m2"], later["per_gross_m2"]) == (18, 20)


def test_a_new_version_holds_from_its_day_and_the_past_stays(administrator: TestClient) -> None:
    assert administrator.post(f"{API}/cost-rates", json=wish(20)).status_code == 201

    second = administrator.post(f"{API}/cost-rates", json=wish(22, valid_from=str(TOMORROW)))

    assert second.status_code == 201, second.text
    versions = got(administrator, "/cost-rates", versions=True)["items"]
    assert [(one["figure"], one["valid_from"], one["valid_until"]) for one in versions] == [
        (20, str(TODAY), str(TOMORROW)),
        (22, str(TOMORROW), None),
    ]
    assert (versions[0]["verification"], versions[0]["verified"]) == ("memory", False)
    assert versions[0]["entered_by"].startswith("person")


def test_a_version_that_has_begun_is_withdrawn_on_the_day_and_one_to_come_at_any_time(
    administrator: TestClient, connection: Connection
) -> None:
    slip = administrator.post(f"{API}/cost-rates", json=wish(0.001)).json()
    assert administrator.delete(f"{API}/cost-rates/{slip['id']}").status_code == 204
    now = administrator.post(f"{API}/cost-rates", json=wish(20)).json()
    entered_yesterday(connection, "cost_rate")
    later = administrator.post(f"{API}/cost-rates", json=wish(22, valid_from=str(TOMORROW))).json()

    assert "已生效" in refused(administrator.delete(f"{API}/cost-rates/{now['id']}"), 422)
    assert administrator.delete(f"{API}/cost-rates/{later['id']}").status_code == 204
    (left,) = got(administrator, "/cost-rates", versions=True)["items"]
    assert (left["figure"], left["valid_until"]) == (20, None)


def test_the_past_is_not_changed_even_by_who_may_enter_rates(administrator: TestClient) -> None:
    administrator.post(f"{API}/cost-rates", json=wish(20))

    said = refused(administrator.post(f"{API}/cost-rates", json=wish(21, valid_from=str(TODAY - timedelta(1)))), 422)

    assert "已有自" in said


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"kind": "useful_life", "figure": 0}, "figure"),
        ({"kind": "residual_ratio", "figure": 1}, "figure"),
        ({"building_id": 1}, "building_id"),
    ],
)
def test_a_refusal_names_the_field_that_it_is_about(
    administrator: TestClient, wrong: dict[str, Any], field: str
) -> None:
    answer = administrator.post(f"{API}/cost-rates", json=wish() | wrong)

    assert (answer.status_code, answer.json()["place"]) == (422, {"field": field})
    assert got(administrator, "/cost-rates", versions=True)["items"] == []


@pytest.mark.parametrize("wrong", [{"figure": -1}, {"source": ""}, {"structure": "straw"}, {"kind": "tea"}])
def test_what_cannot_be_is_refused(administrator: TestClient, wrong: dict[str, Any]) -> None:
    refused(administrator.post(f"{API}/cost-rates", json=wish() | wrong), 422)


def test_a_place_or_building_that_is_not_there_has_no_rates(administrator: TestClient) -> None:
    refused(administrator.post(f"{API}/cost-rates", json=wish(jurisdiction_code="999999")), 404)
    refused(administrator.post(f"{API}/cost-rates", json=wish(jurisdiction_code=None, building_id=99)), 404)


def test_administrators_lay_down_rates_where_their_role_reaches(
    client_of: ClientOf, connection: Connection, client: TestClient
) -> None:
    county = client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330203")
    city_building = a_building(connection)

    refused(county.post(f"{API}/cost-rates", json=wish()), 403)
    refused(county.post(f"{API}/cost-rates", json=wish(jurisdiction_code=None)), 403)
    assert county.post(f"{API}/cost-rates", json=wish(jurisdiction_code="330203")).status_code == 201
    refused(county.post(f"{API}/cost-rates", json=wish(jurisdiction_code=None, building_id=city_building)), 404)
    assert client.post(f"{API}/cost-rates", json=wish(jurisdiction_code=None)).status_code == 201


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.JURISDICTION_ADMINISTRATOR])
def test_other_roles_enter_nothing(client_of: ClientOf, connection: Connection, role: Role) -> None:
    client = client_of(role, agency=an_agency(connection))

    refused(client.post(f"{API}/cost-rates", json=wish()), 403)
    refused(client.delete(f"{API}/cost-rates/1"), 403)


def test_the_rates_of_a_hidden_building_are_hidden(connection: Connection, client_of: ClientOf) -> None:
    building = a_building(connection)
    a_rate(connection, "upkeep", 77, building_id=building)
    connection.execute(text("UPDATE fangdi.building SET classified = true WHERE id = :id"), {"id": building})

    assert got(client_of(Role.VIEWER, jurisdiction="330200"), "/cost-rates")["items"] == []
    assert len(got(client_of(Role.VIEWER, jurisdiction="330200", cleared=True), "/cost-rates")["items"]) == 1


@pytest.mark.usefixtures("rates")
def test_costs_leave_as_a_workbook_with_their_source(connection: Connection, client: TestClient) -> None:
    building, agency = used_building(connection)

    for path, figure in (
        ("/reports/costs/buildings", 393.85),
        ("/reports/costs/agencies", 78_769.23),
        (f"/buildings/{building}/cost", 80),
        (f"/agencies/{agency}/cost", 78_769.23),
    ):
        answer = client.get(f"{API}{path}", params={"format": "xlsx"})
        assert answer.status_code == 200, answer.text
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        values = [value for row in book.worksheets[0].iter_rows(values_only=True) for value in row]
        assert figure in values, path


def test_a_new_version_stands_in_the_trail(administrator: TestClient, connection: Connection) -> None:
    made = administrator.post(f"{API}/cost-rates", json=wish()).json()
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    entries = got(administrator, "/audit", object_kind="cost_rate")["items"]
    assert [(one["action"], one["object_id"], one["object_name"]) for one in entries] == [
        ("insert", made["id"], "upkeep")
    ]
