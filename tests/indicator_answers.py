"""Asking for indicators over the API, and data for each of them."""

from datetime import date
from typing import Any

from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from builders import (
    CENTRE,
    a_building,
    a_finding,
    a_jurisdiction,
    a_plan,
    a_room,
    a_zone,
    an_agency,
    an_area_audit,
    degrees_box,
    has_tenure,
    has_title,
    insert,
    occupies,
)

API = "/api/v1"
DAY = "2026-01-01"
FAR = (121.9, 29.87)
"""34 km east of the centre, where the zone of `a_zone` lies."""


def ask(client: TestClient, path: str = "", **asked: Any) -> Any:
    answer = client.get(f"{API}/indicators{path}", params={"as_of": DAY, **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def values(client: TestClient, **asked: Any) -> dict[str, Any]:
    return {one["key"]: one["now"]["value"] for one in ask(client, **asked)["items"]}


def one(client: TestClient, key: str, **asked: Any) -> Any:
    return next(found for found in ask(client, **asked)["items"] if found["key"] == key)


def a_little_of_everything(connection: Connection) -> None:
    a_zone(connection, degrees_box(CENTRE[0] - 0.005, CENTRE[1] - 0.005, CENTRE[0] + 0.005, CENTRE[1] + 0.005))
    states = ("administration", "recorded", "unregistered")
    for number, state in enumerate(states):
        building = a_building(connection, at=FAR if number == 2 else CENTRE, measured_gross_m2=1000.25 * (number + 1))
        has_title(connection, state, building=building)
        agency = an_agency(connection, f"局{number}", posts=5 + number, present=4 + number)
        occupies(connection, agency, a_room(connection, building=building, area=33.33 * (number + 1)))
        a_room(connection, building=building, area=7.77)
        a_room(connection, building=building, area=11.11, use="meeting_room")
        a_plan(connection, building, status="imported", imported_at="2025-01-01 12:00+00")
    a_finding(connection, found=date(2025, 2, 1))
    computed_since(connection, date(2025, 2, 1))
    leased = a_building(connection, measured_gross_m2=500)
    has_tenure(connection, leased, "leased")
    connection.execute(text("UPDATE fangdi.tenure SET annual_rent_yuan = 9999.99"))


def something_secret(connection: Connection) -> None:
    a_jurisdiction(connection, "330100", "杭州市")
    guest = an_agency(connection, "机要某局", posts=50, present=60, jurisdiction="330100")
    building = a_building(connection, "机要楼", classified=True, measured_gross_m2=8000)
    has_title(connection, "administration", building=building)
    has_tenure(connection, building, "leased")
    connection.execute(
        text("UPDATE fangdi.tenure SET annual_rent_yuan = 777 WHERE building_id = :id"), {"id": building}
    )
    occupies(connection, guest, a_room(connection, building=building, area=5000))
    a_room(connection, building=building, area=600)
    plan = a_plan(connection, building, status="imported", imported_at="2025-01-01 12:00+00")
    accepted(connection, plan, "2025-02-01")
    a_finding(connection, "机要K9", agency_id=guest, found=date(2025, 2, 1), secret=True)


def accepted(connection: Connection, plan: int, day: str) -> None:
    """Audit a plan, and accept the audit on a day."""
    audit = an_area_audit(connection, plan)
    connection.execute(
        text(
            "UPDATE fangdi.area_audit"
            " SET status = 'accepted', number = CAST(id AS text), accepted_at = :at WHERE id = :id"
        ),
        {"id": audit, "at": f"{day} 12:00+00"},
    )


def computed_since(connection: Connection, day: date) -> None:
    """Note that findings were computed as of a day."""
    at = {"began_at": f"{day} 01:00+00", "ended_at": f"{day} 01:00+00"}
    insert(connection, "finding_run", as_of=day, basis="measured", radius_m=2000, versions="{}", **at)
