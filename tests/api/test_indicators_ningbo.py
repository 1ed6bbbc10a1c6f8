"""The figures that Ningbo published (2024-02-02), from a set of data built to them.

权属集中总量 39.8 万㎡, 集中登记率 75 %; three concentrated zones (行政中心 1–7号楼, 8号楼, 9号楼) that house 67 % of
the agencies directly under the city; 13 agencies in Building 8; 辐射周边两公里. Whether the 75 % go by area or by count
was not published: by area they mean 398,000 / 0.75 = 530,666.67 m² in all. The set has both: 9 of 12 buildings.
"""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from builders import a_building, a_room, a_zone, an_agency, degrees_box, has_title, occupies

API = "/api/v1"
DAY = "2024-02-02"
REGISTERED_M2 = 398_000.0
DUE_M2 = 530_666.67
"""398,000 / 0.75, to the hundredth."""

EAST_OF = {"1-7号楼": 121.540, "8号楼": 121.550, "9号楼": 121.560}
"""Longitudes of the zones, each 0.002° wide; at 29.87° N a hundredth of a degree is 965 m."""
NORTH = 29.87
GROSS_M2 = {**{f"{number}号楼": 40_000.0 for number in range(1, 8)}, "8号楼": 70_000.0, "9号楼": 48_000.0}
"""7 × 40,000 + 70,000 + 48,000 = 398,000."""
ELSEWHERE_M2 = {"甲楼": 50_000.0, "乙楼": 50_000.0, "丙楼": 32_666.67}
"""Not registered: 132,666.67, so that all are 530,666.67."""
AGENCIES = {"1-7号楼": 41, "8号楼": 13, "9号楼": 13}
"""41 + 13 + 13 = 67 of a hundred; 33 stand elsewhere."""
NEAR, FAR = 121.570, 121.700
"""Of the 33, 20 stand 0.009° (868 m) from the nearest zone, within 2 km, and 13 more than 13 km away."""


@pytest.fixture
def zones(connection: Connection) -> dict[str, int]:
    """Build the set; return the zones by name."""
    assert sum(GROSS_M2.values()) == REGISTERED_M2
    assert round(sum(GROSS_M2.values()) + sum(ELSEWHERE_M2.values()), 2) == DUE_M2
    made, homes = {}, {}
    for name, longitude in EAST_OF.items():
        box = degrees_box(longitude - 0.001, NORTH - 0.001, longitude + 0.001, NORTH + 0.001)
        made[name] = a_zone(connection, box, f"行政中心{name}", radius_m=2000)
    for name, gross in GROSS_M2.items():
        zone = name if name in EAST_OF else "1-7号楼"
        homes[name] = a_building(connection, name, at=(EAST_OF[zone], NORTH), registered_gross_m2=gross)
        has_title(connection, "administration", building=homes[name])
    for name, gross in ELSEWHERE_M2.items():
        at = (NEAR if name == "甲楼" else FAR, NORTH)
        homes[name] = a_building(connection, name, at=at, registered_gross_m2=gross)
        has_title(connection, "unregistered", building=homes[name])
    buildings = [f"{number % 7 + 1}号楼" for number in range(41)] + ["8号楼"] * 13 + ["9号楼"] * 13
    buildings += ["甲楼"] * 20 + ["乙楼"] * 7 + ["丙楼"] * 6
    for number, name in enumerate(buildings):
        agency = an_agency(connection, f"市直单位{number + 1}", posts=20)
        occupies(connection, agency, a_room(connection, building=homes[name], registered_usable_m2=100.0))
    return made


def ask(client: TestClient, path: str = "", **asked: Any) -> Any:
    answer = client.get(f"{API}/indicators{path}", params={"as_of": DAY, "basis": "registered", **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def one(client: TestClient, key: str) -> Any:
    return next(found for found in ask(client)["items"] if found["key"] == key)


@pytest.mark.usefixtures("zones")
def test_398_000_square_metres_are_registered_at_75_percent(client: TestClient) -> None:
    area, by_area, by_count = (
        one(client, key) for key in ("registered_area", "registered_area_rate", "registered_count_rate")
    )

    assert area["now"]["value"] == REGISTERED_M2  # 39.8 万㎡
    assert by_area["now"]["denominator"] == pytest.approx(DUE_M2)  # 53.07 万㎡
    assert by_area["now"]["value"] == pytest.approx(0.75, abs=1e-8)
    assert by_count["now"]["value"] == 0.75  # 9 of 12
    assert by_area["now"]["coverage"] == 1
    assert "按面积还是按幢数" in by_area["meaning"]["zh"]  # that the basis was not published is said


def test_67_percent_of_the_agencies_stand_in_three_zones(client: TestClient, zones: dict[str, int]) -> None:
    number, rate = one(client, "zone_agencies"), one(client, "zone_agencies_rate")

    assert (number["now"]["value"], rate["now"]["denominator"], rate["now"]["value"]) == (67, 100, 0.67)
    parts = {part["label"]["zh"]: part["numerator"] for part in number["parts"] if part["numerator"]}
    assert parts == {f"行政中心{name}": AGENCIES[name] for name in zones}


def test_13_agencies_are_housed_in_building_8(client: TestClient, zones: dict[str, int]) -> None:
    found = ask(client, "/zone_agencies/rows", part=str(zones["8号楼"]), limit=100)

    assert found["matching"] == len(found["items"]) == 13
    assert found["total"]["numerator"] == 13
    assert {row["part_label"]["zh"] for row in found["items"]} == {"行政中心8号楼"}


@pytest.mark.usefixtures("zones")
def test_the_core_reaches_two_kilometres_around(client: TestClient) -> None:
    # 67 inside + 20 within 2 km = 87 of 100
    assert one(client, "radius_agencies_rate")["now"]["value"] == 0.87
    assert one(client, "radius_posts_rate")["now"]["value"] == 0.87  # 20 posts each
    assert one(client, "radius_area_rate")["now"]["value"] == pytest.approx(0.87)  # 100 m² each
