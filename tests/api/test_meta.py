"""What a client asks first: since when anything is recorded with a date, for whoever asks."""

from collections.abc import Callable
from datetime import date, timedelta

from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from builders import a_building, a_jurisdiction, a_room, an_agency, occupies
from fangdi.domain.access import Role

META = "/api/v1/meta"


def test_recorded_uses_begin_with_the_first_that_has_a_date(
    connection: Connection, client_of: Callable[..., TestClient]
) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    building, agency = a_building(connection), an_agency(connection)
    occupies(connection, agency, a_room(connection, "101", building=building))
    viewer = client_of(Role.VIEWER, jurisdiction="330200")
    assert viewer.get(META).json()["recorded_from"] is None

    occupies(connection, agency, a_room(connection, "102", building=building), since=date(2019, 5, 6))
    occupies(connection, agency, a_room(connection, "103", building=building), since=date(2021, 1, 1))
    occupies(connection, agency, a_room(connection, "S", building=building, classified=True), since=date(2011, 1, 1))

    assert viewer.get(META).json()["recorded_from"] == "2019-05-06"
    assert client_of(Role.VIEWER, jurisdiction="330203").get(META).json()["recorded_from"] is None
    assert client_of(Role.VIEWER, jurisdiction="330200", cleared=True).get(META).json()["recorded_from"] == "2011-01-01"


def test_what_ended_within_a_year_counts_and_what_is_still_to_come_does_not(
    connection: Connection, client_of: Callable[..., TestClient]
) -> None:
    a_jurisdiction(connection)
    agency, room = an_agency(connection), a_room(connection, "101")
    viewer = client_of(Role.VIEWER, jurisdiction="330200")
    occupies(connection, agency, room, since=date.today() + timedelta(9))  # noqa: DTZ011 - as the server reckons
    assert viewer.get(META).json()["recorded_from"] is None

    occupies(connection, agency, room, since=date(2019, 3, 1), until=date(2019, 10, 1))
    assert viewer.get(META).json()["recorded_from"] == "2019-03-01"

    connection.execute(text("UPDATE fangdi.usage_state SET outdated = true"))
    assert viewer.get(META).json()["recorded_from"] is None
