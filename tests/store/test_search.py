"""Search: what is found, in which order."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Connection

from builders import a_building, a_parcel, a_room, a_site, an_agency, period
from fangdi.domain.search import Hit, read_term
from fangdi.service.search import search

D = date(2026, 1, 1)


def labels(connection: Connection, query: str, *, limit: int = 20) -> list[str]:
    """Return what is found, in order."""
    return [hit.label for hit in search(connection, query, as_of=D, limit=limit)]


def test_equal_names_come_before_beginnings_and_these_before_parts(connection: Connection) -> None:
    for name in ("市档案局", "档案局", "档案局信息中心"):
        an_agency(connection, name)
    assert labels(connection, "档案局") == ["档案局", "档案局信息中心", "市档案局"]


def test_every_kind_of_thing_is_found_by_name_or_code(connection: Connection) -> None:
    an_agency(connection, "海曙区统计局", code="HS-01")
    a_site(connection, "海曙区政府大院", code="HS-02")
    a_building(connection, "海曙区政府主楼", code="HS-03")
    a_parcel(connection, code="HS-04")
    found: list[Hit] = search(connection, "hs-0", as_of=D, limit=20)
    assert {hit.kind for hit in found} == {"agency", "site", "building", "parcel"}
    assert {hit.kind for hit in search(connection, "海曙区", as_of=D, limit=20)} == {"agency", "site", "building"}


def test_case_does_not_matter(connection: Connection) -> None:
    an_agency(connection, "市统计局", name_en="Statistics Bureau")
    building = a_building(connection, "A座")
    a_room(connection, "B12a", building=building)
    assert labels(connection, "STATISTICS") == ["市统计局"]
    assert labels(connection, "a座") == ["A座"]
    assert labels(connection, "b12A") == ["A座 B12a"]


@pytest.mark.parametrize("query", ["行政中心1号楼 301", "行政中心1号楼301", "  行政中心1号楼　301 "])
def test_building_and_number_together_find_the_room(connection: Connection, query: str) -> None:
    wanted, other = a_building(connection, "行政中心1号楼"), a_building(connection, "行政中心2号楼")
    for building in (wanted, other):
        for number in ("301", "3011", "302"):
            a_room(connection, number, building=building, level=3)
    assert labels(connection, query) == ["行政中心1号楼 301", "行政中心1号楼 3011"]


def test_a_number_finds_rooms_of_that_number_first(connection: Connection) -> None:
    building = a_building(connection, "1号楼")
    for number in ("3010", "301", "1301"):
        a_room(connection, number, building=building)
    assert labels(connection, "301") == ["1号楼 301", "1号楼 3010"]


@pytest.mark.parametrize("query", ["%", "_", "30%", "3_1", "\\"])
def test_wildcards_stand_for_themselves(connection: Connection, query: str) -> None:
    a_room(connection, "301", building=a_building(connection, "1号楼"))
    an_agency(connection, "市档案局")
    assert labels(connection, query) == []


def test_a_number_with_a_wildcard_in_it_is_found(connection: Connection) -> None:
    building = a_building(connection, "1号楼")
    a_room(connection, "3_1", building=building)
    a_room(connection, "3%1", building=building)
    assert labels(connection, "3_") == ["1号楼 3_1"]
    assert labels(connection, "3%") == ["1号楼 3%1"]


def test_what_has_ended_comes_last_and_says_since_when(connection: Connection) -> None:
    an_agency(connection, "档案局", valid=period(until=D))
    an_agency(connection, "市档案局二处")
    gone = a_building(connection, "档案楼", valid=period(until=D - timedelta(days=9)))
    a_room(connection, "901", building=gone)
    a_room(connection, "901", building=a_building(connection, "1号楼"), until=D)
    a_room(connection, "9012", building=a_building(connection, "2号楼"))
    found = [(hit.label, hit.ended) for hit in search(connection, "档案", as_of=D, limit=20)]
    assert found == [("市档案局二处", None), ("档案局", D), ("档案楼", D - timedelta(days=9))]
    found = [(hit.label, hit.ended) for hit in search(connection, "901", as_of=D, limit=20)]
    assert found == [("2号楼 9012", None), ("1号楼 901", D), ("档案楼 901", D - timedelta(days=9))]
    for query in ("档案楼 901", "档案楼901"):
        found = [(hit.label, hit.ended) for hit in search(connection, query, as_of=D, limit=20)]
        assert found == [("档案楼 901", D - timedelta(days=9))]


def test_the_last_day_is_a_day_of_existence(connection: Connection) -> None:
    an_agency(connection, "市旧局", valid=period(until=D))
    (hit,) = search(connection, "市旧局", as_of=D - timedelta(days=1), limit=20)
    assert hit.ended is None


def test_what_begins_later_is_not_found(connection: Connection) -> None:
    later = D + timedelta(days=1)
    an_agency(connection, "市新局", valid=period(later))
    a_room(connection, "901", building=a_building(connection, "新楼", valid=period(later)))
    a_room(connection, "901", building=a_building(connection, "1号楼"), since=later)
    assert labels(connection, "新") == labels(connection, "901") == labels(connection, "1号楼 901") == []


def test_what_has_ended_takes_no_place_from_what_exists(connection: Connection) -> None:
    for _ in range(5):
        an_agency(connection, "档案局", valid=period(until=D))
        a_room(connection, "档案", until=D)
    an_agency(connection, "市人民政府档案局")
    a_room(connection, "档案", building=a_building(connection, "很长名字的楼"))
    assert labels(connection, "档案", limit=2) == ["很长名字的楼 档案", "市人民政府档案局"]


def test_a_hit_says_where_it_is(connection: Connection) -> None:
    building = a_building(connection, "1号楼")
    a_room(connection, "301", building=building, level=3)
    (hit,) = search(connection, "301", as_of=D, limit=5)
    assert (hit.building_id, hit.level) == (building, 3)
    assert hit.location == pytest.approx([121.55, 29.87])


def test_the_limit_holds_and_nothing_is_found_twice(connection: Connection) -> None:
    building = a_building(connection, "301楼")
    for number in range(30):
        a_room(connection, f"301-{number}", building=building)
    found = search(connection, "301", as_of=D, limit=10)
    assert len(found) == len({(hit.kind, hit.id) for hit in found}) == 10
    assert found[0].label == "301楼"


def test_an_empty_term_finds_nothing(connection: Connection) -> None:
    an_agency(connection)
    assert labels(connection, "   ") == []


def test_the_last_word_is_read_as_a_room_number() -> None:
    term = read_term("行政中心 1号楼  301")
    assert (term.building, term.number) == ("行政中心 1号楼", "301")
    assert read_term("30%_\\").prefix == "30\\%\\_\\\\%"
