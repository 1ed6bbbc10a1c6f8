"""Norm figures over the API: read with their certainty, compared between days, and entered in new versions."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from builders import a_jurisdiction, an_agency, entered_yesterday, insert, period
from fangdi.domain.access import Role

API = "/api/v1"
TODAY = date.today()  # noqa: DTZ011 - as the server reckons
TOMORROW = TODAY + timedelta(1)
CITY_STAFF = {"kind": "office_ceiling", "level": "city", "rank_code": "city_staff"}

ClientOf = Callable[..., TestClient]


@pytest.fixture(autouse=True)
def places(connection: Connection) -> None:
    a_jurisdiction(connection, "330000", "浙江省", level="province")
    a_jurisdiction(connection, "330200", "宁波市", parent="330000")
    a_jurisdiction(connection, "330203", "海曙区", parent="330200", level="county")


@pytest.fixture
def administrator(client_of: ClientOf) -> TestClient:
    return client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330200")


def filed(client: TestClient, place: str | None = "330200") -> int:
    wanted = {"code": f"doc-{place}", "jurisdiction_code": place, "title": "市级标准", "title_en": "City standard"}
    answer = client.post(f"{API}/norm-documents", json=wanted)
    assert answer.status_code == 201, answer.text
    return int(answer.json()["id"])


def wish(document: int, figure: float = 8, **more: Any) -> dict[str, Any]:
    return {
        **CITY_STAFF,
        "jurisdiction_code": "330200",
        "figure": figure,
        "document_id": document,
        "article": "第五条",
        "verification": "official",
        "evidence": "市政府公报",
        "valid_from": str(TODAY),
        "reason": "甬政发〔2026〕1号",
        **more,
    }


def staff_rows(client: TestClient, **asked: Any) -> list[Any]:
    items = client.get(f"{API}/norms", params={"kind": "office_ceiling", **asked}).json()["items"]
    return [one for one in items if one["rank_code"] == "city_staff"]


def refused(answer: Any, status: int) -> str:
    assert answer.status_code == status, answer.text
    return str(answer.json()["detail"])


def test_a_figure_says_its_unit_its_source_and_how_sure_it_is(client_of: ClientOf) -> None:
    items = client_of(Role.VIEWER).get(f"{API}/norms").json()["items"]

    multi = next(one for one in items if one["kind"] == "efficiency_multi_storey")
    assert (multi["figure"], multi["unit"], multi["source"]["number"]) == (0.65, "ratio", "发改投资〔2014〕2674号")
    assert (multi["source"]["verified"], multi["source"]["verification_name"]["zh"]) == (False, "转引,未见官方原文")


def test_nothing_was_in_force_before_the_standard(client_of: ClientOf) -> None:
    viewer = client_of(Role.VIEWER)

    assert viewer.get(f"{API}/norms", params={"as_of": "2014-11-23"}).json()["items"] == []
    assert len(staff_rows(viewer, as_of="2014-11-24")) == 1


def test_a_new_version_holds_from_its_day_and_the_past_stays(administrator: TestClient) -> None:
    document = filed(administrator)
    first = administrator.post(f"{API}/norms", json=wish(document, 8.5))
    assert first.status_code == 201, first.text

    second = administrator.post(f"{API}/norms", json=wish(document, 8, valid_from=str(TOMORROW)))

    assert second.status_code == 201, second.text
    own = [one for one in staff_rows(administrator, versions=True) if one["jurisdiction_code"] == "330200"]
    assert [(one["figure"], one["valid_from"], one["valid_until"]) for one in own] == [
        (8.5, str(TODAY), str(TOMORROW)),
        (8, str(TOMORROW), None),
    ]
    assert {one["figure"] for one in staff_rows(administrator, as_of=str(TODAY))} == {9, 8.5}
    assert own[0]["entered_by"].startswith("person")
    assert own[0]["reason"] == "甬政发〔2026〕1号"


def test_two_days_are_compared(administrator: TestClient) -> None:
    document = filed(administrator)
    administrator.post(f"{API}/norms", json=wish(document, 8.5))
    administrator.post(f"{API}/norms", json=wish(document, 8, valid_from=str(TOMORROW)))

    answer = administrator.get(f"{API}/norms/comparison", params={"earlier": str(TODAY), "later": str(TOMORROW)})

    (one,) = answer.json()["items"]
    assert (one["before"]["figure"], one["after"]["figure"]) == (8.5, 8)


def test_a_day_without_a_figure_of_its_own_shows_the_one_from_above(administrator: TestClient) -> None:
    administrator.post(f"{API}/norms", json=wish(filed(administrator), 8, valid_from=str(TOMORROW)))

    answer = administrator.get(f"{API}/norms/comparison", params={"earlier": str(TODAY), "later": str(TOMORROW)})

    (one,) = answer.json()["items"]
    assert (one["before"], one["before_above"]["figure"], one["before_above"]["jurisdiction_code"]) == (None, 9, None)
    assert (one["after"]["figure"], one["after_above"]) == (8, None)


def test_days_to_compare_come_in_order(administrator: TestClient) -> None:
    asked = {"earlier": "2026-01-02", "later": "2026-01-01"}
    refused(administrator.get(f"{API}/norms/comparison", params=asked), 422)


def test_a_version_that_has_not_begun_can_be_withdrawn(administrator: TestClient) -> None:
    document = filed(administrator)
    administrator.post(f"{API}/norms", json=wish(document, 8.5))
    later = administrator.post(f"{API}/norms", json=wish(document, 8, valid_from=str(TOMORROW))).json()

    assert administrator.delete(f"{API}/norms/{later['id']}").status_code == 204

    own = [one for one in staff_rows(administrator, versions=True) if one["jurisdiction_code"] == "330200"]
    assert [(one["figure"], one["valid_until"]) for one in own] == [(8.5, None)]


def test_a_slip_that_begins_today_is_withdrawn_today_and_what_it_ended_holds_on(
    administrator: TestClient, connection: Connection
) -> None:
    document = filed(administrator)
    figure = {"figure": 8.5, "source_id": document, "article": "第五条", "verification": "official", "evidence": "公报"}
    since = period(TODAY - timedelta(30))
    insert(connection, "norm", **CITY_STAFF, jurisdiction_code="330200", valid=since, **figure)
    entered_yesterday(connection, "norm")
    slip = administrator.post(f"{API}/norms", json=wish(document, 0.5)).json()
    assert slip["withdrawable"]

    assert administrator.delete(f"{API}/norms/{slip['id']}").status_code == 204

    own = [one for one in staff_rows(administrator, versions=True) if one["jurisdiction_code"] == "330200"]
    assert [(one["figure"], one["valid_until"], one["withdrawable"]) for one in own] == [(8.5, None, False)]


def test_from_the_next_day_on_a_version_is_not_withdrawn(administrator: TestClient, connection: Connection) -> None:
    made = administrator.post(f"{API}/norms", json=wish(filed(administrator))).json()
    entered_yesterday(connection, "norm")

    assert "已生效" in refused(administrator.delete(f"{API}/norms/{made['id']}"), 422)
    assert administrator.get(f"{API}/norms/{made['id']}").json()["figure"] == 8


def test_a_misspelt_place_does_not_make_a_figure_of_the_country(client: TestClient) -> None:
    misspelt = {name: value for name, value in wish(filed(client)).items() if name != "jurisdiction_code"}

    answer = client.post(f"{API}/norms", json={**misspelt, "jurisdiction": "330200"})

    assert (answer.status_code, "jurisdiction" in answer.json()["detail"]) == (422, True)
    assert "没有此项" in answer.json()["detail"]


def test_below_nobody_is_laxer_than_above(administrator: TestClient) -> None:
    said = refused(administrator.post(f"{API}/norms", json=wish(filed(administrator), 9.5)), 422)

    assert "只能从严" in said
    assert "9" in said


@pytest.mark.parametrize(
    "wrong",
    [
        {"rank_code": None},
        {"level": "county"},
        {"rank_code": "county_staff"},
        {"kind": "guard"},
        {"kind": "guard", "rank_code": None},
        {"kind": "service_rate", "rank_code": None, "level": None, "upto": 1, "beyond_from": 2, "figure_beyond": 1},
        {"upto": 100},
        {"figure": 0},
        {"valid_from": "yesterday"},
        {"article": "\u0000"},
        {"document_id": 999999999},
        {"jurisdiction_code": "999999"},
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_stored(client: TestClient, wrong: dict[str, Any]) -> None:
    before = client.get(f"{API}/norms", params={"versions": True}).json()["items"]

    answer = client.post(f"{API}/norms", json=wish(filed(client)) | wrong)

    assert answer.status_code in {404, 422}, answer.text
    assert client.get(f"{API}/norms", params={"versions": True}).json()["items"] == before


def test_figures_of_the_country_are_for_who_administers_norms_everywhere(
    administrator: TestClient, client: TestClient
) -> None:
    document = filed(administrator)

    assert "全国标准" in refused(administrator.post(f"{API}/norms", json=wish(document, jurisdiction_code=None)), 403)
    assert client.post(f"{API}/norms", json=wish(document, jurisdiction_code=None)).status_code == 201


def test_the_country_is_not_a_provinces_to_change_where_only_its_jurisdictions_are_known(
    client_of: ClientOf,
) -> None:
    province = client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330000")
    document = filed(province)

    refused(province.post(f"{API}/norms", json=wish(document, 5, jurisdiction_code=None)), 403)
    assert province.post(f"{API}/norms", json=wish(document, jurisdiction_code="330000")).status_code == 201


def test_administrators_lay_down_figures_where_their_role_reaches(client_of: ClientOf) -> None:
    county = client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330203")
    document = filed(county, "330203")

    refused(county.post(f"{API}/norms", json=wish(document)), 403)
    assert county.post(f"{API}/norms", json=wish(document, jurisdiction_code="330203")).status_code == 201


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.JURISDICTION_ADMINISTRATOR])
def test_other_roles_enter_nothing(client_of: ClientOf, connection: Connection, role: Role) -> None:
    client = client_of(role, agency=an_agency(connection))

    refused(client.post(f"{API}/norms", json=wish(1)), 403)
    refused(client.delete(f"{API}/norms/1"), 403)


def test_a_new_version_stands_in_the_trail(administrator: TestClient, connection: Connection) -> None:
    made = administrator.post(f"{API}/norms", json=wish(filed(administrator))).json()
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))

    entries = administrator.get(f"{API}/audit", params={"object_kind": "norm"}).json()["items"]
    assert [(one["action"], one["object_id"]) for one in entries] == [("insert", made["id"])]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"figure": 9.5}, "figure"),
        ({"valid_from": "2014-01-01"}, "valid_from"),
        ({"figure_beyond": 3}, "figure_beyond"),
        ({"kind": "canteen", "level": None, "rank_code": None, "figure": 3}, "upto"),
    ],
)
def test_a_refusal_names_the_field_that_it_is_about(
    administrator: TestClient, wrong: dict[str, Any], field: str
) -> None:
    document = filed(administrator)
    administrator.post(f"{API}/norms", json=wish(document))

    answer = administrator.post(f"{API}/norms", json=wish(document, valid_from=str(TOMORROW)) | wrong)

    assert (answer.status_code, answer.json()["place"]) == (422, {"field": field})


def test_the_word_lists_say_what_a_figure_of_each_kind_needs(client_of: ClientOf) -> None:
    words = client_of(Role.VIEWER).get(f"{API}/vocabulary").json()

    kinds = {one["code"]: (one["unit"], one["shape"], one["by_level"], one["by_rank"]) for one in words["norm_kinds"]}
    assert kinds["office_ceiling"] == ("usable_m2_per_person", "constant", False, True)
    assert kinds["service_rate"] == ("usable_m2_per_person", "linear", True, False)
    assert kinds["canteen"] == ("gross_m2_per_person", "excess", False, False)
    assert [one["code"] for one in words["certainties"] if one["verified"]] == ["official"]


def test_a_document_is_filed_once(administrator: TestClient) -> None:
    filed(administrator)
    again = {"code": "doc-330200", "jurisdiction_code": "330200", "title": "x", "title_en": "x"}

    refused(administrator.post(f"{API}/norm-documents", json=again), 409)
