"""The map as a person uses it: the only file that knows selectors, the browser and MapLibre."""

import re
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Locator, Page

from e2e.troubles import Troubles

_SETTLED = """() => {
  const map = window.fangdiMap
  const view = document.querySelector('[data-test=map]')
  return Boolean(map) && view.dataset.settled === 'true' && map.loaded() && map.areTilesLoaded() && !map.isMoving()
}"""
_RENDERED = """layer => window.fangdiMap.queryRenderedFeatures({ layers: [layer] })
  .map(({ id, properties }) => ({ id, ...properties }))"""
_SPOT = """({ layer, id }) => {
  const map = window.fangdiMap
  const feature = map.queryRenderedFeatures({ layers: [layer] }).find(one => one.id === id)
  const { type, coordinates } = feature.geometry
  const ring = type === 'Polygon' ? coordinates[0] : coordinates[0][0]
  const corners = ring.slice(1).map(corner => map.project(corner))
  const mean = axis => corners.reduce((sum, corner) => sum + corner[axis], 0) / corners.length
  const box = map.getCanvas().getBoundingClientRect()
  return [box.left + mean('x'), box.top + mean('y')]
}"""
_IN_SIGHT = """({ layer, id, spot }) => {
  const [x, y] = spot
  const map = window.fangdiMap
  const box = map.getCanvas().getBoundingClientRect()
  const top = document.elementFromPoint(x, y)
  const found = map.queryRenderedFeatures([x - box.left, y - box.top], { layers: [layer] })
  return top === map.getCanvas() && found.some(one => one.id === id)
}"""


class MapPage:
    """The page with the map."""

    def __init__(self, page: Page, *, troubles: Troubles, pictures: Path) -> None:
        self._page = page
        self._home = troubles.home
        self._troubles = troubles
        self._pictures = pictures

    # The page as a whole

    def open(self, address: str = "") -> Self:
        """Open the map at an address after `#`, and wait until it is drawn."""
        self._page.goto("about:blank")
        self._page.goto(f"{self._home}/{address}")
        return self.settle()

    def expect_refusal(self, status: int) -> Self:
        """Let the API answer with this status without failing the test."""
        self._troubles.expected_status = status
        return self

    def reload(self) -> Self:
        """Load the same address again."""
        self._page.reload()
        return self.settle()

    def back(self) -> Self:
        """Press the browser's back button."""
        self._page.go_back()
        return self.settle()

    def settle(self) -> Self:
        """Wait until nothing is loading or moving any more, twice in a row."""
        for _ in range(2):
            self._page.wait_for_timeout(250)
            self._page.wait_for_function(_SETTLED)
        return self

    def picture(self, name: str) -> None:
        """Keep a picture of the page."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._page.screenshot(path=self._pictures / f"{name}.png")

    def ask(self, path: str) -> Any:
        """Ask the API what the page should be showing."""
        return self._page.request.get(f"{self._home}/api/v1/{path}").json()

    @property
    def address(self) -> str:
        """The part of the address that holds the view."""
        return self._page.url.removeprefix(f"{self._home}/")

    @property
    def title(self) -> str:
        """Title of the window."""
        return self._page.title()

    @property
    def text(self) -> str:
        """All that can be read."""
        return self._page.locator("#app").inner_text()

    def switch_language(self) -> Self:
        """Press the language button."""
        self._by("language").click()
        return self

    def choose_day(self, day: str) -> Self:
        """Type the day everything is seen as of."""
        box = self._page.locator(".as-of input")
        box.fill(day)
        box.press("Enter")
        return self.settle()

    # The map

    def rendered(self, layer: str) -> list[dict[str, Any]]:
        """Attributes of what can be seen of a layer."""
        found: list[dict[str, Any]] = self._page.evaluate(_RENDERED, layer)
        return found

    def colours(self) -> tuple[str, str]:
        """Return the rules by which buildings and rooms are coloured."""
        buildings, rooms = self._page.evaluate(
            """() => ['buildings-fill', 'rooms-fill'].map(
              layer => JSON.stringify(window.fangdiMap.getPaintProperty(layer, 'fill-color')))"""
        )
        return buildings, rooms

    def rooms(self) -> dict[int, dict[str, Any]]:
        """Attributes of the rooms in sight, by id."""
        return {room["id"]: room for room in self.rendered("rooms-fill")}

    def click_a_room(self, **wanted: object) -> dict[str, Any]:
        """Click the middle of a room with the wanted attributes; returns its attributes."""
        for id_, room in sorted(self.rooms().items()):
            if not (room.get("number") and wanted.items() <= room.items()):
                continue
            target = {"layer": "rooms-fill", "id": id_}
            spot = self._page.evaluate(_SPOT, target)
            if self._page.evaluate(_IN_SIGHT, {**target, "spot": spot}):
                self._page.mouse.click(*spot)
                self._page.mouse.move(1, 1)  # else the note beside the pointer stays
                self.settle()
                return room
        raise AssertionError(f"No room with {wanted} can be clicked.")

    @property
    def camera(self) -> tuple[float, float, float]:
        """Zoom, latitude and longitude of the map."""
        zoom, lat, lon = self._page.evaluate("""() => {
          const { lng, lat } = window.fangdiMap.getCenter()
          return [window.fangdiMap.getZoom(), lat, lng]
        }""")
        return zoom, lat, lon

    # Floors

    @property
    def floors(self) -> list[float]:
        """Levels on the floor switch, from the top."""
        return [float(button.get_attribute("data-level") or "nan") for button in self._floor_buttons().all()]

    @property
    def floor(self) -> str:
        """Name of the chosen floor."""
        return self._by("floors").locator('[aria-checked="true"]').inner_text().strip()

    def choose_floor(self, level: int) -> Self:
        """Press a button of the floor switch."""
        self._by("floors").locator(f'[data-level="{level}"]').click()
        return self.settle()

    @property
    def floors_in_sight(self) -> list[float]:
        """Levels whose buttons are wholly seen on the floor switch, from the top."""
        levels: list[float] = self._by("floors").evaluate("""switcher => {
          const box = switcher.querySelector('[role=radiogroup]').getBoundingClientRect()
          return [...switcher.querySelectorAll('[data-level]')]
            .filter(button => {
              const { top, bottom } = button.getBoundingClientRect()
              return top > box.top - 1 && bottom < Math.min(box.bottom, innerHeight) + 1
            })
            .map(button => Number(button.dataset.level))
        }""")
        return levels

    def scroll_floors(self, way: str) -> Self:
        """Press the arrow of the floor switch: `up` or `down`."""
        self._by(f"floors-{way}").click()
        return self.settle()

    def press_on_floors(self, key: str) -> Self:
        """Use the floor switch from the keyboard."""
        self._by("floors").locator('[aria-checked="true"]').press(key)
        return self.settle()

    def _floor_buttons(self) -> Locator:
        return self._by("floors").locator("[data-level]")

    # Details

    @property
    def details_title(self) -> str:
        """Heading of the details."""
        return self._by("details-title").inner_text().strip()

    @property
    def details(self) -> str:
        """All text of the details, once they are there."""
        self._by("details").locator("section, [role=alert], [data-test=nothing]").first.wait_for()
        return self._by("details").inner_text()

    @property
    def has_details(self) -> bool:
        """Whether the drawer is open."""
        return self._by("details").count() > 0

    def follow(self, kind: str) -> Self:
        """Follow the first link to a thing of a kind."""
        self._by("details").locator(f'[data-link^="{kind}:"]').first.click()
        return self.settle()

    def close_details(self) -> Self:
        """Close the drawer."""
        self._by("close-details").click()
        return self.settle()

    # Panels

    def panel(self, name: str) -> Self:
        """Open a panel from the rail."""
        self._by(f"rail-{name}").click()
        self._page.wait_for_load_state("networkidle")
        return self.settle()

    def colour_by(self, theme: str) -> Self:
        """Choose in the layers panel what the map is coloured by."""
        self._by(f"theme-{theme}").click()
        return self.settle()

    def toggle_layer(self, layer: str) -> Self:
        """Show or hide a layer."""
        self._by(f"layer-{layer}").click()
        return self.settle()

    def figures(self, total: str) -> list[float]:
        """Large figures of a panel, as `idle-total`."""
        texts = self._by(total).locator("dd").all_inner_texts()
        return [_number(text) for text in texts]

    def wait_for_figure(self, total: str, value: str) -> Self:
        """Wait until a panel shows a figure."""
        self._by(total).locator("dd", has_text=re.compile(rf"^{re.escape(value)}")).first.wait_for()
        return self.settle()

    def fill(self, field_name: str, value: str) -> Self:
        """Fill in a field of a panel and leave it."""
        field_ = (
            self._page.locator(f'[data-test="{field_name}"]')
            .locator("input")
            .or_(self._page.locator(f'input[data-test="{field_name}"]'))
        )
        field_.fill(value)
        field_.press("Tab")
        return self

    def rows(self, table: str) -> list[list[str]]:
        """Texts of a table's cells."""
        rows = self._by(table).locator("tbody tr")
        return [row.locator("th, td").all_inner_texts() for row in rows.all()]

    def open_row(self, table: str, index: int = 0) -> Self:
        """Click a row of a table."""
        self._by(table).locator("tbody tr").nth(index).click()
        self._by("details").wait_for()
        return self.settle()

    def sort_by(self, table: str, heading: str) -> Self:
        """Click a heading."""
        self._by(table).locator("th button", has_text=heading).click()
        return self

    # Search

    def search(self, words: str) -> list[str]:
        """Type into the search box; returns the suggestions."""
        self._by("search").fill(words)
        options = self._by("search-list").locator('[role="option"]')
        options.first.wait_for()
        return options.all_inner_texts()

    def press_in_search(self, *keys: str) -> Self:
        """Press keys in the search box."""
        for key in keys:
            self._by("search").press(key)
        self._by("details").wait_for()
        return self.settle()

    def _by(self, name: str) -> Locator:
        return self._page.locator(f'[data-test="{name}"]')


def _number(text: str) -> float:
    """Read a figure as the page writes it: 1,234.50 ㎡."""
    found = re.match(r"-?[\d,]+(\.\d+)?", text.strip())
    assert found is not None, f"{text!r} is no figure"
    return float(found.group().replace(",", ""))
