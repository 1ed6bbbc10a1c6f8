"""What goes into a map that is handed on: the selection and nothing else, and never anything classified."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely import box
from shapely.geometry import shape
from sqlalchemy import Connection

from builders import (
    CENTRE,
    a_building,
    a_jurisdiction,
    a_parcel,
    a_room,
    a_site,
    a_zone,
    an_agency,
    has_status,
    has_title,
    occupies,
    on_map,
    square,
)
from fangdi.commands.map import write_map
from fangdi.domain.coverage import Reach
from fangdi.errors import InvalidInputError, NotFoundError
from fangdi.service import snapshot as service
from fangdi.service.snapshot import Feature, Selection, Snapshot, SubjectKind, take_snapshot
from fangdi.settings import Settings
from fangdi.store.engine import create_engine
from fangdi_map_ui.snapshot import snapshot_html

DAY = date(2026, 1, 1)


def taken(connection: Connection, kind: SubjectKind, code: str, **more: Any) -> Snapshot:
    return take_snapshot(connection, Selection(kind, code, DAY, **more), Reach(2000))


def facts(feature: Feature) -> dict[str, Any]:
    return {english: value for _, english, value in feature.facts}


def test_a_building_comes_with_its_land_site_and_floors(connection: Connection) -> None:
    parcel = a_parcel(connection, square(200))
    site = a_site(connection, parcels=(parcel,), outline=on_map(square(180)))
    house = a_building(connection, code="H", site=site, parcels=(parcel,), outline=on_map(square(30)))
    a_room(connection, "101", building=house, level=1, plan=box(0, 0, 5, 4))
    a_room(connection, "201", building=house, level=2, plan=box(0, 0, 5, 4))
    a_building(connection, code="other")
    drawn = taken(connection, SubjectKind.BUILDING, "H")
    assert (len(drawn.parcels), len(drawn.sites), len(drawn.buildings)) == (1, 1, 1)
    assert [(floor.level, len(floor.rooms)) for floor in drawn.floors] == [(1, 1), (2, 1)]
    assert drawn.features() == 5


def test_one_floor_can_be_chosen(connection: Connection) -> None:
    house = a_building(connection, code="H")
    for level in (1, 2):
        a_room(connection, building=house, level=level, plan=box(0, 0, 5, 4))
    assert [floor.level for floor in taken(connection, SubjectKind.BUILDING, "H", level=2).floors] == [2]


def test_a_floor_without_rooms_is_refused_with_the_floors_that_have_some(connection: Connection) -> None:
    house = a_building(connection, "市楼", code="H")
    for level in (-1, 1, 2):
        a_room(connection, building=house, level=level, plan=box(0, 0, 5, 4))
    with pytest.raises(InvalidInputError, match=r"市楼 has no rooms .* level 99; choose one of -1, 1, 2\."):
        taken(connection, SubjectKind.BUILDING, "H", level=99)


def test_a_floor_of_a_building_without_any_rooms_is_refused(connection: Connection) -> None:
    a_building(connection, code="H")
    with pytest.raises(InvalidInputError, match=r"level 1; nor on any other\."):
        taken(connection, SubjectKind.BUILDING, "H", level=1)


def test_only_floors_that_the_agency_uses_can_be_chosen(connection: Connection) -> None:
    agency, house = an_agency(connection, code="A"), a_building(connection)
    used, _ = (a_room(connection, building=house, level=level, plan=box(0, 0, 5, 4)) for level in (3, 4))
    occupies(connection, agency, used)
    with pytest.raises(InvalidInputError, match=r"level 4; choose one of 3\."):
        taken(connection, SubjectKind.AGENCY, "A", level=4)


def test_an_agency_comes_with_the_rooms_it_uses_on_the_day(connection: Connection) -> None:
    ours, others = an_agency(connection, code="A"), an_agency(connection, "市财政局")
    house = a_building(connection)
    now = a_room(connection, "now", building=house, plan=box(0, 0, 5, 4))
    before = a_room(connection, "before", building=house, plan=box(10, 0, 15, 4))
    theirs = a_room(connection, "theirs", building=house, plan=box(20, 0, 25, 4))
    occupies(connection, ours, now)
    occupies(connection, ours, before, until=DAY)
    occupies(connection, others, theirs)
    (floor,) = taken(connection, SubjectKind.AGENCY, "A").floors
    assert [facts(room)["Room"] for room in floor.rooms] == ["now"]


def test_a_zone_comes_with_what_its_reach_covers(connection: Connection) -> None:
    lon, lat = CENTRE
    a_zone(connection, code="Z")
    a_building(connection, "near", at=(lon, lat + 0.02))  # 0.015° north of the edge: some 1.7 km
    a_building(connection, "far", at=(lon, lat + 0.03))  # 2.8 km
    drawn = taken(connection, SubjectKind.ZONE, "Z")
    assert [facts(house)["Building"] for house in drawn.buildings] == ["near"]
    assert [zone.colour[1] for zone in drawn.zones] == ["within", "inside"]
    assert facts(drawn.zones[0])["Radius"] == "2000 m"


def test_a_jurisdiction_comes_with_all_below_it_and_without_rooms(connection: Connection) -> None:
    a_jurisdiction(connection)
    a_jurisdiction(connection, "330212", "鄞州区", parent="330200", level="county")
    house = a_building(connection, "区楼", jurisdiction="330212")
    a_room(connection, building=house, plan=box(0, 0, 5, 4))
    drawn = taken(connection, SubjectKind.JURISDICTION, "330200")
    assert [facts(each)["Building"] for each in drawn.buildings] == ["区楼"]
    assert drawn.floors == ()


def opened_on(drawn: Snapshot) -> tuple[float, float, float, float]:
    """Read west, south, east and north of what a page shows at first."""
    found = re.search(r"fitBounds\(\s*(\[\[.*?\]\])", _body(drawn), re.DOTALL)
    assert found
    (south, west), (north, east) = json.loads(found[1])
    return west, south, east, north


def test_a_jurisdiction_opens_on_its_own_land_and_not_on_the_reach_of_zones(connection: Connection) -> None:
    a_zone(connection)
    land = on_map(square(200))
    parcel = a_parcel(connection, square(200))
    a_building(connection, parcels=(parcel,), outline=on_map(square(30)))
    drawn = taken(connection, SubjectKind.JURISDICTION, "330200")
    assert len(drawn.zones) == 2
    assert opened_on(drawn) == pytest.approx(land.bounds, abs=1e-6)


def test_a_zone_opens_on_all_of_its_reach(connection: Connection) -> None:
    a_zone(connection, code="Z")
    a_building(connection)
    drawn = taken(connection, SubjectKind.ZONE, "Z")
    reach = shape(drawn.zones[0].shape)
    assert opened_on(drawn) == pytest.approx(reach.bounds, abs=1e-6)


def test_a_building_opens_on_its_outline(connection: Connection) -> None:
    walls = on_map(square(30))
    a_building(connection, code="H", outline=walls, parcels=(a_parcel(connection, square(200)),))
    assert opened_on(taken(connection, SubjectKind.BUILDING, "H")) == pytest.approx(walls.bounds, abs=1e-6)


def test_rooms_that_are_not_in_use_are_coloured_by_their_state(connection: Connection) -> None:
    house = a_building(connection, code="H")
    used = a_room(connection, "1", building=house, plan=box(0, 0, 5, 4))
    a_room(connection, "2", building=house, plan=box(10, 0, 15, 4))
    closed = a_room(connection, "3", building=house, plan=box(20, 0, 25, 4))
    a_room(connection, building=house, use="corridor", plan=box(0, 10, 20, 12))
    occupies(connection, an_agency(connection), used)
    has_status(connection, closed, "repair")
    (floor,) = taken(connection, SubjectKind.BUILDING, "H").floors
    assert [room.colour for room in floor.rooms] == [
        ("category", "office"),
        ("room_state", "idle"),
        ("room_state", "repair"),
        ("category", "circulation"),
    ]


def test_a_building_is_coloured_by_its_title_on_the_day(connection: Connection) -> None:
    house = a_building(connection, code="H")
    has_title(connection, "unregistered", building=house, until=DAY)
    has_title(connection, "recorded", building=house, since=DAY)
    assert taken(connection, SubjectKind.BUILDING, "H").buildings[0].colour == ("title_state", "recorded")


def test_classified_rooms_sites_and_parcels_stay_out(connection: Connection) -> None:
    parcel = a_parcel(connection, classified=True)
    site = a_site(connection, parcels=(parcel,), outline=on_map(square(100)), classified=True)
    house = a_building(connection, code="H", site=site, parcels=(parcel,))
    a_room(connection, building=house, plan=box(0, 0, 5, 4), classified=True)
    assert taken(connection, SubjectKind.BUILDING, "H").features() == 1


def test_a_classified_building_is_as_if_it_were_not_there(connection: Connection) -> None:
    a_building(connection, code="H", classified=True)
    with pytest.raises(NotFoundError, match="no building with the code H"):
        taken(connection, SubjectKind.BUILDING, "H")


def test_a_code_that_two_jurisdictions_use_is_asked_back(connection: Connection) -> None:
    a_building(connection, "市楼", code="H")
    a_building(connection, "区楼", code="H", jurisdiction="330212")
    with pytest.raises(InvalidInputError, match=r"330200/H \(市楼\), 330212/H"):
        taken(connection, SubjectKind.BUILDING, "H")
    assert taken(connection, SubjectKind.BUILDING, "330212/H").title == "区楼"


def test_an_agency_without_rooms_is_refused(connection: Connection) -> None:
    an_agency(connection, code="A")
    with pytest.raises(InvalidInputError, match="has no building"):
        taken(connection, SubjectKind.AGENCY, "A")


def test_a_map_of_too_many_shapes_is_refused(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_FEATURES", 2)
    house = a_building(connection, code="H")
    a_room(connection, building=house, plan=box(0, 0, 5, 4))
    assert taken(connection, SubjectKind.BUILDING, "H").features() == 2
    a_room(connection, building=house, plan=box(10, 0, 15, 4))
    with pytest.raises(InvalidInputError, match="more than 2 shapes"):
        taken(connection, SubjectKind.BUILDING, "H")


def test_an_invented_city_says_so_on_every_map(connection: Connection) -> None:
    a_building(connection, code="H")
    assert "fangdi-notice" not in _body(taken(connection, SubjectKind.BUILDING, "H"))
    connection.exec_driver_sql(
        "INSERT INTO fangdi.deployment VALUES ('sample', jsonb_build_object('zh', '虚构', 'en', 'invented'))"
    )
    body = _body(taken(connection, SubjectKind.BUILDING, "H"))
    assert "虚构" in body
    assert "invented" in body


def _body(drawn: Snapshot) -> str:
    return snapshot_html(drawn).partition("<body>")[2]


def test_a_map_names_no_other_host(connection: Connection) -> None:
    a_building(connection, code="H")
    page = snapshot_html(taken(connection, SubjectKind.BUILDING, "H"))
    assert 'src="' not in page
    assert "<link" not in page
    assert "cdn" not in page.lower()


def test_names_are_text_and_never_markup(connection: Connection) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    house = a_building(connection, evil, code="H")
    room = a_room(connection, "101", building=house, plan=box(0, 0, 5, 4), name=evil)
    connection.exec_driver_sql("UPDATE fangdi.floor SET name = %s", (evil,))
    occupies(connection, an_agency(connection, evil), room)
    page = snapshot_html(taken(connection, SubjectKind.BUILDING, "H"))
    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_file_that_cannot_be_written_is_said(
    fresh_database: Callable[..., str], tmp_path: Path, settings: Settings
) -> None:
    url = fresh_database()
    engine = create_engine(url)
    with engine.begin() as connection:
        a_building(connection, code="H")
    engine.dispose()
    selection = Selection(SubjectKind.BUILDING, "H", DAY)
    with pytest.raises(InvalidInputError, match="choose another file"):
        write_map(url, selection, tmp_path / "missing" / "map.html", settings=settings)
    assert write_map(url, selection, tmp_path / "map.html", settings=settings) == 1


def test_a_jurisdiction_may_go_by_its_name(fresh_database: Callable[..., str], tmp_path: Path) -> None:
    url = fresh_database()
    engine = create_engine(url)
    with engine.begin() as connection:
        a_building(connection)
    engine.dispose()
    out = tmp_path / "map.html"
    assert write_map(url, Selection(SubjectKind.JURISDICTION, "宁波市", DAY), out, settings=Settings()) == 1
