"""Batches of floor plans as an auditor works with them: uploading a zip, watching it, and opening what it became."""

from pathlib import Path
from typing import Self

from e2e.page_plan import PlanPage


class BatchesPage(PlanPage):
    """The pages of batches."""

    def show_batches(self) -> Self:
        """Go to the batches from the page of floor plans."""
        self._by("to-batches").click()
        self._by("batches-page").wait_for()
        return self.rest()

    def upload_zip(self, file: Path) -> Self:
        """Send a zip whose files say their buildings by themselves."""
        self._by("batch-file").set_input_files(file)
        self._by("batch-page").wait_for()
        return self

    def refused_zip(self, file: Path) -> str:
        """Choose a file that the page does not send; returns why."""
        self._by("batch-file").set_input_files(file)
        self._by("batch-refused").wait_for()
        return self._by("batch-refused").inner_text()

    def problem_with_zip(self, file: Path) -> str:
        """Send a zip that the server refuses; returns what it says."""
        self._troubles.expected_status = 422
        self._by("batch-file").set_input_files(file)
        self._by("batch-problem").wait_for()
        return self._by("batch-problem").inner_text()

    @property
    def state(self) -> str | None:
        """How far the open batch has come: waiting, running, done, failed or cancelled."""
        return self._by("batch-state").get_attribute("data-state")

    @property
    def progress(self) -> str:
        """How many files are over, as a sentence."""
        return self._by("batch-over").inner_text()

    def wait_for_end(self) -> Self:
        """Watch the batch until every file of it is over, without doing anything."""
        self._page.locator('[data-test=batch-state][data-state="done"]').wait_for()
        return self

    def files(self) -> list[list[str]]:
        """Rows of the files that are shown."""
        return self.rows("batch-files")

    def show_files(self, state: str) -> list[list[str]]:
        """Press a filter: all, under_way, failed, problems or done; returns the rows that are left."""
        self._by(f"files-{state}").click()
        return self.files() if self._by("batch-files").count() else []

    def find_files(self, words: str) -> list[list[str]]:
        """Look for files by words in their names; returns the rows that are left."""
        self._by("files-find").fill(words)
        return self.files() if self._by("batch-files").count() else []

    def open_draft(self, file: str) -> Self:
        """Open the plan that a file became."""
        row = self._page.locator("[data-test=batch-files] tbody tr", has_text=file)
        row.locator("[data-test=open-draft]").click()
        self._by("plan-page").wait_for()
        return self.rest()

    def back_from_plan(self) -> Self:
        """Leave the plan to where one came from."""
        self._by("plan-back").click()
        return self.rest()

    def stop(self) -> Self:
        """Stop the batch."""
        self._by("batch-cancel").click()
        self._confirm()
        self._by("batch-resume").wait_for()
        return self.rest()

    def resume(self) -> Self:
        """Go on with what is left of the batch."""
        self._by("batch-resume").click()
        self._confirm()
        self._by("batch-cancel").wait_for()
        return self

    def reload(self) -> Self:
        """Load the page anew at its address."""
        self._page.reload()
        return self.rest()

    def go_back(self) -> Self:
        """Press the browser's button for going back."""
        self._page.go_back()
        return self.rest()

    def batches(self) -> list[list[str]]:
        """Rows of the list of batches."""
        self._by("all-batches").click()
        self._by("batches").wait_for()
        return self.rows("batches")

    def asks_for_batch(self, *, within_ms: int) -> int:
        """Count how often the page asks how far the batch is while nothing is done."""
        asked: list[str] = []
        self._page.on("request", lambda request: asked.append(request.url) if "/plan-batches/" in request.url else None)
        self._page.wait_for_timeout(within_ms)
        return len(asked)
