"""Forms of a sheet as a person fills them in, rightly and wrongly."""

from collections.abc import Mapping
from typing import Self

from playwright.sync_api import Locator

from e2e.page_access import AccessPage
from e2e.page_norms import NormsPage


class FormsPage(NormsPage):
    """The form of an approval, the days that are typed, and what is said about them."""

    @classmethod
    def like(cls, page: AccessPage) -> Self:
        """Use a page that is open already."""
        return cls(page._page, troubles=page._troubles, pictures=page._pictures)

    @property
    def day(self) -> str:
        """What stands in the box of the day that everything is seen as of."""
        return self._page.locator(".as-of input").input_value()

    def type_day(self, text: str) -> Self:
        """Type the day that everything is seen as of, whatever comes of it."""
        box = self._page.locator(".as-of input")
        box.fill(text)
        box.press("Enter")
        return self.rest()

    def faults(self) -> list[str]:
        """Return what is said about what was typed and cannot be taken."""
        return self._by("typed-fault").all_inner_texts()

    def pick_day(self, number: int) -> Self:
        """Pick a day of the month that the calendar of the header shows."""
        self._page.locator(".as-of input").click()
        days = self._page.locator(".el-picker__popper:visible td.available")
        days.get_by_text(str(number), exact=True).click()
        self._page.locator(".el-picker__popper").wait_for(state="detached")
        return self.rest()

    def begin_approval(self, **typed: str) -> Self:
        """Fill in the form of an approval without sending it: `number`, `issued`, `total`."""
        self._by("enter-approval").click()
        self.correct_approval(**typed)
        return self

    def correct_approval(self, **typed: str) -> Self:
        """Type into fields of the form."""
        for name, text in typed.items():
            box = self._box(name)
            box.fill(text)
            box.press("Tab")
        return self

    def send_approval(self) -> Self:
        """Press the button, whatever comes of it."""
        self._by("save-approval").click()
        return self.rest()

    @property
    def approval(self) -> Mapping[str, str]:
        """What stands in the form; nothing where there is none."""
        if not self.has("approval-form"):
            return {}
        return {name: self._box(name).input_value() for name in ("number", "issued", "total")}

    def is_seen(self, name: str) -> bool:
        """Whether a part of the page can be seen."""
        return self._by(name).is_visible()

    def _box(self, name: str) -> Locator:
        if name == "number":
            return self._by("approval-number")
        form = self._by("approval-form")
        if name == "issued":
            return form.locator(".el-date-editor input").first
        return self._by("approval-total").locator("input")

    def begin_end(self, last_day: str) -> Self:
        """Begin to end the latest approval, without sending it."""
        self._by("end-approval").first.click()
        box = self._by("approval-end-form").locator(".el-date-editor input")
        box.fill(last_day)
        box.press("Enter")
        return self

    def refused_end(self) -> str:
        """Send the end of an approval, which the server refuses; returns what stands under the list."""
        self._by("send-approval-end").click()
        self._by("approval-refused").wait_for()
        return self.rest()._by("approval-refused").inner_text()

    @property
    def sought(self) -> str:
        """What stands in the box that narrows the list of approved areas."""
        return self._by("approved-find").input_value()

    @property
    def legend(self) -> str:
        """What the legend on the map says."""
        return self._by("map-legend").inner_text()

    def figures(self, name: str) -> list[str]:
        """Return the large figures that sum up a page."""
        return self._by(name).locator("dd").all_inner_texts()

    def zoom_without_tiles(self, zoom: float) -> Self:
        """Zoom the map at once, while nothing that it asks for comes."""
        self._page.route("**/tiles/**", lambda _: None)
        self._page.evaluate("zoom => { window.fangdiMap.jumpTo({ zoom }) }", zoom)
        self._page.wait_for_timeout(500)
        return self

    def offer_lines(self) -> list[float]:
        """Return over how many lines the number of rooms of each offer runs."""
        lines: list[float] = self._page.locator("[data-offer] .count").evaluate_all(
            "counts => counts.map(one => Math.round(one.offsetHeight / parseFloat(getComputedStyle(one).lineHeight)))"
        )
        return lines
