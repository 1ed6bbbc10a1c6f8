"""How a plan would lie is shown before it is kept, with how far each control point is off."""

from collections.abc import Sequence
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from builders import a_building, on_map, square
from fangdi_api.plan_files import PlanTools
from plan_builders import ReaderOf, a_drawn_plan

API = "/api/v1"
CORNERS = ((0, 0), (10, 0), (10, 4), (0, 4))


def points(places: Sequence[tuple[float, float]]) -> list[dict[str, Any]]:
    """Pair the corners of the plan with places in metres from the centre."""
    found = []
    for corner, place in zip(CORNERS, places, strict=True):
        middle = on_map(square(0.001, at=place)).centroid
        found.append({"name": f"{corner}", "plan": corner, "map": [middle.x, middle.y]})
    return found


@pytest.fixture
def plan(over_test: FastAPI, http: TestClient, connection: Connection) -> str:
    """Upload a plan and return its path."""
    over_test.state.plan_tools = PlanTools(read=ReaderOf(a_drawn_plan()))
    asked = {"building_id": a_building(connection), "name": "plan.dxf"}
    return f"{API}/plans/{http.post(f'{API}/plans', params=asked, content=b'plan').json()['id']}"


# One corner of a rectangle of 10 by 4 m is 0.4 m too far east. Of four residuals an affine map, which has three
# unknowns a coordinate, leaves one degree of freedom: the 0.4 m are spread as 0.1 m over all four.
SKEWED = points([(0, 0), (10, 0), (10.4, 4), (0, 4)])


def test_an_affine_fit_shows_its_residuals_before_it_is_kept(http: TestClient, plan: str) -> None:
    answer = http.post(f"{plan}/placement/preview", json={"method": "affine", "points": SKEWED})

    assert answer.status_code == 200, answer.text
    shown = answer.json()
    assert [point["residual_m"] for point in shown["points"]] == pytest.approx([0.1] * 4, abs=0.001)
    assert shown["rms_m"] == pytest.approx(0.1, abs=0.001)
    assert http.get(plan).json()["placed"] is False


def test_a_preview_is_what_is_kept_afterwards(http: TestClient, plan: str) -> None:
    for method in ("helmert", "affine"):
        wanted = {"method": method, "points": SKEWED}
        shown = http.post(f"{plan}/placement/preview", json=wanted).json()
        kept = http.put(f"{plan}/placement", json=wanted).json()
        assert {**kept, "findings": []} == {**shown, "findings": []}
        assert [one["code"] for one in kept["findings"]] == [one["code"] for one in shown["findings"]]


def test_doubts_come_with_the_preview(http: TestClient, plan: str) -> None:
    stretched = points([(0, 0), (10.2, 0), (10.2, 4), (0, 4)])  # 2 % too long, of 0.5 % that are borne

    shown = http.post(f"{plan}/placement/preview", json={"method": "affine", "points": stretched}).json()

    assert {one["code"] for one in shown["findings"]} == {"scale_off"}
    assert shown["rms_m"] == pytest.approx(0, abs=0.001)


def test_too_few_points_are_refused(http: TestClient, plan: str) -> None:
    answer = http.post(f"{plan}/placement/preview", json={"method": "affine", "points": SKEWED[:2]})

    assert answer.status_code == 422
