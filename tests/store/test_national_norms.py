"""The figures that the migrations lay down: those of the standard of 2014, and none of 1999."""

from collections.abc import Mapping

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

# 发改投资〔2014〕2674号 表1, m² usable a person, highest rank first
CEILINGS: Mapping[str, tuple[float, ...]] = {
    "central": (54, 42, 24, 18, 12, 9),
    "province": (54, 42, 30, 24, 18, 12, 9),
    "city": (42, 30, 24, 18, 9),
    "county": (30, 24, 18, 12, 9),
}
# 服务用房: figure up to a number of posts, figure from another number on
SERVICE = {
    "central": (9, 200, 400, 7),
    "province": (9, 200, 400, 7),
    "city": (8, 200, 400, 6),
    "county": (8, 100, 200, 6),
}
OTHERS = {
    "office_ceiling_bound": (24, None, None),
    "private_toilet": (6, None, None),
    "equipment_ratio": (0.09, None, None),
    "efficiency_multi_storey": (0.65, None, None),
    "efficiency_high_rise": (0.60, None, None),
    "high_rise_above": (24, None, None),
    "canteen": (3.7, 100, 2.6),
    "car_parking": (40, 200, 38),
    "bicycle_parking": (1.8, None, None),
    "motorcycle_parking": (2.5, None, None),
    "guard": (25, None, None),
    "vacate_after_post": (2, None, None),
    "return_after_leaving": (1, None, None),
}


def found(connection: Connection, what: str, kind: str) -> list[tuple[object, ...]]:
    statement = (
        f"SELECT {what} FROM fangdi.norm LEFT JOIN fangdi.staff_rank ON staff_rank.code = rank_code "  # noqa: S608
        "WHERE kind = :kind AND jurisdiction_code IS NULL ORDER BY norm.level, staff_rank.sort"
    )
    return [tuple(row) for row in connection.execute(text(statement), {"kind": kind})]


@pytest.mark.parametrize("level", CEILINGS)
def test_offices_have_the_ceilings_of_2014(connection: Connection, level: str) -> None:
    rows = found(connection, "norm.level, figure", "office_ceiling")

    assert tuple(figure for of, figure in rows if of == level) == CEILINGS[level]


def test_townships_have_no_figure_of_their_own(connection: Connection) -> None:
    assert {row[0] for row in found(connection, "norm.level", "office_ceiling")} == set(CEILINGS)


def test_service_rooms_have_the_rates_of_2014(connection: Connection) -> None:
    rows = found(connection, "norm.level, figure, upto, beyond_from, figure_beyond", "service_rate")

    assert {row[0]: row[1:] for row in rows} == SERVICE


def test_the_other_figures(connection: Connection) -> None:
    assert {kind: found(connection, "figure, upto, figure_beyond", kind)[0] for kind in OTHERS} == OTHERS


def test_what_was_seen_in_no_official_text_says_so(connection: Connection) -> None:
    sure = {kind: {row[0] for row in found(connection, "verification", kind)} for kind in (*OTHERS, "service_rate")}

    assert {kind for kind, words in sure.items() if words == {"official"}} == {
        *("private_toilet", "equipment_ratio", "canteen", "car_parking"),
    }
    assert sure["high_rise_above"] == {"memory"}
    by_level = dict(found(connection, "norm.level, verification", "service_rate"))
    assert by_level == {"central": "memory", "province": "memory", "city": "official", "county": "memory"}


def test_every_figure_says_where_it_stands_and_since_when(connection: Connection) -> None:
    bare = connection.execute(
        text("SELECT count(*) FROM fangdi.norm WHERE evidence = '' OR article = '' OR lower(valid) IS NULL")
    ).scalar_one()

    assert bare == 0


@pytest.mark.parametrize(
    "change",
    [
        "figure = 10",
        "article = 'x'",
        "valid = daterange('2010-01-01', NULL)",
        "valid = daterange(lower(valid), current_date - 1)",
    ],
)
def test_a_version_that_has_begun_stays_as_it_is(connection: Connection, change: str) -> None:
    with pytest.raises(DBAPIError) as error, connection.begin_nested():
        connection.execute(text(f"UPDATE fangdi.norm SET {change} WHERE kind = 'guard'"))  # noqa: S608

    assert getattr(error.value.orig, "sqlstate", None) == "FD422"
