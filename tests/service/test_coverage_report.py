"""The coverage report: agencies, posts, area and buildings inside the zones, within their radius, and outside."""

from datetime import date

import pytest
from pyproj import Geod
from sqlalchemy import Connection

from builders import CENTRE, a_building, a_room, a_zone, an_agency, degrees_box, occupies
from fangdi.domain.common import Question
from fangdi.domain.coverage import Band, CoverageReport, Reach
from fangdi.domain.vocabulary import AreaBasis
from fangdi.service import reports
from fangdi.service.summary import summarise_buildings

D = date(2026, 1, 1)
EAST_EDGE = (121.56, 29.87)
ZONE = degrees_box(121.54, 29.86, 121.56, 29.88)


def metres_east(distance: float) -> tuple[float, float]:
    """Return the point so many metres east of the zone's eastern edge, half way along it.

    The edge follows its meridian, so the geodesic that leaves it at a right angle is the shortest way back.
    """
    east, north, _ = Geod(ellps="GRS80").fwd(*EAST_EDGE, 90, distance)
    return east, north


def coverage(connection: Connection, *, radius_m: float | None = None, as_of: date = D) -> CoverageReport:
    """Answer with a default radius of 2000 m."""
    return reports.coverage(connection, Question(as_of), Reach(2000, radius_m))


def test_a_building_on_the_radius_is_within_and_one_millimetre_further_is_outside(connection: Connection) -> None:
    a_zone(connection, ZONE)
    for distance in (1999.999, 2000.0, 2000.001):
        a_building(connection, f"{distance}", at=metres_east(distance))
    bands = {item.building.name: item.placing.band for item in coverage(connection).buildings}
    assert bands == {"1999.999": Band.WITHIN, "2000.0": Band.WITHIN, "2000.001": Band.OUTSIDE}


def test_agencies_posts_area_and_buildings_fall_into_bands(connection: Connection) -> None:
    a_zone(connection, ZONE)
    places = {"inside": CENTRE, "within": metres_east(500), "outside": metres_east(5000)}
    for posts, (name, at) in enumerate(places.items(), start=10):
        room = a_room(connection, building=a_building(connection, at=at), area=posts * 10)
        occupies(connection, an_agency(connection, name, posts=posts), room)
    report = coverage(connection)
    found = {band.value: (t.agencies, t.posts, t.area_m2, t.buildings) for band, t in report.totals.items()}
    assert found == {"inside": (1, 10, 100, 1), "within": (1, 11, 110, 1), "outside": (1, 12, 120, 1)}


def test_an_agency_takes_all_its_posts_to_where_most_of_its_area_is(connection: Connection) -> None:
    a_zone(connection, ZONE)
    agency = an_agency(connection, posts=50)
    for at, area in ((CENTRE, 80), (metres_east(9000), 50)):
        occupies(connection, agency, a_room(connection, building=a_building(connection, at=at), area=area))
    report = coverage(connection)
    assert (report.totals[Band.INSIDE].posts, report.totals[Band.OUTSIDE].posts) == (50, 0)
    assert (report.totals[Band.INSIDE].area_m2, report.totals[Band.OUTSIDE].area_m2) == (80, 50)


def test_a_shared_room_counts_by_shares(connection: Connection) -> None:
    a_zone(connection, ZONE)
    room = a_room(connection, building=a_building(connection), area=40)
    for name, share in (("甲局", 0.75), ("乙局", 0.25)):
        occupies(connection, an_agency(connection, name), room, share=share)
    assert [agency.area_m2 for agency in coverage(connection).agencies] == pytest.approx([30, 10])


def test_an_agency_without_rooms_is_unplaced(connection: Connection) -> None:
    a_zone(connection, ZONE)
    an_agency(connection, posts=8)
    report = coverage(connection)
    assert (report.unplaced.agencies, report.unplaced.posts, report.agencies) == (1, 8, ())


def test_an_agency_without_area_in_the_basis_is_unplaced(connection: Connection) -> None:
    a_zone(connection, ZONE)
    building = a_building(connection, at=metres_east(5000))
    unmeasured = an_agency(connection, posts=8)
    occupies(connection, unmeasured, a_room(connection, building=building, area=None, declared_usable_m2=20))
    report = coverage(connection)
    assert (report.unplaced.agencies, report.unplaced.posts, report.agencies) == (1, 8, ())
    assert report.totals[Band.OUTSIDE].agencies == report.totals[Band.INSIDE].agencies == 0
    declared = reports.coverage(connection, Question(D, AreaBasis.DECLARED), Reach(2000))
    assert (declared.unplaced.agencies, declared.totals[Band.OUTSIDE].posts) == (0, 8)
    assert "没有使用面积的单位" in report.definition.zh
    assert "without usable area" in report.definition.en


def test_the_radius_of_a_zone_and_of_the_question(connection: Connection) -> None:
    a_zone(connection, ZONE, radius_m=1000)
    a_building(connection, at=metres_east(1500))
    assert [item.placing.band for item in coverage(connection).buildings] == [Band.OUTSIDE]
    assert [item.placing.band for item in coverage(connection, radius_m=1500).buildings] == [Band.WITHIN]


def test_a_zone_counts_from_its_first_day(connection: Connection) -> None:
    from builders import period  # noqa: PLC0415 - named here for what it says

    a_zone(connection, ZONE, valid=period(D))
    a_building(connection)
    assert [item.placing.band for item in coverage(connection).buildings] == [Band.INSIDE]
    before = coverage(connection, as_of=date(2025, 12, 31))
    assert [item.placing.band for item in before.buildings] == [Band.OUTSIDE]
    assert before.buildings[0].placing.distance_m is None


def test_an_empty_database_has_empty_bands(connection: Connection) -> None:
    report = coverage(connection)
    assert all((t.agencies, t.posts, t.area_m2, t.buildings) == (0, 0, 0, 0) for t in report.totals.values())


def test_the_map_gets_one_row_a_building(connection: Connection) -> None:
    a_zone(connection, ZONE)
    building = a_building(connection)
    occupies(connection, an_agency(connection), a_room(connection, building=building, area=30))
    a_room(connection, building=building, area=10)
    a_room(connection, building=building, area=99, use="corridor")
    (row,) = summarise_buildings(connection, Question(D), Reach(2000))
    assert (row.usable_m2, row.idle_m2, row.idle_share, row.band) == (40, 10, 0.25, Band.INSIDE)
