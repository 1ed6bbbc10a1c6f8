"""A placement beyond the limits is imported only after somebody agreed to it, one far away not at all."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from builders import PLANE, a_building, in_plane, on_map, square
from fangdi.domain.access import Role
from fangdi.domain.plans.model import Georeference
from fangdi_api.plan_files import PlanTools
from plan_builders import ReaderOf, a_drawn_plan

API = "/api/v1"
CORNER = in_plane(square(1)).bounds[:2]


def points(*places: tuple[tuple[float, float], tuple[float, float]]) -> list[dict[str, Any]]:
    """Pair places on the plan with places in metres from the centre."""
    found = []
    for plan, place in places:
        middle = on_map(square(0.001, at=place)).centroid
        found.append({"name": f"{plan}", "plan": plan, "map": [middle.x, middle.y]})
    return found


STRETCHED = points(((0, 0), (0, 0)), ((10, 0), (10.2, 0)))  # 2 % too long, of 0.5 % that are borne
FITTING = points(((0, 0), (0, 0)), ((10, 0), (10, 0)))


@pytest.fixture
def building(connection: Connection) -> int:
    """Stand a building at the centre."""
    return a_building(connection)


@pytest.fixture
def plan(over_test: FastAPI, http: TestClient, building: int) -> str:
    """Upload a plan and return its path."""
    over_test.state.plan_tools = PlanTools(read=ReaderOf(a_drawn_plan()))
    asked = {"building_id": building, "name": "plan.dxf"}
    return f"{API}/plans/{http.post(f'{API}/plans', params=asked, content=b'plan').json()['id']}"


def placed(http: TestClient, plan: str, **wanted: Any) -> Any:
    answer = http.put(f"{plan}/placement", json=wanted)
    assert answer.status_code == 200, answer.text
    return answer.json()


def imported(http: TestClient, plan: str) -> Any:
    state = http.get(f"{plan}/changes").json()["state"]
    return http.post(f"{plan}/import", json={"state": state})


def agreed(http: TestClient, plan: str, *, revision: int | None = None) -> Any:
    seen = revision or http.get(plan).json()["revision"]
    return http.post(f"{plan}/placement/agreement", json={"revision": seen})


def test_a_placement_within_the_limits_needs_nobody_to_agree(http: TestClient, plan: str) -> None:
    kept = placed(http, plan, method="helmert", points=FITTING)

    assert (kept["doubtful"], kept["far"], kept["agreed"]) == (False, False, None)
    assert http.get(plan).json()["missing"] == []
    assert agreed(http, plan).status_code == 422
    assert imported(http, plan).status_code == 200


def test_a_placement_beyond_the_limits_is_not_imported_before_somebody_agrees(http: TestClient, plan: str) -> None:
    kept = placed(http, plan, method="helmert", points=STRETCHED)

    assert (kept["doubtful"], kept["far"]) == (True, False)
    assert http.get(f"{plan}/changes").json()["missing"] == ["agreement"]
    refused = imported(http, plan)
    assert refused.status_code == 422
    assert "定位超出限值的须经认可" in refused.json()["detail"]

    answer = agreed(http, plan)

    assert answer.status_code == 200, answer.text
    assert http.get(plan).json()["missing"] == []
    assert imported(http, plan).status_code == 200


def test_who_agreed_and_when_is_kept_with_the_plan(http: TestClient, client_of: Any, plan: str) -> None:
    placed(http, plan, method="helmert", points=STRETCHED)
    auditor = client_of(Role.AREA_AUDITOR)

    assert agreed(auditor, plan).status_code == 200

    kept = http.get(plan).json()["placement"]["agreed"]
    assert kept["by"] == auditor.get(f"{API}/session").json()["account"]["login"]
    assert kept["at"].startswith("20")


def test_another_placement_has_to_be_agreed_to_anew(http: TestClient, plan: str) -> None:
    placed(http, plan, method="helmert", points=STRETCHED)
    assert agreed(http, plan).status_code == 200

    assert placed(http, plan, method="affine", points=[*STRETCHED, *points(((0, 4), (0, 4)))])["agreed"] is None
    assert http.get(plan).json()["missing"] == ["agreement"]


def test_nobody_agrees_to_what_they_did_not_see(http: TestClient, plan: str) -> None:
    placed(http, plan, method="helmert", points=STRETCHED)
    seen = http.get(plan).json()["revision"]
    placed(http, plan, method="helmert", points=points(((0, 0), (0, 0)), ((10, 0), (11, 0))))

    assert agreed(http, plan, revision=seen).status_code == 409


def test_a_poor_fit_on_the_footprint_waits_for_agreement(
    http: TestClient, over_test: FastAPI, connection: Connection
) -> None:
    # the floor of two rooms is 10.6 m × 4.4 m; of a square of 30 m it covers 46.64 / 900, about 5 %
    building = a_building(connection, outline=on_map(square(30)))
    over_test.state.plan_tools = PlanTools(read=ReaderOf(a_drawn_plan()))
    asked = {"building_id": building, "name": "plan.dxf"}
    plan = f"{API}/plans/{http.post(f'{API}/plans', params=asked, content=b'plan').json()['id']}"

    kept = placed(http, plan, method="footprint")

    assert kept["score"] == pytest.approx(46.64 / 900, rel=0.01)
    assert http.get(plan).json()["missing"] == ["agreement"]


def test_local_coordinates_taken_for_those_of_a_zone_are_an_error_that_blocks_import(
    http: TestClient, plan: str
) -> None:
    # local metres near 0, 0 read in UTM zone 33 lie off Africa, about 11 000 km from a building at 121.55° E, 29.87° N
    kept = placed(http, plan, method="crs", crs="EPSG:32633")

    (finding,) = kept["findings"]
    assert (finding["code"], finding["severity"], kept["far"]) == ("placed_far", "error", True)
    assert "1 公里" in finding["text"]["zh"]
    assert http.get(plan).json()["missing"][0] == "distance"
    assert agreed(http, plan).status_code == 422, "nobody can agree to it"
    assert imported(http, plan).status_code == 422


def test_a_kilometre_from_the_building_is_too_far(http: TestClient, plan: str) -> None:
    for north_m, far in ((900, False), (1100, True)):
        away = points(((0, 0), (0, north_m)), ((10, 0), (10, north_m)))

        assert placed(http, plan, method="helmert", points=away)["far"] is far


def test_the_place_that_a_file_states_far_away_is_not_taken_and_said_so(
    http: TestClient, over_test: FastAPI, building: int
) -> None:
    elsewhere = Georeference(PLANE, 1, 0, CORNER[0] + 5000, CORNER[1], "IfcMapConversion")  # 5 km east
    over_test.state.plan_tools = PlanTools(read=ReaderOf(a_drawn_plan(georeference=elsewhere)))

    asked = {"building_id": building, "name": "plan.ifc"}
    kept = http.post(f"{API}/plans", params=asked, content=b"plan").json()

    assert (kept["placed"], kept["missing"]) == (False, ["placement"])
    found = http.get(f"{API}/plans/{kept['id']}/findings").json()["items"]
    (said,) = [one for one in found if one["code"] == "place_not_taken"]
    assert "5.0 公里" in said["text"]["zh"]
    assert not [one for one in found if one["code"] == "footprint_mismatch"]
