"""Signing in and out, the account menu, the administration of accounts, and the audit trail."""

import re
from typing import Self

from e2e.map_page import MapPage
from e2e.people import PASSWORD


class AccessPage(MapPage):
    """The page of somebody who signs in, and what they may do there."""

    def visit(self, address: str = "") -> Self:
        """Open an address, whatever is there."""
        self._page.goto("about:blank")
        self._page.goto(f"{self._home}/{address}")
        self._by("sign-in").or_(self._by("account-menu")).or_(self._by("password-form")).first.wait_for()
        return self.rest()

    def open_again(self) -> Self:
        """Open the address of the page anew, as a reload and a sent link do."""
        return self.visit(self._page.url.removeprefix(f"{self._home}/"))

    def step_back(self) -> Self:
        """Press the browser's button that leads back."""
        self._page.go_back()
        return self.rest()

    def pressed(self) -> list[str]:
        """Names of the chips that are pressed."""
        return [one.get_attribute("data-test") or "" for one in self._page.locator('.chip[aria-pressed="true"]').all()]

    def sign_in_quietly(self, login: str, password: str = PASSWORD) -> Self:
        """Sign in without the page, as the tests of everything else do."""
        answer = self._page.request.post(f"{self._home}/api/v1/session", data={"login": login, "password": password})
        assert answer.ok, answer.text()
        return self

    def sign_in(self, login: str, password: str = PASSWORD) -> Self:
        """Fill in the form and press the button."""
        self._by("login").fill(login)
        self._by("password").fill(password)
        self._by("submit").click()
        self._by("account-menu").or_(self._by("sign-in-problem")).or_(self._by("password-form")).first.wait_for()
        return self

    def sign_out(self) -> Self:
        """Sign out by the account menu."""
        self.open_menu()
        self._by("sign-out").click()
        self._by("sign-in").wait_for()
        return self

    def lose_session(self) -> Self:
        """Let the browser forget its session, as when it has expired."""
        self._page.context.clear_cookies()
        return self

    @property
    def asks_to_sign_in(self) -> bool:
        """Whether the sign-in page is shown."""
        return self._by("sign-in").count() > 0

    def wait_to_be_asked(self) -> Self:
        """Wait for the sign-in page."""
        self._by("sign-in").wait_for()
        return self

    @property
    def problem(self) -> str:
        """What the sign-in page says went wrong."""
        return self._by("sign-in-problem").inner_text()

    def panel_without_waiting(self, name: str) -> Self:
        """Press a button of the rail."""
        self._by(f"rail-{name}").click()
        return self

    def wait_for_text(self, name: str, words: str) -> Self:
        """Wait until a part of the page says something."""
        self._by(name).filter(has_text=words).wait_for()
        return self

    def kept_by_the_browser(self) -> dict[str, int | str]:
        """Count what scripts of the page can find in the browser's stores."""
        kept: dict[str, int | str] = self._page.evaluate(
            "() => ({ local: localStorage.length, session: sessionStorage.length, cookie: document.cookie })"
        )
        return kept

    def show_history(self) -> Self:
        """Ask for the changes of the object whose details are open."""
        self._by("show-history").click()
        return self.rest()

    @property
    def must_change_password(self) -> bool:
        """Whether nothing but changing the password is possible."""
        return self._by("password-form").count() > 0 and self._by("account-menu").count() == 0

    def change_password(self, old: str, new: str) -> Self:
        """Fill in the form for a new password."""
        for field, value in (("old-password", old), ("new-password", new), ("new-again", new)):
            self._by(field).fill(value)
        self._by("save-password").click()
        self._by("account-menu").wait_for()
        return self

    def open_menu(self) -> str:
        """Open the account menu; returns what it says."""
        self._by("account-menu").click()
        self._by("account-card").wait_for()
        return self._by("account-card").inner_text()

    # Administration

    def make_account(self, login: str, name: str) -> str:
        """Make an account; returns its one-time password."""
        self._by("new-account").click()
        self._by("account-login").fill(login)
        self._by("account-name").fill(name)
        self._by("make-account").click()
        self._by("secret-text").wait_for()
        self._by("account-editor").wait_for()
        return self._by("secret-text").inner_text()

    def grant(self, role: str, place: str, reason: str) -> Self:
        """Grant the open account a role for a jurisdiction."""
        self._by("grant-role").click()
        self._page.locator(".el-select-dropdown__item:visible", has_text=role).click()
        self._by("grant-place").click()
        self._page.locator(".el-tree-node__content:visible", has_text=place).click()
        self._by("grant-reason").fill(reason)
        self._by("grant").click()
        self._by("grants").wait_for()
        return self

    def end_grant(self, role: str) -> Self:
        """End a grant of the open account, and confirm it."""
        self._page.locator(f'[data-end="{role}"]').click()
        self._page.locator(".el-popconfirm:visible .el-button--primary").click()
        return self.rest()

    def open_account(self, login: str) -> Self:
        """Choose an account in the list."""
        self._page.locator(f'[data-account="{login}"]').click()
        self._by("account-editor").wait_for()
        return self

    # Tokens

    def make_token(self, name: str, capability: str) -> str:
        """Make a token; returns its key."""
        self._by("token-name").fill(name)
        self._by("token-allows").locator("label", has_text=capability).click()
        self._by("make-token").click()
        self._by("secret-text").wait_for()
        return self._by("secret-text").inner_text()

    # Trail

    def trail(self) -> list[list[str]]:
        """Rows of the audit trail as it is shown."""
        self._by("trail").wait_for()
        return self.rows("trail")

    def trail_of(self, login: str) -> list[list[str]]:
        """Search the trail by the one who did it."""
        with self._page.expect_response(re.compile("/audit\\?.*actor=")):
            self._by("trail-actor").fill(login)
        return self.rest().trail()

    def check_trail(self) -> str:
        """Press the button that checks the chain; returns the verdict."""
        self._by("trail-check").click()
        self._by("trail-verdict").wait_for()
        return self._by("trail-verdict").inner_text()
