"""Facts are kept while their data stay the same, and not a moment longer."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, text

from builders import a_building, a_room, a_zone, an_agency, occupies
from fangdi.domain.common import PageRequest, Question
from fangdi.domain.coverage import Band, Reach
from fangdi.domain.usage import UsageFilter
from fangdi.service import reports
from fangdi.store import coverage, memo

D = date(2026, 1, 1)


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Begin and end with nothing kept."""
    memo.forget()
    yield
    memo.forget()


def test_a_fact_is_found_once_while_its_layers_stay_the_same(connection: Connection) -> None:
    found = []

    def find() -> int:
        found.append(1)
        return len(found)

    def ask() -> int:
        return memo.remember(connection, find, name="test", layers=("rooms", "zones"), asked=D)

    assert (ask(), ask()) == (1, 1)
    a_room(connection)
    assert (ask(), ask()) == (2, 2)


def test_other_questions_have_other_facts(connection: Connection) -> None:
    for asked in (1, 2):
        assert memo.remember(connection, lambda: asked, name="test", layers=("rooms",), asked=asked) == asked  # noqa: B023


def test_no_more_is_kept_than_is_allowed(connection: Connection) -> None:
    for asked in range(memo.MOST + 5):
        memo.remember(connection, lambda: 0, name="test", layers=("rooms",), asked=asked)
    assert len(memo._facts) == memo.MOST


def test_small_facts_are_many_and_drive_no_large_one_out(connection: Connection) -> None:
    kept: dict[str, Any] = {"name": "test", "layers": ("rooms",)}
    assert memo.remember(connection, lambda: "large", asked=0, **kept) == "large"
    for asked in range(memo.MOST_SUMS + 5):
        memo.remember(connection, lambda: "small", asked=asked, small=True, **kept)
    assert memo.remember(connection, lambda: "anew", asked=0, **kept) == "large"
    assert len(memo._sums) == memo.MOST_SUMS


def test_without_versions_nothing_is_kept(connection: Connection) -> None:
    connection.execute(text("DELETE FROM fangdi.layer_version"))
    values = iter([1, 2])
    asked = [memo.remember(connection, lambda: next(values), name="test", layers=("rooms",), asked=D) for _ in range(2)]
    assert asked == [1, 2]


def test_a_moved_building_a_new_zone_and_a_new_use_are_seen_at_once(connection: Connection) -> None:
    building = a_building(connection, at=(121.9, 29.87))
    room = a_room(connection, building=building, area=10)
    question, reach = Question(D), Reach(2000)
    assert reports.coverage(connection, question, reach).totals[Band.OUTSIDE].buildings == 1
    a_zone(connection)
    assert coverage.distances_m(connection, question, within_m=2000)[building]
    connection.execute(text("UPDATE fangdi.building SET location = ST_SetSRID(ST_MakePoint(121.55, 29.87), 4490)"))
    occupies(connection, an_agency(connection), room)
    report = reports.coverage(connection, question, reach)
    assert (report.totals[Band.INSIDE].buildings, report.totals[Band.INSIDE].area_m2) == (1, 10)


def test_a_new_jurisdiction_below_is_seen_at_once(connection: Connection) -> None:
    from builders import a_jurisdiction  # noqa: PLC0415

    a_jurisdiction(connection)
    a_jurisdiction(connection, "330212", "鄞州区", parent=None, level="county")
    there = a_building(connection, jurisdiction="330212")
    occupies(connection, an_agency(connection), a_room(connection, building=there, area=10))
    question, reach = Question(D, jurisdiction="330200"), Reach(2000)
    assert reports.coverage(connection, question, reach).buildings == ()
    connection.execute(text("UPDATE fangdi.jurisdiction SET parent_code = '330200' WHERE code = '330212'"))
    assert len(reports.coverage(connection, question, reach).buildings) == 1
    assert len(reports.coverage(connection, question, reach).agencies) == 1


def test_a_total_follows_a_use_and_the_end_of_its_building(connection: Connection) -> None:
    room = a_room(connection, building=a_building(connection), area=10)
    page = PageRequest(10)

    def total() -> float:
        covered = coverage.areas_m2(connection, Question(D))
        asked = reports.areas(connection, Question(D), UsageFilter(), page=page).total.area_m2
        assert asked == sum(sum(by_building.values()) for by_building in covered.values())
        return asked

    assert total() == 0
    occupies(connection, an_agency(connection), room)
    assert total() == 10
    connection.execute(text("UPDATE fangdi.building SET valid = daterange(NULL, '2025-12-31')"))
    assert total() == 0
