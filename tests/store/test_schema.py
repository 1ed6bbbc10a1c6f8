"""What the database itself refuses, whoever writes."""

import math
from datetime import date

import pytest
from shapely import MultiPolygon, Polygon
from sqlalchemy import Connection, text
from sqlalchemy.exc import DatabaseError

from builders import (
    a_building,
    a_floor,
    a_parcel,
    a_room,
    an_agency,
    degrees_box,
    has_posts,
    has_status,
    has_tenure,
    has_title,
    insert,
    occupies,
    on_map,
    period,
    square,
)

NEW_YEAR = date(2026, 1, 1)
JULY = date(2026, 7, 1)


def test_a_room_used_whole_has_one_user_at_a_time(connection: Connection) -> None:
    room = a_room(connection)
    occupies(connection, an_agency(connection), room)

    with pytest.raises(DatabaseError, match="ex_occupancy_whole_room_once"):
        occupies(connection, an_agency(connection), room, since=JULY)


def test_a_room_can_pass_to_another_user_on_the_day_the_first_leaves(connection: Connection) -> None:
    room = a_room(connection)
    occupies(connection, an_agency(connection), room, until=JULY)

    assert occupies(connection, an_agency(connection), room, since=JULY)


def test_three_thirds_of_a_room_fit(connection: Connection) -> None:
    room = a_room(connection)

    occupancies = [
        occupies(connection, an_agency(connection), room, share=share) for share in (0.33334, 0.33333, 0.33333)
    ]

    assert len(occupancies) == 3


def test_shares_of_a_room_never_exceed_the_whole(connection: Connection) -> None:
    room = a_room(connection)
    occupies(connection, an_agency(connection), room, share=0.6, since=NEW_YEAR)

    with pytest.raises(DatabaseError, match="shared out to"):
        occupies(connection, an_agency(connection), room, share=0.5, until=JULY)


def test_a_share_cannot_stand_beside_use_of_the_whole_room(connection: Connection) -> None:
    room = a_room(connection)
    occupies(connection, an_agency(connection), room, share=0.5)

    with pytest.raises(DatabaseError, match="shared out to"):
        occupies(connection, an_agency(connection), room)


def test_shares_that_follow_each_other_are_not_added_up(connection: Connection) -> None:
    room = a_room(connection)
    occupies(connection, an_agency(connection), room, share=0.6, until=JULY)

    assert occupies(connection, an_agency(connection), room, share=0.6, since=JULY)


def test_a_building_has_one_title_a_day(connection: Connection) -> None:
    building = a_building(connection)
    has_title(connection, "unregistered", building=building, until=JULY)
    has_title(connection, "administration", building=building, since=JULY)

    with pytest.raises(DatabaseError, match="ex_title_building_once"):
        has_title(connection, "recorded", building=building, since=NEW_YEAR)


def test_a_building_has_one_tenure_a_day(connection: Connection) -> None:
    building = a_building(connection)
    has_tenure(connection, building, "leased", until=JULY)

    with pytest.raises(DatabaseError, match="ex_tenure_once"):
        has_tenure(connection, building, "owned", since=NEW_YEAR)


def test_a_room_has_one_status_a_day(connection: Connection) -> None:
    room = a_room(connection)
    has_status(connection, room, "repair")

    with pytest.raises(DatabaseError, match="ex_room_status_once"):
        has_status(connection, room, "reserved", since=JULY)


def test_an_agency_has_one_number_of_posts_of_a_rank_a_day(connection: Connection) -> None:
    agency = an_agency(connection)
    has_posts(connection, agency, 12, until=JULY)
    has_posts(connection, agency, 14, since=JULY)

    with pytest.raises(DatabaseError, match="ex_agency_posts_once"):
        has_posts(connection, agency, 13, since=NEW_YEAR)


def test_a_floor_cannot_lie_in_another_jurisdiction_than_its_building(connection: Connection) -> None:
    building = a_building(connection)
    an_agency(connection, jurisdiction="330203")

    with pytest.raises(DatabaseError, match="fk_floor_building_id"):
        insert(connection, "floor", building_id=building, level=1, name="一层", jurisdiction_code="330203")


def test_a_room_cannot_lie_on_another_building_s_floor(connection: Connection) -> None:
    floor = a_floor(connection, a_building(connection))
    other = a_building(connection)

    with pytest.raises(DatabaseError, match="fk_room_floor_id"):
        insert(
            connection,
            "room",
            floor_id=floor,
            building_id=other,
            code="101",
            use_code="office",
            jurisdiction_code="330200",
        )


def test_a_building_s_move_to_another_jurisdiction_takes_its_rooms_along(connection: Connection) -> None:
    room = a_room(connection)
    an_agency(connection, jurisdiction="330212")
    connection.execute(text("UPDATE fangdi.building SET jurisdiction_code = '330212'"))

    moved = connection.execute(text("SELECT jurisdiction_code FROM fangdi.room WHERE id = :id"), {"id": room})

    assert moved.scalar_one() == "330212"


@pytest.mark.parametrize("code", ["330203001001GB0001", "330203001001GV00012", "33020300100AGB00012"])
def test_a_parcel_code_of_another_form_is_refused(connection: Connection, code: str) -> None:
    with pytest.raises(DatabaseError, match="parcel_code_form"):
        a_parcel(connection, parcel_code=code)


def test_a_state_owned_building_parcel_code_is_accepted(connection: Connection) -> None:
    assert a_parcel(connection, parcel_code="330203001001GB00012", unit_code="330203001001GB00012F00180302")


def test_a_land_use_code_without_its_scheme_is_refused(connection: Connection) -> None:
    with pytest.raises(DatabaseError, match="land_use_with_scheme"):
        a_parcel(connection, land_use_code="0801")


@pytest.mark.parametrize("area", [0, -12.5, 1_000_000.5, math.inf, math.nan])
def test_an_area_is_positive_and_no_larger_than_there_can_be_or_unknown(connection: Connection, area: float) -> None:
    with pytest.raises(DatabaseError, match="measured_usable_positive"):
        a_room(connection, area=area)


def test_the_largest_areas_that_there_can_be_are_taken(connection: Connection) -> None:
    building = a_building(connection, measured_gross_m2=1e8, parcels=(a_parcel(connection, measured_land_m2=1e10),))
    assert a_room(connection, building=building, area=1e6)


def test_a_building_and_a_parcel_have_largest_areas_too(connection: Connection) -> None:
    with pytest.raises(DatabaseError, match="measured_gross_positive"), connection.begin_nested():
        a_building(connection, measured_gross_m2=1.01e8)
    with pytest.raises(DatabaseError, match="measured_land_positive"):
        a_parcel(connection, measured_land_m2=1.01e10)


@pytest.mark.parametrize("yuan", [-1, math.inf, math.nan])
def test_rents_and_incomes_are_figures(connection: Connection, yuan: float) -> None:
    building = a_building(connection)
    place = {"jurisdiction_code": "330200"}
    with pytest.raises(DatabaseError, match="rent_not_negative"), connection.begin_nested():
        insert(connection, "tenure", building_id=building, kind="leased", annual_rent_yuan=yuan, **place)
    room = a_room(connection, building=building)
    with pytest.raises(DatabaseError, match="income_not_negative"):
        insert(connection, "outside_use", room_id=room, kind="let", outsider="某店", annual_income_yuan=yuan, **place)


def test_who_has_a_room_and_who_has_a_post_are_named(connection: Connection) -> None:
    room, agency = a_room(connection), an_agency(connection)
    place = {"jurisdiction_code": "330200"}
    with pytest.raises(DatabaseError, match="outsider_given"), connection.begin_nested():
        insert(connection, "outside_use", room_id=room, kind="let", outsider=" ", **place)
    with pytest.raises(DatabaseError, match="person_given"):
        insert(connection, "leader_post", agency_id=agency, person_key=" ", **place)


def test_an_outline_that_crosses_itself_is_refused(connection: Connection) -> None:
    bow_tie = Polygon([(0, 0), (10, 10), (10, 0), (0, 10)])

    with pytest.raises(DatabaseError, match="outline_valid"):
        a_parcel(connection, outline=on_map(bow_tie))


def test_a_room_s_outline_that_crosses_itself_is_refused_when_it_is_drawn(connection: Connection) -> None:
    bow_tie = Polygon([(0, 0), (10, 10), (10, 0), (0, 6)])

    with pytest.raises(DatabaseError, match=r"outline of room .* is not valid: Self-intersection"):
        a_room(connection, plan=bow_tie)


def test_a_room_s_outline_that_crosses_itself_is_refused_when_it_is_changed(connection: Connection) -> None:
    room = a_room(connection, plan=square(10))
    bow_tie = on_map(Polygon([(0, 0), (10, 10), (10, 0), (0, 10)]))

    with pytest.raises(DatabaseError, match="is not valid: Self-intersection"):
        connection.execute(
            text("UPDATE fangdi.room SET outline = ST_GeomFromText(:wkt, 4490) WHERE id = :id"),
            {"wkt": bow_tie.wkt, "id": room},
        )


@pytest.mark.parametrize("change", ["outline = ST_Translate(outline, 0.001, 0)", "tile_shape = NULL", "name = 'a'"])
def test_a_room_s_copy_for_tiles_follows_its_outline(connection: Connection, change: str) -> None:
    room = a_room(connection, plan=square(10))

    connection.execute(text(f"UPDATE fangdi.room SET {change} WHERE id = :id"), {"id": room})  # noqa: S608 - literals above

    copied = text("SELECT ST_Equals(tile_shape, ST_Transform(outline, 3857)) FROM fangdi.room WHERE id = :id")
    assert connection.execute(copied, {"id": room}).scalar_one()


def test_a_jurisdiction_s_code_has_six_or_twelve_digits(connection: Connection) -> None:
    with pytest.raises(DatabaseError, match="code_form"):
        insert(connection, "jurisdiction", code="3302", name="宁波市", level="city")


def test_the_tile_copy_follows_the_outline(connection: Connection) -> None:
    parcel = a_parcel(connection, outline=degrees_box(121, 29, 122, 30))
    # Web Mercator: x = R·λ with R = 6378137 m, so one degree is 6378137·π/180 = 111319.490793 m
    width = connection.execute(
        text("SELECT ST_XMax(tile_shape) - ST_XMin(tile_shape) FROM fangdi.parcel WHERE id = :id"), {"id": parcel}
    ).scalar_one()

    assert width == pytest.approx(111319.490793, abs=1e-5)


def test_periods_end_before_their_last_day(connection: Connection) -> None:
    occupancy = occupies(connection, an_agency(connection), a_room(connection), until=JULY)

    inside = connection.execute(
        text("SELECT valid @> date '2026-06-30', valid @> date '2026-07-01' FROM fangdi.occupancy WHERE id = :id"),
        {"id": occupancy},
    ).one()

    assert tuple(inside) == (True, False)
    assert period(NEW_YEAR, JULY).upper == JULY


def test_a_building_is_drawn_by_its_footprint_or_else_by_its_point(connection: Connection) -> None:
    outline: MultiPolygon = on_map(square(30))
    drawn, point = a_building(connection, outline=outline), a_building(connection)

    kinds = connection.execute(
        text("SELECT GeometryType(tile_shape) FROM fangdi.building WHERE id IN (:a, :b) ORDER BY id"),
        {"a": drawn, "b": point},
    ).scalars()

    assert list(kinds) == ["MULTIPOLYGON", "POINT"]
