"""The map in a real browser, over the sample city; nothing may go wrong in the browser meanwhile (see `city`)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from e2e.map_page import MapPage

pytestmark = pytest.mark.e2e

CENTRE = "#map=17.3/29.8631/121.6210"
"""The administrative centre (行政中心), so near that rooms are drawn."""


def test_the_page_shows_the_city_and_says_that_it_is_invented(city: MapPage) -> None:
    city.open()
    city.picture("map")
    assert city.title == "房地 · 机关办公用房与用地一张图"
    assert "演示数据" in city.text
    for layer in ("jurisdictions-fill", "zones-fill", "parcels-fill", "sites-fill", "buildings-fill"):
        assert city.rendered(layer), layer


def test_from_afar_every_building_is_a_point(city: MapPage) -> None:
    city.open("#map=8.6/29.75/121.45&panel=none")
    city.picture("city-from-afar")
    every = {building["id"] for building in city.ask("buildings/summary")["items"]}
    assert {point["id"] for point in city.rendered("points-dot")} == every


def levels(city: MapPage, rooms: Mapping[int, Mapping[str, Any]]) -> set[float]:
    """Return the levels of the rooms that are drawn, as the lists say them."""
    found = {}
    for building in {room["building"] for room in rooms.values()}:
        listed = city.ask(f"rooms?building_id={building}&limit=1000")["items"]
        found |= {row["id"]: row["level"] for row in listed}
    return {found[number] for number in rooms}


def test_the_floor_switch_shows_the_rooms_of_that_floor_alone(city: MapPage) -> None:
    city.open(f"{CENTRE}&level=1")
    assert city.floor == "1F"
    assert city.floors == sorted(city.floors, reverse=True)
    ground = city.rooms()
    city.choose_floor(3)
    third = city.rooms()
    city.picture("floor")
    assert levels(city, ground) == {1}
    assert levels(city, third) == {3}
    assert "level=3" in city.address


def test_the_floor_switch_works_from_the_keyboard(city: MapPage) -> None:
    city.open(f"{CENTRE}&level=2")
    city.press_on_floors("ArrowUp")
    assert city.floor == "3F"
    assert levels(city, city.rooms()) == {3}


def test_every_floor_of_a_tall_building_can_be_reached(city: MapPage) -> None:
    tallest = max(city.ask("buildings/summary")["items"], key=lambda row: len(row["levels"]))
    top, bottom = max(tallest["levels"]), min(tallest["levels"])
    city.open(f"#map=18/29.8630/121.6209&sel=building:{tallest['id']}&level={bottom:g}")
    assert city.floors_in_sight[-1] == bottom
    assert top not in city.floors_in_sight
    city.picture("tall-building")
    while top not in city.floors_in_sight:
        before = city.floors_in_sight
        city.scroll_floors("up")
        assert city.floors_in_sight[0] > before[0]
    city.choose_floor(int(top))
    assert f"level={top:g}" in city.address


def test_what_is_past_ends_on_its_last_day(city: MapPage) -> None:
    rooms = (room for row in city.ask("buildings/summary")["items"] for room in _rooms(city, row["id"]))
    room, past = next((room, past) for room in rooms for past in room["history"] if past["until"])
    city.open(f"#sel=room:{room['id']}")
    last = date.fromisoformat(past["until"]) - timedelta(days=1)
    assert f"{past['since'] or '建档'} – {last}" in city.details


def _rooms(city: MapPage, building: int) -> Iterator[dict[str, Any]]:
    for row in city.ask(f"rooms?building_id={building}&limit=20")["items"]:
        yield city.ask(f"rooms/{row['id']}")


def test_a_click_on_a_room_tells_what_it_is(city: MapPage) -> None:
    city.open("#map=18.6/29.8630/121.6209&level=3")
    room = city.click_a_room(state="occupied")
    known = city.ask(f"rooms/{room['id']}")
    city.picture("room")
    assert city.details_title == room["number"]
    assert f"sel=room:{room['id']}" in city.address
    assert f"{known['areas']['measured']:,.2f}㎡" in city.details.replace("\n", "")
    assert "实测面积" in city.details
    assert known["use_name"] in city.details
    assert known["occupants"][0]["agency_name"] in city.details
    assert [mark["id"] for mark in city.rendered("rooms-selected")][:1] == [room["id"]]


def test_links_lead_up_from_the_room_to_the_land_and_back_again(city: MapPage) -> None:
    city.open("#map=18.6/29.8630/121.6209&level=3")
    room = city.click_a_room()
    for kind, name in (("floor", "楼层"), ("building", "楼座"), ("site", "院落"), ("parcel", "宗地")):
        city.follow(kind)
        assert f"sel={kind}:" in city.address
        assert name in city.details
    city.follow("site").follow("building")
    assert city.floors == sorted(
        (f["level"] for f in city.ask(f"buildings/{room['building']}")["floors"]), reverse=True
    )


def test_figures_of_buildings_are_asked_for_once_and_not_with_every_move(city: MapPage) -> None:
    asked = city.requests_during(lambda: city.open(CENTRE).open("#map=15/29.87/121.55"))
    assert sum(url.startswith("buildings/summary") for url in asked) == 2  # one for each opening
    assert not city.requests_during(lambda: city.move(200, 100))


def test_the_language_switches_to_english_and_back(city: MapPage) -> None:
    city.open(CENTRE)
    chinese = city.text
    city.switch_language()
    city.picture("english")
    assert "Layers and legend" in city.text
    assert "Office" in city.text
    assert "lang=en" in city.address
    assert city.title.startswith("Fangdi")
    city.switch_language()
    assert city.text == chinese


def test_in_english_places_go_by_their_english_names_where_they_have_one(city: MapPage) -> None:
    agency = city.open("#panel=areas&lang=en").ask("reports/areas/agencies")["items"][0]["agency"]
    english = city.ask(f"agencies/{agency['id']}")["name_en"]
    assert city.rows("areas-table")[0][0].strip() == english != agency["name"]
    assert {label["name"] for label in city.rendered("points-name")} <= {
        building["name_en"] for building in city.ask("buildings?limit=1000")["items"]
    }
    city.switch_language()
    assert city.rows("areas-table")[0][0].strip() == agency["name"]


def test_search_works_from_the_keyboard_and_flies_to_what_it_found(city: MapPage) -> None:
    building = city.open().ask("buildings/summary")["items"][-1]
    suggestions = city.search(building["name"])
    city.picture("search")
    assert building["name"] in suggestions[0]
    city.press_in_search("Enter")
    _, lat, lon = city.camera
    assert city.details_title == building["name"]
    assert lon == pytest.approx(building["location"][0], abs=0.005)
    assert lat == pytest.approx(building["location"][1], abs=0.005)


def test_what_has_ended_is_found_and_shown_as_it_was_on_its_last_day(city: MapPage) -> None:
    here = {agency["id"] for agency in city.open().ask("agencies?limit=1000")["items"]}
    gone = next(row for row in city.ask("agencies?as_of=2022-01-01&limit=1000")["items"] if row["id"] not in here)
    ended = date.fromisoformat(city.ask(f"agencies/{gone['id']}?as_of=2022-01-01")["valid_until"])
    last = ended - timedelta(days=1)
    assert f"存续至 {last}" in city.search(gone["name"])[0]
    city.press_in_search("Enter")
    assert city.details_title == gone["name"]
    assert f"as_of={last}" in city.address


def test_a_deep_link_shows_the_same_again(city: MapPage) -> None:
    city.open("#map=18.6/29.8630/121.6209&level=3&panel=idle&lang=en&as_of=2025-06-30")
    city.click_a_room()
    address, text, camera = city.address, city.text, city.camera
    city.reload()
    assert city.address == address
    assert city.text == text
    assert city.camera == pytest.approx(camera, abs=1e-4)


def test_back_undoes_one_step(city: MapPage) -> None:
    city.open("#map=18.6/29.8630/121.6209&level=3&panel=layers")
    city.click_a_room()
    city.panel("idle")
    city.back()
    assert "panel=layers" in city.address
    assert city.has_details
    city.back()
    assert not city.has_details


def test_another_day_shows_another_state(city: MapPage) -> None:
    city.open(f"{CENTRE}&level=3&panel=idle")
    now = {id_: room["state"] for id_, room in city.rooms().items()}
    city.choose_day("2022-03-01")
    city.wait_for_figure("idle-total", f"{city.ask('reports/idle?as_of=2022-03-01&limit=1')['total']['rooms']:,}")
    then = {id_: room["state"] for id_, room in city.rooms().items()}
    assert "as_of=2022-03-01" in city.address
    assert now.keys() == then.keys()
    assert now != then


def test_what_does_not_exist_is_said_in_a_sentence(city: MapPage) -> None:
    city.expect_refusal(404).open("#sel=jurisdiction:999999")
    assert "找不到该对象" in city.details
    assert "重试" not in city.details


@pytest.mark.parametrize(
    ("theme", "attribute"),
    [("agency", "agency"), ("state", "idleShare"), ("title", "title"), ("tenure", "tenure")],
)
def test_the_map_takes_every_colouring(city: MapPage, theme: str, attribute: str) -> None:
    city.open(f"{CENTRE}&level=3").colour_by(theme)
    city.picture(f"by-{theme}")
    buildings, rooms = city.colours()
    assert f"by={theme}" in city.address
    assert f'"{attribute}"' in buildings
    assert '"category"' not in rooms  # as they were before


def test_a_layer_can_be_hidden(city: MapPage) -> None:
    city.open().toggle_layer("parcels")
    assert not city.rendered("parcels-fill")
    assert city.rendered("sites-fill")
