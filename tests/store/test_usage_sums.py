"""Sums of use that are kept as rooms change never differ from what the rooms add up to."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

import builders
import people
import usage_world
from fangdi.domain.vocabulary import AreaBasis, SpellKind
from fangdi.store import usage
from fangdi.store.access import Credential, acting

CHANGES = 1_000
_DIFFERENCES = """
SELECT count(*) FROM (
    SELECT FROM (SELECT ROW(spell.*) AS spell, 1 AS side FROM fangdi.room_spell AS spell
                 UNION ALL SELECT ROW(spell.*), -1 FROM fangdi.room_spell_now AS spell) AS spell
     GROUP BY spell HAVING sum(side) <> 0) AS differing
UNION ALL
SELECT count(*) FROM (
    SELECT FROM (SELECT ROW(bucket.*) AS bucket, 1 AS side FROM fangdi.usage_bucket AS bucket
                 UNION ALL SELECT ROW(bucket.*), -1 FROM fangdi.usage_of_spells() AS bucket) AS bucket
     GROUP BY bucket HAVING sum(side) <> 0) AS differing
"""


def _kept(connection: Connection, day: date) -> Counter[tuple[Any, ...]]:
    sums: dict[tuple[Any, ...], int] = {}
    for basis in usage_world.BASES:
        asked = {"day": day, "basis": basis}
        found = connection.execute(text("SELECT * FROM fangdi.seen_usage(:day, :basis)"), asked)
        for place, agency, use, kind, rooms, with_area, mm2 in found:
            key = (place, agency, use, kind)
            sums |= {(*key, "rooms"): rooms, (*key, f"with_{basis}"): with_area, (*key, f"{basis}_mm2"): mm2}
    return Counter({key: number for key, number in sums.items() if number})


def _idle(connection: Connection, day: date) -> list[Any]:
    """Return the idle rooms of all buildings, where a room under repair counts as idle."""
    statement = text(
        "SELECT id, building_id, area_m2 FROM fangdi.seen_idle_in(:day, 'declared', '{office,storage}', "
        "ARRAY(SELECT id FROM fangdi.building), '{reserved,handed_over}') ORDER BY id"
    )
    return list(connection.execute(statement, {"day": day}))


@pytest.mark.parametrize("seed", [1, 2])
def test_after_each_of_a_thousand_changes_the_sums_are_what_a_recomputation_gives(
    connection: Connection, seed: int
) -> None:
    world = usage_world.make(connection, seed)
    for number in range(CHANGES):
        usage_world.change(world)
        differences = list(connection.execute(text(_DIFFERENCES)).scalars())
        assert differences == [0, 0], f"after change {number}"
        day = world.day()
        assert _kept(connection, day) == usage_world.expected(connection, day), f"after change {number}, as of {day}"
    assert not usage.is_outdated(connection)


def test_a_large_change_is_answered_from_the_rooms_until_it_is_added_up(connection: Connection) -> None:
    world = usage_world.make(connection, 3)
    for _ in range(30):
        usage_world.change(world)
    connection.execute(text("SELECT fangdi.outdate_usage()"))
    for _ in range(30):
        usage_world.change(world)
    days = [usage_world.FIRST + timedelta(days=300 * n) for n in range(13)]
    wanted = [usage_world.expected(connection, day) for day in days]
    assert usage.is_outdated(connection)
    assert [_kept(connection, day) for day in days] == wanted
    idle = [_idle(connection, day) for day in days]
    assert any(idle)
    usage.recompute(connection)
    assert not usage.is_outdated(connection)
    assert [_kept(connection, day) for day in days] == wanted
    assert [_idle(connection, day) for day in days] == idle
    assert list(connection.execute(text(_DIFFERENCES)).scalars()) == [0, 0]


def test_more_rooms_than_are_kept_at_once_are_left_for_later(connection: Connection) -> None:
    building = builders.a_building(connection)
    floor = builders.a_floor(connection, building)
    connection.execute(
        text(
            "INSERT INTO fangdi.room (jurisdiction_code, building_id, floor_id, code, use_code, measured_usable_m2) "
            "SELECT '330200', :building, :floor, n, 'office', 20 FROM generate_series(1, 2001) AS n"
        ),
        {"building": building, "floor": floor},
    )
    assert usage.is_outdated(connection)
    (found,) = usage.as_of(connection, as_of=date(2026, 1, 1), basis=AreaBasis.MEASURED)
    assert (found.kind, found.rooms, found.area_m2) == (SpellKind.FREE, 2001, 2001 * 20)


def test_parts_and_rest_of_a_shared_room_add_up_to_its_area(connection: Connection) -> None:
    # a third of 10 m²: 10,000,000 mm² × 0.33333 = 3,333,300, twice; the rest is 3,333,400
    room = builders.a_room(connection, area=10)
    for _ in range(2):
        builders.occupies(connection, builders.an_agency(connection), room, share=0.33333)
    found = usage.as_of(connection, as_of=date(2026, 1, 1), basis=AreaBasis.MEASURED)
    assert sorted((one.kind, one.rooms, one.area_m2) for one in found) == [
        ("part", 1, 3.3333),
        ("part", 1, 3.3333),
        ("rest", 1, 3.3334),
    ]


def test_sums_leave_out_what_the_reader_may_not_see(connection: Connection) -> None:
    builders.a_room(connection, area=10)
    builders.a_room(connection, area=100, classified=True)
    elsewhere = builders.a_jurisdiction(connection, "330203", parent="330200")
    builders.a_room(connection, area=1000, building=builders.a_building(connection, jurisdiction=elsewhere))
    for login, place, cleared in (("lin", "330203", False), ("wang", "330200", False), ("zhao", "330200", True)):
        account = people.an_account(connection, login, cleared=cleared)
        people.has_role(connection, account, "viewer", jurisdiction=place)

    def seen(login: str) -> float:
        with connection.begin_nested() as savepoint, acting(connection, Credential.account(login)):
            found = usage.as_of(connection, as_of=date(2026, 1, 1), basis=AreaBasis.MEASURED)
            savepoint.rollback()
        return sum(one.area_m2 for one in found)

    assert [seen("lin"), seen("wang"), seen("zhao")] == [1000, 1010, 1110]
