"""The overview of indicators, as leaders use it."""

from typing import Self

from e2e.page_access import AccessPage


class OverviewPage(AccessPage):
    """Tiles of indicators, the chosen one in full, and the rows behind it."""

    @property
    def tiles(self) -> dict[str, str]:
        """Values with their units, by indicator."""
        self._page.locator("[data-indicator]").first.wait_for()
        found = self._page.locator("[data-indicator]").all()
        return {str(tile.get_attribute("data-indicator")): tile.locator(".value").inner_text() for tile in found}

    def choose(self, key: str) -> Self:
        """Press a tile."""
        self._page.locator(f'[data-indicator="{key}"]').click()
        self._by("indicator").wait_for()
        self._page.locator('[data-test="trend"][data-points]').wait_for()
        return self.rest()

    @property
    def value(self) -> str:
        """What the chosen indicator is."""
        return self._by("indicator-value").inner_text()

    @property
    def charts(self) -> int:
        """How many charts are drawn."""
        return self._page.locator("[data-test=indicator] canvas").count()

    def open_rows(self, part: str | None = None) -> list[list[str]]:
        """Press the value, or one part of the composition; returns the rows behind it."""
        if part is None:
            self._by("indicator-value").click()
        else:
            self._page.locator(f'[data-part="{part}"] .link').click()
        self._by("indicator-table").locator("tbody tr").first.wait_for()
        self.rest()
        return self.rows("indicator-table")

    def pick(self, sort: str) -> list[list[str]]:
        """List only rows of a kind: counted, uncounted, lacking."""
        self._page.locator(f'[data-sort="{sort}"]').click()
        self.rest()
        return self.rows("indicator-table")

    @property
    def total(self) -> str:
        """What is said of all rows together."""
        return self._by("rows-total").inner_text()

    def open_first_row(self) -> str:
        """Press the first row; returns what is said about it."""
        self._by("indicator-table").locator("tbody tr").first.click()
        self._by("indicator-row").wait_for()
        return self.rest()._by("indicator-row").inner_text()

    def show_on_map(self) -> Self:
        """Go from a row to the map."""
        self._by("row-on-map").click()
        self._by("details").wait_for()
        return self.settle()

    def press_bar(self) -> Self:
        """Press the bar of the jurisdiction that stands first."""
        box = self._by("places").locator("canvas").bounding_box()
        assert box is not None
        self._page.mouse.click(box["x"] + box["width"] * 0.4, box["y"] + 27)
        return self.rest()
