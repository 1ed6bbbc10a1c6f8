"""Rules of what is idle over the API: shown in words, entered in versions; and what is under-used."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from builders import a_building, a_jurisdiction, a_room, an_agency, entered_yesterday, insert, occupies
from fangdi.domain.access import Role

API = "/api/v1"
TODAY = date.today()  # noqa: DTZ011 - as the server reckons
TOMORROW = TODAY + timedelta(1)

ClientOf = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def places(connection: Connection) -> None:
    a_jurisdiction(connection, "330200", "宁波市")
    a_jurisdiction(connection, "330203", "海曙区", parent="330200", level="county")


@pytest.fixture
def administrator(client_of: ClientOf) -> TestClient:
    return client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330200")


def wish(**more: Any) -> dict[str, Any]:
    return {
        "jurisdiction_code": "330200",
        "min_days": 90,
        "source": "甬机管〔2026〕4号",
        "verification": "official",
        "valid_from": str(TODAY),
        "reason": "试行",
        **more,
    }


def got(client: TestClient, path: str, **asked: Any) -> Any:
    answer = client.get(f"{API}{path}", params=asked)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    return str(answer.json()["detail"])


def test_the_system_comes_with_a_rule_that_nobody_has_verified(client_of: ClientOf) -> None:
    found = got(client_of(Role.VIEWER), "/idle-rules")

    (rule,) = found["items"]
    assert (rule["jurisdiction_code"], rule["min_days"], rule["use_codes"], rule["verified"]) == (None, 0, None, False)
    assert rule["statuses"] == ["repair", "reserved", "handed_over"]
    assert (rule["m2_per_head"], rule["seat_share"]) == (None, None)
    assert found["definition"]["zh"].startswith("闲置房间:基准日存在、用途可分配、无单位使用,且未在维修、预留或移交中")


def test_a_new_rule_is_said_in_words_wherever_idle_rooms_are_listed(
    administrator: TestClient, connection: Connection
) -> None:
    a_room(connection)
    entered = administrator.post(f"{API}/idle-rules", json=wish())
    assert entered.status_code == 201, entered.text

    rules, listed = got(administrator, "/idle-rules", jurisdiction="330200"), got(administrator, "/reports/idle")

    assert "已满 90 天" in rules["definition"]["zh"]
    assert listed["definition"] == got(administrator, "/idle-rules")["definition"]


def test_a_rule_in_force_is_withdrawn_on_the_day_and_one_to_come_at_any_time(
    administrator: TestClient, connection: Connection
) -> None:
    slip = administrator.post(f"{API}/idle-rules", json=wish(min_days=9000)).json()
    assert administrator.delete(f"{API}/idle-rules/{slip['id']}").status_code == 204
    now = administrator.post(f"{API}/idle-rules", json=wish()).json()
    entered_yesterday(connection, "idle_rule")
    later = administrator.post(f"{API}/idle-rules", json=wish(min_days=30, valid_from=str(TOMORROW))).json()

    assert "已生效" in refused(administrator.delete(f"{API}/idle-rules/{now['id']}"), 422)
    assert administrator.delete(f"{API}/idle-rules/{later['id']}").status_code == 204
    own = [one for one in got(administrator, "/idle-rules", versions=True)["items"] if one["jurisdiction_code"]]
    assert [(one["min_days"], one["valid_until"]) for one in own] == [(90, None)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"use_codes": []}, "use_codes"),
        ({"use_codes": ["corridor"]}, "use_codes"),
        ({"use_codes": ["nowhere"]}, "use_codes"),
        ({"valid_from": str(TODAY - timedelta(1))}, "valid_from"),
    ],
)
def test_a_refusal_names_the_field_that_it_is_about(
    administrator: TestClient, wrong: dict[str, Any], field: str
) -> None:
    answer = administrator.post(f"{API}/idle-rules", json=wish() | wrong)

    assert (answer.status_code, answer.json()["place"]) == (422, {"field": field})


@pytest.mark.parametrize("wrong", [{"min_days": -1}, {"seat_share": 1.1}, {"period_months": 2}, {"statuses": ["lost"]}])
def test_what_cannot_be_is_refused(administrator: TestClient, wrong: dict[str, Any]) -> None:
    refused(administrator.post(f"{API}/idle-rules", json=wish() | wrong), 422)


def test_rules_are_entered_where_a_role_reaches(client_of: ClientOf, client: TestClient) -> None:
    county = client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330203")

    refused(county.post(f"{API}/idle-rules", json=wish()), 403)
    refused(county.post(f"{API}/idle-rules", json=wish(jurisdiction_code=None)), 403)
    assert county.post(f"{API}/idle-rules", json=wish(jurisdiction_code="330203")).status_code == 201
    assert client.post(f"{API}/idle-rules", json=wish(jurisdiction_code=None)).status_code == 201


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.JURISDICTION_ADMINISTRATOR])
def test_other_roles_enter_nothing(client_of: ClientOf, connection: Connection, role: Role) -> None:
    client = client_of(role, agency=an_agency(connection))

    refused(client.post(f"{API}/idle-rules", json=wish()), 403)
    refused(client.delete(f"{API}/idle-rules/1"), 403)


def test_a_new_rule_stands_in_the_trail(administrator: TestClient, connection: Connection) -> None:
    made = administrator.post(f"{API}/idle-rules", json=wish()).json()
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    entries = got(administrator, "/audit", object_kind="idle_rule")["items"]
    assert [(one["action"], one["object_id"], one["object_name"]) for one in entries] == [
        ("insert", made["id"], "宁波市")
    ]


def test_an_idle_room_says_why_and_where_its_user_went(connection: Connection, client: TestClient) -> None:
    left, there = date(2025, 5, 1), a_building(connection, "新楼")
    agency = an_agency(connection, "市审计局")
    occupies(connection, agency, a_room(connection), until=left)
    occupies(connection, agency, a_room(connection, building=there), since=left)

    (row,) = got(client, "/reports/idle", as_of="2026-01-01")["items"]

    assert (row["reason"], row["moved_to"]["name"]) == ("agency_moved", "新楼")
    assert row["reason_name"]["zh"] == "原使用单位迁往别处"


@pytest.mark.parametrize("field", ["source", "reason"])
def test_blanks_say_nothing_of_a_rule(administrator: TestClient, field: str) -> None:
    refused = administrator.post(f"{API}/idle-rules", json=wish(**{field: " \u3000"}))

    assert (refused.status_code, refused.json()["place"]["field"]) == (422, field)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_last_days_there_are_have_answers(client: TestClient, connection: Connection, day: str) -> None:
    rule = {"m2_per_head": 18, "seat_share": 0.5, "min_days": 90, "source": "试行办法", "verification": "official"}
    insert(connection, "idle_rule", jurisdiction_code="330200", **rule)
    building = a_building(connection)
    a_room(connection, building=building)

    for path in ("/reports/under-used", "/reports/idle", "/reports/idle/spaces", "/reports/costs/buildings"):
        got(client, path, as_of=day)
    got(client, f"/buildings/{building}/cost", as_of=day)


def test_what_is_under_used_is_listed_and_leaves_as_a_workbook(connection: Connection, client: TestClient) -> None:
    rule = {"m2_per_head": 18, "seat_share": 0.5, "source": "试行办法", "verification": "official"}
    insert(connection, "idle_rule", jurisdiction_code="330200", **rule)
    agency, building = an_agency(connection, "宽敞局", present=10), a_building(connection)
    for seats, persons in ((1, 1), (4, 1)):
        used = occupies(connection, agency, a_room(connection, building=building, seats=seats, area=100))
        for number in range(persons):
            who = {"occupancy_id": used, "person_key": f"{used}-{number}", "jurisdiction_code": "330200"}
            insert(connection, "occupant", **who)

    found = got(client, "/reports/under-used", as_of="2026-01-01")

    (one,) = found["agencies"]
    assert (one["agency"]["name"], one["m2_per_head"], one["spare_m2"]) == ("宽敞局", 20, 20)  # 200 ÷ 10; 200 − 180
    assert [(room["seats"], room["persons"]) for room in found["rooms"]] == [(4, 1)]
    assert (found["rooms_total"], found["periods"][-1]) == (1, "2025-12-31")
    file = client.get(f"{API}/reports/under-used", params={"as_of": "2026-01-01", "format": "xlsx"})
    sheets = openpyxl.load_workbook(io.BytesIO(file.content))
    assert {"低效使用房间", "低效使用单位"} <= set(sheets.sheetnames)
