"""The page as a whole: opening an address, waiting until it has settled, the header."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

from playwright.sync_api import Locator, Page, Request

from e2e.troubles import Troubles

_QUIET_MS = 400
"""Longer than the page waits between the answer to one request and the next request that follows from it."""
_LOOK_MS = 100
_MOST_LOOKS = 600
_AT_EASE = f"() => new Promise(done => requestIdleCallback(() => done(), {{ timeout: {_LOOK_MS} }}))"
_SETTLED = """() => {
  const map = window.fangdiMap
  const view = document.querySelector('[data-test=map]')
  return Boolean(map) && view.dataset.settled === 'true' && map.loaded() && map.areTilesLoaded() && !map.isMoving()
}"""


class WholePage:
    """What can be done wherever one is on the page."""

    def __init__(self, page: Page, *, troubles: Troubles, pictures: Path) -> None:
        self._page = page
        self._home = troubles.home
        self._troubles = troubles
        self._pictures = pictures
        self._under_way: set[Request] = set()
        page.on("request", self._began)
        page.on("requestfinished", self._ended)
        page.on("requestfailed", self._ended)

    def open(self, address: str = "") -> Self:
        """Open the map at an address after `#`, and wait until it is drawn."""
        self._page.goto("about:blank")
        self._page.goto(f"{self._home}/{address}")
        return self.settle()

    def expect_refusal(self, status: int) -> Self:
        """Let the API answer with this status without failing the test."""
        self._troubles.expected_status = status
        return self

    def reload(self) -> Self:
        """Load the same address again."""
        self._page.reload()
        return self.settle()

    def back(self) -> Self:
        """Press the browser's back button."""
        self._page.go_back()
        return self.settle()

    def settle(self) -> Self:
        """Wait until nothing is loading or moving any more, twice in a row, beside the map and on it."""
        self.rest()
        for _ in range(2):
            self._page.wait_for_timeout(250)
            self._page.wait_for_function(_SETTLED)
        return self

    def rest(self) -> Self:
        """Wait until for a while nothing has been on its way, and the page has had nothing to do.

        The browser's own "network idle" is not enough: it comes once for an address, and on a busy machine it comes
        while the page still works on one answer, before it asks for what follows from it.
        """
        quiet_ms = 0
        for _ in range(_MOST_LOOKS):
            self._page.wait_for_timeout(_LOOK_MS)
            self._page.evaluate(_AT_EASE)
            quiet_ms = 0 if self._under_way else quiet_ms + _LOOK_MS
            if quiet_ms >= _QUIET_MS:
                return self
        raise AssertionError(f"Still on their way: {sorted(request.url for request in self._under_way)}")

    def picture(self, name: str) -> None:
        """Keep a picture of the page."""
        self._pictures.mkdir(parents=True, exist_ok=True)
        self._page.screenshot(path=self._pictures / f"{name}.png")

    def requests_during(self, act: Callable[[], object]) -> list[str]:
        """Addresses below the API's root that the page asks for while it acts, and shortly after."""
        asked: list[str] = []

        def note(request: Request) -> None:
            asked.append(request.url)

        self._page.on("request", note)
        act()
        self._page.wait_for_timeout(1000)
        self._page.remove_listener("request", note)
        root = f"{self._home}/api/v1/"
        return [url.removeprefix(root) for url in asked if url.startswith(root)]

    def ask(self, path: str) -> Any:
        """Ask the API what the page should be showing."""
        return self._page.request.get(f"{self._home}/api/v1/{path}").json()

    @property
    def address(self) -> str:
        """The part of the address that holds the view."""
        return self._page.url.removeprefix(f"{self._home}/")

    @property
    def title(self) -> str:
        """Title of the window."""
        return self._page.title()

    @property
    def text(self) -> str:
        """All that can be read."""
        return self._page.locator("#app").inner_text()

    def switch_language(self) -> Self:
        """Press the language button."""
        self._by("language").click()
        return self

    def choose_jurisdiction(self, name: str) -> Self:
        """Choose the jurisdiction that figures are limited to."""
        self._by("jurisdiction").locator("input").click()
        self._page.locator(".el-tree-node__content", has_text=name).click()
        return self.settle()

    def choose_everywhere(self) -> Self:
        """Clear the jurisdiction."""
        self._by("jurisdiction").hover()
        self._by("jurisdiction").locator(".el-select__clear").click()
        return self.settle()

    def choose_day(self, day: str) -> Self:
        """Type the day everything is seen as of."""
        box = self._page.locator(".as-of input")
        box.fill(day)
        box.press("Enter")
        return self.settle()

    def _began(self, request: Request) -> None:
        self._under_way.add(request)

    def _ended(self, request: Request) -> None:
        self._under_way.discard(request)

    def _by(self, name: str) -> Locator:
        return self._page.locator(f'[data-test="{name}"]')
