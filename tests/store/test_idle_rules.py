"""Idle rooms under rules that a deployment lays down; why they stand idle; and what keeping them costs."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection

from builders import a_building, a_jurisdiction, a_room, an_agency, has_status, insert, occupies, period
from fangdi.domain.common import PageRequest, Question
from fangdi.domain.coverage import Reach
from fangdi.domain.idle import IdleFilter, IdleReason, IdleReport, IdleRoom
from fangdi.service import reports
from fangdi.service.summary import summarise_buildings

D = date(2026, 1, 1)


def report(connection: Connection, *, as_of: date = D, jurisdiction: str | None = None, limit: int = 100) -> IdleReport:
    return reports.idle(connection, Question(as_of, jurisdiction=jurisdiction), IdleFilter(), page=PageRequest(limit))


def only(connection: Connection) -> IdleRoom:
    (room,) = report(connection).page.items
    return room


def a_rule(connection: Connection, place: str = "330200", **more: Any) -> int:
    a_jurisdiction(connection, place)
    values = {"source": "试行办法", "verification": "official", **more}
    return insert(connection, "idle_rule", jurisdiction_code=place, **values)


def ids(found: IdleReport) -> list[int]:
    return [room.id for room in found.page.items]


def test_a_room_is_idle_once_it_stood_empty_for_the_days_of_the_rule(connection: Connection) -> None:
    a_rule(connection, min_days=30)
    agency = an_agency(connection)
    long, short = a_room(connection, "101"), a_room(connection, "102")
    occupies(connection, agency, long, until=D - timedelta(30))
    occupies(connection, agency, short, until=D - timedelta(29))

    found = report(connection)

    assert ids(found) == [long]
    assert found.total.rooms == 1
    assert "已满 30 天" in found.definition.zh


def test_only_the_uses_of_the_rule_are_idle(connection: Connection) -> None:
    a_rule(connection, use_codes=["meeting_room"])
    a_room(connection, use="office")
    meeting = a_room(connection, use="meeting_room")

    assert ids(report(connection)) == [meeting]


def test_a_state_that_the_rule_does_not_name_leaves_a_room_idle(connection: Connection) -> None:
    a_rule(connection, statuses=["repair"])
    reserved, repaired = a_room(connection), a_room(connection)
    has_status(connection, reserved, "reserved")
    has_status(connection, repaired, "repair")

    found = report(connection)

    assert ids(found) == [reserved]
    assert found.page.items[0].idle_since is None  # being reserved began nothing and ended nothing


def test_each_jurisdiction_has_its_own_rule_and_the_list_is_one(connection: Connection) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    a_rule(connection, "330203", use_codes=["meeting_room"])
    city, county = a_building(connection), a_building(connection, jurisdiction="330203")
    office = a_room(connection, building=city)
    a_room(connection, building=county)
    meeting = a_room(connection, building=county, use="meeting_room")

    assert ids(report(connection)) == [office, meeting]
    assert ids(report(connection, jurisdiction="330203")) == [meeting]
    first = report(connection, limit=1)
    assert (ids(first), first.page.after, first.total.rooms) == ([office], (city, office), 2)
    rest = reports.idle(connection, Question(D), IdleFilter(), page=PageRequest(1, first.page.after))
    assert (ids(rest), rest.page.after) == ([meeting], None)


def test_a_rule_holds_from_its_day(connection: Connection) -> None:
    a_rule(connection, use_codes=["meeting_room"], valid=period(D))
    office = a_room(connection)

    assert ids(report(connection, as_of=D - timedelta(1))) == [office]
    assert ids(report(connection)) == []


def test_the_map_counts_the_idle_area_that_the_report_counts(connection: Connection) -> None:
    a_rule(connection, use_codes=["meeting_room"])
    building = a_building(connection)
    a_room(connection, building=building, area=30)
    a_room(connection, building=building, area=50, use="meeting_room")

    (summary,) = summarise_buildings(connection, Question(D), Reach(2000))

    assert (summary.usable_m2, summary.idle_m2) == (80, 50)


def test_a_room_nobody_ever_used_says_so(connection: Connection) -> None:
    a_room(connection)

    assert only(connection).reason is IdleReason.NEVER_USED


def test_a_room_whose_agency_was_abolished_says_so(connection: Connection) -> None:
    agency = an_agency(connection, valid=period(None, D - timedelta(9)))
    occupies(connection, agency, a_room(connection), until=D - timedelta(10))

    assert only(connection).reason is IdleReason.AGENCY_ENDED


@pytest.mark.parametrize(
    ("days", "reason"), [(92, IdleReason.AGENCY_MOVED), (-92, IdleReason.AGENCY_MOVED), (93, IdleReason.GIVEN_BACK)]
)
def test_an_agency_that_took_rooms_elsewhere_about_then_moved(
    connection: Connection, days: int, reason: IdleReason
) -> None:
    left = D - timedelta(200)
    agency, there = an_agency(connection), a_building(connection, "2号楼")
    occupies(connection, agency, a_room(connection), until=left)
    occupies(connection, agency, a_room(connection, building=there), since=left + timedelta(days))

    room = only(connection)

    assert room.reason is reason
    assert (room.past.moved_to and room.past.moved_to.id) == (there if reason is IdleReason.AGENCY_MOVED else None)


def test_rooms_taken_in_the_same_building_are_no_move(connection: Connection) -> None:
    left, building, agency = D - timedelta(200), a_building(connection), an_agency(connection)
    occupies(connection, agency, a_room(connection, building=building), until=left)
    occupies(connection, agency, a_room(connection, building=building), since=left)

    assert only(connection).reason is IdleReason.GIVEN_BACK


def test_a_room_that_was_repaired_and_not_assigned_says_so(connection: Connection) -> None:
    room = a_room(connection)
    occupies(connection, an_agency(connection), room, until=D - timedelta(100))
    has_status(connection, room, "repair", since=D - timedelta(100), until=D - timedelta(10))

    found = only(connection)

    assert (found.reason, found.idle_since) == (IdleReason.AFTER_REPAIR, D - timedelta(10))


def test_keeping_a_room_costs_its_area_times_the_cost_of_the_building(connection: Connection) -> None:
    for kind in ("upkeep", "services", "energy"):
        insert(connection, "cost_rate", kind=kind, figure=65 / 3, source="测算")
    for kind, figure in (("building_value", 0), ("useful_life", 1), ("land_value", 0), ("land_term", 1)):
        insert(connection, "cost_rate", kind=kind, figure=figure, source="测算")
    building = a_building(connection)
    a_room(connection, building=building, area=20)
    a_room(connection, building=building, area=None)

    found = report(connection)

    # 65 yuan a m² gross ÷ K 0.65 = 100 yuan a m² usable; × 20 m²
    assert [room.holding.yuan for room in found.page.items] == [pytest.approx(2000), None]
    assert (found.holding.yuan, found.holding.complete) == (pytest.approx(2000), False)  # one area is unknown


def test_without_rates_nobody_says_what_keeping_a_room_costs(connection: Connection) -> None:
    a_room(connection)

    assert (only(connection).holding.yuan, report(connection).holding.yuan) == (None, None)
