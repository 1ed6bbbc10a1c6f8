"""Floor plans as an auditor works on them: uploading, and the steps from reading to the accepted audit."""

import re
from pathlib import Path
from typing import Self

from e2e.page_access import AccessPage


class PlanPage(AccessPage):
    """The pages of floor plans."""

    # Uploading

    def upload(self, file: Path, *, building: str) -> Self:
        """Choose a building by part of its name, and send a file."""
        self.choose_building(building)
        self._by("plan-file").set_input_files(file)
        self._by("plan-page").wait_for()
        return self.rest()

    def offer(self, file: Path, *, building: str) -> str:
        """Choose a file that is not sent; returns why."""
        self.choose_building(building)
        self._by("plan-file").set_input_files(file)
        self._by("plan-refused").wait_for()
        return self._by("plan-refused").inner_text()

    def choose_building(self, building: str) -> Self:
        """Choose the building that a plan shows."""
        self._by("plan-building").click()
        self._page.keyboard.type(building)
        self._page.locator(".el-select-dropdown__item:visible", has_text=building).first.click()
        return self.rest()

    def shows(self, part: str) -> bool:
        """Whether a part of the page is there."""
        return self._by(part).count() > 0

    # The header

    def narrow(self, width: int) -> Self:
        """Look through a narrower window, of the same height."""
        self._page.set_viewport_size({"width": width, "height": 768})
        return self.rest()

    def extent(self, part: str) -> tuple[float, float]:
        """Return from where to where a part reaches, pixels from the left."""
        box = self._by(part).first.bounding_box()
        assert box, part
        return box["x"], box["x"] + box["width"]

    def switch_language(self) -> Self:
        """Press the button of the language."""
        self._by("language").click()
        return self.rest()

    # Steps

    @property
    def step(self) -> str:
        """Name of the step that one is in."""
        return (self._page.locator("[aria-current=step]").get_attribute("data-test") or "").removeprefix("step-")

    def state_of(self, step: str) -> str | None:
        """How far a step has come: done, todo, attention or waits."""
        return self._by(f"step-{step}").get_attribute("data-state")

    def go_on(self) -> Self:
        """Press the button that leads to the next step."""
        self._by("next-step").click()
        return self.rest()

    def go_to(self, step: str) -> Self:
        """Press a step."""
        self._by(f"step-{step}").click()
        return self.rest()

    # Reading

    @property
    def found(self) -> str:
        """What was read, as a sentence."""
        return self._by("reading-result").inner_text()

    @property
    def asks_for_unit(self) -> bool:
        """Whether somebody has to say what the unit is."""
        return self._by("unit-confirm").count() > 0

    def unit_widths(self) -> dict[str, str]:
        """Return the longer side of the drawing in each unit that it might be in."""
        rows = self._page.locator("[data-test=plan-unit] tbody tr").all()
        return {row.locator("td").nth(0).inner_text().strip(): row.locator("td").nth(1).inner_text() for row in rows}

    def confirm_unit(self, unit: str) -> Self:
        """Choose a unit and confirm it."""
        self._page.locator(f'[data-unit="{unit}"]').click()
        self.rest()
        self._by("unit-confirm").click()
        return self._previewed()

    def set_level(self, level: int) -> Self:
        """Say which level the first floor is."""
        field = self._page.locator("[data-level] input").first
        field.fill(str(level))
        field.press("Enter")
        return self._previewed()

    def set_role(self, layer: str, role: str) -> Self:
        """Give a layer one more meaning."""
        self._page.locator(f'[data-layer="{layer}"] .el-select').click()
        self._page.locator(".el-select-dropdown__item:visible", has_text=re.compile(f"^{role}$")).click()
        self._page.keyboard.press("Escape")
        return self._previewed()

    def _previewed(self) -> Self:
        self._by("reading-adopt").wait_for()
        self._page.wait_for_timeout(700)  # longer than a change waits for another one
        self._page.locator('[data-test=reading-result][data-busy="false"]').wait_for()
        return self

    def adopt(self) -> Self:
        """Keep the way of reading that is previewed."""
        self._by("reading-adopt").click()
        self._by("reading-adopt").wait_for(state="detached")
        return self.rest()

    # Checking

    def findings(self) -> list[str]:
        """Sentences of what was found."""
        return [each.inner_text() for each in self._page.locator("[data-finding]").all()]

    def choose_finding(self, words: str) -> str:
        """Choose a finding; returns what it says with the advice."""
        item = self._page.locator("[data-finding]", has_text=words).first
        item.click()
        self.rest()
        return item.inner_text()

    def show_tab(self, name: str) -> Self:
        """Show findings, rooms or repairs."""
        self._by(f"check-{name}").click()
        return self.rest()

    def choose_repair(self) -> str:
        """Choose the first repair; returns what it would do."""
        item = self._page.locator("[data-repair]").first
        item.click()
        self.rest()
        return item.inner_text()

    def accept_repair(self) -> Self:
        """Accept the first repair."""
        self._page.locator("[data-test=plan-repairs] li .el-button").first.click()
        self._page.locator("[data-test=plan-repairs] [role=status].well-done").wait_for()
        return self.rest()

    def click_room(self, number: str) -> Self:
        """Click a room on the drawing, by the number that is written into it."""
        self._page.locator("[data-test=plan-canvas] text", has_text=number).first.wait_for()
        label = self._page.locator("[data-test=plan-canvas] text", has_text=number).first.bounding_box()
        assert label
        self._page.mouse.click(label["x"] + label["width"] / 2, label["y"] + label["height"] / 2)
        return self.rest()

    @property
    def room(self) -> str:
        """What is said of the chosen room."""
        return self._by("plan-room").inner_text()

    def close_room(self) -> Self:
        """Close what is said of the room."""
        self._page.locator("[data-test=plan-room] .close").click()
        return self

    def rename_room(self, number: str) -> Self:
        """Give the chosen room another number."""
        self._by("room-number").fill(number)
        self._by("room-save").click()
        return self.rest()

    def gross_by(self, basis: str) -> tuple[str, dict[str, str]]:
        """Count the gross area of the floor by a standard; returns it with what each rule counts."""
        self._page.locator(f"[data-test=by-{basis}]").click()
        self.rest()
        rows = self._page.locator("[data-test=gross-floor] tbody tr").all()
        counted = {str(row.get_attribute("data-case")): row.locator("td").last.inner_text() for row in rows}
        return self._page.locator("[data-test=gross-floor] [data-test=gross-total]").inner_text(), counted

    # Placing

    def match_footprint(self) -> Self:
        """Bring the plan onto the footprint of the building."""
        self._page.locator('[data-test=placing-map][data-ready="true"]').wait_for()
        self._by("match-footprint").click()
        self._by("placing-score").wait_for()
        return self.rest()

    @property
    def score(self) -> str:
        """How well the floor matches the footprint."""
        return self._by("placing-score").inner_text()

    def add_point(self, x: float, y: float) -> Self:
        """Pick a control point on the drawing, at a share of its width and height."""
        self._by("add-point").click()
        box = self._by("plan-canvas").bounding_box()
        assert box
        self._page.mouse.click(box["x"] + x * box["width"], box["y"] + y * box["height"])
        return self.rest()

    def drag_point(self, name: str, *, by: tuple[float, float]) -> Self:
        """Drag a marker on the map by pixels."""
        box = self._page.locator(f'[data-point="{name}"]').bounding_box()
        assert box
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self._page.mouse.move(*middle)
        self._page.mouse.down()
        self._page.mouse.move(middle[0] + by[0], middle[1] + by[1], steps=4)
        self._page.mouse.up()
        return self.rest()

    def place_by_points(self) -> Self:
        """Choose control points as the way of placing."""
        self._page.locator('[data-test=placing-map][data-ready="true"]').wait_for()
        self._by("method-helmert").click()
        return self

    def keep_points(self) -> Self:
        """Adopt the placement that the control points give."""
        self._by("keep-points").click()
        self._by("keep-points").wait_for(state="detached")
        return self.rest()

    @property
    def fit(self) -> str:
        """Residuals, scale and rotation as they are shown."""
        return self._by("control-points").inner_text()

    def agree(self) -> Self:
        """Agree to a placement beyond the limits."""
        self._by("placing-seen").click()
        self._by("placing-agree").click()
        self._by("placing-agreed").wait_for()
        return self.rest()

    # Importing

    @property
    def lacks(self) -> list[str]:
        """What import waits for."""
        self._page.locator("[data-test=changes], [data-test=import-missing]").first.wait_for()
        return [each.inner_text() for each in self._page.locator("[data-test=import-missing] li").all()]

    def colour_by(self, what: str) -> set[str]:
        """Colour the drawing by findings or changes; returns the colours of its rooms."""
        self._page.locator(f"[data-test=colour-by] label:has(input[value={what}])").click()
        self.rest()
        rooms = self._page.locator("[data-test=plan-canvas] path[data-room]")
        return {str(each.get_attribute("fill")) for each in rooms.all()}

    def changes(self) -> dict[str, int]:
        """Count the changes that an import would make, by kind."""
        kinds = [row.get_attribute("data-kind") for row in self._page.locator("[data-test=changes] tbody tr").all()]
        return {kind: kinds.count(kind) for kind in set(kinds) if kind}

    @property
    def losing(self) -> str:
        """What is said of uses that lose their room; nothing where none does."""
        return self._by("import-losing").inner_text() if self._by("import-losing").count() else ""

    def import_rooms(self) -> str:
        """Agree to what is lost, import, and confirm it; returns what was done."""
        if self._by("import-agreed").count():
            self._by("import-agreed").click()
        self._by("import").click()
        self._confirm()
        self._by("imported").wait_for()
        self.rest()
        return self._by("imported").inner_text()

    # Auditing

    def begin_audit(self) -> Self:
        """Draft an audit by the class that is offered."""
        self._by("audit-begin").click()
        self._by("audit-lines").wait_for()
        return self.rest()

    def audit_lines(self, subject: str) -> list[list[str]]:
        """Rows of the audit about rooms, floors, the building or agencies."""
        self._by(f"audit-{subject}").click()
        self.rest()
        return self.rows("audit-lines") if self._by("audit-lines").count() else []

    def show_verdict(self, verdict: str) -> Self:
        """Press the filter of a verdict."""
        self._page.locator(f'[data-verdict="{verdict}"]').click()
        return self

    def open_line(self, label: str) -> str:
        """Open a line of the audit; returns its comparisons."""
        self._page.locator("[data-test=audit-lines] [data-row]", has_text=label).first.click()
        self._by("audit-line").wait_for()
        self.rest()
        return self._by("audit-line").inner_text()

    def decide(self, decision: str, remark: str) -> Self:
        """Accept or reject the open line, with a remark."""
        self._by("line-remark").fill(remark)
        self._by(f"line-{decision}").click()
        return self.rest()

    def decide_all_beyond(self, remark: str) -> Self:
        """Accept every line beyond tolerance."""
        for subject in ("room", "floor", "building", "agency"):
            self._by(f"audit-{subject}").click()
            self.rest()
            lines = self._page.locator("[data-test=audit-lines] [data-row]")
            for at in range(lines.count()):
                if "超限" in lines.nth(at).inner_text() and "待定" in lines.nth(at).inner_text():
                    lines.nth(at).click()
                    self.decide("accept", remark)
        return self

    def accept_within(self) -> Self:
        """Accept all lines within tolerance at once."""
        self._by("accept-within").click()
        self._confirm()
        self._by("accept-within").wait_for(state="detached")
        return self.rest()

    def conclude(self) -> str:
        """Accept the audit; returns its number."""
        self._by("audit-conclude").click()
        self._confirm()
        self._by("audit-number").wait_for()
        self.rest()
        return self._by("audit-number").inner_text()

    def download(self, form: str) -> bytes:
        """Save the audit as a file."""
        with self._page.expect_download() as kept:
            self._by(f"audit-{form}").click()
        return Path(kept.value.path()).read_bytes()

    def _confirm(self) -> None:
        self._page.locator(".el-popconfirm:visible .el-button--primary").click()
