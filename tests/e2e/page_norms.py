"""Norms, approved areas and the sheet of an agency, as their readers and administrators use them."""

from collections.abc import Mapping
from typing import Self

from e2e.page_access import AccessPage


class NormsPage(AccessPage):
    """The pages of norms and of what follows from them."""

    # Norms

    def norm_row(self, section: str, *words: str) -> list[str]:
        """Texts of the one row of a section that holds all words."""
        rows = self._page.locator(f'[data-section="{section}"] [data-norm]')
        for word in words:
            rows = rows.filter(has_text=word)
        rows.first.wait_for()
        return rows.first.locator("td").all_inner_texts()

    def show_norm(self, section: str, word: str) -> str:
        """Open the first figure of a section that says a word; returns what is said about it."""
        self._page.locator(f'[data-section="{section}"] [data-norm]', has_text=word).first.click()
        self._by("norm").wait_for()
        return self.rest()._by("norm").inner_text()

    def close_norm(self) -> Self:
        """Close the figure that stands beside the page."""
        self._page.locator(".el-drawer__close-btn:visible").click()
        self._by("norm").wait_for(state="hidden")
        return self

    def show_evidence(self) -> str:
        """Press the mark of the first figure that is not verified; returns the evidence."""
        self._page.locator('button[data-certainty="quoted"]').first.click()
        self._page.locator(".el-popover:visible").wait_for()
        return self._page.locator(".el-popover:visible").inner_text()

    def begin_norm(self, kind: str, rank: str, place: str, figure: str, *, since: str | None = None) -> Self:
        """Fill in the form for a new version of a figure by rank, with a new document, without sending it."""
        self._by("enter-norm").click()
        self._choose("norm-kind", kind)
        self._choose("norm-rank", rank)
        self._by("norm-place").click()
        self._page.locator(".el-tree-node__content:visible", has_text=place).first.click()
        self._by("norm-figure").locator("input").fill(figure)
        self._by("norm-figure").locator("input").press("Tab")
        self._fill({"norm-article": "第五条", "norm-evidence": "市政府公报", "norm-reason": "甬机管〔2026〕12号"})
        if since is not None:
            days = self._by("norm-form").locator(".el-date-editor input").last
            days.fill(since)
            days.press("Enter")
        return self

    def file_document(self, title: str) -> Self:
        """File a document for the figure that is being entered."""
        self._by("new-document").click()
        self._fill({"document-title": title, "document-number": "甬机管〔2026〕12号"})
        self._by("file-document").click()
        self._by("new-norm-document").wait_for(state="detached")
        return self.rest()

    def choose_document(self, title: str) -> Self:
        """Choose a document that has been filed."""
        return self._choose("norm-document", title)

    @property
    def norm_change(self) -> str:
        """What the form says that the new version replaces."""
        return self._by("norm-change").inner_text()

    def save_norm(self) -> Self:
        """Send the form."""
        self._by("save-norm").click()
        self._by("norm").wait_for()
        return self.rest()

    def refused_norm(self, field: str) -> str:
        """Send the form, which the server refuses; returns what stands beside a field."""
        self.expect_refusal(422)
        self._by("save-norm").click()
        fault = self._page.locator(f'[data-fault="{field}"]')
        fault.wait_for()
        return fault.inner_text()

    def withdraw_norm(self) -> Self:
        """Withdraw the version that has not begun, and confirm it."""
        self._by("withdraw-norm").click()
        self._page.locator(".el-popconfirm:visible .el-button--primary").click()
        self._by("withdraw-norm").wait_for(state="detached")
        return self.rest()

    def compare(self, earlier: str, later: str) -> list[list[str]]:
        """Compare the figures of two days; returns what differs."""
        self._by("norms-compare").click()
        for box, day in zip(
            self._by("compare-norms").locator(".el-date-editor input").all(), (earlier, later), strict=True
        ):
            box.fill(day)
            box.press("Enter")
        self.rest()
        self._by("norm-differences").wait_for()
        return self.rows("norm-differences")

    # Approved areas

    def only_over(self) -> list[list[str]]:
        """List only agencies that use more than is approved."""
        self._by("only-over").click()
        return self.rows("approved-table")

    def find_agency(self, words: str) -> list[list[str]]:
        """List agencies by part of their names."""
        self._by("approved-find").fill(words)
        return self.rows("approved-table")

    def open_agency(self, words: str) -> Self:
        """Open the sheet of an agency from the list."""
        self._by("approved-table").locator("tbody tr", has_text=words).first.click()
        self._by("calculation").wait_for()
        return self.rest()

    def lines(self) -> dict[str, list[str]]:
        """Cells of the calculation by step; of ranks the last."""
        rows = self._by("calculation").locator("tbody tr").all()
        return {str(row.get_attribute("data-step")): row.locator("td").all_inner_texts() for row in rows}

    def follow_norm(self, step: str) -> str:
        """Press the figure that a step rests on; returns what is said about it."""
        self._page.locator(f'[data-step="{step}"] [data-norm]').last.click()
        self._by("norm").wait_for()
        return self.rest()._by("norm").inner_text()

    def line_behind(self, part: str) -> str:
        """Press the approved area of a part; returns the step of the line that it leads to."""
        self._page.locator(f'[data-approved="{part}"]').click()
        line = self._by("calculation").locator("tr.current")
        line.wait_for()
        return str(line.get_attribute("data-step"))

    def close_rooms(self) -> Self:
        """Close the list of rooms behind an area."""
        self._by("close-rooms").click()
        self._by("sheet-rooms").wait_for(state="detached")
        return self

    def fault(self, field: str) -> str:
        """Return what the form itself says is wrong with a field."""
        fault = self._page.locator(f'[data-fault="{field}"]')
        fault.wait_for()
        return fault.inner_text()

    def rooms_of(self, part: str) -> list[list[str]]:
        """Press the used area of a part; returns the rooms behind it."""
        self._page.locator(f'[data-rooms="{part}"]').click()
        self._by("sheet-rooms").locator("tbody tr").first.wait_for()
        self.rest()
        return self.rows("sheet-rooms")

    def open_first_room(self) -> Self:
        """Press the first room behind an area, which leads to the map."""
        self._by("sheet-rooms").locator("tbody tr .link").first.click()
        self._by("details").wait_for()
        return self.settle()

    def approve_by_hand(self, number: str, total: str, issued: str) -> Self:
        """Enter an approval that holds from the day of the sheet."""
        self._by("enter-approval").click()
        self._fill({"approval-number": number})
        self._by("approval-form").locator(".el-date-editor input").first.fill(issued)
        self._by("approval-form").locator(".el-date-editor input").first.press("Enter")
        self._by("approval-total").locator("input").fill(total)
        self._by("approval-total").locator("input").press("Tab")
        self._by("save-approval").click()
        self._by("approval-form").wait_for(state="detached")
        return self.rest()

    def begins_from(self, tab: str) -> bool:
        """Begin a new version on a tab; returns whether its form is there."""
        self._by(tab).click()
        self.rest()._by("enter-norm").click()
        return self.rest().has("norm-form")

    def end_approval(self, last_day: str) -> list[list[str]]:
        """End the latest approval with a day; returns all of them."""
        self._by("end-approval").first.click()
        box = self._by("approval-end-form").locator(".el-date-editor input")
        box.fill(last_day)
        box.press("Enter")
        self._by("send-approval-end").click()
        self._by("approval-end-form").wait_for(state="detached")
        return self.rest().approvals

    def withdraw_approval(self) -> list[list[str]]:
        """Take back the latest approval, and confirm it; returns those that stay."""
        before = len(self.approvals)
        self._by("withdraw-approval").first.click()
        self._page.locator(".el-popconfirm:visible .el-button--primary").click()
        rows = self._by("approvals").locator("tbody tr")
        self._page.wait_for_function(
            "([before]) => document.querySelectorAll('[data-approval]').length < before", arg=[before]
        )
        return [row.locator("td").all_inner_texts() for row in rows.all()]

    @property
    def approvals(self) -> list[list[str]]:
        """The approvals by hand of the agency, the latest first."""
        return self.rows("approvals")

    @property
    def bars(self) -> str:
        """What is said of approved and used area."""
        return self._by("used-bars").inner_text()

    def _choose(self, field: str, words: str) -> Self:
        self._by(field).click()
        self._page.locator(".el-select-dropdown__item:visible", has_text=words).first.click()
        return self

    def _fill(self, values: Mapping[str, str]) -> None:
        for name, value in values.items():
            self._by(name).fill(value)
