"""Idle rooms: which are, since when, and how much area that is."""

from datetime import date

import pytest
from sqlalchemy import Connection

from builders import a_building, a_jurisdiction, a_room, an_agency, has_status, occupies, period
from fangdi.domain.common import PageRequest, Question, Total
from fangdi.domain.idle import IdleFilter, IdleRoom, idle_days
from fangdi.service import reports

D = date(2026, 1, 1)
EVERYTHING = PageRequest(1000)


def idle(connection: Connection, *, as_of: date = D, wanted: IdleFilter | None = None) -> list[IdleRoom]:
    """Return the idle rooms of a date."""
    return list(reports.idle(connection, Question(as_of), wanted or IdleFilter(), page=EVERYTHING).page.items)


def idle_since(connection: Connection, *, as_of: date = D) -> date | None:
    """Return since when the only idle room is idle."""
    (room,) = idle(connection, as_of=as_of)
    return room.idle_since


def test_a_room_nobody_uses_is_idle(connection: Connection) -> None:
    used, empty = a_room(connection, "101"), a_room(connection, "102")
    occupies(connection, an_agency(connection), used)
    assert [room.id for room in idle(connection)] == [empty]


def test_a_room_used_in_part_is_not_idle(connection: Connection) -> None:
    occupies(connection, an_agency(connection), a_room(connection), share=0.25)
    assert idle(connection) == []


@pytest.mark.parametrize("status", ["repair", "reserved", "handed_over"])
def test_a_room_under_repair_reserved_or_handed_over_is_not_idle(connection: Connection, status: str) -> None:
    has_status(connection, a_room(connection), status)
    assert idle(connection) == []


@pytest.mark.parametrize("use", ["corridor", "toilet", "tea_room", "pump_room", "canteen"])
def test_a_common_part_is_never_idle(connection: Connection, use: str) -> None:
    a_room(connection, use=use)
    assert idle(connection) == []


def test_an_occupancy_that_ended_yesterday_leaves_the_room_idle_since_then(connection: Connection) -> None:
    agency, room = an_agency(connection, "市审计局"), a_room(connection)
    occupies(connection, agency, room, since=date(2020, 1, 1), until=D)  # the last day of use was 31 December
    (found,) = idle(connection)
    assert (found.idle_since, found.last_agency and found.last_agency.name) == (D, "市审计局")
    assert idle(connection, as_of=date(2025, 12, 31)) == []


def test_a_room_is_idle_since_the_later_of_use_and_repair_ended(connection: Connection) -> None:
    room = a_room(connection)
    occupies(connection, an_agency(connection), room, until=date(2025, 1, 1))
    has_status(connection, room, "repair", since=date(2025, 1, 1), until=date(2025, 7, 1))
    assert idle_since(connection) == date(2025, 7, 1)


def test_a_room_never_used_is_idle_since_it_exists(connection: Connection) -> None:
    a_room(connection, since=date(2024, 5, 1))
    assert idle_since(connection) == date(2024, 5, 1)


def test_a_room_of_which_nothing_is_known_is_idle_since_records_begin(connection: Connection) -> None:
    a_room(connection)
    assert idle_since(connection) is None


def test_what_happens_after_the_date_does_not_matter(connection: Connection) -> None:
    room = a_room(connection)
    occupies(connection, an_agency(connection), room, since=date(2020, 1, 1), until=date(2022, 1, 1))
    occupies(connection, an_agency(connection), room, since=date(2026, 6, 1))
    assert idle_since(connection) == date(2022, 1, 1)
    assert idle_since(connection, as_of=date(2023, 1, 1)) == date(2022, 1, 1)


def test_a_room_that_does_not_exist_yet_or_any_more_is_not_idle(connection: Connection) -> None:
    a_room(connection, since=date(2026, 1, 2))
    a_room(connection, until=date(2026, 1, 1))
    assert idle(connection) == []


@pytest.mark.parametrize("valid", [period(None, D), period(date(2026, 1, 2), None)])
def test_a_room_exists_only_while_its_building_does(connection: Connection, valid: object) -> None:
    building = a_building(connection, valid=valid)
    a_room(connection, "101", building=building)
    occupies(connection, an_agency(connection), a_room(connection, "102", building=building))

    areas = reports.areas_of_agencies(connection, Question(D))

    assert idle(connection) == []
    assert (areas.all_rooms.rooms, areas.total.rooms) == (0, 0)


def test_a_room_never_used_is_idle_since_its_building_stands(connection: Connection) -> None:
    building = a_building(connection, valid=period(date(2025, 3, 1), None))
    a_room(connection, building=building)
    assert idle_since(connection) == date(2025, 3, 1)


def test_the_largest_user_counts_as_the_last_one(connection: Connection) -> None:
    room = a_room(connection)
    for name, share in (("甲局", 0.3), ("乙局", 0.7)):
        occupies(connection, an_agency(connection, name), room, share=share, until=date(2025, 1, 1))
    (found,) = idle(connection)
    assert found.last_agency
    assert found.last_agency.name == "乙局"


def test_filters_limit_by_area_days_category_building_and_jurisdiction(connection: Connection) -> None:
    a_jurisdiction(connection)
    a_jurisdiction(connection, "330212", "鄞州区", parent="330200", level="county")
    there = a_building(connection, jurisdiction="330212")
    small = a_room(connection, area=10, since=date(2025, 12, 1))
    large = a_room(connection, area=60, use="meeting_room", building=there, since=date(2024, 1, 1))
    unknown = a_room(connection, area=None)

    def found(wanted: IdleFilter) -> set[int]:
        return {room.id for room in idle(connection, wanted=wanted)}

    assert found(IdleFilter(min_area_m2=10)) == {small, large}
    assert found(IdleFilter(max_area_m2=10)) == {small}
    # December has 31 days; where nobody knows since when, it is long enough
    assert found(IdleFilter(min_days=31)) == {small, large, unknown}
    assert found(IdleFilter(min_days=32)) == {large, unknown}
    assert found(IdleFilter(category="service")) == {large}
    assert found(IdleFilter(building_id=there)) == {large}
    in_county = reports.idle(connection, Question(D, jurisdiction="330212"), IdleFilter(), page=EVERYTHING)
    assert [room.id for room in in_county.page.items] == [large]


def test_the_total_is_of_all_pages(connection: Connection) -> None:
    for area in (10, 20, None):
        a_room(connection, area=area)
    report = reports.idle(connection, Question(D), IdleFilter(), page=PageRequest(1))
    assert len(report.page.items) == 1
    assert report.total == Total(3, 30, 1)


def test_pages_hold_every_idle_room_once(connection: Connection) -> None:
    rooms = [a_room(connection, building=building) for building in [a_building(connection)] * 3]
    rooms += [a_room(connection) for _ in range(4)]
    seen: list[int] = []
    after = None
    while True:
        page = reports.idle(connection, Question(D), IdleFilter(), page=PageRequest(3, after)).page
        seen += [room.id for room in page.items]
        if page.after is None:
            break
        after = page.after
    assert seen == rooms


def test_an_empty_database_has_no_idle_rooms(connection: Connection) -> None:
    report = reports.idle(connection, Question(D), IdleFilter(), page=EVERYTHING)
    assert (report.total, list(report.page.items)) == (Total(0, 0, 0), [])


def test_the_first_idle_day_is_day_zero() -> None:
    assert idle_days(D, as_of=D) == 0
    assert idle_days(date(2025, 1, 1), as_of=D) == 365
    assert idle_days(None, as_of=D) is None
