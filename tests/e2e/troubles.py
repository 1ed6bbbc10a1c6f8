"""What must not happen in the browser while a test runs."""

from dataclasses import dataclass, field
from typing import Self

from playwright.sync_api import ConsoleMessage, Page, Request, Response


@dataclass
class Troubles:
    """Everything that must not happen in the browser while a test runs."""

    home: str
    seen: list[str] = field(default_factory=list)
    expected_status: int | None = None
    """a refusal that a test provokes"""

    @classmethod
    def of(cls, page: Page, *, home: str) -> Self:
        """Watch a page."""
        troubles = cls(home)
        page.on("console", troubles.on_console)
        page.on("pageerror", lambda error: troubles.seen.append(f"page error: {error}"))
        page.on("request", troubles.on_request)
        page.on("requestfailed", troubles.on_failure)
        page.on("response", troubles.on_response)
        return troubles

    def on_console(self, message: ConsoleMessage) -> None:
        """Note errors and warnings, among them everything that the content security policy refuses."""
        expected = f"status of {self.expected_status} " in message.text
        if message.type in {"error", "warning"} and not expected and not _is_about_the_machine(message.text):
            self.seen.append(f"console: {message.text}")

    def on_request(self, request: Request) -> None:
        """Note requests to any other host."""
        if not request.url.startswith((f"{self.home}/", "blob:", "data:")):
            self.seen.append(f"foreign request: {request.url}")

    def on_failure(self, request: Request) -> None:
        """Note failures, but not what the page itself cancelled, as tiles that a flight has left behind."""
        if request.failure != "net::ERR_ABORTED":
            self.seen.append(f"failed: {request.url} {request.failure}")

    def on_response(self, response: Response) -> None:
        """Note refusals."""
        if response.status >= 400 and response.status != self.expected_status:
            self.seen.append(f"{response.status}: {response.url}")


def _is_about_the_machine(text: str) -> bool:
    """Chromium complains when it draws without a graphics card, which is so on every test machine."""
    return "GPU stall due to ReadPixels" in text
