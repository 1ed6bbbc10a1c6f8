"""The panels at the left, the details at the right, and the search box."""

import re
from typing import Self

from e2e.page_whole import WholePage


class PanelsPage(WholePage):
    """What stands beside the map."""

    # Panels

    def panel(self, name: str) -> Self:
        """Open a panel from the rail."""
        self._by(f"rail-{name}").click()
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

    def said(self, part: str) -> str:
        """Text of a part of the page, once it is there."""
        return self._by(part).first.inner_text()

    def has(self, name: str) -> bool:
        """Whether a part of the page is there."""
        return self._by(name).count() > 0

    def exports(self) -> list[str]:
        """Addresses that the open panel exports to."""
        links = self._page.locator(".panel a[download]").all()
        return [link.get_attribute("href") or "" for link in links]

    def rows(self, table: str) -> list[list[str]]:
        """Texts of a table's cells."""
        rows = self._by(table).locator("tbody tr")
        return [row.locator("th, td").all_inner_texts() for row in rows.all()]

    def cut_headings(self, table: str) -> list[str]:
        """Headings of a table that reach beyond their columns."""
        cut: list[str] = (
            self._by(table)
            .locator("th .heading")
            .evaluate_all("all => all.filter(one => one.scrollWidth > one.clientWidth).map(one => one.innerText)")
        )
        return cut

    def look_for_space(self) -> Self:
        """Press the button of the form for space, and wait for the answer."""
        self._by("spaces-search").click()
        self._by("spaces-summary").wait_for()
        return self.settle()

    def open_offer(self, floor: int) -> Self:
        """Click the offer of a floor."""
        self._page.locator(f'[data-offer="{floor}"]').click()
        self._by("found-rooms").wait_for()
        return self.settle()

    @property
    def found_rooms(self) -> str:
        """What the details say of the rooms of an offer."""
        return self._by("found-rooms").inner_text()

    def open_row(self, table: str, index: int = 0) -> Self:
        """Click a row of a table."""
        self._by(table).locator("tbody tr").nth(index).click()
        self._by("details").wait_for()
        return self.settle()

    def sort_by(self, table: str, heading: str) -> Self:
        """Click a heading, and wait until the whole list is there and sorted by it."""
        self._by(table).locator("th button", has_text=heading).click()
        self._by(table).locator('[aria-sort="ascending"], [aria-sort="descending"]').wait_for()
        return self

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


def _number(text: str) -> float:
    """Read a figure as the page writes it: 1,234.50 ㎡."""
    found = re.match(r"-?[\d,]+(\.\d+)?", text.strip())
    assert found is not None, f"{text!r} is no figure"
    return float(found.group().replace(",", ""))
