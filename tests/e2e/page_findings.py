"""The compliance board and a finding beside it, as supervisors and agencies use them."""

from typing import Self

from e2e.page_access import AccessPage


class FindingsPage(AccessPage):
    """The board (合规看板)."""

    def open_board(self) -> Self:
        """Open the board from the rail."""
        self._by("rail-findings").click()
        self._by("rule-table").wait_for()
        return self.rest()

    def counts(self, rule: str) -> list[int]:
        """Figures of a rule: unsettled, major, by state in their order, overdue."""
        cells = self._page.locator(f'[data-rule="{rule}"] td').all_inner_texts()
        return [int(cell.strip().replace(",", "")) for cell in cells]

    def cells(self, rule: str) -> list[str]:
        """Return what stands in the place of a rule's figures."""
        return [cell.strip() for cell in self._page.locator(f'[data-rule="{rule}"] td').all_inner_texts()]

    def list_rule(self, rule: str) -> Self:
        """List what a rule has found."""
        self._page.locator(f'[data-rule="{rule}"] th button').click()
        self._by("rule-chosen").wait_for()
        return self.rest()

    def list_state(self, state: str) -> Self:
        """List the findings in a state, of those that are listed."""
        self._by(f"state-{state}").click()
        return self.rest()

    def list_major(self, rule: str) -> Self:
        """List the major ones that a rule has found, by their figure."""
        self._page.locator(f'[data-rule="{rule}"] [data-test="major"]').click()
        self._by("rule-chosen").wait_for()
        return self.rest()

    def rows(self) -> list[str]:
        """Texts of the findings listed."""
        return self._page.locator('[data-test="findings-table"] tbody tr').all_inner_texts()

    def show_first(self) -> str:
        """Open the first finding listed; returns all that is said about it."""
        self._page.locator('[data-test="findings-table"] tbody tr').first.click()
        self._by("finding").wait_for()
        return self.finding()

    def finding(self) -> str:
        """All that is said about the finding that is open."""
        return self.rest()._by("finding").inner_text()

    def figure(self, name: str) -> str:
        """Return a figure of the evidence, as written."""
        return self._page.locator(f'[data-figure="{name}"]').inner_text()

    def actions(self) -> list[str]:
        """Return what is offered to be done."""
        return [str(one.get_attribute("data-action")) for one in self._page.locator("[data-action]").all()]

    def act(self, action: str, reason: str, *, deadline: str | None = None) -> Self:
        """Do something about the finding that is open."""
        self._page.locator(f'[data-action="{action}"]').click()
        self._page.locator('[data-test="finding-form"] textarea').first.fill(reason)
        if deadline:
            field = self._page.locator('[data-test="finding-form"] .el-date-editor input')
            field.fill(deadline)
            field.press("Enter")
        self._by("finding-act").click()
        self._by("finding-form").wait_for(state="hidden")
        return self.rest()

    def act_too_late(self, action: str, reason: str) -> str:
        """Do something about a finding to which something happened meanwhile; returns what the page says to it."""
        self.expect_refusal(409)
        self._page.locator(f'[data-action="{action}"]').click()
        self._page.locator('[data-test="finding-form"] textarea').first.fill(reason)
        self._by("finding-act").click()
        self._by("finding-overtaken").wait_for()
        return self.rest()._by("finding-overtaken").inner_text()

    def typed_reason(self, action: str) -> str:
        """Return the reason in the form of an action."""
        self._page.locator(f'[data-action="{action}"]').click()
        return self._page.locator('[data-test="finding-form"] textarea').first.input_value()

    def events(self) -> list[str]:
        """Return what happened, the latest first."""
        return [str(one.get_attribute("data-event")) for one in self._page.locator("[data-event]").all()]

    def show_room(self) -> Self:
        """Go to the first room of the evidence, on the map."""
        self._page.locator('[data-test="finding-rooms"] [data-room]').first.click()
        self._page.locator(".maplibregl-canvas").wait_for()
        self._by("occupants").wait_for()
        return self

    def inspections(self) -> str:
        """Return what is said of inspections in the details of the room."""
        self._page.locator('[data-test="room-inspections"] [data-finding]').first.wait_for()
        return self._by("room-inspections").inner_text()

    def approve_use(self, number: str) -> str:
        """Enter the use that was approved for the room, as it is; returns what is said of inspections then."""
        self._by("enter-inspection").click()
        self._by("inspection-number").fill(number)
        self._by("inspection-send").click()
        self._page.locator('[data-record="function"]').first.wait_for()
        return self.inspections()

    def computed(self) -> str:
        """From which state of the data findings were computed."""
        return self._by("computed").inner_text()

    def open_sheet(self, agency: int) -> Self:
        """Open the sheet of an agency by its address."""
        self.visit(f"#page=sheet&agency={agency}")
        self._by("leader-posts").wait_for()
        return self.rest()

    def posts(self) -> list[str]:
        """Return the posts of leaders listed on the sheet."""
        return self._page.locator("[data-post]").all_inner_texts()

    def enter_post(self, person: str) -> Self:
        """Enter that somebody holds a post from today on."""
        self._by("enter-post").click()
        self._by("post-person").fill(person)
        self._by("send-post").click()
        self._by("post-form").wait_for(state="hidden")
        return self.rest()

    def end_post(self, person: str, how: str, *, day: str | None = None) -> Self:
        """Say how and when the post of somebody ended; the form stays open where that was refused."""
        form = self._by("post-end-form")
        if not form.is_visible():
            self._page.locator("[data-post]", has_text=person).locator('[data-test="end-post"]').click()
        if day:
            field = form.locator(".el-date-editor input")
            field.fill(day)
            field.press("Enter")
        form.locator(f'[data-end="{how}"]').click()
        self._by("send-post-end").click()
        return self.rest()

    def is_ending_a_post(self) -> bool:
        """Tell whether the end of a post is being entered."""
        return self._by("post-end-form").is_visible()

    def may_enter_posts(self) -> bool:
        """Tell whether posts of leaders can be entered here."""
        return self._by("enter-post").is_visible()

    def withdraw_post(self, person: str) -> Self:
        """Take back the post of somebody that was entered today."""
        self._page.locator("[data-post]", has_text=person).locator('[data-test="withdraw-post"]').click()
        self._page.locator(".el-popconfirm .el-button--primary").click()
        self._page.locator("[data-post]", has_text=person).wait_for(state="detached")
        return self.rest()
