"""Whoever an issuer vouches for is let in, with the roles that follow; nobody else is."""

# ruff: noqa: F811 - fixtures are asked for by name

import base64
import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey
from sqlalchemy import Engine

from builders import CITY
from fangdi.errors import SettingsError, SignInFailedError
from fangdi.service import oidc
from fangdi.settings import RoleByClaim, Settings
from fangdi_api.app import create_app
from sessions import ADDRESS, SESSION, TestClient, owner, run, served  # noqa: F401 - fixtures

CLIENT, SECRET = "fangdi-test", "s3cret of the client"
PATH = f"{SESSION}/oidc"


class Issuer:
    """An OpenID Connect issuer on this machine, which says of everyone what the test wants."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
        self.signs_with = self.key
        self.claims: dict[str, Any] = {}
        self.header: dict[str, Any] = {"alg": "RS256", "kid": "one"}
        self.challenge = ""
        self.asked: list[str] = []
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        issuer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                issuer.asked.append(self.path)
                known = {
                    "issuer": issuer.address,
                    "authorization_endpoint": f"{issuer.address}/authorize",
                    "token_endpoint": f"{issuer.address}/token",
                    "jwks_uri": f"{issuer.address}/keys",
                }
                self._say(KeySet([issuer.key]).as_dict(private=False) if self.path == "/keys" else known)

            def do_POST(self) -> None:
                issuer.asked.append(self.path)
                form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
                digest = hashlib.sha256(form["code_verifier"][0].encode()).digest()
                proved = base64.urlsafe_b64encode(digest).decode().rstrip("=") == issuer.challenge
                token = jwt.encode(issuer.header, issuer.claims, issuer.signs_with)
                self._say({"id_token": token, "token_type": "Bearer", "access_token": "x"}, 200 if proved else 400)

            def _say(self, body: Any, status: int = 200) -> None:
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(json.dumps(body).encode())

            def log_message(self, *_: Any) -> None:
                pass

        return Handler


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """Run an issuer."""
    running = Issuer()
    yield running
    running.server.shutdown()
    running.server.server_close()


@pytest.fixture
def visit(issuer: Issuer, served: Engine) -> Callable[..., Any]:
    """Sign in with the issuer, which says `claims` of the person; return the browser and the last answer."""
    settings = Settings(
        oidc_issuer=issuer.address,
        oidc_client_id=CLIENT,
        oidc_client_secret=SECRET,
        oidc_roles={
            "planners": RoleByClaim(role="planner", jurisdiction_code=CITY),
            "leaders": RoleByClaim(role="viewer", jurisdiction_code=CITY),
        },
    )

    def visited(
        tamper: Callable[[dict[str, str]], None] | None = None, *, accept: str = "*/*", **claims: Any
    ) -> tuple[TestClient, Any]:
        browser = TestClient(create_app(settings, served), base_url=ADDRESS, follow_redirects=False)
        leading = browser.get(PATH)
        asked = {name: values[0] for name, values in parse_qs(urlsplit(leading.headers["location"]).query).items()}
        issuer.challenge = asked["code_challenge"]
        now = int(time.time())
        said = {
            "iss": issuer.address, "aud": CLIENT, "sub": "4711", "exp": now + 60, "iat": now, "nonce": asked["nonce"],
            "preferred_username": "Wang", "name": "王某", "groups": ["planners", "others"],
        }  # fmt: skip
        issuer.claims = {name: value for name, value in (said | claims).items() if value is not None}
        back = {"state": asked["state"], "code": "abc"}
        if tamper:
            tamper(back)
        return browser, browser.get(f"{PATH}/callback", params=back, headers={"Accept": accept})

    return visited


def test_the_first_sign_in_makes_an_account_with_the_roles_of_its_groups(visit: Callable[..., Any]) -> None:
    browser, answer = visit()

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    session = browser.get(SESSION).json()
    assert (session["account"]["login"], session["account"]["name"]) == ("wang", "王某")
    assert [role["role"] for role in session["account"]["roles"]] == ["planner"]
    assert session["oidc"] == {"label": "统一身份认证 Single sign-on"}


def test_roles_follow_the_groups_at_each_sign_in(visit: Callable[..., Any], owner: Engine) -> None:
    visit()
    browser, _ = visit(groups="leaders")

    assert [role["role"] for role in browser.get(SESSION).json()["account"]["roles"]] == ["viewer"]
    assert run(owner, "SELECT count(*) FROM fangdi.account WHERE issuer IS NOT NULL") == 1
    assert run(owner, "SELECT count(*) FROM fangdi.role_grant WHERE reason = 'OpenID Connect'") == 2


def test_a_role_granted_by_hand_stays(visit: Callable[..., Any], owner: Engine) -> None:
    visit()
    run(
        owner,
        "INSERT INTO fangdi.role_grant (account_id, role, jurisdiction_code, valid) "
        "SELECT account_id, 'allocator', jurisdiction_code, '(,)' FROM fangdi.role_grant WHERE role = 'planner' "
        "RETURNING 1",
    )
    browser, _ = visit(groups=[])

    assert [role["role"] for role in browser.get(SESSION).json()["account"]["roles"]] == ["allocator"]


def test_a_local_account_of_the_same_login_is_not_taken_over(visit: Callable[..., Any]) -> None:
    browser, _ = visit(preferred_username="li")

    assert browser.get(SESSION).json()["account"]["login"] == "li-2"


def test_a_disabled_account_is_not_let_in(visit: Callable[..., Any], owner: Engine) -> None:
    visit()
    run(owner, "UPDATE fangdi.account SET disabled_at = now() WHERE login = 'wang' RETURNING 1")
    browser, answer = visit()

    assert answer.status_code == 401
    assert not browser.get(SESSION).json()["signed_in"]


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "http://127.0.0.1:1"},
        {"aud": "another"},
        {"aud": [CLIENT, "another"], "azp": "another"},
        {"exp": 1},
        {"exp": None},
        {"nonce": "another"},
        {"nonce": None},
        {"sub": None},
    ],
    ids=str,
)
def test_an_id_token_for_someone_or_something_else_is_refused(visit: Callable[..., Any], claims: Any) -> None:
    browser, answer = visit(**claims)

    assert (answer.status_code, answer.json()["type"]) == (401, "urn:fangdi:problem:sign-in-failed")
    assert not browser.get(SESSION).json()["signed_in"]


def test_an_id_token_signed_by_another_key_is_refused(visit: Callable[..., Any], issuer: Issuer) -> None:
    issuer.signs_with = RSAKey.generate_key(2048, {"kid": "one"})

    assert visit()[1].status_code == 401


def test_a_person_who_is_refused_is_led_back_to_sign_in(visit: Callable[..., Any], issuer: Issuer) -> None:
    issuer.signs_with = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})

    browser, answer = visit(accept="text/html,application/xhtml+xml")

    assert (answer.status_code, answer.headers["location"]) == (303, "/?sign_in=failed")
    assert not browser.get(SESSION).json()["signed_in"]


@pytest.mark.parametrize("tampered", [{"state": "another"}, {"state": ""}, {"code": ""}], ids=str)
def test_an_answer_to_another_question_is_refused(visit: Callable[..., Any], tampered: dict[str, str]) -> None:
    assert visit(lambda back: back.update(tampered))[1].status_code == 401


def test_a_cookie_that_is_not_ours_is_refused() -> None:
    forged = oidc.Started("state", "nonce", "verifier", time.time() + 60).sealed()

    with pytest.raises(SignInFailedError):
        oidc.Started.unsealed(forged[:-1] + ("0" if forged[-1] != "0" else "1"))


def test_the_issuer_sees_a_proof_that_we_asked(visit: Callable[..., Any], issuer: Issuer) -> None:
    def another_browser_asked(_: dict[str, str]) -> None:
        issuer.challenge = "another"

    assert visit(another_browser_asked)[1].status_code == 401


def test_nothing_is_asked_of_an_issuer_until_somebody_signs_in_there(issuer: Issuer, served: Engine) -> None:
    settings = Settings(oidc_issuer=issuer.address, oidc_client_id=CLIENT)
    with TestClient(create_app(settings, served), base_url=ADDRESS) as browser:
        browser.get(SESSION)

    assert issuer.asked == []


def test_without_an_issuer_there_is_no_such_way_in(served: Engine) -> None:
    assert TestClient(create_app(Settings(), served), base_url=ADDRESS).get(PATH).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"oidc_client_id": None},
        {"oidc_roles": {"a": RoleByClaim(role="king")}},
        {"oidc_roles": {"a": RoleByClaim(role="planner")}},
        {"oidc_roles": {"a": RoleByClaim(role="agency_officer", jurisdiction_code=CITY)}},
        {"oidc_client_secret_file": "/nowhere"},
    ],
    ids=str,
)
def test_settings_that_cannot_work_are_refused_at_the_start(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match="FANGDI_OIDC"):
        oidc.check(Settings(**{"oidc_issuer": "https://issuer.example", "oidc_client_id": CLIENT, **wrong}))
