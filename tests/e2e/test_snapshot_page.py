"""A map that was handed on opens from the disk, works, and asks nobody for anything."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from fangdi.service.snapshot import Feature, Floor, Snapshot, SubjectKind
from fangdi_map_ui.snapshot import snapshot_html

EVIL = "<script>window.hacked = true</script><img src=x onerror='window.hacked = true'>"


def rectangle(west: float, south: float, width: float, height: float) -> dict[str, Any]:
    """Draw a box; units are 0.0001°, some ten metres, from a point in Ningbo."""
    corners = [(west, south), (west + width, south), (west + width, south + height), (west, south + height)]
    ring = [[121.55 + x / 10_000, 29.87 + y / 10_000] for x, y in [*corners, corners[0]]]
    return {"type": "Polygon", "coordinates": [ring]}


def room(number: str, west: float, *, name: str = "办公室") -> Feature:
    facts = (("房间", "Room", f"{number} {name}"), ("状态", "State", ("room_state", "idle")))
    return Feature(rectangle(west, 0, 1, 1), ("room_state", "idle"), facts, label=number)


def a_map() -> Snapshot:
    house = Feature(rectangle(0, 0, 3, 1), ("title_state", "recorded"), (("楼座", "Building", EVIL),))
    return Snapshot(
        kind=SubjectKind.BUILDING,
        title=EVIL,
        as_of=date(2026, 1, 1),
        notice={"zh": "示例数据:虚构", "en": "Sample data: invented"},
        zones=(),
        parcels=(),
        sites=(),
        buildings=(house,),
        floors=(
            Floor(1, EVIL, (room("101", 0, name=EVIL), room("102", 1))),
            Floor(2, "二层", (room("201", 2),)),
        ),
    )


@pytest.fixture
def page(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """Open the map from the disk in a browser that is offline; fails if anything went wrong or was asked for."""
    file = tmp_path / "map.html"
    file.write_text(snapshot_html(a_map()), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 800}, offline=True)
    opened = context.new_page()
    requests: list[str] = []
    troubles: list[str] = []
    opened.on("request", lambda request: requests.append(request.url))
    opened.on("console", lambda message: troubles.append(message.text))
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.goto(file.as_uri())
    opened.wait_for_selector("path.leaflet-interactive")
    yield opened
    context.close()
    assert troubles == []
    assert requests == [file.as_uri()]


def test_a_click_on_a_room_tells_what_is_known_of_it(page: Page) -> None:
    page.locator(".leaflet-tooltip", has_text="102").wait_for()
    box = page.locator(".leaflet-tooltip", has_text="102").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    assert "房间 Room" in popup.inner_text()
    assert "102 办公室" in popup.inner_text()
    assert "闲置 Idle" in popup.inner_text()


def test_the_floor_switch_changes_the_rooms(page: Page) -> None:
    expect(page.locator(".leaflet-tooltip")).to_have_text(["101", "102"])
    page.locator(".leaflet-control-layers-base label", has_text="二层").click()
    expect(page.locator(".leaflet-tooltip")).to_have_text(["201"])


def test_names_are_shown_as_text_and_not_run(page: Page) -> None:
    page.locator(".leaflet-tooltip", has_text="101").wait_for()
    box = page.locator(".leaflet-tooltip", has_text="101").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.locator(".leaflet-popup-content").wait_for()
    assert "<script>" in page.locator(".leaflet-popup-content").inner_text()
    assert "<script>" in page.locator("#fangdi-heading").inner_text()
    assert page.evaluate("window.hacked") is None


def test_heading_and_legend_say_what_and_when_and_that_it_is_invented(page: Page) -> None:
    heading = page.locator("#fangdi-heading").inner_text()
    assert "2026-01-01" in heading
    assert "虚构" in heading
    assert "invented" in heading
    legend = page.locator("#fangdi-legend").inner_text()
    assert "闲置 Idle" in legend
    assert "权属备案 Recorded only" in legend
    assert "设备用房" not in legend
