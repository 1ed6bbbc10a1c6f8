"""The answers over HTTP: shapes, figures, pages, files."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
import shapely
from sqlalchemy import Connection, text

from builders import (
    CENTRE,
    a_building,
    a_parcel,
    a_room,
    a_site,
    a_zone,
    an_agency,
    degrees_box,
    has_tenure,
    has_title,
    occupies,
    period,
    square,
)
from fangdi.domain.vocabulary import AreaBasis

API = "/api/v1"
DAY = {"as_of": "2026-01-01"}
DATELESS = ("/meta", "/vocabulary")


@pytest.fixture
def city(connection: Connection) -> dict[str, int]:
    """Draw a parcel, a site, two buildings, three rooms, two agencies and a zone."""
    parcel = a_parcel(connection, code="P-1")
    site = a_site(connection, parcels=(parcel,))
    near = a_building(connection, "行政中心1号楼", site=site, parcels=(parcel,))
    far = a_building(connection, "远楼", at=(121.9, 29.87))
    ids = {"parcel": parcel, "site": site, "near": near, "far": far}
    ids["office"] = a_room(connection, "301", building=near, plan=square(5), level=3)
    ids["shared"] = a_room(connection, "302", building=near, area=33.333, level=3)
    ids["idle"] = a_room(connection, "101", building=far, area=12)
    ids["archive"] = an_agency(connection, "市档案局", posts=5, present=4)
    ids["audit"] = an_agency(connection, "市审计局", posts=3)
    occupies(connection, ids["archive"], ids["office"], since=period_start("2024-01-01"))
    occupies(connection, ids["archive"], ids["shared"], share=0.5)
    occupies(connection, ids["audit"], ids["shared"], share=0.5)
    occupies(connection, ids["audit"], ids["idle"], until=period_start("2025-12-01"))
    ids["zone"] = a_zone(connection)
    has_title(connection, "recorded", building=near)
    has_tenure(connection, near, "owned")
    return ids


def period_start(day: str) -> Any:
    """Read a date."""
    from datetime import date  # noqa: PLC0415

    return date.fromisoformat(day)


def get(http: Any, path: str, **parameters: Any) -> Any:
    """Ask, and return the JSON of a good answer."""
    answer = http.get(f"{API}{path}", params={**({} if path in DATELESS else DAY), **parameters})
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.usefixtures("city")
def test_areas_name_basis_date_and_definition_with_two_decimals(http: Any) -> None:
    report = get(http, "/reports/areas")
    assert (report["as_of"], report["basis"]) == ("2026-01-01", "measured")
    assert set(report["definition"]) == {"zh", "en"}
    # 25 + half of 33.333, and the other half
    assert [(row["agency"]["name"], row["area_m2"]) for row in report["items"]] == [
        ("市档案局", 41.67),
        ("市审计局", 16.67),
    ]
    assert report["total"] == {"rooms": 2, "area_m2": 58.33, "rooms_without_area": 0}


def test_areas_of_agencies_give_posts_staff_and_area_per_post(http: Any, city: dict[str, int]) -> None:
    report = get(http, "/reports/areas/agencies")
    archive = next(row for row in report["items"] if row["agency"]["id"] == city["archive"])
    assert (archive["posts"], archive["present"], archive["rooms"]) == (5, 4, 2)
    assert archive["area_per_post_m2"] == 8.33  # (25 + 16.6665) / 5
    assert report["unassigned_m2"] == 12
    assert report["all_rooms"]["rooms"] == 3


def test_the_rooms_behind_a_figure_show_the_share_that_counts(http: Any, city: dict[str, int]) -> None:
    report = get(http, "/reports/areas/rooms", agency_id=city["audit"])
    (room,) = report["items"]
    assert (room["number"], room["share"], room["room_m2"], room["area_m2"]) == ("302", 0.5, 33.33, 16.67)


@pytest.mark.usefixtures("city")
def test_idle_rooms_say_since_when_and_who_left(http: Any) -> None:
    report = get(http, "/reports/idle")
    (row,) = report["items"]
    assert (row["room"]["number"], row["idle_since"], row["idle_days"]) == ("101", "2025-12-01", 31)
    assert row["last_agency"]["name"] == "市审计局"


@pytest.mark.usefixtures("city")
def test_coverage_gives_bands_for_buildings_and_agencies(http: Any) -> None:
    report = get(http, "/reports/coverage")
    bands = {row["name"]: (row["band"], row["distance_m"]) for row in report["buildings"]}
    assert bands["行政中心1号楼"] == ("inside", 0)
    assert bands["远楼"][0] == "outside"
    assert report["totals"]["inside"] == {"agencies": 2, "posts": 8, "area_m2": 58.33, "buildings": 1}
    assert report["radius_m"] == 2000


@pytest.mark.usefixtures("city")
def test_the_radius_asked_for_holds(http: Any) -> None:
    report = get(http, "/reports/coverage", radius_m=50_000)
    assert [row["band"] for row in report["buildings"]] == ["inside", "within"]
    assert [zone["radius_m"] for zone in report["zones"]] == [50_000]


def test_the_map_gets_small_rows(http: Any, city: dict[str, int]) -> None:
    near, far = get(http, "/buildings/summary")["items"]
    assert (near["title"], near["tenure"], near["band"], near["main_agency_id"]) == (
        "recorded",
        "owned",
        "inside",
        city["archive"],
    )
    assert (far["idle_m2"], far["idle_share"], far["main_agency_id"], far["title"]) == (12, 1, None, None)


def test_links_lead_down_from_land_to_room_and_up_again(http: Any, city: dict[str, int]) -> None:
    path, kind, identity = "/parcels/{}", "parcel", city["parcel"]
    for below, path_below in (
        ("site", "/sites/{}"),
        ("building", "/buildings/{}"),
        ("floor", "/floors/{}"),
        ("room", "/rooms/{}"),
        ("agency", "/agencies/{}"),
    ):
        here = get(http, path.format(identity))
        link = next(link for link in here["links"]["down"] if link["kind"] == below)
        there = get(http, path_below.format(link["id"]))
        if below != "agency":  # an agency's way up is its jurisdiction: it is in many rooms
            assert {"kind": kind, "id": identity} in [
                {"kind": up["kind"], "id": up["id"]} for up in there["links"]["up"]
            ]
        path, kind, identity = path_below, below, link["id"]


def test_a_room_says_who_uses_it_who_did_and_its_state(http: Any, city: dict[str, int]) -> None:
    shared, idle = get(http, f"/rooms/{city['shared']}"), get(http, f"/rooms/{city['idle']}")
    assert shared["state"] == "occupied"
    assert [(user["agency_name"], user["share"]) for user in shared["occupants"]] == [
        ("市档案局", 0.5),
        ("市审计局", 0.5),
    ]
    assert (idle["state"], idle["idle_since"], idle["idle_days"], idle["occupants"]) == ("idle", "2025-12-01", 31, [])
    assert [use["until"] for use in idle["history"]] == ["2025-12-01"]
    assert get(http, f"/rooms/{city['idle']}", as_of="2025-11-30")["state"] == "occupied"


@pytest.mark.usefixtures("city")
def test_areas_of_a_thing_are_given_by_basis(http: Any, connection: Connection) -> None:
    room = a_room(connection, area=20.126, declared_usable_m2=21)
    assert get(http, f"/rooms/{room}")["areas"] == {
        "registered": None,
        "planning": None,
        "declared": 21,
        "measured": 20.13,
    }


def test_a_classified_thing_says_so(http: Any, connection: Connection) -> None:
    building = a_building(connection, classified=True)
    assert get(http, f"/buildings/{building}")["classified"] is True


def test_a_building_lists_its_floors_with_rooms(http: Any, city: dict[str, int]) -> None:
    building = get(http, f"/buildings/{city['near']}")
    assert [(floor["level"], floor["rooms"]) for floor in building["floors"]] == [(3, 2)]
    assert (building["title"]["state"], building["tenure"]["kind"]) == ("recorded", "owned")


def test_a_list_comes_in_pages_that_hold_everything_once(http: Any, connection: Connection) -> None:
    made = [an_agency(connection) for _ in range(7)]
    seen, cursor = [], None
    while True:
        page = get(http, "/agencies", limit=3, **({"cursor": cursor} if cursor else {}))
        seen += [agency["id"] for agency in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
        made.append(an_agency(connection))  # arrives while we read
        if len(made) > 9:
            break
    assert seen == sorted(set(seen))
    assert set(made[:6]) <= set(seen)


@pytest.mark.parametrize("parameter", ["building_id", "floor_id", "level"])
def test_rooms_are_listed_by_building_floor_or_level(http: Any, city: dict[str, int], parameter: str) -> None:
    floor = get(http, f"/rooms/{city['office']}")["floor_id"]
    value = {"building_id": city["near"], "floor_id": floor, "level": 3}[parameter]
    assert {room["number"] for room in get(http, "/rooms", **{parameter: value})["items"]} == {"301", "302"}


@pytest.mark.usefixtures("city")
def test_zones_come_as_geojson_and_their_reach_with_them(http: Any) -> None:
    (zone,) = get(http, "/zones")["items"]
    assert shapely.geometry.shape(zone["outline"]).is_valid
    reach = get(http, f"/zones/{zone['id']}/reach", radius_m=1000)
    drawn = shapely.geometry.shape(reach["geometry"])
    assert drawn.contains(shapely.geometry.shape(zone["outline"]))
    # 1000 m are 1000 / 110,861 ≈ 0.00902° of meridian at 30° N
    assert drawn.bounds[3] == pytest.approx(CENTRE[1] + 0.005 + 0.00902, abs=1e-5)
    assert "crs" not in reach["geometry"]


@pytest.mark.usefixtures("city")
def test_meta_tells_the_extent_the_levels_and_whether_the_data_are_invented(http: Any, connection: Connection) -> None:
    meta = get(http, "/meta")
    assert meta["levels"] == [1, 3]
    assert meta["bbox"][2] == pytest.approx(121.9)
    assert (meta["sample"], meta["sample_notice"]) == (False, None)
    assert meta["bases"] == [basis.value for basis in AreaBasis]
    assert set(meta["layers"]) == {"jurisdictions", "zones", "parcels", "sites", "buildings", "rooms"}
    notice = {"zh": "示例数据", "en": "Sample data", "seed": 7}
    connection.execute(
        text("INSERT INTO fangdi.deployment VALUES ('sample', CAST(:notice AS jsonb))"), {"notice": json.dumps(notice)}
    )
    meta = get(http, "/meta")
    assert (meta["sample"], meta["sample_notice"]) == (True, notice)


def test_an_empty_database_answers_every_question(http: Any) -> None:
    assert get(http, "/meta")["bbox"] is None
    for path in ("/reports/areas", "/reports/idle", "/zones", "/buildings/summary", "/agencies", "/rooms"):
        assert get(http, path)["items"] == []
    assert get(http, "/reports/coverage")["buildings"] == []
    assert get(http, "/search", q="301")["items"] == []


def test_every_word_list_has_both_languages(http: Any) -> None:
    for words in get(http, "/vocabulary").values():
        assert words
        assert all(word["zh"] and word["en"] for word in words)


def test_search_answers_with_places(http: Any, city: dict[str, int]) -> None:
    (hit,) = get(http, "/search", q="行政中心1号楼 301")["items"]
    assert (hit["kind"], hit["id"], hit["building_id"], hit["level"]) == ("room", city["office"], city["near"], 3)


@pytest.fixture
def named_like_a_formula(connection: Connection) -> Iterator[int]:
    """Draw an agency whose name a spreadsheet would run."""
    agency = an_agency(connection, "=cmd|' /C calc'!A0", posts=1)
    occupies(connection, agency, a_room(connection, area=1))
    return agency


@pytest.mark.usefixtures("named_like_a_formula")
@pytest.mark.usefixtures("city")
def test_csv_opens_in_excel_and_no_cell_is_a_formula(http: Any) -> None:
    answer = http.get(f"{API}/reports/areas", params={**DAY, "format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert "使用面积(㎡,实测面积) Usable area (m², measured)" in heading
    names = [row[1] for row in rows]
    assert "'=cmd|' /C calc'!A0" in names
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    assert "41.67" in [row[7] for row in rows]


@pytest.mark.usefixtures("named_like_a_formula")
def test_xlsx_says_what_its_figures_mean(http: Any, connection: Connection) -> None:
    notice = json.dumps({"zh": "示例数据", "en": "Sample data", "seed": 7})
    connection.execute(
        text("INSERT INTO fangdi.deployment VALUES ('sample', CAST(:notice AS jsonb))"), {"notice": notice}
    )
    answer = http.get(f"{API}/reports/areas", params={**DAY, "format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    about = {row[0].value: row[1].value for row in book["说明 About"].iter_rows()}
    assert "示例数据 Sample data" in about["注意 Notice"]
    assert (about["基准日 As of"], about["行数 Rows"]) == ("2026-01-01", "1")
    assert "measured" in about["面积口径 Basis"]
    assert "有权查看" in about["范围 Covers"]
    assert "EPSG:4490" in about["坐标系 CRS"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


@pytest.mark.usefixtures("city")
def test_geojson_has_a_point_for_each_row_and_no_crs(http: Any) -> None:
    for report, expected in (("areas", 2), ("idle", 1), ("coverage", 2)):
        answer = http.get(f"{API}/reports/{report}", params={**DAY, "format": "geojson"})
        assert answer.headers["content-type"] == "application/geo+json"
        collection = answer.json()
        assert "crs" not in collection
        assert len(collection["features"]) == expected
        longitude, latitude = collection["features"][0]["geometry"]["coordinates"]
        assert 121 < longitude < 122
        assert 29 < latitude < 31


def test_a_file_holds_all_rows_and_not_one_page(http: Any, connection: Connection) -> None:
    for _ in range(12):
        a_room(connection)
    answer = http.get(f"{API}/reports/idle", params={**DAY, "format": "csv", "limit": 5})
    assert len(answer.content.decode("utf-8-sig").splitlines()) == 1 + 12


def test_zones_of_other_days_are_not_listed(http: Any, connection: Connection) -> None:
    a_zone(connection, degrees_box(121.5, 29.8, 121.51, 29.81), valid=period(until=period_start("2026-01-01")))
    assert get(http, "/zones")["items"] == []
    assert len(get(http, "/zones", as_of="2025-12-31")["items"]) == 1


def test_the_rooms_behind_a_figure_stay_in_the_jurisdiction_asked_for(http: Any, connection: Connection) -> None:
    agency = an_agency(connection)
    for code in ("330203", "330205"):
        building = a_building(connection, jurisdiction=code)
        occupies(connection, agency, a_room(connection, code, building=building))

    asked = {"agency_id": agency, **DAY}
    there = http.get(f"{API}/reports/areas/rooms", params={**asked, "jurisdiction": "330203"}).json()
    everywhere = http.get(f"{API}/reports/areas/rooms", params=asked).json()

    assert [item["number"] for item in there["items"]] == ["330203"]
    assert len(everywhere["items"]) == 2
    unknown = http.get(f"{API}/reports/areas/rooms", params={**asked, "jurisdiction": "110000"})
    assert unknown.status_code == 404


def test_bands_add_up_to_the_hundredth(http: Any, connection: Connection) -> None:
    a_zone(connection)
    east, north = CENTRE
    for degrees in (0.0, 0.015, 0.2):  # inside, within 2 km, beyond
        building = a_building(connection, at=(east + degrees, north))
        occupies(connection, an_agency(connection), a_room(connection, building=building, area=10.004))

    totals = http.get(f"{API}/reports/coverage", params=DAY).json()["totals"]

    # 3 × 10.004 = 30.012, which is 30.01: one of the three bands has to give way
    assert sum(round(band["area_m2"] * 100) for band in totals.values()) == 3001
