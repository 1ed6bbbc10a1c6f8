"""What the sample city holds: the same for a seed, of the size it is said to have, with every special case in it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from pyproj import Geod
from shapely import union_all
from stdnum.cn import uscc

from fangdi_gis_data.samples import DEFAULT_SEED, SampleCity, make_city

TODAY = date(2026, 7, 1)
GEOD = Geod(ellps="GRS80")


@pytest.fixture(scope="module", params=[DEFAULT_SEED, 7])
def city(request: pytest.FixtureRequest) -> SampleCity:
    return make_city(request.param)


def holds(row: Any, day: date = TODAY) -> bool:
    since, ends = row.valid
    return (since is None or since <= day) and (ends is None or day < ends)


def by_id(city: SampleCity, table: str) -> dict[int, Any]:
    return {row.id: row for row in city.rows[table]}


def days_of(rows: list[Any]) -> Iterator[date]:
    """Yield every day on which one of the rows begins: the only days on which a sum over them can rise."""
    return (row.valid[0] for row in rows)


def rooms_used(city: SampleCity, day: date = TODAY) -> set[int]:
    return {row.room_id for row in city.rows["occupancy"] if holds(row, day)}


NOT_ASSIGNED = {
    *("corridor", "stairs", "lift", "lobby", "shaft", "toilet", "tea_room", "power_room", "pump_room"),
    *("air_conditioning", "garage", "canteen", "civil_defence", "ancillary_other"),
}


def idle_rooms(city: SampleCity) -> list[Any]:
    closed = {row.room_id for row in city.rows["room_status"] if holds(row)}
    standing = {row.id for row in city.rows["building"] if holds(row)}
    taken = rooms_used(city) | closed
    return [
        room
        for room in city.rows["room"]
        if room.id not in taken and room.use_code not in NOT_ASSIGNED and room.building_id in standing
    ]


def test_one_seed_gives_one_city(city: SampleCity) -> None:
    assert make_city(city.seed).rows == city.rows


def test_another_seed_gives_another_city_of_the_same_size(city: SampleCity) -> None:
    other = make_city(11)
    assert len(other.rows["building"]) == len(city.rows["building"])
    assert other.rows["building"][0].outline != city.rows["building"][0].outline
    assert 5_600 <= len(other.rows["room"]) <= 6_400


@pytest.mark.parametrize(
    ("table", "least", "most"),
    [("site", 38, 42), ("building", 76, 84), ("agency", 56, 64), ("room", 5_600, 6_400), ("parcel", 2_000, 4_000)],
)
def test_the_city_is_as_large_as_it_is_said_to_be(city: SampleCity, table: str, least: int, most: int) -> None:
    assert least <= len(city.rows[table]) <= most


def test_the_history_covers_five_years(city: SampleCity) -> None:
    starts = [day for day in days_of(city.rows["occupancy"]) if day]
    assert min(starts) == date(2021, 7, 1)
    assert date(2026, 1, 1) < max(starts) < TODAY


def test_every_agency_is_marked_as_a_sample(city: SampleCity) -> None:
    assert all(row.name.endswith("(示例)") and row.name_en.endswith("(sample)") for row in city.rows["agency"])


def test_persons_have_numbers_and_no_names(city: SampleCity) -> None:
    assert all(row.person_key.startswith("SAMPLE-") for row in city.rows["occupant"])
    assert not hasattr(city.rows["occupant"][0], "name")


def test_credit_codes_are_valid_and_unique(city: SampleCity) -> None:
    codes = [row.uscc for row in city.rows["agency"]]
    assert all(uscc.is_valid(code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_parcel_codes_name_their_district_and_are_unique(city: SampleCity) -> None:
    districts = {row.code: row.boundary for row in city.rows["jurisdiction"] if row.level == "county"}
    codes = [row.parcel_code for row in city.rows["parcel"]]
    assert len(set(codes)) == len(codes)
    for row in city.rows["parcel"]:
        assert len(row.parcel_code) == 19
        assert row.parcel_code[12:14] == "GB"
        assert districts[row.parcel_code[:6]].covers(row.outline)
        assert row.unit_code == row.parcel_code + "W00000000"


def test_closed_division_codes_name_their_successors(city: SampleCity) -> None:
    closed = {row.code: (row.valid[1].year, row.successor_code) for row in city.rows["jurisdiction"] if row.valid[1]}
    # as dated in python-stdnum's list: 江东区 and 奉化市 to 2016, 鄞县 to 2002
    assert closed == {"330204": (2016, "330212"), "330283": (2016, "330213"), "330227": (2002, "330212")}


def test_there_are_ten_districts_in_force(city: SampleCity) -> None:
    assert sum(row.level == "county" and holds(row) for row in city.rows["jurisdiction"]) == 10


def test_posts_are_of_ranks_of_the_agency_s_own_level(city: SampleCity) -> None:
    agencies = by_id(city, "agency")
    assert all(row.rank_code.startswith(agencies[row.agency_id].level) for row in city.rows["agency_posts"])


def test_every_agency_has_posts_staff_and_rooms_while_it_exists(city: SampleCity) -> None:
    for table in ("agency_posts", "agency_staff", "occupancy"):
        having = {row.agency_id for row in city.rows[table] if holds(row)}
        assert having == {row.id for row in city.rows["agency"] if holds(row)}


def test_no_room_is_shared_out_to_more_than_the_whole_on_any_day(city: SampleCity) -> None:
    of_room = defaultdict(list)
    for row in city.rows["occupancy"]:
        of_room[row.room_id].append(row)
    for rows in of_room.values():
        assert all(sum(Decimal(row.share) for row in rows if holds(row, day)) <= 1 for day in days_of(rows))


def test_nobody_uses_a_room_before_the_building_came_or_after_it_went(city: SampleCity) -> None:
    held = {room.id: by_id(city, "building")[room.building_id].valid for room in city.rows["room"]}
    for row in city.rows["occupancy"]:
        since, ends = held[row.room_id]
        assert since is None or row.valid[0] >= since
        assert ends is None or (row.valid[1] is not None and row.valid[1] <= ends)


def test_a_closed_room_has_no_user(city: SampleCity) -> None:
    for row in city.rows["room_status"]:
        assert row.room_id not in rooms_used(city, row.valid[0])


def test_an_agency_that_merged_has_left_its_rooms(city: SampleCity) -> None:
    gone = [row for row in city.rows["agency"] if not holds(row)]
    assert len(gone) == 1
    merged_on = gone[0].valid[1]
    assert all(row.valid[1] <= merged_on for row in city.rows["occupancy"] if row.agency_id == gone[0].id)


def test_two_thirds_of_the_city_s_agencies_sit_in_the_concentrated_zones(city: SampleCity) -> None:
    zones = union_all([zone.outline for zone in city.rows["zone"]])
    inside = {row.id for row in city.rows["building"] if zones.covers(row.location)}
    area: defaultdict[int, Counter[bool]] = defaultdict(Counter)
    rooms = by_id(city, "room")
    levels = {row.id: row.level for row in city.rows["agency"]}
    for row in city.rows["occupancy"]:
        if holds(row) and levels[row.agency_id] == "city":
            room = rooms[row.room_id]
            area[row.agency_id][room.building_id in inside] += room.measured_usable_m2 or 0
    share = sum(counts[True] > counts[False] for counts in area.values()) / len(area)
    assert 0.6 < share < 0.72


def test_building_8_houses_thirteen_agencies(city: SampleCity) -> None:
    building = next(row for row in city.rows["building"] if row.name.endswith("院8号楼"))
    rooms = {room.id for room in city.rows["room"] if room.building_id == building.id and room.number}
    offices = {
        row.agency_id for row in city.rows["occupancy"] if row.room_id in rooms and holds(row) and row.unit is not None
    }
    assert len(offices) == 13


def test_three_zones_hold_the_buildings_1_to_9(city: SampleCity) -> None:
    zones = {row.code: row.outline for row in city.rows["zone"]}
    found = {
        code: sorted(
            building.name.rpartition("院")[2] for building in city.rows["building"] if outline.covers(building.outline)
        )
        for code, outline in zones.items()
    }
    assert found == {"Z1": [f"{n}号楼" for n in range(1, 8)], "Z2": ["8号楼"], "Z3": ["9号楼"]}


def test_buildings_lie_inside_within_and_beyond_two_kilometres_of_a_zone(city: SampleCity) -> None:
    vertices = [point for zone in city.rows["zone"] for point in zone.outline.geoms[0].exterior.coords]
    nearest = [
        min(GEOD.inv(building.location.x, building.location.y, *point)[2] for point in vertices)
        for building in city.rows["building"]
    ]
    # a zone's edge is at most some hundred metres from one of its corners, so these bounds are on the safe side
    assert sum(distance < 1_700 for distance in nearest) > 15
    assert sum(distance > 2_300 for distance in nearest) > 40


def test_titles_of_every_state_exist_and_some_changed(city: SampleCity) -> None:
    assert {row.state for row in city.rows["title"] if holds(row)} == {
        "administration", "user", "recorded", "unregistered",
    }  # fmt: skip
    assert any(row.state != "administration" and row.valid[1] for row in city.rows["title"])


def test_only_classified_or_user_held_premises_are_registered_to_their_user(city: SampleCity) -> None:
    classified = {row.id for row in city.rows["building"] if row.classified}
    held = {row.building_id for row in city.rows["title"] if row.state == "user" and row.building_id}
    assert classified
    assert classified <= held


def test_rooms_of_classified_buildings_are_classified(city: SampleCity) -> None:
    classified = {row.id for row in city.rows["building"] if row.classified}
    assert all(room.classified == (room.building_id in classified) for room in city.rows["room"])


def test_leases_name_their_rent_and_landlord(city: SampleCity) -> None:
    leases = [row for row in city.rows["tenure"] if row.kind == "leased"]
    assert all(row.annual_rent_yuan and row.counterparty for row in leases)
    assert {row.kind for row in city.rows["tenure"] if holds(row)} == {"owned", "leased", "borrowed"}


def test_buildings_were_acquired_and_disposed_of(city: SampleCity) -> None:
    assert any(row.valid[0] for row in city.rows["building"])
    assert any(row.valid[1] and row.valid[1] < TODAY for row in city.rows["building"])


def test_idle_rooms_are_some_percent_of_the_area_that_can_be_assigned(city: SampleCity) -> None:
    assignable = sum(r.measured_usable_m2 or 0 for r in city.rows["room"] if r.use_code not in NOT_ASSIGNED)
    idle = sum(room.measured_usable_m2 or 0 for room in idle_rooms(city))
    assert 0.04 < idle / assignable < 0.15


def test_whole_floors_stand_idle_and_some_for_more_than_two_years(city: SampleCity) -> None:
    idle = {room.id for room in idle_rooms(city)}
    floors: defaultdict[int, list[int]] = defaultdict(list)
    for room in city.rows["room"]:
        if room.use_code not in NOT_ASSIGNED:
            floors[room.floor_id].append(room.id)
    empty = [rooms for rooms in floors.values() if len(rooms) > 4 and idle.issuperset(rooms)]
    last_use = {row.room_id: row.valid[1] for row in city.rows["occupancy"]}
    long_ago = TODAY - timedelta(days=730)
    assert len(empty) >= 4
    assert any(all(last_use.get(room, long_ago) <= long_ago for room in rooms) for rooms in empty)


def test_rooms_are_under_repair_reserved_and_handed_over(city: SampleCity) -> None:
    assert {row.status for row in city.rows["room_status"] if holds(row)} == {"repair", "reserved", "handed_over"}


def test_some_leaders_have_more_than_their_rank_allows(city: SampleCity) -> None:
    # 发改投资〔2014〕2674号 第九条: bureau chief 24 m², bureau deputy 18 m², county chief 30 m²
    ceiling = {"city_bureau_chief": 24, "city_bureau_deputy": 18, "county_chief": 30, "county_section_chief": 18}
    rooms = by_id(city, "room")
    uses = by_id(city, "occupancy")
    over = [
        row
        for row in city.rows["occupant"]
        if row.rank_code in ceiling
        and (rooms[uses[row.occupancy_id].room_id].measured_usable_m2 or 0) > 1.2 * ceiling[row.rank_code]
    ]
    leaders = sum(row.rank_code in ceiling for row in city.rows["occupant"])
    assert 0.05 < len(over) / leaders < 0.5


def test_rooms_are_shared_by_two_and_by_three_agencies(city: SampleCity) -> None:
    sharers = Counter(row.room_id for row in city.rows["occupancy"] if holds(row) and row.share != "1")
    assert {2, 3} <= set(sharers.values())


def test_areas_by_basis_differ_and_some_are_missing(city: SampleCity) -> None:
    both = [row for row in city.rows["building"] if row.registered_gross_m2 and row.measured_gross_m2]
    ratios = [row.registered_gross_m2 / row.measured_gross_m2 for row in both]
    assert all(0.9 < ratio < 1.02 and ratio != 1 for ratio in ratios)
    assert any(row.registered_gross_m2 is None for row in city.rows["building"])
    assert any(row.declared_usable_m2 is None for row in city.rows["room"])
    assert any(row.measured_usable_m2 is None for row in city.rows["room"])
