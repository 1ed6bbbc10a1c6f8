"""Indicators over the API: values of what the reader may see, the rows behind them, over time and by jurisdiction."""

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import Connection, text

from builders import (
    CENTRE,
    CITY,
    a_building,
    a_finding,
    a_jurisdiction,
    a_plan,
    a_room,
    a_zone,
    an_agency,
    has_posts,
    has_status,
    has_tenure,
    has_title,
    insert,
    occupies,
    period,
)
from fangdi.domain.indicators.catalogue import INDICATORS
from indicator_answers import API, DAY, FAR, a_little_of_everything, accepted, ask, computed_since, one, values

ClientOf = Callable[..., TestClient]


def part(found: Any, key: str) -> tuple[float, float]:
    return next((part["numerator"], part["denominator"]) for part in found["parts"] if part["key"] == key)


def test_every_indicator_says_what_it_means_in_both_languages(client: TestClient) -> None:
    found = ask(client)

    assert [item["key"] for item in found["items"]] == list(INDICATORS)
    for item in found["items"]:
        said = [item[name] for name in ("name", "meaning", "formula", "includes", "covers", "certainty")]
        assert all(text["zh"] and text["en"] for text in said), item["key"]
        assert "推定" in item["certainty"]["zh"]
    assert found["covers"]["zh"] == "仅含查询人有权查看的内容"
    assert (found["as_of"], found["before"]) == (DAY, "2025-01-01")


def test_without_anything_rates_are_unknown_and_sums_nothing(client: TestClient) -> None:
    found = values(client)

    assert (found["idle_rate"], found["registered_area_rate"], found["area_per_head"]) == (None, None, None)
    assert (found["idle_area"], found["zone_agencies"], found["leased_cost"]) == (0, 0, 0)


def test_registration_goes_by_area_and_by_count(connection: Connection, client: TestClient) -> None:
    for area, state in ((3000, "administration"), (1000, "unregistered"), (500, "recorded")):
        has_title(connection, state, building=a_building(connection, measured_gross_m2=area))
    leased = a_building(connection, measured_gross_m2=9000)
    has_tenure(connection, leased, "leased")
    secret = a_building(connection, measured_gross_m2=7000)
    has_title(connection, "user", building=secret)

    found = one(client, "registered_area_rate")
    count = one(client, "registered_count_rate")

    assert found["now"]["numerator"] == 3000
    assert found["now"]["denominator"] == 4500  # 3000 + 1000 + 500; neither what is leased nor what is held for secrecy
    assert found["now"]["value"] == pytest.approx(3000 / 4500)
    assert part(found, "recorded") == (0, 500)
    assert count["now"]["value"] == pytest.approx(1 / 3)


def test_a_building_without_title_or_area_is_due_and_lacks_data(connection: Connection, client: TestClient) -> None:
    has_title(connection, "administration", building=a_building(connection, measured_gross_m2=1000))
    has_title(connection, "administration", building=a_building(connection))
    a_building(connection, measured_gross_m2=1000)

    now = one(client, "registered_area_rate")["now"]
    lacking = ask(client, "/registered_area_rate/rows", sort="lacking")

    assert (now["value"], now["known"], now["of"]) == (0.5, 1, 3)
    assert now["coverage"] == pytest.approx(1 / 3)
    assert [row["complete"] for row in lacking["items"]] == [False, False]


def test_agencies_stand_in_the_zone_or_within_its_radius(connection: Connection, client: TestClient) -> None:
    zone = a_zone(connection, radius_m=2000)
    near = (CENTRE[0] + 0.005 + 0.01, CENTRE[1])  # 0.01° east of the edge: 0.01 × 111,320 m × cos 29.87° = 965 m
    for posts, place, area in ((10, CENTRE, 20), (20, near, 30), (30, FAR, 50)):
        occupies(
            connection,
            an_agency(connection, posts=posts),
            a_room(connection, building=a_building(connection, at=place), area=area),
        )
    an_agency(connection, posts=40)  # has no rooms and so stands nowhere

    found = values(client)
    zones = one(client, "zone_agencies")

    assert (found["zone_agencies"], found["zone_agencies_rate"]) == (1, 0.25)  # of 4
    assert found["radius_agencies_rate"] == 0.5
    assert found["radius_posts_rate"] == pytest.approx((10 + 20) / (10 + 20 + 30 + 40))
    assert found["radius_area_rate"] == pytest.approx((20 + 30) / (20 + 30 + 50))
    assert (zones["now"]["known"], zones["now"]["of"]) == (3, 4)
    assert part(zones, str(zone))[0] == 1


def test_a_smaller_radius_reaches_fewer(connection: Connection, client: TestClient) -> None:
    a_zone(connection)
    building = a_building(connection, at=(CENTRE[0] + 0.005 + 0.01, CENTRE[1]))  # 965 m from the edge
    occupies(connection, an_agency(connection), a_room(connection, building=building))

    assert values(client, radius_m=1000)["radius_agencies_rate"] == 1
    assert values(client, radius_m=900)["radius_agencies_rate"] == 0


def test_idle_area_is_a_share_of_all_usable_area(connection: Connection, client: TestClient) -> None:
    building, agency = a_building(connection), an_agency(connection)
    a_room(connection, building=building, area=10)  # idle
    a_room(connection, building=building, area=15, use="meeting_room")  # idle
    occupies(connection, agency, a_room(connection, building=building, area=60))
    has_status(connection, a_room(connection, building=building, area=10), "repair")
    a_room(connection, building=building, area=5, use="toilet")  # common: never idle, but usable
    a_room(connection, building=building, area=99, use="corridor")  # not usable area
    a_room(connection, building=building, area=None)  # idle, of unknown area

    found = one(client, "idle_rate")

    assert (found["now"]["numerator"], found["now"]["denominator"]) == (25, 100)  # 10 + 15 of 10 + 15 + 60 + 10 + 5
    assert found["now"]["value"] == 0.25
    assert (found["now"]["known"], found["now"]["of"]) == (5, 6)
    assert part(found, "office") == (10, 80)  # 10 idle, 60 in use, 10 under repair
    assert sum(one["numerator"] for one in found["parts"]) == 25


def test_who_is_below_the_norm_makes_up_for_nobody_above(connection: Connection, client: TestClient) -> None:
    for used in (200, 100):  # 10 posts: 90 + 80 + 9 % of these = 185.3
        occupies(connection, an_agency(connection, posts=10), a_room(connection, area=used))
    an_agency(connection)  # without posts nothing is approved

    found = one(client, "over_rate")

    assert found["now"]["numerator"] == pytest.approx(14.7)  # 200 − 185.3; the other is 85.3 below
    assert found["now"]["denominator"] == pytest.approx(370.6)  # 2 × 185.3
    assert found["now"]["value"] == pytest.approx(14.7 / 370.6)
    assert (found["now"]["known"], found["now"]["of"]) == (2, 3)
    assert values(client)["over_agencies"] == 1


def test_what_is_approved_adds_up_to_what_the_agencies_show(connection: Connection, client: TestClient) -> None:
    for _ in range(2):  # 125 posts: A 1125 + B 125 × 7.5 (between 8 and 6) + 9 % of these = 2248.125
        an_agency(connection, posts=125, level="county")

    listed = client.get(f"{API}/reports/approved-areas", params={"as_of": DAY}).json()["items"]
    approved = [part["approved_m2"] for row in listed for part in row["compared"] if part["part"] == "basic"]

    assert approved == [2248.13, 2248.13]  # a half goes up
    assert one(client, "over_rate")["now"]["denominator"] == 4496.26


def test_area_per_head_and_per_post_are_kept_apart(connection: Connection, client: TestClient) -> None:
    reported = an_agency(connection, posts=10, present=8)
    silent = an_agency(connection, posts=30)
    for agency in (reported, silent):
        occupies(connection, agency, a_room(connection, area=120))

    found = values(client)

    assert found["area_per_head"] == 15  # 120 / 8: the other has not reported its staff
    assert found["area_per_post"] == 6  # 240 / 40


def test_leased_buildings_cost_their_rent(connection: Connection, client: TestClient) -> None:
    for area, rent in ((800, 120_000.5), (200, None)):
        building = a_building(connection, measured_gross_m2=area)
        has_tenure(connection, building, "leased")
        connection.execute(
            text("UPDATE fangdi.tenure SET annual_rent_yuan = :rent WHERE building_id = :id"),
            {"rent": rent, "id": building},
        )
    has_tenure(connection, a_building(connection, measured_gross_m2=5000), "owned")

    cost = one(client, "leased_cost")["now"]

    assert values(client)["leased_area"] == 1000
    assert (cost["value"], cost["known"], cost["of"]) == (120_000.5, 1, 2)


def test_plans_in_force_are_covered_by_accepted_audits(connection: Connection, client: TestClient) -> None:
    def imported(building: int, day: str) -> int:
        return a_plan(connection, building, status="imported", imported_at=f"{day} 12:00+00")

    first, second = a_building(connection), a_building(connection)
    a_building(connection)  # has no plan
    accepted(connection, imported(first, "2024-03-01"), "2024-05-01")
    imported(second, "2024-04-01")
    a_plan(connection, first)  # a draft counts for nothing

    assert one(client, "plans_audited_rate", as_of="2024-04-30")["now"]["value"] == 0
    found = one(client, "plans_audited_rate", as_of="2024-05-01")["now"]
    assert (found["value"], found["known"], found["of"]) == (0.5, 2, 3)
    imported(first, "2025-01-15")  # takes the place of the audited one
    assert one(client, "plans_audited_rate")["now"]["value"] == 0
    assert one(client, "plans_audited_rate", as_of="2025-01-14")["now"]["value"] == 0.5


def test_findings_are_open_until_the_day_they_are_closed(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, "局甲")
    closed = a_finding(connection, "K1", agency_id=agency, found=date(2025, 2, 1))
    a_finding(connection, "K2", agency_id=agency, found=date(2025, 2, 1))
    event = {"episode": 1, "action": "close", "state": "closed", "severity": "major", "day": date(2025, 9, 1)}
    insert(connection, "finding_event", finding_id=closed, jurisdiction_code=CITY, **event)
    computed_since(connection, date(2025, 2, 1))

    on = {day: values(client, as_of=day) for day in ("2025-01-31", "2025-02-01", "2025-08-31", "2025-09-01")}

    assert [found["findings_open"] for found in on.values()] == [None, 2, 2, 1]
    assert [found["findings_closed"] for found in on.values()] == [None, 0, 0, 1]
    (row,) = ask(client, "/findings_open/rows", sort="counted")["items"]
    assert (row["kind"], row["name"], row["part_label"]["zh"]) == ("finding", "局甲", "领导多处办公室")
    assert (row["shows_kind"], row["shows_id"]) == ("agency", agency)


def test_idle_space_counts_whatever_the_rules_of_the_register_and_says_so(
    connection: Connection, client: TestClient
) -> None:
    a_jurisdiction(connection)
    uses = {"use_codes": ["meeting_room"], "source": "试行办法", "verification": "official"}
    insert(connection, "idle_rule", jurisdiction_code=CITY, **uses)
    building = a_building(connection)
    a_room(connection, building=building, area=30)
    a_room(connection, building=building, area=20, use="meeting_room")

    register = client.get(f"{API}/reports/idle", params={"as_of": DAY}).json()["total"]["area_m2"]
    found = one(client, "idle_area")

    assert (register, found["now"]["value"]) == (20, 50)  # 30 + 20
    assert "认定规则" in found["includes"]["zh"]
    assert "may differ" in found["includes"]["en"]


def test_an_agency_that_has_ended_counts_in_no_indicator_and_the_definition_says_so(
    connection: Connection, client: TestClient
) -> None:
    there = an_agency(connection, present=3)
    ended = an_agency(connection, present=3, valid=period(None, date(2025, 11, 1)))
    occupies(connection, there, a_room(connection, area=60))
    occupies(connection, ended, a_room(connection, area=90))  # nobody took it back

    used = client.get(f"{API}/reports/areas", params={"as_of": DAY}).json()["total"]["area_m2"]

    assert used == 150  # 60 + 90: the rooms are in use
    assert values(client)["area_per_head"] == 20  # 60 / 3
    for key in ("area_per_head", "area_per_post", "over_area", "zone_agencies", "radius_area_rate"):
        assert "已撤销的单位" in one(client, key)["includes"]["zh"], key
        assert "ended" in one(client, key)["includes"]["en"], key


def test_before_findings_were_first_computed_nothing_is_known_of_them(
    connection: Connection, client: TestClient
) -> None:
    never = one(client, "findings_open")
    assert (never["now"]["value"], never["change"]) == (None, None)

    computed_since(connection, date(2025, 10, 15))  # and nothing was found

    assert values(client)["findings_open"] == 0
    points = ask(client, "/findings_open/series", years=0, months=4)["points"]
    assert [(point["as_of"], point["value"]) for point in points] == [
        ("2025-09-30", None),
        ("2025-10-31", 0),
        ("2025-11-30", 0),
        ("2025-12-31", 0),
        ("2026-01-01", 0),
    ]
    assert ask(client, "/findings_open/rows", as_of="2025-10-14")["total"]["value"] is None
    board = client.get(f"{API}/findings/board", params={"as_of": "2025-10-14"}).json()
    assert board["computed"]["first_day"] == "2025-10-15"


def test_the_past_is_answered_from_history(connection: Connection, client: TestClient) -> None:
    building, agency = a_building(connection, measured_gross_m2=100), an_agency(connection)
    room = a_room(connection, building=building, area=30)
    occupies(connection, agency, room, since=date(2020, 1, 1), until=date(2025, 7, 1))
    occupies(connection, agency, a_room(connection, building=building, area=70))
    has_title(connection, "unregistered", building=building, until=date(2025, 3, 1))
    has_title(connection, "administration", building=building, since=date(2025, 3, 1))

    found = ask(client, "/idle_rate/series", years=2, months=7)
    idle = one(client, "idle_rate")

    assert [(point["as_of"], point["value"]) for point in found["points"]] == [
        ("2024-12-31", 0),
        ("2025-06-30", 0),
        ("2025-07-31", 0.3),
        ("2025-08-31", 0.3),
        ("2025-09-30", 0.3),
        ("2025-10-31", 0.3),
        ("2025-11-30", 0.3),
        ("2025-12-31", 0.3),
        ("2026-01-01", 0.3),
    ]
    assert (idle["now"]["value"], idle["before"]["value"], idle["change"]) == (0.3, 0, 0.3)
    assert [values(client, as_of=day)["registered_area_rate"] for day in ("2025-02-28", "2025-03-01")] == [0, 1]


def test_nothing_is_compared_with_a_day_before_the_first_record_of_use(
    connection: Connection, client: TestClient
) -> None:
    agency, building = an_agency(connection), a_building(connection)
    occupies(connection, agency, a_room(connection, building=building, area=30), since=date(2025, 3, 1))

    asked = {"as_of": "2026-02-28"}  # a year before, the room was idle for all that is on record
    early = client.get(f"{API}/indicators", params=asked).json()
    later = client.get(f"{API}/indicators", params={"as_of": "2026-03-01"}).json()
    book = load_workbook(io.BytesIO(client.get(f"{API}/indicators", params=asked | {"format": "xlsx"}).content))

    assert (early["comparable"], early["before"], early["recorded_from"]) == (False, "2025-02-28", "2025-03-01")
    assert {item["change"] for item in early["items"]} == {None}
    idle = next(item for item in later["items"] if item["key"] == "idle_area")
    assert (later["comparable"], idle["change"]) == (True, 0)
    rows = list(book["指标"].iter_rows(values_only=True))
    change = [heading.split(" ")[0] for heading in rows[0]].index("变化")
    assert {row[change] for row in rows[1:]} == {None}
    assert "2025-02-28 早于有日期的使用记录" in str(list(book["说明 About"].iter_rows(values_only=True)))


def test_jurisdictions_below_add_up_to_the_whole(connection: Connection, client: TestClient) -> None:
    a_jurisdiction(connection)
    for code, name in (("330203", "海曙区"), ("330205", "江北区")):
        a_jurisdiction(connection, code, name, parent=CITY, level="county")
    a_jurisdiction(connection, "330203001000", "月湖街道", parent="330203", level="township")
    for code, area in ((CITY, 10), ("330203", 20), ("330203001000", 40), ("330205", 80)):
        a_room(connection, building=a_building(connection, jurisdiction=code), area=area)

    found = ask(client, "/idle_area/jurisdictions", jurisdiction=CITY)["items"]
    county = ask(client, "/idle_area/jurisdictions", jurisdiction="330203")["items"]

    assert [(row["code"], row["alone"], row["value"]) for row in found] == [
        (CITY, True, 10),
        ("330203", False, 60),
        ("330205", False, 80),
    ]
    assert values(client, jurisdiction=CITY)["idle_area"] == 150 == sum(row["value"] for row in found)
    assert [row["value"] for row in county] == [20, 40]
    assert values(client, jurisdiction="330205")["idle_area"] == 80


def test_areas_below_add_up_to_the_headline_to_the_hundredth(connection: Connection, client: TestClient) -> None:
    """Three times 10.004: 30.012 is shown as 30.01, and three times 10.00 would lack a hundredth."""
    a_jurisdiction(connection)
    for code, name in (("330203", "海曙区"), ("330205", "江北区"), ("330206", "北仑区")):
        a_jurisdiction(connection, code, name, parent=CITY, level="county")
        a_room(connection, building=a_building(connection, jurisdiction=code), area=10.004)

    rows = ask(client, "/idle_area/jurisdictions", jurisdiction=CITY)["items"]
    whole = values(client, jurisdiction=CITY)["idle_area"]

    assert sorted(row["value"] for row in rows) == [10, 10, 10.01]
    assert round(sum(row["value"] for row in rows), 2) == round(whole, 2) == 30.01
    assert sum(row["numerator"] for row in rows) == pytest.approx(30.012)


def test_an_indicator_of_areas_says_of_which_kind(client: TestClient) -> None:
    """Gross is what a building measures (建筑面积), usable what its rooms do (使用面积); neither adds to the other."""
    areas = [
        found
        for found in ask(client)["items"]
        if {found["numerator_unit"], found["denominator_unit"]} & {"m2"} or "area" in found["key"]
    ]
    said = {found["key"]: (found["name"]["zh"], found["name"]["en"].lower()) for found in areas}

    gross = {"registered_area", "registered_area_rate", "leased_area"}
    assert {key for key, (zh, en) in said.items() if "建筑面积" in zh and "gross" in en} == gross
    assert {key for key, (zh, en) in said.items() if "使用面积" in zh and "usable" in en} == set(said) - gross


def test_an_agency_counts_where_it_belongs_with_all_its_rooms(connection: Connection, client: TestClient) -> None:
    a_jurisdiction(connection, "330203", "海曙区", level="county")
    agency = an_agency(connection, posts=10, present=4)
    elsewhere = a_building(connection, jurisdiction="330203")
    occupies(connection, agency, a_room(connection, area=40))
    occupies(connection, agency, a_room(connection, building=elsewhere, area=60))

    assert values(client, jurisdiction=CITY)["area_per_head"] == 25  # 100 / 4
    assert values(client, jurisdiction="330203")["area_per_head"] is None


@pytest.mark.parametrize("key", list(INDICATORS))
def test_rows_come_in_pages_and_add_up_to_the_value(connection: Connection, client: TestClient, key: str) -> None:
    a_little_of_everything(connection)

    found, cursor = [], None
    while True:
        page = ask(client, f"/{key}/rows", limit=2, **({"cursor": cursor} if cursor else {}))
        found += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    now = one(client, key)["now"]

    assert len(found) == page["matching"]
    assert len({(row["id"], row["part"]) for row in found}) == len(found)
    assert sum(row["numerator"] for row in found) == pytest.approx(now["numerator"])
    assert sum(row["denominator"] for row in found) == pytest.approx(now["denominator"])
    assert [row["numerator"] for row in found] == sorted((row["numerator"] for row in found), reverse=True)
    if now["value"] is not None and page["indicator"]["is_rate"]:
        assert now["value"] == pytest.approx(now["numerator"] / now["denominator"])


def test_rows_of_one_part_and_those_that_count(connection: Connection, client: TestClient) -> None:
    a_little_of_everything(connection)

    counted = ask(client, "/registered_count_rate/rows", sort="counted")
    rest = ask(client, "/registered_count_rate/rows", sort="uncounted")
    registered = ask(client, "/registered_count_rate/rows", part="administration")

    assert all(row["numerator"] == 1 for row in counted["items"])
    assert all(row["numerator"] == 0 for row in rest["items"])
    assert registered["matching"] == counted["matching"] == 1


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/indicators/happiness/rows", 422),
        ("/indicators?jurisdiction=999999", 404),
        ("/indicators/idle_rate/rows?cursor=WzFd", 400),  # [1]
        ("/indicators/idle_rate/rows?sort=best", 422),
        ("/indicators/idle_rate/series?years=21", 422),
        ("/indicators/idle_rate/series?day=2026-01-01", 422),
    ],
)
def test_what_cannot_be_asked_is_refused(client: TestClient, path: str, status: int) -> None:
    answer = client.get(API + path)

    assert answer.status_code == status, answer.text
    assert answer.json()["type"].startswith("urn:fangdi:problem:")


def test_a_change_is_seen_at_once(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, posts=10, present=10)
    occupies(connection, agency, a_room(connection, area=100))
    assert (values(client)["area_per_post"], values(client)["area_per_head"]) == (10, 10)

    has_posts(connection, agency, 10, rank="city_bureau_deputy")
    connection.execute(text("UPDATE fangdi.agency_staff SET present = 5"))
    assert (values(client)["area_per_post"], values(client)["area_per_head"]) == (5, 20)

    approval: dict[str, Any] = {
        "document_no": "甬1号",
        "issued_on": date(2025, 1, 1),
        "valid": period(date(2025, 1, 1)),
        "entered_by": "x",
    }
    insert(connection, "area_approval", jurisdiction_code=CITY, agency_id=agency, approved_total_m2=60, **approval)
    assert values(client)["over_area"] == 40


def test_counts_are_written_as_whole_numbers(connection: Connection, client: TestClient) -> None:
    a_little_of_everything(connection)

    written = client.get(f"{API}/indicators", params={"format": "csv", "as_of": DAY}).content.decode("utf-8-sig")
    lines = {row["指标 Indicator"]: row for row in csv.DictReader(io.StringIO(written))}

    registered, areas = (lines[INDICATORS[key].name.zh] for key in ("registered_count_rate", "registered_area_rate"))
    assert (registered["分子 Numerator"], registered["分母 Denominator"]) == ("1", "3")  # the leased one is not due
    assert areas["分母 Denominator"] == "6001.50"  # 1000.25 × (1 + 2 + 3)


def test_all_indicators_and_the_rows_behind_one_are_written_to_files(
    connection: Connection, client: TestClient
) -> None:
    a_little_of_everything(connection)

    book = load_workbook(io.BytesIO(client.get(f"{API}/indicators?format=xlsx&as_of={DAY}").content))
    rows = load_workbook(io.BytesIO(client.get(f"{API}/indicators/idle_rate/rows?format=xlsx&as_of={DAY}").content))

    assert book.sheetnames == ["指标", "构成", "指标定义", "说明 About"]
    names = [row[1].value for row in book["指标"].iter_rows(min_row=2)]
    assert names == [one.name.zh for one in INDICATORS.values()]
    total = sum(row[4].value for row in rows.worksheets[0].iter_rows(min_row=2))
    assert total == pytest.approx(one(client, "idle_rate")["now"]["numerator"])
    assert client.get(f"{API}/indicators?format=geojson").status_code == 422
