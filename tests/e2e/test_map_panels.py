"""The panels beside the map in a real browser: idle rooms, coverage, areas, and what limits all of them."""

import pytest

from e2e.map_page import MapPage

pytestmark = pytest.mark.e2e

CENTRE = "#map=17.3/29.8631/121.6210"
"""The administrative centre (行政中心), so near that rooms are drawn."""


def test_the_idle_panel_filters_totals_and_leads_to_the_room(city: MapPage) -> None:
    city.open(CENTRE + "&level=3&panel=none").panel("idle")
    every = city.ask("reports/idle?limit=1")
    total = every["total"]
    assert city.figures("idle-total") == [total["rooms"], total["area_m2"], round(every["holding_yuan"])]
    filtered = city.ask("reports/idle?min_area_m2=30&limit=1")["total"]
    assert 0 < filtered["rooms"] < total["rooms"]
    city.fill("idle-min-area", "30").wait_for_figure("idle-total", f"{filtered['rooms']:,}")
    assert city.figures("idle-total")[:2] == [filtered["rooms"], filtered["area_m2"]]
    assert all(float(row[1].replace(",", "")) >= 30 for row in city.rows("idle-table"))
    city.open_row("idle-table")
    city.picture("idle")
    assert "闲置" in city.details
    assert city.rooms()[int(city.address.split("sel=room:")[1].split("&")[0])]["state"] == "idle"
    assert {room["state"] for room in city.rendered("rooms-sought")} == {"idle"}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_headings_fit_their_columns(city: MapPage, language: str) -> None:
    for panel in ("idle", "areas"):
        assert city.open(f"#panel={panel}&lang={language}").cut_headings(f"{panel}-table") == []


def test_a_table_is_sorted_by_its_headings(city: MapPage) -> None:
    city.open(f"{CENTRE}&panel=idle")
    city.sort_by("idle-table", "面积")
    areas = [float(row[1].replace(",", "")) for row in city.rows("idle-table") if row[1] != "—"]
    assert areas == sorted(areas, reverse=True)


def test_a_table_is_sorted_as_a_whole_and_not_only_as_far_as_it_was_read(city: MapPage) -> None:
    every = city.open(f"{CENTRE}&panel=idle").ask("reports/idle?limit=1000")["items"]
    assert len(city.rows("idle-table")) < len(every)
    largest = max(row["area_m2"] for row in every if row["area_m2"] is not None)
    city.sort_by("idle-table", "面积")
    assert len(city.rows("idle-table")) == len(every)
    assert city.rows("idle-table")[0][1] == f"{largest:,.2f}"


def test_a_range_the_wrong_way_round_is_said_at_the_field_and_not_asked(city: MapPage) -> None:
    city.open(f"{CENTRE}&panel=idle").fill("idle-min-area", "50").settle()
    asked = city.requests_during(lambda: city.fill("idle-max-area", "20"))
    assert city.said("idle-mistake") == "最小面积大于最大面积,请改正其中一个。"
    assert [url for url in asked if url.startswith("reports/idle")] == []
    assert not city.exports()
    asked = city.requests_during(lambda: city.fill("idle-max-area", "60"))
    assert not city.has("idle-mistake")
    assert any("min_area_m2=50&max_area_m2=60" in url for url in asked)


def test_the_rooms_of_an_answer_stand_out_among_the_idle_ones(city: MapPage) -> None:
    city.open("#panel=spaces").fill("spaces-rooms", "2")
    offer = city.ask("reports/idle/spaces?rooms=2&limit=50")["items"][0]
    found = {room["id"]: room["number"] for room in offer["rooms"]}
    city.look_for_space().open_offer(offer["floor_id"])
    city.picture("spaces")
    assert len(found) == 2
    assert {room["id"] for room in city.rendered("rooms-found")} == set(found)
    assert all(number in city.found_rooms for number in found.values())
    assert city.has("spaces-asked")  # the form gives its place to the answer


def test_where_nothing_is_enough_the_closest_is_named_and_opened(city: MapPage) -> None:
    city.open("#panel=spaces").fill("spaces-rooms", "300").look_for_space()
    closest = city.ask("reports/idle/spaces/closest?rooms=300")
    there = len(closest["offer"]["rooms"])

    assert 1 <= there < 300
    assert f"少 {300 - there} 间" in city.said("spaces-lacking")
    city.picture("spaces-closest")
    city.open_offer(closest["offer"]["floor_id"])
    assert {room["id"] for room in city.rendered("rooms-found")} <= {room["id"] for room in closest["offer"]["rooms"]}
    assert city.rendered("rooms-found")


def test_every_panel_and_its_exports_keep_to_the_chosen_jurisdiction(city: MapPage) -> None:
    city.open("#panel=idle").choose_jurisdiction("海曙区")
    assert "jurisdiction=330203" in city.address
    city.reload()
    every = city.ask("reports/idle?jurisdiction=330203&limit=1")
    idle = every["total"]
    assert city.figures("idle-total") == [idle["rooms"], idle["area_m2"], round(every["holding_yuan"])]
    assert all("jurisdiction=330203" in address for address in city.exports())
    city.panel("areas")
    areas = city.ask("reports/areas/agencies?jurisdiction=330203")["total"]
    assert city.figures("areas-total") == [areas["rooms"], areas["area_m2"]]
    assert all("jurisdiction=330203" in address for address in city.exports())
    city.panel("coverage")
    outside = city.ask("reports/coverage?jurisdiction=330203")["totals"]["outside"]["buildings"]
    assert float(city.rows("bands")[2][4]) == outside
    assert all("jurisdiction=330203" in address for address in city.exports())
    city.choose_everywhere()
    assert "jurisdiction=" not in city.address
    outside = city.ask("reports/coverage")["totals"]["outside"]["buildings"]
    assert float(city.rows("bands")[2][4]) == outside


def test_the_coverage_panel_draws_the_reach_of_the_zones(city: MapPage) -> None:
    city.open("#panel=none").panel("coverage")
    known = city.ask("reports/coverage")["totals"]
    bands = {row[0]: [float(text.replace(",", "")) for text in row[1:]] for row in city.rows("bands")}
    city.picture("coverage")
    assert city.rendered("reach-line")
    assert list(bands.values()) == [
        [known[band][figure] for figure in ("agencies", "posts", "area_m2", "buildings")]
        for band in ("inside", "within", "outside")
    ]
    wide, _, _ = city.camera
    city.fill("radius", "500").settle()
    city.settle()
    near, _, _ = city.camera
    assert near > wide  # the map flies to the smaller ring
    smaller = city.ask("reports/coverage?radius_m=500")["totals"]["within"]["buildings"]
    assert float(city.rows("bands")[1][4]) == smaller < known["within"]["buildings"]


def test_closing_the_coverage_panel_takes_the_ring_away(city: MapPage) -> None:
    city.open("#panel=coverage")
    assert city.rendered("reach-line")
    city.panel("layers")
    assert not city.rendered("reach-line")


def test_the_areas_panel_leads_to_an_agency_and_its_rooms(city: MapPage) -> None:
    city.open("#panel=areas")
    total = city.ask("reports/areas/agencies")["total"]
    assert city.figures("areas-total") == [total["rooms"], total["area_m2"]]
    name = city.rows("areas-table")[0][0].strip()
    city.open_row("areas-table")
    agency = int(city.address.split("sel=agency:")[1].split("&")[0])
    city.picture("agency")
    assert city.details_title == name
    assert "编制" in city.details
    assert {building["id"] for building in city.rendered("buildings-sought")} <= {
        building["id"] for building in city.ask(f"agencies/{agency}")["buildings"]
    }
    assert city.rendered("buildings-sought")
