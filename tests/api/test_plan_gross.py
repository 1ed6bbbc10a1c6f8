"""The gross floor area of a plan is told rule by rule, by both standards, with what is from memory."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from shapely import box
from sqlalchemy import Connection

from builders import a_building
from fangdi.domain.plans.model import Outline, PartKind, PlanPart
from fangdi_api.plan_files import PlanTools
from plan_builders import ReaderOf, a_drawn_floor, a_drawn_plan, a_drawn_room

API = "/api/v1"

# 20 m × 10 m, 3.3 m high: a room of 5 m × 4 m only 2.1 m high, a void of 3 m × 2 m, a balcony of 4 m × 1.5 m outside.
FLOOR = a_drawn_floor(
    [a_drawn_room("101", box(0, 0, 5, 4), height_m=2.1), a_drawn_room("102", box(6, 0, 16, 4))],
    outline=Outline.straight(box(0, 0, 20, 10)),
    parts=(
        PlanPart(PartKind.VOID, Outline.straight(box(10, 6, 13, 8)), "v"),
        PlanPart(PartKind.OPEN, Outline.straight(box(20, 0, 21.5, 4)), "b"),
    ),
)
IMPLIED = a_drawn_floor(
    [a_drawn_room("201", box(0, 0, 10, 5))], level=2, outline=Outline.straight(box(0, 0, 10, 5)), outline_implied=True
)


@pytest.fixture
def bases(over_test: FastAPI, http: TestClient, connection: Connection) -> Any:
    """Upload a plan of two floors and return its gross areas by standard."""
    over_test.state.plan_tools = PlanTools(read=ReaderOf(a_drawn_plan(FLOOR, IMPLIED)))
    asked = {"building_id": a_building(connection), "name": "plan.dxf"}
    plan = http.post(f"{API}/plans", params=asked, content=b"plan").json()["id"]
    answer = http.get(f"{API}/plans/{plan}/gross")
    assert answer.status_code == 200, answer.text
    return {one["basis"]: one for one in answer.json()["bases"]}


def counted(parts: list[Any]) -> dict[str, tuple[float, float, float]]:
    return {part["case"]: (part["area_m2"], part["factor"], part["counted_m2"]) for part in parts}


def test_low_rooms_count_nothing_by_the_one_standard_and_half_by_the_other(bases: Any) -> None:
    whole = 200 - 20 - 6  # without the low room and the void
    registered, planning = (bases[basis]["floors"][0] for basis in ("registered", "planning"))

    same = {"whole": (whole, 1, whole), "open": (6, 0.5, 3), "void": (6, 0, 0)}
    assert counted(registered["parts"]) == same | {"low": (20, 0, 0)}
    assert counted(planning["parts"]) == same | {"low": (20, 0.5, 10)}
    assert (registered["gross_m2"], planning["gross_m2"]) == (whole + 3, whole + 3 + 10)


def test_both_standards_give_their_own_efficiency(bases: Any) -> None:
    usable = 20 + 40
    for basis, gross in (("registered", 177), ("planning", 187)):
        floor = bases[basis]["floors"][0]
        assert (floor["usable_m2"], floor["efficiency"]) == (usable, pytest.approx(usable / gross, abs=5e-5))


def test_the_building_is_the_sum_of_its_floors_rule_by_rule(bases: Any) -> None:
    registered = bases["registered"]

    assert registered["gross_m2"] == 177 + 50
    assert counted(registered["parts"])["whole"] == (174 + 50, 1, 174 + 50)
    assert registered["efficiency"] == pytest.approx((60 + 50) / 227, abs=5e-5)


def test_each_rule_names_its_standard_and_clause_and_what_is_from_memory(bases: Any) -> None:
    rules = {part["case"]: part for part in bases["planning"]["floors"][0]["parts"]}

    assert bases["registered"]["standard"].startswith("GB/T 17986.1")
    assert rules["low"]["standard"].startswith("GB/T 50353")
    assert rules["low"]["clause"] == "3.0.1"
    assert (rules["low"]["verified"], rules["low"]["clause_verified"]) == (True, False)
    assert rules["void"]["verified"] is False
    assert "一半" in rules["low"]["says"]["zh"]


def test_an_outline_that_nobody_drew_is_told(bases: Any) -> None:
    for basis in bases.values():
        assert [floor["outline_implied"] for floor in basis["floors"]] == [False, True]
        assert basis["outline_implied"] is True
