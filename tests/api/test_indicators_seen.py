"""Indicators of readers who see a part: without clearance, of one jurisdiction, of one agency."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from builders import CITY, a_building, a_jurisdiction, a_room, an_agency, occupies
from fangdi.domain.access import Role
from fangdi.domain.indicators.catalogue import INDICATORS
from fangdi.store import memo
from indicator_answers import API, DAY, a_little_of_everything, ask, one, something_secret, values

ClientOf = Callable[..., TestClient]


@pytest.mark.parametrize("jurisdiction", [CITY, None])
def test_a_hidden_agency_changes_no_indicator_of_one_without_clearance(
    connection: Connection, client_of: ClientOf, jurisdiction: str | None
) -> None:
    a_little_of_everything(connection)
    asked = {"jurisdiction": jurisdiction} if jurisdiction else {}
    viewer = client_of(Role.VIEWER, jurisdiction=CITY)
    cleared = client_of(Role.VIEWER, jurisdiction=CITY, cleared=True)
    before, seen_before = ask(viewer, **asked), values(cleared, **asked)
    rows_before = {key: ask(viewer, f"/{key}/rows", **asked)["items"] for key in INDICATORS}

    something_secret(connection)

    assert ask(viewer, **asked) == before
    assert {key: ask(viewer, f"/{key}/rows", **asked)["items"] for key in INDICATORS} == rows_before
    for key in INDICATORS:
        text = client_text(viewer, key, **asked)
        assert "机要" not in text
    seen = values(cleared, **asked)
    assert seen["idle_area"] == seen_before["idle_area"] + 600
    assert seen["leased_cost"] == seen_before["leased_cost"] + 777
    assert seen["findings_open"] == seen_before["findings_open"] + 1


def client_text(client: TestClient, key: str, **asked: Any) -> str:
    return "".join(
        client.get(f"{API}/indicators/{key}/{what}", params={"as_of": DAY, **asked}).text
        for what in ("rows", "series", "jurisdictions")
    )


@pytest.mark.parametrize("key", ["idle_rate", "registered_area", "area_per_post", "radius_area_rate"])
def test_rows_add_up_for_an_officer_of_one_agency_too(connection: Connection, client_of: ClientOf, key: str) -> None:
    a_little_of_everything(connection)
    mine, other = an_agency(connection, posts=4), an_agency(connection, posts=6)
    building = a_building(connection, measured_gross_m2=100)
    shared = a_room(connection, building=building, area=40)
    occupies(connection, mine, shared, share=0.25)
    occupies(connection, other, shared, share=0.75)
    occupies(connection, mine, a_room(connection, building=building, area=30))
    occupies(connection, other, a_room(connection, building=building, area=900))
    officer = client_of(Role.AGENCY_OFFICER, agency=mine)

    now, rows = one(officer, key)["now"], ask(officer, f"/{key}/rows")["items"]

    assert rows
    assert sum(row["numerator"] for row in rows) == pytest.approx(now["numerator"])
    assert sum(row["denominator"] for row in rows) == pytest.approx(now["denominator"])
    if key == "idle_rate":
        assert now["denominator"] == 40  # a quarter of the shared room, and the other room: 10 + 30


def test_who_looks_after_one_jurisdiction_gets_the_sums_of_that_one(
    connection: Connection, client_of: ClientOf
) -> None:
    a_jurisdiction(connection, "330203", "海曙区", level="county")
    a_jurisdiction(connection, "330205", "江北区", level="county")
    for code, area in (("330203", 20), ("330205", 80)):
        a_room(connection, building=a_building(connection, jurisdiction=code), area=area)

    viewer = client_of(Role.VIEWER, jurisdiction="330203")

    assert values(viewer)["idle_area"] == 20
    assert values(viewer, jurisdiction="330205")["idle_area"] == 0


def test_an_officer_finds_in_the_overview_the_idle_rooms_of_the_list(
    connection: Connection, client_of: ClientOf
) -> None:
    mine, building = an_agency(connection), a_building(connection)
    occupies(connection, mine, a_room(connection, building=building, area=30))
    left = a_room(connection, building=building, area=7)
    occupies(connection, mine, left, until=date(2025, 6, 1))
    a_room(connection, building=building, area=900)  # never used by the agency, and not seen
    officer = client_of(Role.AGENCY_OFFICER, agency=mine)

    for outdated in (False, True):
        connection.execute(text("UPDATE fangdi.usage_state SET outdated = :outdated"), {"outdated": outdated})
        memo.forget()

        listed = officer.get(f"{API}/reports/idle", params={"as_of": DAY}).json()["total"]
        rate = one(officer, "idle_rate")["now"]
        rows = ask(officer, "/idle_rate/rows")["items"]

        assert (listed["rooms"], listed["area_m2"]) == (1, 7)
        assert (rate["numerator"], rate["denominator"]) == (7, 37)
        assert sum(row["denominator"] for row in rows) == 37
