"""Costs, looking for space, and the rules of what is idle, as their readers and administrators use them."""

from typing import Self

from e2e.page_norms import NormsPage


class CostsPage(NormsPage):
    """The pages of costs and of idle space, and the panel that looks for space."""

    # Costs

    def rows(self, table: str) -> list[list[str]]:
        """Texts of a table's rows, cell by cell."""
        self._by(table).wait_for()
        found = self._by(table).locator("tbody tr")
        return [row.locator("td").all_inner_texts() for row in found.all()]

    def open_row(self, table: str, word: str) -> str:
        """Open the first row that says a word; returns the calculation beside it."""
        self._by(table).locator("tbody tr", has_text=word).first.click()
        self._by("cost-calculation").wait_for()
        return self.rest()._by("cost-calculation").inner_text()

    def open_part(self) -> str:
        """From an agency's cost to that of its first building; returns the calculation."""
        self._by("cost-part").first.click()
        self._by("cost-usable").wait_for()
        return self.rest()._by("cost-calculation").inner_text()

    def calculation(self) -> tuple[list[float], float]:
        """Amounts of the lines of the calculation, and their sum, yuan a year for a m² gross."""
        rows = self._by("cost-calculation").locator("tbody tr")
        lines = rows.locator("xpath=self::*[@data-line]").locator("td.figure").all_inner_texts()
        total = rows.locator("xpath=self::*[contains(@class, 'sum')]").first.locator("td.figure").inner_text()
        return [float(line.replace(",", "")) for line in lines], float(total.replace(",", ""))

    def press(self, what: str) -> Self:
        """Press something by its name."""
        self._by(what).first.click()
        return self.rest()

    def enter_rate(self, kind: str, figure: str, place: str, *, since: str) -> str:
        """Enter a new version of a rate; returns what the form said that it replaces."""
        self._by("enter-rate").click()
        self._choose("rate-kind", kind)
        self._by("rate-figure").locator("input").fill(figure)
        self._by("rate-figure").locator("input").press("Tab")
        self._by("rate-place").click()
        self._page.locator(".el-tree-node__content:visible", has_text=place).first.click()
        self._fill({"rate-source": "2026 年决算", "rate-reason": "按决算更新"})
        days = self._by("rate-form").locator(".el-date-editor input").last
        days.fill(since)
        days.press("Enter")
        said = self.rest()._by("rate-change").inner_text()
        self._by("save-rate").click()
        self._by("rate-form").wait_for(state="hidden")
        self.rest()
        return said

    # Idle space

    def enter_rule(self, days: str, place: str) -> Self:
        """Enter a rule that holds from today: so many days without a user."""
        self._by("enter-rule").click()
        self._by("rule-place").click()
        self._page.locator(".el-tree-node__content:visible", has_text=place).first.click()
        self._by("rule-days").locator("input").fill(days)
        self._by("rule-days").locator("input").press("Tab")
        self._fill({"rule-source": "市级试行规则", "rule-reason": "试行"})
        self._by("save-rule").click()
        self._by("rule-form").wait_for(state="hidden")
        return self.rest()

    def look_for(self, rooms: int) -> list[str]:
        """Look for so many adjoining rooms; returns the offers."""
        if self._by("spaces-edit").is_visible():
            self._by("spaces-edit").click()
        self._by("spaces-rooms").locator("input").fill(str(rooms))
        self._by("spaces-rooms").locator("input").press("Tab")
        self._by("spaces-search").click()
        self._by("spaces-summary").wait_for()
        return self.rest().offers()

    def offers(self) -> list[str]:
        """Texts of what was found."""
        return self._page.locator("[data-offer]").all_inner_texts()

    def rooms_wanted(self) -> str:
        """How many rooms the form asks for."""
        return self._by("spaces-rooms").locator("input").input_value()

    def open_offer(self) -> str:
        """Open the first offer; returns the address, which names what is selected on the map."""
        self._page.locator("[data-offer]").first.click()
        self.rest()
        return self._page.url

    def look_near(self, agency: str) -> str:
        """Look for space near an agency, with one press of the button; returns what was asked."""
        self._by("spaces-near").click()
        self._page.locator(".el-select-dropdown__item:visible").nth(1).click()
        self._by("spaces-agency").click()
        self._page.keyboard.type(agency)
        self._page.locator(".el-select-dropdown__item:visible", has_text=agency).first.click()
        box = self._by("spaces-search").bounding_box()
        assert box is not None
        self._page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self._page.mouse.down()  # the field loses the focus here, and nothing may move
        self._page.mouse.up()
        self._by("spaces-summary").wait_for()
        return self.rest().said("spaces-asked")
