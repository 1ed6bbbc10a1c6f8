"""The map as a person uses it: this file and the `page_` ones alone know selectors, the browser and MapLibre."""

from typing import Any, Self

from playwright.sync_api import Locator

from e2e.page_panels import PanelsPage

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


class MapPage(PanelsPage):
    """The page with the map, its floors, panels and details."""

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

    def move(self, right: int, down: int) -> Self:
        """Drag the map."""
        box = self._by("map").bounding_box()
        assert box is not None
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        self._page.mouse.move(x, y)
        self._page.mouse.down()
        self._page.mouse.move(x + right, y + down, steps=4)
        self._page.mouse.up()
        return self.settle()

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
