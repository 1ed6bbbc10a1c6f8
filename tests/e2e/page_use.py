"""Use, sheets of buildings, completeness and the yearly report, as their readers see them."""

from typing import Self

from playwright.sync_api import APIResponse, Locator

from e2e.page_norms import NormsPage


class UsePage(NormsPage):
    """The pages about use and what follows from it."""

    def along(self, tree: str) -> Self:
        """Add use up along agencies or jurisdictions."""
        self._by(f"tree-{tree}").click()
        return self.rest()

    def split_by(self, words: str) -> Self:
        """Split shared rooms by another rule."""
        self._by("split").first.click()
        self._page.locator(".el-select-dropdown__item:visible", has_text=words).first.click()
        return self.rest()

    def node(self, name: str) -> dict[str, float]:
        """Figures of the first node of a name, by the headings of their columns."""
        return self._figures(self._by("use-tree").locator("tbody tr", has_text=name).first)

    @property
    def total(self) -> dict[str, float]:
        """Figures of all together."""
        return self._figures(self._page.locator('[data-node="total"]'))

    def tops(self) -> list[dict[str, float]]:
        """Figures of the nodes at the top."""
        rows = self._by("use-tree").locator("tbody tr").all()[1:]
        return [self._figures(row) for row in rows if "padding-left: 18px" in self._pad(row)]

    def open_cell(self, name: str, category: str) -> float:
        """Press an agency's figure (the first click); returns what the drawer says it is."""
        self._by("use-tree").locator("tbody tr", has_text=name).first.locator(f'[data-cell="{category}"]').click()
        self._by("use-drawer").locator("[data-floor]").first.wait_for()
        self.rest()
        return _figure(self._by("use-drawer-sum").inner_text())

    def open_floors(self) -> list[float]:
        """Press every floor (the second click); returns the areas of the rooms."""
        for floor in self._by("use-drawer").locator("[data-floor]").all():
            floor.click()
        rows = self._by("use-drawer").locator("[data-room]").all()
        return [_figure(row.locator("td").last.inner_text()) for row in rows]

    def open_sheet(self) -> Self:
        """Go on to the sheet of the agency."""
        self._by("use-sheet").click()
        self._by("use-buildings").wait_for()
        return self.rest()

    def use_of_sheet(self) -> list[list[str]]:
        """Rows of the buildings on the sheet of an agency."""
        return self.rows("use-buildings")

    def lights(self) -> list[str]:
        """Lights of the buildings, from the top."""
        lights = self._by("complete-table").locator("tbody [data-light]").all()
        return [str(light.get_attribute("data-light")) for light in lights]

    def only_light(self, light: str) -> Self:
        """List buildings of one light alone."""
        self._by(f"light-{light}").click()
        return self.rest()

    def open_first_building(self) -> Self:
        """Open the sheet of the building at the top."""
        self._by("complete-table").locator("tbody .link").first.click()
        self._by("building-floors").wait_for()
        return self.rest()

    def idle_of_a_floor(self) -> tuple[float, list[float]]:
        """Ask for the idle rooms of the uppermost floor that has some; returns its idle area and theirs, m²."""
        floor = self._page.locator("[data-floor-idle]").first
        floor.click()
        listed = self._by("idle-rooms").locator("tbody tr")
        listed.first.wait_for()
        return _figure(floor.inner_text()), [_figure(row.locator("td").last.inner_text()) for row in listed.all()]

    def gap_rooms(self) -> int:
        """Show the rooms behind the first gap that has some; returns how many."""
        self._by("building-gaps").locator("button.link.small").first.click()
        return self._by("gap-rooms").locator("button").count()

    def address_of(self, form: str) -> str:
        """Where the sheet is saved in a format."""
        return str(self._by(f"sheet-{form}").get_attribute("href"))

    def fetch(self, address: str) -> APIResponse:
        """Get what an address of the page leads to."""
        return self._page.request.get(self._home + address)

    def form(self, key: str) -> Self:
        """Show one form of the yearly report."""
        self._by(f"form-{key}").click()
        return self.rest()

    def enter_project(self, place: str, code: str, name: str) -> Self:
        """Enter a building project."""
        self._by("enter-project").click()
        self._by("project-place").click()
        self._page.locator(".el-tree-node__content:visible", has_text=place).first.click()
        self._fill({"project-code": code, "project-name": name})
        self._by("save-project").click()
        self._by("project-form").wait_for(state="detached")
        return self.rest()

    def _figures(self, row: Locator) -> dict[str, float]:
        heads = self._by("use-tree").locator("thead th").all_inner_texts()
        cells = row.locator("td").all_inner_texts()
        return {head: _figure(cell) for head, cell in list(zip(heads, cells, strict=True))[1:]}

    def _pad(self, row: Locator) -> str:
        return str(row.locator("td").first.get_attribute("style"))


def _figure(text: str) -> float:
    return float(text.replace(",", "").replace("—", "0"))
