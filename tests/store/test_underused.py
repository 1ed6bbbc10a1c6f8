"""Under-used space from what is filed: agencies by m² a head, rooms by seats, at the ends of quarters."""

from datetime import date
from typing import Any

from sqlalchemy import Connection

from builders import a_building, a_jurisdiction, a_room, an_agency, insert, occupies, period
from fangdi.domain.common import Question
from fangdi.domain.underused import UnderUsedReport
from fangdi.service.underused import under_used

D = date(2026, 1, 1)
LAST, BEFORE = date(2025, 12, 31), date(2025, 9, 30)


def a_rule(connection: Connection, place: str = "330200", **more: Any) -> None:
    a_jurisdiction(connection, place)
    values = {"source": "试行办法", "verification": "official", "m2_per_head": 18, "seat_share": 0.5, **more}
    insert(connection, "idle_rule", jurisdiction_code=place, **values)


def report(connection: Connection, **asked: Any) -> UnderUsedReport:
    return under_used(connection, Question(D, **asked))


def sits(connection: Connection, occupancy: int, persons: int) -> None:
    for number in range(persons):
        who = {"occupancy_id": occupancy, "person_key": f"{occupancy}-{number}", "jurisdiction_code": "330200"}
        insert(connection, "occupant", **who)


def test_without_a_rule_nothing_is_looked_at(connection: Connection) -> None:
    occupies(connection, an_agency(connection, present=1), a_room(connection, area=500))

    found = report(connection)

    assert (found.agencies, found.rooms, found.periods) == ((), (), ())
    assert (found.agencies_looked_at, found.rooms_looked_at) == (False, False)


def test_an_agency_with_too_many_square_metres_a_head_is_found_with_what_it_could_spare(connection: Connection) -> None:
    a_rule(connection)
    wide, fair = an_agency(connection, "宽", present=10), an_agency(connection, "可", present=10)
    occupies(connection, wide, a_room(connection, area=200))
    occupies(connection, fair, a_room(connection, area=180))

    (one,) = report(connection).agencies

    assert one.agency.name == "宽"
    assert (one.m2_per_head, one.spare_m2) == (20, 20)  # 200 ÷ 10; 200 − 18 × 10
    assert [measured.day for measured in one.measures][-2:] == [BEFORE, LAST]


def test_meeting_rooms_are_no_offices(connection: Connection) -> None:
    a_rule(connection)
    agency = an_agency(connection, present=10)
    occupies(connection, agency, a_room(connection, area=150))
    occupies(connection, agency, a_room(connection, area=150, use="meeting_room"))

    assert report(connection).agencies == ()


def test_one_quarter_is_not_enough(connection: Connection) -> None:
    a_rule(connection)
    agency = an_agency(connection, present=10)
    occupies(connection, agency, a_room(connection, area=200), since=date(2025, 10, 1))

    assert report(connection).agencies == ()

    occupies(connection, agency, a_room(connection, area=200), since=date(2025, 9, 30))
    (one,) = report(connection).agencies
    assert one.since == BEFORE


def test_an_agency_that_reports_no_staff_is_not_judged(connection: Connection) -> None:
    a_rule(connection)
    occupies(connection, an_agency(connection), a_room(connection, area=500))

    assert report(connection).agencies == ()


def test_a_room_of_which_too_few_seats_are_taken_is_found(connection: Connection) -> None:
    a_rule(connection)
    building, agency = a_building(connection), an_agency(connection)
    for number, persons in (("空", 0), ("一", 1), ("半", 2), ("满", 4)):
        room = a_room(connection, number, building=building, seats=4)
        sits(connection, occupies(connection, agency, room), persons)

    found = report(connection).rooms

    assert [(room.number, room.persons, room.seats) for room in found] == [("空", 0, 4), ("一", 1, 4)]


def test_rooms_of_a_building_that_has_ended_are_not_looked_at(connection: Connection) -> None:
    a_rule(connection)
    agency = an_agency(connection)
    for name, until in (("在", date(2026, 1, 2)), ("拆", D)):
        building = a_building(connection, name, valid=period(None, until))
        sits(connection, occupies(connection, agency, a_room(connection, name, building=building, seats=4)), 1)

    assert [room.number for room in report(connection).rooms] == ["在"]


def test_nobody_is_expected_to_sit_in_a_meeting_room(connection: Connection) -> None:
    a_rule(connection)
    building, agency = a_building(connection), an_agency(connection)
    sits(connection, occupies(connection, agency, a_room(connection, building=building, seats=1)), 1)
    occupies(connection, agency, a_room(connection, building=building, seats=30, use="meeting_room"))

    assert report(connection).rooms == ()


def test_rooms_of_an_agency_that_files_nobody_say_nothing(connection: Connection) -> None:
    a_rule(connection)
    occupies(connection, an_agency(connection), a_room(connection, seats=4))

    assert report(connection).rooms == ()


def test_a_room_taken_since_the_last_quarter_is_not_judged_yet(connection: Connection) -> None:
    a_rule(connection)
    building, agency = a_building(connection), an_agency(connection)
    sits(connection, occupies(connection, agency, a_room(connection, building=building, seats=1)), 1)
    occupies(connection, agency, a_room(connection, building=building, seats=4), since=date(2025, 12, 1))

    assert report(connection).rooms == ()


def test_each_jurisdiction_has_its_own_thresholds(connection: Connection) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    a_rule(connection)
    a_rule(connection, "330203", m2_per_head=30, valid=period(date(2020, 1, 1)))
    for place in ("330200", "330203"):
        building = a_building(connection, jurisdiction=place)
        agency = an_agency(connection, place, present=10, jurisdiction=place)
        occupies(connection, agency, a_room(connection, building=building, area=250))

    assert [one.agency.name for one in report(connection).agencies] == ["330200"]
    assert report(connection, jurisdiction="330203").agencies == ()
