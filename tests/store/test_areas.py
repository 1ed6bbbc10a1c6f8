"""Usable area per agency: what counts, when, for whom, and that the sums agree with an independent computation."""

import random
from collections import defaultdict
from datetime import date

import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyproj import Geod, Proj
from shapely import box
from sqlalchemy import Connection, text

from builders import PLANE, a_building, a_jurisdiction, a_room, an_agency, has_posts, occupies
from fangdi.domain.common import PageRequest, Question, Total
from fangdi.domain.usage import UsageFilter
from fangdi.domain.vocabulary import AreaBasis
from fangdi.service import reports

D = date(2026, 1, 1)
EVERYTHING = PageRequest(1000)


def area_of(connection: Connection, agency: int, *, question: Question | None = None) -> float:
    """Return what the agency report says about one agency, m²."""
    report = reports.areas_of_agencies(connection, question or Question(D))
    return next(usage.area_m2 for usage in report.agencies if usage.agency.id == agency)


def test_an_agency_has_the_rooms_it_occupies(connection: Connection) -> None:
    agency = an_agency(connection)
    for area in (18.0, 24.5):
        occupies(connection, agency, a_room(connection, area=area))
    assert area_of(connection, agency) == pytest.approx(42.5)


def test_an_occupancy_counts_on_its_first_day_and_not_on_its_end(connection: Connection) -> None:
    agency, room = an_agency(connection), a_room(connection, area=20)
    occupies(connection, agency, room, since=date(2025, 3, 1), until=date(2025, 9, 1))
    by_day = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 8, 31), date(2025, 9, 1)]
    assert [area_of(connection, agency, question=Question(day)) for day in by_day] == [0, 20, 20, 0]


def test_a_room_counts_only_while_it_exists(connection: Connection) -> None:
    agency = an_agency(connection)
    occupies(connection, agency, a_room(connection, area=20, until=date(2026, 1, 1)))
    assert area_of(connection, agency, question=Question(date(2025, 12, 31))) == 20
    assert area_of(connection, agency) == 0


def test_a_room_shared_by_three_counts_by_its_shares(connection: Connection) -> None:
    room = a_room(connection, area=30)
    shares = {an_agency(connection, f"{name}局"): share for name, share in (("甲", 0.5), ("乙", 0.3), ("丙", 0.2))}
    for agency, share in shares.items():
        occupies(connection, agency, room, share=share)
    assert [area_of(connection, agency) for agency in shares] == pytest.approx([15, 9, 6])


def test_a_shared_room_is_one_room_in_the_total_and_one_for_each_of_its_users(connection: Connection) -> None:
    room = a_room(connection, area=30)
    for _ in range(3):
        occupies(connection, an_agency(connection), room, share=0.25)
    report = reports.areas(connection, Question(D), UsageFilter(), page=EVERYTHING)
    assert [item.rooms for item in report.page.items] == [1, 1, 1]
    assert report.total == Total(rooms=1, area_m2=pytest.approx(22.5), rooms_without_area=0)


def test_two_sections_of_an_agency_in_one_room_are_one_room(connection: Connection) -> None:
    agency, room = an_agency(connection), a_room(connection, area=40)
    occupies(connection, agency, room, share=0.5, unit="一处")
    occupies(connection, agency, room, share=0.25, unit="二处")
    (item,) = reports.areas(connection, Question(D), UsageFilter(), page=EVERYTHING).page.items
    assert (item.rooms, item.area_m2) == (1, pytest.approx(30))
    (usage,) = reports.areas_of_agencies(connection, Question(D)).agencies
    assert (usage.rooms, usage.area_m2) == (1, pytest.approx(30))


def test_a_room_without_area_in_the_basis_is_counted_and_never_filled_in(connection: Connection) -> None:
    agency = an_agency(connection)
    occupies(connection, agency, a_room(connection, area=20, declared_usable_m2=21))
    occupies(connection, agency, a_room(connection, area=None, declared_usable_m2=33))
    measured = reports.areas(connection, Question(D), UsageFilter(), page=EVERYTHING).total
    declared = reports.areas(connection, Question(D, AreaBasis.DECLARED), UsageFilter(), page=EVERYTHING).total
    registered = reports.areas(connection, Question(D, AreaBasis.REGISTERED), UsageFilter(), page=EVERYTHING).total
    assert measured == Total(2, 20, 1)
    assert declared == Total(2, 54, 0)
    assert registered == Total(2, 0, 2)


def test_circulation_is_not_usable_area(connection: Connection) -> None:
    agency = an_agency(connection)
    occupies(connection, agency, a_room(connection, use="corridor", area=60))
    assert area_of(connection, agency) == 0
    assert reports.areas(connection, Question(D), UsageFilter(), page=EVERYTHING).total == Total(0, 0, 0)


def test_an_agency_in_two_buildings_has_a_row_for_each_and_for_each_category(connection: Connection) -> None:
    agency = an_agency(connection)
    for name in ("1号楼", "2号楼"):
        building = a_building(connection, name)
        for use, area in (("office", 18), ("meeting_room", 60)):
            occupies(connection, agency, a_room(connection, building=building, use=use, area=area))
    items = reports.areas(connection, Question(D), UsageFilter(), page=EVERYTHING).page.items
    assert [(item.building.name, item.category, item.area_m2) for item in items] == [
        ("1号楼", "office", 18),
        ("1号楼", "service", 60),
        ("2号楼", "office", 18),
        ("2号楼", "service", 60),
    ]


@pytest.mark.parametrize("only", ["agency", "building", "category"])
def test_a_filter_limits_rows_and_total_alike(connection: Connection, only: str) -> None:
    first, second = an_agency(connection), an_agency(connection)
    near, far = a_building(connection), a_building(connection)
    shared = a_room(connection, building=near, area=40)
    for agency in (first, second):
        occupies(connection, agency, shared, share=0.5)
    occupies(connection, first, a_room(connection, building=far, use="archive", area=7))
    occupies(connection, second, a_room(connection, building=far, area=5))
    wanted = {
        "agency": UsageFilter(agency_id=first),
        "building": UsageFilter(building_id=near),
        "category": UsageFilter(category="office"),
    }[only]
    report = reports.areas(connection, Question(D), wanted, page=EVERYTHING)
    # agency: half of 40 and 7; building: all of 40, one room for two; category: 40 and 5
    expected = {"agency": Total(2, 27, 0), "building": Total(1, 40, 0), "category": Total(2, 45, 0)}[only]
    assert report.total == expected
    assert sum(item.area_m2 for item in report.page.items) == pytest.approx(expected.area_m2)


def test_a_jurisdiction_includes_everything_below_it(connection: Connection) -> None:
    a_jurisdiction(connection)
    a_jurisdiction(connection, "330212", "鄞州区", parent="330200", level="county")
    a_jurisdiction(connection, "330212001000", "某街道", parent="330212", level="township")
    agency = an_agency(connection)
    for code, area in (("330200", 1), ("330212", 10), ("330212001000", 100)):
        building = a_building(connection, jurisdiction=code)
        occupies(connection, agency, a_room(connection, building=building, area=area))
    for code, expected in (("330200", 111), ("330212", 110), ("330212001000", 100)):
        question = Question(D, jurisdiction=code)
        assert reports.areas(connection, question, UsageFilter(), page=EVERYTHING).total.area_m2 == expected
        assert area_of(connection, agency, question=question) == expected


def test_posts_are_those_of_the_date(connection: Connection) -> None:
    agency = an_agency(connection)
    has_posts(connection, agency, 20, until=date(2026, 1, 1))
    has_posts(connection, agency, 30, since=date(2026, 1, 1))
    has_posts(connection, agency, 2, rank="city_bureau_deputy")
    occupies(connection, agency, a_room(connection, area=64))
    (before,) = reports.areas_of_agencies(connection, Question(date(2025, 12, 31))).agencies
    (after,) = reports.areas_of_agencies(connection, Question(D)).agencies
    assert (before.posts, after.posts) == (22, 32)
    assert after.area_per_post_m2 == pytest.approx(64 / 32)


def test_the_rooms_behind_a_figure_add_up_to_it(connection: Connection) -> None:
    agency = an_agency(connection)
    for area, share in ((20, 1), (30, 0.4), (None, 1)):
        occupies(connection, agency, a_room(connection, area=area), share=share)
    rooms = reports.rooms_behind(connection, Question(D), UsageFilter(agency_id=agency), page=EVERYTHING).page.items
    assert [room.area_m2 for room in rooms] == [20, pytest.approx(12), None]
    assert sum(room.area_m2 or 0 for room in rooms) == pytest.approx(area_of(connection, agency))


def test_pages_neither_skip_nor_repeat_when_rows_arrive_in_between(connection: Connection) -> None:
    agencies = [an_agency(connection) for _ in range(5)]
    for agency in agencies:
        occupies(connection, agency, a_room(connection))
    question = Question(D)
    first = reports.areas(connection, question, UsageFilter(), page=PageRequest(2))
    # one more row in the part already read, one in the part still to come
    occupies(connection, agencies[0], a_room(connection))
    occupies(connection, agencies[4], a_room(connection, use="archive"))
    seen, after = [item.agency.id for item in first.page.items], first.page.after
    while after is not None:
        page = reports.areas(connection, question, UsageFilter(), page=PageRequest(2, after)).page
        seen, after = seen + [item.agency.id for item in page.items], page.after
    assert seen == [*agencies, agencies[4]]


def test_an_empty_database_has_no_areas(connection: Connection) -> None:
    report = reports.areas(connection, Question(D), UsageFilter(), page=EVERYTHING)
    assert (report.total, list(report.page.items), report.page.after) == (Total(0, 0, 0), [], None)
    assert reports.areas_of_agencies(connection, Question(D)).agencies == ()


def _draw_city(connection: Connection, seed: int) -> None:
    """Draw 6 buildings of 9 rooms in all categories; some rooms empty, some shared by up to three agencies."""
    dice = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    agencies = [an_agency(connection, f"第{number}局") for number in range(5)]
    for _ in range(6):
        at = (121.55 + dice.uniform(-0.02, 0.02), 29.87 + dice.uniform(-0.02, 0.02))
        building = a_building(connection, at=at)
        for number in range(9):
            west, width, depth = number * 7.0, dice.uniform(3, 6.9), dice.uniform(3, 8)
            plan = box(west, 0, west + width, depth)
            if number % 4 == 0:  # a corner cut out, so that not everything is a rectangle
                plan = plan.difference(box(west, 0, west + 1, 1))
            use = dice.choice(["office", "office", "meeting_room", "toilet", "corridor", "technical"])
            room = a_room(connection, f"{number + 101}", building=building, use=use, plan=plan)
            users = dice.sample(agencies, dice.choice([0, 1, 1, 1, 2, 3]))
            shares = {0: [], 1: [1.0], 2: [0.5, 0.25], 3: [0.4, 0.35, 0.25]}[len(users)]
            for agency, share in zip(users, shares, strict=True):
                occupies(connection, agency, room, share=share)


def _outlines(connection: Connection) -> list[tuple[int, float, shapely.Geometry, shapely.Geometry]]:
    """Return agency, share and both outlines of every use of a room that counts."""
    statement = text("""
        SELECT o.agency_id, o.share, ST_AsBinary(r.plan_outline), ST_AsBinary(r.outline)
          FROM fangdi.occupancy o JOIN fangdi.room r ON r.id = o.room_id WHERE r.use_code <> 'corridor'
    """)
    return [
        (agency, float(share), shapely.from_wkb(bytes(plan)), shapely.from_wkb(bytes(placed)))
        for agency, share, plan, placed in connection.execute(statement)
    ]


@pytest.mark.parametrize("seed", range(3))
def test_areas_by_agency_equal_shapely_on_the_drawn_rooms(connection: Connection, seed: int) -> None:
    _draw_city(connection, seed)
    expected: defaultdict[int, float] = defaultdict(float)
    for agency, share, plan, _ in _outlines(connection):
        expected[agency] += share * plan.area
    for usage in reports.areas_of_agencies(connection, Question(D)).agencies:
        assert usage.area_m2 == pytest.approx(expected[usage.agency.id], rel=1e-6)


def test_areas_by_agency_equal_geodesic_areas_of_the_placed_rooms(connection: Connection) -> None:
    _draw_city(connection, 7)
    ellipsoid, plane = Geod(ellps="GRS80"), Proj(PLANE)
    expected: defaultdict[int, float] = defaultdict(float)
    for agency, share, _, placed in _outlines(connection):
        on_ground = abs(ellipsoid.geometry_area_perimeter(placed)[0])
        centre = placed.centroid
        # rooms are measured in the plane of their plan, which is a little larger than the ground (1.0005 here)
        expected[agency] += share * on_ground * plane.get_factors(centre.x, centre.y).areal_scale
    for usage in reports.areas_of_agencies(connection, Question(D)).agencies:
        assert usage.area_m2 == pytest.approx(expected[usage.agency.id], rel=1e-6)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_what_agencies_have_and_what_is_unassigned_add_up_to_all_rooms(connection: Connection, seed: int) -> None:
    with connection.begin_nested() as drawn:
        _draw_city(connection, seed)
        report = reports.areas_of_agencies(connection, Question(D))
        everything = connection.execute(
            text("SELECT sum(ST_Area(plan_outline)) FROM fangdi.room WHERE use_code <> 'corridor'")
        ).scalar_one()
        of_agencies = sum(usage.area_m2 for usage in report.agencies)
        assert of_agencies + report.unassigned_m2 == pytest.approx(everything, rel=1e-9)
        assert of_agencies == pytest.approx(report.total.area_m2, rel=1e-9)
        drawn.rollback()
